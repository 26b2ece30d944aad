"""What a file shows already is not drawn again, and what is new is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from manim import (
    BLACK,
    BLUE,
    DOWN,
    LEFT,
    RED,
    RIGHT,
    UP,
    Camera,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    ImageMobject,
    MovingCamera,
    PMobject,
    Scene,
    Square,
    Text,
    TracedPath,
    UpdateFromAlphaFunc,
    ZoomedScene,
    tempconfig,
)

from scenes.engine import FastRenderer, drop_in_renderer, fast_renderer
from scenes.engine.camera import FastCamera
from scenes.engine.digests import FrameDigests

from .frames import FPS, FastFrames, decoded, fast_frames, render
from .small_scenes import SCENES
from .test_three_d import SCENES as SOLID

# Frames of a film differ from those drawn by what the encoder leaves out.
LIKE = 1.0


@dataclass
class Made:
    """A film, and how many of its pictures were painted for it."""

    path: Path
    painted: int

    def shows(self) -> list[np.ndarray]:
        return [pixels for _, pixels in decoded(self.path)]


@pytest.fixture
def make(small: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Made]:
    """Renders a scene as the plugin lets it, and counts what is painted."""
    painted = 0
    show_moving = FastCamera.show_moving

    def counted(*args: object, **kwargs: object) -> object:
        nonlocal painted
        painted += 1
        return show_moving(*args, **kwargs)

    monkeypatch.setattr(FastCamera, "show_moving", counted)

    def made(scene_class: type[Scene], **settings: object) -> Made:
        nonlocal painted
        painted = 0
        with tempconfig({"disable_caching": False, **settings}):
            scene = scene_class(renderer=drop_in_renderer())
            scene.render()
        return Made(Path(scene.renderer.file_writer.final_file_path), painted)

    return made


def assert_shows(made: Made, scene_class: type[Scene]) -> None:
    """The film shows the scene, frame by frame, as it is drawn without any file."""
    shown, drawn = made.shows(), fast_frames(scene_class)
    assert len(shown) == len(drawn)
    for one, other in zip(shown, drawn, strict=True):
        assert np.abs(one.astype(int) - other)[..., :3].mean() < LIKE


class Story(Scene):
    """Three plays; what subclasses change is one of them."""

    colour = BLUE
    held = 1.0
    turn = 0.0

    def construct(self) -> None:
        square = Square(fill_opacity=1, color=BLUE).shift(3 * LEFT)
        self.add(square, Text("page").shift(2 * UP))
        self.play(square.animate.shift(RIGHT), run_time=1)
        dot = Dot(2 * DOWN, radius=0.5, color=self.colour)
        self.play(FadeIn(dot), run_time=1)
        self.wait(self.held)

        def bend(mobject: Dot, alpha: float) -> None:
            mobject.move_to(2 * DOWN + alpha * 3 * RIGHT)
            if alpha > 0.5:
                mobject.shift(self.turn * UP)

        self.play(UpdateFromAlphaFunc(dot, bend), run_time=1)


def variant(**changes: object) -> type[Scene]:
    """A story that is told otherwise, under the same name: its files share a folder."""
    return type("Story", (Story,), changes)


PLAY = FPS  # frames


def test_what_did_not_change_is_not_painted(make: Callable[..., Made]) -> None:
    first = make(Story)
    before = first.path.read_bytes()
    assert first.painted == 3 * PLAY + 1  # what stands still is painted once
    again = make(Story)
    assert again.painted == 0
    assert again.path.read_bytes() == before
    assert_shows(again, Story)


def test_only_the_play_that_changed_is_painted(make: Callable[..., Made]) -> None:
    make(Story)
    red = variant(colour=RED)
    changed = make(red)
    assert changed.painted == 2 * PLAY + 1  # the dot is in all but the first
    assert_shows(changed, red)
    assert make(Story).painted == 0  # what was there before is there still


@pytest.mark.parametrize("held", [0.5, 2.0])
def test_a_hold_of_another_length(held: float, make: Callable[..., Made]) -> None:
    make(Story)
    other = variant(held=held)
    changed = make(other)
    assert changed.painted == (held > 1)
    assert_shows(changed, other)
    assert make(other).painted == 0


def test_a_play_that_changes_midway_is_painted_from_there(make: Callable[..., Made]) -> None:
    make(Story)
    other = variant(turn=1.0)
    changed = make(other)
    assert 0 < changed.painted < PLAY
    assert_shows(changed, other)
    assert make(other).painted == 0


def test_a_play_that_comes_twice_is_painted_once(make: Callable[..., Made]) -> None:
    class Twice(Scene):
        def construct(self) -> None:
            dot = Dot(radius=1)
            for seconds in (0.5, 1.0, 0.5):
                self.add(dot)
                self.wait(seconds)
                self.play(Create(dot), run_time=1)

    made = make(Twice)
    assert made.painted == 1 + PLAY + 1
    assert_shows(made, Twice)


def test_without_a_cache_all_is_painted(make: Callable[..., Made]) -> None:
    first = make(Story, disable_caching=True).painted
    assert make(Story, disable_caching=True).painted == first > 3 * PLAY


@pytest.mark.parametrize("damage", ["cut", "gone", "another"])
def test_a_file_that_is_not_what_it_was_is_made_anew(
    damage: str, make: Callable[..., Made], small: Path
) -> None:
    make(Story)
    first, second, *_ = (path for path in small.rglob("partial_movie_files/Story/*.mp4"))
    if damage == "cut":
        first.write_bytes(first.read_bytes()[:-50])
    elif damage == "gone":
        first.unlink()
    else:
        first.write_bytes(second.read_bytes())
    again = make(Story)
    assert again.painted > 0
    assert_shows(again, Story)
    assert make(Story).painted == 0


@pytest.mark.parametrize(
    "settings",
    [
        {"background_color": RED},
        {"frame_rate": 2 * FPS},
        {"pixel_width": 640, "pixel_height": 360},
        {"frame_width": 10.0},
        {"video_encoder_options": {"crf": "30"}},
    ],
    ids=str,
)
def test_other_settings_are_another_film(
    settings: dict[str, object], make: Callable[..., Made]
) -> None:
    make(Story, output_file="one")
    assert make(Story, **settings).painted > 3 * PLAY


def test_a_trace_that_did_not_change_is_not_painted(make: Callable[..., Made]) -> None:
    class Traced(Scene):
        def construct(self) -> None:
            dot = Dot()
            self.add(TracedPath(dot.get_center), dot)
            self.play(dot.animate.shift(UP), run_time=1)

    assert make(Traced).painted == PLAY
    assert make(Traced).painted == 0


def test_what_has_no_digest_is_painted_every_time(make: Callable[..., Made]) -> None:
    class Cloud(Scene):
        def construct(self) -> None:
            dot = Dot()
            self.play(dot.animate.shift(UP), run_time=1)
            self.add(PMobject().add_points([[x / 10, 0, 0] for x in range(20)]))
            self.play(dot.animate.shift(DOWN), run_time=1)

    assert make(Cloud).painted == 2 * PLAY
    again = make(Cloud)
    assert again.painted == PLAY
    assert_shows(again, Cloud)


@pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")  # Pillow 12
def test_of_an_image_its_pixels_tell(make: Callable[..., Made]) -> None:
    class Picture(Scene):
        shade = 0

        def construct(self) -> None:
            picture = ImageMobject(np.arange(48, dtype=np.uint8).reshape(4, 4, 3) * 5)
            picture.pixel_array[1:3] += self.shade
            self.play(picture.animate.shift(UP), run_time=1)

    assert make(Picture).painted == PLAY
    assert make(Picture).painted == 0
    Picture.shade = 40
    again = make(Picture)
    assert again.painted == PLAY
    assert_shows(again, Picture)


@pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")  # Pillow 12
@pytest.mark.parametrize(
    "change", [{"shift": 0.4}, {"height": 1.5}, {"wide": 0.4}, {"background": BLUE}]
)
def test_of_a_zoomed_display_what_its_camera_sees_tells(
    change: dict[str, object], make: Callable[..., Made]
) -> None:
    class Zoomed(ZoomedScene):
        shift = 0.2
        height = 2.5
        wide = 0.3
        background = BLACK

        def construct(self) -> None:
            self.activate_zooming()
            self.remove(self.zoomed_camera.frame)
            self.zoomed_camera.background_color = self.background
            self.zoomed_camera.frame.stretch_to_fit_width(self.wide)
            # Hidden from the scene's own camera, which the display covers it from.
            dot = Dot(radius=0.1).move_to(self.zoomed_display)
            self.zoomed_camera.frame.move_to(dot).shift(self.shift * UP)
            self.zoomed_display.stretch_to_fit_height(self.height)
            self.add(dot)
            self.play(dot.animate.shift(0.1 * LEFT), run_time=1)

    assert make(Zoomed).painted == PLAY
    assert make(Zoomed).painted == 0
    for name, value in change.items():
        setattr(Zoomed, name, value)
    again = make(Zoomed)
    assert again.painted == PLAY
    assert_shows(again, Zoomed)


def test_what_may_hang_on_anything_is_painted_every_time(
    make: Callable[..., Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An object's ``repr`` has its address, which is another one's in the next run."""

    class Constant:
        def __repr__(self) -> str:
            return "<at the same address>"

    whole_key = FastCamera.key_of
    monkeypatch.setattr(FastCamera, "key_of", lambda *asked: (*whole_key(*asked), Constant()))
    first = make(Story).painted
    assert make(Story).painted == first


