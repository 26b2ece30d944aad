"""Subtitles hold exactly what is said, whatever that is."""

import re
from fractions import Fraction

import srt

from epochreel.products.captions import chapters, cues_of, subrip, webvtt

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

    assert [subtitle.content for subtitle in found] == [
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
        times, text = block.split("\n")
        assert re.fullmatch(r"\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}", times)
        assert "-->" not in text and "<" not in text
    assert blocks[2].endswith("braces {i} \\N backslashes &lt;b&gt;&amp;amp;")
