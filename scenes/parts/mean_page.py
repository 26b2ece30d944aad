"""The page of a mean of errors: pairs on a plane, the formula beside it, the mean as an area."""

import numpy as np
from manim import VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.record.losses import ErrorLoss
from epochreel.record.outcome import Outcome
from epochreel.record.view import View
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import CONTENT, LARGE, SMALL, UNIT, Region, Values, point
from scenes.drawing.sampling import evenly
from scenes.drawing.scales import Scale, linear_scale, states_in_view
from scenes.drawing.text import Label, one_line
from scenes.drawing.theme import Theme
from scenes.parts.axes import Plane
from scenes.parts.formula import formula
from scenes.parts.formula_parts import FormulaParts
from scenes.parts.loss_text import LossText
from scenes.parts.marks import Discs, Rings
from scenes.parts.mean_area import EPOCH, MeanArea
from scenes.parts.moment import Moment, nearest_state
from scenes.parts.points import Points
from scenes.parts.put_in import PutIn
from scenes.parts.symbols import symbol_lines, told_symbols
from scenes.parts.term_shapes import TermShapes
from scenes.parts.truth import Truth
from scenes.parts.worked import work_out
from scenes.parts.worked_lines import error_line

MOST_PAIRS = 60
FORMULA = 108  # font size in pixels
LINE, DISC, RING = 5, 8, 17  # the truth's line; radii of true values and of rings, in pixels
FILL, OF_PICKED = 0.06, 0.24  # how solid a term is, and the one that comes first
OUTLINE, SEEN = 2.0, 0.6  # of a term: how wide its outline is, and how solid
RISEN = 16  # times the first loss: a last one up to there is on the scale


