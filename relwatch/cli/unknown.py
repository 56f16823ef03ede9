"""``unknown``: names that the articles of the store have and the tables have not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from relwatch.cli.choices import chosen, completer
from relwatch.cli.countries import complete, party
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.messages import complain
from relwatch.cli.options import Output, Place, command
from relwatch.cli.selection import days
from relwatch.render import fields

if TYPE_CHECKING:
    from relwatch.store import Store

_REASONS = ("untabled", "no_country", "ambiguous", "out_of_office", "unknown")


@command
def unknown(
    place: Place,
    output: Output,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Articles published on this day or later; or a range.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Articles published on this day or before.")] = None,
    country: Annotated[
        str | None,
        typer.Option(metavar="COUNTRY", help="Whose officials, as the text says.", autocompletion=complete),
    ] = None,
    reasons: Annotated[
        list[str] | None,
        typer.Option("--reason", metavar="REASON", help=f"{', '.join(_REASONS)}.", autocompletion=completer(_REASONS)),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many, the first in order.")] = None,
) -> None:
    """\b
    Examples:
      relwatch unknown
      relwatch unknown --country iran --since 2024
      relwatch unknown --reason ambiguous,no_country --json

    List the names in the articles of the store that are no person of the tables, those of the most articles
    first, each with the office and country that the text gives, why it is unresolved, and a sentence.

    Reasons: untabled, the text says whose official it is, and no table has the name; no_country, it does not
    say whose; ambiguous, several people in office have the name; out_of_office, people of that name held no
    office on the day; unknown, neither text nor tables know. In a pipe each name is one line of tab-separated
    fields: name, title, party, reason, articles, mentions, published, article, sentence.
    """
    from relwatch import unknown as names
    from relwatch.store import Store

    first, last = days(since, until)
    wanted = names.Wanted(
        since=first,
        until=last,
        party=party(country) if country is not None else None,
        reasons=chosen(reasons or (), names.REASONS, "reason"),
        limit=limit,
    )
    with Store.open(place.path, readonly=True) as store:
        found = names.unknown(store, wanted)

        def table() -> int:
            from relwatch.render.terminal import console
            from relwatch.render.unknown import print_unknown

            return print_unknown(found, console())

        rows = Rows(lambda: (one.to_json() for one in found), fields.UNKNOWN_FIELDS)
        plain = Rows(rows.records, fields.UNKNOWN_LINE_FIELDS)
        write(Listing(rows, table, plain, lambda: _none(store)), output)


def _none(store: Store) -> None:
    """Say why there is nothing: no such names, or articles from a time when they were not kept."""
    kept = store.select("SELECT 1 FROM unresolved LIMIT 1")
    hint = "" if kept else "; those of articles added by an older relwatch come with: relwatch recode"
    complain(f"no unresolved names{' that these filters keep' if kept else ''} in {store.path}{hint}")
