"""Where a film goes, looked at before anything slow."""

from pathlib import Path

from epochreel.errors import BadOutput
from epochreel.files import check_writable
from epochreel.products.film import subtitles_of


def check_place(path: Path, field: str) -> None:
    """Refuse a place or a name that no film can have.

    Args:
        field: what asks for the place, as messages call it: `--out`.

    Raises:
        BadOutput: the name does not end in .mp4, or film or subtitles cannot be written.
    """
    check_writable(path, field)
    if path.suffix.lower() != ".mp4":
        raise BadOutput(
            f"{field} {path} must end in .mp4; films are MP4 files.", field=field, value=path
        )
    for file in subtitles_of(path):
        check_writable(file, field)
