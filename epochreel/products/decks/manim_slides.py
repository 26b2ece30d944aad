"""A presentation for manim-slides: the JSON file that its `present` and `convert` read."""

import json
from collections.abc import Mapping

from epochreel.products.clip_folder import Kind, Placed
from epochreel.products.decks.notes import without_html
from epochreel.products.footage import Footage
from epochreel.products.plan import Film
from scenes.drawing.theme import THEMES

# The folder in which manim-slides looks when nothing else is said.
FOLDER = "slides"


def _write(film: Film, footage: Mapping[Placed, Footage]) -> dict[str, str]:
    video = film.drawing.video
    presentation = {
        "slides": [_slide(film.path.parent.name, placed, clip) for placed, clip in footage.items()],
        "resolution": [video.width, video.height],
        "background_color": THEMES[film.show.theme].page,
    }
    # In ASCII, since manim-slides reads the file in the encoding of the system.
    return {film.path.name: json.dumps(presentation, indent=1) + "\n"}


def _slide(folder: str, placed: Placed, clip: Footage) -> dict[str, str]:
    # Paths count from the folder above. The key that plays a slide backwards plays `rev_file`;
    # here it plays the clip as it is, since a second one would double the folder for that key.
    file = f"{folder}/{placed.file}"
    # Converted to a page, notes are HTML; in a PowerPoint deck and to `present` they are plain.
    return {"file": file, "rev_file": file, "notes": without_html(clip.caption)}


MANIM_SLIDES = Kind(
    ("{lecture}.json",),
    _write,
    ("epochreel.products.decks.manim_slides",),
    inside=FOLDER,
    editable=True,
)
