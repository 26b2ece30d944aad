"""Files of plays that were drawn before, found by what their frames show.

A play is known by a chain: its first link is a digest of the first frame, each one after it a
digest of the link before and the next frame. So a link stands for all frames until then, and plays
that begin alike have their first links in common. A file has its last link as its name; beside it
lie all of its links and a digest of its bytes, and it is taken only while it has these bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from .digests import SIZE

LINKS = ".frames"
BYTES = sha256().digest_size


class Start(NamedTuple):
    """The first ``frames`` of a file."""

    path: Path
    frames: int


class KeptPlays:
    """What one folder, which need not exist, has of files with this ``suffix``."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self._folder, self._suffix = folder, suffix
        self._starts: dict[bytes, Start] = {}
        # Digests of files whose bytes have not been looked at.
        self._unseen: dict[Path, bytes] = {}
        for beside in folder.glob(f"*{LINKS}"):
            self._load(beside)

    def path(self, links: Sequence[bytes]) -> Path:
        """Where the file of these frames is, or would be."""
        return self._folder / f"{links[-1].hex()}{self._suffix}"

    def find(self, link: bytes) -> Start | None:
        """The beginning of a file that shows what this link stands for."""
        start = self._starts.get(link)
        if start and (wanted := self._unseen.pop(start.path, None)):
            if start.path.exists() and _of_bytes(start.path) == wanted:
                return start
            start.path.with_suffix(LINKS).unlink(missing_ok=True)
            self._starts = {k: s for k, s in self._starts.items() if s.path != start.path}
            return None
        return start

    def expect(self, links: Sequence[bytes]) -> None:
        """A file of these frames is being written and will be where ``path`` says."""
        path = self.path(links)
        self._unseen.pop(path, None)
        self._know(path, links)

    def _load(self, beside: Path) -> None:
        data = beside.read_bytes()
        links = [data[at : at + SIZE] for at in range(BYTES, len(data), SIZE)]
        path = beside.with_suffix(self._suffix)
        if links and path == self.path(links) and path.exists():
            self._unseen[path] = data[:BYTES]
            self._know(path, links)
        else:  # cut short, or its file was cleared away
            beside.unlink(missing_ok=True)

    def _know(self, path: Path, links: Sequence[bytes]) -> None:
        self._starts.update((link, Start(path, n)) for n, link in enumerate(links, 1))


def keep(written: Path, path: Path, links: Sequence[bytes]) -> None:
    """Put a file that is whole to its place, to be found by its links, if it has any."""
    data = _of_bytes(written) + b"".join(links)
    written.replace(path)
    if links:
        # Last: without it, or with one that was cut short, the file counts as nothing.
        path.with_suffix(LINKS).write_bytes(data)


def _of_bytes(path: Path) -> bytes:
    return sha256(path.read_bytes()).digest()
