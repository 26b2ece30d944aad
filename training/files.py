"""Samples from a CSV or an NPZ file, without reading more of it than a record holds."""

import csv
import lzma
import math
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TextIO

import numpy as np
import numpy.typing as npt

from epochreel.errors import shown
from training.samples import MAX_DATA_NUMBERS, Samples, check_size, most_samples

# A sample of the most values that a network here may have for inputs is shorter.
MAX_ROW_CHARACTERS = 4_000_000
# Values of the widest type of NumPy, and a header.
MAX_MEMBER_BYTES = 16 * MAX_DATA_NUMBERS + 2**16
ARRAYS = ("inputs", "targets")


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


def read_csv(path: Path) -> Samples:
    """One sample per row, its target in the last column; a first row without a number is a header.

    Raises:
        ValueError: names the line and what is wrong in it.
        OSError: the file cannot be read.
    """
    numbers, columns = array("d"), 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = _Lines(file)
        reader = csv.reader(lines)
        header_may_come = True
        try:
            for cells in reader:
                lines.room = MAX_ROW_CHARACTERS
                if not any(cells):
                    continue
                if not header_may_come or any(map(_is_number, cells)):
                    numbers.extend(_numbers(cells, reader.line_num, columns))
                    columns = len(cells)
                    _check_rows(len(numbers) // columns, columns)
                header_may_come = False
        except csv.Error as error:
            raise ValueError(f"line {reader.line_num}: {error}.") from None
        except UnicodeDecodeError:
            raise ValueError("it is not UTF-8 text.") from None
    if not numbers:
        raise ValueError("it holds no sample.")
    table = np.array(numbers).reshape(-1, columns)
    return Samples.of(table[:, :-1], table[:, -1])


def _check_rows(rows: int, columns: int) -> None:
    limit = most_samples(columns)
    if rows > limit:
        raise ValueError(
            f"it has more than {limit} samples of {columns} values, which is what a record holds."
        )


def _numbers(cells: list[str], line: int, columns: int) -> list[float]:
    if len(cells) < 2:
        raise ValueError(f"line {line} has one column; it needs inputs, a comma and the target.")
    if columns and len(cells) != columns:
        raise ValueError(f"line {line} has {len(cells)} columns, the first sample {columns}.")
    for column, cell in enumerate(cells, start=1):
        if not _is_number(cell):
            raise ValueError(f"line {line}, column {column}: {shown(cell)} is not a number.")
    numbers = [float(cell) for cell in cells]
    if not all(map(math.isfinite, numbers)):
        raise ValueError(f"line {line} holds a value that is not a finite number.")
    return numbers


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def read_npz(path: Path) -> Samples:
    """The arrays `inputs` and `targets`, of which nothing is unpacked before its size is known.

    Raises:
        ValueError: says what is wrong with the file or an array.
        OSError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            if file.read(6) == np.lib.format.MAGIC_PREFIX:
                raise ValueError("it is one array; NPZ needs `inputs` and `targets`.")
            with zipfile.ZipFile(file) as archive:
                members = [_Member(archive, name) for name in ARRAYS]
                inputs, targets = (member.shape for member in members)
                if inputs[0] == targets[0]:
                    check_size(inputs[0], inputs[1] + targets[1])
                return Samples.of(*(member.values() for member in members))
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, UnicodeError):
        raise ValueError("it is not a whole NPZ file.") from None
    except NotImplementedError as error:
        raise ValueError(f"it is packed in a way that cannot be read here: {error}.") from None


class _Member:
    """One array of an NPZ file: its header, read and checked, and its values when asked for."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        found = [info for info in archive.infolist() if info.filename == f"{name}.npy"]
        if not found:
            names = [n.removesuffix(".npy") for n in archive.namelist()]
            plain = [n if n.isidentifier() and len(n) < 40 else shown(n) for n in names[:6]]
            listed = ", ".join([*plain, "..."] if len(names) > 6 else plain)
            raise ValueError(f"array {name!r} is missing; found: {listed or 'none'}.")
        if len(found) > 1:
            raise ValueError(f"it holds {len(found)} arrays of the name {name!r}.")
        self.archive, self.name, (self.info,) = archive, name, found
        if self.info.flag_bits & 1:
            raise ValueError("it is encrypted; save it without a password.")
        if self.info.file_size > MAX_MEMBER_BYTES:
            raise ValueError(
                f"{name} unpacks to {self.info.file_size:,} bytes; a record holds "
                f"{MAX_DATA_NUMBERS:,} numbers."
            )
        with archive.open(self.info) as file:
            self.declared, self.by_columns, self.type = self._header(file)
            self.start = file.tell()
        self._check()

    @property
    def shape(self) -> tuple[int, int]:
        """Samples and values of each; a flat array has one value per sample."""
        samples, *rest = self.declared
        return samples, rest[0] if rest else 1

    def values(self) -> npt.NDArray[np.generic]:
        """The array, unpacked."""
        with self.archive.open(self.info) as file:
            data = file.read()
        flat = np.frombuffer(data, self.type, offset=self.start)
        return flat.reshape(self.declared, order="F" if self.by_columns else "C")

    def _header(self, file: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[np.generic]]:
        readers = {
            (1, 0): np.lib.format.read_array_header_1_0,
            (2, 0): np.lib.format.read_array_header_2_0,
        }
        try:
            return readers[np.lib.format.read_magic(file)](file)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, NotImplementedError):
            raise
        except Exception:
            # The header is a Python literal, and what a spoilt one raises is not documented.
            raise ValueError(f"{self.name} has no header that NumPy can read.") from None

    def _check(self) -> None:
        if self.type.hasobject:
            raise ValueError("it is not an NPZ file of plain numbers.")
        if self.type.kind not in "biuf":
            raise ValueError(f"{self.name} must be numbers; found {shown(self.type)}.")
        if len(self.declared) not in (1, 2) or min(self.declared) < 1:
            raise ValueError(
                f"{self.name} must have shape (samples, values); found {shown(self.declared)}."
            )
        size, have = math.prod(self.declared) * self.type.itemsize, self.info.file_size - self.start
        if size != have:
            raise ValueError(
                f"{self.name} declares {shown(size)} bytes of values; it holds {have}."
            )
