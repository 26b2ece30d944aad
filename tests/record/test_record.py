"""The record file: written whole, read by one loader that says what is wrong where."""

import json
import os
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from epochreel.errors import BadField, DamagedRecord, NoSuchRecord, OtherSchema, RecordError
from epochreel.lecture.file import load_lecture
from epochreel.record.file import load_record, save_record
from epochreel.record.schema2 import Schema2
from epochreel.record.view import Show
from epochreel.work.ingredients import of_values
from tests.records import RECORDS, a_record


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


def test_what_else_is_known_of_the_calls_is_loaded(tmp_path: Path) -> None:
    record = a_record(samples=3, epochs=(0, 1))
    said = {
        **record.hyperparameters,
        "loss_kind": "class",
        "loss_settings": {"delta": 2.0, "from_logits": True, "reduction": "sum"},
        "optimizer_kind": "class",
        "learning_rate_schedule": "ExponentialDecay",
    }

    path = save_record(replace(record, hyperparameters=said), tmp_path / "run.json")

    assert load_record(path).hyperparameters == said


def test_a_sampled_run_keeps_the_loss_of_every_epoch(tmp_path: Path) -> None:
    record = replace(a_record(epochs=(1, 3, 6)), history={"loss": np.linspace(3, 1, 6)})

    path = save_record(record, tmp_path / "run.json")

    epochs, losses = load_record(path).curve
    assert epochs.tolist() == [1, 2, 3, 4, 5, 6]
    assert np.allclose(losses, record.history["loss"])
    spoil(path, "history", "loss", value=[1.0])
    with pytest.raises(RecordError, match=r"history.loss has shape \(1,\), not \(6,\)"):
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
        (["epochs", 2, "epoch"], {"value": 2**63}, "epochs[2].epoch is 9223372036854775808"),
        (["epochs", 2, "epoch"], {"value": 10**30}, "epochs[2].epoch must be int, not float"),
        (["epochs", 1, "epoch"], {"value": True}, "epochs[1].epoch must be int, not bool"),
        (["epochs", 0, "epoch"], {"value": -1}, "epochs[0].epoch is -1; it must be from 0"),
        (["epochs", 1, "loss"], {"value": "0.5"}, "epochs[1].loss must be numbers"),
        (["epochs", 1, "loss"], {"value": 1e39}, "epochs[1].loss holds a value that is not a fin"),
        (["epochs", 1, "loss"], {"value": True}, "epochs[1].loss must be numbers"),
        (["epochs", 1, "predictions"], {"value": [["1"], [2], [3]]}, "must be numbers"),
        (["epochs", 1, "predictions"], {"value": [[{}], [2], [3]]}, "must be numbers"),
        (["epochs", 1, "predictions"], {"value": [[1], [2], [-1e39]]}, "not a finite float32"),
        (["epochs", 0, "parameters", 0], {"value": None}, "epochs[0].parameters[0] must be an obj"),
        (
            ["epochs", 0, "parameters", 0],
            {"value": {}},
            "epochs[0].parameters[0].kernel is missing",
        ),
        (["epochs", 1, "parameters", 0, "x"], {"value": 1}, "epochs[1].parameters[0].x is missing"),
        (["data", "inputs"], {"value": [[], [], []]}, "data.inputs holds no sample"),
        (
            ["data", "rule"],
            {"value": "2*y"},
            "data.rule cannot be read: The rule '2*y' has an unkn",
        ),
        (["data", "rule"], {"value": 3}, "data.rule must be str, not int"),
        (["layers", 0, "shape"], {"value": [0]}, "layers[0].shape must be whole numbers from 1"),
        (["layers", 1, "shape"], {"value": [-3]}, "layers[1].shape must be whole numbers"),
        (["layers", 1, "shape"], {"value": [1.5]}, "layers[1].shape must be whole numbers"),
        (["layers", 2, "shape"], {"value": [2]}, "data.targets has shape (3, 1), not (3, 2)"),
        (["layers", 0, "shape"], {"value": "4"}, "layers[0].shape must be numbers"),
        (["layers", 0, "type"], {"value": "Conv2D"}, "layers[0].type is 'Conv2D'; layers that"),
        (["layers", 0, "activation"], {"value": "a" * 5000}, "not 1 to 100 characters that print"),
        (["hyperparameters", "optimizer"], {"value": "ad\nam"}, "holds 'ad\\nam', not 1 to 100"),
        (["hyperparameters", "learning_rate"], {"value": "0.5"}, "learning_rate must be a number"),
        (["hyperparameters", "learning_rate"], {"value": 1e39}, "not a finite float32 number"),
        (["hyperparameters", "optimizer_settings"], {"value": []}, "settings must be an object"),
        (
            ["hyperparameters", "optimizer_settings"],
            {"value": {"rho": []}},
            "hyperparameters.optimizer_settings.rho must be a number",
        ),
        (
            ["hyperparameters", "loss_settings"],
            {"value": {"reduction": "a\nb"}},
            "hyperparameters.loss_settings.reduction holds 'a\\nb', not 1 to 100",
        ),
        (["hyperparameters", "loss_kind"], {"value": "own"}, "is 'own', not function or class"),
        (["hyperparameters", "optimizer_kind"], {"value": "function"}, "'function', not class"),
        (["hyperparameters", "learning_rate_schedule"], {"value": 3}, "schedule must be str"),
        (["hyperparameters", "batch_size"], {"value": 0}, "batch_size is 0; it must be from 1"),
        (["hyperparameters", "batch_size"], {"value": 1.5}, "batch_size must be int, not float"),
        (["hyperparameters", "seed"], {"value": "7"}, "hyperparameters.seed must be int"),
        (["hyperparameters", "seed"], {"value": 2**63}, "hyperparameters.seed is 92233720"),
        (["diverged_at"], {"value": "3"}, "diverged_at must be int, not str"),
        (["diverged_at"], {"value": 2}, "diverged_at is 2; it must be from 3"),
        (["versions"], {"value": {"keras": 3}}, "versions.keras must be str"),
        (["versions"], {"value": {"k" * 5000: 3}}, "... must be str"),
        (["schema"], {"value": "s" * 5000}, "its schema is 'sss"),
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
    assert len(str(error.value)) < len(str(path)) + 300


