"""What in the store no lecture in reach points to."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from epochreel.errors import EpochreelError
from epochreel.files import PARTIAL, clear_partials, locked
from epochreel.lecture.comparison import compared
from epochreel.lecture.file import load_lecture, shipped_lectures
from epochreel.work import ingredients
from epochreel.work.code import code_on_disk
from epochreel.work.store import (
    OF_NO_LECTURE,
    Store,
    clear_dead_runs,
    key_of,
    manifest_path,
    read_manifest,
)


def rubbish(store: Store, folder: Path) -> list[Path]:
    """Files of the store that no lecture in reach points to, and their manifests.

    In reach are the lectures that ship and the lecture files in `folder`. A lecture points to the
    record of its settings and to its films, stills and tables in the store; a film points to its
    clips, a table to its records. A lecture file that cannot be read as it is keeps every record
    of its name. Comparisons of records are nobody's, and stay.
    """
    kept: set[Path] = set()
    lectures = map(str, sorted(folder.glob("*.toml")))
    for name in (*shipped_lectures(), OF_NO_LECTURE, *lectures):
        stem = Path(name).stem
        products = [*_records(name, store), *_films(stem, store), *_tables(stem, store)]
        products += store.stills.glob(f"{stem}.*/*")
        kept |= {*products, *map(manifest_path, products)}
    rooms = (store.records, store.clips, store.films, store.sweeps, *store.stills.glob("*"))
    there = (path for room in rooms for path in sorted(room.glob("*")))
    return [path for path in there if path.is_file() and path not in kept]


def remove(store: Store, files: Sequence[Path]) -> None:
    """Remove files of the store, and what dead runs left there."""
    for path in files:
        path.unlink(missing_ok=True)
    if store.root.is_dir():
        with locked(store.root):
            clear_dead_runs(store.root)
        for room in {path.parent for path in store.root.glob(f"*/{PARTIAL}")}:
            clear_partials(room)


def _records(name: str, store: Store) -> Iterator[Path]:
    try:
        lecture = load_lecture(name)
        code = code_on_disk(ingredients.TRAINING)
        trained = [lecture, *(variant for _, variant in compared(lecture))]
        records = [(each.name, key_of(ingredients.of_record(each, code))) for each in trained]
    except EpochreelError:
        yield from store.records.glob(f"{Path(name).stem}-*.json")
    else:
        yield from (store.record(*record) for record in records)


def _tables(name: str, store: Store) -> Iterator[Path]:
    """The results of a lecture's sweeps, and their records."""
    for table in store.sweeps.glob(f"{name}.*.csv"):
        yield table
        yield from (
            store.records / record for record in (read_manifest(table) or {}).get("records", [])
        )


def _films(name: str, store: Store) -> Iterator[Path]:
    """A lecture's films, decks and pages, and their clips with what was drawn from those."""
    # A deck may be a folder, or for manim-slides a folder in one.
    named = (f"{name}.*", f"{name}.*/*", f"{name}.*/*/*")
    rooms = (store.films, store.decks, store.pages)
    for film in (path for room in rooms for each in named for path in room.glob(each)):
        manifest = read_manifest(film) or {}
        yield from (film.parent / file for file in manifest.get("files", [film.name]))
        for clip in (*manifest.get("clips", []), *manifest.get("crossfades", [])):
            yield from store.clips.glob(f"{Path(clip).stem}.*")
