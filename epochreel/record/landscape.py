"""The loss of a network whose parameters are others: over two of them, or over two directions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from epochreel.record.kind import State
from epochreel.record.layers import KINDS
from epochreel.record.losses import loss_of
from epochreel.record.network import can_follow, passed
from epochreel.record.record import Array, Layer
from epochreel.record.view import Run, Training

# Times the first loss: a run is followed until it is above that for good, and one beside it.
HIGHEST, HIGHEST_BESIDE = 8.0, 2.0
STRAIGHT = 1e-6  # of the first direction, what a way beside it is at least
# What a map costs, in multiplications, of which a core does about a thousand million a second.
BUDGET, PER_VALUE, PER_PLACE = 2e9, 20, 1e5
MOST, FEWEST = 81, 9  # places across
LARGEST = 1e30  # of a run's losses; around larger ones float32 holds none

Place = tuple[int, str, tuple[int, ...]]  # a layer's, a parameter's name, the indices there


@dataclass(frozen=True, eq=False)
class Landscape:
    """Where a run went in a plane through the space of its parameters, and the loss there.

    All that is not trained, and all that lies off the plane, is as in the last state held.

    Attributes:
        origin: the parameters where both coordinates are 0, (P,).
        axes: the directions of the plane, one unit long and at right angles, (2, P).
        places: the two parameters that the axes are, where there are no others.
        share: of the run's movement, what lies in the plane: of squared distances from the last
            state that is held.
        held: how many states the run has until it leaves, if it does.
        straight: whether it moved along the first direction alone; the second is then any other.
    """

    run: Run
    rest: tuple[State, ...]
    origin: Array
    axes: Array
    places: tuple[Place, Place] | None
    share: float
    held: int
    straight: bool

    @classmethod
    def of(cls, training: Training) -> "Landscape":
        """The plane in which a run moved most; see `why_none`."""
        held = _held(training)
        ways = _flat(training)[:held]
        rest = tuple(
            {name: states[held - 1] for name, states in layer.items()}
            for layer in training.parameters
        )
        if ways.shape[1] == 2:
            first, second = places_of(training)
            zero, axes = np.zeros(2), np.eye(2)
            return cls(training.run, rest, zero, axes, (first, second), 1.0, held, False)
        axes, share, straight = _main_directions(ways - ways[-1])
        return cls(training.run, rest, ways[-1], axes, None, share, held, straight)

    def path(self, training: Training) -> Array:
        """Where a run's recorded states are in the plane, or right above it: (E, 2)."""
        found: Array = (_flat(training) - self.origin) @ self.axes.T
        return found

    def bounds(self, trainings: Sequence[Training]) -> tuple[Array, Array]:
        """The corners of what holds all paths until they leave: lowest and highest, (2,) each."""
        held = [
            self.held if each.run is self.run else _held(each, 1, HIGHEST_BESIDE)
            for each in trainings
        ]
        inside = np.concatenate([self.path(each)[:of] for each, of in zip(trainings, held)])
        return inside.min(axis=0), inside.max(axis=0)

    def places_across(self, aspect: float) -> int:
        """How many places a map of that width to its height has across: none takes long.

        It follows from sizes alone, so that every machine draws the same map.
        """
        first = self._first_trained
        samples, layers = len(self.run.inputs), self.run.layers
        weights = sum(values.size for layer in self.rest[first + 1 :] for values in layer.values())
        values = sum(layer.units for layer in layers[first:])
        cost = samples * (weights + PER_VALUE * values) + PER_PLACE
        return int(np.clip(np.sqrt(BUDGET / cost * aspect), FEWEST, MOST))

    def losses(self, x: Array, y: Array) -> Array:
        """The loss at places of the plane, over all samples: (len(y), len(x))."""
        run, first = self.run, self._first_trained
        loss = loss_of(run.hyperparameters, run.layers)
        assert loss is not None
        layer, kind = run.layers[first], KINDS[run.layers[first].type]
        behind = run.layers[first + 1 :]
        origin, across, up = (
            self._state(self.origin + way) for way in (0 * self.axes[0], *self.axes)
        )
        with np.errstate(all="ignore"):
            values = passed(run.layers[:first], origin[:first], run.inputs)
            # The first trained layer is linear in its parameters: three of its sums give all.
            base = kind.linear(layer, origin[first], values)
            ways = [kind.linear(layer, state[first], values) - base for state in (across, up)]
            found = np.empty((len(y), len(x)))
            for row, column in np.ndindex(found.shape):
                at = x[column], y[row]
                z = base + at[0] * ways[0] + at[1] * ways[1]
                state = self._state(self.origin + at @ self.axes, first + 1)
                last = passed(behind, state[first + 1 :], kind.activation(layer).of(z))
                found[row, column] = loss.mean(run.targets, last)
        return found

    def loss_at(self, x: float, y: float) -> float:
        """The loss at one place of the plane."""
        return float(self.losses(np.array([x]), np.array([y]))[0, 0])

    @property
    def _first_trained(self) -> int:
        return next(at for at, _ in _trained(self.run, self.rest))

    def _state(self, flat: Array, start: int = 0) -> list[State]:
        """Per layer its parameters, of all that are trained in one row; of layers from `start`."""
        state = [dict(layer) for layer in self.rest]
        at = 0
        for layer, name in _trained(self.run, self.rest):
            old = self.rest[layer][name]
            if layer >= start:
                state[layer][name] = flat[at : at + old.size].reshape(old.shape)
            at += old.size
        return [*state]


