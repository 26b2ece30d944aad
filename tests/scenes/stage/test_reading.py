"""A caption stays until it can be read, in every language."""

import pytest

from scenes.stage.catalogue import SceneCode, shipped
from scenes.stage.reading import seconds_to_read
from scenes.stage.render import why_not
from tests.records import COMPARED, a_record
from tests.scenes.conftest import WalkThrough, show_for

pytestmark = pytest.mark.manim
A_FRAME = 1 / 15


@pytest.mark.parametrize("language", ["zh", "en", "es"])
@pytest.mark.parametrize("entry", shipped().values(), ids=lambda entry: entry.name)
def test_every_caption_can_be_read_in_its_time(
    entry: SceneCode, language: str, walk_through: WalkThrough
) -> None:
    show = show_for(entry, a_record(), language, runs=COMPARED["forty"])
    if reason := why_not(entry, show):
        pytest.skip(reason)

    for beat, scene in walk_through(entry, show):
        needed = seconds_to_read(beat.caption.text(language))
        assert scene.seconds[beat.name] >= needed - A_FRAME


def test_words_count_and_chinese_characters() -> None:
    assert seconds_to_read("The loss falls from 104.1 to 24.06.") == pytest.approx(7 * 0.25)
    assert seconds_to_read("w3[1, 1] goes from −0.7 to −0.6.") == pytest.approx(6 * 0.25)
    assert seconds_to_read("From 1 × 4 + 4 = 8 to 3.803 × 10⁻¹³.") == pytest.approx(8 * 0.25)
    assert seconds_to_read("损失值从 104.1 降到 24.06") == pytest.approx(6 * 0.1 + 2 * 0.25)
