"""Several runs on one page: which of them have names, those names, and marks at their ends."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from manim import Circle, Line, VGroup

from epochreel.record.view import Run
from scenes.drawing.glyphs import BOLD, REGULAR
from scenes.drawing.layout import BODY, SMALL, UNIT, Region, pixels, point
from scenes.drawing.measure import lines_or_cut, text_width
from scenes.drawing.sampling import evenly
from scenes.drawing.scales import Scale, loss_scale
from scenes.drawing.text import CAP_HEIGHT, Label, Values
from scenes.drawing.theme import Theme

MOST_NAMED = 8
BADGE, BADGE_ROOM, BADGE_STEP = 19, 50, 48  # pixels: radius, to the words beside it, to the next
ASIDE = 46  # from a curve's end to its badge
LINE_STEP, MOST_LINES = 35, 2  # pixels from line to line where letters are SMALL


def named_runs(runs: Sequence[Run]) -> tuple[int, ...]:
    """Which runs have a name and a colour: all, or of more than eight those that tell most.

    These are the first, the last and others spread evenly between, since runs come in the order
    in which a setting grows; and the one that ends lowest, in the place of its neighbour.
    """
    if len(runs) <= MOST_NAMED:
        return tuple(range(len(runs)))
    chosen = np.array(evenly(len(runs), MOST_NAMED))
    for best in lowest_runs(runs)[:1]:
        chosen[np.abs(chosen - best).argmin()] = best
    return tuple(chosen.tolist())


def lowest_runs(runs: Sequence[Run]) -> tuple[int, ...]:
    """The runs that end with the lowest loss; none where all diverged."""
    ends = [np.inf if run.diverged_at is not None else run.curve[1][-1] for run in runs]
    return tuple(at for at, end in enumerate(ends) if end == min(ends) and np.isfinite(end))


def common_scale(runs: Sequence[Run]) -> Scale:
    """A scale for all losses, of which runs that diverge take a third or so at most.

    What of them lies above it leaves the frame; else they would flatten the others.
    """
    whole = loss_scale(np.concatenate([run.curve[1] for run in runs]))
    calm = [run.curve[1] for run in runs if run.diverged_at is None]
    if not (whole.logarithmic and calm):
        return whole
    high = loss_scale(np.concatenate(calm)).high
    more = max(1.0, np.ceil(np.log10(high / whole.low) / 2))
    return replace(whole, high=min(whole.high, high * 10.0**more))


class Badge(VGroup):
    """A run's number in a ring of its colour, centred at x, y pixels."""

    def __init__(self, number: int, color: str, x: float, y: float, theme: Theme) -> None:
        ring = Circle(
            radius=BADGE * UNIT,
            stroke_color=color,
            stroke_width=5,
            fill_color=theme.page,
            fill_opacity=1,
        ).move_to(point(x, y))
        digits = Label(str(number), SMALL, theme.ink, weight=BOLD)
        super().__init__(ring, digits.put(x, y + CAP_HEIGHT * SMALL / 2, 0.5))


class RunName(VGroup):
    """A run's badge and label, with its corner at x, y pixels and room for a note below."""

    def __init__(
        self, badge: Badge, lines: Sequence[str], size: float, x: float, y: float, theme: Theme
    ) -> None:
        self.corner, self.lines = (x, y), len(lines)
        first, step = y + BADGE + CAP_HEIGHT * SMALL / 2, LINE_STEP + 0.3 * (size - SMALL)
        self._bases = [first + at * step for at in range(len(lines) + 1)]
        labels = [
            Label(line, size, theme.ink).put(x + BADGE_ROOM, base)
            for line, base in zip(lines, self._bases)
        ]
        super().__init__(badge, *labels)

    def note(self, text: str, color: str, weight: int = REGULAR) -> Label:
        """Words below the label, to be added."""
        return Label(text, SMALL, color, weight=weight).put(
            self.corner[0] + BADGE_ROOM, self._bases[-1]
        )


def name_height(lines: int) -> float:
    """Pixels from a name's top to below its note."""
    return BADGE + SMALL / 2 + lines * LINE_STEP + 8


