"""The loss as a landscape, and the ways that runs take over it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from manim import VGroup

from epochreel.lecture.words import N_
from epochreel.record.landscape import Landscape, why_none
from epochreel.record.view import View
from scenes.drawing.layout import BODY, CONTENT
from scenes.drawing.motion import Appear, Disappear, Follow, progress_in_sweep
from scenes.drawing.scales import epoch_scale, loss_scale
from scenes.parts.axes import LowPlane
from scenes.parts.columns import Reading
from scenes.parts.descent_captions import DescentCaptions, what_the_map_is
from scenes.parts.descent_page import axis_names, map_plane, on_the_map, paragraph
from scenes.parts.moment import nearest_state
from scenes.parts.page import title_bar
from scenes.parts.relief import Field, Relief
from scenes.parts.rivals import Rival, Rivals
from scenes.parts.run_card import RunCard
from scenes.parts.runs import common_scale
from scenes.parts.way import Way
from scenes.stage.scene import Beat, LectureScene

SHARES = (2.15, 1)  # of the map, and of what stands beside it
ROWS = (52, 52, 590, 150)  # beside it: epoch, loss, its curve, words


class Descent(LectureScene):
    """The loss over two parameters, or over the two directions in which the run moved most.

    The run's way goes over it; where a lecture compares trainings that start at the same place,
    also those of other learning rates and of other optimizers.
    """

    title = N_("Down the loss")
    reads = ("trainings", "lesson")

    @classmethod
    def needs(cls, view: View) -> str | None:
        return why_none(view.trainings[0])

    def beats(self) -> Iterator[Beat]:
        own, *others = self.view.trainings
        self.land = Landscape.of(own)
        self.rivals = Rivals.of(own, others)
        captions = DescentCaptions(self.land, self.rivals, self.words)
        yield Beat("map", captions.map(), self.draw_map)
        if rates := self.rivals.rates:
            yield Beat("rates", captions.rates(), partial(self.draw_others, rates))
        if optimizers := self.rivals.optimizers:
            yield Beat("optimizers", captions.optimizers(), partial(self.draw_others, optimizers))

    def draw_map(self) -> None:
        """The map first, then the run's way over it, its loss with it."""
        words, theme, own = self.words, self.theme, self.rivals.own
        left, self.side = CONTENT.columns(SHARES, 48)
        land = self.land
        corners = land.bounds([rival.training for rival in self.rivals.all])
        self.plane = map_plane(corners, left, axis_names(land, words), theme)
        self.ways = {
            rival: Way(
                self.plane.places(*land.path(rival.training).T),
                self.plane.region,
                rival.color(theme),
                theme,
            )
            for rival in self.rivals.all
        }
        way = self.ways[own]
        avoid = np.concatenate([each.along(12) for each in self.ways.values()])
        self.relief = Relief(self._field(), self.plane, avoid, theme)
        self._place_side()
        self.add(title_bar(self.view.lesson, theme))
        self.play(Appear(self.plane), run_time=0.6)
        self.play(Appear(*self.relief.bands, lag_ratio=0.3), run_time=1.2)
        self.play(Appear(self.relief.edges, self.relief.numbers), run_time=0.8)
        self.play(Appear(self.said), run_time=0.6)
        start, end = self._end_notes(way)
        way.show_at(0)
        self.play(Appear(way, start, self.curve_plane, self.epoch, self.loss), run_time=0.8)
        self.hold(0.5)
        self._sweep(own, VGroup(way, self.curve, self.epoch, self.loss), self._show_own, 5.0)
        self.curve.join()
        self.play(Appear(end), run_time=0.6)
        # What the next beat does not need.
        self.leaving = [self.said, self.curve_plane, self.curve, self.epoch, self.loss, end]
        self.hold(1.6)

    def draw_others(self, rivals: Sequence[Rival]) -> None:
        """A card for each of them and its way over the same map, one after the other."""
        own, *cards = self._cards(rivals)
        own.show_at(len(self.rivals.own.training.epochs) - 1)
        if len(own.end):
            own.remove(own.readings)
        self.play(Disappear(*self.leaving), run_time=0.6)
        self.play(Appear(own, own.end), run_time=0.6)
        self.leaving = [own, own.end]
        for rival, card in zip(rivals, cards):
            way = self.ways[rival].show_at(0)
            self.play(Appear(way, card.show_at(0)), run_time=0.6)

            def show(progress: float, way: Way = way, card: RunCard = card) -> None:
                way.show_at(progress)
                card.show_at(progress)

            self._sweep(rival, VGroup(way, card), show, 2.6)
            if len(card.end):
                self.play(Disappear(card.readings), run_time=0.3)
                self.play(Appear(card.end), run_time=0.3)
            self.hold(0.4)
            self.leaving += [way, card, card.end]
        self.hold(1.6)

    def _sweep(
        self, rival: Rival, moving: VGroup, show: Callable[[float], object], seconds: float
    ) -> None:
        """Through all recorded epochs; the early ones longer, as most happens there."""
        epochs = rival.training.epochs
        self.play(
            Follow(
                moving,
                lambda alpha: show(progress_in_sweep(epochs, alpha)),
                eased=False,
                run_time=seconds,
            )
        )

    def _show_own(self, progress: float) -> None:
        training, state = self.rivals.own.training, nearest_state(progress)
        epoch = float(training.epochs[state])
        self.ways[self.rivals.own].show_at(progress)
        self.epoch.display(epoch)
        self.loss.display(float(training.losses[state]))
        self.curve.grow_to(float(self.curve_plane.x.share(np.array(epoch))))

    def _field(self) -> Field:
        """The loss all over the map."""
        plane = self.plane
        across = self.land.places_across(plane.region.width / plane.region.height)
        up = max(2, round(across * plane.region.height / plane.region.width))
        x = np.linspace(plane.x.low, plane.x.high, across)
        y = np.linspace(plane.y.low, plane.y.high, up)
        return Field.of(x, y, self.land.losses(x, y))

    def _place_side(self) -> None:
        """Beside the map the epoch, the loss, its curve, and what the map is."""
        words, theme, training = self.words, self.theme, self.rivals.own.training
        epoch, loss, curve, said = self.side.rows(ROWS, 30)
        ends = training.epochs[[0, -1]].astype(float)
        self.epoch = Reading(f"{words('Epoch')} =", ends, epoch, BODY, theme.accent)
        self.loss = Reading(f"{words('loss')} =", training.losses, loss, BODY, theme.loss)
        epochs, losses = training.run.curve
        scales = epoch_scale(epochs), loss_scale(losses)
        self.curve_plane = LowPlane(*scales, curve, (words("Epoch"), words("loss")), theme)
        self.curve = self.curve_plane.growing([(epochs, losses)], theme.loss)
        self.said = paragraph(what_the_map_is(self.land, words), said, theme.ink)
        self._show_own(0)

    def _end_notes(self, way: Way) -> tuple[VGroup, VGroup]:
        """Words beside the first and the last place of a way that is on the map."""
        training, region = self.rivals.own.training, self.plane.region
        last = way.last_inside
        way.show_at(len(training.epochs) - 1)
        avoid = [way, *(number[0] for number in self.relief.numbers)]
        notes: list[VGroup] = []
        for at in (0, last):
            text = f"{self.words('Epoch')} {training.epochs[at]}"
            notes.append(on_the_map(way.places[at], text, region, [*avoid, *notes], self.theme))
        return notes[0], notes[1]

    def _cards(self, rivals: Sequence[Rival]) -> list[RunCard]:
        """The run's own card, and below it those of others."""
        places = self.side.rows([1] * (1 + len(rivals)), 20)
        runs = [rival.training.run for rival in self.rivals.all]
        scales = epoch_scale(np.concatenate([run.curve[0] for run in runs])), common_scale(runs)
        return [
            RunCard(
                rival.training,
                rival.label,
                rival.color(self.theme),
                place,
                scales,
                self.words,
                self.theme,
            )
            for rival, place in zip((self.rivals.own, *rivals), places)
        ]
