"""The loss with every recorded pair put in, in the first recorded epoch and in the last."""

from collections.abc import Iterator

from manim import UP, FadeIn

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import compact, spoken
from epochreel.record.losses import loss_of
from epochreel.record.outcome import Outcome
from epochreel.record.view import View
from scenes.drawing.layout import CONTENT, Region
from scenes.drawing.motion import Appear
from scenes.parts.evaluation import Evaluation, rows_of
from scenes.parts.loss_text import text_of
from scenes.parts.page import title_bar
from scenes.parts.worked import work_out
from scenes.stage.scene import Beat, LectureScene

CARDS = Region(CONTENT.left, CONTENT.top - 8, CONTENT.right, CONTENT.bottom + 16)
GAP = 32  # between two cards, in pixels
ONE_CARD = 1100  # pixels: how wide a card is that stands alone


class LossEvaluation(LectureScene):
    """Substitution, terms, result: two epochs side by side."""

    title = N_("Worked out")
    reads = (
        *("targets", "predictions", "epochs", "losses", "hyperparameters"),
        *("outcome", "lesson"),
    )

    @classmethod
    def chapter(cls, view: View) -> str:
        loss = loss_of(view.hyperparameters)
        return text_of(loss).evaluation_chapter if loss else cls.title

    @classmethod
    def needs(cls, view: View) -> str | None:
        loss = loss_of(view.hyperparameters)
        if loss is None:
            return f"the loss is {view.hyperparameters['loss']!r}"
        for at in (0, -1):
            recorded, predictions = float(view.losses[at]), view.predictions[at]
            if not loss.gives(recorded, view.targets, predictions):
                mean = loss.mean(view.targets, predictions)
                return (
                    f"at epoch {view.epochs[at]} the loss is {spoken(recorded)}, and that of the "
                    f"recorded predictions {spoken(mean)}"
                )
        return None

    def beats(self) -> Iterator[Beat]:
        view = self.view
        loss = loss_of(view.hyperparameters)
        assert loss  # see `needs`
        self.states = [0, -1] if len(view.epochs) > 1 else [0]
        self.rows = rows_of(view.targets.size, CARDS)
        self.worked = [
            work_out(loss, view.targets, view.predictions[at], view.losses[at], self.rows.samples)
            for at in self.states
        ]
        self.loss = loss
        drawn: dict[str, object] = {
            name: getattr(view, name)[self.states] for name in ("predictions", "losses", "epochs")
        }
        drawn["outcome"] = None  # of it the page has words alone
        text = text_of(loss)
        delta = "" if loss.delta is None else compact(loss.delta)
        yield Beat("substitution", self._say_substitution(), self.substitute, drawn)
        yield Beat(
            "terms", Sentence(text.says_of_terms, values={"delta": delta}), self.evaluate, drawn
        )
        yield Beat("mean", self._say_mean(text.name), self.average, drawn)

    def substitute(self) -> None:
        """Every pair in its term, row by row."""
        regions = [CARDS.inset((CARDS.width - ONE_CARD) / 2, 0)]
        if len(self.states) > 1:
            regions = CARDS.columns((1, 1), gap=GAP)
        self.cards = [
            Evaluation(self.loss, worked, self._head(at), region, self.rows, self.words, self.theme)
            for worked, at, region in zip(self.worked, self.states, regions)
        ]
        self.add(title_bar(self.view.lesson, self.theme))
        self.play(Appear(*[card.frame for card in self.cards]), run_time=0.6)
        self.play(*[Appear(*card.terms, lag_ratio=0.12) for card in self.cards], run_time=2.6)
        self.hold(1.6)

    def evaluate(self) -> None:
        """What each term comes to."""
        self.play(*[Appear(*card.values, lag_ratio=0.12) for card in self.cards], run_time=2.4)
        self.hold(1.6)

    def average(self) -> None:
        """The sum, and the mean."""
        self.play(*[FadeIn(card.total, shift=0.1 * UP) for card in self.cards], run_time=0.8)
        self.hold(0.8)
        self.play(*[FadeIn(card.mean, shift=0.1 * UP) for card in self.cards], run_time=0.8)
        self.hold(2.6)

    @property
    def _whole(self) -> bool:
        """Whether these are the states before training and after all of it."""
        return bool(self.view.epochs[0] == 0) and self.view.outcome is not Outcome.DIVERGED

    def _head(self, at: int) -> str:
        view, words = self.view, self.words
        head = f"{words('Epoch')} = {view.epochs[at]}"
        if at == 0:
            return f"{head}  {words('before training')}" if view.epochs[0] == 0 else head
        diverged = view.outcome is Outcome.DIVERGED
        return f"{head}  {words('before it diverged') if diverged else words('after training')}"

    def _say_substitution(self) -> Sentence:
        count, epochs = self.view.targets.size, self.view.epochs
        if len(self.states) == 1:
            return self.say(
                "Put the {count} pair of numbers into the formula, at epoch {epoch}.",
                "Put the {count} pairs of numbers into the formula, at epoch {epoch}.",
                count=count,
                epoch=int(epochs[0]),
            )
        if self._whole:
            return self.say(
                "Put the {count} pair of numbers into the formula, before training and after.",
                "Put the {count} pairs of numbers into the formula, before training and after.",
                count=count,
            )
        return self.say(
            "Put the {count} pair of numbers into the formula, at epochs {first} and {last}.",
            "Put the {count} pairs of numbers into the formula, at epochs {first} and {last}.",
            count=count,
            first=int(epochs[0]),
            last=int(epochs[-1]),
        )

    def _say_mean(self, name: str) -> Sentence:
        before, after = (
            spoken(worked.recorded if worked.agreement else float(worked.mean))
            for worked in (self.worked[0], self.worked[-1])
        )
        values = {"count": self.view.targets.size, "name": Sentence(name)}
        if before == after:
            return self.say(
                "Add them up and divide by {count}: the {name} is {loss}.",
                loss=before,
                **values,
            )
        return self.say(
            "Add them up and divide by {count}: the {name} goes from {before} to {after}.",
            before=before,
            after=after,
            **values,
        )
