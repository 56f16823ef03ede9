"""``who``: offices and terms of a person, or who held a country's offices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from relwatch.cli.countries import complete
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.messages import complain
from relwatch.cli.options import Output, Place, Tables, command
from relwatch.cli.periods import period

if TYPE_CHECKING:
    from relwatch.who import Held, Period


@command
def who(
    words: Annotated[
        list[str],
        typer.Argument(metavar="NAME|COUNTRY", help="A person, or a country or organisation.", autocompletion=complete),
    ],
    place: Place,
    tables: Tables,
    output: Output,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only who held office then: a day, or a range.")
    ] = None,
) -> None:
    """\b
    Examples:
      relwatch who france --on 2018-05-01
      relwatch who lavrov
      relwatch who kim jong un --json
      relwatch who nato --on 1999..2003

    List the offices and terms of a person, or who held which office of a country or organisation, with the
    source of each. data/LICENSES.md tells what the sources are.

    A word that names a country means the country. A term whose end nobody knows shows the last date at which
    a source has its holder. In a pipe each term is one line of tab-separated fields: person, party, title,
    start, end, status, sources.
    """
    from datetime import date

    from relwatch.render import who as rendered

    wanted = " ".join(words)
    when = period(on, date.today()) if on is not None else None
    parties, found = _look_up(wanted, when)

    def table() -> int:
        from relwatch.render.terminal import console

        return rendered.print_terms(parties, found, console())

    rows = Rows(lambda: (held.to_json() for held in found), rendered.WHO_FIELDS)
    plain = Rows(lambda: (held.to_json() for held in found), rendered.LINE_FIELDS)
    write(Listing(rows, table, plain, empty=lambda: complain(_nobody(wanted, parties, on))), output)


def _look_up(wanted: str, when: Period | None) -> tuple[list[str], list[Held]]:
    """The parties that the words name and the terms of their officials, else of the people of that name."""
    from relwatch.partywords import parties
    from relwatch.who import by_name, by_party

    named = parties(wanted)
    if named:
        return named, [held for party in named for held in by_party(party, when)]
    return [], by_name(wanted, when)


def _nobody(wanted: str, parties: list[str], on: str | None) -> str:
    from relwatch.gazetteer import party_name
    from relwatch.who import look_alike

    if on is not None and _look_up(wanted, None)[1]:
        return f"the tables have nobody for {wanted!r} in office on {on}; without --on there are other terms"
    if parties:
        name = " or ".join(party_name(party) for party in parties)
        return f"the tables have no officials of {name}; teach one with: relwatch learn NAME --of {parties[0]}"
    near = look_alike(wanted)
    hint = f"did you mean {' or '.join(near)}?" if near else "teach who it is with: relwatch learn"
    return f"the tables know nobody {wanted!r}; {hint}"
