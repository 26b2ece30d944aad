"""`epochreel train`: a lecture's record."""

from pathlib import Path

import click

from epochreel.cli.options import LECTURE, SCHEDULER, SET, Talk, load, talking
from epochreel.cli.say import say_divergence


@click.command(short_help="Train a lecture's network; write its record.")
@LECTURE
@SET
@click.option("--out", type=click.Path(path_type=Path), help="Where the record goes (JSON).")
@SCHEDULER
@talking
@click.pass_obj
def train(
    talk: Talk,
    lecture: str,
    settings: tuple[str, ...],
    out: Path | None,
    scheduler: str | None,
) -> None:
    """Train the network of a lecture and record every epoch; print the record's path.

    What was trained before with the same settings is used again.
    """
    from epochreel.files import check_writable, whole_file
    from epochreel.record.file import load_record
    from epochreel.work.bar import bar
    from epochreel.work.executors import workers_of
    from epochreel.work.records import records_of
    from epochreel.work.store import Store

    loaded = load(lecture, settings)
    if out:
        check_writable(out)
    store = Store()
    with bar(talk.level) as listen, workers_of(scheduler, 1, store, listen, talk.all) as workers:
        (record,) = records_of([loaded], store, workers, listen)
    if out:
        with whole_file(out) as partial:
            partial.write_bytes(record.path.read_bytes())
    say_divergence(load_record(record.path).diverged_at)
    click.echo(out or record.path)
