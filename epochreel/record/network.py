"""A recorded network in NumPy: what every layer puts out, and the gradient of its loss.

All as Keras computes it with `training=False`, but in float64.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from epochreel.record.activations import ACTIVATIONS, Activation
from epochreel.record.cross_entropy import CrossEntropy
from epochreel.record.kind import Kind, Shape, State
from epochreel.record.layers import KINDS
from epochreel.record.losses import Loss, loss_of
from epochreel.record.record import Array, Layer

# Keras remembers what these were given, and takes a cross-entropy from that: nothing is clipped.
REMEMBERED = (ACTIVATIONS["sigmoid"], ACTIVATIONS["softmax"])


class Network(Protocol):
    """Layers, their states and what goes into them, as a record or a view of it has them."""

    @property
    def inputs(self) -> Array:
        """Of the samples, (n, *input_shape)."""

    @property
    def layers(self) -> tuple[Layer, ...]:
        """From the first one on."""

    @property
    def parameters(self) -> tuple[Mapping[str, Array], ...]:
        """Per layer each parameter's states, (E, *shape)."""


class Learner(Network, Protocol):
    """A network with what it was trained by."""

    @property
    def hyperparameters(self) -> Mapping[str, Any]:
        """As a record has them."""


def can_follow(record: Network) -> bool:
    """Whether `outputs` knows every layer of a record's network."""
    shapes = [record.inputs.shape[1:], *(layer.shape for layer in record.layers)]
    return all(map(_is_known, record.layers, record.parameters, shapes))


def outputs(record: Network, at: int, inputs: Array) -> list[Array]:
    """What each layer puts out in one recorded state.

    Args:
        at: the state's place along the recorded epochs.
        inputs: of the network, (n, *input_shape).

    Returns:
        Per layer (n, *shape); the last one's are the predictions.
    """
    return [step.outputs for step in forward(record, at, inputs)]


def passed(layers: Sequence[Layer], state: Sequence[State], values: Array) -> Array:
    """What comes out of layers one after the other.

    Args:
        state: per layer its parameters.
        values: what goes into the first of them, (n, *shape).
    """
    steps = _run(layers, state, values)
    return steps[-1].outputs if steps else values


def gradients(
    record: Learner, at: int, inputs: Array, targets: Array
) -> tuple[Mapping[str, Array], ...]:
    """The gradient of the loss by every parameter that is trained, in one recorded state.

    Args:
        at: the state's place along the recorded epochs.
        inputs: of the network, (n, *input_shape).
        targets: (n, k).

    Returns:
        Per layer by the parameter's name, each of the parameter's shape.

    Raises:
        ValueError: the loss is not known; see `loss_of`.
    """
    loss, steps = _loss(record.hyperparameters, record.layers), forward(record, at, inputs)
    found: list[Mapping[str, Array]] = [{} for _ in steps]
    trained = [place for place, step in enumerate(steps) if step.kind.trained & {*step.parameters}]
    with np.errstate(all="ignore"):
        gradient = _gradient_of_last(loss, steps[-1], targets)
        for place in reversed(range(min(trained, default=len(steps)), len(steps))):
            step = steps[place]
            given = step.layer, step.parameters, step.values, gradient
            found[place] = step.kind.slopes(*given)
            if place > trained[0]:
                before = steps[place - 1]
                gradient = step.kind.backward(*given)
                gradient = before.activation.back(gradient, before.z, before.outputs)
    return tuple(found)


@dataclass(frozen=True)
class Step:
    """A layer at work: what came in, what it made of that, and what its activation did then.

    Attributes:
        values: what came in, (n, *input_shape).
        z: what it made of that, before its activation, (n, *shape).
    """

    layer: Layer
    kind: Kind
    activation: Activation
    parameters: State
    values: Array
    z: Array
    outputs: Array


def forward(record: Network, at: int, inputs: Array) -> list[Step]:
    """How each layer works on some inputs in one recorded state; see `outputs`."""
    state = [{name: each[at] for name, each in states.items()} for states in record.parameters]
    return _run(record.layers, state, inputs)


def _run(layers: Sequence[Layer], state: Sequence[State], inputs: Array) -> list[Step]:
    steps: list[Step] = []
    values = inputs
    with np.errstate(all="ignore"):  # what is infinite in Keras is so here, without a warning
        for layer, parameters in zip(layers, state):
            kind = KINDS[layer.type]
            activation = kind.activation(layer)
            z = kind.linear(layer, parameters, values)
            steps.append(Step(layer, kind, activation, parameters, values, z, activation.of(z)))
            values = steps[-1].outputs
    return steps


def _gradient_of_last(loss: Loss, last: Step, targets: Array) -> Array:
    """The gradient by the last layer's z."""
    if isinstance(loss, CrossEntropy) and last.activation in REMEMBERED:
        return loss.of_logits().slopes(targets, last.z)
    return last.activation.back(loss.slopes(targets, last.outputs), last.z, last.outputs)


def _loss(hyperparameters: Mapping[str, object], layers: Sequence[Layer]) -> Loss:
    loss = loss_of(hyperparameters, layers)
    if loss is None:
        raise ValueError(f"The loss {hyperparameters['loss']!r} is not known here.")
    return loss


def _is_known(layer: Layer, parameters: Mapping[str, Array], input_shape: Shape) -> bool:
    kind = KINDS.get(layer.type)
    if kind is None or layer.activation not in ACTIVATIONS:
        return False
    shapes = kind.parameters(layer, input_shape)
    return (
        layer.settings.keys() <= kind.settings.keys()
        and kind.required <= parameters.keys() <= shapes.keys()
        and all(states.shape[1:] == shapes[name] for name, states in parameters.items())
        and kind.output_shape(layer, input_shape) == layer.shape
    )
