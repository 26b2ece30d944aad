"""What is said and shown in words: English in the code, in a film the words of its language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from epochreel.errors import BadCaption, shown
from epochreel.lecture.languages import translations


def N_(text: str) -> str:  # noqa: N802 (what gettext's users call it)
    """Mark an English text to be translated where it is used; gives it back as it is."""
    return text


@dataclass(frozen=True)
class Sentence:
    """An English sentence and what stands in its places: `Epoch {epoch}` with an epoch.

    Attributes:
        many: how it reads where `values["count"]` is not one, if that differs.
        values: numbers as they are said, and sentences within the sentence.
    """

    one: str
    many: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str, template: str | None = None) -> str:
        """The sentence in a language.

        Args:
            template: other words for it, with the same places.

        Raises:
            BadCaption: the template has a place that the sentence has not.
        """
        if template is None:
            template = self._translated(language)
        elif unknown := [name for name in places(template) if name not in self.values]:
            there = ", ".join(f"{{{name}}}" for name in self.values) or "no numbers"
            raise BadCaption(
                f"{shown(template)} has {{{unknown[0]}}}; what is said there has {there}.",
                value=template,
            )
        values = {
            name: value.text(language) if isinstance(value, Sentence) else value
            for name, value in self.values.items()
        }
        if lost := [name for name in places(template) if name not in values]:
            raise BadCaption(f"{shown(template)} has {{{lost[0]}}}, and no value for it.")
        return template.format(**values)

    def _translated(self, language: str) -> str:
        known = translations(language)
        if self.many is None:
            return known.gettext(self.one) if self.one else ""
        return known.ngettext(self.one, self.many, self.values["count"])


def say(one: str, many: str | None = None, /, **values: Any) -> Sentence:
    """A sentence in English, with places for numbers; the film's language comes later.

    Args:
        many: how it reads where `count` is not one.
        values: what stands in the places: numbers as text, or other sentences.
    """
    return Sentence(one, many, values)


class Words:
    """The words on screen in one language; it keeps those that were asked for.

    What is drawn depends on them alone: see `asked`, by their English.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.asked: dict[str, str] = {}

    def __call__(self, one: str, many: str | None = None, /, **values: Any) -> str:
        """An English text in this language, with its places filled.

        Args:
            many: how it reads where `count` is not one.
        """
        self.asked[one] = Sentence(one, many, values).text(self.language)
        return self.asked[one]

    def __deepcopy__(self, memo: object) -> "Words":
        return self  # Manim copies mobjects with all they hold; all uses have to be heard of


def places(template: str) -> list[str]:
    """The names in a text's places.

    Raises:
        BadCaption: a brace alone, or more in a place than a name.
    """
    try:
        pieces = [piece[1:] for piece in Formatter().parse(template)]
    except ValueError as error:
        raise BadCaption(f"{shown(template)} cannot be read: {error}.", value=template) from None
    found = [(name, form, conversion) for name, form, conversion in pieces if name is not None]
    for name, form, conversion in found:
        if not name.isidentifier() or form or conversion:
            said = f"{name}{'!' if conversion else ''}{conversion or ''}{':' if form else ''}{form}"
            raise BadCaption(
                f"{shown(template)} has a place {{{said}}} that is more than a name. Places are "
                "written like {epoch}; a brace of its own is written twice.",
                value=template,
            )
    return [name for name, _, _ in found]
