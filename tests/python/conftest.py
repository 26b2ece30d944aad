"""Python's face is tried in an empty folder, as a notebook lies in one."""

from pathlib import Path

import pytest

from epochreel.record.file import save_record
from tests.records import a_record


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The file of a small record: nothing has to be trained."""
    return save_record(a_record(), tmp_path / "run.json")