def run_names(
    labels: Sequence[str], region: Region, theme: Theme, rows_below: int = 0
) -> list[RunName]:
    """Names one below the other, all of one size, and room for so many lines below them."""
    width, size = region.width - BADGE_ROOM, float(BODY)
    for label in labels:
        size = _lines(label, width, size)[1]
    texts = [_lines(label, width, size)[0] for label in labels]
    room = region.height - rows_below * LINE_STEP
    step = min(name_height(max(map(len, texts))) + 36, room / len(texts))
    names = []
    for at, lines in enumerate(texts):
        y = region.top + at * step
        badge = Badge(at + 1, theme.runs[at], region.left + BADGE, y + BADGE, theme)
        names.append(RunName(badge, lines, size, region.left, y, theme))
    return names


def _lines(label: str, width: float, size: float) -> tuple[list[str], float]:
    """A label in one line, or in two of which the first ends with a whole setting if it can."""
    lines, size = lines_or_cut(label, width, size, MOST_LINES, f"The label {label!r}")
    if len(lines) > 1:
        *settings, last = label.split(", ")
        for at in range(len(settings), 0, -1):
            halves = [", ".join(settings[:at]) + ",", ", ".join([*settings[at:], last])]
            if all(text_width(half, size) <= width for half in halves):
                return halves, size
    return lines, size


def badges_at(ends: Sequence[Values], area: Region, theme: Theme) -> tuple[list[Badge], list[Line]]:
    """A badge beside each curve's end, none over another, and a line between the two."""
    places = badge_places([pixels(end) for end in ends], area)
    badges = [
        Badge(number, color, *place, theme)
        for number, (place, color) in enumerate(zip(places, theme.runs), start=1)
    ]
    lines = [
        Line(end, point(*place), color=color, stroke_width=2.5)
        for end, place, color in zip(ends, places, theme.runs)
    ]
    return badges, lines


def badge_places(ends: Sequence[tuple[float, float]], area: Region) -> list[tuple[float, float]]:
    """Where badges stand, in pixels: right of the area, or in it beside a curve that ends early."""
    late = [at for at, (x, _) in enumerate(ends) if x > area.right - ASIDE]
    heights = spread([ends[at][1] for at in late], BADGE_STEP, area.top, area.bottom)
    places = {at: (area.right + ASIDE, height) for at, height in zip(late, heights)}
    for at in sorted({*range(len(ends))} - {*late}, key=lambda at: ends[at]):
        places[at] = _free_place(ends[at], [*places.values()], ends, area)
    return [places[at] for at in range(len(ends))]


def _free_place(
    end: tuple[float, float],
    taken: Sequence[tuple[float, float]],
    ends: Sequence[tuple[float, float]],
    area: Region,
) -> tuple[float, float]:
    """The place nearest to a curve's end that hides no other badge and no end."""
    candidates = [
        (end[0] + across, min(max(end[1] + down, area.top + BADGE), area.bottom - BADGE))
        for across in (ASIDE, -ASIDE, 2 * ASIDE, 3 * ASIDE)
        for down in np.arange(-8, 9) * BADGE_STEP / 2
        if end[0] + across > area.left + BADGE
    ]
    candidates.sort(key=lambda place: np.hypot(place[0] - end[0] - ASIDE, place[1] - end[1]))

    def is_free(place: tuple[float, float]) -> bool:
        return all(np.hypot(place[0] - x, place[1] - y) >= BADGE_STEP - 2 for x, y in taken) and (
            all(np.hypot(place[0] - x, place[1] - y) >= ASIDE - 10 for x, y in ends)
        )

    return next(filter(is_free, candidates), candidates[0])


def spread(heights: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Heights as near as can be to those wanted, in their order and at least a step apart.

    Where they stand closer, the group is centred on where its members would be.
    """
    order = np.argsort(heights, kind="stable")
    groups: list[list[float]] = []  # of neighbours that touch: what each wants of the first one
    for place, at in enumerate(order):
        groups.append([heights[at] - place * step])
        while len(groups) > 1 and np.mean(groups[-2]) >= np.mean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    firsts = [float(np.mean(group)) for group in groups for _ in group]
    room = max(low, high - step * (len(heights) - 1))
    found = [0.0] * len(heights)
    for place, (at, first) in enumerate(zip(order, firsts)):
        found[at] = min(max(first, low), room) + place * step
    return found
