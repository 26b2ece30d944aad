"""What is said of the data is true for every kind of data."""

from dataclasses import replace
from typing import cast

import numpy as np
import pytest
from manim import DL, UR, ManimColor

from epochreel.record.record import Record
from scenes.data import Data
from scenes.drawing.layout import CONTENT, Region, pixels
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.parts.class_marks import class_colors
from scenes.parts.loss_text import colored
from scenes.parts.marks import Marks
from scenes.parts.pictures import Pictures
from scenes.parts.rule_text import put_in_line
from scenes.parts.sample_sheet import SampleSheet
from scenes.parts.table import Field, Table
from scenes.stage.catalogue import shipped
from scenes.stage.render import captions
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim
DATA = shipped()["data"]


def said(record: Record) -> dict[str, str]:
    return captions(DATA, show_of(record, "en"))


def test_a_range_goes_from_the_smallest_to_the_largest() -> None:
    x = np.array([[0.0], [-2.0], [3.0]])
    record = replace(a_record(samples=3), inputs=x, targets=x**2, rule="x**2")

    assert said(record) == {
        "x": "The input x: 3 samples, from −2 to 3.",
        "rule": "The rule to learn is f(x) = x².",
        "values": "The rule gives each x its true value, from 0 to 9.",
    }


def test_of_a_file_no_rule_is_told() -> None:
    assert said(a_record(**RECORDS["tiny values"])) == {
        "x": "The input x: 20 samples, from −10 to 9.",
        "rule": "Every sample has a true value to learn.",
        "values": "The true values go from −1.9 × 10⁻¹¹ to 1.9 × 10⁻¹¹.",
    }


def test_of_several_inputs_a_table_is_told_of() -> None:
    assert said(a_record(**RECORDS["several"])) == {
        "features": "20 samples with 3 features each.",
        "targets": "Every sample has 2 true values to learn.",
    }


def test_of_classes_their_sizes_are_told() -> None:
    record = a_record(**RECORDS["ten layers"])
    assert said(record)["targets"] == "Each is of one of 3 classes, 8 of every class."
    fewer = replace(
        record,
        inputs=record.inputs[:-1],
        targets=record.targets[:-1],
        predictions=record.predictions[:, :-1],
    )
    assert said(fewer)["targets"] == "Each is of one of 3 classes, of which there are 7 to 8."


def test_images_are_told_of_with_their_size_and_validation() -> None:
    assert said(a_record(**RECORDS["ten classes"]))["images"] == (
        "40 images of 8 × 8 pixels, and 20 more for validation."
    )


def test_of_noise_on_a_rule_it_is_not_said_that_the_rule_gives_it() -> None:
    record = a_record()
    noisy = replace(record, targets=record.targets + 0.5)
    assert said(noisy)["values"] == (
        "The rule's values with noise are the true values, from −18.5 to 19.5."
    )


def test_noise_stands_in_the_formula(walk_through: WalkThrough) -> None:
    record = a_record()
    noisy = replace(record, targets=record.targets + 0.5)
    pages = [drawn(each, walk_through, "rule").page for each in (record, noisy)]
    assert ["epsilon" in page.rule.typst_code for page in pages] == [False, True]


@pytest.mark.parametrize(
    ("rule", "x", "y", "line"),
    [
        ("2*x + 1", "−10", "−19", "f(-10) = 2 dot (-10) + 1 = Y"),
        ("2*x + 1", "−10", "−18.9", "f(-10) = 2 dot (-10) + 1 approx Y"),
        ("x/3", "1", "0.3333333", "f(1) = frac(1, 3) approx Y"),
        ("sin(x)", "0", "0", "f(0) = sin(0) approx Y"),
        ("x", "3", "3", "f(3) = Y"),
        (None, "−10", "−19", "-10 arrow.r.long Y"),
    ],
)
def test_a_line_says_equal_only_of_what_is_shown(
    rule: str | None, x: str, y: str, line: str
) -> None:
    result = colored(y.replace("−", "-"), PAPER.truth)
    assert put_in_line(rule, x, y, PAPER.truth, noisy=False) == line.replace("Y", result)


@pytest.mark.parametrize(
    ("rule", "x", "y", "line"),
    [
        ("2*x", "1", "2.1", "y = 2 dot 1 + 0.1 = Y"),
        ("2*x", "1", "1.95", "y = 2 dot 1 - 0.05 = Y"),
        ("sin(x)", "−3", "−0.07913", "y = sin(-3) + 0.06199 approx Y"),
    ],
)
def test_noise_is_what_the_value_has_beside_the_rule(rule: str, x: str, y: str, line: str) -> None:
    result = colored(y.replace("−", "-"), PAPER.truth)
    assert put_in_line(rule, x, y, PAPER.truth, noisy=True) == line.replace("Y", result)


def test_a_value_goes_over_its_place_on_the_axis_to_its_point(walk_through: WalkThrough) -> None:
    page = drawn(a_record(), walk_through, "values").page
    for row, (x, y) in enumerate([(-10, -19), (-9, -17)]):
        token, (value, _) = page.token(row), page.result(row)
        assert (token.number.text, value.text) == (f"−{-x}", f"−{-y}")
        token.fall(1)
        assert np.isclose(token.number.get_center()[0], page.plane.at(x, y)[0])
        assert np.allclose(value.get_center(), page.plane.at(x, y))


