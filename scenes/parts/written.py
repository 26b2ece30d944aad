"""How any loss is written that can be worked out term by term."""

from epochreel.record.cross_entropy import CrossEntropy
from epochreel.record.loss import Loss
from epochreel.record.losses import ErrorLoss
from scenes.parts.cross_entropy_text import CrossEntropyText, cross_entropy_text
from scenes.parts.loss_text import LossText, text_of


def written(loss: Loss) -> LossText | CrossEntropyText:
    """A loss as pages write it and say it."""
    if isinstance(loss, CrossEntropy):
        return cross_entropy_text(loss)
    assert isinstance(loss, ErrorLoss)
    return text_of(loss)
