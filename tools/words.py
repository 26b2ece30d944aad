"""`make words`: every text of the code that has to be translated, put into each language's file.

New texts come without a translation, those that are gone go; a test tells what is left to do.
"""

import ast
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from epochreel.lecture.languages import LOCALE

ROOT = Path(__file__).parents[1]
FOLDERS = ("epochreel", "scenes")
CALLS = ("N_", "say", "words")  # what is said in these is translated
COLUMNS = 100

Text = tuple[str, str | None]  # as it reads for one, and for many where that differs


def main() -> None:
    """Bring every file of translations up to the code."""
    for path in sorted(LOCALE.glob("*.po")):
        bring_up(path)


def bring_up(path: Path) -> None:
    """Give a file of translations the texts of the code, in the code's order."""
    with path.open("rb") as file:
        known = read_po(file, locale=path.stem)
    catalog = Catalog(locale=path.stem)
    for one, many in texts():
        before = known.get(one)
        catalog.add(
            (one, many) if many else one,
            before.string if before and bool(many) == before.pluralizable else "",
        )
    head = path.read_text(encoding="utf-8").partition("\n\n")[0]
    body = io.BytesIO()
    write_po(body, catalog, width=COLUMNS, omit_header=True)
    path.write_text(f"{head}\n\n{body.getvalue().decode().strip()}\n", encoding="utf-8")


def texts() -> list[Text]:
    """Every text to be translated, each once."""
    files = (file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py")))
    return [*dict.fromkeys(text for file in files for text in _texts_in(file))]


def _texts_in(file: Path) -> Iterator[Text]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Call) and _called(node.func) in CALLS:
            constants = (each.value for each in node.args if isinstance(each, ast.Constant))
            said = [text for text in constants if isinstance(text, str)]
            if said and said[0]:
                yield said[0], said[1] if len(said) > 1 else None


def _called(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


if __name__ == "__main__":
    main()
