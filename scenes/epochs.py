"""What the network knows, epoch by epoch."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from epochreel.numbers import spoken
from scenes.drawing.motion import Appear, Follow, position_in_sweep
from scenes.parts.epoch_page import EpochPage
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene


class Epochs(LectureScene):
    """What the network knows, epoch by epoch."""

    reads = (
        "inputs",
        "targets",
        "layers",
        "widths",
        "epochs",
        "losses",
        "parameters",
        "predictions",
        "shown_epochs",
        "lesson",
    )

    def beats(self) -> Iterator[Beat]:
        self.page = EpochPage(self.view, self.words, self.theme)
        first, *later = self.view.shown_epochs
        count = sum(values[0].size for layer in self.view.parameters for values in layer.values())
        caption = self.words.say_initial.format(epoch=first, count=count, loss=self.loss_at(first))
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
            **self.page.common,
        }

    def build_up(self) -> None:
        """The page of the first shown epoch, from data to result."""
        page = self.page
        page.show_at(self.view.at(self.view.shown_epochs[0]))
        self.add(title_bar(self.view.lesson, self.theme))
        self.play(Appear(page.epoch, page.inputs), run_time=0.8)
        self.play(
            Appear(*page.network.layers, lag_ratio=0.3),
            Appear(page.network.names),
            run_time=1.2,
        )
        self.play(Appear(*page.network.edges, page.network.tags, page.legend), run_time=0.8)
        self.play(Appear(page.parameter_group), run_time=0.8)
        self.play(Appear(page.predictions), run_time=0.8)
        self.play(Appear(page.targets, page.residuals), run_time=0.8)
        self.play(Appear(page.loss), run_time=0.6)
        self.hold(1.6)

    def advance(self, before: int, epoch: int) -> None:
        """To the next shown epoch: its neighbour in one move, a far one through all between."""
        start, stop = self.view.at(before), self.view.at(epoch)
        if stop - start == 1:
            self.play(
                Follow(
                    self.page,
                    lambda alpha: self.page.show_at(start + alpha),
                    stepped=True,
                    run_time=1.4,
                )
            )
            self.hold(1.4)
            return
        seconds = min(10.0, 2.0 + 3.0 * np.log10(stop - start))
        self.play(
            Follow(
                self.page,
                lambda alpha: self.page.show_at(position_in_sweep(start, stop, alpha)),
                eased=False,
                stepped=True,
                run_time=round(seconds),
            )
        )
        self.hold(2.5)

    def caption(self, before: int, epoch: int) -> str:
        """What this step did to the loss."""
        near = self.view.at(epoch) - self.view.at(before) == 1
        template = self.words.say_epoch if near else self.words.say_sweep
        return template.format(
            start=before, epoch=epoch, before=self.loss_at(before), after=self.loss_at(epoch)
        )

    def loss_at(self, epoch: int) -> str:
        return spoken(float(self.view.losses[self.view.at(epoch)]))
