"""The cards of a round trip, with what stands on them, and which of them stand back."""

from collections.abc import Sequence, Set

from manim import Animation, VMobject

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.layout import BODY, Point, pixels
from scenes.drawing.motion import ComeBack, Disappear, StandBack
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.calls import optimizer_in_short
from scenes.parts.loop import REGIONS, Loop, arrow_between
from scenes.parts.network import Network
from scenes.parts.round_text import RoundText

BESIDE_ARROW, BESIDE_CARD = 22, 14  # pixels from an arrow to its name, from a card to its values

Part = str | tuple[str, str]  # a card, or an arrow from one to another


class RoundCards:
    """The training loop of a record: each card and each arrow, and on the cards lines of text.

    Attributes:
        loop: all cards and arrows.
        parts: what belongs to each of them, in the order in which it is painted.
        aside: which of them stand back.
    """

    def __init__(
        self, view: View, text: RoundText, network: Network, words: Words, theme: Theme
    ) -> None:
        self._theme = theme
        biased = any("bias" in layer for layer in view.parameters)
        names = {
            "data": (words("data"), theme.accent),
            "network": ("", theme.ink),
            "predictions": (words("prediction"), theme.prediction),
            "targets": (words("true target"), theme.truth),
            "loss_function": (words("loss function"), theme.loss),
            "loss": (words(text.trip.loss_name), theme.loss),
            "optimizer": (words("optimizer"), theme.optimizer),
            "weights": (words("weights, biases") if biased else words("weights"), theme.accent),
        }
        self.loop = Loop(names, theme)
        self.parts: dict[Part, list[VMobject]] = {
            **{card: [station] for card, station in self.loop.stations.items()},
            **{way: [arrow] for way, arrow in self.loop.arrows.items()},
        }
        self.parts["network"].append(network)
        kept_free = int(bool(text.trip.own_losses))
        for card, lines, free in (
            ("optimizer", [optimizer_in_short(view.hyperparameters)], 0),
            ("loss_function", text.loss_function, kept_free),
        ):
            station = self.loop.stations[card]
            for row, line in enumerate(reversed(lines), start=free):
                station.add(station.value(line, theme.ink, row))
        self.aside: Set[Part] = set()

    def lines(self, card: str, *lines: str) -> list[Label]:
        """Lines that belong to a card, the last one at its foot, in the colour of what they are."""
        roles = {"predictions": "prediction", "targets": "truth", "loss": "loss"}
        roles["loss_function"] = "loss"
        color = getattr(self._theme, roles.get(card, "ink"))
        station = self.loop.stations[card]
        rows = range(len(lines) - 1, -1, -1)
        labels = [station.value(text, color, row) for row, text in zip(rows, lines)]
        self.parts[card] += labels
        return labels

    def given(self, text: RoundText, inlets: Sequence[Point]) -> tuple[list[Label], list[Label]]:
        """Lines on the data's card, and the values that go from there into the network.

        Args:
            inlets: where they go.
        """
        lines = self.lines("data", text.sample, *text.given)
        values = [Label(value, lines[-1].size, self._theme.ink) for value in text.sent]
        if len(values) == 1:
            values[0].put(pixels(lines[-1].points[4])[0], pixels(lines[-1].points[0])[1], 1)
            return lines, values
        # Several do not pass each other, nor the lines: each beside the card as high as its neuron.
        for value, inlet in zip(values, inlets):
            base = pixels(inlet)[1] + CAP_HEIGHT * value.size / 2
            value.put(REGIONS["data"].right + BESIDE_CARD, base)
        return lines, values

    def gradients_way(self, name: str) -> list[VMobject]:
        """What light that runs back brings to the optimizer: an arrow with its name."""
        way = "network", "optimizer"
        self.loop.arrows[way] = arrow = arrow_between(
            REGIONS[way[0]], REGIONS[way[1]], self._theme.loss
        )
        x, y = pixels(arrow.get_center())
        label = Label(name, BODY, self._theme.loss)
        self.parts[way] = [arrow, label.put(x + BESIDE_ARROW, y + CAP_HEIGHT * BODY / 2)]
        return self.parts[way]

    def without(self, way: tuple[str, str]) -> list[VMobject]:
        """An arrow that is to go, and is no part of the loop any more."""
        self.loop.remove(self.loop.arrows.pop(way))
        return self.parts.pop(way)

    def last(self, card: str) -> Label:
        """A copy of a card's last line, to be sent on."""
        line = self.parts[card][-1].copy()
        assert isinstance(line, Label)
        return line

    def taken_off(self, card: str) -> list[Animation]:
        """The last line of a card goes, for another to be there."""
        return [Disappear(self.parts[card].pop(), run_time=0.2)]

    def focus(self, *cards: str) -> list[Animation]:
        """Let these cards and the arrows between them come back, and all others stand back."""
        near = {part for part in self.parts if _is_of(part, cards)}
        # In the order of the parts: it is the one in which they are painted.
        come = [part for part in self.parts if part in near & self.aside]
        go = [part for part in self.parts if part not in near | self.aside]
        self.aside = self.parts.keys() - near
        return [
            move(*[each for part in parts for each in self.parts[part]], ground=self._theme.page)
            for move, parts in ((ComeBack, come), (StandBack, go))
            if parts
        ]


def _is_of(part: Part, cards: Sequence[str]) -> bool:
    """Whether it is one of these cards, or an arrow between two of them."""
    return part in cards if isinstance(part, str) else {*part} <= {*cards}
