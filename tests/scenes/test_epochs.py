"""What is said of each epoch is what the loss did."""

from dataclasses import replace

import numpy as np
import pytest

from epochreel.record.record import Record
from scenes.stage.catalogue import shipped
from scenes.stage.render import captions
from tests.records import RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim


def said(record: Record, *settings: str) -> dict[str, str]:
    return captions(shipped()["epochs"], show_of(record, "en", "paper", *settings))


def test_a_loss_falls_rises_or_stays() -> None:
    record = a_record(epochs=(0, 1, 2, 3, 10, 20))
    losses = np.array([4.0, 3.0, 3.5, 3.5, 2.0, 9.0])
    found = said(replace(record, history={"loss": losses}), "film.shown_epochs=[0, 1, 2, 3, 20]")

    assert found == {
        "initial": "Epoch 0: the network has 27 parameters, and its loss is 4.",
        "epoch-1": "After epoch 1 the loss has fallen from 4 to 3.",
        "epoch-2": "After epoch 2 the loss has risen from 3 to 3.5.",
        "epoch-3": "At epoch 3 the loss is 3.5, as before.",
        "epoch-20": "From epoch 3 to 20 the loss rises from 3.5 to 9.",
    }


def test_a_run_that_diverges_says_from_which_epoch_at_its_end() -> None:
    *others, last = said(a_record(**RECORDS["diverged"])).values()

    assert last.endswith("; from epoch 6 on it is not finite.")
    assert not [caption for caption in others if "finite" in caption]


def test_a_run_that_diverges_at_once_says_so_too() -> None:
    record = a_record(epochs=(0,), diverged_at=1)

    assert [*said(record).values()] == [
        "Epoch 0: the network has 27 parameters, and its loss is 232.1; "
        "from epoch 1 on it is not finite."
    ]
