"""The log of files that were read into a store, and what came of each: a second run passes over them.

A file is known by its path, its size and the time of its last change, and so without being opened. Of a file
of many articles the log keeps how far it has been read: a run that was broken off goes on from there. What may be
otherwise another time (it could not be opened, a library was missing, it took too long) is tried again.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple, Self

from relwatch import __version__
from relwatch.errors import PassingError, ReadError
from relwatch.read.draft import Format
from relwatch.store import Store

AT_ONCE = 500  # articles of a large file that are written to the log together


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it is now: ``path`` absolute, ``size`` in bytes, ``mtime_ns`` of its last change.

    ``format`` is the one that the caller forced, None where the content told it.
    """

    path: str
    size: int
    mtime_ns: int
    format: Format | None

    @classmethod
    def of(cls, path: str, format: Format | None) -> Self | None:
        """The state of a regular file; None for anything else, and for a name that is no Unicode."""
        try:
            found = os.stat(path)
            path.encode()
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        return cls(os.path.abspath(path), found.st_size, found.st_mtime_ns, format)


class Entry(NamedTuple):
    """What the log says of a file: its number there; whether it was read to its end, or up to which piece.

    ``articles`` is how many it held, ``failures`` what the user was told of the rest; 0 and empty before the end.
    """

    number: int
    complete: bool
    pieces: int
    articles: int
    failures: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    """The file that is being read: how far, and what is not written yet."""

    state: FileState
    pieces: int
    number: int | None
    digests: list[str] = field(default_factory=list)
    failures: list[tuple[int, str]] = field(default_factory=list)
    passing: bool = False


class FileLog:
    """The log of an open store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open: _Open | None = None

    def entry(self, state: FileState) -> Entry | None:
        """What came of a file when it was read in this state; None where it was not.

        A file in which something failed is worth another try by another version.
        """
        rows = self._store.select(
            "SELECT n, complete, pieces, articles, failed, relwatch FROM files"
            " WHERE path = ? AND size = ? AND mtime_ns = ? AND format IS ?",
            [state.path, state.size, state.mtime_ns, state.format],
        )
        if not rows:
            return None
        number, complete, pieces, articles, failed, version = rows[0]
        if version != __version__ and (failed or not complete):
            return None
        notes = []
        if failed:
            notes = self._store.select("SELECT note FROM file_failures WHERE file = ? ORDER BY piece", [number])
        return Entry(number, bool(complete), pieces, articles, tuple(note for (note,) in notes))

    def begin(self, state: FileState, pieces: int = 0) -> None:
        """What is said next is of this file, from the piece of this number on: those before it are in the log."""
        self._open = _Open(state, pieces, None)
        if pieces:
            entry = self.entry(state)
            if entry is None or entry.complete:  # another run was quicker, or an article was removed meanwhile
                self._open = None
            else:
                self._open.number = entry.number

    def article(self, digest: str) -> None:
        """The next piece is the article with this digest, which is in the store."""
        if self._open:
            self._open.digests.append(digest)
            self._counted(self._open)

    def failure(self, error: ReadError) -> None:
        """The next piece could not be read."""
        if self._open:
            if isinstance(error, PassingError):
                self._write(self._open)  # up to here: from here it is to be read again
                self._open.passing = True
            self._open.failures.append((self._open.pieces, str(error)))
            self._counted(self._open)

    def end(self) -> None:
        """The file has been read to its end."""
        if self._open:
            self._write(self._open, complete=True)
        self._open = None

    def _counted(self, file: _Open) -> None:
        file.pieces += 1
        if len(file.digests) + len(file.failures) >= AT_ONCE:
            self._write(file)

    def _write(self, file: _Open, complete: bool = False) -> None:
        """Write what there is of the file, all or nothing. Raises StoreError."""
        if not file.passing and (complete or file.pieces):
            with self._store.writing() as db:
                if file.number is None:
                    file.number = self._entered(file.state)
                kept = db.execute("UPDATE files SET pieces = max(pieces, ?) WHERE n = ?", [file.pieces, file.number])
                if kept.rowcount:  # else another run has taken the file over
                    db.executemany(
                        "INSERT OR IGNORE INTO file_articles (article, file)"
                        " SELECT n, ? FROM articles WHERE digest = ?",
                        [(file.number, digest) for digest in file.digests],
                    )
                    db.executemany(
                        "INSERT OR IGNORE INTO file_failures (file, piece, note) VALUES (?, ?, ?)",
                        [(file.number, *failure) for failure in file.failures],
                    )
                    if complete:
                        db.execute(
                            "UPDATE files SET complete = 1,"
                            " articles = (SELECT count(*) FROM file_articles WHERE file = files.n),"
                            " failed = (SELECT count(*) FROM file_failures WHERE file = files.n) WHERE n = ?",
                            [file.number],
                        )
        file.digests.clear()
        file.failures.clear()

    def _entered(self, state: FileState) -> int:
        """The number of a new entry for the file, in the place of the one it had."""
        db = self._store.connection
        db.execute("DELETE FROM files WHERE path = ?", [state.path])
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        cursor = db.execute(
            "INSERT INTO files (path, size, mtime_ns, format, relwatch, read) VALUES (?, ?, ?, ?, ?, ?)",
            [state.path, state.size, state.mtime_ns, state.format, __version__, now],
        )
        return int(cursor.lastrowid or 0)
