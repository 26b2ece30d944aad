"""Keras scripts as lecturers write them: recorded as they were, or refused when `fit` starts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from epochreel.errors import CannotRecord
from epochreel.record.classes import classes_of
from epochreel.record.file import load_record
from epochreel.record.network import can_follow, outputs
from epochreel.record.record import Record
from training.recorder import EpochRecorder

RANDOM = np.random.default_rng(2)
X = RANDOM.normal(size=(40, 4)).astype("float32")
LABELS = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0.5)
IMAGES = RANDOM.uniform(0, 255, (30, 8, 8)).astype("float32")
DIGITS = RANDOM.integers(0, 10, 30)
SPARSE = "sparse_categorical_crossentropy"
layers = keras.layers


def classifier(*hidden: keras.Layer, classes: int = 3, shape: tuple[int, ...] = (4,)) -> Any:
    last = layers.Dense(classes, activation="softmax")
    return keras.Sequential([keras.Input(shape), *hidden, last])


def record_of(
    folder: Path, model: Any, recorder: dict[str, Any], fit: dict[str, Any] | None = None
) -> Record:
    path = folder / "run.json"
    callback = EpochRecorder(path, **recorder)
    callbacks = [callback, *(fit or {}).pop("callbacks", [])]
    data = recorder["data"]
    pair = data if isinstance(data, tuple) else (data,)
    model.fit(*pair, **{"epochs": 3, "verbose": 0, **(fit or {}), "callbacks": callbacks})
    return load_record(path)


def test_dropout_and_normalization_of_batches(tmp_path: Path) -> None:
    hidden = [layers.Dense(8), layers.BatchNormalization(), layers.ReLU(), layers.Dropout(0.3)]
    model = classifier(*hidden)
    model.compile(loss=SPARSE, optimizer="adam", metrics=["accuracy"])
    record = record_of(tmp_path, model, {"data": (X, LABELS)}, {"batch_size": 8})

    assert [layer.type for layer in record.layers] == [
        *("Dense", "BatchNormalization", "ReLU", "Dropout", "Dense")
    ]
    assert record.layers[3].settings == {"rate": 0.3}
    assert record.class_names == ("0", "1", "2")
    loss, accuracy = model.evaluate(X, LABELS, verbose=0)
    assert record.history["loss"][-1] == pytest.approx(loss, rel=1e-5)
    assert record.history["accuracy"][-1] == pytest.approx(accuracy)
    assert can_follow(record)
    assert np.allclose(outputs(record, 3, X)[-1], model.predict(X, verbose=0), atol=1e-6)
    classes = classes_of(record)
    assert classes and (classes.true == LABELS).all()
    assert classes.right[-1].mean() == pytest.approx(accuracy)


def test_images_with_labels_and_names(tmp_path: Path) -> None:
    rescaling = layers.Rescaling(1 / 255)
    model = classifier(rescaling, layers.Flatten(), classes=10, shape=(8, 8))
    model.compile(loss=SPARSE, optimizer="sgd")
    names = [f"digit {at}" for at in range(10)]
    record = record_of(tmp_path, model, {"data": (IMAGES, DIGITS), "class_names": names})

    assert record.inputs.shape == (30, 8, 8)
    assert record.class_names == tuple(names)
    assert record.widths == (64, 10)
    assert np.allclose(outputs(record, 3, IMAGES)[-1], record.predictions[3], atol=1e-6)


def test_a_normalization_that_was_adapted(tmp_path: Path) -> None:
    normalization = layers.Normalization()
    normalization.adapt(5 + 3 * X)
    model = classifier(normalization, layers.Dense(5, activation="tanh"))
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(), optimizer="adam")
    record = record_of(tmp_path, model, {"data": (5 + 3 * X, LABELS)})

    assert np.allclose(record.parameters[0]["mean"], (5 + 3 * X).mean(axis=0), atol=1e-3)
    assert np.allclose(outputs(record, 3, 5 + 3 * X)[-1], record.predictions[3], atol=1e-5)


def test_a_functional_chain_with_one_hot_rows(tmp_path: Path) -> None:
    inputs = keras.Input((4,))
    hidden = layers.LeakyReLU(negative_slope=0.1)(layers.Dense(6)(inputs))
    model = keras.Model(inputs, layers.Dense(3, activation="softmax")(hidden))
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["acc"])
    record = record_of(tmp_path, model, {"data": (X, keras.utils.to_categorical(LABELS))})

    assert record.layers[1].settings == {"negative_slope": 0.1}
    assert record.class_names == ("0", "1", "2")
    assert record.history["acc"].shape == (4,)


def test_two_classes_from_logits(tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile(loss=loss, optimizer="sgd")
    record = record_of(tmp_path, model, {"data": (X, LABELS > 0), "class_names": ["no", "yes"]})

    classes = classes_of(record)
    assert classes and classes.names == ("no", "yes")
    assert np.allclose(
        classes.probabilities[-1, :, 1], 1 / (1 + np.exp(-record.predictions[-1, :, 0]))
    )


@pytest.mark.parametrize("how", ["split", "data"])
def test_validation(tmp_path: Path, how: str) -> None:
    model = classifier()
    model.compile(loss=SPARSE, optimizer="adam", metrics=["accuracy"])
    if how == "split":
        said = {"validation_split": 0.25}
        record = record_of(tmp_path, model, {"data": (X, LABELS), **said}, said)
        assert record.hyperparameters["validation_split"] == 0.25
    else:
        data, held_out = (X[:30], LABELS[:30]), (X[30:], LABELS[30:])
        said = {"validation_data": held_out}
        record = record_of(tmp_path, model, {"data": data, **said}, said)

    assert record.validation
    assert np.allclose(record.validation.inputs, X[30:])
    loss, accuracy = model.evaluate(X[30:], LABELS[30:], verbose=0)
    assert record.history["val_loss"][-1] == pytest.approx(loss, rel=1e-5)
    assert record.history["val_accuracy"][-1] == pytest.approx(accuracy)


def test_validation_that_was_not_told_is_warned_of(tmp_path: Path) -> None:
    model = classifier()
    model.compile(loss=SPARSE, optimizer="adam")
    with pytest.warns(UserWarning, match="Pass validation_data"):
        record = record_of(tmp_path, model, {"data": (X, LABELS)}, {"validation_split": 0.2})
    assert record.validation is None


@pytest.mark.parametrize("batched", [True, False])
def test_a_data_set_of_tensorflow(tmp_path: Path, batched: bool) -> None:
    pairs = tf.data.Dataset.from_tensor_slices((X, LABELS))
    model = classifier()
    model.compile(loss=SPARSE, optimizer="adam")
    callback = EpochRecorder(tmp_path / "run.json", data=pairs.batch(16) if batched else pairs)
    model.fit(pairs.batch(16), epochs=2, verbose=0, shuffle=False, callbacks=[callback])
    record = load_record(tmp_path / "run.json")
    assert np.allclose(record.inputs, X)
    assert record.targets.argmax(axis=1).tolist() == LABELS.tolist()


def test_an_endless_data_set_is_refused(tmp_path: Path) -> None:
    pairs = tf.data.Dataset.from_tensor_slices((X, LABELS)).batch(8).repeat()
    model = classifier()
    model.compile(loss=SPARSE, optimizer="adam")
    callback = EpochRecorder(tmp_path / "run.json", data=pairs)
    with pytest.raises(CannotRecord, match="repeats without end"):
        model.fit(pairs, steps_per_epoch=2, verbose=0, shuffle=False, callbacks=[callback])


def test_a_generator_with_its_samples_told(tmp_path: Path) -> None:
    def batches() -> Iterator[Any]:
        while True:
            yield X[:8], LABELS[:8]

    model = classifier()
    model.compile(loss=SPARSE, optimizer="adam")
    callback = EpochRecorder(tmp_path / "run.json", data=(X, LABELS))
    model.fit(
        batches(), steps_per_epoch=3, epochs=2, verbose=0, shuffle=False, callbacks=[callback]
    )
    assert load_record(tmp_path / "run.json").epochs.tolist() == [0, 1, 2]


def test_early_stopping(tmp_path: Path) -> None:
    stop = keras.callbacks.EarlyStopping(monitor="loss", patience=0, min_delta=100)
    model = classifier()
    model.compile(loss=SPARSE, optimizer="adam")
    record = record_of(tmp_path, model, {"data": (X, LABELS)}, {"epochs": 50, "callbacks": [stop]})
    assert record.hyperparameters["epochs"] == 50
    assert record.epochs[-1] < 50


def test_mixed_precision_of_classes(tmp_path: Path) -> None:
    keras.mixed_precision.set_global_policy("mixed_float16")
    try:
        model = classifier(layers.Dense(4, activation="relu"))
    finally:
        keras.mixed_precision.set_global_policy("float32")
    model.compile(loss=SPARSE, optimizer="adam")
    record = record_of(tmp_path, model, {"data": (X, LABELS)})
    assert np.allclose(record.predictions.sum(axis=-1), 1, atol=2e-3)


def test_a_metric_that_is_no_mean_is_warned_of(tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input((4,)), layers.Dense(1, activation="sigmoid")])
    model.compile(loss="binary_crossentropy", metrics=[keras.metrics.AUC(), "mae"])
    with pytest.warns(UserWarning, match="leaves the metric 'auc'"):
        record = record_of(tmp_path, model, {"data": (X, LABELS > 0)})
    assert {*record.history} == {"loss", "mae"}


def own(model: Any) -> Any:
    class Double(layers.Layer):
        def call(self, values: Any) -> Any:
            return 2 * values

    return classifier(Double())


REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "convolution": (
        lambda: classifier(
            layers.Reshape((8, 8, 1)), layers.Conv2D(2, 3), layers.Flatten(), shape=(8, 8)
        ),
        "is a Conv2D layer; layers that are recorded: Dense, ",
    ),
    "recurrence": (lambda: classifier(layers.LSTM(4), shape=(8, 8)), "is a LSTM layer"),
    "own layer": (lambda: own(None), "is a Double layer of your own"),
    "no neurons": (
        lambda: keras.Sequential([keras.Input((3,)), layers.Softmax()]),
        "it has no Dense layer",
    ),
    "other axis": (
        lambda: classifier(layers.BatchNormalization(axis=1), layers.Flatten(), shape=(8, 8)),
        "works along axis 1",
    ),
    "dense on rows of rows": (
        lambda: classifier(layers.Dense(4), layers.Flatten(), shape=(8, 8)),
        "is a Dense layer for arrays of shape (8, 8); put a Flatten before it",
    ),
    "rows of rows": (
        lambda: keras.Sequential([keras.Input((8, 8)), layers.Dense(3)]),
        "its outputs have shape (None, 8, 3)",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_recorded_is_refused_before_training(tmp_path: Path, case: str) -> None:
    build, message = REFUSED[case]
    model = build()
    model.compile(loss=SPARSE, optimizer="sgd")
    shape = model.input_shape[1:]
    x, y = RANDOM.normal(size=(12, *shape)), RANDOM.integers(0, 3, 12)
    before = [each.copy() for each in model.get_weights()]
    with pytest.raises(CannotRecord) as error:
        model.fit(x, y, verbose=0, callbacks=[EpochRecorder(tmp_path / "run.json", data=(x, y))])
    assert message in str(error.value)
    assert all(map(np.array_equal, before, model.get_weights()))


def test_labels_for_a_loss_of_one_hot_rows_are_told_what_to_write(tmp_path: Path) -> None:
    model = classifier()
    model.compile(loss="categorical_crossentropy", optimizer="sgd")
    with pytest.raises(CannotRecord, match=r"takes one-hot rows\. Write y = keras\.utils"):
        record_of(tmp_path, model, {"data": (X, LABELS)})


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"class_names": ["a", "b"]}, "label 2; there are 2 class names"),
        ({"class_names": ["a", "b", "c", "d"]}, "class_names has 4 names, and there are 3"),
        ({"feature_names": ["a"]}, "feature_names has 1 names, and there are 4"),
        ({"class_names": "abc"}, "must be a list of different names"),
        ({"class_names": ["a", "a", "b"]}, "must be a list of different names"),
        ({"validation_split": 1.5}, "between 0 and 1. Found 1.5"),
        ({"validation_split": 0.99}, "leaves one side of 40 samples empty"),
    ],
)
def test_what_is_said_wrong(tmp_path: Path, said: dict[str, Any], message: str) -> None:
    model = classifier()
    model.compile(loss=SPARSE, optimizer="sgd")
    with pytest.raises(CannotRecord) as error:
        record_of(tmp_path, model, {"data": (X, LABELS), **said})
    assert message in str(error.value)
