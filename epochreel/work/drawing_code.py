"""The code that draws scenes: its digests on disk and in a worker, and whose its errors are."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from epochreel.errors import BadScenes, EpochreelError, StaleCode, told
from epochreel.work.code import Guest, code_loaded, codes_on_disk
from scenes.stage.catalogue import SceneCode

# The code that draws each scene, as it is now.
Codes = Mapping[SceneCode, str]


def modules_of(scene: SceneCode) -> tuple[str, str]:
    """The modules that draw a scene."""
    return scene.module, "scenes.stage.render"


def guest_of(scene: SceneCode) -> Guest | None:
    """What of a scene's code is not the project's."""
    return Guest(scene.folder, scene.beside) if scene.folder else None


def drawing_codes(scenes: Iterable[SceneCode]) -> dict[SceneCode, str]:
    """A digest of the code that draws each scene, as the files say now."""
    named = {scene.name: scene for scene in scenes}
    codes = codes_on_disk(
        {name: (modules_of(scene), guest_of(scene)) for name, scene in named.items()}
    )
    return {named[name]: code for name, code in codes.items()}


@contextmanager
def blamed_on(scene: SceneCode) -> Iterator[None]:
    """Say in one line what goes wrong in the code of a lecturer's own scene, and where.

    Raises:
        BadScenes: in place of any error of that code.
    """
    try:
        yield
    except EpochreelError:
        raise
    except (Exception, SystemExit) as error:
        if scene.folder is None:
            raise
        raise BadScenes(
            f"The scene {scene.name!r} cannot be drawn: {told(error, scene.folder)}.",
            field="--scenes",
            value=scene.name,
        ) from error


def check_code(scene: SceneCode, code: str) -> None:
    """Refuse, in a worker, to draw with other code than the key says. Loads the scene.

    Raises:
        StaleCode: it was edited after the key was made, or before it was loaded here.
        BadScenes: a file of the lecturer's own cannot be run.
    """
    with blamed_on(scene):
        loaded = code_loaded(modules_of(scene), guest_of(scene))
    if loaded != code:
        raise StaleCode(f"The code of the scene {scene.name!r} was edited while it was drawn.")
