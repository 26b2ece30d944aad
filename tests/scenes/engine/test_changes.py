"""Drawing goes ahead of the encoder, as far as the memory of a few pictures."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from manim import RED, Scene, Square, tempconfig

from scenes.engine import drop_in_renderer
from scenes.engine.changes import ChangeWriter
from scenes.engine.encoder import SegmentEncoder


@pytest.mark.parametrize(("width", "many"), [(0.1, True), (20.0, False)])
def test_many_small_changes_may_wait_and_few_large_ones(
    width: float, many: bool, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[int] = []
    hand_on, write = ChangeWriter._queue, SegmentEncoder.write_frame

    def counted(self: ChangeWriter, *frame: Any) -> None:
        hand_on(self, *frame)
        assert self._current_encode_job
        waiting.append(self._current_encode_job.queue.qsize())

    def slow(self: SegmentEncoder, *frame: Any, **options: Any) -> None:
        time.sleep(0.02)
        write(self, *frame, **options)

    monkeypatch.setattr(ChangeWriter, "_queue", counted)
    monkeypatch.setattr(SegmentEncoder, "write_frame", slow)

    class Moving(Scene):
        def construct(self) -> None:
            self.play(Square(width, fill_opacity=1).animate.set_color(RED), run_time=3)

    with tempconfig({"disable_caching": True}):
        Moving(renderer=drop_in_renderer()).render()
    assert (max(waiting) > 10) == many
