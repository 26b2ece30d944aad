"""One HTML file that holds all it needs, and may neither ask the network nor run what it shows."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

import orjson

from epochreel.work.store import digest_of

ASSETS = files("epochreel.products.web") / "assets"


def asset(name: str) -> str:
    """The text of a file that ships beside this code."""
    return (ASSETS / name).read_text(encoding="utf-8")


def assets_digest(names: Sequence[str]) -> str:
    """What of such files a product depends on: they are no modules, which `code_on_disk` finds."""
    return digest_of({name: asset(name) for name in names})


def document(
    *,
    title: str,
    language: str,
    styles: Sequence[str],
    body: str,
    data: Mapping[str, Any],
    scripts: Sequence[str],
    media: Mapping[str, bytes] | None = None,
    allowed: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """The text of the file; its content security policy admits these styles and scripts only.

    Args:
        body: markup whose words are escaped.
        data: values for the scripts by the `id` of the element that holds them, as JSON.
        media: files for the scripts by the same, as base64; they come last, so that the page is
            there before they are.
        allowed: what the policy admits beyond that, sources by directive.
    """
    style, script = "\n".join(styles), "\n".join(scripts)
    policy = {
        "default-src": ["'none'"],
        "style-src": [_hash(style)],
        "script-src": [_hash(script)],
        "img-src": ["data:", "blob:"],
        "media-src": ["data:", "blob:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    for directive, sources in (allowed or {}).items():
        policy[directive] = [*policy.get(directive, ()), *sources]
    said = "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items())
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(language)}">',
            '<head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(said)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<title>{escape(title)}</title><link rel="icon" href="data:,">',
            f"<style>{style}</style></head>",
            f"<body>{body}",
            *(_held(name, "application/json", _json(value)) for name, value in data.items()),
            f"<script>{script}</script>",
            *(
                _held(name, "application/octet-stream", base64.b64encode(file).decode())
                for name, file in (media or {}).items()
            ),
            "</body></html>\n",
        ]
    )


def _held(name: str, kind: str, text: str) -> str:
    return f'<script type="{kind}" id="{escape(name)}">{text}</script>'


def _json(value: Any) -> str:
    # In JSON a `<` stands in strings only, and a tag in a string would end the element.
    return orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY).decode().replace("<", "\\u003c")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
