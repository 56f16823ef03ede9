"""Write a listing in the format that was asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from relwatch.cli.options import Output
from relwatch.render import formats
from relwatch.render.formats import Flat


@dataclass(frozen=True)
class Rows:
    """Records, and how one becomes a row: ``flat`` gives a mapping that has all of ``fields``."""

    records: Callable[[], Iterable[Any]]
    fields: Sequence[str]
    flat: Flat = dict


@dataclass(frozen=True)
class Listing:
    """A listing in all its forms; each is a function, so that only the one asked for is made.

    ``rows`` are JSON objects and make CSV and TSV too; ``plain``, where given, makes the lines of a pipe;
    ``table`` prints to the terminal and returns how many it printed. ``empty`` tells the reader of a table
    or of plain lines why there are none; a program that asked for a format gets just the empty format.
    """

    rows: Rows
    table: Callable[[], int]
    plain: Rows | None = None
    empty: Callable[[], None] | None = None


def write(listing: Listing, output: Output) -> None:
    """Write ``listing`` to standard output."""
    out, rows, kind = sys.stdout, listing.rows, output.format
    shown = 1
    if kind == "table":
        shown = listing.table()
    elif kind == "json":
        formats.write_json(rows.records(), out)
    elif kind == "jsonl":
        formats.write_jsonl(rows.records(), out)
    elif kind == "csv":
        formats.write_csv(rows.records(), rows.fields, rows.flat, out, output.safe_csv)
    elif kind == "tsv":
        formats.write_tsv(rows.records(), rows.fields, rows.flat, out)
    else:
        rows = listing.plain or rows
        shown = formats.write_tsv(rows.records(), rows.fields, rows.flat, out, header=False)
    if not shown and listing.empty:
        listing.empty()
