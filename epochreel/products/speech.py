"""Captions to be spoken: as draft speech of a machine, and as a script for who records them."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from epochreel.errors import CannotSpeak, NoSpeaker
from epochreel.files import whole_file
from epochreel.products.narration import recording_name

SPEAKER = "espeak-ng"
VOICES = {"zh": "cmn", "en": "en-us"}


def check_speaker() -> None:
    """Refuse, before anything slow, to speak where nothing can.

    Raises:
        NoSpeaker: espeak-ng is not installed.
    """
    if shutil.which(SPEAKER) is None:
        raise NoSpeaker(
            f"Draft speech needs {SPEAKER}, which is not installed. On Debian and Ubuntu: "
            f"apt install {SPEAKER}",
            field="--voice",
            value=SPEAKER,
        )


def speak(text: str, language: str, path: Path) -> None:
    """Write what a machine makes of a text as a WAV file.

    Raises:
        NoSpeaker: espeak-ng is not installed.
        CannotSpeak: it failed, or said nothing.
    """
    check_speaker()
    with whole_file(path) as partial:
        # As input, a text is never an option; `-b 1` says that it is UTF-8.
        command = [SPEAKER, "-v", VOICES[language], "-b", "1", "-w", str(partial), "--stdin"]
        try:
            subprocess.run(command, input=text.encode(), capture_output=True, check=True)
        except (subprocess.CalledProcessError, OSError) as error:
            raise _failed(text, _said(error)) from error
        if not partial.stat().st_size:
            raise _failed(text, "it wrote nothing")


def script(beats: Sequence[tuple[str, str, float]]) -> str:
    """What to say in each beat, to be read from paper.

    Args:
        beats: of each its name as `scene/beat`, its caption, and for how many seconds it is
            shown when nobody speaks.
    """
    parts = []
    for number, (beat, caption, seconds) in enumerate(beats, start=1):
        head = f"{number}. {recording_name(beat)}.wav ({seconds:.1f} s)"
        parts.append(f"{head}\n{' '.join(caption.split())}\n")
    return "\n".join(parts)


def _said(error: subprocess.CalledProcessError | OSError) -> str:
    if isinstance(error, OSError):
        return str(error)
    words = " ".join(error.stderr.decode(errors="replace").split())
    return words or f"it ended with {error.returncode}"


def _failed(text: str, found: str) -> CannotSpeak:
    return CannotSpeak(
        f"{SPEAKER} could not say a caption: {found}. Try it by hand: {SPEAKER} --voices",
        value=text,
    )
