"""Between two scenes a film has a crossfade: made of their clips, once, and as trusted as these."""

from pathlib import Path

import av
import numpy as np
import pytest

from epochreel.cli.tree import tree_of
from epochreel.lecture.video import Video
from epochreel.products import plan as plan_module
from epochreel.products.film import make_film, subtitles_of
from epochreel.products.narration import narrated
from epochreel.products.plan import Film, FilmPlan, plan_film
from epochreel.products.sound import RATE, read_sound
from epochreel.record.view import Show
from epochreel.work import crossfades
from epochreel.work.clips import Drawing
from epochreel.work.events import Event
from epochreel.work.rubbish import rubbish
from epochreel.work.store import State, Store
from epochreel.work.workers import Inline
from tests.products.conftest import SMALL, warnings
from tests.products.sounds import record, tone
from tests.records import a_record
from tests.scenes.conftest import show_of

pytestmark = [pytest.mark.manim, pytest.mark.render]
FADED = 3  # at a few frames a second there are as many at least
TWO_SCENES = ("references", "fit")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "media")


def wanted(
    store: Store, *only: str, show: Show | None = None, drawing: Drawing | None = None
) -> Film:
    path = store.film("loss_function", "zh")
    return Film(show or show_of(a_record()), drawing or Drawing(SMALL), path, only or TWO_SCENES)


def made(film: Film, store: Store, heard: list[Event] | None = None) -> FilmPlan:
    with Inline() as workers:
        return make_film(film, store, workers, [].append if heard is None else heard.append)


def planned(film: Film, store: Store) -> FilmPlan:
    with Inline() as workers:
        return plan_film(film, store, workers, lambda event: None)


def frames(path: Path) -> list[np.ndarray]:
    with av.open(path) as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


@pytest.mark.parametrize("theme", ["paper", "night"])
@pytest.mark.parametrize("engine", ["fast", "manim"])
def test_one_scene_becomes_the_next_and_no_picture_of_theirs_changes(
    engine: str, theme: str, store: Store
) -> None:
    film = wanted(
        store,
        show=show_of(a_record(), "en", theme),
        drawing=Drawing(SMALL, engine),
    )
    plan = made(film, store)

    *alone, last = [frames(each.path) for each in plan.clips]
    before = [frame for clip in alone for frame in clip]
    shown = frames(film.path)
    faded = shown[len(before) : -len(last)]
    assert len(faded) == FADED
    assert all(map(np.array_equal, shown, before))
    assert all(map(np.array_equal, shown[-len(last) :], last))
    one, other = before[-1].astype(float), last[0].astype(float)
    for step, found in enumerate(faded, start=1):
        between = one + (other - one) * step / (FADED + 1)
        assert np.abs(found - between).mean() < 2


def test_beats_of_one_scene_follow_without_one(store: Store) -> None:
    plan = made(wanted(store, "fit"), store)
    assert plan.crossfades == ()
    assert len(frames(plan.film.path)) == sum(len(frames(each.path)) for each in plan.clips)


