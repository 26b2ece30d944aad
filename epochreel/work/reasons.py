"""Why a product is made again, in a lecturer's words: what differs between two mappings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from epochreel.work.ingredients import LONGEST
from epochreel.work.store import Ingredients, State

# Fields of a view that are the lecture's own; the others come out of the training.
OF_THE_LECTURE = ("courses", "lesson", "links", "references", "shown_epochs")
SETTING = "record.hyperparameters."
LABELS = {
    "code": "its code",
    "record.courses": "the course's name",
    "record.curve": "losses",
    "record.diverged_at": "where it diverged",
    "record.history": "losses",
    "record.lesson": "the lesson's name",
    "record.links": "links",
    "record.references": "references",
    "record.shown_epochs": "shown epochs",
    "record.widths": "units",
}
MOST = 3


@dataclass(frozen=True)
class Before:
    """What the last film of a name was made from; empty where there was none.

    Attributes:
        clips: the ingredients of each clip, by `scene/beat`.
        crossfades: those of each crossfade, by the beats on both its sides.
        record: those of the record; None where it was not trained by a lecture, or is gone.
    """

    clips: Mapping[str, Ingredients] = field(default_factory=dict)
    record: Ingredients | None = None
    crossfades: Mapping[tuple[str, str], Ingredients] = field(default_factory=dict)


def why_trained(before: Ingredients | None, now: Ingredients, state: State) -> str:
    """Why a record is to be trained; of one that is there, why the one before it will not do.

    Args:
        before: what the record of the last film was made from; None where there is none.
    """
    if state is State.DAMAGED:
        return "its record is damaged"
    if before is None:
        return "not trained yet"
    changes = [
        _change("the training code" if name == "code" else name, before, now, name)
        for name in _differing(before, now)
    ]
    if not changes and state is State.MISSING:
        return "its record is gone"
    return _few(changes)


def why_drawn(name: str, now: Ingredients, state: State, before: Before, training: str = "") -> str:
    """Why the beat of this name, `scene/beat`, is to be drawn.

    Args:
        training: why the record is not that of the last film.
    """
    if state is State.DAMAGED:
        return "its clip is damaged"
    last = before.clips.get(name)
    if last is None:
        return "not in the last film" if before.clips else "not drawn yet"
    differing = _differing(last, now)
    trained = [*dict.fromkeys(_label(name) for name in differing if _is_trained(name))]
    reasons = []
    if trained:
        cause = f" ({training})" if training else ""
        reasons.append(f"{_few(trained)} changed{cause}")
    for name in differing:
        said = trained and name.startswith(SETTING) and f"{_label(name)} " in training
        if not _is_trained(name) and not said:
            reasons.append(_change(_label(name), last, now, name))
    return "; ".join(reasons) or "its clip is gone"


def why_blended(now: Ingredients, state: State, before: Before) -> str:
    """Why the crossfade that is made from this is to be made."""
    if state is State.DAMAGED:
        return "it is damaged"
    ends = now["from"], now["to"]
    last = before.crossfades.get(ends)
    if last is None:
        return "not in the last film" if before.crossfades else "not made yet"
    labels = {"frames": "its length changed", "code": "its code changed"}
    beside = "a clip beside it changed"
    reasons = dict.fromkeys(labels.get(name, beside) for name in _differing(last, now))
    return ", ".join(reasons) or "it is gone"


def _few(reasons: Sequence[str]) -> str:
    more = len(reasons) - MOST
    return ", ".join(reasons[:MOST]) + (f" and {more} more" if more > 0 else "")


def _differing(before: Ingredients, now: Ingredients) -> list[str]:
    return [name for name in {**now, **before} if before.get(name) != now.get(name)]


def _change(label: str, before: Ingredients, now: Ingredients, name: str) -> str:
    one, other = before.get(name, "none"), now.get(name, "none")
    short = max(len(one), len(other)) <= LONGEST
    return f"{label} {one} -> {other}" if short else f"{label} changed"


def _is_trained(name: str) -> bool:
    kind, _, field = name.partition(".")
    return kind == "record" and field not in OF_THE_LECTURE and not name.startswith(SETTING)


def _label(name: str) -> str:
    """What a lecturer calls an ingredient of a clip: a setting as in the lecture's file."""
    if name.startswith(SETTING):
        return f"training.{name.removeprefix(SETTING)}"
    if name.startswith("words."):
        return "a word:"
    return LABELS.get(name, name.removeprefix("record."))
