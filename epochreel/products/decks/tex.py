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
    # Without a font encoding of their own, other signs than these are printed.
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    # Where a language makes a command of it, as German does, it stays the sign.
    '"': r'\string"',
}
_ASIDE = str.maketrans(SPELLED)
# Two of these are printed as one other sign.
_PAIRS = re.compile(r"([-',])(?=\1)")
# What the fonts hold that pdfLaTeX starts with.
_ASCII = {*map(chr, range(128))}
_ACCENTS = {*map(chr, (0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x30A, 0x30C))}
_PUNCTUATION = {*"–—‘’“”…"}


def escaped(words: str) -> str:
    """Words that TeX prints as they are, whatever stands in them."""
    return _PAIRS.sub(r"\1{}", normalize("NFC", words).translate(_ASIDE))


def prints_with_pdflatex(text: str) -> bool:
    """Whether pdfLaTeX has all the characters by itself, as it has for English."""
    return {*normalize("NFD", text)} <= _ASCII | _ACCENTS | _PUNCTUATION
