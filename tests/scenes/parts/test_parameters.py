"""Each matrix on the page holds the parameters that its name says."""

from itertools import pairwise

import numpy as np
import pytest

from epochreel.numbers import read
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.parts.epoch_regions import EPOCH_PAGE
from scenes.parts.parameters import Matrix, ParameterPanel

pytestmark = pytest.mark.manim

KERNEL = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
BIAS = np.array([7.0, 8.0, 9.0])


def shown(matrix: Matrix) -> list[list[float]]:
    return [[float(read(text)) for text in row] for row in matrix.numbers.texts]


def name(matrix: Matrix) -> str:
    label = matrix[0]
    assert isinstance(label, Label)
    return label.text


@pytest.mark.parametrize("factor", [1.0, -1.0])
def test_w_is_the_kernel_and_b_the_bias_below_it(factor: float) -> None:
    states = {"kernel": np.stack([KERNEL, -KERNEL]), "bias": np.stack([BIAS, -BIAS])}
    panel = ParameterPanel([states], [0, 1], EPOCH_PAGE.parameters, PAPER)
    panel.display([{"bias": factor * BIAS, "kernel": factor * KERNEL}])
    w, b = panel.matrices

    assert (name(w), name(b)) == ("w1 =", "b1 =")
    assert shown(w) == (factor * KERNEL).tolist()
    assert shown(b) == [(factor * BIAS).tolist()]
    assert w.get_bottom()[1] > b.get_top()[1]


def test_a_layer_without_a_bias_has_a_kernel_only() -> None:
    panel = ParameterPanel([{"kernel": KERNEL[None]}], [0], EPOCH_PAGE.parameters, PAPER)
    panel.display([{"kernel": KERNEL}])

    assert [name(matrix) for matrix in panel.matrices] == ["w1 ="]


def test_columns_stand_from_left_to_right_and_rows_from_top_to_bottom() -> None:
    panel = ParameterPanel([{"kernel": KERNEL[None]}], [0], EPOCH_PAGE.parameters, PAPER)
    numbers = panel.matrices[0].numbers
    ends = [0, *numbers.piece_ends]
    places = np.array([numbers.points[a:b].mean(axis=0) for a, b in pairwise(ends)])

    across, up = places[:, 0].reshape(2, 3), places[:, 1].reshape(2, 3)
    assert (np.diff(across, axis=1) > 0).all()
    assert (up[0] > up[1]).all()


def test_layers_that_are_left_out_are_counted_and_the_others_keep_their_names() -> None:
    layers = [
        {"kernel": np.full((1, 4, 4), layer), "bias": np.zeros((1, 4))} for layer in range(12)
    ]
    panel = ParameterPanel(layers, [0], EPOCH_PAGE.parameters, PAPER)
    panel.display([{name: states[0] for name, states in layer.items()} for layer in layers])

    assert panel.left_out + len(panel.matrices) == 24
    for w, b in zip(panel.matrices[::2], panel.matrices[1::2]):
        number = int(name(w)[1:-2])
        assert name(b) == f"b{number} ="
        assert {value for row in shown(w) for value in row} == {number - 1}
