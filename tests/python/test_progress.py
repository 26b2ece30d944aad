"""How far it is, in the notebook and outside."""

import re
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from epochreel.python import progress as module
from epochreel.python.progress import progress
from epochreel.work.events import Event

Bundle = dict[str, str]


class Place:
    """Where a notebook shows something, and shows something else later."""

    def __init__(self) -> None:
        self.shown: list[Bundle] = []

    def update(self, bundle: Bundle, raw: bool) -> None:
        assert raw
        self.shown.append(bundle)


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Place:
    """Puts the test into a notebook; gives the one place where something is shown."""
    place = Place()

    def display(bundle: Bundle, **options: Any) -> Place:
        assert options == {"raw": True, "display_id": True}
        assert not place.shown
        place.update(bundle, raw=True)
        return place

    in_kernel = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setitem(sys.modules, "IPython", in_kernel)
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(display=display))
    monkeypatch.setattr(module, "EVERY", 0)
    return place


def test_a_notebook_shows_percent_and_at_last_the_seconds(place: Place) -> None:
    with progress() as listen:
        listen(Event("epoch 1 of 4 <b>", share=0.25))
        listen(Event("planned", share=0.1))

    texts = [bundle["text/plain"] for bundle in place.shown]
    assert texts[0] == "0 %: starting"
    assert texts[1].startswith("25 %") and texts[1].endswith(": epoch 1 of 4 <b>")
    assert texts[2].startswith("25 %")
    assert texts[-1].startswith("epochreel: done (0.")
    assert 'value="0.250"' in place.shown[1]["text/html"]
    assert "epoch 1 of 4 &lt;b&gt;" in place.shown[1]["text/html"]
    assert "<progress" not in place.shown[-1]["text/html"]


def test_the_time_left_is_told_when_it_is_known(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(100))
    monkeypatch.setattr("rich.console.monotonic", lambda: float(next(seconds)))
    with progress() as listen:
        for share in (0.1, 0.2, 0.3):
            listen(Event("drawn", share=share))

    assert re.match(r"30 %, \d+ s left: drawn", place.shown[3]["text/plain"])


def test_warnings_stay(place: Place) -> None:
    with progress() as listen:
        listen(Event("the clip was damaged; drawn again", "title", "title", warning=True))
        listen(Event("drawn", share=1))

    for bundle in place.shown[1:]:
        assert "epochreel: title/title: the clip was damaged" in bundle["text/plain"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_what_was_stopped_is_not_called_done(place: Place, error: type[BaseException]) -> None:
    with pytest.raises(error), progress():
        raise error

    assert place.shown[-1]["text/plain"].startswith("epochreel: stopped; finished clips are kept")


def test_what_comes_quickly_is_shown_now_and_then(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EVERY", 3600)
    with progress() as listen:
        for epoch in range(500):
            listen(Event(f"epoch {epoch} of 500", share=epoch / 500))

    assert len(place.shown) == 3


@pytest.mark.parametrize("shell", [lambda: None, lambda: SimpleNamespace()])
def test_outside_of_a_notebook_warnings_alone_are_told(
    shell: Callable[[], Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=shell))
    with progress() as listen:
        listen(Event("drawn", share=0.5, seconds=1))
        listen(Event("the clip was damaged; drawn again", warning=True))

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "epochreel: the clip was damaged; drawn again\n"
