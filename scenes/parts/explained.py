"""One row in words and numbers: what it is taken for, and what it adds to the loss."""

from decimal import Decimal

from manim import VGroup

from epochreel.lecture.words import Words
from epochreel.numbers import MINUS, read, rounded
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
        # Both are asked for, whichever a state needs.
        self._wrong, self._right = self._sentence(0, False), self._sentence(0, True)
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
        text = self._sentence(at, bool(self._classes.right[at, self.sample]))
        lines, size = lines_or_cut(text, region.width, SMALL, MOST_LINES, "What is said of a row")
        first = region.top + SMALL
        for number, label in enumerate(self._told):
            line = lines[number] if number < len(lines) else ""
            label.write(line, size).put(region.left, first + number * LINE)
        if self._loss:
            base = first + (len(lines) - 1) * LINE + BODY + 8
            work = f"{self.words('its loss')} = {self._worked(at)}"
            self._work.write(work, BODY).put(region.left, base)

    def _sentence(self, at: int, right: bool) -> str:
        names = self._classes.names
        true = names[self._classes.true[self.sample]]
        predicted = names[self._classes.predicted[at, self.sample]]
        if right:
            return self.words("framed row: {true}, and that is right", true=true)
        return self.words(
            "framed row: taken for {predicted}, but it is {true}", predicted=predicted, true=true
        )

    def _worked(self, at: int) -> str:
        """−ln 0.38 ≈ 0.968: with the fewest digits that give what the record's own give."""
        assert self._loss
        one = slice(self.sample, self.sample + 1)
        given = self._loss.probabilities(self._targets[one], self._predictions[at][one])
        probability = float(given[0, 0])
        value = rounded(float(self._loss.of_probability(Decimal(probability))), DIGITS)
        for digits in range(DIGITS, MOST_DIGITS + 1):
            text = rounded(probability, digits)
            exact = self._loss.of_probability(read(text)) if read(text) else None
            if exact is not None and rounded(float(exact), DIGITS) == value:
                break
        return f"{MINUS}ln {text} {'=' if read(value) == exact else '≈'} {value}"
