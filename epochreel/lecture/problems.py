"""What pydantic found wrong with a lecture, in this project's words and classes."""

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from epochreel.errors import LONGEST_VALUE, BadSetting, LectureError, UnknownSetting, shown
from epochreel.lecture.layers import KINDS as LAYERS
from epochreel.lecture.settings import Lecture
from epochreel.lecture.table import suggestion

MAX_LINES = 10
OF_A_KEY = "[key]"  # where pydantic found a problem with a table's key, and not with its value


def as_lecture_error(error: ValidationError, source: str) -> LectureError:
    """One line for each problem, such as `file: [training] has no setting 'x'`.

    Class, field and value of the error are those of the first problem.
    """
    problems = error.errors(include_url=False)
    lines = [_line(problem, source) for problem in problems[:MAX_LINES]]
    if len(problems) > MAX_LINES:
        lines.append(f"{source}: and {len(problems) - MAX_LINES} more like these.")
    first = problems[0]
    cause = _cause(first)
    kind = UnknownSetting if first["type"] == "extra_forbidden" else type(cause or BadSetting(""))
    field = cause.field if cause and cause.field else _field(first)
    return kind("\n".join(lines), field=field, value=first["input"])


def _cause(problem: ErrorDetails) -> LectureError | None:
    """The error of our own that a check of ours raised its ValueError from."""
    cause = getattr(problem.get("ctx", {}).get("error"), "__cause__", None)
    return cause if isinstance(cause, LectureError) else None


def _field(problem: ErrorDetails) -> str:
    """Where the setting stands: `training.epochs`, `model.layers[0].units`."""
    parts = (
        f"[{part}]" if isinstance(part, int) else f".{part[:LONGEST_VALUE]}"
        for part in problem["loc"]
        if part not in LAYERS
    )
    return "".join(parts).lstrip(".")


def _line(problem: ErrorDetails, source: str) -> str:
    location = tuple(part for part in problem["loc"] if part not in LAYERS)
    table, *rest = location or ("",)
    where = f"[{table}]" if table else ""
    inner = ".".join(
        str(part + 1) if isinstance(part, int) else part[:LONGEST_VALUE]
        for part in rest
        if part != OF_A_KEY
    )
    if problem["type"] == "extra_forbidden":
        name = str(location[-1])
        owner = f"{source}: {where}" if rest else source
        if len(rest) > 1:
            owner += f" {inner.rpartition('.')[0]}"
        known = _settings_at(problem["loc"][:-1])
        return f"{owner} has no setting {shown(name)}.{suggestion(name, known)}"
    if problem["type"] == "union_tag_invalid":
        name = problem["ctx"]["tag"]
        ending = suggestion(name, [*LAYERS])
        return f"{source}: {where} {inner}: there is no layer {shown(name)}.{ending}"
    if problem["type"] == "missing":
        return f"{source}: {where} {inner} is missing."
    message = problem["msg"].removeprefix("Value error, ")
    if problem["type"] != "value_error":
        found = problem["input"]
        ending = "" if isinstance(found, dict | list) else f" Found {shown(found)}."
        message = f"{message.removesuffix('.')}.{ending}"
    place = f"{where} {inner + ': ' if inner else ''}".lstrip()
    return f"{source}: {place}{message}"


def _settings_at(location: tuple[int | str, ...]) -> list[str]:
    table: type[BaseModel] = Lecture
    for part in location:
        if part in LAYERS:
            table = LAYERS[part]
            continue
        if isinstance(part, int):
            continue
        annotation = table.model_fields[part].annotation
        inner = getattr(annotation, "__args__", (annotation,))[0]
        inner = getattr(inner, "__args__", (inner,))[0]
        table = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else table
    return [name for name in table.model_fields if name not in ("name", "folder")]
