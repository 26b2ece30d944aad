"""`epochreel scenes`: what there is to show, and how a scene looks."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epochreel.cli.options import (
    JOBS,
    LANGUAGE,
    RECORD,
    SCENES,
    Talk,
    load,
    own_scenes,
    talking,
)

if TYPE_CHECKING:
    from epochreel.lecture.settings import Lecture
    from epochreel.products.scenes import Listed, Trial
    from epochreel.record.view import Show
    from epochreel.work.store import Store


@click.command(short_help="List the scenes, or try one.")
@click.argument("lecture", required=False)
@LANGUAGE
@SCENES
@RECORD
@click.option(
    "--try",
    "tried",
    metavar="SCENE",
    help="Draw this scene with records of every kind (diverged, one epoch, wide, ...), in both "
    "themes, and say what is set badly.",
)
@click.option("--to", type=click.Path(path_type=Path), help="The folder for what --try draws.")
@JOBS
@talking
@click.pass_obj
def scenes(
    talk: Talk,
    lecture: str | None,
    language: str | None,
    scene_files: tuple[Path, ...],
    record: Path | None,
    tried: str | None,
    to: Path | None,
    jobs: int | None,
) -> None:
    """List the scenes in the film's order, and why those that are left out do not fit.

    Which fit is told for a lecture, or for a record. A lecture's file names the scenes that it
    shows and their order as `scenes` in its table [film].

    \b
      epochreel scenes
      epochreel scenes --record run.json
      epochreel scenes --scenes my_scenes.py --try my_scene
    """  # noqa: D301 (click reads the backspace)
    from epochreel.lecture.languages import ENGLISH
    from epochreel.work.bar import bar
    from epochreel.work.store import Store
    from epochreel.work.workers import Processes
    from scenes.stage.catalogue import check_names, known

    own = own_scenes(scene_files)
    loaded = load(lecture, (), language or ENGLISH, None, own, record)
    if to and not tried:
        raise click.UsageError("--to says where the pictures of --try go.")
    check_names([tried] if tried else [], own, "--try")
    # A list leaves nothing behind, not even an empty folder.
    with tempfile.TemporaryDirectory() as elsewhere, bar(talk.level) as listen:
        store = Store(Path(elsewhere))
        with Processes(jobs or 2, store) as workers:
            if tried:
                from epochreel.products.scenes import try_scene

                folder = to or Store().stills / "tried"
                scene = known(own)[tried]
                sheets, trials = try_scene(scene, loaded.film.language, folder, workers, listen)
            else:
                from epochreel.products.scenes import list_scenes

                listed = list_scenes(_show(loaded, record, store), own, workers, listen)
    if tried:
        say_trials(trials)
        for sheet in sheets:
            click.echo(sheet)
    else:
        say_list(listed)


def say_list(listed: "list[Listed]") -> None:
    """Print a line for each scene: those of the film first, then the others, and why."""
    width = max(len(scene.name) for scene in listed)
    for scene in listed:
        note = scene.title
        if scene.why_not:
            note = f"-  {scene.why_not}"
        elif not scene.in_film:
            note += "  (name it in film.scenes to show it)"
        click.echo(f"{scene.name:{width}}  {note}")


def say_trials(trials: "list[Trial]") -> None:
    """Say on stderr with which kinds of record a scene shows nothing, fails, or is set badly."""
    for trial in trials:
        if trial.problem:
            said = "fails" if trial.failed else "nothing to show"
            click.echo(f"epochreel: {trial.kind}: {said}: {trial.problem}", err=True)
        for flaw in trial.flaws:
            click.echo(f"epochreel: {trial.kind}: {flaw}", err=True)


def _show(lecture: "Lecture", record: Path | None, store: "Store") -> "Show":
    """What is shown: a record, or as if the lecture were trained."""
    from epochreel.record.file import load_record
    from epochreel.record.view import Show
    from training.stand_in import stand_in

    return Show(load_record(record) if record else stand_in(lecture), lecture)
