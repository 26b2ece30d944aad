"""How a network's values come to the truth: points on a plane, shown state by state."""

import numpy as np
from manim import VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.record.network import can_follow, outputs
from epochreel.record.view import View
from scenes.drawing.layout import SMALL, Region, Values, pixels
from scenes.drawing.measure import text_width
from scenes.drawing.outlines import straight
from scenes.drawing.sampling import evenly
from scenes.drawing.scales import Scale, linear_scale, states_in_view
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane, shortened
from scenes.parts.columns import first_component
from scenes.parts.held_out import held_out_predictions
from scenes.parts.in_between import InBetween
from scenes.parts.legend import TO_NEXT, Entry, entry_width, legend
from scenes.parts.marks import Discs, Rings
from scenes.parts.moment import Moment
from scenes.parts.points import DOT, Points
from scenes.parts.term_shapes import TermShapes
from scenes.parts.truth import Truth
from scenes.parts.truths import loss_in

MOST_POINTS, MOST_STATES, MOST_PLACES = 400, 60, 300
AREA, LEGEND_TERM = 14, 0.35  # of a term in the legend: half of its side, and how solid it is
MOST_TERMS = 40  # samples of which squares or bars can be told apart
TERM, EDGE, EDGE_SEEN = 0.13, 2.0, 0.55  # how solid a term is; its outline, and how solid that is
VALUE, HELD_OUT, RING_LINE = 14, 12, 4  # pixels: the radius of a true value, and of one held out
LINE, CURVE = 6, 5  # the width of the truth and of what is learned, in hundredths of a unit
FAINT = 0.55  # how solid true values are, over which predictions are seen


