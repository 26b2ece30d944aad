"""The two Keras calls of a training run, as code written from its hyperparameters."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from manim import VGroup

from epochreel.numbers import in_code
from scenes.drawing.glyphs import MONO
from scenes.drawing.layout import Region
from scenes.drawing.measure import text_width
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme

# Keras' class names where they are not the words of the name in capitals.
SPECIAL_CLASSES = {"sgd": "SGD", "adamw": "AdamW", "rmsprop": "RMSprop"}
CODE_WEIGHT = 500
LONGEST_LINE = 72
Piece = tuple[str, str]  # text, role


def keras_class(name: str) -> str:
    """`mean_squared_error` as Keras' class: `MeanSquaredError`."""
    return SPECIAL_CLASSES.get(name) or "".join(word.capitalize() for word in name.split("_"))


def compile_lines(hyperparameters: Mapping[str, Any]) -> list[list[Piece]]:
    """`model.compile(...)`: a line for the loss, one for the optimizer, and what overflows it."""
    start = "model.compile("
    loss = keras_class(str(hyperparameters["loss"]))
    first: list[Piece] = [
        ("model", "name"),
        (".compile(", "call"),
        (f"loss=tf.keras.losses.{loss}()", "loss"),
        (",", "call"),
    ]
    call = f"optimizer=tf.keras.optimizers.{optimizer_call(hyperparameters)}"
    indent = " " * (call.index("(") + 1)
    lines = [call.removesuffix(")")]
    for name, value in (hyperparameters.get("optimizer_settings") or {}).items():
        setting = f"{name}={in_code(value)}"
        if len(f"{start}{lines[-1]}, {setting}") <= LONGEST_LINE:
            lines[-1] += f", {setting}"
        else:
            lines[-1] += ","
            lines.append(indent + setting)
    lines[-1] += ")"
    rest: list[list[Piece]] = [[(" " * len(start), "call"), (line, "optimizer")] for line in lines]
    rest[-1].append((")", "call"))
    return [first, *rest]


def optimizer_call(hyperparameters: Mapping[str, Any]) -> str:
    """The optimizer and its learning rate: `Adam(0.1)`."""
    optimizer, rate = hyperparameters["optimizer"], hyperparameters["learning_rate"]
    return f"{keras_class(optimizer)}({in_code(rate)})"


def fit_line(hyperparameters: Mapping[str, Any]) -> list[Piece]:
    """`history = model.fit(...)` with the epochs really trained."""
    return [
        ("history = ", "name"),
        ("model", "name"),
        (".fit(", "call"),
        ("X, Y, ", "name"),
        ("epochs=", "argument"),
        (str(hyperparameters["epochs"]), "number"),
        (", verbose=", "argument"),
        ("False", "number"),
        (")", "call"),
    ]


class CodeBlock(VGroup):
    """Lines of code in a region; `parts` finds a piece by its role."""

    def __init__(
        self, lines: Sequence[Sequence[Piece]], region: Region, size: float, theme: Theme
    ) -> None:
        colors = {
            "name": theme.ink,
            "call": theme.faint,
            "argument": theme.prediction,
            "number": theme.accent,
            "loss": theme.loss,
            "optimizer": theme.optimizer,
        }
        size = fitting_size(lines, region, size)
        pitch = min(size * 2.1, region.height / len(lines))
        widest = max(_width(line, size) for line in lines)
        base = region.y - pitch * (len(lines) - 1) / 2 + CAP_HEIGHT * size / 2
        self.parts: dict[str, list[Label]] = defaultdict(list)
        self.lines = []
        for at, line in enumerate(lines):
            x, labels = region.x - widest / 2, []
            for text, role in line:
                label = Label(text, size, colors[role], face=MONO, weight=CODE_WEIGHT)
                labels.append(label.put(x, base + at * pitch))
                self.parts[role].append(label)
                x += label.width_px
            self.lines.append(VGroup(*labels))
        super().__init__(*self.lines)


def fitting_size(lines: Sequence[Sequence[Piece]], region: Region, size: float) -> float:
    """The size at which the longest line fits the region's width, and all of them its height."""
    widest = max(_width(line, size) for line in lines)
    return min(size, size * region.width / widest, region.height / len(lines) / 1.4)


def _width(line: Sequence[Piece], size: float) -> float:
    return text_width("".join(text for text, _ in line), size, CODE_WEIGHT, MONO)
