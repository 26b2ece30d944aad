"""Colours by role. A meaning has one name here, and no colour is written anywhere else."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """The colours of a film; every text colour has a contrast of 4.5:1 or more on its ground.

    Positive and negative, prediction and truth differ for colour-blind eyes as well (blue and
    orange, purple and green of unlike lightness), and are never told apart by colour alone.
    """

    name: str
    page: str
    ink: str
    faint: str  # text that stands back, still readable
    line: str  # rules, axes, brackets
    panel: str  # ground of cards and code
    bar: str
    bar_ink: str
    neuron: str
    accent: str
    positive: str
    negative: str
    prediction: str
    truth: str
    loss: str
    optimizer: str
    runs: tuple[str, ...]  # of curves side by side; 3:1 on the page, unlike for all eyes


PAPER = Theme(
    name="paper",
    page="#FFFFFF",
    ink="#1A1F2B",
    faint="#5A6375",
    line="#8A93A5",
    panel="#F1F4F9",
    bar="#1F5AA6",
    bar_ink="#FFFFFF",
    neuron="#FFFFFF",
    accent="#1F5AA6",
    positive="#0067B1",
    negative="#B84A00",
    prediction="#9B2D7F",
    truth="#00694A",
    loss="#B5103A",
    optimizer="#006C82",
    runs=(
        *("#167BFF", "#BD7602", "#4A23A2", "#1B5202"),
        *("#9761B8", "#F03757", "#7D1540", "#601868"),
    ),
)

NIGHT = Theme(
    name="night",
    page="#10151F",
    ink="#EDF1F7",
    faint="#A3AEC2",
    line="#6C778C",
    panel="#1B2331",
    bar="#1D3557",
    bar_ink="#F4F7FB",
    neuron="#10151F",
    accent="#7FB8FF",
    positive="#63B3FF",
    negative="#FF9D57",
    prediction="#F0A0DA",
    truth="#57D3A6",
    loss="#FF5C6C",
    optimizer="#4FD8E8",
    runs=(
        *("#0889FE", "#F2DF32", "#E96613", "#68F7EE"),
        *("#C3B0FF", "#97653B", "#B4F481", "#FB9494"),
    ),
)

THEMES = {theme.name: theme for theme in (PAPER, NIGHT)}


def series_colors(theme: Theme, count: int) -> tuple[str, ...]:
    """Colours for so many curves side by side, such as layers or runs.

    There are eight that all eyes tell apart; of more curves the rest is grey.
    """
    return (*theme.runs[:count], *[theme.line] * (count - len(theme.runs)))
