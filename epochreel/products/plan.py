"""What a film consists of, and what of it is to be made; nothing is trained or drawn here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from epochreel.errors import NoSuchBeat, NothingToShow, shown
from epochreel.lecture.languages import words_digest
from epochreel.lecture.settings import Lecture
from epochreel.record.view import Show
from epochreel.work import ingredients
from epochreel.work.clips import Drawing, Planned, look_of, plan_clips
from epochreel.work.code import code_on_disk
from epochreel.work.crossfades import MODULES, Crossfade, plan_crossfades
from epochreel.work.drawing_code import drawing_codes
from epochreel.work.events import Event, Listener
from epochreel.work.reasons import Before, why_trained
from epochreel.work.records import RecordPlan
from epochreel.work.store import State, Store, digest_of, read_manifest, state_of
from epochreel.work.workers import Shared, Workers
from scenes.stage.catalogue import SceneCode, film_scenes, scene_names

LONGEST_MARK = 60


@dataclass(frozen=True, eq=False)
class Film:
    """A film that is wanted: what it shows, how it is drawn, where it goes.

    Attributes:
        only: names of scenes, or of beats as `scene/beat`; empty for all that have something
            to show.
        record: where the show's record comes from, if a lecture's settings ask for it.
        narration: the folder with what is spoken, if it is; see `narration.narrated`.
        more: what else the product at `path` is made from, for one that is no plain film.
        own: scenes of the lecturer's own, from files that were asked for.
    """

    show: Show
    drawing: Drawing
    path: Path
    only: Sequence[str] = ()
    record: RecordPlan | None = None
    narration: Path | None = None
    more: Mapping[str, str] = field(default_factory=dict)
    own: Sequence[SceneCode] = ()

    @cached_property
    def scenes(self) -> list[SceneCode]:
        """The scenes that it may have, in order; whether they have something to show is not known.

        Raises:
            RenderError: a name is that of no scene.
        """
        return film_scenes(self.show, self.own, self.only)

    @cached_property
    def shared(self) -> Shared[Show]:
        """The show, as workers get it."""
        return Shared(self.show)


@dataclass(frozen=True)
class FilmPlan:
    """What there is of a film, and what is to be made.

    Attributes:
        clips: all its clips in order; empty where the film is whole, since nobody had to look.
        beats: every beat of its scenes as `scene/beat`, those that are not wanted included.
        crossfades: those between its scenes, in order.
    """

    film: Film
    made_from: dict[str, str]
    codes: dict[SceneCode, str]
    state: State
    clips: tuple[Planned, ...] = ()
    beats: tuple[str, ...] = ()
    crossfades: tuple[Crossfade, ...] = ()

    def scene(self, name: str) -> SceneCode:
        """One of its scenes, by its name."""
        return next(scene for scene in self.codes if scene.name == name)

    @property
    def missing(self) -> list[Planned]:
        """The clips that are to be drawn."""
        return [planned for planned in self.clips if planned.missing]

    @property
    def missing_crossfades(self) -> list[Crossfade]:
        """The crossfades that are to be made."""
        return [planned for planned in self.crossfades if planned.missing]


def plan_film(film: Film, store: Store, workers: Workers, listen: Listener) -> FilmPlan:
    """Find out what a film needs, going through its scenes without drawing.

    Raises:
        RenderError: these words or numbers cannot be drawn, or `only` asks for what is not there.
        StaleCode: the code that draws was edited meanwhile.
    """
    codes = drawing_codes(film.scenes)
    made_from = film_ingredients(film, codes)
    state = state_of(film.path, made_from)
    if state is State.WHOLE:
        return FilmPlan(film, made_from, codes, state)
    if state is State.DAMAGED:
        listen(Event(f"{film.path} was damaged or changed; making it again", warning=True))
    before = before_of(film.path, store)
    training = ""
    if film.record and before.record:
        training = why_trained(before.record, film.record.made_from, State.WHOLE)
    clips, empty = plan_clips(
        codes, film.shared, film.drawing, before, training, store, workers, listen
    )
    check_empty(film, empty, listen)
    beats = tuple(planned.clip.name for planned in clips)
    check_own_words(film, beats, listen)
    names = chosen(beats, film.only)
    wanted = tuple(planned for planned in clips if planned.clip.name in names)
    crossfades = plan_crossfades(wanted, film.drawing.video, before, store)
    return FilmPlan(film, made_from, codes, state, wanted, beats, crossfades)


def check_empty(film: Film, empty: Mapping[str, str], listen: Listener) -> None:
    """Say which scenes that were named have nothing to show; refuse where no other is wanted.

    Args:
        empty: by the scenes' names, why.

    Raises:
        NothingToShow: a scene in `only` is empty, or all are.
    """
    for name in scene_names(film.only):
        if name in empty:
            raise NothingToShow(
                f"The scene {name!r} has nothing to show here: {empty[name]}.",
                field="--only",
                value=name,
            )
    if len(empty) == len(film.scenes):
        reasons = "; ".join(f"{name}: {why}" for name, why in empty.items())
        raise NothingToShow(f"No scene of the film has something to show: {reasons}.")
    for name in film.show.lecture.film.scenes or ():
        if name in empty:
            listen(Event(f"left out, {empty[name]}", name, warning=True))


def check_own_words(film: Film, beats: Sequence[str], listen: Listener) -> None:
    """Say which words of the lecture's the film lacks, and which it has no place for."""
    scenes = {beat.partition("/")[0] for beat in beats}
    language, lecture = film.show.language, film.show.lecture
    spoken = [at for at, names in lecture.words.names(language).items() if names.lesson]
    if spoken and language not in spoken:
        said = f"[words.{language}] has no lesson; the title is that of [words.{spoken[0]}]"
        listen(Event(said, warning=True))
    for at, captions in lecture.captions.items():
        for name in captions:
            if name not in beats and (name.partition("/")[0] in scenes or not film.only):
                listen(Event(f"[captions.{at}] {name}: there is no such beat", warning=True))


