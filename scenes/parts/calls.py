"""The two Keras calls of a training run, as code written from its hyperparameters."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from epochreel.numbers import in_code
from scenes.parts.code import Piece

# Keras' class names where they are not the words of the name in capitals.
SPECIAL_CLASSES = {
    "adamw": "AdamW",
    "ctc": "CTC",
    "huber_loss": "Huber",  # as older records name it
    "kl_divergence": "KLDivergence",
    "rmsprop": "RMSprop",
    "schedulefreeadamw": "ScheduleFreeAdamW",
    "sgd": "SGD",
}
DEFAULT_BATCH = 32  # Keras' own
LONGEST_LINE = 72
Hyperparameters = Mapping[str, Any]


def loss_name(used: Hyperparameters) -> str:
    """What code calls the loss: Keras' `MeanSquaredError`, or one's own `my_loss`."""
    return _name(used, "loss")


def optimizer_name(used: Hyperparameters) -> str:
    """What code calls the optimizer: Keras' `Adam`, or one's own `MyAdam`."""
    return _name(used, "optimizer")


def optimizer_in_short(used: Hyperparameters) -> str:
    """The optimizer and its learning rate, if that is one number: `Adam(0.1)`."""
    name = optimizer_name(used)
    scheduled = used.get("learning_rate_schedule")
    return name if scheduled else f"{name}({in_code(used['learning_rate'])})"


def metric_names(history: Iterable[str]) -> list[str]:
    """What of a record's scores are metrics, not the loss, nor of validation samples."""
    return [name for name in history if name != "loss" and not name.startswith("val_")]


def compile_lines(used: Hyperparameters, metrics: Sequence[str] = ()) -> list[list[Piece]]:
    """`model.compile(...)`: lines for the loss, for the optimizer, and for metrics, if any."""
    start = "model.compile("
    first, *more = _loss_lines(used, len(start))
    indent: Piece = (" " * len(start), "call")
    lines: list[list[Piece]] = [
        [("model", "name"), (".compile(", "call"), (first, "loss")],
        *([indent, (line, "loss")] for line in more),
    ]
    lines[-1].append((",", "call"))
    lines += [[indent, (line, "optimizer")] for line in _optimizer_lines(used, len(start))]
    if metrics:
        lines[-1].append((",", "call"))
        listed = _listed(metrics, len(start))
        lines.append([indent, ("metrics=", "argument"), (listed[0], "name")])
        lines += [[indent, (line, "name")] for line in listed[1:]]
    lines[-1].append((")", "call"))
    return lines


def fit_lines(used: Hyperparameters, samples: int, validated: bool = False) -> list[list[Piece]]:
    """`history = model.fit(...)` with the epochs asked for, and the batches if they matter.

    Args:
        samples: how many it trains on.
        validated: whether it was given samples to validate with.
    """
    arguments: list[tuple[str, Piece]] = []
    batch_size = used.get("batch_size")
    if batch_size not in (None, DEFAULT_BATCH) and _matters(batch_size, samples):
        arguments.append(("batch_size", (str(batch_size), "number")))
    share = used.get("validation_split")
    if share:
        arguments.append(("validation_split", (in_code(share), "number")))
    elif validated:
        arguments.append(("validation_data", ("(X_val, Y_val)", "name")))
    arguments.append(("verbose", ("False", "number")))
    start: list[Piece] = [("history = ", "name"), ("model", "name"), (".fit(", "call")]
    indent: Piece = (" " * _length(start), "call")
    epochs: list[Piece] = [("epochs=", "argument"), (str(used["epochs"]), "number")]
    lines = [[*start, ("X, Y, ", "name"), *epochs]]
    for name, value in arguments:
        joined: list[Piece] = [(f", {name}=", "argument"), value]
        if _length([*lines[-1], *joined]) + len(",") > LONGEST_LINE:
            lines[-1].append((",", "call"))
            lines.append([indent, (f"{name}=", "argument"), value])
        else:
            lines[-1] += joined
    lines[-1].append((")", "call"))
    return lines


def _length(pieces: Iterable[Piece]) -> int:
    return sum(len(text) for text, _ in pieces)


def _listed(names: Sequence[str], indent: int) -> list[str]:
    """A list of strings, in lines that end before LONGEST_LINE where they can."""
    room = indent + len("metrics=")
    lines = [f'["{names[0]}"']
    for name in names[1:]:
        if room + len(f'{lines[-1]}, "{name}"])') > LONGEST_LINE:
            lines[-1] += ","
            lines.append(" " * len("metrics=[") + f'"{name}"')
            room = indent
        else:
            lines[-1] += f', "{name}"'
    lines[-1] += "]"
    return lines


def _matters(batch_size: int, samples: int) -> bool:
    """Whether it makes other batches than none said, or is the full batch."""
    return batch_size <= samples or samples > DEFAULT_BATCH


def _name(used: Hyperparameters, what: str) -> str:
    name = str(used[what])
    if used.get(f"{what}_kind"):
        return name
    return SPECIAL_CLASSES.get(name) or "".join(word.capitalize() for word in name.split("_"))


def _loss_lines(used: Hyperparameters, indent: int) -> list[str]:
    name, kind = loss_name(used), used.get("loss_kind")
    if kind == "function":
        return [f"loss={name}"]
    call = f"loss={'' if kind else 'tf.keras.losses.'}{name}("
    return _call_lines(call, [], used.get("loss_settings") or {}, indent)


def _optimizer_lines(used: Hyperparameters, indent: int) -> list[str]:
    prefix = "" if used.get("optimizer_kind") else "tf.keras.optimizers."
    schedule = used.get("learning_rate_schedule")
    rate = f"{schedule}(...)" if schedule else in_code(used["learning_rate"])
    call = f"optimizer={prefix}{optimizer_name(used)}("
    return _call_lines(call, [rate], used.get("optimizer_settings") or {}, indent)


def _call_lines(
    call: str, arguments: list[str], settings: Mapping[str, Any], indent: int
) -> list[str]:
    """A call with its arguments, in lines that end before LONGEST_LINE where they can."""
    arguments = [*arguments, *(f"{name}={_literal(value)}" for name, value in settings.items())]
    lines, between = [call], ""
    for argument in arguments:
        if between and indent + len(f"{lines[-1]}, {argument}") > LONGEST_LINE:
            lines[-1] += ","
            lines.append(" " * len(call))
            between = ""
        lines[-1] += between + argument
        between = ", "
    lines[-1] += ")"
    return lines


def _literal(value: bool | float | str) -> str:
    return f'"{value}"' if isinstance(value, str) else in_code(value)
