"""A deck that somebody else made, filled at its marks with film of one lecture or of several."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from epochreel.errors import BadMark, BadOutput, NothingMarked, shown
from epochreel.files import move_whole, whole_file
from epochreel.lecture.file import shipped_lectures
from epochreel.products.footage import Footage, Reel, draw_reel
from epochreel.products.plan import FilmPlan, chosen
from epochreel.products.pptx.fill import Change, fill
from epochreel.products.pptx.marks import Mark, Marked, marks_of
from epochreel.products.pptx.package import open_deck, whole_deck
from epochreel.products.slides import check_as_written
from epochreel.work.events import Listener, within
from epochreel.work.store import Store, put
from epochreel.work.workers import Workers

MOST_NEAREST, NEAR = 3, 0.5
DRAWN = 0.95  # of the time, when filling begins

# The lecture that a mark names; None is the one that the command is about.
Name = str | None


@dataclass(frozen=True)
class Source:
    """A deck with marks.

    Attributes:
        marked: its marks, in order.
    """

    path: Path
    marked: Sequence[Marked]

    @property
    def lectures(self) -> list[Name]:
        """The lectures that its marks are of; None for the one that the command is about."""
        return [*dict.fromkeys(each.mark.lecture for each in self.marked)]

    @property
    def repeats(self) -> bool:
        """Whether it has a slide that is repeated for every beat."""
        return any(each.mark.every for each in self.marked)

    def marks_of(self, lecture: Name) -> list[Mark]:
        """Those that name a lecture."""
        return [each.mark for each in self.marked if each.mark.lecture == lecture]


def read_marks(deck: Path) -> Source:
    """A deck's marks.

    Raises:
        UnreadableDeck: it is no deck.
        BadMark: one of its marks cannot be read.
        NothingMarked: it has none.
    """
    with whole_deck(deck):
        marked = marks_of(open_deck(deck))
    if not marked:
        raise NothingMarked(
            f"{shown(deck)} has no marks. Where a clip belongs, put a shape, and write into its "
            "alt text or on it what it shows, such as epochreel:epochs/epoch-1; `epochreel render "
            "--dry-run` lists scenes and beats.",
            field="--into",
            value=deck,
        )
    return Source(deck, marked)


def lecture_beside(deck: Path, lecture: str) -> str:
    """The lecture that a mark names: one that ships, else a file beside the deck."""
    return lecture if lecture in shipped_lectures() else str(deck.parent / lecture)


def check_marks(source: Source, plans: Mapping[Name, FilmPlan]) -> None:
    """Refuse a deck with a mark that names nothing.

    Args:
        plans: of each lecture that a mark names, with all its beats.

    Raises:
        BadMark: lists them all.
    """
    unknown = [
        f"slide {each.number}: {each.mark} is not there; {nearest}"
        for each in source.marked
        if (nearest := _nearest(each.mark, plans[each.mark.lecture]))
    ]
    if unknown:
        raise BadMark(
            "\n  ".join([f"{shown(source.path)} is left as it is:", *unknown]),
            field="mark",
            value=source.path,
        )


def listed(source: Source, plans: Mapping[Name, FilmPlan]) -> list[str]:
    """A line for each mark: its slide, and what it becomes."""
    return [
        f"slide {each.number}: {each.mark} -> {_becomes(each.mark, plans[each.mark.lecture])}"
        for each in source.marked
    ]


def _becomes(mark: Mark, plan: FilmPlan) -> str:
    if nearest := _nearest(mark, plan):
        return f"not there; {nearest}"
    if mark.every and mark.name is None:
        return f"{len(plan.beats)} slides, one for each beat"
    if mark.name not in plan.beats and mark.every:
        return "nothing; its beat is no more, and its slide goes"
    if mark.still:
        return "a picture, the last frame"
    beats = chosen(plan.beats, [str(mark.name)])
    seconds = sum(each.clip.seconds for each in plan.clips if each.clip.name in beats)
    place = "fills the shape, cropped" if mark.fit == "cover" else "inside the shape"
    return f"a clip of {seconds:.1f} s, {place}"


def _nearest(mark: Mark, plan: FilmPlan) -> str:
    """What a mark may have meant that names nothing; empty where it names something."""
    scenes = [*dict.fromkeys(beat.partition("/")[0] for beat in plan.beats)]
    name = mark.name
    # A slide of every beat goes with its beat.
    if name is None or mark.every or name in (*scenes, *plan.beats):
        return ""
    scene = name.partition("/")[0]
    beats = [beat for beat in plan.beats if beat.startswith(f"{scene}/")]
    close = get_close_matches(name, [*scenes, *plan.beats], MOST_NEAREST, NEAR)
    return f"the nearest: {', '.join((close or beats or scenes)[:MOST_NEAREST])}"


@dataclass(frozen=True)
class Filled:
    """What became of a deck.

    Attributes:
        changes: what was done at its marks.
        plans: what there was to draw, by lecture.
        written: whether the deck is another than before.
        backup: the deck as it was before the first run, where this was it.
    """

    changes: Sequence[Change]
    plans: Mapping[Name, FilmPlan]
    written: bool
    backup: Path | None = None


def fill_deck(
    source: Source,
    plans: Mapping[Name, FilmPlan],
    only: Sequence[str],
    target: Path,
    store: Store,
    workers: Workers,
    listen: Listener,
) -> Filled:
    """Write the deck with film at its marks to `target`, which may be the deck itself.

    Args:
        plans: of each lecture that a mark names, with all its beats.
        only: the beats and scenes to put in, of the lecture that the command is about; what else
            is marked stays as it is.

    Raises:
        BadMark: a mark names nothing; nothing is changed then.
    """
    check_marks(source, plans)
    plans = {
        lecture: _needed(plan, source.marks_of(lecture), () if lecture else only)
        for lecture, plan in plans.items()
    }
    with store.scratch() as scratch:
        reels = {}
        for at, (lecture, plan) in enumerate(plans.items()):
            part = within(listen, DRAWN * at / len(plans), DRAWN * (at + 1) / len(plans))
            folder = scratch / f"reel-{at}"
            folder.mkdir()
            reels[lecture] = draw_reel(plan, folder, store, workers, part)
        beats = _of_every(reels[None], only) if source.repeats else ()
        made = scratch / f"deck{source.path.suffix}"
        every = plans[None].beats if source.repeats else ()

        def footage(mark: Mark) -> Footage | None:
            # A mark that was put in meanwhile waits for the next run.
            return reels[mark.lecture].cut(str(mark.name)) if mark.lecture in reels else None

        changes = fill(source.path, footage, beats, made, every)
        made.chmod(source.path.stat().st_mode)
        return _put(source.path, made, target, changes, plans)


def _needed(plan: FilmPlan, marks: Sequence[Mark], only: Sequence[str]) -> FilmPlan:
    """The part of a plan that marks show; those that `only` does not touch stay as they are."""
    selected, needed = chosen(plan.beats, only), set[str]()
    for mark in marks:
        beats = selected if mark.every else chosen(plan.beats, [str(mark.name)])
        if beats & selected:
            needed |= beats
    return replace(plan, clips=tuple(each for each in plan.clips if each.clip.name in needed))


def _of_every(reel: Reel, only: Sequence[str]) -> list[Footage]:
    """The beats for each of which a slide is repeated."""
    names = chosen(reel.plan.beats, only)
    return [piece for piece in reel.beats() if piece.name in names]


def check_target(source: Path, target: Path) -> None:
    """Refuse to write where somebody works on a deck, or over another one.

    Raises:
        BadOutput: says what to do.
    """
    if target.exists() and not target.samefile(source):
        check_as_written(target, "--out")
    for lock in (f"~${target.name}", f".~lock.{target.name}#"):
        if target.with_name(lock).exists():
            raise BadOutput(
                f"{shown(target)} is open in PowerPoint or LibreOffice, which would save over the "
                f"new clips. Close it there; if it is closed, remove {lock}.",
                field="--into",
                value=target,
            )


def _put(
    source: Path,
    made: Path,
    target: Path,
    changes: Sequence[Change],
    plans: Mapping[Name, FilmPlan],
) -> Filled:
    """Put a filled deck in its place, once it is whole; what somebody else made is kept aside."""
    if target.is_file() and target.read_bytes() == made.read_bytes():
        return Filled(changes, plans, written=False)
    if not target.exists() or not target.samefile(source):
        put({target: made}, {"deck": source.name})
        return Filled(changes, plans, written=True)
    backup = None
    aside = source.with_name(f"{source.stem}.before-epochreel{source.suffix}")
    if not aside.exists():
        with whole_file(aside) as partial:
            shutil.copyfile(source, partial)
            partial.chmod(source.stat().st_mode)
        backup = aside
    move_whole(made, target)
    return Filled(changes, plans, written=True, backup=backup)
