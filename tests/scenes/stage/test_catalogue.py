"""Which scenes a film has."""

from dataclasses import replace

import pytest

from epochreel.errors import CannotDraw, NothingToShow
from scenes.stage.catalogue import CATALOGUE, scenes_of
from tests.records import COMPARED, a_record
from tests.scenes.conftest import show_of

RUNS = COMPARED["two runs"]


def test_runs_side_by_side_are_one_scene_and_a_run_is_all_others() -> None:
    show = show_of(a_record())
    names = [entry.name for entry in scenes_of(show)]

    assert names == [entry.name for entry in CATALOGUE if entry.name != "compare"]
    assert [entry.name for entry in scenes_of(replace(show, runs=RUNS))] == ["compare"]
    assert [entry.name for entry in scenes_of(replace(show, runs=RUNS), ["compare/ends"])] == [
        "compare"
    ]


def test_a_scene_without_content_says_what_there_is() -> None:
    show = show_of(a_record(), "zh", "paper", "words.references=[]")

    with pytest.raises(NothingToShow, match=r"'compare' .* it draws runs side by side"):
        scenes_of(show, ["compare"])
    with pytest.raises(NothingToShow, match=r"'fit' .* 2 runs are compared"):
        scenes_of(replace(show, runs=RUNS), ["fit"])
    with pytest.raises(NothingToShow, match=r"'references' .* lists 0 references"):
        scenes_of(show, ["references"])


def test_layers_that_no_scene_draws_can_be_compared() -> None:
    record = a_record()
    layers = (replace(record.layers[0], type="Conv2D"), *record.layers[1:])
    show = show_of(replace(record, layers=layers))

    with pytest.raises(CannotDraw, match=r"Conv2D"):
        scenes_of(show)
    assert scenes_of(replace(show, runs=RUNS))
