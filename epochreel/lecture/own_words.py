"""The words of one lecture: what it is called, its links, and captions in place of the film's."""

import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from epochreel.errors import LectureError, UnknownSetting, shown
from epochreel.lecture.languages import LANGUAGES
from epochreel.lecture.table import Table, one_of, suggestion
from epochreel.lecture.words import places

MAX_CHARACTERS = 400
MAX_REFERENCES = 12


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    for character in line:
        if unicodedata.category(character) in ("Cc", "Cs"):
            raise ValueError(f"holds the control character {character!r}; leave it out.")
    if len(line) > MAX_CHARACTERS:
        raise ValueError(f"has {len(line)} characters; {MAX_CHARACTERS} is the limit.")
    return line


def _template(text: str) -> str:
    """Words in which numbers are put; that each has a place there shows when they are said."""
    if not text:
        raise ValueError("has no words in it. Write some, or take it out.")
    try:
        places(text)
    except LectureError as error:
        raise ValueError(str(error)) from error
    return text


Text = Annotated[str, AfterValidator(_one_line)]
Language = Annotated[str, one_of("language", LANGUAGES)]
Caption = Annotated[Text, AfterValidator(_template)]


class Names(Table):
    """What the lecture is called in one language, and what it refers its listeners to.

    Attributes:
        references: in that language in place of those of all languages.
    """

    course: Text = ""
    lesson: Text = ""
    references: list[Text] = Field(default=[], max_length=MAX_REFERENCES)


class Words(Table):
    """The words of this lecture, with `Names` for each language in a table of its own."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)
    __pydantic_extra__: dict[str, Names] = Field(init=False)

    links: list[Text] = Field(default=[], max_length=6)
    references: list[Text] = Field(default=[], max_length=MAX_REFERENCES)

    @model_validator(mode="before")
    @classmethod
    def _check_languages(cls, table: Any) -> Any:
        known = [*cls.model_fields, *LANGUAGES]
        for name in table if isinstance(table, dict) else ():
            if isinstance(name, str) and name not in known:
                problem = UnknownSetting(
                    f"has no setting {shown(name)}.{suggestion(name, known)}",
                    field=f"words.{name[:40]}",
                )
                raise ValueError(str(problem)) from problem
        return table

    def names(self, first: str) -> dict[str, Names]:
        """What the lecture is called by language: in `first` first, then in the file's order."""
        tables = self.__pydantic_extra__
        order = sorted(tables, key=lambda language: language != first)
        return {language: tables[language] for language in order}

    def references_in(self, language: str) -> tuple[str, list[Text]]:
        """Those of a language, or those of all; before them, the name of the setting."""
        names = self.__pydantic_extra__.get(language)
        if names and names.references:
            return f"words.{language}.references", names.references
        return "words.references", self.references
