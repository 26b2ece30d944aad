"""The one family of errors that a lecturer sees as a message instead of a traceback.

There is a class for each cause. `field` names what the error is about where it is one thing: a
setting (`training.learning_rate`), a field of a record (`data.inputs`) or an option (`--out`);
`value` is what was found there.
"""

import reprlib
import traceback
from pathlib import PurePath
from typing import Any

LONGEST_VALUE, LONGEST_PATH = 60, 240

_outline = reprlib.Repr()
_outline.maxlevel = 4
_outline.maxstring = _outline.maxother = LONGEST_VALUE


class EpochreelError(Exception):
    """Something a user can mend: the message says what was found and what to do."""

    def __init__(self, message: str, *, field: str | None = None, value: Any = None) -> None:
        super().__init__(message)
        self.field, self.value = field, value


class LectureError(EpochreelError):
    """A lecture file, or a `--set` on the command line, that cannot be used as it is."""


class NoSuchLecture(LectureError):
    """Neither a file nor the name of a lecture that ships."""


class UnreadableLecture(LectureError):
    """A path that is there but is no file to read a lecture from."""


class NotToml(LectureError):
    """A file, or the value of a `--set`, that TOML's grammar does not allow."""


class UnknownSetting(LectureError):
    """A setting that does not exist."""


class BadSetting(LectureError):
    """A setting that is missing, or whose value cannot be used."""


class BadCaption(BadSetting):
    """A caption of a lecture's own that cannot be filled with what is said there."""


class BadRule(BadSetting):
    """A rule that is not arithmetic on x, or has no value where the samples are."""


class BadData(BadSetting):
    """Samples that cannot be read, learned, or put through the lecture's model."""


class RecordError(EpochreelError):
    """A record that is missing, damaged or of another schema, or a run that cannot be recorded."""


class NoSuchRecord(RecordError):
    """There is no file of that name."""


class DamagedRecord(RecordError):
    """No regular file, or not whole JSON."""


class OtherSchema(RecordError):
    """JSON that is no record, or one of a schema that this version does not read."""


class BadField(RecordError):
    """A field of a record that is missing, or holds what it must not."""


class CannotRecord(RecordError):
    """A model, data or a run that a record has no form for."""


class NoKeras(CannotRecord):
    """Keras or TensorFlow is not installed."""


class WrongBackend(CannotRecord):
    """Keras is set to run on something else than TensorFlow."""


class RenderError(EpochreelError):
    """A film that cannot be drawn from this record with these words."""


class NoRoom(RenderError):
    """Words that do not fit their place in the smallest size that can be read."""


class NoCharacter(RenderError):
    """Words with a character that no font has."""


class NoSuchScene(RenderError):
    """A scene that does not exist."""


class BadScenes(RenderError):
    """A file of the lecturer's own that holds no scenes, or scenes that cannot be used."""


class NoSuchBeat(RenderError):
    """A beat that its scene does not have, with this record."""


class NothingToShow(RenderError):
    """A scene, or a film, for which this record and these words hold nothing."""


class DamagedClip(RenderError):
    """A clip that is not what was written."""


class CannotHold(RenderError):
    """A clip whose last picture cannot be shown for longer."""


class WorkerDied(RenderError):
    """A process that drew and is gone."""


class NarrationError(EpochreelError):
    """Recordings, or speech in their place, that a film cannot have."""


class NoSuchNarration(NarrationError):
    """There is no folder of that name."""


class TwoNarrations(NarrationError):
    """Two recordings of one beat in one folder."""


class BadNarration(NarrationError):
    """A recording that is no sound, is empty, or is damaged."""


class NoSpeaker(NarrationError):
    """The program that speaks is not installed."""


class CannotSpeak(NarrationError):
    """The program that speaks failed."""


class SchedulerError(EpochreelError):
    """A --scheduler that cannot be used."""


class BadScheduler(SchedulerError):
    """A value that names no executor."""


class NoDask(SchedulerError):
    """Dask is not installed here."""


class NoScheduler(SchedulerError):
    """No scheduler answers at the address."""


class NoUsableWorker(SchedulerError):
    """The scheduler has no worker, or none that makes what this machine would make."""


class StaleCode(RenderError):
    """Code that changed on disk after it was imported."""


class BrokenCode(RenderError):
    """Code that is no Python."""


class DeckError(EpochreelError):
    """A deck of slides that cannot be filled or taken as a template."""


class UnreadableDeck(DeckError):
    """A file that is no PowerPoint deck."""


class BadMark(DeckError):
    """A mark in a deck that begins as one and cannot be read."""


class NothingMarked(DeckError):
    """A deck without marks."""


class BadOutput(RecordError, RenderError):
    """A path, of a record or of a film, that cannot be written."""


def told(error: BaseException, folder: PurePath | None = None) -> str:
    """An error of somebody's code in one line: what it is, and where it arose.

    Args:
        folder: where that code lies; of other code that it called nobody wants to hear.
    """
    said = f"{type(error).__name__}: {error}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if folder and folder in PurePath(frame.filename).parents]
    for frame in [*frames, *own][-1:]:
        said += f" ({PurePath(frame.filename).name}, line {frame.lineno})"
    return said


def shown(value: Any) -> str:
    """The value as a message shows it: as Python writes it, a path plainly, and never long.

    What is cut says how long it is: `'aaaaaa...' (5000 characters)`.
    """
    if isinstance(value, PurePath):
        return _cut(str(value), LONGEST_PATH, len(str(value)))
    if isinstance(value, str):
        start = repr(value[:LONGEST_VALUE])
        whole = len(value) <= LONGEST_VALUE and len(start) <= LONGEST_VALUE + 2
        return start if whole else _cut(start[:-1], LONGEST_VALUE, len(value), start[0])
    if isinstance(value, int) and value.bit_length() > 4 * LONGEST_VALUE:
        return f"a whole number of about {round(value.bit_length() * 0.30103)} digits"
    try:
        text = repr(value) if isinstance(value, bool | int | float) else _outline.repr(value)
    except (RecursionError, ValueError):
        text = f"<{type(value).__name__}>"
    return _cut(text, LONGEST_VALUE, len(text))


def _cut(text: str, limit: int, length: int, quote: str = "") -> str:
    if len(text) <= limit and not quote:
        return text
    return f"{text[: limit - 3]}...{quote} ({length} characters)"
