"""Activations written into the neurons of a network, where these are large enough."""

from collections.abc import Iterator, Sequence

from manim import ManimColor

from epochreel.numbers import rounded
from scenes.drawing.layout import SMALL, Values
from scenes.drawing.measure import text_width
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme
from scenes.parts.network import Network

BESIDE = 10.0  # pixels that a neuron keeps free beside its value, on both sides together
DIGITS = (3, 2, 1)  # significant ones that are tried


def values_in(
    network: Network, column: int, activations: Values, fills: Sequence[ManimColor]
) -> Iterator[Label]:
    """The activations of a column's drawn neurons that have room, with as many digits as fit.

    Args:
        activations: of all its units, (units,).
        fills: the colours that the drawn neurons have then.
    """
    room = 2 * network.radius - BESIDE
    for (x, y), unit, fill in zip(network.places[column], network.units[column], fills):
        texts = [rounded(float(activations[unit]), digits) for digits in DIGITS]
        text = next((text for text in texts if text_width(text, SMALL) <= room), None)
        if text is not None:
            label = Label(text, SMALL, _readable_on(fill, network.theme))
            label.put(x, y + CAP_HEIGHT * SMALL / 2, 0.5)
            yield label.set_z_index(2)


def _readable_on(fill: ManimColor, theme: Theme) -> str:
    """Ink or the page's colour, whichever is seen better on a neuron's fill."""
    return max(theme.ink, theme.page, key=lambda color: contrast(ManimColor(color), fill))


def contrast(one: ManimColor, other: ManimColor) -> float:
    """The contrast of two colours as WCAG 2 has it, from 1 to 21."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: ManimColor) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.to_rgb()
    ]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
