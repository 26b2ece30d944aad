"""The scale of a network's edges, which all scenes share."""

from epochreel.lecture.words import Words
from epochreel.numbers import rounded
from epochreel.record.view import View
from scenes.drawing.layout import Values
from scenes.drawing.reach import edge_sizes, widest_weight


def largest_weight(view: View) -> float:
    """The |w| that is drawn widest: the largest of the shown epochs.

    Args:
        view: reads `parameters`, `dense` and `shown_epochs`.
    """
    shown = [view.at(epoch) for epoch in view.shown_epochs]
    return widest_weight([view.parameters[place]["kernel"][shown] for place in view.dense])


def width_in_words(drawn: list[Values], widest: float, words: Words) -> str:
    """What the width of edges is; where some are wider than can be drawn, up to which |w|.

    Args:
        drawn: of every layer the kernels that are drawn, (states, inputs, units).
    """
    if drawn and edge_sizes(drawn).max() > widest:
        return words("line width = |w|, up to {value}", value=rounded(widest))
    return words("line width = |w|")
