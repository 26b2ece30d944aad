"""One scale for all epochs that are shown, unless a run grows until the first would vanish."""

import numpy as np
import pytest

from scenes.drawing.reach import BARS_GROW, edge_sizes, scale_end


@pytest.mark.parametrize(
    ("largest", "end"),
    [
        ([20.0, 5.0, 1e-9], 20.0),  # a run that converges
        ([20.0, 500.0], 500.0),
        ([20.0, 150.0, 9000.0, 1e24], 150.0),  # one that leaves
        ([20.0, 1e24], 20.0),
        ([0.0, 3.0, 4.0], 4.0),
        ([0.0, 0.0], 1.0),
    ],
)
def test_a_scale_ends_where_the_first_epochs_can_still_be_seen(
    largest: list[float], end: float
) -> None:
    assert scale_end(np.array(largest), BARS_GROW) == end


def test_the_size_of_a_state_is_that_of_its_largest_weight_in_any_layer() -> None:
    kernels = [np.array([[[1.0, -2.0]], [[0.0, 0.5]]]), np.array([[[1.5]], [[-3.0]]])]

    assert edge_sizes(kernels).tolist() == [2.0, 3.0]
