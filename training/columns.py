"""Which columns of a table are inputs and which are targets, and what their cells hold."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn, Self

from epochreel.errors import shown
from epochreel.lecture.table import suggestion
from epochreel.record.fields import MAX_NAME
from training.classes import listed
from training.samples import checked_names

# What tables write where they have no value; some of it may also be what a class is called.
MISSING = {"", "?", "na", "n/a", "nan", "#n/a", "<na>"}
NO_NUMBER = {*MISSING, "none", "null", "-"}
NO_GAPS = "Fill it in, or leave such rows out of the file."
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")


@dataclass(frozen=True)
class Chosen:
    """The columns that a lecture asks for by name; None where it does not."""

    features: Sequence[str] | None = None
    targets: Sequence[str] | None = None


@dataclass(frozen=True)
class Columns:
    """The columns of a table that are read.

    Attributes:
        count: how many columns each row has.
        names: of all of them; none where there is no header.
        features: the places of the inputs, in the order of the inputs.
        targets: the places of the targets.
        index: whether the first column is left out because it has no name: it must name or number
            the rows.
        nameless: the places of other columns without a name, which must be empty.
    """

    count: int
    names: tuple[str, ...] = ()
    features: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    index: bool = False
    nameless: tuple[int, ...] = ()

    @classmethod
    def of(cls, header: list[str] | None, line: int, count: int, chosen: Chosen) -> Self:
        """Those that are chosen, or where nothing is, all, the last one being the target.

        Raises:
            ValueError: a name is there twice, or one that was chosen is not there.
        """
        if header is None:
            if chosen.features is not None or chosen.targets is not None:
                raise ValueError(
                    f"its columns have no names to choose by: line {line} holds a number, so it is "
                    "no header. Write the names in a first line."
                )
            return cls(count, features=tuple(range(count - 1)), targets=(count - 1,))
        named = [at for at, name in enumerate(header) if name]
        names = checked_names([header[at] for at in named], "column")
        places = dict(zip(names, named))
        if len(names) < 2 and chosen.targets is None:
            raise ValueError(f"line {line} names one column; it needs inputs and a target.")
        targets = [_place(name, places, "target") for name in chosen.targets or names[-1:]]
        if chosen.features is None:
            features = [at for at in named if at not in targets]
        else:
            features = [_place(name, places, "feature") for name in chosen.features]
        for at in features:
            if at in targets:
                raise ValueError(
                    f"column {shown(header[at])} is among the features, and is the target. Name "
                    "the target with `target`, or leave it out of the features."
                )
        if not features:
            raise ValueError("all its columns are targets; it needs inputs as well.")
        spaced = {at: name for name, at in places.items()}
        return cls(
            count,
            tuple(spaced.get(at, "") for at in range(count)),
            tuple(features),
            tuple(targets),
            index=not header[0] and chosen.features is None,
            nameless=tuple(at for at in range(1, count) if at not in spaced),
        )

    def check_width(self, cells: list[str], line: int) -> None:
        """Refuse a row with more or fewer cells than the first, or some without a name.

        Raises:
            ValueError: names the line.
        """
        if len(cells) != self.count:
            first = "header" if self.names else "first sample"
            raise ValueError(f"line {line} has {len(cells)} columns, the {first} {self.count}.")
        for at in self.nameless:
            if cells[at]:
                raise ValueError(
                    f"line {line} holds {shown(cells[at])} in column {at + 1}, which has no name; "
                    "write one in the header."
                )

    def check_index(self, values: Sequence[float]) -> None:
        """Refuse a first column without a name whose numbers do not tell the rows apart.

        Raises:
            ValueError: says so.
        """
        if len({*values}) < len(values) or any(value % 1 for value in values):
            raise ValueError(
                "its first column has no name, and does not number the rows; give it a name."
            )

    def word(self, cells: list[str], at: int, line: int) -> str:
        """The name of a class in a cell, in one line.

        Raises:
            ValueError: names line and column where it stands for no value, or is no such name.
        """
        word = " ".join(cells[at].split())
        where = f"line {line}, {self._called(at)}:"
        if word.lower() in MISSING:
            raise ValueError(f"{where} the target is missing ({shown(word)}). {NO_GAPS}")
        if DECIMAL_COMMA.fullmatch(word):
            raise ValueError(f"{where} {_about_comma(word)}")
        if len(word) > MAX_NAME or not word.isprintable():
            why = "is too long" if len(word) > MAX_NAME else "cannot be printed"
            raise ValueError(f"{where} {shown(word)} {why}, so it cannot name a class.")
        return word

    def number(self, cells: list[str], at: int, line: int) -> float:
        """The number in a cell.

        Raises:
            ValueError: names line and column, and says what to do.
        """
        cell = cells[at]
        if is_number(cell) and not math.isinf(float(cell)):
            return float(cell)
        where = f"line {line}, {self._called(at)}:"
        if is_number(cell):
            raise ValueError(f"{where} {shown(cell)} is not a finite number.")
        if cell.lower() in NO_NUMBER:
            raise ValueError(f"{where} the value is missing ({shown(cell)}). {NO_GAPS}")
        if DECIMAL_COMMA.fullmatch(cell):
            raise ValueError(f"{where} {_about_comma(cell)}")
        raise ValueError(f"{where} {shown(cell)} is not a number.{self._way_out(cells, at)}")

    def refuse_mixture(self, word: str, at: int, line: int) -> NoReturn:
        """Refuse a target that is a word here and a number elsewhere.

        Raises:
            ValueError: names line and column.
        """
        of_header = "" if self.names else " A header has no number in it."
        raise ValueError(
            f"line {line}, {self._called(at)}: {shown(word)} is not a number, and others in this "
            f"column are; make all of them numbers, or none.{of_header}"
        )

    def _called(self, at: int) -> str:
        return f"column {shown(self.names[at]) if self.names else at + 1}"

    def _way_out(self, cells: list[str], at: int) -> str:
        """What to do about a column of words."""
        if not self.names:
            return (
                " Write a first line of names, none of them a number; features = [...] then "
                "chooses columns."
            )
        others = [
            f'"{self.names[other]}"'
            for other in self.features
            if cells and other != at and is_number(cells[other])
        ]
        if not others or at not in self.features:
            return ""
        listed = ", ".join([*others[:4], "..."] if len(others) > 4 else others)
        return f" Leave a column of words out: features = [{listed}]"


def is_number(cell: str) -> bool:
    """Whether a cell holds a number, which "nan" is not, nor a name such as 1_2."""
    try:
        return not math.isnan(float(cell)) and "_" not in cell
    except ValueError:
        return False


def _about_comma(cell: str) -> str:
    whole, _, behind = cell.partition(",")
    way = f"write {whole}.{behind}, with a decimal point"
    if len(behind) == 3:
        way = f"write {whole}{behind}, or with a decimal point {whole}.{behind}"
    return f"{shown(cell)} has a comma in it; {way}."


def _place(name: str, places: dict[str, int], what: str) -> int:
    if name not in places:
        known = [*places]
        ending = suggestion(name, known) if len(known) < 12 else f" There are {listed(known)}."
        raise ValueError(f"there is no column {shown(name)} for a {what}.{ending}")
    return places[name]
