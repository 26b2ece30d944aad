"""Squared errors as squares, and other terms as what they are: areas and numbers hold."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from manim import ManimColor

from epochreel.lecture.words import Words
from epochreel.numbers import rounded
from epochreel.record.losses import ErrorLoss, loss_of
from epochreel.record.record import Record
from epochreel.record.view import View
from scenes.drawing.direction import Morph
from scenes.drawing.layout import CONTENT, UNIT, Values, pixels
from scenes.drawing.text import Label
from scenes.drawing.theme import NIGHT, PAPER, Theme
from scenes.fit import Fit
from scenes.loss_formula import LossFormula
from scenes.parts.curve_page import CurvePage
from scenes.parts.fitted_values import MOST_TERMS, ValuePoints
from scenes.parts.formula import formula
from scenes.parts.formula_parts import FormulaParts
from scenes.parts.loss_text import text_of
from scenes.parts.mean_area import LEAST
from scenes.parts.mean_page import MOST_PAIRS, MeanPage
from scenes.parts.truth import Truth
from scenes.stage.catalogue import shipped
from scenes.stage.checks import problems, texts_of
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of
from tests.scenes.test_loss_scenes import ending_near, with_loss

pytestmark = pytest.mark.manim
FORMULA = shipped()["loss_formula"]
EN = Words("en")
SQUARES = ("lecture", "several", "tiny values", "one sample", "unlike")


def of(kind: str) -> Record:
    if kind == "unlike":  # predictions that are off to both sides, and not by the same
        record = a_record(samples=7)
        errors = np.array([3, -2, 0.5, 7, -9, 0, 1.0])[:, None]
        predictions = record.targets + errors * np.linspace(1, 0.2, 13)[:, None, None]
        return with_loss(replace(record, predictions=predictions), "mean_squared_error")
    return a_record(**RECORDS[kind])


def page_of(record: Record, theme: Theme = PAPER) -> MeanPage:
    view = View(show_of(record, "en", theme.name), LossFormula.reads)
    loss = loss_of(record.hyperparameters)
    assert loss
    return MeanPage(view, loss, text_of(loss), EN, theme)  # type: ignore[arg-type]


def boxes(outlines: Values) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, right and bottom of rectangles in pixels."""
    for outline in outlines.reshape(-1, 16, 3):
        left, bottom = pixels(outline.min(axis=0))
        right, top = pixels(outline.max(axis=0))
        yield left, top, right, bottom


def height(page: Any, value: float) -> float:
    return pixels(page.plane.at(0, value))[1]


@pytest.mark.parametrize("kind", SQUARES)
def test_a_square_has_the_error_for_its_side_on_the_axis(kind: str) -> None:
    record = of(kind)
    page = page_of(record)
    pairs = [*zip(record.targets.ravel(), record.predictions[0].ravel())]
    expected = sorted(abs(height(page, y) - height(page, y_hat)) for y, y_hat in pairs)
    found = [*boxes(page.outlines(0))]

    assert sorted(bottom - top for _, top, _, bottom in found) == pytest.approx(expected)
    for left, top, right, bottom in found:
        assert right - left == pytest.approx(bottom - top, abs=1e-6)
    edges = sorted(edge for _, top, _, bottom in found for edge in (top, bottom))
    assert edges == pytest.approx(sorted(height(page, value) for pair in pairs for value in pair))


@pytest.mark.parametrize("kind", SQUARES)
def test_the_mean_square_is_the_mean_of_the_squares(kind: str) -> None:
    record = of(kind)
    page = page_of(record)
    areas = [
        (right - left) * (bottom - top) for left, top, right, bottom in boxes(page.outlines(0))
    ]
    (left, top, right, bottom), *_ = boxes(page.first.area.points)

    assert right - left == pytest.approx(bottom - top)
    assert (right - left) ** 2 == pytest.approx(np.mean(areas), rel=1e-4)
    assert page.first.number.text == rounded(float(record.losses[0]))
    strips = [(right - left) * (bottom - top) for left, top, right, bottom in boxes(page.strips())]
    assert strips == pytest.approx(np.array(areas) / len(areas), rel=1e-4, abs=1e-6)


def test_an_absolute_error_is_a_bar_and_their_mean_a_bar() -> None:
    record = with_loss(of("unlike"), "mean_absolute_error")
    page = page_of(record)
    found = [*boxes(page.outlines(0))]
    lengths = [bottom - top for _, top, _, bottom in found]
    (_, top, _, bottom), *_ = boxes(page.first.area.points)

    assert bottom - top == pytest.approx(np.mean(lengths))
    assert len({round(right - left, 6) for left, _, right, _ in found}) == 1
    assert page.first.number.text == rounded(float(record.losses[0]))


