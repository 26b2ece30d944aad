"""From a lecture to its film: what is missing is made, what is there is kept."""

import gc
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_all_start_methods, get_context
from pathlib import Path
from typing import TYPE_CHECKING

from epochreel.errors import RenderError
from epochreel.lecture.settings import Lecture
from epochreel.lecture.video import Video
from epochreel.products.film import Clip, is_made, join
from epochreel.record.file import load_record
from epochreel.record.record import Record
from epochreel.record.view import Show, View
from epochreel.work.store import Store

if TYPE_CHECKING:
    from scenes.stage.catalogue import Entry
    from scenes.stage.render import PlannedBeat

# What happens, and how much of the whole is done: 0 to 1.
Progress = Callable[[str, float], None]
TRAINING_SHARE, PLANNED = 0.15, 0.2


def record_of(lecture: Lecture, store: Store, progress: Progress) -> Record:
    """The record of these hyperparameters: the one there is, or a new one.

    Of a long or wide run only some epochs are kept; one that does not have an epoch that the
    film shows is made again.
    """
    path = store.record(lecture)
    if path.exists():
        record = load_record(path)
        wanted = {epoch for epoch in lecture.film.shown_epochs if epoch <= record.epochs[-1]}
        if wanted <= set(record.epochs.tolist()):
            return record
    return load_record(train_to(lecture, path, progress, TRAINING_SHARE))


def train_to(lecture: Lecture, path: Path, progress: Progress, share: float = 1.0) -> Path:
    """Train a lecture, record it to `path`; `share` is how much of the whole job that is."""
    from training import train

    return train(
        lecture,
        path,
        lambda epoch, total: progress(f"epoch {epoch} of {total}", share * epoch / total),
    )


def make_film(
    lecture: Lecture,
    record: Record,
    video: Video,
    path: Path,
    store: Store,
    progress: Progress,
    *,
    only: Sequence[str] = (),
    jobs: int | None = None,
) -> Path:
    """Render the beats that have no clip yet, join all of them, return the film's path."""
    from scenes.stage.catalogue import scenes_of
    from scenes.stage.digest import picture_key

    show = Show(record, lecture)
    entries = scenes_of(show, tuple(only))
    names = " ".join(entry.name for entry in entries)
    key = picture_key(View(show, tuple(show.fields)), show, video, names)
    if is_made(path, key):
        return path
    with _workers(jobs or os.cpu_count() or 1) as workers:
        progress("planning", TRAINING_SHARE)
        planned = _plan(workers, entries, show, video)
        _render(workers, entries, planned, show, video, store, progress)
    progress("joining", 0.99)
    clips = [
        Clip(store.clip(beat.key), beat.caption, entry.titles[show.language])
        for entry, beats in zip(entries, planned)
        for beat in beats
    ]
    return join(clips, path, show.fields["lesson"], show.language, key)


def _plan(
    workers: ProcessPoolExecutor, entries: Sequence["Entry"], show: Show, video: Video
) -> list[list["PlannedBeat"]]:
    futures = [workers.submit(_plan_scene, entry, show, video) for entry in entries]
    return [future.result() for future in futures]


def _render(
    workers: ProcessPoolExecutor,
    entries: Sequence["Entry"],
    planned: Sequence[Sequence["PlannedBeat"]],
    show: Show,
    video: Video,
    store: Store,
    progress: Progress,
) -> None:
    missing = [
        (entry, [beat for beat in beats if not store.clip(beat.key).exists()])
        for entry, beats in zip(entries, planned)
    ]
    total = sum(beat.seconds for _, beats in missing for beat in beats)
    done = 0.0
    store.root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=store.root, prefix=".rendering-") as scratch:
        futures: dict[Future[None], float] = {}
        for entry, beats in _longest_first(missing, total / 8):
            future = workers.submit(_render_beats, entry, show, video, beats, store, Path(scratch))
            futures[future] = sum(beat.seconds for beat in beats)
        for future in as_completed(futures):
            future.result()
            done += futures[future]
            progress(
                f"{done:.0f} of {total:.0f} s of film", PLANNED + (0.98 - PLANNED) * done / total
            )


def _longest_first(
    missing: Sequence[tuple["Entry", list["PlannedBeat"]]], longest: float
) -> list[tuple["Entry", list["PlannedBeat"]]]:
    """Runs of beats of one scene, each about `longest` seconds at most, the long ones first.

    A run pays once for building its scene; a scene in one run would leave a core idle at the end.
    """
    runs: list[tuple[Entry, list[PlannedBeat]]] = []
    for entry, beats in missing:
        run: list[PlannedBeat] = []
        for beat in beats:
            if run and sum(b.seconds for b in run) + beat.seconds > longest:
                runs.append((entry, run))
                run = []
            run.append(beat)
        if run:
            runs.append((entry, run))
    return sorted(runs, key=lambda item: -sum(beat.seconds for beat in item[1]))


@contextmanager
def _workers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Processes with Manim loaded; they end with the block, at once where it is interrupted."""
    # Forked from a server that has loaded Manim once, where the system can fork.
    server = "forkserver" in get_all_start_methods()
    context = get_context("forkserver" if server else "spawn")
    if server:
        context.set_forkserver_preload(["scenes.stage.scene"])
    workers = ProcessPoolExecutor(count, mp_context=context, initializer=_start_worker)
    try:
        yield workers
    except BrokenProcessPool:
        raise RenderError(
            "A rendering process died; the machine may be out of memory. Try --jobs 1."
        ) from None
    except BaseException:
        for process in active_children():
            process.terminate()
        raise
    finally:
        workers.shutdown(wait=True, cancel_futures=True)


def _start_worker() -> None:
    # What was loaded before the fork lives as long as the process: no use looking through it.
    gc.freeze()
    # Ctrl-C reaches the whole group; the parent alone answers it and ends the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _plan_scene(entry: "Entry", show: Show, video: Video) -> list["PlannedBeat"]:
    from scenes.stage.render import plan_scene

    return plan_scene(entry, show, video)


def _render_beats(
    entry: "Entry",
    show: Show,
    video: Video,
    beats: Sequence["PlannedBeat"],
    store: Store,
    scratch: Path,
) -> None:
    from scenes.stage.render import render_beats

    render_beats(entry, show, video, beats, store, scratch)
