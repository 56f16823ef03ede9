"""``add`` and ``code``: from articles to events, into the store or not."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.messages import complain
from relwatch.cli.options import Output, Place, command
from relwatch.cli.periods import period
from relwatch.errors import ReadError, UsageError
from relwatch.eventjson import event_to_json
from relwatch.records import Article, Event
from relwatch.render import fields, formats
from relwatch.render.plain import count, found_plain

if TYPE_CHECKING:
    from relwatch.query import Row
    from relwatch.store import Store

Paths = Annotated[
    list[str],
    typer.Argument(help="Articles: text or JSON-lines files; - is standard input.", show_default=False),
]


@dataclass(frozen=True)
class Given:
    """What the caller knows of an article, before what the article says of itself."""

    date: Annotated[str | None, typer.Option(help="The day of publication, e.g. 2020-04-30.")] = None
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None
    title: Annotated[str | None, typer.Option(help="Its headline.")] = None
    url: Annotated[str | None, typer.Option(help="Where it stands.")] = None

    def published(self) -> datetime.date | None:
        """The day given, or None. Raises UsageError on one that is none, or is longer than a day."""
        if self.date is None:
            return None
        first, last = period(self.date, datetime.date.today())
        if first != last:
            raise UsageError(f"--date {self.date!r} is no single day; write it as 2020-04-30")
        return first


class Inputs:
    """The articles of a call's paths; a bad one is reported, counted in ``failed`` and passed over."""

    def __init__(self, paths: list[str], given: Given) -> None:
        self.paths = paths
        self.given = given
        self.day = given.published()
        self.read = 0
        self.failed = 0

    def __iter__(self) -> Iterator[Article]:
        from relwatch import read

        for path in self.paths:
            source = None if path == "-" else Path(path)
            for item in read.articles(
                source, date=self.day, outlet=self.given.outlet, title=self.given.title, url=self.given.url
            ):
                if isinstance(item, ReadError):
                    self.failed += 1
                    complain(str(item))
                else:
                    self.read += 1
                    yield item

    def finish(self) -> None:
        """End with status 1 if an input could not be read."""
        if self.failed:
            raise typer.Exit(1)


def coded(article: Article) -> tuple[Event, ...]:
    """The article's events. spaCy is loaded at the first call, not before."""
    from relwatch.coder import code

    return tuple(code(article))


def row_of(article: Article, event: Event) -> Row:
    """The event as a row of a listing, as if it came from the store."""
    from relwatch.query import Row

    return Row(
        event=event,
        title=article.title,
        outlet=article.outlet,
        url=article.url,
        published=article.published,
        basis=article.published_basis,
        day=event.date.start or article.published,
        direction="mutual" if not event.recipient else "to",
    )


@command
def code(paths: Paths, given: Given, output: Output) -> None:
    """\b
    Examples:
      relwatch code article.txt
      relwatch code articles.jsonl --jsonl > events.jsonl
      pbpaste | relwatch code - --date 2020-04-30

    Code articles without storing anything.

    On a terminal each event shows the sentence it rests on; --jsonl is one event a line, as
    event.schema.json says. In a pipe each event is one line of tab-separated fields without a header:
    date, who, what, status, topics, tone, tone_words, speaker, outlet, id, sentence.
    """
    inputs = Inputs(paths, given)

    def pairs() -> Iterator[tuple[Article, Event]]:
        for article in inputs:
            for event in coded(article):
                yield article, event

    def table() -> None:
        from relwatch.render.article import print_found
        from relwatch.render.terminal import console

        screen = console()
        for article in inputs:
            events = coded(article)
            print_found(
                article, count(len(events), "event"), [line(article, event) for event in events], screen
            )

    write(
        Listing(
            Rows(
                lambda: (event_to_json(event, article) for article, event in pairs()),
                fields.EVENT_FIELDS,
                fields.event_flat,
            ),
            table,
            Rows(
                lambda: (line(article, event) for article, event in pairs()),
                fields.TIMELINE_FIELDS,
                fields.timeline_flat,
            ),
        ),
        output,
    )
    inputs.finish()


def line(article: Article, event: Event) -> Any:
    """The event as a line of a timeline, seen from its first party."""
    from relwatch.timeline import timeline_row

    parties = [party.party for party in event.actor if party.party]
    return timeline_row(row_of(article, event), parties[0] if parties else "", None)


@command
def add(
    paths: Paths,
    given: Given,
    place: Place,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be added.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an article.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what went wrong.")] = False,
) -> None:
    """\b
    Examples:
      relwatch add article.txt
      relwatch add news/*.txt --outlet Reuters
      relwatch add articles.jsonl --quiet
      pbpaste | relwatch add - --date 2020-04-30 --dry-run

    Read articles, code them, and add them with their events to the store.

    An article that is there already changes nothing. A file that cannot be read is reported, and the
    rest goes on; the exit status is then 1. --json gives one object a line: article, added, events.
    """
    from contextlib import nullcontext

    from relwatch.store import Store

    inputs = Inputs(paths, given)
    totals = {"added": 0, "known": 0, "events": 0}
    nothing_to_open = dry_run and not place.path.exists()
    with nullcontext() if nothing_to_open else Store.open(place.path, readonly=dry_run) as store:
        for article in inputs:
            found = take(store, article, dry_run)
            totals["known" if found is None else "added"] += 1
            totals["events"] += len(found or ())
            if not quiet:
                report(article, found, dry_run, as_json)
    if inputs.read > 1 and not quiet:
        verb = "would be added" if dry_run else "added"
        counts = f"{totals['added']} articles {verb} with {totals['events']} events"
        complain(f"{counts}, {totals['known']} already there, {inputs.failed} failed")
    inputs.finish()


def take(store: Store | None, article: Article, dry_run: bool) -> tuple[Event, ...] | None:
    """Code the article and add it; its events, or None when the store has it already."""
    from relwatch.store import article_digest

    if store is not None and store.has(article_digest(article.text)):
        return None
    events = coded(article)
    if store is not None and not dry_run and not store.add(article, events):
        return None
    return events


def report(article: Article, events: tuple[Event, ...] | None, dry_run: bool, as_json: bool) -> None:
    """Say what an article is and what was found in it; ``events`` is None when it was there already."""
    if events is None:
        outcome = "already in the store; nothing changed"
    else:
        outcome = f"{'would be added' if dry_run else 'added'}, {count(len(events), 'event')}"
    if as_json:
        sys.stdout.write(formats.dumps(_as_json(article, events, dry_run)) + "\n")
        return
    lines = [line(article, event) for event in events or ()]
    if sys.stdout.isatty():
        from relwatch.render.article import print_found
        from relwatch.render.terminal import console

        print_found(article, outcome, lines, console())
    else:
        sys.stdout.write(found_plain(article, outcome, lines))


def _as_json(article: Article, events: tuple[Event, ...] | None, dry_run: bool) -> dict[str, Any]:
    return {
        **fields.article_heading(article),
        "added": events is not None and not dry_run,
        "known": events is None,
        "events": [event_to_json(event, article) for event in events or ()],
    }
