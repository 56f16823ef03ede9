"""``add`` and ``code``: from articles to events, into the store or not."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.inputs import Gathering, Given, Inputs, Paths, coded, line
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.messages import complain
from relwatch.cli.options import Output, Place, Tables, command
from relwatch.errors import StoreError
from relwatch.eventjson import event_to_json
from relwatch.records import Article, Event
from relwatch.render import fields, formats
from relwatch.render.plain import also_carried, count, found_plain

if TYPE_CHECKING:
    from relwatch.holdings import Copy
    from relwatch.store import Store

Taken = tuple[Article, tuple[Event, ...] | None]


@command
def code(given: Given, gathering: Gathering, tables: Tables, output: Output, paths: Paths = None) -> None:
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
    inputs = Inputs(paths, given, gathering)

    def pairs() -> Iterator[tuple[Article, Event]]:
        for article in inputs:
            for event in coded(article).events:
                yield article, event

    def table() -> int:
        from relwatch.render.article import print_found
        from relwatch.render.terminal import console

        screen = console()
        for article in inputs:
            rows = [line(article, event) for event in coded(article).events]
            print_found(article, count(len(rows), "event"), rows, screen)
        return inputs.read

    def empty() -> None:
        if inputs.read:
            complain(f"no events in {count(inputs.read, 'article')}")

    events = Rows(lambda: (event_to_json(e, a) for a, e in pairs()), fields.EVENT_FIELDS, fields.event_flat)
    lines = Rows(lambda: (line(a, e) for a, e in pairs()), fields.TIMELINE_FIELDS, fields.timeline_flat)
    write(Listing(events, table, lines, empty), output)
    inputs.finish()


@command
def add(
    given: Given,
    gathering: Gathering,
    place: Place,
    tables: Tables,
    paths: Paths = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be added.")] = False,
    as_array: Annotated[bool, typer.Option("--json", help="A JSON array, one object an article.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what went wrong.")] = False,
) -> None:
    """\b
    Examples:
      relwatch add article.txt
      relwatch add news/*.txt --outlet Reuters
      relwatch add saved-pages/ dump.jsonl.gz --quiet
      find . -name "*.html" -newer last | relwatch add --from -
      pbpaste | relwatch add - --date 2020-04-30 --dry-run

    Read articles, code them, and add them with their events to the store. Plain text, web pages, Markdown,
    JSON, CSV, feeds and mails are told apart by their content, also in .gz and .zip.

    An article that is there already changes nothing. A file that cannot be read is reported, and the
    rest goes on; the exit status is then 1.
    """
    from contextlib import nullcontext

    from relwatch.store import Store

    inputs = Inputs(paths, given, gathering)
    nothing_to_open = dry_run and not place.path.exists()
    with nullcontext() if nothing_to_open else Store.open(place.path, readonly=dry_run) as store:
        results = taken(store, inputs, dry_run)
        if as_array:
            formats.write_json((as_json(*result, dry_run) for result in results), sys.stdout)
        else:
            for article, events in results:
                if not quiet:
                    report(article, events, dry_run, store.copies(article.id) if store else ())
    if inputs.read > 1 and not quiet:
        complain(inputs.tally(dry_run))
    inputs.finish()


def taken(store: Store | None, inputs: Inputs, dry_run: bool) -> Iterator[Taken]:
    """Each article with its events, or None when the store has it already.

    An article that the store refuses is reported, and the rest goes on.
    """
    for article in inputs:
        try:
            events = take(store, article, dry_run)
        except StoreError as error:
            inputs.fail(str(error))
        else:
            inputs.count(events)
            yield article, events


def take(store: Store | None, article: Article, dry_run: bool) -> tuple[Event, ...] | None:
    """Code the article and add it; its events, or None when the store has it already."""
    if store is not None and store.settled(article, record=not dry_run):
        return None
    found = coded(article)
    if store is not None and not dry_run and not store.add(article, found.events, found.unresolved):
        return None
    return found.events


def report(article: Article, events: tuple[Event, ...] | None, dry_run: bool, copies: Sequence[Copy] = ()) -> None:
    """Say what an article is and what was found in it; ``events`` is None when it was there already."""
    others = also_carried(copies)
    if events is None:
        outcome = "already in the store; " + (others or "nothing changed")
    else:
        outcome = f"{'would be added' if dry_run else 'added'}, {count(len(events), 'event')}"
        outcome += f"; {others}" if others else ""
    lines = [line(article, event) for event in events or ()]
    if sys.stdout.isatty():
        from relwatch.render.article import print_found
        from relwatch.render.terminal import console

        print_found(article, outcome, lines, console())
    else:
        sys.stdout.write(found_plain(article, outcome, lines))


def as_json(article: Article, events: tuple[Event, ...] | None, dry_run: bool) -> dict[str, Any]:
    """What ``report`` says, as a plain object."""
    return {
        **fields.article_heading(article),
        "added": events is not None and not dry_run,
        "known": events is None,
        "events": [event_to_json(event, article) for event in events or ()],
    }
