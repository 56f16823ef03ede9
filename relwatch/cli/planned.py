"""``planned``: contacts that were announced and never heard of again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.countries import MaybeSideB, SideA, party
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.looking import pair_of
from relwatch.cli.messages import complain
from relwatch.cli.options import Output, Place, command
from relwatch.cli.periods import period
from relwatch.cli.selection import Selection
from relwatch.render import fields

if TYPE_CHECKING:
    from relwatch.timeline import Overdue


@command
def planned(
    a: SideA,
    selection: Selection,
    place: Place,
    output: Output,
    b: MaybeSideB = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="As of this day; else the day of the last article.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many, the first in order.")] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Newest first.")] = False,
) -> None:
    """\b
    Examples:
      relwatch planned russia us
      relwatch planned china --since 2023 --reverse
      relwatch planned france germany --on 2024-06-30 --json

    List the contacts of A and B (or of A with anybody) that were planned for days now past, and of which no
    article says that they were held, postponed, cancelled or denied.

    Each says how many articles the store holds of the two weeks after: where there are none, no report is
    no sign that it did not take place. In a pipe each is one line of tab-separated fields: date, who, mode,
    life, articles_after, outlet, id, sentence.
    """
    from datetime import date

    from relwatch.store import Store
    from relwatch.timeline import overdue_contacts

    first, second = pair_of(a, b) if b is not None else (party(a), None)
    filters = selection.filters(limit, reverse)
    today = period(on, date.today())[1] if on is not None else None
    with Store.open(place.path, readonly=True) as store:
        found = overdue_contacts(store, first, second, filters, today)

    def table() -> int:
        from relwatch.render.terminal import console
        from relwatch.render.timeline import print_overdue

        return print_overdue([(line(one, first, second), one.articles) for one in found], console())

    rows = Rows(lambda: (flat(one, first, second) for one in found), fields.PLANNED_FIELDS)
    if output.format in ("json", "jsonl"):
        rows = Rows(lambda: (one.to_json() for one in found), ())
    write(Listing(rows, table, empty=lambda: complain("no planned contact is past its date without a report")), output)


def line(one: Overdue, a: str, b: str | None) -> Any:
    """The contact as a line of the timeline."""
    from relwatch.timeline import encounter_row

    return encounter_row(one.contact, a, b)


def flat(one: Overdue, a: str, b: str | None) -> dict[str, Any]:
    """The contact as the fields of PLANNED_FIELDS."""
    row = line(one, a, b)
    shown = {name: getattr(row, name) for name in ("date", "who", "life", "outlet", "id", "sentence")}
    return shown | {"mode": row.what.removeprefix("CONSULT").strip(), "articles_after": one.articles}
