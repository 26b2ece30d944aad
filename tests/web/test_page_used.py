"""A page as it is used: by touch, by keys, through a screen reader, and with a wrong address."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from epochreel.numbers import printed
from tests.records import a_record
from tests.web.conftest import OpenFile
from tests.web.pages import PageOf, go_to, texts, write_page

pytestmark = pytest.mark.render


@pytest.mark.parametrize(
    "address", ["language=constructor", "language=__proto__", "theme=toString", "epoch=NaN&row=0"]
)
def test_an_address_that_says_nothing_known_shows_the_start(
    address: str, page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of("lecture"))
    page.goto(f"{page_of('lecture').as_uri()}#{address}")
    page.reload()
    expect(page.locator("#reading-epoch")).to_have_text("Epoch = 0")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_attribute("data-theme", "paper")


def test_an_edge_that_is_tapped_stays_shown_until_a_tap_elsewhere(
    page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of("lecture"), 390, 800, has_touch=True)
    page.locator("#network").scroll_into_view_if_needed()
    edge = page.locator("#network .reach").first.bounding_box()
    assert edge
    page.touchscreen.tap(edge["x"] + edge["width"] * 0.3, edge["y"] + edge["height"] * 0.7)
    page.wait_for_timeout(100)
    expect(page.locator("#history")).to_contain_text("w1[1, 1]")
    expect(page.locator("#history")).to_be_visible()
    page.locator("#followed").tap()
    expect(page.locator("#history")).to_be_hidden()


def test_the_history_goes_when_the_mouse_leaves_an_edge(
    page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of("lecture"))
    edge = page.locator("#network .reach").first.bounding_box()
    assert edge
    page.mouse.move(edge["x"] + edge["width"] * 0.3, edge["y"] + edge["height"] * 0.7)
    expect(page.locator("#history")).to_be_visible()
    page.mouse.move(3, 3)
    expect(page.locator("#history")).to_be_hidden()


def test_the_row_that_has_the_focus_is_not_under_the_controls(
    page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of("lecture"), 1280, 500)
    page.locator("tbody button").last.focus()
    for _ in range(19):
        page.keyboard.press("ArrowUp")
        hidden = page.evaluate(
            "document.activeElement.getBoundingClientRect().top"
            " < document.querySelector('.controls').getBoundingClientRect().bottom"
        )
        assert not hidden


def test_who_listens_hears_no_sentence_for_each_frame(page_of: PageOf, open_file: OpenFile) -> None:
    page = open_file(page_of("lecture"))
    page.locator("tbody tr").first.click()
    followed = page.locator("#followed")
    expect(followed).to_have_attribute("aria-live", "polite")
    page.locator("#play").click()
    expect(followed).to_have_attribute("aria-live", "off")
    page.locator("#play").click()
    expect(followed).to_have_attribute("aria-live", "polite")


def test_captions_are_one_stop_of_the_tab_key_and_follow_the_film(
    tmp_path: Path, open_file: OpenFile
) -> None:
    path = tmp_path / "page.html"
    write_page(a_record(), path, with_film=True)
    page = open_file(path)
    assert page.locator("#told button").evaluate_all("all => all.map(e => e.tabIndex)") == [
        0, -1, -1, -1, -1,
    ]  # fmt: skip
    low = "const list = document.getElementById('told'); list.style.minHeight = '0';"
    page.evaluate(f"{low} list.style.maxHeight = '120px'; list.scrollTop = 0")
    page.evaluate("document.querySelector('video').currentTime = 1e6")
    expect(page.locator("#told [aria-current]")).to_contain_text("Marked on the curve")
    seen = page.evaluate(
        """() => { const [line, list] = ["#told [aria-current]", "#told"].map(
          (name) => document.querySelector(name).getBoundingClientRect());
          return line.top >= list.top && line.bottom <= list.bottom; }"""
    )
    assert seen and page.evaluate("scrollY") == 0


def test_a_range_over_all_epochs_is_that_of_the_record_where_the_page_has_fewer(
    tmp_path: Path, open_file: OpenFile
) -> None:
    record = a_record(widths=(1, 16, 16, 1), epochs=tuple(range(2001)))
    kernel = record.parameters[0]["kernel"].copy()
    kernel[1501, 0, 0] = 9.0
    parameters = ({**record.parameters[0], "kernel": kernel}, *record.parameters[1:])
    path = tmp_path / "page.html"
    write_page(replace(record, parameters=parameters), path)
    page = open_file(path)
    expect(page.locator("#kept")).to_contain_text("of the 2001 recorded epochs")
    low = printed(kernel[:, 0, 0].min())
    weight = page.locator("#matrices button").first
    expect(weight).to_have_accessible_name(
        f"w1[1, 1] = {printed(kernel[0, 0, 0])}, over all epochs from {low} to 9"
    )
    weight.hover()
    expect(page.locator("#history")).to_contain_text(f"{low} … 9")


def test_bars_are_as_long_as_tiny_residuals_are_and_none_is_drawn_for_none(
    tmp_path: Path, open_file: OpenFile
) -> None:
    record = a_record(samples=4)
    predictions = record.predictions * 1e-9
    targets = record.targets * 1e-9
    predictions[3] = targets + 1e-9 * np.array([[0.0], [4.0], [-2.0], [1.0]])
    path = tmp_path / "page.html"
    write_page(replace(record, predictions=predictions, targets=targets), path)
    page = open_file(path)
    go_to(page, 3)
    widths = [float(bar.get_attribute("width") or 0) for bar in page.locator("tbody rect").all()]
    assert widths[0] == 0
    assert widths[1] / widths[2] == pytest.approx(2, abs=0.1)
    assert widths[2] / widths[3] == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize(("name", "width"), [("diverged", 1280), ("lecture", 360), ("deep", 1280)])
def test_values_stay_in_their_units(
    name: str, width: int, page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of(name), width, 900)
    page.locator("tbody tr").first.click()
    page.locator("#slider").press("End")
    outside = page.evaluate(
        """() => [...document.querySelectorAll("#network .value:not(.beside)")].filter((text) => {
          const [box, unit] = [text, text.previousElementSibling].map(
            (element) => element.getBoundingClientRect());
          return box.left < unit.left || box.right > unit.right;
        }).map((text) => text.textContent)"""
    )
    assert outside == []
    assert all(texts(page, "#network .value"))


def test_what_part_of_the_data_is_shown_is_said(page_of: PageOf, open_file: OpenFile) -> None:
    page = open_file(page_of("several"))
    expect(page.locator("#selection")).to_have_text("first component of inputs and outputs")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("#selection")).to_have_text("输入和输出的第 1 个分量")
