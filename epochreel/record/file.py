"""The record file: the versioned JSON contract between training and drawing.

A film can be drawn from a record that no Keras here wrote. RECORD.md says what each
field holds; `load_record` is the only reader, and checks every shape.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from epochreel.errors import RecordError
from epochreel.files import whole_file
from epochreel.record.record import Array, Layer, Record

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


def load_record(path: Path) -> Record:
    """Read a record and check it whole.

    Raises:
        RecordError: says what is wrong, and where in the file.
    """
    try:
        document = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        raise RecordError(f"There is no record {path}. Make one with: epochreel train") from None
    except IsADirectoryError:
        raise RecordError(f"{path} is a folder; give the record (a JSON file) in it.") from None
    except OSError as error:
        raise RecordError(f"{path} cannot be read: {error.strerror}.") from error
    except orjson.JSONDecodeError as error:
        raise RecordError(
            f"{path} is not whole JSON (line {error.lineno}, column {error.colno}: {error.msg}). "
            "If its writing was cut off, train again."
        ) from None
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema != SCHEMA:
        found = f"its schema is {schema!r}" if schema else "it names no schema"
        raise RecordError(f"{path} is no record this version reads: {found}, not {SCHEMA!r}.")
    return _Reader(path, document).record()


def _float32(values: Any) -> npt.NDArray[np.float32]:
    return np.ascontiguousarray(values, dtype=np.float32)


def dense_shapes(widths: tuple[int, ...], layer: int) -> dict[str, tuple[int, ...]]:
    """The shapes of a Dense layer's parameters; `widths` start with the inputs."""
    return {"kernel": (widths[layer], widths[layer + 1]), "bias": (widths[layer + 1],)}


class _Reader:
    """Walks one document; every complaint names the file and the field."""

    def __init__(self, path: Path, document: dict[str, Any]) -> None:
        self.path = path
        self.document = document

    def record(self) -> Record:
        data = self.field(self.document, "data", dict)
        inputs = self.array(data, "inputs", "data.", (None, None))
        samples = len(inputs)
        if samples == 0:
            raise self.error("data.inputs holds no sample")
        targets = self.array(data, "targets", "data.", (samples, None))
        layers = tuple(
            self.layer(table, number)
            for number, table in enumerate(self.field(self.document, "layers", list), start=1)
        )
        epochs = self.field(self.document, "epochs", list)
        if not layers or not epochs:
            raise self.error(f"{'epochs' if layers else 'layers'} is empty")
        if layers[-1].units != targets.shape[1]:
            raise self.error(
                f"the last layer has {layers[-1].units} units, data.targets has "
                f"{targets.shape[1]} columns"
            )
        shape = (samples, layers[-1].units)
        numbers = [
            self.field(table, "epoch", int, f"epochs[{at}].") for at, table in enumerate(epochs)
        ]
        if numbers != sorted(set(numbers)) or numbers[0] < 0:
            raise self.error("epochs must rise from 0 or later and not repeat")
        every_loss = None
        if "losses" in self.document:
            every_loss = self.array(self.document, "losses", "", (numbers[-1] - numbers[0] + 1,))
        rule = data.get("rule")
        diverged = self.document.get("diverged_at")
        return Record(
            hyperparameters=self.hyperparameters(),
            versions=self.field(self.document, "versions", dict),
            inputs=inputs,
            targets=targets,
            rule=rule if isinstance(rule, str) else None,
            layers=layers,
            epochs=np.array(numbers, dtype=np.int64),
            losses=np.array(
                [self.array(e, "loss", f"epochs[{at}].", ()) for at, e in enumerate(epochs)]
            ),
            parameters=self.parameters(
                epochs, (inputs.shape[1], *(x.units for x in layers)), layers
            ),
            predictions=np.stack(
                [
                    self.array(e, "predictions", f"epochs[{at}].", shape)
                    for at, e in enumerate(epochs)
                ]
            ),
            diverged_at=diverged if isinstance(diverged, int) else None,
            every_loss=every_loss,
        )

    def hyperparameters(self) -> dict[str, Any]:
        table: dict[str, Any] = self.field(self.document, "hyperparameters", dict)
        for name in ("loss", "optimizer"):
            self.field(table, name, str, "hyperparameters.")
        self.field(table, "epochs", int, "hyperparameters.")
        self.array(table, "learning_rate", "hyperparameters.", ())
        return table

    def layer(self, table: Any, number: int) -> Layer:
        where = f"layers[{number - 1}]."
        if not isinstance(table, dict):
            raise self.error(f"layers[{number - 1}] must be an object")
        return Layer(
            name=self.field(table, "name", str, where),
            type=self.field(table, "type", str, where),
            units=self.field(table, "units", int, where),
            activation=self.field(table, "activation", str, where),
        )

    def parameters(
        self, epochs: list[Any], widths: tuple[int, ...], layers: tuple[Layer, ...]
    ) -> tuple[dict[str, Array], ...]:
        """Per layer, each parameter's states along the epochs: (E, *shape)."""
        states: list[dict[str, list[Array]]] = [{} for _ in layers]
        for at, epoch in enumerate(epochs):
            tables = self.field(epoch, "parameters", list, f"epochs[{at}].")
            if len(tables) != len(layers):
                raise self.error(
                    f"epochs[{at}].parameters has {len(tables)} entries for {len(layers)} layers"
                )
            for number, table in enumerate(tables):
                where = f"epochs[{at}].parameters[{number}]."
                shapes = dense_shapes(widths, number) if layers[number].type == "Dense" else {}
                if shapes:
                    self.field(table, "kernel", list, where)
                for name in table:
                    earlier = states[number].setdefault(name, [])
                    shape = earlier[0].shape if earlier else shapes.get(name)
                    earlier.append(self.array(table, name, where, shape))
        for number, layer in enumerate(states):
            for name, values in layer.items():
                if len(values) != len(epochs):
                    raise self.error(f"parameters[{number}].{name} is missing in some epochs")
        return tuple({name: np.stack(values) for name, values in layer.items()} for layer in states)

    def field(self, table: Any, name: str, kind: type, where: str = "") -> Any:
        if not isinstance(table, dict):
            raise self.error(f"{where.rstrip('.') or 'the document'} must be an object")
        if name not in table:
            raise self.error(f"{where}{name} is missing")
        value = table[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(f"{where}{name} must be {kind.__name__}, not {type(value).__name__}")
        return value

    def array(
        self, table: Any, name: str, where: str, shape: tuple[int | None, ...] | None
    ) -> Array:
        """The numbers at `name`, of `shape`; None in it leaves that axis open."""
        values = self.field(table, name, object, where)
        try:
            array = np.array(values, dtype=np.float64)
        except (TypeError, ValueError):
            raise self.error(f"{where}{name} must be numbers in rows of one length") from None
        fits = shape is None or (
            array.ndim == len(shape)
            and all(want in (None, have) for want, have in zip(shape, array.shape))
        )
        if not fits:
            wanted = tuple("any" if axis is None else axis for axis in shape or ())
            raise self.error(f"{where}{name} has shape {array.shape}, not {wanted}")
        if not np.isfinite(array).all():
            raise self.error(f"{where}{name} holds a value that is not a finite number")
        return array

    def error(self, problem: str) -> RecordError:
        return RecordError(f"{self.path}: {problem}.")
