"""`train` against the lecture's printed numbers, NumPy, and Keras' own `fit`."""

import gc
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from epochreel.errors import LectureError, RecordError, WrongBackend
from epochreel.lecture.file import load_lecture
from epochreel.lecture.settings import Lecture
from epochreel.lecture.vocabulary import ACTIVATIONS, LOSSES, OPTIMIZERS
from epochreel.record.file import load_record, save_record
from epochreel.record.record import Record
from training import train
from training.backend import require_tensorflow
from training.data import load_data

pytestmark = pytest.mark.keras

MakeLecture = Callable[..., Lecture]
ROOT = Path(__file__).parents[2]
NUMBERS = ROOT / "tests" / "data" / "lecture_numbers.json"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Record:
    path = tmp_path_factory.mktemp("record") / "run.json"
    return load_record(train(load_lecture("loss_function"), path))


def test_numbers_are_those_of_the_lecture(shipped: Record) -> None:
    numbers = json.loads(NUMBERS.read_text())
    assert [printed["epoch"] for printed in numbers] == [0, 1, 2, 3, 4, 5, 500]
    for printed in numbers:
        at = list(shipped.epochs).index(printed["epoch"])
        for recorded, layer in zip(shipped.parameters, printed["parameters"], strict=True):
            for name in ("kernel", "bias"):
                np.testing.assert_allclose(recorded[name][at], layer[name], rtol=0, atol=2e-4)
        np.testing.assert_allclose(
            shipped.predictions[at], printed["predictions"], rtol=0, atol=2e-4
        )


def test_every_epoch_is_recorded_with_the_loss_of_its_predictions(shipped: Record) -> None:
    assert shipped.epochs.tolist() == list(range(501))
    residuals = shipped.predictions.astype(np.float32) - shipped.targets
    np.testing.assert_allclose(shipped.losses, np.mean(residuals**2, axis=(1, 2)), rtol=1e-5)


def test_record_says_what_was_trained(shipped: Record) -> None:
    assert shipped.hyperparameters == {
        "loss": "mean_squared_error",
        "optimizer": "adam",
        "learning_rate": 0.1,
        "optimizer_settings": {},
        "epochs": 500,
        "batch_size": 32,
        "seed": 7,
    }
    assert shipped.rule == "2*x + 1"
    assert shipped.widths == (1, 4, 3, 1)
    assert [(layer.type, layer.activation) for layer in shipped.layers] == [("Dense", "linear")] * 3
    assert shipped.versions.keys() >= {"keras", "tensorflow", "numpy"}
    assert shipped.diverged_at is None


def test_record_survives_saving_and_loading(shipped: Record, tmp_path: Path) -> None:
    loaded = load_record(save_record(shipped, tmp_path / "again.json"))
    for name in ("inputs", "targets", "epochs", "losses", "predictions"):
        np.testing.assert_array_equal(getattr(loaded, name), getattr(shipped, name))
    for mine, theirs in zip(loaded.parameters, shipped.parameters, strict=True):
        assert mine.keys() == theirs.keys()
        for name, values in mine.items():
            np.testing.assert_array_equal(values, theirs[name])
    assert loaded.layers == shipped.layers
    assert loaded.hyperparameters == shipped.hyperparameters


def gradients(kernels: list[Any], biases: list[Any], x: Any, y: Any) -> list[Any]:
    """Those of the mean squared error of a network of linear layers: kernel, bias, kernel, ..."""
    activations = [x]
    for kernel, bias in zip(kernels, biases, strict=True):
        activations.append(activations[-1] @ kernel + bias)
    delta = 2 * (activations.pop() - y) / y.size
    found: list[Any] = []
    for kernel in reversed(kernels):
        found = [activations.pop().T @ delta, delta.sum(axis=0), *found]
        delta = delta @ kernel.T
    return found


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_one_step_is_the_textbooks(optimizer: str, tmp_path: Path) -> None:
    settings = [f"training.optimizer={optimizer}", "training.epochs=1"]
    settings += ["training.learning_rate=0.01"]
    record = load_record(train(load_lecture("loss_function", settings), tmp_path / "run.json"))
    before = [values[0] for layer in record.parameters for values in layer.values()]
    after = [values[1] for layer in record.parameters for values in layer.values()]
    slopes = gradients(before[::2], before[1::2], record.inputs, record.targets)
    for old, new, slope in zip(before, after, slopes, strict=True):
        step = 0.01 * slope
        if optimizer == "adam":
            mean, square = 0.1 * slope / (1 - 0.9), 0.001 * slope**2 / (1 - 0.999)
            step = 0.01 * mean / (np.sqrt(square) + 1e-7)
        np.testing.assert_allclose(new, old - step, rtol=0, atol=2e-6)


