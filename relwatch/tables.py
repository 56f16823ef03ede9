"""Typed, lazy, cached loading of the tables under ``data/``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from relwatch.errors import TableError


@cache
def data_dir() -> Path:
    """The folder of tables: inside the package when installed, beside it in a checkout."""
    here = Path(__file__).resolve().parent
    for place in (here / "data", here.parent / "data"):
        if place.is_dir():
            return place
    raise TableError("relwatch's data folder is missing; install relwatch again")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of ``data/NAME`` (a CSV file with a header; lines that begin with # are comments)."""
    with open(data_dir() / name, encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def listed(cell: str | None) -> tuple[str, ...]:
    """The items of a cell that holds several, separated by ``|``."""
    return tuple(item.strip() for item in (cell or "").split("|") if item.strip())
