"""A talk as a folder, and its slides in a deck of the lecturer's own."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from epochreel.products.web.document import asset
from epochreel.products.web.talk import SECTIONS
from tests.web.conftest import OpenFile
from tests.web.talks import BEATS, PRESENT, a_folder, beat, finish, has_begun, ready, shows, video

pytestmark = [pytest.mark.manim, pytest.mark.render]
OWN_DECK = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Mine</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="reveal.css"><link rel="stylesheet" href="clips.css">
<div class="reveal"><div class="slides"><section id="mine">Mine</section>
%s
<section>Mine as well</section></div></div>
<script src="reveal.js"></script><script src="clips.js"></script>
<script>Reveal.initialize({ plugins: [EpochreelClips] })</script></html>"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_folder(tmp_path_factory.mktemp("folder"))


def test_it_plays_from_its_files_and_so_does_its_speaker_view(
    index: Path, open_file: OpenFile
) -> None:
    page = ready(open_file(index))
    page.keyboard.press("PageDown")
    has_begun(page)
    page.keyboard.press("PageDown")
    has_begun(page)
    assert (beat(page), shows(page)) == (BEATS[1], "video")
    assert video(page, "video.currentSrc").startswith("file:")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    current = opened.value.frame_locator("iframe").nth(0)
    expect(current.locator(PRESENT)).to_have_attribute("data-beat", BEATS[1])


def test_its_sections_work_in_a_deck_of_ones_own(index: Path, open_file: OpenFile) -> None:
    folder = index.parent
    for name in ("reveal.js", "reveal.css"):
        (folder / name).write_text(asset(f"reveal/{name}"), encoding="utf-8")
    sections = (folder / SECTIONS).read_text(encoding="utf-8")
    (folder / "mine.html").write_text(OWN_DECK % sections, encoding="utf-8")
    page = ready(open_file(folder / "mine.html"))
    for name in BEATS:
        page.keyboard.press("ArrowRight")
        has_begun(page)
        assert (beat(page), shows(page)) == (name, "video")
    finish(page)
    page.keyboard.press("ArrowRight")
    expect(page.locator("section", has_text="Mine as well")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    assert (beat(page), shows(page), video(page, "video.paused")) == (BEATS[2], "last", True)
    picture = page.locator(f"{PRESENT} .last").bounding_box()
    clip = page.locator(f"{PRESENT} video").bounding_box()
    assert picture == clip


def test_each_clip_has_captions_in_every_language_beside_it(index: Path) -> None:
    sections = (index.parent / SECTIONS).read_text(encoding="utf-8")
    tracks = sorted(index.parent.glob("captions/*.vtt"))
    assert len(tracks) == 3 * len(BEATS)
    for track in tracks:
        assert f'src="captions/{track.name}"' in sections
        assert track.read_text(encoding="utf-8").startswith("WEBVTT")
