"""What a network puts out, read as probabilities of classes."""

import numpy as np
import pytest

from epochreel.record.classes import classes_of, labels_of, probabilities_of, targets_of
from tests.records import RECORDS, a_record


def test_one_output_says_how_probable_the_second_class_is() -> None:
    found = probabilities_of(np.array([[0.9], [0.2]]), {})
    assert found == pytest.approx(np.array([[0.1, 0.9], [0.8, 0.2]]))


def test_logits_become_probabilities() -> None:
    said = {"loss_settings": {"from_logits": True}}
    assert probabilities_of(np.array([[0.0], [800.0]]), said)[:, 1].tolist() == [0.5, 1.0]
    rows = probabilities_of(np.array([[0.0, np.log(3.0)]]), said)
    assert rows == pytest.approx(np.array([[0.25, 0.75]]))


@pytest.mark.parametrize("outputs", [1, 2])
def test_labels_become_targets_and_back(outputs: int) -> None:
    labels = np.array([1, 0, 1])
    targets = targets_of(labels, outputs)
    assert targets.shape == (3, outputs)
    assert labels_of(targets).tolist() == [1, 0, 1]


def test_numbers_are_no_classes() -> None:
    assert classes_of(a_record()) is None
    assert classes_of(a_record(**RECORDS["three labels"])) is None


def test_right_is_what_is_most_probable() -> None:
    record = a_record(**RECORDS["two classes"])
    classes = classes_of(record)
    assert classes
    guessed = (record.predictions[:, :, 0] > 0.5) == (record.targets[:, 0] == 1)
    assert (classes.right == guessed).all()
    assert classes.right.mean(axis=1) == pytest.approx(record.history["accuracy"])
