"""Coding into a folder of Parquet files, here or on a Dask cluster: a part for each batch of articles.

A part is written as a whole or not at all, and keeps a digest of the batch that it was made from: a run that was
broken off passes over the parts that are there. The same input gives the same parts, here and on a cluster.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from relwatch.errors import PassingError, ReadError, StoreError
from relwatch.ingest import parquet, run
from relwatch.ingest.crew import Settled
from relwatch.ingest.facts import Facts
from relwatch.ingest.intake import Job
from relwatch.ingest.work import Coded, Outcome, Task
from relwatch.read import Piece, Remark

SIZE, BYTES = 1000, 8_000_000  # articles of a part, and bytes of their sources, at most


@dataclass(frozen=True, slots=True)
class Batch:
    """What one part is made of; ``digest`` is that of its pieces and of what the caller says of them."""

    number: int
    pieces: tuple[Piece, ...]
    digest: str

    @property
    def name(self) -> str:
        """The name of its part."""
        return f"part-{self.number:07}.parquet"


@dataclass(frozen=True, slots=True)
class Part:
    """What came of a batch: a Parquet file, how much is in it, and what could not be coded or is odd."""

    batch: str
    data: bytes
    articles: int
    events: int
    said: tuple[ReadError, ...]


def batches(jobs: Iterable[Job], task: Task) -> Iterator[Batch | ReadError]:
    """The pieces of the jobs, by batches; what cannot be read stands between them."""
    number, size, pieces = 0, 0, list[Piece]()
    for job in jobs:
        if isinstance(job, Settled):
            yield from (item for item in job.result if isinstance(item, ReadError))
            continue
        pieces.append(job)
        size += len(job.draft.raw or job.draft.text)
        if len(pieces) >= SIZE or size >= BYTES:
            yield _batch(number, pieces, task)
            number, size, pieces = number + 1, 0, []
    if pieces:
        yield _batch(number, pieces, task)


def _batch(number: int, pieces: list[Piece], task: Task) -> Batch:
    digest = hashlib.sha256(repr(task.given).encode("utf-8", "surrogatepass"))
    for piece in pieces:
        digest.update(repr((piece.name, *piece.draft)).encode("utf-8", "surrogatepass"))
    return Batch(number, tuple(pieces), digest.hexdigest())


def part_of(batch: Batch, outcomes: Iterable[Outcome], facts: Facts) -> Part:
    """The part of a batch whose pieces came to these outcomes."""
    coded: list[Coded] = []
    said: list[ReadError] = []
    for outcome in outcomes:
        if isinstance(outcome, Coded):
            coded.append(outcome)
        elif isinstance(outcome, ReadError):
            said.append(outcome)
    data = parquet.encoded(coded, {**facts, "batch": batch.digest, "again": str(_passing(said))})
    return Part(batch.name, data, len(coded), sum(len(c.found.events) for c in coded), tuple(said))


def _passing(said: Iterable[ReadError]) -> int:
    """How much may go better another time."""
    return sum(isinstance(one, PassingError) for one in said)


def written(folder: Path, batch: Batch, facts: Facts) -> bool:
    """Whether the part of a batch is in the folder, made from the same with the same, with nothing to try again."""
    path = folder / batch.name
    if not path.exists():
        return False
    try:
        return parquet.facts_of(path) == {**facts, "batch": batch.digest, "again": "0"}
    except ReadError:
        return False


def write(folder: Path, part: Part) -> None:
    """Write a part, as a whole or not at all. Raises StoreError."""
    path = folder / part.batch
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_bytes(part.data)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}); make room, or name another folder") from error


Run = Callable[[Iterator[Batch]], Iterator[Part]]


def here(task: Task, facts: Facts, workers: int | None, batches: Iterator[Batch]) -> Iterator[Part]:
    """The parts of the batches, made on this machine, in this process or several."""
    under_way: deque[Batch] = deque()

    def jobs() -> Iterator[Job]:
        for batch in batches:
            under_way.append(batch)
            yield from batch.pieces

    outcomes: list[Outcome] = []
    done = 0
    for outcome in run.outcomes(jobs(), task, None, workers):
        outcomes.append(cast(Outcome, outcome))
        done += not isinstance(outcome, Remark)
        if done == len(under_way[0].pieces):
            yield part_of(under_way.popleft(), outcomes, facts)
            outcomes, done = [], 0


def coded(jobs: Iterable[Job], task: Task, folder: Path, facts: Facts, make: Run) -> Iterator[Part | ReadError | None]:
    """Code the jobs into parts in the folder; each part when it is written, None for one that was there.

    ``make`` makes the parts of batches, in their order.
    """
    found = batches(jobs, task)
    aside: list[ReadError | None] = []

    def fresh() -> Iterator[Batch]:
        for batch in found:
            if isinstance(batch, ReadError):
                aside.append(batch)
            elif written(folder, batch, facts):
                aside.append(None)
            else:
                yield batch

    for part in make(fresh()):
        yield from aside
        aside.clear()
        write(folder, part)
        yield part
    yield from aside
