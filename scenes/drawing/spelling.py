"""Whether a lecture's own words can be drawn, found out before anything slow starts.

Sets them with the functions that the scenes draw from. Needs the fonts, but not Manim.
"""

from epochreel.errors import RenderError
from epochreel.lecture.settings import Lecture
from scenes.drawing.measure import fit_lines
from scenes.drawing.typesetting import (
    LESSON,
    Place,
    bar_line,
    course_places,
    link_rows,
    reference_list,
)


def check_words(lecture: Lecture) -> None:
    """Set every word of a lecture that its film shows.

    Raises:
        RenderError: names the setting, and the character that cannot be drawn or the length
            that has no room.
    """
    try:
        _check_titles(lecture)
        link_rows(lecture.words.links)
        reference_list(lecture.words.references)
    except RenderError as error:
        raise type(error)(
            f"{lecture.name}: {error}", field=error.field, value=error.value
        ) from None


def _check_titles(lecture: Lecture) -> None:
    """The course's and the lesson's names, those of the film's language first (as in a Show)."""
    tables = {"zh": lecture.words.zh, "en": lecture.words.en}
    languages = sorted(tables, key=lambda language: language != lecture.film.language)
    courses = [(f"words.{at}.course", tables[at].course) for at in languages if tables[at].course]
    lessons = [(f"words.{at}.lesson", tables[at].lesson) for at in languages if tables[at].lesson]
    setting, lesson = (*lessons, ("The name of the lecture's file", lecture.name))[0]
    bar_line(lesson, setting)
    courses = courses or [(setting, lesson)]
    for (name, course), place in zip(courses, course_places(len(courses))):
        _set(course, place, name)
    if lesson not in [course for _, course in courses]:
        _set(lesson, LESSON, setting)


def _set(text: str, place: Place, setting: str) -> None:
    fit_lines(text, place.region, place.size, setting, place.weight)
