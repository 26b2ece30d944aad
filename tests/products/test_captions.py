"""Subtitles hold exactly what is said, whatever that is."""

import re
from fractions import Fraction

import pytest
import srt

from epochreel.products.captions import (
    COLUMNS,
    chapters,
    columns_of,
    cues_of,
    lines_on_screen,
    subrip,
    webvtt,
)

SAID = [
    ("Plain.", "One", 30),
    ("A name\n\n2\n00:00:00,000 --> 00:00:09,000\nwith\r\nline breaks", "One", 15),
    ("braces {i} \\N backslashes <b>&amp;", "Two", 5),
    ("损失值是 3", "Two", 10),
]


def test_cues_follow_each_other_in_milliseconds() -> None:
    cues = cues_of(SAID, Fraction(15))

    assert [(cue.start, cue.end) for cue in cues] == [
        (0, 2000),
        (2000, 3000),
        (3000, 3333),
        (3333, 4000),
    ]
    assert [(c["start"], c["end"], c["metadata"]["title"]) for c in chapters(cues)] == [
        (0, 3000, "One"),
        (3000, 4000, "Two"),
    ]


def test_subrip_reads_back_as_it_was_said() -> None:
    found = list(srt.parse(subrip(cues_of(SAID, Fraction(15)))))

    assert [subtitle.content.replace("\n", " ") for subtitle in found] == [
        "Plain.",
        "A name 2 00:00:00,000 --> 00:00:09,000 with line breaks",
        "braces {i} \\N backslashes <b>&amp;",
        "损失值是 3",
    ]
    assert found[3].start.total_seconds() == 3.333


def test_webvtt_has_a_block_per_cue_and_no_markup() -> None:
    head, *blocks = webvtt(cues_of(SAID, Fraction(15))).strip().split("\n\n")

    assert head == "WEBVTT"
    assert len(blocks) == 4
    for block in blocks:
        times, *lines = block.split("\n")
        text = " ".join(lines)
        assert re.fullmatch(r"\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}", times)
        assert "-->" not in text and "<" not in text
    assert blocks[2].endswith("braces {i} \\N backslashes &lt;b&gt;&amp;amp;")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("The loss falls.", ["The loss falls."]),
        (
            "From epoch 5 to epoch 500 the loss goes from 8.754 to 3.803e−13.",
            ["From epoch 5 to epoch 500 the loss", "goes from 8.754 to 3.803e−13."],
        ),
        (
            "训练中预测值靠近真实函数, 训练前是一条几乎水平的线, 第 500 轮损失值是 3.803e−13",
            [
                "训练中预测值靠近真实函数, 训练前是一条几",
                "乎水平的线, 第 500 轮损失值是 3.803e−13",
            ],
        ),
        (
            "编译并训练模型: 损失函数、优化器, 训练 500 轮",
            ["编译并训练模型: 损失函数、", "优化器, 训练 500 轮"],
        ),
        (
            "Adam con tasa de aprendizaje 0.1 da un paso contra la pendiente: w3[1, 1] crece.",
            ["Adam con tasa de aprendizaje 0.1 da un", "paso contra la pendiente: w3[1, 1] crece."],
        ),
        (
            "Se suman y se divide entre 20: el error es de 3.803 × 10⁻¹³.",
            ["Se suman y se divide entre 20:", "el error es de 3.803 × 10⁻¹³."],
        ),
        ("字" * 42 + "，完。", ["字" * 15, "字" * 15, "字" * 12 + "，完。"]),
        ("e\u0301" * 40, ["e\u0301" * 40]),
    ],
)
def test_long_captions_are_lines_of_like_width_broken_where_a_line_may_end(
    text: str, lines: list[str]
) -> None:
    assert lines_on_screen(text) == lines


@pytest.mark.parametrize(
    "text", ["x" * 300, "字" * 300, "a " * 90, "（" * 60, "说" * 20 + "。" * 3]
)
def test_no_line_is_wider_than_a_screen(text: str) -> None:
    lines = lines_on_screen(" ".join(text.split()))
    assert all(columns_of(line) <= COLUMNS for line in lines) or set(text) == {"（"}
    assert not any(line.startswith("。") for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
