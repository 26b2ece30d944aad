"""What is drawn again after a change: exactly the beats that show it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from epochreel.errors import BadData
from epochreel.lecture import words
from epochreel.lecture.file import load_lecture
from epochreel.lecture.languages import translations
from epochreel.lecture.video import Video
from epochreel.record.record import Record
from epochreel.record.view import Run
from epochreel.work import clips, code, ingredients
from epochreel.work.clips import Clip, Drawing
from epochreel.work.code import closure, code_on_disk
from epochreel.work.store import key_of
from scenes.stage.catalogue import FILM, shipped
from tests.records import COMPARED, DIVERGED, a_record, a_run, several_runs
from tests.scenes.conftest import show_of

pytestmark = pytest.mark.manim
DRAWING = Drawing(Video(320, 180, 5))
SCENES = [*FILM]  # of one run
RUNS = (*several_runs(8, samples=6), a_run("learning_rate 1", samples=6, **DIVERGED))


def a_small_record() -> Record:
    return a_record(samples=6)


def planned(record: Record, *settings: str, drawing: Drawing = DRAWING) -> dict[str, Clip]:
    """Every beat by scene and name; as a worker plans it."""
    show = show_of(record, "zh", "paper", *settings)
    return {
        clip.name: clip
        for scene in SCENES
        for clip in clips._walk(show, lambda event: None, shipped()[scene], drawing, "code").clips
    }


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "check_code", lambda scene, code: None)


@cache
def before() -> dict[str, Clip]:
    return planned(a_small_record())


def redrawn(after: dict[str, Clip]) -> set[str]:
    """The beats of `after` whose clips are not there."""
    there = {key_of(clip.made_from) for clip in before().values()}
    return {name for name, clip in after.items() if key_of(clip.made_from) not in there}


def beats(*scenes: str) -> set[str]:
    """All beats of these scenes, or the beats named as scene/beat."""
    return {name for name in before() if {name, name.partition("/")[0]} & {*scenes}}


EVERY = {*SCENES}
# The epoch page on which the training loop begins.
BEGINNING = "training_loop/forward"
SETTINGS: dict[str, tuple[str, list[str]]] = {
    "words.zh.lesson": ("'别的课'", [*EVERY]),
    "words.en.lesson": ("'Another lesson'", []),
    "words.zh.course": ("'别的课程'", ["title"]),
    "words.links": ("['@someone']", ["title"]),
    "words.references": ("['A book']", ["references"]),
    "film.theme": ("'night'", [*EVERY]),
    "film.decimals": ("4", ["data", "epochs", "forward_pass", BEGINNING]),
    "film.shown_epochs": (
        "[0, 1, 2, 3, 4]",
        ["epochs/epoch-12", "loss_curve/marks", BEGINNING],
    ),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_of_the_film(setting: str) -> None:
    value, scenes = SETTINGS[setting]
    assert redrawn(planned(a_small_record(), f"{setting}={value}")) == beats(*scenes)


def test_another_language_is_all_that_has_words() -> None:
    after = planned(a_small_record(), "film.language='en'")
    assert redrawn(after) == {*after}


HYPERPARAMETERS: dict[str, tuple[Any, list[str]]] = {
    "seed": (8, []),
    "batch_size": (4, ["compile_call", "gradient_step"]),
    "loss_settings": ({"reduction": "sum"}, ["compile_call", "training_loop", "fit"]),
    "learning_rate_schedule": ("CosineDecay", ["compile_call", "gradient_step", "training_loop"]),
    "epochs": (600, ["compile_call"]),
    "learning_rate": (0.05, ["compile_call", "gradient_step", "training_loop"]),
    "optimizer": ("sgd", ["compile_call", "gradient_step", "training_loop"]),
    "optimizer_settings": ({"beta_1": 0.8}, ["compile_call", "gradient_step"]),
}


@pytest.mark.parametrize("name", HYPERPARAMETERS)
def test_a_hyperparameter_is_on_the_pages_that_show_it(name: str) -> None:
    value, scenes = HYPERPARAMETERS[name]
    record = a_small_record()
    changed = replace(record, hyperparameters={**record.hyperparameters, name: value})
    assert redrawn(planned(changed)) == beats(*scenes)


def other(values: np.ndarray, *at: int) -> np.ndarray:
    """A copy with one value made a little larger, in the digits that are there."""
    values = values.copy()
    values[at] *= 1.0001
    return values


def weight_changed(record: Record, epoch: int) -> dict[str, Any]:
    first, *rest = record.parameters
    return {"parameters": ({**first, "kernel": other(first["kernel"], epoch, 0, 1)}, *rest)}


LAST, MIDDLE = -1, 9  # the lecture shows 0 to 5 and the last
RECORDS: dict[str, tuple[Callable[[Record], dict[str, Any]], list[str]]] = {
    "an input": (
        lambda r: {"inputs": other(r.inputs, 4, 0)},
        ["data", "epochs", "loss_formula", "fit", "gradient_step", BEGINNING],
    ),
    "the first input": (
        lambda r: {"inputs": other(r.inputs, 0, 0)},
        [
            *("data", "epochs", "forward_pass", "fit", "gradient_step", "training_loop"),
            "loss_formula",
        ],
    ),
    "a target": (
        lambda r: {"targets": other(r.targets, 4, 0)},
        ["data", "epochs", "fit", "gradient_step", "loss_formula", "loss_evaluation", BEGINNING],
    ),
    "the rule": (
        lambda r: {"rule": "1 + 2*x"},
        ["data/rule", "data/values", "loss_formula", "fit"],
    ),
    "the last loss": (
        lambda r: {"history": {"loss": other(r.losses, LAST)}},
        # It is the largest, and squares leave room for its own.
        [
            *("epochs/epoch-12", "training_loop/forward"),
            *("loss_formula", "loss_evaluation", "loss_curve", "fit"),
        ],
    ),
    "the first loss": (
        lambda r: {"history": {"loss": other(r.losses, 0)}},
        [
            *("epochs/initial", "epochs/epoch-1", "training_loop", "gradient_step"),
            *("loss_formula", "loss_evaluation", "loss_curve", "fit"),
        ],
    ),
    "a loss between": (
        lambda r: {"history": {"loss": other(r.losses, MIDDLE)}},
        ["epochs/epoch-12", "training_loop/forward", "loss_formula/smaller", "loss_curve", "fit"],
    ),
    "a prediction between": (
        lambda r: {"predictions": other(r.predictions, MIDDLE, 0, 0)},
        ["epochs/epoch-12", "loss_formula/smaller", "fit"],
    ),
    "the last prediction": (
        lambda r: {"predictions": other(r.predictions, LAST, 3, 0)},
        [
            *("epochs/epoch-12", "training_loop/forward", "fit"),
            *("loss_formula/smaller", "loss_evaluation"),
        ],
    ),
    "a weight of epoch 3": (
        lambda r: weight_changed(r, 3),
        ["epochs/epoch-3", "epochs/epoch-4", "title", "loss_curve"],
    ),
    "a weight of epoch 1": (
        lambda r: weight_changed(r, 1),
        [
            *("epochs/epoch-1", "epochs/epoch-2", "training_loop", "gradient_step"),
            *("title", "loss_curve"),
        ],
    ),
    "where it diverged": (
        lambda r: {"diverged_at": 13},
        ["loss_curve/marks", "loss_formula", "loss_evaluation"],
    ),
}


@pytest.mark.parametrize("what", RECORDS)
def test_a_value_of_the_record_is_in_the_beats_that_draw_it(what: str) -> None:
    change, scenes = RECORDS[what]
    record = a_small_record()
    assert redrawn(planned(replace(record, **change(record)))) == beats(*scenes)


def test_the_largest_weight_is_an_ingredient_of_all_that_is_drawn_to_its_scale() -> None:
    record = a_small_record()
    largest = max(np.abs(layer["kernel"]).max() for layer in record.parameters)
    first, *rest = [dict(layer) for layer in record.parameters]
    first["kernel"] = first["kernel"].copy()
    first["kernel"][LAST, 0, 0] = 1.01 * largest

    assert redrawn(planned(replace(record, parameters=(first, *rest)))) == beats(
        *("epochs", "forward_pass", "network", "title", "loss_curve", "training_loop"),
        "gradient_step/all",
    )


def test_the_largest_residual_is_an_ingredient_of_all_that_is_drawn_to_its_scale() -> None:
    record = a_small_record()
    residuals = np.abs(record.predictions - record.targets)
    residuals[6:LAST] = 0  # the lecture shows 0 to 5 and the last
    changed = other(record.predictions, *np.unravel_index(residuals.argmax(), residuals.shape))

    assert redrawn(planned(replace(record, predictions=changed))) >= beats("epochs")


@pytest.mark.parametrize("field", ["predictions", "targets"])
def test_the_sample_that_goes_round_is_in_the_training_loop(field: str) -> None:
    record = a_small_record()
    values = getattr(record, field)
    changed = other(values, *[0] * values.ndim)
    assert redrawn(planned(replace(record, **{field: changed}))) >= beats("training_loop")


def test_room_before_the_point_is_an_ingredient_of_all_that_stand_in_its_column() -> None:
    record = a_small_record()
    predictions = record.predictions.copy()
    predictions[MIDDLE, 5, 0] *= 1000
    assert redrawn(planned(replace(record, predictions=predictions))) == beats(
        "epochs", "fit", "loss_formula/smaller", BEGINNING
    )


def test_room_behind_the_point_is_an_ingredient_of_all_that_stand_in_its_brackets() -> None:
    record = a_small_record()
    *rest, last = record.parameters
    short = last["bias"].round(1)
    long = short.copy()
    long[MIDDLE] = 0.12345678
    one, two = (
        planned(replace(record, parameters=(*rest, {**last, "bias": bias})))
        for bias in (short, long)
    )
    changed = {name for name in one if one[name].made_from != two[name].made_from}
    assert changed == beats("epochs", BEGINNING)


def compared(runs: Sequence[Run], record: Record | None = None) -> dict[str, str]:
    """The keys of runs side by side, by the beat's name."""
    show = replace(show_of(record or a_small_record()), runs=tuple(runs))
    walked = clips._walk(show, lambda event: None, shipped()["compare"], DRAWING, "code").clips
    return {clip.beat: key_of(clip.made_from) for clip in walked}


