"""How many parameters a network has, as the sum of its layers' numbers."""

from collections.abc import Sequence
from typing import cast

from manim import VGroup

from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BODY, SMALL, Point, Region, pixels
from scenes.drawing.text import CAP_HEIGHT, Label
from scenes.drawing.theme import Theme

BEFORE_TOTAL = 18  # pixels from the sum's equals sign to the total


class ParameterTotal(VGroup):
    """8 + 15 + 4 = 27 parameters, at the right end of a region.

    Only the total where that is all there is, or where the sum has no room.

    Args:
        counts: of each layer that has any, how many and why, such as 4×3 + 3 = 15; in lines.
        total: the number of all, in words.
        region: the sum stays inside it.

    Attributes:
        numbers: the sum's terms, and of each where its layer has it.
        signs: what stands between them.
    """

    def __init__(self, counts: Sequence[VGroup], total: str, region: Region, theme: Theme) -> None:
        self.total = Label(total, BODY, theme.accent, weight=BOLD).put_in(region, 1)
        self.numbers: list[tuple[Label, Point]] = []
        self.signs: list[Label] = []
        lasts = [cast(Label, count[-1]) for count in counts]
        texts = [line.text.rpartition(" ")[2] for line in lasts]
        pieces = [piece for text in texts for piece in (text, " + ")][:-1]
        labels = [Label(piece, SMALL, theme.accent) for piece in [*pieces, " ="]]
        x = pixels(self.total.get_left())[0] - BEFORE_TOTAL
        x -= sum(label.width_px for label in labels)
        if len(counts) > 1 and x >= region.left:
            for at, label in enumerate(labels):
                label.put(x, region.y + CAP_HEIGHT * BODY / 2)
                x += label.width_px
                if at % 2:
                    self.signs.append(label)
                else:
                    end = lasts[at // 2].get_right()
                    self.numbers.append((label, end - (label.width / 2, 0, 0)))
        super().__init__(*(label for label, _ in self.numbers), *self.signs, self.total)
