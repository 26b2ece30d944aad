"""What a dry run says comes true, and then there is nothing to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from epochreel.cli.tree import tree_of
from epochreel.errors import NoSuchBeat, NoSuchScene
from epochreel.lecture.file import load_lecture
from epochreel.lecture.settings import Lecture
from epochreel.products.film import make_film
from epochreel.products.lecture import expected_film, trained_film
from epochreel.products.plan import Film, FilmPlan, before_of, film_path, plan_film
from epochreel.work.store import State, Store, read_manifest
from epochreel.work.workers import Processes, Workers
from tests.products.conftest import FAST
from tests.records import a_record
from tests.scenes.conftest import show_of

pytestmark = [pytest.mark.manim, pytest.mark.keras, pytest.mark.render]
LECTURE = """
data = {start = 0, stop = 3, rule = "2*x"}
model.layers = [{units = 2}, {units = 1}]
training = {epochs = 3, learning_rate = 0.1, optimizer = "sgd"}
film.shown_epochs = [0, 1]
words.zh = {course = "课程", lesson = "一课"}
"""
ONLY = ["title", "compile_call/optimizer", "loss_formula/smaller", "loss_curve"]
FIRST = {"title/title", "compile_call/optimizer", "loss_formula/smaller"} | {
    f"loss_curve/{beat}" for beat in ("curve", "marks")
}
RATE = "training.learning_rate 0.1 -> 0.05"


def learned(why: str) -> dict[str, str]:
    """How the reasons begin for which beats are drawn again after another training."""
    curve = dict.fromkeys(
        ("loss_curve/curve", "loss_curve/marks"), f"losses, parameters changed ({why})"
    )
    # Behind the title the network learns.
    return {**curve, "loss_formula/smaller": "losses, ", "title/title": ""}


CHANGES: dict[str, tuple[str, dict[str, str]]] = {
    "training.learning_rate=0.05": (
        RATE,
        {
            **learned(RATE),
            "compile_call/optimizer": RATE,
        },
    ),
    "training.seed=8": (
        "training.seed 0 -> 8",
        learned("training.seed 0 -> 8"),
    ),
    "model.layers[0].units=3": (
        "model.layers[0].units 2 -> 3",
        {
            **learned("model.layers[0].units 2 -> 3"),
            **dict.fromkeys(
                ("loss_curve/curve", "loss_curve/marks"),
                "losses, parameters, units changed (model.layers[0].units 2 -> 3)",
            ),
        },
    ),
    "film.shown_epochs=[0, 2]": (
        "",
        {"loss_curve/marks": "shown epochs [0, 1, 3] -> [0, 2, 3]"},
    ),
    "words.zh.course='别的课程'": (
        "",
        {"title/title": "the course's name ['课程'] -> ['别的课程']"},
    ),
    "words.zh.lesson='二课'": ("", dict.fromkeys(FIRST, "the lesson's name 一课 -> 二课")),
    "film.theme='night'": ("", dict.fromkeys(FIRST, "theme paper -> night")),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the lecture in it."""
    folder = tmp_path_factory.mktemp("planned")
    (folder / "mine.toml").write_text(LECTURE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def workers(folder: Path) -> Iterator[Workers]:
    with Processes(2, Store(folder / "media")) as workers:
        yield workers


def dry_run(folder: Path, workers: Workers, lecture: Lecture) -> FilmPlan:
    store = Store(folder / "media")
    film = expected_film(lecture, FAST, folder / "film.mp4", ONLY, store)
    return plan_film(film, store, workers, lambda event: None)


def run(folder: Path, workers: Workers, lecture: Lecture) -> FilmPlan:
    store, path = Store(folder / "media"), folder / "film.mp4"
    film = trained_film(lecture, FAST, path, ONLY, store, workers, lambda event: None)
    return make_film(film, store, workers, lambda event: None)


def reasons(plan: FilmPlan) -> dict[str, str]:
    return {planned.clip.name: planned.why for planned in plan.missing}


def clips_of(folder: Path) -> dict[str, str]:
    """The clip that is in the film for each beat."""
    store = Store(folder / "media")
    names = (read_manifest(folder / "film.mp4") or {})["clips"]
    return dict(zip(before_of(folder / "film.mp4", store).clips, names, strict=True))


@pytest.mark.parametrize("setting", CHANGES)
def test_what_a_dry_run_says_comes_true(setting: str, folder: Path, workers: Workers) -> None:
    why_trained, why_drawn = CHANGES[setting]
    lecture = load_lecture(str(folder / "mine.toml"))
    run(folder, workers, lecture)
    before = clips_of(folder)
    changed = load_lecture(str(folder / "mine.toml"), [setting])

    said = dry_run(folder, workers, changed)
    assert clips_of(folder) == before
    done = run(folder, workers, changed)
    again = dry_run(folder, workers, changed)

    for plan in (said, done):
        assert plan.film.record
        assert (plan.film.record.why, plan.film.record.missing) == (why_trained, bool(why_trained))
        assert reasons(plan).keys() == why_drawn.keys()
        for beat, why in why_drawn.items():
            assert reasons(plan)[beat].startswith(why)
    assert again.state is State.WHOLE
    assert "nothing to do" in tree_of(again)
    # The manifests tell the same.
    after = clips_of(folder)
    assert {beat for beat in after if after[beat] != before[beat]} == {*why_drawn}


def test_of_a_first_film_everything_is_new(tmp_path: Path, workers: Workers) -> None:
    (tmp_path / "mine.toml").write_text(LECTURE, encoding="utf-8")
    plan = dry_run(tmp_path, workers, load_lecture(str(tmp_path / "mine.toml")))

    assert plan.film.record
    assert (plan.film.record.why, plan.film.record.missing) == ("not trained yet", True)
    assert reasons(plan) == dict.fromkeys(FIRST, "not drawn yet")
    assert not (tmp_path / "media").exists()
    seconds = sum(planned.clip.seconds for planned in plan.clips)
    assert tree_of(plan).splitlines()[1:3] == [
        "├── train 3 epochs: not trained yet",
        f"├── draw 5 of 5 clips, {seconds:.1f} of {seconds:.1f} s of film",
    ]


def test_damage_is_a_reason(tmp_path: Path, workers: Workers) -> None:
    store = Store(tmp_path / "media")
    film = Film(show_of(a_record()), FAST, tmp_path / "film.mp4", ["references", "loss_curve"])
    made = make_film(film, store, workers, lambda event: None)
    film.path.unlink()
    damaged, gone, _ = (planned.path for planned in made.clips)
    gone.unlink()
    damaged.write_bytes(b"?")

    found = [planned.why for planned in plan_film(film, store, workers, print).clips]

    assert found == ["its clip is damaged", "its clip is gone", ""]


def test_a_selection_is_some_beats_in_the_order_of_the_film(
    tmp_path: Path, workers: Workers
) -> None:
    store = Store(tmp_path / "media")

    def names(*only: str) -> list[str]:
        film = Film(show_of(a_record()), FAST, tmp_path / "film.mp4", only)
        return [
            planned.clip.name
            for planned in plan_film(film, store, workers, lambda event: None).clips
        ]

    assert names("fit/training", "data/x", "title") == ["title/title", "data/x", "fit/training"]
    assert names("data", "data/x") == ["data/x", "data/rule", "data/values"]
    with pytest.raises(NoSuchBeat, match=r"'fit' has no beat 'end' here. It has: start, training"):
        names("fit/end")
    with pytest.raises(NoSuchScene, match="no scene 'fits'"):
        names("fits/start")


def test_a_beat_that_there_will_not_be_is_said_before_training(
    tmp_path: Path, workers: Workers
) -> None:
    (tmp_path / "mine.toml").write_text(LECTURE, encoding="utf-8")
    store, lecture = Store(tmp_path / "media"), load_lecture(str(tmp_path / "mine.toml"))

    with pytest.raises(NoSuchBeat, match="It has: initial, epoch-1, epoch-3"):
        trained_film(lecture, FAST, tmp_path / "f.mp4", ["epochs/epoch-2"], store, workers, print)
    assert not list(tmp_path.glob("media/records/*"))


def test_names_tell_films_apart() -> None:
    lecture = load_lecture("loss_function")
    night = load_lecture("loss_function", ["film.theme='night'", "film.language='en'"])
    long = [f"epochs/epoch-{number}" for number in range(100)]
    store = Store()
    paths = {
        "loss_function.zh.mp4": film_path(store, lecture, "high"),
        "loss_function.zh.draft.mp4": film_path(store, lecture, "draft"),
        "loss_function.en.night.mp4": film_path(store, night, "high"),
        "loss_function.en.night.4k.manim.mp4": film_path(store, night, "4k", engine="manim"),
        "loss_function.zh.only-data-epochs-initial.mp4": film_path(
            store, lecture, "high", ["epochs/initial", "data"]
        ),
    }

    assert {path.name for path in paths.values()} == {*paths}
    assert all(path.name == name for name, path in paths.items())
    one, two = (film_path(store, lecture, "high", only) for only in (long, long[:-1]))
    assert one != two
    assert len(one.name) < 120
