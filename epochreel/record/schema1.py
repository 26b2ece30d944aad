"""Records of the first schema: Dense layers, inputs in rows, the loss alone."""

from collections.abc import Sequence
from typing import Any

from epochreel.record.reader import Reader
from epochreel.record.record import Array, Layer


class Schema1(Reader):
    """Reads `epochreel.record/1`."""

    schema = "epochreel.record/1"

    def history(self, epochs: list[Any], numbers: Sequence[int]) -> dict[str, Array]:
        """The loss of every epoch where that is told, else of the recorded ones."""
        if "losses" not in self.document:
            return {"loss": self.states(epochs, "loss", ())}
        length = (numbers[-1] - numbers[0] + 1,)
        return {"loss": self.array(self.document, "losses", "", length)}

    def layer(self, table: Any, where: str, before: tuple[int, ...]) -> Layer:
        """One entry of `layers`, which is Dense."""
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
