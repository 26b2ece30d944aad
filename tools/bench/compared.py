"""The epoch page and the training, each against the way to do it without epochreel."""

from collections.abc import Iterator
from statistics import median

from .film import LECTURE
from .measure import Command, Measured, Setting, manim, python, run, typical
from .report import Row, faster

# The lecture loss_function shows these.
SHOWN = (0, 1, 2, 3, 4, 5, 500)


def page_rows(setting: Setting) -> Iterator[Row]:
    """The epoch page for two epochs, and for all that the lecture shows."""
    yield from _page_rows(setting, SHOWN[:2], ">= 30, aim 60", plain_too=True)
    yield from _page_rows(setting, SHOWN, ">= 60, aim 100", plain_too=setting.full)


def _page_rows(
    setting: Setting, epochs: tuple[int, ...], target: str, plain_too: bool
) -> Iterator[Row]:
    env = {"BENCH_RECORD": str(setting.record), "BENCH_EPOCHS": ",".join(map(str, epochs))}

    def page(script: str, scene: str) -> Measured:
        return run(manim(script, scene, setting.video), setting.new_folder(), env)

    def often(scene: str) -> Measured:
        return typical(page("own_page.py", scene) for _ in range(setting.runs))

    own, stepped = often("OwnPage"), often("SteppedPage")
    plain = page("plain_page.py", "PlainPage") if plain_too else None
    note = f"peak memory {own.peak:.0f} MB" + (f", plain {plain.peak:.0f} MB" if plain else "")
    what, against = f"epoch page, {2 * len(epochs) - 1} s of film", "plain Manim"
    other, runs = plain.seconds if plain else None, (setting.runs, 1)
    yield faster(what, own.seconds, against, other, target, runs, note)
    what = f"{what}, at the film's 30 steps/s"
    yield faster(what, stepped.seconds, against, other, target, runs)


def training_rows(setting: Setting) -> Iterator[Row]:
    """Training and recording the lecture, against `fit` with a callback; imports not counted."""
    folder = setting.new_folder()

    def seconds(command: Command) -> float:
        return median(run(command, folder).told["seconds"] for _ in range(setting.runs))

    yield faster(
        "train and record 500 epochs",
        seconds(python("own_step.py", "train", folder / "own.json", LECTURE)),
        "Keras fit with a callback",
        seconds(python("plain_training.py", folder / "plain.json", "500")),
        ">= 10, aim 30",
        (setting.runs, setting.runs),
    )
