"""The network's layers, from what goes in to what comes out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from manim import VGroup

from epochreel.lecture.words import N_, Sentence
from epochreel.record.kind import Drawn, Shape
from epochreel.record.layers import KINDS
from scenes.drawing.direction import Fly, Pulse
from scenes.drawing.layout import GAP, pixels
from scenes.drawing.motion import Appear, Grow
from scenes.parts.layer_edges import WeightedEdges
from scenes.parts.layer_stops import parameter_sum
from scenes.parts.network import edge_legend
from scenes.parts.network_scale import largest_weight
from scenes.parts.page import title_bar
from scenes.parts.parameter_total import ParameterTotal
from scenes.parts.whole_network import (
    TOTAL,
    Shapes,
    first_kernels,
    shapes_of,
    whole_network,
)
from scenes.stage.scene import Beat, LectureScene

GROWS, COUNTS = 5.0, 4.0  # seconds that all layers take, and all counts, at most


class Network(LectureScene):
    """Every layer with its activation, what it puts out, and how many parameters it has."""

    title = N_("The network")
    reads = (
        *("inputs", "layers", "dense", "parameters", "epochs", "shown_epochs", "class_names"),
        *("target_names", "lesson"),
    )

    def beats(self) -> Iterator[Beat]:
        view = self.view
        self.shapes = shapes_of(view)
        drawn: dict[str, Any] = {
            "inputs": view.inputs.shape[1:],
            "parameters": self.shapes,
            "epochs": None,
            "shown_epochs": None,
            "weights": first_kernels(view),
            "largest weight": largest_weight(view),
        }
        yield Beat("layers", self._say_layers(), self.show_layers, drawn)
        if self._count():
            yield Beat("parameters", self._say_parameters(), self.show_parameters, drawn)

    def show_layers(self) -> None:
        """One after the other from the input to the output; edges grow to it from the one before.

        They are the weights of the first epoch that the film shows.
        """
        view, theme = self.view, self.theme
        self.chain = whole_network(view, self.words, theme)
        self.chain.name_outputs(view.class_names or view.target_names)
        first, *later = self.chain.cards
        self.add(title_bar(view.lesson, theme))
        seconds = min(0.4, GROWS / 2 / len(self.chain.joints))
        self.play(Appear(first), run_time=0.4)
        for joint, card in zip(self.chain.joints, later):
            if isinstance(joint, WeightedEdges):
                self.play(Appear(card), run_time=seconds)
                self.play(Grow(joint), run_time=seconds)
            else:
                self.play(Appear(joint, card, lag_ratio=0.5), run_time=2 * seconds)
        self.legend = self._legend() if self.chain.weighted else VGroup()
        if self.legend:
            self.play(Appear(self.legend), run_time=0.4)
        self.hold(0.6)

    def show_parameters(self) -> None:
        """Layer by layer a light along its edges and how many parameters they are; then the sum."""
        counts = self.chain.counts
        joints = dict(zip(self.chain.cards[1:], self.chain.joints))
        seconds = min(0.5, COUNTS / len(counts))
        for card, count in counts.items():
            joint = joints[card]
            if isinstance(joint, WeightedEdges):
                self.play(Pulse(*joint.ways, self.theme.accent), Appear(count), run_time=seconds)
            else:
                self.play(Appear(count), run_time=seconds)
        text = self.words("{count} parameter", "{count} parameters", count=self._count())
        left = pixels(self.legend.get_right())[0] + GAP if self.legend else TOTAL.left
        place = replace(TOTAL, left=left)
        total = ParameterTotal([*counts.values()], text, place, self.theme)
        flights = [(number, number.get_center()) for number, _ in total.numbers]
        for number, start in total.numbers:
            number.move_to(start)
        if flights:
            self.play(Fly(*flights), run_time=0.7)
        self.play(Appear(*total.signs, total.total), run_time=0.4)
        self.hold(0.6)

    def _legend(self) -> VGroup:
        words = self.words
        names = words("positive weight"), words("negative weight"), words("line width = |w|")
        return edge_legend(TOTAL, self.theme, *names)

    def _say_layers(self) -> Sentence:
        return self.say(
            "{count} layer leads from an input of {inputs} to an output of {outputs}.",
            "{count} layers lead from an input of {inputs} to an output of {outputs}.",
            count=len(self.view.layers),
            inputs=self._values(self.view.inputs.shape[1:]),
            outputs=self._values(self.view.layers[-1].shape),
        )

    def _values(self, shape: Shape) -> Sentence:
        if len(shape) == 1:
            return self.say("{count} value", "{count} values", count=shape[0])
        return self.say("{shape} values", shape=" × ".join(map(str, shape)))

    def _say_parameters(self) -> Sentence:
        count, trained = self._count(), self._trained()
        tail = Sentence("")
        if trained is not None and trained < count:
            tail = self.say("; gradients train {trained} of them", trained=trained)
        first = self._first_dense()
        if first is None:
            return self.say(
                "The network has {count} parameter{rest}.",
                "The network has {count} parameters{rest}.",
                count=count,
                rest=tail,
            )
        terms, own = parameter_sum(first.values())
        told = {"count": count, "rest": tail, "terms": terms, "own": own}
        if "bias" in first:
            return self.say(
                "The first Dense layer has {terms} = {own} weights and biases, the network {count} "
                "parameters{rest}.",
                **told,
            )
        return self.say(
            "Weights of the first Dense layer: {terms} = {own}. Parameters of the network: "
            "{count}{rest}.",
            **told,
        )

    def _first_dense(self) -> Shapes | None:
        """The shapes of the first Dense layer's parameters, where its units see all values."""
        for layer, shapes in zip(self.view.layers, self.shapes):
            kind = KINDS.get(layer.type)
            if kind and kind.drawn is Drawn.NEURONS:
                return shapes if len(layer.shape) == 1 else None
        return None

    def _count(self) -> int:
        return sum(parameter_sum(shapes.values())[1] for shapes in self.shapes)

    def _trained(self) -> int | None:
        """How many of them follow a gradient; None where a kind of layer is not known."""
        trained = 0
        for layer, shapes in zip(self.view.layers, self.shapes):
            if shapes and layer.type not in KINDS:
                return None
            followed = [shapes[name] for name in shapes if name in KINDS[layer.type].trained]
            trained += parameter_sum(followed)[1]
        return trained
