"""Translations are complete and say the same; a lecture's own captions are checked."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from epochreel.errors import BadCaption, BadSetting, UnknownSetting
from epochreel.lecture import languages
from epochreel.lecture.file import load_lecture
from epochreel.lecture.languages import LANGUAGES, LOCALE, own_name, region_tag, three_letters
from epochreel.lecture.words import Sentence, Words, places
from tools.words import bring_up, texts

FILES = sorted(LOCALE.glob("*.po"))


def catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_of_the_code_is_translated_and_nothing_else(path: Path) -> None:
    known = {message.id: message for message in catalog(path) if message.id and not message.fuzzy}
    asked = {(one, many) if many else one for one, many in texts()}

    assert {*known} == asked, "bring them together with: make words"
    assert [one for one, message in known.items() if not all(_strings(message.string))] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_has_the_places_of_its_text(path: Path) -> None:
    known = catalog(path)
    for message in known:
        for said in _strings(message.string) if message.id else ():
            one = message.id[0] if message.pluralizable else message.id
            assert sorted(places(said)) == sorted(places(one)), said
        if message.pluralizable:
            assert len(message.string) == known.num_plurals
    assert list(known.check()) == []


def test_chinese_has_its_own_punctuation() -> None:
    said = [
        text
        for message in catalog(LOCALE / "zh.po")
        if message.id
        for text in _strings(message.string)
        if re.search("[\u4e00-\u9fff]", text)
    ]
    # A colon in front explains the symbol of a formula.
    assert [text for text in said if re.search("[,;] |(?<!^): ", text)] == []


def test_make_words_leaves_a_complete_file_as_it_is(tmp_path: Path) -> None:
    for path in FILES:
        copy = tmp_path / path.name
        copy.write_bytes(path.read_bytes())
        bring_up(copy)
        assert copy.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_a_new_language_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"zh", "en", "es"} <= {*LANGUAGES}
    monkeypatch.setattr(languages, "LOCALE", tmp_path)
    text = (LOCALE / "es.po").read_text(encoding="utf-8")
    (tmp_path / "pt.po").write_text(text.replace("es\\n", "pt\\n"), encoding="utf-8")

    assert languages.translations("pt").gettext("loss") == "pérdida"
    assert (own_name("pt"), region_tag("pt"), three_letters("pt")) == ("Português", "pt-BR", "por")


def test_a_sentence_has_its_numbers_in_every_language() -> None:
    inner = Sentence("each run")
    sentence = Sentence(
        "The last predictions of {runs}, and the truth{rest}.",
        values={"runs": inner, "rest": Sentence("")},
    )

    assert sentence.text("en") == "The last predictions of each run, and the truth."
    assert sentence.text("es") == (
        "Las últimas predicciones de cada entrenamiento, y los valores reales."
    )
    assert Words("zh")("loss") == "损失值"


def test_one_and_many_read_as_the_language_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Sentence("{count} row", "{count} rows", {"count": 1}).text("en") == "1 row"
    assert Sentence("{count} row", "{count} rows", {"count": 3}).text("en") == "3 rows"


def test_a_caption_of_a_lecture_has_the_places_of_the_one_it_replaces() -> None:
    sentence = Sentence("Epoch {epoch}", values={"epoch": 3})

    assert sentence.text("zh", "{epoch} / {epoch}: {{}}") == "3 / 3: {}"
    with pytest.raises(BadCaption, match=r"'\{lss\}' has \{lss\}; .* has \{epoch\}\."):
        sentence.text("zh", "{lss}")


@pytest.mark.parametrize(
    "caption", ["{epoch.__class__}", "{epoch[0]}", "{epoch!r}", "{epoch:>9}", "{}", "{", "a } b"]
)
def test_a_caption_holds_names_alone(caption: str) -> None:
    with pytest.raises(BadCaption):
        load_lecture("loss_function", [f"captions.zh={{'epochs/initial' = '{caption}'}}"])


def test_a_language_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownSetting, match=r"\[words\] has no setting 'xx'. Known: .*es, zh"):
        load_lecture("loss_function", ["words.xx.lesson=x"])
    with pytest.raises(BadSetting, match=r"\[film\] language: there is no language 'xx'"):
        load_lecture("loss_function", ["film.language=xx"])
    with pytest.raises(BadSetting, match=r"\[captions\] xx.* no language 'xx'"):
        load_lecture("loss_function", ["captions.xx.title=x"])


def _strings(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)
