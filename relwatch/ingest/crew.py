"""Several processes at one work: jobs go out in batches, results come back in the order of the jobs.

Each worker has a pipe of its own, and nothing is shared: no queue, no lock and no thread that could be left
waiting. A worker is sent a batch only when it has nothing left to do, and answers job by job, so the parent
knows at any time which job each is at: a worker that dies takes that one with it, and no other. Where the parent
dies, the pipes close, and the workers end.

Workers are spawned, on every system alike: what they run is what a fresh interpreter would.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from relwatch.errors import RelwatchError

Job = TypeVar("Job")
Result = TypeVar("Result")

BATCH, BATCH_BYTES = 16, 100_000  # jobs sent at once: a fraction of a second's work
AHEAD, AHEAD_BYTES = 1024, 32_000_000  # jobs under way at most, so that memory stays flat behind a slow one
TRIES = 2  # times a job may end its worker before it is given up: the first time may have been chance
# Deaths without any result between them after which something else than a job must be wrong.
IN_A_ROW, AT_START = 10, 3
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class CrewError(RelwatchError):
    """The workers cannot be started, or do not stay alive."""


@dataclass(frozen=True, slots=True)
class Settled(Generic[Result]):
    """A result that stands among the jobs and needs no work: it keeps its place in the order."""

    result: Result


@dataclass(slots=True, eq=False)
class _Worker(Generic[Job]):
    process: BaseProcess
    pipe: Connection[Any, Any]
    ready: bool = False
    under_way: deque[tuple[int, Job]] = field(default_factory=deque)


class Crew(Generic[Job, Result]):
    """``size`` workers, started when there is a first job for them. Use in a ``with``.

    ``begin`` is called in each worker and gives the function that does a job there; both, jobs and results
    must be picklable. ``lost`` makes the result of a job that ended its workers, ``weight`` tells the bytes of one.
    """

    def __init__(
        self,
        size: int,
        begin: Callable[[], Callable[[Job], Result]],
        lost: Callable[[Job], Result],
        weight: Callable[[Job], int],
    ) -> None:
        self._size, self._begin, self._lost, self._weight = size, begin, lost, weight
        self._workers: list[_Worker[Job]] = []
        self._again: deque[tuple[int, Job]] = deque()  # jobs whose worker died, or that were drawn too many
        self._tries: dict[int, int] = {}
        self._results: dict[int, Result] = {}
        self._weights: dict[int, int] = {}  # of the jobs from ``_out`` to ``_in``
        self._in = self._out = 0  # the numbers of the next job to come in and of the next result to go out
        self._deaths = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.pipe.close()  # one that waits ends by this
            if kind is not None:
                worker.process.kill()
        for worker in self._workers:
            worker.process.join(2)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join(2)
        self._workers.clear()

    def in_order(self, jobs: Iterable[Job | Settled[Result]]) -> Iterator[Result]:
        """The results of the jobs, in their order. Raises CrewError, and what ``begin`` raises in a worker."""
        source = iter(jobs)
        while True:
            more = self._hand_out(source)
            if self._out in self._results:
                yield self._results.pop(self._out)
                self._weights.pop(self._out, None)
                self._out += 1
                self._collect(0)
            elif self._in > self._out:
                self._collect(None)
            elif not more:
                return

    def _hand_out(self, source: Iterator[Job | Settled[Result]]) -> bool:
        """Give every idle worker a batch; False when the source has no more."""
        more = True
        if not self._workers:  # no worker is started for what needs none
            more = not self._room() or self._draw(source)
            if not self._again:
                return more
            self._workers = [self._started() for _ in range(self._size)]
        for worker in list(self._workers):
            if worker.ready and not worker.under_way:
                while more and not self._again and self._room():
                    more = self._draw(source)
                if self._again:
                    self._send(worker)
        return more

    def _room(self) -> bool:
        return self._in - self._out < AHEAD and sum(self._weights.values()) < AHEAD_BYTES

    def _draw(self, source: Iterator[Job | Settled[Result]]) -> bool:
        """Take a batch of jobs, or some settled results; False when the source has no more."""
        weight = 0
        for _ in range(BATCH):
            job = next(source, None)
            if job is None:
                return False
            if isinstance(job, Settled):
                self._results[self._in] = job.result
            else:
                self._weights[self._in] = self._weight(job)
                weight += self._weights[self._in]
                self._again.append((self._in, job))
            self._in += 1
            if weight > BATCH_BYTES:
                break
        return True

    def _send(self, worker: _Worker[Job]) -> None:
        batch = [self._again.popleft() for _ in range(min(BATCH, len(self._again)))]
        try:
            worker.pipe.send([job for _, job in batch])
        except OSError:  # it died with nothing to do
            self._again.extendleft(reversed(batch))
            self._replace(worker)
        else:
            worker.under_way.extend(batch)

    def _collect(self, timeout: float | None) -> None:
        """Take what the workers have to say; wait for the first word where there is no ``timeout``."""
        heard = set(wait([x for w in self._workers for x in (w.pipe, w.process.sentinel)], timeout))
        for worker in list(self._workers):
            if worker.pipe in heard or worker.process.sentinel in heard:
                try:
                    while worker.pipe.poll():
                        self._hear(worker, worker.pipe.recv())
                    if worker.process.sentinel in heard and not worker.pipe.poll():
                        self._bury(worker)
                except (EOFError, OSError):
                    self._bury(worker)

    def _hear(self, worker: _Worker[Job], said: Any) -> None:
        if worker.ready:
            number, _ = worker.under_way.popleft()
            self._results[number] = said
            self._tries.pop(number, None)
            self._deaths = 0
        elif said is None:
            worker.ready = True
        else:
            raise said

    def _bury(self, worker: _Worker[Job]) -> None:
        """Another worker takes a dead one's place; the job it was at is tried again, or given up."""
        if worker.under_way:
            number, job = worker.under_way[0]
            self._tries[number] = self._tries.get(number, 0) + 1
            if self._tries[number] >= TRIES:
                worker.under_way.popleft()
                del self._tries[number]
                self._results[number] = self._lost(job)
        self._again.extendleft(reversed(worker.under_way))
        self._replace(worker)

    def _replace(self, worker: _Worker[Job]) -> None:
        worker.pipe.close()
        worker.process.join(2)
        self._deaths += 1
        if self._deaths >= (IN_A_ROW if worker.ready else AT_START):
            when = "do not stay alive" if worker.ready else "end at their start"
            raise CrewError(f"the processes that code {when} ({_how(worker.process)}); try --jobs 1")
        self._workers[self._workers.index(worker)] = self._started()

    def _started(self) -> _Worker[Job]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._begin), daemon=True)
        try:
            with _unsignalled():
                process.start()
        except OSError as error:
            raise CrewError(f"no process to code can be started ({error.strerror}); try --jobs 1") from error
        finally:
            theirs.close()
        return _Worker(process, ours)


def _how(process: BaseProcess) -> str:
    """How a process ended."""
    code = process.exitcode or 0
    return f"killed by signal {-code}" if code < 0 else f"exit status {code}"


@contextmanager
def _unsignalled() -> Iterator[None]:
    """Hold back Ctrl-C: a worker that starts would print a traceback. It comes out of this as it went in."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection[Any, Any], begin: Callable[[], Callable[[Job], Result]]) -> None:
    """A worker's life: it ends when the pipe does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent says what follows from it
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    with suppress(EOFError, OSError):
        try:
            work = begin()
        except Exception as error:
            pipe.send(error if isinstance(error, RelwatchError) else CrewError(f"{type(error).__name__}: {error}"))
            return
        gc.set_threshold(100_000, 50, 50)  # as in the parent: many records, few cycles
        gc.freeze()
        pipe.send(None)
        while True:
            for job in pipe.recv():
                pipe.send(work(job))
