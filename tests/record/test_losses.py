"""Losses term by term, in arrays and in decimals; `tests/training` holds them against Keras."""

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from epochreel.record.cross_entropy import CrossEntropy
from epochreel.record.losses import ErrorLoss, in_float32, loss_of
from epochreel.record.record import Layer

NAMES = ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")


def pairs(scale: float, shape: tuple[int, int] = (7, 3)) -> np.ndarray:
    """Targets and predictions, (2, samples, outputs), as float32 has them."""
    return in_float32(scale * np.random.default_rng(5).normal(size=(2, *shape)))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scale", [1e-30, 1e-12, 1e-3, 1.0, 1e12, 1e30])
def test_arrays_and_decimals_give_the_same_terms(name: str, scale: float) -> None:
    loss = loss_of({"loss": name, "loss_settings": {"delta": 0.5}})
    assert isinstance(loss, ErrorLoss)
    errors = pairs(scale)[0].ravel()

    exact = [float(loss.of_error(Decimal(error))) for error in errors]

    assert loss.of_errors(errors) == pytest.approx(exact, rel=1e-13, abs=0)


def test_small_errors_of_log_cosh_keep_their_digits() -> None:
    loss = loss_of({"loss": "log_cosh"})
    assert isinstance(loss, ErrorLoss)
    assert loss.of_errors(np.array([0.0, -2e-9])) == pytest.approx([0, 2e-18], abs=0)
    assert loss.of_error(Decimal(0)) == 0


def test_values_are_read_as_the_float32_they_were() -> None:
    loss = loss_of({"loss": "mean_absolute_error"})
    assert loss
    # In the record's digits these are 2e-6 apart, in float32 one step, which is 2 to the -19.
    assert loss.mean(np.array([[-19.0]]), np.array([[-18.999998]])) == 2**-19


def test_a_recorded_loss_is_held_against_the_mean() -> None:
    targets, predictions = pairs(1.0)
    for name in NAMES:
        loss = loss_of({"loss": name})
        assert loss
        mean = loss.mean(targets, predictions)
        assert loss.gives(float(np.float32(mean)), targets, predictions)
        assert not loss.gives(1.001 * mean, targets, predictions)
        assert not loss.gives(21 * mean, targets, predictions)


def test_a_loss_too_small_for_float32_may_be_recorded_as_none() -> None:
    near = np.array([[1e-25], [0.0]])
    for name in ("mean_squared_error", "log_cosh"):
        loss = loss_of({"loss": name})
        assert loss
        assert loss.gives(0.0, near, np.zeros((2, 1)))


def test_another_loss_is_none_of_these() -> None:
    assert loss_of({"loss": "cosine_similarity"}) is None


@pytest.mark.parametrize(
    "said", [{"loss_kind": "function"}, {"loss_settings": {"reduction": "sum"}}]
)
def test_an_own_loss_of_a_known_name_and_a_sum_are_none_of_them(said: dict[str, object]) -> None:
    assert loss_of({"loss": "huber"}) is not None
    assert loss_of({"loss": "huber", **said}) is None


CLASSES = np.eye(3)[[0, 2]]
SHARES = np.array([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]])
CATEGORICAL = ("categorical_crossentropy", "sparse_categorical_crossentropy")


def cross_entropy(name: str, activation: str | None = None, **settings: Any) -> CrossEntropy:
    last = () if activation is None else (Layer("last", "Dense", (3,), activation),)
    found = loss_of({"loss": name, "loss_settings": settings}, last)
    assert isinstance(found, CrossEntropy)
    return found


def test_a_binary_cross_entropy_has_a_term_for_every_output() -> None:
    loss = cross_entropy("binary_crossentropy")
    targets, shares = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.75, 0.25], [0.5, 0.125]])
    assert loss.probabilities(targets, shares) == pytest.approx(
        np.array([[0.75, 0.75], [0.5, 0.125]])
    )
    assert loss.terms(targets, shares)[1] == pytest.approx([math.log(2), math.log(8)])
    logits = np.log(shares / (1 - shares))
    of_logits = cross_entropy("binary_crossentropy", from_logits=True)
    assert of_logits.terms(targets, logits) == pytest.approx(loss.terms(targets, shares), rel=1e-6)
    assert of_logits.probabilities(targets, logits) == pytest.approx(
        loss.probabilities(targets, shares), rel=1e-6
    )


