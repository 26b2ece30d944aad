"""Settings changed from outside a lecture's file: `--set KEY=VALUE`, or values by key."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from epochreel.errors import BadSetting, NotToml, UnknownSetting, shown

# As `--set` writes them, or the values by their keys.
Settings = Sequence[str] | Mapping[str, Any]

# A setting's place: names with dots between, and positions in lists.
KEY = re.compile(r"[^\s.\[\]]+(\[\d{1,9}\]|\.[^\s.\[\]]+)*")
UNITS = re.compile(r"model\.layers\[\d{1,9}\]\.units")
PLACE = re.compile(r"([^\s.\[\]]+)|\[(\d+)\]")
TOO_DEEP = "its values are nested too deeply"


@dataclass(frozen=True)
class Change:
    """One setting's new value, and how messages call what asked for it."""

    key: str
    value: Any
    source: str

    def make(self, document: dict[str, Any]) -> None:
        """Change a lecture file's tables.

        Raises:
            UnknownSetting: they have no such place.
        """
        # `model.layers[0].units` is the place "units" in the place 0 in "layers" in "model".
        *way, last = (int(at) if at else name for name, at in PLACE.findall(self.key))
        table: Any = document
        for place in way:
            table = self._there(table, place)
            if isinstance(place, str) and place not in table:
                table[place] = {}
            table = table[place]
        self._there(table, last)[last] = self.value
        if UNITS.fullmatch(self.key):
            _forget_start(document["model"]["layers"], way[-1])

    def _there(self, table: Any, place: str | int) -> Any:
        """The table or list, if it has such a place or can get one."""
        if isinstance(place, str) and isinstance(table, dict):
            return table
        if isinstance(place, int) and isinstance(table, list):
            if place < len(table):
                return table
            problem = f"there is no [{place}]; the list has {len(table)} entries, from [0] on"
        elif isinstance(place, int):
            problem = f"what stands before [{place}] is not a list in the lecture's file"
        else:
            problem = f"what stands before {shown(place)} is not a table of settings"
        raise UnknownSetting(f"{self.source}: {problem}.", field=self.key, value=self.value)


def changes_of(settings: Settings) -> list[Change]:
    """The changes that settings ask for, in order; values are as TOML would give them.

    Raises:
        LectureError: one is not KEY=VALUE, or no key, or its value cannot be read.
    """
    if isinstance(settings, Mapping):
        return [_of_pair(key, value) for key, value in settings.items()]
    return [_of_text(text) for text in settings]


def parse(text: str) -> dict[str, Any]:
    """TOML as a dictionary; a ValueError says in a few words what cannot be read."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    except ValueError:
        # Python reads no whole number of more than some thousand digits.
        raise ValueError("it holds a number of too many digits") from None


def _of_pair(key: Any, value: Any) -> Change:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise BadSetting(
            f"settings: {shown(key)} is no setting. Write it like 'training.learning_rate' or "
            "'model.layers[0].units'.",
            field="settings",
            value=key,
        )
    source = f"settings[{shown(key)}]"
    try:
        return Change(key, _plain(value), source)
    except RecursionError:
        raise BadSetting(f"{source}: {TOO_DEEP}.", field=key, value=value) from None


def _plain(value: Any) -> Any:
    """A copy of a value in the types that TOML has, where it is of a kind that TOML has."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, PurePath):
        return str(value)
    # NumPy's numbers and arrays, without NumPy.
    return value.tolist() if hasattr(value, "tolist") else value


def _of_text(setting: str) -> Change:
    key, equals, text = setting.partition("=")
    if not equals or not KEY.fullmatch(key.strip()):
        raise BadSetting(
            f"--set {shown(setting)} is not KEY=VALUE. Write it like training.learning_rate=0.05 "
            "or model.layers[0].units=8",
            field="--set",
            value=setting,
        )
    return Change(key.strip(), _value(setting, text), f"--set {shown(setting)}")


def _value(setting: str, text: str) -> Any:
    try:
        found = parse(f"value = {text}")
    except tomllib.TOMLDecodeError:
        # A bare word is what a shell leaves of a quoted one: --set training.optimizer=sgd
        return text.strip()
    except ValueError as error:
        raise NotToml(f"--set {shown(setting)}: {error}.", field="--set", value=setting) from None
    if found.keys() != {"value"}:
        raise BadSetting(
            f"--set {shown(setting)} holds more than one setting; repeat --set for each.",
            field="--set",
            value=setting,
        )
    return found["value"]


def _forget_start(layers: list[Any], number: int) -> None:
    """Let go of the values at epoch 0 that have other shapes when a layer has other units."""
    for layer, names in zip(layers[number:], (("kernel", "bias"), ("kernel",))):
        for name in names if isinstance(layer, dict) else ():
            layer.pop(name, None)
