"""The store's file: opening it to read or to write, and saying in one line what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from relwatch import migrations
from relwatch.errors import RefusedError, StoreError

MAPPED = 2**28  # bytes of a store that readers map rather than copy: a fifth faster
BUSY_SECONDS = 10.0  # how long to wait for another process that is writing

_TROUBLE = {
    sqlite3.SQLITE_BUSY: "locked by another program that is writing to it; try again when that is done",
    sqlite3.SQLITE_LOCKED: "locked by another program that is writing to it; try again when that is done",
    sqlite3.SQLITE_NOTADB: "not a relwatch store (nor any SQLite database); name another file with --db",
    sqlite3.SQLITE_CORRUPT: "damaged; restore a copy of it, or add the articles again to a new store",
    sqlite3.SQLITE_READONLY: "cannot be written; make the file and its folder writable, or name another with --db",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the path and its permissions",
    sqlite3.SQLITE_IOERR: "cannot be read or written (the disk may be full or failing); look at it, and try again",
    sqlite3.SQLITE_FULL: "the disk is full; make room and try again",
}


def open_to_write(path: Path) -> sqlite3.Connection:
    """A connection to the store at ``path``, made and brought up to date if need be. Raises StoreError."""
    _refuse_folder(path)
    _make_folder(path.parent)
    with guard(path):
        connection = _connect(path, "rwc")
        try:
            _check(path, connection)
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            migrations.migrate(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. Two runs that make a store at once may both try; SQLite does not wait here."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection to the store at ``path`` that cannot write. Raises StoreError, also when there is none."""
    _refuse_folder(path)
    if not os.path.exists(path):  # unlike Path.exists, False also where one may not look
        raise _missing(path)
    with guard(path):
        connection = _connect_to_read(path)
        try:
            _check(path, connection)
            if not (have := migrations.version(connection)):
                raise _missing(path)
            if have < len(migrations.MIGRATIONS):  # opening it to write brings it up to date
                connection.close()
                open_to_write(path).close()
                connection = _connect_to_read(path)
        except BaseException:
            connection.close()
            raise
    return connection


def _missing(path: Path) -> StoreError:
    return StoreError(f"no store at {path} yet; add articles with: relwatch add ARTICLE")


def _refuse_folder(path: Path) -> None:
    if os.path.isdir(path):
        raise StoreError(f"{path}: is a folder; name a file with --db")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{folder}: cannot make this folder ({error.strerror}); name another place with --db"
        ) from error


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection in autocommit mode; ``mode`` as in SQLite's URIs, or "immutable"."""
    how = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A read-only connection, also to a file on a medium or in a folder that cannot be written."""
    # Not mode=ro, which would leave the -wal and -shm files behind that WAL makes for reading.
    connection = _connect(path, "rw")
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA mmap_size = {MAPPED}")
        connection.execute("SELECT 1 FROM sqlite_master")
    except sqlite3.OperationalError:
        connection.close()
        # WAL needs a file beside the store. Where none can be made no one is writing either, so the
        # store can be read as it stands, unless a writer left one behind.
        if os.access(path.parent, os.W_OK) or not os.access(path, os.R_OK) or _wal(path).exists():
            raise
        return _connect(path, "immutable")
    return connection


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _check(path: Path, connection: sqlite3.Connection) -> None:
    """Raise StoreError unless the file is a store this version knows."""
    if not migrations.is_ours(connection):
        raise StoreError(f"{path}: a SQLite database, but not a relwatch store; name another file with --db")
    have, know = migrations.version(connection), len(migrations.MIGRATIONS)
    if have > know:
        raise StoreError(f"{path}: made by a newer relwatch (schema {have}, this one knows {know}); upgrade relwatch")


@contextmanager
def guard(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into StoreErrors about the file at ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the kind of trouble, the rest its details.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        kind = RefusedError if code == sqlite3.SQLITE_CONSTRAINT else StoreError
        raise kind(f"{path}: {_TROUBLE.get(code, error)}") from error
    except UnicodeEncodeError as error:
        raise RefusedError(f"{path}: text that is no Unicode cannot be stored ({error.reason})") from error
