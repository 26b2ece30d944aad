"""Small training records for tests, made without Keras."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from epochreel.record.examples import KINDS, example
from epochreel.record.view import Run

RECORDS, a_record = KINDS, example


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


def class_runs(kind: str, count: int, **settings: Any) -> tuple[Run, ...]:
    """Runs of the same classes, each of them trained for longer than the one before."""
    asked = {**RECORDS[kind], **settings}
    lengths = range(1, 4 * count, 4)
    return tuple(
        Run.of(f"epochs {length}", a_record(**asked, trained=length)) for length in lengths
    )


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
    "two classes": class_runs("two classes", 3),
    "logits": class_runs("logits", 8),
    "three classes": class_runs("three classes", 2),
    "ten classes": class_runs("ten classes", 8),
    "long labels": tuple(a_run(LONG.format(at), at / 20) for at in range(8)),
    "long Chinese labels": tuple(
        a_run("学习率与优化器的组合" * 5 + str(at), at / 20) for at in range(9)
    ),
}
