"""A film: joined from clips, with chapters and subtitles, made anew only where need be."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np
import pytest

from epochreel.errors import DamagedClip
from epochreel.lecture.video import Video
from epochreel.products import plan as plan_module
from epochreel.products.film import subtitles_of
from epochreel.products.join import Piece, join
from epochreel.record.file import save_record
from epochreel.work.clips import Drawing
from epochreel.work.events import Event
from epochreel.work.store import manifest_path
from tests.products.conftest import SMALL, MakeFilm, drawn, warnings
from tests.records import a_record
from tests.scenes.conftest import show_of

pytestmark = [pytest.mark.manim, pytest.mark.render]
ROOT = Path(__file__).parents[2]


def test_a_film_has_chapters_subtitles_and_a_constant_rate(film: MakeFilm) -> None:
    words = r'words.en.lesson="{i}Curly\\N\nbraces{/i} <b>"'
    path = film(show_of(a_record(), "en", "paper", words), "title fit")

    with av.open(path) as container:
        chapters = container.chapters()
        rate = container.streams.video[0].average_rate
        language = container.streams.subtitles[0].language
        times = [frame.pts for frame in container.decode(video=0)]
    with av.open(path) as container:
        said = [bytes(packet)[2:].decode() for packet in container.demux(subtitles=0)]
    assert [chapter["metadata"]["title"] for chapter in chapters] == ["Title", "The fit"]
    assert language == "eng"
    assert said[0] == "{i}Curly\\N braces{/i} <b>"
    assert rate == SMALL.frame_rate
    assert set(np.diff(times)) == {times[1] - times[0]}
    srt, vtt = (part.read_text(encoding="utf-8") for part in subtitles_of(path))
    assert srt.startswith("1\n00:00:00,000 --> ")
    assert "The true function" in srt
    assert vtt.startswith("WEBVTT\n\n00:00:00.000")


def test_what_is_there_is_not_made_again(
    film: MakeFilm, heard: list[Event], tmp_path: Path
) -> None:
    film(show_of(a_record()), "references")
    before = files(tmp_path)

    film(show_of(a_record()), "references")
    assert heard == []
    assert files(tmp_path) == before

    film(show_of(a_record(), "en"), "references")
    assert drawn(heard) == {"references/references"}
    film(show_of(a_record()), "references")
    assert drawn(heard) == set()
    assert files(tmp_path).items() >= before.items()


def test_where_nothing_changed_neither_manim_nor_keras_is_loaded(tmp_path: Path) -> None:
    save_record(a_record(), tmp_path / "run.json")
    program = (
        "import sys; from epochreel.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "assert not {'manim', 'keras', 'tensorflow'} & {*sys.modules}, 'loaded'\n"
    )
    render = ["render", "--record", "run.json", "--quality", "draft", "--only", "title"]
    first = [sys.executable, "-m", "epochreel", *render]
    again = [sys.executable, "-c", program, *render]

    for command in (first, again):
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout == "media/films/run.zh.draft.only-title.mp4\n"


def test_damaged_clips_are_drawn_again_and_said(
    film: MakeFilm, heard: list[Event], tmp_path: Path
) -> None:
    show = show_of(a_record())
    path = film(show, "data compile_call")
    before = files(tmp_path)
    clips = sorted((tmp_path / "media" / "clips").glob("*.mp4"))
    for at, clip in enumerate(clips):
        whole = clip.read_bytes()
        middle = len(whole) * at // len(clips)
        clip.write_bytes(
            whole[:middle]
            if at % 2
            else whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :]
        )
    path.unlink()

    film(show, "data compile_call")

    assert len(clips) == 7
    assert len(drawn(heard)) == 6
    assert warnings(heard) == [
        *["the clip was damaged; drawn again"] * 6,
        "the crossfade of compile_call to data was damaged; made again",
    ]
    assert files(tmp_path) == before


@pytest.mark.parametrize("damaged", ["film.mp4", "film.srt", "film.vtt", ".film.mp4.manifest"])
def test_a_damaged_film_is_joined_again_and_said(
    damaged: str, film: MakeFilm, heard: list[Event], tmp_path: Path
) -> None:
    show = show_of(a_record())
    film(show, "references")
    before = files(tmp_path)
    whole = (tmp_path / damaged).read_bytes()
    (tmp_path / damaged).write_bytes(whole[:40] + b"?" + whole[41:])

    film(show, "references")

    assert drawn(heard) == set()
    assert len(warnings(heard)) == 1
    assert files(tmp_path) == before


def test_code_saved_while_a_film_is_made_never_gives_a_wrong_clip(
    film: MakeFilm, heard: list[Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workers run other code than the keys say, once: what they say counts."""
    real, asked = plan_module.drawing_codes, []

    def edited_at_first(scenes: Iterable[str]) -> dict[str, str]:
        asked.append(found := real(scenes))
        before = dict.fromkeys(found, "code as it was a moment ago")
        return before if len(asked) == 1 else found

    monkeypatch.setattr(plan_module, "drawing_codes", edited_at_first)

    path = film(show_of(a_record()), "references")

    assert warnings(heard) == [
        "The code of the scene 'references' was edited while it was drawn. Starting over."
    ]
    assert len(asked) == 2
    assert "a moment ago" not in manifest_path(path).read_text()


