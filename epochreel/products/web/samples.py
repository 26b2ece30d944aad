"""What a page's table says of samples: inputs, predictions, truths, and how far they are off."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from epochreel.numbers import Notation, read, rounded
from epochreel.record.classes import Classes
from epochreel.record.record import Array, Record
from epochreel.record.view import Show
from scenes.drawing.fitting import input_notation, prediction_notation, target_notation
from scenes.drawing.reach import BARS_GROW, scale_end

PROBABILITY_DECIMALS = 4


@dataclass(frozen=True)
class Chosen:
    """What of a record is on the page.

    Attributes:
        rows: the samples in the table.
        kept: the places of the states that the page holds.
        shown: of those that the film stands still at.
        decimals: how many the lecture wants in columns at most.
    """

    rows: Sequence[int]
    kept: Sequence[int]
    shown: Sequence[int]
    decimals: int | None


def flat_inputs(record: Record) -> Array:
    """Each sample's input as a row of values, (n, d)."""
    return record.inputs.reshape(len(record.inputs), -1)


def table_data(show: Show, chosen: Chosen) -> dict[str, Any]:
    """The table: `predictions` and `bars` are (kept, rows), `targets` is (rows,).

    Of classes a prediction is the probability of the true one; a target is its name;
    `trueClasses` and `predicted` (kept, rows), the most probable, hold places among the `classes`.
    """
    record = show.record
    inputs = flat_inputs(record)
    known = {
        "samples": len(inputs),
        "rows": chosen.rows,
        "inputCount": inputs.shape[1],
        "feature": record.feature_names[0] if record.feature_names else None,
        "target": record.target_names[0] if record.target_names else None,
    }
    columns = _classes(show.classes, chosen) if show.classes else _numbers(record, chosen)
    columns["notations"]["inputs"] = asdict(input_notation(inputs[:, 0], chosen.decimals))
    return {**known, **columns}


def printed_in(notation: Notation, values: Array) -> Any:
    """The very numbers that the film prints."""
    if values.ndim:
        return [printed_in(notation, each) for each in values]
    return float(read(notation.text(float(values))))


def _numbers(record: Record, chosen: Chosen) -> dict[str, Any]:
    predictions, targets = record.predictions[..., 0], record.targets[:, 0]
    target_digits = target_notation(targets, chosen.decimals)
    digits = prediction_notation(predictions, chosen.shown, chosen.decimals)
    residuals = targets - predictions
    sizes = np.abs(residuals[[*chosen.shown]]).max(axis=1)
    longest = scale_end(sizes, BARS_GROW)
    here = np.ix_(chosen.kept, chosen.rows)
    return {
        "classes": None,
        "single": record.inputs[0].size == record.targets.shape[1] == 1,
        "notations": {"targets": asdict(target_digits), "predictions": asdict(digits)},
        "targets": printed_in(target_digits, targets[[*chosen.rows]]),
        "predictions": printed_in(digits, predictions[here]),
        "bars": _bars(residuals[here] / longest),
        "shortened": rounded(longest) if sizes.max() > longest else None,
    }


def _classes(classes: Classes, chosen: Chosen) -> dict[str, Any]:
    probabilities = classes.probabilities[:, np.arange(len(classes.true)), classes.true]
    decimals = min(chosen.decimals or PROBABILITY_DECIMALS, PROBABILITY_DECIMALS)
    digits = prediction_notation(probabilities, chosen.shown, decimals)
    here = np.ix_(chosen.kept, chosen.rows)
    return {
        "classes": classes.names,
        "single": False,
        "notations": {"predictions": asdict(digits)},
        "targets": [classes.names[true] for true in classes.true[[*chosen.rows]]],
        "predictions": printed_in(digits, probabilities[here]),
        "trueClasses": classes.true[[*chosen.rows]].tolist(),
        "predicted": classes.predicted[here].tolist(),
        "shortened": None,
    }


def _bars(shares: Array) -> list[list[int]]:
    """How long each residual's bar is, (kept, rows), in thousandths of half the room for it.

    What is not zero has one thousandth at least; what goes on beyond the room has one more.

    Args:
        shares: of the residual whose bar is longest in the film.
    """
    bars = np.sign(shares) * np.clip(np.abs(1000 * shares).round(), 1, 1000)
    bars[np.abs(shares) > 1 + 1e-6] *= 1.001
    drawn: list[list[int]] = bars.round().astype(int).tolist()
    return drawn
