"""What of a round trip stands on the cards of the training loop."""

from dataclasses import dataclass

from epochreel.lecture.words import Words
from epochreel.numbers import TINY, printed, rounded
from epochreel.record.view import View
from scenes.drawing.layout import SMALL
from scenes.drawing.measure import lines_or_cut, text_width
from scenes.drawing.names import class_lines
from scenes.parts.calls import loss_name
from scenes.parts.loop import BESIDE, REGIONS
from scenes.parts.round_trip import RoundTrip

MOST_INPUTS = 4  # whose values all have room on a card
BETWEEN = ", "  # two of them


@dataclass(frozen=True)
class RoundText:
    """The sample that goes round, in the words and numbers of its cards."""

    view: View
    trip: RoundTrip
    words: Words

    @property
    def sample(self) -> str:
        return self.words("sample {number}", number=self.trip.sample + 1)

    @property
    def input_name(self) -> str:
        """What the first input is called."""
        names = self.view.feature_names
        return names[0] if names else self._short_name

    @property
    def given(self) -> list[str]:
        """Lines for the sample: a few inputs as they are, or the first of many, or a shape."""
        shape = self.view.inputs.shape[1:]
        if len(shape) > 1:
            return [" × ".join(map(str, shape))]
        if rows := self._rows():
            *before, last = [BETWEEN.join(row) for row in rows]
            return [*[f"{row}," for row in before], last]
        (value,) = self._values(1)
        room = REGIONS["data"].width - BESIDE
        named = f"{self.input_name} = {value}"
        return [named if text_width(named, SMALL) <= room else f"{self._short_name} = {value}"]

    @property
    def sent(self) -> list[str]:
        """The values that go into neurons; none of an image, which goes in as a whole."""
        if self.view.inputs.ndim > 2:
            return []
        return [value for row in self._rows() or [self._values(1)] for value in row]

    def _rows(self) -> list[list[str]]:
        """The values of a few inputs in one row or two, where they have room so; else none."""
        count, room = self.view.inputs.shape[1], REGIONS["data"].width - BESIDE
        if not 1 < count <= MOST_INPUTS:
            return []
        values = self._values(count)
        for in_a_row in (2, 1)[: 1 + (count == 2)]:
            rows = [values[at : at + in_a_row] for at in range(0, count, in_a_row)]
            if all(text_width(BETWEEN.join([*row, ""]), SMALL) <= room for row in rows):
                return rows
        return []

    def _values(self, count: int) -> list[str]:
        return [printed(value, tiny=TINY) for value in self.view.inputs[self.trip.sample, :count]]

    def predicted(self, state: int) -> list[str]:
        """Lines for the prediction of a state: a number, or the probability of the true class."""
        trip = self.trip
        if not self.view.classes:
            prediction = self.view.predictions[state, trip.sample, trip.output]
            return [*self.output, printed(prediction, tiny=TINY)]
        room = REGIONS["predictions"].width - BESIDE
        name, number = self.class_name, rounded(self.probability(state))
        # In all states alike: what stays is one line, and what changes the last.
        longest = max((rounded(self.probability(each)) for each in trip.states), key=len)
        if text_width(f"P({name}) = {longest}", SMALL) <= room:
            return [f"P({name}) = {number}"]
        (name,), _ = lines_or_cut(name, room - text_width("P() =", SMALL), SMALL, 1, name)
        return [f"P({name}) =", number]

    def own_loss(self, state: int) -> list[str]:
        """A line for the sample's own loss in a state; none where it is not known."""
        trip = self.trip
        losses = dict(zip(trip.states, trip.own_losses))
        return [f"{self.sample}: {rounded(losses[state])}"] if losses else []

    @property
    def true(self) -> list[str]:
        """Lines for the truth: a number, or the name of a class."""
        if self.view.classes:
            return [self.class_name]
        truth = self.view.targets[self.trip.sample, self.trip.output]
        return [*self.output, printed(truth, tiny=TINY)]

    @property
    def class_name(self) -> str:
        """Of the sample's true class."""
        classes = self.view.classes
        assert classes
        return classes.names[classes.true[self.trip.sample]]

    def probability(self, state: int) -> float:
        """Of the sample's true class in a state."""
        classes, sample = self.view.classes, self.trip.sample
        assert classes
        return float(classes.probabilities[state, sample, classes.true[sample]])

    @property
    def output(self) -> list[str]:
        """A line that says which output is shown; none where there is only one."""
        if self.view.targets.shape[1] == 1:
            return []
        if self.view.target_names:
            return [self.view.target_names[self.trip.output]]
        return [self.words("output {number}", number=self.trip.output + 1)]

    @property
    def loss_function(self) -> list[str]:
        """What code calls the loss, in two lines where it is long."""
        room = REGIONS["loss_function"].width - BESIDE
        name = loss_name(self.view.hyperparameters)
        return class_lines(name, lambda line: text_width(line, SMALL) <= room)

    def loss(self, at: int) -> str:
        return f"{self.words('Epoch')} {self.view.epochs[at]}: {rounded(self.view.losses[at])}"

    @property
    def _short_name(self) -> str:
        return "x1" if self.view.inputs.shape[1] > 1 else "x"
