"""The network's layers, from what goes in to what comes out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from manim import FadeIn, VGroup

from epochreel.lecture.words import N_, Sentence
from epochreel.record.chain import is_plain
from epochreel.record.kind import Drawn, Shape
from epochreel.record.layers import KINDS
from epochreel.record.record import Array
from epochreel.record.view import View
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, NETWORK_PAGE
from scenes.drawing.motion import Appear
from scenes.drawing.text import Label
from scenes.parts.layer_chain import LayerChain
from scenes.parts.layer_stops import parameter_sum
from scenes.parts.page import title_bar
from scenes.stage.scene import Beat, LectureScene

Shapes = Mapping[str, Shape]


class Network(LectureScene):
    """Every layer with its activation, what it puts out, and how many parameters it has."""

    title = N_("The network")
    reads = ("inputs", "layers", "parameters", "class_names", "target_names", "lesson")

    @classmethod
    def needs(cls, view: View) -> str | None:
        if is_plain(view.layers, view.class_names):
            return "its layers are all Dense and linear, as the scene 'epochs' shows them"
        return None

    def beats(self) -> Iterator[Beat]:
        self.shapes = _shapes(self.view.parameters)
        drawn: dict[str, Any] = {
            "inputs": self.view.inputs.shape[1:],
            "parameters": self.shapes,
        }
        yield Beat("layers", self._say_layers(), self.show_layers, drawn)
        if self._count():
            yield Beat("parameters", self._say_parameters(), self.show_parameters, drawn)

    def show_layers(self) -> None:
        """One after the other from the input to the output, each joined to the one before."""
        view, theme = self.view, self.theme
        inputs = view.inputs.shape[1:]
        self.chain = LayerChain(
            inputs, view.layers, self.shapes, NETWORK_PAGE.chain, self.words, theme
        )
        self.chain.name_outputs(view.class_names or view.target_names)
        self.add(title_bar(view.lesson, theme))
        seconds = min(6.0, 1.0 + 0.5 * len(self.chain.cards))
        self.play(Appear(*self.chain.steps, lag_ratio=0.6, run_time=seconds))
        self.hold(2.0)

    def show_parameters(self) -> None:
        """Under each layer how many parameters it has and why, and then how many they are."""
        text = self.words("{count} parameter", "{count} parameters", count=self._count())
        total = Label(text, BODY, self.theme.accent, weight=BOLD).put_in(NETWORK_PAGE.total)
        counts = self.chain.counts
        self.play(Appear(*counts, lag_ratio=0.5, run_time=min(4.0, 0.8 + 0.4 * len(counts))))
        self.play(FadeIn(VGroup(total), scale=0.95), run_time=0.6)
        self.hold(2.0)

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
                "Each unit of the first Dense layer has a weight for each value and a bias: "
                "{terms} = {own}. The network has {count} parameters{rest}.",
                **told,
            )
        return self.say(
            "Each unit of the first Dense layer has a weight for each value: {terms} = {own}. "
            "Parameters of the network: {count}{rest}.",
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


def _shapes(parameters: Sequence[Mapping[str, Array]]) -> list[Shapes]:
    """Per layer the shape of each parameter, without the axis of the epochs."""
    return [{name: states.shape[1:] for name, states in held.items()} for held in parameters]
