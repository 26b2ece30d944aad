"""`epochreel manim`: Manim's command line for scenes of one's own, with the engine on."""

import gc

import click


@click.command(
    short_help="Render your own Manim scenes, with Manim's command line.",
    context_settings={
        "ignore_unknown_options": True,
        "allow_interspersed_args": False,  # --help behind a file's name is Manim's
        "help_option_names": ["--help"],  # the h of -qh asks for high quality
    },
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manim(arguments: tuple[str, ...]) -> None:
    """Render your own Manim scenes: Manim's command line and options, epochreel's engine.

    No line of a scene changes. Pictures are Manim's; only what changes from one to the next is
    drawn and encoded. What the engine does not write (WebM, transparent films) or draw (OpenGL) is
    left to Manim. `-v DEBUG` says so. For the same with the command `manim` write in a manim.cfg:

    \b
      [CLI]
      plugins = epochreel

    \b
      epochreel manim -qh scene.py MyScene
      epochreel manim render --help         all of Manim's options
    """  # noqa: D301 (click reads the backspace: the lines below it stay as they are)
    gc.disable()  # nothing that is loaded here is rubbish
    from epochreel.plugin import run_manim

    gc.enable()
    run_manim(arguments)
