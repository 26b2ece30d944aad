"""A deck as a file: opened whatever its kind, and written the same each time."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree
from pptx.exc import PackageNotFoundError
from pptx.opc.package import Part
from pptx.package import Package
from pptx.parts.presentation import PresentationPart
from pptx.presentation import Presentation

from epochreel.errors import UnreadableDeck, shown

BEGINNING = (1980, 1, 1, 0, 0, 0)  # the earliest time in a zip: the same deck is the same file
PACKED = {".mp4", ".png"}  # what deflating makes no smaller


def open_deck(path: Path) -> Presentation:
    """A deck, a show or a template, with or without macros.

    Raises:
        UnreadableDeck: it is none, or is encrypted, or is of the format's strict variant.
    """
    try:
        # Not `pptx.Presentation`, which takes neither templates nor shows.
        part: Part = Package.open(io.BytesIO(path.read_bytes())).main_document_part
        if isinstance(part, PresentationPart):
            presentation: Presentation = part.presentation
            return presentation
        why = "it is another kind of document"
    except FileNotFoundError:
        raise UnreadableDeck(f"There is no deck {shown(path)}.", field="deck", value=path) from None
    except (
        AttributeError,
        EOFError,
        KeyError,
        OSError,
        PackageNotFoundError,
        RuntimeError,
        ValueError,
        etree.XMLSyntaxError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        why = str(error)
    raise _unreadable(path, why)


@contextmanager
def whole_deck(path: Path) -> Iterator[None]:
    """Read in a deck of somebody else's; a part or an element that is missing is told.

    Raises:
        UnreadableDeck: says what was found.
    """
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise _unreadable(path, f"something in it is missing ({error})") from error


def _unreadable(path: Path, why: str) -> UnreadableDeck:
    return UnreadableDeck(
        f"{shown(path)} cannot be read as a PowerPoint deck: {why}. Open it in PowerPoint and save "
        "it as a .pptx file without a password.",
        field="deck",
        value=path,
    )


def save_deck(presentation: Presentation, path: Path) -> None:
    """Write a deck; the same parts give the same bytes."""
    listed = presentation.part._element.get_or_add_sldIdLst()
    presentation.part.rename_slide_parts([each.rId for each in listed.sldId_lst])
    packed = io.BytesIO()
    presentation.save(packed)
    with zipfile.ZipFile(packed) as written, zipfile.ZipFile(path, "w") as deck:
        for name in sorted(written.namelist()):
            entry = zipfile.ZipInfo(name, BEGINNING)
            stored = Path(name).suffix in PACKED
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            deck.writestr(entry, written.read(name))
