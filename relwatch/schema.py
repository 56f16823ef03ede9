"""What is wrong with a table: its header, and each cell against ``data/schema.csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from relwatch import tables
from relwatch.errors import TableError
from relwatch.records import TOPICS, TYPES

GROUPS = {"@types": TYPES, "@topics": TOPICS}
DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
PARTY = re.compile(r"[A-Z][A-Z0-9_]+")
PREPOSITIONS = frozenset(
    """about above across after against ahead along alongside amid among around as at before behind belonging
    below beneath beside besides between beyond by concerning despite down during except following for from in
    inside into like near of off on onto opposite out outside over past per regarding round since than through
    throughout to toward towards under until up upon versus via with within without""".split()
)
NEED = re.compile(r"([a-z]+)(?:(!=|=|:)(.+))?")
FILLERS = frozenset(("party", "person", "many", "any", "force", "none", "org", "people"))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line of a table, and what to try; ``line`` is 0 for the whole file."""

    path: Path
    line: int
    what: str
    hint: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}; {self.hint}"


@dataclass(frozen=True, slots=True)
class Line:
    """A row and the number of the line on which it ends."""

    number: int
    row: tables.Row


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read. ``problems``: what is wrong with the file as such; it may then have no lines."""

    path: Path
    header: tuple[str, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


def sound_rows(path: Path) -> list[tables.Row]:
    """The rows of a user's table, filled up with empty cells. Raises TableError at the first problem."""
    table = read(path)
    for problem in problems(table):
        raise TableError(f"{problem} (`relwatch check --tables {path.parent}` shows all)")
    return [line.row for line in table.lines]


def read(path: Path) -> Table:
    """A table with its line numbers; a cell that is not there is empty."""
    numbers: list[int] = []

    def lines(content: str) -> Iterator[str]:
        for number, line in enumerate(content.splitlines(keepends=True), 1):
            if not line.startswith("#"):
                numbers.append(number)
                yield line

    try:
        reader = csv.reader(lines(path.read_text(encoding="utf-8-sig")), strict=True)
        found = [(numbers[reader.line_num - 1], cells) for cells in reader if cells]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        line = numbers[-1] if numbers else 0
        return Table(path, (), (), (Problem(path, line, _reason(error), "save it as CSV in UTF-8"),))
    header = tuple(found.pop(0)[1]) if found else ()
    wide = [
        Problem(path, n, f"has {len(cells)} cells for {len(header)} columns", 'put a cell with commas in "..."')
        for n, cells in found
        if len(cells) > len(header)
    ]
    wanted = [row["column"] for row in tables.columns().get(path.name, ())]
    rows = [Line(n, dict.fromkeys(wanted, "") | dict(zip(header, cells, strict=False))) for n, cells in found]
    return Table(path, header, tuple(rows), tuple(wide))


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "is not in UTF-8"
    if isinstance(error, OSError):
        return f"cannot be read ({(error.strerror or 'unknown error').lower()})"
    return f"is no CSV ({error})"


def problems(table: Table) -> Iterator[Problem]:
    """What is wrong with a table's file, header, cells and keys, in that order of the lines."""
    yield from table.problems
    columns = tables.columns().get(table.path.name)
    if columns is None:
        known = ", ".join(sorted(tables.columns())[:6])
        yield Problem(table.path, 0, "is no table of relwatch", f"name it like one of ours: {known}, ...")
        return
    if not table.header:
        return
    yield from _header(table, [c["column"] for c in columns])
    present = [c for c in columns if c["column"] in table.header]
    seen: dict[tuple[str, ...], int] = {}
    key = [c["column"] for c in columns if c["key"] == "yes"]
    for line in table.lines:
        for column in present:
            complaint = cell_problem(column, line.row[column["column"]])
            if complaint:
                yield Problem(table.path, line.number, *complaint)
        first = seen.setdefault(tuple(line.row[c] for c in key), line.number)
        if key and first != line.number:
            yield Problem(table.path, line.number, f"repeats line {first}", f"give it another {' or '.join(key)}")


def _header(table: Table, wanted: Sequence[str]) -> Iterator[Problem]:
    for name in table.header:
        if name not in wanted:
            yield Problem(table.path, 1, f"has an unknown column {name!r}", f"the columns are {','.join(wanted)}")
    required = [c["column"] for c in tables.columns()[table.path.name] if c["required"] == "yes"]
    for name in required:
        if name not in table.header:
            yield Problem(table.path, 1, f"lacks the column {name!r}", f"the columns are {','.join(wanted)}")


