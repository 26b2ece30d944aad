"""The stage that every scene of a lecture stands on: its beats, one after the other."""

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, cast

from manim import BLACK, Animation, Camera, ManimColor, Mobject, Scene, config

from epochreel.errors import EpochreelError
from epochreel.record.view import View
from scenes.drawing.fonts import register_fonts
from scenes.drawing.theme import THEMES
from scenes.drawing.words import PHRASES, Phrases
from scenes.engine import fast_renderer


@dataclass(frozen=True)
class Beat:
    """The smallest piece of film that stands alone: one thing said, one clip.

    Attributes:
        name: a slug, unique in its scene; names the clip.
        caption: one sentence with the record's numbers in it.
        play: shows it, from the picture that the beat before it left.
        draws: what this beat draws of the fields that the scene reads, by their names, where
            that is not all of them; and by other names what it takes from the whole record,
            such as a common scale. It is drawn again when one of these changes, or a field
            that is not named here.
    """

    name: str
    caption: str
    play: Callable[[], None]
    draws: Mapping[str, Any] = field(default_factory=dict)


class LectureScene(Scene):
    """A Manim scene whose `construct` plays its beats in order.

    Args:
        view: what it draws; without it, `record`, so that `manim -qh scenes/epochs.py Epochs`
            works.
        only: names of the beats to render; the others pass unseen, each leaving the picture
            that the next one starts from. All by default.
        engine: "fast", or "manim" for Manim's own renderer.
        transparent: leave the page out, and draw what is on it.

    Attributes:
        on_start: called in the first play of the next unseen beat, when everything stands where
            that beat begins; once.
        reads: the fields of the view that it may use.
        record: for plain Manim, the record to draw; without it the one that `epochreel train`
            made last of the lecture that ships.
    """

    reads: ClassVar[tuple[str, ...]] = ()
    record: ClassVar[str | Path | None] = None

    def __init__(
        self,
        view: View | None = None,
        *,
        language: str = "zh",
        theme: str = "paper",
        only: Collection[str] | None = None,
        engine: str = "fast",
        transparent: bool = False,
        **manim_options: Any,
    ) -> None:
        if view is None:
            from scenes.stage.plain import show_of

            try:
                show = show_of(self.record)
            except EpochreelError as error:
                # Manim would print its traceback, a page long, above the one line that helps.
                raise SystemExit(f"epochreel: {error}") from None
            view, language, theme = View(show, self.reads), show.language, show.theme
        self.view = view
        self.words = cast(Phrases, NotedPhrases(PHRASES[language]))
        self.theme = THEMES[theme]
        self.seconds: dict[str, float] = {}
        self.on_start: Callable[[], None] | None = None
        self._only = only
        self._unseen = False
        register_fonts()
        if engine == "fast":
            manim_options.setdefault("renderer", fast_renderer())
        super().__init__(**manim_options)
        camera = cast(Camera, self.camera)
        if transparent:
            # Pixels hold colours multiplied by alpha, so that nothing at all is black.
            camera.background_color, camera.background_opacity = BLACK, 0.0
        else:
            camera.background_color = ManimColor(self.theme.page)

    def beats(self) -> Iterator[Beat]:
        """The scene, beat by beat; building and playing happen in each beat's `play`."""
        yield from ()

    def construct(self) -> None:
        for beat in self.beats():
            self.enter(beat)
            beat.play()

    def enter(self, beat: Beat) -> None:
        """Begin a beat: what is played from now on belongs to it."""
        self._beat = beat.name
        self.seconds[beat.name] = 0.0
        self._unseen = self._only is not None and beat.name not in self._only
        if not self._unseen:
            self.next_section(beat.name)

    def play(self, *animations: Animation | Mobject, **options: Any) -> None:  # type: ignore[override]
        """Play animations, or in an unseen beat go straight to where they end."""
        if self._unseen:
            self.compile_animation_data(*animations, **options)
            for animation in self.animations or ():
                animation._setup_scene(self)
                animation.begin()
            if self.on_start:
                self.on_start()
                self.on_start = None
            for animation in self.animations or ():
                animation.finish()
                animation.clean_up_from_scene(self)
        else:
            super().play(*animations, **options)
        self.seconds[self._beat] += self._frames() / config.frame_rate

    def _frames(self) -> int:
        """How many frames Manim makes of the last play."""
        exact = round(self.duration * config.frame_rate, 6)
        return int(exact) if self.is_current_animation_frozen_frame() else math.ceil(exact)

    def hold(self, seconds: float = 1.0) -> None:
        """Keep the picture still; every beat ends so, and the next one starts from it."""
        # Manim cuts a fraction of a frame off, and 0.29 * 100 is 28.999...: half a frame more.
        frames = round(seconds * config.frame_rate)
        self.wait((frames + 0.5) / config.frame_rate, frozen_frame=True)


class NotedPhrases:
    """Phrases that keep the names of those asked for: what is drawn depends on them alone.

    Captions, whose names start with `say_`, are not drawn and not noted.
    """

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self.asked: dict[str, str] = {}

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):
            raise AttributeError(name)
        text: str = getattr(self._phrases, name)
        if not name.startswith("say_"):
            self.asked[name] = text
        return text

    def __deepcopy__(self, memo: object) -> "NotedPhrases":
        return self
