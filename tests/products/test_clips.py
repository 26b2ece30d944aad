"""A folder of clips: named, indexed, whole, and beside files that are not ours."""

import errno
import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from epochreel.errors import BadOutput
from epochreel.files import move_whole
from epochreel.lecture.video import QUALITIES
from epochreel.products.clip_folder import make_clip_folder
from epochreel.products.clips import CLIPS, INDEX, PAGE, drawing_for
from epochreel.products.plan import Film
from epochreel.work import store
from epochreel.work.clips import Drawing
from epochreel.work.events import Event
from epochreel.work.store import Store
from epochreel.work.workers import Inline
from tests.products.conftest import SMALL, drawn
from tests.records import a_record
from tests.scenes.conftest import show_of
from tests.scenes.engine.frames import decoded

pytestmark = [pytest.mark.manim, pytest.mark.render]


def clips(
    folder: Path, *only: str, heard: list[Event] | None = None, language: str = "en", **look: Any
) -> dict[str, Any]:
    """Makes clips in `folder/clips`; gives what the index says."""
    film = Film(
        show_of(a_record(), language), Drawing(SMALL, **look), folder / "clips" / INDEX, only
    )
    listen = print if heard is None else heard.append
    make_clip_folder(film, CLIPS, Store(folder / "media"), Inline(), listen)
    index: dict[str, Any] = json.loads(film.path.read_text(encoding="utf-8"))
    return index


def frames(path: Path) -> list[npt.NDArray[np.int64]]:
    with av.open(path) as container:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]


def there(folder: Path) -> set[str]:
    return {path.name for path in (folder / "clips").iterdir() if not path.name.startswith(".")}


def test_a_clip_starts_where_the_one_before_it_ended_and_the_index_counts_its_frames(
    tmp_path: Path,
) -> None:
    index = clips(tmp_path, "epochs", "fit")
    folder = tmp_path / "clips"

    names = [clip["file"] for clip in index["clips"]]
    assert names == sorted(names)
    assert names[:3] == [
        "06-epochs-01-initial.mp4",
        "06-epochs-02-epoch-1.mp4",
        "06-epochs-03-epoch-2.mp4",
    ]
    before: dict[str, npt.NDArray[np.int64]] = {}
    for clip in index["clips"]:
        pictures = frames(folder / clip["file"])
        assert len(pictures) == clip["frames"] == round(clip["seconds"] * SMALL.frame_rate)
        for poster, picture in ((clip["first"], pictures[0]), (clip["last"], pictures[-1])):
            with Image.open(folder / poster) as opened:
                drawn_picture = np.asarray(opened.convert("RGB"), dtype=int)
            assert np.abs(drawn_picture - picture).mean() < 3
        if clip["scene"] in before:
            assert np.abs(pictures[0] - before[clip["scene"]]).mean() < 2
        before[clip["scene"]] = pictures[-1]
        if clip["beat"] == "initial":  # the comparison can fail: an empty page is another picture
            assert np.abs(pictures[0] - pictures[-1]).mean() > 5


def test_captions_are_there_in_both_languages(tmp_path: Path) -> None:
    (clip,) = clips(tmp_path, "fit/training")["clips"]
    (other,) = clips(tmp_path, "fit/training", language="zh")["clips"]

    assert clip["caption"] == other["caption"]
    assert "epoch" in clip["caption"]["en"] and "轮" in clip["caption"]["zh"]
    assert clip["alt"] == f"The fit: {clip['caption']['en']}"
    assert other["alt"] == f"拟合: {clip['caption']['zh']}"


def test_a_beat_has_the_same_name_whatever_else_is_wanted(tmp_path: Path) -> None:
    every = {clip["beat"]: clip["file"] for clip in clips(tmp_path, "epochs")["clips"]}
    (one,) = clips(tmp_path, "epochs/epoch-2")["clips"]
    assert one["file"] == every["epoch-2"] == "06-epochs-03-epoch-2.mp4"


def test_a_second_run_makes_nothing_and_another_format_takes_the_place_of_the_first(
    tmp_path: Path,
) -> None:
    heard: list[Event] = []
    clips(tmp_path, "references", heard=heard)
    assert drawn(heard) == {"references/references"}
    (tmp_path / "clips" / "mine.mp4").write_bytes(b"my own")
    heard.clear()
    clips(tmp_path, "references", heard=heard)
    assert drawn(heard) == set()

    clips(tmp_path, "references", format="gif")
    assert there(tmp_path) == {
        INDEX,
        PAGE,
        "13-references-01-references.gif",
        "mine.mp4",
        "posters",
    }
    assert (tmp_path / "clips" / "mine.mp4").read_bytes() == b"my own"


def test_a_run_that_was_stopped_between_two_files_is_no_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(made: Path, place: Path) -> None:
        if place.suffix == ".mp4" and place.is_relative_to(tmp_path / "clips"):
            raise OSError(errno.ENOSPC, "No space left on device")
        move_whole(made, place)

    with monkeypatch.context() as patched:
        patched.setattr(store, "move_whole", stopped)
        with pytest.raises(OSError, match="No space"):
            clips(tmp_path, "references")
    assert INDEX in there(tmp_path)

    index = clips(tmp_path, "references")
    assert there(tmp_path) == {INDEX, PAGE, "posters", index["clips"][0]["file"]}


