"""`epochreel scenes`: what there is to show, and how a scene looks."""

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epochreel.cli.options import (
    JOBS,
    LANGUAGE,
    RECORD,
    SCENES,
    Talk,
    cores,
    load,
    own_scenes,
    talking,
)

if TYPE_CHECKING:
    from epochreel.lecture.settings import Lecture
    from epochreel.products.scenes import Listed, Trial
    from epochreel.work.events import Listener
    from epochreel.work.workers import Workers
    from scenes.stage.catalogue import SceneCode


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
    from scenes.stage.catalogue import check_names

    if to and not tried:
        raise click.UsageError("--to says where the pictures of --try go.")
    own = own_scenes(scene_files)
    check_names([tried] if tried else [], own, "--try")
    loaded = load(lecture, (), language or ENGLISH, None, own, record)
    # A list leaves nothing behind, not even an empty folder.
    with (
        tempfile.TemporaryDirectory() as elsewhere,
        bar(talk.level) as listen,
        Processes(jobs or cores(), Store(Path(elsewhere))) as workers,
    ):
        if tried:
            say = _try(tried, own, loaded.film.language, to, workers, listen)
        else:
            say = _list(loaded, record, own, workers, listen)
    say()


def _list(
    lecture: "Lecture",
    record: Path | None,
    own: "Sequence[SceneCode]",
    workers: "Workers",
    listen: "Listener",
) -> Callable[[], None]:
    """Find out which scenes fit; gives what says so."""
    from epochreel.products.lecture import expected_record
    from epochreel.products.scenes import list_scenes
    from epochreel.record.file import load_record
    from epochreel.record.view import Show
    from epochreel.work.records import plan_record
    from epochreel.work.store import Store

    shown = load_record(record) if record else expected_record(plan_record(lecture, Store()))
    listed = list_scenes(Show(shown, lecture), own, workers, listen)
    return partial(say_list, listed)


def _try(
    name: str,
    own: "Sequence[SceneCode]",
    language: str,
    to: Path | None,
    workers: "Workers",
    listen: "Listener",
) -> Callable[[], None]:
    """Draw a scene with records of every kind; gives what tells of it."""
    from epochreel.products.scenes import try_scene
    from epochreel.work.store import Store
    from scenes.stage.catalogue import known

    folder = to or Store().stills / "tried"
    sheets, trials = try_scene(known(own)[name], language, folder, workers, listen)
    return partial(say_trials, trials, sheets)


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


def say_trials(trials: "list[Trial]", sheets: list[Path]) -> None:
    """Print the sheets' paths; on stderr with which records a scene fails or is set badly."""
    for trial in trials:
        if trial.problem:
            said = "fails" if trial.failed else "nothing to show"
            click.echo(f"epochreel: {trial.kind}: {said}: {trial.problem}", err=True)
        for flaw in trial.flaws:
            click.echo(f"epochreel: {trial.kind}: {flaw}", err=True)
    for sheet in sheets:
        click.echo(sheet)
