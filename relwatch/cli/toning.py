"""``tone``: what each of two sides says of the other, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.choices import chosen, completer
from relwatch.cli.countries import SideA, SideB
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.looking import By, nothing_found, pair_of
from relwatch.cli.options import Output, Place, command
from relwatch.cli.selection import Selection
from relwatch.render import fields

if TYPE_CHECKING:
    from relwatch.directed import TonePoint

MANNERS = ("quoted", "official", "paraphrased", "counterpart", "reporter")


@command
def tone(
    a: SideA,
    b: SideB,
    selection: Selection,
    place: Place,
    output: Output,
    by: Annotated[By | None, typer.Option(help="The step of the series; else as the time suggests.")] = None,
    told: Annotated[
        list[str] | None,
        typer.Option(
            "--told",
            metavar="HOW",
            help=f"Only statements told so: {', '.join(MANNERS)}.",
            autocompletion=completer(MANNERS),
        ),
    ] = None,
) -> None:
    """\b
    Examples:
      relwatch tone russia us
      relwatch tone russia us --by month --since 2021
      relwatch tone china us --told quoted,official --csv > words.csv

    Show the tone of A towards B, of B towards A, of both, and what third parties say, period by period: the
    mean from -2 (hostile) to 2 (warm), the number of statements behind it, and the one that states most.

    What several articles report is one statement. It is told in the side's own words (quoted), in a release of
    its own government (official), in the reporter's account of its words (paraphrased), by the other side
    (counterpart), or in the reporter's own words about what it did (reporter). A statement without a word of
    tone is neutral and counts. In a pipe each side has one line for each period, of tab-separated fields:
    period, side, n, mean, hostile, critical, neutral, constructive, warm, quoted, official, paraphrased,
    counterpart, reporter, articles, events, sentence. `articles` counts what the store holds of the period:
    with n 0 and articles 0 nothing was read; `relwatch show` opens each of the events.
    """
    from relwatch.directed import tone_series
    from relwatch.store import Store

    first, second = pair_of(a, b)
    filters = selection.filters()
    with Store.open(place.path, readonly=True) as store:
        found = tone_series(
            store, first, second, filters, by.value if by else None, chosen(told or (), MANNERS, "way of telling")
        )

        def table() -> int:
            from relwatch.gazetteer import party_name
            from relwatch.render.terminal import console
            from relwatch.render.tone import print_tone

            return print_tone(found, console(), (first, second), (party_name(first), party_name(second)))

        rows = Rows(lambda: (flat(point, first, second) for point in found), fields.TONE_FIELDS)
        if output.format in ("json", "jsonl"):
            rows = Rows(lambda: (whole(point, first, second) for point in found), ())
        write(Listing(rows, table, empty=lambda: nothing_found(store, filters.since, filters.until)), output)


def whole(point: TonePoint, a: str, b: str) -> dict[str, Any]:
    """The point as a plain object, its side named."""
    from relwatch.render.plain import side_name

    return point.to_json() | {"side": side_name(point.side, a, b)}


def flat(point: TonePoint, a: str, b: str) -> dict[str, Any]:
    """The point as the fields of TONE_FIELDS."""
    out = whole(point, a, b)
    return {**out, **out["counts"], **out["manners"]}
