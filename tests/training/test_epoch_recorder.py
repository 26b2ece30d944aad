"""`EpochRecorder` in a user's own `model.fit`."""

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from epochreel.errors import BadOutput, CannotRecord, RecordError
from epochreel.record.file import load_record
from training import recording
from training.description import recorded_layers
from training.recorder import EpochRecorder
from training.recording import kept_epochs

pytestmark = pytest.mark.keras

X = np.linspace(-1, 1, 12, dtype=np.float32).reshape(-1, 1)
Y = X**3


def sequential(*layers: Any, **settings: Any) -> Any:
    keras.utils.set_random_seed(1)
    dense = layers or (keras.layers.Dense(3, "tanh"), keras.layers.Dense(1))
    model = keras.Sequential([keras.Input((1,)), *dense])
    model.compile(**{"loss": "mean_squared_error", "optimizer": "sgd", **settings})
    return model


def compiled(model: Any) -> Any:
    model.compile(loss="mean_squared_error", optimizer="sgd")
    return model


class Weights(keras.callbacks.Callback):
    """What a user would keep by hand."""

    def on_train_begin(self, logs: Any = None) -> None:
        self.seen = [self.model.get_weights()]

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.seen.append(self.model.get_weights())


def test_records_every_epoch_as_it_was(tmp_path: Path) -> None:
    model, weights = sequential(), Weights()
    callback = EpochRecorder(tmp_path / "run.json", data=(X, Y), batch_size=4, seed=1)
    model.fit(X, Y, epochs=3, batch_size=4, verbose=0, callbacks=[weights, callback])
    record = load_record(tmp_path / "run.json")
    assert record.epochs.tolist() == [0, 1, 2, 3]
    for at, seen in enumerate(weights.seen):
        recorded = [values[at] for layer in record.parameters for values in layer.values()]
        for ours, theirs in zip(recorded, seen, strict=True):
            np.testing.assert_array_equal(ours.astype(np.float32), theirs)
    np.testing.assert_allclose(record.predictions[-1], model(X), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(record.losses[-1], model.evaluate(X, Y, verbose=0), rtol=1e-5)
    assert record.hyperparameters["batch_size"] == 4
    assert record.hyperparameters["learning_rate"] == 0.01


def test_does_not_change_the_training(tmp_path: Path) -> None:
    plain, recorded = sequential(), sequential()
    plain.fit(X, Y, epochs=2, verbose=0, shuffle=False)
    callback = EpochRecorder(tmp_path / "run.json", data=(X, Y))
    recorded.fit(X, Y, epochs=2, verbose=0, shuffle=False, callbacks=[callback])
    for ours, theirs in zip(recorded.get_weights(), plain.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_functional_chain_with_layers_of_many_kinds(tmp_path: Path) -> None:
    inputs = keras.Input((1,))
    hidden = keras.layers.Dense(4)(inputs)
    hidden = keras.layers.BatchNormalization(name="norm")(hidden)
    hidden = keras.layers.Activation("relu")(hidden)
    hidden = keras.layers.Dropout(0.5)(hidden)
    model = keras.Model(inputs, keras.layers.Dense(1)(hidden))
    model.compile(loss=keras.losses.Huber(), optimizer=keras.optimizers.RMSprop(0.02))
    callback = EpochRecorder(tmp_path / "run.json", data=(X[:, 0], Y[:, 0]))
    model.fit(X, Y, epochs=2, verbose=0, callbacks=[callback])
    record = load_record(tmp_path / "run.json")
    assert [layer.type for layer in record.layers] == [
        "Dense",
        "BatchNormalization",
        "Activation",
        "Dropout",
        "Dense",
    ]
    assert record.layers[2].activation == "relu"
    assert record.parameters[1].keys() == {"gamma", "beta", "moving_mean", "moving_variance"}
    assert record.hyperparameters["loss"].startswith("huber")
    assert record.hyperparameters["optimizer"] == "rmsprop"
    assert record.hyperparameters["seed"] is None


def test_sequential_without_input_is_built_by_fit(tmp_path: Path) -> None:
    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile(loss="mean_absolute_error", optimizer="adam")
    callback = EpochRecorder(tmp_path / "run.json", data=(X, Y))
    model.fit(X, Y, epochs=1, verbose=0, callbacks=[callback])
    assert load_record(tmp_path / "run.json").widths == (1, 1)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras' saving
def test_models_grown_cloned_and_loaded_are_chains(tmp_path: Path) -> None:
    grown = keras.Sequential()
    for layer in (keras.Input((1,)), keras.layers.Dense(2), keras.layers.Dense(1)):
        grown.add(layer)
    inputs = keras.Input((1,))
    functional = keras.Model(inputs, keras.layers.Dense(1)(keras.layers.Dense(2)(inputs)))
    functional.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    for model in (grown, functional, keras.models.clone_model(functional), loaded):
        assert [layer.units for layer in recorded_layers(compiled(model))] == [2, 1]


def test_resumed_training_starts_at_its_epoch(tmp_path: Path) -> None:
    callback = EpochRecorder(tmp_path / "run.json", data=(X, Y))
    sequential().fit(X, Y, initial_epoch=5, epochs=7, verbose=0, callbacks=[callback])
    assert load_record(tmp_path / "run.json").epochs.tolist() == [5, 6, 7]


def test_divergence_stops_training(tmp_path: Path) -> None:
    layers = keras.layers.Dense(4), keras.layers.Dense(1)
    model = sequential(*layers, optimizer=keras.optimizers.SGD(1000.0))
    callback = EpochRecorder(tmp_path / "run.json", data=(X, Y))
    history = model.fit(X, Y, epochs=60, verbose=0, callbacks=[callback])
    record = load_record(tmp_path / "run.json")
    assert record.diverged_at == record.epochs[-1] + 1 == len(history.epoch)
    assert len(history.epoch) < 60


def test_interrupted_fit_writes_nothing(tmp_path: Path) -> None:
    def interrupt(epoch: int, logs: Any) -> None:
        raise KeyboardInterrupt

    callbacks = [
        EpochRecorder(tmp_path / "run.json", data=(X, Y)),
        keras.callbacks.LambdaCallback(on_epoch_end=interrupt),
    ]
    with pytest.raises(KeyboardInterrupt):
        sequential().fit(X, Y, epochs=2, verbose=0, callbacks=callbacks)
    assert not [*tmp_path.iterdir()]


def test_long_runs_are_sampled_and_end_with_the_last_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = sequential()
    monkeypatch.setattr(recording, "MAX_RECORDED_NUMBERS", 5 * (1 + len(Y) + model.count_params()))
    callbacks = [
        EpochRecorder(tmp_path / "run.json", data=(X, Y), shown_epochs=[7]),
        keras.callbacks.LambdaCallback(
            on_epoch_end=lambda epoch, logs: setattr(model, "stop_training", epoch == 13)
        ),
    ]
    model.fit(X, Y, epochs=16, verbose=0, callbacks=callbacks)
    record = load_record(tmp_path / "run.json")
    assert record.epochs.tolist() == [0, 1, 2, 6, 7, 14]
    epochs, losses = record.curve
    assert epochs.tolist() == [*range(15)]
    np.testing.assert_array_equal(losses[record.epochs], record.losses)
    assert np.isin(losses, record.losses).sum() == len(record.epochs)
    last = record.parameters[0]["kernel"][-1].astype(np.float32)
    np.testing.assert_array_equal(last, model.get_weights()[0])


def test_kept_epochs() -> None:
    assert kept_epochs(4, 5) == {0, 1, 2, 3, 4}
    assert kept_epochs(500, 2, [5, 9000]) == {0, 5, 500}
    sampled = sorted(kept_epochs(10_000, 100))
    assert sampled[:50] == [*range(50)]
    assert sampled[-1] == 10_000
    assert len(sampled) == 100
    assert np.diff(np.diff(sampled)).min() >= -1
    assert np.diff(sampled)[-1] > 100


@pytest.mark.parametrize("last", [2, 3, 7, 50, 501])
def test_kept_epochs_use_all_their_room(last: int) -> None:
    for room in range(2, last + 3):
        kept = sorted(kept_epochs(last, room))
        assert len(kept) == min(room, last + 1)
        assert kept[: (len(kept) + 1) // 2] == [*range((len(kept) + 1) // 2)]
        assert kept[-1] == last
    assert kept_epochs(last, 0) == {0, last}


def two_inputs() -> Any:
    inputs = [keras.Input((1,)), keras.Input((1,))]
    return keras.Model(inputs, keras.layers.Dense(1)(keras.layers.Add()(inputs)))


def branches() -> Any:
    inputs = keras.Input((1,))
    left, right = keras.layers.Dense(2)(inputs), keras.layers.Dense(2)(inputs)
    return keras.Model(inputs, keras.layers.Dense(1)(keras.layers.Add()([left, right])))


def shared() -> Any:
    layer, inputs = keras.layers.Dense(1, name="twice"), keras.Input((1,))
    return keras.Model(inputs, layer(layer(inputs)))


def nested() -> Any:
    inner = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)], name="inner")
    return keras.Sequential([keras.Input((1,)), inner])


