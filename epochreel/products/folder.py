"""A folder that holds a product among files of the user's own, which nobody touches."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from epochreel.errors import BadOutput, shown
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


def check_free(product: Path, places: Iterable[Path]) -> None:
    """Refuse to write over files that the last run of ours did not make.

    Raises:
        BadOutput: names the first of them.
    """
    ours = {*files_of(product)}
    for place in places:
        if place.exists() and place not in ours:
            raise BadOutput(
                f"{shown(place)} is there, and not from an earlier run of this command; it is left "
                "as it is. Move it away, or choose another folder.",
                field="--to",
                value=place,
            )


def put_folder(made: Mapping[Path, Path], made_from: Ingredients, **notes: Any) -> None:
    """Put files as one product, as `put` does.

    What the last run made and this one did not goes, unless somebody has changed it since.
    """
    earlier = unchanged(next(iter(made)))
    put(made, made_from, **notes)
    for file in {*earlier} - {*made}:
        file.unlink(missing_ok=True)
