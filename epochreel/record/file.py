"""The record file: the versioned JSON contract between training and drawing.

A film can be drawn from a record that no Keras here wrote. RECORD.md says what each
field holds; `load_record` is the only way in, and checks every field: what it gives can be
saved again and drawn.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from epochreel.errors import DamagedRecord, NoSuchRecord, OtherSchema, shown
from epochreel.files import size_of_regular, whole_file
from epochreel.record.reader import Reader
from epochreel.record.record import Record

SCHEMA = "epochreel.record/1"


def save_record(record: Record, path: Path) -> Path:
    """Write the record whole, or leave what was there.

    Numbers are written with the fewest digits that read back as the same float32, as Keras
    prints them. An epoch that is not finite has no place in a record (see `diverged_at`).
    """
    epochs = [
        {
            "epoch": int(epoch),
            "loss": np.float32(record.losses[at]),
            "parameters": [
                {name: _float32(values[at]) for name, values in layer.items()}
                for layer in record.parameters
            ],
            "predictions": _float32(record.predictions[at]),
        }
        for at, epoch in enumerate(record.epochs)
    ]
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "hyperparameters": record.hyperparameters,
        "versions": record.versions,
        "data": {
            "inputs": _float32(record.inputs),
            "targets": _float32(record.targets),
            "rule": record.rule,
        },
        "layers": [vars(layer) for layer in record.layers],
        "epochs": epochs,
        "diverged_at": record.diverged_at,
    }
    if record.every_loss is not None:
        document["losses"] = _float32(record.every_loss)
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
    if schema != SCHEMA:
        found = f"its schema is {shown(schema)}" if schema else "it names no schema"
        raise OtherSchema(
            f"{shown(path)} is no record this version reads: {found}, not {SCHEMA!r}.",
            field="schema",
            value=schema,
        )
    return Reader(path, document).record()


def _float32(values: Any) -> npt.NDArray[np.float32]:
    return np.ascontiguousarray(values, dtype=np.float32)
