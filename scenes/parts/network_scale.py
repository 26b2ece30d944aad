"""The scale of a network's edges, which all scenes share."""

from epochreel.record.view import View
from scenes.drawing.reach import widest_weight


def largest_weight(view: View) -> float:
    """The |w| that is drawn widest: the largest of the shown epochs.

    Args:
        view: reads `parameters`, `dense` and `shown_epochs`.
    """
    shown = [view.at(epoch) for epoch in view.shown_epochs]
    return widest_weight([view.parameters[place]["kernel"][shown] for place in view.dense])
