"""How a network computes its prediction for one sample, layer by layer."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from manim import RIGHT, Animation, smooth

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import spoken
from epochreel.record.view import View
from scenes.drawing.direction import Fly, LightUp, Morph, Pulse
from scenes.drawing.layout import UNIT, Point
from scenes.drawing.motion import Appear, ComeBack, Disappear, Follow, StandBack
from scenes.drawing.sampling import drawn_units
from scenes.drawing.text import Label
from scenes.parts.activations import Activations
from scenes.parts.followed import followed_sample
from scenes.parts.forward_page import ForwardPage
from scenes.parts.forward_text import ForwardText
from scenes.parts.network_scale import largest_weight
from scenes.parts.neuron_card import NeuronCard
from scenes.parts.normalized_card import NormalizedCard, normalized
from scenes.parts.output_names import output_names_of
from scenes.parts.page import title_bar
from scenes.parts.passage import passage, why_no_passage
from scenes.parts.whole_network import come_from, whole_network
from scenes.stage.scene import Beat, LectureScene

AWAY = 14  # pixels from the network to a value that leaves it
IN_DETAIL = 4  # layers at most; of more the first ones and the last


class ForwardPass(LectureScene):
    """One sample goes through the network: in each layer one neuron's sum, then all of them."""

    title = N_("The forward pass")
    reads = (
        *("inputs", "targets", "layers", "dense", "widths", "epochs", "parameters", "predictions"),
        *("shown_epochs", "classes", "class_names", "feature_names", "target_names"),
        *("hyperparameters", "decimals", "lesson"),
    )

    @classmethod
    def needs(cls, view: View) -> str | None:
        return why_no_passage(view, view.at(view.shown_epochs[0]))

    def beats(self) -> Iterator[Beat]:
        view = self.view
        self.at = view.at(view.shown_epochs[0])
        self.sample = followed_sample(view, self.words)
        self.stages = passage(view, self.at, self.sample)
        self.text = ForwardText(view, self.at, self.sample, self.words)
        self.lit = 0  # the last column that has its activations
        self.card: NeuronCard | NormalizedCard | None = None
        drawn = self._drawn()
        layers = [*range(len(self.stages))]
        for layer in [*layers[: IN_DETAIL - 1], *layers[IN_DETAIL - 1 :][-1:]]:
            show = partial(self.show_layer, layer)
            yield Beat(f"layer-{layer + 1}", self._say_layer(layer), show, drawn)
        yield Beat("prediction", self._say_prediction(), self.show_prediction, drawn)

    def show_layer(self, layer: int) -> None:
        """One neuron's sum and what becomes of it; then all neurons of the layer."""
        if layer == 0:
            self._enter_sample()
        while self.lit < layer:
            self._light(self.lit + 1)
        unit, page, ground = self._unit(layer), self.page, self.theme.page
        aside = page.aside(layer + 1, unit)
        clear = [Disappear(*self.card.everything)] if self.card else []
        self.play(StandBack(*aside, ground=ground), *clear, run_time=0.4)
        self.play(Pulse(*page.ways(layer + 1, unit), self.theme.ink, run_time=0.4))
        self._work_out(layer, unit)
        self._light(layer + 1, ComeBack(*aside, ground=ground, run_time=0.3))
        self.hold(0.5)

    def show_prediction(self) -> None:
        """What comes out, beside what is true."""
        assert self.card
        panel, lines = self.page.results(self.text.results)
        self.play(Disappear(*self.card.everything), Appear(panel), run_time=0.4)
        drawn = drawn_units(self.view.widths[-1])
        flights: list[tuple[Label, Point]] = []
        rest: list[Label] = []
        for said, (name, value) in zip(self.text.results, lines):
            if said.output is not None and said.output in drawn:
                flights.append((value, value.get_center()))
                value.next_to(self.page.exit(said.output), RIGHT, AWAY * UNIT).set_z_index(2)
                rest.append(name)
            else:
                rest += [name, value]
        if flights:
            self.play(Fly(*flights, run_time=0.8))
        self.play(Appear(*rest, lag_ratio=0.3), run_time=0.7)
        self.hold(0.7)

    def _enter_sample(self) -> None:
        """The network, and the sample's values that go into its first neurons."""
        view, names = self.view, output_names_of(self.view)
        self.page = page = ForwardPage(
            view, self.at, self.sample, self.stages, names, self.words, self.theme
        )
        network, values = page.network, page.given.values
        self.add(title_bar(view.lesson, self.theme))
        # As the scene before it left the network, which then makes room for a neuron's sum.
        goals = come_from(network, whole_network(view, self.words, self.theme))
        drawn = Appear(*network.layers, *network.edges, run_time=0.4)
        if goals:
            self.play(drawn)
            self.play(Morph(*goals, rate_func=smooth, run_time=0.8))
            self.play(Appear(network.names, network.tags, page.given), run_time=0.4)
        else:
            self.play(drawn, Appear(network.names, network.tags, run_time=0.4))
            self.play(Appear(page.given), run_time=0.4)
        flown = [value.copy().set_z_index(2) for value in values]
        if flown:
            ends = [neuron.get_center() for neuron in network.layers[0]]
            self.play(Fly(*zip(flown, ends), run_time=0.6))
        rows = normalized(view, self.at, self.sample, network.units[0], self.stages[0].values)
        if rows:
            self.card = NormalizedCard(rows, page.side, self.words, self.theme)
            self.play(Appear(*self.card.everything, lag_ratio=0.2), run_time=1.0)
        self.remove(*flown)
        self._fill(0)
        if rows:
            self.wait(1.0)

    def _work_out(self, layer: int, unit: int) -> None:
        """The sum term by term, z, and what the neuron puts out for it."""
        self.card = shown = self.page.neuron_card(layer, unit)
        lines, bends = shown.lines, shown.bends(self.stages[layer])
        terms = Appear(*lines.terms, lag_ratio=0.7, run_time=0.3 + 0.15 * len(lines.terms))
        self.play(Appear(shown.panel, lines.name, run_time=0.3), terms)
        curve = [shown.called, shown.plot]
        if not bends:
            shown.plot.show_at(1)
            curve.append(shown.plot.moving)
        self.play(Appear(lines.total, *curve), run_time=0.5)
        if bends:
            self.add(shown.plot.moving)
            self.play(Follow(shown.plot.moving, shown.plot.show_at, run_time=0.8))
            for step in shown.result:
                self.play(Appear(step), run_time=0.4)

    def _light(self, column: int, *beside: Animation) -> None:
        """Light runs into a column, and its neurons take their fill."""
        light = Pulse(*self.page.network.ways(column), self.theme.ink, run_time=0.35)
        self.play(light, *beside)
        self._fill(column)

    def _fill(self, column: int) -> None:
        written = self.page.written(column)
        appear = [Appear(*written)] if written else []
        self.play(LightUp(*self.page.fills(column)), *appear, run_time=0.4)
        self.lit = column

    def _unit(self, layer: int) -> int:
        """Which neuron of a layer is told of: of the last one that of the output, else the most."""
        units = drawn_units(self.view.widths[layer + 1])
        if layer == len(self.stages) - 1 and self.text.output in units:
            return self.text.output
        return self.stages[layer].largest(units)

    def _drawn(self) -> Mapping[str, Any]:
        """One state of the record, and one sample of it."""
        view = self.view
        classes = view.classes
        return {
            "epochs": int(view.epochs[self.at]),
            "shown_epochs": None,
            "sample": self.sample,
            "largest weight": largest_weight(view),
            **Activations(view, self.sample).common,
            "inputs": (view.inputs.shape[1:], view.inputs[self.sample]),
            "targets": (view.targets.shape[1:], view.targets[self.sample]),
            "predictions": self.text.results,
            "classes": classes and (classes.names, classes.true[self.sample]),
            "parameters": [
                {name: states[self.at] for name, states in layer.items()}
                for layer in view.parameters
            ],
        }

    def _say_layer(self, layer: int) -> Sentence:
        stage, unit = self.stages[layer], self._unit(layer)
        worked = stage.worked(unit)
        told = {
            "layer": layer + 1,
            "unit": unit + 1,
            "count": len(stage.values),
            "z": spoken(float(worked.z)),
            "then": Sentence(""),
        }
        output = spoken(float(stage.outputs[unit]), 3)
        if stage.function == "softmax":
            told["then"] = self.say(", and softmax of all neurons is {output} here", output=output)
        elif stage.function != "linear":
            told["then"] = self.say(
                ", and {function} makes {output} of it",
                function=stage.function,
                output=output,
            )
        if worked.bias is None:
            return self.say(
                "In layer {layer} neuron {unit} takes {count} value times its weight: {z}{then}.",
                "In layer {layer} neuron {unit} adds up {count} values times their weights to "
                "{z}{then}.",
                **told,
            )
        return self.say(
            "In layer {layer} neuron {unit} adds {count} value times its weight and the bias: "
            "{z}{then}.",
            "In layer {layer} neuron {unit} adds {count} values times their weights and the bias: "
            "{z}{then}.",
            **told,
        )

    def _say_prediction(self) -> Sentence:
        view, text = self.view, self.text
        told = {"given": text.given, "epoch": int(view.epochs[self.at])}
        if view.classes:
            true = int(view.classes.true[self.sample])
            return self.say(
                "For {given} the network gives {name}, the true class, the probability "
                "{probability} at epoch {epoch}.",
                name=view.classes.names[true],
                probability=spoken(float(view.classes.probabilities[self.at, self.sample, true])),
                **told,
            )
        return self.say(
            "At epoch {epoch} the network predicts {prediction} for {given}; the true value is "
            "{truth}.",
            prediction=spoken(float(view.predictions[self.at, self.sample, text.output])),
            truth=spoken(float(view.targets[self.sample, text.output])),
            **told,
        )
