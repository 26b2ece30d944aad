"""Runs side by side: which have names, and what is drawn of them."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from manim import Dot

from epochreel.record.view import Run
from scenes.compare import NAMES
from scenes.drawing.layout import PAGE, SMALL, Region, pixels
from scenes.drawing.scales import Scale
from scenes.drawing.theme import PAPER
from scenes.parts.axes import Plane
from scenes.parts.marks import Pointers
from scenes.parts.panels import FitPanel, Fits, panel_regions
from scenes.parts.run_curves import RunCurves
from scenes.parts.runs import (
    BADGE,
    MOST_NAMED,
    badge_places,
    common_scale,
    lowest_runs,
    named_runs,
    run_names,
    spread,
)
from tests.records import COMPARED, DIVERGED, a_run, several_runs

pytestmark = pytest.mark.manim
AREA = Region(200, 200, 1200, 900)


@pytest.mark.parametrize("count", [1, 2, 7, 8])
def test_up_to_eight_runs_all_have_names(count: int) -> None:
    assert named_runs(several_runs(count)) == tuple(range(count))


@pytest.mark.parametrize("count", [9, 10, 40, 333])
@pytest.mark.parametrize("best", [0, 1, 5, -2, -1])
def test_of_more_the_first_the_last_and_the_lowest_have(count: int, best: int) -> None:
    runs = [a_run(str(at), 0.1, epochs=3) for at in range(count)]
    runs[best] = a_run("best", 0.2, epochs=3)

    named = named_runs(runs)

    assert list(named) == sorted({*named})
    assert len(named) == MOST_NAMED
    assert best % count in named
    assert named[0] in (0, best % count)
    assert named[-1] in (count - 1, best % count)


def test_runs_that_end_alike_are_all_lowest_and_diverged_ones_never() -> None:
    low, high = a_run("low", 0.2), a_run("high", 0.1)
    diverged = a_run("diverged", 0.9, diverged_at=30)

    assert diverged.curve[1][-1] < low.curve[1][-1]
    assert lowest_runs([high, low, diverged, low]) == (1, 3)
    assert lowest_runs([diverged, diverged]) == ()


def test_runs_that_diverge_leave_most_of_the_axis_to_the_others() -> None:
    calm, wild = several_runs(3), a_run("wild", **DIVERGED)
    scale, alone = common_scale([*calm, wild]), common_scale(calm)

    assert scale.low == alone.low
    assert float(scale.share(np.array(alone.high))) == pytest.approx(2 / 3, abs=0.02)
    assert scale.high < wild.curve[1][-1]
    assert common_scale([wild]).high > wild.curve[1][-1]


def test_a_run_that_only_just_diverges_has_all_its_losses_on_the_axis() -> None:
    calm, wild = several_runs(3), a_run("wild", -0.1, diverged_at=20)
    assert common_scale([*calm, wild]).high >= wild.curve[1].max()


def test_losses_of_nothing_have_an_axis() -> None:
    run = a_run()
    nothing = replace(run, curve=(run.curve[0], np.zeros(41)))
    assert not common_scale([nothing]).logarithmic
    assert common_scale([nothing, run]).logarithmic


def test_a_label_in_two_lines_keeps_a_setting_and_its_value_together() -> None:
    long = "learning_rate 0.042, optimizer rmsprop"
    short, both = run_names(["seed 1", long], NAMES, PAPER)

    assert [label.text for label in both[1:]] == ["learning_rate 0.042,", "optimizer rmsprop"]
    assert (short.lines, both.lines) == (1, 2)
    assert {label.size for name in (short, both) for label in name[1:]} == {SMALL}


@pytest.mark.parametrize("rows_below", [0, 1])
def test_eight_long_names_keep_apart(rows_below: int) -> None:
    region = NAMES
    names = run_names(["学习率" * 20] * 8, region, PAPER, rows_below)
    for name in names:
        name.add(name.note("loss 1e−08", PAPER.ink))
    sides = [[pixels(corner)[1] for corner in (it.get_top(), it.get_bottom())] for it in names]

    assert all(above[1] < below[0] for above, below in pairwise(sides))
    assert sides[-1][1] < region.bottom - rows_below * SMALL


@pytest.mark.parametrize("seed", range(40))
def test_no_badge_hides_another(seed: int) -> None:
    random = np.random.default_rng(seed)
    early = random.integers(0, 9)
    x = np.where(np.arange(8) < early, random.uniform(200, 1200, 8), 1200)
    x[: early // 2] = 204  # all diverge at once
    ends = [(float(a), float(b)) for a, b in zip(x, random.uniform(200, 900, 8))]

    places = badge_places(ends, AREA)

    for (x1, y1), (x2, y2) in combinations(places, 2):
        assert np.hypot(x1 - x2, y1 - y2) > 2 * BADGE
    for across, down in places:
        assert AREA.left < across <= AREA.right + 60
        assert AREA.top <= down <= AREA.bottom


def test_what_leaves_the_frame_for_good_ends_there_with_a_tip() -> None:
    calm, wild = a_run(), a_run("wild", **DIVERGED)
    last = float(calm.curve[0][-1])
    plane = Plane(Scale(0, last), common_scale([calm, wild]), AREA, ("", ""), PAPER)

    curves = RunCurves([calm, wild], (0, 1), plane, PAPER)
    dot, tip = curves.end_marks()

    area = plane.region
    (inside, _), (x, y) = map(pixels, curves.ends)
    assert inside == pytest.approx(area.right)
    assert x < area.right and y == pytest.approx(area.top)
    assert isinstance(dot, Dot) and isinstance(tip, Pointers)
    assert pixels(tip.get_top())[1] == pytest.approx(area.top)


@pytest.mark.parametrize("count", [1, 8, 40, 400])
def test_all_curves_together_have_a_bounded_number_of_points(count: int) -> None:
    plane = Plane(Scale(0, 100_000), Scale(-5, 5), PAGE, ("", ""), PAPER)
    losses = np.random.default_rng(1).normal(size=100_001)
    run = replace(a_run(), curve=(np.arange(100_001.0), losses))

    curves = RunCurves([run] * count, range(min(count, 8)), plane, PAPER)

    for curve in curves:
        curve.join()
    pieces = sum(len(part.points) for part in curves.family_members_with_points()) / 4
    assert len(curves) <= 9
    assert pieces < 80_000


@pytest.mark.parametrize("kind", ["eight", "one diverged", "all diverged", "several inputs"])
def test_nothing_of_a_fit_is_drawn_outside_its_plane(kind: str) -> None:
    fits = Fits(COMPARED[kind])
    for predictions in fits.predictions:
        panel = FitPanel(fits, predictions, AREA, PAPER.loss, PAPER)
        if panel.curve:
            panel.curve.grow_to(1)
        area = panel.plane.region
        for drawn in (panel.ground[1], panel.curve, panel.dots):
            for part in drawn.family_members_with_points() if drawn else []:
                # A dot may reach over the edge by half.
                room = 7 if part is panel.dots else 1e-6
                for x, y in map(pixels, part.points):
                    assert area.left - room <= x <= area.right + room
                    assert area.top - room <= y <= area.bottom + room


def test_the_truth_keeps_half_the_height_whatever_runs_predict() -> None:
    for kind in ("eight", "one diverged", "all diverged"):
        fits = Fits(COMPARED[kind])
        assert np.ptp(fits.y.share(fits.truth.targets)) > 0.44
    assert Fits(COMPARED["one diverged"]).leave_the_frame
    assert not Fits(COMPARED["eight"]).leave_the_frame


def test_with_several_inputs_the_truth_runs_across() -> None:
    fits = Fits(COMPARED["several inputs"])
    truth = fits.truth
    x, y = truth.line()
    assert x.tolist() == y.tolist()
    assert not fits.connected
    assert truth.across.tolist() == truth.targets.tolist() == sorted(truth.targets)


def test_samples_in_any_order_are_drawn_from_left_to_right() -> None:
    run = a_run()
    order = np.random.default_rng(2).permutation(20)
    mixed: Run = replace(
        run,
        inputs=run.inputs[order],
        targets=run.targets[order],
        predictions=run.predictions[order],
    )
    one, two = Fits([run]), Fits([mixed])
    assert one.truth.across.tolist() == two.truth.across.tolist()
    assert one.predictions[0].tolist() == two.predictions[0].tolist()


@pytest.mark.parametrize("count", range(1, 9))
def test_panels_share_the_page(count: int) -> None:
    regions = panel_regions(count, AREA, 90)

    assert len(regions) == count
    for head, panel in regions:
        assert head.height == pytest.approx(90)
        assert (head.left, head.right, head.bottom) == (panel.left, panel.right, panel.top)
        assert AREA.left - 1e-6 <= panel.left < panel.right <= AREA.right + 1e-6
        assert head.top < panel.top < panel.bottom <= AREA.bottom + 1e-6


def test_heights_keep_apart_and_in_their_order() -> None:
    heights = [500.0, 503.0, 210.0, 501.0, 890.0, 899.0]

    places = spread(heights, 48, 200, 900)

    assert np.argsort(places).tolist() == np.argsort(heights).tolist()
    assert all(high - low >= 48 - 1e-9 for low, high in pairwise(sorted(places)))
    assert (min(places), max(places)) == (210, 900)
    assert places[3] == pytest.approx(np.mean([500, 501, 503]), abs=1)
