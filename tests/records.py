"""Small training records for tests, made without Keras."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from epochreel.record.record import Layer, Record
from epochreel.record.view import Run

ACTIVATIONS = {"linear": lambda z: z, "tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}


def a_record(
    *,
    widths: Sequence[int] = (1, 4, 3, 1),
    samples: int = 20,
    epochs: Sequence[int] = tuple(range(13)),
    activation: str = "linear",
    loss: str = "mean_squared_error",
    constant: bool = False,
    growth: float = 1.0,
    diverged_at: int | None = None,
    rule: str | None = "2*x + 1",
    optimizer_settings: Mapping[str, float] | None = None,
) -> Record:
    """A record of a network that moves from one random state towards another.

    Args:
        constant: every epoch is the same.
        growth: parameters are multiplied by it from epoch to epoch, as in a run that diverges.
    """
    random = np.random.default_rng(1)
    start = -(samples // 2)
    x = np.arange(start, start + samples, dtype=float)[:, None] * np.ones((1, widths[0]))
    y = (2 * x[:, :1] + 1) * np.ones((1, widths[-1]))
    steps = len(epochs)
    share = np.zeros(steps) if constant else np.linspace(0, 1, steps)
    parameters = []
    for inputs, units in pairwise(widths):
        kernels = random.normal(size=(2, inputs, units))
        biases = random.normal(size=(2, units)) * 0.3
        parameters.append(
            {"kernel": _between(kernels, share, growth), "bias": _between(biases, share, growth)}
        )
    predictions = np.stack([_forward(x, parameters, at, activation) for at in range(steps)])
    last = len(widths) - 2
    return Record(
        hyperparameters={
            "loss": loss,
            "optimizer": "adam",
            "optimizer_settings": optimizer_settings or {},
            "learning_rate": 0.1,
            "epochs": int(epochs[-1]),
            "batch_size": 32,
            "seed": 7,
        },
        versions={"keras": "3"},
        inputs=x,
        targets=y,
        rule=rule,
        layers=tuple(
            Layer(f"dense_{at}", "Dense", units, activation if at < last else "linear")
            for at, units in enumerate(widths[1:])
        ),
        epochs=np.array(epochs),
        losses=((predictions - y) ** 2).mean(axis=(1, 2)),
        parameters=tuple(parameters),
        predictions=predictions,
        diverged_at=diverged_at,
    )


RECORDS: dict[str, dict[str, Any]] = {
    "lecture": {},
    "one epoch": {"epochs": (0,)},
    "constant": {"constant": True},
    "diverged": {"growth": 40.0, "epochs": tuple(range(6)), "diverged_at": 6},
    "one sample": {"samples": 1},
    "many samples": {"samples": 137},
    "wide": {"widths": (1, 128, 16, 64, 1)},
    "tanh": {"widths": (1, 6, 1), "activation": "tanh", "samples": 8, "epochs": tuple(range(31))},
    "deep": {"widths": (1, 3, 3, 3, 3, 3, 3, 1)},
    "many settings": {
        "optimizer_settings": {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "amsgrad": False}
    },
    "several": {"widths": (3, 5, 2), "rule": None},
}


def _between(ends: Any, share: Any, growth: float) -> Any:
    states = np.stack([(1 - s) * ends[0] + s * ends[1] for s in share])
    return states * growth ** np.arange(len(share)).reshape(-1, *[1] * (states.ndim - 1))


def _forward(x: Any, parameters: Any, at: int, activation: str) -> Any:
    for number, layer in enumerate(parameters, start=1):
        x = x @ layer["kernel"][at] + layer["bias"][at]
        x = x if number == len(parameters) else ACTIVATIONS[activation](x)
    return x


def a_run(
    label: str = "learning_rate 0.1",
    falls: float = 0.2,
    *,
    epochs: int = 40,
    diverged_at: int | None = None,
    widths: Sequence[int] = (1, 4, 1),
    samples: int = 20,
) -> Run:
    """A run whose predictions come to the truth, or go from it, by a factor each epoch.

    Args:
        falls: how much of the error an epoch takes away; less than 0 for a run that diverges.
    """
    record = a_record(widths=widths, samples=samples, epochs=(0, 1))
    last = epochs if diverged_at is None else diverged_at - 1
    errors = (record.predictions[0] - record.targets) * (1 - falls) ** np.arange(last + 1)[
        :, None, None
    ]
    return Run(
        label,
        record.inputs,
        record.targets,
        record.rule if widths[0] == 1 else None,
        (np.arange(last + 1.0), (errors**2).mean(axis=(1, 2))),
        record.targets + errors[-1],
        diverged_at,
    )


def several_runs(count: int, **settings: Any) -> tuple[Run, ...]:
    """Runs with ever larger learning rates."""
    rates = np.linspace(0.01, 0.3, count).round(4)
    return tuple(a_run(f"learning_rate {rate:g}", rate, **settings) for rate in rates)


LONG = "learning_rate 0.0001, optimizer adam, layers 64, 64, 1, activation relu, seed {}"
DIVERGED = {"falls": -8.0, "diverged_at": 21}
# By a name, runs to compare.
COMPARED: dict[str, tuple[Run, ...]] = {
    "one run": (a_run(),),
    "one epoch": (a_run(epochs=0), a_run("other", epochs=0)),
    "two runs": (a_run(), a_run("learning_rate 0.01", 0.02, epochs=25)),
    "eight": several_runs(8),
    "nine": several_runs(9),
    "forty": (*several_runs(38), a_run("1", **DIVERGED), a_run("2", **DIVERGED)),
    "one diverged": (*several_runs(3), a_run("learning_rate 1", **DIVERGED)),
    "all diverged": tuple(
        a_run(f"learning_rate {rate}", -rate, diverged_at=20 - rate) for rate in range(2, 10)
    ),
    "alike": (a_run("batch_size 16"), a_run("batch_size 32"), a_run("batch_size 64", 0.1)),
    "several inputs": several_runs(5, widths=(3, 5, 2)),
    "many samples": several_runs(3, samples=500),
    "one sample": several_runs(2, samples=1),
    "other data": (a_run(), a_run("samples 8", samples=8)),
    "long labels": tuple(a_run(LONG.format(at), at / 20) for at in range(8)),
    "long Chinese labels": tuple(
        a_run("学习率与优化器的组合" * 5 + str(at), at / 20) for at in range(9)
    ),
}