@pytest.mark.parametrize("activation", [None, "softmax"])
@pytest.mark.parametrize("name", CATEGORICAL)
def test_a_categorical_one_has_a_term_for_every_sample(name: str, activation: str | None) -> None:
    loss = cross_entropy(name, activation)
    assert loss.probabilities(CLASSES, SHARES) == pytest.approx(np.array([[0.5], [0.8]]))
    assert loss.terms(CLASSES, SHARES) == pytest.approx(-np.log([[0.5], [0.8]]))
    of_logits = cross_entropy(name, from_logits=True)
    logits = np.log(SHARES) + 7
    assert of_logits.terms(CLASSES, logits) == pytest.approx(-np.log([[0.5], [0.8]]), rel=1e-6)
    assert of_logits.probabilities(CLASSES, logits) == pytest.approx(
        np.array([[0.5], [0.8]]), rel=1e-6
    )


@pytest.mark.parametrize("activation", [None, "sigmoid", "softmax"])
@pytest.mark.parametrize("name", ["binary_crossentropy", *CATEGORICAL])
def test_each_term_is_the_logarithm_of_what_the_truth_was_given(
    name: str, activation: str | None
) -> None:
    loss = cross_entropy(name, activation)
    shares = np.array([[1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.2, 0.7, 0.1], [1 - 3e-7, 2e-7, 1e-7]])
    targets = np.eye(3)[[0, 1, 2, 0]]
    given, terms = loss.probabilities(targets, shares), loss.terms(targets, shares)
    exact = [float(loss.of_probability(Decimal(float(each)))) for each in given.ravel()]

    assert given.shape == terms.shape
    assert (given > 0).all()
    assert terms.ravel() == pytest.approx(exact, rel=1e-6, abs=1e-15)
    assert np.isfinite(loss.slopes(targets, shares)).all()


def test_exact_logarithms_have_forty_digits() -> None:
    loss = cross_entropy("binary_crossentropy")
    # ln 2, as it is in tables.
    assert str(loss.of_probability(Decimal("0.5")))[:38] == "0.693147180559945309417232121458176568"
    assert loss.of_probability(Decimal(1)) == 0


def test_without_its_own_activation_a_probability_is_kept_from_0_and_1() -> None:
    wrong = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1e-30]])
    for name, own in (("binary_crossentropy", "sigmoid"), ("categorical_crossentropy", "softmax")):
        for activation in (None, "softplus"):
            assert cross_entropy(name, activation).terms(CLASSES, wrong)[1].max() < 17
        assert cross_entropy(name, own).terms(CLASSES, wrong)[1].max() > 69


def test_smoothed_or_shared_truths_are_more_than_one_logarithm() -> None:
    for name in ("binary_crossentropy", "categorical_crossentropy"):
        assert cross_entropy(name).is_plain(CLASSES)
        assert not cross_entropy(name).is_plain(0.9 * CLASSES)
        smooth = cross_entropy(name, label_smoothing=0.1)
        assert not smooth.is_plain(CLASSES)
        assert smooth.mean(CLASSES, CLASSES) > 0.3


@pytest.mark.parametrize("settings", [{"reduction": "sum"}, {"ignore_class": 1}, {"axis": 0}])
def test_a_cross_entropy_that_is_summed_or_leaves_out_a_class_is_not_known(
    settings: dict[str, object],
) -> None:
    for name in CATEGORICAL:
        assert loss_of({"loss": name, "loss_settings": settings}) is None


def test_slopes_point_to_where_the_loss_rises() -> None:
    targets, predictions = pairs(1.0)
    for name in NAMES:
        loss = loss_of({"loss": name})
        assert loss
        slopes = loss.slopes(targets, predictions)
        step = 1e-3
        rise = loss.mean(targets, predictions + step * np.sign(slopes)) - loss.mean(
            targets, predictions
        )
        assert rise == pytest.approx(step * np.abs(slopes).sum(), rel=2e-2), name
