"""Whether Keras runs, or would run, on TensorFlow: known without importing either."""

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from epochreel.errors import NoKeras, WrongBackend, shown

BACKEND = "tensorflow"


def require_tensorflow() -> None:
    """Refuse before `import keras` what would fail in the middle of it.

    Raises:
        NoKeras: Keras or TensorFlow is not installed.
        WrongBackend: Keras is set, or was imported, to run on something else.
    """
    for package in ("keras", BACKEND):
        if sys.modules.get(package) is None and find_spec(package) is None:
            raise NoKeras(
                f"Training needs Keras and TensorFlow, and {package} is not installed here. "
                "Install both with: pip install keras tensorflow. A record that is there is drawn "
                "without them: epochreel render --record run.json",
                field=package,
            )
    keras = sys.modules.get("keras")
    found, setting = (keras.config.backend(), "") if keras else _set_backend()
    if found != BACKEND:
        where = f" (says {setting})" if setting else ""
        raise WrongBackend(
            f"Keras runs on {shown(found)}{where}; epochreel trains and records on TensorFlow. "
            f"Set KERAS_BACKEND={BACKEND} before Keras is imported.",
            field="KERAS_BACKEND",
            value=found,
        )


def _set_backend() -> tuple[str, str]:
    """The backend that Keras will take, and where that is set."""
    named = os.environ.get("KERAS_BACKEND")
    if named:
        return named, "KERAS_BACKEND"
    path = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras") / "keras.json"
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
        return settings.get("backend", BACKEND), str(path)
    except (OSError, ValueError, AttributeError, RuntimeError):
        # Keras, too, goes on without a file that it cannot read.
        return BACKEND, ""
