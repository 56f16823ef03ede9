"""``add`` and ``code``: from articles to events, into the store or not."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.inputs import Gathering, Given, Inputs, Labour, Paths, line
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.messages import complain
from relwatch.cli.options import Output, Place, Tables, command
from relwatch.cli.stopping import stopping
from relwatch.errors import UsageError
from relwatch.eventjson import event_to_json
from relwatch.records import Article, Event
from relwatch.render import fields, formats
from relwatch.render.plain import also_carried, count, found_plain

if TYPE_CHECKING:
    from relwatch.holdings import Copy


@command
def code(
    given: Given,
    gathering: Gathering,
    labour: Labour,
    tables: Tables,
    output: Output,
    paths: Paths = None,
    parquet: Annotated[
        Path | None,
        typer.Option("--parquet", metavar="DIR", help="Write Parquet files there, for add or DuckDB."),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Code on a Dask cluster; with --parquet.")
    ] = None,
) -> None:
    """\b
    Examples:
      relwatch code article.txt
      relwatch code articles.jsonl --jsonl > events.jsonl
      pbpaste | relwatch code - --date 2020-04-30
      relwatch code news/ --scheduler tcp://10.0.0.1:8786 --parquet coded/

    Code articles without storing anything.

    On a terminal each event shows the sentence it rests on; --jsonl is one event a line, as
    event.schema.json says. In a pipe each event is one line of tab-separated fields without a header:
    date, who, what, status, topics, tone, tone_words, speaker, outlet, id, sentence.
    """
    inputs = Inputs(paths, given, gathering, labour)
    if parquet or scheduler:
        _into_parquet(inputs, parquet, scheduler)
        return

    def pairs() -> Iterator[tuple[Article, Event]]:
        return ((article, event) for article, events in inputs.coded() for event in events)

    def table() -> int:
        from relwatch.render.article import print_found
        from relwatch.render.terminal import console

        for article, events in inputs.coded():
            rows = [line(article, event) for event in events]
            print_found(article, count(len(rows), "event"), rows, console())
        return inputs.read

    def empty() -> None:
        if inputs.read:
            complain(f"no events in {count(inputs.read, 'article')}")

    events = Rows(lambda: (event_to_json(e, a) for a, e in pairs()), fields.EVENT_FIELDS, fields.event_flat)
    lines = Rows(lambda: (line(a, e) for a, e in pairs()), fields.TIMELINE_FIELDS, fields.timeline_flat)
    with stopping(lambda: f"interrupted after {count(inputs.read, 'article')}; to keep what is coded: relwatch add"):
        write(Listing(events, table, lines, empty), output)
    inputs.finish()


def _into_parquet(inputs: Inputs, folder: Path | None, scheduler: str | None) -> None:
    """Code into Parquet files and say what there is of them."""
    if folder is None:
        raise UsageError("what a cluster codes goes into Parquet files; say where with --parquet DIR")
    written = there = 0

    def tally() -> str:
        return (
            f"{count(inputs.read, 'article')} with {count(inputs.events, 'event')} in {count(written, 'file')} written"
            f" to {folder}, {there} there already, {inputs.failed} failed; to store them: relwatch add {folder}"
        )

    with stopping(lambda: f"interrupted: {tally()}; give the same command to go on"):
        for part in inputs.parted(folder, scheduler):
            written += part is not None
            there += part is None
    complain(tally())
    inputs.finish()


@command
def add(
    given: Given,
    gathering: Gathering,
    labour: Labour,
    place: Place,
    tables: Tables,
    paths: Paths = None,
    again: Annotated[bool, typer.Option("--again", help="Read files that were read before, too.")] = False,
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

    An article that is there already changes nothing, and a file that was read before and has not changed
    is passed over. A file that cannot be read is reported, and the rest goes on; the exit status is then 1.
    A run that is stopped keeps what it has done, and goes on from there when it is started again.
    """
    from contextlib import nullcontext

    from relwatch.store import Store

    inputs = Inputs(paths, given, gathering, labour)
    nothing_to_open = dry_run and not place.path.exists()
    with (
        nullcontext() if nothing_to_open else Store.open(place.path, readonly=dry_run) as store,
        stopping(lambda: f"interrupted: {inputs.tally(dry_run)}; give the same command to go on from there"),
    ):
        # A listing of all that is there already is for programs: people are told how many.
        most = 0 if quiet else int(not inputs.several) if sys.stdout.isatty() and not as_array else None
        results = inputs.taken(store, dry_run=dry_run, again=again, most=most)
        if as_array:
            formats.write_json((as_json(*result, dry_run) for result in results), sys.stdout)
        else:
            for article, events in results:
                if not quiet:
                    report(article, events, dry_run, store.carried(article) if store else ())
    if inputs.read > 1 and not quiet:
        complain(inputs.tally(dry_run))
    inputs.finish()


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
