"""Ways down the loss of one neuron, f(x) = 2x + 1: gradient descent in NumPy, without training."""

import numpy as np

from epochreel.record.record import Array, Layer, Record

FINITE = float(np.finfo(np.float32).max)


def descent(
    *,
    rate: float = 0.1,
    momentum: float = 0.0,
    start: tuple[float, float] = (1.0, -5.0),
    epochs: int = 60,
    samples: int = 14,
) -> Record:
    """A record of SGD on a weight and a bias, from `start`, with one step an epoch."""
    x = -2 + 0.5 * np.arange(samples)
    y = 2 * x + 1
    states, speed = [np.array(start)], np.zeros(2)
    diverged_at = None
    for epoch in range(1, epochs + 1):
        errors = states[-1] @ [x, np.ones(samples)] - y
        speed = momentum * speed - rate * 2 * np.array([(errors * x).mean(), errors.mean()])
        after = states[-1] + speed
        if _loss(after, x, y) > FINITE:
            diverged_at = epoch
            break
        states.append(after)
    ways = np.array(states)
    return Record(
        hyperparameters={
            "loss": "mean_squared_error",
            "optimizer": "sgd",
            "optimizer_settings": {"momentum": momentum} if momentum else {},
            "learning_rate": rate,
            "epochs": epochs,
            "batch_size": samples,
            "seed": 1,
        },
        versions={"keras": "3"},
        inputs=x[:, None],
        targets=y[:, None],
        rule="2*x + 1",
        layers=(Layer("dense", "Dense", (1,)),),
        epochs=np.arange(len(ways)),
        history={"loss": np.array([_loss(state, x, y) for state in ways])},
        parameters=({"kernel": ways[:, :1, None], "bias": ways[:, 1:]},),
        predictions=(ways @ [x, np.ones(samples)])[:, :, None],
        diverged_at=diverged_at,
    )


def _loss(state: Array, x: Array, y: Array) -> float:
    return float(((state[0] * x + state[1] - y) ** 2).mean())
