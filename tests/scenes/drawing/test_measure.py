"""How words are broken into lines, at which size, and where a line must not end."""

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest

from epochreel.errors import RenderError
from scenes.drawing.breaking import line_ends
from scenes.drawing.glyphs import BOLD, REGULAR, Font
from scenes.drawing.layout import BODY, SMALL, Region
from scenes.drawing.measure import (
    LINE,
    Measured,
    fit_lines,
    lines_or_cut,
    text_width,
)

ROOM = Region(0, 0, 1000, 160)
LETTERS = "神经网络《》（）「」『』【】〈〉〔〕“”‘’()[]{}，。、；：！？…—～・·ab Té 12AV"
NEVER_FIRST = "》」』】〉〕）”’…—～・·！？；：、。，)]}!?;:.,ー々っ％"
NEVER_LAST = "《（「『【〈〔“‘([{"
WEIGHTS = pytest.mark.parametrize("weight", [REGULAR, BOLD])


def wrap(text: str, size: float, width: float, weight: int = REGULAR) -> list[str]:
    return Measured(text, weight).lines(size, width)


def random_texts(count: int, longest: int = 200) -> Iterator[tuple[str, float, float]]:
    """Texts as they are drawn, with a size and a width to break them at."""
    draw = random.Random(5)
    for _ in range(count):
        text = "".join(draw.choices(LETTERS, k=draw.randrange(1, longest)))
        yield " ".join(text.split()) or "a", draw.choice((28, 34, 84)), draw.uniform(300, 1200)


@WEIGHTS
def test_lines_hold_all_words_and_as_many_as_fit(weight: int) -> None:
    for text, size, width in random_texts(80):
        lines = wrap(text, size, width, weight)

        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(text_width(line, size, weight) <= width for line in lines)
        start = 0
        for line in lines[:-1]:
            end = start + len(line)
            end += text[end] == " "
            longer = next(place for place in line_ends(text) if place > end)
            assert text_width(text[start:longer].strip(), size, weight) > width
            start = end


def test_no_line_starts_or_ends_with_a_mark_that_must_not() -> None:
    for text, size, width in random_texts(80):
        # Runs of marks as long as a line can only be cut where they must not be.
        text = "神经".join(text[at : at + 3] for at in range(0, len(text), 3))
        for line, following in pairwise(wrap(text, size, max(width, 9 * size))):
            assert line[-1] not in NEVER_LAST, (line, following)
            assert following[0] not in NEVER_FIRST, (line, following)


@pytest.mark.parametrize("mark", NEVER_FIRST)
def test_a_closing_mark_stays_with_what_precedes_it(mark: str) -> None:
    width = text_width("神经网络网", BODY)

    assert wrap(f"神经网络网{mark}络", BODY, width) == ["神经网络", f"网{mark}络"]


@pytest.mark.parametrize("mark", NEVER_LAST)
@pytest.mark.parametrize("space", ["", " "])
def test_an_opening_mark_stays_with_what_follows_it(mark: str, space: str) -> None:
    width = text_width(f"神经网络{mark}{space}", BODY)

    assert wrap(f"神经网络{mark}{space}网络", BODY, width) == ["神经网络", f"{mark}{space}网络"]


@pytest.mark.parametrize("pair", ["——", "……"])
def test_a_double_mark_is_not_parted(pair: str) -> None:
    for count in range(1, 12):
        lines = wrap("网" * count + pair + "网" * 9, BODY, 8 * BODY)
        assert any(pair in line for line in lines)


def test_words_are_whole_and_what_is_wider_than_a_line_is_cut() -> None:
    assert wrap("the loss function", BODY, text_width("the loss f", BODY)) == [
        "the loss",
        "function",
    ]
    assert wrap("损失loss函数", BODY, text_width("损失los", BODY)) == ["损失", "loss函", "数"]
    assert "".join(wrap("a" * 300, BODY, 500)) == "a" * 300
    assert wrap("《" * 9, BODY, 4.2 * BODY) == ["《" * 4, "《" * 4, "《"]


def test_a_link_is_cut_behind_its_punctuation_where_that_fills_the_line() -> None:
    link = "https://example.org/a-folder/a-page-with-a-long-name"

    first, *_ = wrap(link, BODY, text_width(link[:34], BODY))

    assert first == "https://example.org/a-folder/a-"
    assert wrap("https://" + "a" * 90, BODY, 600)[0].count("a") > 20


def test_accents_are_joined_to_their_letters_and_spaces_are_single() -> None:
    assert wrap(" Cafe\u0301\t\n か\u3099\u3000神 ", BODY, 900) == ["Café が 神"]
    # The font has both forms of some ideographs, and the one that was written is drawn.
    assert wrap("\ufa19\u795e", BODY, 900) == ["\ufa19\u795e"]


