"""Cross-entropies as a formula, as a curve and worked out: true of the record, or refused."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Any

import numpy as np
import pytest

from epochreel.lecture.words import Words
from epochreel.numbers import read, spoken
from epochreel.record.classes import classes_of
from epochreel.record.cross_entropy import CrossEntropy
from epochreel.record.losses import loss_of
from epochreel.record.record import Record
from epochreel.record.view import View
from scenes.drawing.layout import CONTENT
from scenes.drawing.text import Label
from scenes.drawing.theme import PAPER
from scenes.epochs import Epochs
from scenes.loss_formula import LossFormula
from scenes.parts.columns import Reading
from scenes.parts.explained import Explained
from scenes.parts.followed import followed_sample
from scenes.stage.catalogue import SceneCode, shipped
from scenes.stage.checks import problems, texts_of
from scenes.stage.render import caption_of, captions, title_of, why_not
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of
from tests.scenes.facts import Facts
from tests.scenes.sentences import wrong

pytestmark = pytest.mark.manim
FORMULA, EVALUATION = (shipped()[name] for name in ("loss_formula", "loss_evaluation"))
KINDS = ("two classes", "logits", "three classes", "ten classes", "ten layers", "three labels")
RESULT = re.compile(r"(=|approx) ([\d.]+)(?: times 10\^\((-?\d+)\))? \$$")
LOGARITHM = re.compile(r"−ln ?(\(1 − )?([\d.e−]+)\)?")


def of(kind: str, **changes: Any) -> Record:
    return replace(a_record(**RECORDS[kind]), **changes)


def at(record: Record, *places: int) -> Record:
    """The record with other epochs of its own, counted from 0."""
    chosen = list(places)
    return replace(
        record,
        epochs=np.arange(len(chosen)),
        predictions=record.predictions[chosen],
        history={"loss": record.losses[chosen]},
        parameters=tuple(
            {name: states[chosen] for name, states in layer.items()} for layer in record.parameters
        ),
    )


def with_settings(record: Record, **settings: Any) -> Record:
    """The record with other settings of its loss, and the losses that they give."""
    hyperparameters: Mapping[str, Any] = {**record.hyperparameters, "loss_settings": settings}
    loss = loss_of(hyperparameters, record.layers)
    assert loss
    losses = [loss.mean(record.targets, each) for each in record.predictions]
    return replace(record, hyperparameters=hyperparameters, history={"loss": np.array(losses)})


def result(source: str) -> Decimal:
    """The number behind the last sign of equality in a formula for Typst."""
    found = RESULT.search(source)
    assert found
    return Decimal(found[2]).scaleb(int(found[3] or 0))


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_on_a_card_adds_up(kind: str, walk_through: WalkThrough) -> None:
    record = of(kind)
    *_, (_, scene) = walk_through(EVALUATION, show_of(record, "en"))

    for card, worked, loss in zip(scene.cards, scene.worked, record.losses[[0, -1]]):  # type: ignore[attr-defined]
        values = []
        for term, (sign, value, *_) in zip(card.terms, card.values):
            line = "".join(part.text for part in term[2:])
            found = LOGARITHM.fullmatch(line)
            assert found, line
            given = 1 - read(found[2]) if found[1] else read(found[2])
            exact = -given.ln().scaleb(-worked.exponent)
            values.append(read(value.text))
            assert abs(values[-1] - exact) <= Decimal(1).scaleb(values[-1].as_tuple().exponent)
            assert sign.text == "≈" or values[-1] == exact
        total, mean = result(card.total.typst_code), result(card.mean[0].typst_code)
        others = Decimal(0)
        if worked.count > len(values):
            parts = [part for line in card.given for part in line if isinstance(part, Label)]
            (said,) = [part.text for part in parts if "terms" in part.text]
            others = read(said.rpartition(": ")[2])
        assert (sum(values) + others).scaleb(worked.exponent) == total
        assert abs(mean - total / worked.count) <= mean * Decimal("5e-4")
        assert spoken(float(mean)) == spoken(float(loss))


def test_each_term_names_its_class(walk_through: WalkThrough) -> None:
    _, (_, scene), _ = walk_through(EVALUATION, show_of(of("three classes")))
    names = [term[1].text for term in scene.cards[0].terms]  # type: ignore[attr-defined]
    kinds = ("setosa", "versicolor", "virginica")
    assert [(name, len([*same])) for name, same in groupby(names)] == [*zip(kinds, (6, 6, 6))]

    _, (_, scene), _ = walk_through(EVALUATION, show_of(of("ten classes"), "en"))
    names = [term[1].text for term in scene.cards[0].terms]  # type: ignore[attr-defined]
    assert [name for name, _ in groupby(names)] == [f"class {at}" for at in range(10)]

    labels = of("three labels")
    _, (_, scene), _ = walk_through(EVALUATION, show_of(labels))
    told = [term[1].text for term in scene.cards[0].terms[:3]]  # type: ignore[attr-defined]
    assert told == [f"y = {value:.0f}" for value in labels.targets[0]]


def test_what_is_wrong_in_the_end_and_makes_most_of_the_loss_has_its_term(
    walk_through: WalkThrough,
) -> None:
    record = of("two classes")
    classes = classes_of(record)
    assert classes
    _, (_, scene), _ = walk_through(EVALUATION, show_of(record))

    wrong = {*np.flatnonzero(~classes.right[-1]).tolist()}
    assert 47 in wrong and wrong <= {*scene.rows.samples}  # type: ignore[attr-defined]


def test_a_long_name_is_cut(walk_through: WalkThrough) -> None:
    record = of("three classes", class_names=("a" * 90, "很长的类别名称" * 9, "c"))

    for code in (FORMULA, EVALUATION):
        for _, scene in walk_through(code, show_of(record)):
            assert problems(scene) == []
    assert scene.cards[0].terms[0][1].text.endswith("…")  # type: ignore[attr-defined]


def test_a_record_of_one_output_per_term_has_as_many_terms(walk_through: WalkThrough) -> None:
    for kind, count in (("three labels", 72), ("three classes", 45)):
        beat, scene = next(walk_through(EVALUATION, show_of(of(kind))))
        assert beat.caption.values["count"] == count
        assert scene.worked[0].count == count  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("places", "diverged_at", "says"),
    [
        ((0, 12), None, "the mean falls from"),
        ((12, 0), None, "the mean rises from"),
        ((3, 3), None, "as at epoch 0"),
        ((12, 0), 2, "Training diverges: the mean is"),
    ],
)
@pytest.mark.parametrize("kind", ["two classes", "three classes", "three labels"])
def test_captions_say_what_became_of_the_mean(
    kind: str, places: tuple[int, ...], diverged_at: int | None, says: str
) -> None:
    record = replace(at(of(kind), *places), diverged_at=diverged_at, validation=None)
    show = show_of(record, "en")
    told = captions(FORMULA, show)

    assert says in told["training"]
    for said in (told, captions(EVALUATION, show)):
        assert [error for each in said.values() for error in wrong(each, Facts(record))] == []


def test_one_epoch_does_not_move(walk_through: WalkThrough) -> None:
    record = at(of("two classes"), 4)
    show = show_of(record, "en")

    assert [*captions(FORMULA, show)] == ["formula", "symbols", "curve"]
    for code in (FORMULA, EVALUATION):
        assert [wrong(caption, Facts(record)) for caption in captions(code, show).values()] == [
            []
        ] * len(captions(code, show))
        for _, scene in walk_through(code, show):
            assert problems(scene) == []


def test_readings_are_those_of_the_epoch_that_stands_still(walk_through: WalkThrough) -> None:
    record = of("ten classes")
    *_, (_, scene) = walk_through(FORMULA, show_of(record, "en"))
    shown = {
        part[0].text: part.number.texts[0][0]
        for top in scene.mobjects
        for part in top.get_family()
        if isinstance(part, Reading)
    }

    assert shown["Epoch ="] == "12"
    assert float(shown["loss ="].replace("−", "-")) == pytest.approx(record.losses[-1], rel=1e-5)
    assert shown["outside ="] == "0"


@pytest.mark.parametrize("code", [FORMULA, EVALUATION])
def test_what_is_no_mean_of_single_logarithms_is_refused(code: SceneCode) -> None:
    record = of("three classes")
    smooth = replace(
        with_settings(record, label_smoothing=0.1),
        hyperparameters={
            **with_settings(record, label_smoothing=0.1).hyperparameters,
            "loss": "categorical_crossentropy",
        },
    )
    soft = replace(record, targets=0.8 * record.targets + 0.2 / 3, class_names=())
    two = replace(record, targets=np.ones_like(record.targets), class_names=())

    assert why_not(code, show_of(record)) is None
    assert why_not(code, show_of(smooth)) == (
        "label_smoothing 0.1 shares the truth out among all classes"
    )
    assert "not all 0 or 1" in (why_not(code, show_of(soft)) or "")
    assert "more than one true class" in (why_not(code, show_of(two)) or "")


def test_a_loss_that_terms_do_not_give_has_no_curve() -> None:
    record = of("two classes")
    show = show_of(replace(record, history={"loss": record.losses * 1.5}), "en")

    assert [*captions(FORMULA, show)] == ["formula", "symbols", "smaller"]
    assert "and that of the recorded predictions" in (why_not(EVALUATION, show) or "")


def test_logits_are_told_how_they_become_probabilities(walk_through: WalkThrough) -> None:
    def formulas(record: Record) -> str:
        _, scene = next(walk_through(FORMULA, show_of(record)))
        return " ".join(getattr(text, "typst_code", "") for text in texts_of(scene))

    assert "e^(-z_i)" in formulas(of("logits"))
    assert "z_" not in formulas(of("two classes"))
    shares = of("three classes")
    last = replace(shares.layers[-1], activation="linear")
    raw = with_settings(replace(shares, layers=(*shares.layers[:-1], last)), from_logits=True)
    assert "e^(z_(i, c))" in formulas(raw)
    for _, scene in walk_through(FORMULA, show_of(raw)):
        assert problems(scene) == []


def test_chapters_are_called_by_the_loss() -> None:
    told = {
        language: [title_of(code, show_of(of("two classes"), language)) for code in shown]
        for shown in [(FORMULA, EVALUATION)]
        for language in ("en", "zh", "es")
    }
    assert told == {
        "en": ["The cross-entropy", "The cross-entropy worked out"],
        "zh": ["交叉熵公式", "交叉熵计算"],
        "es": ["La entropía cruzada", "La entropía cruzada, calculada"],
    }


def test_a_loss_that_float32_rounds_is_told_as_recorded(walk_through: WalkThrough) -> None:
    record = at(of("three classes"), 0, 12)
    predictions = record.predictions.copy()
    predictions[-1] = np.abs(record.targets - 3e-7)
    losses = np.array([record.losses[0], 4.1e-7])  # 3e-7, and what float32 adds
    show = show_of(replace(record, predictions=predictions, history={"loss": losses}), "en")
    *_, (beat, scene) = walk_through(EVALUATION, show)
    labels = [text.text for text in texts_of(scene) if isinstance(text, Label)]

    assert "recorded: 4.1e−07, computed in float32" in labels
    assert problems(scene) == []
    assert caption_of(EVALUATION, beat, show)


def test_one_hot_rows_have_a_term_for_each_output_under_a_binary_loss(
    walk_through: WalkThrough,
) -> None:
    record = of("three classes")
    said = {**record.hyperparameters, "loss": "binary_crossentropy"}
    loss = loss_of(said)
    assert loss
    losses = np.array([loss.mean(record.targets, each) for each in record.predictions])
    record = replace(record, hyperparameters=said, history={"loss": losses})
    (*_, (beat, scene)) = walk_through(FORMULA, show_of(record, "en"))
    assert beat.name == "training"
    assert problems(scene) == []
    assert captions(EVALUATION, show_of(record, "en"))["substitution"].startswith("Put the 135 ")


@pytest.mark.parametrize("language", ["zh", "en", "es"])
def test_what_runs_along_the_curve_is_said_whole(walk_through: WalkThrough, language: str) -> None:
    show = show_of(of("three classes"), language)
    beats = [(beat.name, scene) for beat, scene in walk_through(FORMULA, show)]
    scene = dict(beats)["curve"]
    names = scene.page.picture.plane.names  # type: ignore[attr-defined]
    assert not any("…" in name for name in names)


@pytest.mark.parametrize("kind", ["two classes", "three classes", "ten classes", "logits"])
def test_the_followed_sample_gets_its_term_on_the_curve(
    kind: str, walk_through: WalkThrough
) -> None:
    record = of(kind)
    show = show_of(record, "en")
    scene = {beat.name: scene for beat, scene in walk_through(FORMULA, show)}["symbols"]
    page = scene.page  # type: ignore[attr-defined]
    sample = followed_sample(View(show, LossFormula.reads), scene.words)
    loss = loss_of(record.hyperparameters, record.layers)
    assert isinstance(loss, CrossEntropy)
    term = float(loss.terms(record.targets, record.predictions[0])[sample].max())
    given = float(np.exp(-term))
    plane = page.picture.plane

    assert page.put_in.value == pytest.approx(term, rel=1e-3)
    assert page.stem.get_start() == pytest.approx(plane.at(given, 0), abs=1e-3)
    top = plane.at(given, min(term, plane.y.high))
    assert page.stem.get_end() == pytest.approx(top, abs=1e-3)


@pytest.mark.parametrize("kind", ["two classes", "three classes", "ten classes"])
def test_a_row_has_the_same_loss_wherever_it_is_worked_out(kind: str) -> None:
    record = of(kind)
    view = View(show_of(record, "en"), Epochs.reads)
    loss = loss_of(record.hyperparameters, record.layers)
    assert isinstance(loss, CrossEntropy)
    for sample in range(len(record.targets)):
        told = Explained(view, sample, CONTENT, Words("en"), PAPER)
        for at, predictions in enumerate(record.predictions):
            *_, line = told.display(at)
            found = LOGARITHM.search(line.text)
            assert found
            term = loss.terms(record.targets, predictions)[sample, 0]
            value = Decimal(f"{term:.3g}")
            assert read(line.text.split()[-1]) == value
            assert Decimal(f"{-read(found[2]).ln():.3g}") == value
