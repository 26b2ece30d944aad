"""epochreel: change a hyperparameter, get the lecture film."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["EpochRecorder", "load_record"]

if TYPE_CHECKING:
    from epochreel.record.file import load_record
    from training.recorder import EpochRecorder


def __getattr__(name: str) -> Any:
    # Loaded when asked for: the recorder brings Keras, the record NumPy.
    if name == "EpochRecorder":
        from training.recorder import EpochRecorder

        return EpochRecorder
    if name == "load_record":
        from epochreel.record.file import load_record

        return load_record
    raise AttributeError(f"module 'epochreel' has no attribute {name!r}")