NAMED, GREY = 2, 4  # of nine runs, one has no name
OF_RUNS: dict[str, tuple[int, Callable[[Run], dict[str, Any]], set[str]]] = {
    "a label": (NAMED, lambda r: {"label": "another"}, {"curves", "ends", "fits"}),
    "a label that is not shown": (GREY, lambda r: {"label": "another"}, set()),
    "a loss": (
        NAMED,
        lambda r: {"curve": (r.curve[0], other(r.curve[1], 7))},
        {"curves", "ends", "fits"},
    ),
    "a grey loss": (
        GREY,
        lambda r: {"curve": (r.curve[0], other(r.curve[1], 7))},
        {"curves", "ends", "fits"},
    ),
    "a last prediction": (NAMED, lambda r: {"predictions": other(r.predictions, 3, 0)}, {"fits"}),
    "a last prediction that is not shown": (
        GREY,
        lambda r: {"predictions": other(r.predictions, 3, 0)},
        set(),
    ),
    "where it diverged": (-1, lambda r: {"diverged_at": 22}, {"curves", "ends", "fits"}),
    "what it learned": (NAMED, lambda r: {"targets": other(r.targets, 3, 0)}, {"fits"}),
}


@pytest.mark.parametrize("what", OF_RUNS)
def test_a_value_of_a_run_is_in_the_beats_that_draw_it_beside_others(what: str) -> None:
    at, change, beats_with_it = OF_RUNS[what]
    runs = [*RUNS]
    runs[at] = replace(runs[at], **change(runs[at]))

    before, after = compared(RUNS), compared(runs)

    changed = {beat for beat in before if before[beat] != after.get(beat)}
    assert changed == beats_with_it
    # Runs that learned different samples have no fits to be compared.
    assert {*before} - {*after} == ({"fits"} if what == "what it learned" else set())


