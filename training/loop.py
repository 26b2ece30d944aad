"""Training many epochs in one call: the loop of `model.fit`, compiled.

`fit` spends nearly all its time on a small network between batches, in Python. Here the
batches and epochs are loops of a TensorFlow graph around Keras' own `train_step`, and the
state after each epoch is kept in the graph as well.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import tensorflow as tf
from tensorflow.python.framework.ops import gradient_registry

from epochreel.lecture.settings import Lecture
from epochreel.record.file import save_record
from training.model import build_model
from training.recording import Recording
from training.samples import Samples

Orders = npt.NDArray[np.int32]

# Python sees Ctrl-C between two calls only.
SECONDS_PER_CALL = 0.25
FIRST_BATCHES = 32
MAX_NUMBERS_PER_CALL = 16_000_000


def train_on(
    lecture: Lecture, data: Samples, path: Path, progress: Callable[[int, int], None]
) -> Path:
    """Train on `data`, already checked against the lecture; see `training.train`."""
    training = lecture.training
    recording = Recording(
        build_model(lecture, data.inputs),
        data,
        training.epochs,
        said={"batch_size": training.batch_size, "seed": training.seed},
        rule=lecture.data.rule,
    )
    with graphs_as_written():
        run_epochs(recording, training.batch_size, training.epochs, training.seed, progress)
    return save_record(recording.record(), path)


def epoch_order(generator: np.random.Generator, samples: int) -> Orders:
    """The order in which the next epoch goes through the samples."""
    return generator.permutation(samples).astype(np.int32)


def run_epochs(
    recording: Recording,
    batch_size: int,
    epochs: int,
    seed: int,
    progress: Callable[[int, int], None],
) -> None:
    """Train the recording's model for `epochs` epochs, or until it diverges, and keep each."""
    samples = len(recording.data.inputs)
    batch_size = min(batch_size, samples)
    run = compile_epochs(recording, batch_size)
    generator = np.random.default_rng(seed)
    batches = math.ceil(samples / batch_size)
    most = max(1, MAX_NUMBERS_PER_CALL // (recording.numbers + samples))
    # A row without samples trains nothing: the state before training.
    keep_all(recording, 0, run(np.empty((1, 0), dtype=np.int32)))
    progress(0, epochs)
    epoch, batches_per_call = 0, FIRST_BATCHES
    while epoch < epochs:
        count = min(most, epochs - epoch, max(1, batches_per_call // batches))
        orders = np.stack([epoch_order(generator, samples) for _ in range(count)])
        done = 0
        while done < samples:
            part = orders[:, done : done + batches_per_call * batch_size]
            start = time.perf_counter()
            states = run(part)
            rate = count * math.ceil(part.shape[1] / batch_size) / (time.perf_counter() - start)
            batches_per_call = max(1, int(rate * SECONDS_PER_CALL))
            done += part.shape[1]
        if not keep_all(recording, epoch + 1, states):
            return
        epoch += count
        progress(epoch, epochs)


def keep_all(recording: Recording, first: int, states: list[tf.Tensor]) -> bool:
    """Keep the states after epoch `first` and those that follow; False where one diverged."""
    columns = zip(*(values.numpy() for values in states), strict=True)
    return all(
        recording.keep(epoch, scores, predictions, parameters)
        for epoch, (scores, predictions, *parameters) in enumerate(columns, start=first)
    )


def compile_epochs(recording: Recording, batch_size: int) -> Callable[[Orders], list[tf.Tensor]]:
    """A function that trains one epoch for each row of sample indices it is given.

    It takes int32 (E, m) and returns, for the state after each row, the scores (E, s), the
    predictions (E, n, k) and every parameter (E, *shape).
    """
    model = recording.model
    model.optimizer.build(model.trainable_variables)
    inputs, targets = tf.constant(recording.data.inputs), tf.constant(recording.true)
    shapes = [
        (len(recording.scores),),
        recording.data.targets.shape,
        *(variable.shape for variable in recording.variables),
    ]

    @tf.function(autograph=False, input_signature=[tf.TensorSpec((None, None), tf.int32)])  # type: ignore[untyped-decorator]
    def run(orders: tf.Tensor) -> list[tf.Tensor]:
        epochs, samples = tf.unstack(tf.shape(orders))

        def run_epoch(epoch: tf.Tensor, states: list[tf.TensorArray]) -> tuple[Any, Any]:
            def run_batch(start: tf.Tensor) -> tf.Tensor:
                batch = orders[epoch, start : start + batch_size]
                model.train_step((tf.gather(inputs, batch), tf.gather(targets, batch)))
                return start + batch_size

            tf.while_loop(lambda start: start < samples, run_batch, [0])
            scores, predictions, parameters = recording.state()
            values = [scores, predictions, *parameters]
            return epoch + 1, [
                array.write(epoch, v) for array, v in zip(states, values, strict=True)
            ]

        states = [tf.TensorArray(tf.float32, epochs, element_shape=shape) for shape in shapes]
        _, states = tf.while_loop(lambda epoch, _: epoch < epochs, run_epoch, [0, states])
        return [array.stack() for array in states]

    # Traced here, and not in its first call, for which TensorFlow warns after some trainings.
    with gradients_forgotten():
        return cast(Callable[[Orders], list[tf.Tensor]], run.get_concrete_function())


@contextmanager
def gradients_forgotten() -> Iterator[None]:
    """Let go of the gradients that TensorFlow registers for ever while a graph is traced.

    Keras' optimizers make it register one that holds their whole graph, about 10 MB for each
    training. What is traced in this block has its derivatives already. There is no public way;
    where there is nothing of the name, nothing is let go.
    """
    registered: dict[str, object] = getattr(gradient_registry, "_registry", {})
    before = {*registered}
    try:
        yield
    finally:
        for name in registered.keys() - before:
            del registered[name]


@contextmanager
def graphs_as_written() -> Iterator[None]:
    """Without TensorFlow's rewriting of graphs, which takes longer than it saves here."""
    name = "disable_meta_optimizer"
    before = tf.config.optimizer.get_experimental_options().get(name, False)
    tf.config.optimizer.set_experimental_options({name: True})
    try:
        yield
    finally:
        tf.config.optimizer.set_experimental_options({name: before})
