"""Where products lie, and whether they are whole: everything is under one folder, `media/`.

Beside a product, hidden, lies its manifest: what it was made from (see `ingredients`) and the
size and SHA-256 of each of its files. A product is used only where those agree with the bytes.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from epochreel.errors import BadOutput
from epochreel.files import DISK_FULL, clear_partials, locked, move_whole, whole_file

Ingredients = Mapping[str, str]

# The name of what is made from records alone.
OF_NO_LECTURE = "compare"


class State(Enum):
    """What is there of a product."""

    MISSING = "missing"
    DAMAGED = "damaged"  # its bytes are not those that were written
    STALE = "stale"  # made from something else
    WHOLE = "whole"


@dataclass(frozen=True)
class Store:
    """Paths of records, clips and films."""

    root: Path = Path("media")

    @property
    def records(self) -> Path:
        """The folder of all records."""
        return self.root / "records"

    @property
    def clips(self) -> Path:
        """The folder of all clips."""
        return self.root / "clips"

    @property
    def films(self) -> Path:
        """The folder of all films that are not put elsewhere."""
        return self.root / "films"

    @property
    def stills(self) -> Path:
        """The folder of all folders of pictures that are not put elsewhere."""
        return self.root / "stills"

    @property
    def sweeps(self) -> Path:
        """The folder of all tables of results."""
        return self.root / "sweeps"

    @property
    def pages(self) -> Path:
        """The folder of all pages that are not put elsewhere."""
        return self.root / "pages"

    @property
    def decks(self) -> Path:
        """The folder of all decks that are not put elsewhere."""
        return self.root / "slides"

    def sweep(self, lecture: str, axes: str) -> Path:
        """The results of trying some settings of a lecture."""
        return self.sweeps / f"{lecture}.{axes}.csv"

    def record(self, lecture: str, key: str) -> Path:
        """The record of a lecture's training."""
        return self.records / f"{lecture}-{key[:12]}.json"

    def film(self, lecture: str, *marks: str) -> Path:
        """A film of a lecture, told from its others by marks such as language and quality."""
        return self.films / ".".join((lecture, *marks, "mp4"))

    def deck(self, lecture: str, *marks: str) -> Path:
        """A lecture's deck of slides, told from its others as films are; its kind comes last."""
        return self.decks / ".".join((lecture, *marks))

    def page(self, lecture: str, *marks: str) -> Path:
        """A lecture's page for students, told from its others as films are."""
        return self.pages / ".".join((lecture, *marks, "html"))

    def narration(self, lecture: str) -> Path:
        """The folder of what is spoken in a lecture's film."""
        return self.root / "narration" / lecture

    def clip(self, key: str, format: str = "mp4") -> Path:
        """The clip of one beat."""
        return self.clips / f"{key}.{format}"

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder for what is not finished; it goes with the block, or with the next run.

        Raises:
            BadOutput: the store's folder cannot be written.
        """
        with ExitStack() as alive:
            try:
                self.root.mkdir(parents=True, exist_ok=True)
                with locked(self.root):
                    clear_dead_runs(self.root)
                    folder = Path(tempfile.mkdtemp(prefix=".run-", dir=self.root))
                    alive.callback(shutil.rmtree, folder, ignore_errors=True)
                    alive.enter_context(locked(folder))
            except OSError as error:
                if error.errno in DISK_FULL:
                    raise
                raise BadOutput(
                    f"{self.root.absolute()}, where records, clips and films go, cannot be "
                    f"written: {error.strerror}. Run epochreel in a folder of your own.",
                    field="media",
                    value=self.root,
                ) from None
            yield folder


def key_of(ingredients: Ingredients) -> str:
    """32 hexadecimal digits that change when an ingredient does."""
    return digest_of(ingredients)[:32]


def digest_of(value: Any) -> str:
    """SHA-256 of a value that JSON can say, whatever the order of its names."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def put(made: Mapping[Path, Path], ingredients: Ingredients, **notes: Any) -> None:
    """Put finished files in their places as one product, the manifest last.

    Args:
        made: each file's place, and where it was made. The first names the product; the others
            are in its folder or below.
        notes: what else the manifest says, for who lists products.
    """
    first = next(iter(made))
    files = {
        place.relative_to(first.parent).as_posix(): describe(file) for place, file in made.items()
    }
    manifest = {"ingredients": dict(ingredients), "files": files, **notes}
    first.parent.mkdir(parents=True, exist_ok=True)
    # Two runs that make the same film with other settings leave the one's or the other's.
    with locked(first.parent):
        clear_partials(first.parent)
        for place, file in made.items():
            move_whole(file, place)
        with whole_file(manifest_path(first)) as partial:
            said = {**manifest, "digest": digest_of(manifest)}
            partial.write_text(json.dumps(said, sort_keys=True), encoding="utf-8")


def state_of(product: Path, ingredients: Ingredients) -> State:
    """Whether a product is there, whole, and made from these ingredients."""
    if not product.is_file():
        return State.MISSING
    if not manifest_path(product).exists():
        return State.STALE  # not ours, or not finished
    manifest = read_manifest(product)
    if manifest is None or not _agrees(product.parent, manifest["files"]):
        return State.DAMAGED
    return State.WHOLE if manifest["ingredients"] == dict(ingredients) else State.STALE


def read_manifest(product: Path) -> dict[str, Any] | None:
    """What is said of a product; None where that is missing or damaged."""
    try:
        manifest = json.loads(manifest_path(product).read_bytes())
        whole = manifest.pop("digest") == digest_of(manifest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return manifest if whole else None


def manifest_path(product: Path) -> Path:
    """The hidden file beside a product."""
    return product.with_name(f".{product.name}.manifest")


def describe(file: Path) -> dict[str, Any]:
    """Size in bytes and SHA-256 of a file."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return {"size": file.stat().st_size, "sha256": digest}


def clear_dead_runs(root: Path) -> None:
    """Remove the unfinished work of runs that are no more."""
    for folder in root.glob(".run-*"):
        with locked(folder, wait=False) as dead:
            if dead:
                shutil.rmtree(folder, ignore_errors=True)


def _agrees(folder: Path, files: Mapping[str, Any]) -> bool:
    try:
        return all(
            (folder / name).stat().st_size == said["size"] and describe(folder / name) == said
            for name, said in files.items()
        )
    except OSError:
        return False
