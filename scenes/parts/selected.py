"""Which samples stand for all on a page that has no room for each."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.int64]


def first_of_each(true: Labels, classes: int, most: int) -> list[int]:
    """The first samples of each class, as many of each as there is room for; class by class.

    Where there are more classes than places, those of the first classes.

    Args:
        true: which class each sample is of, (n,).
        most: how many places there are.
    """
    members = [np.flatnonzero(true == at).tolist() for at in range(classes)]
    there = [each for each in members if each][:most]
    shares = _shares([len(each) for each in there], most)
    return [sample for each, share in zip(there, shares) for sample in each[:share]]


def _shares(sizes: Sequence[int], most: int) -> list[int]:
    """How many of each there are places for: one more of each in turn while there is one."""
    shares = [0] * len(sizes)
    while sum(shares) < min(most, sum(sizes)):
        smallest = min(share for share, size in zip(shares, sizes) if share < size)
        at = next(i for i, s in enumerate(shares) if s == smallest and s < sizes[i])
        shares[at] += 1
    return shares
