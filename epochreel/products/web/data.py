"""What a page knows of a record: all that the film's epoch page draws of it, and as exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from epochreel.lecture.languages import LANGUAGES, own_name
from epochreel.numbers import READING, TINY, Notation, notations, read, rounded
from epochreel.products.footage import in_language
from epochreel.products.web.words import PAGE_WORDS, translated
from epochreel.record.network import can_follow, outputs
from epochreel.record.record import Array, Record
from epochreel.record.view import Show
from scenes.drawing.fitting import input_notation, prediction_notation, target_notation
from scenes.drawing.layout import THINNEST, UNIT, WIDEST, points
from scenes.drawing.names import LETTERS, parameter_name
from scenes.drawing.reach import BARS_GROW, EDGES_GROW, edge_sizes, scale_end
from scenes.drawing.sampling import WHOLE, Extract, drawn_units, extract, shown_rows, thinned
from scenes.drawing.scales import epoch_scale, loss_scale
from scenes.drawing.theme import THEMES
from training.kept import kept_epochs

MOST_NUMBERS = 100_000  # of all states: about a megabyte
ACTIVATION_DIGITS = 4
CURVE_SIZE = (1200, 600)  # pixels that a curve is drawn in at most


@dataclass(frozen=True)
class Matrix:
    """A kernel or a bias, and which corner of it the page shows.

    Attributes:
        name: as the film names it: `w1`.
        layer: its place in the record's `parameters`.
        kind: its name there.
    """

    name: str
    layer: int
    kind: str
    part: Extract

    @property
    def size(self) -> int:
        """How many numbers of it are shown."""
        return len(self.part.rows) * len(self.part.columns)


def page_data(show: Show) -> dict[str, Any]:
    """All that a page's scripts draw, as JSON can say it.

    A state of the network is at the same place of `epochs`, `losses`, of every matrix's `states`
    and of every layer's `outputs`. Numbers have the digits that the film prints, and come with its
    notations.
    """
    record, fields = show.record, show.fields
    rows = shown_rows(len(record.inputs))
    units = [drawn_units(width) for width in record.widths]
    matrices = list(_matrices(record))
    each = 1 + sum(matrix.size for matrix in matrices) + len(rows) * sum(map(len, units[1:]))
    shown = [int(np.flatnonzero(record.epochs == epoch)[0]) for epoch in fields["shown_epochs"]]
    kept = sorted(kept_epochs(len(record.epochs) - 1, MOST_NUMBERS // each, shown))
    decimals = show.lecture.film.decimals
    inputs, targets = record.inputs[:, 0], record.targets[:, 0]
    notations = {
        "inputs": input_notation(inputs, decimals),
        "targets": target_notation(targets, decimals),
        "predictions": prediction_notation(record.predictions[..., 0], shown, decimals),
    }
    weights = edge_sizes([layer["kernel"][shown] for layer in record.parameters])
    widest = scale_end(weights, EDGES_GROW)
    residuals = record.predictions[..., 0] - targets
    sizes = np.abs(residuals[shown]).max(axis=1)
    longest = scale_end(sizes, BARS_GROW)
    return {
        "languages": {language: own_name(language) for language in LANGUAGES},
        "language": show.language,
        "theme": show.theme,
        "themes": [*THEMES],
        "words": {language: _words(show, language) for language in LANGUAGES},
        "tiny": TINY,
        "edge": {"thinnest": _edge(THINNEST), "widest": _edge(WIDEST), "largest": widest},
        "narrowed": rounded(widest) if weights.max() > widest else None,
        "shortened": rounded(longest) if sizes.max() > longest else None,
        "notations": {name: asdict(notation) for name, notation in notations.items()},
        "widths": record.widths,
        "units": units,
        "rows": rows,
        "samples": len(record.inputs),
        "single": record.inputs.shape[1] == record.targets.shape[1] == 1,
        "inputs": _ends(record.inputs[rows], units[0], notations["inputs"]),
        "targets": _printed(targets[rows], notations["targets"]),
        "bars": _bars(residuals[kept][:, rows] / longest),
        "shown": [kept.index(at) for at in shown],
        "recorded": len(record.epochs),
        "epochs": record.epochs[kept].tolist(),
        "losses": _printed(record.losses[kept], READING),
        "divergedAt": record.diverged_at,
        "matrices": [_states(matrix, record, kept, shown, decimals) for matrix in matrices],
        "outputs": _outputs(record, kept, rows, units, notations["predictions"]),
        "curve": _curve(record),
    }


def _words(show: Show, language: str) -> dict[str, Any]:
    """What the page says, and what the lecture is called."""
    fields = in_language(show, language).fields
    return {
        **translated(PAGE_WORDS, language),
        "lesson": fields["lesson"],
        "courses": fields["courses"],
    }


def _matrices(record: Record) -> Iterator[Matrix]:
    for number, layer in enumerate(record.parameters):
        for kind in LETTERS:
            if kind in layer:
                shape = layer[kind].shape[1:]
                part = extract(shape if len(shape) == 2 else (1, *shape), WHOLE, WHOLE)
                yield Matrix(parameter_name(number, kind), number, kind, part)


def _states(
    matrix: Matrix,
    record: Record,
    kept: Sequence[int],
    shown: Sequence[int],
    decimals: int | None,
) -> dict[str, Any]:
    """A matrix as the page knows it.

    `states` (kept, rows * columns) of what is shown, and over all recorded epochs `low` and `high`.
    Its notation is the most exact one: there is more room than in the film.
    """
    values = record.parameters[matrix.layer][matrix.kind].reshape(-1, *matrix.part.shape)
    drawn = matrix.part.of(values).reshape(len(values), -1)
    notation = next(notations(drawn, drawn[[*shown]], decimals))
    return {
        "name": matrix.name,
        "layer": matrix.layer,
        "kind": matrix.kind,
        **asdict(matrix.part),
        "notation": asdict(notation),
        "states": _printed(drawn[kept], notation),
        "low": _printed(drawn.min(axis=0), notation),
        "high": _printed(drawn.max(axis=0), notation),
    }


def _outputs(
    record: Record,
    kept: Sequence[int],
    rows: Sequence[int],
    units: Sequence[Sequence[int]],
    notation: Notation,
) -> list[Any]:
    """Per layer what its drawn units say for the shown rows, (kept, rows, units).

    None for a hidden layer where a layer of the network is not known. The last one's are the
    recorded predictions.
    """
    hidden: list[list[Any]] = [[] for _ in record.layers[:-1]]
    if can_follow(record):
        for at in kept:
            for layer, values in enumerate(outputs(record, at, record.inputs[rows])[:-1]):
                hidden[layer].append(_significant(values[:, units[layer + 1]]))
    predictions = record.predictions[kept][:, rows]
    return [*(layer or None for layer in hidden), _ends(predictions, units[-1], notation)]


def _curve(record: Record) -> dict[str, Any]:
    """The loss of every epoch, thinned as in the film, with the film's axes."""
    epochs, losses = record.curve
    x, y = epoch_scale(epochs), loss_scale(losses)
    width, height = CURVE_SIZE
    drawn = thinned(points(x.share(epochs) * width, -y.share(losses) * height))
    return {
        "epochs": epochs[drawn].astype(int).tolist(),
        "losses": _printed(losses[drawn], READING),
        "x": {**asdict(x), "ticks": [tick._asdict() for tick in x.ticks()]},
        "y": {**asdict(y), "ticks": [tick._asdict() for tick in y.ticks()]},
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


def _edge(hundredths: float) -> float:
    """The width of a line in pixels of the film's page."""
    return hundredths / 100 / UNIT


def _printed(values: Array, notation: Notation) -> Any:
    """The very numbers that the film prints."""
    if values.ndim:
        return [_printed(each, notation) for each in values]
    return float(read(notation.text(float(values))))


def _ends(values: Array, units: Sequence[int], notation: Notation) -> Any:
    """What goes into the network or comes out, (..., units): as the film prints it in its columns.

    They hold the first unit's; the others stand in the network only, in fewer digits.
    """
    shown = np.array(_printed(values[..., 0], notation))
    others = values[..., units[1:]].astype(np.float32).astype(str).astype(float)
    return np.concatenate([shown[..., None], others], axis=-1).tolist()


def _significant(values: Array) -> Any:
    return [[float(f"{value:.{ACTIVATION_DIGITS}g}") for value in row] for row in values]
