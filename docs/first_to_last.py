"""A scene in which light causes what changes."""

from itertools import chain

import numpy as np

from epochreel.numbers import spoken
from scenes.drawing.direction import LightUp, Pulse
from scenes.drawing.layout import CONTENT
from scenes.drawing.motion import Appear, ComeBack, Follow, StandBack
from scenes.drawing.reach import EDGES_GROW, edge_sizes, scale_end
from scenes.parts.activations import activations_of
from scenes.parts.moment import Moment
from scenes.parts.network import Network
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene


class FirstToLast(LectureScene):
    """The first sample goes through the first weights, and through the last ones."""

    reads = (
        *("inputs", "layers", "parameters", "dense", "widths", "epochs", "shown_epochs"),
        *("losses", "lesson"),
    )

    @classmethod
    def needs(cls, view):
        return None if len(view.epochs) > 1 else "there is one epoch, and nothing moves"

    def beats(self):
        self.kernels = [self.view.parameters[at]["kernel"] for at in self.view.dense]
        self.values = activations_of(self.view, 0)
        epochs, losses = self.view.epochs, [spoken(float(loss)) for loss in self.view.losses]
        for name, at, show in (("first", 0, self.show_first), ("last", -1, self.show_last)):
            caption = self.say("Epoch {epoch}: loss {loss}.", epoch=epochs[at], loss=losses[at])
            yield Beat(name, caption, show)

    def show_first(self):
        largest = scale_end(edge_sizes(self.kernels), EDGES_GROW)
        self.network = Network(self.view.widths, largest, CONTENT, self.theme)
        self.move_to(0)
        self.add(title_bar(self.view.lesson, self.theme))
        self.play(Appear(self.network), run_time=1)
        self.run_forward(0)

    def show_last(self):
        network, last = self.network, len(self.view.epochs) - 1
        empty = [network.fills(at, np.zeros(width)) for at, width in enumerate(self.view.widths)]
        self.play(LightUp(*chain(*empty)))  # those were of the weights before
        for layer in range(len(network.edges), 0, -1):
            self.play(Pulse(*network.ways(layer), self.theme.loss, back=True))
        self.play(Follow(network, lambda alpha: self.move_to(alpha * last)), run_time=3)
        self.run_forward(last)

    def move_to(self, position):
        moment, end = Moment.at(position, len(self.view.epochs)), self.network.largest
        self.network.display([moment.between(kernel, end) for kernel in self.kernels])

    def run_forward(self, state):
        network, ground = self.network, self.theme.page
        self.play(StandBack(*network.edges, ground=ground))
        for layer in range(len(network.layers)):
            if layer:
                self.play(ComeBack(network.edges[layer - 1], ground=ground), run_time=0.3)
                self.play(Pulse(*network.ways(layer), self.theme.ink))
            if self.values:  # None where a layer is of a kind that cannot be followed
                shares = self.values.shares(layer, Moment(state, state, 0.0))
                self.play(LightUp(*network.fills(layer, shares)))
        self.hold()
