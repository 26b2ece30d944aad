"""Work by Dask's workers: a scheduler and workers that are processes of their own."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import pytest

from epochreel.errors import (
    BadScheduler,
    NoDask,
    NoScheduler,
    NoUsableWorker,
    StaleCode,
    WorkerDied,
)
from epochreel.lecture.file import load_lecture
from epochreel.lecture.video import Video
from epochreel.products.film import make_film
from epochreel.products.plan import Film
from epochreel.work import cluster
from epochreel.work.clips import Drawing
from epochreel.work.events import Event, Listener
from epochreel.work.executors import check_scheduler, workers_of
from epochreel.work.records import records_of
from epochreel.work.store import Store
from epochreel.work.workers import Processes, Shared, Workers
from tests.records import a_record
from tests.scenes.conftest import show_of
from tests.work import tasks

psutil = pytest.importorskip("psutil", reason="comes with epochreel[dask]")
pytest.importorskip("distributed", reason="comes with epochreel[dask]")

ROOT = Path(__file__).parents[2]
LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard")
PACKAGES = ("epochreel", "scenes", "training")
DRAWING = Drawing(Video(320, 180, 5))
SCENES = ("title", "compile_call", "data", "loss_curve", "fit", "references")
Process = subprocess.Popen[bytes]


class Farm:
    """A scheduler, and workers that have nothing in common but the network."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workers: dict[str, Process] = {}
        found = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(found))
        wait_for(lambda: found.exists() and found.stat().st_size)
        self.address: str = json.loads(found.read_text())["address"]

    def start(self, name: str, threads: int = 1, path: str | Path = ROOT) -> None:
        """Start a worker; `path` is where it finds epochreel."""
        options = ("--no-nanny", "--nthreads", str(threads), "--name", name)
        self.workers[name] = self._start("worker", self.address, *options, path=path)

    def addresses(self) -> dict[str, str]:
        """Where the workers are that have come, by name."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            there = client.scheduler_info(n_workers=-1)["workers"]
        return {worker["name"]: address for address, worker in there.items()}

    def has(self, *names: str) -> None:
        """Start those that are missing, end the others, and wait until it is so."""
        for name in {*self.workers} - {*names}:
            self.kill(name)
        for name in {*names} - {*self.workers}:
            self.start(name)
        self.wait(*names)

    def wait(self, *names: str) -> dict[str, str]:
        """Wait until these workers are there and no others; gives their addresses."""
        wait_for(lambda: {*self.addresses()} == {*names})
        return self.addresses()

    def kill(self, name: str) -> None:
        """Kill a worker; what it started ends by itself."""
        worker = self.workers.pop(name)
        started = psutil.Process(worker.pid).children(recursive=True)
        worker.kill()
        worker.wait()
        assert not psutil.wait_procs(started, timeout=10)[1]

    def close(self) -> None:
        for process in (*self.workers.values(), self.scheduler):
            process.kill()
            process.wait()

    def _start(self, what: str, *options: str, path: str | Path = "") -> Process:
        folder = self.folder / f"{what}-{len([*self.folder.iterdir()])}"
        folder.mkdir()
        own = {"PYTHONPATH": str(path), "DASK_TEMPORARY_DIRECTORY": str(folder)}
        with (folder / "log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-P", "-m", f"distributed.cli.dask_{what}", *options, *LOOPBACK],
                cwd=folder,
                env={**os.environ, **own},
                stdout=log,
                stderr=log,
            )


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    farm = Farm(tmp_path_factory.mktemp("farm"))
    yield farm
    farm.close()


@pytest.fixture
def heard() -> list[Event]:
    return []


@pytest.fixture
def over(farm: Farm, tmp_path: Path, heard: list[Event]) -> Callable[[], Workers]:
    """The farm's workers, as `--scheduler` gives them."""
    return lambda: workers_of(farm.address, None, Store(tmp_path / "media"), heard.append)


@pytest.mark.manim
@pytest.mark.render
def test_a_film_is_whole_and_the_same_where_a_worker_is_killed(
    farm: Farm, over: Callable[[], Workers], heard: list[Event], tmp_path: Path
) -> None:
    farm.has("one", "two")

    def kill_one(event: Event) -> None:
        heard.append(event)
        if event.what == "drawn" and "one" in farm.workers:
            farm.kill("one")

    here = Store(tmp_path / "here")
    with Processes(2, here) as processes:
        local = a_film(here, processes, heard.append)
    heard.clear()
    there = Store(tmp_path / "there")
    with over() as workers:
        film = a_film(there, workers, kill_one)

    assert film.read_bytes() == local.read_bytes()
    assert [warning.split("://")[0] for warning in warnings(heard)] == ["the worker tcp"]
    assert "is gone; another does what it had begun" in warnings(heard)[0]
    assert not [*there.root.glob(".run-*")]


