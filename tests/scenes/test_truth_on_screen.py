"""Every number on a page is the record's, also while it moves; and captions fit their pictures."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pytest
from manim import Dot, Mobject

from scenes.drawing.layout import pixels
from scenes.drawing.motion import Follow
from scenes.drawing.text import Label, Numbers
from scenes.drawing.theme import PAPER
from scenes.parts.axes import Plane
from scenes.parts.columns import Reading
from scenes.parts.epoch_page import NOTES_APART
from scenes.parts.loss_trail import LossTrail
from scenes.parts.network import Network
from scenes.parts.share import Share
from scenes.stage.catalogue import shipped
from scenes.stage.render import why_not
from scenes.stage.scene import LectureScene
from tests.scenes.conftest import WalkThrough, show_of
from tests.scenes.facts import Facts, number, reads_in_full
from tests.scenes.labels import LABELS, wrong_labels
from tests.scenes.told_records import told_records

pytestmark = pytest.mark.manim
KINDS = dict(told_records())
LOOKED_AT = (
    *("lecture", "one epoch", "diverged", "resumed", "some epochs", "sampled", "one sample"),
    *("many samples", "wide", "deep", "several", "unlike outputs", "tiny values", "huge values"),
    *("log-cosh", "own loss", "learned all", "near targets", "only biases learn"),
)
SCORED = (
    *("two classes", "logits", "three classes", "ten classes", "784 inputs", "ten layers"),
    *("three labels", "named columns"),
)
SHOWN = [(name, kind) for name in LABELS for kind in LOOKED_AT]
SHOWN.remove(("loss_formula", "own loss"))  # which nobody can write as a formula
SHOWN += [(name, kind) for name in ("epochs", "fit", "loss_curve") for kind in SCORED]
SHOWN += [(name, "overfitting") for name in ("fit", "loss_curve")]
SHOWN += [("gradient_step", kind) for kind in (*SCORED, "one step an epoch")]
SHARES = (0.2, 0.5, 0.8)  # of a move, at which it is looked at
OF_FLOAT32 = 2**-24  # of a value: how far its shortest digits may be off
OUTSIDE = re.compile(r"(\d+) of \d+ predictions are outside")
ALONE = re.compile(r"−?\d+(\.\d+)?(e−?\d+)?")


@dataclass
class Page:
    """The texts of a page: labels, readings by their names, and grids of numbers.

    A number that stands back is left out: it is of what was before, until it comes back.

    Attributes:
        rows_pass: whether rows are on their way from one epoch to the next, each by itself.
    """

    labels: list[str]
    readings: dict[str, str]
    grids: list[list[str]]
    rows_pass: bool = False

    @classmethod
    def of(cls, mobjects: Iterable[Mobject], axes: Sequence[Mobject]) -> "Page":
        """What stands on mobjects, but for the ticks of axes."""
        family = [part for top in mobjects for part in top.get_family()]
        planes = [part for part in family if isinstance(part, Plane)]
        ticks = {*axes, *(part for plane in planes for part in plane.get_family())}
        trails = [part for part in family if isinstance(part, LossTrail)]
        ticks |= {part for trail in trails for part in trail.get_family()}
        parts = [part for part in family if part not in ticks]
        readings = [part for part in parts if isinstance(part, (Reading, Share))]
        named = [reading.number for reading in readings]
        readings = [reading for reading in readings if not stands_back(reading.number)]
        return cls(
            [part.text for part in parts if isinstance(part, Label)],
            {reading[0].text: reading.number.texts[0][0] for reading in readings},
            [
                [text for row in part.texts for text in row]
                for part in parts
                if isinstance(part, Numbers) and part not in named and not stands_back(part)
            ],
        )


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> list[Page]:
    """The pages, on their way, of all that moves."""
    seen: list[Page] = []
    finish = Follow.finish

    def look(follow: Follow) -> None:
        for share in SHARES:
            follow.interpolate(share)
            seen.append(Page.of([follow.mobject], ()))
            by_row = isinstance(follow._show, partial)
            seen[-1].rows_pass = by_row and follow._show.func.__name__ == "show_some_rows"
        finish(follow)

    monkeypatch.setattr(Follow, "finish", look)
    return seen


@pytest.mark.parametrize(("name", "kind"), SHOWN)
def test_numbers_on_screen_are_recorded(
    name: str, kind: str, walk_through: WalkThrough, moving: list[Page]
) -> None:
    facts = Facts(KINDS[kind])
    show = show_of(facts.record, "en")
    if reason := why_not(shipped()[name], show):
        pytest.skip(reason)
    still = [
        Page.of(scene.mobjects, axes_of(scene)) for _, scene in walk_through(shipped()[name], show)
    ]

    assert [error for page in [*still, *moving] for error in wrong(name, page, facts)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_axis_of_the_loss_is_what_is_said(kind: str, walk_through: WalkThrough) -> None:
    record = KINDS[kind]
    beat, scene = next(walk_through(shipped()["loss_curve"], show_of(record, "en")))
    said = beat.caption.text("en")

    left = scene.plane.region.left
    numbers_up = [
        part.text
        for part in scene.plane.get_family()
        if isinstance(part, Label) and pixels(part.get_right())[0] < left
    ]
    assert is_logarithmic(scene) == ("logarithmic" in said)
    assert ("place for zero" in said) == (is_logarithmic(scene) and "0" in numbers_up)


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_dots_are_on_the_curve_as_is_said(kind: str, walk_through: WalkThrough) -> None:
    show = show_of(KINDS[kind], "en")
    walked = walk_through(shipped()["loss_curve"], show)
    beat, scene = next((beat, scene) for beat, scene in walked if beat.name == "marks")
    family = [part for top in scene.mobjects for part in top.get_family()]
    # Dots in a network stand for neurons that are left out.
    networks = [
        part for network in family if isinstance(network, Network) for part in network.get_family()
    ]
    dots = [part for part in family if isinstance(part, Dot) and part not in networks]

    crosses = KINDS[kind].diverged_at is not None  # in place of the last one's dot
    assert int(beat.caption.values["count"]) == len(dots) + crosses


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_predictions_are_outside_as_is_said(kind: str, walk_through: WalkThrough) -> None:
    record = KINDS[kind]
    if record.class_names:
        pytest.skip("of classes nothing leaves the frame")
    *_, (beat, scene) = walk_through(shipped()["fit"], show_of(record, "en"))
    said = OUTSIDE.search(beat.caption.text("en"))

    plane = scene.plane
    heights = [pixels(plane.at(0, value[0]))[1] for value in record.predictions[-1].tolist()]
    top, bottom = plane.region.top, plane.region.bottom
    outside = sum(not top - 1e-6 <= height <= bottom + 1e-6 for height in heights)
    drawn = len(scene.points.dots.points) // 16
    if len(record.epochs) > 1:
        assert outside == (int(said[1]) if said else 0)
    assert drawn == len(heights) - outside


def wrong(name: str, page: Page, facts: Facts) -> list[str]:
    """What stands on a page of a scene and is not of the one epoch that it shows."""
    labels, epoch = page.labels, facts.first
    if name == "training_loop" and page.readings:
        name = "epochs"  # whose page the loop opens with
    if page.readings:
        epoch = int(page.readings["Epoch ="])
        loss = page.readings.get("loss =")
        if loss and not reads_in_full(loss, facts.losses[epoch]):
            return [f"at epoch {epoch} the loss is said to be {loss}"]
        if wrong_shares(page.readings, epoch, facts):
            return [f"at epoch {epoch} {page.readings}"]
    labels = [piece for text in labels for piece in text.split(NOTES_APART)]
    # Epochs on the curve need not be recorded; beside the loss it shows nothing of them.
    state = [] if name == "loss_curve" else facts.state(epoch)
    if page.rows_pass:
        state = [*state, *facts.state(facts.epochs[facts.epochs.index(epoch) - 1])]
    if name == "fit" and facts.record.class_names:
        state = facts.taken(epoch)
        # A cell is empty where there is no sample.
        page.grids = [[text for text in grid if text] for grid in page.grids]
    if name == "data":  # where numbers fly, each is a label
        labels = [text for text in labels if not ALONE.fullmatch(text)]
        page.grids.append([text for text in page.labels if ALONE.fullmatch(text)])
    found = [text for grid in page.grids for text in wrong_cells(grid, state)]
    return found + wrong_labels(name, labels, facts)


def stands_back(number: Numbers) -> bool:
    """Whether it has none of the theme's own colours."""
    return number.get_fill_color().to_hex() not in vars(PAPER).values()