def fitted(lecture: Lecture) -> list[Any]:
    """The parameters after `model.fit`, given the samples in the order that `train` takes."""
    from training.loop import epoch_order
    from training.model import build_model

    data, settings = load_data(lecture), lecture.training
    model = build_model(lecture, data.inputs)
    generator = np.random.default_rng(settings.seed)
    for _ in range(settings.epochs):
        order = epoch_order(generator, len(data.inputs))
        x, y = data.inputs[order], data.targets[order]
        model.fit(x, y, batch_size=settings.batch_size, shuffle=False, verbose=0)
    return [values.numpy() for values in model.weights]


def agree(lecture: Lecture, path: Path) -> None:
    record = load_record(train(lecture, path))
    trained = [values[-1] for layer in record.parameters for values in layer.values()]
    for ours, theirs in zip(trained, fitted(lecture), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=2e-4, atol=2e-5)


@pytest.mark.parametrize(
    ("optimizer", "settings", "batch_size"),
    [
        ("sgd", {"momentum": 0.9, "nesterov": True}, 4),
        ("adam", {"beta_1": 0.8, "amsgrad": True}, 3),
        ("adamw", {"weight_decay": 0.01}, 10),
        ("adamax", {}, 5),
        ("nadam", {}, 32),
        ("rmsprop", {"rho": 0.8, "centered": True}, 4),
        ("adagrad", {}, 1),
        ("adadelta", {}, 7),
        ("lion", {"beta_2": 0.9}, 9),
    ],
)
def test_optimizers_agree_with_fit(
    make_lecture: MakeLecture,
    tmp_path: Path,
    optimizer: str,
    settings: dict[str, Any],
    batch_size: int,
) -> None:
    lecture = make_lecture(
        optimizer=optimizer,
        optimizer_settings=settings,
        batch_size=batch_size,
        learning_rate=0.01,
    )
    agree(lecture, tmp_path / "run.json")


@pytest.mark.parametrize(
    ("loss", "activations"),
    [
        ("mean_squared_error", ("elu", "selu", "gelu", "silu", "leaky_relu")),
        ("mean_absolute_error", ("softplus", "softsign", "relu")),
        ("huber", ("sigmoid", "hard_sigmoid")),
        ("log_cosh", ("tanh", "exponential")),
    ],
)
def test_losses_and_activations_agree_with_fit(
    make_lecture: MakeLecture, tmp_path: Path, loss: str, activations: tuple[str, ...]
) -> None:
    hidden = [{"units": 3, "activation": activation} for activation in activations]
    lecture = make_lecture([*hidden, {"units": 1}], loss=loss, batch_size=4, learning_rate=0.01)
    agree(lecture, tmp_path / "run.json")


@pytest.mark.parametrize(
    ("loss", "activation"),
    [("binary_crossentropy", "sigmoid"), ("categorical_crossentropy", "softmax")],
)
def test_classifiers_agree_with_fit(
    make_lecture: MakeLecture, tmp_path: Path, loss: str, activation: str
) -> None:
    generator = np.random.default_rng(0)
    targets = np.eye(3)[generator.integers(0, 3, 10)]
    np.savez(tmp_path / "a.npz", inputs=generator.normal(size=(10, 2)), targets=targets)
    layers = [{"units": 5, "activation": "relu"}, {"units": 3, "activation": activation}]
    agree(make_lecture(layers, {"file": "a.npz"}, loss=loss, batch_size=4), tmp_path / "run.json")


def test_same_lecture_gives_the_same_bytes(make_lecture: MakeLecture, tmp_path: Path) -> None:
    lecture = make_lecture(batch_size=4, epochs=30)
    first = train(lecture, tmp_path / "first.json").read_bytes()
    assert train(lecture, tmp_path / "second.json").read_bytes() == first
    other = train(make_lecture(batch_size=4, epochs=30, seed=4), tmp_path / "third.json")
    assert other.read_bytes() != first


