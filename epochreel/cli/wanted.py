"""What every command that makes something of a film is asked for, and the work on it."""

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from epochreel.cli.options import (
    JOBS,
    LANGUAGE,
    ONLY,
    RECORD,
    SCENES,
    SCHEDULER,
    SET,
    THEME,
    Talk,
    load,
    own_scenes,
    selected,
    talking,
)

if TYPE_CHECKING:
    from epochreel.lecture.settings import Lecture
    from epochreel.products.plan import Film
    from epochreel.work.clips import Drawing
    from epochreel.work.events import Listener
    from epochreel.work.store import Store
    from epochreel.work.workers import Workers
    from scenes.stage.catalogue import SceneCode

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class Work:
    """A run under way: who listens and who works, and what lies ready."""

    store: "Store"
    listen: "Listener"
    workers: "Workers"


@dataclass(frozen=True)
class Wanted:
    """The lecture, the part of it and the record that a command is asked for, and who works.

    Attributes:
        only: names of scenes, or of beats as `scene/beat`; empty for all.
        record: a record to draw instead of training one.
        look: language and theme, where the command says them.
        own: scenes of the lecturer's own.
    """

    talk: Talk
    lecture: "Lecture"
    only: Sequence[str]
    record: Path | None
    jobs: int | None
    scheduler: str | None
    look: tuple[str | None, str | None]
    own: "Sequence[SceneCode]" = ()

    def check_narration(self, folder: Path | None) -> None:
        """Refuse recordings that cannot be heard before anything slow."""
        if folder is not None:
            from epochreel.products.narration import check_recordings

            check_recordings(folder, self.lecture.film.language)

    def of(self, lecture: str | None) -> "Wanted":
        """The same of all of another lecture, or of all of this one."""
        if lecture is None:
            return replace(self, only=())
        loaded = load(lecture, (), *self.look, self.own)
        return replace(self, lecture=loaded, only=(), record=None)

    @contextmanager
    def work(self, scratch_store: "Store | None" = None) -> Iterator[Work]:
        """A progress bar and workers, as long as the block lasts.

        Args:
            scratch_store: where workers may write, if not to the folder's store.
        """
        from epochreel.work.bar import bar
        from epochreel.work.executors import workers_of
        from epochreel.work.store import Store

        store = Store()
        with (
            bar(self.talk.level) as listen,
            workers_of(
                self.scheduler, self.jobs, scratch_store or store, listen, self.talk.all
            ) as workers,
        ):
            yield Work(store, listen, workers)

    def film(
        self, drawing: "Drawing", path: Path, work: Work, trained: float
    ) -> tuple["Film", "Listener"]:
        """The film of what is wanted, and a listener for what is made of it.

        Args:
            trained: how much of the time is over when a record is trained and drawing begins.
        """
        from epochreel.products.lecture import trained_film
        from epochreel.work.events import within

        if self.record:
            return self._of_record(self.record, drawing, path), work.listen
        part = within(work.listen, 0, trained)
        film = trained_film(
            self.lecture, drawing, path, self.only, work.store, work.workers, part, self.own
        )
        return film, within(work.listen, trained, 1)

    def expected_film(self, drawing: "Drawing", path: Path, store: "Store") -> "Film":
        """The same without training: from a record of the right shapes where there is none."""
        from epochreel.products.lecture import expected_film

        if self.record:
            return self._of_record(self.record, drawing, path)
        return expected_film(self.lecture, drawing, path, self.only, store, self.own)

    def _of_record(self, record: Path, drawing: "Drawing", path: Path) -> "Film":
        from epochreel.products.plan import Film
        from epochreel.record.file import load_record
        from epochreel.record.view import Show

        show = Show(load_record(record), self.lecture)
        return Film(show, drawing, path, self.only, own=self.own)


def of_a_film(command: Command) -> Command:
    """Give a command the options that say which film, as `wanted`; and how much it says."""

    @functools.wraps(command)
    def with_wanted(
        talk: Talk,
        lecture: str | None,
        settings: tuple[str, ...],
        language: str | None,
        theme: str | None,
        only: str,
        scene_files: tuple[Path, ...],
        record: Path | None,
        jobs: int | None,
        scheduler: str | None,
        **options: Any,
    ) -> Any:
        own = own_scenes(scene_files)
        names = selected(only, own)
        loaded = load(lecture, settings, language, theme, own, record)
        look = (language, theme)
        wanted = Wanted(talk, loaded, names, record, jobs, scheduler, look, own)
        return command(wanted, **options)

    wrapped: Any = click.pass_obj(with_wanted)
    for option in (talking, SCHEDULER, JOBS, RECORD, SCENES, ONLY, THEME, LANGUAGE, SET):
        wrapped = option(wrapped)
    wrapped = click.argument("lecture", required=False)(wrapped)
    return cast("Command", wrapped)
