"""Curves, bars and colours of the page for students: they stand where the record says."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from epochreel.numbers import TINY, printed
from scenes.drawing.layout import THINNEST, WIDEST
from scenes.drawing.scales import epoch_scale, loss_scale
from scenes.drawing.theme import THEMES
from tests.records import RECORDS, a_record
from tests.web.conftest import OpenFile
from tests.web.pages import PageOf, go_to, rgb, texts, write_page

pytestmark = pytest.mark.render


def places(path: Locator) -> Any:
    """The points of a line through places, (n, 2)."""
    numbers = (path.get_attribute("d") or "").replace("M", " ").replace("L", " ").split()
    return np.array(numbers, dtype=float).reshape(-1, 2)


def centre(circle: Locator) -> tuple[float, ...]:
    return tuple(float(circle.get_attribute(name) or "nan") for name in ("cx", "cy"))


def test_the_loss_curve_is_the_records_and_the_dot_is_on_it(
    page_of: PageOf, open_file: OpenFile
) -> None:
    record = a_record()
    page = open_file(page_of("lecture"))
    drawn = places(page.locator("#curve .loss"))
    assert np.corrcoef(drawn[:, 0], record.epochs)[0, 1] == pytest.approx(1)
    assert np.corrcoef(drawn[:, 1], np.log10(record.losses))[0, 1] == pytest.approx(-1, abs=1e-4)
    for epoch in (3, 12):
        go_to(page, epoch)
        assert centre(page.locator("#curve .now")) == pytest.approx(drawn[epoch], abs=0.1)
    ticks = [*loss_scale(record.losses).ticks(), *epoch_scale(record.epochs).ticks()]
    assert texts(page, "#curve text")[: len(ticks)] == [tick.text for tick in ticks]
    marked = [centre(mark) for mark in page.locator("#curve .shown").all()]
    assert np.allclose(marked, drawn[[0, 1, 2, 3, 4, 5, 12]], atol=0.1)


def test_a_loss_of_zero_lies_on_the_floor_of_the_curve(
    page_of: PageOf, open_file: OpenFile
) -> None:
    path = page_of("lecture").with_name("zero.html")
    write_page(
        replace(a_record(), history={"loss": np.array([*np.logspace(3, -8, 12), 0.0])}), path
    )
    page = open_file(path)
    axes = page.locator("#curve .axes").get_attribute("d") or ""
    floor = float(axes.partition("V")[2].partition("H")[0])
    assert texts(page, "#curve text").count("0") == 2  # a loss and an epoch
    assert places(page.locator("#curve .loss"))[-1, 1] == pytest.approx(floor, abs=0.1)


def test_the_history_of_a_weight_has_a_dot_at_the_epoch(
    page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of("lecture"))
    go_to(page, 3)
    page.locator("#matrices button").nth(9).focus()
    history = page.locator("#history")
    line = places(history.locator("path"))
    assert np.all(np.diff(line[:, 0]) > 0)
    assert centre(history.locator("circle")) == pytest.approx(line[3], abs=0.1)
    page.evaluate("location.hash = 'epoch=12'")
    expect(page.locator("#reading-epoch")).to_have_text("Epoch = 12")
    assert centre(history.locator("circle")) == pytest.approx(line[12], abs=0.1)


def test_edges_are_as_wide_as_the_films(page_of: PageOf, open_file: OpenFile) -> None:
    record = a_record()
    page = open_file(page_of("lecture"))
    weights = np.concatenate([layer["kernel"][0].ravel() for layer in record.parameters])
    largest = max(np.abs(layer["kernel"]).max() for layer in record.parameters)
    widths = page.locator("#network line:not(.reach)").evaluate_all(
        "all => all.map(e => +e.getAttribute('stroke-width'))"
    )
    films = THINNEST + (WIDEST - THINNEST) * np.abs(weights) / largest
    assert np.ptp(np.array(widths) / films) == pytest.approx(0, abs=1e-6)


def test_the_longest_bar_is_that_of_the_shown_epochs(page_of: PageOf, open_file: OpenFile) -> None:
    record = a_record()
    predictions = record.predictions.copy()
    predictions[8] *= 40
    path = page_of("lecture").with_name("longest.html")
    write_page(replace(record, predictions=predictions), path)
    page = open_file(path)
    residuals = np.abs(predictions[..., 0] - record.targets[:, 0])
    largest = residuals[[0, 1, 2, 3, 4, 5, 12]].max()
    assert residuals[8].max() > 2 * largest
    for epoch in (4, 8):
        go_to(page, epoch)
        widths = page.locator("tbody rect").evaluate_all(
            "all => all.map(e => +e.getAttribute('width'))"
        )
        expected = np.clip(residuals[epoch] / largest * 100, 1, 100)
        expected[residuals[epoch] > largest] -= 14  # the head of an arrow
        assert np.allclose(widths, expected, atol=0.06)


def test_columns_units_and_curve_have_the_films_colours(
    page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of("lecture"))
    theme = THEMES["paper"]
    for selector, kind, color in (
        ("td.prediction", "color", theme.prediction),
        ("td.truth", "color", theme.truth),
        ("#reading-epoch", "color", theme.accent),
        ("#reading-loss", "color", theme.loss),
        ("#curve .loss", "stroke", theme.loss),
        ("#curve .now", "fill", theme.accent),
        ("figcaption .positive", "color", theme.positive),
        ("figcaption .negative", "color", theme.negative),
    ):
        found = page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{kind}")
        assert found == rgb(color), selector


def test_layers_have_their_names_and_widths(page_of: PageOf, open_file: OpenFile) -> None:
    page = open_file(page_of("wide"), 1920)
    said = texts(page, "#network svg > text:not(.value)")
    assert [text for text in said if text.startswith("∈")] == [
        f"∈ ℝ{width}" for width in RECORDS["wide"]["widths"]
    ]
    assert [text for text in said if "layer" in text] == [
        *("input layer", "hidden layer", "hidden layer", "hidden layer", "output layer")
    ]
    assert said.count("⋮") == 2


def test_pictures_fit_a_window_whose_width_changes(page_of: PageOf, open_file: OpenFile) -> None:
    page = open_file(page_of("lecture"))
    page.locator("#play").click()
    page.set_viewport_size({"width": 400, "height": 800})
    for picture in ("#network", "#curve"):
        page.wait_for_function(
            "of => document.querySelector(`${of} svg`).getAttribute('width')"
            " == document.querySelector(`${of} .drawn`).clientWidth",
            arg=picture,
        )
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    expect(page.locator("#play")).to_have_text("Pause")


def test_who_takes_the_slider_stops_what_plays(page_of: PageOf, open_file: OpenFile) -> None:
    page = open_file(page_of("lecture"))
    page.clock.install(time=datetime(2030, 1, 1))
    page.clock.pause_at(datetime(2030, 1, 2))  # so that it does not come to its end
    for stop in (
        lambda: page.locator("#slider").press("ArrowRight"),
        lambda: page.locator("#on").click(),
        lambda: page.evaluate("location.hash = 'epoch=4'"),
    ):
        page.locator("#play").click()
        expect(page.locator("#play")).to_have_text("Pause")
        stop()
        expect(page.locator("#play")).to_have_text("Play")


def test_it_plays_early_epochs_longer(page_of: PageOf, open_file: OpenFile) -> None:
    path = page_of("lecture").with_name("long-play.html")
    write_page(a_record(epochs=tuple(range(301))), path)
    page = open_file(path)
    page.clock.install()
    page.locator("#play").click()
    found = []
    for _ in range(4):
        found.append(int(texts(page, "#reading-epoch")[0].split()[-1]))
        page.clock.run_for(2300)
    steps = np.diff(found)
    assert all(later > 2 * earlier for earlier, later in pairwise(steps)), found


@pytest.mark.parametrize("theme", ["paper", "night"])
def test_units_are_tinted_by_the_sign_of_what_they_put_out(
    theme: str, page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of("lecture"))
    page.evaluate("theme => { location.hash = `row=3&epoch=5&theme=${theme}` }", theme)
    expect(page.locator("#reading-epoch")).to_have_text("Epoch = 5")
    drawn = page.evaluate(
        """() => [...document.querySelectorAll("#network circle")].map((unit) => {
          const probe = document.createElement("canvas").getContext("2d");
          probe.fillStyle = getComputedStyle(unit).fill;
          probe.fillRect(0, 0, 1, 1);
          const value = unit.nextElementSibling.textContent;
          return [value.startsWith("\u2212"), [...probe.getImageData(0, 0, 1, 1).data]];
        })"""
    )
    assert {negative for negative, _ in drawn} == {True, False}
    for negative, (red, _, blue, _) in drawn:
        assert red > blue if negative else blue > red
    scheme = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert scheme == {"paper": "light", "night": "dark"}[theme]


def test_the_curve_has_every_epochs_loss_thinned_and_is_told_in_words(
    page_of: PageOf, open_file: OpenFile
) -> None:
    record = a_record(epochs=(0, 50, 50_000))
    every = np.exp(-np.arange(50_001) / 9000)
    every[30_000] = 1e4  # between two recorded epochs
    record = replace(record, history={"loss": every})
    path = page_of("lecture").with_name("every.html")
    write_page(record, path)
    page = open_file(path)
    heights = places(page.locator("#curve .loss"))[:, 1]
    assert 1000 < len(heights) < 6000
    assert min(heights) < heights[0] - 100
    picture = page.locator("#curve svg")
    expect(picture).to_have_accessible_name(
        f"The loss curve: 1 at epoch 0, {printed(every[-1], tiny=TINY)} at epoch 50000"
    )


def test_the_sections_have_the_films_own_titles(page_of: PageOf, open_file: OpenFile) -> None:
    page = open_file(page_of("lecture"))
    page.get_by_role("button", name="中文").click()
    assert texts(page, "#live-title") == ["逐轮训练"]
    assert texts(page, "#curve figcaption") == ["损失曲线"]


def test_units_that_cannot_be_computed_are_said_to_be_so(
    page_of: PageOf, open_file: OpenFile
) -> None:
    record = a_record()
    layers = (replace(record.layers[0], activation="mish"), *record.layers[1:])
    path = page_of("lecture").with_name("unknown.html")
    write_page(replace(record, layers=layers), path)
    page = open_file(path)
    page.locator("tbody tr").first.click()
    expect(page.locator("#followed")).to_contain_text("so only its ends have numbers")
    values = texts(page, "#network .value")
    assert values[0] and values[-1] and not any(values[1:-1])
