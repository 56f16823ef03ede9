"""``search`` and ``matrix``: the store by words, and a group of countries at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.countries import MaybeSideB, complete, party
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.looking import nothing_found, pair_of
from relwatch.cli.options import Output, Place, command
from relwatch.cli.selection import Selection
from relwatch.render import fields

if TYPE_CHECKING:
    from relwatch.search import Hit


@command
def search(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Words to look for; all of them must be there.")],
    selection: Selection,
    place: Place,
    output: Output,
    a: Annotated[
        str | None, typer.Argument(metavar="A", help="Only events of this country.", autocompletion=complete)
    ] = None,
    b: MaybeSideB = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Published by this outlet.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many, the first in order.")] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Newest first.")] = False,
) -> None:
    """\b
    Examples:
      relwatch search "arms control"
      relwatch search navalny russia us --outlet tass
      relwatch search "red line" china --type threaten --reverse --limit 10

    Find the events whose evidence holds all the words, and the articles that hold them elsewhere.

    With a country or a filter of events (type, topic, tone, leader, status) only events are found. In a pipe
    each is one line of tab-separated fields: kind, date, who, what, outlet, title, article, id, sentence.
    """
    from relwatch import search as searches
    from relwatch.store import Store

    first, second = (None, None) if a is None else (party(a), None) if b is None else pair_of(a, b)
    filters = selection.filters(limit, reverse)
    with Store.open(place.path, readonly=True) as store:
        found = searches.search(store, words, first, second, filters, outlet)

        def table() -> int:
            from relwatch.render.search import print_hits
            from relwatch.render.terminal import console

            return print_hits(found, console(), first, second)

        rows = Rows(lambda: (hit.to_json() for hit in found), ())
        if output.format not in ("json", "jsonl"):
            rows = Rows(lambda: found, fields.SEARCH_FIELDS, lambda hit: flat(hit, first, second))
        write(Listing(rows, table, rows, lambda: nothing_found(store, filters.since, filters.until)), output)


def flat(hit: Hit, a: str | None, b: str | None) -> dict[str, Any]:
    """A hit as the fields of SEARCH_FIELDS."""
    from relwatch.timeline import timeline_row

    about = {"outlet": hit.outlet, "title": hit.title, "article": hit.article, "sentence": hit.sentence}
    if hit.row is None:
        return about | {"kind": "article", "date": hit.published, "who": "", "what": "", "id": ""}
    line = timeline_row(hit.row, a or "", b)
    return about | {"kind": "event", "date": line.date, "who": line.who, "what": line.what, "id": line.id}


@command
def matrix(
    selection: Selection,
    place: Place,
    output: Output,
    countries: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[COUNTRY...]", help="The group, or a bloc; else the busiest of the store.", autocompletion=complete
        ),
    ] = None,
) -> None:
    """\b
    Examples:
      relwatch matrix
      relwatch matrix us russia china eu --since 2020
      relwatch matrix g7
      relwatch matrix france germany uk --topic trade --csv

    Show who talks with whom in a group, how often and how warmly. A bloc that is named alone stands for its
    members, those of --until or of the store's last day: g7, g20, eu, nato, brics, asean, sco, quad ...

    On a terminal each cell gives the days with a contact, and the tone of the country of the row towards
    that of the column, from -2 (hostile) to +2 (warm). Days are counted, because reports of one talk are many.
    In a pipe each two countries are one line of tab-separated fields: a, b, days, reports (of contacts), events,
    tone, tone_a, n_a, tone_b, n_b, last, event (the last contact's id). `relwatch timeline A B` opens a cell.
    """
    from relwatch import matrix as matrices
    from relwatch.store import Store

    group = list(dict.fromkeys(party(text) for text in countries or ()))
    filters = selection.filters()
    with Store.open(place.path, readonly=True) as store:
        if len(group) == 1:
            group = matrices.members(group[0], filters.until or store.last_published())
        group = group or matrices.busiest(store)
        cells = matrices.matrix(store, group, filters)

        def table() -> int:
            from relwatch.render.matrix import print_matrix
            from relwatch.render.terminal import console

            return print_matrix(cells, group, console())

        rows = Rows(lambda: (cell.to_json() for cell in cells), fields.MATRIX_FIELDS)
        write(Listing(rows, table, empty=lambda: nothing_found(store, filters.since, filters.until)), output)
