"""What a lecture may say of its data, and everyday names of losses and metrics."""

from pathlib import Path

import pytest

from epochreel.errors import BadData, LectureError
from epochreel.lecture.file import change_lecture, load_lecture
from epochreel.lecture.settings import data_files


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("data={}", "give start, stop and rule (targets from a rule), or file, or dataset"),
        ("data.dataset=iris", "take either dataset, or start, stop and rule, not both"),
        ("data={file='a.csv', dataset='iris'}", "take either file, or dataset, not both"),
        ("data={dataset='irs'}", "there is no data set 'irs'. Did you mean 'iris'?"),
        ("data={dataset='iris', noise=1}", "noise goes with start, stop and rule or one of the"),
        ("data={dataset='iris', samples=9}", "samples goes with one of the data sets moons, circl"),
        ("data={dataset='moons', target='a'}", "target goes with file; leave it out here"),
        ("data={dataset='moons', samples=1}", "greater than or equal to 2"),
        ("data={file='a.csv', step=2}", "step goes with start, stop and rule; leave it out"),
        ("data={file='a.csv', target='a', targets=['b']}", "either target, or targets, not both"),
        ("data={file='a.csv', features=['a', 'a']}", "features: names 'a' twice"),
        ("data={file='a.csv', target='a', features=['a']}", "'a' is among the features and a targ"),
        ("data.validation_file='a.csv'", "validation_file goes with file; leave it out here"),
        ("data.validation_split=1", "less than 1"),
        ("data.validation_split=0", "greater than 0"),
        ("data.noise=-1", "greater than or equal to 0"),
        ("training.loss=msee", "there is no loss 'msee'"),
        ("training.metrics=['acuracy']", "there is no metric 'acuracy'. Did you mean 'accuracy'?"),
        ("training.metrics=['mae', 'mean_absolute_error']", "names 'mean_absolute_error' twice"),
    ],
)
def test_what_is_wrong_with_the_data_is_said(setting: str, message: str) -> None:
    with pytest.raises(LectureError) as error:
        load_lecture("loss_function", [setting])

    assert message in str(error.value)
    assert len(str(error.value)) < 300


def test_everyday_names_become_those_of_keras() -> None:
    lecture = load_lecture(
        "loss_function", ["training.loss=mae", "training.metrics=['mse', 'acc']"]
    )

    assert lecture.training.loss == "mean_absolute_error"
    assert lecture.training.metrics == ["mean_squared_error", "accuracy"]


def test_a_lecture_of_every_source_can_be_changed() -> None:
    for data in (
        {"dataset": "iris", "normalize": True, "validation_split": 0.2},
        {"dataset": "moons", "samples": 30, "noise": 0.2},
        {"start": 0, "stop": 9, "rule": "x", "noise": 0.1},
    ):
        lecture = load_lecture("loss_function", {"data": data})

        assert change_lecture(lecture, {"training.seed": 8}).data == lecture.data


def test_both_files_lie_beside_the_lecture(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("1,2\n", encoding="utf-8")
    text = '[data]\nfile = "a.csv"\nvalidation_file = "b.csv"\n[model]\nlayers = [{ units = 1 }]\n'
    (tmp_path / "my.toml").write_text(text, encoding="utf-8")

    files = data_files(load_lecture(str(tmp_path / "my.toml")))

    assert files == {"file": tmp_path / "a.csv", "validation_file": tmp_path / "b.csv"}
    (tmp_path / "b.csv").unlink()
    with pytest.raises(BadData, match=r"validation_file: .*b\.csv is not a file") as error:
        load_lecture(str(tmp_path / "my.toml"))
    assert error.value.field == "data.validation_file"
