"""What the network knows, epoch by epoch."""

from collections.abc import Iterator
from functools import partial

import numpy as np
from manim import VGroup

from scenes.glyphs import BOLD
from scenes.layout import BODY, EPOCH_PAGE, GAP, LARGE, SMALL
from scenes.motion import Appear, Follow, position_in_sweep
from scenes.parts.columns import Column, Reading, Rows, first_component, selection_note
from scenes.parts.network import Network, edge_legend
from scenes.parts.page import title_bar
from scenes.parts.parameters import ParameterPanel
from scenes.parts.residuals import ResidualBars
from scenes.stage import Beat, LectureScene
from scenes.text import Label, Values
from scenes.words import spoken


class EpochPage(VGroup):
    """Everything on the page that changes with the epoch, and how it shows one.

    `show_at` takes a position along the record's epochs; between two positions every value is
    between its two recorded ones, and on a position it is the recorded one.
    """

    def __init__(self, scene: "Epochs") -> None:
        view, words, theme, page = scene.view, scene.words, scene.theme, EPOCH_PAGE
        self.view = view
        shown = [view.at(epoch) for epoch in view.shown_epochs]
        rows = Rows(len(view.inputs), page.inputs)
        self.predictions_of = first_component(view.predictions)
        self.targets_of = first_component(view.targets)
        self.residuals_of = self.predictions_of - self.targets_of

        self.epoch = Reading(
            f"{words.epoch} =", view.epochs.astype(float), page.counter, LARGE, theme.accent
        )
        self.loss = Reading(f"{words.loss} =", view.losses, page.loss, LARGE, theme.loss)

        kernels = [layer["kernel"] for layer in view.parameters]
        largest = max(float(np.abs(kernel).max()) for kernel in kernels)
        self.network = Network(view.widths, largest, page.network, theme)
        self.parameters = ParameterPanel(view.parameters, page.parameters, theme)
        self.inputs = Column(
            words.inputs,
            first_component(view.inputs)[None],
            rows,
            page.inputs,
            theme.ink,
            theme.line,
        )
        self.inputs.display(first_component(view.inputs))
        self.predictions = Column(
            words.predictions,
            self.predictions_of,
            rows,
            page.predictions,
            theme.prediction,
            theme.line,
        )
        self.targets = Column(
            words.targets, self.targets_of[None], rows, page.targets, theme.truth, theme.line
        )
        self.targets.display(self.targets_of)
        self.residuals = ResidualBars(
            words.residuals,
            float(np.abs(self.residuals_of[shown]).max()),
            rows,
            page.residuals,
            theme,
        )
        self.legend = edge_legend(
            page.legend, theme, words.positive, words.negative, words.width_scale
        )
        base = page.parameters.top - 18
        panel = Label(words.parameters, BODY, theme.ink, weight=BOLD).put(
            page.parameters.left, base
        )
        self.parameter_group = VGroup(panel, self.parameters)
        if self.parameters.left_out:
            rest = words.left_out.format(count=self.parameters.left_out)
            start = page.parameters.left + panel.width_px + GAP
            self.parameter_group.add(Label(rest, SMALL, theme.faint).put(start, base))
        note = selection_note(rows, view.inputs, view.targets, words)
        if note:
            self.inputs.add(Label(note, SMALL, theme.faint).put_in(page.note, 0))
        super().__init__(
            self.epoch,
            self.loss,
            self.inputs,
            self.network,
            self.legend,
            self.parameter_group,
            self.predictions,
            self.targets,
            self.residuals,
        )

    def show_at(self, position: float) -> None:
        """Show the state at a position along the recorded epochs, 0 being the first."""
        view = self.view
        at = min(int(position), len(view.epochs) - 1)
        share = position - at
        after = min(at + 1, len(view.epochs) - 1)

        def between(states: Values) -> Values:
            return states[at] if share == 0 else (1 - share) * states[at] + share * states[after]

        parameters = [
            {name: between(states) for name, states in layer.items()} for layer in view.parameters
        ]
        self.epoch.display(float(view.epochs[after if share else at]))
        self.loss.display(float(between(view.losses)))
        self.network.display([layer["kernel"] for layer in parameters])
        self.parameters.display(parameters)
        self.predictions.display(between(self.predictions_of))
        self.residuals.display(between(self.residuals_of))


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
        first, *later = self.view.shown_epochs
        count = sum(values[0].size for layer in self.view.parameters for values in layer.values())
        caption = self.words.say_initial.format(epoch=first, count=count, loss=self.loss_at(first))
        yield Beat("initial", caption, self.build_up)
        for before, epoch in zip([first, *later], later):
            yield Beat(
                f"epoch-{epoch}", self.caption(before, epoch), partial(self.advance, before, epoch)
            )

    def build_up(self) -> None:
        """The page of the first shown epoch, from data to result."""
        self.page = page = EpochPage(self)
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
