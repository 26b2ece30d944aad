"""Of a long, wide or sparse record the page shows a part, each number under its own name."""

import numpy as np
import pytest
from playwright.sync_api import expect

from epochreel.numbers import printed
from tests.records import RECORDS, a_record
from tests.web.conftest import OpenFile
from tests.web.pages import PageOf, expect_address, go_to, texts, write_page

pytestmark = pytest.mark.render
POSITIVE, NEGATIVE = "positive", "negative"


def test_a_sample_behind_the_gap_keeps_its_number(page_of: PageOf, open_file: OpenFile) -> None:
    record = a_record(**RECORDS["many samples"])
    page = open_file(page_of("many samples"))
    last = page.locator("tbody tr").last
    x = printed(record.inputs[-1, 0])
    expect(last.get_by_role("button")).to_have_accessible_name(f"Follow sample 137: input {x}")
    last.click()
    expect(page.locator("#followed")).to_contain_text(f"Sample 137: input {x},")
    expect_address(page, "#row=137")
    expect(page.locator("#selection")).to_contain_text("19 of 137")

    page.evaluate("location.hash = 'row=136'")
    expect(page.locator("#followed")).to_contain_text("Sample 136:")
    page.evaluate("location.hash = 'row=20'")  # left out
    expect(page.locator("#followed")).to_contain_text("Pick a sample")
    lines = [text[:1] for text in texts(page, "tbody tr")]
    assert lines.index("⋮") == 9


def test_a_sparse_record_has_its_epochs_own_numbers(page_of: PageOf, open_file: OpenFile) -> None:
    path = page_of("lecture").with_name("sparse.html")
    write_page(a_record(epochs=(0, 1, 2, 50, 1000)), path)
    page = open_file(path)
    page.locator("#slider").press("End")
    page.locator("#slider").press("ArrowLeft")
    expect(page.locator("#reading-epoch")).to_have_text("Epoch = 50")
    expect_address(page, "#epoch=50")
    expect(page.locator("#kept")).to_be_hidden()


def test_edges_of_a_wide_layer_are_of_the_units_that_are_drawn(
    page_of: PageOf, open_file: OpenFile
) -> None:
    record = a_record(**RECORDS["wide"])
    page = open_file(page_of("wide"))
    edges = page.locator("#network line:not(.reach)")
    units = [[0], [0, 127], [*range(16)], [0, 63], [0]]
    weights = np.concatenate(
        [
            layer["kernel"][0][np.ix_(left, right)].ravel()
            for layer, left, right in zip(record.parameters, units, units[1:])
        ]
    )
    signs = edges.evaluate_all("all => all.map(e => e.getAttribute('class'))")
    assert signs == [POSITIVE if weight >= 0 else NEGATIVE for weight in weights]
    widths = edges.evaluate_all("all => all.map(e => +e.getAttribute('stroke-width'))")
    assert np.corrcoef(np.abs(weights), widths)[0, 1] > 0.9999


def test_numbers_of_a_wide_layer_have_their_own_places(
    page_of: PageOf, open_file: OpenFile
) -> None:
    record = a_record(**RECORDS["wide"])
    page = open_file(page_of("wide"))
    for name, value in (
        ("w2[128, 16]", record.parameters[1]["kernel"][0, 127, 15]),
        ("w3[16, 64]", record.parameters[2]["kernel"][0, 15, 63]),
        ("b1[128]", record.parameters[0]["bias"][0, 127]),
    ):
        button = page.get_by_role("button", name=f"{name} = ")
        assert texts(page, f"#matrices [aria-label^='{name} = ']") == [printed(value)]
        expect(button).to_have_count(1)
    shapes = texts(page, "#matrices .matrix > .note")
    assert shapes == ["1×128", "1×128", "128×16", "16×64", "1×64", "64×1"]
    dots = [text for text in texts(page, "#matrices .line > span, #matrices .left-out")]
    assert (dots.count("…"), dots.count("⋮")) == (1 + 1 + 16 + 1, 2)


def test_a_page_that_holds_a_part_of_the_epochs_says_so_and_marks_the_shown_ones(
    page_of: PageOf, open_file: OpenFile
) -> None:
    path = page_of("lecture").with_name("long.html")
    record = a_record(**{**RECORDS["wide"], "epochs": tuple(range(3001))})
    write_page(record, path, "film.shown_epochs=[0, 1, 2222, 3000]")
    page = open_file(path)
    count = int(page.locator("#slider").get_attribute("max") or 0) + 1
    expect(page.locator("#kept")).to_have_text(
        f"This page holds {count} of the 3001 recorded epochs."
    )
    axis = page.locator("#curve .axes").bounding_box()
    assert axis
    marks = [mark.bounding_box() for mark in page.locator("#curve .shown").all()]
    shares = [(box["x"] + box["width"] / 2 - axis["x"]) / axis["width"] for box in marks if box]
    assert np.allclose(shares, np.array([0, 1, 2222, 3000]) / 3000, atol=0.005)


def test_a_column_has_one_notation_and_what_leaves_its_room_an_arrow(
    page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of("diverged"))
    heads = page.locator("tbody .residual path:not([d=''])")
    assert heads.count() == 0
    go_to(page, 1)
    assert heads.count() == 20
    assert all("e0" in text for text in texts(page, "tbody .prediction"))
    assert texts(page, "tbody .prediction")[0] == "−5.10553e03"
    expect(page.locator("#selection")).to_have_text("arrow: off by more than 25.6")
    expect(page.locator("#width-scale")).to_have_text("line width = |w|, up to 2.711")


def test_tiny_values_are_no_zeros(page_of: PageOf, open_file: OpenFile) -> None:
    page = open_file(page_of("tiny values"))
    assert texts(page, "tbody .truth")[:2] == ["−1.9e−11", "−1.7e−11"]
    assert "0" not in texts(page, "tbody .prediction")


def test_it_has_as_many_decimals_as_the_lecture_asks_for(
    page_of: PageOf, open_file: OpenFile
) -> None:
    path = page_of("lecture").with_name("decimals.html")
    write_page(a_record(), path, "film.decimals=2")
    page = open_file(path)
    assert texts(page, "tbody .prediction")[:2] == ["6.6", "5.95"]
    assert texts(page, "#matrices button")[:2] == ["0.35", "0.82"]
