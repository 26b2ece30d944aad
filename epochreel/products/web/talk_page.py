"""The page of a talk: a section for each beat, and its controls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from epochreel.lecture.languages import LANGUAGES, own_name
from epochreel.products.footage import Footage
from epochreel.products.web.colors import colors_of
from epochreel.products.web.document import asset, document
from epochreel.products.web.words import TALK_WORDS, translated
from epochreel.record.view import Show

STYLES = ("reveal/reset.css", "reveal/reveal.css", "clips.css", "talk.css")
SCRIPTS = ("reveal/reveal.js", "reveal/plugin/notes.js", "held.js", "clips.js", "talk.js")
LICENSE = "reveal/LICENSE"
ASSETS = (*STYLES, *SCRIPTS, LICENSE)

# What a control does, and its key.
CONTROLS = {
    "toggle": "A",
    "replay": "R",
    "captions": "C",
    "overview": "O",
    "speaker": "S",
    "full_screen": "F",
}
# What reveal.js writes into the window of its speaker view, which keeps this page's policy: a
# script, a style, and `display: none` as an element's own style. In it this page is shown twice.
SPEAKER_VIEW = {
    "script-src": ["'sha256-GzCveToXhSIzS3M5eQeRm3McVRB7cYneYKwTkzA3wDk='"],
    "style-src": [
        "'sha256-FO8+tEZY4XAJsThREbo8dTCiyACqv1VGgxX0NfVfEAs='",
        "'unsafe-hashes'",
        "'sha256-ZdHxw9eWtnxUb3mk6tBS+gIiVUPE3pGM470keHPDFlE='",
    ],
    "frame-src": ["'self'", "file:"],
}


@dataclass(frozen=True)
class Sourced:
    """Footage, and where a page finds its files: by address, or held in the page itself.

    Attributes:
        tracks: addresses of captions by language.
    """

    footage: Footage
    video: str
    first: str
    last: str
    held: bool = False
    tracks: Mapping[str, str] | None = None


def talk_page(
    show: Show, beats: Sequence[Sourced], media: Mapping[str, bytes], sources: Sequence[str]
) -> str:
    """The text of the page.

    Args:
        media: the files that it holds.
        sources: where else its policy lets it find videos and pictures.
    """
    languages = sorted(LANGUAGES, key=lambda language: language != show.language)
    told = {
        "words": translated(TALK_WORDS, show.language),
        "languages": {language: own_name(language) for language in languages},
        "captions": {beat.footage.name: beat.footage.captions for beat in beats},
    }
    lesson = show.fields["lesson"]
    body = f"""
<main><h1 class="unseen">{escape(lesson)}</h1><div class="reveal"><div class="slides">
{_scenes(beats)}
</div></div></main>
<footer>{_controls(show.language)}<p id="caption" hidden></p></footer>
"""
    return document(
        title=lesson,
        language=show.language,
        styles=[f":root{{{colors_of(show.theme)}}}", *map(asset, STYLES)],
        body=body,
        data={"talk": told},
        scripts=[f"/*\n{asset(LICENSE)}*/", *map(asset, SCRIPTS)],
        media=media,
        allowed={**SPEAKER_VIEW, "img-src": sources, "media-src": sources},
    )


def sections(beats: Sequence[Sourced]) -> str:
    """A slide for each beat."""
    return "\n".join(map(_section, beats))


def _scenes(beats: Sequence[Sourced]) -> str:
    """The same in a stack for each scene; the first clip waits until the audience is there."""
    lines = []
    for title, scene in groupby(beats, key=lambda beat: escape(beat.footage.title)):
        lines.append(f'<section class="scene" aria-label="{title}"><h2>{title}</h2>')
        lines += [_section(beat, waits=beat is beats[0]) for beat in scene]
        lines.append("</section>")
    return "\n".join(lines)


def _section(beat: Sourced, *, waits: bool = False) -> str:
    footage = beat.footage
    width, height = footage.size
    alt = escape(footage.alt_text)
    image, clip = ("data-held", "data-held") if beat.held else ("src", "data-clip")
    tracks = "".join(
        f'<track kind="captions" srclang="{language}" label="{own_name(language)}" '
        f'src="{escape(file)}">'
        for language, file in (beat.tracks or {}).items()
    )
    return "\n".join(
        [
            f'<section data-beat="{escape(footage.name)}" data-transition="none" '
            f'aria-label="{alt}"><div class="clip" data-shows="last">',
            f'<img class="last" {image}="{escape(beat.last)}" width="{width}" height="{height}" '
            'alt="" decoding="sync">',
            f'<img class="first" {image}="{escape(beat.first)}" alt="" decoding="sync">',
            f'<video {clip}="{escape(beat.video)}" aria-label="{alt}" preload="auto" playsinline>'
            f"{tracks}</video>",
            *(['<span class="fragment starts"></span>'] if waits else []),
            f'</div><aside class="notes">{escape(footage.caption)}</aside></section>',
        ]
    )


def _controls(language: str) -> str:
    words = translated(TALK_WORDS, language)
    said = {
        **words,
        "toggle": words["play"],
        "captions": f"{words['captions']}: {words['off']}",
    }
    buttons = "\n".join(
        f'<button type="button" data-does="{name}" aria-keyshortcuts="{key}">'
        f"<span>{escape(said[name])}</span><kbd>{key}</kbd></button>"
        for name, key in CONTROLS.items()
    )
    return (
        f'<div id="controls" role="toolbar" aria-label="{escape(words["controls"])}">\n'
        f"{buttons}\n</div>"
    )
