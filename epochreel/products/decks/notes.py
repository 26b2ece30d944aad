"""A speaker's notes where a tool reads plain words, and a part of it reads markup.

Nothing can be spelled otherwise there: what is plain would show it. So an invisible character
keeps the signs apart that would mean something together.
"""

import re

# It takes no room, and lines do not break at it.
JOINER = "\N{WORD JOINER}"


def without_html(words: str) -> str:
    """Words in which no tag and no entity begins."""
    return re.sub(r"[<&](?=[A-Za-z/!?#])", rf"\g<0>{JOINER}", words)


def in_comment(words: str) -> str:
    """Words for a comment of HTML in Marp, which nothing in them ends.

    A comment that reads as a setting, as `theme: gaia`, would be one.
    """
    apart = re.sub(r"-(?=-)", f"-{JOINER}", words)
    return JOINER + apart if ":" in words else apart
