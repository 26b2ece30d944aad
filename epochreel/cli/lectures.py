"""`epochreel lectures`: the lectures that ship."""

import click


@click.command(short_help="List the lectures that ship.")
def lectures() -> None:
    """List the lectures that ship, with a sentence on each.

    \b
      epochreel render iris                 the film of one
      epochreel new my.toml --from iris     a copy of it to change
    """  # noqa: D301 (click reads the backspace: the lines below it stay as they are)
    from epochreel.lecture.file import about, shipped_lectures

    shipped = shipped_lectures()
    width = max(map(len, shipped))
    for name, path in shipped.items():
        click.echo(f"{name:{width}}  {about(path)}")
