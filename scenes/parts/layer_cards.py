"""One layer of a network as a place in a chain: its type, what it is or does, what it puts out."""

from collections.abc import Sequence
from dataclasses import dataclass

from manim import Circle, Dot, Line, Rectangle, VGroup

from epochreel.errors import NoRoom
from epochreel.lecture.words import Words
from scenes.drawing.glyphs import BOLD, REGULAR
from scenes.drawing.layout import BODY, SMALL, UNIT, Region, point
from scenes.drawing.measure import LINE, fit_lines, lines_or_cut, text_width
from scenes.drawing.names import class_lines
from scenes.drawing.sampling import drawn_units, shown_rows
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.activation_curve import activation_curve
from scenes.parts.columns import vertical_dots
from scenes.parts.layer_stops import Look, Stop, shape_in_words
from scenes.parts.page import card

PITCH, LARGEST = 112, 42.0  # pixels from one neuron to the next at most, and of a radius
CLOSEST = 22  # and at least
DOTS = 1.4  # what dots take, of that
ALIKE = 1.5  # times the pitch of the fullest layer, that of others at most
TALLEST_CARD = 420
CURVE = Region(0, 0, 124, 62)
AIR = 14  # beside words on a card
PORT = 5  # the radius of a dot from which edges leave a card
MOST_LINES = 32  # of an image's grid on each side


@dataclass(frozen=True)
class Parts:
    """The rows of one layer's region."""

    title: Region
    body: Region
    shape: Region
    count: Region

    @property
    def whole(self) -> Region:
        return Region(self.title.left, self.title.top, self.title.right, self.count.bottom)


def widest_pitch(stops: Sequence[Stop], parts: Sequence[Parts]) -> float:
    """How far neurons may be apart at most, so that those of no layer are much smaller."""
    pitches = [
        _above_curve(part.body).height / (len(_shown(stop, _above_curve(part.body))) + DOTS - 1)
        for stop, part in zip(stops, parts)
        if stop.look is Look.NEURONS
    ]
    return min([PITCH, *(ALIKE * pitch for pitch in pitches)])


