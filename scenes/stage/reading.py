"""How long a caption has to be there to be read."""

import re

HAN = re.compile(r"[\u4e00-\u9fff]")
PLACE = re.compile(r"\[[^]]*\]")  # of a weight, whose name w3[1, 1] is one word
WORD = re.compile(r"\S*\w\S*")  # or a number, but no sign between them, such as = or ×
A_WORD, A_CHARACTER = 0.25, 0.1  # seconds


def seconds_to_read(caption: str) -> float:
    """How long a viewer takes who looks at the picture as well; Chinese counts by characters."""
    characters = len(HAN.findall(caption))
    words = WORD.findall(HAN.sub(" ", PLACE.sub("", caption)))
    return A_CHARACTER * characters + A_WORD * len(words)
