"""Files: written whole or not at all, read only where reading ends."""

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from epochreel.errors import BadOutput, shown

try:
    import fcntl
except ImportError:  # Windows, where a file in use cannot be removed by anyone
    fcntl = None  # type: ignore[assignment]

DISK_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
PARTIAL = ".epochreel-*.partial"


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` that takes its place when the block ends well.

    Readers never see half a file. Whoever is killed inside the block leaves the temporary file;
    the next writer to the same folder clears it away. A link is written through.

    Raises:
        BadOutput: `path` is a folder, or no regular file.
        OSError: the folder cannot be written to.
    """
    path = regular(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    clear_partials(path.parent)
    partial, handle = _open_partial(path.parent)
    try:
        yield partial
        os.fsync(handle)
        os.close(handle)
        handle = -1
        partial.replace(path)
    finally:
        if handle >= 0:
            os.close(handle)
        partial.unlink(missing_ok=True)


def move_whole(made: Path, path: Path) -> None:
    """Put a finished file in its place, which may be on another disk."""
    path = regular(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        made.replace(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with whole_file(path) as partial:
            shutil.copyfile(made, partial)


def regular(path: Path, field: str = "--out") -> Path:
    """Where a file of this name is written: behind its links, if there are any.

    Raises:
        BadOutput: it is there, and not a regular file, which writing would replace.
    """
    try:
        path = Path(os.path.realpath(path))
        mode = path.stat().st_mode
    except FileNotFoundError:
        return path
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise _refused(path, f"cannot be written: {why}", field) from None
    if stat.S_ISDIR(mode):
        raise _refused(path, "is a folder; give the file to write", field)
    if not stat.S_ISREG(mode):
        raise _refused(path, "is no regular file; it is left as it is", field)
    return path


def check_writable(path: Path, field: str = "--out") -> None:
    """Find out before anything slow starts whether a file can be written at `path`.

    Raises:
        BadOutput: says what stands in the way.
    """
    folder = regular(path, field).parent
    while not folder.exists():
        folder = folder.parent
    try:
        trial, handle = _open_partial(folder)
    except OSError as error:
        raise _refused(path, f"cannot be written: {error.strerror}", field) from None
    os.close(handle)
    trial.unlink()


def size_of_regular(path: Path) -> int:
    """The size in bytes of a regular file: one whose end a reader comes to.

    Raises:
        OSError: it is not there, or is a folder, a pipe or a device.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "Is a folder", str(path))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "It is a pipe or a device, not a regular file", str(path))
    return status.st_size


def clear_partials(folder: Path) -> None:
    """Remove the temporary files of writers that are no more."""
    for partial in folder.glob(PARTIAL):
        with suppress(OSError):  # somebody else's, or just gone
            handle = os.open(partial, os.O_RDWR)
            try:
                if fcntl:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    partial.unlink()
            finally:
                os.close(handle)
            if not fcntl:
                partial.unlink()


@contextmanager
def locked(folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Alone in a folder among all that ask; free again when the process ends, however it ends.

    Gives whether it is; False only where somebody else is and `wait` is not.
    """
    if not fcntl:  # on Windows a folder in use cannot be removed, which is what it is asked for
        yield True
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            alone = True
        except BlockingIOError:
            alone = False
        yield alone
    finally:
        os.close(handle)


def _refused(path: Path, why: str, field: str) -> BadOutput:
    return BadOutput(f"{field} {shown(path)} {why}.", field=field, value=path)


def _open_partial(folder: Path) -> tuple[Path, int]:
    """A new file that is locked as long as its handle is open; its mode follows the umask."""
    while True:
        path = folder / PARTIAL.replace("*", secrets.token_hex(4))
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        if not fcntl:
            return path, handle
        # Between the two calls somebody may have taken it for a dead writer's.
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(handle).st_nlink:
                return path, handle
        os.close(handle)
