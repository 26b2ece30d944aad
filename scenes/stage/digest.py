"""What a picture depends on, in one key. Needs no Manim: it is asked before Manim is loaded."""

import hashlib
import json
import os
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from epochreel.lecture.video import Video
from epochreel.record.view import Show, View


def picture_key(view: View, show: Show, video: Video, what: str) -> str:
    """A SHA-256 over the numbers and words in view, the look, the video and the code.

    Args:
        what: a scene's or a film's name.
    """
    parts = {
        "what": what,
        "view": view.digest(),
        "language": show.language,
        "theme": show.theme,
        "video": asdict(video),
        "engine": os.environ.get("EPOCHREEL_ENGINE", ""),
        "manim": version("manim"),
        "code": _code_digest(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def _code_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
