"""Layers are named in the film's language, and only parameters that exist have a name."""

from collections.abc import Collection, Sequence

import pytest
from manim import MathTypst, VMobject, tempconfig

from epochreel.lecture.words import Words
from scenes.drawing.layout import SMALL, UNIT
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.parts.epoch_regions import EPOCH_PAGE
from scenes.parts.named_network import NamedNetwork

pytestmark = pytest.mark.manim
BOTH = ("kernel", "bias")
TEN = (1, *[3] * 9, 1)


@pytest.fixture(autouse=True)
def _typst_files(tmp_path_factory: pytest.TempPathFactory) -> object:
    with tempconfig({"media_dir": str(tmp_path_factory.getbasetemp() / "typst")}):
        yield


def named(
    widths: Sequence[int],
    language: str = "en",
    parameters: Sequence[Collection[str]] | None = None,
) -> NamedNetwork:
    parameters = parameters or [BOTH] * (len(widths) - 1)
    return NamedNetwork(widths, parameters, 1.0, EPOCH_PAGE.network, Words(language), PAPER)


def labels(part: VMobject) -> list[str]:
    return [label.text for label in part if isinstance(label, Label)]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Input layer", "Hidden layer", "Hidden layer", "Output layer"]),
        ("zh", ["输入层", "隐藏层", "隐藏层", "输出层"]),
        ("es", ["Capa de entrada", "Capa oculta", "Capa oculta", "Capa de salida"]),
    ],
)
def test_each_layer_has_its_name(language: str, names: list[str]) -> None:
    assert labels(named((1, 4, 3, 1), language).names) == names


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Input layer", "Output layer", "9 hidden layers"]),
        ("zh", ["输入层", "输出层", "9 个隐藏层"]),
        ("es", ["Capa de entrada", "Capa de salida", "9 capas ocultas"]),
    ],
)
def test_many_hidden_layers_share_one_name(language: str, names: list[str]) -> None:
    assert labels(named(TEN, language).names) == names


@pytest.mark.parametrize("language", ["en", "zh", "es"])
@pytest.mark.parametrize("widths", [(1, 1), (1, 4, 4, 4, 1), TEN, (1, *[128] * 9, 1)])
def test_names_stay_apart_and_large(widths: tuple[int, ...], language: str) -> None:
    drawn = named(widths, language)
    parts = [*drawn.names, *drawn.tags]
    texts = [part for part in parts if isinstance(part, (Label, MathTypst))]

    for at, one in enumerate(texts):
        for other in texts[at + 1 :]:
            across = abs(one.get_x() - other.get_x()) - (one.width + other.width) / 2
            down = abs(one.get_y() - other.get_y()) - (one.height + other.height) / 2
            assert across > 0 or down > -3 * UNIT
    assert all(label.size == SMALL for label in texts if isinstance(label, Label))
    assert drawn.names.width <= EPOCH_PAGE.network.width * UNIT


def test_the_bracket_is_under_the_hidden_layers_alone() -> None:
    drawn = named(TEN, "es")
    (bracket,) = (part for part in drawn.names if part.has_points() and not isinstance(part, Label))

    assert drawn.layers[0].get_right()[0] < bracket.get_left()[0]
    assert bracket.get_left()[0] < drawn.layers[1].get_left()[0]
    assert drawn.layers[-2].get_right()[0] < bracket.get_right()[0]
    assert bracket.get_right()[0] < drawn.layers[-1].get_left()[0]
    assert bracket.get_top()[1] < min(layer.get_bottom()[1] for layer in drawn.layers)


def test_only_parameters_that_exist_have_a_name() -> None:
    drawn = named((1, 4, 3, 1), parameters=[BOTH, ("kernel",), BOTH])

    assert labels(drawn.tags) == ["w1", "b1", "w2", "w3", "b3"]


def test_names_of_parameters_are_left_out_where_they_have_no_room() -> None:
    assert labels(named(TEN).tags) == []
