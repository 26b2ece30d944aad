"""Combinations of settings, as a sweep tries them."""

import pytest

from epochreel.errors import BadSetting, LectureError
from epochreel.lecture.grid import Axis, grid, slug, split


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("1,2.5", ["1", "2.5"]),
        ("sgd,adam", ["sgd", "adam"]),
        ("[1, 2],[3]", ["[1, 2]", "[3]"]),
        ("{a=1, b=[1,2]},{}", ["{a=1, b=[1,2]}", "{}"]),
        ("'a,b',\"c,'d\"", ["'a,b'", '"c,\'d"']),
        ("", [""]),
    ],
)
def test_values_are_cut_at_commas_between_them(text: str, pieces: list[str]) -> None:
    assert split(text) == pieces


@pytest.mark.parametrize("text", ["training.epochs", "training.epochs=", "a=1,,2", "a=1,"])
def test_what_is_no_axis_is_said(text: str) -> None:
    with pytest.raises(BadSetting, match="is not KEY=VALUE,VALUE"):
        Axis.of(text)


def test_a_grid_is_every_combination_with_its_label() -> None:
    axes = [
        Axis.of("training.learning_rate=0.1,0.01,0.1"),
        Axis.of("training.optimizer=sgd,'adam'"),
        Axis.of("training.epochs=3"),
    ]
    points = grid("loss_function", ["training.batch_size=5"], axes)

    assert [point.label for point in points] == [
        "learning_rate 0.1, optimizer sgd",
        "learning_rate 0.1, optimizer adam",
        "learning_rate 0.01, optimizer sgd",
        "learning_rate 0.01, optimizer adam",
    ]
    for point in points:
        training = point.lecture.training
        assert f"learning_rate {training.learning_rate}" in point.label
        assert point.label.endswith(training.optimizer)
        assert (training.epochs, training.batch_size) == (3, 5)
        assert point.values["training.epochs"] == "3"


def test_layers_are_an_axis() -> None:
    points = grid("loss_function", [], [Axis.of("model.layers[0].units=2,8")])
    assert [point.lecture.model.layers[0].units for point in points] == [2, 8]
    assert [point.label for point in points] == ["layers[0].units 2", "layers[0].units 8"]


def test_every_combination_is_checked() -> None:
    with pytest.raises(LectureError, match="greater than 0"):
        grid("loss_function", [], [Axis.of("training.learning_rate=0.1,-1")])
    with pytest.raises(BadSetting, match="1,020 runs; 1,000 is the limit"):
        grid("loss_function", [], [Axis.of("training.seed=" + ",".join(map(str, range(1020))))])


def test_a_slug_is_part_of_a_files_name() -> None:
    assert slug("learning_rate 0.1, layers[0].units 8") == "learning_rate-0.1-layers-0-.units-8"
    assert slug("../a b") == "..-a-b"
