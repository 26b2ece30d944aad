"""What every error carries, and how much of a value a message shows."""

import pickle
from pathlib import Path
from typing import Any

import pytest

from epochreel.errors import BadOutput, EpochreelError, RecordError, RenderError, shown


def test_an_error_says_what_it_is_about_and_survives_the_way_from_a_worker() -> None:
    error = pickle.loads(pickle.dumps(BadOutput("No.", field="--out", value=Path("film.mp4"))))

    assert (str(error), error.field, error.value) == ("No.", "--out", Path("film.mp4"))
    assert isinstance(error, RecordError) and isinstance(error, RenderError)
    assert (EpochreelError("No.").field, EpochreelError("No.").value) == (None, None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.05, "0.05"),
        ("a", "'a'"),
        ("it's", '"it\'s"'),
        ([3, 1], "[3, 1]"),
        ({"momentum": 2.0}, "{'momentum': 2.0}"),
        (Path("media/run.json"), "media/run.json"),
        ("a" * 61, f"'{'a' * 56}...' (61 characters)"),
        pytest.param(10**5000, "a whole number of about 5000 digits", id="5000 digits"),
        ([0] * 10**6, "[0, 0, 0, 0, 0, 0, ...]"),
    ],
)
def test_a_value_is_shown_as_python_writes_it(value: Any, text: str) -> None:
    assert shown(value) == text


def nested(depth: int) -> Any:
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


def test_no_value_is_shown_at_length() -> None:
    long = ["\0" * 60, {"a" * 999: "b" * 999}, nested(5000), [10**5000], b"x" * 10**6, -(10**300)]

    assert max(len(shown(value)) for value in long) < 100