class ValuePoints:
    """The truth as a line or as true values, predictions as points that move; see `Truth`.

    Where the truth is known at its samples alone, or some were held out, the function that a
    network of one input has learned is a curve between them. Samples held out are rings.

    Between few true values and predictions stand the terms of a squared error as squares, of any
    other loss the errors as bars.

    Attributes:
        truth_line: the truth, where it is a line.
        curve: the function learned, where it is drawn.
        samples: true values, and those held out, that stand still.
        moving: what changes from state to state.
        now: the values that are shown, (n,), by their place in the truth.
    """

    def __init__(
        self, view: View, truth: Truth, region: Region, words: Words, theme: Theme
    ) -> None:
        self._view, self.truth, self._words, self._theme = view, truth, words, theme
        self.predictions = first_component(view.predictions)[:, truth.order]
        self._held_out = self._find_held_out()
        across = [truth.across] if self._held_out is None else [truth.across, self._held_out_x]
        x = linear_scale(np.concatenate(across))
        self._learned = self._find_learned(x)
        self.plane = Plane(x, self._scale(), region, self._names(), theme)
        self.kept = evenly(len(truth.across), MOST_POINTS)
        self.points = Points(self.plane, truth.across[self.kept], theme.prediction)
        self.curve: VMobject | None = None
        self._rings: Rings | None = None
        if self._learned:
            self.curve = VMobject(stroke_color=theme.prediction, stroke_width=CURVE)
        if self._held_out and not truth.one_input:
            self._rings = Rings(np.zeros((0, 3)), HELD_OUT, RING_LINE, theme.ink)
        self.truth_line = (
            self.plane.curve(*truth.line(), theme.truth, LINE) if truth.is_line else None
        )
        self.samples = self._samples()
        self._foot = region.bottom + 14  # the base of a line below the axes
        self._shapes, self.terms = self._find_terms()
        parts = (self.terms, self.curve, self._rings)
        self.moving = VGroup(*[part for part in parts if part is not None], self.points)
        # Terms came last, and lie below all but the axes.
        above = [self.truth_line, *self.samples, self.curve, self._rings, *self.points]
        for part in above:
            if part is not None:
                part.set_z_index(0.5)

    @property
    def _shows_samples(self) -> bool:
        """Whether true values are marked one by one."""
        truth = self.truth
        tells_apart = self._view.validation is not None or truth.is_noisy
        return truth.one_input and (not truth.is_line or tells_apart)

    def _names(self) -> tuple[str, str]:
        """What runs along the axes."""
        x, y = self.truth.names(self._words)
        if self.truth.one_input and not self.truth.is_line:
            x, y = (*self._view.feature_names, x)[0], (*self._view.target_names, y)[0]
        return x, y

    def _find_terms(self) -> tuple[TermShapes | None, VMobject | None]:
        """The shapes between true values and predictions, all of them one mobject."""
        truth, theme = self.truth, self._theme
        if len(truth.across) > MOST_TERMS or self._held_out:
            return None, None
        loss = loss_in(self._view)
        squares = loss is not None and loss.name == "mean_squared_error"
        shapes = TermShapes(self.plane, truth.across, truth.targets, squares=squares)
        return shapes, VMobject(
            fill_color=theme.loss,
            fill_opacity=TERM,
            stroke_color=theme.loss,
            stroke_width=EDGE,
            stroke_opacity=EDGE_SEEN,
        ).set_z_index(0.2)

    def _find_learned(self, across: Scale) -> InBetween | None:
        """The function that a network has learned, where it is the story, by its places."""
        view = self._view
        if not self._shows_samples or len(view.inputs) < 2 or not can_follow(view):
            return None
        self._x = x = np.linspace(across.low, across.high, MOST_PLACES)
        return InBetween(
            view.epochs, MOST_STATES, lambda state: outputs(view, state, x[:, None])[-1][:, 0]
        )

    def _find_held_out(self) -> InBetween | None:
        """The heights at which samples held out stand: true values, or predictions over them."""
        view = self._view
        if view.validation is None:
            return None
        true = first_component(view.validation.targets)
        self._held_out_x = view.validation.inputs[:, 0] if self.truth.one_input else true
        if self.truth.one_input:
            return InBetween(view.epochs[:1], 1, lambda state: true)
        if not can_follow(view):
            return None
        return InBetween(
            view.epochs,
            MOST_STATES,
            lambda state: first_component(held_out_predictions(view, state)),
        )

    def _scale(self) -> Scale:
        """A scale for all that is seen in the first and in the last state, and near on the way."""
        last = len(self.predictions) - 1
        near = states_in_view(self.predictions, self.truth.targets)
        seen = [self.predictions[near].ravel()]
        for others in (self._held_out, self._learned):
            if others:
                seen += [others.at(0), others.at(last)]
        return self.truth.scale(np.concatenate(seen))

    def _samples(self) -> VGroup:
        """True values as discs, those held out as rings."""
        truth, theme, drawn = self.truth, self._theme, VGroup()
        if self._shows_samples:
            places = self.plane.places(truth.across, truth.targets)
            drawn.add(Discs(places, VALUE, theme.truth, FAINT))
            if self._held_out:
                places = self._held_out_places(0)
                drawn.add(Rings(places, HELD_OUT, RING_LINE, theme.ink))
        return drawn

    def _held_out_places(self, progress: float) -> Values:
        """Where samples held out stand, but for those outside the axes."""
        assert self._held_out
        x, y = self._held_out_x, self._held_out.at(progress)
        inside = (self.plane.x.outside(x) == 0) & (self.plane.y.outside(y) == 0)
        return self.plane.places(x[inside], y[inside])

    def legend(self, left: float) -> VGroup:
        """What is the truth and what is predicted: above the plane at the right, or below it.

        Args:
            left: where there is room above the plane from, in pixels.
        """
        words, theme, plane = self._words, self._theme, self.plane
        name, color = self.truth.name(words), theme.truth
        entries = [Entry(name, color, dots=VALUE, opacity=FAINT)]
        if self.truth.is_line:
            entries = [Entry(name, color, line=LINE)]
            if self._shows_samples:
                entries.append(Entry(words("samples"), color, dots=VALUE, opacity=FAINT))
        if self._held_out:
            entries.append(Entry(words("validation"), theme.ink, ring=HELD_OUT))
        line = CURVE if self._learned else 0
        entries.append(Entry(words("prediction"), theme.prediction, line=line, dots=DOT))
        if self._shapes:
            told = words("squared error") if self._shapes.squares else words("error")
            entries.append(Entry(told, theme.loss, area=AREA, opacity=LEGEND_TERM))
        area = plane.region
        if left + sum(map(entry_width, entries)) <= area.right + TO_NEXT:
            place = Region(area.left, area.top - 63, area.right, area.top - 19)
            return legend(entries, place, theme, align=1)
        right = area.right - text_width(plane.names[0], SMALL) - TO_NEXT
        place = Region(area.left, area.bottom + 46, right, area.bottom + 90)
        # Apart from the axis' name, but where a note stands left of it.
        return legend(entries, place, theme, align=int(self._view.targets.shape[1] > 1))

    def note(self, beside: VGroup) -> VGroup:
        """Which of several outputs is shown, left of the legend where that is below the plane."""
        if self._view.targets.shape[1] == 1:
            return VGroup()
        text = self._words("first component of the outputs")
        if self._view.target_names:
            text = f"{text}: {self._view.target_names[0]}"
        area = self.plane.region
        left, y = pixels(beside.get_left())
        right = min(area.x, left - TO_NEXT) if y > area.bottom else area.x
        note = Label(shortened(text, right - area.left), SMALL, self._theme.faint)
        return VGroup(note.put(area.left, self._foot))

    def outside(self, predictions: Values) -> Values:
        """How many predictions, (..., n), are not on the axis."""
        return np.count_nonzero(self.plane.y.outside(predictions), axis=-1)

    def show_at(self, progress: float) -> None:
        """Show a place between recorded states, points on their way."""
        self.now = Moment.at(progress, len(self.predictions)).between(self.predictions)
        self.points.display(self.now[self.kept])
        if self.terms is not None and self._shapes:
            self.terms.set_points(self._shapes.outlines(self.now))
        if self.curve is not None and self._learned:
            starts, ends = self.plane.pieces(self._x, self._learned.at(progress))
            self.curve.set_points(straight(starts, ends, np.ones(len(starts))))
        if self._rings is not None:
            self._rings.stand_at(self._held_out_places(progress))
