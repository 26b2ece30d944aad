"""A student with a pencil gets what the page says, from the digits that stand on it."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

import numpy as np
import pytest

from epochreel.numbers import compact, read
from epochreel.record.losses import ErrorLoss, loss_of
from scenes.parts.worked import Worked, work_out

NAMES = ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")
Pairs = tuple[np.ndarray, np.ndarray]


def loss_named(name: str) -> ErrorLoss:
    found = loss_of({"loss": name})
    assert isinstance(found, ErrorLoss)
    return found


def worked_out(
    loss: ErrorLoss, targets: np.ndarray, predictions: np.ndarray, shown: int = 20
) -> Worked:
    """Worked out with the loss as a record has it, in the digits of a float32."""
    recorded = float(str(np.float32(loss.mean(targets, predictions))))
    return work_out(loss, targets, predictions, recorded, range(min(shown, targets.size)))


def far_apart(scale: float, random: np.random.Generator) -> Pairs:
    """Predictions of a network that has learned nothing."""
    return tuple(scale * random.normal(size=(2, 10, 2)).astype(np.float32))


def near(scale: float, random: np.random.Generator) -> Pairs:
    """Predictions a few steps of float32 from the truth, or right."""
    targets = (scale * random.normal(size=(10, 2))).astype(np.float32)
    steps = random.integers(-3, 4, size=targets.shape).astype(np.float32)
    return targets, targets + steps * np.spacing(targets)


def of_all_sizes(scale: float, random: np.random.Generator) -> Pairs:
    """Errors from a millionth of the scale to a million times it."""
    targets = np.zeros((20, 1), dtype=np.float32)
    return targets, (scale * 10.0 ** random.uniform(-6, 6, size=(20, 1))).astype(np.float32)


@pytest.mark.parametrize("scale", [1e-12, 1e-6, 1e-3, 1.0, 19.0, 1e3, 1e6, 1e12])
@pytest.mark.parametrize("kind", [far_apart, near, of_all_sizes])
@pytest.mark.parametrize("name", NAMES)
def test_every_step_can_be_redone_with_the_digits_shown(
    name: str, kind: object, scale: float
) -> None:
    loss = loss_named(name)
    for seed in range(3):
        targets, predictions = kind(scale, np.random.default_rng(seed))  # type: ignore[operator]

        worked = worked_out(loss, targets, predictions)

        with localcontext(prec=200):
            for term in worked.terms:
                difference = read(compact(term.target)) - read(compact(term.prediction))
                error = read(compact(term.error))
                value = loss.of_error(error).scaleb(-worked.exponent)
                places = Decimal(1).scaleb(term.value.as_tuple().exponent)
                assert error == Context(10, ROUND_HALF_EVEN).plus(difference)
                assert term.error_ends == (error != difference)
                assert term.value == value.quantize(places)
                assert term.value_ends == (term.value != value)
            assert worked.total == sum(term.value for term in worked.terms)
            quotient = worked.shown_total.scaleb(worked.exponent) / worked.count
            assert abs(worked.mean - quotient) <= abs(quotient) * Decimal("5e-4")
            assert worked.mean_ends == (worked.mean != quotient)


@pytest.mark.parametrize("scale", [1e-12, 1e-6, 1.0, 19.0, 1e6, 1e12])
@pytest.mark.parametrize("kind", [far_apart, near, of_all_sizes])
@pytest.mark.parametrize("name", NAMES)
def test_the_mean_reads_as_the_recorded_loss(name: str, kind: object, scale: float) -> None:
    loss = loss_named(name)
    for seed in range(10):
        targets, predictions = kind(scale, np.random.default_rng(seed))  # type: ignore[operator]

        worked = worked_out(loss, targets, predictions)

        if loss.mean(targets, predictions) > 1e-38:
            assert worked.agreement >= 4
            assert float(worked.mean) == float(f"{worked.recorded:.{worked.agreement - 1}e}")


@pytest.mark.parametrize("kind", [far_apart, near, of_all_sizes])
@pytest.mark.parametrize("name", NAMES)
def test_no_term_but_a_zero_reads_zero(name: str, kind: object) -> None:
    loss = loss_named(name)
    targets, predictions = kind(19.0, np.random.default_rng(4))  # type: ignore[operator]

    worked = worked_out(loss, targets, predictions)

    for term, exact in zip(worked.terms, loss.terms(targets, predictions).ravel()):
        assert (term.value == 0) == (exact == 0)
        assert float(term.value.scaleb(worked.exponent)) == pytest.approx(exact, rel=0.06)


def test_a_value_shows_the_digits_of_the_record_where_they_do() -> None:
    worked = worked_out(
        loss_named("mean_squared_error"), np.array([[-19.0], [2.0]]), np.array([[6.595014], [0.1]])
    )

    assert [compact(term.prediction) for term in worked.terms] == ["6.595014", "0.1"]


def test_a_value_next_to_the_truth_shows_more_digits() -> None:
    # In the record's digits these are 2e-6 apart, in float32 one step of 2 to the -19.
    worked = worked_out(
        loss_named("mean_squared_error"), np.array([[-19.0]]), np.array([[-18.999998]])
    )

    assert compact(worked.terms[0].prediction) == "−18.99999809265"
    assert compact(worked.terms[0].error) == "−1.90735e−06"
    assert compact(worked.mean) == compact(worked.total.scaleb(-12)) == "3.638e−12"


def test_exact_digits_do_not_end() -> None:
    worked = worked_out(
        loss_named("mean_squared_error"), np.array([[-19.0], [2.0]]), np.array([[-19.5], [0.5]])
    )

    assert [str(term.value) for term in worked.terms] == ["0.2500", "2.2500"]
    assert (worked.total, worked.mean) == (Decimal("2.5"), Decimal("1.25"))
    assert not (worked.total_ends or worked.mean_ends)


def test_perfect_predictions_have_a_loss_of_zero() -> None:
    for name in NAMES:
        worked = worked_out(loss_named(name), np.ones((3, 2)), np.ones((3, 2)))
        assert worked.exponent == worked.total == worked.mean == 0
        assert not (worked.total_ends or worked.mean_ends)
        assert worked.agreement


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_shown_is_in_the_sum(name: str) -> None:
    loss = loss_named(name)
    targets, predictions = far_apart(19.0, np.random.default_rng(6))
    whole = worked_out(loss, targets, predictions)

    part = worked_out(loss, targets, predictions, shown=4)

    assert len(part.terms) == 4
    assert (part.count, part.total, part.mean) == (20, whole.total, whole.mean)
    assert part.total_ends


def test_a_hidden_term_whose_digits_end_makes_the_sum_end() -> None:
    targets, predictions = np.zeros((2, 1)), np.array([[0.5], [0.123456]])

    assert worked_out(loss_named("mean_squared_error"), targets, predictions, shown=1).total_ends


def test_a_loss_that_float32_does_not_hold_agrees_in_no_digit() -> None:
    targets, predictions = np.array([[1e-5], [0.3e-5]]), np.zeros((2, 1))

    small = work_out(loss_named("log_cosh"), targets, predictions, 6e-8, range(2))

    assert small.agreement == 0
    assert compact(small.mean) == "2.725e−11"
    assert [str(term.value) for term in small.terms] == ["5.0000", "0.4500"]


def test_the_largest_finite_values_are_worked_out() -> None:
    targets, predictions = np.array([[-19.0], [1e-30]]), np.array([[1e30], [-3e38]])
    for name in NAMES:
        loss = loss_named(name)
        worked = work_out(
            loss, targets, predictions, loss.mean(targets, predictions), range(targets.size)
        )
        assert worked.agreement >= 4
        assert all(len(compact(term.error)) < 16 for term in worked.terms)
