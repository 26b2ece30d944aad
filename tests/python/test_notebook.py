"""The notebook in docs, and a kernel that is interrupted while it renders."""

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel
from nbclient import NotebookClient

from tools.kill import MARK, Run

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
RENDER = "render('run.json', only=['data', 'epochs'], quality='draft', language='en')"

pytestmark = [pytest.mark.manim, pytest.mark.render]


@pytest.fixture(autouse=True)
def with_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.mark.keras
def test_the_notebook_shows_films_and_a_picture(tmp_path: Path) -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)

    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()

    shown = [
        next((output.data for output in cell.outputs if output.output_type == "execute_result"), {})
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    films = [data for data in shown if "data:video/mp4;base64," in data.get("text/html", "")]
    assert len(films) == 3
    assert all("data:text/vtt;base64," in data["text/html"] for data in films)
    assert len([data for data in shown if "image/png" in data]) == 1
    assert len([*tmp_path.glob("media/films/*.mp4")]) == 3


def test_the_notebook_is_kept_without_what_it_showed() -> None:
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


class Kernel:
    """A kernel in the test's folder, and what it says of the progress of its cells."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self.manager, self.client = manager, client

    def run(self, code: str, interrupt_at: str | None = None) -> list[str]:
        """What a cell shows as text, and the name of its error.

        Args:
            interrupt_at: the end of what is shown when the cell is interrupted.
        """
        request = self.client.execute(code)
        said: list[str] = []
        while True:
            message = self.client.get_iopub_msg(timeout=120)
            assert message["parent_header"]["msg_id"] == request
            content = message["content"]
            if message["msg_type"] == "error":
                said.append(content["ename"])
            elif "data" in content:
                said.append(content["data"]["text/plain"])
                if interrupt_at and said[-1].endswith(interrupt_at):
                    interrupt_at = None
                    self.manager.interrupt_kernel()
            elif content.get("execution_state") == "idle":
                return said


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """By which the kernel's processes are known."""
    run = Run(tmp_path, uuid.uuid4().hex)
    monkeypatch.setenv(MARK, run.mark)
    return run


@pytest.fixture
def kernel(run: Run) -> Iterator[Kernel]:
    manager, client = start_new_kernel(cwd=str(run.folder))
    yield Kernel(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_an_interrupted_cell_ends_its_work_and_the_next_goes_on_from_there(
    kernel: Kernel, run: Run, record: Path, tmp_path: Path
) -> None:
    kernel.run("from epochreel import render")
    alone = run.alive()

    stopped = kernel.run(RENDER, interrupt_at="drawn")

    assert stopped[-1] == "KeyboardInterrupt"
    assert stopped[-2].startswith("epochreel: stopped; finished clips are kept")
    assert run.alive() == alone
    assert not [*tmp_path.glob("media/.run-*"), *tmp_path.rglob("*.partial")]
    assert not (tmp_path / "media/films").exists()
    drawn = {clip: clip.stat().st_mtime_ns for clip in tmp_path.glob("media/clips/*.mp4")}
    assert drawn

    *_, done, film = kernel.run(RENDER)

    assert done.startswith("epochreel: done")
    assert film.startswith("RenderedFilm(path=")
    assert drawn == {clip: clip.stat().st_mtime_ns for clip in drawn}
    assert run.alive() == alone
