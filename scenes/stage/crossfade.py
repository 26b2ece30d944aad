"""The crossfade of two clips, encoded as these were."""

import tempfile
from pathlib import Path

from manim import CairoRenderer, config
from manim._config.render_session import resolve_render_session
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from epochreel.lecture.video import Video
from scenes.engine import crossfade
from scenes.engine.encoder import SegmentEncoder, encodes
from scenes.stage.render import manim_config


def crossfaded(before: bytes, after: bytes, video: Video, engine: str, frames: int) -> bytes:
    """An MP4 file of some frames between the last one of a clip and the first one of another."""
    with tempfile.TemporaryDirectory() as folder, manim_config(video, Path(folder)):
        session = resolve_render_session(
            config, CairoRenderer.capabilities, renderer_name=CairoRenderer.__name__
        )
        spec = session.video_encoder
        assert spec
        ours = engine == "fast" and encodes(spec)
        path = Path(folder) / "crossfade.mp4"
        kind = SegmentEncoder if ours else VideoSegmentEncoder
        crossfade.crossfade(before, after, kind(target=path, spec=spec), frames)
        return path.read_bytes()
