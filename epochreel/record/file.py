"""The record file: the versioned JSON contract between training and drawing.

A film can be drawn from a record that no Keras here wrote. RECORD.md says what each
field holds; `load_record` is the only way in, and checks every field: what it gives can be
saved again and drawn.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from epochreel.errors import DamagedRecord, NoSuchRecord, OtherSchema, shown
from epochreel.files import size_of_regular, whole_file
from epochreel.record.classes import labels_of
from epochreel.record.reader import Reader
from epochreel.record.record import Array, Layer, Record, at_recorded
from epochreel.record.schema1 import Schema1
from epochreel.record.schema2 import Schema2

SCHEMAS: Mapping[str, type[Reader]] = {each.schema: each for each in (Schema1, Schema2)}


def save_record(record: Record, path: Path) -> Path:
    """Write the record whole, or leave what was there.

    Numbers are written with the fewest digits that read back as the same float32, as Keras
    prints them. An epoch that is not finite has no place in a record (see `diverged_at`).
    """
    scores = {name: at_recorded(values, record.epochs) for name, values in record.history.items()}
    losses = scores.pop("loss")
    document: dict[str, Any] = {
        "schema": Schema2.schema,
        "hyperparameters": record.hyperparameters,
        "versions": record.versions,
        "data": {
            **_samples(record.inputs, record.targets, record.class_names),
            "rule": record.rule,
            **{
                name: getattr(record, name)
                for name in ("feature_names", "target_names", "class_names")
                if getattr(record, name)
            },
        },
        "layers": [_layer(layer) for layer in record.layers],
        "epochs": [
            {
                "epoch": int(epoch),
                "loss": np.float32(losses[at]),
                **(
                    {"metrics": {name: np.float32(v[at]) for name, v in scores.items()}}
                    if scores
                    else {}
                ),
                "parameters": [
                    {name: _float32(values[at]) for name, values in layer.items()}
                    for layer in record.parameters
                ],
                "predictions": _float32(record.predictions[at]),
            }
            for at, epoch in enumerate(record.epochs)
        ],
        "diverged_at": record.diverged_at,
    }
    if record.validation:
        held_out = record.validation
        document["validation"] = _samples(held_out.inputs, held_out.targets, record.class_names)
    if record.tells_every_epoch:
        document["history"] = {name: _float32(v) for name, v in record.history.items()}
    with whole_file(path) as partial:
        partial.write_bytes(orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY))
    return path


def load_record(path: str | Path) -> Record:
    """Read a record and check it whole.

    Raises:
        RecordError: says what is wrong, and where in the file.
    """
    path = Path(path)
    try:
        size_of_regular(path)
        document = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        raise NoSuchRecord(
            f"There is no record {shown(path)}. Make one with: epochreel train", value=path
        ) from None
    except IsADirectoryError:
        raise DamagedRecord(
            f"{shown(path)} is a folder; give the record (a JSON file) in it.", value=path
        ) from None
    except OSError as error:
        raise DamagedRecord(
            f"{shown(path)} cannot be read: {error.strerror}.", value=path
        ) from error
    except orjson.JSONDecodeError as error:
        raise DamagedRecord(
            f"{shown(path)} is not whole JSON (line {error.lineno}, column {error.colno}: "
            f"{error.msg}). If its writing was cut off, train again.",
            value=path,
        ) from None
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, str) or schema not in SCHEMAS:
        found = f"its schema is {shown(schema)}" if schema else "it names no schema"
        raise OtherSchema(
            f"{shown(path)} is no record this version reads: {found}, not "
            f"{' or '.join(map(repr, SCHEMAS))}.",
            field="schema",
            value=schema,
        )
    return SCHEMAS[schema](path, document).record()


def _samples(inputs: Array, targets: Array, class_names: Sequence[str]) -> dict[str, Any]:
    """Inputs, and targets in rows or, of classes, as the whole number of each sample's."""
    labels = labels_of(targets) if class_names else _float32(targets)
    return {"inputs": _float32(inputs), "targets": labels}


def _layer(layer: Layer) -> dict[str, Any]:
    said = {name: value for name, value in vars(layer).items() if name != "settings"}
    return {**said, "settings": dict(layer.settings)} if layer.settings else said


def _float32(values: Any) -> npt.NDArray[np.float32]:
    return np.ascontiguousarray(values, dtype=np.float32)