def test_a_picture_asked_for_after_a_play_is_the_present_one(make: Callable[..., Made]) -> None:
    asked = []

    class Asking(Scene):
        def construct(self) -> None:
            dot = Dot(radius=1, color=RED)
            self.play(FadeIn(dot), run_time=1)
            asked.append(self.renderer.get_frame()[90, 160, 0])
            self.play(dot.animate.set_color(BLUE), run_time=1)
            asked.append(self.camera.pixel_array[90, 160, 2])
            self.remove(dot)
            self.play(FadeOut(Square(2)), run_time=1)
            asked.append(255 - self.camera.get_image().getpixel((160, 90))[0])

    make(Asking)
    make(Asking)
    assert len(asked) == 6
    assert min(asked) > 150


@pytest.mark.parametrize("when", ["before", "between"])
def test_a_scene_may_set_another_camera(when: str, make: Callable[..., Made]) -> None:
    class Other(Scene):
        far = 1

        def construct(self) -> None:
            dot = Dot(radius=1)
            self.add(dot)
            if when == "between":
                self.play(dot.animate.shift(LEFT), run_time=0.5)
            self.renderer.camera = MovingCamera()
            self.play(self.camera.frame.animate.shift(self.far * UP), run_time=0.5)
            self.play(dot.animate.shift(RIGHT), run_time=0.5)

    make(Other)
    assert_shows(make(Other), Other)
    Other.far = 2
    assert_shows(make(Other), Other)