@pytest.mark.parametrize("samples", [3, 20, 137])
def test_points_appear_in_step_with_their_rows(samples: int, walk_through: WalkThrough) -> None:
    page = drawn(a_record(samples=samples), walk_through, "values").page
    flight = page.flight(2)
    counts = []
    for share in np.linspace(0, 1, 50):
        flight.show_at(share)
        counts.append(len(flight[0].points) // 16)

    assert counts[0] == 2 and counts[-1] == samples
    assert counts == sorted(counts)
    assert np.array_equal(flight[0].points, page.points.points)
    left_out = samples - len(page.rows.samples)
    assert max(np.diff(counts)) <= max(3, left_out)


def test_one_sample_has_no_range() -> None:
    found = said(a_record(samples=1, widths=(1, 2, 1), rule=None))
    assert found["x"] == "The input x: one sample, 0."
    assert found["values"] == "The true value is 1."


def drawn(record: Record, walk_through: WalkThrough, beat: str) -> Data:
    scenes = {at.name: scene for at, scene in walk_through(DATA, show_of(record, "en"))}
    assert beat in scenes
    return cast(Data, scenes[beat])


def test_a_table_shows_the_first_of_each_class_by_name(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["three classes"])
    table = drawn(record, walk_through, "targets").table
    true = record.targets[table.rows].argmax(axis=1)
    assert true.tolist() == [0] * 5 + [1] * 5 + [2] * 5
    (classes,) = table.targets
    names = [label.text for label in classes.get_family() if isinstance(label, Label)]
    assert names == ["class", *(record.class_names[at] for at in true)]
    heading = [label.text for label in table.features[0].get_family() if isinstance(label, Label)]
    assert " ".join(heading) == "sepal length (cm)"
    shown = [[float(row[0]) for row in column[1].texts] for column in table.features]
    assert np.allclose(np.array(shown).T, record.inputs[table.rows])


@pytest.mark.parametrize(
    ("names", "lines"),
    [(("area", "age (y)"), {1}), (("the area of all rooms (m²)", "age (y)", "age"), {1, 2})],
)
def test_where_one_name_breaks_all_of_several_words_do(
    names: tuple[str, ...], lines: set[int]
) -> None:
    fields = [Field(name, np.arange(2.0)) for name in names]

    table = Table(fields, [], CONTENT, [0, 1], PAPER)

    found = {name: len(column[0]) for name, column in zip(names, table.features)}
    assert {*found.values()} == lines
    assert all(count == max(lines) for name, count in found.items() if " " in name)


def test_points_stand_where_their_features_are(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["two classes"])
    scene = drawn(record, walk_through, "targets")
    ones = record.inputs[record.targets[:, 0] == 1]
    brown = ManimColor(class_colors(PAPER, 2)[1])
    (marks,) = [
        mark
        for mark in scene.mobjects
        if isinstance(mark, Marks) and mark.get_fill_color() == brown
    ]
    middles = middles_of(marks)
    assert np.allclose(middles, scene.plane.places(*ones.T), atol=1e-6)
    right, top = ones[:, 0].argmax(), ones[:, 1].argmax()
    assert np.argmax([middle[0] for middle in middles]) == right
    assert np.argmax([middle[1] for middle in middles]) == top


def test_images_are_darkest_where_their_values_are_highest() -> None:
    image = np.zeros((1, 2, 3))
    image[0, 1, 2] = 5
    darkest = Pictures(image, [Region(0, 0, 300, 200)], PAPER)[-1]
    low, high = (pixels(corner) for corner in (darkest.get_corner(DL), darkest.get_corner(UR)))
    assert (low, high) == (pytest.approx((200, 200), abs=1), pytest.approx((300, 100), abs=1))
    assert darkest.get_fill_color() == ManimColor(PAPER.ink)


def test_a_sheet_of_few_images_fills_the_page() -> None:
    images = np.ones((40, 8, 8))
    region = Region(0, 0, 1800, 800)
    classes = [str(at) for at in range(10)], np.repeat(np.arange(10), 4)

    sheet = SampleSheet(images, region, PAPER, classes=classes)

    left, bottom = pixels(sheet.pictures.get_corner(DL))
    right, top = pixels(sheet.pictures.get_corner(UR))
    assert len(sheet.samples) == 40
    assert right - left > 0.6 * region.width and bottom - top > 0.9 * region.height
    names = [part for part in sheet.names if isinstance(part, Label)]
    assert [name.text for name in names] == classes[0]
    middles = [pixels(name.get_center())[1] for name in names]
    assert np.allclose(middles[:5], middles[5:], atol=1) and middles[:5] == sorted(middles[:5])


def test_rows_go_from_beside_the_table_to_their_points(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["two classes"])
    scene = drawn(record, walk_through, "features")
    places = scene.plane.places(*record.inputs[scene.table.rows].T)

    scene.rows.go(1)
    assert np.allclose(middles_of(scene.rows), places, atol=1e-6)
    scene.rows.go(0)
    assert np.allclose(middles_of(scene.rows), scene.table.beside(), atol=1e-6)


def middles_of(marks: Marks) -> list[np.ndarray]:
    pieces = np.split(marks.points, marks.piece_ends[:-1])
    return [(piece.max(axis=0) + piece.min(axis=0)) / 2 for piece in pieces]
