"""Whether a lecture's own words can be drawn, found out before anything slow starts.

Needs the fonts, but not Manim.
"""

from epochreel.errors import RenderError
from epochreel.lecture.settings import Lecture
from scenes.drawing.glyphs import BOLD
from scenes.drawing.layout import BAR, BODY, MARGIN, SMALL, TITLE_PAGE, Region
from scenes.drawing.measure import fit_lines

LINK = Region(0, 0, TITLE_PAGE.links.width, SMALL * 1.4)
REFERENCE = Region(0, 0, 1400, 100)


def check_words(lecture: Lecture) -> None:
    """Set every word of a lecture in the smallest size of its place.

    Raises:
        RenderError: names the setting, and the character that no font has or the length that
            has no room.
    """
    words = lecture.words
    bar = BAR.inset(MARGIN, 4)
    places = [
        ("words.zh.course", words.zh.course, TITLE_PAGE.other_course),
        ("words.en.course", words.en.course, TITLE_PAGE.other_course),
        ("words.zh.lesson", words.zh.lesson, bar),
        ("words.en.lesson", words.en.lesson, bar),
        *[("words.links", link, LINK) for link in words.links],
        *[("words.references", reference, REFERENCE) for reference in words.references],
    ]
    for setting, text, region in places:
        try:
            fit_lines(text, region, BODY, setting, BOLD)
        except RenderError as error:
            raise RenderError(f"{lecture.name}: {error}") from None
