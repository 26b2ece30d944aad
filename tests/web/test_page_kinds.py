"""Pages of classes, tables, images and chains of all layers: true, and nothing out of place."""

from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from epochreel.numbers import printed, rounded
from epochreel.record.classes import classes_of
from epochreel.record.layers import KINDS
from epochreel.record.network import outputs
from epochreel.record.record import Layer
from tests.records import RECORDS, a_record
from tests.web.conftest import OpenFile
from tests.web.pages import PageOf, go_to, texts, write_page

pytestmark = pytest.mark.render
LEARNED = [kind for kind, asked in RECORDS.items() if "task" in asked]
CLASSES = [kind for kind in LEARNED if a_record(**RECORDS[kind]).class_names]


def row_texts(page: Page, column: int) -> list[str]:
    rows = page.locator("tbody tr:not(:has(.left-out))")
    return [row.locator("th, td").nth(column).inner_text().strip() for row in rows.all()]


@pytest.mark.parametrize("kind", LEARNED)
@pytest.mark.parametrize("width", [360, 1280])
def test_every_kind_has_a_page_that_nothing_leaves(
    kind: str, width: int, page_of: PageOf, open_file: OpenFile
) -> None:
    page = open_file(page_of(kind), width, 900)
    page.locator("tbody tr").first.click()
    page.locator("#slider").press("End")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.locator("#live").inner_html()
    assert not [wrong for wrong in ("NaN", "undefined", "null", "{") if wrong in shown]


@pytest.mark.parametrize("kind", CLASSES)
def test_of_classes_it_shows_the_probability_of_the_true_one_and_the_predicted_one(
    kind: str, page_of: PageOf, open_file: OpenFile
) -> None:
    record = a_record(**RECORDS[kind])
    classes = classes_of(record)
    assert classes
    page = open_file(page_of(kind))
    go_to(page, 2)

    count = len(record.inputs)
    rows = [*range(count)] if count <= 20 else [*range(9), *range(count - 10, count)]
    true = [int(classes.true[row]) for row in rows]
    assert row_texts(page, 2) == [classes.names[place] for place in true]
    given = [float(text.replace("−", "-")) for text in row_texts(page, 1)]
    assert given == pytest.approx(
        [classes.probabilities[2, row, place] for row, place in zip(rows, true)], abs=6e-5
    )
    predicted = [int(classes.probabilities[2, row].argmax()) for row in rows]
    marks = ["✓" if place == right else "✗" for place, right in zip(predicted, true)]
    assert row_texts(page, 3) == [
        f"{classes.names[place]} {mark}" for place, mark in zip(predicted, marks)
    ]
    assert texts(page, "thead th")[1:] == [
        *("probability of the true class", "true class", "predicted class"),
    ]
    page.locator("tbody tr").first.click()
    expect(page.locator("#followed")).to_contain_text(
        f"is the probability of its true class {classes.names[true[0]]}; predicted is "
        f"{classes.names[predicted[0]]}."
    )


def test_columns_are_called_by_their_names(page_of: PageOf, open_file: OpenFile) -> None:
    heads = texts(open_file(page_of("named columns")), "thead th")
    assert heads[0] == "面积 (m²)"
    assert heads[2] == "truth: price"
    assert texts(open_file(page_of("lecture")), "thead th")[:3] == ["input", "prediction", "truth"]


def test_what_is_not_shown_is_said(page_of: PageOf, open_file: OpenFile) -> None:
    page = open_file(page_of("784 inputs"))
    expect(page.locator("#selection")).to_contain_text("first of 784 inputs")
    expect(page.locator("#dense")).to_have_text("Of 4 layers the picture shows the Dense ones: 2.")
    expect(open_file(page_of("two classes")).locator("#dense")).to_be_hidden()


def test_matrices_and_units_are_those_of_the_dense_layers(
    page_of: PageOf, open_file: OpenFile
) -> None:
    record = a_record(**RECORDS["ten layers"])
    page = open_file(page_of("ten layers"))
    go_to(page, 3)
    page.locator("tbody tr").first.click()

    dense = [at for at, layer in enumerate(record.layers) if layer.type == "Dense"]
    weights = [
        record.parameters[at][kind][3].ravel() for at in dense for kind in ("kernel", "bias")
    ]
    assert texts(page, "#matrices button") == [printed(value) for value in np.concatenate(weights)]
    assert texts(page, "#matrices .name") == [
        *("w1 =", "b1 =", "w2 =", "b2 =", "w3 =", "b3 =", "w4 =", "b4 ="),
    ]
    said = outputs(record, 3, record.inputs[:1])
    values = [record.inputs[0], *[said[at][0] for at in dense[:-1]], record.predictions[3, 0]]
    assert texts(page, "#network .value") == [
        rounded(float(f"{value:.4g}")) for value in np.concatenate(values)
    ]


def test_a_network_that_does_not_end_with_neurons_shows_what_the_last_ones_say(
    page_of: PageOf, open_file: OpenFile
) -> None:
    record = a_record(**RECORDS["three classes"])
    *before, last = record.layers
    ends = (*before, replace(last, activation="linear"), Layer("softmax", "Softmax", last.shape))
    record = replace(record, layers=ends, parameters=(*record.parameters, {}))
    path = page_of("three classes").with_name("softmax.html")
    write_page(record, path)
    page = open_file(path)
    page.locator("tbody tr").first.click()

    last_said = outputs(record, 0, record.inputs[:1])[-2][0]
    assert "Softmax" in KINDS
    assert texts(page, "#network .value")[-3:] == [
        rounded(float(f"{value:.4g}")) for value in last_said
    ]