def wrong_shares(readings: Mapping[str, str], epoch: int, facts: Facts) -> bool:
    """Whether others are said to be right than are."""
    right, held_out = (readings.get(f"{name} =") for name in ("accuracy", "validation"))
    if not (right or held_out):
        return False
    at = facts.epochs.index(epoch)
    if held_out and int(held_out) != round(
        float(facts.record.history["val_accuracy"][at]) * facts.held_out
    ):
        return True
    return bool(right) and int(right or 0) != facts.right(at)


def wrong_cells(texts: Sequence[str], values: Sequence[float]) -> list[str]:
    """Numbers of a grid that none of the values reads like, to the last digit of the grid."""
    decimals = max((len(text.partition("e")[0].partition(".")[2]) for text in texts), default=0)
    found = []
    for text in texts:
        power = int(text.replace("−", "-").partition("e")[2] or 0)
        # What has no digits behind a point anywhere is whole.
        half = 10.0 ** (power - decimals) / 2 if decimals else 0.0
        said = float(number(text))
        if not any(abs(said - value) <= half + OF_FLOAT32 * abs(value) for value in values):
            found.append(text)
    return found


def axes_of(scene: LectureScene) -> list[Mobject]:
    planes = getattr(scene, "planes", [getattr(scene, "plane", None)])
    return [part for plane in planes if plane for part in plane.get_family()]


def is_logarithmic(scene: LectureScene) -> bool:
    """Whether the mean of two heights on the plane is their geometric mean."""
    plane = scene.plane  # type: ignore[attr-defined]
    low, high = plane.y.low, plane.y.high
    if low <= 0:
        return False
    foot, middle, top = (plane.at(0, y)[1] for y in (low, math.sqrt(low * high), high))
    return math.isclose(middle, (foot + top) / 2, abs_tol=1e-6)
