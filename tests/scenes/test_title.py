"""Behind the title the record's own network learns, and the words are read as before."""

from dataclasses import replace

import numpy as np
import pytest
from manim import Circle, ManimColor, RoundedRectangle, VGroup, interpolate_color

from scenes.drawing.text import Label
from scenes.drawing.theme import THEMES, Theme
from scenes.parts.neuron_values import contrast
from scenes.parts.title_ground import TitleGround, faint, plate
from scenes.stage.catalogue import shipped
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim
TITLE = shipped()["title"]


def widths_of(ground: TitleGround) -> list[float]:
    """How wide its edges are, layer by layer."""
    return [edge.get_stroke_width() for edges in ground.edges for edge in edges]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_words_over_the_network_are_read(theme: Theme) -> None:
    near, page = faint(theme), ManimColor(theme.page)
    sheets = plate(VGroup(Label("words", 40, theme.ink)), theme)

    for ground in (near.ink, near.positive, near.negative):
        behind = ManimColor(ground)
        for sheet in sheets:
            behind = interpolate_color(behind, page, sheet.get_fill_opacity())
        for words in (theme.ink, theme.accent):
            assert contrast(ManimColor(words), behind) >= 4.5
        assert 1 < contrast(ManimColor(theme.page), ManimColor(ground)) < 2


def test_edges_go_from_the_first_state_to_the_last(walk_through: WalkThrough) -> None:
    record = a_record()
    for _, scene in walk_through(TITLE, show_of(record)):
        ground = scene.ground
        ended = widths_of(ground)
        ground.learn_to(0.0)
        began = widths_of(ground)
        assert scene.seconds["title"] <= 5.5

    kernels = [layer["kernel"] for layer in record.parameters]
    for widths, at in ((began, 0), (ended, -1)):
        weights = np.concatenate([np.abs(kernel[at]).ravel() for kernel in kernels])
        assert np.argsort(widths, kind="stable").tolist() == np.argsort(weights).tolist()


def test_a_plate_is_behind_all_words_that_are_not_on_the_card(walk_through: WalkThrough) -> None:
    for _, scene in walk_through(TITLE, show_of(a_record())):
        [card] = [part for part in scene.mobjects if isinstance(part, RoundedRectangle)]
        below = [top for top in scene.mobjects if top.get_top()[1] < card.get_bottom()[1]]
        assert below
        for text in below:
            sheet, *_ = (part for part in text.get_family() if isinstance(part, RoundedRectangle))
            for label in text.get_family():
                if isinstance(label, Label):
                    assert sheet.get_left()[0] < label.get_left()[0]
                    assert label.get_right()[0] < sheet.get_right()[0]


def test_the_network_stands_under_the_card_and_on_the_page(walk_through: WalkThrough) -> None:
    for _, scene in walk_through(TITLE, show_of(a_record())):
        parts = scene.ground.family_members_with_points()
        assert {part.z_index for part in parts} == {-1}
        assert sum(isinstance(part, Circle) for part in parts) >= 9
        [card] = [part for part in scene.mobjects if isinstance(part, RoundedRectangle)]
        assert card.get_fill_opacity() == 1


@pytest.mark.parametrize("kind", ["wide", "784 inputs", "deep", "one epoch"])
def test_networks_of_every_kind_fill_the_page(kind: str, walk_through: WalkThrough) -> None:
    for _, scene in walk_through(TITLE, show_of(a_record(**RECORDS[kind]))):
        assert scene.ground.height > 0.6 * 8
        assert scene.ground.width > 0.9 * 8 * 16 / 9


def test_without_layers_of_neurons_there_is_the_card_alone(walk_through: WalkThrough) -> None:
    record = a_record()
    layers = tuple(replace(layer, type="Conv1D") for layer in record.layers)
    for _, scene in walk_through(TITLE, show_of(replace(record, layers=layers))):
        assert scene.ground is None
