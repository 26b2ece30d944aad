"""The record of a lecture: the one there is, or a new one; trained once, whatever is shown."""

import time
from pathlib import Path

from epochreel.errors import StaleCode
from epochreel.lecture.settings import Lecture
from epochreel.record.file import load_record
from epochreel.record.record import Record
from epochreel.record.view import shown_epochs
from epochreel.work import ingredients
from epochreel.work.code import code_loaded, code_on_disk
from epochreel.work.edits import until_unedited
from epochreel.work.events import Event, Listener
from epochreel.work.store import State, Store, key_of, put, state_of
from epochreel.work.workers import Workers


def record_of(lecture: Lecture, store: Store, listen: Listener) -> Record:
    """A lecture's record, trained where it is not there, damaged, or of other training code."""
    record = load_record(record_path(lecture, store, listen))
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


def record_path(lecture: Lecture, store: Store, listen: Listener) -> Path:
    """Where a lecture's record lies, trained if need be."""
    return until_unedited(lambda: _record_path(lecture, store, listen), listen)


def _record_path(lecture: Lecture, store: Store, listen: Listener) -> Path:
    code = code_on_disk(ingredients.TRAINING)
    made_from = ingredients.of_record(lecture, code)
    path = store.record(lecture.name, key_of(made_from))
    state = state_of(path, made_from)
    if state is State.WHOLE:
        return path
    if state is State.DAMAGED:
        listen(Event(f"the record {path} is damaged; training again", warning=True))
    started = time.perf_counter()
    with store.scratch() as folder, Workers(1, lecture, listen) as workers:
        made = folder / path.name
        workers.submit(_train, code, made).result()
        if ingredients.of_record(lecture, code) != made_from:
            raise StaleCode("The data file was edited while it was trained on.")
        put({path: made}, made_from)
    listen(Event("trained", share=1, seconds=time.perf_counter() - started))
    return path


def _train(lecture: Lecture, listen: Listener, code: str, path: Path) -> None:
    """In a process of its own: Keras' start, memory and messages stay there."""
    from training import train

    train(lecture, path, lambda at, of: listen(Event(f"epoch {at} of {of}", share=at / of)))
    if code_loaded(ingredients.TRAINING) != code:
        raise StaleCode("The training code was edited while it ran.")
