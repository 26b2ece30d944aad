"""The scenes there are, in the order of the film. Imports none of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from epochreel.errors import CannotDraw, NoSuchScene, NothingToShow, shown
from epochreel.record.view import Show


@dataclass(frozen=True)
class Entry:
    """A scene: its file's name, and its chapter's name in each language."""

    name: str
    titles: Mapping[str, str]
    loss: str | None = None  # the only loss it can show


def _entry(name: str, zh: str, en: str, loss: str | None = None) -> Entry:
    return Entry(name, {"zh": zh, "en": en}, loss)


CATALOGUE = (
    _entry("title", "片头", "Title"),
    _entry("compile_call", "编译与训练", "Compile and fit"),
    _entry("data", "数据", "Data"),
    _entry("epochs", "逐轮训练", "Epoch by epoch"),
    _entry("training_loop", "训练循环", "The training loop"),
    _entry("mse_formula", "均方误差公式", "The mean squared error", "mean_squared_error"),
    _entry("mse_evaluation", "均方误差计算", "Worked out", "mean_squared_error"),
    _entry("loss_curve", "损失曲线", "The loss curve"),
    _entry("fit", "拟合", "The fit"),
    _entry("compare", "比较", "Side by side"),
    _entry("references", "参考文献", "References"),
)


def check_names(only: Sequence[str]) -> None:
    """Refuse a scene that does not exist, which no record is needed to know.

    Args:
        only: names of scenes, or of beats as `scene/beat`.

    Raises:
        NoSuchScene: names those that do.
    """
    names = [entry.name for entry in CATALOGUE]
    for name in scene_names(only):
        if name not in names:
            raise NoSuchScene(
                f"There is no scene {shown(name)}. There are: {', '.join(names)}.",
                field="--only",
                value=name,
            )


def scenes_of(show: Show, only: Sequence[str] = ()) -> list[Entry]:
    """The scenes that this record and these words fill, in order; of them those in `only`.

    Args:
        only: names of scenes, or of beats as `scene/beat`.

    Raises:
        RenderError: `only` names a scene that does not exist or has nothing to show, or the
            network has layers that no scene draws.
    """
    if not show.runs:
        _check_layers(show)
    check_names(only)
    possible = [entry for entry in CATALOGUE if _has_content(entry, show)]
    for name in scene_names(only):
        if name not in [entry.name for entry in possible]:
            raise NothingToShow(
                f"The scene {name!r} has nothing to show here: {_what_there_is(name, show)}.",
                field="--only",
                value=name,
            )
    return [entry for entry in possible if not only or entry.name in scene_names(only)]


def scene_names(only: Sequence[str]) -> list[str]:
    """The scenes of a selection, each once."""
    return [*dict.fromkeys(name.partition("/")[0] for name in only)]


def _check_layers(show: Show) -> None:
    for number, layer in enumerate(show.record.layers, start=1):
        if layer.type != "Dense":
            raise CannotDraw(
                f"Layer {number} ({layer.name!r}) is a {layer.type} layer; "
                "the scenes draw networks of Dense layers.",
                field=f"layers[{number - 1}].type",
                value=layer.type,
            )


def _has_content(entry: Entry, show: Show) -> bool:
    # Runs side by side have a scene of their own; the others tell of one run.
    if show.runs or entry.name == "compare":
        return bool(show.runs) and entry.name == "compare"
    if entry.name == "references":
        return bool(show.lecture.words.references)
    return entry.loss in (None, show.record.hyperparameters.get("loss"))


def _what_there_is(name: str, show: Show) -> str:
    """Why a scene has nothing to show."""
    if show.runs:
        return f"{len(show.runs)} runs are compared, which the scene 'compare' draws"
    if name == "compare":
        return "it draws runs side by side, and this is one run"
    loss = show.record.hyperparameters.get("loss")
    references = len(show.lecture.words.references)
    return f"the loss is {loss!r}, and the lecture lists {references} references"
