"""The network across the page, as one scene leaves it and the next one finds it."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise, product

import numpy as np

from epochreel.lecture.words import Words
from epochreel.record.kind import Shape
from epochreel.record.view import View
from scenes.drawing.layout import BAR, CONTENT, UNIT, Values, point
from scenes.drawing.theme import Theme
from scenes.parts.layer_chain import LayerChain
from scenes.parts.layer_edges import WeightedEdges
from scenes.parts.network import Goals, Network
from scenes.parts.network_scale import largest_weight

_PAGE = replace(CONTENT, top=BAR.bottom + 20, bottom=CONTENT.bottom + 4)
TOTAL, CHAIN = _PAGE.cut_bottom(52, 16)  # how many parameters all layers have, and the layers
Shapes = Mapping[str, Shape]


def shapes_of(view: View) -> list[Shapes]:
    """Per layer the shape of each parameter, without the axis of the epochs."""
    return [{name: states.shape[1:] for name, states in held.items()} for held in view.parameters]


def first_kernels(view: View) -> list[Values | None]:
    """Per layer the weights of the first epoch that the film shows; None where edges have none."""
    at = view.at(view.shown_epochs[0])
    dense = {*view.dense}
    return [
        view.parameters[layer]["kernel"][at] if layer in dense else None
        for layer in range(len(view.layers))
    ]


def whole_network(view: View, words: Words, theme: Theme) -> LayerChain:
    """All layers in one row or two.

    Args:
        view: reads `inputs`, `layers`, `dense`, `parameters`, `epochs` and `shown_epochs`.
    """
    return LayerChain(
        view.inputs.shape[1:],
        view.layers,
        shapes_of(view),
        first_kernels(view),
        largest_weight(view),
        CHAIN,
        words,
        theme,
    )


def come_from(network: Network, chain: LayerChain) -> Goals:
    """Put a network where a chain has the same one; gives its own places, to `Morph` it there.

    Edges that the chain does not draw grow on the way. Empty where the chain draws other neurons.
    """
    columns = [card for card in chain.cards if card.places]
    if [card.units for card in columns] != network.units:
        return []
    goals = [(part, part.points.copy()) for part in network.outlines]
    for neurons, card in zip(network.layers, columns):
        places = card.places or []
        for neuron, place in zip(neurons, places):
            neuron.scale(card.radius / network.radius).move_to(point(*place))
        # Dots, where some are left out.
        neurons[len(places) :].move_to(point(*np.mean(places, axis=0)))
    into = {
        right: (left, joint)
        for left, joint, right in zip(chain.cards, chain.joints, chain.cards[1:])
    }
    for edges, (left, right) in zip(network.edges, pairwise(columns)):
        before, joint = into[right]
        if isinstance(joint, WeightedEdges) and len(joint) == len(edges):
            # From a card's ports where the network has no card, but the neurons before it.
            out = before.radius if before.places else 0.0
            for edge, start, end in zip(edges, *joint.ways):
                along = (end - start) / np.linalg.norm(end - start) * UNIT
                first, last = start + out * along, end - right.radius * along
                edge.set_points(first + np.linspace(0, 1, 4)[:, None] * (last - first))
        else:
            for edge, (start, _) in zip(edges, product(left.places or [], right.places or [])):
                edge.set_points(np.tile(point(*start), (4, 1)))
    return goals
