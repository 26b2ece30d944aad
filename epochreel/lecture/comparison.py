"""The trainings that a lecture shows side by side, each a lecture with some settings changed."""

from epochreel.lecture.file import change_lecture
from epochreel.lecture.settings import Lecture


def compared(lecture: Lecture) -> list[tuple[str, Lecture]]:
    """Under its label each training of `[[compare]]`, in the file's order.

    Raises:
        LectureError: a setting cannot be used.
    """
    return [
        (variant.label, change_lecture(lecture, {"compare": [], **variant.set}))
        for variant in lecture.compare
    ]
