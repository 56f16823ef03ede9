"""Several processes at one work: results in order, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from relwatch.errors import TableError
from relwatch.ingest import crew
from relwatch.ingest.crew import Crew, CrewError, Settled


def square(job: int) -> str:
    time.sleep(0.02 if job % 7 == 0 else 0)
    return f"{job * job}"


def deadly(mark: Path | None, job: int) -> str:
    """Ends its process at 13: always, or until ``mark`` is there."""
    if job == 13 and not (mark and mark.exists()):
        if mark:
            mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return square(job)


def begin_square() -> Callable[[int], str]:
    return square


def begin_deadly(mark: Path | None) -> Callable[[int], str]:
    return partial(deadly, mark)


def begin_badly() -> Callable[[int], str]:
    raise TableError("leaders.csv: a bad row")


def begin_dead() -> Callable[[int], str]:
    os._exit(3)


def lost(job: int) -> str:
    return f"lost {job}"


def weight(job: int) -> int:
    return 10


def made(begin: Callable[[], Callable[[int], str]], size: int = 2) -> Crew[int, str]:
    return Crew(size, begin, lost, weight)


def test_results_come_in_the_order_of_the_jobs() -> None:
    jobs = [Settled(f"- {n}") if n % 10 == 3 else n for n in range(300)]
    with made(begin_square) as workers:
        found = list(workers.in_order(jobs))
    assert found == [f"- {n}" if n % 10 == 3 else str(n * n) for n in range(300)]


def test_what_needs_no_work_starts_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Crew, "_started", None)
    drawn = []

    def jobs() -> Iterator[Settled[str]]:
        for n in range(5000):
            drawn.append(n)
            yield Settled(str(n))

    with made(begin_square) as workers:
        results = workers.in_order(jobs())
        assert next(results) == "0"
        assert len(drawn) <= crew.AHEAD  # a stream is not read to its end
        assert list(results) == [str(n) for n in range(1, 5000)]


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_a_job_that_ends_its_worker_once_is_done_by_another(tmp_path: Path) -> None:
    with made(partial(begin_deadly, tmp_path / "mark")) as workers:
        assert list(workers.in_order(range(40))) == [str(n * n) for n in range(40)]
    assert (tmp_path / "mark").exists()


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_a_job_that_ends_every_worker_is_given_up_and_no_other() -> None:
    with made(partial(begin_deadly, None)) as workers:
        found = list(workers.in_order(range(40)))
    assert found == ["lost 13" if n == 13 else str(n * n) for n in range(40)]


def test_workers_that_cannot_begin_say_why() -> None:
    with made(begin_badly) as workers, pytest.raises(TableError, match=r"leaders\.csv"):
        list(workers.in_order(range(3)))
    with made(begin_dead) as workers, pytest.raises(CrewError, match="exit status 3"):
        list(workers.in_order(range(3)))


def test_a_run_that_is_broken_off_leaves_no_worker() -> None:
    def jobs() -> Iterator[int]:
        yield from range(40)
        processes.extend(worker.process for worker in workers._workers)
        raise KeyboardInterrupt

    processes: list[BaseProcess] = []
    with pytest.raises(KeyboardInterrupt), made(begin_square) as workers:
        list(workers.in_order(jobs()))
    assert len(processes) == 2
    assert not any(process.is_alive() for process in processes)
