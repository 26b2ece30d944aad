"""What the loss curve and the fit say and show is what the record holds."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from epochreel.numbers import rounded
from epochreel.record.record import Record
from scenes.drawing.layout import pixels
from scenes.parts.growing import GrowingCurves
from scenes.stage.catalogue import shipped
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim


def losing(*losses: float, **settings: Any) -> Record:
    record = a_record(epochs=tuple(range(len(losses))), **settings)
    return replace(record, history={"loss": np.array(losses)})


def captions(scene: str, record: Record, walk_through: WalkThrough) -> list[str]:
    walk = walk_through(shipped()[scene], show_of(record, "en"))
    return [beat.caption.text("en") for beat, _ in walk]


TOLD = {
    "falls": (
        losing(90, 3, 0.5),
        "From epoch 0 to epoch 2 the loss falls from 90 to 0.5 (logarithmic axis).",
    ),
    "falls a little": (
        losing(0.31, 0.3),
        "From epoch 0 to epoch 1 the loss falls from 0.31 to 0.3.",
    ),
    "falls to zero": (
        losing(90, 3, 0),
        "From epoch 0 to epoch 2 the loss falls from 90 to 0, on a logarithmic axis with a place "
        "for zero at its foot.",
    ),
    "stays": (losing(2, 3, 2), "The loss is 2 at epoch 0 and 2 at epoch 2."),
    "is one": (losing(2), "At epoch 0 the loss is 2."),
    "rises": (losing(2, 3, 9), "The loss rises from 2 at epoch 0 to 9 at epoch 2."),
    "falls and rises": (
        losing(2, 1, 9),
        "The loss rises from 2 at epoch 0 to 9 at epoch 2; the lowest is 1 at epoch 1.",
    ),
    "diverges": (
        losing(2, 1e24, diverged_at=2),
        "The loss is 2 at epoch 0 and 1 × 10²⁴ at epoch 1 (logarithmic axis); from epoch 2 on "
        "it is no finite number.",
    ),
    "stops": (
        replace(losing(3, 2), hyperparameters={**a_record().hyperparameters, "epochs": 500}),
        "From epoch 0 to epoch 1 the loss falls from 3 to 2; training stopped there, and 500 "
        "epochs were asked for.",
    ),
}


@pytest.mark.parametrize("kind", TOLD)
def test_the_loss_curve_says_what_became_of_the_loss(kind: str, walk_through: WalkThrough) -> None:
    record, said = TOLD[kind]
    assert captions("loss_curve", record, walk_through)[0] == said


def test_the_fit_has_one_beat_where_nothing_moves(walk_through: WalkThrough) -> None:
    record = a_record(epochs=(0,))
    assert captions("fit", record, walk_through) == [
        "The true function, and the predictions at epoch 0."
    ]


def test_a_file_has_no_true_function(walk_through: WalkThrough) -> None:
    said = captions("fit", replace(a_record(), rule=None), walk_through)
    assert said[0] == "The true values, and the predictions at epoch 0."


def test_predictions_that_leave_the_frame_are_counted_and_pointed_at(
    walk_through: WalkThrough,
) -> None:
    record = a_record(**RECORDS["diverged"])
    beat, scene = [*walk_through(shipped()["fit"], show_of(record, "en"))][-1]

    assert beat.caption.text("en").endswith(
        "no finite number from epoch 6 on; at the end 20 of 20 predictions are outside the picture."
    )
    assert scene.readings[-1].number.texts == [["20"]]
    assert not len(scene.points.dots.points)
    area = scene.plane.region
    tips = [
        pixels(place)[1]
        for marks in (scene.points.above, scene.points.below)
        for place in marks.points[::12]
    ]
    assert sorted({round(tip) for tip in tips}) == [area.top, area.bottom]
    assert len(tips) == 20


@pytest.mark.parametrize("progress", [0.0, 0.4, 3.7, 11.999, 12.0])
def test_numbers_of_the_fit_are_recorded_and_points_on_their_way(
    progress: float, walk_through: WalkThrough
) -> None:
    record = a_record()
    *_, (_, scene) = walk_through(shipped()["fit"], show_of(record, "en"))

    scene.show_at(progress)

    at = round(progress)
    epoch, loss = (reading.number.texts[0][0] for reading in scene.readings)
    assert (int(epoch), float(loss)) == (at, pytest.approx(record.losses[at], rel=1e-6))
    between = np.interp(progress, np.arange(13), record.predictions[:, 0, 0])
    first = scene.points.dots.points[:16].mean(axis=0)
    assert first == pytest.approx(scene.plane.at(-10, between), abs=1e-6)


def test_points_on_their_way_out_are_counted_as_they_are_seen(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["diverged"])
    *_, (_, scene) = walk_through(shipped()["fit"], show_of(record, "en"))
    for progress in (0.0, 0.002, 0.5, 5.0):
        scene.show_at(progress)

        away = len(scene.points.above.points) + len(scene.points.below.points)
        assert scene.readings[-1].number.texts == [[str(away // 12)]]
        assert len(scene.points.dots.points) // 16 == 20 - away // 12


def test_a_run_that_diverges_is_marked_where_it_ends(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["diverged"])
    *_, (_, scene) = walk_through(shipped()["loss_curve"], show_of(record, "en"))

    texts = [getattr(part, "text", "") for top in scene.mobjects for part in top.get_family()]
    assert f"Epoch 5: {rounded(record.losses[-1])}, not finite from epoch 6" in texts


def scored(**history: list[float]) -> Record:
    values = {name: np.array(each) for name, each in history.items()}
    return replace(losing(*history["loss"]), history=values)


def test_scores_are_said_behind_the_loss(walk_through: WalkThrough) -> None:
    record = scored(
        accuracy=[0.2, 0.5, 0.9],
        loss=[0.9, 0.8, 0.7],
        val_accuracy=[0.1, 0.4, 0.6],
        val_loss=[1.0, 0.9, 0.8],
    )
    assert captions("loss_curve", record, walk_through)[0] == (
        "From epoch 0 to epoch 2 the loss falls from 0.9 to 0.7; on validation samples it ends at "
        "0.8; accuracy ends at 0.9, on validation samples at 0.6."
    )


def test_a_learning_rate_is_no_metric(walk_through: WalkThrough) -> None:
    record = scored(learning_rate=[0.1, 0.05, 0.01], loss=[0.9, 0.8, 0.7])
    *_, (_, scene) = walk_through(shipped()["loss_curve"], show_of(record, "en"))
    assert scene.scores.metric is None and len(scene.planes) == 1


@pytest.mark.parametrize(
    ("validation", "beats"),
    [([1.0, 0.8, 1.2], 3), ([1.0, 0.8, 0.81], 2)],
)
def test_where_training_and_validation_part_is_marked_if_they_do(
    validation: list[float], beats: int, walk_through: WalkThrough
) -> None:
    record = scored(loss=[0.9, 0.7, 0.5], val_loss=validation)
    walked = [*walk_through(shipped()["loss_curve"], show_of(record, "en"))]
    assert len(walked) == beats
    if beats == 3:
        beat, scene = walked[-1]
        assert "From epoch 1 to 2 the loss falls from 0.7 to 0.5" in beat.caption.text("en")
        texts = [getattr(part, "text", "") for top in scene.mobjects for part in top.get_family()]
        assert "Epoch 1: 0.8" in texts


def test_training_and_validation_are_told_apart_by_their_lines(walk_through: WalkThrough) -> None:
    record = scored(loss=[0.9, 0.7, 0.5], val_loss=[0.9, 0.7, 0.5])
    _, scene = next(walk_through(shipped()["loss_curve"], show_of(record, "en")))
    curves = [part for part in scene.drawn if isinstance(part, GrowingCurves)]
    whole, gaps = (
        sum(np.linalg.norm(part.points[3::4] - part.points[::4], axis=1).sum() for part in curve)
        for curve in curves
    )
    assert 0.4 * whole < gaps < 0.7 * whole


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "two classes",
            "From epoch 0 to epoch 12 the number of right samples goes from 40 to 56 of 60; of the "
            "validation samples 16 of 20 are right at the end.",
        ),
        (
            "three classes",
            "From epoch 0 to epoch 12 the number of right samples goes from 20 to 45 of 45.",
        ),
    ],
)
def test_the_fit_says_how_many_are_right(kind: str, said: str, walk_through: WalkThrough) -> None:
    assert captions("fit", a_record(**RECORDS[kind]), walk_through)[-1] == said


def test_numbers_of_classes_follow_the_epochs(walk_through: WalkThrough) -> None:
    record = a_record(**RECORDS["ten classes"])
    *_, (_, scene) = walk_through(shipped()["fit"], show_of(record, "en"))
    for at in (0, 3, 12):
        scene.show_at(at + 0.4 * (at < 12))
        epoch, loss, right, held_out = (
            float(reading.number.texts[0][0].replace("e−", "e-")) for reading in scene.readings
        )
        assert (epoch, loss) == (at, pytest.approx(record.losses[at], rel=1e-4))
        assert right / 40 == pytest.approx(record.history["accuracy"][at])
        assert held_out / 20 == pytest.approx(record.history["val_accuracy"][at])


@pytest.mark.parametrize("share", [0.0, 0.26, 0.5, 1.0])
def test_beside_the_curve_the_network_and_the_numbers_are_of_its_end(
    share: float, walk_through: WalkThrough
) -> None:
    record = a_record(epochs=(0, 10, 20, 30, 250, 500))
    _, scene = next(walk_through(shipped()["loss_curve"], show_of(record, "en")))

    scene.learner.show_at(share)

    readings, network = scene.learner
    epoch, loss = (reading.number.texts[0][0] for reading in readings)
    passed = max(at for at in record.epochs if at <= 500 * share)
    at = record.epochs.tolist().index(passed)
    assert (int(epoch), float(loss)) == (passed, pytest.approx(record.losses[at], rel=1e-6))
    kernel = record.parameters[0]["kernel"]
    weights = [np.interp(500 * share, record.epochs, states) for states in kernel[:, 0].T]
    widths = [edge.get_stroke_width() for edge in network.edges[0]]
    assert np.argsort(widths).tolist() == np.argsort(np.abs(weights)).tolist()


@pytest.mark.parametrize(
    ("kind", "is_there"),
    [("lecture", True), ("wide", True), ("deep", False), ("three classes", False)],
)
def test_a_network_stands_beside_the_curve_where_it_has_room(
    kind: str, is_there: bool, walk_through: WalkThrough
) -> None:
    _, scene = next(walk_through(shipped()["loss_curve"], show_of(a_record(**RECORDS[kind]))))

    assert len(scene.learner) == 1 + is_there
    share = scene.plane.region.width / (1920 - 2 * 56)
    assert share > (0.55 if is_there else 0.8)


def test_the_lecture_tells_its_curve_in_time(walk_through: WalkThrough) -> None:
    *_, (_, scene) = walk_through(shipped()["loss_curve"], show_of(a_record()))

    assert sum(scene.seconds.values()) <= 14
