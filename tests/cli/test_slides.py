"""Clips, decks and narration as a user asks for them."""

import json
from pathlib import Path

import pptx
import pytest
from click.testing import CliRunner, Result
from pptx.util import Inches

from epochreel.cli import main
from epochreel.record.file import save_record
from tests.products.sounds import record, tone
from tests.records import a_record

DRAFT = ("--record", "run.json", "--quality", "draft")


@pytest.fixture(autouse=True)
def in_a_folder_with_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save_record(a_record(samples=3, epochs=(0, 1)), tmp_path / "run.json")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def a_talk(path: Path, mark: str) -> Path:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(8), Inches(4.5))
    box.text_frame.text = mark
    presentation.save(str(path))
    return path


REFUSED = {
    "4k on slides": (["slides", "--quality", "4k"], "--quality high"),
    "4k in clips": (["clips", "--to", "c", "--quality", "4k"], "level 5.2"),
    "transparent mp4": (["clips", "--to", "c", "--transparent"], "--format webm"),
    "a file as folder": (["clips", "--to", "run.json"], "run.json"),
    "two decks": (["slides", "--to", "a.pptx", "--into", "talk.pptx"], "Give one of"),
    "out without into": (["slides", "--out", "a.pptx"], "--out goes with --into"),
    "looks of a deck that is there": (
        ["slides", "--into", "talk.pptx", "--full"],
        "PowerPoint deck",
    ),
    "an old deck": (["slides", "--to", "deck.ppt"], "must end in .pptx or .html, or be a folder"),
    "looks of a talk": (["slides", "--to", "talk.html", "--full"], "a new PowerPoint deck"),
    "out of a folder": (["slides", "--to", "talk", "--out", "other"], "--out goes with --into"),
    "a file as a tool's folder": (["slides", "--to", "marp", "--out", "run.json"], "run.json"),
    "somebody's page": (["page", "--to", "mine.html"], "made or changed by somebody else"),
    "somebody's talk": (["slides", "--to", "mine.html"], "made or changed by somebody else"),
    "a page that is none": (["page", "--to", "page.htm"], "must end in .html"),
    "narration of no film": (["page", "--no-film", "--narration", "noise"], "--no-film leaves out"),
    "no deck": (["slides", "--into", "missing.pptx"], "missing.pptx"),
    "no template": (["slides", "--template", "missing.pptx"], "missing.pptx"),
    "another file as a deck": (["slides", "--into", "run.json", "--out", "a.pptx"], "run.json"),
    "a mark that is none": (["slides", "--into", "odd.pptx"], "fit=stretch"),
    "an unknown beat": (["slides", "--into", "wrong.pptx"], "the nearest: fit/training"),
    "another lecture": (["slides", "--into", "other.pptx"], "There is no lecture"),
    "an unknown scene": (["slides", "--beats", "ft"], "There is no scene 'ft'"),
    "no narration": (["clips", "--to", "c", "--narration", "gone"], "there is no folder gone"),
    "what is no sound": (["slides", "--narration", "noise"], "fit-start.wav cannot be heard"),
    "sound in a gif": (
        ["clips", "--to", "c", "--format", "gif", "--narration", "noise"],
        "which has sound",
    ),
    "narration that cannot be held": (
        ["render", "--engine", "manim", "--narration", "noise"],
        "--engine fast",
    ),
    "two recordings of one beat": (
        ["clips", "--to", "c", "--narration", "twice"],
        "fit-start.mp3 and fit-start.wav",
    ),
    "nothing to narrate": (["narrate"], "Give --script"),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_one_message_and_leaves_nothing(
    arguments: list[str], message: str, tmp_path: Path
) -> None:
    a_talk(tmp_path / "talk.pptx", "epochreel:fit/training")
    a_talk(tmp_path / "odd.pptx", "epochreel:fit/training?fit=stretch")
    a_talk(tmp_path / "wrong.pptx", "epochreel:fit/trainig")
    a_talk(tmp_path / "other.pptx", "epochreel:other.toml#fit")
    (tmp_path / "twice").mkdir()
    record(tmp_path / "twice" / "fit-start.wav", tone(0.1))
    record(tmp_path / "twice" / "fit-start.mp3", tone(0.1))
    (tmp_path / "noise").mkdir()
    (tmp_path / "noise" / "fit-start.wav").write_bytes(b"no sound")
    (tmp_path / "mine.html").write_text("my own")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    result = run(arguments[0], "--record", "run.json", *arguments[1:])

    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.manim
@pytest.mark.render
def test_clips_and_a_deck_are_made_and_said(tmp_path: Path) -> None:
    made = run("clips", *DRAFT, "--only", "fit", "--to", "clips")
    assert (made.exit_code, made.stdout) == (0, "clips/index.html\n")
    assert "drew 2 of 2 clips" in made.stderr and "clips: clips" in made.stderr

    deck = run("slides", *DRAFT, "--only", "fit", "--to", "deck.pptx", "--language", "en")
    assert (deck.exit_code, deck.stdout) == (0, "deck.pptx\n")
    assert "MB: deck.pptx" in deck.stderr
    assert len(pptx.Presentation("deck.pptx").slides) == 2
    again = run("slides", *DRAFT, "--only", "fit", "--to", "deck.pptx", "--language", "en")
    assert "nothing to do" in again.stderr

    unnamed = run("slides", *DRAFT, "--only", "fit")
    assert unnamed.stdout == "media/slides/run.zh.draft.only-fit.pptx\n"

    a_talk(tmp_path / "talk.pptx", "epochreel:fit/training")
    listed = run("slides", *DRAFT, "--marks", "talk.pptx")
    assert listed.stdout.startswith("slide 1: epochreel:fit/training -> a clip of ")
    assert listed.stdout.count("\n") == 1
    filled = run("slides", *DRAFT, "--into", "talk.pptx")
    assert (filled.exit_code, filled.stdout) == (0, "talk.pptx\n")
    assert "filled 1 mark on 1 slide" in filled.stderr
    assert "talk.before-epochreel.pptx" in filled.stderr
    assert "nothing to change" in run("slides", *DRAFT, "--into", "talk.pptx").stderr


@pytest.mark.manim
@pytest.mark.render
@pytest.mark.parametrize(
    ("arguments", "path", "said"),
    [
        (["slides", "--to", "talk.html"], "talk.html", "MB: talk.html"),
        (["slides", "--to", "talk"], "talk/index.html", "deck: talk"),
        (["slides", "--to", "beamer", "--out", "b"], "b/slides.tex", "deck: b"),
        (["slides", "--to", "quarto", "--out", "q"], "q/slides.qmd", "deck: q"),
        (["slides", "--to", "marp", "--out", "m"], "m/slides.md", "deck: m"),
        (["slides", "--to", "manim-slides", "--out", "."], "slides/run.json", "slides"),
        (
            ["slides", "--to", "beamer"],
            "media/slides/run.zh.draft.only-title.beamer/slides.tex",
            "only-title.beamer",
        ),
        (["page", "--to", "page.html"], "page.html", "page of "),
        (["page"], "media/pages/run.zh.draft.only-title.html", "page of "),
        (
            ["page", "--no-film"],
            "media/pages/run.zh.draft.only-title.no-film.html",
            "written",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_every_kind_of_slides_and_pages_is_made_where_it_is_asked_for(
    arguments: list[str], path: str, said: str
) -> None:
    options = (*DRAFT, "--only", "title")
    made = run(*arguments, *options)
    assert (made.exit_code, made.stdout) == (0, f"{path}\n"), made.stderr
    assert said in made.stderr
    assert Path(path).is_file()
    assert "nothing to do" in run(*arguments, *options).stderr


@pytest.mark.manim
@pytest.mark.render
def test_narration_holds_its_beat_and_what_is_missing_is_said(tmp_path: Path) -> None:
    (tmp_path / "spoken").mkdir()
    record(tmp_path / "spoken" / "fit-start.wav", tone(7.5))
    made = run("clips", *DRAFT, "--only", "fit", "--to", "clips", "--narration", "spoken")
    assert made.exit_code == 0, made.stderr
    assert "nobody speaks in: fit-training" in made.stderr

    index = json.loads((tmp_path / "clips" / "index.json").read_text(encoding="utf-8"))
    start, training = index["clips"]
    assert (start["seconds"], start["frames"]) == (pytest.approx(7.533, abs=0.001), 113)
    assert training["seconds"] < 9

    # Another recording: the film is joined again, and nothing is drawn.
    record(tmp_path / "spoken" / "fit-start.wav", tone(5))
    other = run("clips", *DRAFT, "--only", "fit", "--to", "clips", "--narration", "spoken")
    assert "drew nothing" in other.stderr
    index = json.loads((tmp_path / "clips" / "index.json").read_text(encoding="utf-8"))
    assert index["clips"][0]["frames"] == 75


@pytest.mark.manim
def test_marks_are_listed_and_nothing_is_changed(tmp_path: Path) -> None:
    a_talk(tmp_path / "talk.pptx", "epochreel:*=fit/gone")
    before = sorted(tmp_path.rglob("*"))
    listed = run("slides", "--record", "run.json", "--marks", "talk.pptx")
    assert listed.exit_code == 0, listed.stderr
    assert "its beat is no more, and its slide goes" in listed.stdout
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.manim
def test_a_script_that_somebody_wrote_or_changed_is_left(tmp_path: Path) -> None:
    script = tmp_path / "spoken" / "zh" / "script.txt"
    script.parent.mkdir(parents=True)
    script.write_text("my own")
    options = ("--record", "run.json", "--only", "fit", "--to", "spoken", "--script")
    assert run("narrate", *options).exit_code == 2
    assert script.read_text() == "my own"

    script.unlink()
    assert run("narrate", *options).exit_code == run("narrate", *options).exit_code == 0
    script.write_text("in my own words")
    assert "left as it is" in run("narrate", *options).stderr
    assert script.read_text() == "in my own words"


@pytest.mark.manim
def test_the_script_is_written_in_the_films_language(tmp_path: Path) -> None:
    options = ("--record", "run.json", "--only", "fit", "--to", "spoken")
    assert run("narrate", *options, "--script", "--language", "en").stdout == "spoken\n"
    script = (tmp_path / "spoken" / "en" / "script.txt").read_text(encoding="utf-8")
    assert script.startswith("1. fit-start.wav (2.8 s)\n")
    assert "2. fit-training.wav (" in script
