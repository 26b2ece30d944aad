"""What there is to learn: inputs, and the true value or class of each."""

from collections.abc import Iterator

import numpy as np
from manim import VMobject

from epochreel.lecture.words import N_
from epochreel.record.classes import labels_of
from scenes.drawing.direction import Fly
from scenes.drawing.fitting import target_notation
from scenes.drawing.layout import CONTENT, SMALL, Region
from scenes.drawing.motion import Appear, Disappear, Follow, Grow, exchanged
from scenes.drawing.text import Label
from scenes.parts.class_marks import class_marks
from scenes.parts.columns import first_component
from scenes.parts.data_text import DataText
from scenes.parts.data_views import images_shown, plane_of, rows_shown, table_of
from scenes.parts.function_page import FunctionPage, is_noisy
from scenes.parts.marks import Discs
from scenes.parts.page import title_bar
from scenes.parts.pictures import is_image
from scenes.parts.rows_to_points import RowsToPoints
from scenes.parts.sample_sheet import SampleSheet
from scenes.stage.scene import Beat, LectureScene

SLOW = 2  # so many values are put into the rule one by one
TABLE_SHARE, PLANE_SHARE = 9, 11  # of the page, where points stand beside the table
DOT, MARK = 6, 9  # pixels: half a point, without its class and with it
SOLID = 0.8  # how solid points of no class are


