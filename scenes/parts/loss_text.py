"""How each loss is written and called: its formula for Typst, its terms with numbers, its names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from epochreel.lecture.words import N_
from epochreel.numbers import MINUS, compact
from epochreel.record.losses import HALF, ErrorLoss
from scenes.drawing.theme import Theme

Symbol = tuple[str, str, str]  # for Typst; what it stands for; the role of its colour
OF_ERRORS: Sequence[Symbol] = (
    ("y_i", N_("true target"), "truth"),
    ("hat(y)_i", N_("prediction"), "prediction"),
)


@dataclass(frozen=True)
class LossText:
    """A loss as pages write it and say it; all words are English, to be translated.

    Attributes:
        name: in a sentence, or beside its formula.
        formula_chapter: what the chapter is called that shows its formula.
        evaluation_chapter: what the chapter is called in which it is worked out.
        says: what it is; a sentence.
        says_of_terms: what each term is; a sentence, with a place for delta.
        symbol: what stands before the equals sign, for Typst.
        typst: the term of an error for Typst, with `{}` for the error.
        text: the same in a line of text.
        definition: of the function that these name, for Typst; empty for those that all know.
    """

    name: str
    formula_chapter: str
    evaluation_chapter: str
    says: str
    says_of_terms: str
    symbol: str
    typst: str
    text: str
    definition: str = ""

    says_of_symbols = N_(
        "y is the true target, ŷ is the prediction, and n counts the pairs of them."
    )
    symbols = OF_ERRORS
    per_output = True

    def formula(self, count: str, theme: Theme) -> str:
        """The whole formula; `count` is what the mean is over, such as `n`."""
        return f"{colored(self.symbol, theme.loss)} = 1/{count} {self.total(count, theme)}"

    def total(self, count: str, theme: Theme) -> str:
        """The sum of all terms, each symbol in its colour."""
        target = colored("y_i", theme.truth)
        prediction = colored("hat(y)_i", theme.prediction)
        return f"sum_(i=1)^{count} {self.typst.format(f'{target} - {prediction}')}"

    def of_error(self, error: Decimal, loss: ErrorLoss) -> str:
        """A term with its error put in, in a line of text."""
        if loss.delta is None:
            return self.text.format(compact(error))
        if abs(error) <= loss.delta:
            return f"½ × ({compact(error)})²"
        return (
            f"{compact(loss.delta)} × ({compact(abs(error))} {MINUS} {compact(HALF * loss.delta)})"
        )


def text_of(loss: ErrorLoss) -> LossText:
    """How a loss is written."""
    return _TEXTS[loss.name]


def colored(symbol: str, color: str) -> str:
    """A symbol in its colour, for Typst."""
    return f'text(fill: #rgb("{color}"), {symbol})'


_TEXTS: Mapping[str, LossText] = {
    "mean_squared_error": LossText(
        name=N_("mean squared error"),
        formula_chapter=N_("The mean squared error"),
        evaluation_chapter=N_("Worked out"),
        says=N_("The mean squared error is the mean of the squared differences."),
        says_of_terms=N_("Each term is a squared difference, never negative."),
        symbol='italic("mse")',
        typst="({})^2",
        text="({})²",
    ),
    "mean_absolute_error": LossText(
        name=N_("mean absolute error"),
        formula_chapter=N_("The mean absolute error"),
        evaluation_chapter=N_("The mean absolute error worked out"),
        says=N_("The mean absolute error is the mean of the differences without their signs."),
        says_of_terms=N_("Each term is a difference without its sign, never negative."),
        symbol='italic("mae")',
        typst="abs({})",
        text="|{}|",
    ),
    "huber": LossText(
        name=N_("Huber loss"),
        formula_chapter=N_("The Huber loss"),
        evaluation_chapter=N_("The Huber loss worked out"),
        says=N_("The Huber loss squares small differences, and grows in a line with large ones."),
        says_of_terms=N_(
            "Up to {delta} a difference counts with half its square, beyond that along a line."
        ),
        symbol='italic("huber")',
        typst="H({})",
        text="H({})",
        definition="H(e) = cases(1/2 e^2 & abs(e) <= delta, "
        "delta (abs(e) - 1/2 delta) quad & abs(e) > delta)",
    ),
    "log_cosh": LossText(
        name=N_("log-cosh loss"),
        formula_chapter=N_("The log-cosh loss"),
        evaluation_chapter=N_("The log-cosh loss worked out"),
        says=N_("The log-cosh loss is the mean of the logarithms of cosh of the differences."),
        says_of_terms=N_(
            "log cosh is near half the square of a small difference, and near a large one's size."
        ),
        symbol='italic("loss")',
        typst="log cosh({})",
        text="log cosh({})",
    ),
}
