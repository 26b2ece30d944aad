"""Whether a lecture's own words can be drawn, found out before anything slow starts.

Sets them with the functions that the scenes draw from. Needs the fonts, but not Manim.
"""

from epochreel.errors import RenderError
from epochreel.lecture.settings import Lecture
from scenes.drawing.title_page import Named, title_page
from scenes.drawing.typesetting import bar_lines, reference_list


def check_words(lecture: Lecture) -> None:
    """Set every word of a lecture that its film shows.

    Raises:
        RenderError: names the setting, and the character that cannot be drawn or the length
            that has no room.
    """
    try:
        _check_titles(lecture)
        name, references = lecture.words.references_in(lecture.film.language)
        reference_list(references, name)
    except RenderError as error:
        raise type(error)(
            f"{lecture.name}: {error}", field=error.field, value=error.value
        ) from None


def _check_titles(lecture: Lecture) -> None:
    """The course's and the lesson's names, those of the film's language first (as in a Show)."""
    names = lecture.words.names(lecture.film.language)
    courses = [Named(f"words.{at}.course", name.course) for at, name in names.items()]
    lessons = [Named(f"words.{at}.lesson", name.lesson) for at, name in names.items()]
    courses = [course for course in courses if course.text][:2]
    lesson = next(
        (lesson for lesson in lessons if lesson.text),
        Named("The name of the lecture's file", lecture.file_title),
    )
    bar_lines(lesson.text, lesson.name)
    courses = courses or [lesson]
    is_named = lesson.text in [course.text for course in courses]
    title_page(courses, None if is_named else lesson, lecture.words.links)
