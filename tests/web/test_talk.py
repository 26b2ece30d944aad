"""A talk as the one who gives it meets it."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import CDPSession, Page, expect

from scenes.drawing.theme import THEMES
from tests.products.sounds import record, tone
from tests.web.conftest import OpenFile
from tests.web.talks import (
    BEATS,
    PRESENT,
    a_talk,
    beat,
    finish,
    has_begun,
    ready,
    shows,
    video,
)

pytestmark = [pytest.mark.manim, pytest.mark.render]


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_talk(tmp_path_factory.mktemp("talk"))


@pytest.fixture
def page(talk: Path, open_file: OpenFile) -> Page:
    return ready(open_file(talk))


def seen(page: Page) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)


def swipe(page: Page, start: int, end: int) -> None:
    session: CDPSession = page.context.new_cdp_session(page)
    for kind, x in (("Start", start), ("Move", end)):
        touch = {"type": f"touch{kind}", "touchPoints": [{"x": x, "y": 300}]}
        session.send("Input.dispatchTouchEvent", touch)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_it_waits_at_the_end_of_its_first_clip_until_a_step_plays_it(page: Page) -> None:
    assert (beat(page), shows(page), video(page, "video.paused")) == (BEATS[0], "last", True)
    page.keyboard.press("PageDown")
    has_begun(page)
    assert (beat(page), shows(page)) == (BEATS[0], "video")
    assert video(page, "video.currentTime < video.duration / 2")
    page.keyboard.press("PageDown")
    assert beat(page) == BEATS[1]


def test_a_clip_stands_on_its_last_frame_until_the_next_step(page: Page) -> None:
    page.goto(f"{page.url}#/0/0")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    has_begun(page)
    finish(page)
    page.wait_for_timeout(300)
    assert (beat(page), shows(page)) == (BEATS[1], "video")
    standing = seen(page)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    assert (beat(page), shows(page)) == (BEATS[1], "last")
    # Video and picture differ where a thin line is coloured, since video has less colour.
    assert (np.abs(seen(page) - standing).max(axis=2) > 60).mean() < 0.01


Way = Callable[[Page], None]
FORWARD: dict[str, Way] = {
    "key": lambda page: page.keyboard.press("ArrowRight"),
    "space": lambda page: page.keyboard.press("Space"),
    "presenter": lambda page: page.keyboard.press("PageDown"),
    "click": lambda page: page.mouse.click(640, 360),
    "click beside the picture": lambda page: page.mouse.click(640, 790),
    "tap": lambda page: page.touchscreen.tap(640, 360),
    "swipe": lambda page: swipe(page, 900, 300),
}
BACK: dict[str, Way] = {
    "key": lambda page: page.keyboard.press("ArrowLeft"),
    "space": lambda page: page.keyboard.press("Shift+Space"),
    "presenter": lambda page: page.keyboard.press("PageUp"),
    "swipe": lambda page: swipe(page, 300, 900),
}


def test_each_way_forward_plays_the_next_beat_even_while_one_plays(
    talk: Path, open_file: OpenFile
) -> None:
    page = ready(open_file(talk, 1280, 800, has_touch=True))
    page.keyboard.press("Space")
    for way, step in FORWARD.items():
        for name in BEATS[1:]:
            step(page)
            assert beat(page) == name, way
            has_begun(page)
        playing = "all => all.filter(video => !video.paused).length"
        assert page.locator("video").evaluate_all(playing) == 1
        page.keyboard.press("Home")


def test_each_way_back_shows_the_end_and_then_forward_plays_from_the_start(
    talk: Path, open_file: OpenFile
) -> None:
    page = ready(open_file(talk, has_touch=True))
    page.keyboard.press("End")
    for way, step in BACK.items():
        for name in (BEATS[1], BEATS[0]):
            step(page)
            assert (beat(page), shows(page), video(page, "video.paused")) == (name, "last", True), (
                way
            )
        for name in BEATS[1:]:
            page.keyboard.press("ArrowRight")
            has_begun(page)
            assert (beat(page), shows(page)) == (name, "video"), way
            assert video(page, "video.currentTime < 1")


def test_a_clip_is_played_again_and_stopped_by_key_and_control(page: Page) -> None:
    state = page.locator("[data-does=toggle] span")
    page.keyboard.press("r")
    has_begun(page)
    expect(state).to_have_text("Pause")
    page.keyboard.press("a")
    assert (shows(page), video(page, "video.paused")) == ("video", True)
    expect(state).to_have_text("Play")
    stopped = video(page, "video.currentTime")
    page.keyboard.press("a")
    has_begun(page)
    assert video(page, "video.currentTime") >= stopped
    finish(page)
    expect(state).to_have_text("Play")

    page.mouse.move(600, 300)
    page.get_by_role("button", name="Replay").click()
    has_begun(page)
    assert video(page, "video.currentTime < 1 && !video.paused")
    assert beat(page) == BEATS[0]
    # The click has left the keys to the slides.
    page.keyboard.press("Space")
    assert beat(page) == BEATS[1]


def test_a_black_screen_stops_the_clip_and_it_goes_on_afterwards(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    has_begun(page)
    page.keyboard.press("b")
    assert video(page, "video.paused")
    page.keyboard.press("b")
    has_begun(page)
    assert not video(page, "video.paused")


def test_captions_come_in_the_own_language_then_the_others_then_go(page: Page) -> None:
    caption, control = page.locator("#caption"), page.locator("[data-does=captions] span")
    expect(caption).to_be_hidden()
    page.keyboard.press("c")
    expect(caption).to_have_attribute("lang", "en")
    expect(control).to_have_text("Captions: English")
    english = caption.inner_text()
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    assert caption.inner_text() != english
    page.mouse.move(600, 300)
    page.get_by_role("button", name="Captions").click()
    expect(caption).to_have_attribute("lang", "es")
    expect(control).to_have_text("Captions: Español")
    page.keyboard.press("c")
    expect(control).to_have_text("Captions: 中文")
    page.keyboard.press("c")
    expect(caption).to_be_hidden()
    expect(control).to_have_text("Captions: off")


def test_captions_cover_nothing_of_the_picture(page: Page) -> None:
    page.keyboard.press("c")
    expect(page.locator("#caption")).to_be_visible()
    page.wait_for_timeout(100)
    caption, clip = page.locator("#caption").bounding_box(), page.locator(PRESENT).bounding_box()
    assert caption and clip
    assert clip["y"] + clip["height"] <= caption["y"] + 1
    assert caption["y"] + caption["height"] <= 720


def test_the_overview_shows_scenes_as_columns_and_a_choice_further_on_plays(page: Page) -> None:
    page.keyboard.press("Escape")
    assert page.locator("h2:visible").all_inner_texts() == ["The fit", "References"]
    boxes = [page.locator(f"[data-beat='{name}'] .last").bounding_box() for name in BEATS]
    first, second, third = (box or {} for box in boxes)
    assert first["x"] == pytest.approx(second["x"]) and first["y"] < second["y"]
    assert first["y"] == pytest.approx(third["y"]) and first["x"] < third["x"]

    page.locator(f"[data-beat='{BEATS[2]}']").click()
    has_begun(page)
    assert (beat(page), shows(page)) == (BEATS[2], "video")
    page.keyboard.press("o")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert (beat(page), shows(page)) == (BEATS[0], "last")


def test_a_scene_is_entered_at_its_first_beat_wherever_one_was_last(page: Page) -> None:
    page.keyboard.press("End")
    page.keyboard.press("PageUp")
    assert beat(page) == BEATS[1]
    page.keyboard.press("o")
    page.locator(f"[data-beat='{BEATS[2]}']").click()
    page.keyboard.press("PageUp")
    page.keyboard.press("Home")
    assert beat(page) == BEATS[0]


def test_a_reload_comes_back_to_the_slide_and_does_not_play(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("PageDown")
    page.wait_for_url("**#/1")
    page.reload()
    ready(page)
    assert (beat(page), shows(page), video(page, "video.paused")) == (BEATS[2], "last", True)


def test_the_speaker_view_has_notes_and_its_keys_reach_the_talk(page: Page) -> None:
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    speaker = opened.value
    notes = speaker.locator(".speaker-controls-notes .value")
    expect(notes).to_have_text(page.locator(f"{PRESENT} .notes").text_content() or "none")
    frames = speaker.locator("iframe")
    expect(frames).to_have_count(2)
    for at in range(2):
        expect(speaker.frame_locator("iframe").nth(at).locator(".reveal.ready")).to_be_visible()
    expect(speaker.frame_locator("iframe").nth(0).locator("#controls")).to_be_hidden()

    speaker.keyboard.press("PageDown")
    has_begun(page)
    speaker.wait_for_timeout(600)
    speaker.keyboard.press("PageDown")
    expect(page.locator(PRESENT)).to_have_attribute("data-beat", BEATS[1])
    speaker.keyboard.press("a")
    expect(page.locator("[data-does=toggle] span")).to_have_text("Play")
    speaker.keyboard.press("c")
    expect(page.locator("#caption")).to_be_visible()


def test_keys_alone_reach_every_control_and_space_presses_the_one_in_focus(page: Page) -> None:
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.dataset.does"))
    assert reached == ["toggle", "replay", "captions", "overview", "speaker", "full_screen"]
    focused = page.locator("[data-does=full_screen]")
    expect(page.locator("#controls")).to_have_css("opacity", "1")
    expect(focused).to_have_css("outline-width", "3px")

    page.locator("[data-does=captions]").focus()
    page.keyboard.press("Space")
    expect(page.locator("#caption")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#caption")).to_have_attribute("lang", "es")
    assert (beat(page), shows(page)) == (BEATS[0], "last")


def test_it_fills_the_screen(page: Page) -> None:
    page.keyboard.press("f")
    page.wait_for_timeout(200)
    assert page.evaluate("Boolean(document.fullscreenElement)")


@pytest.mark.parametrize("width", [360, 1920])
def test_the_picture_fits_the_window_and_so_do_the_controls(
    width: int, talk: Path, open_file: OpenFile
) -> None:
    page = ready(open_file(talk, width, 1080))
    picture = (np.abs(seen(page) - 255) > 30).any(axis=2)
    columns, rows = (np.flatnonzero(picture.any(axis=axis)) for axis in (0, 1))
    assert (columns[0], columns[-1]) == (0, width - 1)
    assert rows[0] == pytest.approx((1080 - width * 9 / 16) / 2, abs=1)
    page.keyboard.press("c")
    page.mouse.move(100, 100)
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth && "
        "document.documentElement.scrollHeight <= innerHeight"
    )


@pytest.mark.parametrize(("theme", "language"), [("paper", "zh"), ("night", "en")])
def test_the_page_has_the_pictures_colour_and_axe_finds_nothing(
    theme: str, language: str, tmp_path: Path, open_file: OpenFile
) -> None:
    page = ready(open_file(a_talk(tmp_path, theme=theme, language=language), 1000, 800))
    page.keyboard.press("PageDown")
    has_begun(page)
    colour = np.array([*bytes.fromhex(THEMES[theme].page[1:])])
    bottom = round((800 + 1000 * 9 / 16) / 2)
    assert np.abs(seen(page)[bottom - 8 : bottom + 8, 5] - colour).max() <= 3

    expect(page.locator("html")).to_have_attribute("lang", language)
    page.keyboard.press("c")
    page.mouse.move(500, 300)
    for key in ("Shift", "o"):
        page.keyboard.press(key)
        page.wait_for_timeout(300)
        report = Axe().run(page)
        assert report.response["passes"]
        assert report.violations_count == 0, report.generate_report()


def test_what_is_spoken_is_heard(tmp_path: Path, open_file: OpenFile) -> None:
    narration = tmp_path / "narration"
    narration.mkdir()
    record(narration / "fit-start.wav", tone(0.5))
    page = ready(open_file(a_talk(tmp_path, narration=narration)))
    page.keyboard.press("PageDown")
    has_begun(page)
    assert not video(page, "video.muted")
    assert video(page, "video.webkitAudioDecodedByteCount > 0")


def test_hostile_words_stay_words(tmp_path: Path, open_file: OpenFile) -> None:
    words = "</script><img src=x onerror=alert(1)>"
    talk = a_talk(tmp_path, f"words.en.lesson='{words}'", only=["title"])
    page = ready(open_file(talk))
    assert page.title() == words
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    page.keyboard.press("c")
    expect(page.locator("#caption")).to_contain_text(words)
    assert page.locator("img:not([src^=blob])").count() == 0
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    expect(opened.value.locator(".speaker-controls-notes .value")).to_contain_text(words)
