"""Where a product goes and what it is called, looked at before anything slow."""

from pathlib import Path

from epochreel.errors import BadOutput
from epochreel.files import check_writable
from epochreel.products.film import subtitles_of


def check_named(path: Path, field: str, suffix: str) -> None:
    """Refuse a place or a name that no such file can have.

    Args:
        field: what asks for the place, as messages call it: `--out`.
        suffix: what its name ends in: `.pptx`.

    Raises:
        BadOutput: the name does not end so, or the file cannot be written.
    """
    check_writable(path, field)
    if path.suffix.lower() != suffix:
        raise BadOutput(
            f"{field} {path} must end in {suffix}: what a file is, its name says.",
            field=field,
            value=path,
        )


def check_film(path: Path, field: str) -> None:
    """The same for a film, beside which its subtitles go."""
    check_named(path, field, ".mp4")
    for file in subtitles_of(path):
        check_writable(file, field)
