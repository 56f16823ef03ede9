"""Where the store is, and a user's own tables beside it."""

from __future__ import annotations

import os
from pathlib import Path

STORE = "RELWATCH_DB"
TABLES = "RELWATCH_TABLES"
FOLDER = "relwatch-tables"


def store_file(named: Path | None = None) -> Path:
    """The store's file: the one ``named``, else RELWATCH_DB's, else where the platform keeps such data."""
    if named is not None:
        return named
    if given := os.environ.get(STORE):
        return Path(given)
    import platformdirs  # here, not above: most runs of scripts name the store

    return platformdirs.user_data_path("relwatch", appauthor=False) / "relwatch.db"


def tables_beside() -> Path:
    """The folder of a user's own tables, whether it is there or not: RELWATCH_TABLES, else one beside the store."""
    if given := os.environ.get(TABLES):
        return Path(given)
    return store_file().absolute().parent / FOLDER
