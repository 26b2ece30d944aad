"""Records of the first schema, and of classes, tables and layers of all kinds in the second."""

import json
from pathlib import Path
from typing import Any

import pytest

from epochreel.errors import RecordError
from epochreel.record.file import load_record, save_record
from epochreel.record.record import Layer
from epochreel.record.schema2 import Schema2
from tests.record.test_record import spoil
from tests.records import RECORDS, a_record


def first_schema(**changes: Any) -> dict[str, Any]:
    """A document of the first schema, as version 0.1 wrote it."""
    epoch = {"parameters": [{"kernel": [[1.0]], "bias": [0.0]}], "predictions": [[-1.0], [0.0]]}
    return {
        "schema": "epochreel.record/1",
        "hyperparameters": {
            "loss": "mean_squared_error",
            "optimizer": "adam",
            "learning_rate": 0.1,
            "epochs": 9,
        },
        "versions": {"keras": "3.15.0"},
        "data": {"inputs": [[-1.0], [0.0]], "targets": [[-1.0], [1.0]], "rule": "2*x + 1"},
        "layers": [{"name": "dense_1", "type": "Dense", "units": 1, "activation": "linear"}],
        "epochs": [{"epoch": 0, "loss": 0.5, **epoch}, {"epoch": 2, "loss": 0.25, **epoch}],
        "diverged_at": None,
        **changes,
    }


def test_the_first_schema_is_read_and_written_as_the_second(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(json.dumps(first_schema(losses=[0.5, 0.3, 0.25])))
    record = load_record(path)

    assert record.layers == (Layer("dense_1", "Dense", (1,)),)
    assert record.widths == (1, 1)
    assert record.losses.tolist() == [0.5, 0.25]
    assert [values.tolist() for values in record.curve] == [
        [0, 1, 2],
        pytest.approx([0.5, 0.3, 0.25]),
    ]
    assert (record.class_names, record.feature_names, record.validation) == ((), (), None)
    again = load_record(save_record(record, tmp_path / "new.json"))
    assert json.loads((tmp_path / "new.json").read_text())["schema"] == Schema2.schema
    assert again.curve[1] == pytest.approx(record.curve[1])
    assert again.predictions.tolist() == record.predictions.tolist()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"losses": [1.0]}, "losses has shape (1,), not (3,)"),
        (
            {"layers": [{"name": "d", "type": "Dropout", "units": 1, "activation": "linear"}]},
            "layers[0].type is 'Dropout', of which this schema says too little to draw it",
        ),
        (
            {"data": {"inputs": [[[1.0]], [[2.0]]], "targets": [[1.0], [1.0]]}},
            "layers[0] is Dense behind arrays of shape (1, 1)",
        ),
        (
            {"data": {"inputs": [[1.0], [2.0]], "targets": [[1.0, 2.0], [1.0, 2.0]]}},
            "data.targets has shape (2, 2), not (2, 1)",
        ),
    ],
)
def test_what_is_wrong_in_the_first_schema_is_said(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    path = tmp_path / "old.json"
    path.write_text(json.dumps(first_schema(**changes)))
    with pytest.raises(RecordError) as error:
        load_record(path)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("keys", "change", "message"),
    [
        (["data", "class_names"], {"value": ["a", "b"]}, "has 2 names, not 3"),
        (["data", "class_names", 1], {"value": "setosa"}, "data.class_names holds a name twice"),
        (["data", "class_names", 1], {"value": 3}, "data.class_names[1] must be str"),
        (["data", "feature_names"], {"value": ["x"]}, "data.feature_names has 1 names, not 4"),
        (["data", "targets", 0], {"value": 3}, "must be whole numbers from 0 to 2, the class"),
        (["data", "targets", 0], {"value": 0.5}, "must be whole numbers from 0 to 2, the class"),
        (["layers", 0, "shape"], {"value": [5]}, "layers[0].shape is (5,); behind (4,) it must"),
        (["layers", 1, "settings"], {"value": {"rate": 1}}, "is no setting of a Dense layer"),
        (["epochs", 0, "parameters", 0, "gamma"], {"value": [1]}, "is no parameter of a Normal"),
        (["epochs", 0, "parameters", 0, "mean"], {"remove": True}, "parameters[0].mean is missing"),
        (["epochs", 1, "metrics", "accuracy"], {"remove": True}, "accuracy is missing in some"),
        (["epochs", 1, "metrics", "accuracy"], {"value": "1"}, "accuracy must be a number"),
        (["history"], {"value": {"loss": [1.0]}}, "history.accuracy must be here and in every"),
    ],
)
def test_what_is_wrong_with_classes_is_said_with_its_place(
    tmp_path: Path, keys: list[Any], change: dict[str, Any], message: str
) -> None:
    path = save_record(a_record(**RECORDS["three classes"]), tmp_path / "run.json")
    spoil(path, *keys, **change)
    with pytest.raises(RecordError) as error:
        load_record(path)
    assert message in str(error.value)


@pytest.mark.parametrize("kind", ["two classes", "ten classes", "ten layers", "named columns"])
def test_a_record_of_any_kind_is_read_as_it_was(tmp_path: Path, kind: str) -> None:
    record = a_record(**RECORDS[kind])
    again = load_record(save_record(record, tmp_path / "run.json"))
    for name in ("layers", "class_names", "feature_names", "target_names", "widths"):
        assert getattr(again, name) == getattr(record, name)
    assert again.targets == pytest.approx(record.targets, rel=1e-6)
    assert again.history.keys() == record.history.keys()
    assert bool(again.validation) == bool(record.validation)
    if again.validation and record.validation:
        assert again.validation.targets == pytest.approx(record.validation.targets, rel=1e-6)
        assert again.validation.inputs == pytest.approx(record.validation.inputs, rel=1e-6)