def why_none(training: Training) -> str | None:
    """Why a run has no landscape, in a few words; None where it has one."""
    run = training.run
    if not can_follow(_Network(run.inputs, run.layers, training.parameters)):
        return "the outputs of its layers cannot be worked out here"
    loss = loss_of(run.hyperparameters, run.layers)
    if loss is None:
        return f"its loss, {run.hyperparameters.get('loss')}, is not known here"
    ways = _flat(training)[: _held(training)]
    if ways.shape[1] < 2:
        return "fewer than two of its parameters are trained"
    if not np.ptp(ways, axis=0).any():
        return "its parameters do not change"
    if not loss.gives(float(training.losses[-1]), run.targets, run.predictions):
        return "its recorded loss is not the mean over its samples"
    if training.losses[: len(ways)].max() > LARGEST:
        return "its losses are too large for a map of those around them"
    return None


def comparable(one: Training, other: Training) -> bool:
    """Whether two runs go over the same landscape, from the same place."""
    first, second = one.run, other.run
    return (
        [_kind_of(layer) for layer in first.layers] == [_kind_of(layer) for layer in second.layers]
        and np.array_equal(first.inputs, second.inputs)
        and np.array_equal(first.targets, second.targets)
        and _loss_said(first) == _loss_said(second)
        and np.array_equal(_flat(one)[0], _flat(other)[0])
    )


def places_of(training: Training) -> list[Place]:
    """Every parameter that is trained, in the order of the axes."""
    return [
        (at, name, index)
        for at, name in _trained(training.run, training.parameters)
        for index in np.ndindex(training.parameters[at][name].shape[1:])
    ]


def _kind_of(layer: Layer) -> list[object]:
    """A layer but for its name."""
    return [value for name, value in vars(layer).items() if name != "name"]


def _loss_said(run: Run) -> list[object]:
    return [run.hyperparameters.get(name) for name in ("loss", "loss_settings")]


@dataclass(frozen=True)
class _Network:
    inputs: Array
    layers: tuple[Layer, ...]
    parameters: tuple[Mapping[str, Array], ...]


def _trained(run: Run, parameters: Sequence[Mapping[str, Array]]) -> Iterator[tuple[int, str]]:
    """A layer's place and a parameter's name, for all that training follows a gradient for."""
    for at, (layer, own) in enumerate(zip(run.layers, parameters)):
        yield from ((at, name) for name in own if name in KINDS[layer.type].trained)


def _flat(training: Training) -> Array:
    """All that is trained, of each recorded state in one row, (E, P)."""
    states = [
        training.parameters[at][name].reshape(len(training.epochs), -1)
        for at, name in _trained(training.run, training.parameters)
    ]
    return np.concatenate([np.empty((len(training.epochs), 0)), *states], axis=1)


def _held(training: Training, least: int = 2, highest: float = HIGHEST) -> int:
    """How many states there are until the loss is far above the first one for good.

    A run that diverges is on the map as long; else there would be nothing else to see.
    """
    low = np.flatnonzero(training.losses <= highest * training.losses[0])
    return min(max(int(low[-1]) + 1, least), len(training.losses))


def _main_directions(ways: Array) -> tuple[Array, float, bool]:
    """The two directions in which ways (E, P) from one place go farthest, and what they hold.

    Returns:
        The directions, (2, P); their share of all squared lengths; whether one holds them all.
    """
    ways = ways / np.abs(ways).max()
    epochs, parameters = ways.shape
    # Of the two matrices that tell the same the smaller one: networks are wide, and runs long.
    small = ways @ ways.T if epochs <= parameters else ways.T @ ways
    sizes, found = np.linalg.eigh(small)
    axes = (found.T @ ways if epochs <= parameters else found.T)[::-1][:2]
    first = axes[0] / np.linalg.norm(axes[0])
    straight = len(sizes) < 2 or sizes[-2] <= STRAIGHT * sizes[-1]
    second = np.random.default_rng(0).normal(size=parameters) if straight else axes[1]
    second = second - (second @ first) * first
    directions = np.stack([first, second / np.linalg.norm(second)])
    along = ways @ directions.T
    # From left to right, and upwards where it goes farthest.
    start, farthest = along[0, 0], along[np.abs(along[:, 1]).argmax(), 1]
    directions *= [[-1.0 if start > 0 else 1.0], [-1.0 if farthest < 0 else 1.0]]
    return directions, float((along**2).sum() / (ways**2).sum()), bool(straight)
