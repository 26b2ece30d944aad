"""Colours that everyone can read."""

import pytest

from scenes.drawing.theme import THEMES, Theme

ON_PAGE = (
    "ink",
    "faint",
    "accent",
    "positive",
    "negative",
    "prediction",
    "truth",
    "loss",
    "optimizer",
)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_has_contrast(theme: Theme) -> None:
    for role in ON_PAGE:
        for ground in (theme.page, theme.panel):
            assert contrast(getattr(theme, role), ground) >= 4.5, (role, ground)
    assert contrast(theme.bar_ink, theme.bar) >= 4.5


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, between 1 and 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
