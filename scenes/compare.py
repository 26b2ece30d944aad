"""Several trainings side by side: their losses, where they end, what they predict."""

from collections.abc import Iterator, Sequence

import numpy as np
from manim import RIGHT, UP, ApplyMethod, Dot, FadeIn, LaggedStart, Line, VGroup

from epochreel.numbers import rounded, spoken
from epochreel.record.view import Run
from scenes.drawing.glyphs import BOLD, REGULAR
from scenes.drawing.layout import BODY, COMPARE_PAGE, SMALL, UNIT, Point, Region, point, points
from scenes.drawing.motion import Appear, Disappear, Follow
from scenes.drawing.scales import Scale
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.parts.axes import Plane
from scenes.parts.columns import Reading
from scenes.parts.growing import GrowingCurves, Pieces, dashes, fewer, pieces_inside
from scenes.parts.page import title_bar
from scenes.parts.panels import BAND, Discs, FitPanel, Fits, panel_regions
from scenes.parts.runs import (
    BADGE,
    BADGE_ROOM,
    LINE_STEP,
    badges_at,
    crosses,
    loss_scale,
    lowest_runs,
    name_height,
    named_runs,
    run_names,
)
from scenes.stage.scene import Beat, LectureScene


class Compare(LectureScene):
    """The losses of several runs on one pair of axes, their ends, and their last predictions.

    A run has a number, a label and a colour; of more than eight the rest are grey.
    """

    reads = ("runs", "lesson")

    def beats(self) -> Iterator[Beat]:
        runs = self.runs = self.view.runs
        named = self.named = named_runs(runs)
        self.chosen = [runs[at] for at in named]
        labels = [run.label for run in self.chosen]
        losses = [(*run.curve, run.diverged_at) for run in runs]
        drawn = {"runs": [labels, losses]}
        yield Beat("curves", self._say_curves(), self.draw_curves, drawn)
        yield Beat("ends", self._say_ends(), self.mark_ends, drawn)
        if same_data(runs):
            self.fits = Fits(self.chosen)
            data = [self.fits.across, self.fits.targets, self.fits.rule, self.fits.predictions]
            yield Beat("fits", self._say_fits(), self.draw_fits, {"runs": [labels, losses, data]})

    def draw_curves(self) -> None:
        """Names and axes first, then all curves together, epoch by epoch."""
        theme, words, runs = self.theme, self.words, self.runs
        epochs = np.concatenate([run.curve[0] for run in runs])
        x = Scale(epochs.min(), max(epochs.max(), epochs.min() + 1))
        names = (words.epoch, words.loss)
        self.plane = Plane(x, loss_scale(runs), COMPARE_PAGE.plane, names, theme)
        area = self.plane.region
        self.ends = [self._end(run) for run in runs]
        self.curves = self._curves()
        labels, rest = [run.label for run in self.chosen], len(runs) - len(self.named)
        self.names = run_names(labels, COMPARE_PAGE.names, theme, rows_below=min(rest, 1))
        self.rest_note = self._rest_note(rest)
        place = Region(area.left + 120, area.top - 66, area.right, area.top - 16)
        first, last = float(epochs.min()), float(epochs.max())
        self.epoch = Reading(f"{words.epoch} =", np.array([first, last]), place, BODY, theme.accent)
        moving = VGroup(self.curves, self.epoch)
        left, right = point(area.left, 0)[0], point(area.right, 0)[0]

        def show(alpha: float) -> None:
            reached = left + alpha * (right - left)
            for curve in self.curves:
                curve.grow_to(reached)
            self.epoch.display(np.floor(first + alpha * (last - first) + 1e-9))

        show(0)
        self.add(title_bar(self.view.lesson, theme))
        self.play(Appear(self.plane, self.epoch), run_time=0.8)
        self.play(Appear(*self.names, self.rest_note, lag_ratio=0.2), run_time=1.0)
        self.add(self.curves)
        self.play(Follow(moving, show, run_time=4.0))
        ends = [self.ends[at] for at in self.named]
        self.badges, self.leaders = badges_at(ends, area, theme)
        self.play(Appear(*self.leaders, *self.badges), run_time=0.6)
        self.hold(1.4)

    def mark_ends(self) -> None:
        """A dot where a run ends, an x where it diverges; beside its name the last loss."""
        theme = self.theme
        unnamed = [
            self.ends[at]
            for at, run in enumerate(self.runs)
            if at not in self.named and run.diverged_at is not None
        ]
        self.marks = VGroup(*([crosses(unnamed, theme.line, 3, 9)] if unnamed else []))
        notes = []
        best = lowest_runs(self.runs) if len(self.runs) > 1 else ()
        for at, run, name, color in zip(self.named, self.chosen, self.names, theme.runs):
            if run.diverged_at is not None:
                self.marks.add(crosses([self.ends[at]], color, 6))
                text = f"× {self.words.diverged.format(epoch=run.diverged_at)}"
                notes.append(name.note(text, theme.ink))
                continue
            self.marks.add(Dot(self.ends[at], radius=9 * UNIT, color=color))
            word = self.words.lowest if at in best else self.words.loss
            text = f"{word} {rounded(run.curve[1][-1])}"
            look = (theme.accent, BOLD) if at in best else (theme.faint, REGULAR)
            notes.append(name.note(text, *look))
        self.play(
            LaggedStart(*[FadeIn(mark, scale=0.5) for mark in self.marks], lag_ratio=0.2),
            run_time=1.2,
        )
        self.play(Appear(*notes, lag_ratio=0.3), run_time=1.0)
        for name, note in zip(self.names, notes):
            self.remove(note)
            name.add(note)
        for curve in self.curves:
            curve.join()
        self.hold(2.2)

    def draw_fits(self) -> None:
        """The names move to panels of their own, and what each run predicts is drawn there."""
        theme, fits = self.theme, self.fits
        head = max(name_height(name.lines) for name in self.names)
        places = panel_regions(len(self.names), COMPARE_PAGE.panels, head)
        panels = [
            FitPanel(fits, predictions, region, color, theme)
            for (_, region), predictions, color in zip(places, fits.predictions, theme.runs)
        ]
        leaving = [self.plane, self.epoch, self.curves, *self.leaders, *self.badges, *self.marks]
        self.play(Disappear(*leaving, self.rest_note), run_time=0.6)
        ways = [
            point(head.left, head.top) - point(*name.corner)
            for (head, _), name in zip(places, self.names)
        ]
        for leg in (RIGHT, UP):  # one after the other, so that no name passes over another
            moves = [ApplyMethod(name.shift, way * leg) for name, way in zip(self.names, ways)]
            self.play(*moves, run_time=0.7)
        self.play(Appear(self._legend(), *[panel.ground for panel in panels]), run_time=0.8)
        growing = VGroup(*[panel.curve for panel in panels if panel.curve])
        if growing:

            def show(alpha: float) -> None:
                for panel in panels:
                    panel.grow_to(alpha)

            show(0)
            self.add(growing)
            self.play(Follow(growing, show, run_time=2.0))
        self.play(Appear(*[panel.dots for panel in panels]), run_time=0.6)
        self.hold(2.4)

    def _curves(self) -> VGroup:
        """A curve for each run that has a name, in front of one mobject for all others."""
        theme, area = self.theme, self.plane.region
        pieces = [self._pieces(run, end) for run, end in zip(self.runs, self.ends)]
        rest = [it for at, it in enumerate(pieces) if at not in self.named]
        grey = [GrowingCurves(rest, area, theme.line, 2.5)] if rest else []
        named = [
            GrowingCurves([pieces[at]], area, color, 5) for at, color in zip(self.named, theme.runs)
        ]
        return VGroup(*grey, *named)

    def _pieces(self, run: Run, end: Point) -> Pieces:
        """A run's curve, dashed along the edge from where it leaves the frame for good."""
        places = self.plane.places(*run.curve)
        starts, ends = pieces_inside(fewer(places, len(self.runs)), self.plane.region)
        if not len(ends) or places[-1, 1] <= end[1]:
            return starts, ends
        beyond = dashes(np.array([ends[-1, 0], *end[1:]]), end)
        return np.concatenate([starts, beyond[0]]), np.concatenate([ends, beyond[1]])

    def _end(self, run: Run) -> Point:
        """Where a run's curve ends, if need be at the edge of the frame above or below it."""
        epochs, losses = run.curve
        scale = self.plane.y
        return self.plane.at(epochs[-1], min(max(losses[-1], scale.low), scale.high))

    def _rest_note(self, count: int) -> VGroup:
        """Below the names, how many runs are grey; nothing where none is."""
        if not count:
            return VGroup()
        region, theme = COMPARE_PAGE.names, self.theme
        y = region.bottom - LINE_STEP / 2
        text = Label(self.words.grey_runs.format(count=count), SMALL, theme.faint)
        return VGroup(
            Line(point(region.left, y), point(region.left + 2 * BADGE, y)).set_stroke(
                theme.line, 2.5
            ),
            text.put(region.left + BADGE_ROOM, y + CAP_HEIGHT * SMALL / 2),
        )

    def _legend(self) -> VGroup:
        """What the lines in the panels are, and what runs along the axes."""
        words, theme, fits, region = self.words, self.theme, self.fits, COMPARE_PAGE.legend
        base = region.y + CAP_HEIGHT * SMALL / 2
        truth = Label(
            words.truth_line if fits.one_input else words.equal_line, SMALL, theme.truth
        ).put(region.left + 72, base)
        band = Line(point(region.left, region.y), point(region.left + 56, region.y))
        x = region.left + 72 + truth.width_px + 60
        dots = Discs(points(x + np.array([0, 20, 40]), np.full(3, region.y)), 7, theme.ink)
        through = Line(point(x - 10, region.y), point(x + 50, region.y))
        axes = words.axes.format(
            x="x" if fits.one_input else words.targets,
            y="f(x)" if fits.one_input else words.predictions,
        )
        if self.runs[0].targets.shape[1] > 1:
            axes = f"{words.component}; {axes}"
        return VGroup(
            band.set_stroke(theme.truth, 16, BAND),
            truth,
            *([through.set_stroke(theme.ink, 5)] if fits.connected else []),
            dots,
            Label(words.predictions, SMALL, theme.ink).put(x + 66, base),
            Label(axes, SMALL, theme.faint).put(region.right, base, 1),
        )

    def _say_curves(self) -> str:
        words, runs = self.words, self.runs
        if len(runs) == 1:
            (run,) = runs
            return words.say_one_run.format(label=run.label, epoch=int(run.curve[0][-1]))
        phrase = words.say_runs if len(self.named) == len(runs) else words.say_grey_runs
        return phrase.format(count=len(runs), named=len(self.named))

    def _say_ends(self) -> str:
        words, runs = self.words, self.runs
        best = lowest_runs(runs)
        if not best:
            phrase = words.say_one_diverged if len(runs) == 1 else words.say_all_diverged
            return phrase.format(epoch=runs[0].diverged_at, count=len(runs))
        loss = spoken(runs[best[0]].curve[1][-1])
        if len(runs) == 1:
            return words.say_one_end.format(loss=loss)
        diverged = sum(run.diverged_at is not None for run in runs)
        rest = words.say_of_diverged.format(count=len(runs), diverged=diverged) if diverged else ""
        if len(best) > 1:
            return words.say_tied.format(loss=loss, ties=len(best), rest=rest)
        number, label = self.named.index(best[0]) + 1, runs[best[0]].label
        return words.say_lowest.format(number=number, label=label, loss=loss, rest=rest)

    def _say_fits(self) -> str:
        words = self.words
        named = len(self.named) < len(self.runs)
        return words.say_fits.format(
            runs=words.say_named_runs if named else words.say_each_run,
            rest=words.say_cut if self.fits.leave_the_frame else "",
        )


def same_data(runs: Sequence[Run]) -> bool:
    """Whether all runs learned the same samples."""
    first, *others = runs
    return all(
        np.array_equal(first.inputs, run.inputs) and np.array_equal(first.targets, run.targets)
        for run in others
    )
