"""`epochreel narrate`: what is to be spoken in a film, and draft speech."""

from pathlib import Path

import click

from epochreel.cli.wanted import Wanted, of_a_film

TRAINED = 0.5  # of the time, when speaking begins


@click.command(short_help="Write what is to be spoken, or speak it as a draft.")
@of_a_film
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where script and speech go; media/narration/LECTURE if nothing is said.",
)
@click.option("--script", is_flag=True, help="Write the captions as a text to read aloud.")
@click.option(
    "--voice",
    type=click.Choice(["espeak"]),
    help="Speak the captions: as a draft, with espeak-ng where that is installed.",
)
def narrate(wanted: Wanted, folder: Path | None, script: bool, voice: str | None) -> None:
    """Write what is to be spoken in a film, or speak it as a draft; print the folder.

    The script has the caption of each beat, the name of its recording and the seconds that the
    beat plays. Record each beat under that name, then render with --narration and the folder.
    Draft speech fills in for beats that you have not recorded, and never takes a recording's
    place.

    \b
      epochreel narrate my_lecture.toml --to spoken --script
      epochreel narrate my_lecture.toml --to spoken --voice espeak
      epochreel render my_lecture.toml --narration spoken
    """  # noqa: D301 (click reads the backspace: the lines below it stay as they are)
    from epochreel.files import check_writable
    from epochreel.lecture.video import QUALITIES
    from epochreel.products.narrating import SCRIPT, make_script, make_speech
    from epochreel.products.plan import plan_film
    from epochreel.products.speech import check_speaker
    from epochreel.work.clips import Drawing
    from epochreel.work.store import Store

    if not script and not voice:
        raise click.UsageError("Give --script, --voice espeak, or both.")
    if voice:
        check_speaker()
    folder = folder or Store().narration(wanted.lecture.name)
    language = wanted.lecture.film.language
    check_writable(folder / language / SCRIPT, "--to")
    with wanted.work() as work:
        path = work.store.root / "narration" / "plan"  # nothing lies there: the film is a new one
        film, listen = wanted.film(Drawing(QUALITIES["high"]), path, work, TRAINED)
        plan = plan_film(film, work.store, work.workers, listen)
        if script:
            text = make_script(plan, folder, work.store)
        if voice:
            spoken = make_speech(plan, folder, work.store, listen)
    if script:
        click.echo(f"epochreel: script: {text}", err=True)
    if voice:
        click.echo(f"epochreel: spoke {len(spoken)} of {len(plan.clips)} beats", err=True)
    click.echo(folder)
