"""A step of training on one weight as a card: its quantities below each other, the loss last."""

from collections.abc import Sequence
from dataclasses import dataclass

from manim import Line, VGroup

from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, LARGE, SMALL, UNIT, Region, point
from scenes.drawing.measure import lines_or_cut
from scenes.drawing.text import CAP_HEIGHT, Label, one_line
from scenes.drawing.theme import Theme
from scenes.parts.formula import formula
from scenes.parts.page import card
from scenes.parts.step_rows import StepRow

INSET = 28
HEAD, FOOT, RESULT = 92, 118, 178  # pixels: of the heading, of the loss, of the new weight
PITCH = 226  # from one row to the next, where there is room
SYMBOL = 38  # font size of formulas
RULE = 18  # pixels from a rule to what stands above it


@dataclass(frozen=True)
class StepCard:
    """The card as mobjects that a scene shows one after the other.

    Attributes:
        frame: the card and its heading.
        rows: what is there before the step, and what the optimizer makes of it.
        asked: how the new weight is worked out.
        result: the new weight.
        loss: the loss before and after.
    """

    frame: VGroup
    rows: list[VGroup]
    asked: VGroup
    result: VGroup
    loss: VGroup


def step_card(
    head: str,
    rows: Sequence[tuple[StepRow, str]],
    result: StepRow,
    loss: tuple[str, str],
    region: Region,
    theme: Theme,
) -> StepCard:
    """A card in a region.

    Args:
        rows: each with the colour of its value.
        loss: what it is called, and what becomes of it.
    """
    inner = region.inset(INSET, 0)
    heading = one_line(head, BODY, theme.optimizer, inner.width, head, weight=BOLD)
    frame = VGroup(card(region, theme), heading.put(inner.left, region.top + 58))
    top = region.top + HEAD
    pitch = min(PITCH, (region.height - HEAD - RESULT - FOOT) / len(rows))
    made = []
    for at, (row, color) in enumerate(rows):
        place = Region(inner.left, top + at * pitch, inner.right, top + (at + 1) * pitch)
        made.append(_row(row, place, color, theme))
    foot = Region(inner.left, region.bottom - FOOT, inner.right, region.bottom)
    place = Region(inner.left, foot.top - RESULT, inner.right, foot.top)
    return StepCard(frame, made, *_result(result, place, theme), _loss(*loss, foot, theme))


def _row(row: StepRow, place: Region, color: str, theme: Theme) -> VGroup:
    middle = place.y - RULE / 2
    base = middle + CAP_HEIGHT * SYMBOL / 2 - (18 if row.note else 0)
    value = Label(row.value, BODY, color, weight=BOLD).put(place.right, base, 1)
    symbol = _symbol(row.symbol, place, base, place.width - value.width_px - 24, theme)
    group = VGroup(symbol, value, _rule(place, theme))
    if row.note:
        (note,), _ = lines_or_cut(row.note, place.width, SMALL, 1, row.note)
        group.add(Label(note, SMALL, theme.faint).put(place.left, base + 40))
    return group


def _result(row: StepRow, place: Region, theme: Theme) -> tuple[VGroup, VGroup]:
    base = place.top + 42
    asked = VGroup()
    if row.symbol:
        asked.add(_symbol(row.symbol, place, base, place.width, theme))
    if row.note:
        (note,), _ = lines_or_cut(row.note, place.width, SMALL, 1, row.note)
        asked.add(Label(note, SMALL, theme.ink).put(place.left, base + 48))
    value = one_line(row.value, LARGE, theme.optimizer, place.width, row.value, weight=BOLD)
    return asked, VGroup(value.put(place.right, base + 112, 1))


def _loss(name: str, change: str, place: Region, theme: Theme) -> VGroup:
    base = place.top + 66
    called = Label(name, BODY, theme.loss, weight=BOLD).put(place.left, base)
    room = place.width - called.width_px - 24
    value = one_line(change, BODY, theme.loss, room, change, weight=BOLD)
    return VGroup(called, value.put(place.right, base, 1), _rule(place, theme, top=True))


def _symbol(source: str, place: Region, base: float, width: float, theme: Theme) -> VGroup:
    """A formula from the left of a place, its letters about on the base line."""
    mobject = formula(source, SYMBOL, theme.ink)
    mobject.scale(min(1.0, width * UNIT / mobject.width))
    middle = base - CAP_HEIGHT * SYMBOL / 2 + 4
    mobject.move_to(point(place.left + mobject.width / UNIT / 2, middle))
    return VGroup(mobject)


def _rule(place: Region, theme: Theme, *, top: bool = False) -> Line:
    y = place.top if top else place.bottom - RULE / 2
    return Line(point(place.left, y), point(place.right, y), color=theme.line, stroke_width=1.5)
