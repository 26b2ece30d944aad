"""Recordings are found by the names of their beats."""

from collections.abc import Callable
from pathlib import Path

import pytest

from epochreel.errors import BadNarration, NoSuchNarration, TwoNarrations
from epochreel.products.narration import check_recordings, narration_of
from tests.products.sounds import record, tone

BEATS = ["title/title", "loss_formula/sum", "epochs/epoch-1", "epochs/epoch-2"]
Record = Callable[[str], Path]


@pytest.fixture
def recorded(tmp_path: Path) -> Record:
    """Puts a short recording into the test's folder."""

    def put(name: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        return record(path, tone(0.1))

    return put


def test_each_beat_has_the_file_of_its_name(tmp_path: Path, recorded: Record) -> None:
    second = recorded("epochs-epoch-2.wav")
    formula = recorded("loss_formula-sum.MP3")

    found = narration_of(tmp_path, BEATS, "en")

    assert list(found.files.items()) == [("loss_formula/sum", formula), ("epochs/epoch-2", second)]
    assert found.missing == ("title/title", "epochs/epoch-1")
    assert found.strangers == {}


def test_a_file_of_the_language_goes_before_one_of_any(tmp_path: Path, recorded: Record) -> None:
    any_title = recorded("title-title.wav")
    chinese = recorded("zh/title-title.m4a")
    recorded("en/epochs-epoch-1.wav")

    assert narration_of(tmp_path, BEATS, "zh").files == {"title/title": chinese}
    assert narration_of(tmp_path, BEATS, "en").files["title/title"] == any_title


def test_what_belongs_to_no_beat_is_told_with_the_nearest(tmp_path: Path, recorded: Record) -> None:
    near = recorded("epochs-epoch-20.wav")
    other_case = recorded("en/Title-title.ogg")
    far = recorded("zzz.wav")
    (tmp_path / "notes.txt").touch()
    (tmp_path / "._epochs-epoch-2.wav").touch()

    found = narration_of(tmp_path, BEATS, "en")

    assert found.strangers == {near: "epochs/epoch-2", other_case: "title/title", far: None}
    assert found.files == {}


def test_two_files_for_one_beat_are_too_many(tmp_path: Path, recorded: Record) -> None:
    recorded("title-title.wav")
    recorded("title-title.mp3")

    with pytest.raises(TwoNarrations, match=r"title/title.* title-title\.mp3 and title-title\.wav"):
        narration_of(tmp_path, BEATS, "en")


def test_a_folder_that_is_not_there_is_said_with_what_it_would_hold(tmp_path: Path) -> None:
    with pytest.raises(NoSuchNarration, match=r"voice'?\. .*epochs-epoch-1\.wav"):
        narration_of(tmp_path / "voice", BEATS, "en")


@pytest.mark.parametrize("place", ["epochs-epoch-2.wav", "en/epochs-epoch-2.wav"])
def test_what_cannot_be_heard_is_refused_before_anything_slow(place: str, tmp_path: Path) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_bytes(b"RIFF")

    with pytest.raises(BadNarration, match=r"epochs-epoch-2\.wav"):
        check_recordings(tmp_path, "en")


def test_recordings_of_another_language_are_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "epochs-epoch-2.wav").write_bytes(b"RIFF")
    check_recordings(tmp_path, "zh")
