"""Slides for Marp."""

from collections.abc import Mapping

from epochreel.products.clip_folder import Kind, Placed
from epochreel.products.decks.markdown import escaped, header, video
from epochreel.products.decks.notes import in_comment
from epochreel.products.footage import Footage
from epochreel.products.plan import Film

SLIDES = "slides.md"

HEADER = """---
# Make a page of it with: marp --html slides.md
# Then each clip starts when its slide comes. Without --html (in VS Code: "markdown.marp.html":
# "all") it starts with a click, and Marp leaves its captions out. These need a server as well:
# marp --html --server .
marp: true
title: %(title)s
lang: %(language)s
size: 16:9
style: |
  section { display: flex; flex-direction: column; justify-content: flex-start; padding: 24px; }
  section { background: %(page)s; color: %(ink)s; }
  section h2 { margin: 0 0 12px; font-size: 32px; color: inherit; }
  section video { flex: 1; min-height: 0; width: 100%%; object-fit: contain; }
---
"""
# Marp plays nothing by itself, so each clip watches whether its slide is shown. The small slides
# beside a speaker's notes are frames of their own; in them it stands still.
WATCH = (
    "new IntersectionObserver(([slide]) => { "
    "if (!slide.isIntersecting || self !== top) return this.pause(); "
    "this.currentTime = 0; this.play().catch(() => {}); "
    "}, { threshold: 0.5 }).observe(this)"
)
SLIDE = """
## %(title)s

%(video)s

<!-- %(caption)s -->
"""


def _write(film: Film, footage: Mapping[Placed, Footage]) -> dict[str, str]:
    spoken = film.narration is not None
    slides = [
        SLIDE
        % {
            "title": escaped(clip.title),
            "video": video(placed, clip, f'onloadedmetadata="{WATCH}"', spoken=spoken),
            "caption": in_comment(clip.caption),
        }
        for placed, clip in footage.items()
    ]
    before = header(HEADER, film, film.show.fields["lesson"])
    return {SLIDES: before + "\n---\n".join(slides)}


MARP = Kind(
    (SLIDES,),
    _write,
    ("epochreel.products.decks.marp",),
    tracks=True,
    editable=True,
)