def unsorted(table: Table) -> Iterator[Problem]:
    """The first line of ours that stands before its place."""
    order = sorted((c["sorted"], c["column"]) for c in tables.columns()[table.path.name] if c["sorted"])
    previous: tuple[str, ...] = ()
    for line in table.lines:
        here = tuple(line.row[column] for _, column in order)
        if here < previous:
            names = ", ".join(column for _, column in order)
            yield Problem(table.path, line.number, f"is not in its place ({here[0]!r})", f"sort by {names}")
            return
        previous = here


# -- cells ---------------------------------------------------------------------------------------

Complaint = tuple[str, str]


def cell_problem(column: tables.Row, cell: str) -> Complaint | None:
    """What is wrong with a cell and what to try, None where it is as its column says."""
    if not cell.strip():
        missing = f"{column['column']} is empty", f"give {column['meaning']}"
        return missing if column["required"] == "yes" else None
    return CHECKS[column["kind"]](column, cell)


def allowed(column: tables.Row) -> tuple[str, ...]:
    """The words that a column allows, groups such as @types spelled out."""
    return tuple(v for item in tables.listed(column["values"]) for v in GROUPS.get(item, (item,)))


def _one_of(column: tables.Row, cell: str, words: Sequence[str]) -> Complaint | None:
    if cell in words:
        return None
    return f"{column['column']} {cell!r} is not known", f"write one of {', '.join(words)}"


def _text(column: tables.Row, cell: str) -> Complaint | None:
    if cell != cell.strip():
        return f"{column['column']} begins or ends with a space", "take it away"
    return None


def _choice(column: tables.Row, cell: str) -> Complaint | None:
    return _one_of(column, cell, allowed(column))


def _choices(column: tables.Row, cell: str) -> Complaint | None:
    found = (_one_of(column, item, allowed(column)) for item in tables.listed(cell))
    return next((f for f in found if f), None)


def _list(column: tables.Row, cell: str) -> Complaint | None:
    items = [item.strip() for item in cell.split("|")]
    if "" in items:
        return f"{column['column']} has an empty item", "take away the | too many"
    twice = next((item for item in items if items.count(item) > 1), None)
    return (f"{column['column']} has {twice!r} twice", "take one away") if twice else None


def _number(column: tables.Row, cell: str) -> Complaint | None:
    low, _, high = column["values"].partition("..")
    whole = column["kind"] == "integer"
    try:
        value = int(cell) if whole else float(cell)
    except ValueError:
        value = float("nan")
    if float(low) <= value <= float(high):
        return None
    kind = "a whole number" if whole else "a number"
    return f"{column['column']} {cell!r} is not allowed", f"write {kind} from {low} to {high}"


def _date(column: tables.Row, cell: str) -> Complaint | None:
    match = DATE.fullmatch(cell)
    short = "write it as 2020-04-30" + ("" if column["kind"] == "day" else ", 2020-04 or 2020")
    wrong = f"{column['column']} {cell!r} is no date", short
    if match is None or (column["kind"] == "day" and not match[3]):
        return wrong
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return wrong
    return None


def _party(column: tables.Row, cell: str) -> Complaint | None:
    if PARTY.fullmatch(cell):
        return None
    return f"{column['column']} {cell!r} is no party", "write a code such as FRA, EU"


def _type(column: tables.Row, cell: str) -> Complaint | None:
    return _one_of(column, cell, TYPES)


def _pattern(column: tables.Row, cell: str) -> Complaint | None:
    try:
        re.compile(cell)
    except re.error as error:
        return f"{column['column']} is no regular expression ({error})", "put \\ before a special character"
    return None


def _slots(column: tables.Row, cell: str) -> Complaint | None:
    for slot in tables.listed(cell):
        if slot not in PREPOSITIONS and slot not in allowed(column):
            return f"{column['column']} has an unknown slot {slot!r}", _slot_hint(column)
    return _list(column, cell)


def _slot_hint(column: tables.Row) -> str:
    return f"write a preposition or one of {', '.join(allowed(column))}"


def _needs(column: tables.Row, cell: str) -> Complaint | None:
    for item in (part.strip() for part in cell.split(";")):
        match = NEED.fullmatch(item)
        if match is None:
            return (
                f"cannot read the condition {item!r}",
                "write SLOT, SLOT=word|word, SLOT!=word or SLOT:party",
            )
        slot, op, values = match.groups()
        if slot not in PREPOSITIONS and slot not in allowed(column):
            return f"the condition {item!r} has an unknown slot", _slot_hint(column)
        if op == ":" and not set(tables.listed(values)) <= FILLERS:
            return f"{item!r} asks for an unknown kind", f"write one of {', '.join(sorted(FILLERS))}"
    return None


CHECKS = {
    "text": _text, "choice": _choice, "choices": _choices, "list": _list, "number": _number,
    "integer": _number, "date": _date, "day": _date, "party": _party, "type": _type,
    "pattern": _pattern, "slots": _slots, "needs": _needs, "expect": _text,
}  # fmt: skip
