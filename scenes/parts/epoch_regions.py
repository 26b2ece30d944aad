"""How the page of the epochs is divided, for values and for classes."""

from dataclasses import dataclass, replace
from typing import Self

from scenes.drawing.fitting import INPUT_WIDTH, PREDICTION_WIDTH, TARGET_WIDTH
from scenes.drawing.layout import BAR, CONTENT, GAP, MARGIN, PAGE_WIDTH, Region

HEAD = 68  # pixels: height of the readings on top
BEFORE, BEHIND = 34, 46  # pixels from inputs to the network, and from there to results


@dataclass(frozen=True)
class EpochRegions:
    """The page of the epochs scene; columns share the base lines of their rows."""

    counter: Region
    loss: Region
    inputs: Region
    network: Region
    legend: Region
    parameters: Region
    note: Region
    predictions: Region
    targets: Region
    residuals: Region

    def beside(self, inputs: float, results: float) -> Self:
        """The same with the network between two places, in pixels from the left.

        Args:
            inputs: where the columns of inputs end.
            results: where those of results start.
        """
        if (inputs, results) == (self.inputs.right, self.predictions.left):
            return self
        left, right = inputs + BEFORE, results - BEHIND
        parameters = Region(left, self.parameters.top + 24, right, self.parameters.bottom)
        return replace(
            self,
            inputs=replace(self.inputs, right=inputs),
            network=replace(self.network, left=left, right=right),
            legend=replace(self.legend, left=left, right=right),
            parameters=parameters,
            note=replace(self.note, left=MARGIN, right=PAGE_WIDTH - MARGIN),
        )


@dataclass(frozen=True)
class ClassRegions(EpochRegions):
    """The same page where predictions are probabilities of classes."""

    accuracy: Region
    explained: Region

    def beside(self, inputs: float, results: float) -> Self:
        found = super().beside(inputs, results)
        explained = replace(self.explained, left=found.legend.left, right=found.legend.right)
        return replace(found, explained=explained)


def _of_values() -> EpochRegions:
    """With one input, one output and a bar for each sample."""
    head, body = replace(CONTENT, top=BAR.bottom + GAP).cut_top(HEAD, 14)
    counter, rest = head.cut_left(564, 20)
    loss, _ = rest.cut_left(540)
    inputs, rest = body.cut_left(INPUT_WIDTH, BEFORE)
    residuals, rest = rest.cut_right(264, 30)
    targets, rest = rest.cut_right(TARGET_WIDTH, 20)
    predictions, middle = rest.cut_right(PREDICTION_WIDTH, BEHIND)
    network, below = middle.cut_top(358, 8)
    legend, below = below.cut_top(34, 72)
    # Matrices need all width that the columns leave.
    below = replace(below, left=middle.left - 6, right=middle.right + 22)
    parameters = replace(below, bottom=below.bottom - 18)
    return EpochRegions(
        counter=counter,
        loss=loss,
        inputs=inputs,
        network=network,
        legend=replace(legend, left=legend.left + 76),
        parameters=parameters,
        note=replace(below, top=parameters.bottom, bottom=below.bottom + 16),
        predictions=predictions,
        targets=targets,
        residuals=residuals,
    )


def _of_classes() -> ClassRegions:
    """With one input, and bars of probabilities; one row is explained below the network."""
    under_bar = replace(CONTENT, top=BAR.bottom + GAP, bottom=CONTENT.bottom + GAP)
    head, body = under_bar.cut_top(HEAD, 10)
    counter, rest = head.cut_left(344)
    loss, accuracy = rest.cut_left(406, 0)
    note, body = body.cut_bottom(32, 6)
    inputs, rest = body.cut_left(INPUT_WIDTH, BEFORE)
    verdicts, rest = rest.cut_right(58, 6)
    targets, rest = rest.cut_right(210, 30)
    predictions, middle = rest.cut_right(410, BEHIND)
    network, below = middle.cut_top(414, 4)
    legend, below = below.cut_top(30, 54)
    explained, below = below.cut_top(112, 44)
    return ClassRegions(
        counter=counter,
        loss=loss,
        accuracy=accuracy,
        inputs=inputs,
        network=network,
        legend=legend,
        explained=explained,
        parameters=replace(below, bottom=below.bottom - 4),
        note=note,
        predictions=predictions,
        targets=targets,
        residuals=verdicts,
    )


EPOCH_PAGE = _of_values()
CLASS_PAGE = _of_classes()
