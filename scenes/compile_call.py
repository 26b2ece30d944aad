"""The two lines of Keras that this lecture is about."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from manim import RoundedRectangle, VGroup, linear

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import spoken
from scenes.drawing.glyphs import BOLD, MONO
from scenes.drawing.layout import BODY, LARGE, PAGE, UNIT, Region
from scenes.drawing.measure import text_width
from scenes.drawing.motion import Appear, ComeBack, Grow, StandBack
from scenes.drawing.text import Label
from scenes.parts.calls import compile_lines, fit_lines, loss_name, metric_names, optimizer_name
from scenes.parts.code import CODE_WEIGHT, CodeBlock, fitting_size, left_of
from scenes.parts.page import card, title_bar
from scenes.stage.scene import Beat, LectureScene

FEW_LINES = 5  # of model.compile; more need a page of their own
TYPED, LONGEST = 75, 4.0  # letters in a second; all lines together take so many seconds at most


class CodeRegions(NamedTuple):
    """The two calls as code, with room for what is said of them."""

    loss_note: Region
    compile: Region
    optimizer_note: Region
    fit: Region
    fit_note: Region


class CompileCall(LectureScene):
    """`model.compile` and `model.fit`, with the loss and the optimizer marked."""

    title = N_("Compile and fit")
    reads = (
        *("hyperparameters", "inputs", "epochs", "history", "validation", "diverged_at"),
        "lesson",
    )

    def beats(self) -> Iterator[Beat]:
        self.metrics = metric_names(self.view.history)
        self.validated = self.view.validation is not None
        drawn = {
            "inputs": len(self.view.inputs),
            "epochs": self.view.epochs[-1],
            "diverged_at": self._stopped(),  # nothing else is made of it
            "history": self.metrics,
            "validation": self.validated,
        }
        yield Beat("code", self._say_code(), self.show_code, drawn)
        yield Beat(
            "loss",
            self.say(
                "The loss function, {loss}, says how far off predictions are.",
                loss=loss_name(self.view.hyperparameters),
            ),
            self.mark_loss,
            drawn,
        )
        yield Beat("optimizer", self._say_optimizer(), self.mark_optimizer, drawn)

    def show_code(self) -> None:
        """Both calls, line by line, and how many epochs came of them if they are fewer."""
        used, theme = self.view.hyperparameters, self.theme
        called = compile_lines(used, self.metrics)
        self.page = _regions(len(called))
        panels = [card(region, theme) for region in (self.page.compile, self.page.fit)]
        fitted = fit_lines(used, len(self.view.inputs), self.validated)
        places = [region.inset(40, 16) for region in (self.page.compile, self.page.fit)]
        calls = [*zip((called, fitted), places)]
        # Of one size and from one margin, as in a listing.
        size = min(fitting_size(lines, place, LARGE) for lines, place in calls)
        left = min(left_of(lines, place, size) for lines, place in calls)
        blocks = [CodeBlock(lines, place, size, theme, left=left) for lines, place in calls]
        self.compile = blocks[0]
        self.lines = [line for block in blocks for line in block.lines]
        self.add(title_bar(self.view.lesson, theme))
        speed = max(TYPED, sum(line.length for line in self.lines) / LONGEST)
        # A card comes with its first line, and is never empty.
        first, *rest = self.lines
        self.play(Appear(panels[0], first), run_time=0.5)
        for line in rest:
            comes = [Appear(panels[1], run_time=0.3)] if line is blocks[1].lines[0] else []
            self.play(*comes, Grow(line, rate_func=linear, run_time=line.length / speed))
        if self._stopped():
            note = self.words(
                "{count} epoch trained", "{count} epochs trained", count=int(self.view.epochs[-1])
            )
            label = Label(note, BODY, theme.accent).put_in(self.page.fit_note)
            self.play(Appear(label), run_time=0.5)
        self.hold(0.6)

    def mark_loss(self) -> None:
        """All but the loss falls back; it gets a marker, and its name above it."""
        loss = self.compile.parts["loss"]
        rest = [piece for line in self.lines for piece in line if piece not in loss]
        self.play(StandBack(*rest, ground=self.theme.panel), run_time=0.5)
        self.loss = self._mark("loss", self.words("loss function"), self.page.loss_note)
        self.hold(0.6)

    def mark_optimizer(self) -> None:
        """The loss falls back in turn; in the end both calls are there again, with both marks."""
        loss, parts = self.compile.parts["loss"], self.compile.parts["optimizer"]
        on_card, on_page = {"ground": self.theme.panel}, {"ground": self.theme.page}
        frames, name = self.loss
        self.play(
            StandBack(*loss, frames, **on_card),
            StandBack(name, **on_page),
            ComeBack(*parts, **on_card),
            run_time=0.5,
        )
        self._mark("optimizer", self.words("optimizer"), self.page.optimizer_note)
        self.hold(0.3)
        rest = [piece for line in self.lines for piece in line if piece not in parts]
        self.play(ComeBack(*rest, frames, **on_card), ComeBack(name, **on_page), run_time=0.5)
        self.hold(0.6)

    def _say_code(self) -> Sentence:
        asked, trained = self.view.hyperparameters["epochs"], int(self.view.epochs[-1])
        if self._stopped():
            return self.say(
                "Compile and fit: epochs asked for {epochs}, trained {trained}.",
                epochs=asked,
                trained=trained,
            )
        return self.say(
            "Compile and fit: a loss function, an optimizer, {count} epoch.",
            "Compile and fit: a loss function, an optimizer, {count} epochs.",
            count=asked,
        )

    def _say_optimizer(self) -> Sentence:
        used = self.view.hyperparameters
        optimizer, rate = optimizer_name(used), spoken(used["learning_rate"], 6)
        schedule = used.get("learning_rate_schedule")
        if schedule:
            return self.say(
                "The optimizer is {optimizer}: it says how to change the weights. {schedule} sets "
                "the learning rate, {learning_rate} at first.",
                optimizer=optimizer,
                schedule=schedule,
                learning_rate=rate,
            )
        return self.say(
            "The optimizer, {optimizer} with learning rate {learning_rate}, says how to change "
            "the weights.",
            optimizer=optimizer,
            learning_rate=rate,
        )

    def _stopped(self) -> bool:
        """Whether fewer epochs were trained than asked for.

        A run that diverges is told of where it does: its record ends before its training.
        """
        is_short = bool(self.view.epochs[-1] < self.view.hyperparameters["epochs"])
        return is_short and self.view.diverged_at is None

    def _mark(self, role: str, name: str, region: Region) -> tuple[VGroup, Label]:
        """Mark what has a role, and name it; the marks and the name."""
        color = getattr(self.theme, role)
        frames = VGroup(*[_marker(part, color) for part in self.compile.parts[role]])
        label = Label(name[0].upper() + name[1:], LARGE, color, weight=BOLD).put_in(region)
        label.shift((frames.get_center()[0] - label.get_center()[0], 0, 0))
        self.play(Appear(frames), run_time=0.4)
        self.play(Appear(label), run_time=0.4)
        return frames, label


def _regions(lines: int) -> CodeRegions:
    """The page of a `model.compile` of so many lines: more of them leave less air."""
    few = lines <= FEW_LINES
    top, code, note, gap = (170, 260, 100, 20) if few else (104, 450, 80, 10)
    page = PAGE.inset(160, 80)
    fit_note, rest = page.cut_bottom(80, 20 if few else 6)
    fit, rest = rest.cut_bottom(160)
    loss_note, rest = replace(rest, top=top).cut_top(note, gap)
    compiled, rest = rest.cut_top(code, gap)
    optimizer_note, _ = rest.cut_top(note)
    return CodeRegions(loss_note, compiled, optimizer_note, fit, fit_note)


def _marker(part: Label, color: str) -> RoundedRectangle:
    """What a text marker leaves on a piece of code, without its indentation."""
    spaces = part.text[: -len(part.text.lstrip())]
    indent = text_width(spaces, part.size, CODE_WEIGHT, MONO)
    return (
        RoundedRectangle(
            width=part.width + (10 - indent) * UNIT,
            height=part.size * 1.4 * UNIT,
            corner_radius=8 * UNIT,
            stroke_width=0,
            fill_color=color,
            fill_opacity=0.16,
        )
        .move_to(part)
        .shift((indent / 2 * UNIT, 0, 0))
    )
