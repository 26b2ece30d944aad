"""What a page knows of a record: all that the film's epoch page draws of it, and as exactly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from epochreel.lecture.languages import LANGUAGES, own_name
from epochreel.numbers import READING, TINY, Notation, notations, rounded
from epochreel.products.footage import in_language
from epochreel.products.web.samples import Chosen, flat_inputs, printed_in, table_data
from epochreel.products.web.words import PAGE_WORDS, translated
from epochreel.record.network import can_follow, outputs
from epochreel.record.record import Array, Record
from epochreel.record.view import Show
from scenes.drawing.layout import THINNEST, UNIT, WIDEST, points
from scenes.drawing.names import LETTERS, parameter_name
from scenes.drawing.reach import EDGES_GROW, edge_sizes, scale_end
from scenes.drawing.sampling import WHOLE, Extract, extract, shown_rows, thinned
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
        layer: which of the columns of neurons it leads to, without that of the input.
        place: of its layer in the record's `parameters`.
        kind: its name there.
    """

    name: str
    layer: int
    place: int
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
    units = [_drawn_units(width) for width in record.widths]
    matrices = list(_matrices(record))
    said_twice = show.classes is None and _ends_with_neurons(record)
    each = 1 + sum(matrix.size for matrix in matrices)
    each += len(rows) * (sum(map(len, units[1:])) + (not said_twice))
    shown = [int(np.flatnonzero(record.epochs == epoch)[0]) for epoch in fields["shown_epochs"]]
    kept = sorted(kept_epochs(len(record.epochs) - 1, MOST_NUMBERS // each, shown))
    chosen = Chosen(rows, kept, shown, show.lecture.film.decimals)
    table = table_data(show, chosen)
    weights = edge_sizes([record.parameters[at]["kernel"][shown] for at in record.dense])
    widest = scale_end(weights, EDGES_GROW)
    said = _outputs(record, chosen, units, table)
    if said_twice:
        del table["predictions"]  # what the first of the last neurons says
    return {
        "languages": {language: own_name(language) for language in LANGUAGES},
        "language": show.language,
        "theme": show.theme,
        "themes": [*THEMES],
        "words": {language: _words(show, language) for language in LANGUAGES},
        "tiny": TINY,
        "edge": {"thinnest": _edge(THINNEST), "widest": _edge(WIDEST), "largest": widest},
        "narrowed": rounded(widest) if weights.max() > widest else None,
        "widths": record.widths,
        "layers": len(record.layers),
        "units": units,
        **table,
        "inputs": _inputs(record, rows, units[0], Notation(**table["notations"]["inputs"])),
        "shown": [kept.index(at) for at in shown],
        "recorded": len(record.epochs),
        "epochs": record.epochs[kept].tolist(),
        "losses": printed_in(READING, record.losses[kept]),
        "divergedAt": record.diverged_at,
        "matrices": [_states(matrix, record, chosen) for matrix in matrices],
        "outputs": said,
        "curve": _curve(record),
    }


def _drawn_units(units: int) -> list[int]:
    """Which units of a layer the page draws: those of which its matrices show all weights."""
    return [*range(units)] if units <= WHOLE else [0, units - 1]


def _words(show: Show, language: str) -> dict[str, Any]:
    """What the page says, and what the lecture is called."""
    fields = in_language(show, language).fields
    return {
        **translated(PAGE_WORDS, language),
        "lesson": fields["lesson"],
        "courses": fields["courses"],
    }


def _matrices(record: Record) -> Iterator[Matrix]:
    for number, place in enumerate(record.dense):
        layer = record.parameters[place]
        for kind in LETTERS:
            if kind in layer:
                shape = layer[kind].shape[1:]
                part = extract(shape if len(shape) == 2 else (1, *shape), WHOLE, WHOLE)
                yield Matrix(parameter_name(number, kind), number, place, kind, part)


def _states(matrix: Matrix, record: Record, chosen: Chosen) -> dict[str, Any]:
    """A matrix as the page knows it.

    `states` (kept, rows * columns) of what is shown, and over all recorded epochs `low` and `high`.
    Its notation is the most exact one: there is more room than in the film.
    """
    values = record.parameters[matrix.place][matrix.kind].reshape(-1, *matrix.part.shape)
    drawn = matrix.part.of(values).reshape(len(values), -1)
    notation = next(notations(drawn, drawn[[*chosen.shown]], chosen.decimals))
    return {
        "name": matrix.name,
        "layer": matrix.layer,
        "kind": matrix.kind,
        **asdict(matrix.part),
        "notation": asdict(notation),
        "states": printed_in(notation, drawn[[*chosen.kept]]),
        "low": printed_in(notation, drawn.min(axis=0)),
        "high": printed_in(notation, drawn.max(axis=0)),
    }


def _outputs(
    record: Record,
    chosen: Chosen,
    units: Sequence[Sequence[int]],
    table: Mapping[str, Any],
) -> list[Any]:
    """Per column of neurons but the input what its drawn units say, (kept, rows, units).

    None for those that have to be computed where a layer of the network is not known. Those of
    the network's last layer are the recorded predictions.
    """
    is_last = _ends_with_neurons(record)
    computed = record.dense[:-1] if is_last else record.dense
    found: list[list[Any]] = [[] for _ in computed]
    if can_follow(record):
        for at in chosen.kept:
            said = outputs(record, at, record.inputs[[*chosen.rows]])
            for values, place, drawn in zip(found, computed, units[1:]):
                flat = said[place].reshape(len(chosen.rows), -1)
                values.append(_significant(flat[:, drawn]))
    columns: list[Any] = [values or None for values in found]
    if not is_last:
        return columns
    predictions = record.predictions[np.ix_(chosen.kept, chosen.rows, units[-1])]
    last = _in_full(predictions)
    if table["classes"] is None:  # the first unit's stand in the table too
        last[..., 0] = table["predictions"]
    return [*columns, last.tolist()]


def _curve(record: Record) -> dict[str, Any]:
    """The loss of every epoch, thinned as in the film, with the film's axes."""
    epochs, losses = record.curve
    x, y = epoch_scale(epochs), loss_scale(losses)
    width, height = CURVE_SIZE
    drawn = thinned(points(x.share(epochs) * width, -y.share(losses) * height))
    return {
        "epochs": epochs[drawn].astype(int).tolist(),
        "losses": printed_in(READING, losses[drawn]),
        "x": {**asdict(x), "ticks": [tick._asdict() for tick in x.ticks()]},
        "y": {**asdict(y), "ticks": [tick._asdict() for tick in y.ticks()]},
    }


def _edge(hundredths: float) -> float:
    """The width of a line in pixels of the film's page."""
    return hundredths / 100 / UNIT


def _ends_with_neurons(record: Record) -> bool:
    """Whether the last layer is a column of neurons, and what they say the prediction."""
    return record.dense[-1] == len(record.layers) - 1


def _inputs(
    record: Record, rows: Sequence[int], units: Sequence[int], notation: Notation
) -> list[list[float]]:
    """What goes into the drawn units, (rows, units): the first as the film prints it."""
    values = flat_inputs(record)[np.ix_(rows, units)]
    found = _in_full(values)
    found[:, 0] = printed_in(notation, values[:, 0])
    drawn: list[list[float]] = found.tolist()
    return drawn


def _in_full(values: Array) -> Array:
    """Float32 by their shortest digits."""
    digits: Array = values.astype(np.float32).astype(str).astype(float)
    return digits


def _significant(values: Array) -> Any:
    return [[float(f"{value:.{ACTIVATION_DIGITS}g}") for value in row] for row in values]
