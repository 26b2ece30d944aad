"""A talk in a browser, a slide for each beat: one file, or a folder with clips as files."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from epochreel.lecture.languages import LANGUAGES
from epochreel.products.clip_folder import Kind, Placed
from epochreel.products.footage import Footage, footage_ingredients
from epochreel.products.one_file import check_ours, make_file
from epochreel.products.plan import Film, FilmPlan
from epochreel.products.web.document import asset, assets_digest
from epochreel.products.web.talk_page import ASSETS, Sourced, sections, talk_page
from epochreel.work.code import code_on_disk
from epochreel.work.events import Listener
from epochreel.work.store import Store
from epochreel.work.workers import Workers

PAGE, SECTIONS = "index.html", "sections.html"
BESIDE = ("clips.js", "clips.css")
MODULE = "epochreel.products.web.talk"
NEEDED = """\
<!-- These slides go into a reveal.js deck of your own. Copy this folder's files beside it (the
     paths below are seen from there), put the sections where yours are, and add:

     <link rel="stylesheet" href="clips.css">
     <script src="clips.js"></script>
     Reveal.initialize({ plugins: [EpochreelClips], ... })

     The plugin plays a clip when its slide comes, and lets it stand on its last frame. -->
"""


def make_talk(film: Film, store: Store, workers: Workers, listen: Listener) -> FilmPlan:
    """Make the talk `film.path`, one HTML file; gives what there was to do.

    Raises:
        RenderError: these words or numbers cannot be drawn, or `only` asks for what is not there.
        BadOutput: the file that is there is not as epochreel wrote it.
    """
    check_ours(film.path, "--to")
    more = {
        **film.more,
        **footage_ingredients(film.show),
        "talk": code_on_disk((MODULE,)),
        "assets": assets_digest(ASSETS),
    }

    def write(footage: Sequence[Footage], path: Path) -> None:
        media: dict[str, bytes] = {}
        beats = [_held(beat, media) for beat in footage]
        page = talk_page(film.show, beats, media, sources=())
        path.write_text(page, encoding="utf-8", newline="\n")

    return make_file(replace(film, more=more), write, store, workers, listen)


def _held(footage: Footage, media: dict[str, bytes]) -> Sourced:
    """Put files among those that the page holds; what is the same is held once."""

    def hold(file: Path) -> str:
        content = file.read_bytes()
        name = f"{hashlib.sha256(content).hexdigest()[:16]}{file.suffix}"
        media[name] = content
        return name

    video, first, last = map(hold, (footage.video, footage.first, footage.last))
    return Sourced(footage, video, first, last, held=True)


def _write(film: Film, footage: Mapping[Placed, Footage]) -> dict[str, str]:
    beats = [
        Sourced(
            beat,
            *placed.places,
            tracks={language: placed.track(language) for language in LANGUAGES},
        )
        for placed, beat in footage.items()
    ]
    return {
        PAGE: talk_page(film.show, beats, {}, sources=("'self'", "file:")),
        SECTIONS: f"{NEEDED}{sections(beats)}\n",
        **{name: asset(name) for name in BESIDE},
    }


TALK = Kind((PAGE, SECTIONS, *BESIDE), _write, (MODULE,), ASSETS, tracks=True, editable=True)
