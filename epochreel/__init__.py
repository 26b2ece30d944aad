"""epochreel: change a hyperparameter, get the lecture film."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["EpochRecorder", "load_record"]

if TYPE_CHECKING:
    from epochreel.record.file import load_record
    from training.recorder import EpochRecorder

# Loaded when asked for: the recorder brings Keras, the record NumPy.
_PLACES = {"EpochRecorder": "training.recorder", "load_record": "epochreel.record.file"}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'epochreel' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
