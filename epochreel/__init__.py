"""epochreel: change a hyperparameter, get the lecture film."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["EpochRecorder", "load_record", "render"]

if TYPE_CHECKING:
    from epochreel.python.recorder import EpochRecorder
    from epochreel.python.render import render
    from epochreel.record.file import load_record

# Loaded when asked for: the recorder brings Keras, the others NumPy.
_PLACES = {
    "EpochRecorder": "epochreel.python.recorder",
    "load_record": "epochreel.record.file",
    "render": "epochreel.python.render",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'epochreel' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
