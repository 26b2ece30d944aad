"""Records of today's schema: see RECORD.md."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from epochreel.errors import shown
from epochreel.record.classes import targets_of
from epochreel.record.fields import MAX_COUNT
from epochreel.record.layers import KINDS
from epochreel.record.reader import Reader
from epochreel.record.record import Array, Layer, Validation

MOST_AXES = 4  # of what a layer puts out for one sample


class Schema2(Reader):
    """Reads `epochreel.record/2`."""

    schema = "epochreel.record/2"

    def names(self, data: Any, values: int, outputs: int) -> dict[str, tuple[str, ...]]:
        """What features, targets and classes are called, where there are names."""
        # One output says how probable the second of two classes is.
        counts = {
            "feature_names": values,
            "target_names": outputs,
            "class_names": max(2, outputs),
        }
        return {name: self.listed(data, name, count) for name, count in counts.items()}

    def validation(self, shape: tuple[int, ...], outputs: int, classes: int) -> Validation | None:
        """Samples that were not trained on, where there are any."""
        if self.document.get("validation") is None:
            return None
        table = self.field(self.document, "validation", dict)
        inputs = self.inputs(table, "validation.", shape)
        targets = self.targets(table, "validation.", len(inputs), outputs, classes)
        return Validation(inputs, targets)

    def listed(self, data: Any, name: str, count: int) -> tuple[str, ...]:
        """So many names at `name`; none where there are none."""
        if data.get(name) is None:
            return ()
        found: list[Any] = self.field(data, name, list, "data.")
        for at, each in enumerate(found):
            self.check(each, str, f"data.{name}[{at}]")
            self.check_name(each, f"data.{name}[{at}]")
        if found and len(found) != count:
            self.refuse(f"data.{name}", f"has {len(found)} names, not {count}", found)
        if len({*found}) < len(found):
            self.refuse(f"data.{name}", "holds a name twice", found)
        return tuple(found)

    def targets(self, data: Any, where: str, samples: int, outputs: int, classes: int) -> Array:
        """True values in rows; of classes the whole number of each sample's."""
        if not classes:
            return super().targets(data, where, samples, outputs, classes)
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
