"""A student with a calculator gets what the page says, from the digits that stand on it."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

import numpy as np
import pytest

from epochreel.numbers import compact, read
from epochreel.record.cross_entropy import CrossEntropy
from epochreel.record.losses import loss_of
from epochreel.record.record import Layer
from scenes.parts.worked import Worked
from scenes.parts.worked_logs import LogTerm, work_out_logs

LOGITS = {"from_logits": True}
BINARY, CATEGORICAL = "binary_crossentropy", "categorical_crossentropy"
OF_FLOAT64 = 1e-16  # what a logarithm of a float64 next to 1 may be off
SPARSE = "sparse_categorical_crossentropy"


def loss_named(name: str, activation: str = "linear", **settings: object) -> CrossEntropy:
    layers = (Layer("out", "Dense", (3,), activation),)
    found = loss_of({"loss": name, "loss_settings": settings}, layers)
    assert isinstance(found, CrossEntropy)
    return found


def worked_out(
    loss: CrossEntropy, targets: np.ndarray, predictions: np.ndarray, shown: int = 20
) -> Worked[LogTerm]:
    """Worked out with the loss as a record has it, in the digits of a float32."""
    recorded = float(str(np.float32(loss.mean(targets, predictions))))
    count = loss.terms(targets, predictions).size
    return work_out_logs(loss, targets, predictions, recorded, range(min(shown, count)))


def cases() -> list[tuple[CrossEntropy, np.ndarray, np.ndarray]]:
    """A loss with targets and predictions: far from the truth, near to it, and on it."""
    random = np.random.default_rng(2)
    found = []
    for scale in (0.1, 1.0, 5.0, 40.0):
        logits = scale * random.normal(size=(12, 3))
        labels = (random.random((12, 3)) > 0.5).astype(float)
        classes = np.eye(3)[random.integers(0, 3, 12)]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        sigmoid = 1 / (1 + np.exp(-logits))
        found += [
            (loss_named(BINARY, **LOGITS), labels, logits),
            (loss_named(BINARY), labels, sigmoid),
            (loss_named(BINARY, "sigmoid"), labels, sigmoid),
        ]
        for name in (CATEGORICAL, SPARSE):
            found += [
                (loss_named(name, **LOGITS), classes, logits),
                (loss_named(name), classes, shares),
                (loss_named(name, "softmax"), classes, shares),
            ]
    return found


@pytest.mark.parametrize(("loss", "targets", "predictions"), cases())
def test_every_step_can_be_redone_with_the_digits_shown(
    loss: CrossEntropy, targets: np.ndarray, predictions: np.ndarray
) -> None:
    worked = worked_out(loss, targets, predictions, shown=36)
    unit = Decimal(1).scaleb(worked.exponent)

    for term in worked.terms:
        given = read(compact(term.given))
        with localcontext(prec=60):
            with_all_digits = -(1 - given if term.from_one else given).ln() / unit
        last = Decimal(1).scaleb(term.value.as_tuple().exponent)
        assert abs(term.value - with_all_digits) <= last * Decimal("0.5001")
        assert term.ends or term.value == with_all_digits
    with localcontext(prec=400):
        assert sum(term.value for term in worked.terms) == worked.total
    assert worked.shown_total == Context(8).plus(worked.total)
    mean = worked.shown_total * unit / worked.count
    assert worked.mean == Context(len(worked.mean.as_tuple().digits), ROUND_HALF_EVEN).plus(mean)


@pytest.mark.parametrize(("loss", "targets", "predictions"), cases())
def test_terms_are_those_of_the_loss(
    loss: CrossEntropy, targets: np.ndarray, predictions: np.ndarray
) -> None:
    worked = worked_out(loss, targets, predictions, shown=36)

    for term, exact in zip(worked.terms, loss.terms(targets, predictions).ravel(), strict=True):
        shown = float(term.value.scaleb(worked.exponent))
        last = 10.0 ** (term.value.as_tuple().exponent + worked.exponent)
        assert abs(shown - exact) <= 1.01 * last + OF_FLOAT64
        assert exact < OF_FLOAT64 or shown > 0
    assert worked.agreement >= 4


def test_the_digits_are_those_that_the_record_prints() -> None:
    predictions = np.array([[0.25], [0.3], [0.7310586]])

    worked = worked_out(loss_named(BINARY, "sigmoid"), np.array([[1.0], [0.0], [1.0]]), predictions)

    assert [(str(term.given), term.from_one) for term in worked.terms] == [
        ("0.25", False),
        ("0.3", True),
        ("0.7310586", False),
    ]


def test_a_probability_that_keras_clips_is_the_clipped_one() -> None:
    targets, predictions = np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([[0.0, 1.0], [0.5, 0.5]])

    worked = worked_out(loss_named(CATEGORICAL), targets, predictions)

    assert [float(term.given) for term in worked.terms] == pytest.approx([1e-7, 0.5], rel=1e-4)
    assert float(worked.mean) == pytest.approx((16.118 + 0.693) / 2, rel=1e-3)


def test_what_is_next_to_one_is_told_by_what_is_left() -> None:
    targets, predictions = np.array([[1.0], [1.0]]), np.array([[20.0], [-800.0]])

    sure, wrong = worked_out(loss_named(BINARY, **LOGITS), targets, predictions).terms

    assert sure.from_one and float(sure.given) == pytest.approx(np.exp(-20), rel=0.01)
    assert not wrong.from_one and wrong.given.adjusted() == -348
    assert wrong.value == 800


def test_hidden_terms_are_in_the_sum() -> None:
    loss, targets, predictions = cases()[2]

    few, all_ = (worked_out(loss, targets, predictions, shown) for shown in (5, 36))

    assert (len(few.terms), few.count) == (5, 36)
    assert float(few.total) == pytest.approx(float(all_.total), rel=1e-4)
