"""The training loop as cards and arrows."""

from collections.abc import Mapping, Sequence

from manim import Arrow, Dot, VGroup, smooth

from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, LOOP_PAGE, UNIT, Region, point
from scenes.drawing.measure import lines_or_cut
from scenes.drawing.text import Label, one_line
from scenes.drawing.theme import Theme
from scenes.parts.page import card

ROW = 42  # pixels from one line of a card to the next
LOW_ROW = 38  # where a card has three lines
BESIDE = 24  # pixels that a line leaves free, on both sides together
ARROWS = (
    ("data", "network"),
    ("network", "predictions"),
    ("predictions", "loss_function"),
    ("targets", "loss_function"),
    ("loss_function", "loss"),
    ("loss", "optimizer"),
    ("optimizer", "weights"),
    ("weights", "network"),
)


class Station(VGroup):
    """A card with a name, and below it two lines, or `rows`, for the numbers that are there now."""

    def __init__(self, name: str, region: Region, color: str, theme: Theme, rows: int = 2) -> None:
        self.region, self.rows = region, rows
        panel = card(region, theme, color)
        super().__init__(panel)
        if name:
            label = one_line(name, BODY, color, region.width - 30, name, weight=BOLD)
            self.add(label.put(region.x, region.top + (66 if rows == 2 else 56), 0.5))

    def value(self, text: str, color: str, row: int = 0) -> Label:
        """A line of the card's lower half: the last one, or that of `row` 1 above it."""
        (line,), size = lines_or_cut(text, self.region.width - BESIDE, BODY, 1, text)
        foot, pitch = (34, ROW) if self.rows == 2 else (24, LOW_ROW)
        return Label(line, size, color).put(
            self.region.x, self.region.bottom - foot - pitch * row, 0.5
        )


class Loop(VGroup):
    """All cards and the arrows between them.

    Args:
        names: what stands on each card of LOOP_PAGE, and its colour.
        rows: how many lines a card has, where they are not two.

    Attributes:
        arrows: each by the cards that it leads from and to.
    """

    def __init__(
        self, names: Mapping[str, tuple[str, str]], rows: Mapping[str, int], theme: Theme
    ) -> None:
        self.stations = {
            key: Station(name, getattr(LOOP_PAGE, key), color, theme, rows.get(key, 2))
            for key, (name, color) in names.items()
        }
        self.arrows = {
            (start, end): arrow_between(
                self.stations[start].region, self.stations[end].region, theme.line
            )
            for start, end in ARROWS
        }
        super().__init__(*self.stations.values(), *self.arrows.values())


class Pulse(VGroup):
    """Dots that run along arrows, all at once."""

    def __init__(self, arrows: Sequence[Arrow], color: str) -> None:
        self.ends = [(arrow.get_start(), arrow.get_end()) for arrow in arrows]
        super().__init__(*[Dot(start, radius=13 * UNIT, color=color) for start, _ in self.ends])

    def show_at(self, alpha: float) -> None:
        """Show the dots at a share of their way, in [0, 1]."""
        for dot, (start, end) in zip(self, self.ends):
            dot.move_to(start + (end - start) * smooth(alpha))
            dot.set_fill(opacity=min(1.0, 8 * alpha))


def arrow_between(start: Region, end: Region, color: str) -> Arrow:
    """An arrow from the side of one region to the facing side of another."""
    gap = 10
    if start.right < end.left:
        ends = (start.right + gap, start.y), (end.left - gap, end.y)
    elif end.right < start.left:
        ends = (start.left - gap, start.y), (end.right + gap, end.y)
    elif start.bottom < end.top:
        ends = (start.x, start.bottom + gap), (end.x, end.top - gap)
    else:
        ends = (start.x, start.top - gap), (end.x, end.bottom + gap)
    return Arrow(
        point(*ends[0]),
        point(*ends[1]),
        buff=0,
        color=color,
        stroke_width=6,
        tip_length=26 * UNIT,
        max_tip_length_to_length_ratio=0.4,
    )
