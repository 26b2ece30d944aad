"""Which characters can be drawn: visible ones that the font has, each with a place of its own."""

import unicodedata

import numpy as np

from epochreel.errors import NoCharacter, RenderError, shown
from scenes.drawing.glyphs import Font, missing_character

_FILLERS = "\u115f\u1160\u3164\uffa0"  # Hangul letters that are blank
_HIGHEST = 1.5  # em; repeat marks of vertical text go over two characters
_INVISIBLE = ("Cc", "Cf", "Cs")


def spelled(text: str, font: Font) -> str:
    """The text as it is drawn: in one line, with single spaces, accents joined to their letters.

    Raises:
        RenderError: names a character that the font does not have, that cannot be seen, that is
            higher than a line, or that cannot be joined to the one before it.
    """
    line = _composed(" ".join(text.split()))
    for character in dict.fromkeys(line):
        category = unicodedata.category(character)
        if category in _INVISIBLE or character in _FILLERS:
            raise _refused(character, line, "cannot be seen")
        if category.startswith("M"):
            raise _refused(character, line, "cannot be joined to what stands before it")
        try:
            outline, _ = font.character(character)
        except RenderError:
            raise missing_character(character, line, font.family) from None
        if len(outline) and np.ptp(outline[:, 1]) > _HIGHEST:
            raise _refused(character, line, "is higher than a line")
    return line


def _composed(text: str) -> str:
    """Marks put into one character with their letter, where Unicode has one."""
    clusters: list[list[str]] = []
    for character in text:
        if clusters and unicodedata.category(character).startswith("M"):
            clusters[-1].append(character)
        else:
            clusters.append([character])
    # Letters alone stay as they are: normalization would swap some ideographs for others.
    return "".join(
        unicodedata.normalize("NFC", "".join(cluster)) if len(cluster) > 1 else cluster[0]
        for cluster in clusters
    )


def _refused(character: str, text: str, reason: str) -> RenderError:
    name = unicodedata.name(character, "a character without a name")
    before = text[: text.index(character)][-20:]
    place = f"behind {shown(before)}" if before else "at the start"
    return NoCharacter(
        f"{character!a} (U+{ord(character):04X}, {name}), found {place}, {reason}. Take it out.",
        value=character,
    )
