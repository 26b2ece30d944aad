"""What the network knows, epoch by epoch."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from manim import VGroup, smooth

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import spoken
from scenes.drawing.direction import LightUp, Morph, Pulse
from scenes.drawing.motion import Appear, ComeBack, Follow, StandBack, position_in_sweep
from scenes.parts.class_page import ClassPage
from scenes.parts.epoch_page import EpochPage
from scenes.parts.forward_network import come_from_forward
from scenes.parts.moment import Moment
from scenes.parts.page import title_bar
from scenes.parts.value_page import ValuePage
from scenes.stage.scene import Beat, LectureScene


class Epochs(LectureScene):
    """What the network knows, epoch by epoch."""

    title = N_("Epoch by epoch")
    reads = (
        "inputs",
        "targets",
        "layers",
        "dense",
        "widths",
        "epochs",
        "losses",
        "parameters",
        "predictions",
        "shown_epochs",
        "decimals",
        "diverged_at",
        "feature_names",
        "target_names",
        "class_names",
        "classes",
        "history",
        "validation",
        "hyperparameters",
        "lesson",
    )

    def beats(self) -> Iterator[Beat]:
        page = ClassPage if self.view.classes else ValuePage
        self.page: EpochPage = page(self.view, self.words, self.theme)
        first, *later = self.view.shown_epochs
        count = sum(values[0].size for layer in self.view.parameters for values in layer.values())
        caption = self.say(
            "Epoch {epoch}: the network has {count} parameter, and its loss is {loss}{rest}.",
            "Epoch {epoch}: the network has {count} parameters, and its loss is {loss}{rest}.",
            epoch=first,
            count=count,
            loss=self.loss_at(first),
            rest=self.rest(first),
        )
        yield Beat("initial", caption, self.build_up, self.drawn(first, first))
        for before, epoch in zip([first, *later], later):
            yield Beat(
                f"epoch-{epoch}",
                self.caption(before, epoch),
                partial(self.advance, before, epoch),
                self.drawn(before, epoch),
            )

    def drawn(self, before: int, epoch: int) -> Mapping[str, Any]:
        """The states between two shown epochs, and what the page takes from all."""
        view = self.view
        span = slice(view.at(before), view.at(epoch) + 1)
        return {
            "shown_epochs": (before, epoch),
            "epochs": view.epochs[span],
            "losses": view.losses[span],
            "predictions": view.predictions[span],
            "parameters": [
                {name: states[span] for name, states in layer.items()} for layer in view.parameters
            ],
            "diverged_at": None,  # it is said, and is on no page
            **self.page.drawn(span),
            **self.page.common,
        }

    def build_up(self) -> None:
        """The page of the first shown epoch, from data to result."""
        page, at = self.page, self.view.at(self.view.shown_epochs[0])
        page.show_at(at)
        self.add(title_bar(self.view.lesson, self.theme))
        self._take_up_network()
        self.play(Appear(page.parameter_group), run_time=0.5)
        start = Moment(at, at, 0.0)
        if given := page.fills(0, start):
            self.play(LightUp(*given, run_time=0.3))
        self.run_forward(start, [self.edges], 0.7)
        for result in page.results:
            self.play(Appear(result), run_time=0.4)
        self.play(Appear(*page.readings), run_time=0.5)
        self.hold(0.5)

    def _take_up_network(self) -> None:
        """The network as the scene before left it makes room for data and numbers."""
        page, network = self.page, self.page.network
        sample = page.rows.samples[page.followed]
        goals = come_from_forward(network, self.view, sample, self.words, self.theme)
        if not goals:
            network.empty()
            self.play(Appear(page.epoch, page.inputs), run_time=0.6)
            self.play(Appear(*network.layers, network.names, lag_ratio=0.2), run_time=0.7)
            self.play(Appear(*network.edges, network.tags, page.legend), run_time=0.5)
            return
        lights = [
            light
            for layer, width in enumerate(self.view.widths)
            for light in network.fills(layer, np.zeros(width))
        ]
        self.play(Appear(*network.layers, *network.edges), run_time=0.4)
        self.play(Morph(*goals, rate_func=smooth), LightUp(*lights, rate_func=smooth), run_time=0.8)
        about = page.epoch, page.inputs, network.names, network.tags, page.legend
        self.play(Appear(*about), run_time=0.6)

    def advance(self, before: int, epoch: int) -> None:
        """To the next shown epoch: its neighbour step by step, a far one through all between."""
        start, stop = self.view.at(before), self.view.at(epoch)
        if stop - start == 1:
            # The first one is told layer by layer.
            if before == self.view.shown_epochs[0]:
                self.go_round(start, [[layer] for layer in self.edges], 0.5)
            else:
                self.go_round(start, [self.edges], 0.34)
            self.hold(0.5)
            return
        seconds = min(3.5, 1.5 + 1.5 * np.log10(stop - start))
        passed = self.view.epochs[start : stop + 1]
        self.play(
            Follow(
                self.page,
                lambda alpha: self.page.show_at(start + position_in_sweep(passed, alpha)),
                eased=False,
                stepped=True,
                run_time=seconds,
            )
        )
        self.hold(0.6)

    def go_round(self, start: int, told: Sequence[Sequence[int]], pace: float) -> None:
        """One epoch: light runs back and weights change, then forward, and predictions follow.

        Args:
            start: the state before it.
            told: the layers through which light runs at once, from the input on.
            pace: how long a move takes, of those that are told at leisure.
        """
        page, count, ground = self.page, len(self.view.epochs), self.theme.page
        results = VGroup(*page.results)

        def show(alpha: float) -> None:
            page.show_parameters(Moment.at(start + alpha, count))

        def score(alpha: float) -> None:
            page.show_scores(Moment.at(start + alpha, count))

        # What is there is of the weights before: it stands back until it has changed.
        aside = [StandBack(results, *page.readings, ground=ground, run_time=0.3)]
        for layers in reversed(told):
            light = Pulse(
                *page.network.ways(*layers), self.theme.loss, back=True, run_time=0.6 * pace
            )
            self.play(light, *aside)
            aside = []
        self.play(Follow(page, show, stepped=True, run_time=0.9 * pace))
        self.run_forward(Moment(start + 1, start + 1, 0.0), told, pace)
        rows = partial(page.show_some_rows, start)
        self.play(
            ComeBack(results, ground=ground, run_time=0.3),
            Follow(page, rows, eased=False, stepped=True, run_time=1.1 * pace),
        )
        self.play(Follow(page, score, stepped=True, run_time=0.6 * pace))
        self.play(ComeBack(*page.readings, ground=ground), run_time=0.3)

    def run_forward(self, moment: Moment, told: Sequence[Sequence[int]], pace: float) -> None:
        """Light runs through the edges, and neurons take the fill of the followed row."""
        page = self.page
        for layers in told:
            self.play(Pulse(*page.network.ways(*layers), self.theme.ink, run_time=0.5 * pace))
            if lit := [each for layer in layers for each in page.fills(layer, moment)]:
                self.play(LightUp(*lit, run_time=0.4 * pace))

    @property
    def edges(self) -> list[int]:
        """The layers that edges lead to."""
        return [*range(1, len(self.page.network.layers))]

    def caption(self, start: int, epoch: int) -> Sentence:
        """What the way from one shown epoch to the next did to the loss."""
        before, after = (self.view.losses[self.view.at(at)] for at in (start, epoch))
        values = {
            "start": start,
            "epoch": epoch,
            "before": self.loss_at(start),
            "after": self.loss_at(epoch),
            "rest": self.rest(epoch),
        }
        if values["before"] == values["after"]:
            return self.say("At epoch {epoch} the loss is {after}, as before{rest}.", **values)
        if self.view.at(epoch) - self.view.at(start) == 1:
            if after < before:
                return self.say(
                    "After epoch {epoch} the loss has fallen from {before} to {after}{rest}.",
                    **values,
                )
            return self.say(
                "After epoch {epoch} the loss has risen from {before} to {after}{rest}.", **values
            )
        if after < before:
            return self.say(
                "From epoch {start} to {epoch} the loss falls from {before} to {after}{rest}.",
                **values,
            )
        return self.say(
            "From epoch {start} to {epoch} the loss rises from {before} to {after}{rest}.",
            **values,
        )

    def rest(self, epoch: int) -> Sentence:
        """Of classes how many samples are right; and what follows if the run diverges."""
        classes, end = self.view.classes, self.diverging(epoch)
        if classes is None:
            return end
        return self.say(
            "; {right} of {count} samples are right{end}",
            right=int(classes.right[self.view.at(epoch)].sum()),
            count=len(classes.true),
            end=end,
        )

    def diverging(self, epoch: int) -> Sentence:
        """At the last epoch what follows, if the run diverges; nothing else."""
        diverged_at = self.view.diverged_at
        if diverged_at is None or epoch != self.view.epochs[-1]:
            return self.say("")
        return self.say("; from epoch {epoch} on it is not finite", epoch=diverged_at)

    def loss_at(self, epoch: int) -> str:
        return spoken(float(self.view.losses[self.view.at(epoch)]))
