"""``show``, ``articles`` and ``path``: look into the store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.inputs import line
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.messages import complain
from relwatch.cli.options import Output, Place, command
from relwatch.cli.selection import days
from relwatch.errors import UsageError
from relwatch.eventjson import event_to_json
from relwatch.records import Article, Event
from relwatch.render import fields

if TYPE_CHECKING:
    from relwatch.merge import Encounter
    from relwatch.store import Store


def find(store: Store, id_: str) -> tuple[Article, list[Event], bool]:
    """The article and events of an event's or an article's id, and whether it is an event's.

    Raises UsageError when it begins neither, or several.
    """
    try:
        event = store.event(id_)
    except UsageError as not_event:
        try:
            article = store.article(id_)
        except UsageError as not_article:
            ambiguous = next((e for e in (not_event, not_article) if "several" in str(e)), None)
            raise ambiguous or UsageError(
                f"no event or article {id_!r}; `relwatch timeline` and `relwatch articles` show the ids"
            ) from None
        return article, store.events_of(article.id), False
    return store.article(event.article), [event], True


@command
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="An event's or article's id, or its beginning.")],
    place: Place,
    output: Output,
    context: Annotated[int, typer.Option(min=0, metavar="N", help="Lines shown around an event's evidence.")] = 1,
    full: Annotated[bool, typer.Option("--full", help="Show the whole text.")] = False,
) -> None:
    """\b
    Examples:
      relwatch show 3f2a91c0
      relwatch show 3f2a91c0 --full
      relwatch show 3f2a91c0 --json

    Show an event or an article, with the evidence highlighted in the text; of an event also what else is
    reported of the same encounter, and where the reports contradict one another.

    In a pipe the lines that hold evidence begin with "> ", other reports with "= ", their disagreements with
    "! ". --json and the like give the event (in JSON with its encounter), or the article's events.
    """
    from relwatch.store import Store
    from relwatch.timeline import encounter_of

    with Store.open(place.path, readonly=True) as store:
        article, events, is_event = find(store, id_)
        encounter = encounter_of(store, events[0]) if is_event else None

    def table() -> int:
        _print(article, events, context if is_event and not full else None)
        if encounter and len(encounter.reports) > 1:
            _print_reports(encounter, events[0].id)
        return 1

    def records() -> Iterator[dict[str, Any]]:
        for event in events:
            told = event_to_json(event, article)
            yield told | {"encounter": encounter.to_json()["encounter"]} if encounter else told

    listed = Rows(records, fields.EVENT_FIELDS, fields.event_flat)
    if output.format == "plain":
        table()
    else:
        write(Listing(listed, table), output)


def _print(article: Article, events: list[Event], context: int | None) -> None:
    """Print the article's heading, the events and the text, for a terminal or a pipe."""
    from relwatch.render import highlight

    evidence = [span for event in events for span in event.evidence]
    shown = highlight.lines(article.text, evidence, context)
    rows = [line(article, event) for event in events]
    if not sys.stdout.isatty():
        from relwatch.render.plain import found_plain

        sys.stdout.write(found_plain(article, "", rows) + highlight.plain_text(shown))
        return
    from relwatch.render.article import print_found
    from relwatch.render.terminal import console

    screen = console()
    print_found(article, "", rows, screen)
    phrases = [span for event in events for span in event.tone.phrases]
    screen.print(highlight.rich_text(shown, evidence, phrases))


def _print_reports(encounter: Encounter, shown: str) -> None:
    """Print the other reports of an encounter, and where they differ."""
    from relwatch.render import plain

    others = [row for row in encounter.reports if row.event.id != shown]
    if not sys.stdout.isatty():
        sys.stdout.write("".join(f"= {line}\n" for line in map(plain.report_line, others)))
        sys.stdout.write("".join(f"! {one.kind}: {one.text()}\n" for one in encounter.disagreements))
        return
    from relwatch.render.article import print_reports
    from relwatch.render.terminal import console

    print_reports(others, encounter, console())


@command
def articles(
    place: Place,
    output: Output,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Published on or after this day.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Published on or before this day.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Published by this outlet.")] = None,
    match: Annotated[str | None, typer.Option(metavar="WORDS", help="With these words in the text.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many, the first in order.")] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Newest first.")] = False,
) -> None:
    """\b
    Examples:
      relwatch articles
      relwatch articles --match "new start" --since 2021
      relwatch articles --csv > articles.csv

    List the articles in the store, oldest first.

    In a pipe each article is one line of tab-separated fields without a header: id, published,
    published_basis, outlet, title, url, events, story, carriers. Where other articles carry the same story,
    story is the id of the first of them; carriers are the other outlets that have it.
    """
    from relwatch.store import Store

    first, last = days(since, until)
    with Store.open(place.path, readonly=True) as store:
        rows = store.articles(since=first, until=last, outlet=outlet, match=match, limit=limit, reverse=reverse)

    def table() -> int:
        from relwatch.render.article import print_articles
        from relwatch.render.terminal import console

        return print_articles(rows, console())

    def empty() -> None:
        complain("no articles; widen the filters, or add some with: relwatch add ARTICLE.txt")

    listed = Rows(lambda: (row.to_json() for row in rows), fields.ARTICLE_FIELDS, fields.article_flat)
    write(Listing(listed, table, empty=empty), output)


@command
def path(
    place: Place,
    tables: Annotated[bool, typer.Option("--tables", help="Where your own tables are, or would be.")] = False,
) -> None:
    """\b
    Examples:
      relwatch path
      datasette "$(relwatch path)"
      relwatch check --tables "$(relwatch path --tables)"

    Print where the store is, or with --tables the folder of your own tables.
    """
    from relwatch.tables import own_place

    typer.echo(own_place() if tables else place.path)
