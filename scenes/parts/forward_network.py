"""The network as the forward pass leaves it, for the scene after that."""

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.theme import Theme
from scenes.parts.forward_page import ForwardPage
from scenes.parts.network import Goals, Network
from scenes.parts.output_names import output_names_of
from scenes.parts.passage import passage, why_no_passage


def come_from_forward(
    network: Network, view: View, sample: int, words: Words, theme: Theme
) -> Goals:
    """Put a network where `forward_pass` has it; gives its own places, for `Morph`.

    Empty where that scene has nothing to show.

    Args:
        view: reads what `forward_pass` reads.
    """
    at = view.at(view.shown_epochs[0])
    if why_no_passage(view, at):
        return []
    stages, names = passage(view, at, sample), output_names_of(view)
    return network.take_place_of(ForwardPage(view, at, sample, stages, names, words, theme).network)
