"""Words in TeX: nothing in them is a command."""

import re
from itertools import product
from string import printable

import pytest

from epochreel.products.decks.tex import SPELLED, escaped, prints_with_pdflatex
from tests.products.decks.conftest import HOSTILE

SPECIAL = r'\{}$&#%_^~`<>|"'


def as_printed(tex: str) -> str:
    """What TeX prints for commands that are known to print a sign; no other may be there."""
    signs = {spelled: sign for sign, spelled in SPELLED.items()} | {"{}": ""}
    longest_first = sorted(map(re.escape, signs), key=len, reverse=True)
    command = re.compile("|".join(longest_first))
    assert not {*SPECIAL} & {*command.sub("", tex)}, tex
    return command.sub(lambda found: signs[found[0]], tex)


@pytest.mark.parametrize(
    "words", [HOSTILE, r"^^5cinput ^^M", r"\\{{}}%%", 'say "a"', "数学 & 100%"]
)
def test_words_are_printed_as_they_are(words: str) -> None:
    assert as_printed(escaped(words)) == words


def test_two_signs_in_a_row_are_two_signs() -> None:
    for pair in map("".join, product(printable.strip(), repeat=2)):
        assert as_printed(escaped(pair)) == pair
    for pair in ("--", "''", ",,", "``", "<<", ">>", "?`", "!`"):
        assert pair not in escaped(pair)


def test_english_needs_no_more_than_pdflatex_and_chinese_does() -> None:
    assert prints_with_pdflatex("y is the true target, ŷ the prediction – “naïve” … café")
    for words in ("损失值", "η = 0.1", "−1", "ß", "x²", "ḱ"):
        assert not prints_with_pdflatex(words), words
