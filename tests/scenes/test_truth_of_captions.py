"""Every caption is true: each number is the record's, and each claim holds of it."""

from collections import Counter

import pytest

from scenes.stage.catalogue import SceneCode, shipped
from scenes.stage.render import captions, why_not
from tests.scenes.conftest import show_of
from tests.scenes.facts import Facts, numbers
from tests.scenes.sentences import wrong
from tests.scenes.told_records import told_records

pytestmark = pytest.mark.manim
KINDS = dict(told_records())
TRANSLATED = (
    *("lecture", "diverged", "several", "resumed", "stopped early", "tiny values"),
    *("two classes", "ten classes", "overfitting"),
)
SCENES = [entry for entry in shipped().values() if entry.name != "compare"]

TOLD = [(entry, kind) for entry in SCENES for kind in KINDS]


@pytest.mark.parametrize(
    ("entry", "kind"), TOLD, ids=[f"{entry.name}-{kind}" for entry, kind in TOLD]
)
def test_what_is_said_is_true(entry: SceneCode, kind: str) -> None:
    show, facts = show_of(KINDS[kind], "en"), Facts(KINDS[kind])
    if reason := why_not(entry, show):
        pytest.skip(reason)

    found = [error for said in captions(entry, show).values() for error in wrong(said, facts)]

    assert found == []


@pytest.mark.parametrize("language", ["zh", "es"])
@pytest.mark.parametrize("kind", TRANSLATED)
def test_other_languages_say_the_same_numbers(kind: str, language: str) -> None:
    english, other = (show_of(KINDS[kind], tongue) for tongue in ("en", language))
    for entry in SCENES:
        if entry.name in ("title", "references") or why_not(entry, english):
            continue
        said, told = captions(entry, english), captions(entry, other)
        for beat, caption in said.items():
            here, there = Counter(numbers(caption)), Counter(numbers(told[beat]))
            # Chinese has a digit where English says "the first".
            assert not here - there and {*(there - here)} <= {1}, told[beat]
