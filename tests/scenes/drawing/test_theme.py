"""Colours that everyone can read and tell apart."""

from itertools import combinations

import numpy as np
import pytest

from scenes.drawing.theme import THEMES, Theme
from scenes.parts.runs import MOST_NAMED

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


# How linear red, green and blue look to eyes that lack a kind of cone: Machado, Oliveira and
# Fernandes 2009, at full severity.
EYES = {
    "all cones": np.eye(3),
    "no red": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no green": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "no blue": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# Of CIE Lab, in which 2 is about what can just be seen between surfaces side by side.
APART = 25.0
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_has_contrast(theme: Theme) -> None:
    for role in ON_PAGE:
        for ground in (theme.page, theme.panel):
            assert contrast(getattr(theme, role), ground) >= 4.5, (role, ground)
    assert contrast(theme.bar_ink, theme.bar) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_each_meaning_has_a_colour_of_its_own(theme: Theme) -> None:
    roles = "ink", "positive", "negative", "prediction", "truth", "loss", "optimizer"

    for one, other in combinations(roles, 2):
        apart = distance(getattr(theme, one), getattr(theme, other), "all cones")
        assert apart >= APART, (one, other)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_eye_tells_runs_apart(theme: Theme, eyes: str) -> None:
    others = (theme.page, theme.line)  # the ground, and runs without a name
    least = min(
        distance(one, other, eyes)
        for one, other in combinations((*theme.runs, *others), 2)
        if (one, other) != others
    )

    assert len({*theme.runs}) == MOST_NAMED
    assert least >= APART


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_runs_stand_out_from_the_page(theme: Theme) -> None:
    for color in theme.runs:
        for ground in (theme.page, theme.panel):
            assert contrast(color, ground) >= 3, (color, ground)


def test_what_only_some_eyes_tell_apart_is_noticed() -> None:
    red, green, blue = "#B03A2E", "#4F7A28", "#1F5AA6"

    assert distance(red, green, "all cones") > 2 * APART
    assert distance(red, green, "no green") < APART
    assert distance("#00A2A2", "#0090D8", "no blue") < APART < distance(red, blue, "no blue")
    assert distance("#FFFFFF", "#000000", "all cones") == pytest.approx(100, abs=0.1)
    # Colours of a widely used palette, which is meant for all eyes, are nearer than ours.
    assert distance("#CC79A7", "#999999", "no red") < APART


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, between 1 and 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    return float(XYZ[1] @ linear(color))


def linear(color: str) -> np.ndarray:
    """Red, green and blue as light, from 0 to 1."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return np.array([c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels])


def distance(one: str, other: str, eyes: str) -> float:
    """How far apart two colours are in CIE Lab for these eyes."""
    return float(np.linalg.norm(lab(one, eyes) - lab(other, eyes)))


def lab(color: str, eyes: str) -> np.ndarray:
    seen = (EYES[eyes] @ linear(color)).clip(0, 1)
    share = XYZ @ seen / XYZ.sum(axis=1)
    x, y, z = np.where(share > (6 / 29) ** 3, np.cbrt(share), share * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
