"""Coded articles as Parquet and back: one row an article, its events as a list of structs in it.

The columns are the fields of the records (records.py), whatever these have: nothing is lost on the way. What the
articles were coded with (facts.py) stands in the file's own metadata.
"""

from __future__ import annotations

import dataclasses
import io
import types
import typing
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from relwatch.errors import PassingError, ReadError, RelwatchError
from relwatch.ingest.facts import Facts
from relwatch.ingest.work import Coded
from relwatch.records import Article, Coding

ENDING = ".parquet"
_ROWS = 1000  # read at once
_PREFIX = b"relwatch."


class ExtraMissingError(RelwatchError):
    """A library is missing that comes with an extra."""

    status = 2


def needed() -> Any:
    """pyarrow. Raises ExtraMissingError, which says what to install."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ExtraMissingError("Parquet needs a library; install it with: pip install 'relwatch[dask]'") from None
    return pyarrow


def encoded(items: Sequence[Coded], facts: Facts) -> bytes:
    """A Parquet file of these articles; the same for the same articles and facts."""
    arrow = needed()
    rows = [dataclasses.asdict(item.article) | dataclasses.asdict(item.found) for item in items]
    table = arrow.Table.from_pylist(rows, _schema())
    table = table.replace_schema_metadata({_PREFIX + name.encode(): said.encode() for name, said in facts.items()})
    out = io.BytesIO()
    arrow.parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def facts_of(path: Path) -> Facts:
    """The facts that a file was made with; empty for a file of another program. Raises ReadError."""
    arrow = needed()
    try:
        found = arrow.parquet.read_schema(path).metadata or {}
    except (OSError, arrow.ArrowException) as error:
        raise ReadError(f"{path}: is a damaged Parquet file ({_first(error)}); make it again") from error
    return {k.removeprefix(_PREFIX).decode(): v.decode() for k, v in found.items() if k.startswith(_PREFIX)}


def coded_with(named: str) -> Facts:
    """As ``facts_of``; empty, too, where the file cannot be read: ``read`` says why."""
    try:
        return facts_of(Path(named))
    except (ReadError, ExtraMissingError):
        return {}


def read(named: str) -> Iterator[Coded | ReadError]:
    """The articles of a file, as they were coded; a ReadError in the place of what cannot be read."""
    try:
        arrow = needed()
    except ExtraMissingError as error:
        yield PassingError(f"{named}: {error}")
        return
    try:
        if not facts_of(Path(named)):
            yield ReadError(f"{named}: is not of `relwatch code --parquet`; export it as JSON lines or CSV")
            return
        with arrow.parquet.ParquetFile(named) as file:
            for batch in file.iter_batches(_ROWS):
                for row in batch.to_pylist():
                    yield Coded(_record(Article, row), _record(Coding, row))
    except ReadError as error:
        yield error
    except (OSError, ValueError, TypeError, KeyError, arrow.ArrowException) as error:
        yield ReadError(f"{named}: is a damaged Parquet file ({_first(error)}); make it again")


def _first(error: Exception) -> str:
    return " ".join(str(error).split())[:80]


# Records and Arrow's types


@cache
def _schema() -> Any:
    """The columns: the fields of an article, then those of its coding."""
    arrow = needed()
    return arrow.schema([*_fields(Article), *_fields(Coding)])


def _fields(record: type) -> list[Any]:
    arrow = needed()
    return [arrow.field(name, _type(hint)) for name, hint in _hints(record).items()]


@cache
def _hints(record: type) -> dict[str, Any]:
    hints = typing.get_type_hints(record)
    return {field.name: hints[field.name] for field in dataclasses.fields(record)}


def _inner(hint: Any) -> Any:
    """The type of a field that may be None."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return next(part for part in typing.get_args(hint) if part is not type(None))
    return hint


def _type(hint: Any) -> Any:
    arrow, hint = needed(), _inner(hint)
    if dataclasses.is_dataclass(hint):
        return arrow.struct(_fields(typing.cast(type, hint)))
    if typing.get_origin(hint) is tuple:
        return arrow.list_(_type(typing.get_args(hint)[0]))
    known = {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), date: arrow.date32()}
    return known.get(hint, arrow.string())  # else a Literal


def _record(record: type, row: dict[str, Any]) -> Any:
    return record(**{name: _value(hint, row[name]) for name, hint in _hints(record).items()})


def _value(hint: Any, value: Any) -> Any:
    hint = _inner(hint)
    if value is None:
        return None
    if dataclasses.is_dataclass(hint):
        return _record(typing.cast(type, hint), value)
    if typing.get_origin(hint) is tuple:
        return tuple(_value(typing.get_args(hint)[0], item) for item in value)
    return value
