"""Where a beat's key stays, so does every frame of it, whatever changed in the record."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import tempconfig

from epochreel.lecture.video import Video
from epochreel.record.record import Record
from epochreel.record.view import Run, Show, View
from epochreel.work import clips
from epochreel.work.clips import Drawing
from epochreel.work.store import key_of
from scenes.engine import FastRenderer
from scenes.stage.catalogue import shipped
from scenes.stage.render import load_scene
from tests.records import DIVERGED, a_record, a_run, several_runs
from tests.scenes.conftest import show_of
from tests.scenes.engine.frames import SMALL, FastFrames

pytestmark = [pytest.mark.manim, pytest.mark.render]
DRAWING = Drawing(Video(*(SMALL[name] for name in ("pixel_width", "pixel_height", "frame_rate"))))
# Those whose beats draw parts of what the scene reads.
SCENES = ("epochs", "training_loop", "loss_formula", "loss_evaluation")
CHANGES = range(6)
RUNS = (*several_runs(9, epochs=5, samples=6), a_run("wild", samples=6, **DIVERGED))


def _with(values: np.ndarray, *at: int, by: float = 0.9) -> np.ndarray:
    values = values.copy()
    values[at] *= by
    return values


def _predicted_otherwise(record: Record, epoch: int, sample: int) -> np.ndarray:
    predictions = record.predictions.copy()
    predictions[epoch, sample] = predictions[epoch, sample][::-1]
    return predictions


# Of a record of classes, whose epochs 0, 1, 2 and 3 are shown.
OF_CLASSES: dict[str, Callable[[Record], dict[str, Any]]] = {
    "a prediction of epoch 1": lambda r: {"predictions": _predicted_otherwise(r, 1, 0)},
    "one of a row that is not shown": lambda r: {"predictions": _predicted_otherwise(r, 1, 17)},
    "how many are right in validation": lambda r: {
        "history": {**r.history, "val_accuracy": np.array([0, 0, 0.5, 0])}
    },
    "a class's name": lambda r: {"class_names": ("a", *r.class_names[1:])},
    "a feature's name": lambda r: {"feature_names": ("a", *r.feature_names[1:])},
    "an input": lambda r: {"inputs": _with(r.inputs, 0, 0)},
    "the loss": lambda r: {"hyperparameters": {**r.hyperparameters, "loss": "mean_squared_error"}},
    "the rate": lambda r: {"hyperparameters": {**r.hyperparameters, "learning_rate": 1.0}},
}
NEXT = {"epoch-1", "epoch-2"}
REDRAWN = {
    "a prediction of epoch 1": NEXT,
    "one of a row that is not shown": NEXT,  # by the count of those that are right
    "the rate": set(),
}


@pytest.fixture(autouse=True)
def _any_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(clips, "check_code", lambda scene, code: None)
    with tempconfig({**SMALL, "media_dir": str(tmp_path)}):
        yield


@pytest.mark.parametrize("number", CHANGES)
@pytest.mark.parametrize("scene", SCENES)
def test_the_same_key_is_the_same_picture(scene: str, number: int) -> None:
    record = a_record(epochs=(0, 1, 2, 9), samples=6)
    before, after = show_of(record), show_of(changed(record, random.Random(number)))
    keys = beat_keys(scene, before), beat_keys(scene, after)
    frames = beat_frames(scene, before), beat_frames(scene, after)

    for beat in {*keys[0]} & {*keys[1]}:
        if keys[0][beat] == keys[1][beat]:
            assert same(frames[0][beat], frames[1][beat]), beat


@pytest.mark.parametrize("number", CHANGES)
def test_the_same_key_is_the_same_picture_of_runs_side_by_side(number: int) -> None:
    one = replace(show_of(a_record()), runs=RUNS)
    two = replace(one, runs=changed_runs(random.Random(number)))
    keys = beat_keys("compare", one), beat_keys("compare", two)
    frames = beat_frames("compare", one), beat_frames("compare", two)

    for beat in {*keys[0]} & {*keys[1]}:
        if keys[0][beat] == keys[1][beat]:
            assert same(frames[0][beat], frames[1][beat]), beat


@pytest.mark.parametrize("what", OF_CLASSES)
def test_the_same_key_is_the_same_picture_of_classes(what: str) -> None:
    record = a_record(
        task="flowers",
        layers=(("Normalization", None), ("Dense", (3,), {"activation": "softmax"})),
        count=18,
        held_out=6,
        trained=3,
    )
    other = replace(record, **OF_CLASSES[what](record))
    before, after = show_of(record), show_of(other)
    keys = beat_keys("epochs", before), beat_keys("epochs", after)
    frames = beat_frames("epochs", before), beat_frames("epochs", after)

    assert keys[0].keys() == keys[1].keys()
    for beat in keys[0]:
        if keys[0][beat] == keys[1][beat]:
            assert same(frames[0][beat], frames[1][beat]), beat
    redrawn = {beat for beat in keys[0] if keys[0][beat] != keys[1][beat]}
    assert redrawn == REDRAWN.get(what, {*frames[0]})


def test_the_comparison_can_fail() -> None:
    record = a_record(epochs=(0, 1, 2), samples=6)
    # Neither is the mean of its squares, which would be drawn from the first beat on.
    record, other = (replace(record, history={"loss": record.losses * by}) for by in (2, 3))
    one, two = (beat_frames("loss_formula", show_of(it)) for it in (record, other))
    assert same(one["formula"], two["formula"])
    assert not same(one["smaller"], two["smaller"])


def changed_runs(rng: random.Random) -> tuple[Run, ...]:
    """One value of one run, or its label, is another."""
    runs = [*RUNS]
    at = rng.randrange(len(runs))
    run = runs[at]
    losses = run.curve[1].copy()
    losses[rng.randrange(len(losses))] *= 1.5
    predictions = run.predictions.copy()
    predictions[rng.randrange(len(predictions))] *= 1.5
    change = rng.choice(
        [{"label": "x"}, {"curve": (run.curve[0], losses)}, {"predictions": predictions}]
    )
    runs[at] = replace(run, **change)
    return tuple(runs)


def changed(record: Record, rng: random.Random) -> Record:
    """One value of the record made half as large again, or of another sign."""
    name = rng.choice(["inputs", "targets", "losses", "predictions", "parameters", "parameters"])

    def spoil(values: np.ndarray) -> np.ndarray:
        values = values.copy()
        values[tuple(rng.randrange(size) for size in values.shape)] *= rng.choice([1.5, -1, 1.01])
        return values

    if name == "losses":
        return replace(record, history={"loss": spoil(record.losses)})
    if name != "parameters":
        return replace(record, **{name: spoil(getattr(record, name))})
    layers: list[dict[str, Any]] = [dict(layer) for layer in record.parameters]
    layer = rng.choice(layers)
    kind = rng.choice(["kernel", "bias"])
    layer[kind] = spoil(layer[kind])
    return replace(record, parameters=tuple(layers))


def beat_keys(scene: str, show: Show) -> dict[str, str]:
    walked = clips._walk(show, lambda event: None, shipped()[scene], DRAWING, "code")
    return {clip.beat: key_of(clip.made_from) for clip in walked.clips}


def beat_frames(name: str, show: Show) -> dict[str, list[np.ndarray]]:
    scene_class = load_scene(shipped()[name])
    renderer = FastRenderer(FastFrames)
    with tempconfig({"dry_run": True}):
        scene = scene_class(View(show, scene_class.reads), renderer=renderer)
        scene.render()
    frames = iter(renderer.file_writer.frames)
    return {
        beat: [next(frames) for _ in range(round(seconds * DRAWING.video.frame_rate))]
        for beat, seconds in scene.seconds.items()
    }


def same(one: list[np.ndarray], two: list[np.ndarray]) -> bool:
    return len(one) == len(two) and all(map(np.array_equal, one, two))
