"""Which scenes a film has, and why it has not the others."""

from dataclasses import replace

import pytest

from epochreel.errors import NoSuchScene
from scenes.stage.catalogue import FILM, film_scenes, shipped
from scenes.stage.render import why_not
from tests.records import COMPARED, RECORDS, a_record
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim
RUNS = COMPARED["two runs"]


def names(
    *settings: str, runs: bool = False, only: tuple[str, ...] = (), kind: str = "two classes"
) -> list[str]:
    show = show_of(a_record(**RECORDS[kind]), "zh", "paper", *settings)
    show = replace(show, runs=RUNS) if runs else show
    return [scene.name for scene in film_scenes(show, (), only)]


def test_a_film_has_the_scenes_its_lecture_names_in_their_order() -> None:
    assert names() == [*FILM]
    assert names("film.scenes=['fit', 'title']") == ["fit", "title"]
    assert names(runs=True) == ["compare"]


def test_a_film_shows_every_network() -> None:
    for kind in ("lecture", "tanh", "logits"):
        assert names(kind=kind) == [*FILM]
        assert why_not(shipped()["network"], show_of(a_record(**RECORDS[kind]))) is None


def test_a_selection_keeps_the_order_and_may_name_what_the_lecture_leaves_out() -> None:
    assert names(only=("fit/start", "title")) == ["title", "fit"]
    assert names("film.scenes=['fit']", only=("title",)) == ["title"]


def test_a_scene_that_does_not_exist_is_named_with_its_setting() -> None:
    with pytest.raises(NoSuchScene, match=r"'fitt', which --only names. Did you mean 'fit'"):
        names(only=("fitt",))
    with pytest.raises(NoSuchScene, match=r"no scene 'end', which film.scenes names. Known: title"):
        names("film.scenes=['title', 'end']")


def test_every_shipped_scene_but_those_a_lecture_names_is_in_the_film() -> None:
    assert {*shipped()} == {*FILM, "compare", "descent"}


def test_a_scene_without_content_says_why() -> None:
    show = show_of(a_record(), "zh", "paper", "words.references=[]")
    scenes = shipped()

    assert why_not(scenes["compare"], show) == "it draws runs side by side, and this is one run"
    compared = replace(show, runs=RUNS)
    assert why_not(scenes["fit"], compared) == (
        "2 runs are compared, which the scene 'compare' draws"
    )
    assert why_not(scenes["references"], show) == "the lecture lists no references"
    assert why_not(scenes["title"], show) is None
