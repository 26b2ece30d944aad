"""The page for students, in a browser: what it shows is what the record holds."""

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from epochreel.numbers import Notation, Powers, printed, read, rounded
from epochreel.record.network import outputs
from scenes.drawing.theme import THEMES
from tests.records import RECORDS, a_record
from tests.web.conftest import OpenFile
from tests.web.pages import PageOf, expect_address, go_to, page_color, rgb, texts, write_page

pytestmark = pytest.mark.render
NUMBERS = Path(__file__).parents[2] / "epochreel/products/web/assets/numbers.js"
NONE, ALL = Powers.NONE, Powers.ALL
HOSTILE = "</script><img src=x onerror=alert(1)> & {x} <b>Lesson</b>"


@pytest.mark.parametrize("name", ["tanh", "several"])
def test_numbers_are_those_of_the_record_at_twenty_states(
    name: str, page_of: PageOf, open_file: OpenFile
) -> None:
    record = a_record(**{**RECORDS[name], "epochs": tuple(range(20))})
    path = page_of(name).with_name(f"{name}-20.html")
    write_page(record, path)
    page = open_file(path)
    for at, epoch in enumerate(record.epochs):
        go_to(page, int(epoch))
        loss = printed(record.losses[at], tiny=1e-4)
        assert texts(page, "#reading-loss") == [f"loss = {loss}"]
        predictions = record.predictions[at, :, 0]
        assert texts(page, "tbody .prediction") == [printed(value) for value in predictions]
        weights = [values[at].ravel() for layer in record.parameters for values in layer.values()]
        expected = [printed(weight) for weight in np.concatenate(weights)]
        assert texts(page, "#matrices button") == expected
        residuals = [
            float(printed(truth).replace("−", "-")) - float(printed(value).replace("−", "-"))
            for value, truth in zip(predictions, record.targets[:, 0])
        ]
        told = [float(text.replace("−", "-")) for text in texts(page, "tbody .heard")]
        assert np.allclose(told, residuals, atol=1e-8)


def test_scripts_write_numbers_as_films_do(browser: Any) -> None:
    random = np.random.default_rng(5)
    sizes = 10.0 ** random.uniform(-12, 9, 3000)
    values = [
        *(sizes * random.choice([-1, 1], 3000)).astype(np.float32).tolist(),
        *(0.0, -0.0, 1.0, 0.5, 100.0, 999_999.94, 1e6, 1e-4, 9.9999e-5, 9999.5, 0.000123456),
    ]
    # Halfway between two roundings the languages differ, so none of these is.
    asked = [
        (float(printed(value).replace("−", "-")), printed(value), value * 1.0000001)
        for value in values
    ]
    page = browser.new_page()
    page.set_content("<title>numbers</title>")
    page.add_script_tag(path=NUMBERS)
    found = page.evaluate(
        "values => values.map(([kept, , value]) => [printed(kept), rounded(value)])", asked
    )
    page.close()
    assert found == [[text, rounded(value)] for _, text, value in asked]


def test_scripts_write_columns_in_the_films_notations(browser: Any) -> None:
    sizes = 10.0 ** np.random.default_rng(6).uniform(-30, 30, 500)
    known = [Notation(places, powers) for places in range(9) for powers in (NONE, ALL)]
    asked = [
        (float(read(text)), asdict(notation), text)
        for notation in known
        for value in (*sizes, *-sizes, 0.0)
        if notation.powers is ALL or abs(value) < 1e6
        for text in [notation.text(value)]
    ]
    page = browser.new_page()
    page.set_content("<title>numbers</title>")
    page.add_script_tag(path=NUMBERS)
    found = page.evaluate(
        "all => all.map(([value, notation]) => inNotation(value, notation))", asked
    )
    page.close()
    assert found == [text for *_, text in asked]


def test_the_slider_the_buttons_and_the_curve_go_to_epochs(
    page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of("lecture"))
    reading, slider = page.locator("#reading-epoch"), page.locator("#slider")
    slider.focus()
    for key, epoch in (("ArrowRight", 1), ("ArrowRight", 2), ("End", 12), ("ArrowLeft", 11)):
        page.keyboard.press(key)
        expect(reading).to_have_text(f"Epoch = {epoch}")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("epoch 11, loss "))
    page.get_by_role("button", name="Next epoch").click()
    expect(reading).to_have_text("Epoch = 12")
    page.get_by_role("button", name="Previous epoch").click(click_count=2)
    expect(reading).to_have_text("Epoch = 10")
    curve = page.locator("#curve svg")
    box = curve.bounding_box()
    assert box
    curve.click(position={"x": box["width"] - 29, "y": 60})
    expect(reading).to_have_text("Epoch = 12")


