"""Between two clips of a talk nothing flashes: every picture on the screen is one of theirs."""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.products.conftest import SMALL
from tests.web.conftest import OpenFile
from tests.web.talks import BEATS, a_folder, a_talk, beat, finish, has_begun, ready, shows

pytestmark = [pytest.mark.manim, pytest.mark.render]
Pixels = npt.NDArray[np.int64]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("seams")
    return {"file": a_talk(folder), "folder": a_folder(folder)}


@pytest.fixture(scope="module")
def clips(made: dict[str, Path]) -> dict[str, list[Pixels]]:
    """The frames of every beat's clip."""
    clips = {}
    for name, path in zip(BEATS, sorted(made["folder"].parent.glob("*.mp4")), strict=True):
        with av.open(path) as clip:
            frames = [frame.to_ndarray(format="rgb24") for frame in clip.decode(video=0)]
        clips[name] = [frame.astype(int) for frame in frames]
    return clips


@contextmanager
def filmed(page: Page) -> Iterator[list[Pixels]]:
    """Every picture that the browser makes of a page as long as the block lasts."""
    session, pictures = page.context.new_cdp_session(page), []

    def keep(event: dict[str, Any]) -> None:
        picture = Image.open(io.BytesIO(base64.b64decode(event["data"]))).convert("RGB")
        pictures.append(np.asarray(picture).astype(int))
        session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
    page.wait_for_timeout(200)
    pictures.clear()
    yield pictures
    session.remove_listener("Page.screencastFrame", keep)
    session.send("Page.stopScreencast")


def share_changed(picture: Pixels, frame: Pixels) -> float:
    """Of the pixels; what only colours of thin lines change is left out."""
    return float((np.abs(picture - frame).max(axis=2) > 48).mean())


def distance(picture: Pixels, frames: list[Pixels]) -> float:
    return min(share_changed(picture, frame) for frame in frames)


@pytest.mark.parametrize("form", ["file", "folder"])
def test_every_picture_between_two_clips_is_one_of_theirs(
    form: str, made: dict[str, Path], clips: dict[str, list[Pixels]], open_file: OpenFile
) -> None:
    page = ready(open_file(made[form], SMALL.width, SMALL.height))
    page.keyboard.press("PageDown")
    # From clips that play, have ended or stand, to clips that are decoded, have ended or are far.
    for key in ("PageDown", "PageUp", "PageDown", "PageUp", "End", "Home", "End"):
        if shows(page) != "last":
            has_begun(page)
        if beat(page) == BEATS[1]:
            finish(page)
        before = beat(page)
        with filmed(page) as pictures:
            page.keyboard.press(key)
            page.wait_for_timeout(400)
        after = clips[beat(page)]
        assert pictures
        assert max(distance(picture, clips[before] + after) for picture in pictures) < 0.01, key
        if BEATS.index(before) < BEATS.index(beat(page)):
            # Nothing of the clip's end is seen before its start.
            seen = [picture for picture in pictures if is_of(picture, after, clips[before])]
            for first in seen[:1]:
                assert share_changed(first, after[0]) < share_changed(first, after[-1]), key


def is_of(picture: Pixels, clip: list[Pixels], other: list[Pixels]) -> bool:
    return distance(picture, clip) < distance(picture, other)
