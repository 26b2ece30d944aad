"""What every beat of every scene keeps, whatever the record, the language and the theme."""

import re

import pytest

from scenes.stage.catalogue import SceneCode, shipped
from scenes.stage.checks import problems
from scenes.stage.render import caption_of, load_scene, why_not
from scenes.stage.scene import LectureScene
from tests.records import COMPARED, RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_for, show_of

pytestmark = pytest.mark.manim
# Kinds of records for which a scene has nothing to show; for all others it has.
OWN_LOSS = ("own loss", "own optimizer")
EMPTY: dict[str, tuple[str, ...]] = {
    kind: ("loss_formula", "loss_evaluation", "gradient_step", "descent") for kind in OWN_LOSS
}
# Where no parameter moves there is no map.
EMPTY |= {"one epoch": ("gradient_step", "descent"), "constant": ("descent",)}
LOOKS = [("zh", "paper"), ("en", "night"), ("es", "paper")]
TRIED = [
    pytest.param(entry, kind, id=f"{entry.name}-{kind}")
    for entry in shipped().values()
    for kind in (COMPARED if entry.name == "compare" else RECORDS)
    if entry.name not in EMPTY.get(kind, ())
]
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(("language", "theme"), LOOKS)
@pytest.mark.parametrize(("entry", "kind"), TRIED)
def test_every_beat_lays_out_well(
    entry: SceneCode, kind: str, language: str, theme: str, walk_through: WalkThrough
) -> None:
    record = a_record(**RECORDS.get(kind, {}))
    show = show_for(entry, record, language, theme, runs=COMPARED.get(kind, ()))
    assert why_not(entry, show) is None
    names = []

    for beat, scene in walk_through(entry, show):
        names.append(beat.name)
        assert SLUG.fullmatch(beat.name)
        caption = caption_of(entry, beat, show)
        assert caption and "{" not in caption
        assert 1 <= scene.seconds[beat.name] <= 40
        assert problems(scene) == []

    assert names and len(names) == len(set(names))


@pytest.mark.parametrize("kind", EMPTY)
def test_a_scene_with_nothing_to_show_says_why(kind: str) -> None:
    show = show_of(a_record(**RECORDS[kind]))

    assert all(why_not(shipped()[name], show) for name in EMPTY[kind])


@pytest.mark.parametrize("entry", shipped().values(), ids=lambda entry: entry.name)
def test_scene_says_what_it_is_and_reads(entry: SceneCode) -> None:
    scene = load_scene(entry)

    assert scene.__doc__ and scene.reads
    assert issubclass(scene, LectureScene)


def test_long_words_fit_or_are_named(walk_through: WalkThrough) -> None:
    long = "很长的标题" * 30
    show = show_of(a_record(), "zh", "paper", f"words.zh.course='{long}'")
    title = shipped()["title"]

    for _, scene in walk_through(title, show):
        assert problems(scene) == []


@pytest.mark.parametrize(
    "entry",
    [entry for entry in shipped().values() if entry.name != "references"],
    ids=lambda entry: entry.name,
)
def test_a_lecture_without_words_is_drawn(entry: SceneCode, walk_through: WalkThrough) -> None:
    show = show_for(entry, a_record(), "zh", "paper", "words={}")

    for beat, scene in walk_through(entry, show):
        assert caption_of(entry, beat, show)
        assert problems(scene) == []
