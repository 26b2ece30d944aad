"""The loss and the metrics of a compiled model as functions of true values and predictions."""

import warnings
from collections.abc import Callable, Mapping
from typing import Any

import keras
import tensorflow as tf

# Of true values (n,) or (n, k) and predictions (n, k): a number for each sample.
Score = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]

ACCURACY = ("accuracy", "acc")


def scores_of(model: keras.Model, labels: bool) -> Mapping[str, Score]:
    """The loss, called `loss`, and every metric that is a mean over samples, by Keras' names.

    Others, such as AUC, have no value for each sample; a warning says that they are left out.

    Args:
        labels: whether true values are the numbers of classes, and not one-hot rows.
    """
    scores: dict[str, Score] = {"loss": keras.losses.get(model.loss)}
    for metric in _metrics(model):
        name, score = _score(metric, model.outputs[0].shape[-1], labels)
        if score is None:
            warnings.warn(
                f"epochreel leaves the metric {name!r} out of the record: it is no mean over "
                "samples.",
                stacklevel=2,
            )
        else:
            scores[name] = score
    return scores


def _metrics(model: keras.Model) -> list[Any]:
    """What `compile` was given as metrics; Keras keeps it in a private place alone."""
    given = getattr(getattr(model, "_compile_metrics", None), "_user_metrics", None) or []
    if isinstance(given, Mapping):
        given = [*given.values()]
    flat: list[Any] = []
    for metric in given if isinstance(given, list | tuple) else [given]:
        flat += metric if isinstance(metric, list | tuple) else [metric]
    return flat


def _score(metric: Any, outputs: int, labels: bool) -> tuple[str, Score | None]:
    """What a metric is called, and its function if it has a value for each sample."""
    if metric in ACCURACY:
        kind = "sparse_categorical" if labels else "binary" if outputs == 1 else "categorical"
        return str(metric), getattr(keras.metrics, f"{kind}_accuracy")
    name = metric if isinstance(metric, str) else None
    found = keras.metrics.get(metric)
    if isinstance(found, type):
        found = found()
    if not isinstance(found, keras.metrics.Metric):
        return name or str(getattr(found, "__name__", "metric")), found
    # Keras' own metrics that are means hold their function in a private place.
    function, settings = getattr(found, "_fn", None), getattr(found, "_fn_kwargs", {})
    name = name or str(found.name)
    if function is None:
        return name, None
    return name, lambda true, predicted: function(true, predicted, **settings)
