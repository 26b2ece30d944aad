"""What a notebook shows of a film."""

import re
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import av
import numpy as np
import pytest

from epochreel import render
from epochreel.errors import NoSuchBeat, NoSuchScene

pytestmark = [pytest.mark.manim, pytest.mark.render]
HOSTILE = "</video><script>alert(\"1\")</script> & 'x'"


class Tags(HTMLParser):
    """The tags of a page with their attributes, as a browser reads them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def decoded(source: str | None, kind: str) -> bytes:
    found = re.fullmatch(f"data:{kind};base64,(.+)", source or "")
    assert found
    return b64decode(found[1], validate=True)


def test_a_page_holds_the_video_and_its_captions_whatever_the_words(record: Path) -> None:
    settings = {"words.en.lesson": HOSTILE}
    film = render(record, settings=settings, only="title", quality="draft", language="en")

    (video, of_video), (track, of_track) = Tags(film._repr_html_()).found

    assert (video, track) == ("video", "track")
    assert of_video["aria-label"] == HOSTILE
    assert "controls" in of_video
    assert decoded(of_video["src"], "video/mp4") == film.path.read_bytes()
    captions = film.path.with_suffix(".vtt").read_bytes()
    assert decoded(of_track["src"], "text/vtt") == captions
    assert captions.startswith(b"WEBVTT")
    assert (of_track["kind"], of_track["srclang"]) == ("captions", "en")
    assert "default" in of_track


def test_a_still_is_the_last_frame_of_its_beat_also_of_one_that_the_film_has_not(
    record: Path,
) -> None:
    film = render(record, only="fit/training", quality="draft")
    with av.open(film.path) as container:
        *_, last = container.decode(video=0)

    still = film.still("fit", "training")
    title = film.still("title", "title")

    difference = np.abs(np.asarray(still, dtype=int) - last.to_ndarray(format="rgb24"))
    assert difference.mean() < 3
    assert np.asarray(still).std() > 10
    assert title.size == still.size == (854, 480)
    assert title != still


def test_a_still_of_no_beat_names_those_there_are(record: Path) -> None:
    film = render(record, only="title", quality="draft")

    with pytest.raises(NoSuchBeat, match=r"has no beat 'titel' here\. It has: title"):
        film.still("title", "titel")
    with pytest.raises(NoSuchScene, match="There is no scene 'titel'"):
        film.still("titel", "title")
