"""A piece of film for something else to embed: a beat's, or a whole scene's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from epochreel.products.captions import Cue


@dataclass(frozen=True)
class Footage:
    """A clip with all that a slide or a page wants to know of it.

    Attributes:
        name: as `--only` names it: `epochs/epoch-2`, or `epochs` for a whole scene.
        title: the scene's name, in the film's language.
        video: the clip, an MP4 file that plays everywhere.
        first: its first frame, a PNG file.
        last: its last frame, a PNG file.
        seconds: how long it plays.
        size: width and height in pixels.
        cues: its captions by language, the film's own language first.
    """

    name: str
    title: str
    video: Path
    first: Path
    last: Path
    seconds: float
    size: tuple[int, int]
    cues: Mapping[str, Sequence[Cue]]

    @property
    def scene(self) -> str:
        """The scene that it is of."""
        return self.name.partition("/")[0]

    @property
    def caption(self) -> str:
        """What is said in it, in the film's language."""
        return " ".join(cue.text for cue in next(iter(self.cues.values())))

    @property
    def alt_text(self) -> str:
        """What it shows, for who cannot see it."""
        return f"{self.title}: {self.caption}"
