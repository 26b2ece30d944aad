"""The epoch page that a round trip begins on, until its parts take their places on the cards."""

from collections.abc import Mapping
from typing import Any

from manim import Mobject, VGroup, VMobject

from epochreel.lecture.words import Words
from epochreel.record.view import View
from scenes.drawing.layout import UNIT, Region, point
from scenes.drawing.theme import Theme
from scenes.parts.class_page import ClassPage
from scenes.parts.epoch_page import EpochPage
from scenes.parts.loop import HEAD, REGIONS
from scenes.parts.moment import Moment
from scenes.parts.network import Goals
from scenes.parts.value_page import ValuePage

INSET = 14  # pixels of a card around what comes into it


class RoundOpening:
    """The epoch page, which goes back from the last epoch shown to the one of the round trip.

    Attributes:
        page: it itself, at the epoch of the trip, but for its network.
        about: all of it but its network; and `before` the same at the last epoch shown, if that is
            another one.
        stays: what becomes small and goes to a card; by its card.
        goes: all else of it; below its neurons and edges lie the loop's own.
    """

    def __init__(self, view: View, at: int, words: Words, theme: Theme) -> None:
        page: EpochPage = (ClassPage if view.classes else ValuePage)(view, words, theme)
        self.page, self._view = page, view
        self._at, self._last = at, view.at(view.shown_epochs[-1])
        self.about = [part for part in page if part is not page.network]
        page.show_at(self._last)
        self.before = [part.copy() for part in self.about if self._last > at]
        page.show_at(at)
        self.show_back(0.0)
        first, second = page.results
        self.stays: dict[str, VGroup] = {
            "data": VGroup(*[part for part in _parts(page.inputs) if part is not page.foot]),
            "predictions": VGroup(first),
        }
        # True values of several outputs stand between their predictions.
        if view.classes or view.targets.shape[1] == 1:
            self.stays["targets"] = VGroup(*_parts(second[0]))
        kept = {id(part) for group in self.stays.values() for part in _parts(group)}
        self.goes = VGroup(*[part for part in _parts(page) if id(part) not in kept])

    def show_back(self, alpha: float) -> None:
        """Show the network on its straight way from the last epoch, 0, to that of the trip, 1."""
        self.page.show_network(Moment(self._last, self._at, alpha))

    def on_cards(self) -> Goals:
        """What stays, as small as its card and in the middle of it, below the card's name."""
        goals: Goals = []
        for card, group in self.stays.items():
            region = REGIONS[card]
            room = Region(region.left, region.top + HEAD, region.right, region.bottom).inset(
                INSET, INSET
            )
            scale = min(1.0, room.width * UNIT / group.width, room.height * UNIT / group.height)
            middle, goal = group.get_center(), point(room.x, room.y)
            goals += [(part, goal + scale * (part.points - middle)) for part in _parts(group)]
        return goals

    @property
    def drawn(self) -> Mapping[str, Any]:
        """What it takes of the view."""
        view, span, ends = self._view, slice(self._at, self._last + 1), [self._at, self._last]
        return {
            "epochs": view.epochs[span],
            "losses": view.losses[span],
            "predictions": view.predictions[ends],
            "parameters": [
                {name: states[ends] for name, states in layer.items()} for layer in view.parameters
            ],
            **{name: getattr(view, name) for name in ("inputs", "targets", "decimals")},
            **self.page.drawn(span),
            **self.page.common,
        }


def _parts(mobject: Mobject) -> list[VMobject]:
    parts = mobject.family_members_with_points()
    return [part for part in parts if isinstance(part, VMobject)]
