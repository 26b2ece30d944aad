"""The arithmetic of an optimizer's first step on one weight, in the digits that a page shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, Inexact, localcontext
from typing import Any

from epochreel.numbers import TINY, compact, printed, read, rounded
from epochreel.record.optimizers import first_settings, first_stages
from epochreel.record.update import Update

DIGITS = 6  # of slopes and of what comes of them

_M = ("m_hat", "hat(m) = m slash (1 - {beta_1})", "m = (1 − {beta_1})·g {m}")
_V = ("root", "sqrt(hat(v)) = sqrt(v slash (1 - {beta_2}))", "v = (1 − {beta_2})·g² {v}")
_RATIO = "hat(m) slash (sqrt(hat(v)) + epsilon)"
# By optimizer what its page shows: the stages, their symbols in Typst and how they come about.
SHOWN: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "sgd": (),
    "adam": (_M, _V, ("direction", _RATIO, "")),
    "adamw": (_M, _V, ("ratio", _RATIO, ""), ("decay", "lambda dot w", "λ = {weight_decay}")),
    "adamax": (_M, ("u", "u", "u = |g|"), ("direction", "hat(m) slash (u + epsilon)", "")),
    # Its m̂ looks a step ahead.
    "nadam": (("m_hat", "hat(m)", _M[-1]), _V, ("direction", _RATIO, "")),
    "rmsprop": (
        ("v", "v", "v = (1 − {rho})·g²"),
        ("direction", "g slash sqrt(v + epsilon)", ""),
    ),
    "adagrad": (
        ("v", "v", "v = {initial_accumulator_value} + g²"),
        ("direction", "g slash sqrt(v + epsilon)", ""),
    ),
    "adadelta": (
        ("v", "v", "v = (1 − {rho})·g²"),
        ("direction", "sqrt(epsilon) dot g slash sqrt(v + epsilon)", "ε = {epsilon}"),
    ),
    "lion": (("m", "m", "m = (1 − {beta_1})·g"), ("direction", '"sign"(m)', "")),
}
# What the learning rate is multiplied with, in short.
DIRECTIONS: Mapping[str, str] = {
    "sgd": "g",
    "adamw": f"({_RATIO} + lambda dot w)",
    **{name: rows[-1][1] for name, rows in SHOWN.items() if rows and rows[-1][0] == "direction"},
}
_CENTERED = (
    ("v", "v", "v = (1 − {rho})·g²"),
    ("centered", "v - m^2", "m = (1 − {rho})·g"),
    ("direction", "g slash sqrt(v - m^2 + epsilon)", ""),
)


@dataclass(frozen=True)
class StepRow:
    """A quantity on the card of a step.

    Attributes:
        symbol: in Typst.
        value: with its sign, = or ≈, where it is worked out from rows above.
        note: in small letters below the symbol.
    """

    symbol: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class WorkedStep:
    """Rows between the slope and the new weight, and that: its formula with the numbers put in."""

    rows: tuple[StepRow, ...]
    result: StepRow


def weight_text(value: float) -> str:
    """A weight as matrices show it."""
    return printed(value, tiny=TINY)


def slope_text(value: float) -> str:
    """A slope of the loss, and all that comes of one."""
    return rounded(value, DIGITS)


def work_out_step(update: Update, used: Mapping[str, Any]) -> WorkedStep:
    """One step of an optimizer that the record proves, in the digits that are shown."""
    before, after = weight_text(update.before), weight_text(update.after)
    name, settings = used["optimizer"], first_settings(used)
    shown, direction = SHOWN[name], DIRECTIONS[name]
    if settings.get("nesterov"):
        direction = "(1 + mu) dot g"
        shown = (("direction", direction, "μ = {momentum}"),)
    if settings.get("centered"):
        shown, direction = _CENTERED, _CENTERED[-1][1]
    stages = dict(_stages(used, read(slope_text(update.slope)), read(before)))
    told = {key: rounded(float(value), DIGITS) for key, value in settings.items()}
    told |= {stage: f"{sign} {text}" for stage, (sign, text) in stages.items()}
    rows = tuple(
        StepRow(symbol.format(**told), " ".join(stages[stage]), note.format(**told))
        for stage, symbol, note in shown
    )
    rate, (_, factor) = rounded(used["learning_rate"], DIGITS), stages["direction"]
    new = read(before) - read(rate) * read(factor)
    sign = "=" if new == read(after) else "≈"
    reached = compact(_agreed(new, read(after)))
    factor = f"({factor})" if read(factor) < 0 else factor
    put_in = f"{before} − {rate}·{factor}"
    return WorkedStep(rows, StepRow(f"w - eta dot {direction}", f"{sign} {reached}", put_in))


def _agreed(worked_out: Decimal, recorded: Decimal) -> Decimal:
    """What was recorded, to as many decimals as what was worked out is the same.

    Layers count in float32, so that the last of its digits are others.
    """
    _, digits, exponent = recorded.as_tuple()
    assert isinstance(exponent, int)  # of a number that is finite
    for last in range(exponent, exponent + len(digits) - 1):
        unit = Decimal((0, (1,), last))
        if worked_out.quantize(unit) == recorded.quantize(unit):
            return recorded.quantize(unit)
    return recorded


def _stages(
    used: Mapping[str, Any], slope: Decimal, weight: Decimal
) -> Iterator[tuple[str, tuple[str, str]]]:
    """By stage its sign, = where nothing was rounded since the stage before, and its digits."""
    with localcontext(prec=DIGITS) as context:
        stages = first_stages(used, slope, weight)
        assert stages is not None
        context.clear_flags()
        for stage, value in stages:
            sign = "≈" if context.flags[Inexact] else "="
            yield stage, (sign, rounded(float(value), DIGITS))
            context.clear_flags()
