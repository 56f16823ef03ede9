"""Pieces in, outcomes out, in order: coded here, or by several processes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from relwatch import tables
from relwatch.errors import PassingError
from relwatch.ingest import limit, work
from relwatch.ingest.crew import Crew, Settled
from relwatch.ingest.intake import Item, Job
from relwatch.ingest.work import Known, Task, done
from relwatch.read import Piece
from relwatch.records import Article
from relwatch.store import Store

# Seconds of processor time after which workers are called: each needs about two to be ready. Time by the clock
# would call them for little work on a machine that has no processor to spare.
ALONE = 5.0


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def outcomes(jobs: Iterator[Job], task: Task, store: Store | None, workers: int | None) -> Iterator[Item]:
    """What comes of the jobs, in their order.

    ``workers`` processes code, one of them being this one. None begins with this one, and calls as many as
    there are processors once it has coded for some seconds and that is what takes the time: a small input
    never waits for workers, nor do the articles of a slow feed for those that follow. An article whose text
    is in ``store`` already is not coded.
    """
    if workers in (None, 1):
        known = partial(_settled, store) if store else _unknown
        began, used, spent = time.monotonic(), time.process_time(), 0.0
        for job in jobs:
            if isinstance(job, Settled):
                yield from job.result
                continue
            at = time.monotonic()
            found = done(job, task, known)
            spent += time.monotonic() - at
            yield from found
            waits = 2 * spent < time.monotonic() - began  # for its input, more than it works
            if workers is None and cores() > 1 and time.process_time() - used > ALONE and not waits:
                break
        else:
            return
    begin = partial(_begin, task, store.path if store else None)
    with Crew(workers or cores(), begin, _lost, _weight) as crew:
        for items in crew.in_order(jobs):
            yield from items


def _unknown(article: Article) -> bool:
    return False


def _settled(store: Store, article: Article) -> bool:
    return store.settled(article, record=False)


def _begin(task: Task, path: Path | None) -> Callable[[Piece], tuple[Item, ...]]:
    """In a worker: what does a piece there."""
    os.environ[tables.VARIABLE] = str(task.tables or "")  # empty: none, whatever stands at the usual place
    tables.refresh()
    work.load()
    known: Known = _unknown
    if path is not None:
        store = Store.open(path, readonly=True)
        store.connection.execute("PRAGMA mmap_size = 0")  # what each of many processes maps is counted to each
        known = partial(_settled, store)
    return partial(done, task=task, known=known, within=limit.or_end)


def _lost(piece: Piece) -> tuple[Item, ...]:
    what = "ended the process that coded it, twice (too little memory, or too long?)"
    return (PassingError(f"{piece.where}: {what}; it is left out"),)


def _weight(piece: Piece) -> int:
    return len(piece.draft.raw or piece.draft.text)
