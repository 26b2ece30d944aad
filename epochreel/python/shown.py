"""A film as a notebook shows it: the video with its captions, and pictures of its beats."""

from base64 import b64encode
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from PIL import Image

from epochreel.lecture.languages import own_name
from epochreel.products.film import subtitles_of
from epochreel.products.plan import Film, FilmPlan, plan_film
from epochreel.python.working import working
from epochreel.work.clips import draw_clips
from epochreel.work.edits import until_unedited
from epochreel.work.events import Listener, within
from epochreel.work.store import Store
from epochreel.work.workers import Workers
from scenes.stage.catalogue import check_names

PLANNED = 0.5  # of the time, when a still's drawing begins


@dataclass(frozen=True, eq=False)
class RenderedFilm:
    """A film that is made; Jupyter, Colab and VS Code show it as a video with captions.

    Attributes:
        path: the MP4; its subtitles, .srt and .vtt, are beside it.
    """

    path: Path
    _film: Film = field(repr=False)
    _store: Store = field(repr=False)

    def still(self, scene: str, beat: str) -> Image.Image:
        """The last frame of a beat, as large as the film; `epochreel scenes` lists the scenes.

            >>> from epochreel import render
            >>> film = render("loss_function", settings={"training.epochs": 20},
            ...               only="title", quality="draft", language="en")
            >>> film.still("title", "title").size
            (854, 480)

        Raises:
            RenderError: there is no such scene, or it has no such beat; the message names those
                that there are.
        """
        name = f"{scene}/{beat}"
        check_names([name])
        drawing = replace(self._film.drawing, format="png")
        film = replace(self._film, drawing=drawing, only=[name], path=self.path.with_suffix(".png"))
        with working(self._store, jobs=1) as (listen, workers):
            plan = until_unedited(lambda: _draw(film, self._store, workers, listen), listen)
        with Image.open(plan.clips[0].path) as picture:
            return picture.copy()

    def _repr_html_(self) -> str:
        """The video and its captions themselves: a notebook is read where no file is."""
        show, video = self._film.show, self._film.drawing.video
        label, language = escape(show.fields["lesson"]), show.language
        _, captions = subtitles_of(self.path)
        return (
            f'<video controls width="{video.width}" style="max-width: 100%; height: auto" '
            f'aria-label="{label}" src="{_data(self.path, "video/mp4")}">'
            f'<track default kind="captions" srclang="{language}" label="{own_name(language)}" '
            f'src="{_data(captions, "text/vtt")}"></video>'
        )


def _draw(film: Film, store: Store, workers: Workers, listen: Listener) -> FilmPlan:
    """Draw the pictures of a film's beats that are not there."""
    plan = plan_film(film, store, workers, within(listen, 0, PLANNED))
    part = within(listen, PLANNED, 1)
    draw_clips(plan.missing, plan.codes, film.shared, film.drawing, store, workers, part)
    return plan


def _data(file: Path, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(file.read_bytes()).decode()}"
