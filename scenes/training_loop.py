"""How one epoch of training goes round."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from manim import Animation, ApplyMethod, smooth, squish_rate_func

from epochreel.lecture.words import N_
from epochreel.numbers import TINY, printed
from scenes.drawing.direction import Fly, LightUp, Morph, Pulse
from scenes.drawing.layout import UNIT, Point
from scenes.drawing.motion import Appear, Disappear, Follow, exchanged
from scenes.drawing.text import Label
from scenes.parts.followed import followed_sample
from scenes.parts.loop import REGIONS, ROW
from scenes.parts.page import title_bar
from scenes.parts.round_captions import RoundCaptions
from scenes.parts.round_cards import RoundCards
from scenes.parts.round_network import RoundNetwork
from scenes.parts.round_opening import RoundOpening
from scenes.parts.round_text import RoundText
from scenes.parts.round_trip import round_trip
from scenes.stage.scene import Beat, LectureScene

HALO = 9.0  # how wide the ground around a value is that goes along an arrow


class TrainingLoop(LectureScene):
    """One sample and one step: data, network, prediction, loss, optimizer, back to the weights."""

    title = N_("The training loop")
    reads = (
        *("inputs", "targets", "widths", "epochs", "losses", "parameters", "predictions"),
        *("classes", "feature_names", "target_names", "layers", "dense"),
        *("hyperparameters", "shown_epochs", "lesson"),
        # Of the epoch page on which it begins.
        *("class_names", "decimals", "history", "validation"),
    )

    def beats(self) -> Iterator[Beat]:
        trip = self.trip = round_trip(self.view, followed_sample(self.view, self.words))
        self.text = RoundText(self.view, trip, self.words)
        room = REGIONS["network"].inset(20, 30)
        self.network = RoundNetwork(self.view, trip, room, self.theme)
        self.opening = RoundOpening(self.view, trip.at, self.words, self.theme)
        captions, drawn = RoundCaptions(self.text), self._drawn()
        first = {**drawn, "shown_epochs": self.view.shown_epochs, "opening": self.opening.drawn}
        yield Beat("forward", captions.forward(), self.go_forward, first)
        yield Beat("loss", captions.loss(), self.compare, drawn)
        if trip.after is not None:
            yield Beat("update", captions.update(trip.after), self.update, drawn)

    def go_forward(self) -> None:
        """One sample goes through the network and becomes a prediction."""
        text, network = self.text, self.network
        self.cards = cards = RoundCards(self.view, text, network, self.words, self.theme)
        self.add(title_bar(self.view.lesson, self.theme))
        self._open()
        given, values = cards.given(text, network.inlets)
        self._show(given, cards.focus("data", "network", "predictions"))
        if values:
            if len(values) > 1:
                self.play(Appear(*values), run_time=0.2)
            self._light_up([0], self._fly(*zip(values, network.inlets)))
        else:
            self._pulse(("data", "network"))
            self._light_up([0])
        for layers in network.told:
            self.play(Pulse(*network.ways(*layers), self.theme.ink, run_time=0.25))
            self._light_up(layers)
        self._predict(cards.lines("predictions", *text.predicted(self.trip.at)))
        self.hold(0.6)

    def _open(self) -> None:
        """Back to before the step; the page's network and columns take their places."""
        opening, network = self.opening, self.network
        self.play(Appear(opening.page.network, *(opening.before or opening.about)))
        if opening.before:
            # The numbers in between are nobody's concern; the network goes straight back.
            self.play(Disappear(*opening.before), run_time=0.25)
            back = Follow(opening.page.network, opening.show_back, stepped=True)
            self.play(back, Appear(*opening.about), run_time=0.4)
        goals = network.take_place_of(opening.page.network)
        stays = [*opening.stays.values()]
        self.remove(opening.page)
        self.add(network, *opening.goes, *stays)
        self.play(Disappear(*opening.goes), run_time=0.4)
        # Cards are there for what comes; their names when nothing passes them any more.
        loop = self.cards.loop
        stations = loop.stations.values()
        cards = [station.card for station in stations]
        names = [part for station in stations for part in station if part is not station.card]
        self.play(
            Appear(*cards, rate_func=squish_rate_func(smooth, 0, 0.4)),
            Morph(*goals, *opening.on_cards(), rate_func=squish_rate_func(smooth, 0, 0.7)),
            Disappear(*stays, rate_func=squish_rate_func(smooth, 0.6, 0.9)),
            Appear(*names, *loop.arrows.values(), rate_func=squish_rate_func(smooth, 0.75, 1)),
            run_time=1.2,
        )
        self.add(loop)

    def compare(self) -> None:
        """Prediction and truth meet in the loss function, and with all others in the mean."""
        trip, text, cards = self.trip, self.text, self.cards
        true = cards.lines("targets", *text.true)
        self._show(true, cards.focus("predictions", "targets", "loss_function", "loss"))
        values = [cards.last(card) for card in ("predictions", "targets")]
        for value in values:  # no arrow crosses its digits
            value.set_stroke(self.theme.page, HALO, background=True)
        arrows = [cards.loop.arrows[card, "loss_function"] for card in ("predictions", "targets")]
        taken = self._fly(*zip(values, [arrow.get_end() for arrow in arrows]))
        self._show(cards.lines("loss_function", *text.own_loss(trip.at)), taken)
        self._pulse(("loss_function", "loss"))
        self._show(cards.lines("loss", text.loss(trip.at)))
        self.hold(0.7)

    def update(self) -> None:
        """Light runs back, gradients make weights change, and the sample goes round once more."""
        trip, network, cards = self.trip, self.network, self.cards
        assert trip.after is not None
        ahead = "network", "predictions", "loss_function", "loss"
        beside = cards.focus(*ahead, "optimizer", "weights")
        edges = [network.ways(*layers) for layers in network.told]
        arrows = [cards.loop.ways(way) for way in pairwise(ahead)]
        for ways in reversed(edges + arrows):
            self.play(*beside, Pulse(*ways, self.theme.loss, back=True), run_time=0.25)
            beside = []
        # The loss acts on the weights by its gradients, and by nothing else.
        former = cards.without(("loss", "optimizer"))
        came = Appear(*cards.gradients_way(self.words("gradients")))
        self.play(Disappear(*former), came, run_time=0.3)
        way = cards.loop.ways(("network", "optimizer"))
        self.play(Pulse(*way, self.theme.loss, run_time=0.25))
        self._pulse(("optimizer", "weights"))
        self._show(cards.lines("weights", *self._changed()))
        self._pulse(("weights", "network"))
        # What is in the neurons was made with the weights before.
        lights = [LightUp(*emptied)] if (emptied := network.emptied()) else []
        self.play(Follow(network, network.change_to), *lights, run_time=0.5)
        self._go_round_again(trip.after)

    def _go_round_again(self, after: int) -> None:
        """With the new weights: the sample's prediction and its loss, and the mean of all."""
        text, network, cards = self.text, self.network, self.cards
        self.play(*cards.focus(*cards.loop.stations), run_time=0.25)
        inlet = cards.loop.ways(("data", "network"))
        self.play(*network.passed(inlet, after), run_time=0.6)
        gone = cards.taken_off("predictions")
        self._predict(cards.lines("predictions", text.predicted(after)[-1]), gone)
        self._pulse(("predictions", "loss_function"), ("targets", "loss_function"))
        if own := text.own_loss(after):
            former = cards.parts["loss_function"].pop()
            (line,) = cards.lines("loss_function", *own)
            self.play(*exchanged(former, line), run_time=0.5)
        self._pulse(("loss_function", "loss"))
        mean = cards.parts["loss"][-1]
        self.play(ApplyMethod(mean.shift, (0, ROW * UNIT, 0)), run_time=0.25)
        self._show(cards.lines("loss", text.loss(after)))
        self.hold(0.6)

    def _predict(self, lines: Sequence[Label], beside: Sequence[Animation] = ()) -> None:
        """The last of some lines goes from the network's end to its place on the card."""
        *_, value = lines
        home = value.get_center()
        value.move_to(self.network.outlet).set_z_index(3)  # above the neuron that it leaves
        # It comes to be seen as it leaves, since on the neuron's fill nobody could read it.
        self.play(Appear(*lines, run_time=0.4), *beside, Fly((value, home), run_time=0.6))

    def _changed(self) -> list[str]:
        """The weight that the step changes most, before it and after it."""
        weight = self.trip.weight
        if weight is None:
            return [self.words("unchanged")]
        before, then = (printed(value, tiny=TINY) for value in (weight.before, weight.after))
        return [weight.name, f"{before} → {then}"]

    def _show(self, lines: Sequence[Label], beside: Sequence[Animation] = ()) -> None:
        self.play(*beside, Appear(*lines), run_time=0.4)

    def _fly(self, *flights: tuple[Label, Point]) -> list[Animation]:
        """Values go along arrows to where they are used; gives how they are taken in there."""
        values = [value.set_z_index(3) for value, _ in flights]
        self.play(Fly(*flights, run_time=0.7))
        return [Disappear(*values)]

    def _pulse(self, *arrows: tuple[str, str]) -> None:
        """Light runs along arrows, along all at once."""
        self.play(Pulse(*self.cards.loop.ways(*arrows), self.theme.accent, run_time=0.25))

    def _light_up(self, layers: Sequence[int], beside: Sequence[Animation] = ()) -> None:
        """Neurons take the fill of the sample's activations, where these are known."""
        lit = self.network.lit(layers, self.trip.at)
        if moves := [*beside, *([LightUp(*lit)] if lit else [])]:
            self.play(*moves, run_time=0.2)

    def _drawn(self) -> Mapping[str, Any]:
        """One sample and one step of the record, and what the network takes from them."""
        view, trip = self.view, self.trip
        step, place = trip.states, (trip.sample, trip.output)
        return {
            "round trip": vars(trip),
            # Of these no more than its beginning, see RoundOpening.
            **dict.fromkeys(("shown_epochs", "class_names", "decimals", "history", "validation")),
            # Of these no more than whose step the trip tells.
            **dict.fromkeys(("hyperparameters.batch_size", "hyperparameters.optimizer_settings")),
            "epochs": view.epochs[step],
            "inputs": (view.inputs.shape[1:], view.inputs[trip.sample].ravel()[0]),
            "targets": (view.targets.shape[1], view.targets[place]),
            "predictions": [view.predictions[state][place] for state in step],
            "classes": view.classes and (self.text.class_name, *map(self.text.probability, step)),
            "losses": view.losses[step],
            "parameters": [
                {name: states[step] for name, states in layer.items()} for layer in view.parameters
            ],
            **self.network.drawn,
        }