def test_of_other_cameras_manims_cache_says_what_changed(
    make: Callable[..., Made], small: Path
) -> None:
    class OwnCamera(Camera):
        pass

    class Own(Scene):
        def __init__(self, **options: object) -> None:
            super().__init__(camera_class=OwnCamera, **options)

        def construct(self) -> None:
            self.play(FadeIn(Square()), run_time=1)

    with tempconfig({"disable_caching": False}):
        Own().render()  # Manim's files, which do not join the engine's
    made = make(Own)
    ours = {path for path in small.rglob("partial_movie_files/Own/*.mp4")}
    assert len(ours) == 2
    before = made.path.read_bytes()
    times = [path.stat().st_mtime_ns for path in sorted(ours)]
    assert make(Own).path.read_bytes() == before
    assert [path.stat().st_mtime_ns for path in sorted(ours)] == times
    assert_shows(made, Own)


def test_lectures_keep_theirs_elsewhere(small: Path) -> None:
    with tempconfig({"disable_caching": False}):
        Story(renderer=fast_renderer()).render()
    assert not list(small.rglob("*.frames"))


@pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")  # Pillow 12
def test_frames_of_one_digest_look_the_same(small: Path) -> None:
    """Of all small scenes; and nearly all that look different have different ones."""
    looks: dict[bytes, np.ndarray] = {}

    class Digesting(FastRenderer):
        def save_static_frame_data(self, scene: Scene, static_mobjects: list) -> object:
            self.digests = FrameDigests(self.camera)
            still = self.camera.look(static_mobjects) if static_mobjects else None
            self.digests.begin(still)
            return super().save_static_frame_data(scene, static_mobjects)

        def _show(self, scene: Scene, mobjects: list, frames: int) -> None:
            super()._show(scene, mobjects, frames)
            if found := self.digests.of(self._look(scene, mobjects)):
                picture = self.file_writer.frames[-1]
                assert np.array_equal(looks.setdefault(found, picture), picture)

    count = 0
    for scene_class in (SCENES | SOLID).values():
        count += len(render(scene_class, Digesting(FastFrames)))
    assert count / 2 < len(looks) < count


@pytest.mark.parametrize("with_still", [False, True])
def test_a_background_written_to_while_a_play_runs_is_seen(
    with_still: bool, make: Callable[..., Made]
) -> None:
    shade = 40

    class Darkens(Scene):
        def construct(self) -> None:
            if with_still:
                self.add(Dot())
            square = Square()

            def darken(_: object, alpha: float) -> None:
                self.camera.background[:, :, :3] = shade if alpha > 0.5 else 0

            self.play(UpdateFromAlphaFunc(square, darken), run_time=0.5)
            self.wait(0.2)

    make(Darkens)
    shade = 200
    assert_shows(make(Darkens), Darkens)
