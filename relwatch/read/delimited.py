"""CSV and TSV with a header: one article a row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from relwatch.read import text as texts
from relwatch.read.draft import Draft
from relwatch.read.fieldnames import NAMES, draft, plain

_TOLD = re.compile(r"sep=([,;|\t])\r?\n")  # Excel's own first line
_DELIMITERS = ("\t", ",", ";", "|")


def delimiter_of(head: str) -> str | None:
    """What parts the columns of a text whose first line is a header with a text's column; None for other texts."""
    head = head.lstrip("\ufeff")
    if told := _TOLD.match(head):
        return told[1]
    first, _, rest = head.partition("\n")
    first = first.rstrip("\r")
    if len(first) > 5000:
        return None
    if plain(first) in NAMES["text"] and rest.startswith('"'):
        return ","  # one column
    known = {name for names in NAMES.values() for name in names}
    for mark in _DELIMITERS:
        if mark in first:
            try:
                cells = [plain(cell) for cell in next(csv.reader([first], delimiter=mark))]
            except (csv.Error, StopIteration):
                continue
            if set(cells) & set(NAMES["text"]) and len(set(cells) & known) > 1:
                return mark
    return None


def rows(lines: Iterable[str | texts.Unreadable], delimiter: str) -> Iterator[Draft]:
    """The articles of a table; a row without text gives a draft with a problem, and the rest goes on."""
    csv.field_size_limit(texts.MOST_BYTES)
    reader = csv.reader(_readable(lines), delimiter=delimiter)
    header: list[str] = []
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if not header and _TOLD.match(delimiter.join(row) + "\n"):
                continue
            if not header:
                header = row
                continue
            yield draft(dict(zip(header, row, strict=False)), f"line {reader.line_num}")
    except csv.Error as error:
        at = f"line {reader.line_num}"
        yield Draft(at, problem=f"is no row of a table ({error}); check its quotation marks; the rest is left out")
    except texts.Unreadable as problem:
        yield Draft(f"line {reader.line_num + 1}", problem=f"{problem}; the rest is left out")


def _readable(lines: Iterable[str | texts.Unreadable]) -> Iterator[str]:
    for line in lines:
        if isinstance(line, texts.Unreadable):
            raise line
        yield line.replace("\0", "")
