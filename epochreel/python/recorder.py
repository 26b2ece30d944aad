"""The `EpochRecorder` of `epochreel`, which also makes the film of what it recorded."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from epochreel.errors import NoSuchRecord, shown
from epochreel.lecture.settings import ThemeName
from epochreel.python.render import render
from epochreel.python.shown import RenderedFilm
from training import recorder


class EpochRecorder(recorder.EpochRecorder):
    """Records a training run, as a callback of `model.fit`, and makes its film.

        >>> import keras, numpy as np
        >>> from epochreel import EpochRecorder
        >>> x = np.arange(8.0).reshape(-1, 1)
        >>> model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        >>> model.compile(loss="mean_squared_error", optimizer="sgd")
        >>> recorder = EpochRecorder("run.json", data=(x, 2 * x + 1))
        >>> history = model.fit(x, 2 * x + 1, epochs=3, verbose=0, callbacks=[recorder])
        >>> film = recorder.film(only="title", quality="draft", language="en")
        >>> film.path.name
        'run.en.draft.only-title.mp4'

    The record (see RECORD.md) is written when training ends, and only then; a run that
    diverges is stopped and recorded up to its last finite epoch.

    Args:
        path: the JSON file to write; its folder is made.
        data: inputs (n, d) and targets (n, k) whose predictions and loss are recorded.
        batch_size: what `fit` was given, for the record; Keras does not tell a callback.
        seed: what the random seed was set to, for the record.
        rule: the targets as arithmetic on x, such as `2*x + 1`, if there is such a rule.
        shown_epochs: recorded in any case, where a long run is sampled.

    Raises:
        BadOutput: `path` cannot be written.
        CannotRecord: something given here has no form in a record; at the start of `fit`, the
            model has none.
    """

    _written = False

    def on_train_begin(self, logs: Any = None) -> None:
        """Look at the model, and refuse one that cannot be recorded."""
        self._written = False
        super().on_train_begin(logs)

    def on_train_end(self, logs: Any = None) -> None:
        """Write the record.

        Raises:
            CannotRecord: `fit` was asked for no epoch, so that there is no state.
        """
        super().on_train_end(logs)
        self._written = True

    def film(
        self,
        *,
        settings: Mapping[str, Any] | None = None,
        only: str | Sequence[str] = (),
        quality: str = "medium",
        language: str | None = None,
        theme: ThemeName | None = None,
        out: str | os.PathLike[str] | None = None,
    ) -> RenderedFilm:
        """The film of the record, as `epochreel.render` makes it from the record's file.

        Raises:
            NoSuchRecord: no `fit` with this callback has ended, whatever lies at its path.
            EpochreelError: as `render` does.
        """
        if not self._written:
            raise NoSuchRecord(
                f"EpochRecorder has not written {shown(self.path)} yet: it does when model.fit "
                "ends. Call film after that.",
                value=self.path,
            )
        return render(
            self.path,
            settings=settings,
            only=only,
            quality=quality,
            language=language,
            theme=theme,
            out=out,
        )
