"""Products are put whole, checked by their bytes, and what dead runs left is cleared away."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from epochreel.errors import BadOutput
from epochreel.files import PARTIAL, check_writable, clear_partials, move_whole, whole_file
from epochreel.work.store import State, Store, key_of, manifest_path, put, state_of

MADE_FROM = {"record.losses": "1f", "theme": "paper"}


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A product of two files."""
    for name in ("made.mp4", "made.srt"):
        (tmp_path / name).write_bytes(os.urandom(3000))
    place = tmp_path / "films" / "film.mp4"
    put({place: tmp_path / "made.mp4", place.with_suffix(".srt"): tmp_path / "made.srt"}, MADE_FROM)
    return place


def test_what_was_put_is_whole_and_nothing_else_is_left(film: Path) -> None:
    assert state_of(film, MADE_FROM) is State.WHOLE
    assert sorted(path.name for path in film.parent.iterdir()) == [
        ".film.mp4.manifest",
        "film.mp4",
        "film.srt",
    ]


@pytest.mark.parametrize("name", sorted(MADE_FROM))
def test_another_ingredient_is_another_product(film: Path, name: str) -> None:
    for changed in ({**MADE_FROM, name: "other"}, {**MADE_FROM, "more": "1"}):
        assert state_of(film, changed) is State.STALE
        assert key_of(changed) != key_of(MADE_FROM)
    less = {key: value for key, value in MADE_FROM.items() if key != name}
    assert state_of(film, less) is State.STALE
    assert key_of(less) != key_of(MADE_FROM)


@pytest.mark.parametrize("name", ["film.mp4", "film.srt"])
def test_damage_anywhere_is_seen(film: Path, name: str) -> None:
    path = film.with_name(name)
    whole = path.read_bytes()

    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert state_of(film, MADE_FROM) is State.DAMAGED
    for other in (whole[:-1], b"", whole + b"\0", os.urandom(len(whole))):
        path.write_bytes(other)
        assert state_of(film, MADE_FROM) is State.DAMAGED
    path.write_bytes(whole)
    assert state_of(film, MADE_FROM) is State.WHOLE


def test_a_damaged_manifest_is_never_taken_for_a_whole_product(film: Path) -> None:
    path = manifest_path(film)
    whole = path.read_bytes()

    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert state_of(film, MADE_FROM) is State.DAMAGED, at
    for other in (b"", b"null", b"{}", b"[" * 100_000, whole[:-1]):
        path.write_bytes(other)
        assert state_of(film, MADE_FROM) is State.DAMAGED
    path.unlink()
    assert state_of(film, MADE_FROM) is State.STALE


def test_a_missing_file_is_seen(film: Path) -> None:
    film.with_suffix(".srt").unlink()
    assert state_of(film, MADE_FROM) is State.DAMAGED
    film.unlink()
    assert state_of(film, MADE_FROM) is State.MISSING


def test_scratch_goes_with_its_block_and_that_of_a_dead_run_with_the_next(tmp_path: Path) -> None:
    store = Store(tmp_path / "media")
    hold = (
        "from pathlib import Path; from epochreel.work.store import Store; import os, sys\n"
        f"with Store(Path({str(store.root)!r})).scratch() as folder:\n"
        "    (folder / 'half.mp4').touch(); print(folder, flush=True); sys.stdin.read()\n"
        "    os._exit(9)\n"
    )
    command = [sys.executable, "-c", hold]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdin and other.stdout
    theirs = Path(other.stdout.readline().strip())

    with store.scratch() as ours:
        assert theirs.is_dir() and ours.is_dir()
    assert theirs.is_dir() and not ours.exists()

    other.stdin.close()
    other.wait()
    other.stdout.close()
    with store.scratch():
        assert not theirs.exists()
    assert list(store.root.iterdir()) == []


@pytest.mark.parametrize("media", ["a file", "in a file", "a link to nowhere"])
def test_a_store_that_cannot_be_written_is_said(tmp_path: Path, media: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("/proc/nowhere/media")
    root = {"a file": "file", "in a file": "file/media", "a link to nowhere": "link"}[media]

    with pytest.raises(BadOutput, match="cannot be written"), Store(tmp_path / root).scratch():
        pass


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text("old")

    with suppress(ZeroDivisionError), whole_file(path) as partial:
        partial.write_text("half")
        assert path.read_text() == "old"
        _ = 1 / 0
    assert path.read_text() == "old"
    with whole_file(path) as partial:
        partial.write_text("new")
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_partials_of_the_dead_go_and_those_of_the_living_stay(tmp_path: Path) -> None:
    dead = tmp_path / PARTIAL.replace("*", "dead")
    dead.touch()
    with whole_file(tmp_path / "one.json") as living:
        clear_partials(tmp_path)
        assert living.exists() and not dead.exists()


def test_a_link_is_written_through(tmp_path: Path) -> None:
    real = tmp_path / "real" / "film.mp4"
    real.parent.mkdir()
    real.write_text("old")
    link = tmp_path / "film.mp4"
    link.symlink_to(real)
    made = tmp_path / "made"
    made.write_text("new")

    move_whole(made, link)

    assert link.is_symlink()
    assert real.read_text() == "new"


@pytest.mark.parametrize("kind", ["fifo", "folder", "/dev/null", "below a file"])
def test_what_is_no_regular_file_is_refused_and_left(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "film.mp4"
    match kind:
        case "fifo":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "/dev/null":
            path = Path("/dev/null")
        case "below a file":
            path.touch()
            path = path / "film.mp4"
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(BadOutput) as error:
        check_writable(path)

    assert error.value.field == "--out"
    assert sorted(tmp_path.rglob("*")) == before


def test_the_mode_follows_the_umask(tmp_path: Path) -> None:
    for mask, mode in ((0o022, 0o644), (0o077, 0o600), (0o002, 0o664)):
        before = os.umask(mask)
        try:
            with whole_file(tmp_path / "run.json") as partial:
                partial.write_text("{}")
        finally:
            os.umask(before)
        assert (tmp_path / "run.json").stat().st_mode & 0o777 == mode
