"""What a user teaches: a person's term of office, another name; checked, and written to their own tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from relwatch import aliases, gazetteer, partywords, people, tables, usertables
from relwatch.chunks import offices
from relwatch.errors import UsageError
from relwatch.names import fold
from relwatch.people import Term
from relwatch.tables import Row

LEADERS = "leaders.csv"
KINDS = ("country", "adjective", "people", "capital", "metonym", "org")


@dataclass(frozen=True, slots=True)
class Taught:
    """A row of the user's own: a term of office (``kind`` "term") or another name ("name").

    ``means`` is the party of a term; of a name the person or party it stands for, and ``detail`` says as
    what (person, country, ...). For a term ``detail`` is the office. ``path`` and ``line`` say where it stands.
    """

    kind: str
    name: str
    means: str
    detail: str
    start: str
    end: str
    path: str
    line: int

    def to_json(self) -> dict[str, Any]:
        """The row as a JSON object; its fields are those of the class."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Person:
    """A term of office to be learnt: ``start`` and ``end`` are a day, a month or a year as tables write it."""

    name: str
    party: str
    office: str
    start: str | None = None
    end: str | None = None
    gender: str | None = None
    aliases: tuple[str, ...] = ()


def person(new: Person) -> str:
    """Write a term of office; a sentence that says what is known now. Raises UsageError and TableError.

    Without a start the term must be one that the tables have, which then ends as told.
    """
    _refuse(new.name)
    for alias in new.aliases:
        _refuse(alias)
    old = _known_term(new)
    if new.start is None and old is None:
        raise UsageError(
            f"the tables have no {new.office!r} {new.name} of {gazetteer.party_name(new.party)}; give the beginning"
            " with --from"
        )
    start, title = new.start or (old.written[0] if old else ""), old.title if old else new.office
    if new.end and new.end < start[: len(new.end)]:
        raise UsageError(f"--to {new.end} is before the beginning, {start}; turn the two dates round")
    row = {
        "person": old.person if old else new.name,
        "aliases": "|".join(new.aliases or (_own_spellings(old) if old else ())),
        "gender": new.gender or (old.gender if old else None) or "",
        "party": new.party,
        "role": old.role if old else role_of(new.office),
        "title": title,
        "start": start,
        "end": new.end or "",
        "status": "ended" if new.end else "current",
    }
    replaced = usertables.put(LEADERS, row)
    verb = "changed" if replaced else "learnt"
    until = f"to {new.end}" if new.end else "on"
    return f"{verb}: {row['person']}, {title} of {gazetteer.party_name(new.party)} from {start} {until}"


def _own_spellings(term: Term) -> list[str]:
    """The other names in the term's own row: those of aliases.csv hold for the person whatever the row."""
    elsewhere = {row["alias"] for row in aliases.of_people() if row["means"] == term.person}
    return [name for name in tables.listed(term.aliases) if name not in elsewhere]


def others_in_office(new: Person) -> list[str]:
    """Others whom the tables have in such an office without an end, for an office that has one holder."""
    role = role_of(new.office)
    if new.end or role not in (
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "defence_minister",
        "org_head",
    ):
        return []
    held = (t for t in people.terms() if t.party == new.party and t.role == role and t.end is None)
    return [t.person for t in held if fold(t.person) != fold(new.name) and fold(t.title) == fold(new.office)]


def _known_term(new: Person) -> Term | None:
    """The term of the tables that is meant: the person's in this office, from the same day if one is given."""
    role = role_of(new.office)
    for term in people.candidates(new.name, None, new.party):
        same = fold(term.title) == fold(new.office) or (term.role == role and role != "other")
        full = fold(new.name) in (fold(term.person), *(fold(a) for a in tables.listed(term.aliases)))
        if same and full and term.party == new.party and new.start in (None, term.written[0]):
            return term
    return None


def role_of(office: str) -> str:
    """What an office is in the tables, by its words: "Deputy Foreign Minister" is deputy_foreign_minister."""
    wanted = tuple(gazetteer.pieces(office.lower()))
    found = [known for words, known in offices().get(wanted[0], ()) if words == wanted] if wanted else []
    role = found[0].role if found else "other"
    return role if role in people.ROLES else "other"


