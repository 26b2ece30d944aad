"""Settings changed by `--set`, or by Python's values: the same lecture, the same messages."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from epochreel.errors import BadSetting, LectureError, UnknownSetting
from epochreel.lecture.file import change_lecture, load_lecture


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"training.learning_rate": 0.05}, "training.learning_rate=0.05"),
        ({"training.optimizer": "sgd"}, "training.optimizer='sgd'"),
        ({"model.layers[0].units": 8}, "model.layers[0].units=8"),
        ({"film.shown_epochs": [0, 5]}, "film.shown_epochs=[0, 5]"),
        ({"film.shown_epochs": (0, 5)}, "film.shown_epochs=[0, 5]"),
        ({"training": {"epochs": 3}}, "training={epochs=3}"),
        ({"training.epochs": np.int64(3)}, "training.epochs=3"),
        ({"training.learning_rate": np.float32(0.5)}, "training.learning_rate=0.5"),
        ({"model.layers[0].bias": np.arange(4.0)}, "model.layers[0].bias=[0.0, 1.0, 2.0, 3.0]"),
        ({"words.en.lesson": "a=1 # '\""}, 'words.en.lesson="a=1 # \'\\""'),
    ],
)
def test_values_by_key_change_what_set_changes(settings: dict[str, Any], text: str) -> None:
    assert load_lecture("loss_function", settings) == load_lecture("loss_function", [text])


@pytest.mark.parametrize(
    ("settings", "kind", "message"),
    [
        ({"training.learning_rte": 1}, UnknownSetting, "Did you mean 'learning_rate'?"),
        ({"training.learning_rate": "0.05"}, BadSetting, "valid number. Found '0.05'."),
        ({"training.epochs": True}, BadSetting, "valid integer. Found True."),
        ({"training.epochs": object()}, BadSetting, "valid integer. Found <object"),
        ({"model.layers[3].units": 1}, UnknownSetting, "settings['model.layers[3].units']: there"),
        ({"training.epochs.x": 1}, UnknownSetting, "settings['training.epochs.x']: what stands"),
        ({"training epochs": 1}, BadSetting, "settings: 'training epochs' is no setting. Write"),
        ({"": 1}, BadSetting, "settings: '' is no setting."),
        ({3: 1}, BadSetting, "settings: 3 is no setting."),
        ({"words": {3: 1}}, BadSetting, "Keys should be strings. Found 3."),
        ({"name": "other"}, UnknownSetting, "there is no setting 'name'"),
        ({"a" * 5000: 1}, UnknownSetting, "has no setting 'aaaa"),
    ],
)
def test_what_is_wrong_with_a_value_is_said(
    settings: dict[Any, Any], kind: type[LectureError], message: str
) -> None:
    with pytest.raises(kind) as error:
        load_lecture("loss_function", settings)

    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


def test_a_value_that_holds_itself_is_nested_too_deeply() -> None:
    endless: list[Any] = []
    endless.append(endless)

    with pytest.raises(BadSetting, match=r"settings\['words.links'\]: its values are nested"):
        load_lecture("loss_function", {"words.links": endless})


def test_the_values_given_stay_as_they_are() -> None:
    layers = [{"units": 2, "bias": [1.0, 2.0]}, {"units": 1}]

    lecture = load_lecture("loss_function", {"model.layers": layers, "model.layers[0].units": 3})

    assert lecture.model.layers[0].units == 3
    assert layers == [{"units": 2, "bias": [1.0, 2.0]}, {"units": 1}]


def test_a_loaded_lecture_is_changed_as_its_file_would_be(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("1,2\n2,4\n")
    (tmp_path / "mine.toml").write_text(
        'data = {file = "points.csv"}\n[model]\nlayers = [{units = 2, bias = [1, 2]}, {units = 1}]'
    )
    path, settings = (
        str(tmp_path / "mine.toml"),
        {"model.layers[0].units": 5, "film.theme": "night"},
    )
    loaded = load_lecture(path)

    changed = change_lecture(loaded, settings)

    assert changed == load_lecture(path, settings)
    assert changed != loaded == load_lecture(path)
    with pytest.raises(UnknownSetting, match=r"mine.toml: \[film\] has no setting 'them'"):
        change_lecture(loaded, {"film.them": "night"})
