"""Typed, lazy, cached loading of the tables under ``data/``, and of a user's own beside them.

A user's folder holds tables with the names of ours: the one that ``use`` or ``RELWATCH_TABLES`` names, else
``relwatch-tables`` beside the store. Its rows are added to ours; one that has the key of a row of ours
(``key`` in ``data/schema.csv``) takes its place.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from relwatch import places
from relwatch.errors import TableError

VARIABLE = places.TABLES
SCHEMA = "schema.csv"
Row = dict[str, str]
_chosen: Path | None = None  # the folder that was asked for
_read: list[Path | None] = []  # the folder that tables were read from, once they were


@cache
def data_dir() -> Path:
    """The folder of tables: inside the package when installed, beside it in a checkout."""
    here = Path(__file__).resolve().parent
    for place in (here / "data", here.parent / "data"):
        if place.is_dir():
            return place
    raise TableError("relwatch's data folder is missing; install relwatch again")


def use(folder: Path | None) -> None:
    """Take a user's tables from ``folder`` (None: from the usual place again), and forget what was loaded."""
    global _chosen
    _chosen = folder
    forget()


def refresh() -> None:
    """Forget what was loaded where the user's tables are elsewhere now, as the environment says."""
    if _read and _read[-1] != _place():
        forget()


def forget() -> None:
    """Load every table anew when it is next asked for."""
    _read.clear()
    for name, module in list(sys.modules.items()):
        if name.startswith("relwatch."):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def own_place() -> Path:
    """Where a user's own tables are, or would be."""
    return _chosen or places.tables_beside()


def _place() -> Path | None:
    if _chosen or os.environ.get(VARIABLE):
        return own_place()
    if VARIABLE in os.environ:  # empty: none
        return None
    place = own_place()
    return place if place.is_dir() else None


def user_dir() -> Path | None:
    """The folder of the user's own tables, None without one. Raises TableError where one was named and is not there."""
    folder = _place()
    if folder is not None and not folder.is_dir():
        raise TableError(f"{folder}: no such folder of tables; give one that has tables like those of data/")
    _read[:] = [folder]
    return folder


def rows(name: str) -> Iterator[Row]:
    """The rows of ``data/NAME`` (a CSV file with a header; lines that begin with # are comments).

    The user's own rows come last, without those of ours that they replace.
    """
    own = own_rows(name)
    if not own:
        yield from _ours(name)
        return
    key = keys()[name]
    replaced = {tuple(row[column] for column in key) for row in own}
    yield from (row for row in _ours(name) if tuple(row[column] for column in key) not in replaced)
    yield from own


def own_rows(name: str) -> list[Row]:
    """The rows of the user's own table of this name, with every column of ours; empty without one.

    Raises TableError on a table that cannot be read or a cell that its column does not allow.
    """
    folder = user_dir()
    if folder is None or not (folder / name).is_file():
        return []
    from relwatch import schema  # here, not above: most runs have no tables of their own

    return schema.sound_rows(folder / name)


def _ours(name: str) -> Iterator[Row]:
    with open(data_dir() / name, encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


@cache
def columns() -> dict[str, tuple[Row, ...]]:
    """The rows of ``schema.csv`` by table: its columns in their order, and what they hold."""
    out: dict[str, list[Row]] = {}
    for row in _ours(SCHEMA):
        out.setdefault(row["table"], []).append(row)
    return {table: tuple(found) for table, found in out.items()}


def keys() -> dict[str, tuple[str, ...]]:
    """The columns that tell the rows of each table apart."""
    return {table: tuple(row["column"] for row in found if row["key"] == "yes") for table, found in columns().items()}


def listed(cell: str | None) -> tuple[str, ...]:
    """The items of a cell that holds several, separated by ``|``."""
    return tuple(item.strip() for item in (cell or "").split("|") if item.strip())