@WEIGHTS
def test_the_size_is_the_largest_at_which_the_lines_fit(weight: int) -> None:
    fitted = 0
    for text, _, _ in random_texts(60, longest=120):
        expected = [
            (len(lines), size)
            for size in range(84, SMALL - 1, -2)
            if len(lines := wrap(text, size, ROOM.width, weight)) * size * LINE
            <= ROOM.height + (LINE - 1) * size
        ]
        fitted += bool(expected)
        if expected:
            lines, size = fit_lines(text, ROOM, 84, "words", weight)
            assert (len(lines), size) == expected[0]
            assert "".join(lines).replace(" ", "") == text.replace(" ", "")
            assert all(text_width(line, size, weight) <= ROOM.width for line in lines)
        else:
            with pytest.raises(RenderError, match="words has"):
                fit_lines(text, ROOM, 84, "words", weight)

    assert fitted > 20


@pytest.mark.parametrize("text", ["a", "很", "a b ", "AV", "「", "，", "e\u0301", "——"])
def test_a_text_without_end_is_refused_after_little_work(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shaped: list[int] = []
    line = Font.line
    monkeypatch.setattr(
        Font, "line", lambda font, text: shaped.append(len(text)) or line(font, text)
    )
    long = text * (100_000 // len(text))

    with pytest.raises(RenderError, match="words has 100000 characters"):
        fit_lines(long, ROOM, 84, "words")
    [start], size = lines_or_cut(long, 1000, BODY, 1, "words")

    assert (start[-1], size) == ("…", SMALL)
    assert sum(shaped) < 100_000
    assert max(shaped) < 500


def test_wrapping_shapes_each_line_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    shaped: list[int] = []
    line = Font.line
    monkeypatch.setattr(
        Font, "line", lambda font, text: shaped.append(len(text)) or line(font, text)
    )

    for text in ("loss " * 2000, "神经" * 5000, "AV" * 5000):
        shaped.clear()
        assert len(wrap(text, BODY, 1000)) > 100
        assert sum(shaped) < 12 * len(text)


def test_one_line_shrinks_before_it_is_cut() -> None:
    width = text_width("神经网络", 40, BOLD)

    assert lines_or_cut("神经网络", width, 48, 1, "words", BOLD) == (["神经网络"], 40)
    assert lines_or_cut("神经网络" * 2, width, 48, 1, "words", BOLD) == (["神经网络…"], SMALL)


@pytest.mark.parametrize(
    ("text", "room", "cut"),
    [
        ("神经网（络神经）", "神经网（…", "神经网…"),
        ("the whole loss", "the whole los", "the whole…"),
        ("loss functions", "loss functio", "loss func…"),
    ],
)
def test_a_line_is_cut_behind_a_word_if_that_fills_it(text: str, room: str, cut: str) -> None:
    assert lines_or_cut(text, text_width(room, SMALL), SMALL, 1, "words") == ([cut], SMALL)


def test_words_shrink_then_take_more_lines_and_only_then_are_cut() -> None:
    width = text_width("the whole loss", 32)

    assert lines_or_cut("the whole loss", width, BODY, 2, "words") == (["the whole loss"], 32)
    assert lines_or_cut("the whole loss of it", width, BODY, 2, "words") == (
        ["the whole", "loss of it"],
        SMALL,
    )
    assert lines_or_cut("the whole loss of the whole lecture", width, BODY, 2, "words") == (
        ["the whole loss", "of the whole…"],
        SMALL,
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("the whole loss of the last epoch", "the whole loss"),
        ("训练神经网络：损失函数", "训练神经网络："),
        ("训练神经网络：loss function 损失函数", "训练神经网络："),
        ("a neural network, and its loss function", "a neural network,"),
        ("训练神经网络的损失函数", "训练神经网"),
        ("a, training the network", "a, training"),
        ("a, 训练神经网络的损失函数", "a, 训练神经网"),
        ("https://example.org/abcd", "https://example.org/"),
    ],
)
def test_two_lines_are_about_as_long_as_each_other(text: str, first: str) -> None:
    width = text_width(text, BODY) * 0.9

    lines, _ = fit_lines(text, Region(0, 0, width, 2 * LINE * BODY), BODY, "words")

    assert lines == [first, text.removeprefix(first).strip()]


@WEIGHTS
@pytest.mark.parametrize("most", [1, 2])
def test_lines_that_were_cut_are_no_wider_than_their_room(weight: int, most: int) -> None:
    for text, _, width in random_texts(80):
        lines, size = lines_or_cut(text, width, BODY, most, "words", weight)
        assert len(lines) <= most
        assert all(text_width(line, size, weight) <= width for line in lines)


@pytest.mark.parametrize("text", ["", " \t"])
def test_words_that_are_not_there_are_an_error(text: str) -> None:
    with pytest.raises(RenderError, match="words has no words in it"):
        fit_lines(text, ROOM, BODY, "words")
