"""`epochreel new`: a lecture file to start from."""

from pathlib import Path

import click


@click.command(short_help="Write a lecture file to start from.")
@click.argument("path", type=click.Path(path_type=Path))
def new(path: Path) -> None:
    """Write a commented lecture file to start from; PATH must not exist yet."""
    from epochreel.errors import BadOutput
    from epochreel.files import whole_file
    from epochreel.lecture.file import shipped_lectures

    if path.exists():
        raise BadOutput(
            f"{path} exists already; give a name that does not.", field="PATH", value=path
        )
    with whole_file(path) as partial:
        partial.write_text(
            shipped_lectures()["loss_function"].read_text(encoding="utf-8"), encoding="utf-8"
        )
    click.echo(path)
    click.echo(f"Edit it, then run: epochreel render {path}", err=True)
