"""Other names of people and parties, from ``aliases.csv``: ours, and those that the user has taught."""

from __future__ import annotations

from functools import cache

from relwatch import tables
from relwatch.tables import Row

TABLE = "aliases.csv"


@cache
def of_parties() -> tuple[Row, ...]:
    """The rows in force that name parties."""
    return tuple(row for row in _in_force() if row["kind"] != "person")


@cache
def of_people() -> tuple[Row, ...]:
    """The rows in force that name people."""
    return tuple(row for row in _in_force() if row["kind"] == "person")


@cache
def taught() -> tuple[Row, ...]:
    """The user's own rows: such a name means nothing else."""
    return tuple(tables.own_rows(TABLE))


def _in_force() -> list[Row]:
    own = {row["alias"] for row in taught()}
    return [*(row for row in tables.rows(TABLE) if row["alias"] not in own), *taught()]
