"""A beat begins and ends still, so that its clip can stand on a slide, or be held for narration."""

import pytest

from scenes.stage.catalogue import SceneCode, shipped
from scenes.stage.scene import STILL, LectureScene
from tests.records import RECORDS, a_record
from tests.scenes.conftest import WalkThrough, show_for
from tests.scenes.test_contract import EMPTY

pytestmark = pytest.mark.manim
# Those whose beats are played otherwise than the first one's.
KINDS = ("lecture", "one epoch", "diverged", "one sample", "several", "two classes")
PLAYED = [
    pytest.param(entry, kind, id=f"{entry.name}-{kind}")
    for entry in shipped().values()
    for kind in (KINDS if entry.name != "compare" else KINDS[:1])
    if entry.name not in EMPTY.get(kind, ())
]

# Whether nothing moved in a play, and how many seconds it took.
Play = tuple[bool, float]


@pytest.fixture
def plays(monkeypatch: pytest.MonkeyPatch) -> list[Play]:
    """All that scenes play from now on."""
    found: list[Play] = []
    real = LectureScene.play

    def play(scene: LectureScene, *animations: object, **options: object) -> None:
        real(scene, *animations, **options)
        found.append((scene.is_current_animation_frozen_frame(), scene.duration))

    monkeypatch.setattr(LectureScene, "play", play)
    return found


def still_at_first(plays: list[Play]) -> float:
    seconds = 0.0
    for still, duration in plays:
        if not still:
            break
        seconds += duration
    return seconds


@pytest.mark.parametrize(("entry", "kind"), PLAYED)
def test_nothing_moves_where_a_beat_begins_and_where_it_ends(
    entry: SceneCode, kind: str, plays: list[Play], walk_through: WalkThrough
) -> None:
    show = show_for(entry, a_record(**RECORDS[kind]))

    for beat, _ in walk_through(entry, show):
        assert still_at_first(plays) >= STILL, f"{beat.name} begins in motion"
        assert still_at_first(plays[::-1]) >= STILL, f"{beat.name} ends in motion"
        assert not all(still for still, _ in plays), f"{beat.name} shows nothing new"
        plays.clear()


@pytest.mark.parametrize(("entry", "kind"), PLAYED)
def test_a_scene_begins_with_something_to_look_at(
    entry: SceneCode, kind: str, walk_through: WalkThrough, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []
    real = LectureScene.hold

    def hold(scene: LectureScene, seconds: float = 1.0) -> None:
        held.append(len(scene.mobjects))
        real(scene, seconds)

    monkeypatch.setattr(LectureScene, "hold", hold)
    next(walk_through(entry, show_for(entry, a_record(**RECORDS[kind]))))

    assert held[0] > (entry.name != "title"), "the page is empty but for its title bar"
