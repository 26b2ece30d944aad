"""How a cross-entropy is written and called; all words are English, to be translated."""

from collections.abc import Sequence
from dataclasses import dataclass

from epochreel.lecture.words import N_
from epochreel.record.cross_entropy import BinaryCrossEntropy, CrossEntropy
from scenes.drawing.theme import Theme
from scenes.parts.loss_text import Symbol, colored


@dataclass(frozen=True)
class CrossEntropyText:
    """A cross-entropy as pages write it and say it.

    Attributes:
        symbol: what stands before the equals sign, for Typst.
        typst: what the sum is over, for Typst, with places for the truth, the prediction, and
            where a long one may turn to its next line.
        definition: how logits become probabilities, for Typst; empty where there are none.
        says: what it is; a sentence.
        says_of_symbols: what its letters stand for; a sentence.
        symbols: each with what it stands for, and the role of its colour.
        per_output: whether there is a term for each output, and not one for each sample.
    """

    symbol: str
    typst: str
    definition: str
    says: str
    says_of_symbols: str
    symbols: Sequence[Symbol]
    per_output: bool

    name = N_("cross-entropy")
    formula_chapter = N_("The cross-entropy")
    evaluation_chapter = N_("The cross-entropy worked out")
    says_of_terms = N_(
        "Each term is −ln of the probability given to what is true: the nearer that is to 1, the "
        "nearer is the term to 0."
    )

    def formula(self, count: str, theme: Theme, *, narrow: bool = False) -> str:
        """The whole formula; `count` is what the mean is over, such as `n`.

        Where it has to be `narrow`, a long one has two lines.
        """
        mean = f"- 1/{count} {self._sum(count, theme, narrow)}"
        return f"{colored(self.symbol, theme.loss)} = {'&' * narrow} {mean}"

    def total(self, count: str, theme: Theme) -> str:
        """The sum of all terms, each symbol in its colour."""
        return f"- {self._sum(count, theme)}"

    def _sum(self, count: str, theme: Theme, narrow: bool = False) -> str:
        truth, prediction = TRUTH[self.per_output], "hat(y)"
        summed = self.typst.format(
            truth=colored(truth, theme.truth),
            prediction=colored(prediction, theme.prediction),
            turn=TURN if narrow else "",
        )
        return f"sum_(i=1)^{count} {summed}"


TURN = r"\ & quad"  # to the next line, farther right than what is behind the equals sign
TRUTH = {True: "y_i", False: "c_i"}
OF_LOGITS = {
    True: "hat(y)_i = 1 / (1 + e^(-z_i))",
    False: "hat(y)_(i, c) = e^(z_(i, c)) / (sum_k e^(z_(i, k)))",
}
SYMBOLS: dict[bool, Sequence[Symbol]] = {
    True: (
        ("y_i", N_("true target, 1 or 0"), "truth"),
        ("hat(y)_i", N_("predicted probability of 1"), "prediction"),
    ),
    False: (
        ("c_i", N_("true class"), "truth"),
        ("hat(y)_(i, c_i)", N_("probability given to it"), "prediction"),
    ),
}
LOGITS: dict[bool, Symbol] = {
    True: ("z_i", N_("what the network puts out"), "ink"),
    False: ("z_(i, k)", N_("what the network puts out"), "ink"),
}


def cross_entropy_text(loss: CrossEntropy) -> CrossEntropyText:
    """How a cross-entropy is written."""
    is_binary = isinstance(loss, BinaryCrossEntropy)
    symbols = (*SYMBOLS[is_binary], *[LOGITS[is_binary]] * loss.from_logits)
    definition = OF_LOGITS[is_binary] if loss.from_logits else ""
    if is_binary:
        return CrossEntropyText(
            symbol='italic("bce")',
            typst="[{truth} ln {prediction}_i {turn} + (1 - {truth}) ln(1 - {prediction}_i)]",
            definition=definition,
            says=N_("The cross-entropy is the mean of −ln of the probability of what is true."),
            says_of_symbols=N_(
                "y is the truth, 1 or 0; ŷ is the predicted probability of 1; n counts the pairs."
            ),
            symbols=symbols,
            per_output=True,
        )
    return CrossEntropyText(
        symbol='italic("cce")',
        typst="ln {prediction}_(i, {truth})",
        definition=definition,
        says=N_("The cross-entropy is the mean of −ln of the probability given to the true class."),
        says_of_symbols=N_(
            "c is the true class, ŷ is the probability given to it, and n counts the samples."
        ),
        symbols=symbols,
        per_output=False,
    )
