"""Writing a user's own tables: a row added or taken away, checked before it counts, all or nothing."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from relwatch import schema, tables
from relwatch.errors import TableError
from relwatch.tables import Row

Test = Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Own:
    """A row of a user's table, and where it stands."""

    path: Path
    line: int
    row: Row


def rows(name: str) -> list[Own]:
    """The rows of the user's table of this name, in its order; none where there is no such table.

    Raises TableError on a table that cannot be read.
    """
    path = tables.own_place() / name
    if not path.is_file():
        return []
    tables.own_rows(name)  # raises where a cell is wrong
    return [Own(path, line.number, line.row) for line in schema.read(path).lines]


def put(name: str, row: Row, instead: Test | None = None) -> bool:
    """Write a row into the user's table of this name, in the place of the rows ``instead``; whether there were any.

    Without ``instead`` it takes the place of one with the same key.

    The table and its folder are made if need be, its other lines stay as they are. Raises TableError, and
    nothing changes, when the table would not be sound.
    """
    key = tables.keys()[name]
    instead = instead or (lambda old: all(old[column] == row.get(column, "") for column in key))
    path = tables.own_place() / name
    same = {own.line for own in rows(name) if instead(own.row)}
    _write(path, _with(_without(_text(path), same), name, row))
    return bool(same)


def take(name: str, wanted: Test) -> list[Row]:
    """Take the rows that are wanted out of the user's table of this name; those rows. Raises TableError."""
    gone = [own for own in rows(name) if wanted(own.row)]
    if gone:
        _write(gone[0].path, _without(_text(gone[0].path), {own.line for own in gone}))
    return [own.row for own in gone]


# -- text ----------------------------------------------------------------------------------------


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{path}: cannot be read; save it as CSV in UTF-8") from error


def _with(text: str, name: str, row: Row) -> str:
    """A table's text with a row more; columns that its header lacks and the row fills are added to the header."""
    wanted = [column["column"] for column in tables.columns()[name]]
    lines = text.splitlines(keepends=True)
    at = next((n for n, line in enumerate(lines) if not line.startswith("#") and line.strip()), None)
    header = next(csv.reader([lines[at]])) if at is not None else wanted
    missing = [column for column in wanted if column not in header and row.get(column)]
    if at is None:
        lines.append(_line(header))
    elif missing:
        header = header + missing
        lines[at] = _line(header)
    if not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return "".join(lines) + _line([row.get(column, "") for column in header])


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _without(text: str, ends: set[int]) -> str:
    """A table's text without the rows that end on these lines; a row may have begun some lines before."""
    kept: list[str] = []
    row: list[str] = []
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if line.startswith("#"):
            kept.append(line)
            continue
        row.append(line)
        if "".join(row).count('"') % 2 == 0:
            kept += row if number not in ends else []
            row = []
    return "".join(kept + row)


# -- file ----------------------------------------------------------------------------------------


def _write(path: Path, text: str) -> None:
    """Put a table in place at once, so that a reader finds the old one or the new one. Raises TableError."""
    with _errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=path.parent) as folder:
            new = Path(folder, path.name)  # under its own name: the name tells the columns
            with new.open("w", encoding="utf-8", newline="") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            for problem in schema.problems(schema.read(new)):
                raise TableError(f"{path}: {problem.what}; {problem.hint}")
            new.replace(path)
    tables.forget()


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise TableError(f"{path}: cannot be written ({reason}); name another folder with --tables") from error
