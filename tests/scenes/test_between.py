"""What a film shows between two pictures: nothing collides, leaves the page or jumps."""

from collections.abc import Iterator
from itertools import takewhile
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from manim import Animation, Mobject, Scene, VMobject

from scenes.drawing.layout import PAGE_WIDTH, UNIT
from scenes.drawing.text import Label
from scenes.parts.flight import Falling, Flight
from scenes.stage.catalogue import SceneCode, shipped
from scenes.stage.checks import outside, overlapping
from scenes.stage.render import why_not
from scenes.stage.scene import STILL, LectureScene
from tests.records import COMPARED, RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_for

pytestmark = pytest.mark.manim
KINDS = ("lecture", "diverged", "several", "three classes", "784 inputs")
TRIED = [(entry, kind) for entry in shipped().values() for kind in KINDS]
FRAMES = 30  # a second; of a film there are twice as many
FURTHEST = 2 * PAGE_WIDTH * UNIT / 10  # that anything moves from one of them to the next
EVERY = 5  # frames between two that are looked at for collisions


class Watched:
    """What was seen of a scene's plays.

    Attributes:
        leaps: what moved too far from one frame to the next.
        problems: what collides or leaves the page on the way.
        still: per beat how long the page stands still where it begins and where it ends.
    """

    def __init__(self) -> None:
        self.leaps: list[str] = []
        self.problems: list[str] = []
        self.plays: dict[str, list[tuple[float, bool]]] = {}

    def play(self, scene: LectureScene, *animations: Any, **options: Any) -> None:
        """Play as a film does, frame by frame, and look at them."""
        if scene._begins:
            scene._begins = False
            scene.hold(STILL)
        scene.compile_animation_data(*animations, **options)
        played: list[Animation] = scene.animations or []
        moves = not scene.is_current_animation_frozen_frame()
        seconds = scene._frames() / FRAMES if moves else float(scene.duration or 0)
        for animation in played:
            animation._setup_scene(scene)
            animation.begin()
        if moves:
            for at, _ in enumerate(self._frames(scene, played)):
                if at % EVERY == 0:
                    self._look(scene)
        for animation in played:
            animation.finish()
            animation.clean_up_from_scene(scene)
        scene.seconds[scene._beat] += seconds
        self.plays.setdefault(scene._beat, []).append((seconds, moves))

    def _frames(self, scene: LectureScene, played: list[Animation]) -> Iterator[None]:
        places: dict[int, tuple[Mobject, Any]] = {}
        longest = float(scene.duration or 0)
        for time in np.arange(0, longest, 1 / FRAMES):
            for animation in played:
                animation.interpolate(min(1.0, time / animation.run_time))
            for animation in played:
                for part in animation.mobject.get_family():
                    if not isinstance(part, Label) or not len(part.points) or not is_seen(part):
                        continue
                    now = part.points[0].copy()
                    if id(part) in places:
                        way = float(np.abs(now - places[id(part)][1]).max())
                        if way > FURTHEST:
                            self.leaps.append(f"{scene._beat}: {part.text!r} {way / UNIT:.0f} px")
                    places[id(part)] = (part, now)
            yield

    def _look(self, scene: LectureScene) -> None:
        self.problems += [f"{scene._beat}: {found}" for found in outside(scene)]
        # Numbers that leave a column start on it, and pass others on their way into the next.
        settled = [part for part in scene.mobjects if not isinstance(part, Flight | Falling)]
        for found in overlapping(cast(Scene, SimpleNamespace(mobjects=settled))):
            one, other = (text.split("'")[1] for text in found.split(" / ")[:2])
            # A value that flies starts from where it stands, perhaps behind its name.
            if not (one.endswith(other) or other.endswith(one)):
                self.problems.append(f"{scene._beat}: {found}")


def is_seen(part: VMobject) -> bool:
    return bool(part.get_fill_opacity() > 0.3)


@pytest.mark.parametrize(
    ("entry", "kind"), TRIED, ids=[f"{entry.name}-{kind}" for entry, kind in TRIED]
)
def test_nothing_collides_leaves_or_leaps_on_its_way(
    entry: SceneCode, kind: str, walk_through: WalkThrough, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = COMPARED["forty"] if entry.name == "compare" else ()
    show = show_for(entry, a_record(**RECORDS[kind]), "zh", runs=runs)
    if reason := why_not(entry, show):
        pytest.skip(reason)
    watched = Watched()
    monkeypatch.setattr(
        LectureScene, "play", lambda scene, *a, **options: watched.play(scene, *a, **options)
    )

    beats = [beat for beat, _ in walk_through(entry, show)]

    assert sorted({*watched.leaps}) == []
    assert sorted({*watched.problems}) == []
    for beat in beats:
        first, *_ = plays = watched.plays[beat.name]
        assert not first[1] and first[0] >= STILL - 1e-6
        # The last pause may go on until the caption can be read.
        at_the_end = [*takewhile(lambda play: not play[1], reversed(plays))]
        assert sum(seconds for seconds, _ in at_the_end) >= STILL - 1e-6
