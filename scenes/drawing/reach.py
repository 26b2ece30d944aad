"""Where a scale ends that many states of a network share."""

import numpy as np

from scenes.drawing.layout import Values

BARS_GROW = 30  # times, and the first epoch's longest bar is a few pixels long
EDGES_GROW = 1000  # times: an edge never gets thinner than can be seen
FILLS_GROW = 1000  # times: what fills a neuron less looks empty anyhow
LEFT = 10  # times: what a scale keeps of a run that grows beyond it


def scale_end(largest: Values, grow: float) -> float:
    """The largest value that bars, edges or fills show as large as it is.

    That of all states, so that they can be compared. In a run that diverges nothing would be left
    of the first epochs; there the scale is theirs, and what is larger goes on beyond its end.

    Args:
        largest: the largest size in each state that is shown, (states,).
        grow: how many times the first one a common scale may reach.
    """
    sizes = largest[largest > 0]
    if not sizes.size:
        return 1.0
    if sizes.max() > grow * sizes[0]:
        sizes = sizes[sizes <= LEFT * sizes[0]]
    return float(sizes.max())


def edge_sizes(kernels: list[Values]) -> Values:
    """The largest |w| of each state, of every layer's (states, inputs, units)."""
    return np.max([np.abs(kernel).max(axis=(1, 2)) for kernel in kernels], axis=0)


def widest_weight(kernels: list[Values]) -> float:
    """The |w| that is drawn widest in all states, of every layer's (states, inputs, units)."""
    return scale_end(edge_sizes(kernels), EDGES_GROW) if kernels else 1.0
