"""Pieces of film for something else to embed: a beat's clip with all that is told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from pathlib import Path

from epochreel.products.captions import Cue, cues_of
from epochreel.products.plan import FilmPlan
from epochreel.products.posters import make_posters, posters_of
from epochreel.record.view import Show
from epochreel.work.clips import check_code, draw_clips
from epochreel.work.code import code_on_disk
from epochreel.work.events import Listener, within
from epochreel.work.store import Store, digest_of
from epochreel.work.workers import Shared, Workers
from scenes.drawing.words import PHRASES

LANGUAGES = ("zh", "en")
DRAWN = 0.8  # of the time, when clips are drawn and posters begin


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


def footage_of(plan: FilmPlan, store: Store, workers: Workers, listen: Listener) -> list[Footage]:
    """Draw what a plan says is missing, and give every beat with its posters and captions.

    Raises:
        StaleCode: the code that draws was edited since it was planned.
    """
    film = plan.film
    show, drawing = film.show, film.drawing
    part = within(listen, 0, DRAWN)
    draw_clips(plan.missing, plan.codes, film.shared, drawing, store, workers, part)
    make_posters(plan, store, workers, within(listen, DRAWN, 1))
    said = _captions(plan, workers, listen)
    titles = {entry.name: entry.titles[show.language] for entry in film.entries}
    footage = []
    for planned in plan.clips:
        clip = planned.clip
        frames, rate = round(clip.seconds * drawing.video.frame_rate), drawing.video.frame_rate
        title = titles[clip.scene]
        footage.append(
            Footage(
                clip.name,
                title,
                planned.path,
                *posters_of(planned),
                clip.seconds,
                (drawing.video.width, drawing.video.height),
                {
                    language: cues_of([(captions[clip.name], title, frames)], Fraction(rate))
                    for language, captions in said.items()
                },
            )
        )
    return footage


def footage_ingredients(show: Show) -> dict[str, str]:
    """What footage depends on beyond the film's own ingredients: captions in other languages."""
    return {
        **{
            f"captions.{language}": digest_of(
                [asdict(PHRASES[language]), in_language(show, language).fields["lesson"]]
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


def _captions(plan: FilmPlan, workers: Workers, listen: Listener) -> dict[str, dict[str, str]]:
    """By language, the film's own first, the caption of every beat that is wanted."""
    show = plan.film.show
    own = {planned.clip.name: planned.clip.caption for planned in plan.clips}
    others = {
        language: workers.submit(
            _said, Shared(in_language(show, language)), listen, dict(plan.codes)
        )
        for language in LANGUAGES
        if language != show.language
    }
    return {show.language: own, **{name: said.result() for name, said in others.items()}}


def _said(show: Show, listen: Listener, codes: Mapping[str, str]) -> dict[str, str]:
    """In a worker: the captions of all beats of some scenes, as `scene/beat`."""
    from scenes.stage.render import captions

    said = {}
    for scene, code in codes.items():
        check_code(scene, code)
        for beat, caption in captions(scene, show).items():
            said[f"{scene}/{beat}"] = caption
    return said


def whole_scene(pieces: Sequence[Footage], folder: Path) -> Footage:
    """The beats of one scene as one clip, written to `folder`."""
    raise NotImplementedError
