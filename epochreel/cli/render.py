"""`epochreel render`: a lecture's film."""

from pathlib import Path

import click

from epochreel.cli.options import LECTURE, SET, Talk, load, say_divergence, talking

TRAINED = 0.15  # of the time, when drawing begins


@click.command()
@LECTURE
@SET
@click.option(
    "--language", type=click.Choice(["zh", "en"]), help="Language of the words on screen."
)
@click.option("--theme", type=click.Choice(["paper", "night"]), help="White page or dark one.")
@click.option(
    "--quality",
    type=click.Choice(["draft", "low", "medium", "high", "4k"]),
    default="high",
    show_default=True,
    help="draft 480p15, low 480p30, medium 720p30, high 1080p60, 4k 2160p60.",
)
@click.option(
    "--only", metavar="SCENE,...", default="", help="Only these scenes; see: epochreel scenes"
)
@click.option(
    "--record", type=click.Path(path_type=Path), help="Draw this record; nothing is trained."
)
@click.option("--out", type=click.Path(path_type=Path), help="Where the film goes.")
@click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes that draw; one per core if not given."
)
@click.option(
    "--engine",
    type=click.Choice(["fast", "manim"]),
    default="fast",
    show_default=True,
    help="epochreel's renderer, or Manim's own for comparison.",
)
@talking
@click.pass_obj
def render(
    talk: Talk,
    lecture: str,
    settings: tuple[str, ...],
    language: str | None,
    theme: str | None,
    quality: str,
    only: str,
    record: Path | None,
    out: Path | None,
    jobs: int | None,
    engine: str,
) -> None:
    """Train if need be, draw, and join one film; print its path.

    LECTURE is a lecture file, or the name of one that ships. The film carries a chapter per scene
    and a subtitle track, and has an .srt and a .vtt file beside it. What was trained or drawn
    before with the same settings is used again.
    """
    from epochreel.cli.progress import progress
    from epochreel.files import check_writable
    from epochreel.lecture.video import QUALITIES
    from epochreel.products.film import make_film, subtitles_of
    from epochreel.record.file import load_record
    from epochreel.record.view import Show
    from epochreel.work.clips import Drawing
    from epochreel.work.events import within
    from epochreel.work.records import record_of
    from epochreel.work.store import Store
    from scenes.stage.catalogue import check_names

    chosen = [f"film.{k}={v!r}" for k, v in (("language", language), ("theme", theme)) if v]
    names = [name.strip() for name in only.split(",") if name.strip()]
    check_names(names)
    loaded = load(lecture, (*settings, *chosen))
    store = Store()
    path = out or store.film(loaded.name, loaded.film.language)
    place = "--out" if out else "the film"
    check_writable(path, place)
    check_film_name(path)
    for file in subtitles_of(path):
        check_writable(file, place)
    with progress(talk) as listen:
        known = (
            load_record(record) if record else record_of(loaded, store, within(listen, 0, TRAINED))
        )
        make_film(
            Show(known, loaded),
            Drawing(QUALITIES[quality], engine),
            path,
            store,
            within(listen, 0 if record else TRAINED, 1),
            only=names,
            jobs=jobs,
        )
    say_divergence(known.diverged_at)
    click.echo(path)


def check_film_name(path: Path) -> None:
    """Refuse a name that no film can have."""
    from epochreel.errors import BadOutput

    if path.suffix.lower() != ".mp4":
        raise BadOutput(
            f"--out {path} must end in .mp4; films are MP4 files.", field="--out", value=path
        )
