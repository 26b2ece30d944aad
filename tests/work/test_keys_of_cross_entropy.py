"""Where a beat of a cross-entropy has the same key, it is the same picture."""

import random
from dataclasses import replace

import numpy as np
import pytest

from epochreel.record.record import Record
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of
from tests.work.test_keys_hold import _any_code, beat_frames, beat_keys, same

__all__ = ["_any_code"]  # the fixture that every test here stands on
pytestmark = [pytest.mark.manim, pytest.mark.render]
SCENES = ("loss_formula", "loss_evaluation")


def small() -> Record:
    record = a_record(**{**RECORDS["logits"], "trained": 3, "count": 6})
    return replace(record, validation=None)


def changed(record: Record, number: int) -> Record:
    """Something else of the record is another."""
    rng = random.Random(number)
    predictions = record.predictions.copy()
    last = replace(record.layers[-1], activation="sigmoid")
    return (
        replace(record, history={"loss": record.losses * [1, 1, 1, 1.5]}),
        replace(record, layers=(*record.layers[:-1], last)),
        replace(record, class_names=("no", "yes")),
        replace(record, inputs=record.inputs * rng.random()),
        replace(record, targets=1 - record.targets),
        replace(record, predictions=np.roll(predictions, 1, axis=1)),
        replace(record, parameters=tuple(record.parameters[::-1])),
        replace(record, hyperparameters={**record.hyperparameters, "loss_settings": {}}),
    )[number]


@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("scene", SCENES)
def test_the_same_key_is_the_same_picture(scene: str, number: int) -> None:
    one, two = show_of(small()), show_of(changed(small(), number))
    keys = beat_keys(scene, one), beat_keys(scene, two)
    frames = beat_frames(scene, one), beat_frames(scene, two)

    for beat in {*keys[0]} & {*keys[1]}:
        if keys[0][beat] == keys[1][beat]:
            assert same(frames[0][beat], frames[1][beat]), beat
