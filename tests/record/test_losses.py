"""Losses term by term are Keras' own, as far as float32 goes."""

from decimal import Decimal

import numpy as np
import pytest

from epochreel.record.losses import in_float32, loss_of

NAMES = ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")


def pairs(scale: float, shape: tuple[int, int] = (7, 3)) -> np.ndarray:
    """Targets and predictions, (2, samples, outputs), as float32 has them."""
    return in_float32(scale * np.random.default_rng(5).normal(size=(2, *shape)))


@pytest.mark.keras
@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1.0, 1e3, 1e6])
@pytest.mark.parametrize("name", NAMES)
def test_the_mean_is_the_loss_of_keras(name: str, scale: float) -> None:
    import keras

    targets, predictions = pairs(scale)
    loss = loss_of({"loss": name})
    assert loss
    expected = keras.losses.get(name)(targets.astype("float32"), predictions.astype("float32"))

    found = loss.mean(targets, predictions)

    assert loss.terms(targets, predictions).shape == (7, 3)
    assert found == pytest.approx(float(np.mean(expected)), rel=1e-6, abs=loss.rounding)


@pytest.mark.keras
def test_both_names_of_huber_and_its_delta_are_those_of_keras() -> None:
    import keras

    targets, predictions = pairs(2.0)
    for delta in (0.1, 1.0, 2.5):
        recorded = keras.losses.Huber(delta=delta)
        loss = loss_of({"loss": recorded.name, "loss_settings": {"delta": delta}})
        assert loss
        expected = float(recorded(targets.astype("float32"), predictions.astype("float32")))
        assert loss.mean(targets, predictions) == pytest.approx(expected, rel=1e-6)


@pytest.mark.keras
def test_short_names_are_recorded_as_long_ones() -> None:
    import keras

    for short in ("mse", "mae", "huber", "log_cosh"):
        assert loss_of({"loss": keras.losses.get(short).__name__})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scale", [1e-30, 1e-12, 1e-3, 1.0, 1e12, 1e30])
def test_arrays_and_decimals_give_the_same_terms(name: str, scale: float) -> None:
    loss = loss_of({"loss": name, "loss_settings": {"delta": 0.5}})
    assert loss
    errors = pairs(scale)[0].ravel()

    exact = [float(loss.of_error(Decimal(error))) for error in errors]

    assert loss.of_errors(errors) == pytest.approx(exact, rel=1e-13, abs=0)


def test_small_errors_of_log_cosh_keep_their_digits() -> None:
    loss = loss_of({"loss": "log_cosh"})
    assert loss
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
    assert loss_of({"loss": "binary_crossentropy"}) is None


@pytest.mark.parametrize(
    "said", [{"loss_kind": "function"}, {"loss_settings": {"reduction": "sum"}}]
)
def test_an_own_loss_of_a_known_name_and_a_sum_are_none_of_them(said: dict[str, object]) -> None:
    assert loss_of({"loss": "huber"}) is not None
    assert loss_of({"loss": "huber", **said}) is None
