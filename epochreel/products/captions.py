"""What is said in a film and when: as SubRip, as WebVTT, and as chapters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

import srt

from scenes.drawing.breaking import lines_at, lines_of, phrase_ends

if TYPE_CHECKING:
    from av.container.core import Chapter

MILLISECONDS = Fraction(1, 1000)
COLUMNS = 42  # of a line, or 21 ideographs: what is read at a glance


@dataclass(frozen=True)
class Cue:
    """A caption from `start` to `end`, in milliseconds, and the chapter that it belongs to."""

    start: int
    end: int
    text: str
    chapter: str


def cues_of(said: Sequence[tuple[str, str, int]], rate: Fraction) -> list[Cue]:
    """Captions one after the other.

    Args:
        said: of each clip the caption, the chapter and its number of frames.
        rate: frames per second.
    """
    cues, start = [], 0
    for caption, chapter, frames in said:
        end = start + frames
        # A line break of the caption's own, or an empty line, would begin another cue.
        text = " ".join(caption.split())
        cues.append(Cue(round(1000 * start / rate), round(1000 * end / rate), text, chapter))
        start = end
    return cues


def subrip(cues: Sequence[Cue]) -> str:
    """Captions as SubRip (.srt)."""
    subtitles = [
        srt.Subtitle(
            number,
            timedelta(milliseconds=cue.start),
            timedelta(milliseconds=cue.end),
            "\n".join(lines_on_screen(cue.text)),
        )
        for number, cue in enumerate(cues, start=1)
    ]
    return str(srt.compose(subtitles))


def webvtt(cues: Sequence[Cue]) -> str:
    """Captions as WebVTT (.vtt), in which `&`, `<` and `>` would be markup."""
    blocks = []
    for cue in cues:
        lines = map(_without_markup, lines_on_screen(cue.text))
        times = f"{_clock(cue.start)} --> {_clock(cue.end)}"
        blocks.append("\n".join([times, *lines]) + "\n")
    return "\n".join(["WEBVTT\n", *blocks])


def lines_on_screen(text: str) -> list[str]:
    """A caption as lines of at most COLUMNS, as few and as like in length as can be.

    Players break lines at spaces, of which Chinese has none. Where as few lines can end at pauses,
    they do.
    """
    fewest = len(lines_of(text, _fits(COLUMNS)))
    ends = phrase_ends(text)
    for width in range(1, COLUMNS + 1):
        lines = lines_at(text, ends, _fits(width))
        if len(lines) <= fewest and all(map(_fits(COLUMNS), lines)):
            return lines
    tried = (lines_of(text, _fits(width)) for width in range(1, COLUMNS + 1))
    return next(lines for lines in tried if len(lines) <= fewest)


def _fits(columns: int) -> Callable[[str], bool]:
    return lambda line: columns_of(line) <= columns


@lru_cache(4096)  # the same beginnings of a caption are asked for again and again
def columns_of(text: str) -> int:
    """How wide a text is: ideographs and the like take two columns, marks on a letter none."""
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def chapters(cues: Sequence[Cue]) -> list["Chapter"]:
    """A chapter for each run of cues that name the same one."""
    found: list[Chapter] = []
    for cue in cues:
        if found and found[-1]["metadata"] == {"title": cue.chapter}:
            found[-1]["end"] = cue.end
        else:
            found.append(
                {
                    "id": len(found),
                    "start": cue.start,
                    "end": cue.end,
                    "time_base": MILLISECONDS,
                    "metadata": {"title": cue.chapter},
                }
            )
    return found


def _clock(milliseconds: int) -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{fraction:03}"


def _without_markup(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
