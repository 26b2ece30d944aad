"""A network whose edges follow the recorded epochs."""

from epochreel.record.view import View
from scenes.drawing.layout import Region, Values
from scenes.drawing.reach import widest_weight
from scenes.drawing.theme import Theme
from scenes.parts.moment import Moment
from scenes.parts.network import APART, Network


class LearningNetwork(Network):
    """The Dense layers of a record, in each of its states and between two of them.

    Args:
        view: reads `widths`, `dense`, `parameters` and `epochs`; has a Dense layer.
        apart: see Network.
    """

    def __init__(self, view: View, region: Region, theme: Theme, *, apart: float = APART) -> None:
        self._kernels = kernels_of(view)
        self._count = len(view.epochs)
        widest = widest_weight(self._kernels)
        super().__init__(view.widths, widest, region, theme, apart=apart)
        self.show_at(0)

    def show_at(self, position: float) -> "LearningNetwork":
        """Show it at a position along the recorded epochs, 0 being the first."""
        moment = Moment.at(position, self._count)
        self.display([moment.between(kernel, self.largest) for kernel in self._kernels])
        return self


def kernels_of(view: View) -> list[Values]:
    """What a LearningNetwork draws of all parameters: (E, inputs, units) per Dense layer."""
    return [view.parameters[at]["kernel"] for at in view.dense]
