"""Draft speech, by a stand-in for the program that speaks; and the script."""

import json
import sys
from pathlib import Path

import pytest

from epochreel.errors import CannotSpeak, NoSpeaker
from epochreel.products.speech import script, speak

STAND_IN = """#!{python}
import json, os, sys
from pathlib import Path
text = sys.stdin.buffer.read().decode()
out = Path(sys.argv[sys.argv.index("-w") + 1])
out.write_text(json.dumps([sys.argv[1:], text]))
{then}
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, then: str = "") -> None:
    """Put a program on the path that writes down what it is told."""
    folder.mkdir()
    program = folder / "espeak-ng"
    program.write_text(STAND_IN.format(python=sys.executable, then=then))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize(("language", "voice"), [("zh", "cmn"), ("en", "en-us")])
@pytest.mark.parametrize("text", ["损失值是 3", "-w /etc/passwd", "$(touch x); `y` \"'"])
def test_a_text_is_spoken_as_it_is_with_the_voice_of_its_language(
    language: str, voice: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "bin", monkeypatch)

    speak(text, language, tmp_path / "out" / "a.wav")

    options, said = json.loads((tmp_path / "out" / "a.wav").read_text())
    assert said == text
    assert options[options.index("-v") + 1] == voice
    assert text not in options
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["a.wav"]


def test_without_the_program_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoSpeaker, match="apt install espeak-ng"):
        speak("Hello.", "en", tmp_path / "a.wav")


@pytest.mark.parametrize(
    ("then", "what"),
    [
        ("sys.exit('no such voice')", "no such voice"),
        ("os.kill(os.getpid(), 9)", "it ended with -9"),
        ("out.write_text('')", "it wrote nothing"),
    ],
    ids=["fails", "killed", "nothing"],
)
def test_speech_that_fails_leaves_no_file(
    then: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "bin", monkeypatch, then)
    (tmp_path / "out").mkdir()

    with pytest.raises(CannotSpeak, match=what):
        speak("Hello.", "en", tmp_path / "out" / "a.wav")
    assert not list((tmp_path / "out").iterdir())


def test_the_script_has_each_beat_with_its_file_and_its_seconds() -> None:
    said = script(
        [
            ("title/title", "A loss\nfunction.", 3),
            (
                "epochs/epoch-2",
                "第二轮训练之后，权重是1.52，偏置是0.31，均方误差降到了4.06。",
                4.25,
            ),
        ]
    )

    assert said == (
        "1. title-title.wav (3.0 s)\n"
        "A loss function.\n"
        "\n"
        "2. epochs-epoch-2.wav (4.2 s)\n"
        "第二轮训练之后，权重是1.52，偏置是0.31，均方误差降到了4.06。\n"
    )
