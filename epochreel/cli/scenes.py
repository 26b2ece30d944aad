"""`epochreel scenes`: what there is to show."""

import click


@click.command(short_help="List the scenes of a film.")
def scenes() -> None:
    """List the scenes of a film, one line each."""
    from scenes.stage.catalogue import CATALOGUE

    for entry in CATALOGUE:
        needs = f"  (needs the loss {entry.loss})" if entry.loss else ""
        click.echo(f"{entry.name:16} {entry.titles['en']}, {entry.titles['zh']}{needs}")
