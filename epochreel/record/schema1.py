"""Records of the first schema: Dense layers, inputs in rows, the loss alone."""

from typing import Any

import numpy as np

from epochreel.record.reader import Reader
from epochreel.record.record import Layer, Record


class Schema1(Reader):
    """Reads `epochreel.record/1`."""

    schema = "epochreel.record/1"

    def record(self) -> Record:
        """The whole document, checked."""
        data = self.field(self.document, "data", dict)
        inputs = self.array(data, "inputs", "data.", (None, None))
        targets = self.array(data, "targets", "data.", (len(inputs), None))
        for name, values in (("inputs", inputs), ("targets", targets)):
            if values.size == 0:
                self.refuse(f"data.{name}", "holds no sample", data[name])
        layers = self.layers(inputs.shape[1:])
        self.check_outputs(layers, targets.shape[1])
        epochs = self.field(self.document, "epochs", list)
        numbers = self.numbers(epochs)
        losses = self.states(epochs, "loss", ())
        if "losses" in self.document:
            losses = self.array(self.document, "losses", "", (numbers[-1] - numbers[0] + 1,))
        return Record(
            hyperparameters=self.hyperparameters(),
            versions=self.versions(),
            inputs=inputs,
            targets=targets,
            rule=self.rule(data),
            layers=layers,
            epochs=np.array(numbers, dtype=np.int64),
            history={"loss": losses},
            parameters=self.parameters(epochs, inputs.shape[1:], layers),
            predictions=self.states(epochs, "predictions", targets.shape),
            diverged_at=self.diverged_at(numbers[-1]),
        )

    def layer(self, table: Any, where: str, before: tuple[int, ...]) -> Layer:
        """One entry of `layers`, behind what puts out arrays of shape `before`."""
        kind = self.name(table, "type", where)
        if kind != "Dense":
            self.refuse(
                f"{where}type",
                f"is {kind!r}, of which this schema says too little to draw it; train again",
                kind,
            )
        return Layer(
            name=self.field(table, "name", str, where),
            type=kind,
            shape=(self.count(table, "units", where, least=1),),
            activation=self.name(table, "activation", where),
        )
