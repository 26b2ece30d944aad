from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from manim import tempconfig

from .frames import SMALL


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Small, short films in a directory of their own, which is the current one."""
    monkeypatch.chdir(tmp_path)
    with tempconfig({**SMALL, "media_dir": str(tmp_path)}):
        yield tmp_path
