"""Rows as JSON, JSON lines, CSV, TSV and plain lines. Field names and their order are an interface."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TextIO

from relwatch.render.text import defused, escaped_json, one_line

Format = Literal["table", "plain", "json", "jsonl", "csv", "tsv"]
Record = Mapping[str, Any]
Flat = Callable[[Any], Mapping[str, Any]]


def dumps(value: Any, indent: int | None = None) -> str:
    """``value`` as JSON text that no terminal obeys."""
    return escaped_json(json.dumps(value, ensure_ascii=False, indent=indent))


def cell(value: Any, safe: bool = False) -> str:
    """One value as the text of a cell: None is empty, a list is joined with ``|``.

    ``safe`` defuses text that begins a formula; a number is none.
    """
    if isinstance(value, str):  # first: nearly all are
        text = one_line(value)
    elif isinstance(value, list | tuple):
        text = "|".join([cell(item) for item in value])
    else:
        return "" if value is None else str(value)
    return defused(text) if safe else text


def write_json(records: Iterable[Record], out: TextIO) -> None:
    """An array, one record a line, so that a long listing streams and still reads well."""
    first = True
    for record in records:
        out.write("[" if first else ",\n ")
        out.write(dumps(record))
        first = False
    out.write("[]\n" if first else "]\n")


def write_jsonl(records: Iterable[Record], out: TextIO) -> None:
    """One record a line."""
    for record in records:
        out.write(dumps(record) + "\n")


def write_csv(records: Iterable[Record], fields: Sequence[str], flat: Flat, out: TextIO, safe: bool) -> None:
    """Comma-separated values with a header (RFC 4180); ``safe`` defuses cells that begin a formula."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    for record in records:
        row = flat(record)
        writer.writerow([cell(row[name], safe) for name in fields])


def write_tsv(
    records: Iterable[Record],
    fields: Sequence[str],
    flat: Flat,
    out: TextIO,
    *,
    safe: bool = False,
    header: bool = True,
) -> int:
    """Tab-separated values; a tab or a newline in a cell is a space, so one record is one line.

    Returns the number of records.
    """
    count = 0
    if header:
        out.write("\t".join(fields) + "\n")
    for record in records:
        row = flat(record)
        out.write("\t".join([cell(row[name], safe) for name in fields]) + "\n")
        count += 1
    return count
