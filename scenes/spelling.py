"""Whether a lecture's own words can be drawn, found out before anything slow starts.

Needs the fonts, but not Manim.
"""

from epochreel.errors import RenderError
from epochreel.lecture import Lecture
from scenes.glyphs import BOLD, font


def check_words(lecture: Lecture) -> None:
    """Look every character of a lecture's words up in the font.

    Raises:
        RenderError: names the character that no font has, and the setting it stands in.
    """
    words = lecture.words
    settings = {
        "words.zh.course": words.zh.course,
        "words.zh.lesson": words.zh.lesson,
        "words.en.course": words.en.course,
        "words.en.lesson": words.en.lesson,
        "words.links": " ".join(words.links),
        "words.references": " ".join(words.references),
    }
    for setting, text in settings.items():
        try:
            font(weight=BOLD).line(" ".join(text.split()))
        except RenderError as error:
            raise RenderError(f"{lecture.name}: {setting}: {error}") from None
