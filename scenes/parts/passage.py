"""One sample on its way through a network: what each Dense layer is given, and makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from epochreel.numbers import approximate
from epochreel.record.network import Step, can_follow, forward
from epochreel.record.view import View
from scenes.drawing.layout import Values
from scenes.drawing.sampling import drawn_units
from scenes.parts.neuron_sum import NeuronSum, neuron_sum

MOST_PRODUCTS = 6
MADE = 3  # significant digits of what a neuron puts out


@dataclass(frozen=True, eq=False)
class Stage:
    """A Dense layer at work on one sample, and what follows until the next one.

    Attributes:
        steps: the layer and those behind it, in order.
    """

    steps: tuple[Step, ...]

    @property
    def values(self) -> Values:
        """What goes in, (inputs,)."""
        return self.steps[0].values.ravel()

    @property
    def z(self) -> Values:
        """What its neurons come to before any activation, (units,)."""
        return self.steps[0].z.ravel()

    @property
    def outputs(self) -> Values:
        """What the next layer is given, or what the network predicts, (units,)."""
        return self.steps[-1].outputs.ravel()

    @property
    def function(self) -> str:
        """What z goes through, in a few words: `relu`, `BatchNormalization, relu`."""
        names = []
        for place, step in enumerate(self.steps):
            if place and not np.array_equal(step.z, step.values):
                names.append(step.layer.type)
            if step.layer.activation != "linear":
                names.append(step.layer.activation)
            elif place and not np.array_equal(step.outputs, step.z):
                names.append(step.layer.type)
        return ", ".join(names) or "linear"

    def along(self, unit: int, z: Values) -> Values:
        """What a unit puts out for other z of its own, (n,), all other units as they are."""
        values = np.repeat(self.z[None], len(z), axis=0)
        values[:, unit] = z
        with np.errstate(all="ignore"):
            values = self.steps[0].activation.of(values)
            for step in self.steps[1:]:
                shaped = values.reshape(-1, *step.values.shape[1:])
                made = step.kind.linear(step.layer, step.parameters, shaped)
                values = step.activation.of(made).reshape(len(z), -1)
        found: Values = values[:, unit]
        return found

    def worked(self, unit: int) -> NeuronSum:
        """A neuron's sum with its numbers: products of what the neurons drawn before it put out."""
        parameters = self.steps[0].parameters
        bias = float(parameters["bias"][unit]) if "bias" in parameters else None
        weights = parameters["kernel"][:, unit]
        drawn, made = drawn_units(len(self.values)), approximate(float(self.outputs[unit]), MADE)
        return neuron_sum(
            self.values,
            weights,
            bias,
            float(self.z[unit]),
            drawn,
            MOST_PRODUCTS,
            lambda z: approximate(float(self.along(unit, np.array([z]))[0]), MADE) == made,
        )

    def largest(self, units: Sequence[int]) -> int:
        """Which of these units puts out most, to either side."""
        sizes = np.abs(np.stack([self.outputs, self.z]))[:, [*units]]
        return units[int(np.lexsort(sizes[::-1])[-1])]


def passage(view: View, at: int, sample: int) -> list[Stage]:
    """The Dense layers of a network at work on one sample in one recorded state.

    Args:
        view: reads `inputs`, `layers`, `parameters` and `dense`.
    """
    steps = forward(view, at, view.inputs[sample : sample + 1])
    ends = [*view.dense[1:], len(steps)]
    return [Stage(tuple(steps[start:end])) for start, end in zip(view.dense, ends)]


def why_no_passage(view: View, at: int) -> str | None:
    """Why a sample cannot be followed through a network; None where it can."""
    if not can_follow(view):
        return "a layer's arithmetic is not known"
    steps = forward(view, at, view.inputs)
    if any(steps[place].values.ndim > 2 for place in view.dense):
        return "a Dense layer works on rows of values"
    if not all(np.isfinite(step.outputs).all() for step in steps):
        return "some of its values are not finite"
    return None
