"""The loss as a formula and worked out: for every loss, and true of the record."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest

from epochreel.numbers import read, spoken
from epochreel.record.losses import loss_of
from epochreel.record.record import Record
from scenes.drawing.text import Label
from scenes.stage.catalogue import shipped
from scenes.stage.checks import outside, overlapping, texts_of, too_small
from scenes.stage.render import caption_of, title_of, why_not
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim
FORMULA, EVALUATION = (shipped()[name] for name in ("loss_formula", "loss_evaluation"))
LOSSES = ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")


def with_loss(record: Record, name: str, **settings: float) -> Record:
    """The record as if it had been trained with that loss, its losses in float32."""
    hyperparameters: Mapping[str, Any] = {
        **record.hyperparameters,
        "loss": name,
        "loss_settings": settings,
    }
    loss = loss_of(hyperparameters)
    assert loss
    losses = [loss.mean(record.targets, predictions) for predictions in record.predictions]
    return replace(
        record,
        hyperparameters=hyperparameters,
        history={"loss": np.array([float(f"{mean:.7g}") for mean in losses])},
    )


def ending_near(record: Record, error: float) -> Record:
    """The record with last predictions that are off by about `error` times what they were."""
    predictions = record.predictions.copy()
    predictions[-1] = record.targets + error * (predictions[-1] - record.targets)
    return replace(record, predictions=predictions)


@pytest.mark.parametrize("error", [1e-3, 1e-7, 1e6])
@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("kind", ["lecture", "several"])
def test_every_loss_lays_out_well(
    kind: str, name: str, error: float, walk_through: WalkThrough
) -> None:
    record = with_loss(ending_near(a_record(**RECORDS[kind]), error), name)
    show = show_of(record, "en", "night")
    for scene_code in (FORMULA, EVALUATION):
        assert why_not(scene_code, show) is None
        for beat, scene in walk_through(scene_code, show):
            assert "{" not in caption_of(scene_code, beat, show)
            assert outside(scene) == []
            assert overlapping(scene) == []
            assert too_small(scene) == []


NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:e−?\d+)?")
RESULT = re.compile(r"(=|approx) ([\d.]+)(?: times 10\^\((-?\d+)\))? \$$")


def result(source: str) -> Decimal:
    """The number behind the last sign of equality in a formula for Typst."""
    found = RESULT.search(source)
    assert found
    return Decimal(found[2]).scaleb(int(found[3] or 0))


@pytest.mark.parametrize("error", [1.0, 1e-4, 1e-7, 1e6])
@pytest.mark.parametrize("name", LOSSES)
def test_what_stands_on_a_card_adds_up(name: str, error: float, walk_through: WalkThrough) -> None:
    record = with_loss(ending_near(a_record(), error), name)
    loss = loss_of(record.hyperparameters)
    assert loss
    *_, (_, scene) = walk_through(EVALUATION, show_of(record))

    for card, worked in zip(scene.cards, scene.worked):  # type: ignore[attr-defined]
        total, mean = result(card.total.typst_code), result(card.mean[0].typst_code)
        values = []
        for term, (sign, value, *_) in zip(card.terms, card.values):
            target, prediction = map(read, NUMBER.findall("".join(label.text for label in term)))
            with localcontext(prec=60):
                exact = loss.of_error(target - prediction).scaleb(-worked.exponent)
            values.append(read(value.text))
            last = Decimal(1).scaleb(values[-1].as_tuple().exponent)
            assert abs(values[-1] - exact) <= last
            assert sign.text == "≈" or values[-1] == exact
        assert sum(values).scaleb(worked.exponent) == total
        assert abs(mean - total / 20) <= mean * Decimal("5e-4")


def test_chapters_and_captions_name_the_loss() -> None:
    for name, title in zip(
        LOSSES,
        (
            "The mean squared error",
            "The mean absolute error",
            "The Huber loss",
            "The log-cosh loss",
        ),
    ):
        show = show_of(with_loss(a_record(), name), "en")
        assert title_of(FORMULA, show) == title
    zh = show_of(a_record(), "zh")
    assert (title_of(FORMULA, zh), title_of(EVALUATION, zh)) == ("均方误差公式", "均方误差计算")


def captions(record: Record, code: Any, walk_through: WalkThrough) -> dict[str, str]:
    show = show_of(record, "en")
    return {beat.name: caption_of(code, beat, show) for beat, _ in walk_through(code, show)}


def test_captions_say_what_became_of_the_loss(walk_through: WalkThrough) -> None:
    def smaller(**settings: Any) -> str:
        return captions(a_record(**settings), FORMULA, walk_through)["smaller"]

    fell = with_loss(ending_near(a_record(), 0.1), "mean_squared_error")
    caption = captions(fell, FORMULA, walk_through)["smaller"]
    assert caption.endswith(f"before training, {spoken(fell.losses[-1])} after it.")
    assert "but here it rises" in smaller()
    assert "not finite from epoch 6" in smaller(**RECORDS["diverged"])
    assert "232.1 at epoch 0, 232.1 at epoch 12" in smaller(constant=True)
    assert smaller(epochs=(3,)) == "The smaller, the better: at epoch 3 it is 232.1."


def test_only_epoch_0_is_before_training(walk_through: WalkThrough) -> None:
    def said(**settings: Any) -> str:
        return captions(a_record(**settings), EVALUATION, walk_through)["substitution"]

    assert said().endswith("before training and after.")
    assert said(epochs=(2, 5)).endswith("at epochs 2 and 5.")
    assert said(epochs=(4,)).endswith("at epoch 4.")
    assert "the 1 pair into" in said(samples=1)


def test_one_epoch_is_one_card(walk_through: WalkThrough) -> None:
    for _, scene in walk_through(EVALUATION, show_of(a_record(epochs=(0,)))):
        heads = [text.text for text in texts_of(scene) if "Epoch" in getattr(text, "text", "")]
        assert heads == ["Epoch = 0  训练前"]


def test_all_outputs_are_worked_out(walk_through: WalkThrough) -> None:
    record = a_record(widths=(1, 3, 2), samples=4)
    *_, (beat, scene) = walk_through(EVALUATION, show_of(record, "en"))
    formulas = [text.typst_code for text in texts_of(scene) if hasattr(text, "typst_code")]

    assert beat.caption.values["count"] == 8
    assert sum("sum_(i=1)^8" in source for source in formulas) == 2
    assert spoken(record.losses[0]) in caption_of(EVALUATION, beat, show_of(record, "en"))


def test_a_loss_that_the_terms_do_not_give_is_not_worked_out() -> None:
    record = a_record()
    weighted = replace(record, history={"loss": record.losses * 1.5})
    own = replace(record, hyperparameters={**record.hyperparameters, "loss": "my_own"})

    assert why_not(FORMULA, show_of(weighted)) is None
    assert why_not(EVALUATION, show_of(weighted)) == (
        "at epoch 0 the loss is 348.1, and that of the recorded predictions 232.1"
    )
    for code in (FORMULA, EVALUATION):
        assert why_not(code, show_of(own)) == "the loss is 'my_own'"


def test_a_loss_below_float32_is_told_as_it_is_recorded(walk_through: WalkThrough) -> None:
    record = with_loss(ending_near(a_record(), 1e-6), "log_cosh")
    # What Keras makes of errors of 1e-5, with softplus and log(2) in float32.
    rough = replace(record, history={"loss": np.array([*record.losses[:-1], 5.960464e-08])})
    show = show_of(rough, "en")
    *_, (beat, scene) = walk_through(EVALUATION, show)
    labels = [text.text for text in texts_of(scene) if isinstance(text, Label)]

    assert "recorded: 5.96e−08, computed in float32" in labels
    assert spoken(record.losses[-1]) in caption_of(EVALUATION, beat, show)


def test_delta_stands_where_it_turns(walk_through: WalkThrough) -> None:
    show = show_of(with_loss(a_record(), "huber", delta=2.5), "en")
    told = {
        beat.name: [getattr(text, "text", "") for text in texts_of(page)]
        for beat, page in walk_through(FORMULA, show)
    }
    *_, (_, worked) = walk_through(EVALUATION, show)

    assert any("2.5, where" in text for text in told["symbols"])
    assert any("2.5 × (25.595014 − 1.25)" in getattr(text, "text", "") for text in texts_of(worked))