def test_an_epoch_in_parts_is_the_same_epoch(
    make_lecture: MakeLecture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lecture = make_lecture(batch_size=4, epochs=12)
    whole = train(lecture, tmp_path / "whole.json").read_bytes()
    monkeypatch.setattr("training.loop.SECONDS_PER_CALL", 0)
    assert train(lecture, tmp_path / "parts.json").read_bytes() == whole


def test_a_batch_may_be_larger_than_the_data(make_lecture: MakeLecture, tmp_path: Path) -> None:
    whole, larger = make_lecture(batch_size=10), make_lecture(batch_size=2**40)
    records = [load_record(train(lecture, tmp_path / "run.json")) for lecture in (whole, larger)]
    np.testing.assert_array_equal(records[0].losses, records[1].losses)


def test_progress_ends_with_the_last_epoch(make_lecture: MakeLecture, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    train(make_lecture(epochs=9), tmp_path / "run.json", lambda *at: seen.append(at))
    assert seen[0] == (0, 9)
    assert seen[-1] == (9, 9)
    assert seen == sorted(seen)


def test_divergence_is_recorded_up_to_there(make_lecture: MakeLecture, tmp_path: Path) -> None:
    layers = [{"units": 4}, {"units": 1}]
    lecture = make_lecture(layers, optimizer="sgd", learning_rate=1000.0, epochs=50)
    record = load_record(train(lecture, tmp_path / "run.json"))
    assert record.diverged_at == record.epochs[-1] + 1
    assert 0 < record.epochs[-1] < 49
    assert np.isfinite(record.losses).all()
    assert "NaN" not in (tmp_path / "run.json").read_text()


def test_many_trainings_leave_no_graph_and_no_warning(
    make_lecture: MakeLecture, tmp_path: Path
) -> None:
    import tensorflow as tf

    class Said(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    def graphs() -> int:
        gc.collect()
        return sum(isinstance(thing, tf.Graph) for thing in gc.get_objects())

    said: list[str] = []
    handler = Said()
    train(make_lecture(epochs=1), tmp_path / "run.json")
    before = graphs()
    tf.get_logger().addHandler(handler)
    try:
        for seed in range(6):
            train(make_lecture(epochs=1, seed=seed), tmp_path / "run.json")
    finally:
        tf.get_logger().removeHandler(handler)
    assert graphs() == before
    assert not said


def test_interrupt_leaves_what_was_there(make_lecture: MakeLecture, tmp_path: Path) -> None:
    def interrupt(epoch: int, epochs: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "run.json"
    path.write_text("before")
    with pytest.raises(KeyboardInterrupt):
        train(make_lecture(), path, interrupt)
    assert path.read_text() == "before"
    assert [*tmp_path.iterdir()] == [path]


def test_what_only_keras_can_judge_is_one_message(
    make_lecture: MakeLecture, tmp_path: Path
) -> None:
    lecture = make_lecture(optimizer="sgd", optimizer_settings={"momentum": 2.0})
    with pytest.raises(LectureError, match="optimizer_settings: Keras refuses"):
        train(lecture, tmp_path / "run.json")


def test_what_the_film_shows_does_not_reach_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.recording.MAX_RECORDED_NUMBERS", 52 * 6)
    records = [
        train(
            load_lecture("loss_function", ["training.epochs=40", shown]), tmp_path / "run.json"
        ).read_bytes()
        for shown in ("film.shown_epochs=[0]", "film.shown_epochs=[0, 17, 23]")
    ]
    assert records[0] == records[1]
    assert load_record(tmp_path / "run.json").epochs.tolist() == [0, 1, 2, 7, 20, 40]


@pytest.mark.parametrize("backend", ["torch", "jax", "nonsense"])
@pytest.mark.parametrize(
    "program",
    [
        "from training import train; train(lecture, Path('run.json'))",
        "from training.recorder import EpochRecorder",
    ],
)
def test_another_backend_is_one_message(tmp_path: Path, backend: str, program: str) -> None:
    program = f"""
import sys
from pathlib import Path
from epochreel.errors import WrongBackend
from epochreel.lecture.file import load_lecture
lecture = load_lecture("loss_function")
try:
    {program}
except WrongBackend as error:
    assert "Keras runs on '{backend}' (says KERAS_BACKEND)" in str(error), error
else:
    raise AssertionError("not refused")
assert not {{"keras", "tensorflow"}} & {{*sys.modules}}
"""
    environment = {**os.environ, "KERAS_BACKEND": backend, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path, env=environment)


def test_the_backend_of_keras_own_file_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "keras", raising=False)
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    require_tensorflow()
    (tmp_path / "keras.json").write_text('{"backend": "tensorflow"}')
    require_tensorflow()
    (tmp_path / "keras.json").write_text('{"backend": "jax"}')
    with pytest.raises(WrongBackend, match=r"keras\.json"):
        require_tensorflow()
    (tmp_path / "keras.json").write_text("[]")
    require_tensorflow()


def test_folder_is_refused_before_training(make_lecture: MakeLecture, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="is a folder"):
        train(make_lecture(), tmp_path)


def test_training_loads_no_manim(tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from epochreel.lecture.file import load_lecture
from training import train
train(load_lecture("loss_function", ["training.epochs=1"]), Path({str(tmp_path / "run.json")!r}))
assert "keras" in sys.modules
assert not {{"manim", "scenes"}} & {{*sys.modules}}
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_vocabulary_is_keras_own() -> None:
    import keras

    for name in ACTIVATIONS:
        assert keras.activations.get(name).__name__ == name
    for name in LOSSES:
        assert keras.losses.get(name).__name__ == name
    for name, settings in OPTIMIZERS.items():
        optimizer = keras.optimizers.get({"class_name": name, "config": {}})
        assert type(optimizer).__name__.lower() == name
        assert optimizer.get_config().keys() >= {"learning_rate", *settings}
