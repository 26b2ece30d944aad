"""The code that a scene depends on: found on disk, and in a worker as it was loaded."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from epochreel.errors import StaleCode, WorkerDied
from epochreel.work import code
from epochreel.work.code import closure, code_on_disk
from epochreel.work.events import Event
from epochreel.work.store import Store
from epochreel.work.workers import Inline, Processes, Shared, Workers

FILES = {
    "scenes": ("", True),
    "scenes.one": (
        "from typing import TYPE_CHECKING\n"
        "import numpy\n"
        "from scenes.parts import dots\n"
        "if TYPE_CHECKING:\n    from scenes.types import Kind\n"
        "try:\n    import scenes.engine\nexcept ImportError:\n    pass\n"
        "def later():\n    from scenes.plain import show\n",
        False,
    ),
    "scenes.two": ("import scenes.parts.dots", False),
    "scenes.parts": ("", True),
    "scenes.parts.dots": ("from epochreel.numbers import digits", False),
    "scenes.engine": ("from .camera import Camera", True),
    "scenes.engine.camera": ("from . import boxes\nfrom .paths import trace", False),
    "scenes.engine.boxes": ("", False),
    "scenes.engine.paths": ("", False),
    "scenes.types": ("", False),
    "scenes.plain": ("", False),
    "epochreel.numbers": ("import numpy", False),
}


def find(module: str) -> tuple[bytes, bool] | None:
    text, is_package = FILES.get(module, (None, False))
    return None if text is None else (text.encode(), is_package)


def test_a_module_depends_on_what_it_imports_when_it_is_loaded() -> None:
    engine = {f"scenes.engine{part}" for part in ("", ".camera", ".boxes", ".paths")}

    assert {*closure(["scenes.one"], find)} == {
        "scenes.one",
        "scenes.parts",
        "scenes.parts.dots",
        "epochreel.numbers",
        *engine,
    }
    assert {*closure(["scenes.two"], find)} == {
        "scenes.two",
        "scenes.parts.dots",
        "epochreel.numbers",
    }


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `scenes` package of two modules elsewhere, of which `one` imports `other`."""
    folder = tmp_path / "scenes"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "one.py").write_text("from scenes import other\n")
    (folder / "other.py").write_text("VALUE = 1\n")
    monkeypatch.setattr(code, "ROOT", tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def test_any_change_to_a_file_in_the_closure_is_another_digest(project: Path) -> None:
    before = code_on_disk(["scenes.one"])

    (project / ".#one.py").symlink_to("somebody@somewhere")  # an editor's lock
    (project / "third.py").write_text("VALUE = 1\n")
    assert code_on_disk(["scenes.one"]) == before

    (project / "other.py").write_text("VALUE = 2\n")
    assert code_on_disk(["scenes.one"]) != before


def test_a_worker_tells_what_it_loaded_and_not_what_is_on_disk(project: Path) -> None:
    before = code_on_disk(["scenes.one"])

    with Processes(1, Store(project.parent / "media")) as workers:
        assert workers.submit(_loaded_digest, Shared(str(project)), print).result() == before
        (project / "other.py").write_text("VALUE = 2\n")
        assert workers.submit(_loaded_digest, Shared(str(project)), print).result() == before
    with Processes(1, Store(project.parent / "media")) as workers:
        assert (
            workers.submit(_loaded_digest, Shared(str(project)), print).result()
            == code_on_disk(["scenes.one"])
            != before
        )


def test_an_edit_within_the_second_and_of_the_same_size_is_loaded(project: Path) -> None:
    """Python's own bytecode files do not tell such an edit from what was there before."""
    other = project / "other.py"
    other.write_text("VALUE = 1\n")
    stat = other.stat()

    with Processes(1, Store(project.parent / "media")) as workers:
        assert workers.submit(_value, Shared(str(project)), print).result() == 1
    other.write_text("VALUE = 2\n")
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    with Processes(1, Store(project.parent / "media")) as workers:
        assert workers.submit(_value, Shared(str(project)), print).result() == 2


def test_events_results_and_errors_come_back(tmp_path: Path) -> None:
    heard: list[Event] = []
    five, hear = Shared(5), heard.append

    with Processes(2, Store(tmp_path)) as workers:
        assert workers.submit(_add, five, hear, 3).result() == 8
        with pytest.raises(StaleCode, match="edited"):
            workers.submit(_refuse, five, hear).result()
        with pytest.raises(OSError, match="No space left"):
            workers.submit(_fill_the_disk, five, hear).result()
        with pytest.raises(RuntimeError, match=r"_divide(.|\n)*ZeroDivisionError"):
            workers.submit(_divide, five, hear).result()
        with pytest.raises(WorkerDied):
            workers.submit(_die, five, hear).result()
        assert workers.submit(_add, five, hear, 4).result() == 9
        assert workers.submit(_add, Shared(6), hear, 4).result() == 10

    assert heard == [Event("adding", share=0.5)] * 3
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", [Inline, lambda: Processes(1, Store())])
def test_a_shared_value_is_shared_once(
    kind: Callable[[], Workers], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As often as it is made into a message; each process keeps it."""
    monkeypatch.chdir(tmp_path)
    shared = Shared([1])
    with kind() as workers:
        found = [workers.submit(_grow, shared, print).result() for _ in range(3)]
        assert found == [2, 3, 4]
        assert workers.submit(_grow, Shared([1]), print).result() == 2


def _loaded_digest(root: str, listen: object) -> str:
    from epochreel.work import code

    code.ROOT = Path(root).parent
    return code.code_loaded(["scenes.one"])


def _value(root: str, listen: object) -> int:
    from scenes import other

    return other.VALUE


def _add(one: int, listen, other: int) -> int:
    sys.stdout.write("libraries print")
    listen(Event("adding", share=0.5))
    return one + other


def _grow(values: list[int], listen: object) -> int:
    values.append(1)
    return len(values)


def _refuse(one: int, listen: object) -> None:
    raise StaleCode("The code was edited.")


def _fill_the_disk(one: int, listen: object) -> None:

    raise OSError(errno.ENOSPC, "No space left on device", "film.mp4")


def _divide(one: int, listen: object) -> float:
    return one / 0


def _die(one: int, listen: object) -> None:

    os._exit(9)
