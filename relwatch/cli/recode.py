"""``recode``: the stored articles coded again, and what that changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.inputs import line
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.messages import complain
from relwatch.cli.options import Output, Place, Tables, command
from relwatch.cli.selection import days
from relwatch.eventjson import event_to_json
from relwatch.render import fields
from relwatch.render.plain import count

if TYPE_CHECKING:
    from relwatch.recoding import Changes
    from relwatch.records import Event
    from relwatch.store import Store


@command
def recode(
    place: Place,
    tables: Tables,
    output: Output,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID...]", help="Articles' ids, or their beginnings; else all.", show_default=False),
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Published on or after this day.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Published on or before this day.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change.")] = False,
) -> None:
    """\b
    Examples:
      relwatch recode --dry-run
      relwatch recode --since 2024
      relwatch recode 3f2a91c0 --json

    Code stored articles again with the tables and the program of today, and say which events were added,
    removed or changed. An event that is still the same act keeps its id. Dates of publication stay as stored.

    Each article is changed as a whole or not at all; a run that is interrupted has done the articles before, and
    can be run again. --json and --jsonl give one object for each article that changed; in a pipe each change is
    one line of tab-separated fields: change, article, id, date, who, what, status, fields (those that
    changed), sentence.
    """
    from relwatch.store import Store

    first, last = days(since, until)
    with Store.open(place.path, readonly=dry_run) as store:
        wanted = [row.id for row in store.articles(since=first, until=last)]
        if ids:
            chosen = {store.article(id_).id for id_ in ids}
            wanted = [id_ for id_ in wanted if id_ in chosen]
        run = Run(store, wanted, dry_run)
        flat = Rows(lambda: (row for changes in run for row in _flat(changes)), fields.RECODE_FIELDS)
        rows = flat
        if output.format in ("json", "jsonl"):
            rows = Rows(lambda: (_as_json(changes) for changes in run), ())
        try:
            write(Listing(rows, lambda: _table(run), flat), output)
        except KeyboardInterrupt:
            complain(f"interrupted: {run.tally()}")
            raise
    complain(run.tally())


@dataclass
class Run:
    """The articles to be coded again, one by one; iterating does it, and gives the changes of those that have any."""

    store: Store
    ids: list[str]
    dry_run: bool
    done: int = 0
    articles: int = 0
    kept: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0

    def __iter__(self) -> Iterator[Changes]:
        from relwatch.ingest.work import coded

        for id_ in self.ids:
            article = self.store.article(id_)
            changes = self.store.recode(article, coded(article), dry_run=self.dry_run)
            self.done += 1
            if changes is None:
                continue
            self.kept += len(changes.kept)
            self.added += len(changes.added)
            self.removed += len(changes.removed)
            self.changed += len(changes.changed)
            if changes:
                self.articles += 1
                yield changes

    def tally(self) -> str:
        """What came of it."""
        verb = "would change" if self.dry_run else "changed"
        return (
            f"{self.articles} of {count(self.done, 'article')} {verb}: {count(self.added, 'event')} added,"
            f" {self.removed} removed, {self.changed} told differently, {self.kept} as before"
        )


def _steps(changes: Changes) -> Iterator[tuple[str, Event, tuple[str, ...]]]:
    """Each change of an article: its kind, the event as it is now (or was), the fields that changed."""
    for event in changes.removed:
        yield "removed", event, ()
    for event in changes.added:
        yield "added", event, ()
    for one in changes.changed:
        yield "changed", one.new, one.fields


def _flat(changes: Changes) -> Iterator[dict[str, Any]]:
    for change, event, names in _steps(changes):
        row = line(changes.article, event)
        shown = {name: getattr(row, name) for name in ("date", "who", "what", "status", "id", "sentence")}
        yield shown | {"change": change, "article": changes.article.id, "fields": names}


def _as_json(changes: Changes) -> dict[str, Any]:
    def events(some: tuple[Event, ...]) -> list[dict[str, Any]]:
        return [event_to_json(event, changes.article) for event in some]

    return {
        **fields.article_heading(changes.article),
        "kept": [event.id for event in changes.kept],
        "added": events(changes.added),
        "removed": events(changes.removed),
        "changed": [
            {
                "fields": list(one.fields),
                "before": event_to_json(one.old, changes.article),
                "after": event_to_json(one.new, changes.article),
            }
            for one in changes.changed
        ],
    }


def _table(run: Run) -> int:
    from relwatch.render.recode import print_changes
    from relwatch.render.terminal import console

    screen = console()
    for changes in run:
        steps = [(change, line(changes.article, event), names) for change, event, names in _steps(changes)]
        before = {one.new.id: line(changes.article, one.old) for one in changes.changed}
        print_changes(changes.article, steps, before, screen)
    return run.done
