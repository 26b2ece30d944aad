"""What is true of a record, found from its arrays in another way than scenes do."""

import math
import re
import struct
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cached_property

from epochreel.record.network import gradients, outputs
from epochreel.record.record import Array, Record

WANTED = (0, 1, 2, 3, 4, 5, 500)  # what the lecture loss_function shows
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
# Not within a name such as x1, and not the exponent of another number.
NUMBER = re.compile(r"(?<![\w.])[−-]?\d+(?:\.\d+)?(?: × 10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|e[−-]?\d+)?")
LAST_DIGIT = 1e-8  # the last that a page has
DELTA = 1.0  # where Keras' Huber loss turns from a parabola into a line

TERMS: Mapping[str, Callable[[float], float]] = {
    "mean_squared_error": lambda error: error * error,
    "mean_absolute_error": math.fabs,
    "huber": lambda e: e * e / 2 if abs(e) <= DELTA else DELTA * (abs(e) - DELTA / 2),
    "log_cosh": lambda e: math.log(math.cosh(e)) if abs(e) < 300 else abs(e) - math.log(2),
}


@dataclass(frozen=True, eq=False)
class Facts:
    """Counts, losses and states of a record; samples and outputs count from 0."""

    record: Record

    @property
    def epochs(self) -> list[int]:
        return [int(epoch) for epoch in self.record.epochs]

    @property
    def first(self) -> int:
        return self.epochs[0]

    @property
    def last(self) -> int:
        return self.epochs[-1]

    @property
    def asked(self) -> int:
        return int(self.record.hyperparameters["epochs"])

    @property
    def diverged_at(self) -> int | None:
        return self.record.diverged_at

    @cached_property
    def losses(self) -> dict[int, float]:
        """By epoch, all that are known."""
        epochs, losses = self.record.curve
        return dict(zip(map(int, epochs), map(float, losses), strict=True))

    @property
    def before(self) -> float:
        return self.losses[self.first]

    @property
    def after(self) -> float:
        return self.losses[self.last]

    @property
    def lowest(self) -> float:
        return min(self.losses.values())

    @property
    def lowest_at(self) -> int:
        return min(epoch for epoch, loss in self.losses.items() if loss == self.lowest)

    @property
    def shown(self) -> list[int]:
        """The epochs that stand still: of those wanted the nearest, and the last."""
        wanted = [epoch for epoch in WANTED if epoch < self.last]
        nearest = [min(self.epochs, key=lambda e: (abs(e - want), e)) for want in wanted]
        return sorted({*nearest, self.last})

    @property
    def samples(self) -> int:
        return len(self.record.inputs.tolist())

    @property
    def lowest_validation_at(self) -> int:
        """The epoch whose validation loss is the lowest."""
        validation = self.record.history["val_loss"].tolist()
        return [*self.losses][validation.index(min(validation))]

    def right(self, at: int) -> int:
        """How many samples the network gives the largest probability to their class."""
        truth, found = self.record.targets.tolist(), self.record.predictions[at].tolist()
        half = self._half
        return sum(_class_of(row, half) == _class_of(true) for row, true in zip(found, truth))

    def taken(self, epoch: int) -> list[float]:
        """How many samples of each class are taken for which, of those held out as well."""
        record, at = self.record, self.epochs.index(epoch)
        samples = [(record.targets, record.predictions[at])]
        if record.validation:
            found = outputs(record, at, record.validation.inputs)[-1]
            samples.append((record.validation.targets, found))
        counts = Counter(
            (number, _class_of(true), _class_of(row, self._half))
            for number, (targets, rows) in enumerate(samples)
            for true, row in zip(targets.tolist(), rows.tolist(), strict=True)
        )
        return [0.0, *map(float, counts.values())]

    def right_held_out(self, epoch: int) -> int:
        """How many of those held out the network takes for what they are."""
        shares = dict(zip(self.losses, self.record.history["val_accuracy"].tolist(), strict=True))
        return round(shares[epoch] * self.held_out)

    @property
    def _half(self) -> float:
        """From which output on, where it is the only one, the second class is the more probable."""
        logits = (self.record.hyperparameters.get("loss_settings") or {}).get("from_logits")
        return 0.0 if logits else 0.5

    @property
    def held_out(self) -> int:
        """How many samples it is not trained on."""
        return len(self.record.validation.inputs.tolist()) if self.record.validation else 0

    @property
    def inputs(self) -> int:
        return math.prod(self.record.inputs.shape[1:])

    @property
    def class_sizes(self) -> list[int]:
        """How many samples each class has."""
        rows = self.record.targets.tolist()
        if len(rows[0]) == 1:
            ones = sum(row[0] == 1 for row in rows)
            return [len(rows) - ones, ones]
        return [sum(row[at] == 1 for row in rows) for at in range(len(rows[0]))]

    @property
    def outputs(self) -> int:
        return len(self.record.targets.tolist()[0])

    @property
    def terms(self) -> int:
        return len(self.costs(self.first)) if self.has_terms else self.samples * self.outputs

    @property
    def dense(self) -> list[Mapping[str, Array]]:
        """The parameters of the layers that have neurons."""
        return [layer for layer in self.record.parameters if "kernel" in layer]

    @property
    def parameters(self) -> int:
        """All that layers have, trained or not."""
        layers = self.record.parameters
        return sum(math.prod(states.shape[1:]) for each in layers for states in each.values())

    def range_of(self, values: Array) -> tuple[float, float]:
        """The smallest and the largest of the first component."""
        column = sorted(row[0] for row in values.tolist())
        return column[0], column[-1]

    @property
    def step(self) -> tuple[int, int | None]:
        """The first shown epoch and the next recorded one; or the last two."""
        at = self.epochs.index(self.shown[0])
        if len(self.epochs) > 1 and at == len(self.epochs) - 1:
            at -= 1
        return self.epochs[at], None if len(self.epochs) == 1 else self.epochs[at + 1]

    @cached_property
    def followed(self) -> tuple[int, int]:
        """The sample that the film follows, and which of its outputs is told of."""
        if self.record.class_names:
            sample = self._learned_most()
            truth = self.record.targets[sample].tolist()
            return sample, 0 if len(truth) == 1 else truth.index(1)
        at_first, at_step = ({**self.errors(at)} for at in (self.shown[0], self.step[0]))
        rows = self._rows_of_values()
        sizes = {
            sample: max(abs(at_first[sample, k]) for k in range(self.outputs)) for sample in rows
        }
        sample = max(rows, key=lambda row: sizes[row])
        return sample, max(range(self.outputs), key=lambda k: abs(at_step[sample, k]))

    def _learned_most(self) -> int:
        """Of the page's 12 rows the one whose class gains most from the first shown epoch on."""
        first, last = (
            {sample: p for (sample, _), p in self.given_to_truth(epoch).items()}
            for epoch in (self.shown[0], self.last)
        )
        truth, found = self.record.targets.tolist(), self.record.predictions[-1].tolist()
        by_class: dict[int, list[int]] = {}
        # Wrong ones first, those farthest off before; the others as in the data.
        for sample in sorted(
            range(self.samples),
            key=lambda at: (
                (1, 0.0)
                if _class_of(found[at], self._half) == _class_of(truth[at])
                else (0, last[at])
            ),
        ):
            by_class.setdefault(_class_of(truth[sample]), []).append(sample)
        most = self.samples if self.samples <= 12 else 12 // len(by_class)
        rows = [sample for members in by_class.values() for sample in members[:most]]
        return max(rows, key=lambda sample: last[sample] - first[sample])

    def _rows_of_values(self) -> list[int]:
        """Those that a page of 20 rows shows: of one column its ends, of more the worst ones."""
        every, most = [*range(self.samples)], 12 if self.record.inputs.ndim > 2 else 20
        if len(every) <= most:
            return every
        if self.record.inputs[0].size == 1:
            return [*every[:9], *every[-10:]]
        errors = self.errors(self.last)
        largest = [max(abs(errors[at, k]) for at in every) for k in range(self.outputs)]
        off = {
            at: max(abs(errors[at, k]) / largest[k] for k in range(self.outputs)) for at in every
        }
        return sorted(every, key=lambda at: -off[at])[:most]

    @property
    def x(self) -> float:
        """The first input of the followed sample."""
        return float(self.record.inputs[self.followed[0]][0])

    @property
    def prediction(self) -> float:
        """For the followed sample, where the step begins."""
        return self.predicted(self.step[0])

    def predicted(self, epoch: int) -> float:
        """For the followed sample."""
        sample, output = self.followed
        return float(self.record.predictions[self.epochs.index(epoch)][sample][output])

    @property
    def truth(self) -> float:
        """Of the followed sample."""
        sample, output = self.followed
        return float(self.record.targets[sample][output])

    @property
    def own_loss(self) -> float:
        """Of the followed sample alone, where the step begins."""
        return self.own_cost(self.step[0])

    def own_cost(self, epoch: int) -> float:
        """Of the followed sample alone."""
        costs, (sample, output) = self.costs(epoch), self.followed
        return costs.get((sample, output), costs.get((sample, 0), math.nan))

    def errors(self, epoch: int) -> dict[tuple[int, int], float]:
        """Truth less prediction, in the float32 of the record, by sample and output."""
        predictions = self.record.predictions[self.epochs.index(epoch)].tolist()
        return {
            (sample, output): float32(target) - float32(predictions[sample][output])
            for sample, row in enumerate(self.record.targets.tolist())
            for output, target in enumerate(row)
        }

    def costs(self, epoch: int) -> dict[tuple[int, int], float]:
        """What the loss is the mean of, by sample and output; one for each sample of categories."""
        if self.record.hyperparameters["loss"] in TERMS:
            return {place: self.term(error) for place, error in self.errors(epoch).items()}
        return {place: -math.log(p) for place, p in self.given_to_truth(epoch).items()}

    def given_to_truth(self, epoch: int) -> dict[tuple[int, int], float]:
        """The probability of what is true, in each term of a cross-entropy."""
        settings = self.record.hyperparameters.get("loss_settings") or {}
        predictions = self.record.predictions[self.epochs.index(epoch)].tolist()
        found = {}
        for sample, (row, truth) in enumerate(zip(predictions, self.record.targets.tolist())):
            given = [float32(value) for value in row]
            if "categorical" in self.record.hyperparameters["loss"]:
                if settings.get("from_logits"):
                    powers = [math.exp(value - max(given)) for value in given]
                    given = [power / sum(powers) for power in powers]
                found[sample, 0] = given[truth.index(1)]
                continue
            for output, (value, true) in enumerate(zip(given, truth)):
                sure = 1 / (1 + math.exp(-value)) if settings.get("from_logits") else value
                found[sample, output] = sure if true == 1 else 1 - sure
        return found

    @property
    def term(self) -> Callable[[float], float]:
        """The loss of one error."""
        return TERMS[self.record.hyperparameters["loss"]]

    @property
    def has_terms(self) -> bool:
        name = self.record.hyperparameters["loss"]
        return name in TERMS or name.endswith("_crossentropy")

    def is_mean(self, epoch: int) -> bool:
        """Whether the recorded loss is the mean of the terms."""
        mean = math.fsum(self.costs(epoch).values()) / self.terms
        return math.isclose(self.losses[epoch], mean, rel_tol=1e-3)

    @property
    def next_loss(self) -> float:
        """After the second recorded epoch."""
        return self.losses[self.epochs[1]]

    @cached_property
    def slopes(self) -> list[Mapping[str, Array]]:
        """Of the Dense layers, how the loss rises with each parameter at the first epoch."""
        record = self.record
        found = gradients(record, 0, record.inputs, record.targets)
        return [each for each, held in zip(found, record.parameters) if "kernel" in held]

    def first_change(self, said: Mapping[str, str]) -> tuple[float, float, float]:
        """Of a weight w<layer>[row, column] or a bias its slope, its first and second value."""
        kind = "kernel" if "column" in said else "bias"
        names = ("row", "column") if kind == "kernel" else ("unit",)
        layer, place = int(said["layer"]) - 1, tuple(int(said[name]) - 1 for name in names)
        first, second = (float(state[place]) for state in self.dense[layer][kind][:2])
        return float(self.slopes[layer][kind][place]), first, second

    def changed(self, start: int, end: int, kind: str) -> bool:
        """Whether any `kernel` or `bias` differs between two epochs."""
        places = self.epochs.index(start), self.epochs.index(end)
        return any(
            layer[kind][places[0]].tolist() != layer[kind][places[1]].tolist()
            for layer in self.record.parameters
            if kind in layer
        )

    def state(self, epoch: int) -> list[float]:
        """Every number that a page may show as it is at an epoch, but for its loss."""
        at = self.epochs.index(epoch)
        arrays = [self.record.inputs, self.record.targets, self.record.predictions[at]]
        arrays += [values[at] for layer in self.record.parameters for values in layer.values()]
        return [float32(value) for array in arrays for value in array.ravel()]