def test_a_clip_that_somebody_changed_is_not_removed(tmp_path: Path) -> None:
    clips(tmp_path, "references")
    changed = tmp_path / "clips" / "13-references-01-references.mp4"
    changed.write_bytes(b"cut by hand")
    clips(tmp_path, "references", format="gif")
    assert changed.read_bytes() == b"cut by hand"


def test_a_damaged_clip_is_made_again(tmp_path: Path) -> None:
    clips(tmp_path, "references")
    clip = tmp_path / "clips" / "13-references-01-references.mp4"
    whole = clip.read_bytes()
    clip.write_bytes(whole[: len(whole) // 2])
    heard: list[Event] = []
    clips(tmp_path, "references", heard=heard)
    assert clip.read_bytes() == whole
    assert drawn(heard) == set()


@pytest.mark.parametrize(
    "name",
    [
        INDEX,
        PAGE,
        "13-references-01-references.mp4",
        "posters/13-references-01-references.last.png",
        "posters",
    ],
)
def test_a_file_of_the_users_own_is_not_written_over(name: str, tmp_path: Path) -> None:
    (tmp_path / "clips" / name).parent.mkdir(parents=True)
    (tmp_path / "clips" / name).write_bytes(b"my own")
    heard: list[Event] = []
    with pytest.raises(BadOutput, match="left as it is"):
        make_clip_folder(
            Film(
                show_of(a_record(), "en"),
                Drawing(SMALL),
                tmp_path / "clips" / INDEX,
                ["references"],
            ),
            CLIPS,
            Store(tmp_path / "media"),
            Inline(),
            heard.append,
        )
    assert there(tmp_path) == {name.partition("/")[0]}
    assert (tmp_path / "clips" / name).read_bytes() == b"my own"
    assert drawn(heard) == set()


@pytest.mark.parametrize("format", ["webm", "mov", "png"])
def test_what_is_transparent_is_the_picture_without_its_page(format: str, tmp_path: Path) -> None:
    """Laid over the page's colour, it is the opaque picture."""
    (opaque,) = clips(tmp_path, "fit/training", format="png")["clips"]
    with Image.open(tmp_path / "clips" / opaque["file"]) as opened:
        expected = np.asarray(opened.convert("RGB"), dtype=int)
    (clip,) = clips(tmp_path, "fit/training", format=format, transparent=True)["clips"]

    with Image.open(tmp_path / "clips" / clip["last"]) as poster:
        faint = np.asarray(poster)[:, :, 3]
    assert {0, 255} < {*np.unique(faint).tolist()}
    shown = _last(tmp_path / "clips" / clip["file"]).astype(int)
    alpha = shown[:, :, 3:]
    over = (shown[:, :, :3] * alpha + 255 * (255 - alpha)) / 255
    assert (alpha == 0).mean() > 0.5
    assert (alpha == 255).mean() > 0.02
    assert np.abs(over - expected).mean() < 2


def _last(path: Path) -> npt.NDArray[np.uint8]:
    if path.suffix == ".png":
        with Image.open(path) as picture:
            return np.asarray(picture)
    return decoded(path)[-1][1]


@pytest.mark.parametrize("quality", ["draft", "high"])
def test_mp4_clips_play_everywhere(quality: str, tmp_path: Path) -> None:
    drawing = drawing_for(QUALITIES[quality], quality, "mp4", transparent=False)
    film = Film(show_of(a_record(), "en"), drawing, tmp_path / INDEX, ["references"])
    make_clip_folder(film, CLIPS, Store(tmp_path / "media"), Inline(), print)

    with av.open(tmp_path / "13-references-01-references.mp4") as container:
        context = container.streams.video[0].codec_context
        assert (context.profile, context.pix_fmt) == ("High", "yuv420p")
        assert context.width % 2 == context.height % 2 == 0
        assert context.extradata and context.extradata[3] <= 51  # level 5.1, ten times


def test_4k_is_refused_where_players_stop_and_transparency_where_there_is_none() -> None:
    for format in ("webm", "mov", "gif", "png"):
        drawing_for(QUALITIES["4k"], "4k", format, transparent=False)
    with pytest.raises(BadOutput, match="--quality high"):
        drawing_for(QUALITIES["4k"], "4k", "mp4", transparent=False)
    for format in ("mp4", "gif"):
        with pytest.raises(BadOutput, match="--format webm"):
            drawing_for(QUALITIES["high"], "high", format, transparent=True)


def test_gifs_are_small_and_slow_whatever_the_quality() -> None:
    sizes = {}
    for quality, video in QUALITIES.items():
        drawn_as = drawing_for(video, quality, "gif", transparent=False).video
        sizes[quality] = (drawn_as.width, drawn_as.height, drawn_as.frame_rate)
    assert sizes == {
        "draft": (854, 480, 15),
        "low": (854, 480, 20),
        "medium": (960, 540, 20),
        "high": (960, 540, 20),
        "4k": (960, 540, 20),
    }


def test_the_page_shows_every_clip_with_its_caption(tmp_path: Path) -> None:
    for format, element in (("mp4", "<video src="), ("gif", "<img src=")):
        index = clips(tmp_path, "fit", format=format)
        page = (tmp_path / "clips" / PAGE).read_text(encoding="utf-8")
        for clip in index["clips"]:
            assert f'{element}"{clip["file"]}"' in page
            assert clip["caption"]["en"] in page
