"""The loss with every recorded pair put in, in the first recorded epoch and in the last."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import VGroup

from epochreel.lecture.words import N_, Sentence
from epochreel.numbers import compact, spoken
from epochreel.record.cross_entropy import CrossEntropy
from epochreel.record.losses import ErrorLoss
from epochreel.record.outcome import Outcome
from epochreel.record.view import View
from scenes.drawing.direction import Pulse
from scenes.drawing.layout import CONTENT, UNIT, Region
from scenes.drawing.motion import Appear, ComeBack, StandBack
from scenes.parts.evaluation import Evaluation, lines_in, rows_of
from scenes.parts.page import title_bar
from scenes.parts.truths import loss_in, truths_of, why_not_plain
from scenes.parts.worked import Worked, work_out
from scenes.parts.worked_lines import WorkedLine, error_line, log_lines
from scenes.parts.worked_logs import work_out_logs
from scenes.parts.written import written
from scenes.stage.scene import Beat, LectureScene

CARDS = Region(CONTENT.left, CONTENT.top - 8, CONTENT.right, CONTENT.bottom + 16)
GAP = 32  # between two cards, in pixels
LINE_BY_LINE = 0.35  # of a line's fade that passes until the next one begins
BESIDE = 12  # pixels from the values to the light that runs down beside them
ONE_CARD = 1100  # pixels: how wide a card is that stands alone


class LossEvaluation(LectureScene):
    """Substitution, terms, result: two epochs side by side."""

    title = N_("Worked out")
    reads = (
        *("targets", "predictions", "epochs", "losses", "hyperparameters"),
        *("outcome", "lesson", "classes", "layers"),
    )

    @classmethod
    def chapter(cls, view: View) -> str:
        loss = loss_in(view)
        return written(loss).evaluation_chapter if loss else cls.title

    @classmethod
    def needs(cls, view: View) -> str | None:
        loss = loss_in(view)
        if loss is None:
            return f"the loss is {view.hyperparameters['loss']!r}"
        if isinstance(loss, CrossEntropy) and (reason := why_not_plain(loss, view.targets)):
            return reason
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
        loss = loss_in(view)
        assert isinstance(loss, ErrorLoss | CrossEntropy)  # see `needs`
        self.states = [0, -1] if len(view.epochs) > 1 else [0]
        self.text = text = written(loss)
        self.count = view.targets.size if text.per_output else len(view.targets)
        one_each = self.count == len(view.targets)
        self.rows = rows_of(self.count, CARDS, view.classes if one_each else None)
        self.loss = loss
        self.worked = [self._work_out(at) for at in self.states]
        drawn: dict[str, object] = {
            name: getattr(view, name)[self.states] for name in ("predictions", "losses", "epochs")
        }
        drawn["outcome"] = None  # of it the page has words alone
        # Of layers what the last one makes of the loss.
        drawn["layers"] = isinstance(loss, CrossEntropy) and (loss.from_logits, loss.clips)
        drawn["classes"] = view.classes and (view.classes.names, view.classes.true)
        delta = compact(loss.delta) if isinstance(loss, ErrorLoss) and loss.delta else ""
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
            Evaluation(
                self.text,
                worked,
                self._lines(worked, region),
                self._head(at),
                region,
                self.rows,
                self.words,
                self.theme,
            )
            for worked, at, region in zip(self.worked, self.states, regions)
        ]
        self.add(title_bar(self.view.lesson, self.theme))
        # With the first of several lines, since an empty card says nothing.
        there = int(len(self.cards[0].given) > 1)
        first = [part for card in self.cards for part in (card.frame, *card.given[:there])]
        self.play(Appear(*first), run_time=0.6)
        rest = [card.given[there:] for card in self.cards]
        self.play(*[Appear(*lines, lag_ratio=LINE_BY_LINE) for lines in rest], run_time=1.6)
        self.hold(0.6)

    def evaluate(self) -> None:
        """What each term comes to, line by line; what was put in falls back behind it."""
        ground = self.theme.panel
        self.play(
            *[
                change
                for card in self.cards
                for change in (
                    StandBack(*card.terms, lag_ratio=LINE_BY_LINE, ground=ground),
                    Appear(card.unit, *card.values, lag_ratio=LINE_BY_LINE),
                )
            ],
            run_time=1.6,
        )
        self.hold(0.6)

    def average(self) -> None:
        """Light runs down the values to their sum, which is then divided."""
        cards, ground = self.cards, self.theme.panel
        columns = [VGroup(*card.results) for card in cards]
        rights = [column.get_right()[0] + BESIDE * UNIT for column in columns]
        tops, feet = (
            np.array([(x, column[at].get_center()[1], 0) for x, column in zip(rights, columns)])
            for at in (0, -1)
        )
        self.play(
            StandBack(*[part for card in cards for part in card.between], ground=ground),
            Pulse(tops, feet, self.theme.loss),
            run_time=1.2,
        )
        self.play(*[Appear(card.total) for card in cards], run_time=0.6)
        self.play(*[Appear(card.mean) for card in cards], run_time=0.7)
        self.play(
            *[
                ComeBack(*[*card.terms, *card.between], ground=ground, run_time=0.6)
                for card in cards
            ]
        )
        self.hold(0.6)

    def _work_out(self, at: int) -> Worked[Any]:
        view, rows = self.view, self.rows.samples
        given = view.targets, view.predictions[at], float(view.losses[at]), rows
        if isinstance(self.loss, CrossEntropy):
            return work_out_logs(self.loss, *given)
        return work_out(self.loss, *given)

    def _lines(self, worked: Worked[Any], region: Region) -> list[WorkedLine]:
        if isinstance(self.loss, CrossEntropy):
            truths, width = truths_of(self.view, self.words), lines_in(region).width
            return log_lines(worked.terms, self.rows.samples, truths, width, self.theme)
        return [error_line(term, self.loss, self.theme) for term in worked.terms]

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
        if isinstance(self.loss, CrossEntropy):
            return self._say_probabilities()
        count, epochs = self.count, self.view.epochs
        if len(self.states) == 1:
            return self.say(
                "Put the {count} pair into the formula, at epoch {epoch}.",
                "Put the {count} pairs into the formula, at epoch {epoch}.",
                count=count,
                epoch=int(epochs[0]),
            )
        if self._whole:
            return self.say(
                "Put the {count} pair into the formula, before training and after.",
                "Put the {count} pairs into the formula, before training and after.",
                count=count,
            )
        return self.say(
            "Put the {count} pair into the formula, at epochs {first} and {last}.",
            "Put the {count} pairs into the formula, at epochs {first} and {last}.",
            count=count,
            first=int(epochs[0]),
            last=int(epochs[-1]),
        )

    def _say_probabilities(self) -> Sentence:
        count, epochs = self.count, self.view.epochs
        if len(self.states) == 1:
            return self.say(
                "Put the {count} probability of what is true into the formula, at epoch {epoch}.",
                "Put the {count} probabilities of what is true into the formula, at epoch {epoch}.",
                count=count,
                epoch=int(epochs[0]),
            )
        if self._whole:
            return self.say(
                "Put the {count} probability of what is true into the formula, before training "
                "and after.",
                "Put the {count} probabilities of what is true into the formula, before training "
                "and after.",
                count=count,
            )
        return self.say(
            "Put the {count} probability of what is true into the formula, at epochs {first} and "
            "{last}.",
            "Put the {count} probabilities of what is true into the formula, at epochs {first} "
            "and {last}.",
            count=count,
            first=int(epochs[0]),
            last=int(epochs[-1]),
        )

    def _say_mean(self, name: str) -> Sentence:
        before, after = (
            spoken(worked.recorded if worked.agreement else float(worked.mean))
            for worked in (self.worked[0], self.worked[-1])
        )
        values = {"count": self.count, "name": Sentence(name)}
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