def name(alias: str, means: str, kind: str | None = None) -> str:
    """Write another name of a person or party; a sentence that says what it means now.

    ``kind`` is one of KINDS, for a party. Raises UsageError and TableError.
    """
    _refuse(alias)
    parties = partywords.parties(means)
    if len(parties) > 1:
        known = " or ".join(f"{gazetteer.party_name(p)} ({p})" for p in parties)
        raise UsageError(f"{means!r} could be {known}; give the code")
    if parties:
        party = parties[0]
        kind = kind or ("country" if gazetteer.is_country(party) else "org")
        row = {"alias": alias, "means": party, "kind": kind}
        shown = gazetteer.party_name(party)
    else:
        if kind is not None:
            raise UsageError(f"no country or organisation {means!r}; --as goes with one")
        shown = _person_named(means)
        row = {"alias": alias, "means": shown, "kind": "person"}
    before = _meaning(alias)
    usertables.put(aliases.TABLE, row, lambda old: old["alias"] == alias)
    return f"learnt: {alias} is {shown}" + (f", no longer {before}" if before and before != shown else "")


def _person_named(means: str) -> str:
    """The one person of the tables whom a name means. Raises UsageError for none and several."""
    found = people.candidates(means, None)
    exact = [t for t in found if fold(t.person) == fold(means)]
    persons = list(dict.fromkeys(t.person for t in exact or found))
    if len(persons) == 1:
        return persons[0]
    if persons:
        raise UsageError(f"{means!r} could be {' or '.join(persons[:5])}; give the full name")
    from relwatch.who import look_alike

    near = look_alike(means)
    hint = f"did you mean {' or '.join(near)}?" if near else "add a person with --of, --office and --from"
    raise UsageError(f"the tables know nobody {means!r}; {hint}")


def _meaning(alias: str) -> str | None:
    """What a name means so far, None where it means nothing or several things."""
    parties = partywords.parties(alias)
    persons = {t.person for t in people.candidates(alias, None)}
    shown = [gazetteer.party_name(p) for p in parties] or sorted(persons)
    return shown[0] if len(shown) == 1 else None


def _refuse(name_: str) -> None:
    """Raise UsageError on what can be no name in a text or no cell of a table."""
    if not any(c.isupper() for c in name_):
        raise UsageError(f"{name_!r} has no capital letter, as a name in a text has; write it as articles do")
    if len(name_) < 2 or "|" in name_ or name_.startswith("#") or not name_.isprintable():
        raise UsageError(f"{name_!r} cannot be a name; write it on one line, without | and # before it")


def taught() -> list[Taught]:
    """What the user has taught, terms of office first, in the order of their tables. Raises TableError."""
    terms = [
        Taught("term", r["person"], r["party"], r["title"], r["start"], r["end"], str(own.path), own.line)
        for own in usertables.rows(LEADERS)
        for r in (own.row,)
    ]
    names = [
        Taught("name", own.row["alias"], own.row["means"], own.row["kind"], "", "", str(own.path), own.line)
        for own in usertables.rows(aliases.TABLE)
    ]
    return terms + names


def forget(name_: str) -> list[str]:
    """Take back all that was taught of a name: a sentence for each row. Raises UsageError where it was nothing."""
    wanted = fold(name_)
    terms = usertables.take(LEADERS, lambda row: fold(row["person"]) == wanted)
    names = usertables.take(aliases.TABLE, lambda row: fold(row["alias"]) == wanted)
    if not terms and not names:
        known = list(dict.fromkeys(one.name for one in taught()))
        some = ", ".join(known[:5]) + (", ..." if len(known) > 5 else "")
        hint = f"they have {some}" if known else "there is nothing in them yet"
        raise UsageError(f"your tables have no {name_!r}; {hint}")
    return [_of_term(row) for row in terms] + [f"{row['alias']} is no longer {row['means']}" for row in names]


def _of_term(row: Row) -> str:
    return f"{row['person']} is no longer {row['title']} of {gazetteer.party_name(row['party'])} from {row['start']}"
