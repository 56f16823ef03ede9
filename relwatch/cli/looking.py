"""``timeline`` and ``summary``: what the store says about a pair."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.countries import MaybeSideB, SideA, SideB, party
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.messages import complain
from relwatch.cli.options import Output, Place, command
from relwatch.cli.selection import Selection
from relwatch.errors import UsageError
from relwatch.render import fields

if TYPE_CHECKING:
    from relwatch.query import Filters
    from relwatch.series import Period
    from relwatch.store import Store


class By(StrEnum):
    """The step of a series."""

    week = "week"
    month = "month"
    quarter = "quarter"
    year = "year"


@command
def timeline(
    a: SideA,
    selection: Selection,
    place: Place,
    output: Output,
    b: MaybeSideB = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many, the first in order.")] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Newest first.")] = False,
    reports: Annotated[
        bool, typer.Option("--reports", help="Every report of its own, encounters not made one.")
    ] = False,
) -> None:
    """\b
    Examples:
      relwatch timeline russia us
      relwatch timeline russia us --since 2021 --type consult --leader putin
      relwatch timeline france --tone hostile,critical --reverse --limit 20
      relwatch timeline china japan --csv > china-japan.csv
      relwatch timeline russia us --reports

    Show what A and B had to do with each other (or A with everybody), oldest first. What several articles
    report is one line with the number of its reports, and of its independent sources where they are fewer.

    On a terminal each line shows the sentence it rests on. In a pipe each is one line of tab-separated
    fields without a header: date, who, what, status, topics, tone, tone_words, speaker, outlet, id,
    sentence, reports, sources, life, disagreements (the last four not with --reports).
    """
    from relwatch.store import Store

    first, second = pair_of(a, b) if b is not None else (party(a), None)
    filters = selection.filters(limit, reverse)
    with Store.open(place.path, readonly=True) as store:
        list_timeline(store, first, second, filters, output, reports)


def list_timeline(store: Store, a: str, b: str | None, filters: Filters, output: Output, reports: bool = False) -> None:
    """Write the timeline of two ids in the format asked for, by encounters or, with ``reports``, by events."""
    from relwatch import query
    from relwatch import timeline as timelines

    def listed() -> Iterable[timelines.TimelineRow]:
        return (timelines.rows if reports else timelines.lines)(store, a, b, filters)

    def table() -> int:
        from relwatch.render.terminal import console
        from relwatch.render.timeline import print_events

        return print_events(listed(), console())

    def records() -> Iterable[dict[str, Any]]:
        if reports:
            return (row.to_json() for row in query.pair(store, a, b, filters))
        return (encounter.to_json() for encounter in timelines.encounters(store, a, b, filters))

    if reports:
        whole = Rows(records, fields.EVENT_FIELDS, fields.event_flat)
        short = Rows(listed, fields.TIMELINE_FIELDS, fields.timeline_flat)
    else:
        whole = Rows(records, fields.ENCOUNTER_FIELDS, fields.encounter_flat)
        short = Rows(listed, fields.ENCOUNTER_LINE_FIELDS, fields.encounter_line)
    write(Listing(whole, table, short, lambda: nothing_found(store, filters.since, filters.until)), output)


@command
def summary(
    a: SideA,
    b: SideB,
    selection: Selection,
    place: Place,
    output: Output,
    by: Annotated[By | None, typer.Option(help="The step of the series; else as the period suggests.")] = None,
) -> None:
    """\b
    Examples:
      relwatch summary russia us
      relwatch summary russia us --since 2021 --by month
      relwatch summary france germany --json

    Sum up the dealings of A and B: the last contact and the silence since, what became of plans, what turned of
    late, the tone of each towards the other, its extremes, channels and topics.

    Encounters are counted, not reports: what several articles report counts once. In a pipe each figure is one
    line of tab-separated fields: section, name, value, detail, event. `event` holds the ids that the figure
    counts, joined by "|", for `relwatch show`.
    """
    from relwatch.store import Store

    first, second = pair_of(a, b)
    filters = selection.filters()
    with Store.open(place.path, readonly=True) as store:
        list_summary(store, first, second, filters, by.value if by else None, output)


def list_summary(store: Store, a: str, b: str, filters: Filters, by: Period | None, output: Output) -> None:
    """Write the summary of two ids in the format asked for."""
    from relwatch.gazetteer import party_name
    from relwatch.render.summaryrows import summary_rows
    from relwatch.summary import summarise

    result = summarise(store, a, b, filters, by)

    def table() -> int:
        from relwatch.render.summary import print_summary
        from relwatch.render.terminal import console

        print_summary(result, console(), (party_name(a), party_name(b)))
        return 1

    rows = Rows(lambda: summary_rows(result), fields.SUMMARY_FIELDS)
    if output.format in ("json", "jsonl"):
        rows = Rows(lambda: [result.to_json()], ())
    write(Listing(rows, table), output)


def pair_of(a: str, b: str) -> tuple[str, str]:
    """The ids of the two sides. Raises UsageError when they are one."""
    first, second = party(a), party(b)
    if first == second:
        raise UsageError(f"{a!r} and {b!r} are both {first}; give two different sides")
    return first, second


def nothing_found(store: Store, since: date | None = None, until: date | None = None, what: str = "events") -> None:
    """Say on standard error why a listing is empty: no word of it, or no articles of that time; no error.

    Articles of the fortnight after count as well, in which reports of its last days are to be expected.
    """
    from relwatch.coverage import articles_between
    from relwatch.timeline import FORTNIGHT

    if not since and not until:
        hint = (
            "widen the filters, or add" if store.select("SELECT 1 FROM articles LIMIT 1") else "the store is empty; add"
        )
        complain(f"no {what}; {hint} articles with: relwatch add ARTICLE.txt")
        return
    late = min(until, date.max - timedelta(days=FORTNIGHT)) + timedelta(days=FORTNIGHT) if until else None
    if read := articles_between(store, since, late):
        number = f"the {read} articles" if read > 1 else "the one article"
        complain(f"no {what} in {number} of that time; widen the filters, or add: relwatch add ARTICLE.txt")
    else:
        complain("the store holds no articles of that time: that nothing is found says nothing; add some")
