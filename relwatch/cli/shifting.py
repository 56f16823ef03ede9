"""``shifts`` and ``formulas``: where a pair's dealings and its words changed."""

from __future__ import annotations

import sys
from dataclasses import astuple, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.countries import SideA, SideB
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.looking import By, pair_of
from relwatch.cli.messages import complain
from relwatch.cli.options import Output, Place, command
from relwatch.cli.selection import Selection
from relwatch.render import fields

if TYPE_CHECKING:
    from relwatch.shifts import Shift


LAST_RUN = "last-run"
FOUND = 3  # the exit status of --exit-code: neither a failure (1) nor a wrong call (2)


@command
def shifts(
    a: SideA,
    b: SideB,
    selection: Selection,
    place: Place,
    output: Output,
    by: Annotated[By, typer.Option(help="The length of a period.")] = By.quarter,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=f"Exit with {FOUND} when there are shifts, with 0 when there are none.")
    ] = False,
) -> None:
    """\b
    Examples:
      relwatch shifts russia us
      relwatch shifts china australia --since 2020 --by month
      relwatch shifts france uk --json
      relwatch shifts russia us --since last-run --exit-code > new.tsv || mail -s shifts me < new.tsv

    Show the periods in which the tone of A or B, the number of their encounters or their topics changed
    against the eight periods before, with the size, the numbers it rests on and the sentences that did it.

    Encounters are counted, not reports, and nothing is a shift that rests on fewer than eight of them or on
    fewer than four articles. All statistics are of ranks or counts, because tones are five steps and no
    measure, and one shrill report shall not make a shift. Tones are compared by ranks (Cliff's delta from 0.33,
    the test of Mann and Whitney beyond 3.5 standard errors), numbers by their square roots (3.5 median
    deviations from the median; and beyond what more or less reading of the store explains), topics by their
    shares (doubled or halved, beyond four standard errors).

    For cron: `--since last-run` shows what no earlier such run of the pair has shown (the first shows all) and
    keeps that in the store; --exit-code makes the exit status 3 when shifts are shown. In a pipe each shift is
    one line of tab-separated fields: period, what, before, after, size, n_before, n_after, articles, events,
    sentences.
    """
    from relwatch import lastrun
    from relwatch import shifts as changes
    from relwatch.store import Store

    first, second = pair_of(a, b)
    since_last = selection.since == LAST_RUN
    filters = (replace(selection, since=None) if since_last else selection).filters()
    with Store.open(place.path, readonly=True) as store:
        found = changes.shifts(store, first, second, filters, by.value)
        key = lastrun.key_of(first, second, by.value, astuple(filters))
        if since_last:
            found = lastrun.untold(store, key, found)

    def table() -> int:
        from relwatch.render.shifts import print_shifts
        from relwatch.render.terminal import console

        return print_shifts(found, console())

    def empty() -> None:
        if since_last:
            complain("no shift that an earlier run has not shown")
        else:
            complain("no shift; a period needs eight encounters of four articles, and eight periods before it")

    write(Listing(Rows(lambda: map(_object, found), fields.SHIFT_FIELDS), table, empty=empty), output)
    if since_last:
        sys.stdout.flush()  # what could not be written shall be told again
        with Store.open(place.path) as store:
            lastrun.remember(store, key, found)
    if exit_code and found:
        raise typer.Exit(FOUND)


def _object(shift: Shift) -> dict[str, Any]:
    return shift.to_json()


@command
def formulas(a: SideA, b: SideB, selection: Selection, place: Place, output: Output) -> None:
    """\b
    Examples:
      relwatch formulas russia us
      relwatch formulas china russia --since 2020
      relwatch formulas us uk --csv

    Show the stock phrases of diplomacy in what A, B and others say ("frank", "red line", "strategic
    partnership"): how often, since when, until when, which are new and which have gone out of use.

    New is what was first heard in the last year of the pair's record; gone, what was in use and is not heard
    since a year before its end. In a pipe each is one line of tab-separated fields: formula, side, sentences,
    articles, first, last, state, event, sentence.
    """
    from relwatch import formulas as phrases
    from relwatch.store import Store

    first, second = pair_of(a, b)
    with Store.open(place.path, readonly=True) as store:
        found = phrases.formulas(store, first, second, selection.filters())

    def table() -> int:
        from relwatch.render.shifts import print_formulas
        from relwatch.render.terminal import console

        return print_formulas(found, console())

    def empty() -> None:
        complain("no stock phrases; widen the filters, or add articles with: relwatch add ARTICLE.txt")

    write(Listing(Rows(lambda: (use.to_json() for use in found), fields.FORMULA_FIELDS), table, empty=empty), output)
