"""How long a caption has to be there to be read."""

import re

HAN = re.compile(r"[\u4e00-\u9fff]")
# A number or a name, but no sign between them, such as = or ×.
WORD = re.compile(r"\S*\w\S*")
A_WORD, A_CHARACTER = 0.25, 0.1  # seconds


def seconds_to_read(caption: str) -> float:
    """How long a viewer takes who looks at the picture as well; Chinese counts by characters."""
    characters = len(HAN.findall(caption))
    return A_CHARACTER * characters + A_WORD * len(WORD.findall(HAN.sub(" ", caption)))
