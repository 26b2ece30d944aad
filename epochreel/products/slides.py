"""A deck of a lecture's own: a slide for each beat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from epochreel.errors import NothingToShow
from epochreel.products.footage import Footage, footage_ingredients
from epochreel.products.one_file import check_ours, make_file
from epochreel.products.plan import Film, FilmPlan
from epochreel.products.pptx.deck import write_deck
from epochreel.products.pptx.design import Ratio
from epochreel.products.pptx.package import open_deck
from epochreel.work.code import code_on_disk
from epochreel.work.events import Listener
from epochreel.work.store import Store, describe
from epochreel.work.workers import Workers
from scenes.drawing.theme import THEMES
from scenes.stage.catalogue import check_names


@dataclass(frozen=True)
class Layout:
    """How clips stand in a new deck.

    Attributes:
        full: as large as the slide, in front of its title.
        autoplay: each plays when its slide comes, not on a click.
        stacked: scenes that have one slide for all their beats, a click each.
        template: a deck whose masters and layouts are used.
        ratio: of a slide's width to its height, where no template says it.
    """

    full: bool = False
    autoplay: bool = False
    stacked: Sequence[str] = ()
    template: Path | None = None
    ratio: Ratio = "16:9"

    @property
    def ingredients(self) -> dict[str, str]:
        """What a deck depends on for it."""
        template = describe(self.template)["sha256"] if self.template else "none"
        looks = {"full": self.full, "autoplay": self.autoplay, "ratio": self.ratio}
        return {
            **{f"layout.{name}": str(value) for name, value in looks.items()},
            "layout.stacked": ", ".join(sorted(self.stacked)),
            "layout.template": template,
        }


def make_deck(
    film: Film, layout: Layout, store: Store, workers: Workers, listen: Listener
) -> FilmPlan:
    """Make the deck `film.path`; gives what there was to do.

    Raises:
        RenderError: these words or numbers cannot be drawn, or a scene is named that has nothing
            to show.
        BadOutput: the deck that is there is not as epochreel wrote it.
        UnreadableDeck: the template is no deck.
    """
    check_as_written(film.path)
    if layout.template:
        open_deck(layout.template)
    check_names(layout.stacked, film.own, "--beats")
    names = [scene.name for scene in film.scenes]
    if missing := [scene for scene in layout.stacked if scene not in names]:
        raise NothingToShow(
            f"--beats {missing[0]}: the deck has no such scene, since --only leaves it out.",
            field="--beats",
            value=missing[0],
        )
    more = {
        **film.more,
        **footage_ingredients(film.show),
        **layout.ingredients,
        "deck": code_on_disk(("epochreel.products.slides",)),
        **{name: version(name) for name in ("python-pptx", "lxml")},
    }
    theme = THEMES[film.show.theme]

    def write(footage: Sequence[Footage], path: Path) -> None:
        write_deck(
            footage,
            path,
            full=layout.full,
            autoplay=layout.autoplay,
            stacked=layout.stacked,
            template=layout.template,
            ratio=layout.ratio,
            page=theme.page,
            ink=theme.ink,
            lesson=film.show.fields["lesson"],
        )

    return make_file(replace(film, more=more), write, store, workers, listen)


def check_as_written(deck: Path, option: str = "--to") -> None:
    """Refuse to write over a deck that somebody made or changed.

    Raises:
        BadOutput: says what to do instead.
    """
    check_ours(deck, option, f"To exchange the clips in it: epochreel slides --into {deck}. ")
