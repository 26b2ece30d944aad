"""The words on a talk's controls."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TalkWords:
    """What a talk says by itself; one field per meaning."""

    play: str
    pause: str
    replay: str
    captions: str
    off: str
    overview: str
    speaker: str
    full_screen: str
    controls: str


TALK_WORDS = {
    "zh": TalkWords(
        play="播放",
        pause="暂停",
        replay="重播",
        captions="字幕",
        off="关",
        overview="总览",
        speaker="演讲者视图",
        full_screen="全屏",
        controls="控制",
    ),
    "en": TalkWords(
        play="Play",
        pause="Pause",
        replay="Replay",
        captions="Captions",
        off="off",
        overview="Overview",
        speaker="Speaker view",
        full_screen="Full screen",
        controls="Controls",
    ),
}
