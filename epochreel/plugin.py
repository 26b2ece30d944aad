"""The plugin `epochreel` of Manim: scenes draw with the engine without a line of them changed.

Manim loads every plugin that is installed whenever it is imported, asked for or not. So this one
takes a single place, from which a scene without a renderer of its own gets one, and looks there
whether it is asked for: by `plugins = epochreel` under `[CLI]` in a `manim.cfg`, or by `epochreel
manim`. The engine is loaded with the first scene that is to use it.
"""

import gc
import sys
from collections.abc import Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from manim import CairoRenderer, config
from manim.scene import scene

NAME = "epochreel"
# `scenes` is what many call a file of theirs: the engine is loaded by its place, not by that name.
ENGINE = Path(__file__).parents[1] / "scenes" / "engine"

_asked_by_command = False


def run_manim(arguments: Sequence[str]) -> None:
    """Run Manim's own command line, with the engine on; ends the process as that does."""
    global _asked_by_command
    from manim.__main__ import main

    _asked_by_command = True
    main(args=[*arguments], prog_name="epochreel manim")


def _renderer(**arguments: Any) -> Any:
    """What a scene that brings no renderer draws with."""
    if _asked_by_command or NAME in config.plugins:
        return _engine().drop_in_renderer(**arguments)
    return CairoRenderer(**arguments)


def _engine() -> ModuleType:
    name = f"{NAME}.engine"
    if name not in sys.modules:
        spec = spec_from_file_location(name, ENGINE / "__init__.py")
        assert spec and spec.loader  # a path that ends in .py has both
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
        gc.freeze()  # what is loaded stays: no need to look for rubbish in it again and again
    return sys.modules[name]


scene.CairoRenderer = _renderer  # type: ignore[assignment, misc]
