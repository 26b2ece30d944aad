"""Samples from a CSV file, without reading more of it than a record holds."""

import csv
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from training.classes import Found
from training.columns import Chosen, Columns, is_number
from training.samples import most_samples

# A sample of the most values that a network here may have for inputs is shorter.
MAX_ROW_CHARACTERS = 4_000_000
SEPARATORS = "\t;,"  # a comma may also stand in a name between the others
QUOTED = re.compile(r'"[^"]*"')


class _Lines:
    """The lines of a CSV file; those of one row may not be longer than a row may be.

    `room` is how many characters the row has left; whoever takes a row sets it back.
    """

    def __init__(self, file: TextIO) -> None:
        self.file, self.room = file, MAX_ROW_CHARACTERS

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.file.readline(self.room + 1)
        self.room -= len(line)
        if self.room < 0:
            raise ValueError(f"one of its rows has more than {MAX_ROW_CHARACTERS:,} characters.")
        if not line:
            raise StopIteration
        return line


def read_csv(path: Path, chosen: Chosen) -> Found:
    """One sample per row; commas, semicolons or tabs part its cells.

    A first row without a number is a header. A column of words may be the target: then each word
    is a class. A first column that has no name in the header, and names or numbers the rows, is
    left out: it is the index that pandas and R write, and nothing that a network should learn.

    Raises:
        ValueError: names the line and column, and what is wrong there.
        OSError: the file cannot be read.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = _Lines(file)
        try:
            first = _first_row(lines)
            reader = csv.reader(
                chain(first, lines), delimiter=_separator(first), skipinitialspace=True
            )
            return _Rows(_counted(reader, lines), chosen).read()
        except csv.Error as error:
            raise ValueError(f"line {reader.line_num}: {error}.") from None
        except UnicodeDecodeError:
            raise ValueError(
                "it is not UTF-8 text. Save it anew: in Excel as 'CSV UTF-8 (Comma delimited)', "
                "in an editor with the encoding UTF-8."
            ) from None


def _first_row(lines: Iterable[str]) -> list[str]:
    """The lines up to the end of the first row with something in it."""
    found, quotes = [], 0
    for line in lines:
        found.append(line)
        quotes += line.count('"')
        if quotes % 2 == 0 and line.strip(f"{SEPARATORS}\r\n "):
            break
    return found


def _separator(first: list[str]) -> str:
    text = QUOTED.sub("", "".join(first))
    return next((separator for separator in SEPARATORS if separator in text), ",")


def _counted(reader: Any, lines: _Lines) -> Iterator[tuple[int, list[str]]]:
    """Rows with something in them, behind the number of the line that each ends in."""
    for cells in reader:
        lines.room = MAX_ROW_CHARACTERS
        cells = [cell.strip() for cell in cells]
        if any(cells):
            yield reader.line_num, cells


class _Rows:
    """The rows of a table on their way into arrays."""

    def __init__(self, rows: Iterator[tuple[int, list[str]]], chosen: Chosen) -> None:
        self.rows = rows
        self.chosen = chosen
        self.inputs, self.targets, self.index = array("d"), array("d"), array("d")
        self.words: list[str] = []
        self.known: dict[str, str] = {}
        self.word_line = 0  # where the first target that is a word stands

    def read(self) -> Found:
        """All of them.

        Raises:
            ValueError: as `read_csv` says.
        """
        first = next(self.rows, None)
        if first is None:
            raise ValueError("it holds no sample.")
        line, cells = first
        if len(cells) < 2:
            raise ValueError(
                f"line {line} has one column; it needs inputs and a target, with a comma, a "
                "semicolon or a tab between."
            )
        header = None if any(map(is_number, cells)) else cells
        columns = Columns.of(header, line, len(cells), self.chosen)
        samples = 0
        for line, cells in self.rows if header else chain([first], self.rows):
            samples += 1
            _check_rows(samples, len(columns.features) + len(columns.targets))
            self._take(columns, cells, line)
        if not samples:
            raise ValueError("it holds no sample.")
        columns.check_index(self.index)
        return self._found(columns, samples)

    def _take(self, columns: Columns, cells: list[str], line: int) -> None:
        columns.check_width(cells, line)
        self.inputs.extend(columns.number(cells, at, line) for at in columns.features)
        if columns.index and is_number(cells[0]):
            self.index.append(float(cells[0]))
        target = columns.targets[0]
        if len(columns.targets) == 1 and not is_number(cells[target]):
            word = columns.word(cells, target, line)
            self.words.append(self.known.setdefault(word, word))
            self.word_line = self.word_line or line
        else:
            self.targets.extend(columns.number(cells, at, line) for at in columns.targets)
        if self.words and self.targets:
            columns.refuse_mixture(self.words[0], target, self.word_line)

    def _found(self, columns: Columns, samples: int) -> Found:
        names = columns.names
        inputs = np.array(self.inputs).reshape(samples, -1)
        targets = np.array(self.words or self.targets)
        found = Found(inputs, targets if self.words else targets.reshape(samples, -1))
        if not names:
            return found
        return replace(
            found,
            feature_names=tuple(names[at] for at in columns.features),
            target_names=tuple(names[at] for at in columns.targets),
        )


def _check_rows(rows: int, values: int) -> None:
    limit = most_samples(values)
    if rows > limit:
        raise ValueError(
            f"it has more than {limit} samples of {values} values, which is what a record holds."
        )
