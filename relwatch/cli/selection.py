"""The filters that ``timeline`` and ``summary`` share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from relwatch.cli.choices import chosen, completer
from relwatch.cli.periods import period
from relwatch.errors import UsageError
from relwatch.records import STATUSES, TONE_LABELS, TOPICS, TYPES

if TYPE_CHECKING:
    from relwatch.query import Filters

TONES = tuple(TONE_LABELS.values())
_DATE = "2020-04-30, 2020-04, 2w, '3 months ago', yesterday or 2020-04..2020-06"


@dataclass(frozen=True)
class Selection:
    """What to keep; the filters AND together, the values of one filter OR."""

    since: Annotated[
        str | None, typer.Option(metavar="DATE", help=f"First day: {_DATE} (a range sets the last day too).")
    ] = None
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day, written likewise.")] = None
    types: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="Event types, e.g. consult,accuse.",
            autocompletion=completer(TYPES),
        ),
    ] = None
    topics: Annotated[
        list[str] | None,
        typer.Option("--topic", metavar="TOPIC", help="Topics, e.g. energy.", autocompletion=completer(TOPICS)),
    ] = None
    tones: Annotated[
        list[str] | None,
        typer.Option("--tone", metavar="TONE", help=f"Tones: {', '.join(TONES)}.", autocompletion=completer(TONES)),
    ] = None
    leader: Annotated[str | None, typer.Option(metavar="NAME", help="A person who takes part, e.g. putin.")] = None
    statuses: Annotated[
        list[str] | None,
        typer.Option("--status", metavar="STATUS", help=f"{', '.join(STATUSES)}.", autocompletion=completer(STATUSES)),
    ] = None

    def filters(self, limit: int | None = None, reverse: bool = False) -> Filters:
        """The query's filters. Raises UsageError on a value that is none."""
        from relwatch.query import Filters

        first, last = days(self.since, self.until)
        return Filters(
            since=first,
            until=last,
            types=chosen(self.types or (), TYPES, "event type"),
            topics=chosen(self.topics or (), TOPICS, "topic"),
            tones=chosen(self.tones or (), TONES, "tone"),
            leader=self.leader,
            statuses=chosen(self.statuses or (), STATUSES, "status"),
            limit=limit,
            reverse=reverse,
        )


def days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """First and last day, None where open; a range in one option sets both unless the other is given.

    Raises UsageError on a date that is none and on a period that ends before it begins.
    """
    today = date.today()
    start = period(since, today) if since is not None else None
    end = period(until, today) if until is not None else None
    if start and not end and ".." in (since or ""):
        end = start
    if end and not start and ".." in (until or ""):
        start = end
    if start and end and start[0] > end[1]:
        raise UsageError(f"--since {start[0]} is after --until {end[1]}; turn the two dates round")
    return start[0] if start else None, end[1] if end else None
