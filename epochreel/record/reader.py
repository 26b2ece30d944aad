"""One parsed record document turned into a `Record`; every complaint names file and field."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np

from epochreel.errors import BadRule, shown
from epochreel.lecture.rule import parse_rule
from epochreel.record.fields import Fields
from epochreel.record.layers import KINDS
from epochreel.record.record import Array, Layer, Record, Validation

# How a loss and an optimizer that are not Keras' own stand in code.
OWN = {"loss_kind": ("function", "class"), "optimizer_kind": ("class",)}


class Reader(Fields, ABC):
    """Walks one document; what differs from schema to schema is a method of its own.

    Raises:
        BadField: names the first field that is missing or cannot be used.
    """

    schema: ClassVar[str]

    def record(self) -> Record:
        """The whole document, checked."""
        data = self.field(self.document, "data", dict)
        inputs = self.inputs(data, "data.")
        layers = self.layers(inputs.shape[1:])
        outputs = layers[-1].units
        names = self.names(data, inputs[0].size, outputs)
        classes = len(names.get("class_names", ()))
        targets = self.targets(data, "data.", len(inputs), outputs, classes)
        epochs = self.field(self.document, "epochs", list)
        numbers = self.numbers(epochs)
        return Record(
            hyperparameters=self.hyperparameters(),
            versions=self.versions(),
            inputs=inputs,
            targets=targets,
            rule=self.rule(data),
            layers=layers,
            epochs=np.array(numbers, dtype=np.int64),
            history=self.history(epochs, numbers),
            parameters=self.parameters(epochs, inputs.shape[1:], layers),
            predictions=self.states(epochs, "predictions", targets.shape),
            diverged_at=self.diverged_at(numbers[-1]),
            feature_names=names.get("feature_names", ()),
            target_names=names.get("target_names", ()),
            class_names=names.get("class_names", ()),
            validation=self.validation(inputs.shape[1:], outputs, classes),
        )

    @abstractmethod
    def layer(self, table: Any, where: str, before: tuple[int, ...]) -> Layer:
        """One entry of `layers`, behind what puts out arrays of shape `before`."""

    @abstractmethod
    def history(self, epochs: list[Any], numbers: Sequence[int]) -> dict[str, Array]:
        """Loss and metrics: of every epoch where that is told, else of the recorded ones."""

    def names(self, data: Any, values: int, outputs: int) -> dict[str, tuple[str, ...]]:
        """What features, targets and classes are called, where there are names.

        Args:
            values: of an input.
        """
        return {}

    def targets(self, data: Any, where: str, samples: int, outputs: int, classes: int) -> Array:
        """True values in rows."""
        return self.array(data, "targets", where, (samples, outputs))

    def validation(self, shape: tuple[int, ...], outputs: int, classes: int) -> Validation | None:
        """Samples that were not trained on; `shape` is that of an input."""
        return None

    def hyperparameters(self) -> dict[str, Any]:
        """What RECORD.md lists, in the order of the file; what else stands there is left out."""
        where = "hyperparameters."
        table = self.field(self.document, "hyperparameters", dict)
        known: dict[str, Any] = {
            "loss": self.name(table, "loss", where),
            "optimizer": self.name(table, "optimizer", where),
            "learning_rate": self.number(table, "learning_rate", where),
            "epochs": self.count(table, "epochs", where),
            "optimizer_settings": {},
            "batch_size": None,
            "seed": None,
        }
        for name, least in (("batch_size", 1), ("seed", 0)):
            if table.get(name) is not None:
                known[name] = self.count(table, name, where, least, 2**63 - 1)
        for name, kinds in OWN.items():
            if table.get(name) is not None:
                known[name] = self.one_of(table, name, where, kinds)
        if table.get("learning_rate_schedule") is not None:
            known["learning_rate_schedule"] = self.name(table, "learning_rate_schedule", where)
        if table.get("validation_split") is not None:
            known["validation_split"] = self.number(table, "validation_split", where)
        for name in ("loss_settings", "optimizer_settings"):
            if name in table:
                known[name] = self.settings(table, name, where)
        order = [*(name for name in table if name in known), *(n for n in known if n not in table)]
        return {name: known[name] for name in order}

    def settings(self, table: Any, name: str, where: str) -> dict[str, Any]:
        """The numbers, truths and words at `name`, by the names that code has for them."""
        settings: dict[str, Any] = self.field(table, name, dict, where)
        inside = f"{where}{name}."
        for setting, value in settings.items():
            self.check_name(setting, f"{where}{name}")
            if isinstance(value, str):
                self.name(settings, setting, inside)
            elif not isinstance(value, bool):
                self.number(settings, setting, inside)
        return settings

    def versions(self) -> dict[str, str]:
        """The packages that made the record."""
        table = self.field(self.document, "versions", dict)
        return {name: self.field(table, name, str, "versions.") for name in table}

    def inputs(self, data: Any, where: str, shape: tuple[int, ...] | None = None) -> Array:
        """The samples' inputs, (n, *shape); n may be any number, and `shape` if not given."""
        inputs = self.array(data, "inputs", where, shape and (None, *shape))
        if inputs.ndim < 2:
            self.refuse(f"{where}inputs", "must be one row of numbers for each sample", inputs)
        if inputs.size == 0:
            self.refuse(f"{where}inputs", "holds no sample", data["inputs"])
        return inputs

    def rule(self, data: dict[str, Any]) -> str | None:
        """The rule, if the data has one: arithmetic on x."""
        if data.get("rule") is None:
            return None
        text: str = self.field(data, "rule", str, "data.")
        try:
            return parse_rule(text).text
        except BadRule as error:
            self.refuse("data.rule", f"cannot be read: {error}", text)

    def layers(self, shape: tuple[int, ...]) -> tuple[Layer, ...]:
        """The layers, each fit for what the one before puts out; `shape` is that of an input."""
        tables = self.field(self.document, "layers", list)
        if not tables:
            self.refuse("layers", "is empty", tables)
        layers: list[Layer] = []
        for at, table in enumerate(tables):
            layers.append(self.layer(table, f"layers[{at}].", shape))
            if layers[-1].type == "Dense" and len(shape) > 1:
                self.refuse(f"layers[{at}]", f"is Dense behind arrays of shape {shape}", table)
            shape = layers[-1].shape
        if not any(layer.type == "Dense" for layer in layers):
            self.refuse("layers", "holds no Dense layer, so that there is nothing to draw", tables)
        if len(shape) != 1:
            self.refuse(
                f"layers[{len(layers) - 1}]",
                f"puts out arrays of shape {shown(shape)}; the last layer's must be flat",
                tables[-1],
            )
        return tuple(layers)

    def numbers(self, epochs: list[Any]) -> list[int]:
        """Which epochs are recorded."""
        if not epochs:
            self.refuse("epochs", "is empty", epochs)
        numbers = [self.count(table, "epoch", f"epochs[{at}].") for at, table in enumerate(epochs)]
        for at, (before, number) in enumerate(pairwise(numbers), start=1):
            if number <= before:
                self.refuse(
                    f"epochs[{at}].epoch",
                    f"is {number} after {before}; epochs must rise and not repeat",
                    number,
                )
        return numbers

    def diverged_at(self, last: int) -> int | None:
        """The epoch that is not finite, after the last one recorded."""
        if self.document.get("diverged_at") is None:
            return None
        return self.count(self.document, "diverged_at", "", last + 1)

    def states(self, epochs: list[Any], name: str, shape: tuple[int, ...]) -> Array:
        """A field of every epoch: (E, *shape)."""
        return np.stack(
            [self.array(epoch, name, f"epochs[{at}].", shape) for at, epoch in enumerate(epochs)]
        )

    def parameters(
        self, epochs: list[Any], shape: tuple[int, ...], layers: tuple[Layer, ...]
    ) -> tuple[dict[str, Array], ...]:
        """Per layer, each parameter's states along the epochs: (E, *shape).

        Args:
            shape: of an input.
        """
        before = [shape, *(layer.shape for layer in layers)]
        known = [KINDS[layer.type].parameters(layer, at) for layer, at in zip(layers, before)]
        states: list[dict[str, list[Array]]] = [{} for _ in layers]
        for at, epoch in enumerate(epochs):
            tables = self.field(epoch, "parameters", list, f"epochs[{at}].")
            if len(tables) != len(layers):
                self.refuse(
                    f"epochs[{at}].parameters",
                    f"has {len(tables)} entries for {len(layers)} layers",
                    tables,
                )
            for number, table in enumerate(tables):
                where = f"epochs[{at}].parameters[{number}]"
                self.check(table, dict, where)
                for name in sorted(KINDS[layers[number].type].required):
                    self.field(table, name, list, f"{where}.")
                for name in states[number].keys() ^ table.keys() if at else ():
                    field = f"{where}.{name}"
                    self.refuse(field, "is missing in some epochs", table.get(name))
                for name in table:
                    if name not in known[number]:
                        kind = layers[number].type
                        self.refuse(f"{where}.{name}", f"is no parameter of a {kind} layer", name)
                    found = self.array(table, name, f"{where}.", known[number][name])
                    states[number].setdefault(name, []).append(found)
        return tuple({name: np.stack(values) for name, values in layer.items()} for layer in states)