@pytest.mark.parametrize(
    ("kind", "beats_with_it"), [("two classes", {"fits"}), ("three classes", set())]
)
def test_a_weight_of_a_run_is_in_the_plane_that_it_divides(
    kind: str, beats_with_it: set[str]
) -> None:
    first, *rest = COMPARED[kind]
    at = next(at for at, layer in enumerate(first.parameters) if "kernel" in layer)
    layers = [*first.parameters]
    layers[at] = {**layers[at], "kernel": other(layers[at]["kernel"], 0, 0, 0)}
    before = compared(COMPARED[kind])
    after = compared([replace(first, parameters=tuple(layers)), *rest])
    assert {beat for beat in before if before[beat] != after[beat]} == beats_with_it


def test_runs_side_by_side_depend_on_their_order_and_number() -> None:
    before = compared(RUNS)
    for runs in (RUNS[::-1], RUNS[:-1]):
        assert not {*before.values()} & {*compared(runs).values()}


def test_the_record_that_is_one_of_them_is_not_drawn_beside_the_others() -> None:
    assert compared(RUNS, a_record()) == compared(RUNS)


@pytest.mark.parametrize(
    "drawing",
    [
        Drawing(Video(640, 180, 5)),
        Drawing(Video(320, 360, 5)),
        Drawing(Video(320, 180, 10)),
        Drawing(DRAWING.video, "manim"),
    ],
)
def test_another_video_or_engine_is_all(drawing: Drawing) -> None:
    after = planned(a_small_record(), drawing=drawing)
    assert redrawn(after) == {*after}


