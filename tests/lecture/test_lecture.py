"""Lecture files: what they may say, and one clear message for everything else."""

from pathlib import Path

import pytest

from epochreel.errors import LectureError
from epochreel.lecture.file import load_lecture


def test_shipped_lecture_is_the_one_of_the_course() -> None:
    lecture = load_lecture("loss_function")

    assert lecture.data.rule == "2*x + 1"
    assert [layer.units for layer in lecture.model.layers] == [4, 3, 1]
    assert (lecture.training.optimizer, lecture.training.learning_rate) == ("adam", 0.1)
    assert lecture.training.epochs == 500
    assert lecture.film.shown_epochs == [0, 1, 2, 3, 4, 5, 500]


def test_every_setting_stands_in_the_shipped_file() -> None:
    from epochreel.lecture.file import shipped_lectures
    from epochreel.lecture.settings import Dense, Film, Names, Source, Training, Words

    text = shipped_lectures()["loss_function"].read_text(encoding="utf-8")

    for table in (Source, Dense, Training, Film, Words, Names):
        for name in table.model_fields:
            assert name in text


def test_settings_override_the_file() -> None:
    lecture = load_lecture(
        "loss_function",
        ["training.learning_rate=0.05", "training.optimizer=sgd", "film.theme='night'"],
    )

    assert lecture.training.learning_rate == 0.05
    assert lecture.training.optimizer == "sgd"
    assert lecture.film.theme == "night"


def test_only_what_training_depends_on_changes_its_key() -> None:
    plain = load_lecture("loss_function").training_key

    assert load_lecture("loss_function", ["film.language=en"]).training_key == plain
    assert load_lecture("loss_function", ["training.seed=8"]).training_key != plain


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (
            "training.learning_rte=1",
            "[training] has no setting 'learning_rte'. Did you mean 'learning_rate'?",
        ),
        (
            "training.learning_rate='a'",
            "[training] learning_rate: Input should be a valid number. Found 'a'.",
        ),
        ("training.epochs=1.5", "[training] epochs: Input should be a valid integer. Found 1.5."),
        ("training.optimizer=adom", "there is no optimizer 'adom'. Did you mean 'adam'?"),
        ("training.loss=mean_square_error", "Did you mean 'mean_squared_error'?"),
        ("training.optimizer_settings={rho=0.9}", "optimizer 'adam' has no setting 'rho'."),
        ("data.stop=-10", "holds no sample"),
        ("data.rule='relu(x)'", "unknown function 'relu'"),
        ("data.file='x.csv'", "not both"),
        ("model.layers=[]", "at least 1 item"),
        (
            "model.layers=[{units=1, activation='tan'}]",
            "there is no activation 'tan'. Did you mean 'tanh'?",
        ),
        (
            "model.layers=[{units=2, kernel=[[1.0]]}, {units=1}]",
            "2 columns (units); its rows have 1 values",
        ),
        ("model.layers=[{units=2}]", "the last layer has 2 units; a rule has one target"),
        ("model.layers=[{units=2, kernel=[[1,2],[3,4]]}, {units=1}]", "must be (1, 2)"),
        ("film.shown_epochs=[3, 1]", "must rise and not repeat"),
        ("film.theme=dark", "Input should be 'paper' or 'night'"),
        ("colour=1", "loss_function.toml has no setting 'colour'."),
        ("learning_rate", "is not KEY=VALUE"),
        ("training.epochs.x=1", "'epochs' is not a table of settings"),
    ],
)
def test_what_is_wrong_is_said(setting: str, message: str) -> None:
    with pytest.raises(LectureError) as error:
        load_lecture("loss_function", [setting])

    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_files_that_are_no_lecture(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[data\n")
    (tmp_path / "latin.toml").write_bytes(b"# \xe9\n")

    for name, message in [
        ("missing.toml", "There is no lecture"),
        ("", "is a folder"),
        ("broken.toml", "is not TOML"),
        ("latin.toml", "is not TOML"),
    ]:
        with pytest.raises(LectureError, match=message):
            load_lecture(str(tmp_path / name))
