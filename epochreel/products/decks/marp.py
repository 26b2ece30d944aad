"""Slides for Marp."""

from collections.abc import Mapping

from epochreel.products.clip_folder import Kind, Placed
from epochreel.products.decks.markdown import escaped, quoted, video
from epochreel.products.decks.notes import in_comment
from epochreel.products.footage import Footage
from epochreel.products.plan import Film
from scenes.drawing.theme import THEMES

SLIDES = "slides.md"

HEADER = """---
# Make a page of it with: marp --html slides.md
# Marp leaves elements of HTML out unless it is told --html; in VS Code the setting is
# "markdown.marp.html": "all". Each clip starts when its slide comes, in the page that Marp makes;
# elsewhere, as in the preview of VS Code, with a click. Captions need a server: marp --html -s .
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
# The slides that Marp shows beside the speaker's notes are frames of their own, and stand still.
SCRIPT = """
<script>
addEventListener("load", () => {
  if (self !== top) return;
  let shown;
  const turn = () => {
    const slide = document.querySelector(".bespoke-marp-active");
    if (slide === shown) return;
    shown?.querySelector("video")?.pause();
    shown = slide;
    const clip = slide?.querySelector("video");
    if (clip) { clip.currentTime = 0; clip.play().catch(() => {}); }
  };
  new MutationObserver(turn).observe(document.body, {
    attributeFilter: ["class"], subtree: true,
  });
  turn();
});
</script>
"""
SLIDE = """
## %(title)s

%(video)s

<!-- %(caption)s -->
"""


def _write(film: Film, footage: Mapping[Placed, Footage]) -> dict[str, str]:
    theme = THEMES[film.show.theme]
    header = HEADER % {
        "page": theme.page,
        "ink": theme.ink,
        "title": quoted(film.show.fields["lesson"]),
        "language": film.show.language,
    }
    # Browsers start by themselves only what is muted; once a key was pressed, sound as well.
    sound = () if film.narration else ("muted",)
    slides = [
        SLIDE
        % {
            "title": escaped(clip.title),
            "video": video(placed, clip, *sound),
            "caption": in_comment(clip.caption),
        }
        for placed, clip in footage.items()
    ]
    return {SLIDES: header + "\n---\n".join(slides) + SCRIPT}


MARP = Kind(
    (SLIDES,),
    _write,
    ("epochreel.products.decks.marp",),
    tracks=True,
    editable=True,
)
