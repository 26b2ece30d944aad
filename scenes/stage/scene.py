"""The stage that every scene of a lecture stands on: its beats, one after the other."""

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, cast

from manim import BLACK, Animation, Camera, ManimColor, Mobject, Scene, config

from epochreel.errors import BadScenes, EpochreelError
from epochreel.lecture.words import Sentence, Words, say
from epochreel.record.view import View
from scenes.drawing.fonts import register_fonts
from scenes.drawing.motion import Appear
from scenes.drawing.theme import THEMES
from scenes.engine import fast_renderer
from scenes.stage.reading import seconds_to_read

STILL = 0.5  # seconds in which nothing moves, where a beat begins and where it ends
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# What a scene may say of itself in place of what stands here.
OPEN = frozenset({"beats", "chapter", "construct", "needs", "reads", "record", "setup", "title"})


@dataclass(frozen=True)
class Beat:
    """The smallest piece of film that stands alone: one thing said, one clip.

    Attributes:
        name: a slug, unique in its scene; names the clip.
        caption: one sentence with the record's numbers in it; see `LectureScene.say`.
        play: shows it, from the picture that the beat before it left.
        draws: what this beat draws of the fields that the scene reads, by their names, where
            that is not all of them; and by other names what it takes from the whole record,
            such as a common scale. It is drawn again when one of these changes, or a field
            that is not named here.
    """

    name: str
    caption: Sentence
    play: Callable[[], None]
    draws: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a caption that nobody can translate.

        Raises:
            BadScenes: it is no sentence.
        """
        if not isinstance(self.caption, Sentence):
            raise BadScenes(
                f"The beat {self.name!r} has the caption {self.caption!r}; write it as "
                f"self.say({self.caption!r}).",
                field=self.name,
            )


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
        title: its chapter's name.
        reads: the fields of the view that it may use.
        record: for plain Manim, the record to draw; without it the one that `epochreel train`
            made last of the lecture `loss_function`.
    """

    title: ClassVar[str] = ""
    reads: ClassVar[tuple[str, ...]] = ()
    record: ClassVar[str | Path | None] = None

    def __init_subclass__(cls) -> None:
        """Refuse a scene that would break what it stands on.

        Raises:
            BadScenes: one of its names is that of something of Manim's.
        """
        super().__init_subclass__()
        cls.title = vars(cls).get("title") or _spaced(cls.__name__)
        for name in vars(cls).keys() - OPEN:
            if hasattr(LectureScene, name) and not name.startswith("__"):
                raise BadScenes(
                    f"{cls.__name__}.{name}: a scene has something of that name already, from "
                    "Manim or LectureScene; give it another name.",
                    field=name,
                )

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
        if view is not None and not isinstance(view, View):  # what Manim's command gives a scene
            raise SystemExit(
                "epochreel: OpenGL does not draw scenes of lectures. Leave out --renderer opengl."
            )
        if view is None:
            from scenes.stage.plain import show_of

            try:
                show = show_of(self.record)
            except EpochreelError as error:
                # Manim would print its traceback, a page long, above the one line that helps.
                raise SystemExit(f"epochreel: {error}") from None
            view, language, theme = View(show, self.reads), show.language, show.theme
        self.view = view
        self.words = Words(language)
        self.theme = THEMES[theme]
        self.seconds: dict[str, float] = {}
        self.on_start: Callable[[], None] | None = None
        self._only = only
        self._unseen = self._begins = False
        register_fonts()
        if engine == "fast" and "renderer" not in manim_options:
            manim_options["renderer"] = fast_renderer()
        super().__init__(**manim_options)
        camera = cast(Camera, self.camera)
        if transparent:
            # Pixels hold colours multiplied by alpha, so that nothing at all is black.
            camera.background_color, camera.background_opacity = BLACK, 0.0
        else:
            camera.background_color = ManimColor(self.theme.page)

    @classmethod
    def chapter(cls, view: View) -> str:
        """What its chapter is called in English; `title`, where that does not depend on the show.

        Args:
            view: the fields in `reads`.
        """
        return cls.title

    @classmethod
    def needs(cls, view: View) -> str | None:
        """Why there is nothing to show, in a few words; None where there is something.

        Args:
            view: the fields in `reads`.
        """
        return None

    def say(self, one: str, many: str | None = None, /, **values: Any) -> Sentence:
        """A caption; see `epochreel.lecture.words.say`."""
        return say(one, many, **values)

    def beats(self) -> Iterator[Beat]:
        """The scene, beat by beat; building and playing happen in each beat's `play`."""
        yield from ()

    def construct(self) -> None:
        for beat in self.beats():
            self.enter(beat)
            beat.play()
            self.leave(beat)

    def enter(self, beat: Beat) -> None:
        """Begin a beat: what is played from now on belongs to it."""
        if not SLUG.fullmatch(beat.name) or beat.name in self.seconds:
            raise BadScenes(
                f"{type(self).__name__}: a beat is called {beat.name!r}. Names are lower-case "
                "letters, digits and hyphens, and each is used once.",
                field=beat.name,
            )
        self._beat = beat.name
        self.seconds[beat.name] = 0.0
        self._begins = True
        self._unseen = self._only is not None and beat.name not in self._only
        if not self._unseen:
            self.next_section(beat.name)

    def leave(self, beat: Beat) -> None:
        """End a beat: what it shows stays until its caption can be read."""
        more = seconds_to_read(beat.caption.text(self.words.language)) - self.seconds[beat.name]
        if more > 0:
            self.hold(more)

    def play(self, *animations: Animation | Mobject, **options: Any) -> None:  # type: ignore[override]
        """Play animations, or in an unseen beat go straight to where they end.

        A beat begins with its first picture held, so that its clip can stand on a slide. What
        appears first in a scene stands there already: a film fades into it, and not into an empty
        page.
        """
        if self._begins:
            self._begins = False
            stands = len(self.seconds) == 1 and all(map(_appears_at_once, animations))
            if stands:
                for appear in cast(tuple[Appear, ...], animations):
                    appear.stand(self)
            self.hold(STILL)
            if stands:
                return
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


def _appears_at_once(animation: object) -> bool:
    return isinstance(animation, Appear) and not animation.lag_ratio


def _spaced(class_name: str) -> str:
    """`WeightPaths` as `Weight paths`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", class_name)
    return words[:1] + words[1:].lower()
