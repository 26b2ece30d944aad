"""One parsed record document turned into a `Record`; every complaint names file and field."""

from itertools import pairwise
from typing import Any

import numpy as np

from epochreel.errors import BadRule
from epochreel.lecture.rule import parse_rule
from epochreel.record.fields import Fields
from epochreel.record.record import Array, Layer, Record


def dense_shapes(widths: tuple[int, ...], layer: int) -> dict[str, tuple[int, ...]]:
    """The shapes of a Dense layer's parameters; `widths` start with the inputs."""
    return {"kernel": (widths[layer], widths[layer + 1]), "bias": (widths[layer + 1],)}


# How a loss and an optimizer that are not Keras' own stand in code.
OWN = {"loss_kind": ("function", "class"), "optimizer_kind": ("class",)}


class Reader(Fields):
    """Walks one document of the schema `epochreel.record/1`.

    Raises:
        BadField: names the first field that is missing or cannot be used.
    """

    def record(self) -> Record:
        """The whole document, checked."""
        data = self.field(self.document, "data", dict)
        inputs = self.array(data, "inputs", "data.", (None, None))
        targets = self.array(data, "targets", "data.", (len(inputs), None))
        for name, values in (("inputs", inputs), ("targets", targets)):
            if values.size == 0:
                self.refuse(f"data.{name}", "holds no sample", data[name])
        layers = self.layers(targets.shape[1])
        epochs = self.field(self.document, "epochs", list)
        numbers = self.numbers(epochs)
        every_loss = None
        if "losses" in self.document:
            every_loss = self.array(self.document, "losses", "", (numbers[-1] - numbers[0] + 1,))
        widths = (inputs.shape[1], *(layer.units for layer in layers))
        return Record(
            hyperparameters=self.hyperparameters(),
            versions=self.versions(),
            inputs=inputs,
            targets=targets,
            rule=self.rule(data),
            layers=layers,
            epochs=np.array(numbers, dtype=np.int64),
            losses=self.states(epochs, "loss", ()),
            parameters=self.parameters(epochs, widths, layers),
            predictions=self.states(epochs, "predictions", targets.shape),
            diverged_at=self.diverged_at(numbers[-1]),
            every_loss=every_loss,
        )

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

    def rule(self, data: dict[str, Any]) -> str | None:
        """The rule, if the data has one: arithmetic on x."""
        if data.get("rule") is None:
            return None
        text: str = self.field(data, "rule", str, "data.")
        try:
            return parse_rule(text).text
        except BadRule as error:
            self.refuse("data.rule", f"cannot be read: {error}", text)

    def layers(self, outputs: int) -> tuple[Layer, ...]:
        """The layers, of which the last has as many units as there are targets."""
        tables = self.field(self.document, "layers", list)
        layers = tuple(self.layer(table, f"layers[{at}]") for at, table in enumerate(tables))
        if not layers:
            self.refuse("layers", "is empty", tables)
        if layers[-1].units != outputs:
            self.refuse(
                f"layers[{len(layers) - 1}].units",
                f"is {layers[-1].units}; data.targets has {outputs} columns",
                layers[-1].units,
            )
        return layers

    def layer(self, table: Any, where: str) -> Layer:
        """One entry of `layers`."""
        return Layer(
            name=self.field(table, "name", str, f"{where}."),
            type=self.name(table, "type", f"{where}."),
            units=self.count(table, "units", f"{where}.", least=1),
            activation=self.name(table, "activation", f"{where}."),
        )

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
        self, epochs: list[Any], widths: tuple[int, ...], layers: tuple[Layer, ...]
    ) -> tuple[dict[str, Array], ...]:
        """Per layer, each parameter's states along the epochs: (E, *shape)."""
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
                shapes = dense_shapes(widths, number) if layers[number].type == "Dense" else {}
                if shapes:
                    self.field(table, "kernel", list, f"{where}.")
                for name in states[number].keys() ^ table.keys() if at else ():
                    field = f"{where}.{name}"
                    self.refuse(field, "is missing in some epochs", table.get(name))
                for name in table:
                    earlier = states[number].setdefault(name, [])
                    shape = earlier[0].shape if earlier else shapes.get(name)
                    earlier.append(self.array(table, name, f"{where}.", shape))
        return tuple({name: np.stack(values) for name, values in layer.items()} for layer in states)
