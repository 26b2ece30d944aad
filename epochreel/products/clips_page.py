"""All clips of a folder on one page, to look through in a browser."""

from collections.abc import Mapping
from html import escape
from typing import Any

from scenes.drawing.theme import THEMES

STYLE = """\
:root { color-scheme: %(scheme)s; }
body { margin: 0 auto; max-width: 1440px; padding: 24px; background: %(page)s; color: %(ink)s;
  font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 28px; font-weight: 600; margin: 0 0 4px; }
h2 { font-size: 20px; font-weight: 600; margin: 40px 0 12px; }
p { margin: 0; }
header p, figcaption small { color: %(faint)s; }
section { display: grid; gap: 24px; grid-template-columns: repeat(auto-fill, minmax(380px, 1fr)); }
figure { margin: 0; }
figure video, figure img { display: block; width: 100%%; aspect-ratio: %(ratio)s;
  border: 1px solid %(line)s; box-sizing: border-box; background: %(behind)s; }
video:not(:hover, :focus)::-webkit-media-controls { opacity: 0; }
figcaption { margin-top: 6px; }
figcaption small { display: block; font-family: ui-monospace, monospace; font-size: 13px; }
"""
# Behind what is transparent: squares, as in every program that edits pictures.
SQUARES = "repeating-conic-gradient(#8884 0 25%, #fff4 0 50%) 0 0 / 24px 24px"


def clips_page(index: Mapping[str, Any], theme: str) -> str:
    """The page for what `index.json` says."""
    colors = THEMES[theme]
    style = STYLE % {
        "scheme": "dark" if theme == "night" else "light",
        "page": colors.page,
        "ink": colors.ink,
        "faint": colors.faint,
        "line": colors.line,
        "ratio": f"{index['width']} / {index['height']}",
        "behind": SQUARES if index["transparent"] else colors.page,
    }
    language = index["language"]
    body, title = [], None
    for clip in index["clips"]:
        if clip["title"] != title:
            body.append(f"{'</section>' if title else ''}<h2>{escape(clip['title'])}</h2><section>")
            title = clip["title"]
        body.append(_figure(clip, index["format"], language))
    lesson = escape(index["lesson"])
    counted = f"{len(index['clips'])} × {index['format']}"
    if index["format"] != "png":
        counted += f", {sum(clip['seconds'] for clip in index['clips']):.1f} s"
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{language}">',
            f'<meta charset="utf-8"><title>{lesson}</title>',
            '<meta name="viewport" content="width=device-width">',
            f"<style>\n{style}</style>",
            f"<header><h1>{lesson}</h1><p>{escape(counted)}</p></header>",
            *body,
            "</section></html>",
        ]
    )


def _figure(clip: Mapping[str, Any], format: str, language: str) -> str:
    file, alt = escape(clip["file"]), escape(clip["alt"])
    if format in ("gif", "png"):
        shown = f'<img src="{file}" alt="{alt}" loading="lazy">'
    else:
        poster = escape(clip["last"])
        shown = (
            f'<video src="{file}" poster="{poster}" aria-label="{alt}" controls muted playsinline '
            'preload="none"></video>'
        )
    told = f"{clip['scene']}/{clip['beat']} · {clip['seconds']:.1f} s"
    return (
        f"<figure>{shown}<figcaption>{escape(clip['caption'][language])}"
        f"<small>{escape(told)}</small></figcaption></figure>"
    )
