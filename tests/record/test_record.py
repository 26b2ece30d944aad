"""The record file: written whole, read by one loader that says what is wrong where."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from epochreel.errors import RecordError
from epochreel.record.file import SCHEMA, load_record, save_record
from tests.records import a_record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return save_record(a_record(samples=3, epochs=(0, 1, 2)), tmp_path / "run.json")


def spoil(path: Path, *keys: Any, value: Any = None, remove: bool = False) -> None:
    document = json.loads(path.read_text())
    table = document
    for key in keys[:-1]:
        table = table[key]
    if remove:
        del table[keys[-1]]
    else:
        table[keys[-1]] = value
    path.write_text(json.dumps(document))


def test_what_was_saved_is_loaded(path: Path) -> None:
    saved, loaded = a_record(samples=3, epochs=(0, 1, 2)), load_record(path)

    assert loaded.layers == saved.layers
    assert loaded.hyperparameters == saved.hyperparameters
    assert np.allclose(loaded.predictions, saved.predictions.astype(np.float32))
    for one, other in zip(loaded.parameters, saved.parameters):
        assert np.allclose(one["kernel"], other["kernel"].astype(np.float32))


def test_a_sampled_run_keeps_the_loss_of_every_epoch(tmp_path: Path) -> None:
    record = replace(a_record(epochs=(1, 3, 6)), every_loss=np.linspace(3, 1, 6))

    path = save_record(record, tmp_path / "run.json")

    epochs, losses = load_record(path).curve
    assert epochs.tolist() == [1, 2, 3, 4, 5, 6]
    assert np.allclose(losses, record.every_loss)
    spoil(path, "losses", value=[1.0])
    with pytest.raises(RecordError, match=r"losses has shape \(1,\), not \(6,\)"):
        load_record(path)


def test_numbers_have_the_digits_keras_prints(tmp_path: Path) -> None:
    record = a_record(samples=1, epochs=(0,))
    record.predictions[:] = np.float32(-1.0365086)

    path = save_record(record, tmp_path / "run.json")

    assert "-1.0365086]" in path.read_text()
    assert "NaN" not in path.read_text()


def test_same_record_same_bytes(path: Path, tmp_path: Path) -> None:
    again = save_record(load_record(path), tmp_path / "again.json")

    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("keys", "change", "message"),
    [
        (["schema"], {"value": "other/9"}, "its schema is 'other/9'"),
        (["schema"], {"remove": True}, "it names no schema"),
        (["layers"], {"remove": True}, "layers is missing"),
        (["epochs"], {"value": []}, "epochs is empty"),
        (
            ["epochs", 1, "loss"],
            {"value": None},
            "epochs[1].loss holds a value that is not a finite",
        ),
        (["epochs", 1, "loss"], {"value": "low"}, "epochs[1].loss must be numbers"),
        (["epochs", 1, "epoch"], {"value": 0}, "must rise"),
        (
            ["epochs", 2, "predictions"],
            {"value": [[1]]},
            "epochs[2].predictions has shape (1, 1), not (3, 1)",
        ),
        (
            ["epochs", 0, "parameters", 1, "kernel"],
            {"value": [[1, 2]]},
            "epochs[0].parameters[1].kernel has shape (1, 2), not (4, 3)",
        ),
        (
            ["epochs", 2, "parameters", 0, "bias"],
            {"remove": True},
            "parameters[0].bias is missing in some",
        ),
        (["data", "inputs"], {"value": []}, "data.inputs"),
        (["data", "targets"], {"value": [[1], [2]]}, "data.targets has shape (2, 1)"),
        (["layers", 0], {"value": 3}, "layers[0] must be an object"),
        (["epochs", 0], {"value": 3}, "epochs[0] must be an object"),
        (["hyperparameters", "loss"], {"remove": True}, "hyperparameters.loss is missing"),
        (["hyperparameters", "epochs"], {"value": "9"}, "hyperparameters.epochs must be int"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    path: Path, keys: list[Any], change: dict[str, Any], message: str
) -> None:
    spoil(path, *keys, **change)

    with pytest.raises(RecordError) as error:
        load_record(path)

    assert str(path) in str(error.value)
    assert message in str(error.value)


def test_files_that_are_no_record(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(RecordError, match="not whole JSON"):
        load_record(path)
    path.write_text("[]")
    with pytest.raises(RecordError, match=SCHEMA):
        load_record(path)
    with pytest.raises(RecordError, match="There is no record"):
        load_record(tmp_path / "missing.json")
    with pytest.raises(RecordError, match="is a folder"):
        load_record(tmp_path)


def test_a_failed_write_leaves_what_was_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(OSError, match="disk full"):
        save_record(a_record(), path)

    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
