"""The formula of a mean of errors in parts, each of which can light up as it is spoken of."""

from dataclasses import dataclass

from manim import ManimColor, MathTypst, VGroup, VMobject

from scenes.drawing.theme import Theme

FRACTION, SUM = 3, 5  # glyphs: 1, n and the bar; the sign, n, i, = and 1


@dataclass(frozen=True)
class FormulaParts:
    """The glyphs of `mse = 1/n sum (y - y hat)^2`, or of the same without a power.

    Attributes:
        result: what stands before the equals sign, and the sign.
        share: 1/n.
        total: the sign of the sum with its limits.
        truth, prediction: y and y hat.
        difference: the minus between them and what is around them.
        power: empty where there is none.
    """

    result: VGroup
    share: VGroup
    total: VGroup
    truth: VGroup
    prediction: VGroup
    difference: VGroup
    power: VGroup

    @property
    def around(self) -> VGroup:
        """All of the term but y and y hat."""
        return VGroup(*self.difference, *self.power)

    @classmethod
    def of(cls, formula: MathTypst, theme: Theme) -> "FormulaParts":
        """The parts of a formula as `LossText` writes it, in the order of its glyphs."""
        glyphs = [
            glyph for glyph in formula.family_members_with_points() if isinstance(glyph, VMobject)
        ]
        truth, prediction = (
            [at for at, glyph in enumerate(glyphs) if _has_color(glyph, color)]
            for color in (theme.truth, theme.prediction)
        )
        opening = truth[0] - 1
        start = opening - FRACTION - SUM
        end = prediction[-1] + 1

        def part(*spans: slice) -> VGroup:
            return VGroup(*[glyph for span in spans for glyph in glyphs[span]])

        return cls(
            result=part(slice(0, start)),
            share=part(slice(start, start + FRACTION)),
            total=part(slice(start + FRACTION, opening)),
            truth=part(slice(truth[0], truth[-1] + 1)),
            prediction=part(slice(prediction[0], end)),
            difference=part(
                slice(opening, truth[0]),
                slice(truth[-1] + 1, prediction[0]),
                slice(end, end + 1),
            ),
            power=part(slice(end + 1, None)),
        )


def _has_color(glyph: VMobject, color: str) -> bool:
    return bool(glyph.get_fill_color() == ManimColor(color))
