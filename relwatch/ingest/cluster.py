"""Coding on a Dask cluster: batches go out, parts come back. Nothing else is shared with the workers.

The files are read and written where the program is called. The workers need relwatch with the same tables, and
one thread each: a limit of time for an article needs a process to itself.
"""

from __future__ import annotations

import os
import pickle
import zlib
from collections import deque
from collections.abc import Iterator
from functools import partial
from typing import Any

from relwatch import tables
from relwatch.errors import PassingError, RelwatchError
from relwatch.ingest import limit, work
from relwatch.ingest.facts import Facts, difference, here
from relwatch.ingest.parquet import ExtraMissingError
from relwatch.ingest.parts import Batch, Part, part_of
from relwatch.ingest.work import Outcome, Task
from relwatch.records import Article

PATIENCE = 30.0  # seconds to wait for the scheduler, and for a first worker
_AHEAD = 2  # batches for each worker: one that it works on, one that is on its way


class ClusterError(RelwatchError):
    """The cluster cannot be reached, or cannot do the work."""


def run(address: str, task: Task, facts: Facts, batches: Iterator[Batch]) -> Iterator[Part]:
    """The parts of the batches, in their order, made by the workers of the scheduler at ``address``.

    Raises ClusterError, and ExtraMissingError where Dask is not installed.
    """
    with _client(address) as client:
        under_way: deque[tuple[Batch, Any]] = deque()
        while True:
            ahead = _AHEAD * len(client.nthreads()) or 1
            while len(under_way) < ahead and (batch := next(batches, None)):
                under_way.append((batch, _sent(client, _made, batch, task, facts)))
            if not under_way:
                return
            batch, future = under_way.popleft()
            yield _part(client, batch, future, task, facts)


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise ExtraMissingError("a cluster needs Dask; install it with: pip install 'relwatch[dask]'") from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address}; start one with: dask scheduler") from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        client.close()
        raise ClusterError(
            f"the scheduler at {address} has no workers; start some with: dask worker {address} --nthreads 1"
        ) from error
    if any(threads > 1 for threads in client.nthreads().values()):
        client.close()
        raise ClusterError("a worker has several threads, which code no faster than one; start it with --nthreads 1")
    return client


def _sent(client: Any, function: Any, batch: Batch, task: Task, facts: Facts) -> Any:
    return client.submit(function, zlib.compress(pickle.dumps((batch, task)), 1), facts, pure=False)


def _part(client: Any, batch: Batch, future: Any, task: Task, facts: Facts) -> Part:
    """The part of a batch; one that ends its workers is done again piece by piece, to find the guilty one."""
    from distributed import KilledWorker

    try:
        part: Part = future.result()
        return part
    except KilledWorker:
        outcomes: list[Outcome] = []
    except ModuleNotFoundError as error:
        raise ClusterError(f"the workers lack {error.name}; install there: pip install 'relwatch[dask]'") from error
    for piece in batch.pieces:
        alone = Batch(batch.number, (piece,), batch.digest)
        try:
            outcomes += _sent(client, _outcomes, alone, task, facts).result()
        except KilledWorker:
            what = "ended the processes that coded it (too little memory, or too long?); it is left out"
            outcomes.append(PassingError(f"{piece.where}: {what}"))
    return part_of(batch, outcomes, facts)


# On a worker


def _made(packed: bytes, facts: Facts) -> Part:
    """The part of a batch."""
    return part_of(pickle.loads(zlib.decompress(packed))[0], _outcomes(packed, facts), facts)


def _outcomes(packed: bytes, facts: Facts) -> list[Outcome]:
    """What comes of the pieces of a batch."""
    batch, task = pickle.loads(zlib.decompress(packed))
    if (place := str(task.tables or "")) != os.environ.get(tables.VARIABLE):
        os.environ[tables.VARIABLE] = place  # empty: none, whatever stands at the usual place
        tables.refresh()
        tables.forget()
    if differs := difference(here(), facts):
        raise ClusterError(f"a worker has {differs}; install the same relwatch, and the same --tables, everywhere")
    work.load()
    do = partial(work.done, task=task, known=_unknown, within=limit.or_end)
    return [outcome for piece in batch.pieces for outcome in do(piece)]


def _unknown(article: Article) -> bool:
    return False
