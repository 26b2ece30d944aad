"""The words of a lecture are refused before training, or drawn well: nothing between."""

import random
from collections.abc import Callable

import pytest

from epochreel.errors import RenderError
from epochreel.lecture.file import load_lecture
from epochreel.lecture.own_words import Names, Words
from epochreel.lecture.settings import Lecture
from epochreel.record.view import Show
from scenes.drawing.layout import BAR
from scenes.drawing.spelling import check_words
from scenes.stage.catalogue import SceneCode, shipped
from scenes.stage.checks import box_of, problems, texts_of
from tests.records import a_record
from tests.scenes.conftest import WalkThrough

IDEOGRAPHS = "训练神经网络的损失函数是每一轮都在变小，。；：《》（）「」“”——……·"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHÀÉÎÕÜÿ0123456789,.;()[]'\"-"
ODD = ["\u0302", "\u200b", "\u202e", "\ufe0f", "\u3164", "e\u0301", "😀", "\u2028", "Ǘ", "〱", "█"]
MISSPELLED = {
    "emoji": ("😀", "GRINNING FACE"),
    "lone mark": ("\u0301b", "COMBINING ACUTE ACCENT"),
    "mark that no letter has": ("x\u0302", "COMBINING CIRCUMFLEX ACCENT"),
    "zero width": ("a\u200bb", "ZERO WIDTH SPACE"),
    "joiner": ("a\u200db", "ZERO WIDTH JOINER"),
    "turned round": ("\u202eabc", "RIGHT-TO-LEFT OVERRIDE"),
    "isolate": ("a\u2066b", "LEFT-TO-RIGHT ISOLATE"),
    "byte order": ("\ufeffa", "ZERO WIDTH NO-BREAK SPACE"),
    "soft hyphen": ("a\u00adb", "SOFT HYPHEN"),
    "variation": ("■\ufe0f", "VARIATION SELECTOR-16"),
    "ideographic variation": ("葛\U000e0100", "VARIATION SELECTOR-17"),
    "filler": ("\u3164", "HANGUL FILLER"),
    "two lines high": ("〱", "VERTICAL KANA REPEAT MARK"),
    "Arabic": ("ع", "ARABIC LETTER AIN"),
    "private": ("\ue000", "U+E000"),
}
SETTINGS: dict[str, Callable[[str], Words]] = {
    "words.zh.course": lambda text: Words(zh=Names(course=text), en=Names(course="A course")),
    "words.en.course": lambda text: Words(zh=Names(course="课程"), en=Names(course=text)),
    "words.zh.lesson": lambda text: Words(zh=Names(course="课程", lesson=text)),
    "words.links.2": lambda text: Words(links=["@someone", text]),
    "words.references.2": lambda text: Words(references=["A book", text]),
    "words.zh.references.2": lambda text: Words(zh=Names(references=["A book", text])),
}
TITLE, REFERENCES = shipped()["title"], shipped()["references"]


def lecture(words: Words, language: str = "zh", theme: str = "paper") -> Lecture:
    settings = (f"film.language='{language}'", f"film.theme='{theme}'")
    return load_lecture("loss_function", settings).model_copy(update={"words": words})


def random_words(seed: int) -> Words:
    """Words of every kind and length; most of them are drawn, some have no room."""
    draw = random.Random(seed)

    def text(longest: int) -> str:
        length = min(int(draw.expovariate(4 / longest)) + 1, 400)
        kind = draw.randrange(5)
        if kind == 0:
            return "".join(draw.choices(IDEOGRAPHS, k=length))
        if kind == 1:
            return ("https://a.example/" + "".join(draw.choices(LETTERS, k=length)))[:400]
        pieces = []
        while sum(map(len, pieces)) < length:
            pieces.append("".join(draw.choices(draw.choice((IDEOGRAPHS, LETTERS)), k=3)))
            pieces.append(draw.choice(("", " ", " ")))
            if draw.random() < 0.004:
                pieces.append(draw.choice(ODD))
        return "".join(pieces)[:400]

    def names() -> Names:
        return Names(
            course=text(200) if draw.random() < 0.7 else "",
            lesson=text(400) if draw.random() < 0.7 else "",
        )

    longest = draw.choice((60, 200, 400))
    return Words(
        zh=names(),
        en=names(),
        links=[text(draw.choice((30, 100))) for _ in range(draw.randrange(7))],
        references=[text(longest) for _ in range(draw.randrange(13))],
    )


