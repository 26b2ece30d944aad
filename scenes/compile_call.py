"""The two lines of Keras that this lecture is about."""

from collections.abc import Iterator

from manim import DOWN, UP, FadeIn, LaggedStart, RoundedRectangle, VGroup
from manim.typing import Vector3D

from epochreel.numbers import spoken
from scenes.drawing.glyphs import BOLD, MONO
from scenes.drawing.layout import BODY, CODE_PAGE, LARGE, UNIT, Region
from scenes.drawing.measure import text_width
from scenes.drawing.motion import Appear
from scenes.drawing.text import Label
from scenes.parts.code import CODE_WEIGHT, CodeBlock, compile_lines, fit_line, keras_class
from scenes.parts.page import card, title_bar
from scenes.stage.scene import Beat, LectureScene


class CompileCall(LectureScene):
    """`model.compile` and `model.fit`, with the loss and the optimizer marked."""

    reads = ("hyperparameters", "lesson")

    def beats(self) -> Iterator[Beat]:
        words, used = self.words, self.view.hyperparameters
        loss, optimizer = keras_class(used["loss"]), keras_class(used["optimizer"])
        rate = spoken(used["learning_rate"], 6)
        yield Beat("code", words.say_code.format(epochs=used["epochs"]), self.show_code)
        yield Beat("loss", words.say_code_loss.format(loss=loss), self.mark_loss)
        yield Beat(
            "optimizer",
            words.say_code_optimizer.format(optimizer=optimizer, learning_rate=rate),
            self.mark_optimizer,
        )

    def show_code(self) -> None:
        """Both calls, line by line."""
        used, theme = self.view.hyperparameters, self.theme
        panels = [card(region, theme) for region in (CODE_PAGE.compile, CODE_PAGE.fit)]
        self.compile = CodeBlock(compile_lines(used), CODE_PAGE.compile.inset(40, 16), LARGE, theme)
        fit = CodeBlock([fit_line(used)], CODE_PAGE.fit.inset(40), LARGE, theme)
        self.add(title_bar(self.view.lesson, theme))
        self.play(Appear(*panels), run_time=0.5)
        lines = [*self.compile.lines, *fit.lines]
        self.play(
            LaggedStart(*[FadeIn(line, shift=0.1 * DOWN) for line in lines], lag_ratio=0.5),
            run_time=1.8,
        )
        self.hold(1.7)

    def mark_loss(self) -> None:
        """A frame around the loss, its name above it."""
        self._mark("loss", self.words.loss_function, CODE_PAGE.loss_note, UP)

    def mark_optimizer(self) -> None:
        """A frame around the optimizer, its name below it."""
        self._mark("optimizer", self.words.optimizer, CODE_PAGE.optimizer_note, DOWN)

    def _mark(self, role: str, name: str, region: Region, side: Vector3D) -> None:
        color = getattr(self.theme, role)
        frames = VGroup(*[_marker(part, color) for part in self.compile.parts[role]])
        label = Label(name[0].upper() + name[1:], BODY + 8, color, weight=BOLD).put_in(region)
        label.shift((frames.get_center()[0] - label.get_center()[0], 0, 0))
        self.play(FadeIn(frames, scale=0.97), run_time=0.6)
        self.play(FadeIn(VGroup(label), shift=0.15 * side), run_time=0.6)
        self.hold(2.0)


def _marker(part: Label, color: str) -> RoundedRectangle:
    """What a text marker leaves on a piece of code, without its indentation."""
    indent = text_width(part.text, part.size, CODE_WEIGHT, MONO) - text_width(
        part.text.lstrip(), part.size, CODE_WEIGHT, MONO
    )
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
