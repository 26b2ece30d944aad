"""Records of lectures: those there are, or new ones; trained once, whatever is shown."""

import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path

from epochreel.errors import StaleCode
from epochreel.lecture.settings import Lecture
from epochreel.record.file import load_record
from epochreel.record.record import Record
from epochreel.record.view import shown_epochs
from epochreel.work import ingredients
from epochreel.work.code import code_loaded, code_on_disk
from epochreel.work.edits import until_unedited
from epochreel.work.events import Event, Listener, within
from epochreel.work.reasons import why_trained
from epochreel.work.store import Ingredients, State, Store, key_of, put, state_of
from epochreel.work.workers import Shared, Workers
from training.data import load_data
from training.samples import Samples


@dataclass(frozen=True)
class RecordPlan:
    """The record that a lecture's settings ask for: where it lies, and what is there of it.

    Attributes:
        why: what differs from the record of the last film; "" where nothing does.
    """

    lecture: Lecture
    path: Path
    made_from: dict[str, str]
    state: State
    why: str

    @property
    def missing(self) -> bool:
        """Whether it has to be trained."""
        return self.state is not State.WHOLE


def plan_record(lecture: Lecture, store: Store, before: Ingredients | None = None) -> RecordPlan:
    """Where the record of a lecture lies, or would.

    Args:
        before: what the last film's record was made from.

    Raises:
        BadData: its data file cannot be read.
    """
    made_from = ingredients.of_record(lecture, code_on_disk(ingredients.TRAINING))
    path = store.record(lecture.name, key_of(made_from))
    state = state_of(path, made_from)
    return RecordPlan(lecture, path, made_from, state, why_trained(before, made_from, state))


def records_of(
    lectures: Sequence[Lecture],
    store: Store,
    workers: Workers,
    listen: Listener,
    before: Ingredients | None = None,
) -> list[RecordPlan]:
    """The lectures' records, all there; trained where missing, damaged, or of other training code.

    Raises:
        LectureError: the data of one cannot be read or used; found before any is trained.
    """
    return until_unedited(lambda: _records_of(lectures, store, workers, listen, before), listen)


def read_record(plan: RecordPlan, listen: Listener) -> Record:
    """A record that is there. Says which epochs stand in for those that a long run left out."""
    record, lecture = load_record(plan.path), plan.lecture
    wanted = [epoch for epoch in lecture.film.shown_epochs if epoch <= int(record.epochs[-1])]
    left_out = sorted({*wanted} - {*record.epochs.tolist()})
    if left_out:
        shown = ", ".join(map(str, shown_epochs(record, wanted)))
        listen(
            Event(
                f"a run this long keeps some of its epochs; {', '.join(map(str, left_out))} "
                f"cannot be shown, the nearest that were kept stand in: {shown}",
                warning=True,
            )
        )
    return record


def _records_of(
    lectures: Sequence[Lecture],
    store: Store,
    workers: Workers,
    listen: Listener,
    before: Ingredients | None,
) -> list[RecordPlan]:
    plans = [plan_record(lecture, store, before) for lecture in lectures]
    missing = {plan.path: plan for plan in plans if plan.missing}
    for path, plan in missing.items():
        if plan.state is State.DAMAGED:
            listen(Event(f"the record {path} is damaged; training again", warning=True))
    # Of several that train side by side, those that have ended tell how far it is.
    heard = listen if len(missing) == 1 else within(listen, 0, 0)
    samples = [load_data(plan.lecture) for plan in missing.values()]
    futures = {
        workers.submit(_train, Shared((plan.lecture, data)), heard, plan.made_from["code"]): plan
        for plan, data in zip(missing.values(), samples)
    }
    for done, future in enumerate(as_completed(futures), start=1):
        (made, seconds), plan = future.result(), futures[future]
        _put(plan, made, store)
        listen(Event("trained", share=done / len(futures), seconds=seconds, why=plan.why))
    return plans


def _put(plan: RecordPlan, made: bytes, store: Store) -> None:
    if ingredients.of_record(plan.lecture, plan.made_from["code"]) != plan.made_from:
        raise StaleCode("The data file was edited while it was trained on.")
    with store.scratch() as folder:
        file = folder / plan.path.name
        file.write_bytes(made)
        put({plan.path: file}, plan.made_from)


def _train(shared: tuple[Lecture, Samples], listen: Listener, code: str) -> tuple[bytes, float]:
    """In a worker: a lecture trained on its samples; the record's file, and the seconds it took."""
    from training.train import train

    started = time.perf_counter()
    lecture, samples = shared
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.json"
        train(
            lecture,
            path,
            lambda at, of: listen(Event(f"epoch {at} of {of}", share=at / of)),
            samples,
        )
        made = path.read_bytes()
    if code_loaded(ingredients.TRAINING) != code:
        raise StaleCode("The training code was edited while it ran.")
    return made, time.perf_counter() - started
