"""What training measured beside the loss: the same of validation samples, and a metric."""

from collections.abc import Mapping

from epochreel.lecture.words import Words
from scenes.drawing.layout import Values

# What Keras notes beside metrics: the learning rate, where a callback changes it.
NO_METRICS = ("loss", "learning_rate", "lr")


class Scores:
    """Of a history by Keras' names.

    Attributes:
        validation: the loss on validation samples, if it was measured.
        metric: the first one's name, if there is any.
    """

    def __init__(self, history: Mapping[str, Values]) -> None:
        self._history = history
        self.validation = history.get("val_loss")
        measured = (name for name in history if not name.startswith("val_"))
        self.metric = next((name for name in measured if name not in NO_METRICS), None)

    @property
    def losses(self) -> list[Values]:
        """All that stands on the loss's axis."""
        return [values for name, values in self._history.items() if name in ("loss", "val_loss")]

    @property
    def metric_curves(self) -> dict[str, Values]:
        """The metric, and the same of the validation samples."""
        names = (self.metric, f"val_{self.metric}")
        return {name: self._history[name] for name in names if name and name in self._history}

    def metric_name(self, words: Words) -> str:
        """What the metric is called: as Keras does, but for the one that everybody knows."""
        return words("accuracy") if self.metric == "accuracy" else str(self.metric)