def test_an_error_names_its_field_and_value(path: Path) -> None:
    spoil(path, "epochs", 1, "loss", value="low")

    with pytest.raises(BadField) as error:
        load_record(path)

    assert (error.value.field, error.value.value) == ("epochs[1].loss", "low")


def places(document: Any, *way: Any) -> Iterator[tuple[Any, ...]]:
    """The keys to every value in a document, down to the first number of a list."""
    for key in document if isinstance(document, dict) else range(min(len(document), 2)):
        yield (*way, key)
        if isinstance(document[key], dict | list):
            yield from places(document[key], *way, key)


ODD = [None, True, -1, 0, 2**63, 10**30, 1e39, 0.5, "0.5", "", "a\0", [], {}, [[1]], {"a": "b"}]


def test_what_is_loaded_can_be_seen_and_saved_again(tmp_path: Path) -> None:
    path, again = tmp_path / "run.json", tmp_path / "again.json"
    record = a_record(widths=(1, 2, 1), samples=2, epochs=(0, 2), diverged_at=9)
    save_record(replace(record, history={"loss": np.ones(3)}), path)
    whole = json.loads(path.read_text())
    lecture = load_lecture("loss_function")
    refused = accepted = 0
    for way in places(whole):
        for odd in ODD:
            document = deepcopy(whole)
            table = document
            for key in way[:-1]:
                table = table[key]
            table[way[-1]] = odd
            path.write_text(json.dumps(document))
            try:
                loaded = load_record(path)
            except RecordError:
                refused += 1
                continue
            accepted += 1
            of_values(Show(loaded, lecture).fields, "record")
            save_record(loaded, again)
            assert save_record(load_record(again), path).read_bytes() == again.read_bytes()
    assert refused > accepted > 50


def test_what_the_schema_does_not_list_is_left_out(path: Path, tmp_path: Path) -> None:
    deep: Any = 0
    for _ in range(300):
        deep = [deep]
    spoil(path, "hyperparameters", "notes", value=deep)

    assert "notes" not in save_record(load_record(path), tmp_path / "again.json").read_text()


def test_files_that_are_no_record(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DamagedRecord, match="not whole JSON"):
        load_record(path)
    path.write_text("[" * 5000 + "]" * 5000)
    with pytest.raises(DamagedRecord, match="not whole JSON"):
        load_record(path)
    path.write_text("[]")
    with pytest.raises(OtherSchema, match=Schema2.schema):
        load_record(path)
    with pytest.raises(NoSuchRecord, match="There is no record"):
        load_record(tmp_path / "missing.json")
    with pytest.raises(DamagedRecord, match="is a folder"):
        load_record(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no name on this system")
def test_a_pipe_is_no_record(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")

    with pytest.raises(DamagedRecord, match="a pipe or a device"):
        load_record(tmp_path / "pipe.json")


def test_a_failed_write_leaves_what_was_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(OSError, match="disk full"):
        save_record(a_record(), path)

    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_layer_that_is_not_dense_has_an_object_of_parameters_too(path: Path) -> None:
    save_record(a_record(**RECORDS["ten layers"]), path)
    spoil(path, "epochs", 0, "parameters", 4, value=None)

    with pytest.raises(BadField, match=r"epochs\[0\]\.parameters\[4\] must be an object"):
        load_record(path)
