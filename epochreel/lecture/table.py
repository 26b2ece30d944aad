"""What every table of a lecture's file is, and what is said of a name that is not known."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from pydantic import AfterValidator, BaseModel, ConfigDict

from epochreel.errors import shown


class Table(BaseModel):
    """A table of the lecture file: frozen, and closed to settings that do not exist."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def one_of(what: str, known: Sequence[str]) -> AfterValidator:
    """A check that a word is one of `known`, with the nearest one offered when it is not."""

    def check(value: str) -> str:
        if value in known:
            return value
        raise ValueError(f"there is no {what} {shown(value)}.{suggestion(value, known)}")

    return AfterValidator(check)


def called(names: Mapping[str, str]) -> AfterValidator:
    """A change of everyday names to those they stand for; other words stay as they are."""
    return AfterValidator(lambda value: names.get(value, value))


def suggestion(name: str, known: Sequence[str]) -> str:
    """The nearest known name, or all of them: the end of a message about an unknown one."""
    close = get_close_matches(name[:100], known, n=1)
    if close:
        return f" Did you mean {close[0]!r}?"
    return f" Known: {', '.join(known)}."
