"""Where a line of words may end: at spaces and between ideographs, but not at every one.

The characters are those of JIS X 4051 and of the strict rules of W3C's "Requirements for Chinese
Text Layout", in which dashes and ellipses do not start a line either.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

IDEOGRAPHS = "\u2e80"  # from here on, characters are words of their own

_CLOSING = "”’)]}）］｝〕〉》」』】〗〙〛｣"
_STOPS = "，。、．；：！？,.;:!?｡､‼⁇⁈⁉"
_CLAUSE_STOPS = frozenset("，。；：！？,.;:!?")
_MIDDLE_DOTS = "·・･•"
_DASHES = "—–‐…‥～〜゠"
_REPEATED = "々〻ゝゞヽヾー"
_SMALL_KANA = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
_UNITS = "%％‰℃"
NOT_FIRST = frozenset(_CLOSING + _STOPS + _MIDDLE_DOTS + _DASHES + _REPEATED + _SMALL_KANA + _UNITS)
NOT_LAST = frozenset("“‘([{（［｛〔〈《「『【〖〘〚｢￥＄￡")
_LINK_MARKS = frozenset("/-_&=?#.")
# The place of a weight, as in w3[1, 1]; a number with its power of ten; a minus and what follows.
_WHOLE = re.compile(r"\[[\d, ]+\]| × 10\S*|− \S")
_STRAIGHT_QUOTES = frozenset("\"'")  # they open and they close: both neighbours stay


def line_ends(text: str) -> list[int]:
    """Where lines may end, rising; the last is the text's own end.

    Args:
        text: words with single spaces between them; a space belongs to the line it ends.
    """
    whole = [found.span() for found in _WHOLE.finditer(text)]
    return [
        at
        for at in _allowed(text)
        if _is_boundary(text, at) and not any(start < at < end for start, end in whole)
    ] + [len(text)]


def lines_of(text: str, fits: Callable[[str], bool]) -> list[str]:
    """The text in as few lines as fit; a word is cut only where it is wider than a line."""
    ends = line_ends(text)
    if not all(fits(text[start:end].rstrip()) for start, end in pairwise([0, *ends])):
        ends = forced_ends(text)
    return lines_at(text, ends, fits)


def lines_at(text: str, ends: Sequence[int], fits: Callable[[str], bool]) -> list[str]:
    """The text in as few lines as fit, each up to one of `ends`, whose last is the text's own."""
    lines, start = [], 0
    for end, after in pairwise([*ends, len(text) + 1]):
        if after > len(text) or not fits(text[start:after].rstrip()):
            lines.append(text[start:end].strip())
            start = end
    return lines


def phrase_ends(text: str) -> list[int]:
    """Of `line_ends` those behind a space or a stop, where one would pause."""
    pauses = frozenset(f" {_STOPS}{_CLOSING}")
    return [at for at in line_ends(text) if text[at - 1] in pauses or at == len(text)]


def clause_ends(text: str) -> list[int]:
    """Of `line_ends` those behind a stop, where one would draw breath."""
    return [
        at for at in line_ends(text) if text[:at].rstrip()[-1:] in _CLAUSE_STOPS or at == len(text)
    ]


def link_ends(text: str) -> list[int]:
    """Where a link that is wider than a line is best cut, rising: behind its punctuation."""
    return [at for at in _allowed(text) if text[at - 1] in _LINK_MARKS]


def forced_ends(text: str) -> list[int]:
    """Where any word that is wider than a line may be cut, rising; the last is the text's end."""
    return [*_allowed(text), len(text)]


def _allowed(text: str) -> list[int]:
    """Places that neither start a line nor end one with a character that must not."""
    return [
        at
        for at in range(1, len(text))
        if text[at] not in NOT_FIRST
        and text[at] != " "
        and text[at - 1 - (text[at - 1] == " ")] not in NOT_LAST
    ]


def _is_boundary(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before == " ":
        return True
    if before in _STRAIGHT_QUOTES or after in _STRAIGHT_QUOTES:
        return False
    return before >= IDEOGRAPHS or after >= IDEOGRAPHS
