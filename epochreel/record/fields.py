"""Fields of a JSON document, each checked as it is taken."""

from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from epochreel.errors import BadField, shown
from epochreel.lecture.ranges import LARGEST_FLOAT32
from epochreel.record.record import Array

# More epochs, or wider layers, than any run has; and words that still fit a line of code.
MAX_COUNT = 1_000_000_000
MAX_NAME = 100
MAX_FIELD = 120


class Fields:
    """Takes fields from the tables of one document; every complaint names the file and the field.

    A field is asked for by its table, its name there, and `where` that table stands: `data.`.

    Raises:
        BadField: the field is missing or cannot be used.
    """

    def __init__(self, path: Path, document: dict[str, Any]) -> None:
        self.path = path
        self.document = document

    def array(
        self, table: Any, name: str, where: str, shape: tuple[int | None, ...] | None
    ) -> Array:
        """The float32 numbers at `name`, of `shape`; None in it leaves that axis open."""
        field, values = f"{where}{name}", self.field(table, name, object, where)
        try:
            found = np.array(values)
            # NumPy would take the text "0.5" and true for numbers.
            array = found.astype(np.float64, copy=False) if found.dtype.kind in "iufO" else None
        except (TypeError, ValueError, RecursionError):
            array = None
        if array is None:
            self.refuse(field, "must be numbers in rows of one length", values)
        fits = shape is None or (
            array.ndim == len(shape)
            and all(want in (None, have) for want, have in zip(shape, array.shape))
        )
        if not fits:
            wanted = tuple("any" if axis is None else axis for axis in shape or ())
            self.refuse(field, f"has shape {shown(array.shape)}, not {wanted}", values)
        if not (np.abs(array) <= LARGEST_FLOAT32).all():
            self.refuse(field, "holds a value that is not a finite float32 number", values)
        return array

    def count(
        self, table: Any, name: str, where: str, least: int = 0, most: int = MAX_COUNT
    ) -> int:
        """The whole number at `name`, from `least` to `most`."""
        value: int = self.field(table, name, int, where)
        if not least <= value <= most:
            self.refuse(f"{where}{name}", f"is {value}; it must be from {least} to {most}", value)
        return value

    def number(self, table: Any, name: str, where: str) -> int | float:
        """The number at `name` as it was written; float32 must hold it."""
        value: int | float = self.field(table, name, object, where)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(f"{where}{name}", f"must be a number, not {type(value).__name__}", value)
        self.array(table, name, where, ())
        return value

    def name(self, table: Any, name: str, where: str) -> str:
        """The text at `name`, which is drawn: some characters that can be printed."""
        value: str = self.field(table, name, str, where)
        self.check_name(value, f"{where}{name}")
        return value

    def one_of(self, table: Any, name: str, where: str, known: tuple[str, ...]) -> str:
        """The word at `name`, one of `known`."""
        value: str = self.field(table, name, str, where)
        if value not in known:
            self.refuse(f"{where}{name}", f"is {shown(value)}, not {' or '.join(known)}", value)
        return value

    def check_name(self, value: str, field: str) -> None:
        """Refuse a name that could not be drawn."""
        if not (value.isprintable() and 0 < len(value) <= MAX_NAME):
            self.refuse(
                field, f"holds {shown(value)}, not 1 to {MAX_NAME} characters that print", value
            )

    def field(self, table: Any, name: str, kind: type, where: str = "") -> Any:
        """What stands at `name`, which must be of that kind."""
        self.check(table, dict, where.rstrip(".") or "the document")
        if name not in table:
            self.refuse(f"{where}{name}", "is missing", None)
        self.check(table[name], kind, f"{where}{name}")
        return table[name]

    def check(self, value: Any, kind: type, field: str) -> None:
        """Refuse what is not of that kind; true and false are no numbers."""
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            wanted = "an object" if kind is dict else kind.__name__
            self.refuse(field, f"must be {wanted}, not {type(value).__name__}", value)

    def refuse(self, field: str, problem: str, value: Any) -> NoReturn:
        """Say what is wrong with a field."""
        if len(field) > MAX_FIELD:
            field = f"{field[:MAX_FIELD]}..."
        problem = problem.removesuffix(".")
        raise BadField(f"{shown(self.path)}: {field} {problem}.", field=field, value=value)
