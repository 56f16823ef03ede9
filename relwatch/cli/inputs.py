"""The articles a call names, read one by one, and their events as lines of a listing."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from relwatch.cli.messages import complain
from relwatch.cli.periods import period
from relwatch.cli.progress import Meter
from relwatch.errors import RelwatchError, UsageError
from relwatch.records import Article, Event
from relwatch.render.plain import count

if TYPE_CHECKING:
    from relwatch.ingest.parts import Part
    from relwatch.ingest.work import Task
    from relwatch.query import Row
    from relwatch.read.draft import Format
    from relwatch.store import Store
    from relwatch.timeline import TimelineRow

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Articles: files of any kind, folders, patterns; - is standard input.",
        show_default=False,
    ),
]
FORMATS = "text, html, markdown, json, jsonl, csv, feed, eml, pdf, warc"


@dataclass(frozen=True)
class Given:
    """What the caller knows of an article, before what the article says of itself."""

    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day of publication, e.g. 2020-04-30.")] = None
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")] = None
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Its headline.")] = None
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where it stands.")] = None

    def published(self) -> datetime.date | None:
        """The day given, or None. Raises UsageError on one that is none, or is longer than a day."""
        if self.date is None:
            return None
        first, last = period(self.date, datetime.date.today())
        if first != last:
            raise UsageError(f"--date {self.date!r} is no single day; write it as 2020-04-30")
        return first


@dataclass(frozen=True)
class Gathering:
    """Which articles a call means, beside its paths."""

    listed: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="A list of paths, one a line; - is standard input."),
    ] = None
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help=f"Instead of telling it by the content: {FORMATS}."),
    ] = None

    def forced(self) -> Format | None:
        """The format given, or None. Raises UsageError on one that is none."""
        from relwatch.read.draft import FORMATS

        if self.format is None:
            return None
        for known in FORMATS:
            if known == self.format.lower():
                return known
        raise UsageError(f"--format {self.format!r} is none of {', '.join(FORMATS)}")

    def paths(self, named: list[str] | None) -> Iterator[str]:
        """The paths named, then those of the list. Raises UsageError when there are none at all."""
        if not named and self.listed is None:
            raise UsageError("name files or folders to read, or give a list of them with --from")
        if self.listed == "-" and "-" in (named or ()):
            raise UsageError("standard input is either an article (-) or a list (--from -); give one of them")
        return chain(named or (), _listed(self.listed) if self.listed is not None else ())


@dataclass(frozen=True)
class Labour:
    """How much the machine does at a time, and for how long."""

    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            min=1,
            metavar="N",
            help="Code in N processes. Without it: in one, and in as many as there are processors once that has"
            " taken a few seconds.",
            show_default=False,
        ),
    ] = None
    timeout: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Leave out an article that takes longer; 0: never.")
    ] = 60.0


def _listed(name: str) -> Iterator[str]:
    try:
        with nullcontext(sys.stdin) if name == "-" else open(name, encoding="utf-8", errors="surrogateescape") as lines:
            for line in lines:
                if path := line.rstrip("\r\n"):
                    yield path
    except OSError as error:
        raise UsageError(f"{name}: cannot be read ({error.strerror}); --from takes a file of paths") from error


class Inputs:
    """The articles of a call's paths, coded; a bad one is reported, counted in ``failed`` and passed over."""

    def __init__(
        self, paths: list[str] | None, given: Given, gathering: Gathering | None = None, labour: Labour | None = None
    ) -> None:
        self.gathering = gathering or Gathering()
        self.labour = labour or Labour()
        self.named = paths
        self.paths = self.gathering.paths(paths)
        self.given = given
        self.day = given.published()
        self.format = self.gathering.forced()
        self.read = self.failed = self.fresh = self.events = 0

    @property
    def several(self) -> bool:
        """Whether the call means more than one file."""
        return (
            self.gathering.listed is not None or len(self.named or ()) > 1 or any(map(os.path.isdir, self.named or ()))
        )

    def coded(self) -> Iterator[tuple[Article, tuple[Event, ...]]]:
        """Each article with its events."""
        for article, events in self.taken(None):
            yield article, events or ()

    def taken(
        self,
        store: Store | None,
        *,
        dry_run: bool = True,
        again: bool = False,
        most: int | None = None,
        metered: bool = True,
    ) -> Iterator[tuple[Article, tuple[Event, ...] | None]]:
        """Each article with its events, or None when the store has it already; into the store unless ``dry_run``.

        Of a file that the log passes over, the articles are given where they are not more than ``most``.
        """
        from relwatch.filelog import FileLog
        from relwatch.ingest import filing, intake, run
        from relwatch.ingest.work import Coded, There
        from relwatch.read import Remark

        log = FileLog(store) if store else None
        with Meter(self._total, wanted=metered) as meter:
            jobs = intake.jobs(self.paths, self.format, None if again else log, meter.taken)
            items = run.outcomes(jobs, self._task(), store, self.labour.jobs)
            filed = filing.filed(store, log, items) if store and log and not dry_run else filing.unfiled(items)
            for item in filed:
                if isinstance(item, Remark):
                    complain(str(item))
                elif isinstance(item, RelwatchError):
                    self.fail(str(item))
                elif isinstance(item, intake.FileKnown):
                    self.read += item.articles
                    for failure in item.failures:
                        self.fail(failure)
                    if store and (most is None or item.articles <= most):
                        yield from ((article, None) for article in store.articles_in(item.number))
                    meter.coded(item.articles, 0)
                elif isinstance(item, Coded | There):
                    events = item.found.events if isinstance(item, Coded) else None
                    self.read += 1
                    self.fresh += events is not None
                    self.events += len(events or ())
                    yield item.article, events
                    meter.coded(1, len(events or ()))

    def parted(self, folder: Path, scheduler: str | None) -> Iterator[Part | None]:
        """Code into Parquet files in ``folder``, here or on a cluster: each as it is written, None for one there."""
        from relwatch.ingest import cluster, intake, parts
        from relwatch.ingest.facts import here
        from relwatch.read import Remark

        task = self._task()
        make = partial(parts.here, task, here(), self.labour.jobs)
        if scheduler:
            make = partial(cluster.run, scheduler, task, here())
        with Meter(self._total) as meter:
            jobs = intake.jobs(self.paths, self.format, None, meter.taken)
            for item in parts.coded(jobs, task, folder, here(), make):
                for said in (item,) if isinstance(item, RelwatchError) else item.said if item else ():
                    complain(str(said)) if isinstance(said, Remark) else self.fail(str(said))
                if not isinstance(item, RelwatchError):
                    self.read += item.articles if item else 0
                    self.events += item.events if item else 0
                    meter.coded(item.articles if item else 0, item.events if item else 0)
                    yield item

    def _task(self) -> Task:
        from relwatch import tables
        from relwatch.ingest.work import Task
        from relwatch.read.draft import Draft

        given = Draft(title=self.given.title, date=self.day, outlet=self.given.outlet, url=self.given.url)
        return Task(given, self.labour.timeout, tables.user_dir())

    def _total(self) -> int | None:
        """The bytes of all the files, where that can be told without using a list of paths up."""
        from relwatch.ingest import intake

        if self.gathering.listed is not None or "-" in (self.named or ()):
            return None
        return intake.total(self.named or ())

    def fail(self, message: str) -> None:
        """Report what went wrong with one input."""
        self.failed += 1
        complain(message)

    def tally(self, dry_run: bool) -> str:
        """What became of the articles."""
        verb = "would be added" if dry_run else "added"
        known = self.read - self.fresh
        return (
            f"{count(self.fresh, 'article')} {verb} with {count(self.events, 'event')},"
            f" {known} already there, {self.failed} failed"
        )

    def finish(self) -> None:
        """End with status 1 if an input could not be read."""
        if self.failed:
            raise typer.Exit(1)


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


def line(article: Article, event: Event) -> TimelineRow:
    """The event as a line of a timeline, seen from its first party."""
    from relwatch.timeline import timeline_row

    parties = [party.party for party in event.actor if party.party]
    return timeline_row(row_of(article, event), parties[0] if parties else "", None)