@pytest.mark.parametrize(
    "library", ["manim", "typst", "pycairo", "numpy", "fonts", "encoder", "harfbuzz", "cairo"]
)
def test_another_version_of_what_draws_is_all(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = ingredients.of_drawing(DRAWING.video, "fast", "paper")
    real = ingredients._version
    match library:
        case "fonts":
            monkeypatch.setattr(ingredients, "_fonts", lambda: "others")
        case "encoder":
            monkeypatch.setattr(ingredients, "encoder_version", lambda: "another")
        case "harfbuzz":
            monkeypatch.setattr("uharfbuzz.version_string", lambda: "99")
        case "cairo":
            monkeypatch.setattr("cairo.cairo_version_string", lambda: "99")
        case _:
            monkeypatch.setattr(
                ingredients, "_version", lambda *names: "99" if library in names else real(*names)
            )

    assert ingredients.of_drawing(DRAWING.video, "fast", "paper") != look
    assert {*look.items()} <= {*before()["title/title"].made_from.items()}


@pytest.mark.parametrize(
    ("word", "scenes"),
    [
        ("References", ["references"]),
        ("{count} sample", ["data", "loss_formula"]),
        ("optimizer", ["compile_call/optimizer", "training_loop"]),
        ("After epoch {epoch} the loss has fallen from {before} to {after}{rest}.", []),
    ],
)
def test_a_word_on_screen_is_in_the_beats_that_show_it(
    word: str, scenes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = translations("zh")

    class Changed(NullTranslations):
        def gettext(self, message: str) -> str:
            return known.gettext(message) + "。" * (message == word)

        def ngettext(self, one: str, many: str, count: int) -> str:
            return known.ngettext(one, many, count) + "。" * (one == word)

    monkeypatch.setattr(words, "translations", lambda language: Changed())
    assert redrawn(planned(a_small_record())) == beats(*scenes)


def test_an_ingredient_says_whose_it_is() -> None:
    made_from = before()["fit/start"].made_from
    assert (made_from["scene"], made_from["beat"]) == ("fit", "start")


ALL = [*SCENES, "compare"]
MODULES = {
    "scenes.fit": ["fit"],
    "scenes.compare": ["compare"],
    "scenes.parts.runs": ["compare"],
    "scenes.parts.worked": ["loss_evaluation", "loss_formula"],
    "scenes.parts.network": [
        *("epochs", "forward_pass", "gradient_step", "network", "training_loop"),
        *("title", "loss_curve"),
    ],
    "scenes.parts.formula": None,
    "epochreel.lecture.rule": ["compare", "data", "fit", "loss_formula"],
    "epochreel.lecture.put_in": ["data"],
    "epochreel.record.view": [*ALL],
    "epochreel.numbers": [*ALL],
    "scenes.drawing.glyphs": [*ALL],
    "scenes.drawing.theme": [*ALL],
    "scenes.drawing.layout": [*ALL],
    "scenes.drawing.motion": [*ALL],
    "scenes.engine.stencils": [*ALL],
    "scenes.engine.encoder": [*ALL],
    "scenes.stage.scene": [*ALL],
    "scenes.stage.render": [*ALL],
    "scenes.stage.catalogue": [],
    "epochreel.lecture.words": [*ALL],
    "epochreel.lecture.settings": [],
    "epochreel.products.join": [],
    "epochreel.cli": [],
}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_in_the_scenes_that_import_it(module: str) -> None:
    depending = {
        scene
        for scene in ALL
        if module in closure((f"scenes.{scene}", "scenes.stage.render"), code._finder(None))
    }
    if MODULES[module] is None:
        assert depending
    else:
        assert depending == {*MODULES[module]}


def test_the_code_of_a_scene_is_in_its_beats() -> None:
    show = show_of(a_small_record())
    scene = shipped()["references"]
    (one,) = clips._walk(show, lambda event: None, scene, DRAWING, "code").clips
    (two,) = clips._walk(show, lambda event: None, scene, DRAWING, "edited").clips
    assert key_of(one.made_from) != key_of(two.made_from)


TRAINING = {
    "training.learning_rate=0.05": True,
    "training.seed=8": True,
    "training.epochs=501": True,
    "training.batch_size=64": True,
    "training.optimizer=sgd": True,
    "training.loss=huber": True,
    "training.optimizer_settings={beta_1=0.8}": True,
    "data.step=2": True,
    "data.rule='2*x'": True,
    "model.layers=[{units=1}]": True,
    "film.shown_epochs=[0, 7]": False,
    "film.theme=night": False,
    "film.language=en": False,
    "words.zh.lesson=x": False,
}


# What calls the training or plans for it, and what only a user's own training has.
OF_THE_CALLER = {
    f"training.{name}" for name in ("__init__", "train", "recorder", "given", "backend", "stand_in")
}


@pytest.mark.parametrize("setting", TRAINING)
def test_a_record_depends_on_what_training_depends_on(setting: str) -> None:
    one = ingredients.of_record(load_lecture("loss_function"), "code")
    two = ingredients.of_record(load_lecture("loss_function", [setting]), "code")
    assert (key_of(one) != key_of(two)) == TRAINING[setting]


def test_a_record_depends_on_the_training_code_and_on_keras(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lecture = load_lecture("loss_function")
    one = ingredients.of_record(lecture, "code")
    assert ingredients.of_record(lecture, "edited") != one
    for library in ("keras", "tensorflow", "numpy"):
        monkeypatch.setattr(
            ingredients, "_version", lambda *names, it=library: "99" if it in names else "1"
        )
        assert ingredients.of_record(lecture, "code")[library] == "99"
    modules = {*Path(code.ROOT, "training").glob("*.py")}
    known = {f"training.{path.stem}" for path in modules} - OF_THE_CALLER
    assert known <= {*closure(ingredients.TRAINING, code._finder(None))}
    assert len(code_on_disk(ingredients.TRAINING)) == 64


def test_a_record_depends_on_what_is_in_its_data_file(tmp_path: Path) -> None:
    (tmp_path / "lecture.toml").write_text(
        "[data]\nfile = 'x.csv'\n[model]\nlayers = [{units = 1}]\n"
    )
    keys = set()
    for content in ("1,2\n", "1,3\n", "1,2\n"):
        (tmp_path / "x.csv").write_text(content)
        lecture = load_lecture(str(tmp_path / "lecture.toml"))
        keys.add(key_of(ingredients.of_record(lecture, "code")))
    assert len(keys) == 2
    (tmp_path / "x.csv").unlink()
    with pytest.raises(BadData, match=r"x\.csv cannot be read"):
        ingredients.of_record(lecture, "code")


def test_a_record_depends_on_what_it_is_validated_with(tmp_path: Path) -> None:
    (tmp_path / "lecture.toml").write_text(
        "[data]\nfile = 'x.csv'\nvalidation_file = 'y.csv'\n[model]\nlayers = [{units = 1}]\n"
    )
    (tmp_path / "x.csv").write_text("1,2\n")
    keys = set()
    for content in ("1,2\n", "1,3\n", "1,2\n"):
        (tmp_path / "y.csv").write_text(content)
        lecture = load_lecture(str(tmp_path / "lecture.toml"))
        keys.add(key_of(ingredients.of_record(lecture, "code")))
    assert len(keys) == 2


def test_a_record_depends_on_who_brings_its_data_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingredients, "_version", lambda *names: names[0])
    by_rule = load_lecture("loss_function")
    by_name = load_lecture("loss_function", {"data": {"dataset": "iris"}})
    assert "scikit-learn" not in ingredients.of_record(by_rule, "code")
    assert ingredients.of_record(by_name, "code")["scikit-learn"] == "scikit-learn"
