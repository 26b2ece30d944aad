"""`epochreel doctor`: what a film needs of this machine, checked one by one."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

SETUP = "Run: make setup"
SAMPLE = "深度学习 loss −1.5"
FREE_GIGABYTES = 2


@dataclass(frozen=True)
class Result:
    """One check: what was looked at, what was found, and what to do if that is not good."""

    name: str
    good: bool
    found: str
    remedy: str = SETUP


def check_modules() -> Result:
    """Look whether Python finds epochreel's own packages: PYTHONPATH may hide them."""
    home = Path(__file__).parents[2]
    for name in ("scenes", "training"):
        spec = find_spec(name)
        origin = spec.origin if spec else None
        if origin != str(home / name / "__init__.py"):
            remedy = "Unset PYTHONPATH, or rename there what has the same name."
            return Result("modules", False, f"`{name}` is {origin}, not epochreel's", remedy)
    return Result("modules", True, f"in {home}")


def check_fonts() -> Result:
    """Draw a sample of both scripts with each weight in use."""
    try:
        from scenes.drawing.glyphs import BOLD, MONO, REGULAR, SANS, font

        curves = [len(font(SANS, weight).line(SAMPLE)[0]) for weight in (REGULAR, BOLD)]
        curves.append(len(font(MONO).line("model.fit(X, Y)")[0]))
    except Exception as error:
        return Result("fonts", False, str(error))
    return Result("fonts", min(curves) > 0, f"{SANS.family}, {MONO.family}")


def check_formulas() -> Result:
    """Typeset a formula with Typst, the lecture's font beside its own."""
    try:
        import typst

        from scenes.drawing.glyphs import SANS

        source = '$ 1/n sum_(i=1)^n (y - hat(y))^2 $ #text(font: "Noto Sans CJK SC")[损失]'
        folders: list[Any] = [str(SANS.path.parent)]
        image = typst.compile(source.encode(), format="svg", font_paths=folders)
    except Exception as error:
        return Result("formulas", False, str(error))
    return Result("formulas", len(image) > 1000, f"Typst {version('typst')}")


def check_encoder() -> Result:
    """Encode one frame with the codec that films have."""
    try:
        import av
        import numpy as np

        with (
            tempfile.TemporaryDirectory() as folder,
            av.open(str(Path(folder) / "frame.mp4"), "w") as container,
        ):
            stream = container.add_stream(
                "libx264", rate=15, width=64, height=64, pix_fmt="yuv420p"
            )
            frame = av.VideoFrame.from_ndarray(
                np.zeros((64, 64, 3), dtype=np.uint8), format="rgb24"
            )
            container.mux([*stream.encode(frame), *stream.encode()])
    except Exception as error:
        return Result(
            "encoder", False, f"libx264: {error}", f"PyAV must come with libx264. {SETUP}"
        )
    return Result("encoder", True, f"libx264 through PyAV {av.__version__}")


def check_manim() -> Result:
    """Import Manim, which needs Cairo and Pango."""
    try:
        import manim
    except Exception as error:
        return Result("manim", False, str(error))
    return Result("manim", True, f"Manim {manim.__version__}")


def check_keras() -> Result:
    """Import Keras on TensorFlow, which only training needs: an install may be without them."""
    if not (find_spec("keras") and find_spec("tensorflow")):
        return Result("keras", True, "not installed with TensorFlow; render --record does without")
    try:
        from training.train import quiet_tensorflow

        quiet_tensorflow()
        import training.model  # noqa: F401
    except Exception as error:
        return Result("keras", False, str(error), f"Records still render with --record. {SETUP}")
    return Result("keras", True, f"Keras {version('keras')}")


def check_disk() -> Result:
    """Room for clips and films where they go."""
    free = shutil.disk_usage(Path.cwd()).free / 1e9
    remedy = f"Films want {FREE_GIGABYTES} GB; remove what no lecture needs: epochreel clean"
    return Result("disk", free >= FREE_GIGABYTES, f"{free:.1f} GB free", remedy)


CHECKS: tuple[Callable[[], Result], ...] = (
    check_modules,
    check_fonts,
    check_formulas,
    check_encoder,
    check_manim,
    check_keras,
    check_disk,
)


@click.command(short_help="Check what a film needs of this machine.")
def doctor() -> None:
    """Check modules, fonts, formulas, encoder, Keras and the disk; each failure with its remedy."""
    failed = 0
    for check in CHECKS:
        result = check()
        failed += not result.good
        mark = click.style("ok  ", fg="green") if result.good else click.style("FAIL", fg="red")
        click.echo(f"{mark} {result.name}: {result.found}")
        if not result.good:
            click.echo(f"     {result.remedy}")
    if failed:
        raise SystemExit(1)
