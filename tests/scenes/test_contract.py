"""What every beat of every scene keeps, whatever the record, the language and the theme."""

import re
from itertools import combinations

import numpy as np
import pytest
from manim import Mobject, config

from scenes.drawing.layout import UNIT
from scenes.drawing.text import CAP_HEIGHT, Label, Numbers
from scenes.stage.catalogue import CATALOGUE, Entry, scenes_of
from scenes.stage.render import load_scene
from scenes.stage.scene import LectureScene
from tests.records import COMPARED, RECORDS, a_record
from tests.scenes.conftest import WalkThrough, box_of, show_for, show_of, texts_of

pytestmark = pytest.mark.manim
LOOKS = [("zh", "paper"), ("en", "night")]
PIXEL = UNIT
TRIED = [
    pytest.param(entry, kind, id=f"{entry.name}-{kind}")
    for entry in CATALOGUE
    for kind in (COMPARED if entry.name == "compare" else RECORDS)
]
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(("language", "theme"), LOOKS)
@pytest.mark.parametrize(("entry", "kind"), TRIED)
def test_every_beat_lays_out_well(
    entry: Entry, kind: str, language: str, theme: str, walk_through: WalkThrough
) -> None:
    record = a_record(**RECORDS.get(kind, {}))
    show = show_for(entry, record, language, theme, runs=COMPARED.get(kind, ()))
    assert entry in scenes_of(show)
    names = []

    for beat, scene in walk_through(entry, show):
        names.append(beat.name)
        assert SLUG.fullmatch(beat.name)
        assert beat.caption and "{" not in beat.caption
        assert 1 <= scene.seconds[beat.name] <= 40
        assert outside(scene) == []
        assert overlapping(scene) == []
        assert too_small(scene) == []

    assert names and len(names) == len(set(names))


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_scene_says_what_it_is_and_reads(entry: Entry) -> None:
    scene = load_scene(entry.name)

    assert scene.__doc__ and scene.reads
    assert issubclass(scene, LectureScene)


def test_long_words_fit_or_are_named(walk_through: WalkThrough) -> None:
    long = "很长的标题" * 30
    show = show_of(a_record(), "zh", "paper", f"words.zh.course='{long}'")
    title = next(entry for entry in CATALOGUE if entry.name == "title")

    for _, scene in walk_through(title, show):
        assert outside(scene) == []
        assert overlapping(scene) == []


@pytest.mark.parametrize("entry", CATALOGUE[:-1], ids=lambda entry: entry.name)
def test_a_lecture_without_words_is_drawn(entry: Entry, walk_through: WalkThrough) -> None:
    show = show_for(entry, a_record(), "zh", "paper", "words={}")

    for beat, scene in walk_through(entry, show):
        assert beat.caption
        assert overlapping(scene) == []


@pytest.mark.parametrize("check", ["outside", "overlapping", "too_small"])
def test_the_checks_can_fail(check: str, walk_through: WalkThrough) -> None:
    checks = {"outside": outside, "overlapping": overlapping, "too_small": too_small}
    title = next(entry for entry in CATALOGUE if entry.name == "title")

    for _, scene in walk_through(title, show_of(a_record())):
        text, other = texts_of(scene)[:2]
        assert checks[check](scene) == []

        match check:
            case "outside":
                text.shift((20, 0, 0))
            case "overlapping":
                text.move_to(other)
            case "too_small":
                text.scale(0.2)

        assert checks[check](scene) != []


def outside(scene: LectureScene) -> list[str]:
    """What leaves the frame."""
    limit = np.array([config.frame_width / 2, config.frame_height / 2]) + PIXEL
    return [
        described(mobject)
        for top in scene.mobjects
        for mobject in top.family_members_with_points()
        if visible(mobject) and (np.abs(mobject.points[:, :2]) > limit).any()
    ]


def overlapping(scene: LectureScene) -> list[str]:
    """Pairs of texts whose boxes share more than a sliver."""
    boxes = [(text, box_of(text)) for text in texts_of(scene)]
    return [
        f"{described(one)} / {described(other)}"
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 2 * PIXEL
        and min(a[3], b[3]) - max(a[1], b[1]) > 3 * PIXEL
    ]


def too_small(scene: LectureScene) -> list[str]:
    """Labels and numbers whose capitals and digits are lower than 20 pixels at 1080p."""
    small = []
    for text in texts_of(scene):
        if isinstance(text, Label):
            # The first two curves are the corners of the line's box (see Label).
            height = (text.points[4, 1] - text.points[0, 1]) / UNIT
        elif isinstance(text, Numbers):
            height = text.size * CAP_HEIGHT
        else:
            continue
        if height < 20:
            small.append(described(text))
    return small


def visible(mobject: Mobject) -> bool:
    filled = mobject.get_fill_opacity() > 0
    return filled or (mobject.get_stroke_opacity() > 0 and mobject.get_stroke_width() > 0)


def described(mobject: Mobject) -> str:
    text = getattr(mobject, "text", None) or getattr(mobject, "typst_code", "")
    if isinstance(mobject, Numbers):
        text = mobject.texts[0][0] + "..."
    left, bottom, right, top = (round(side / UNIT) for side in box_of(mobject))
    return f"{type(mobject).__name__} {text!r} x {left}..{right} y {bottom}..{top}"
