"""`make gallery`: docs/gallery.md, a picture of each lecture and of each scene, and two clips.

The clips open the README.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from epochreel.lecture.file import about, shipped_lectures

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "media" / "readme" / "gallery"
SIZE = (960, 540)
COLORS = 128

# Of each lecture the beat that shows what it is about.
LECTURES = {
    "loss_function": "epochs/epoch-5",
    "single_neuron": "loss_curve/marks",
    "hidden_layer": "fit/training",
    "activations": "compare/fits",
    "too_fast": "compare/ends",
    "optimizer": "descent/optimizers",
    "two_moons": "fit/training",
    "iris": "epochs/epoch-5",
    "overfitting": "fit/training",
}
# Of each scene a lecture and a beat that show what it can do.
SCENES = {
    "title": ("loss_function", "title"),
    "compile_call": ("iris", "optimizer"),
    "data": ("two_moons", "targets"),
    "network": ("iris", "parameters"),
    "forward_pass": ("loss_function", "layer-2"),
    "epochs": ("two_moons", "epoch-5"),
    "training_loop": ("iris", "update"),
    "loss_formula": ("iris", "training"),
    "loss_evaluation": ("two_moons", "mean"),
    "gradient_step": ("loss_function", "step"),
    "descent": ("optimizer", "rates"),
    "loss_curve": ("overfitting", "parting"),
    "fit": ("iris", "training"),
    "references": ("loss_function", "references"),
    "compare": ("activations", "curves"),
}
# What the README opens with, by the file's name.
CLIPS = {"epochs": ("loss_function", "epochs/epoch-1"), "descent": ("optimizer", "descent/rates")}


def main() -> None:
    """Draw the pictures that the page shows, and write it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    wanted: dict[str, set[str]] = {}
    for lecture, beat in [*LECTURES.items(), *((at, f"{s}/{b}") for s, (at, b) in SCENES.items())]:
        wanted.setdefault(lecture, set()).add(beat)
    for lecture, beats in wanted.items():
        draw(lecture, beats)
    for name, (lecture, beat) in CLIPS.items():
        film(lecture, beat, PICTURES.parent / f"{name}.gif")
    PAGE.write_text(page(), encoding="utf-8")


def draw(lecture: str, beats: set[str]) -> None:
    """Draw the ends of some beats of a lecture."""
    with tempfile.TemporaryDirectory() as folder:
        only = ",".join(sorted(beats))
        command = ["still", lecture, "--language", "en", "--only", only, "--out", folder]
        subprocess.run([sys.executable, "-m", "epochreel", *command], check=True)
        for beat in beats:
            (drawn,) = Path(folder).glob(f"*-{beat.replace('/', '-')}.png")
            with Image.open(drawn) as picture:
                small = picture.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
                small.quantize(COLORS).save(PICTURES / name_of(lecture, beat), optimize=True)


def film(lecture: str, beat: str, path: Path) -> None:
    """Draw a beat of a lecture as a GIF."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["clips", lecture, "--language", "en", "--only", beat, "--to", folder]
        options = ["--format", "gif", "--quality", "low"]
        subprocess.run([sys.executable, "-m", "epochreel", *command, *options], check=True)
        (made,) = Path(folder).glob("*.gif")
        shutil.copyfile(made, path)


def page() -> str:
    """The page's text."""
    lines = ["# Gallery", "", "`make gallery` draws these pictures.", "", "## Lectures", ""]
    for lecture, path in shipped_lectures().items():
        lines += [f"### `{lecture}`", "", about(path), "", _shown(lecture, LECTURES[lecture]), ""]
    lines += ["## Scenes", ""]
    for scene, (lecture, beat) in SCENES.items():
        lines += [f"### `{scene}`", "", _shown(lecture, f"{scene}/{beat}"), ""]
    return "\n".join(lines)


def name_of(lecture: str, beat: str) -> str:
    """What a picture's file is called."""
    return f"{lecture}-{beat.replace('/', '-')}.png"


def _shown(lecture: str, beat: str) -> str:
    place = f"../media/readme/gallery/{name_of(lecture, beat)}"
    return f"![The beat {beat} of the lecture {lecture}]({place})"


if __name__ == "__main__":
    main()
