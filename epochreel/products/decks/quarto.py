"""Slides for Quarto, which makes a reveal.js presentation of them."""

from collections.abc import Mapping

from epochreel.products.clip_folder import Kind, Placed
from epochreel.products.decks.markdown import escaped, header, video
from epochreel.products.footage import Footage
from epochreel.products.plan import Film

SLIDES = "slides.qmd"

HEADER = """---
# Preview with: quarto preview slides.qmd
# Each clip starts when its slide comes. Captions and, in Chrome, the notes' window need a server,
# as `quarto preview` is one; opened as a file, the slides lack them.
title: %(title)s
lang: %(language)s
format:
  revealjs:
    width: 1280
    height: 720
    margin: 0.02
    include-in-header:
      text: |
        <style>
        :root { --r-background-color: %(page)s; --r-main-color: %(ink)s; }
        :root { --r-heading-color: %(ink)s; }
        </style>
resources: ["*.mp4", "posters/*", "captions/*"]
---
"""
# A fence keeps Pandoc from reading the words in the element as Markdown.
SLIDE = """
## %(title)s

```{=html}
%(video)s
```

::: {.notes}
%(caption)s
:::
"""


def _write(film: Film, footage: Mapping[Placed, Footage]) -> dict[str, str]:
    spoken = film.narration is not None
    slides = [
        SLIDE
        % {
            "title": escaped(clip.title),
            "video": video(placed, clip, 'class="r-stretch"', "data-autoplay", spoken=spoken),
            "caption": escaped(clip.caption),
        }
        for placed, clip in footage.items()
    ]
    before = header(HEADER, film, escaped(film.show.fields["lesson"]))
    return {SLIDES: before + "".join(slides)}


QUARTO = Kind(
    (SLIDES,),
    _write,
    ("epochreel.products.decks.quarto",),
    tracks=True,
    editable=True,
)