@pytest.mark.keras
def test_a_record_is_the_same_and_its_epochs_are_heard(
    farm: Farm, over: Callable[[], Workers], heard: list[Event], tmp_path: Path
) -> None:
    farm.has("two")
    lecture = load_lecture("loss_function", ("training.epochs=40",))

    here, there = Store(tmp_path / "here"), Store(tmp_path / "there")
    with Processes(1, here) as processes:
        (local,) = records_of([lecture], here, processes, lambda event: None)
    with over() as workers:
        (record,) = records_of([lecture], there, workers, heard.append)

    assert record.path.read_bytes() == local.path.read_bytes()
    assert Event("epoch 40 of 40", share=1.0) in heard
    assert heard[-1].what == "trained"


def test_who_would_make_something_else_is_refused_by_name(
    farm: Farm, over: Callable[[], Workers], heard: list[Event], tmp_path: Path
) -> None:
    old, edited = tmp_path / "old", tmp_path / "edited"
    (old / "manim-0.21.0.dist-info").mkdir(parents=True)
    (old / "manim-0.21.0.dist-info" / "METADATA").write_text("Name: manim\nVersion: 0.21.0\n")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, edited / package)
    with (edited / "scenes" / "fit.py").open("a") as file:
        file.write("# other\n")
    # Where the tests run, epochreel may be installed.
    (tmp_path / "epochreel.py").write_text("raise ImportError(\"No module named 'epochreel'\")")
    paths = {"old": f"{old}{os.pathsep}{ROOT}", "edited": edited, "without": tmp_path}
    farm.has()
    for name, path in paths.items():
        farm.start(name, path=path)
    at = farm.wait("old", "edited", "without")
    whys = {
        at["old"]: f"manim 0.21.0 there, {version('manim')} here",
        at["edited"]: "other code of epochreel",
        at["without"]: "it cannot run epochreel: No module named 'epochreel'",
    }

    with pytest.raises(NoUsableWorker) as none, over() as workers:
        workers.submit(tasks.add, Shared(5), heard.append, 3)
    said, *lines = str(none.value).splitlines()
    assert said == f"No worker of {farm.address} can be used."
    assert {*lines} == {f"  {address}: {why}" for address, why in whys.items()}
    assert heard == []

    farm.start("good", threads=3, path=ROOT)
    good = farm.wait(*paths, "good")["good"]
    with over() as workers:
        assert workers.count == 1
        assert workers.submit(tasks.add, Shared(5), lambda event: None, 3).result() == 8
    assert {*warnings(heard)} == {
        f"the worker {good} has 3 threads and does one task at a time; "
        "workers started with --nthreads 1 use every core",
        *(f"the worker {address} is not used: {why}" for address, why in whys.items()),
    }


def test_events_results_and_errors_come_back(
    farm: Farm, over: Callable[[], Workers], heard: list[Event]
) -> None:
    farm.has("two")

    with over() as workers:
        assert workers.submit(tasks.add, Shared(5), heard.append, 3).result() == 8
        with pytest.raises(StaleCode, match="edited"):
            workers.submit(tasks.refuse, Shared(5), heard.append).result()
        with pytest.raises(OSError, match="No space left"):
            workers.submit(tasks.fill_the_disk, Shared(5), heard.append).result()
        with pytest.raises(RuntimeError, match=r"divide(.|\n)*ZeroDivisionError"):
            workers.submit(tasks.divide, Shared(5), heard.append).result()
        with pytest.raises(WorkerDied, match=r"lost 3 times.* its process died"):
            workers.submit(tasks.die, Shared(5), heard.append).result()
        assert workers.submit(tasks.add, Shared(6), heard.append, 4).result() == 10

    assert heard == [Event("adding", share=0.5)] * 2


def test_one_task_at_a_time_and_none_goes_on_when_the_work_is_over(
    farm: Farm, over: Callable[[], Workers], tmp_path: Path
) -> None:
    farm.has()
    farm.start("many", threads=3)
    farm.wait("many")
    began = tmp_path / "began"
    began.mkdir()

    with ThreadPoolExecutor(1) as pool, over() as other:
        with over() as workers:
            for name in ("a", "b"):
                workers.submit(tasks.sleep_long, Shared(str(began)), lambda event: None, name)
            wait_for(lambda: [*began.iterdir()])
            (process,) = psutil.Process(farm.workers["many"].pid).children()
            waiting = pool.submit(other.submit, tasks.add, Shared(5), lambda event: None, 3)
            time.sleep(2)
            assert [file.name for file in began.iterdir()] == ["a"]
            assert not waiting.done()
            assert process.is_running()
        assert not psutil.wait_procs([process], timeout=10)[1]
        assert waiting.result(timeout=30).result(timeout=30) == 8


