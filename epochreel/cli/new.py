"""`epochreel new`: a lecture file to start from."""

from pathlib import Path

import click

from epochreel.lecture import DEFAULT


@click.command(short_help="Write a lecture file to start from.")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "lecture",
    default=DEFAULT,
    show_default=True,
    help="Which of the lectures that ship to copy; epochreel lectures lists them.",
)
def new(path: Path, lecture: str) -> None:
    """Write a commented lecture file to start from; PATH must not exist yet."""
    from epochreel.errors import BadOutput, NoSuchLecture, shown
    from epochreel.files import whole_file
    from epochreel.lecture.file import shipped_lectures
    from epochreel.lecture.table import suggestion

    shipped = shipped_lectures()
    if lecture not in shipped:
        raise NoSuchLecture(
            f"No lecture {shown(lecture)} ships.{suggestion(lecture, [*shipped])}",
            field="--from",
            value=lecture,
        )
    if path.exists():
        raise BadOutput(
            f"{path} exists already; give a name that does not.", field="PATH", value=path
        )
    with whole_file(path) as partial:
        partial.write_text(shipped[lecture].read_text(encoding="utf-8"), encoding="utf-8")
    click.echo(path)
    click.echo(f"Edit it, then run: epochreel render {path}", err=True)