def test_what_is_said_and_the_chapters_begin_with_their_scenes(store: Store) -> None:
    plan = made(wanted(store), store)

    starts, frame = [], 0
    for at, each in enumerate(plan.clips):
        starts.append(frame)
        frame += len(frames(each.path)) + (FADED if at == 1 else 0)
    with av.open(plan.film.path) as container:
        chapters = [(each["start"], each["end"]) for each in container.chapters()]
    with av.open(plan.film.path) as container:
        said = [packet.pts for packet in container.demux(subtitles=0) if packet.size > 2]
    milliseconds = [1000 * at // SMALL.frame_rate for at in (*starts, frame)]
    assert chapters == [(0, milliseconds[2]), (milliseconds[2], milliseconds[3])]
    assert said == milliseconds[:3]
    lines = subtitles_of(plan.film.path)[0].read_text(encoding="utf-8").splitlines()
    assert sum(" --> " in line for line in lines) == 3


def test_what_is_spoken_waits_for_its_scene(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "spoken"
    folder.mkdir()
    record(folder / "fit-training.wav", tone(9))
    record(folder / "references-references.wav", tone(1))

    plan = made(narrated(wanted(store), folder), store)

    own = len(frames(plan.clips[0].path))
    begins = [own, own + 9 * SMALL.frame_rate + FADED]
    heard = np.abs(read_sound(plan.film.path)[0])
    loud = np.flatnonzero(heard > 0.02) / RATE
    gap = np.flatnonzero(np.diff(loud) > 0.1)
    assert loud[0] == pytest.approx(begins[0] / SMALL.frame_rate, abs=0.03)
    assert loud[gap + 1] == pytest.approx([begins[1] / SMALL.frame_rate], abs=0.03)
    assert len(frames(plan.film.path)) == begins[1] + len(frames(plan.clips[2].path))


def test_one_is_made_once_and_a_film_of_more_scenes_takes_it(store: Store) -> None:
    first, heard = made(wanted(store), store), list[Event]()
    (crossfade,) = first.crossfades
    written = crossfade.path.stat().st_mtime_ns

    first.film.path.unlink()
    again = made(wanted(store), store, heard)
    more = made(wanted(store, "loss_curve", *TWO_SCENES), store)

    assert again.missing_crossfades == []
    assert not any("crossfade" in event.what for event in heard)
    assert [each.name for each in more.crossfades] == [
        "loss_curve to fit",
        "fit to references",
    ]
    assert crossfade.path.stat().st_mtime_ns == written


def test_a_dry_run_counts_those_that_are_to_be_made_and_says_why(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = wanted(store)

    def said() -> list[str]:
        lines = tree_of(planned(film, store)).splitlines()
        at = next((at for at, line in enumerate(lines) if "crossfade" in line), None)
        return [] if at is None else [line.strip("├└│─ ") for line in lines[at : at + 2]]

    assert said() == ["make 1 of 1 crossfade", "not made yet (fit to references)"]
    (crossfade,) = made(film, store).crossfades
    film.path.unlink()
    assert said() == []

    whole = crossfade.path.read_bytes()
    crossfade.path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert said()[1] == "it is damaged (fit to references)"
    heard = list[Event]()
    made(film, store, heard)
    assert warnings(heard) == ["the crossfade of fit to references was damaged; made again"]
    assert crossfade.path.read_bytes() == whole

    crossfade.path.unlink()
    film.path.write_bytes(b"?")
    assert said()[1] == "it is gone (fit to references)"
    made(film, store)

    film = wanted(
        store, show=show_of(a_record(), "zh", "paper", "words.links=[]", "words.references=['x']")
    )
    assert said()[1] == "a clip beside it changed (fit to references)"
    film = wanted(store)
    monkeypatch.setattr(crossfades, "code_on_disk", lambda modules: "other code")
    monkeypatch.setattr(plan_module, "code_on_disk", lambda modules: "other code")
    assert said()[1] == "its code changed (fit to references)"


def test_what_a_film_is_joined_from_is_kept_as_long_as_the_film(
    store: Store, tmp_path: Path
) -> None:
    plan = made(wanted(store), store)
    assert rubbish(store, tmp_path) == []

    plan.film.path.unlink()
    plan.film.path.with_name(f".{plan.film.path.name}.manifest").unlink()

    assert plan.crossfades[0].path in rubbish(store, tmp_path)


def test_a_film_is_another_where_crossfades_are(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = wanted(store)
    made(film, store)
    assert planned(film, store).state is State.WHOLE
    real = plan_module.code_on_disk
    monkeypatch.setattr(
        plan_module,
        "code_on_disk",
        lambda modules: "other" if crossfades.MODULES[0] in modules else real(modules),
    )
    assert planned(film, store).state is State.STALE


@pytest.mark.parametrize(("rate", "count"), [(5, 3), (15, 6), (30, 12), (60, 24)])
def test_it_takes_two_fifths_of_a_second(rate: int, count: int, store: Store) -> None:
    film = wanted(store, drawing=Drawing(Video(320, 180, rate)))
    assert [each.frames for each in planned(film, store).crossfades] == [count]
