"""Samples parted at random into those to train on and those to measure with."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from training.samples import Samples

# The seed draws weights and orders as well; what it draws here has a stream of its own.
STREAM = 1


def split(data: Samples, share: float, seed: int) -> Samples:
    """The samples to train on, with `share` of all as their validation; both keep their order.

    Raises:
        ValueError: there is one sample, which cannot be on both sides.
    """
    count = len(data.inputs)
    if count < 2:
        raise ValueError("one sample cannot be split in two; give more, or leave it out.")
    apart = min(max(round(count * share), 1), count - 1)
    order = np.random.default_rng([seed, STREAM]).permutation(count)
    validation = _taken(data, np.sort(order[:apart]))
    return replace(_taken(data, np.sort(order[apart:])), validation=validation)


def _taken(data: Samples, places: npt.NDArray[np.int64]) -> Samples:
    return replace(data, inputs=data.inputs[places], targets=data.targets[places])
