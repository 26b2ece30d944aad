"""The epoch page in plain Manim: what a user who knows Manim writes for one lecture.

    BENCH_RECORD=run.json manim -qh --disable_caching plain_page.py PlainPage

It shows what `own_page.py` shows, for as long: title, epoch, network, every parameter,
predictions and truth stand for a second; then, for each further epoch, the numbers count for a
second and stand for another. BENCH_EPOCHS names the epochs.
"""

import json
import os
from itertools import chain, pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    TEAL_E,
    UP,
    ChangeDecimalToValue,
    Circle,
    DecimalNumber,
    Line,
    MathTypst,
    Mobject,
    Rectangle,
    Scene,
    Text,
    VGroup,
)


def states() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The record, and of its epochs those to show."""
    record = json.loads(Path(os.environ["BENCH_RECORD"]).read_text(encoding="utf-8"))
    shown = [int(epoch) for epoch in os.environ["BENCH_EPOCHS"].split(",")]
    by_epoch = {state["epoch"]: state for state in record["epochs"]}
    return record, [by_epoch[epoch] for epoch in shown]


def blocks(state: dict[str, Any]) -> list[np.ndarray]:
    """All numbers that change with the epoch: epoch, predictions, then each parameter array."""
    arrays = chain.from_iterable(layer.values() for layer in state["parameters"])
    columns = [[state["epoch"]], state["predictions"], *arrays]
    return [np.asarray(column, dtype=float) for column in columns]


def numbers(values: Any, places: int, size: float) -> VGroup:
    """One DecimalNumber per value."""
    look: dict[str, Any] = {"num_decimal_places": places, "mob_class": MathTypst, "font_size": size}
    return VGroup(DecimalNumber(value, **look) for value in np.asarray(values, dtype=float).flat)


def network(widths: list[int]) -> VGroup:
    """A circle per unit, a line per weight."""
    columns = [VGroup(Circle(radius=0.13) for _ in range(n)).arrange(DOWN) for n in widths]
    units = VGroup(*columns).arrange(RIGHT, buff=1.3)
    edges = (
        Line(start, end, buff=0.13, stroke_width=2)
        for left, right in pairwise(columns)
        for start, end in product(left, right)
    )
    return VGroup(units, *edges)


class PlainPage(Scene):
    """Numbers counting from epoch to epoch."""

    def construct(self) -> None:
        """Build the page, then play it."""
        record, (first, *later) = states()
        data = record["data"]
        bar = Rectangle(width=14.3, height=0.7, stroke_width=0)
        bar.set_fill(TEAL_E, opacity=1).to_edge(UP, buff=0)
        name = "训练神经网络：loss function 损失函数"
        title = Text(name, font="Noto Sans CJK SC", font_size=26).move_to(bar)

        epoch, predictions, *parameters = blocks(first)
        counter = numbers(epoch, 0, 32).next_to(bar, DOWN, buff=0.3).shift(4.5 * LEFT)
        label = Text("Epoch:", font_size=26).next_to(counter, LEFT)
        inputs = numbers(data["inputs"], 0, 20).arrange(DOWN, buff=0.1)
        outputs = numbers(predictions, 6, 20).arrange(DOWN, buff=0.1)
        truth = numbers(data["targets"], 0, 20).arrange(DOWN, buff=0.1)
        for column, x in ((inputs, -6.4), (outputs, 4.9), (truth, 6.5)):
            column.move_to((x, -0.5, 0))
        weights = VGroup(numbers(array, 6, 18) for array in parameters)
        for array in weights:
            array.arrange_in_grid(cols=min(4, len(array)), buff=0.15)
        weights.arrange(DOWN, aligned_edge=LEFT, buff=0.15).move_to(1.8 * DOWN)
        widths = [len(data["inputs"][0]), *(layer["shape"][-1] for layer in record["layers"])]
        drawn = network(widths).move_to(1.5 * UP)

        still: list[Mobject] = [bar, title, label, drawn, inputs, truth]
        self.add(*still, counter, outputs, weights)
        self.wait()
        moving = [*counter, *outputs, *chain.from_iterable(weights)]
        for state in later:
            values = np.concatenate([block.ravel() for block in blocks(state)])
            self.play(*map(ChangeDecimalToValue, moving, values), run_time=1)
            self.wait()
