"""Pieces of film for something else to embed: a beat's clip with all that is told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from epochreel.lecture.languages import LANGUAGES, words_digest
from epochreel.products.captions import Cue, cues_of
from epochreel.products.join import Piece, join
from epochreel.products.narration import recording_name, sounds_of
from epochreel.products.plan import FilmPlan
from epochreel.products.posters import make_posters, posters_of
from epochreel.products.sound import Sound
from epochreel.record.view import Show
from epochreel.work.clips import Planned, draw_clips
from epochreel.work.code import code_on_disk
from epochreel.work.drawing_code import check_code
from epochreel.work.events import Listener, within
from epochreel.work.store import Store, digest_of
from epochreel.work.workers import Shared, Workers
from scenes.stage.catalogue import SceneCode

DRAWN = 0.8  # of the time, when clips are drawn and posters begin


@dataclass(frozen=True)
class Said:
    """What is said in some scenes in one language.

    Attributes:
        captions: of each beat, as `scene/beat`.
        chapters: of each scene its name.
    """

    captions: Mapping[str, str]
    chapters: Mapping[str, str]


@dataclass(frozen=True)
class Footage:
    """A clip with all that a slide or a page wants to know of it.

    Attributes:
        name: as `--only` names it: `epochs/epoch-2`, or `epochs` for a whole scene.
        title: the scene's name, in the film's language.
        video: the clip; on a slide an MP4 file that plays everywhere.
        first: its first frame, a PNG file.
        last: its last frame, a PNG file.
        seconds: how long it plays.
        size: width and height in pixels.
        cues: its captions by language, the film's own language first.
    """

    name: str
    title: str
    video: Path
    first: Path
    last: Path
    seconds: float
    size: tuple[int, int]
    cues: Mapping[str, Sequence[Cue]]

    @property
    def scene(self) -> str:
        """The scene that it is of."""
        return self.name.partition("/")[0]

    @property
    def beat(self) -> str:
        """The beat that it is; empty for a whole scene."""
        return self.name.partition("/")[2]

    @property
    def captions(self) -> dict[str, str]:
        """What is said in it, by language."""
        return {
            language: " ".join(cue.text for cue in cues) for language, cues in self.cues.items()
        }

    @property
    def caption(self) -> str:
        """What is said in it, in the film's language."""
        return next(iter(self.captions.values()))

    @property
    def alt_text(self) -> str:
        """What it shows, for who cannot see it."""
        return f"{self.title}: {self.caption}"


@dataclass(frozen=True, eq=False)
class Reel:
    """The drawn beats of a film, from which footage is cut.

    Attributes:
        said: by language, the film's own first, what is said in every beat.
        sounds: what is spoken, by beat.
        folder: where MP4 clips are written.
    """

    plan: FilmPlan
    said: Mapping[str, Said]
    sounds: Mapping[str, Sound]
    folder: Path

    def beats(self) -> list[Footage]:
        """Every beat that is wanted."""
        return [self._cut(planned.clip.name, [planned]) for planned in self.plan.clips]

    def cut(self, name: str) -> Footage | None:
        """A beat, or a scene's beats as one clip; None where none of them is wanted."""
        clips = [
            planned
            for planned in self.plan.clips
            if name in (planned.clip.name, planned.clip.scene)
        ]
        return self._cut(name, clips) if clips else None

    def _cut(self, name: str, clips: Sequence[Planned]) -> Footage:
        film, drawing = self.plan.film, self.plan.film.drawing
        rate, language = drawing.video.frame_rate, film.show.language
        title = clips[0].clip.chapter
        if drawing.format == "mp4":
            pieces = [Piece.of(c.path, rate, self.sounds.get(c.clip.name)) for c in clips]
            frames = [piece.frames for piece in pieces]
            video = self.folder / f"{recording_name(name)}.mp4"
            lesson = film.show.fields["lesson"]
            join(pieces, video, video=drawing.video, title=lesson, language=language)
        else:
            video, frames = clips[0].path, [round(c.clip.seconds * rate) for c in clips]
        cues = {}
        for spoken, said in self.said.items():
            beats = [(said.captions[c.clip.name], title, count) for c, count in zip(clips, frames)]
            cues[spoken] = cues_of(beats, Fraction(rate))
        posters = posters_of(clips[0])[0], posters_of(clips[-1])[1]
        size = (drawing.video.width, drawing.video.height)
        return Footage(name, title, video, *posters, sum(frames) / rate, size, cues)


def draw_reel(
    plan: FilmPlan, folder: Path, store: Store, workers: Workers, listen: Listener
) -> Reel:
    """Draw what a plan says is missing, and the posters of its clips.

    Raises:
        StaleCode: the code that draws was edited since it was planned.
    """
    film, part = plan.film, within(listen, 0, DRAWN)
    draw_clips(plan.missing, plan.codes, film.shared, film.drawing, store, workers, part)
    make_posters(plan, store, workers, within(listen, DRAWN, 1))
    return Reel(plan, said_of(plan, workers, listen), sounds_of(plan, listen), folder)


def footage_ingredients(show: Show) -> dict[str, str]:
    """What footage depends on beyond the film's own ingredients: captions in other languages."""
    return {
        **{
            f"captions.{language}": digest_of(
                [words_digest(language), in_language(show, language).fields["lesson"]]
            )
            for language in LANGUAGES
        },
        "footage": code_on_disk(("epochreel.products.footage", "epochreel.products.posters")),
    }


def in_language(show: Show, language: str) -> Show:
    """The same show with its words in another language."""
    lecture = show.lecture
    film = lecture.film.model_copy(update={"language": language})
    return replace(show, lecture=lecture.model_copy(update={"film": film}))


def said_of(plan: FilmPlan, workers: Workers, listen: Listener) -> dict[str, Said]:
    """By language, the film's own first, what is said in every beat that is wanted."""
    show, clips = plan.film.show, [planned.clip for planned in plan.clips]
    own = Said(
        {clip.name: clip.caption for clip in clips}, {clip.scene: clip.chapter for clip in clips}
    )
    wanted = [(scene, code) for scene, code in plan.codes.items() if scene.name in own.chapters]
    others = {
        language: workers.submit(_said, Shared(in_language(show, language)), listen, wanted)
        for language in LANGUAGES
        if language != show.language
    }
    return {show.language: own, **{name: said.result() for name, said in others.items()}}


def _said(show: Show, listen: Listener, scenes: Sequence[tuple[SceneCode, str]]) -> Said:
    """In a worker: what is said in all beats of some scenes."""
    from scenes.stage.render import captions, title_of

    said, chapters = {}, {}
    for scene, code in scenes:
        check_code(scene, code)
        chapters[scene.name] = title_of(scene, show)
        for beat, caption in captions(scene, show).items():
            said[f"{scene.name}/{beat}"] = caption
    return Said(said, chapters)