class LayerCard(VGroup):
    """A layer in its region: title, neurons or a card, and below them what it puts out.

    Args:
        pitch: from one neuron to the next, at most.

    Attributes:
        place: all that it has, its parameters' room included.
        body: what arrows lead to and from.
        places: where its neurons are, in pixels; None where it is no column.
        units: which of its neurons these are.
    """

    def __init__(
        self, stop: Stop, parts: Parts, words: Words, theme: Theme, pitch: float = PITCH
    ) -> None:
        self.stop, self.theme, self._pitch = stop, theme, pitch
        self.places: list[tuple[float, float]] | None = None
        self.units: list[int] = []
        self.place, self.body = parts.whole, parts.body
        draw = {Look.NEURONS: self._column, Look.CARD: self._card, Look.GRID: self._grid}
        picture = draw[stop.look](parts.body)
        super().__init__(*self._title(parts.title), picture, self._shape(parts.shape, words))

    def _title(self, region: Region) -> VGroup:
        """Its type at the foot of the region, in two lines where it is long."""
        title, most = self.stop.title, region.width
        lines = class_lines(title, lambda line: text_width(line, SMALL, BOLD) <= most)
        fitted = [lines_or_cut(line, most, BODY, 1, title, BOLD) for line in lines]
        size = min(size for _, size in fitted)
        lines = [line for (line,), _ in fitted]
        return lines_up(lines, size, region, self.theme.ink, weight=BOLD, at_foot=True)

    def _shape(self, region: Region, words: Words) -> Label:
        return Label(shape_in_words(self.stop.shape, words), SMALL, self.theme.faint).put_in(region)

    def _column(self, region: Region) -> VGroup:
        """Neurons, as many as have room, and below them the activation."""
        # Without an activation too, so that the neurons of all layers have one middle.
        area = _above_curve(region)
        self.units = _shown(self.stop, area)
        self.places, pitch, dots = self._spread(self.units, area, area.x)
        self.radius = min(0.37 * pitch, LARGEST)
        self.body = Region(area.x - self.radius, area.top, area.x + self.radius, area.bottom)
        neurons = VGroup(
            *[
                Circle(
                    radius=self.radius * UNIT,
                    stroke_color=self.theme.ink,
                    stroke_width=2.5,
                    fill_color=self.theme.neuron,
                    fill_opacity=1,
                ).move_to(point(*place))
                for place in self.places
            ]
        )
        neurons.add(*dots)
        picture = VGroup(neurons.set_z_index(1))
        if self.stop.function:
            picture.add(*self._activation(region))
        return picture

    def _spread(
        self, shown: Sequence[int], area: Region, x: float
    ) -> tuple[list[tuple[float, float]], float, VGroup]:
        """Where the units shown are, one below the other; how far apart; dots for the others."""
        units = self.stop.shape[0]
        is_whole = len(shown) == units
        slots = units if is_whole else len(shown) + DOTS
        pitch = min(area.height / slots, self._pitch)
        gap = next((at for at, unit in enumerate(shown) if unit != at), units)
        top = area.y - pitch * (slots - 1) / 2
        places = [(x, top + pitch * (at + DOTS * (at >= gap))) for at in range(len(shown))]
        if is_whole:
            return places, pitch, VGroup()
        y = (places[gap - 1][1] + places[gap][1]) / 2
        return places, pitch, VGroup(vertical_dots(x, y, self.theme.ink))

    def open(self) -> tuple[list[int], list[tuple[float, float]]]:
        """Give a card that passes on single values a port at its right for each one.

        Returns:
            Which of its units have one, and where, in pixels.
        """
        area = self.body.inset(0, AIR)
        shown = _shown(self.stop, area)
        places, _, dots = self._spread(shown, area, area.right)
        self.add(*[Dot(point(*place), PORT * UNIT, color=self.theme.ink) for place in places])
        self.add(*dots)
        return shown, places

    def _activation(self, region: Region) -> VGroup:
        """Its curve, if it is known, and below that its name."""
        (name,), size = lines_or_cut(self.stop.function, region.width, SMALL, 1, self.stop.function)
        found = VGroup(Label(name, size, self.theme.accent).put(region.x, region.bottom - 8, 0.5))
        if self.stop.activation:
            found.add(
                *self._curve(Region(region.left, region.top, region.right, region.bottom - 46))
            )
        return found

    def _card(self, region: Region) -> VGroup:
        """What it does in words, and the curve of its activation below them."""
        if region.height > TALLEST_CARD:
            # Beside the neurons of other layers, in the middle of their height.
            middle = _above_curve(region).y
            top = max(region.top, middle - TALLEST_CARD / 2)
            region = Region(region.left, top, region.right, top + TALLEST_CARD)
        self.body = region
        inside, curve = region.inset(AIR), VGroup()
        if self.stop.activation:
            curve = self._curve(inside.inset(0, 6))
            inside = Region(
                inside.left, inside.top, inside.right, inside.bottom - CURVE.height - 2 * AIR
            )
        if not self.stop.says:
            return VGroup(card(region, self.theme, self.theme.line), curve)
        try:
            lines, size = fit_lines(self.stop.says, inside, BODY, self.stop.title)
        except NoRoom:
            most = int(inside.height / SMALL / LINE)
            lines, size = lines_or_cut(self.stop.says, inside.width, SMALL, most, self.stop.title)
        text = lines_up(lines, size, inside, self.theme.ink)
        return VGroup(card(region, self.theme, self.theme.line), text, curve)

    def _curve(self, region: Region) -> VGroup:
        """The curve at the foot of a region."""
        assert self.stop.activation
        half = CURVE.width / 2
        place = Region(
            region.x - half, region.bottom - CURVE.height, region.x + half, region.bottom
        )
        return activation_curve(self.stop.activation, place, self.theme)

    def _grid(self, region: Region) -> VGroup:
        """An image's grid of values, or any other box of them."""
        rows, columns = self.stop.shape[:2]
        side = min(region.width / columns, region.height / rows, PITCH)
        across, down = side * columns / 2, side * rows / 2
        self.body = Region(region.x - across, region.y - down, region.x + across, region.y + down)
        box = self.body
        lines = [
            Line(point(x, box.top), point(x, box.bottom))
            for x in _inner(box.left, box.right, columns)
        ]
        lines += [
            Line(point(box.left, y), point(box.right, y)) for y in _inner(box.top, box.bottom, rows)
        ]
        frame = Rectangle(
            width=box.width * UNIT,
            height=box.height * UNIT,
            stroke_color=self.theme.ink,
            stroke_width=2.5,
        ).move_to(box.center)
        return VGroup(*[line.set_stroke(self.theme.line, 1.5) for line in lines], frame)


def _shown(stop: Stop, area: Region) -> list[int]:
    """Which of a column's neurons are drawn: those of every scene, or as many as have room."""
    units = drawn_units(stop.shape[0])
    most = max(3, int(area.height / CLOSEST))
    return units if len(units) < most else shown_rows(stop.shape[0], most)


def _above_curve(region: Region) -> Region:
    """Where neurons are, over their activation."""
    return Region(region.left, region.top, region.right, region.bottom - CURVE.height - 58)


def lines_up(
    lines: Sequence[str],
    size: float,
    region: Region,
    color: str,
    *,
    weight: int = REGULAR,
    at_foot: bool = False,
) -> VGroup:
    """Lines in the middle of a region, or at its foot."""
    pitch = size * 1.3
    base = region.y + (CAP_HEIGHT * size - pitch * (len(lines) - 1)) / 2
    if at_foot:
        base = region.bottom - pitch * (len(lines) - 1)
    return VGroup(
        *[
            Label(line, size, color, weight=weight).put(region.x, base + at * pitch, 0.5)
            for at, line in enumerate(lines)
        ]
    )


def _inner(start: float, end: float, count: int) -> list[float]:
    """Where lines part so many cells; none where they would be too close to be seen."""
    if count > MOST_LINES:
        return []
    return [start + (end - start) * at / count for at in range(1, count)]