@pytest.mark.parametrize("theme", [PAPER, NIGHT])
@pytest.mark.parametrize("name", ["mean_squared_error", "mean_absolute_error"])
def test_each_symbol_has_the_colour_of_what_it_is(name: str, theme: Theme) -> None:
    loss = loss_of({"loss": name})
    assert loss
    whole = formula(text_of(loss).formula("n", theme), 108, theme.ink)  # type: ignore[arg-type]
    parts = FormulaParts.of(whole, theme)

    def colors(part: Any) -> set[ManimColor]:
        return {glyph.get_fill_color() for glyph in part}

    assert colors(parts.truth) == {ManimColor(theme.truth)}
    assert colors(parts.prediction) == {ManimColor(theme.prediction)}
    assert ManimColor(theme.loss) in colors(parts.result)
    # Of the two the prediction has the hat, and stands behind the minus.
    assert (len(parts.truth), len(parts.prediction)) == (2, 3)
    places = [
        part.get_center()[0]
        for part in (parts.result, parts.share, parts.total, parts.truth, parts.prediction)
    ]
    assert places == sorted(places)
    assert len(parts.power) == (name == "mean_squared_error")
    glyphs = [glyph for part in vars(parts).values() for glyph in part]
    assert len(glyphs) == len({*glyphs}) == len(whole.family_members_with_points())


@pytest.mark.parametrize("kind", ["lecture", "several", "unlike"])
def test_squares_and_their_mean_follow_the_training(kind: str, walk_through: WalkThrough) -> None:
    record = of(kind)
    *_, (_, scene) = walk_through(FORMULA, show_of(record, "en"))
    page = scene.areas  # type: ignore[attr-defined]
    drawn = np.concatenate([term.points for term in page.terms])
    sides = [bottom - top for _, top, _, bottom in boxes(drawn)]
    expected = [
        abs(height(page, y) - height(page, y_hat))
        for y, y_hat in zip(record.targets.ravel(), record.predictions[-1].ravel())
    ]
    (_, top, _, bottom), *_ = boxes(page.then.area.points)

    assert sorted(sides) == pytest.approx(sorted(expected), abs=1e-6)
    assert bottom - top == pytest.approx(np.sqrt(np.mean(np.square(expected))), rel=1e-4)
    assert page.then.number.text == rounded(float(record.losses[-1]))
    assert page.then.note.text == f"Epoch = {record.epochs[-1]}"


def test_what_is_too_small_or_too_large_is_said(walk_through: WalkThrough) -> None:
    small = with_loss(ending_near(a_record(), 1e-7), "mean_squared_error")
    *_, (_, scene) = walk_through(FORMULA, show_of(small, "en"))
    page = scene.areas  # type: ignore[attr-defined]
    (left, top, right, bottom), *_ = boxes(page.then.area.points)
    assert (right - left, bottom - top) == pytest.approx((LEAST, LEAST))
    assert page.then.note.text == "Epoch = 12: too small to see"
    assert page.then.number.text == rounded(float(small.losses[-1]))

    *_, (_, scene) = walk_through(FORMULA, show_of(of("diverged"), "en"))
    page = scene.areas  # type: ignore[attr-defined]
    assert page.then.note.text == "Epoch = 5: too large"
    area = page.plane.region
    for left, top, right, bottom in boxes(np.concatenate([term.points for term in page.terms])):
        assert area.left - 1e-6 <= left and right <= area.right + 1e-6
        assert area.top - 1e-6 <= top and bottom <= area.bottom + 1e-6


def test_of_many_pairs_some_are_drawn_and_all_are_in_the_mean() -> None:
    record = of("many samples")
    page = page_of(record)
    errors = record.targets - record.predictions[0]

    assert len(page.terms) == MOST_PAIRS
    assert [label.text for label in page.note] == [f"{MOST_PAIRS} of 137 pairs"]
    (_, top, _, bottom), *_ = boxes(page.first.area.points)
    side = (bottom - top) / page.shapes.per_unit
    assert side**2 == pytest.approx(np.square(errors).mean(), rel=1e-4)


def test_the_picked_pair_is_worked_out_as_it_is(walk_through: WalkThrough) -> None:
    record = of("unlike")
    _, scene = next(walk_through(FORMULA, show_of(record, "en")))
    page = scene.areas  # type: ignore[attr-defined]
    told = [text.text for text in texts_of(scene) if isinstance(text, Label)]

    assert page.put_in.value == pytest.approx(81, rel=1e-5)
    assert "81" in told
    (_, top, _, bottom), *_ = boxes(page.terms[page.picked].points)
    assert bottom - top == pytest.approx(9 * page.shapes.per_unit)