def test_it_plays_to_the_last_epoch_and_again_from_the_first(
    page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of("lecture"))
    page.clock.install()
    play = page.locator("#play")
    play.click()
    expect(play).to_have_text("Pause")
    page.clock.run_for(3000)
    middle = int(texts(page, "#reading-epoch")[0].split()[-1])
    assert 0 < middle < 12
    page.clock.run_for(9000)
    expect(page.locator("#reading-epoch")).to_have_text("Epoch = 12")
    expect(play).to_have_text("Play")
    play.click()
    page.clock.run_for(50)
    expect(page.locator("#reading-epoch")).to_have_text("Epoch = 0")
    play.click()
    expect(play).to_have_text("Play")


@pytest.mark.parametrize("name", ["tanh", "several", "wide"])
def test_a_picked_sample_is_followed_through_the_network(
    name: str, page_of: PageOf, open_file: OpenFile
) -> None:
    record = a_record(**RECORDS[name])
    page = open_file(page_of(name))
    go_to(page, 5)
    assert set(texts(page, "#network .value")) == {""}
    page.locator("tbody tr").nth(2).click()

    layers = [record.inputs[2:3], *outputs(record, 5, record.inputs[2:3])[:-1]]
    said = [values[0] for values in (*layers, record.predictions[5, 2:3])]
    drawn = [values if len(values) <= 16 else values[[0, -1]] for values in said]
    expected = [rounded(float(f"{value:.4g}")) for value in np.concatenate(drawn)]
    assert texts(page, "#network .value") == expected
    signs = [circle.get_attribute("class") for circle in page.locator("#network circle").all()]
    assert signs == ["positive" if value >= 0 else "negative" for value in np.concatenate(drawn)]
    component = " (first component of inputs and outputs)" if name == "several" else ""
    expect(page.locator("#followed")).to_have_text(
        f"Sample 3: input {printed(drawn[0][0])}, prediction {printed(drawn[-1][0])}, "
        f"truth {printed(record.targets[2, 0])}.{component}"
    )
    expect_address(page, "row=3")
    page.locator("tbody tr").nth(2).click()
    assert set(texts(page, "#network .value")) == {""}


def test_the_address_keeps_what_is_shown(page_of: PageOf, open_file: OpenFile) -> None:
    path = page_of("lecture")
    page = open_file(path)
    page.get_by_role("button", name="中文").click()
    page.get_by_role("button", name="深色").click()
    page.locator("tbody tr").nth(4).click()
    page.locator("#slider").focus()
    page.keyboard.press("End")
    expect_address(page, "#language=zh&theme=night&epoch=12&row=5")

    again = page.context.new_page()
    again.goto(page.url)
    expect(again.locator("#reading-epoch")).to_have_text("Epoch = 12")
    expect(again.locator("html")).to_have_attribute("lang", "zh")
    expect(again.locator("tbody tr").nth(4).locator("button")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page_color(again) == rgb(THEMES["night"].page)
    again.goto(path.as_uri() + "#epoch=5&row=3&theme=none&language=../x")
    again.reload()
    expect(again.locator("#reading-epoch")).to_have_text("Epoch = 5")
    assert page_color(again) == rgb(THEMES["paper"].page)


@pytest.mark.parametrize("theme", ["paper", "night"])
def test_edges_and_bars_have_the_films_colours_and_sides(
    theme: str, page_of: PageOf, open_file: OpenFile
) -> None:
    record, colors = a_record(), THEMES[theme]
    page = open_file(page_of("lecture"))
    page.evaluate("theme => { location.hash = `epoch=12&theme=${theme}` }", theme)
    expect(page.locator("#reading-epoch")).to_have_text("Epoch = 12")
    look = "all => all.map(e => [getComputedStyle(e).stroke, +e.getAttribute('stroke-width')])"
    edges = page.locator("#network line:not(.reach)").evaluate_all(look)
    weights = np.concatenate([layer["kernel"][12].ravel() for layer in record.parameters])
    assert [color for color, _ in edges] == [
        rgb(colors.positive if weight >= 0 else colors.negative) for weight in weights
    ]
    order = np.argsort([width for _, width in edges], kind="stable")
    assert np.all(np.diff(np.abs(weights)[order]) >= -1e-9)
    bars = page.locator("tbody rect").evaluate_all(
        "all => all.map(e => [getComputedStyle(e).fill, +e.getAttribute('x'),"
        " +e.getAttribute('width')])"
    )
    residuals = record.targets[:, 0] - record.predictions[12, :, 0]
    for residual, (color, left, width) in zip(residuals, bars):
        assert color == rgb(colors.positive if residual >= 0 else colors.negative)
        assert (left if residual >= 0 else left + width) == pytest.approx(100)
    assert np.corrcoef(np.abs(residuals), [width for *_, width in bars])[0, 1] > 0.99


def test_a_weight_that_is_pointed_at_shows_its_value_over_all_epochs(
    page_of: PageOf, open_file: OpenFile
) -> None:
    record = a_record()
    states = record.parameters[1]["kernel"][:, 0, 1]
    page = open_file(page_of("lecture"))
    go_to(page, 3)
    history = page.locator("#history")
    expect(history).to_be_hidden()
    page.locator("#matrices button").nth(9).hover()
    expect(history).to_contain_text(f"w2[1, 2] = {printed(states[3])}")
    expect(history).to_contain_text(f"{printed(states.min())} … {printed(states.max())}")
    path = history.locator("path").get_attribute("d") or ""
    heights = [float(place.split()[1]) for place in re.findall(r"[\d.]+ [\d.]+", path)]
    assert np.corrcoef(heights, states)[0, 1] == pytest.approx(-1, abs=1e-3)
    page.mouse.move(2, 2)
    expect(history).to_be_hidden()

    page.locator("#matrices button").nth(8).focus()
    page.keyboard.press("ArrowRight")
    expect(history).to_contain_text("w2[1, 2]")
    page.keyboard.press("ArrowDown")
    expect(history).to_contain_text("w2[2, 2]")
    page.keyboard.press("Escape")
    expect(history).to_be_hidden()

    page.locator("#network").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 0)")
    edge = page.locator("#network .reach").nth(4).bounding_box()
    assert edge
    page.mouse.move(edge["x"] + edge["width"] * 0.15, edge["y"] + edge["height"] * 0.15)
    expect(history).to_contain_text("w2[1, 1]")


