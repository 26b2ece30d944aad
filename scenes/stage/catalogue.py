"""The scenes there are, known by their names alone: none of them is imported here.

Those that ship are the files of `scenes/`, one each. A lecturer's own are classes in a file that
`--scenes` names; an installed package has its own as entry points of GROUP.
"""

import ast
import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from epochreel.errors import BadScenes, NoSuchScene, shown
from epochreel.lecture.settings import Lecture
from epochreel.lecture.table import suggestion
from epochreel.record.view import Show

GROUP = "epochreel.scenes"
BASE = "LectureScene"
# What a film shows, in this order, unless its lecture says otherwise.
FILM = (
    *("title", "compile_call", "data", "network", "forward_pass", "epochs", "training_loop"),
    *("loss_formula", "loss_evaluation", "gradient_step", "loss_curve", "fit", "references"),
)
# Of runs side by side.
COMPARISON = ("compare",)


@dataclass(frozen=True)
class SceneCode:
    """A scene, and where its code is.

    Attributes:
        name: as lectures and `--only` call it: `loss_curve`.
        module: the module that holds its class.
        class_name: the class: `LossCurve`.
        folder: where the module lies, if it is none of ours.
        beside: names of modules and packages in that folder that it may import.
    """

    name: str
    module: str
    class_name: str
    folder: Path | None = None
    beside: frozenset[str] = frozenset()


@cache
def shipped() -> dict[str, SceneCode]:
    """The scenes that come with epochreel, in the film's order, the others behind."""
    files = Path(__file__).parents[1].glob("*.py")
    names = sorted(file.stem for file in files if file.stem != "__init__")
    names.sort(key=lambda name: FILM.index(name) if name in FILM else len(FILM))
    return {name: SceneCode(name, f"scenes.{name}", _class_name(name)) for name in names}


@cache
def installed() -> dict[str, SceneCode]:
    """The scenes of installed packages: `my_scene = "my_package.my_module:MyScene"`."""
    found = {}
    for point in entry_points(group=GROUP):
        top = point.module.partition(".")[0]
        spec = importlib.util.find_spec(top)
        if spec and spec.origin:
            package = Path(spec.origin).parent if spec.submodule_search_locations else None
            folder = package.parent if package else Path(spec.origin).parent
            found[point.name] = SceneCode(
                point.name, point.module, point.attr, folder, frozenset([top])
            )
    return found


def scenes_in(file: Path) -> tuple[SceneCode, ...]:
    """The scenes in a file of the lecturer's own; it is read here, and run by who draws.

    Raises:
        BadScenes: it cannot be read, holds no scene, or its name is that of another module.
    """
    try:
        tree = ast.parse(file.read_bytes())
    except OSError as error:
        raise _refused(file, f"cannot be read: {error.strerror}") from None
    except (SyntaxError, ValueError) as error:
        where = f", line {error.lineno}: {error.msg}" if isinstance(error, SyntaxError) else ""
        raise _refused(file, f"cannot be read as Python{where or f': {error}'}") from None
    module, folder = file.stem, file.resolve().parent
    if not module.isidentifier():
        raise _refused(file, f"cannot be imported: {module!r} is no name in Python; rename it")
    if _is_taken(module, folder):
        raise _refused(file, f"cannot be imported: there is another module {module!r}; rename it")
    names = [*_scene_classes(tree)]
    if not names:
        raise _refused(file, f"holds no scene: no class in it is a {BASE}")
    beside = frozenset(
        path.stem
        for path in folder.iterdir()
        if _is_importable(path) and not _is_taken(path.stem, folder)
    )
    return tuple(SceneCode(_name(name), module, name, folder, beside) for name in names)


def known(own: Sequence[SceneCode] = ()) -> dict[str, SceneCode]:
    """Every scene by its name; the lecturer's own go before those of that name that ship."""
    return {**shipped(), **installed(), **{scene.name: scene for scene in own}}


def check_names(names: Sequence[str], own: Sequence[SceneCode] = (), field: str = "--only") -> None:
    """Refuse a scene that does not exist, which no record is needed to know.

    Args:
        names: of scenes, or of beats as `scene/beat`.

    Raises:
        NoSuchScene: names those that do.
    """
    there = known(own)
    for name in scene_names(names):
        if name not in there:
            raise NoSuchScene(
                f"There is no scene {shown(name)}, which {field} names."
                f"{suggestion(name, [*there])}",
                field=field,
                value=name,
            )


def check_lecture(lecture: Lecture, own: Sequence[SceneCode] = ()) -> None:
    """Refuse a lecture that names a scene that does not exist.

    Raises:
        NoSuchScene: says where.
    """
    check_names(lecture.film.scenes or (), own, "film.scenes")
    for table, words in (("captions", lecture.captions), ("chapters", lecture.chapters)):
        for language, texts in words.items():
            check_names([*texts], own, f"{table}.{language}")


def film_scenes(
    show: Show, own: Sequence[SceneCode] = (), only: Sequence[str] = ()
) -> list[SceneCode]:
    """The scenes that a film may have, in order, or of them those in `only`.

    Which of them have something to show is known when they are gone through.

    Args:
        own: the lecturer's; where the lecture does not say where, they come last but for
            the references.
        only: names of scenes, or of beats as `scene/beat`.

    Raises:
        NoSuchScene: a name is that of no scene.
    """
    wanted = show.lecture.film.scenes
    check_names(only, own)
    check_lecture(show.lecture, own)
    alone = show.runs and not show.lecture.compare
    names = [*(COMPARISON if alone else wanted or FILM)]
    more = [scene.name for scene in own if scene.name not in names and not alone]
    if show.runs and not wanted and not alone:
        more += COMPARISON
    at = len(names) - (names[-1:] == ["references"])
    names[at:at] = more
    # What is asked for by name is looked at, whatever the film shows.
    names += [name for name in scene_names(only) if name not in names]
    chosen = scene_names(only) or names
    there = known(own)
    return [there[name] for name in names if name in chosen]


def scene_names(only: Sequence[str]) -> list[str]:
    """The scenes of a selection, each once."""
    return [*dict.fromkeys(name.partition("/")[0] for name in only)]


def _class_name(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _name(class_name: str) -> str:
    """`WeightPaths` as `weight_paths`."""
    return "".join(
        f"_{letter.lower()}" if letter.isupper() and at else letter.lower()
        for at, letter in enumerate(class_name)
    )


def _scene_classes(tree: ast.Module) -> Iterator[str]:
    scenes = {BASE}
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef):
            bases = {ast.unparse(base).rpartition(".")[2] for base in statement.bases}
            if bases & scenes:
                scenes.add(statement.name)
                yield statement.name


def _is_importable(path: Path) -> bool:
    return path.suffix == ".py" or (path / "__init__.py").is_file()


def _is_taken(module: str, folder: Path) -> bool:
    """Whether a module of that name comes from somewhere else than the folder."""
    spec = importlib.util.find_spec(module)
    return spec is not None and (not spec.origin or folder not in Path(spec.origin).parents)


def _refused(file: Path, problem: str) -> BadScenes:
    return BadScenes(f"{shown(file)} {problem}.", field="--scenes", value=file)
