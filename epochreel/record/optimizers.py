"""The first step of an optimizer, as Keras takes it: what it makes of a gradient, stage by stage.

Each is written once, for arrays in float64 and for single decimals: what a page shows of a step is
worked out on the digits that it shows. What an optimizer remembers of steps before is 0 in the
first, or what it starts from.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

import numpy as np

from epochreel.record.record import Array

Stages = Iterator[tuple[str, Any]]
Settings = Mapping[str, Any]
NADAM_DECAY = Decimal("0.96")  # of its momentum, from step to step


def first_stages(used: Mapping[str, Any], gradient: Any, weight: Any) -> Stages | None:
    """What an optimizer comes to in its first step, from stage to stage.

    The last stage is called `direction`: it times the learning rate is taken from the weight. The
    others are what Keras keeps, `m` and `v`, and what becomes of them.

    Args:
        used: hyperparameters, as a record has them.
        gradient, weight: arrays of one shape, or two decimals.

    Returns:
        None where it is not known how that optimizer steps.
    """
    name, given = str(used.get("optimizer")), used.get("optimizer_settings") or {}
    own = used.get("optimizer_kind") or used.get("learning_rate_schedule")
    if own or name not in OPTIMIZERS:
        return None
    stages, defaults = OPTIMIZERS[name]
    # Such as weight decay, or gradients that are clipped.
    if given.keys() - defaults.keys():
        return None
    number = Decimal if isinstance(gradient, Decimal) else float
    settings = {
        key: value if isinstance(value, bool) else number(str(value))
        for key, value in {**defaults, **given}.items()
    }
    return stages(gradient, weight, settings)


def first_settings(used: Mapping[str, Any]) -> Settings:
    """All settings of an optimizer that `first_stages` knows, what they are by default too."""
    return {**OPTIMIZERS[used["optimizer"]][1], **(used.get("optimizer_settings") or {})}


def first_step(used: Mapping[str, Any], gradients: Array, weights: Array) -> Array | None:
    """How far the first step takes weights, of their shape; None where that is not known."""
    stages = first_stages(used, gradients, weights)
    if stages is None:
        return None
    with np.errstate(all="ignore"):
        *_, (_, direction) = stages
        return cast(Array, -float(used["learning_rate"]) * direction)


def _sgd(g: Any, w: Any, s: Settings) -> Stages:
    # With momentum the first step is the same: nothing moved before it.
    yield "direction", (1 + s["momentum"]) * g if s["nesterov"] else g


def _adam(g: Any, w: Any, s: Settings) -> Stages:
    m = (1 - s["beta_1"]) * g
    yield "m", m
    yield "m_hat", m / (1 - s["beta_1"])
    v = (1 - s["beta_2"]) * (g * g)
    yield "v", v
    yield "root", _root(v / (1 - s["beta_2"]))
    # Keras adds epsilon to the root of v, not of v hat.
    epsilon = s["epsilon"] / _root(1 - s["beta_2"])
    yield "direction", m / (1 - s["beta_1"]) / (_root(v / (1 - s["beta_2"])) + epsilon)


def _adamw(g: Any, w: Any, s: Settings) -> Stages:
    ratio = g
    for name, ratio in _adam(g, w, s):
        yield ("ratio" if name == "direction" else name), ratio
    yield "decay", s["weight_decay"] * w
    yield "direction", ratio + s["weight_decay"] * w


def _adamax(g: Any, w: Any, s: Settings) -> Stages:
    m = (1 - s["beta_1"]) * g
    yield "m", m
    yield "m_hat", m / (1 - s["beta_1"])
    yield "u", abs(g)
    yield "direction", m / (1 - s["beta_1"]) / (abs(g) + s["epsilon"])


def _nadam(g: Any, w: Any, s: Settings) -> Stages:
    decay = NADAM_DECAY if isinstance(g, Decimal) else float(NADAM_DECAY)
    now, ahead = (s["beta_1"] * (1 - decay**step / 2) for step in (1, 2))
    m = (1 - s["beta_1"]) * g
    yield "m", m
    hat = ahead * m / (1 - now * ahead) + g
    yield "m_hat", hat
    v = (1 - s["beta_2"]) * (g * g)
    yield "v", v
    root = _root(v / (1 - s["beta_2"]))
    yield "root", root
    yield "direction", hat / (root + s["epsilon"])


def _rmsprop(g: Any, w: Any, s: Settings) -> Stages:
    v = (1 - s["rho"]) * (g * g)
    yield "v", v
    if s["centered"]:
        mean = (1 - s["rho"]) * g
        v = v - mean * mean
        yield "centered", v
    yield "direction", g / _root(v + s["epsilon"])


def _adagrad(g: Any, w: Any, s: Settings) -> Stages:
    v = s["initial_accumulator_value"] + g * g
    yield "v", v
    yield "direction", g / _root(v + s["epsilon"])


def _adadelta(g: Any, w: Any, s: Settings) -> Stages:
    v = (1 - s["rho"]) * (g * g)
    yield "v", v
    yield "direction", _root(s["epsilon"]) * g / _root(v + s["epsilon"])


def _lion(g: Any, w: Any, s: Settings) -> Stages:
    m = (1 - s["beta_1"]) * g
    yield "m", m
    yield "direction", _sign(m)


def _root(value: Any) -> Any:
    return value.sqrt() if isinstance(value, Decimal) else np.sqrt(value)


def _sign(value: Any) -> Any:
    if isinstance(value, Decimal):
        return Decimal((value > 0) - (value < 0))
    return np.sign(value)


_BETAS = {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}
# By Keras' names in lower case, each with the settings that it knows and what they are by default.
OPTIMIZERS: Mapping[str, tuple[Callable[[Any, Any, Settings], Stages], Settings]] = {
    "sgd": (_sgd, {"momentum": 0.0, "nesterov": False}),
    # In the first step the largest v is v.
    "adam": (_adam, {**_BETAS, "amsgrad": False}),
    "adamw": (_adamw, {**_BETAS, "amsgrad": False, "weight_decay": 0.004}),
    "adamax": (_adamax, _BETAS),
    "nadam": (_nadam, _BETAS),
    "rmsprop": (_rmsprop, {"rho": 0.9, "momentum": 0.0, "epsilon": 1e-7, "centered": False}),
    "adagrad": (_adagrad, {"initial_accumulator_value": 0.1, "epsilon": 1e-7}),
    "adadelta": (_adadelta, {"rho": 0.95, "epsilon": 1e-7}),
    "lion": (_lion, {"beta_1": 0.9, "beta_2": 0.99}),
}