def _class_of(row: list[float], half: float = 0.5) -> int:
    return int(row[0] > half) if len(row) == 1 else row.index(max(row))


def numbers(text: str) -> list[Decimal]:
    """The numbers in a text, as they are said."""
    return [number(found[0]) for found in NUMBER.finditer(text)]


def number(text: str) -> Decimal:
    """One number as captions or pages write it."""
    mantissa, _, power = text.replace("−", "-").partition(" × 10")
    return Decimal(mantissa).scaleb(int(power.translate(RAISED) or 0))


def reads(said: Decimal, value: float, digits: int = 4) -> bool:
    """Whether a value, rounded to so many digits, is what is said; a whole number exactly."""
    if isinstance(value, int):
        return said == value
    return said == Context(digits, ROUND_HALF_EVEN).plus(Decimal(value))


def reads_in_full(said: str, value: float) -> bool:
    """Whether a text has all digits of a float32 that pages show; six before a power of ten."""
    if "e" in said:
        return reads(number(said), value, 6)
    shown = float(number(said))
    value = float32(value)
    return float32(shown) == value or abs(shown - value) <= LAST_DIGIT / 2


def float32(value: float) -> float:
    """The nearest number that a record can hold."""
    single: float = struct.unpack("f", struct.pack("f", value))[0]
    return single
