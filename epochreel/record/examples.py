"""Small records of every kind, made without training: to try scenes on what lecturers bring."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from epochreel.record.learned import learned
from epochreel.record.record import Array, Layer, Record

Loss = Callable[[Array], Array]

ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "linear": lambda z: z,
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
}
# Of the error, prediction − truth; of a loss that is not here the square is taken.
LOSSES: dict[str, Loss] = {
    "mean_absolute_error": np.abs,
    "huber": lambda error: np.where(np.abs(error) <= 1, error**2 / 2, np.abs(error) - 0.5),
    "log_cosh": lambda error: np.logaddexp(error, -error) - np.log(2),
}


def example(
    *,
    widths: Sequence[int] = (1, 4, 3, 1),
    samples: int = 20,
    epochs: Sequence[int] = tuple(range(13)),
    asked: int | None = None,
    activation: str = "linear",
    loss: str = "mean_squared_error",
    constant: bool = False,
    growth: float = 1.0,
    scale: float = 1.0,
    diverged_at: int | None = None,
    rule: str | None = "2*x + 1",
    said: Mapping[str, Any] | None = None,
    task: str | None = None,
    **learning: Any,
) -> Record:
    """A record of a network that moves from one random state towards another.

    Args:
        task: what a network really learned, as `learned` takes it with the rest.
        asked: how many epochs were asked for, if more than were trained.
        constant: every epoch is the same.
        growth: parameters are multiplied by it from epoch to epoch, as in a run that diverges.
        scale: all values of the data and of the last layer are multiplied by it.
        said: hyperparameters beside those, or in their place.
    """
    if task:
        return learned(task, said=said, **learning)
    random = np.random.default_rng(1)
    start = -(samples // 2)
    x = np.arange(start, start + samples, dtype=float)[:, None] * np.ones((1, widths[0]))
    y = (2 * x[:, :1] + 1) * np.ones((1, widths[-1])) * scale
    steps = len(epochs)
    share = np.zeros(steps) if constant else np.linspace(0, 1, steps)
    parameters: list[dict[str, Array]] = []
    for inputs, units in pairwise(widths):
        kernels = random.normal(size=(2, inputs, units))
        biases = random.normal(size=(2, units)) * 0.3
        parameters.append(
            {"kernel": _between(kernels, share, growth), "bias": _between(biases, share, growth)}
        )
    parameters[-1] = {name: states * scale for name, states in parameters[-1].items()}
    predictions = np.stack([_forward(x, parameters, at, activation) for at in range(steps)])
    last = len(widths) - 2
    return Record(
        hyperparameters={
            "loss": loss,
            "optimizer": "adam",
            "optimizer_settings": {},
            "learning_rate": 0.1,
            "epochs": asked or int(epochs[-1]),
            "batch_size": 32,
            "seed": 7,
            **(said or {}),
        },
        versions={"keras": "3"},
        inputs=x,
        targets=y,
        rule=rule,
        layers=tuple(
            Layer(f"dense_{at}", "Dense", (units,), activation if at < last else "linear")
            for at, units in enumerate(widths[1:])
        ),
        epochs=np.array(epochs),
        history={"loss": LOSSES.get(loss, np.square)(predictions - y).mean(axis=(1, 2))},
        parameters=tuple(parameters),
        predictions=predictions,
        diverged_at=diverged_at,
    )


def _dense(units: int, activation: str = "linear") -> tuple[Any, ...]:
    return "Dense", (units,), {"activation": activation}


# What is asked of `example` for each kind of record.
KINDS: dict[str, dict[str, Any]] = {
    "lecture": {},
    "one epoch": {"epochs": (0,)},
    "constant": {"constant": True},
    "rising": {"growth": 1.3},
    "diverged": {"growth": 12.0, "epochs": tuple(range(6)), "diverged_at": 6, "asked": 500},
    "resumed": {"epochs": tuple(range(5, 18))},
    "stopped early": {"asked": 500},
    "some epochs": {"epochs": (0, 10, 20, 30, 250, 500)},
    "one sample": {"samples": 1},
    "many samples": {"samples": 137},
    "wide": {"widths": (1, 128, 16, 64, 1)},
    "tanh": {"widths": (1, 6, 1), "activation": "tanh", "samples": 8, "epochs": tuple(range(31))},
    "deep": {"widths": (1, 3, 3, 3, 3, 3, 3, 1)},
    "many settings": {
        "said": {
            "optimizer_settings": {"beta_1": 0.8, "beta_2": 0.99, "epsilon": 1e-6, "amsgrad": True}
        }
    },
    "several": {"widths": (3, 5, 2), "rule": None},
    "tiny values": {"scale": 1e-12, "rule": None},
    "huge values": {"scale": 1e12, "rule": None},
    "absolute error": {"loss": "mean_absolute_error"},
    "huber": {"loss": "huber"},
    "log-cosh": {"loss": "log_cosh", "widths": (2, 3, 2), "rule": None},
    "own loss": {
        "loss": "my_own_loss_of_pinball_and_a_little_more",
        "said": {"loss_kind": "function", "batch_size": 4},
    },
    "own optimizer": {
        "loss": "我的损失函数",
        "said": {
            "loss_kind": "class",
            "loss_settings": {"weight": 0.5},
            "optimizer": "MyAdamWithWarmRestarts",
            "optimizer_kind": "class",
            "learning_rate_schedule": "PiecewiseConstantDecay",
        },
    },
    "two classes": {
        "task": "moons",
        "layers": (_dense(8, "tanh"), _dense(1, "sigmoid")),
        "count": 60,
        "held_out": 20,
    },
    "logits": {
        "task": "moons",
        "layers": (_dense(6, "relu"), _dense(1)),
        "said": {"loss_settings": {"from_logits": True}},
    },
    "three classes": {
        "task": "flowers",
        "layers": (("Normalization", None), _dense(6, "tanh"), _dense(3, "softmax")),
        "count": 45,
    },
    "ten classes": {
        "task": "digits",
        "layers": (("Flatten", None), _dense(16, "relu"), _dense(10, "softmax")),
        "count": 40,
        "held_out": 20,
    },
    "784 inputs": {
        "task": "pixels",
        "layers": (
            ("Rescaling", None, {"scale": 0.0625}),
            ("Flatten", None),
            _dense(12, "relu"),
            _dense(10, "softmax"),
        ),
        "trained": 3,
    },
    "ten layers": {
        "task": "flowers",
        "layers": (
            ("Normalization", None),
            _dense(8),
            ("BatchNormalization", None),
            ("Activation", None, {"activation": "relu"}),
            ("Dropout", None, {"rate": 0.2}),
            _dense(6),
            ("LeakyReLU", None, {"negative_slope": 0.1}),
            _dense(4, "tanh"),
            ("Reshape", (2, 2)),
            ("Flatten", None),
            _dense(3, "softmax"),
        ),
        "named": {"class_names": ("山鸢尾", "变色鸢尾", "维吉尼亚鸢尾")},
    },
    "three labels": {"task": "labels", "layers": (_dense(4, "tanh"), _dense(3, "sigmoid"))},
    "named columns": {
        "task": "houses",
        "layers": (("Normalization", None), _dense(4, "relu"), _dense(2)),
        "held_out": 6,
    },
    "one step an epoch": {
        "task": "noise",
        "layers": (_dense(4, "tanh"), _dense(1)),
        "steps": 1,
    },
    "overfitting": {
        "task": "noise",
        "layers": (_dense(24, "tanh"), _dense(16, "tanh"), _dense(1)),
        "count": 12,
        "held_out": 12,
        "trained": 40,
    },
}


def _between(ends: Array, share: Array, growth: float) -> Array:
    states = np.stack([(1 - s) * ends[0] + s * ends[1] for s in share])
    grown: Array = states * growth ** np.arange(len(share)).reshape(-1, *[1] * (states.ndim - 1))
    return grown


def _forward(
    x: Array, parameters: Sequence[Mapping[str, Array]], at: int, activation: str
) -> Array:
    for number, layer in enumerate(parameters, start=1):
        x = x @ layer["kernel"][at] + layer["bias"][at]
        x = x if number == len(parameters) else ACTIVATIONS[activation](x)
    return x
