"""A lecture, trained and recorded. Light to import: Keras comes with the first training."""

import os
from collections.abc import Callable
from pathlib import Path

from epochreel.files import check_writable
from epochreel.lecture.settings import Lecture
from training.backend import require_tensorflow
from training.data import load_data
from training.samples import Samples

OnEpoch = Callable[[int, int], None]


def quiet_tensorflow() -> None:
    """Keep TensorFlow's start-up notes from a lecturer; to be called before it is imported."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Without oneDNN there is no note about it, and sums come out in one order on every machine.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")


def train(
    lecture: Lecture,
    path: Path,
    progress: OnEpoch | None = None,
    samples: Samples | None = None,
) -> Path:
    """Train the lecture's model and write its record to `path`, whole or not at all.

    Does what `model.fit(inputs, targets, batch_size, epochs)` does, several times faster. The
    same lecture gives the same record.

    Args:
        lecture: what to train, on what, and how.
        path: the JSON file to write; its folder is made.
        samples: what to train on; by default the lecture's own, read from where it says.
        progress: called with the epoch reached and the number of epochs, a few times a second.

    Raises:
        LectureError: something in the lecture cannot be used; found before Keras is imported,
            except for values that only Keras can judge.
        BadOutput: `path` cannot be written; found before anything else.
        RecordError: Keras is set to run without TensorFlow, or the state before training is not
            finite.
    """
    check_writable(path, "path")
    data = samples or load_data(lecture)
    require_tensorflow()
    quiet_tensorflow()
    from training.loop import train_on

    return train_on(lecture, data, path, progress or (lambda epoch, epochs: None))
