"""How a network's values come to the truth: points on a plane, shown state by state."""

import numpy as np
from manim import Create, VGroup, VMobject
from manim.animation.animation import Animation

from epochreel.lecture.words import Words
from epochreel.record.network import can_follow, outputs
from epochreel.record.view import View
from scenes.drawing.layout import SMALL, Region, Values
from scenes.drawing.motion import Appear
from scenes.drawing.sampling import evenly
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.columns import first_component
from scenes.parts.growing import straight
from scenes.parts.legend import Entry, legend
from scenes.parts.marks import Discs
from scenes.parts.points import DOT, Points
from scenes.parts.truth import Truth

MOST_POINTS, MOST_STATES, MOST_PLACES = 400, 60, 200
VALUE, HELD_OUT = 14, 9  # pixels: the radius of a true value, and of one held out
LINE = 6  # the width of the true function, in hundredths of a unit
FAINT = 0.55  # how solid true values are, over which predictions are seen


class ValuePoints:
    """The truth as a line or as true values, predictions as points that move; see `Truth`.

    Where the truth is known at its samples alone, or some were held out, the function that the
    network has learned is a curve between them, and the samples held out are rings.

    Attributes:
        moving: what changes from state to state.
        now: the values that are shown, (n,), by their place in the truth.
    """

    def __init__(
        self, view: View, truth: Truth, region: Region, words: Words, theme: Theme
    ) -> None:
        self._view, self.truth, self._words, self._theme = view, truth, words, theme
        self.predictions = first_component(view.predictions)[:, truth.order]
        seen = [self.predictions[[0, -1]].ravel()]
        if self._held_out is not None:
            seen.append(self._held_out[1])
        self.scale = truth.scale(np.concatenate(seen))
        self.plane = Plane(truth.x, self.scale, region, truth.names(words), theme)
        self.kept = evenly(len(truth.across), MOST_POINTS)
        self.points = Points(self.plane, truth.across[self.kept], theme.prediction)
        self.curve = _Curve(view, self.plane, theme) if self._is_function else None
        self.moving = VGroup(*([] if self.curve is None else [self.curve]), self.points)

    @property
    def _is_function(self) -> bool:
        """Whether the network is drawn between the samples."""
        view = self._view
        known = view.rule is not None and view.validation is None
        return (
            view.inputs.shape[1:] == (1,)
            and len(view.inputs) > 1
            and not known
            and (can_follow(view))
        )

    @property
    def _held_out(self) -> tuple[Values, Values] | None:
        """What is drawn of the validation samples, (m,) each: input and true value."""
        held_out = self._view.validation
        if held_out is None or not self.truth.one_input:
            return None
        return held_out.inputs[:, 0], held_out.targets[:, 0]

    def truth_drawn(self) -> Animation:
        """How the truth comes to the page."""
        truth, color = self.truth, self._theme.truth
        if truth.is_line:
            line = self.plane.curve(*truth.line(), color, LINE)
            return Create(line) if self._view.validation is None else Appear(line, *self._samples())
        return Appear(*self._samples())

    def _samples(self) -> list[VMobject]:
        """True values as discs, those held out as smaller ones in ink."""
        truth, theme = self.truth, self._theme
        places = self.plane.places(truth.across, truth.targets)
        samples: list[VMobject] = [Discs(places, VALUE, theme.truth, FAINT)]
        if self._held_out is not None:
            x, y = self._held_out
            inside = (self.plane.x.outside(x) == 0) & (self.plane.y.outside(y) == 0)
            samples.append(Discs(self.plane.places(x[inside], y[inside]), HELD_OUT, theme.ink, 0.7))
        return samples

    def legend(self, area: Region) -> VGroup:
        """What is the truth and what is predicted, above the plane at its right."""
        words, theme = self._words, self._theme
        name, color = self.truth.name(words), theme.truth
        entries = [Entry(name, color, dots=VALUE, opacity=FAINT)]
        if self.truth.is_line:
            entries = [Entry(name, color, line=LINE)]
        if self._held_out is not None:
            if self.truth.is_line:
                entries.append(Entry(words("samples"), color, dots=VALUE, opacity=FAINT))
            entries.append(Entry(words("validation"), theme.ink, dots=HELD_OUT, opacity=0.7))
        line = 0 if self.curve is None else 5
        entries.append(Entry(words("prediction"), theme.prediction, line=line, dots=DOT))
        # Beside the numbers above the plane there is room for two or three.
        if len(entries) > 3:
            place = Region(area.left, area.bottom + 52, area.right - 60, area.bottom + 96)
            return legend(entries, place, theme, align=0.5)
        place = Region(area.left, area.top - 63, area.right, area.top - 19)
        return legend(entries, place, theme, align=1)

    def component_note(self, region: Region) -> VGroup:
        """Which of several outputs is shown."""
        if self._view.targets.shape[1] == 1:
            return VGroup()
        note = Label(self._words("first component of the outputs"), SMALL, self._theme.faint)
        return VGroup(note.put(self.plane.region.left, region.bottom + 14))

    def outside(self, predictions: Values) -> Values:
        """How many predictions, (..., n), are not on the axis."""
        return np.count_nonzero(self.scale.outside(predictions), axis=-1)

    def show_at(self, progress: float) -> None:
        """Show a place between recorded states, points on their way."""
        at = int(progress)
        ahead = min(at + 1, len(self.predictions) - 1)
        way = self.predictions[ahead] - self.predictions[at]
        self.now = self.predictions[at] + (progress - at) * way
        self.points.display(self.now[self.kept])
        if self.curve is not None:
            self.curve.show_at(progress)


class _Curve(VMobject):
    """The function that a network of one input has learned."""

    def __init__(self, view: View, plane: Plane, theme: Theme) -> None:
        super().__init__(stroke_color=theme.prediction, stroke_width=5)
        self._plane = plane
        x = np.linspace(plane.x.low, plane.x.high, MOST_PLACES)
        self._states = evenly(len(view.epochs), MOST_STATES)
        self._x = x
        self._values = np.stack(
            [outputs(view, state, x[:, None])[-1][:, 0] for state in self._states]
        )

    def show_at(self, progress: float) -> None:
        """Show a place between states."""
        behind = max(at for at, state in enumerate(self._states) if state <= progress + 1e-9)
        ahead = min(behind + 1, len(self._states) - 1)
        span = self._states[ahead] - self._states[behind]
        share = (progress - self._states[behind]) / span if span else 0.0
        values = (1 - share) * self._values[behind] + share * self._values[ahead]
        starts, ends = self._plane.pieces(self._x, values)
        self.set_points(straight(starts, ends, np.ones(len(starts))))
