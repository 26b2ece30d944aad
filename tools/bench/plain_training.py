"""The lecture's training, recorded as Keras' users do it: `fit` and a callback that takes notes.

    python plain_training.py OUT.json EPOCHS

Prints the seconds it took, the imports not counted.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # read when Keras imports TensorFlow

import keras
import numpy as np


class Notes(keras.callbacks.Callback):
    """Keeps loss, weights and predictions of every epoch."""

    def __init__(self, inputs: np.ndarray) -> None:
        super().__init__()
        self.inputs = inputs
        self.epochs: list[dict[str, Any]] = []

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Note what the network knows now."""
        weights = [array.tolist() for array in self.model.get_weights()]
        outputs = self.model(self.inputs).numpy().tolist()
        self.epochs.append({"loss": logs["loss"], "weights": weights, "outputs": outputs})


def main(path: Path, epochs: int) -> None:
    """Train 1-4-3-1 on f(x) = 2x + 1 and write the notes."""
    inputs = np.arange(-10.0, 10.0, dtype=np.float32)[:, np.newaxis]
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input(shape=(1,))])
    for units in (4, 3, 1):
        model.add(keras.layers.Dense(units))
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.1), loss="mean_squared_error")
    notes = Notes(inputs)
    model.fit(inputs, 2 * inputs + 1, epochs=epochs, verbose=0, callbacks=[notes])
    path.write_text(json.dumps(notes.epochs), encoding="utf-8")


if __name__ == "__main__":
    begin = time.perf_counter()
    main(Path(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps({"seconds": time.perf_counter() - begin}))
