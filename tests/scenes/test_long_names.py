"""Long names of columns, classes and outputs, as they come with a table from elsewhere."""

from typing import Any

import pytest

from scenes.stage.catalogue import shipped
from scenes.stage.checks import problems
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim
WORDS = tuple(f"a rather long name with spaces of column {at} and so on" for at in range(4))
HAN = tuple(f"非常长的名称包括许多汉字{at}" * 4 for at in range(4))
NAMED: dict[str, dict[str, Any]] = {
    "words": {"class_names": WORDS[:3], "feature_names": WORDS},
    "Chinese": {"class_names": HAN[:3], "feature_names": HAN},
}


@pytest.mark.parametrize("scene", ["forward_pass", "epochs"])
@pytest.mark.parametrize("named", NAMED)
def test_long_names_of_classes_and_features_keep_their_place(
    named: str, scene: str, walk_through: WalkThrough
) -> None:
    record = a_record(**RECORDS["three classes"], named=NAMED[named])

    for _, at_work in walk_through(shipped()[scene], show_of(record, "en")):
        assert problems(at_work) == []


def test_a_long_name_of_an_output_keeps_off_the_legend(walk_through: WalkThrough) -> None:
    named = {"target_names": HAN[:2], "feature_names": WORDS[:2]}
    record = a_record(**{**RECORDS["named columns"], "held_out": 0}, named=named)

    for _, at_work in walk_through(shipped()["fit"], show_of(record, "en")):
        assert problems(at_work) == []
