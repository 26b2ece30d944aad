"""Samples from an NPZ file, without reading more of it than a record holds."""

import lzma
import math
import sys
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from epochreel.errors import shown
from epochreel.record.fields import MAX_NAME
from training.classes import Found
from training.samples import MAX_AXES, MAX_DATA_NUMBERS, check_shape, check_size, checked_names

# Values of the widest type of NumPy, and a header.
MAX_MEMBER_BYTES = 16 * MAX_DATA_NUMBERS + 2**16
# How many axes samples may have.
AXES = {"inputs": MAX_AXES, "targets": 2}


def read_npz(path: Path) -> Found:
    """The arrays `inputs` and `targets`, of which nothing is unpacked before its size is known.

    Where they are there, also `feature_names` and `class_names`, and `validation_inputs` with
    `validation_targets`. Targets may be words, which are classes.

    Raises:
        ValueError: says what is wrong with the file or an array.
        OSError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            if file.read(6) == np.lib.format.MAGIC_PREFIX:
                raise ValueError("it is one array; NPZ needs `inputs` and `targets`.")
            with zipfile.ZipFile(file) as archive:
                found = _samples(archive)
                there = {*archive.namelist()}
                if {"validation_inputs.npy", "validation_targets.npy"} & there:
                    found = replace(found, validation=_samples(archive, "validation_"))
                return _named(archive, found)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, UnicodeError):
        raise ValueError("it is not a whole NPZ file.") from None
    except NotImplementedError as error:
        raise ValueError(f"it is packed in a way that cannot be read here: {error}.") from None


def _samples(archive: zipfile.ZipFile, before: str = "") -> Found:
    """The two arrays whose names begin so."""
    inputs, targets = (_Member(archive, f"{before}{kind}", kind) for kind in ("inputs", "targets"))
    if inputs.declared[0] == targets.declared[0]:
        check_size(inputs.declared[0], inputs.width + targets.width)
    values = targets.values()
    if values.dtype.kind == "U":
        if values.ndim == 2 and values.shape[1] > 1:
            raise ValueError(f"{targets.name} are words; give one for each sample.")
        values = np.array([" ".join(word.split()) for word in values.reshape(-1).tolist()])
    return Found(inputs.values(), values)


def _named(archive: zipfile.ZipFile, found: Found) -> Found:
    """The samples with the names that the file has for features and classes."""
    features, classes = (_names(archive, f"{what}_names", what) for what in ("feature", "class"))
    width = math.prod(found.inputs.shape[1:])
    if features and len(features) != width:
        raise ValueError(f"there are {len(features)} feature_names for {width} values of a sample.")
    if classes and found.targets.dtype.kind != "U":
        columns = found.targets.shape[1:]
        if columns not in ((), (1,), (len(classes),)):
            raise ValueError(f"there are {len(classes)} class_names for {columns[0]} targets.")
        validation = found.validation and replace(found.validation, class_names=classes)
        found = replace(found, class_names=classes, validation=validation)
    return replace(found, feature_names=features)


def _names(archive: zipfile.ZipFile, name: str, what: str) -> tuple[str, ...]:
    if f"{name}.npy" not in archive.namelist():
        return ()
    return checked_names(_Member(archive, name, "names").values().tolist(), what)


class _Member:
    """One array of an NPZ file: its header, read and checked, and its values when asked for.

    `kind` is what it must hold: "inputs", "targets" or "names".
    """

    def __init__(self, archive: zipfile.ZipFile, name: str, kind: str) -> None:
        found = [info for info in archive.infolist() if info.filename == f"{name}.npy"]
        if not found:
            names = [n.removesuffix(".npy") for n in archive.namelist()]
            plain = [n if n.isidentifier() and len(n) < 40 else shown(n) for n in names[:6]]
            listed = ", ".join([*plain, "..."] if len(names) > 6 else plain)
            raise ValueError(f"array {name!r} is missing; found: {listed or 'none'}.")
        if len(found) > 1:
            raise ValueError(f"it holds {len(found)} arrays of the name {name!r}.")
        self.archive, self.name, self.kind, (self.info,) = archive, name, kind, found
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
    def width(self) -> int:
        """Values of each sample; a flat array has one."""
        return math.prod(self.declared[1:])

    def values(self) -> npt.NDArray[Any]:
        """The array, unpacked."""
        with self.archive.open(self.info) as file:
            data = file.read()
        flat = np.frombuffer(data, self.type, offset=self.start)
        if self.type.kind == "U":
            # NumPy gives no text back where these are beyond Unicode, and fails hard.
            codes = flat.view(np.dtype(np.uint32).newbyteorder(self.type.byteorder))
            if (codes > sys.maxunicode).any():
                raise ValueError(f"{self.name} holds what is no text.")
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
            raise ValueError(
                f"it is not an NPZ file of plain numbers: {self.name} holds Python objects; save "
                "numbers, or text with .astype(str)."
            )
        words = self.type.kind == "U" and self.kind != "inputs"
        if not words and (self.kind == "names" or self.type.kind not in "biuf"):
            wanted = "text, as of .astype(str)" if self.kind == "names" else "numbers"
            raise ValueError(f"{self.name} must be {wanted}; found {shown(self.type)}.")
        if words and not 0 < self.type.itemsize <= 4 * MAX_NAME:
            raise ValueError(f"{self.name} must be words of 1 to {MAX_NAME} characters.")
        if self.kind == "names" and (len(self.declared) != 1 or self.declared[0] < 1):
            raise ValueError(f"{self.name} must be one row; found shape {shown(self.declared)}.")
        if self.kind != "names":
            check_shape(self.declared, self.name, AXES[self.kind])
        size, have = math.prod(self.declared) * self.type.itemsize, self.info.file_size - self.start
        if size != have:
            raise ValueError(
                f"{self.name} declares {shown(size)} bytes of values; it holds {have}."
            )
