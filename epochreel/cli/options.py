"""What several commands share: how much they say, the lecture, its settings."""

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from epochreel.lecture import DEFAULT
from epochreel.lecture.languages import LANGUAGES

if TYPE_CHECKING:
    from epochreel.lecture.settings import Lecture
    from scenes.stage.catalogue import SceneCode

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Talk:
    """How much a run says on stderr: events from `level` on, and tracebacks of errors."""

    level: int = logging.WARNING
    debug: bool = False

    @property
    def all(self) -> bool:
        """Whether what other libraries log is shown as well."""
        return self.debug or self.level <= logging.DEBUG


LECTURE = click.argument("lecture", default=DEFAULT)
SET = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change one setting, such as training.learning_rate=0.05 or model.layers[0].units=8. "
    "May be repeated.",
)


LANGUAGE = click.option(
    "--language", type=click.Choice([*LANGUAGES]), help="Language of the words on screen."
)
THEME = click.option(
    "--theme", type=click.Choice(["paper", "night"]), help="White page or dark one."
)
ONLY = click.option(
    "--only",
    metavar="SCENE[/BEAT],...",
    default="",
    help="Only these scenes, or these beats of them; `epochreel scenes` and `epochreel render "
    "--dry-run` list them.",
)
SCENES = click.option(
    "--scenes",
    "scene_files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Show the scenes in this Python file as well, which is run to draw them; they come last "
    "but for the references, unless film.scenes in the lecture says where. May be repeated.",
)
RECORD = click.option(
    "--record",
    type=click.Path(path_type=Path),
    help="Draw this record; nothing is trained.",
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes of this machine that work; one per core if not given.",
)


def _check_scheduler(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    from epochreel.work.executors import check_scheduler

    if value is not None:
        check_scheduler(value)
    return value


SCHEDULER = click.option(
    "--scheduler",
    metavar="inline|local|tcp://HOST:PORT",
    callback=_check_scheduler,
    help="Who works, if not plain processes of this machine: this process, a Dask scheduler with "
    "workers started here, or the workers of one that runs.",
)


QUALITY = click.option(
    "--quality",
    type=click.Choice(["draft", "low", "medium", "high", "4k"]),
    default="high",
    show_default=True,
    help="draft 480p15, low 480p30, medium 720p30, high 1080p60, 4k 2160p60.",
)
NARRATION = click.option(
    "--narration",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Recordings, one for each beat, such as epochs-epoch-2.wav (mp3, m4a, ogg), or folders zh "
    "and en of them. A beat holds its last frame until its recording ends; all are evened in "
    "loudness.",
)
OUT = click.option("--out", type=click.Path(path_type=Path), help="Where the film goes.")


def talking(command: Command) -> Command:
    """Add --verbose, --log-level and --debug to a command."""
    for option in (_DEBUG, _LOG_LEVEL, _VERBOSE):
        command = option(command)
    return command


def cores() -> int:
    """How many processes work where nothing else is said."""
    return os.cpu_count() or 1


def own_scenes(files: Sequence[Path]) -> "list[SceneCode]":
    """The scenes in the files that `--scenes` names."""
    from scenes.stage.catalogue import scenes_in

    return [scene for file in files for scene in scenes_in(file)]


def selected(only: str, own: "Sequence[SceneCode]" = ()) -> list[str]:
    """The scenes and beats that `--only` names; the scenes are checked."""
    from scenes.stage.catalogue import check_names

    names = [name.strip() for name in only.split(",") if name.strip()]
    check_names(names, own)
    return names


def look(language: str | None, theme: str | None) -> list[str]:
    """The options for the film's look as settings."""
    return [f"film.{k}={v!r}" for k, v in (("language", language), ("theme", theme)) if v]


def load(
    lecture: str | None,
    settings: tuple[str, ...],
    language: str | None = None,
    theme: str | None = None,
    own: "Sequence[SceneCode]" = (),
    record: Path | None = None,
) -> "Lecture":
    """The lecture, checked whole: what it trains on, its scenes, and that its words can be drawn.

    Args:
        lecture: None for the one that ships, or for that of a record.
        own: scenes that it may name beside those that ship.
    """
    from epochreel.lecture.file import lecture_of_record, load_lecture
    from scenes.drawing.spelling import check_words
    from scenes.stage.catalogue import check_lecture

    changed = (*settings, *look(language, theme))
    if record and lecture is None:
        loaded = lecture_of_record(record.stem or "record", changed)
    else:
        loaded = load_lecture(lecture or DEFAULT, changed)
    check_lecture(loaded, own)
    check_words(loaded)
    return loaded


def _set_level(context: click.Context, _: click.Parameter, level: str | None) -> None:
    if level:
        context.find_object(Talk).level = logging.getLevelNamesMapping()[level.upper()]  # type: ignore[union-attr]


def _set_verbose(context: click.Context, _: click.Parameter, verbose: bool) -> None:
    if verbose:
        context.find_object(Talk).level = logging.INFO  # type: ignore[union-attr]


def _set_debug(context: click.Context, _: click.Parameter, debug: bool) -> None:
    if debug:
        context.find_object(Talk).debug = True  # type: ignore[union-attr]


_VERBOSE = click.option(
    "--verbose",
    "-v",
    is_flag=True,
    expose_value=False,
    callback=_set_verbose,
    help="Print each step with the seconds it took.",
)
_LOG_LEVEL = click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"]),
    expose_value=False,
    callback=_set_level,
    help="What to print while working: warning if not given, info as --verbose, debug all.",
)
_DEBUG = click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    callback=_set_debug,
    help="Show where in the code an error arose.",
)
