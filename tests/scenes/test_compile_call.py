"""The two calls on their page, and what came of them."""

from dataclasses import replace

import numpy as np
import pytest

from scenes.drawing.layout import Region
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.parts.code import CodeBlock
from scenes.stage.catalogue import shipped
from scenes.stage.checks import problems, texts_of
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim
ENTRY = shipped()["compile_call"]


def seen_and_said(walk_through: WalkThrough, kind: str) -> tuple[list[str], list[str]]:
    """What stands on the page at the end, and the captions on the way there."""
    show = show_of(a_record(**RECORDS[kind]), "en")
    said = []
    for beat, scene in walk_through(ENTRY, show):
        said.append(beat.caption.text("en"))
        seen = [label.text for label in texts_of(scene) if isinstance(label, Label)]
    return seen, said


def test_a_run_that_stopped_shows_what_was_asked_for_and_what_was_trained(
    walk_through: WalkThrough,
) -> None:
    seen, said = seen_and_said(walk_through, "stopped early")

    assert "500" in seen
    assert "12 epochs trained" in seen
    assert said[0] == "Compile and fit: epochs asked for 500, trained 12."


def test_a_run_that_diverges_has_not_stopped(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["diverged"])
    asked = record.hyperparameters["epochs"]
    seen, said = seen_and_said(walk_through, "diverged")

    assert record.epochs[-1] < asked
    assert not [text for text in seen if "trained" in text]
    assert said[0] == f"Compile and fit: a loss function, an optimizer, {asked} epochs."


def test_a_whole_run_says_its_epochs_once(walk_through: WalkThrough) -> None:
    seen, said = seen_and_said(walk_through, "lecture")

    assert [text for text in seen if "12" in text] == ["12"]
    assert said == [
        "Compile and fit: a loss function, an optimizer, 12 epochs.",
        "The loss function, MeanSquaredError, says how far off predictions are.",
        "The optimizer, Adam with learning rate 0.1, says how to change the weights.",
    ]


def test_what_is_ones_own_is_called_by_its_name(walk_through: WalkThrough) -> None:
    seen, said = seen_and_said(walk_through, "own optimizer")

    assert "loss=我的损失函数(weight=0.5)" in seen
    assert "optimizer=MyAdamWithWarmRestarts(PiecewiseConstantDecay(...))" in seen
    assert said[2] == (
        "The optimizer is MyAdamWithWarmRestarts: it says how to change the weights. "
        "PiecewiseConstantDecay sets the learning rate, 0.1 at first."
    )


def test_metrics_and_validation_data_are_in_the_calls(walk_through: WalkThrough) -> None:
    seen, said = seen_and_said(walk_through, "two classes")

    assert "loss=tf.keras.losses.BinaryCrossentropy()" in seen
    assert 'metrics=["accuracy"])' in "".join(seen)
    assert "validation_data=(X_val, Y_val)" in "".join(seen)
    assert "BinaryCrossentropy" in said[1]
    assert "metrics=" not in "".join(seen_and_said(walk_through, "lecture")[0])


def test_a_long_call_can_be_read(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["ten classes"])
    settings = {"beta_1": 0.8, "beta_2": 0.99, "epsilon": 1e-6, "amsgrad": True, "clipnorm": 1.0}
    more = {"optimizer_settings": settings, "loss_settings": {"from_logits": True, "axis": 1}}
    used = {**record.hyperparameters, **more}

    for _, scene in walk_through(ENTRY, show_of(replace(record, hyperparameters=used), "en")):
        assert problems(scene) == []


def test_a_line_is_typed_letter_by_letter_and_whole_in_the_end() -> None:
    pieces = [("model", "name"), (".compile(", "call"), ("loss=我的损失函数()", "loss")]
    (line,) = CodeBlock([pieces], Region(0, 0, 1600, 100), 40, PAPER).lines
    whole = [piece.points.copy() for piece in line]

    line.grow_to(0.5)
    typed = [len(piece.points) / len(points) for piece, points in zip(line, whole)]
    assert typed[:2] == [1, 1] and typed[2] < 0.5
    line.grow_to(0)
    assert not any(len(piece.points) for piece in line)
    line.grow_to(1)
    line.join()
    assert all(np.array_equal(piece.points, points) for piece, points in zip(line, whole))


def test_what_is_spoken_of_alone_is_bright_until_the_end(walk_through: WalkThrough) -> None:
    loss, optimizer, rest = [], [], []
    for _, scene in walk_through(ENTRY, show_of(a_record(), "en")):
        parts = scene.compile.parts  # type: ignore[attr-defined]
        (loss_color,), (optimizer_color,) = (
            {piece.get_fill_color().to_hex() for piece in parts[role]}
            for role in ("loss", "optimizer")
        )
        loss.append(loss_color == PAPER.loss.upper())
        optimizer.append(optimizer_color == PAPER.optimizer.upper())
        rest.append(parts["name"][0].get_fill_color().to_hex() == PAPER.ink.upper())

    assert (loss, optimizer, rest) == ([1, 1, 1], [1, 0, 1], [1, 0, 1])


@pytest.mark.parametrize("kind", ["lecture", "two classes", "own optimizer"])
def test_both_calls_are_of_one_size_and_start_at_one_margin(
    kind: str, walk_through: WalkThrough
) -> None:
    _, scene = next(walk_through(ENTRY, show_of(a_record(**RECORDS[kind]), "en")))
    first = next(line[0] for line in scene.lines if line[0].text.startswith("model"))
    then = next(line[0] for line in scene.lines if line[0].text.startswith("history"))

    assert first.size == pytest.approx(then.size)
    assert first.points[0, 0] == pytest.approx(then.points[0, 0])
