"""What can go wrong for a user: each error is one line, and says what to try."""

from __future__ import annotations


class RelwatchError(Exception):
    """Something a user can mend. ``str()`` is one line; ``status`` is the process's exit status."""

    status = 1


class UsageError(RelwatchError):
    """The call itself was wrong: an unknown country, a date that is none."""

    status = 2


class ReadError(RelwatchError):
    """An input could not be read as an article. The rest of a batch goes on."""


class PassingError(ReadError):
    """An input that could not be read now: another time, or with a library installed, it may be."""


class StoreError(RelwatchError):
    """The store cannot be opened, read or written."""


class RefusedError(StoreError):
    """The store does not take an article, for a fault of that article: others it takes."""


class TableError(RelwatchError):
    """A table under ``data/`` (or a user's own) is malformed."""
