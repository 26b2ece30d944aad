"""Records of today's schema: see RECORD.md."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from epochreel.errors import shown
from epochreel.record.classes import targets_of
from epochreel.record.fields import MAX_COUNT
from epochreel.record.layers import KINDS
from epochreel.record.reader import Reader
from epochreel.record.record import Array, Layer, Record, Validation

MOST_AXES = 4  # of what a layer puts out for one sample


class Schema2(Reader):
    """Reads `epochreel.record/2`."""

    schema = "epochreel.record/2"

    def record(self) -> Record:
        """The whole document, checked."""
        data = self.field(self.document, "data", dict)
        inputs = self.inputs(data, "data.")
        layers = self.layers(inputs.shape[1:])
        outputs = layers[-1].units
        values = inputs[0].size
        names = {
            "feature_names": self.names(data, "feature_names", (values,)),
            "target_names": self.names(data, "target_names", (outputs,)),
            "class_names": self.names(data, "class_names", (2,) if outputs == 1 else (outputs,)),
        }
        classes = len(names["class_names"])
        targets = self.targets(data, "data.", len(inputs), outputs, classes)
        validation = None
        if self.document.get("validation") is not None:
            table = self.field(self.document, "validation", dict)
            others = self.inputs(table, "validation.", inputs.shape[1:])
            validation = Validation(
                others, self.targets(table, "validation.", len(others), outputs, classes)
            )
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
            validation=validation,
            **names,
        )

    def names(self, data: Any, name: str, counts: Sequence[int]) -> tuple[str, ...]:
        """The names at `name`, as many as one of `counts`; none where there are none."""
        if data.get(name) is None:
            return ()
        found: list[Any] = self.field(data, name, list, "data.")
        for at, each in enumerate(found):
            self.check(each, str, f"data.{name}[{at}]")
            self.check_name(each, f"data.{name}[{at}]")
        if found and len(found) not in counts:
            wanted = " or ".join(map(str, counts))
            self.refuse(f"data.{name}", f"has {len(found)} names, not {wanted}", found)
        if len({*found}) < len(found):
            self.refuse(f"data.{name}", "holds a name twice", found)
        return tuple(found)

    def targets(self, data: Any, where: str, samples: int, outputs: int, classes: int) -> Array:
        """True values in rows; of classes the whole number of each sample's."""
        if not classes:
            return self.array(data, "targets", where, (samples, outputs))
        labels = self.array(data, "targets", where, (samples,))
        if not np.isin(labels, range(classes)).all():
            self.refuse(
                f"{where}targets",
                f"must be whole numbers from 0 to {classes - 1}, the class of each sample",
                data["targets"],
            )
        return targets_of(labels.astype(np.int64), outputs)

    def history(self, epochs: list[Any], numbers: Sequence[int]) -> dict[str, Array]:
        """Loss and metrics: of every epoch where that is told, else of the recorded ones."""
        history = {"loss": self.states(epochs, "loss", ())}
        tables = [
            self.field(epoch, "metrics", dict, f"epochs[{at}].") if "metrics" in epoch else {}
            for at, epoch in enumerate(epochs)
        ]
        for at, table in enumerate(tables):
            for name in table.keys() ^ tables[0].keys():
                field = f"epochs[{at}].metrics.{name}"
                self.refuse(field, "is missing in some epochs", table.get(name))
        for name in tables[0]:
            self.check_name(name, "epochs[0].metrics")
            values = [
                self.number(table, name, f"epochs[{at}].metrics.")
                for at, table in enumerate(tables)
            ]
            history[name] = np.array(values, dtype=np.float64)
        if self.document.get("history") is None:
            return history
        every = self.field(self.document, "history", dict)
        length = (numbers[-1] - numbers[0] + 1,)
        if every.keys() != history.keys():
            name = min(every.keys() ^ history.keys())
            self.refuse(f"history.{name}", "must be here and in every epoch, or nowhere", None)
        return {name: self.array(every, name, "history.", length) for name in history}

    def layer(self, table: Any, where: str, before: tuple[int, ...]) -> Layer:
        """One entry of `layers`, behind what puts out arrays of shape `before`."""
        known = ", ".join(KINDS)
        kind = self.name(table, "type", where)
        if kind not in KINDS:
            self.refuse(f"{where}type", f"is {shown(kind)}; layers that are drawn: {known}", kind)
        shape = self.array(table, "shape", where, (None,))
        whole = (shape >= 1) & (shape <= MAX_COUNT) & (shape == shape.round())
        if not (whole.all() and 0 < len(shape) <= MOST_AXES):
            self.refuse(f"{where}shape", "must be whole numbers from 1, up to 4", table["shape"])
        layer = Layer(
            name=self.field(table, "name", str, where),
            type=kind,
            shape=tuple(shape.astype(int).tolist()),
            activation=self.name(table, "activation", where),
            settings=self.layer_settings(table, where, kind),
        )
        if kind == "Dense" and len(before) > 1:
            self.refuse(where.rstrip("."), f"is Dense behind arrays of shape {before}", table)
        wanted = KINDS[kind].output_shape(layer, before)
        if layer.shape != wanted:
            found = f"is {shown(layer.shape)}; behind {shown(before)} it must be {shown(wanted)}"
            self.refuse(f"{where}shape", found, table["shape"])
        return layer

    def layer_settings(self, table: Any, where: str, kind: str) -> dict[str, Any]:
        """What a layer's arithmetic needs: numbers by the names that its kind knows."""
        if "settings" not in table:
            return {}
        settings: dict[str, Any] = self.field(table, "settings", dict, where)
        known = KINDS[kind].settings
        for name in settings:
            if name not in known:
                field = f"{where}settings.{name}"
                self.refuse(field, f"is no setting of a {kind} layer", settings[name])
        return {name: self.number(settings, name, f"{where}settings.") for name in settings}
