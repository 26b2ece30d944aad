"""What a title stands before: the record's own network, faint, over the whole page."""

import math
from dataclasses import replace

from manim import ManimColor, RoundedRectangle, VGroup, interpolate_color

from epochreel.record.view import View
from scenes.drawing.layout import PAGE, UNIT, Region
from scenes.drawing.motion import progress_in_sweep
from scenes.drawing.theme import Theme
from scenes.parts.learning_network import LearningNetwork

SEEN = 0.22  # of its colours; the rest is the page's
PICTURES = 24  # of the whole training: each is as large as the page
ROUND_TEXT = 26.0  # pixels that a sheet behind a text is wider than the one before
SHEETS, SHEET = 6, 0.34  # how many these are, and how solid each of them is
BESIDE = 90.0  # pixels from the page's sides to the middle of the outer neurons


class TitleGround(LearningNetwork):
    """A network as high and as wide as the page, under all that is on it.

    Args:
        view: see LearningNetwork.
    """

    def __init__(self, view: View, theme: Theme) -> None:
        self._epochs = view.epochs
        columns = len(view.widths)
        # Its outer columns stand beside the card, where they are seen.
        half = (PAGE.width / 2 - BESIDE) * columns / (columns - 1)
        region = Region(PAGE.x - half, PAGE.top, PAGE.x + half, PAGE.bottom)
        super().__init__(view, region, faint(theme), apart=PAGE.height)
        self.set_z_index(-1)

    def learn_to(self, share: float) -> None:
        """Show it after this share of the training, early epochs for longer."""
        stepped = math.floor(share * PICTURES + 1e-6) / PICTURES
        self.show_at(progress_in_sweep(self._epochs, stepped))


def title_ground(view: View, theme: Theme) -> TitleGround | None:
    """The network behind a title; None where a record has no layers of neurons."""
    return TitleGround(view, theme) if view.dense else None


def plate(text: VGroup, theme: Theme) -> VGroup:
    """The page's colour between the network and a text, softer from sheet to sheet outwards."""
    sheets = VGroup()
    for at in range(SHEETS):
        around = ROUND_TEXT * (at + 1) * UNIT
        sheet = RoundedRectangle(
            width=text.width + around,
            height=text.height + around,
            corner_radius=around / 2,
            stroke_width=0,
            fill_color=theme.page,
            fill_opacity=SHEET,
        )
        sheets.add(sheet.move_to(text))
    return sheets.set_z_index(-0.5)


def faint(theme: Theme) -> Theme:
    """The theme with the colours of a network near the page's."""
    page = ManimColor(theme.page)

    def near(color: str) -> str:
        return str(interpolate_color(page, ManimColor(color), SEEN).to_hex())

    return replace(
        theme,
        neuron=theme.page,
        ink=near(theme.ink),
        positive=near(theme.positive),
        negative=near(theme.negative),
    )
