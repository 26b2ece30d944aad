"""`epochreel clean`: away with what no lecture needs."""

import click


@click.command(short_help="Remove what no lecture needs.")
@click.option("--dry-run", is_flag=True, help="List what would go; remove nothing.")
def clean(dry_run: bool) -> None:
    """Remove what no lecture file in this folder points to.

    What stays: of the lectures that ship and of the lecture files (*.toml) in this folder, the
    record of their present settings, their films in media/films with those films' clips, their
    stills, and the tables of their sweeps with those tables' records. What --out put elsewhere is
    never touched; clips of such films are drawn again when asked for.
    """
    from pathlib import Path

    from epochreel.work.rubbish import remove, rubbish
    from epochreel.work.store import Store

    found = rubbish(Store(), Path())
    for path in found if dry_run else ():
        click.echo(path)
    size = sum(path.stat().st_size for path in found)
    if not dry_run:
        remove(Store(), found)
    would = "would go" if dry_run else "removed"
    click.echo(f"epochreel: {len(found)} files, {size / 1e6:.1f} MB {would}", err=True)