def test_two_films_of_one_process_are_drawn_by_the_engine_each_asked_for(
    film: MakeFilm, tmp_path: Path
) -> None:
    show = show_of(a_record())
    one, other = (
        film(show, "references", Drawing(SMALL, engine), path=tmp_path / f"{engine}.mp4")
        for engine in ("manim", "fast")
    )

    assert encoder_options(one) != encoder_options(other)


def test_runs_side_by_side_give_one_whole_film(film: MakeFilm, tmp_path: Path) -> None:
    show = show_of(a_record())
    path = film(show, "references data", path=tmp_path / "alone" / "film.mp4")
    program = (
        "import sys; from pathlib import Path\n"
        "from tests.products.conftest import SMALL\n"
        "from tests.records import a_record\n"
        "from tests.scenes.conftest import show_of\n"
        "from epochreel.products.film import make_film\n"
        "from epochreel.products.plan import Film\n"
        "from epochreel.work.clips import Drawing\n"
        "from epochreel.work.store import Store\n"
        "from epochreel.work.workers import Processes\n"
        "only = ['references', 'data']\n"
        "film = Film(show_of(a_record()), Drawing(SMALL), Path('film.mp4'), only)\n"
        "store = Store(Path('media'))\n"
        "with Processes(1, store) as workers:\n"
        "    make_film(film, store, workers, lambda event: None)\n"
    )
    together = tmp_path / "together"
    together.mkdir()

    runs = [
        subprocess.Popen(
            [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{program}"],
            cwd=together,
        )
        for _ in range(3)
    ]

    assert [run.wait() for run in runs] == [0, 0, 0]
    assert (together / "film.mp4").read_bytes() == path.read_bytes()
    assert not list(together.glob("media/.run-*"))


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (Drawing(Video(160, 90, 5)), "160x90 at 5"),
        (Drawing(Video(320, 180, 10)), "320x180 at 10"),
        (Drawing(SMALL, "manim"), "other settings"),
    ],
)
def test_clips_that_do_not_go_together_are_not_joined(
    other: Drawing, what: str, film: MakeFilm, tmp_path: Path
) -> None:
    show = show_of(a_record())
    clips = [
        film(show, "references", drawing, path=tmp_path / f"{at}.mp4")
        for at, drawing in enumerate((Drawing(SMALL), other))
    ]
    pieces = [Piece.of(clip, SMALL.frame_rate) for clip in clips]
    with pytest.raises(DamagedClip, match=what):
        join(pieces, tmp_path / "joined.mp4", video=SMALL, title="", language="en")


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def encoder_options(film: Path) -> str:
    """What x264 notes in its first frame."""
    data = film.read_bytes()
    start = data.index(b"options: ")
    return data[start : start + 400].decode("latin-1")
