"""A lecture that compares trainings has them all in one film."""

from pathlib import Path

import pytest

from epochreel.lecture.file import load_lecture
from epochreel.products.lecture import expected_film, trained_film
from epochreel.work.clips import Drawing
from epochreel.work.store import Store
from epochreel.work.workers import Processes
from scenes.stage.catalogue import film_scenes
from tests.products.conftest import SMALL

pytestmark = pytest.mark.manim
SETTINGS = ["training.epochs=2", 'film.scenes=["title", "loss_curve", "compare"]']


def test_its_film_has_scenes_of_one_run_and_of_all(tmp_path: Path) -> None:
    lecture = load_lecture("too_fast", SETTINGS)
    store, path = Store(tmp_path / "media"), tmp_path / "film.mp4"
    with Processes(1, store) as workers:
        expected = expected_film(lecture, Drawing(SMALL), path, [], store)
        film = trained_film(lecture, Drawing(SMALL), path, [], store, workers, lambda event: None)
    assert [scene.name for scene in film.scenes] == ["title", "loss_curve", "compare"]
    rates = ["η = 0.003", "η = 0.1", "η = 0.3"]
    for each in (expected, film):
        assert [run.label for run in each.show.runs] == rates
    last = [float(run.curve[1][-1]) for run in film.show.runs]
    assert last[1] < last[0] < last[2]
    # The run that the other scenes show is the lecture's own, one of them.
    assert film.show.record.losses[-1] == last[2]


def test_where_no_scenes_are_named_it_comes_before_the_references(tmp_path: Path) -> None:
    lecture = load_lecture("too_fast", ["training.epochs=2"])
    lecture = lecture.model_copy(update={"film": lecture.film.model_copy(update={"scenes": None})})
    film = expected_film(lecture, Drawing(SMALL), tmp_path / "x.mp4", [], Store(tmp_path / "m"))
    names = [scene.name for scene in film_scenes(film.show)]
    assert names[-2:] == ["compare", "references"]
