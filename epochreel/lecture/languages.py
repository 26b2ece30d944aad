"""The languages that a film can have: English, and one for each file of translations.

`epochreel/locale/es.po` is all that there is of Spanish; what else is to be known of a language,
such as what its speakers call it, comes from libraries.
"""

import hashlib
import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

LOCALE = Path(__file__).parents[1] / "locale"
ENGLISH = "en"  # what stands in the code
LANGUAGES = tuple(sorted([ENGLISH, *(path.stem for path in LOCALE.glob("*.po"))]))


@cache
def translations(language: str) -> NullTranslations:
    """What texts of the code, which are English, are called in a language."""
    if language == ENGLISH:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with (LOCALE / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def words_digest(language: str) -> str:
    """What changes when a translation does; of English the code says it."""
    if language == ENGLISH:
        return ENGLISH
    return hashlib.sha256((LOCALE / f"{language}.po").read_bytes()).hexdigest()


def own_name(language: str) -> str:
    """What its speakers call it, as menus of captions do: 中文, English, Español."""
    from babel import Locale

    name = str(Locale.parse(language).get_display_name())
    return name[:1].upper() + name[1:]


def region_tag(language: str) -> str:
    """With the region where most of its speakers live, as decks want it: zh-CN."""
    from langcodes import Language

    return f"{language}-{Language.get(language).maximize().territory}"


def three_letters(language: str) -> str:
    """As MP4 files name it, by ISO 639-2: zho."""
    from langcodes import Language

    return Language.get(language).to_alpha3()
