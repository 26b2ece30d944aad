"""What goes into the network on an epoch page: features by their names, or pictures."""

from collections.abc import Sequence

from manim import VGroup

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.fitting import fitting, input_notation
from scenes.drawing.layout import SMALL, Region, Values
from scenes.drawing.measure import lines_or_cut, text_width
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.columns import HEADING_HEIGHT, Column, Rows
from scenes.parts.pictures import Pictures, grey, is_image
from scenes.parts.table import names_of

ALONE = 120.0  # pixels: a column without others, or one of pictures
NARROWEST, WIDEST, APART = 96.0, 150.0, 12.0  # of several columns, and between two
MOST = 432.0  # for all of them
BETWEEN_NAMES = 3.0  # more than between two columns
LINE = 1.2  # from one line of a name to the next, of its size
NAME_LINES = 3
HEAD = 112.0  # above the first row, for names of so many lines
PICTURE_HEAD = 86.0  # above pictures, beside which headings may have two lines
PICTURE = 104.0  # of a picture's sides, at most


def input_widths(view: View) -> list[float]:
    """How wide the column of each feature is that has room; of pictures there is one."""
    if is_image(view.inputs.shape[1:]):
        return [ALONE]
    names = input_names(view)
    if len(names) == 1:
        return [ALONE]
    wanted = [
        max(text_width(word, SMALL) for word in [*name.split(), " "]) + 4 for name in names[:5]
    ]
    widths = [min(max(width, NARROWEST), WIDEST) for width in wanted]
    while sum(widths) + APART * (len(widths) - 1) > MOST:
        widths.pop()
    return widths


def head_of(view: View) -> float:
    """Pixels above the first row: names of many features take more of them than one heading."""
    if is_image(view.inputs.shape[1:]):
        return PICTURE_HEAD
    return HEADING_HEIGHT if len(input_widths(view)) == 1 else HEAD


def input_names(view: View) -> list[str]:
    """What the values of a sample are called."""
    return names_of(view.feature_names, view.inputs[0].size, "x")


class InputColumns(VGroup):
    """A column for each feature that has room, or the pictures of the rows.

    Attributes:
        columns: of numbers; none beside pictures.
        note: which features these are, where they are not all.
    """

    def __init__(self, view: View, rows: Rows, region: Region, words: Words, theme: Theme) -> None:
        self.columns: list[Column] = []
        self.note = ""
        widths = input_widths(view)
        if is_image(view.inputs.shape[1:]):
            super().__init__(_pictures(view.inputs, rows, region, theme))
            return
        inputs = view.inputs.reshape(len(view.inputs), -1)
        names = input_names(view)
        if len(names) == 1:
            title = view.feature_names[0] if view.feature_names else words("input")
            notation = input_notation(inputs[:, 0], view.decimals)
            self.columns = [
                Column(title, inputs[None, :, 0], notation, rows, region, theme.ink, theme.line)
            ]
            super().__init__(*self.columns)
            self.columns[0].display(inputs[:, 0])
            return
        super().__init__()
        left = region.left
        for at, width in enumerate(widths):
            place = Region(left, region.top, left + width, region.bottom)
            values = inputs[:, at]
            notation = fitting(values[rows.samples], width, decimals=view.decimals)
            column = Column("", values[None], notation, rows, place, theme.ink, theme.line)
            self.columns.append(column.display(values))
            self.add(_name(names[at], place, rows, theme), column)
            left += width + APART
        if len(widths) < len(names):
            self.note = words(
                "the first {shown} of {count} features", shown=len(widths), count=len(names)
            )


def _name(name: str, place: Region, rows: Rows, theme: Theme) -> VGroup:
    """A feature's name in lines, the last one of them just above the rows."""
    width = place.width - BETWEEN_NAMES
    lines, size = lines_or_cut(name, width, SMALL, NAME_LINES, f"The feature {name!r}")
    base = rows.bases[0] - rows.pitch / 2 - CAP_HEIGHT * SMALL / 2 - 8
    return VGroup(
        *[
            Label(line, size, theme.faint).put(place.x, base - LINE * size * up, 0.5)
            for up, line in enumerate(reversed(lines))
        ]
    )


def _pictures(inputs: Values, rows: Rows, region: Region, theme: Theme) -> Pictures:
    side = min(rows.pitch - 8, PICTURE)
    middles: Sequence[float] = [base - CAP_HEIGHT * SMALL / 2 for base in rows.bases]
    places = [
        Region(region.x - side / 2, y - side / 2, region.x + side / 2, y + side / 2)
        for y in middles
    ]
    images = grey(inputs)
    ends = float(images.min()), float(images.max())
    return Pictures(images[rows.samples], places, theme, ends)
