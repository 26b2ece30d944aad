"""Words in TeX."""

import re
from unicodedata import normalize

SPELLED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    # Of these, the fonts that TeX starts with have other signs in the same places.
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    # Where a language makes a command of it, as German does, it stays the sign.
    '"': r'\string"',
}
_ASIDE = str.maketrans(SPELLED)
# Two of these are printed as one other sign.
_PAIRS = re.compile(r"([-',])(?=\1)")
# What pdfLaTeX knows by itself: some letters with an accent, and common punctuation.
_PARTS = {*map(chr, range(128)), *"\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030c"}
_LAST_LETTER = "\N{LATIN SMALL LETTER LONG S}"
_PUNCTUATION = "–—‘’“”…"


def escaped(words: str) -> str:
    """Words that TeX prints as they are, whatever stands in them."""
    return _PAIRS.sub(r"\1{}", normalize("NFC", words).translate(_ASIDE))


def prints_with_pdflatex(text: str) -> bool:
    """Whether pdfLaTeX has all the characters by itself, as it has for English."""
    return all(
        character in _PUNCTUATION
        or (character <= _LAST_LETTER and {*normalize("NFD", character)} <= _PARTS)
        for character in normalize("NFC", text)
    )
