"""`EpochRecorder.film`: from one's own `model.fit` to a film."""

from pathlib import Path
from typing import Any

import pytest

from epochreel.errors import BadSetting, NoSuchRecord
from epochreel.record.file import save_record
from tests.records import a_record

pytestmark = [pytest.mark.keras, pytest.mark.manim, pytest.mark.render]


def fitted(recorder: Any, *callbacks: Any) -> None:
    import keras
    import numpy as np

    x = np.arange(6.0).reshape(-1, 1)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(loss="mean_squared_error", optimizer="sgd")
    model.fit(x, x, epochs=2, verbose=0, callbacks=[recorder, *callbacks])


def new_recorder() -> Any:
    import numpy as np

    from epochreel import EpochRecorder

    x = np.arange(6.0).reshape(-1, 1)
    return EpochRecorder("run.json", data=(x, x))


def test_the_film_of_ones_own_training_has_words_of_ones_own(tmp_path: Path) -> None:
    recorder = new_recorder()
    fitted(recorder)

    film = recorder.film(
        settings={"words.en.lesson": "My network"},
        only=["title"],
        quality="draft",
        language="en",
        theme="night",
        out="mine.mp4",
    )

    assert film.path == tmp_path / "mine.mp4"
    assert "My network" in film.path.with_suffix(".vtt").read_text()
    with pytest.raises(BadSetting, match="a record is shown as it was trained"):
        recorder.film(settings={"training.epochs": 3})


def test_a_record_of_another_training_is_no_film_of_this_one(tmp_path: Path) -> None:
    import keras

    class Interrupted(keras.callbacks.Callback):
        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            raise KeyboardInterrupt

    save_record(a_record(), tmp_path / "run.json")
    recorder = new_recorder()
    with pytest.raises(NoSuchRecord, match=r"has not written run\.json yet: it does when"):
        recorder.film(quality="draft")

    fitted(recorder)
    with pytest.raises(KeyboardInterrupt):
        fitted(recorder, Interrupted())
    with pytest.raises(NoSuchRecord, match=r"has not written run\.json yet: it does when"):
        recorder.film(quality="draft")