def film_path(
    store: Store,
    lecture: Lecture,
    quality: str,
    only: Sequence[str] = (),
    *,
    engine: str = "fast",
    shows: str = "",
) -> Path:
    """Where a film goes: its name says what sets it apart from the lecture's own film."""
    return store.film(lecture.name, *name_marks(lecture, quality, only, engine, shows))


def name_marks(
    lecture: Lecture, quality: str, only: Sequence[str], engine: str = "fast", shows: str = ""
) -> list[str]:
    """What stands in the name of a film or a deck behind the lecture's.

    Args:
        shows: what else it shows than the lecture's own record.
    """
    looks = zip((lecture.film.theme, quality, engine), ("paper", "high", "fast"))
    marks = [lecture.film.language, *(look for look, default in looks if look != default)]
    if only:
        marks.append(_mark(f"only-{'-'.join(sorted(only)).replace('/', '-')}"))
    if shows:
        marks.append(_mark(shows))
    return marks


def _mark(text: str) -> str:
    if len(text) <= LONGEST_MARK:
        return text
    return f"{text[:LONGEST_MARK]}-{digest_of(text)[:8]}"


def before_of(film: Path, store: Store) -> Before:
    """What the film that lies there was made from."""
    manifest = read_manifest(film) or {}
    clips = {}
    for name in manifest.get("clips", ()):
        if clip := read_manifest(store.clips / name):
            made_from = clip["ingredients"]
            clips[f"{made_from['scene']}/{made_from['beat']}"] = made_from
    crossfades = {}
    for name in manifest.get("crossfades", ()):
        if crossfade := read_manifest(store.clips / name):
            made_from = crossfade["ingredients"]
            crossfades[made_from["from"], made_from["to"]] = made_from
    record = read_manifest(store.records / (manifest.get("record") or "none"))
    return Before(clips, record["ingredients"] if record else None, crossfades)


def chosen(beats: Sequence[str], only: Sequence[str]) -> set[str]:
    """Of the beats, as `scene/beat`, those that a selection of scenes and beats names.

    Raises:
        NoSuchBeat: it names one that is not there.
    """
    for name in only:
        scene, slash, beat = name.partition("/")
        if slash and name not in beats:
            there = [other.partition("/")[2] for other in beats if other.startswith(f"{scene}/")]
            raise NoSuchBeat(
                f"The scene {scene!r} has no beat {shown(beat)} here. It has: {', '.join(there)}.",
                field="--only",
                value=name,
            )
    return {beat for beat in beats if not only or {beat, beat.partition("/")[0]} & {*only}}


def film_ingredients(film: Film, codes: Mapping[SceneCode, str]) -> dict[str, str]:
    """What the film depends on, known without loading Manim: all that any beat may draw."""
    show, drawing, lecture = film.show, film.drawing, film.show.lecture
    fields = dict(show.fields)
    fields |= {f"hyperparameters.{k}": v for k, v in fields.pop("hyperparameters").items()}
    return {
        "scenes": ", ".join(scene.name for scene in film.scenes),
        "only": ", ".join(sorted(film.only)),
        "language": show.language,
        "words": words_digest(show.language),
        "own words": digest_of([lecture.chapters, lecture.captions]),
        **ingredients.of_values(fields, "record"),
        **look_of(drawing, show.theme),
        **{f"code.{scene.name}": code for scene, code in codes.items()},
        "code": code_on_disk(("epochreel.products.join", "epochreel.products.captions", *MODULES)),
        **film.more,
    }
