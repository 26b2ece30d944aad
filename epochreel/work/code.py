"""The code that a product depends on: a module with all that it imports of this project.

Told in two ways that agree where nothing was edited in between: from the files on disk, and in
a worker from the very bytes that its modules were loaded from. Imports only the standard
library, so that a worker can call `keep_sources` before anything else of the project is loaded.
"""

import ast
import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGES = ("epochreel", "scenes", "training")

# A module's source, and whether it is a package; None where there is no such module.
Source = tuple[bytes, bool]
Find = Callable[[str], Source | None]

# Filled once `keep_sources` was called.
_loaded: dict[str, Source] | None = None


class Guest(NamedTuple):
    """Code that is not the project's and is drawn with all the same.

    Attributes:
        folder: where it lies.
        names: of the modules and packages there that count as code of the project's.
    """

    folder: Path
    names: frozenset[str]


# Those whose code this process has loaded, or will.
_guests: set[Guest] = set()


def code_on_disk(modules: Sequence[str], guest: Guest | None = None) -> str:
    """A digest of the modules and all they import, as the files say now."""
    return _digest(modules, _finder(guest))


def codes_on_disk(wanted: Mapping[str, tuple[Sequence[str], Guest | None]]) -> dict[str, str]:
    """The same of several, by their names; each file is read once."""
    finders = {guest: cache(_finder(guest)) for _, guest in wanted.values()}
    return {name: _digest(modules, finders[guest]) for name, (modules, guest) in wanted.items()}


def code_loaded(modules: Sequence[str], guest: Guest | None = None) -> str:
    """The same digest of what this process runs. Loads the modules.

    A process that does not keep its sources cannot tell: it takes the files for what it runs.
    """
    if guest and guest not in _guests:
        _guests.add(guest)
        sys.path.append(str(guest.folder))
    for module in modules:
        import_module(module)
    if _loaded is None:
        return _digest(modules, _finder(guest))
    return _digest_of_loaded(tuple(modules))


def keep_sources() -> None:
    """From now on remember what every module of the project was loaded from.

    Python's own bytecode files are passed by: they are told apart by the second and the size
    of their sources, which an edit can leave as they were.
    """
    global _loaded
    _loaded = {}
    sys.meta_path.insert(0, _Finder())


def closure(modules: Sequence[str], find: Find) -> dict[str, Source]:
    """The modules and what they import of the project, and so on.

    What is imported inside functions does not count, nor what is for type checkers only.
    """
    found: dict[str, Source] = {}
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        source = None if name in found else find(name)
        if source is not None:
            found[name] = source
            waiting += _imports(name, *source)
    return found


def _digest(modules: Sequence[str], find: Find) -> str:
    digest = hashlib.sha256()
    for name, (text, _) in sorted(closure(modules, find).items()):
        digest.update(f"{name} {hashlib.sha256(text).hexdigest()}\n".encode())
    return digest.hexdigest()


@cache  # what is loaded stays
def _digest_of_loaded(modules: tuple[str, ...]) -> str:
    assert _loaded is not None
    return _digest(modules, _loaded.get)


def _finder(guest: Guest | None) -> Find:
    """Finds a module's source in the files of the project, and in those of a guest."""

    def find(module: str) -> Source | None:
        top = module.partition(".")[0]
        if top in PACKAGES:
            return _on_disk(ROOT, module)
        return _on_disk(guest.folder, module) if guest and top in guest.names else None

    return find


def _on_disk(root: Path, module: str) -> Source | None:
    path = root.joinpath(*module.split("."))
    for file, is_package in ((path.with_suffix(".py"), False), (path / "__init__.py", True)):
        if file.is_file():
            return file.read_bytes(), is_package
    return None


@cache
def _imports(module: str, text: bytes, is_package: bool) -> tuple[str, ...]:
    """Names of modules that a module may import; some are names in a module."""
    names: list[str] = []
    for statement in _statements(_parsed(module, text).body):
        match statement:
            case ast.Import(names=aliases):
                names += [alias.name for alias in aliases]
            case ast.ImportFrom(module=base, names=aliases, level=level):
                if level:
                    parents = module.split(".")[: None if is_package and level == 1 else -level]
                    base = ".".join([*parents, base] if base else parents)
                names += [str(base), *[f"{base}.{alias.name}" for alias in aliases]]
    return tuple(names)


def _parsed(module: str, text: bytes) -> ast.Module:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError) as error:
        from epochreel.errors import BrokenCode

        line = f", line {error.lineno}" if isinstance(error, SyntaxError) else ""
        raise BrokenCode(f"The code of {module} cannot be read{line}: {error}.") from None


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """All statements that run when a module is loaded."""
    for statement in body:
        yield statement
        match statement:
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=rest):
                yield from _statements(rest)
            case ast.If(body=then, orelse=rest):
                yield from _statements([*then, *rest])
            case ast.Try(body=body, handlers=handlers, orelse=rest, finalbody=last):
                caught = [line for handler in handlers for line in handler.body]
                yield from _statements([*body, *caught, *rest, *last])


class _Keeper(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        text = self.get_data(self.path)
        assert _loaded is not None
        _loaded[fullname] = text, self.is_package(fullname)
        return self.source_to_code(text, self.path)


class _Finder(MetaPathFinder):
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        top = name.partition(".")[0]
        if top not in PACKAGES and not any(top in guest.names for guest in _guests):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Keeper(spec.loader.name, spec.loader.path)
        return spec
