"""What is wrong with the tables as a whole: each by its schema, and what they say of each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from relwatch import aliases, people, schema, tables
from relwatch.schema import Complaint, Problem, Table

# Tables whose type and mode are a pair that must be known; no mode is any.
PAIRS = ("frames.csv", "tone_defaults.csv", "tone_examples.csv", "topic_defaults.csv", "topic_examples.csv")
# Columns that name parties of their own; elsewhere a party must be one of them.
NAMING = {"countries.csv": "iso3", "organizations.csv": "id"}


@dataclass(frozen=True, slots=True)
class Source:
    """A row in force, and where it stands."""

    path: Path
    line: int
    row: tables.Row


def paths(folder: Path) -> list[Path]:
    """The tables of a folder, sorted; the schema of ours is none of them."""
    return [p for p in sorted(folder.glob("*.csv")) if p.name != tables.SCHEMA]


def sources(name: str) -> Iterator[Source]:
    """The rows of a table that are in force, ours and then the user's."""
    folder, ours = tables.user_dir(), tables.data_dir() / name
    own = schema.read(folder / name).lines if folder is not None and (folder / name).is_file() else ()
    key = tables.keys()[name]
    replaced = {tuple(line.row[column] for column in key) for line in own}
    if ours.is_file():
        for line in schema.read(ours).lines:
            if tuple(line.row[column] for column in key) not in replaced:
                yield Source(ours, line.number, line.row)
    for line in own:
        yield Source(tables.user_dir() / name, line.number, line.row)  # type: ignore[operator]


def table_problems() -> Iterator[Problem]:
    """What is wrong with our tables and the user's: files and cells first, then what refers to what."""
    sound = True
    for ours, folder in ((True, tables.data_dir()), (False, tables.user_dir())):
        for path in paths(folder) if folder is not None else ():
            table = schema.read(path)
            for problem in _alone(table, ours):
                sound = False
                yield problem
    if sound:
        yield from _together()


def _alone(table: Table, ours: bool) -> Iterator[Problem]:
    yield from schema.problems(table)
    if ours:
        yield from schema.unsorted(table)


def _together() -> Iterator[Problem]:
    parties = {row[column] for name, column in NAMING.items() for row in tables.rows(name)}
    pairs = {(row["type"], row["mode"]) for row in tables.rows("ontology.csv")}
    for name in tables.columns():
        columns = [c["column"] for c in tables.columns()[name] if c["kind"] == "party"]
        columns = [c for c in columns if c != NAMING.get(name)]
        if columns or name in PAIRS:
            for source in sources(name):
                for complaint in _references(source.row, columns, parties, pairs if name in PAIRS else None):
                    yield Problem(source.path, source.line, *complaint)
    yield from _aliases(parties)
    yield from _frames()


def _aliases(parties: set[str]) -> Iterator[Problem]:
    """Every other name means a person of the leaders' tables, or a party."""
    persons = {term.person for term in people.terms()}
    whole = (tables.data_dir() / people.SHAREALIKE).exists()  # whoever deletes it keeps our names of its people
    for source in sources(aliases.TABLE):
        row = source.row
        ours = source.path.parent == tables.data_dir()
        if row["kind"] == "person" and row["means"] not in persons and (whole or not ours):
            hint = "write the name as leaders.csv has it"
            yield Problem(source.path, source.line, f"no person {row['means']!r} in leaders.csv", hint)
        if row["kind"] != "person" and row["means"] not in parties:
            hint = "write a code of countries.csv or an id of organizations.csv"
            yield Problem(source.path, source.line, f"no party {row['means']!r}", hint)


def _references(
    row: tables.Row, columns: list[str], parties: set[str], pairs: set[tuple[str, str]] | None
) -> Iterator[Complaint]:
    for column in columns:
        if row[column] and row[column] not in parties:
            yield (
                f"{column} {row[column]!r} is in neither countries.csv nor organizations.csv",
                "write a code of theirs, or add the organisation",
            )
    if pairs is not None and row["type"] and row["mode"] and (row["type"], row["mode"]) not in pairs:
        modes = ", ".join(sorted(mode for type_, mode in pairs if type_ == row["type"] and mode))
        yield f"{row['type']} has no mode {row['mode']!r}", f"write one of {modes or 'none: leave it empty'}"


def _frames() -> Iterator[Problem]:
    """Every frame has an example and every example a frame; a directed one has somebody to be done to."""
    shown = {s.row["frame"] for s in sources("frame_examples.csv") if s.row["kind"] == "yes"}
    known = set()
    for source in sources("frames.csv"):
        row = source.row
        known.add(row["id"])
        if row["trigger"] and row["id"] not in shown:
            hint = "add one to frame_examples.csv with kind yes"
            yield Problem(source.path, source.line, f"{row['id']} has no example", hint)
        if row["mutual"] == "no" and not row["recipient"]:
            hint = "give recipient a slot, or write mutual yes"
            yield Problem(source.path, source.line, f"{row['id']} has no recipient", hint)
    for source in sources("frame_examples.csv"):
        if source.row["frame"] not in known:
            hint = "write the id of a row of frames.csv"
            yield Problem(source.path, source.line, f"there is no frame {source.row['frame']!r}", hint)
