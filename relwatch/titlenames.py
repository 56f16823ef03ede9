"""The names that go with a title: where one begins and ends, the next of a list, the role as written."""

from __future__ import annotations

from relwatch.chunks import SPACES
from relwatch.titles import Row, Title


def name_at(row: Row, i: int) -> tuple[str, int, str | None]:
    """The name at unit ``i``, the unit after it, and the country of a following "of Country"."""
    while row.is_kind(i, "H") and row.adjacent(i + 1) and i + 1 < len(row):
        i += 1
    after, start = i + 1, row[i].start
    if row[i].kind == "W" and row.is_kind(after, "P") and row.gap(after) == " ":
        after += 1
    name = " ".join(row.text[start : row[after - 1].end].split())
    if after + 1 < len(row) and row[after].low == "of" and row.gap(after) in SPACES:
        at = after + 2 if row[after + 1].low == "the" and after + 2 < len(row) else after + 1
        if row.is_kind(at, "N") and row[at].entries[0].kind in ("country", "org"):
            return name, at + 1, row.party(at)
    return name, after, None


def next_name(row: Row, i: int) -> int | None:
    """The next name of a list that a plural title opened, None at its end."""
    gap = row.gap(i)
    if i < len(row) and row[i].low == "and" and gap in (" ", ", "):
        i, gap = i + 1, row.gap(i + 1)
        if gap not in SPACES:
            return None
    elif gap != ", ":
        return None
    while row.is_kind(i, "H") and row.adjacent(i + 1):
        i += 1
    return i if row.is_kind(i, "P") else None


def in_list(row: Row, i: int) -> bool:
    """Whether the name at ``i`` is one more of a list: "the French president, John Roe, Jane Roe and"."""
    return i + 1 < len(row) and row.gap(i + 1) in (", ", " ") and row[i + 1].kind in "PNOH"


def role_as_written(row: Row, title: Title, name: int) -> str:
    """The title as written, without nationality, article and forms of address; a plural in the singular."""
    last, first = min(title.core, name), title.role
    while last > first and row[last - 1].kind == "H":
        last -= 1
    while first < last - 1 and row[first].kind in "HW":
        first += 1
    role = " ".join(row.text[row[first].start : row[max(last - 1, first)].end].split())
    return singular(role) if title.office.plural else role


def singular(role: str) -> str:
    """A plural title in the singular: "Foreign Ministers", "Members of the Presidency"."""
    head, of, rest = role.partition(" of ")
    if head.endswith("ies"):
        head = head[:-3] + "y"
    elif head.endswith("men"):
        head = head[:-2] + "an"
    elif head.endswith("s") and not head.endswith("ss"):
        head = head[:-1]
    return head + of + rest