class MeanPage:
    """All pairs of true values and predictions, of every output, and what is made of them.

    Attributes:
        name: of the loss, in both languages.
        plane: the axes, with `truth`, `points` and a shape for each pair, in `shapes`.
        picked: which pair comes first: the one farthest off.
        rings: around its true value and its prediction.
        formula, parts: of the whole.
        letters: what y, y hat and n are.
        put_in: the term of the picked pair.
        first, then: the mean of the first epoch, and that which follows the training.
        note: how many pairs are drawn, where not all are.
    """

    def __init__(
        self, view: View, loss: ErrorLoss, text: LossText, words: Words, theme: Theme
    ) -> None:
        self._view, self._loss, self._words, self._theme = view, loss, words, theme
        left, right = CONTENT.columns((1.08, 1), gap=60)
        head, middle, letters, self._below = right.rows((1, 2.2, 1.5, 6), gap=16)
        self._find_pairs()
        self._set_up_plane(left, loss.name == "mean_squared_error")
        names = " · ".join(dict.fromkeys((text.name, words(text.name))))
        self.name = one_line(names, LARGE, theme.loss, right.width, names, BOLD).put_in(head, 0)
        self.formula = formula(text.formula("n", theme), FORMULA, theme.ink)
        fits = min(middle.width / self.formula.width, middle.height / self.formula.height) * UNIT
        self.formula.scale(min(1.0, fits))
        self.formula.move_to(point(right.left + self.formula.width / UNIT / 2, middle.y))
        self.parts = FormulaParts.of(self.formula, theme)
        samples, outputs = view.targets.shape
        told = told_symbols(text, samples, outputs, None, words, theme)
        upper, lower = letters.rows((1, 1), gap=0)
        self.letters = symbol_lines(told, [*upper.columns((1, 1), gap=20), lower])
        self.put_in = self._put_in()
        slots = self._slots()
        self.first, self.then = (
            MeanArea(slot, self.shapes.per_unit, words, theme, square=self.shapes.squares)
            for slot in slots
        )
        self.first.display(self.mean_at(0), float(view.losses[0]), int(view.epochs[0]))
        self.note = VGroup()
        if len(self._kept) < self.count:
            shown = words("{shown} of {count} pairs", shown=len(self._kept), count=self.count)
            base = left.bottom + 14
            self.note.add(Label(shown, SMALL, theme.faint).put(self.plane.region.left, base))

    def _find_pairs(self) -> None:
        view = self._view
        samples, outputs = view.targets.shape
        inputs = np.repeat(view.inputs, outputs, axis=0)
        rule = view.rule if outputs == 1 else None
        self.truth = Truth(inputs, view.targets.reshape(-1, 1), rule)
        self.count = samples * outputs
        self._kept = self.truth.order[evenly(self.count, MOST_PAIRS)]
        self._across = self.truth.across[evenly(self.count, MOST_PAIRS)]
        self._targets = view.targets.ravel()[self._kept]
        everything = view.predictions.reshape(len(view.epochs), -1)
        self._predictions = everything[:, self._kept]
        self._all = everything
        self.picked = int(np.abs(self._predictions[0] - self._targets).argmax())

    def _set_up_plane(self, region: Region, squares: bool) -> None:
        """A plane on which the first epoch's squares and its mean have room."""
        truth, theme, view = self.truth, self._theme, self._view
        is_near = float(view.losses[-1]) <= RISEN * float(view.losses[0])
        comes_near = is_near and view.outcome is not Outcome.DIVERGED
        seen = states_in_view(self._all, view.targets) if comes_near else [0]
        y = linear_scale(np.concatenate([view.targets.ravel(), self._all[seen].ravel()]))
        names = truth.names(self._words)
        for _ in range(2):
            self.plane = Plane(truth.x, y, region, names, theme)
            self.shapes = TermShapes(self.plane, self._across, self._targets, squares=squares)
            y = _widened(y, self._too_large(seen))
        plane = self.plane
        self.truth_line = plane.curve(*truth.line(), theme.truth, LINE) if truth.is_line else None
        if self.truth_line:
            self.truth_line.set_z_index(0.4)
        self.truths = Discs(plane.places(self._across, self._targets), DISC, theme.truth)
        self.points = Points(plane, self._across, theme.prediction).display(self._predictions[0])
        self.terms = VGroup(
            *[
                VMobject(
                    fill_color=theme.loss,
                    fill_opacity=OF_PICKED if at == self.picked else FILL,
                    stroke_color=theme.loss,
                    stroke_width=OUTLINE,
                    stroke_opacity=SEEN,
                ).set_z_index(0.2)
                for at in range(len(self._kept))
            ]
        )
        self.truths.set_z_index(0.4)
        for marks in self.points:
            marks.set_z_index(0.5)
        picked = [self.picked]
        self.rings = [
            Rings(plane.places(self._across[picked], values[picked]), RING, 4, color).set_z_index(1)
            for values, color in (
                (self._targets, theme.truth),
                (self._predictions[0], theme.prediction),
            )
        ]

    def _too_large(self, seen: list[int]) -> float:
        """How many times too large the largest shape is for its place, 1 where all have room."""
        shapes, view = self.shapes, self._view
        sides = np.abs(self._predictions[seen] - self._targets) * shapes.per_unit
        most = max(float(view.losses[at]) for at in seen)
        mean = (np.sqrt(most) if shapes.squares else most) * shapes.per_unit
        of_terms = float((sides / np.maximum(shapes.room(), 1)).max()) if shapes.squares else 1.0
        slot = self._slots()[0]
        return max(1.0, of_terms, float(mean) / min(slot.height, slot.width))

    def _slots(self) -> list[Region]:
        """Where the two means stand, the first epoch's and the other."""
        below = self._below
        place = Region(below.left, below.top, below.right, below.bottom - EPOCH - 74)
        return place.columns((1, 1), gap=40)

    def _put_in(self) -> PutIn:
        """The picked pair's term below the letters."""
        view, below = self._view, self._below
        row = int(self._kept[self.picked])
        worked = work_out(
            self._loss, view.targets, view.predictions[0], float(view.losses[0]), [row]
        )
        (term,) = worked.terms
        line = error_line(term, self._loss, self._theme)
        value = term.value.scaleb(worked.exponent)
        return PutIn(line, value, below.left, below.top + 100, below.width, self._theme)

    def bar(self, share: float) -> Values:
        """The picked pair's bar, a share of it, (16, 3)."""
        return self._of_each(self.shapes.bars(self._predictions[0], share))[self.picked]

    def outlines(self, state: int) -> Values:
        """The shape of each pair's term in a recorded state, (n, 16, 3)."""
        return self._of_each(self.shapes.outlines(self._predictions[state]))

    def starts(self) -> Values:
        """All of them where nothing of them is seen, (n, 16, 3)."""
        return self._of_each(self.shapes.bars(self._predictions[0], 0.0))

    def strips(self) -> Values:
        """What becomes of each in the mean of the first epoch, (n, 16, 3)."""
        terms = self._loss.of_errors(self._targets - self._predictions[0])
        return self._of_each(self.first.strips(self.mean_at(0), terms))

    def mean_at(self, progress: float) -> float:
        """The mean over all pairs at a place between recorded states."""
        moment = Moment.at(progress, len(self._all))
        return self._loss.mean(self._view.targets.reshape(1, -1), moment.between(self._all)[None])

    def show_at(self, progress: float) -> None:
        """Show a place between recorded states: areas on their way, the number of the nearest."""
        moment = Moment.at(progress, len(self._predictions))
        now = moment.between(self._predictions)
        self.points.display(now)
        for term, outline in zip(self.terms, self._of_each(self.shapes.outlines(now))):
            term.set_points(outline)
        state = nearest_state(progress)
        view = self._view
        self.then.display(
            self.mean_at(progress), float(view.losses[state]), int(view.epochs[state])
        )

    @staticmethod
    def _of_each(outlines: Values) -> Values:
        return outlines.reshape(-1, 16, 3)


def _widened(scale: Scale, factor: float) -> Scale:
    """A scale of so many times the values around the same middle."""
    middle, half = (scale.low + scale.high) / 2, (scale.high - scale.low) / 2 * factor
    return Scale(middle - half, middle + half)
