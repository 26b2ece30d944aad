"""The mean squared error with every recorded pair put in, before training and after."""

from collections.abc import Iterator

from manim import UP, FadeIn, VGroup

from epochreel.numbers import exact, spoken
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, CONTENT, SMALL, UNIT, Region, point
from scenes.drawing.motion import Appear
from scenes.drawing.text import Label
from scenes.drawing.theme import Theme
from scenes.parts.columns import Rows, first_component
from scenes.parts.formula import formula
from scenes.parts.page import card, title_bar
from scenes.parts.squares import Squares, work_out
from scenes.stage.scene import Beat, LectureScene

PITCH = 33
HEAD, FOOT = 76, 186


class MseEvaluation(LectureScene):
    """Substitution, squares, result: two epochs side by side."""

    reads = ("targets", "predictions", "epochs", "lesson")

    def beats(self) -> Iterator[Beat]:
        words = self.words
        targets = first_component(self.view.targets)
        predictions = first_component(self.view.predictions)
        first, last = (work_out(predictions[at], targets) for at in (0, -1))
        before, after = (spoken(float(x.mean.scaleb(x.exponent))) for x in (first, last))
        count = len(targets)
        self.worked = first, last
        ends = {
            "predictions": predictions[[0, -1]],
            "targets": targets,
            "epochs": self.view.epochs[[0, -1]],
        }
        yield Beat(
            "substitution", words.say_substitution.format(count=count), self.substitute, ends
        )
        yield Beat("squares", words.say_squares, self.square, ends)
        yield Beat(
            "mean",
            words.say_mean.format(count=count, before=before, after=after),
            self.average,
            ends,
        )

    def substitute(self) -> None:
        """Every pair in its term, row by row."""
        words, theme, epochs = self.words, self.theme, self.view.epochs
        left, right = Region(
            CONTENT.left, CONTENT.top - 8, CONTENT.right, CONTENT.bottom + 16
        ).columns((1, 1), gap=40)
        heads = (
            f"{words.epoch} = {epochs[0]}  {words.before_training}",
            f"{words.epoch} = {epochs[-1]}  {words.after_training}",
        )
        self.panels = [
            Evaluation(worked, head, region, theme)
            for worked, head, region in zip(self.worked, heads, (left, right))
        ]
        self.add(title_bar(self.view.lesson, theme))
        self.play(Appear(*[panel.frame for panel in self.panels]), run_time=0.6)
        self.play(
            *[Appear(*panel.terms, lag_ratio=0.12) for panel in self.panels],
            run_time=2.6,
        )
        self.hold(1.6)

    def square(self) -> None:
        """What each term comes to."""
        self.play(
            *[Appear(*panel.squares, lag_ratio=0.12) for panel in self.panels],
            run_time=2.4,
        )
        self.hold(1.6)

    def average(self) -> None:
        """The sum, and the mean."""
        self.play(*[FadeIn(panel.total, shift=0.1 * UP) for panel in self.panels], run_time=0.8)
        self.hold(0.8)
        self.play(*[FadeIn(panel.mean, shift=0.1 * UP) for panel in self.panels], run_time=0.8)
        self.hold(2.6)


class Evaluation:
    """One epoch's terms, squares, sum and mean as mobjects in a region."""

    def __init__(self, worked: Squares, head: str, region: Region, theme: Theme) -> None:
        inner = region.inset(28, 0)
        top = inner.top + 48
        title = Label(head, BODY, theme.accent, weight=BOLD).put(inner.left, top)
        body = Region(inner.left, region.top + HEAD, inner.right, region.bottom - FOOT)
        count = len(worked.squares)
        rows = Rows(count, Region(0, body.top - 62, 0, body.bottom), pitch=PITCH)
        self.frame = VGroup(card(region, theme), title)
        if worked.exponent:
            unit = formula(f"times 10^({worked.exponent})", BODY, theme.faint)
            unit.move_to(point(inner.right, top - 12)).shift((-unit.width / 2, 0, 0))
            self.frame.add(unit)
        self.frame.add(rows.ellipsis(inner.x, theme.ink))
        self.terms = VGroup(
            *[
                Label(worked.terms[at], SMALL, theme.ink).put(
                    inner.left + 0.56 * inner.width, base, 1
                )
                for at, base in zip(rows.samples, rows.bases)
            ]
        )
        self.squares = VGroup(
            *[
                VGroup(
                    Label("=", SMALL, theme.faint).put(inner.left + 0.59 * inner.width, base),
                    Label(exact(worked.squares[at]), SMALL, theme.loss).put(
                        inner.left + 0.86 * inner.width, base, 1
                    ),
                )
                for at, base in zip(rows.samples, rows.bases)
            ]
        )
        self._sum_up(worked, count, region, inner, theme)

    def _sum_up(
        self, worked: Squares, count: int, region: Region, inner: Region, theme: Theme
    ) -> None:
        power = f" times 10^({worked.exponent})" if worked.exponent else ""
        total, mean = exact(worked.total), exact(worked.mean)
        equals = "=" if worked.mean_is_exact else "approx"
        self.total = formula(f"sum (y - hat(y))^2 = {total}{power}", 36, theme.ink)
        self.mean = formula(f"1/{count} dot {total}{power} {equals} {mean}{power}", 36, theme.loss)
        rows = Region(inner.left, region.bottom - FOOT, inner.right, region.bottom - 4).rows(
            (1, 1), gap=0
        )
        for mobject, row in zip((self.total, self.mean), rows):
            mobject.scale(min(1.0, inner.width * UNIT / mobject.width))
            mobject.move_to(row.center)
