"""What a page knows of a record: all that the film's epoch page draws of it, and as exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from epochreel.lecture.languages import LANGUAGES
from epochreel.numbers import MINUS, TINY, printed
from epochreel.products.footage import in_language
from epochreel.products.web.words import PAGE_WORDS
from epochreel.record.network import can_follow, outputs
from epochreel.record.record import Array, Record
from epochreel.record.view import Show
from scenes.drawing.layout import THINNEST, UNIT, WIDEST, points
from scenes.drawing.sampling import WHOLE, Extract, drawn_units, extract, shown_rows
from scenes.drawing.scales import Scale, log_scale, thinned
from scenes.drawing.theme import THEMES
from scenes.drawing.words import PHRASES
from scenes.stage.catalogue import CATALOGUE
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
    and of every layer's `outputs`. Numbers have the digits that the film prints.
    """
    record, fields = show.record, show.fields
    rows = shown_rows(len(record.inputs))
    units = [drawn_units(width) for width in record.widths]
    matrices = list(_matrices(record))
    each = 1 + sum(matrix.size for matrix in matrices) + len(rows) * sum(map(len, units[1:]))
    shown = [int(np.flatnonzero(record.epochs == epoch)[0]) for epoch in fields["shown_epochs"]]
    kept = sorted(kept_epochs(len(record.epochs) - 1, MOST_NUMBERS // each, shown))
    largest = max(float(np.abs(layer["kernel"]).max()) for layer in record.parameters)
    return {
        "languages": LANGUAGES,
        "language": show.language,
        "theme": show.theme,
        "themes": [*THEMES],
        "words": {language: _words(show, language) for language in LANGUAGES},
        "tiny": TINY,
        "edge": {"thinnest": _edge(THINNEST), "widest": _edge(WIDEST), "largest": largest},
        "widths": record.widths,
        "units": units,
        "rows": rows,
        "samples": len(record.inputs),
        "single": record.inputs.shape[1] == record.targets.shape[1] == 1,
        "inputs": _printed(record.inputs[rows][:, units[0]]),
        "targets": _printed(record.targets[rows, 0]),
        "bars": _bars(record, kept, rows, shown),
        "shown": [kept.index(at) for at in shown],
        "recorded": len(record.epochs),
        "epochs": record.epochs[kept].tolist(),
        "losses": [_number(loss, TINY) for loss in record.losses[kept]],
        "divergedAt": record.diverged_at,
        "matrices": [_states(matrix, record, kept) for matrix in matrices],
        "outputs": _outputs(record, kept, rows, units),
        "curve": _curve(record),
    }


def _words(show: Show, language: str) -> dict[str, Any]:
    """The film's words on screen, the page's own, and what the lecture is called."""
    fields = in_language(show, language).fields
    film = {
        name: text for name, text in asdict(PHRASES[language]).items() if not name.startswith("say")
    }
    chapters = {entry.name: entry.titles[language] for entry in CATALOGUE}
    return {
        **film,
        **PAGE_WORDS[language],
        "live": chapters["epochs"],
        "curve": chapters["loss_curve"],
        "lesson": fields["lesson"],
        "courses": fields["courses"],
    }


def _matrices(record: Record) -> Iterator[Matrix]:
    for number, layer in enumerate(record.parameters):
        for letter, kind in (("w", "kernel"), ("b", "bias")):
            if kind in layer:
                shape = layer[kind].shape[1:]
                part = extract(shape if len(shape) == 2 else (1, *shape), WHOLE, WHOLE)
                yield Matrix(f"{letter}{number + 1}", number, kind, part)


def _states(matrix: Matrix, record: Record, kept: Sequence[int]) -> dict[str, Any]:
    """A matrix as the page knows it.

    `states` (kept, rows * columns) of what is shown, and over all recorded epochs `low` and `high`.
    """
    values = record.parameters[matrix.layer][matrix.kind].reshape(-1, *matrix.part.shape)
    shown = matrix.part.of(values).reshape(len(values), -1)
    return {
        "name": matrix.name,
        "layer": matrix.layer,
        "kind": matrix.kind,
        **asdict(matrix.part),
        "states": _printed(shown[kept]),
        "low": _printed(shown.min(axis=0)),
        "high": _printed(shown.max(axis=0)),
    }


def _outputs(
    record: Record, kept: Sequence[int], rows: Sequence[int], units: Sequence[Sequence[int]]
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
    predictions = record.predictions[kept][:, rows][:, :, units[-1]]
    return [*(layer or None for layer in hidden), _printed(predictions)]


def _curve(record: Record) -> dict[str, Any]:
    """The loss of every epoch, thinned as in the film, with the film's axes."""
    epochs, losses = record.curve
    x, y = Scale(epochs[0], max(epochs[-1], epochs[0] + 1)), log_scale(losses)
    width, height = CURVE_SIZE
    drawn = thinned(points(x.share(epochs) * width, -y.share(losses) * height))
    return {
        "epochs": epochs[drawn].astype(int).tolist(),
        "losses": [_number(loss, TINY) for loss in losses[drawn]],
        "x": {**asdict(x), "ticks": [tick for tick in x.ticks() if float(tick).is_integer()]},
        "y": {**asdict(y), "ticks": y.ticks()},
    }


def _bars(
    record: Record, kept: Sequence[int], rows: Sequence[int], shown: Sequence[int]
) -> list[list[int]]:
    """How long each residual's bar is, (kept, rows), in thousandths of half the room for it.

    The longest bar is that of the film: of all samples at the epochs that it shows. What is not
    zero has one thousandth at least.
    """
    residuals = record.predictions[..., 0] - record.targets[:, 0]
    largest = np.abs(residuals[shown]).max() or 1.0
    lengths = 1000 * residuals[kept][:, rows] / largest
    bars = np.sign(lengths) * np.clip(np.abs(lengths), 1, 1000)
    drawn: list[list[int]] = bars.round().astype(int).tolist()
    return drawn


def _edge(hundredths: float) -> float:
    """The width of a line in pixels of the film's page."""
    return hundredths / 100 / UNIT


def _printed(values: Array) -> Any:
    if values.ndim:
        return [_printed(each) for each in values]
    return _number(float(values))


def _number(value: float, tiny: float = 0.0) -> float:
    """The very number that the film prints for a value."""
    return float(printed(value, tiny=tiny).replace(MINUS, "-"))


def _significant(values: Array) -> Any:
    return [[float(f"{value:.{ACTIVATION_DIGITS}g}") for value in row] for row in values]
