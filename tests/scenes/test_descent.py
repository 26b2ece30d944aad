"""The landscape: what is drawn where, which runs are on it, and what is said of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from manim import ManimColor, interpolate_color

from epochreel.record.record import Record
from epochreel.record.view import Show, Training
from scenes.drawing.layout import Region, pixels, point
from scenes.drawing.theme import PAPER
from scenes.parts.relief import Field
from scenes.parts.way import Way
from scenes.stage.catalogue import shipped
from scenes.stage.checks import problems, texts_of
from scenes.stage.render import caption_of, why_not
from scenes.stage.scene import Beat, LectureScene
from tests.descents import descent
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_of

pytestmark = pytest.mark.manim
DESCENT = shipped()["descent"]
ADAM = {**descent(rate=0.02).hyperparameters, "optimizer": "adam"}
RUNS = {
    "right": descent(),
    "too small": descent(rate=0.005),
    "too large": descent(rate=0.165),
    "wild": descent(rate=0.27),
    "momentum": descent(rate=0.02, momentum=0.9),
    "Adam": replace(descent(rate=0.02), hyperparameters=ADAM),
    "other data": descent(rate=0.2, samples=9),
    "other start": descent(rate=0.01, start=(0.0, 0.0)),
}


def show(
    record: Record | None = None, labels: Sequence[str] = (*RUNS,), language: str = "en"
) -> Show:
    beside = tuple(Training.of(label, RUNS[label]) for label in labels)
    return replace(show_of(record or descent(), language), beside=beside)


def walked(walk_through: WalkThrough, of: Show) -> dict[str, tuple[Beat, LectureScene]]:
    return {beat.name: (beat, scene) for beat, scene in walk_through(DESCENT, of)}


def test_runs_from_the_same_start_follow_by_what_is_other_in_them(
    walk_through: WalkThrough,
) -> None:
    of = show()
    told = {
        name: caption_of(DESCENT, beat, of) for name, (beat, _) in walked(walk_through, of).items()
    }
    assert told == {
        "map": "The loss over w1[1, 1] and b1[1], all that is trained: from epoch 0 to epoch 60 "
        "the run goes from a loss of 56.62 to 4.601 × 10⁻⁷.",
        "rates": "From the same start with other learning rates: too small ends at a loss of 9.34; "
        "too large ends at a loss of 0.2846; wild diverges, and is not finite from epoch 54.",
        "optimizers": "From the same start with another optimizer, or with other settings: "
        "momentum ends at a loss of 0.05438; Adam ends at a loss of 0.7614.",
    }


def test_one_run_has_the_map_alone(walk_through: WalkThrough) -> None:
    assert [*walked(walk_through, show(labels=()))] == ["map"]
    assert [*walked(walk_through, show(labels=("right", "other data", "other start")))] == ["map"]


@pytest.mark.parametrize("language", ["en", "zh", "es"])
def test_every_beat_of_a_comparison_lays_out_well(language: str, walk_through: WalkThrough) -> None:
    for beat, scene in walk_through(DESCENT, show(language=language)):
        assert problems(scene) == [], beat.name


def test_ways_go_through_the_recorded_weights(walk_through: WalkThrough) -> None:
    _, scene = walked(walk_through, show())["map"]
    record, plane = descent(), scene.plane
    way = scene.ways[scene.rivals.own]
    for at in (0, 1, 7):
        (layer,) = record.parameters
        weight, bias = layer["kernel"][at, 0, 0], layer["bias"][at, 0]
        assert way.places[at] == pytest.approx(plane.at(weight, bias))
    assert pixels(way.places[0]) < pixels(way.places[1])  # w rises
    assert pixels(way.places[0])[1] > pixels(way.places[1])[1]  # so does b, which is up


def test_numbers_of_contours_are_the_loss_where_they_stand(walk_through: WalkThrough) -> None:
    _, scene = walked(walk_through, show())["map"]
    record, plane = descent(), scene.plane
    corner, far = plane.at(plane.x.low, plane.y.low), plane.at(plane.x.high, plane.y.high)
    assert len(scene.relief.numbers) >= 3
    for ground, label in scene.relief.numbers:
        share = ((ground.get_center() - corner) / (far - corner + [0, 0, 1]))[:2]
        weight = plane.x.low + share[0] * (plane.x.high - plane.x.low)
        bias = plane.y.low + share[1] * (plane.y.high - plane.y.low)
        errors = weight * record.inputs + bias - record.targets
        assert float(label.text) == pytest.approx((errors**2).mean(), rel=0.03)


def test_bands_are_darkest_where_the_loss_is_lowest(walk_through: WalkThrough) -> None:
    for theme in ("paper", "night"):
        of = replace(show_of(descent(), "en", theme))
        _, scene = walked(walk_through, of)["map"]
        page, loss = ManimColor(scene.theme.page), ManimColor(scene.theme.loss)
        tints = [tint.get_fill_opacity() for _, tint in scene.relief.bands]
        light = [float(np.mean(interpolate_color(page, loss, each).to_rgb())) for each in tints]
        assert light == sorted(light, reverse=True) and light[0] - light[-1] > 0.1
        lowest = scene.relief.bands[-1][1]
        inside = np.abs(lowest.points - scene.plane.at(2, 1)).max(axis=0)
        assert (inside < 1).all()


def test_one_unit_is_as_long_on_both_axes(walk_through: WalkThrough) -> None:
    for of in (show(), show_of(a_record(**RECORDS["two classes"]), "en")):
        plane = walked(walk_through, of)["map"][1].plane
        across = plane.region.width / (plane.x.high - plane.x.low)
        assert across == pytest.approx(plane.region.height / (plane.y.high - plane.y.low))


def test_a_run_that_diverges_leaves_the_map_and_its_card_says_when(
    walk_through: WalkThrough,
) -> None:
    _, scene = walked(walk_through, show())["rates"]
    wild = next(each for each in scene.ways if each.label == "wild")
    way, area = scene.ways[wild], scene.plane.region
    line = way[1].points
    edges = point(area.left, area.bottom), point(area.right, area.top)
    assert (line >= edges[0] - 1e-9).all() and (line <= edges[1] + 1e-9).all()
    x, _ = pixels(line[-1])
    assert min(abs(x - area.left), abs(x - area.right)) < 1e-6
    assert not len(way[-1].points)  # its head is not on the map


def test_the_card_of_a_run_that_diverged_itself_says_so(walk_through: WalkThrough) -> None:
    for beat, scene in walk_through(DESCENT, show(RUNS["wild"], ("right", "wild"))):
        texts = [getattr(part, "text", "") for part in texts_of(scene)]
        assert ("not finite from epoch 54" in texts) == (beat.name == "rates")
        assert problems(scene) == []


def test_the_map_of_a_wide_network_says_how_much_of_the_movement_it_shows(
    walk_through: WalkThrough,
) -> None:
    of = show_of(a_record(**RECORDS["ten classes"]), "en")
    beat, scene = walked(walk_through, of)["map"]
    said = caption_of(DESCENT, beat, of)
    assert "the two directions in which the 1210 parameters moved most, with 99.6 %" in said
    assert scene.plane.names == ("first direction", "second direction")


def test_a_film_of_runs_side_by_side_has_no_landscape() -> None:
    assert why_not(DESCENT, show_of(a_record(constant=True))) == "its parameters do not change"


AREA = Region(200, 200, 800, 600)


def a_way(*corners: tuple[float, float]) -> Way:
    return Way(np.array([point(*corner) for corner in corners]), AREA, PAPER.accent, PAPER)


def drawn(way: Way) -> list[tuple[float, float, float, float]]:
    """Pieces of its line, from x, y to x, y in pixels."""
    points = way[1].points
    return [
        (*np.round(pixels(start), 6), *np.round(pixels(end), 6))
        for start, end in zip(points[::4], points[3::4])
    ]


def test_a_way_is_drawn_up_to_where_it_has_come() -> None:
    way = a_way((300, 300), (500, 300), (500, 500))
    assert drawn(way.show_at(0.5)) == [(300, 300, 400, 300)]
    assert drawn(way.show_at(1.25)) == [(300, 300, 500, 300), (500, 300, 500, 350)]
    assert drawn(way.show_at(2)) == [(300, 300, 500, 300), (500, 300, 500, 500)]


def test_a_way_is_cut_where_it_leaves_and_ends_where_it_leaves_for_good() -> None:
    back = a_way((300, 300), (900, 300), (900, 400), (700, 400)).show_at(3)
    assert drawn(back) == [(300, 300, 800, 300), (800, 400, 700, 400)]
    gone = a_way((300, 300), (900, 300), (100, 500), (900, 500)).show_at(3)
    assert drawn(gone) == [(300, 300, 800, 300)]


def test_levels_of_a_field_are_round_and_follow_its_decades() -> None:
    axis = np.linspace(0, 1, 9)
    losses = 10.0 ** (3 * axis[None] * np.ones((9, 1)))
    wide, narrow = (Field.of(axis, axis, each) for each in (losses, 5 + losses / 1000))
    assert wide.logarithmic and not narrow.logarithmic
    assert wide.levels()[:3] == [1.5, 2, 3] and wide.levels()[-1] == 700
    assert narrow.levels()[0] == pytest.approx(5.1)
    # What was worked out stays as it was.
    assert np.allclose(wide.values[::20, ::20], losses)
    rough = Field.of(axis, axis, np.where(losses > 500, np.inf, losses))
    assert rough.values.max() <= 500