def drawn_badly(show: Show, walk_through: WalkThrough) -> list[str]:
    """What the pages of the lecture's own words have wrong."""
    entries: list[SceneCode] = [TITLE] + [REFERENCES] * bool(show.lecture.words.references)
    return [
        wrong
        for entry in entries
        for _, scene in walk_through(entry, show)
        for wrong in problems(scene)
    ]


def refusal(lecture: Lecture) -> RenderError | None:
    try:
        check_words(lecture)
    except RenderError as error:
        return error
    return None


@pytest.mark.manim
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_not_refused_is_drawn_well_and_what_is_refused_cannot_be_drawn(
    language: str, walk_through: WalkThrough
) -> None:
    refused = 0
    for seed in range(60):
        words = random_words(seed)
        show = Show(a_record(samples=2, epochs=(0, 1)), lecture(words, language))
        problem = refusal(show.lecture)
        if problem is None:
            assert drawn_badly(show, walk_through) == [], seed
        else:
            refused += 1
            assert problem.field is not None and problem.field in str(problem)
            with pytest.raises(RenderError):
                drawn_badly(show, walk_through)

    assert 10 < refused < 50


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("kind", MISSPELLED)
def test_a_character_that_cannot_be_drawn_is_named(kind: str, setting: str) -> None:
    text, name = MISSPELLED[kind]

    with pytest.raises(RenderError) as refusal:
        check_words(lecture(SETTINGS[setting](text)))

    assert name in str(refusal.value)
    assert setting in str(refusal.value) and refusal.value.field == setting


@pytest.mark.parametrize("setting", [*SETTINGS][:-2])
def test_words_without_room_are_named(setting: str) -> None:
    with pytest.raises(RenderError, match=f"{setting} has 400 characters"):
        check_words(lecture(SETTINGS[setting]("很长的标题" * 80)))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (Words(references=["很长的参考文献" * 20] * 12), "words.references has 12 entries"),
        (Words(links=["https://example.org/" + "a" * 60] * 6), "words.links has 6 links"),
        (Words(references=["A book", ""]), "words.references.2 has no words in it"),
        (Words(links=[""]), "words.links.1 has no words in it"),
    ],
)
def test_lists_without_room_and_empty_entries_are_named(words: Words, message: str) -> None:
    with pytest.raises(RenderError, match=message):
        check_words(lecture(words))


def test_a_file_name_that_stands_for_the_lesson_is_checked() -> None:
    unnamed = lecture(Words()).model_copy(update={"name": "a\u200bb"})

    with pytest.raises(RenderError, match="The name of the lecture's file"):
        check_words(unnamed)


def test_words_that_the_film_does_not_show_are_not_refused() -> None:
    other = Words(zh=Names(course="课程", lesson="损失函数"), en=Names(lesson="损失函数" * 100))

    check_words(lecture(other, "zh"))
    with pytest.raises(RenderError, match=r"words\.en\.lesson"):
        check_words(lecture(other, "en"))


def test_a_language_has_references_of_its_own_or_those_of_all() -> None:
    words = Words(references=["Ein Buch"], zh=Names(references=["一本书"]), en=Names(lesson="A"))
    shown = {
        language: Show(a_record(), lecture(words, language)).fields["references"]
        for language in ("zh", "en", "es")
    }

    assert shown == {"zh": ("一本书",), "en": ("Ein Buch",), "es": ("Ein Buch",)}


@pytest.mark.manim
def test_a_title_too_long_for_the_bar_is_cut_there_and_whole_on_its_page(
    walk_through: WalkThrough,
) -> None:
    lesson = "训练神经网络：loss function 损失函数" * 8
    show = Show(
        a_record(), lecture(Words(zh=Names(course="课程", lesson=lesson), references=["A"]))
    )

    check_words(show.lecture)
    [(_, title)] = walk_through(TITLE, show)
    [(_, page)] = walk_through(REFERENCES, show)

    whole = "".join(str(text.text) for text in texts_of(title))
    assert lesson.replace(" ", "") in whole.replace(" ", "")
    bar = [str(text.text) for text in texts_of(page) if box_of(text).bottom < BAR.bottom]
    assert len(bar) == 2 and bar[-1].endswith("…")
    assert lesson.replace(" ", "").startswith("".join(bar).removesuffix("…").replace(" ", ""))


def test_the_lecture_that_ships_is_drawn_in_both_languages() -> None:
    for language in ("zh", "en"):
        check_words(load_lecture("loss_function", (f"film.language='{language}'",)))
