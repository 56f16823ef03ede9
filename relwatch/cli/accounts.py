"""``readouts``: what the two sides tell of one contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.countries import SideA, SideB
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.looking import nothing_found, pair_of
from relwatch.cli.options import Output, Place, command
from relwatch.cli.periods import period
from relwatch.cli.selection import Selection
from relwatch.render import fields

if TYPE_CHECKING:
    from relwatch.readouts import Readouts


@command
def readouts(
    a: SideA,
    b: SideB,
    selection: Selection,
    place: Place,
    output: Output,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it was; else the latest that both sides tell of.")
    ] = None,
) -> None:
    """\b
    Examples:
      relwatch readouts russia us
      relwatch readouts russia us --on 2025-02-12
      relwatch readouts china us --on 2023-11 --leader xi --json

    Show what each side tells of one talk, meeting or visit, side by side: where they contradict, what both
    mention, what only one does, each point with its sentence.

    Whose account it is: the side's whose government publishes the article, whoever speaks in it; else the
    side's that speaks; else the side's whose state owns the outlet. In a pipe each point is one line of
    tab-separated fields for each side that makes it: section, point, side, value, sentence, speaker, outlet,
    event.
    """
    from datetime import date

    from relwatch import readouts as accounts
    from relwatch.store import Store

    first, second = pair_of(a, b)
    days = period(on, date.today()) if on is not None else None
    with Store.open(place.path, readonly=True) as store:
        filters = selection.filters()
        found = accounts.readouts(store, first, second, filters, days)
        rows = Rows(lambda: flat(found), fields.READOUT_FIELDS)
        if output.format in ("json", "jsonl"):
            rows = Rows(lambda: [found.to_json()], ())

        def table() -> int:
            from relwatch.gazetteer import party_name
            from relwatch.render.readouts import print_readouts
            from relwatch.render.terminal import console

            return print_readouts(found, console(), (party_name(first), party_name(second)))

        def empty() -> None:
            since, until = days or (filters.since, filters.until)
            nothing_found(store, since, until, "contact")

        write(Listing(rows, table, empty=empty), output)


def flat(found: Readouts) -> list[dict[str, Any]]:
    """The points as the fields of READOUT_FIELDS, a row for each side."""
    out = []
    for section, point in found.sections():
        for side, said in ((found.a, point.a), (found.b, point.b), ("others", point.others)):
            if said:
                shown = {"section": section, "point": point.name, "side": side}
                out.append(shown | {name: getattr(said, name) for name in fields.READOUT_FIELDS[3:]})
    return out
