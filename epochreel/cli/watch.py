"""`epochreel watch`: the draft film, made again at every save."""

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from epochreel.cli.options import (
    JOBS,
    LANGUAGE,
    LECTURE,
    ONLY,
    SCENES,
    SET,
    THEME,
    Talk,
    cores,
    load,
    own_scenes,
    selected,
    talking,
)
from epochreel.cli.say import message_of, say_divergence, say_made
from epochreel.errors import EpochreelError, StaleCode

if TYPE_CHECKING:
    from epochreel.cli.saves import Saves
    from epochreel.lecture.settings import Lecture
    from epochreel.work.events import Event, Listener
    from epochreel.work.store import Store
    from epochreel.work.workers import Workers
    from scenes.stage.catalogue import SceneCode


class Saved(Exception):
    """Something was saved while a film was made, which so is out of date."""


@click.command(short_help="Make the draft film again at every save.")
@LECTURE
@SET
@LANGUAGE
@THEME
@ONLY
@SCENES
@JOBS
@talking
@click.pass_obj
def watch(
    talk: Talk,
    lecture: str,
    settings: tuple[str, ...],
    language: str | None,
    theme: str | None,
    only: str,
    scene_files: tuple[Path, ...],
    jobs: int | None,
) -> None:
    """Make the draft film again at every save of the lecture, its data or a scene.

    What changed first is there first, as a film of its own; then the whole film. A mistake in a
    file shows its message, and watching goes on. Ctrl-C ends it.
    """
    from epochreel.cli.saves import Saves
    from epochreel.lecture.file import lecture_path
    from epochreel.products.lecture import warm_drawers, warm_trainer
    from epochreel.work.store import Store
    from epochreel.work.workers import Processes

    source, names = lecture_path(lecture), selected(only, own_scenes(scene_files))
    if not source.exists():
        load(lecture, settings)
    store, count = Store(), jobs or cores()
    with Saves() as saves, Processes(1, store) as trainer:

        def load_again() -> "tuple[Lecture, list[SceneCode]]":
            drawn_by = [*code_files(), *scene_files]
            saves.of([source, *drawn_by])
            own = own_scenes(scene_files)
            loaded = load(lecture, settings, language, theme, own)
            saves.of([source, *data_files(loaded), *drawn_by])
            return loaded, own

        watched = Watched(talk, names, store, trainer, saves)
        warm_trainer(trainer)
        click.echo(f"epochreel: watching {source} and the scenes; Ctrl-C ends it.", err=True)
        while True:
            # Processes of now, since those of before would draw with the code of before.
            with Processes(count, store) as drawers:
                warm_drawers(drawers, count)
                code = watched.until_code_is_saved(load_again, drawers)
            restart_if_loaded(code)


@dataclass(frozen=True)
class Watched:
    """What is made again and again, and with what."""

    talk: Talk
    names: list[str]
    store: "Store"
    trainer: "Workers"
    saves: "Saves"

    def until_code_is_saved(
        self, load_again: Callable[[], "tuple[Lecture, list[SceneCode]]"], drawers: "Workers"
    ) -> set[Path]:
        """Make the film, and again after each save; the modules whose save ended it."""
        while True:
            try:
                self._make(*load_again(), drawers)
            except (Saved, StaleCode):
                pass
            except (EpochreelError, OSError, RuntimeError) as error:
                click.echo(f"epochreel: {message_of(error)}", err=True)
            saved = self.saves.wait()
            if code := {path for path in saved if path.suffix == ".py"}:
                return code

    def _make(self, lecture: "Lecture", own: "list[SceneCode]", drawers: "Workers") -> None:
        from epochreel.products.draft import make_draft
        from epochreel.work.bar import bar

        started = time.perf_counter()

        def on_first(path: Path) -> None:
            seconds = time.perf_counter() - started
            click.echo(f"epochreel: what changed first ({seconds:.1f} s): {path}", err=True)

        with bar(self.talk.level) as listen:
            hear = attentive(listen, self.saves)
            plan = make_draft(
                lecture, self.names, self.store, self.trainer, drawers, hear, on_first, own
            )
        say_divergence(plan.film.show.record.diverged_at)
        say_made(plan, time.perf_counter() - started)
        click.echo(plan.film.path)


def attentive(listen: "Listener", saves: "Saves") -> "Listener":
    """A listener that ends the work where something was saved meanwhile."""
    here = threading.current_thread()

    def hear(event: "Event") -> None:
        # Elsewhere it would end the process that does a task, and not the work.
        if saves.pending and threading.current_thread() is here:
            raise Saved
        listen(event)

    return hear


def data_files(lecture: "Lecture") -> list[Path]:
    """The files that the lecture's data comes from."""
    from epochreel.lecture import settings

    return [*settings.data_files(lecture).values()]


def code_files() -> list[Path]:
    """The code that draws."""
    from epochreel.work.code import ROOT

    return sorted((ROOT / "scenes").rglob("*.py"))


def restart_if_loaded(code: set[Path]) -> None:
    """Begin anew where this process itself has loaded code that was saved and can be read."""
    files = [getattr(module, "__file__", None) for module in [*sys.modules.values()]]
    loaded = {Path(file).resolve() for file in files if file}
    for path in code & loaded:
        try:
            compile(path.read_bytes(), str(path), "exec")
        except (OSError, SyntaxError, ValueError) as error:
            click.echo(f"epochreel: {path}: {error}", err=True)
            return
    if code & loaded:
        restart()


def restart() -> NoReturn:
    """This very command again, in place of this process."""
    click.echo("epochreel: code of its own was saved; starting anew.", err=True)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "epochreel", *sys.argv[1:]])