def operation() -> Any:
    inputs = keras.Input((1,))
    return keras.Model(inputs, keras.layers.Dense(1, name="after")(inputs * 2))


class Subclass(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.dense = keras.layers.Dense(1)

    def call(self, x: Any) -> Any:
        return self.dense(x)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (two_inputs, "it has 2 inputs"),
        (branches, "does not take the output of the layer before it"),
        (shared, "its output is not that of its last layer, used once"),
        (nested, "'inner' is a model inside the model"),
        (operation, "'after' does not take the output of the layer before it"),
        (Subclass, "not Sequential and not functional"),
    ],
)
def test_models_that_cannot_be_recorded(make: Any, message: str, tmp_path: Path) -> None:
    model = compiled(make())
    x = (X, X) if make is two_inputs else X
    callback = EpochRecorder(tmp_path / "run.json", data=(X, Y))
    with pytest.raises(RecordError, match=message):
        model.fit(x, Y, epochs=1, verbose=0, callbacks=[callback])
    assert not [*tmp_path.iterdir()]


def test_data_must_fit_the_model(tmp_path: Path) -> None:
    callback = EpochRecorder(tmp_path / "run.json", data=(np.zeros((3, 2)), np.zeros((3, 1))))
    with pytest.raises(RecordError, match="from 1 inputs to 1 outputs; the data has 2 inputs"):
        sequential().fit(X, Y, verbose=0, callbacks=[callback])
    with pytest.raises(RecordError, match="3 inputs and 2 targets"):
        EpochRecorder(tmp_path / "run.json", data=(np.zeros(3), np.zeros(2)))


