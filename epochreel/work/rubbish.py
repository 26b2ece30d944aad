"""What in the store no lecture in reach points to."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from epochreel.errors import LectureError
from epochreel.files import PARTIAL, clear_partials, locked
from epochreel.lecture.file import load_lecture, shipped_lectures
from epochreel.lecture.settings import Lecture
from epochreel.work import ingredients
from epochreel.work.code import code_on_disk
from epochreel.work.store import Store, clear_dead_runs, key_of, manifest_path, read_manifest

LANGUAGES = ("zh", "en")


def rubbish(store: Store, folder: Path) -> list[Path]:
    """Files of records, clips and films that no lecture in reach points to, and their manifests.

    In reach are the lectures that ship and the lecture files in `folder`. A lecture points to the
    record of its settings and to its films in the store; a film points to its clips.
    """
    kept = {path for lecture in _lectures(folder) for path in _of(lecture, store)}
    return [
        path
        for room in ("records", "clips", "films")
        for path in sorted((store.root / room).glob("*"))
        + sorted((store.root / room).glob(".*.manifest"))
        if path.is_file() and path not in kept
    ]


def remove(store: Store, files: Sequence[Path]) -> None:
    """Remove files of the store, and what dead runs left there."""
    for path in files:
        path.unlink(missing_ok=True)
    if store.root.is_dir():
        with locked(store.root):
            clear_dead_runs(store.root)
        for room in {path.parent for path in store.root.glob(f"*/{PARTIAL}")}:
            clear_partials(room)


def _lectures(folder: Path) -> Iterator[Lecture]:
    for name in (*shipped_lectures(), *map(str, sorted(folder.glob("*.toml")))):
        try:
            yield load_lecture(name)
        except LectureError:
            continue  # some other TOML file, or a lecture that makes nothing as it is


def _of(lecture: Lecture, store: Store) -> Iterator[Path]:
    made_from = ingredients.of_record(lecture, code_on_disk(ingredients.TRAINING))
    products = [store.record(lecture.name, key_of(made_from))]
    for language in LANGUAGES:
        film = store.film(lecture.name, language)
        products += [film, *(store.root / "clips" / name for name in _clips(film))]
        yield from (film.with_suffix(".srt"), film.with_suffix(".vtt"))
    for product in products:
        yield product
        yield manifest_path(product)


def _clips(film: Path) -> list[str]:
    manifest = read_manifest(film)
    names = manifest.get("clips") if manifest else None
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
