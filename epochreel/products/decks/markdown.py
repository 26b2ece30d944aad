"""What is the same in Markdown for Quarto and for Marp: words, values, and the clip itself."""

import json
import re
from html import escape

from epochreel.lecture.languages import own_name
from epochreel.products.clip_folder import Placed
from epochreel.products.footage import Footage
from epochreel.products.plan import Film
from scenes.drawing.theme import THEMES

# Wherever they stand; where two signs or a sign and a name mean something; where a list begins.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#$~^@|&]|:(?=\S)|-(?=-)|^[-+]")
_NUMBER = re.compile(r"^(\(?\w+)([.)])")


def escaped(words: str) -> str:
    """A line of words that Pandoc's Markdown and CommonMark show as they are."""
    return _NUMBER.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", words))


def quoted(words: str) -> str:
    """A value for YAML, which takes JSON's strings as its own."""
    return json.dumps(words, ensure_ascii=False)


def header(template: str, film: Film, title: str) -> str:
    """What stands before the slides, with the film's colours and language."""
    theme = THEMES[film.show.theme]
    return template % {
        "page": theme.page,
        "ink": theme.ink,
        "title": quoted(title),
        "language": film.show.language,
    }


def video(placed: Placed, clip: Footage, *attributes: str, spoken: bool) -> str:
    """A clip as an element of HTML.

    Until it plays it shows what it starts from. The slide before ended on that, so that nothing
    jumps from one to the other. Muted it starts in every browser; what is spoken starts once a key
    was pressed.
    """
    shown = [
        f'src="{escape(placed.file)}"',
        f'poster="{escape(placed.first)}"',
        f'aria-label="{escape(clip.alt_text)}"',
        "controls",
        "playsinline",
        *attributes,
        *(() if spoken else ("muted",)),
    ]
    tracks = [
        f'<track kind="captions" srclang="{language}" label="{own_name(language)}" '
        f'src="{escape(placed.track(language))}">'
        for language in clip.cues
    ]
    return "\n".join([f"<video {' '.join(shown)}>", *tracks, "</video>"])