class Data(LectureScene):
    """x, the rule, and f(x); or a table, points in the plane, or images, and what each is."""

    title = N_("Data")
    reads = (
        *("inputs", "targets", "rule", "class_names", "validation", "feature_names"),
        *("target_names", "decimals", "lesson"),
    )

    def beats(self) -> Iterator[Beat]:
        view, text = self.view, DataText(self.view)
        said = {"validation": None}  # of it captions tell how many there are
        if is_image(view.inputs.shape[1:]):
            yield Beat("images", text.images(), self.show_images, said)
            yield Beat("targets", text.targets(), self.show_labels, said)
        elif view.inputs[0].size > 1 or view.class_names:
            yield Beat("features", text.features(), self.show_features, said)
            yield Beat("targets", text.targets(), self.show_targets, said)
        else:
            noisy = {"rule": is_noisy(view)}
            yield Beat("x", text.inputs(), self.show_inputs, noisy)
            yield Beat("rule", text.rule(), self.show_rule)
            yield Beat("values", text.values(), self.apply_rule)

    def show_inputs(self) -> None:
        """The column x, and where its numbers are on the axis of the graph."""
        self.page = FunctionPage(self.view, self.words, self.theme)
        page = self.page
        self.plane = page.plane
        self.add(title_bar(self.view.lesson, self.theme))
        self.play(Appear(page.x, page.note), run_time=0.7)
        self.play(Appear(page.plane, page.feet, lag_ratio=0.5), run_time=0.9)
        self.hold(0.6)

    def show_rule(self) -> None:
        """The rule on a card at the foot."""
        self.play(Appear(self.page.card, self.page.rule, lag_ratio=0.4), run_time=0.9)
        self.hold(0.6)

    def apply_rule(self) -> None:
        """Each x goes to its place on the axis, its point appears, and its f(x) goes on.

        The first ones do it slowly, one by one, with the x put into the rule; all others in a row.
        """
        page = self.page
        rows = len(page.rows.samples)
        slow = min(SLOW, rows)
        self.play(Appear(page.y.heading, *page.y.gap), run_time=0.3)
        rule = page.rule.copy()
        line: VMobject = page.rule
        left: list[VMobject] = []
        arrived: list[VMobject] = []
        for row in range(slow):
            x, (y, place) = page.token(row), page.result(row)
            put_in, rise, dot = page.with_x(row), page.rise(row), page.dot(row)
            self.add(x)
            pace = 0.4 if row else 0.9
            self.play(Follow(x, x.fall), *map(Disappear, left), run_time=0.8 * pace)
            self.play(*exchanged(line, put_in), Grow(rise), run_time=0.7 * pace)
            self.play(Appear(dot), Fly((y, place)), run_time=0.8 * pace)
            line, left = put_in, [x, rise]
            arrived += [y, dot]
        self.play(*exchanged(line, rule), Disappear(*left), run_time=0.4)
        if rows > slow:
            flight = page.flight(slow)
            self.remove(*arrived)
            # Numbers from rows below the axis pass behind the rule.
            self.add(flight, page.card, rule)
            seconds = min(2.4, 0.6 + 0.1 * rows)
            self.play(Follow(flight, flight.show_at, eased=False, run_time=seconds))
            arrived = [flight]
        self.remove(*arrived)
        self.add(page.points, page.y)
        self.hold(0.6)

    def show_features(self) -> None:
        """The table's columns of features; of two, the points that the rows are as well."""
        view, theme = self.view, self.theme
        if view.inputs.shape[1:] != (2,):
            self._show_table(CONTENT)
            self.hold(0.6)
            return
        region, place = CONTENT.columns((TABLE_SHARE, PLANE_SHARE), gap=60)
        self._show_table(region)
        self.plane = plane_of(view, place, theme)
        self.play(Appear(self.plane), run_time=0.6)
        places, rows = self.plane.places(*view.inputs.T), self.table.rows
        self.rows = RowsToPoints(self.table.beside(), places[rows], DOT, theme.faint, SOLID)
        self.points = Discs(np.delete(places, rows, axis=0), DOT, theme.faint, SOLID)
        self.play(Appear(self.rows), run_time=0.4)
        self.play(Follow(self.rows, self.rows.go, eased=False, run_time=1.4))
        self.play(Appear(self.points), run_time=0.5)
        self.hold(0.6)

    def _show_table(self, region: Region) -> None:
        self.table = table_of(self.view, region, self.words, self.theme)
        self.add(title_bar(self.view.lesson, self.theme))
        first, *others = self.table.features
        self.play(Appear(first), run_time=0.6)
        if others:
            self.play(Appear(*others, lag_ratio=0.3), run_time=1.0)
        note = self._note(rows_shown(self.table, self.view, self.words), region)
        self.play(Appear(note), run_time=0.4)

    def show_targets(self) -> None:
        """What is true of each row; points become those of their class, one class after another."""
        view, theme = self.view, self.theme
        self.play(Appear(*self.table.targets), run_time=0.8)
        if view.inputs.shape[1:] == (2,) and view.class_names:
            names, true = view.class_names, labels_of(view.targets)
            places = self.plane.places(*view.inputs.T)
            marks = class_marks(places, true, len(names), MARK, theme)
            seconds = min(2.4, 0.6 * len(names))
            self.play(Appear(*marks, lag_ratio=0.8), run_time=seconds)
            self.remove(self.rows, self.points)
        self.hold(1.0)

    def show_images(self) -> None:
        """A sheet of images."""
        view, theme = self.view, self.theme
        region = Region(CONTENT.left, CONTENT.top, CONTENT.right, CONTENT.bottom - 90)
        classes = (view.class_names, labels_of(view.targets)) if view.class_names else None
        notation = target_notation(first_component(view.targets), view.decimals)
        values = [notation.text(value) for value in first_component(view.targets)]
        self.sheet = SampleSheet(view.inputs, region, theme, classes=classes, values=values)
        note = images_shown(self.sheet, view, self.words)
        self.add(title_bar(view.lesson, theme))
        self.play(Appear(self.sheet.pictures), run_time=1.0)
        self.play(Appear(self._note(note, CONTENT)), run_time=0.4)
        self.hold(0.6)

    def show_labels(self) -> None:
        """What the images are."""
        self.play(Appear(*self.sheet.names, lag_ratio=0.2), run_time=1.4)
        self.hold(1.0)

    def _note(self, text: str, region: Region) -> Label:
        return Label(text, SMALL, self.theme.faint).put(region.x, CONTENT.bottom - 10, 0.5)
