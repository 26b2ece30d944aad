"""What is said of one sample's way through a network: what it is, what comes out, what is true."""

from typing import NamedTuple

import numpy as np

from epochreel.lecture.words import Words
from epochreel.numbers import printed, rounded
from epochreel.record.view import View
from scenes.drawing.fitting import prediction_notation, target_notation
from scenes.parts.followed import told_output
from scenes.parts.input_columns import input_names
from scenes.parts.table import names_of
from scenes.parts.truths import told_beside_numbers

MOST_CLASSES = 4


class Said(NamedTuple):
    """A name, what it is, the role of its colour, and which output of the network it is."""

    name: str
    text: str
    role: str
    output: int | None = None


class ForwardText:
    """Of one sample in one recorded state.

    Attributes:
        output: which of the network's outputs is told of, from 0: of classes that of the true one.
        results: what the network predicts and what is true, line by line.
    """

    def __init__(self, view: View, at: int, sample: int, words: Words) -> None:
        self._view, self._at, self._sample, self._words = view, at, sample, words
        self.output = told_output(view, at, sample)
        self.results = self._of_classes() if view.classes else self._of_values()

    @property
    def given(self) -> str:
        """`x = −10`, or which sample it is."""
        view = self._view
        if view.inputs[0].size > 1:
            return self._words("sample {number}", number=self._sample + 1)
        name = input_names(view)[0] if view.feature_names else "x"
        return f"{name} = {rounded(float(view.inputs[self._sample].ravel()[0]))}"

    def _of_values(self) -> list[Said]:
        view, at, output, words = self._view, self._at, self.output, self._words
        predicted = float(view.predictions[at, self._sample, output])
        true = float(view.targets[self._sample, output])
        texts = printed(predicted), printed(true)
        name = ""
        if view.targets.shape[1] == 1:
            shown = [view.at(epoch) for epoch in view.shown_epochs]
            notation = prediction_notation(view.predictions[..., 0], shown, view.decimals)
            truth = target_notation(view.targets[:, 0], view.decimals)
            texts = notation.text(predicted), truth.text(true)
        else:
            name = f" {names_of(view.target_names, view.targets.shape[1], 'y')[output]}"
        return [
            Said(words("prediction") + name, texts[0], "prediction", output),
            Said(words("truth") + name, texts[1], "truth"),
        ]

    def _of_classes(self) -> list[Said]:
        """The most probable classes with their probabilities, and the true one."""
        classes = self._view.classes
        assert classes
        given = classes.probabilities[self._at, self._sample]
        true = int(classes.true[self._sample])
        most = sorted({true, *np.argsort(-given, kind="stable")[: MOST_CLASSES - 1].tolist()})
        names = told_beside_numbers(classes.names, self._words)
        lines = [
            Said(names[at], rounded(float(given[at]), 3), "prediction", self._output_of(at))
            for at in most
        ]
        return [*lines, Said(self._words("true class"), classes.names[true], "truth")]

    def _output_of(self, class_at: int) -> int | None:
        """Which output is a class's probability; none of logits, and of two classes the second."""
        classes, put_out = self._view.classes, self._view.predictions[self._at, self._sample]
        assert classes
        output = class_at if len(put_out) > 1 else class_at - 1
        given = classes.probabilities[self._at, self._sample, class_at]
        return output if output >= 0 and np.isclose(put_out[output], given) else None