def test_a_bar_becomes_the_side_of_its_square(
    walk_through: WalkThrough, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On its way the square keeps the height of the bar, and no other mobject takes its place."""
    seen: list[tuple[int, float, float]] = []
    finish = Morph.finish

    def look(morph: Morph) -> None:
        for share in (0.0, 0.5, 1.0):
            morph.interpolate(share)
            (left, top, right, bottom), *_ = boxes(morph.mobject[0].points)
            seen.append((id(morph.mobject[0]), right - left, bottom - top))
        finish(morph)

    monkeypatch.setattr(Morph, "finish", look)
    next(walk_through(FORMULA, show_of(of("unlike"), "en")))
    (_, wide, _), _, (bar, _, full), (square, start, before), (_, half, there), (_, end, after) = (
        seen
    )

    assert bar == square
    assert before == there == after == pytest.approx(full)
    assert wide == start < half < end == pytest.approx(after)


def test_a_loss_that_is_no_mean_keeps_its_formula_alone(walk_through: WalkThrough) -> None:
    record = a_record()
    weighted = replace(record, history={"loss": record.losses * 1.5})
    names = [beat.name for beat, _ in walk_through(FORMULA, show_of(weighted, "en"))]
    assert names == ["formula", "symbols", "smaller"]
    with_squares = [beat.name for beat, _ in walk_through(FORMULA, show_of(record, "en"))]
    assert with_squares == ["symbols", "formula", "smaller"]


@pytest.mark.parametrize("name", ["huber", "log_cosh"])
def test_samples_lie_on_the_curve_of_their_loss(name: str) -> None:
    record = with_loss(of("unlike"), name)
    view = View(show_of(record, "en"), LossFormula.reads)
    loss = loss_of(record.hyperparameters)
    assert isinstance(loss, ErrorLoss)
    picture = CurvePage(view, loss, text_of(loss), EN, PAPER).picture
    for state in (0, 12):
        picture.show_at(state)
        terms = loss.terms(record.targets, record.predictions[state]).ravel()
        errors = (record.targets - record.predictions[state]).ravel()
        marks = picture.marks[0].points.reshape(len(terms), -1, 3)
        centers = (marks.min(axis=1) + marks.max(axis=1)) / 2
        expected = [picture.plane.at(error, term) for error, term in zip(errors, terms)]
        assert np.abs(centers - np.array(expected)).max() < 1e-4
        line = picture.mean[0].get_center()[1]
        assert line == pytest.approx(picture.plane.at(0, terms.mean())[1], abs=UNIT / 100)


def values_of(record: Record) -> ValuePoints:
    view = View(show_of(record, "en"), Fit.reads)
    truth = Truth(view.inputs, view.targets, view.rule)
    return ValuePoints(view, truth, CONTENT.inset(40, 20), EN, PAPER)


@pytest.mark.parametrize("name", ["mean_squared_error", "mean_absolute_error", "huber"])
def test_the_fit_shows_how_far_off_predictions_are(name: str) -> None:
    record = with_loss(of("unlike"), name)
    values = values_of(record)
    assert values.terms is not None
    for state in (0, 12):
        values.show_at(state)
        expected = [
            abs(height(values, y) - height(values, y_hat))
            for y, y_hat in zip(record.targets.ravel(), record.predictions[state].ravel())
        ]
        found = [*boxes(values.terms.points)]
        assert [bottom - top for _, top, _, bottom in found] == pytest.approx(expected, abs=1e-6)
        for left, top, right, bottom in found:
            is_square = right - left == pytest.approx(bottom - top, abs=1e-6)
            assert is_square == (name == "mean_squared_error")


def test_the_fit_of_many_samples_has_no_squares() -> None:
    assert values_of(a_record(samples=MOST_TERMS)).terms is not None
    assert values_of(a_record(samples=MOST_TERMS + 1)).terms is None
    assert values_of(a_record(**RECORDS["overfitting"])).terms is None


@pytest.mark.parametrize("language", ["zh", "en", "es"])
@pytest.mark.parametrize("error", [1e-7, 1e6])
def test_what_is_said_of_a_mean_has_room(
    error: float, language: str, walk_through: WalkThrough
) -> None:
    record = replace(ending_near(a_record(), error), epochs=np.arange(13) * 4000)
    record = with_loss(record, "mean_squared_error")
    for _, scene in walk_through(FORMULA, show_of(record, language)):
        assert problems(scene) == []
