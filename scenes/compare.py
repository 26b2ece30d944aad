"""Several trainings side by side: their losses, where they end, what they predict."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from manim import RIGHT, UP, ApplyMethod, FadeIn, LaggedStart, VGroup

from epochreel.lecture.words import N_
from epochreel.numbers import rounded
from epochreel.record.view import Run
from scenes.drawing.glyphs import BOLD, REGULAR
from scenes.drawing.layout import BAR, BODY, CONTENT, GAP, SMALL, Region, point
from scenes.drawing.motion import Appear, Disappear, Follow, Grow
from scenes.drawing.scales import epoch_scale
from scenes.drawing.text import Label
from scenes.parts.axes import Plane
from scenes.parts.class_panels import ClassFits, of_same_classes
from scenes.parts.columns import Reading
from scenes.parts.compare_captions import CompareCaptions
from scenes.parts.legend import Entry, legend
from scenes.parts.page import title_bar
from scenes.parts.panels import FitPanel, Fits, panel_regions
from scenes.parts.run_curves import RunCurves
from scenes.parts.runs import (
    LINE_STEP,
    badges_at,
    common_scale,
    lowest_runs,
    name_height,
    named_runs,
    run_names,
)
from scenes.stage.scene import Beat, LectureScene

# Curves beside a list of their names; then a panel for each run under what its lines mean. A name
# is as wide in the list as a panel of the narrowest grid, so that it can move there.
_PAGE = replace(CONTENT, top=BAR.bottom + GAP, bottom=CONTENT.bottom + 4)
LEGEND, PANELS = _PAGE.cut_top(44)
NAMES, _REST = replace(_PAGE, top=_PAGE.top + 28).cut_right(440, 64)
PLANE = replace(_REST, top=_REST.top - 2, bottom=_REST.bottom - 20)


class Compare(LectureScene):
    """The losses of several runs on one pair of axes, their ends, and their last predictions.

    A run has a number, a label and a colour; of more than eight the rest are grey.
    """

    title = N_("Side by side")
    reads = ("runs", "lesson")

    def beats(self) -> Iterator[Beat]:
        runs = self.runs = self.view.runs
        named = self.named = named_runs(runs)
        self.chosen = [runs[at] for at in named]
        captions = CompareCaptions(runs, named)
        labels = [run.label for run in self.chosen]
        losses = [(*run.curve, run.diverged_at) for run in runs]
        drawn = {"runs": [labels, losses]}
        yield Beat("curves", captions.curves(), self.draw_curves, drawn)
        yield Beat("ends", captions.ends(), self.mark_ends, drawn)
        if same_data(runs) and of_same_classes(runs):
            self.class_fits = ClassFits(self.chosen)
            drawn = {"runs": [labels, losses, self.class_fits.data]}
            yield Beat("fits", captions.classes(self.class_fits), self.draw_classes, drawn)
        elif same_data(runs):
            self.fits = Fits(self.chosen)
            truth = self.fits.truth
            data = [truth.across, truth.targets, truth.rule, self.fits.predictions]
            yield Beat(
                "fits", captions.fits(self.fits), self.draw_fits, {"runs": [labels, losses, data]}
            )

    def draw_curves(self) -> None:
        """Names and axes first, then all curves together, epoch by epoch."""
        theme, words, runs = self.theme, self.words, self.runs
        epochs = epoch_scale(np.concatenate([run.curve[0] for run in runs]))
        names = (words("Epoch"), words("loss"))
        self.plane = Plane(epochs, common_scale(runs), PLANE, names, theme)
        self.curves = RunCurves(runs, self.named, self.plane, theme)
        labels, rest = [run.label for run in self.chosen], len(runs) - len(self.named)
        self.names = run_names(labels, NAMES, theme, rows_below=min(rest, 1))
        self.rest_note = self._rest_note(rest)
        area = self.plane.region
        place = Region(area.left + 120, area.top - 66, area.right, area.top - 16)
        first, last = epochs.low, max(float(run.curve[0][-1]) for run in runs)
        self.epoch = Reading(
            f"{words('Epoch')} =", np.array([first, last]), place, BODY, theme.accent
        )

        def count(alpha: float) -> None:
            reached = first + alpha * (epochs.high - first)
            self.epoch.display(min(np.floor(reached + 1e-9), last))

        count(0)
        self.add(title_bar(self.view.lesson, theme))
        self.play(Appear(self.plane, self.epoch), run_time=0.8)
        self.play(Appear(*self.names, self.rest_note, lag_ratio=0.2), run_time=1.0)
        self.play(Grow(*self.curves), Follow(self.epoch, count), run_time=4.0)
        ends = [self.curves.ends[at] for at in self.named]
        self.badges, self.leaders = badges_at(ends, area, theme)
        self.play(Appear(*self.leaders, *self.badges), run_time=0.6)
        self.hold(0.9)

    def mark_ends(self) -> None:
        """A dot where a run ends, an x where it diverges; beside its name the last loss."""
        theme = self.theme
        self.marks = self.curves.end_marks()
        notes = []
        best = lowest_runs(self.runs) if len(self.runs) > 1 else ()
        for at, run, name in zip(self.named, self.chosen, self.names):
            if run.diverged_at is not None:
                text = self.words("not finite from epoch {epoch}", epoch=run.diverged_at)
                notes.append(name.note(text, theme.ink))
                continue
            word = self.words("lowest loss") if at in best else self.words("loss")
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
        self.hold(1.7)

    def draw_fits(self) -> None:
        """The names move to panels of their own, and what each run predicts is drawn there."""
        theme, fits = self.theme, self.fits
        places = self._panel_places()
        panels = [
            FitPanel(fits, predictions, region, color, theme)
            for (_, region), predictions, color in zip(places, fits.predictions, theme.runs)
        ]
        self._move_names(places)
        self.play(Appear(self._legend(), *[panel.ground for panel in panels]), run_time=0.8)
        curves = [panel.curve for panel in panels if panel.curve]
        if curves:
            self.play(Grow(*curves), run_time=2.0)
        self.play(Appear(*[panel.dots for panel in panels]), run_time=0.6)
        self.hold(1.9)

    def draw_classes(self) -> None:
        """The names move to panels of their own, and what each run says of classes is there."""
        theme, words, fits = self.theme, self.words, self.class_fits
        places = self._panel_places()
        panels = [fits.panel(at, region, words, theme) for at, (_, region) in enumerate(places)]
        self._move_names(places)
        legend = fits.legend(LEGEND, words, theme)
        self.play(Appear(legend, *[panel.ground for panel in panels]), run_time=0.8)
        self.play(Appear(*[panel.front for panel in panels]), run_time=1.0)
        self.hold(2.1)

    def _panel_places(self) -> list[tuple[Region, Region]]:
        """For each run that has a name where that goes, and its panel."""
        head = max(name_height(name.lines) for name in self.names)
        return panel_regions(len(self.names), PANELS, head)

    def _move_names(self, places: Sequence[tuple[Region, Region]]) -> None:
        """What was there leaves, and names go to their panels."""
        leaving = [self.plane, self.epoch, *self.curves, *self.leaders, *self.badges, *self.marks]
        self.play(Disappear(*leaving, self.rest_note), run_time=0.6)
        ways = [
            point(head.left, head.top) - point(*name.corner)
            for (head, _), name in zip(places, self.names)
        ]
        for leg in (RIGHT, UP):  # one after the other, so that no name passes over another
            moves = [ApplyMethod(name.shift, way * leg) for name, way in zip(self.names, ways)]
            self.play(*moves, run_time=0.7)

    def _rest_note(self, count: int) -> VGroup:
        """Below the names, how many runs are grey; nothing where none is."""
        if not count:
            return VGroup()
        region, theme = NAMES, self.theme
        place = Region(region.left, region.bottom - LINE_STEP, region.right, region.bottom)
        words = self.words("and {count} more in grey", count=count)
        return legend([Entry(words, theme.line, line=2.5)], place, theme)

    def _legend(self) -> VGroup:
        """What the lines in the panels are, and what runs along the axes."""
        words, theme, truth = self.words, self.theme, self.fits.truth
        x, y = truth.names(words)
        axes = words("across: {x}, up: {y}", x=x, y=y)
        if self.runs[0].targets.shape[1] > 1:
            axes = f"{words('first component of the outputs')}; {axes}"
        note = Label(axes, SMALL, theme.faint).put_in(LEGEND, 1)
        return VGroup(legend(self.fits.entries(words, theme), LEGEND, theme), note)


def same_data(runs: Sequence[Run]) -> bool:
    """Whether all runs learned the same samples."""
    first, *others = runs
    return all(
        np.array_equal(first.inputs, run.inputs) and np.array_equal(first.targets, run.targets)
        for run in others
    )
