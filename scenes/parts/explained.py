"""One row in words and numbers: what it is taken for, and what it adds to the loss."""

from decimal import Decimal

from manim import VGroup

from epochreel.lecture.words import Words
from epochreel.numbers import MINUS, approximate, read, rounded
from epochreel.record.cross_entropy import CrossEntropy
from epochreel.record.losses import loss_of
from epochreel.record.view import View
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, SMALL, Region
from scenes.drawing.measure import lines_or_cut
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme

DIGITS, MOST_DIGITS = 3, 17  # of a probability
MOST_LINES, LINE = 2, 36  # of words, and pixels from the first to the second


class Explained(VGroup):
    """Lines on one sample, in each state its own.

    Of a loss that is not −ln of one probability there are words alone.
    """

    def __init__(self, view: View, sample: int, region: Region, words: Words, theme: Theme) -> None:
        assert view.classes
        self.sample = sample
        self._classes, self._region, self.words = view.classes, region, words
        self._at: int | None = None
        self._targets, self._predictions = view.targets, view.predictions
        loss = loss_of(view.hyperparameters, view.layers)
        one = slice(sample, sample + 1)
        self._loss = None
        if isinstance(loss, CrossEntropy) and loss.is_plain(view.targets):
            terms = loss.terms(view.targets[one], view.predictions[0][one])
            self._loss = loss if terms.shape[1] == 1 else None
        # All that may have to be said: what follows has one place in all states.
        said = [self._sentence(at) for at in range(len(self._classes.names))]
        self._most_lines = max(len(self._lines(text)[0]) for text in said)
        self._told = [Label("", SMALL, theme.accent) for _ in range(MOST_LINES)]
        self._work = Label("", BODY, theme.loss, weight=BOLD)
        super().__init__(*self._told, self._work)

    def display(self, at: int) -> "Explained":
        """Tell of a recorded state."""
        if at != self._at:
            self._at = at
            self._write(at)
        return self

    def _write(self, at: int) -> None:
        region = self._region
        lines, size = self._lines(self._sentence(int(self._classes.predicted[at, self.sample])))
        first = region.top + SMALL
        for number, label in enumerate(self._told):
            line = lines[number] if number < len(lines) else ""
            label.write(line, size).put(region.left, first + number * LINE)
        if self._loss:
            base = first + (self._most_lines - 1) * LINE + BODY + 8
            work = f"{self.words('its loss')} = {self._worked(at)}"
            self._work.write(work, BODY).put(region.left, base)

    def _lines(self, text: str) -> tuple[list[str], float]:
        return lines_or_cut(text, self._region.width, SMALL, MOST_LINES, "What is said of a row")

    def _sentence(self, predicted: int) -> str:
        """What is said where the network takes the sample for this class."""
        names, true = self._classes.names, int(self._classes.true[self.sample])
        if predicted == true:
            return self.words("framed row: {true}, and that is right", true=names[true])
        return self.words(
            "framed row: taken for {predicted}, but it is {true}",
            predicted=names[predicted],
            true=names[true],
        )

    def _worked(self, at: int) -> str:
        """−ln 0.38 ≈ 0.968: with the fewest digits that give what the record's own give."""
        assert self._loss
        one = slice(self.sample, self.sample + 1)
        given = self._loss.probabilities(self._targets[one], self._predictions[at][one])
        probability = float(given[0, 0])
        value = approximate(float(self._loss.of_probability(Decimal(probability))), DIGITS)
        for digits in range(DIGITS, MOST_DIGITS + 1):
            text = rounded(probability, digits)
            exact = self._loss.of_probability(read(text)) if read(text) else None
            if exact is not None and approximate(float(exact), DIGITS) == value:
                break
        return f"{MINUS}ln {text} {'=' if read(value) == exact else '≈'} {value}"