def test_a_path_that_cannot_be_written_is_found_before_training(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path, reason in [
        (tmp_path, "is a folder; give the file to write"),
        (tmp_path / "file" / "run.json", "cannot be written"),
        (tmp_path / ("n" * 300 + ".json"), "cannot be written"),
    ]:
        with pytest.raises(BadOutput, match=reason):
            EpochRecorder(path, data=(X, Y))
    assert [*tmp_path.iterdir()] == [tmp_path / "file"]


def test_a_folder_is_made_and_the_longest_name_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / ("n" * 250 + ".json")
    sequential().fit(X, Y, verbose=0, callbacks=[EpochRecorder(path, data=(X, Y))])
    assert [*path.parent.iterdir()] == [path]


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({}, "data", "data: found nothing, not inputs and targets. Pass arrays, data="),
        ({"data": X}, "data", "data: found a ndarray, not inputs and targets"),
        ({"data": (X, Y, Y)}, "data", "data: found a tuple, not inputs and targets"),
        ({"data": "x, y"}, "data", "data: found a str, not inputs and targets"),
        ({"data": ([[1], [2, 3]], [1, 2])}, "data", "inputs must be numbers in rows of one"),
        ({"data": (X, object())}, "data", "targets must be numbers; found dtype"),
        ({"data": (X, Y), "seed": "7"}, "seed", "seed must be a whole number from 0, or None"),
        ({"data": (X, Y), "batch_size": 0}, "batch_size", "whole number from 1, or None. Found 0"),
        ({"data": (X, Y), "rule": "2*y"}, "rule", "unknown name 'y'"),
    ],
)
def test_what_cannot_be_recorded_is_found_at_once(
    tmp_path: Path, given: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(CannotRecord) as error:
        EpochRecorder(tmp_path / "run.json", **given)
    assert message in str(error.value)
    assert error.value.field == field


def test_a_dataset_is_no_pair_of_arrays(tmp_path: Path) -> None:
    dataset = tf.data.Dataset.from_tensor_slices((X, Y)).batch(4)
    with pytest.raises(CannotRecord, match="inputs must be numbers"):
        EpochRecorder(tmp_path / "run.json", data=(dataset, Y))


def test_no_epoch_is_nothing_to_record(tmp_path: Path) -> None:
    callback = EpochRecorder(tmp_path / "run.json", data=(X, Y))
    with pytest.raises(CannotRecord, match="fit trained no epoch"):
        sequential().fit(X, Y, epochs=0, verbose=0, callbacks=[callback])


def test_mixed_precision_is_recorded_as_the_optimizer_inside(tmp_path: Path) -> None:
    adam = keras.optimizers.Adam(0.02, beta_1=0.8)
    model = sequential(optimizer=keras.optimizers.LossScaleOptimizer(adam))
    callback = EpochRecorder(tmp_path / "run.json", data=(X, Y))
    model.fit(X, Y, epochs=1, verbose=0, callbacks=[callback])
    said = load_record(tmp_path / "run.json").hyperparameters
    assert (said["optimizer"], said["learning_rate"]) == ("adam", 0.02)
    assert said["optimizer_settings"] == {"beta_1": 0.8}