def test_the_keyboard_alone_suffices(page_of: PageOf, open_file: OpenFile) -> None:
    page = open_file(page_of("lecture"))
    reached = []
    for _ in range(16):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "() => { const e = document.activeElement; return e.closest('#matrices, tbody')"
                "?.tagName + ' ' + (e.id || e.getAttribute('aria-label') || e.innerText) }"
            )
        )
    page.locator("body").press("Home")
    assert any(stop.endswith("slider") for stop in reached)
    assert any(stop.endswith(" play") for stop in reached)
    assert sum(stop.startswith("TBODY") for stop in reached) == 1  # arrows go on from there
    assert sum(stop.startswith("DIV") for stop in reached) == 6
    page.locator("tbody button").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#followed")).to_contain_text("Sample 2")
    page.locator("#play").focus()
    page.keyboard.press("Space")
    expect(page.locator("#play")).to_have_text("Pause")
    page.keyboard.press("Space")
    expect(page.locator("#play")).to_have_text("Play")


@pytest.mark.parametrize("name", ["lecture", "wide", "deep", "several", "many samples"])
@pytest.mark.parametrize("width", [360, 768, 1920])
def test_nothing_leaves_the_page(
    name: str, width: int, page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of(name), width, 900)
    page.locator("tbody tr").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = page.evaluate(
        """() => [...document.querySelectorAll("svg text")].filter((text) => {
          const [box, frame] = [text, text.ownerSVGElement].map((e) => e.getBoundingClientRect());
          return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1
            || box.bottom > frame.bottom + 1 || box.top < frame.top - 1);
        }).map((text) => text.textContent)"""
    )
    assert outside == []


@pytest.mark.parametrize("state", ["", "#theme=night&row=3&epoch=5", "#language=zh&row=1"])
def test_nothing_keeps_people_out(state: str, page_of: PageOf, open_file: OpenFile) -> None:
    page = open_file(page_of("lecture"))
    page.goto(page_of("lecture").as_uri() + state)
    page.reload()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_hostile_words_stay_text(tmp_path: Path, open_file: OpenFile) -> None:
    path = tmp_path / "page.html"
    write_page(a_record(), path, f"words.en.lesson={HOSTILE!r}", f"words.en.course={HOSTILE!r}")
    page = open_file(path)
    assert texts(page, "h1") == [HOSTILE]
    assert page.locator("main img, header img, h1 b").count() == 0
    assert page.title() == HOSTILE
    policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["one epoch", "constant", "one sample", "diverged", "deep"])
def test_odd_records_have_a_page(name: str, page_of: PageOf, open_file: OpenFile) -> None:
    record = a_record(**RECORDS[name])
    page = open_file(page_of(name))
    page.locator("tbody tr").first.click()
    page.locator("#slider").press("End")
    expect(page.locator("#reading-epoch")).to_have_text(f"Epoch = {record.epochs[-1]}")
    assert "NaN" not in page.locator("#live").inner_html()
    diverged = page.locator("#diverged")
    if record.diverged_at is None:
        expect(diverged).to_be_hidden()
    else:
        expect(diverged).to_have_text(f"not finite from epoch {record.diverged_at}")
