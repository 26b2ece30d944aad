"""The command line: one file per command, each of which parses, calls and prints."""

import signal
import sys
import traceback
from importlib import import_module
from types import FrameType
from typing import Any

import click

from epochreel import __version__
from epochreel.cli.options import Talk
from epochreel.cli.say import message_of
from epochreel.errors import EpochreelError

# In the order of use; each is in a module of its name.
COMMANDS = (
    "render",
    "watch",
    "still",
    "clips",
    "slides",
    "page",
    "narrate",
    "sweep",
    "compare",
    "train",
    "new",
    "lectures",
    "scenes",
    "manim",
    "clean",
    "doctor",
)
STOPPED = "stopped. Finished clips are kept; nothing half-written is."


class Terminated(KeyboardInterrupt):
    """SIGTERM: ends what runs as Ctrl-C does."""


class Commands(click.Group):
    """Catches what a user can mend: one message and exit code 2; 130 after Ctrl-C, 143 after TERM.

    With `--debug` the message comes with its traceback.
    """

    def list_commands(self, context: click.Context) -> list[str]:
        """In the order of use."""
        return [*COMMANDS]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Load one; the others would take longer than some of them do."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"epochreel.cli.{name}"), name)
        return command

    def invoke(self, context: click.Context) -> Any:
        """Run the command; turn what a user can mend into a message and an exit code."""
        talk = context.obj = Talk()
        for stream in (sys.stdout, sys.stderr):
            # A pipe may take fewer characters than a lecture has.
            getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
        before = _on_sigterm(_terminate)
        try:
            return super().invoke(context)
        except (EpochreelError, OSError) as error:
            if talk.debug:
                click.echo(traceback.format_exc(), err=True)
            click.echo(f"epochreel: {message_of(error)}", err=True)
            context.exit(2)
        except KeyboardInterrupt as stop:
            click.echo(f"epochreel: {STOPPED}", err=True)
            context.exit(143 if isinstance(stop, Terminated) else 130)
        finally:
            _on_sigterm(before)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="epochreel")
def main() -> None:
    """Change a hyperparameter, get the lecture film.

    A lecture file names data, network, optimizer and words. epochreel trains the network with
    Keras, records every weight and prediction of every epoch, and draws that record with Manim.

    \b
      epochreel render                      the lecture loss_function, 1080p60
      epochreel render --quality draft      the same, small and quick
      epochreel render --set training.learning_rate=0.05 --dry-run
      epochreel lectures                    all lectures that ship
      epochreel new my_lecture.toml         a lecture of your own to start from
      epochreel watch my_lecture.toml       its draft film, again at every save
      epochreel sweep my_lecture.toml training.learning_rate=0.01,0.1,1
    """  # noqa: D301 (click reads the backspace: the lines below it stay as they are)


def _terminate(number: int, frame: FrameType | None) -> None:
    raise Terminated


def _on_sigterm(handler: Any) -> Any:
    """Set who answers SIGTERM, and return who did; nothing outside the main thread."""
    try:
        return signal.signal(signal.SIGTERM, handler)
    except ValueError:
        return None
