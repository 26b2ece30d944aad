"""The examples in what help shows are run as they stand."""

import doctest

import pytest


@pytest.mark.keras
@pytest.mark.manim
@pytest.mark.render
def test_examples_give_what_they_say() -> None:
    from epochreel import EpochRecorder, render
    from epochreel.python.shown import RenderedFilm

    runner = doctest.DocTestRunner()
    for shown in (render, RenderedFilm, EpochRecorder):
        examples = [test for test in doctest.DocTestFinder().find(shown, globs={}) if test.examples]
        assert examples, shown
        for example in examples:
            assert runner.run(example).failed == 0, example.name
