"""The shape of the house: imports go one way, spaCy has one door, rooms stay small."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parents[1] / "relwatch"
MOST_LINES = 350

# From the ground up; a room may import those before it, and its own. What is not named here is a stage.
ORDER = ("ground", "tables", "stages", "coder", "store", "ingest", "query", "render", "cli")
ROOMS = {
    "__init__": "ground", "records": "ground", "errors": "ground", "places": "ground",
    "tables": "tables", "schema": "tables", "eventjson": "tables", "gazetteer": "tables",
    "partywords": "tables", "aliases": "tables",
    "coder": "coder", "check": "coder", "evaluate": "coder", "why": "coder",
    "store": "store", "recoding": "store", "duplicates": "store", "holdings": "store", "filelog": "store",
    "pieces": "store",
    "storefile": "store", "storerows": "store", "migrations": "store", "ingest": "ingest",
    "likeness": "query", "merge": "query", "encounters": "query", "readouts": "query", "search": "query",
    "query": "query", "unknown": "query", "timeline": "query", "summary": "query", "contacts": "query",
    "matrix": "query", "shifts": "query", "formulas": "query", "series": "query", "coverage": "query",
    "sides": "query", "lastrun": "query", "directed": "query", "initiative": "query", "differences": "query",
    "render": "render", "cli": "cli", "__main__": "cli",
}  # fmt: skip
# Rooms that `timeline` loads import these in functions, where they are needed, and never at start-up.
LIGHT_ROOMS = ("ground", "tables", "store", "ingest", "query", "render", "cli")
HEAVY = ("spacy", "sqlite_utils", "rich", "dateutil", "platformdirs", "charset_normalizer")


class Import(NamedTuple):
    """A module that another imports: in a function, for the type checker only, or when it is loaded."""

    name: str
    when: str


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return ROOMS.get(path.relative_to(PACKAGE).parts[0].removesuffix(".py"), "stages")


def is_module(name: str) -> bool:
    place = PACKAGE.parent.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def imports(path: Path) -> list[Import]:
    return list(_imports(ast.parse(path.read_text(encoding="utf-8")), "load"))


def _imports(node: ast.AST, when: str) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, when) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "write imports in full"
            for alias in child.names:
                whole = f"{child.module}.{alias.name}"
                yield Import(whole if is_module(whole) else str(child.module), when)
        elif isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
            yield from _imports(child, "types")
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _imports(child, "call")
        else:
            yield from _imports(child, when)


def short(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", modules(), ids=short)
def test_imports_go_one_way(path: Path) -> None:
    mine = room(path)
    for name, _ in imports(path):
        if name.startswith("relwatch."):
            other = ROOMS.get(name.split(".")[1], "stages")
            assert ORDER.index(other) <= ORDER.index(mine), f"a room of {mine} imports {name}, of {other}"


@pytest.mark.parametrize("path", modules(), ids=short)
def test_heavy_libraries_are_imported_late(path: Path) -> None:
    for name, when in imports(path):
        library = name.split(".")[0]
        if library == "spacy" and when != "types":
            assert path.stem == "segment", "only segment.py loads spaCy"
        if library in HEAVY and when == "load":
            own = library == "rich" and room(path) == "render"
            assert own or room(path) not in LIGHT_ROOMS, f"{library} is loaded at start-up"


def test_modules_load_without_cycles() -> None:
    names = {p: ".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts) for p in modules()}
    graph = {names[p].removesuffix(".__init__"): {i.name for i in imports(p) if i.when == "load"} for p in modules()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " > ".join((*trail, name))
        if name not in done:
            for other in graph.get(name, ()):
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_rooms_stay_small() -> None:
    """A warning, no failure: a room past the mark is to be split when there is a good seam."""
    for path in modules():
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES:
            warnings.warn(f"{short(path)} has {lines} lines; rooms stay below {MOST_LINES}", stacklevel=1)
