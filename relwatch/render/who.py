"""Terms of office on a terminal, and as rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from relwatch.partywords import heading
from relwatch.who import Held

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from relwatch.learn import Taught

WHO_FIELDS = ("person", "gender", "party", "country", "role", "title", "start", "end", "status", "sources", "aliases")
LINE_FIELDS = ("person", "party", "title", "start", "end", "status", "sources")


def print_terms(parties: Sequence[str], found: Sequence[Held], console: Console) -> int:
    """Print the terms as a table, under the names of the parties or of the one person; how many."""
    from relwatch.render.terminal import plain

    if not found:
        return 0
    for party in parties:
        console.print(plain(heading(party)))
    persons = {held.person for held in found}
    names = sorted({alias for held in found for alias in held.aliases})
    if len(persons) == 1 and names and not parties:
        console.print(plain(f"{found[0].person}: also {', '.join(names)}"))
    _print_table(found, console)
    return len(found)


def print_taught(found: Sequence[Taught], console: Console) -> int:
    """Print the rows of the user's own tables as a table; how many."""
    from relwatch.render.terminal import QUIET, plain

    table = _table("name", "means", "as", "from", "to", "where")
    for one in found:
        where = plain(f"{Path(one.path).name}:{one.line}", QUIET)
        end = one.end or ("now" if one.kind == "term" else "")
        table.add_row(*(plain(cell) for cell in (one.name, one.means, one.detail, one.start, end)), where)
    if found:
        console.print(table)
        console.print(plain(f"in {Path(found[0].path).parent}", QUIET))
    return len(found)


def _table(*headings: str) -> Table:
    from rich.table import Table

    from relwatch.render.terminal import HEADING

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=HEADING)
    for heading_ in headings:
        table.add_column(heading_, no_wrap=heading_ in ("who", "of", "from", "to"))
    return table


def _print_table(found: Sequence[Held], console: Console) -> None:
    from relwatch.render.terminal import QUIET, plain

    table = _table("who", "of", "office", "from", "to", "sources")
    for held in found:
        to = plain(_end(held), "" if held.status == "ended" else "green" if held.end is None else "yellow")
        sources = plain(", ".join(held.sources), QUIET)
        table.add_row(plain(held.person), plain(held.party), plain(held.title), plain(held.start), to, sources)
    console.print(table)


def _end(held: Held) -> str:
    """The end of a term for a reader: "now", a date, or "2019 or later"."""
    if held.end is None:
        return "now"
    return f"{held.end} or later" if held.status == "end_unknown" else held.end
