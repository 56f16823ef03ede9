"""Groups of options that several commands share, and the decorator that gives them to a command.

A command names a group as a parameter (``output: Output``); ``command`` puts the group's fields, each an
annotated typer option, in the parameter's place, and hands the command a filled group.
"""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from relwatch import places, tables
from relwatch.errors import UsageError
from relwatch.render.formats import Format


@dataclass(frozen=True)
class Output:
    """How a listing is written: a table on a terminal, plain lines in a pipe, or what an option says."""

    as_json: Annotated[bool, typer.Option("--json", help="A JSON array.")] = False
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False
    as_csv: Annotated[bool, typer.Option("--csv", help="Comma-separated values with a header.")] = False
    as_tsv: Annotated[bool, typer.Option("--tsv", help="Tab-separated values with a header.")] = False
    safe_csv: Annotated[bool, typer.Option("--safe-csv", help="As --csv, with cells that begin a formula defused.")] = (
        False
    )

    @property
    def format(self) -> Format:
        """The format asked for; without one, a table on a terminal and plain lines elsewhere."""
        chosen: list[Format] = []
        if self.as_json:
            chosen.append("json")
        if self.as_jsonl:
            chosen.append("jsonl")
        if self.as_csv or self.safe_csv:
            chosen.append("csv")
        if self.as_tsv:
            chosen.append("tsv")
        if len(chosen) > 1:
            raise UsageError(f"--{chosen[0]} and --{chosen[1]} exclude each other; give one of them")
        if chosen:
            return chosen[0]
        return "table" if sys.stdout.isatty() else "plain"


@dataclass(frozen=True)
class Place:
    """Where the store is."""

    db: Annotated[
        Path | None,
        typer.Option(
            "--db",
            metavar="FILE",
            envvar="RELWATCH_DB",
            help="The store, instead of the one `relwatch path` names.",
        ),
    ] = None

    @property
    def path(self) -> Path:
        """The store's file; the default place follows the platform's custom."""
        return places.store_file(self.db)


@dataclass(frozen=True)
class Tables:
    """Where the user's own tables are."""

    tables: Annotated[
        Path | None,
        typer.Option(
            "--tables",
            metavar="DIR",
            envvar=places.TABLES,
            help=f"Tables of your own, named like ours, instead of {places.FOLDER} beside the store.",
        ),
    ] = None


def _parameters(group: type) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            f.name,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=hints[f.name],
            default=inspect.Parameter.empty if f.default is MISSING else f.default,
        )
        for f in fields(group)
    ]


@contextmanager
def _environment(groups: Iterable[Any]) -> Iterator[None]:
    """Options that name the store or tables hold for all that a command does, in other processes too."""
    named: dict[str, str] = {}
    for group in groups:
        if isinstance(group, Tables) and group.tables is not None:
            named[places.TABLES] = str(group.tables)
        elif isinstance(group, Place) and group.db is not None:
            named[places.STORE] = str(group.db)
    before = {name: os.environ.get(name) for name in named}
    os.environ.update(named)
    tables.refresh()
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def command(function: Callable[..., None]) -> Callable[..., None]:
    """``function`` as a typer command: groups of options spread out, a closed pipe taken quietly."""
    parameters: list[inspect.Parameter] = []
    groups: dict[str, Any] = {}
    for parameter in inspect.signature(function, eval_str=True).parameters.values():
        if is_dataclass(parameter.annotation):
            groups[parameter.name] = parameter.annotation
            parameters += _parameters(groups[parameter.name])
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))

    @functools.wraps(function)
    def wrapper(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{f.name: given.pop(f.name) for f in fields(group)})
        try:
            with _environment(given.values()):
                function(**given)
            sys.stdout.flush()
        except BrokenPipeError:  # `| head` has read enough: no error, and nothing more to flush
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {p.name: p.annotation for p in parameters}
    return wrapper