def test_whoever_listens_or_cancels_ends_a_task(farm: Farm, over: Callable[[], Workers]) -> None:
    farm.has("two")

    def have_enough(event: Event) -> None:
        raise StaleCode("Enough.")

    with over() as workers:
        with pytest.raises(StaleCode, match="Enough"):
            workers.submit(tasks.tell_and_sleep_long, Shared(None), have_enough).result(timeout=30)
        one = workers.submit(tasks.nap, Shared(None), have_enough)
        other = workers.submit(tasks.die, Shared(5), have_enough)
        assert other.cancel()
        assert one.result(timeout=30) == "slept"
        assert workers.submit(tasks.add, Shared(5), lambda event: None, 3).result(timeout=30) == 8


def test_a_worker_that_comes_later_works_as_well(
    farm: Farm, over: Callable[[], Workers], heard: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    farm.has("two")
    monkeypatch.setattr(cluster, "GRACE", 60)

    with over() as workers:
        assert workers.submit(tasks.add, Shared(5), heard.append, 3).result() == 8
        farm.kill("two")
        farm.start("three", path=ROOT)
        assert workers.submit(tasks.add, Shared(5), heard.append, 4).result() == 9


def test_without_workers_there_is_an_error_and_no_end_of_waiting(
    farm: Farm, over: Callable[[], Workers], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    farm.has("two")
    monkeypatch.setattr(cluster, "GRACE", 0.5)

    with over() as workers:
        future = workers.submit(tasks.sleep_long, Shared(str(tmp_path)), lambda event: None, "a")
        wait_for((tmp_path / "a").exists)
        farm.kill("two")
        with pytest.raises(WorkerDied, match="All workers of tcp"):
            future.result(timeout=30)

    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with pytest.raises(NoUsableWorker, match="has no workers"), over() as workers:
        workers.submit(tasks.add, Shared(5), lambda event: None, 3)


def test_a_scheduler_that_is_not_there_or_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "media")
    folder = tmp_path / "farm"
    folder.mkdir()
    farm = Farm(folder)
    monkeypatch.setattr(cluster, "PATIENCE", 3)
    try:
        farm.has("one")
        with workers_of(farm.address, None, store, lambda event: None) as workers:
            future = workers.submit(
                tasks.sleep_long, Shared(str(tmp_path)), lambda event: None, "a"
            )
            wait_for((tmp_path / "a").exists)
            farm.scheduler.kill()
            with pytest.raises(WorkerDied, match="does not answer any more"):
                future.result(timeout=60)
    finally:
        farm.close()

    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with pytest.raises(NoScheduler, match=f"answers at {farm.address}"):
        assert workers_of(farm.address, None, store, lambda event: None).count


def test_a_scheduler_here_does_the_same(tmp_path: Path) -> None:
    store = Store(tmp_path / "media")

    with workers_of("local", 2, store, lambda event: None) as workers:
        assert workers.count == 2
        assert workers.submit(tasks.add, Shared(5), lambda event: None, 3).result() == 8

    assert not [*store.root.iterdir()]


def test_without_dask_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoDask, match=r"pip install 'epochreel\[dask\]'"):
        assert workers_of("local", 2, Store(tmp_path), lambda event: None).count


def test_inline_is_this_process(tmp_path: Path) -> None:
    with workers_of("inline", 4, Store(tmp_path), lambda event: None) as workers:
        assert workers.submit(tasks.pid, Shared(None), lambda event: None).result() == os.getpid()


@pytest.mark.parametrize(
    "value", ["", "dask", "tcp://", "tcp://host", "tcp://host:port", "http://host:80", "host:8786"]
)
def test_what_names_no_executor_is_refused(value: str) -> None:
    with pytest.raises(BadScheduler, match="inline; local; the address"):
        check_scheduler(value)


@pytest.mark.parametrize("value", ["inline", "local", "tcp://10.0.0.1:8786", "tcp://[::1]:8786"])
def test_what_names_one_is_taken(value: str) -> None:
    check_scheduler(value)


def a_film(store: Store, workers: Workers, listen: Listener) -> Path:
    film = Film(show_of(a_record()), DRAWING, store.root / "film.mp4", SCENES)
    make_film(film, store, workers, listen)
    return film.path


def warnings(heard: list[Event]) -> list[str]:
    return [event.what for event in heard if event.warning]


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
