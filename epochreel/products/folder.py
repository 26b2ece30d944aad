"""A folder that holds a product among files of the user's own, which nobody touches."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from epochreel.errors import BadOutput, shown
from epochreel.files import whole_file
from epochreel.work.store import Ingredients, describe, put, read_manifest


def files_of(product: Path) -> list[Path]:
    """The files that the last run made, in order; none where that cannot be told."""
    manifest = read_manifest(product) or {}
    return [product.parent / name for name in sorted(manifest.get("files", ()))]


def unchanged(product: Path) -> list[Path]:
    """Of the files that the last run made those that are still as it wrote them."""
    said = (read_manifest(product) or {}).get("files", {})
    places = {product.parent / name: described for name, described in sorted(said.items())}
    return [place for place in places if place.is_file() and describe(place) == places[place]]


def edited(product: Path) -> list[Path]:
    """Of the files that the last run made those that somebody has changed since."""
    as_written = {*unchanged(product), *_begun(product)}
    return [file for file in files_of(product) if file.is_file() and file not in as_written]


def check_free(product: Path, places: Iterable[Path]) -> None:
    """Refuse to write over files that no run of ours made.

    Raises:
        BadOutput: names the first of them.
    """
    ours = {*files_of(product), *_begun(product)}
    for place in places:
        in_the_way = [place.parent] if place.parent.is_file() else []
        if place.exists() and place not in ours:
            in_the_way = [place]
        for file in in_the_way:
            raise BadOutput(
                f"{shown(file)} is there, and not from an earlier run of this command; it is left "
                "as it is. Move it away, or choose another folder.",
                field="--to",
                value=file,
            )


def put_folder(made: Mapping[Path, Path], made_from: Ingredients, **notes: Any) -> None:
    """Put files as one product, as `put` does.

    What the last run made and this one did not goes, unless somebody has changed it since.
    """
    product = next(iter(made))
    earlier = unchanged(product)
    # Whoever is killed between two files leaves word which of them are no user's own.
    with whole_file(_note(product)) as partial:
        names = [place.relative_to(product.parent).as_posix() for place in made]
        partial.write_text(json.dumps(names), encoding="utf-8")
    put(made, made_from, **notes)
    for file in {*earlier} - {*made}:
        file.unlink(missing_ok=True)
    _note(product).unlink(missing_ok=True)


def _begun(product: Path) -> list[Path]:
    """The files that a run began to put and did not finish."""
    try:
        names = json.loads(_note(product).read_bytes())
    except (OSError, ValueError):
        return []
    return [product.parent / str(name) for name in names]


def _note(product: Path) -> Path:
    return product.with_name(f".{product.name}.begun")
