"""The network diagram with its names: of layers, of the spaces they span, of parameters."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from manim import VGroup, VMobject

from epochreel.lecture.words import Words
from scenes.drawing.layout import SMALL, UNIT, Region, point
from scenes.drawing.measure import text_width
from scenes.drawing.names import parameter_name
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.formula import formula
from scenes.parts.network import Network

TAGS_HEIGHT, NAMES_HEIGHT = 30, 92  # above the diagram and below it
SPACES_HEIGHT = 52  # below it where layers have no names
AIR = 8  # pixels beside a name on either side
SPACE = 34  # pixels to the em of ∈ ℝ³


class NamedNetwork(Network):
    """A network, below it what its layers are called, above it w1, b1, w2, ...

    Where the hidden layers stand too close for a name each, one name and a bracket are for all;
    where the region is too narrow for that too, layers have no names.

    Args:
        widths: units from the input to the output, such as (1, 4, 3, 1).
        parameters: for each layer but the input the names of those it has, `kernel` and `bias`;
            layers without neurons of their own are left out.
        largest: the |w| that is drawn widest, one scale for every epoch.
        last_pitch: see Network.
    """

    def __init__(
        self,
        widths: Sequence[int],
        parameters: Sequence[Collection[str]],
        largest: float,
        region: Region,
        words: Words,
        theme: Theme,
        *,
        last_pitch: float = 0.0,
    ) -> None:
        kinds = words("input layer"), words("hidden layer"), words("output layer")
        first, hidden, last = (_capitalized(kind) for kind in kinds)
        names = [first, *[hidden] * (len(widths) - 2), last]
        rooms = [_room(name) for name in names]
        column = region.width / len(widths)
        each_named = max(rooms) <= column
        common = None if each_named else _common_name(words, len(widths) - 2)
        ends_named = rooms[0] + rooms[-1] + _room(common) <= region.width
        is_named = each_named or ends_named
        shares = [column] * len(widths)
        if not each_named and ends_named:
            shares = _shares(rooms, region.width)
        foot = region.bottom - (NAMES_HEIGHT if is_named else SPACES_HEIGHT)
        diagram = Region(region.left, region.top + TAGS_HEIGHT, region.right, foot)
        super().__init__(
            widths,
            largest,
            diagram,
            theme,
            shares=shares,
            last_pitch=last_pitch,
        )
        named = names if each_named else [first, *[""] * (len(widths) - 2), last]
        self.names = VGroup(
            *[
                self._label(name).put(column.x, region.bottom - 50, 0.5)
                for name, column in zip(named, self.columns)
                if name and is_named
            ],
            *self._spaces(widths, region.bottom - 22),
        )
        if common and is_named:
            self.names.add(*self._under_bracket(common, region.bottom))
        self.tags = VGroup(*self._tags(parameters, region.top + CAP_HEIGHT * SMALL))
        self.add(self.names, self.tags)

    def _label(self, text: str) -> Label:
        return Label(text, SMALL, self.theme.faint)

    def _under_bracket(self, name: str, bottom: float) -> list[VMobject]:
        """A bracket under all hidden layers, and below it their name."""
        hidden = self.columns[1:-1]
        left, right = hidden[0].left + AIR, hidden[-1].right - AIR
        top, base = bottom - NAMES_HEIGHT, bottom - NAMES_HEIGHT + AIR
        bracket = VMobject(stroke_color=self.theme.line, stroke_width=2.5)
        bracket.set_points_as_corners(
            [point(left, top), point(left, base), point(right, base), point(right, top)]
        )
        return [bracket, self._label(name).put((left + right) / 2, bottom - 50, 0.5)]

    def _spaces(self, widths: Sequence[int], y: float) -> list[VMobject]:
        """∈ ℝ³ under each layer; ℝ³, its units as a number, or nothing, where that has no room."""
        rooms = [column.width - 2 * AIR for column in self.columns]
        for start in ("in RR^", "RR^"):
            spaces = [formula(f"{start}({width})", SPACE, self.theme.faint) for width in widths]
            if all(space.width <= room * UNIT for space, room in zip(spaces, rooms)):
                return [
                    space.move_to(point(column.x, y)) for space, column in zip(spaces, self.columns)
                ]
        counts = [self._label(f"{width}") for width in widths]
        return [
            count.put(column.x, y + CAP_HEIGHT * SMALL / 2, 0.5)
            for count, column, room in zip(counts, self.columns, rooms)
            if count.width_px <= room
        ]

    def _tags(self, parameters: Sequence[Collection[str]], base: float) -> list[Label]:
        """w1 over the edges into layer 1, b1 over its neurons; all of them, or none has room."""
        xs = [column.x for column in self.columns]
        tags = []
        for layer, (names, left, right) in enumerate(zip(parameters, xs, xs[1:])):
            for kind, x in (("kernel", (left + right) / 2), ("bias", right)):
                if kind in names:
                    tags.append(self._label(parameter_name(layer, kind)).put(x, base, 0.5))
        widest = max(tag.width_px for tag in tags)
        closest = min(right - left for left, right in pairwise(xs))
        return tags if widest + AIR <= closest / 2 else []


def _common_name(words: Words, hidden: int) -> str | None:
    """How many hidden layers there are, if any."""
    if not hidden:
        return None
    return words("{count} hidden layer", "{count} hidden layers", count=hidden)


def _room(name: str | None) -> float:
    """What a name takes with the air beside it, in pixels."""
    return text_width(name, SMALL) + 2 * AIR if name else 0.0


def _shares(rooms: Sequence[float], width: float) -> list[float]:
    """Room for the names at both ends; the layers between share what is left."""
    first, *hidden, last = rooms
    return [first, *[(width - first - last) / len(hidden) for _ in hidden], last]


def _capitalized(name: str) -> str:
    return name[:1].upper() + name[1:]
