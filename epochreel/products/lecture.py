"""From a lecture to its film: with the record that its settings ask for, or as if it were there."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from epochreel.lecture.comparison import compared
from epochreel.lecture.settings import Lecture
from epochreel.products.plan import Film, before_of, plan_film
from epochreel.record.file import load_record
from epochreel.record.record import Record
from epochreel.record.view import Show, Training
from epochreel.work.clips import Drawing
from epochreel.work.events import Listener
from epochreel.work.records import RecordPlan, plan_record, read_record, records_of
from epochreel.work.store import Store
from epochreel.work.workers import Shared, Workers
from scenes.stage.catalogue import SceneCode
from training.stand_in import stand_in
from training.train import quiet_tensorflow


def trained_film(
    lecture: Lecture,
    drawing: Drawing,
    path: Path,
    only: Sequence[str],
    store: Store,
    workers: Workers,
    listen: Listener,
    own: Sequence[SceneCode] = (),
) -> Film:
    """The film of a lecture, whose record is trained if need be; and those it is compared with.

    Args:
        own: scenes of the lecturer's own.

    Raises:
        NoSuchBeat: `only` names a beat that there will not be; found before anything is trained.
    """
    before = before_of(path, store).record
    if plan_record(lecture, store).missing:
        if any("/" in name for name in only):
            expected = expected_film(lecture, drawing, path, only, store, own)
            plan_film(expected, store, workers, lambda event: None)
        # While one of them trains, the others load what draws.
        warm_drawers(workers, workers.count - 1)
    side_by_side = compared(lecture)
    wanted = [lecture, *(variant for _, variant in side_by_side)]
    record, *others = records_of(wanted, store, workers, listen, before)
    beside = [
        Training.of(label, load_record(plan.path)) for (label, _), plan in zip(side_by_side, others)
    ]
    show = _show(read_record(record, listen), lecture, beside)
    return Film(show, drawing, path, only, record, own=own)


def expected_film(
    lecture: Lecture,
    drawing: Drawing,
    path: Path,
    only: Sequence[str],
    store: Store,
    own: Sequence[SceneCode] = (),
) -> Film:
    """The film of a lecture, from its record or, where it is not trained, from a stand-in."""
    plan = plan_record(lecture, store, before_of(path, store).record)
    beside = [
        Training.of(label, expected_record(plan_record(variant, store)))
        for label, variant in compared(lecture)
    ]
    show = _show(expected_record(plan), lecture, beside)
    return Film(show, drawing, path, only, plan, own=own)


def _show(record: Record, lecture: Lecture, beside: Sequence[Training]) -> Show:
    return Show(record, lecture, tuple(each.run for each in beside), tuple(beside))


def expected_record(plan: RecordPlan) -> Record:
    """A lecture's record or, where it is not trained, a stand-in."""
    return stand_in(plan.lecture) if plan.missing else load_record(plan.path)


def warm_drawers(workers: Workers, count: int) -> None:
    """Have so many of the workers load what draws before it is needed."""
    for _ in range(count):
        workers.submit(_load_manim, Shared(None), lambda event: None)


def warm_trainer(workers: Workers) -> None:
    """Have one worker load what trains."""
    workers.submit(_load_keras, Shared(None), lambda event: None)


def _load_manim(shared: None, listen: Listener) -> None:
    import_module("scenes.stage.render")


def _load_keras(shared: None, listen: Listener) -> None:
    quiet_tensorflow()
    import_module("training.loop")
