"""What a call's paths hold, as jobs: the pieces of files, and what stands between them in the order of things."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from relwatch import read
from relwatch.errors import ReadError
from relwatch.filelog import FileLog, FileState
from relwatch.ingest import parquet
from relwatch.ingest.crew import Settled
from relwatch.ingest.work import Outcome
from relwatch.read import walk
from relwatch.read.draft import Format


@dataclass(frozen=True, slots=True)
class FileBegins:
    """What follows, to the next FileEnds, is of this file, from the piece of this number on."""

    file: FileState
    pieces: int


@dataclass(frozen=True, slots=True)
class FileEnds:
    """All that a file holds has been."""


@dataclass(frozen=True, slots=True)
class FileKnown:
    """A file that is passed over, for it was read before: its number in the log, and what came of it then."""

    number: int
    articles: int
    failures: tuple[str, ...]


Item = Outcome | FileBegins | FileEnds | FileKnown
Job = read.Piece | Settled[tuple[Item, ...]]


def jobs(
    paths: Iterable[str],
    format: Format | None = None,
    log: FileLog | None = None,
    told: Callable[[int], None] = lambda taken: None,
) -> Iterator[Job]:
    """The jobs of the paths, in order. Files that ``log`` knows as they are now are not opened.

    ``told`` hears how many bytes of all the files have been taken.
    """
    before = 0
    for path in walk.files(paths):
        if isinstance(path, ReadError):
            yield Settled((path,))
        elif path == walk.STANDARD_INPUT:
            yield from map(_job, read.pieces(None, format))
        else:
            state = FileState.of(path, format)
            if state is None:  # no file to be remembered: a pipe, or none that is there
                yield from map(_job, read.pieces(Path(path), format))
                continue
            entry = log.entry(state) if log else None
            if entry and entry.complete:
                yield Settled((FileKnown(entry.number, entry.articles, entry.failures),))
            else:
                yield from _of_file(path, state, entry.pieces if entry else 0, _beyond(before, told))
            before += state.size
            told(before)


def _of_file(path: str, state: FileState, done: int, told: Callable[[int], None]) -> Iterator[Job]:
    """The jobs of a file, but for those before the piece ``done``. What was coded before needs no work."""
    yield Settled((FileBegins(state, done),))
    if path.endswith(parquet.ENDING):
        yield from _coded(path, done)
    else:
        yield from map(_job, islice(read.pieces(Path(path), state.format, told), done, None))
    yield Settled((FileEnds(),))


def _coded(path: str, done: int) -> Iterator[Job]:
    """The articles of a Parquet file, after a remark where they were not coded as they would be here."""
    from relwatch.ingest.facts import difference, here

    coded_with = parquet.coded_with(path)
    if coded_with and (differs := difference(coded_with, here())):
        remark = f"{path}: was coded with {differs}; to code what it holds as this program does: relwatch recode"
        yield Settled((read.Remark(remark),))
    for item in islice(parquet.read(path), done, None):
        yield Settled((item,))


def _beyond(before: int, told: Callable[[int], None]) -> Callable[[int], None]:
    return lambda taken: told(before + taken)


def _job(piece: read.Piece | ReadError) -> Job:
    return Settled((piece,)) if isinstance(piece, ReadError) else piece


def total(paths: Iterable[str]) -> int:
    """The bytes of all the files of the paths."""
    return sum(os.path.getsize(path) for path in walk.files(paths) if isinstance(path, str) and os.path.isfile(path))
