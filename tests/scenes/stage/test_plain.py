"""What plain Manim draws."""

from pathlib import Path

import pytest

from epochreel.errors import NoSuchRecord
from epochreel.record.file import save_record
from scenes.stage.plain import show_of
from scenes.title import Title
from tests.records import a_record


def test_a_record_that_is_named_is_called_what_its_file_is(tmp_path: Path) -> None:
    path = save_record(a_record(), tmp_path / "my_run.json")

    fields = show_of(path).fields

    assert (fields["lesson"], fields["links"], fields["references"]) == ("My run", (), ())


def test_without_one_it_is_the_newest_of_the_lecture_that_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoSuchRecord, match="Make it with: epochreel train"):
        show_of(None)

    Path("media/records").mkdir(parents=True)
    save_record(a_record(samples=7), Path("media/records/loss_function-0.json"))

    assert len(show_of(None).record.inputs) == 7
    assert show_of(None).fields["links"]


@pytest.mark.manim
def test_opengl_is_refused_in_a_line() -> None:
    """Manim's command gives a scene its renderer as the first argument there."""
    with pytest.raises(SystemExit, match="Leave out --renderer opengl"):
        Title(object())  # type: ignore[arg-type]
