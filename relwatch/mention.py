"""Find the parties a text names: countries, organisations, officials with and without a name.

A grammar over :mod:`relwatch.chunks` units joins office, nationality and name into one mention
("Ukrainian President Volodymyr Zelenskyy", "Irakli Garibashvili, the prime minister of Georgia"),
and a memory of the people a text has introduced resolves later surnames.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from relwatch import titles
from relwatch.chunks import STOP, units
from relwatch.identify import Identifier
from relwatch.memory import Known, Memory
from relwatch.records import Span
from relwatch.titlenames import in_list, name_at, next_name, role_as_written
from relwatch.titles import ORGANS, POSSESSIVES, Row, Title

CLOSES = re.compile(r"[,.;:)\]]|\s*$| (?:and|who|said|told|says|met|has|had|was|is|will)\b|\n")
COUNTERPARTS = frozenset(("counterpart", "opposite number"))
OWNED_BY = frozenset("the his her its their our my your".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A named party in a text.

    ``start`` and ``end`` are offsets into the article's text. ``kind``: country, adjective, people,
    capital, metonym, org, body, person (with or without office), office (no name) or other (a name that
    is nobody we know). ``party`` is None for a person or office whose country the text does not settle.
    ``role`` is the title as written, or the body's or seat of power's name. ``acts`` is False for former
    officials, opposition figures and private persons: they are no party. ``gender`` is "m", "f" or None.
    """

    start: int
    end: int
    kind: str
    party: str | None
    name: str | None = None
    role: str | None = None
    office: str | None = None
    acts: bool = True
    gender: str | None = None


class Finder:
    """Finds the mentions of one article: first learns who is introduced, then labels.

    ``on`` is the day of publication, ``home`` the party whose government publishes the text, ``fold``
    says that the text has lost its capitals. ``during``: the first and last day on which a text whose day
    is unknown can have been written. ``land``: the country of the newspaper.
    """

    def __init__(
        self, text: str, on: date | None, home: str | None = None, fold: bool = False,
        during: tuple[date, date] | None = None, land: str | None = None,
    ) -> None:  # fmt: skip
        self.text, self.on, self.home, self.fold, self.during = text, on, home, fold, during
        self.memory = Memory()
        self.land = land
        self.who = Identifier(text, on, home, self.memory, during, land)

    def find(self, spans: Iterable[Span]) -> list[list[Mention]]:
        """The mentions of each span, in order."""
        rows = [self._row(s) for s in spans]
        for row in rows:  # The first pass learns names that are introduced after their first use.
            if any(unit.kind == "P" for unit in row.units):
                self._label(row)
        return [self._label(row) for row in rows]

    def learn_from(self, other: str) -> None:
        """Learn the people introduced in a text outside the article's own, such as its title."""
        finder = Finder(other, self.on, self.home, self.fold, self.during, self.land)
        finder.find([Span(0, len(other), other)])
        for known in finder.memory.everybody():
            name = self._as_written(known.name)
            if name:
                self.memory.learn(replace(known, name=name))

    def _as_written(self, name: str) -> str:
        """A name from a title as far as the text bears it out; empty where it does not.

        The capitals of a title do not tell where a name ends ("Ann Roe Meeting With"): it ends where the text
        has it whole, else at the first surname that the text has.
        """
        words = name.split()
        heads = [" ".join(words[:n]) for n in range(len(words), 0, -1)]
        whole = next((head for head in heads if head in self.text), "")
        if " " in whole or len(words) == 1:
            return whole
        return next((" ".join(words[: n + 1]) for n in range(1, len(words)) if words[n] in self.text), "")

    def _row(self, span: Span) -> Row:
        shouted = span.text.isupper() and len(span.text) > 12
        row = units(self.text, span.start, span.end, self.fold or shouted)
        return Row(self.text, row, self.who.day_of(span), self.who.entry, self.who.is_headline(span))

    # -- grammar -----------------------------------------------------------------------------

    def _label(self, row: Row) -> list[Mention]:
        out: list[Mention] = []
        units_ = row.units
        k, n = 0, len(units_)
        while k < n:
            if units_[k].kind == "W":
                k += 1
                continue
            step = self._titled(row, k, out) or self._named(row, k) or self._plain(row, k)
            if step is None:
                k += 1
                continue
            k, found = step
            for mention in found:
                out.append(mention)
                if mention.name and mention.kind == "person":
                    self._introduce(mention)
                    self._backfill(out)
        return out

    def _titled(self, row: Row, k: int, before: list[Mention]) -> tuple[int, list[Mention]] | None:
        """[nationality] office [of ...] [Name [of Country]]: "US Secretary of State Mike Pompeo"."""
        title = titles.read(row, k)
        if title is None:
            return None
        owner = self._possessor(row, k, before)
        if owner is not None and title.owner is None:
            title.owner = owner.party
        at = title.name if title.name is not None else self._after_comma(row, k, title)
        if at is None:
            return self._untitled(row, title, owner, before)
        if owner is not None:
            before.remove(owner)
        start = owner.start if owner else row[k].start
        return self._people(row, title, at, start, before)

    def _possessor(self, row: Row, k: int, before: Sequence[Mention]) -> Mention | None:
        """The person whose official the title names: "Putin's spokesman"."""
        if not before or not k or row.gap(k) not in POSSESSIVES:
            return None
        last = before[-1]
        return last if last.kind in ("person", "office") and last.end == row[k - 1].end and last.acts else None

    def _after_comma(self, row: Row, k: int, title: Title) -> int | None:
        """The unit of a name in apposition to a title: "Merkel's spokesperson, Steffen Seibert, said"."""
        i = title.last
        if row.gap(i) != ", " or (title.office.plural and len(title.of) < 2):
            return None
        while row.is_kind(i, "H") and row.adjacent(i + 1):
            i += 1
        if not row.is_kind(i, "P") or title.office.plural:
            return i if row.is_kind(i, "P") and next_name(row, i + 1) else None
        definite = title.owner or title.of or title.office.party or (k and row[k - 1].low in OWNED_BY)
        if not definite and row[title.first].kind != "H":
            return None
        party = title.owner or (title.of[0] if title.of else None)
        name = " ".join(row[i].text.split())
        known = self.who.known(name, row)
        if known is not None and party and known.party and known.party != party:
            return None
        doubtful = " " not in name or in_list(row, i) or not CLOSES.match(self.text, row[i].end)
        if known is None and (doubtful or self.text.startswith(" and ", row[i].end)):
            return None
        return i if known is None or CLOSES.match(self.text, row[i].end) else None

    def _people(
        self, row: Row, title: Title, at: int, start: int, before: Sequence[Mention]
    ) -> tuple[int, list[Mention]]:
        """The named holders of a title: one, or those of a list after a plural."""
        role = role_as_written(row, title, at)
        out: list[Mention] = []
        first = at
        while True:
            name, after, trailing = name_at(row, at)
            of = title.of[len(out)] if len(title.of) > len(out) else title.of[0] if title.of else None
            if title.office.plural and len(title.of) > 1 and len(out) >= len(title.of):
                of = None
            said = title.owner or of or trailing
            begin = start if at == first else row[at].start
            known = self.who.settle(row, title, name, said, [*before, *out])
            if title.office.phrase in COUNTERPARTS:
                known, role = _as_counterpart(known, role, before)
            out.append(_person(known, begin, row[after - 1].end, role))
            step = next_name(row, after) if title.office.plural else None
            if step is None:
                return after, out
            at = step

    def _untitled(
        self, row: Row, title: Title, owner: Mention | None, before: list[Mention]
    ) -> tuple[int, list[Mention]] | None:
        """An office without a name: "the French president", "President of Egypt", "the minister"."""
        office = title.office
        party = title.owner or (title.of[0] if title.of else office.party)
        if office.plural or title.capital:
            return None  # "the Russian and Turkish foreign ministers" keep their syntax; so do places.
        if title.owner is None and not title.of and office.role == "other" and not office.party:
            single = " " not in row[title.last - 1].text and title.last - title.first == 1
            if single or office.loose:
                return None  # "official" is mostly an adjective; a bare "head" could be anybody's.
        acts = title.acts
        if title.last < len(row) and row[title.last].low == "of" and row.gap(title.last) == " ":
            acts = acts and (party is not None or not row[title.last - 1].low.endswith("leader"))
        start = row[title.first].start
        if owner is not None:
            before.remove(owner)
            start = owner.start
        # "recalled its ambassador to Spain": whose he is the sentence tells, and where to is its object.
        last = title.core if title.post and party is None else title.last
        role = role_as_written(row, title, len(row))
        end = row[last - 1].end
        return last, [Mention(start, end, "office", party, None, role, office.role, acts, office.gender)]

    def _named(self, row: Row, k: int) -> tuple[int, list[Mention]] | None:
        """A name on its own: one the text introduces, one with an apposition, one in the tables."""
        gender = None
        while row.is_kind(k, "H") and k + 1 < len(row) and row.adjacent(k + 1):
            office = row[k].office
            gender = gender or (office.gender if office else None)
            k += 1
        owned = self._owned_name(row, k)
        if owned is not None:
            return owned
        if row[k].kind != "P":
            return None
        if row.headline:
            return self._in_headline(row, k)
        apposed = self._apposed(row, k, gender)
        if apposed:
            return apposed
        name, after, trailing = name_at(row, k)
        known = self.who.known(name, row) if self._may_open(row, k, name) else None
        if known is None and trailing:
            after = k + 1
        if known is None:
            return self._stranger(row, k)
        full = known.name if len(known.name) >= len(name) else name
        known = replace(known, name=full, gender=gender or known.gender)
        return after, [_person(known, row[k].start, row[after - 1].end, known.role)]

    def _owned_name(self, row: Row, k: int) -> tuple[int, list[Mention]] | None:
        """ "Russia's Lavrov": a name that goes with the country before it."""
        if not row.is_kind(k, "N") or not row.is_kind(k + 1, "P") or row.gap(k + 1) not in POSSESSIVES:
            return None
        party = row.party(k)
        known = self.who.known(" ".join(row[k + 1].text.split()), row)
        if known is None or not party or known.party != party or row[k].entries[0].kind in ORGANS:
            return None
        return k + 2, [_person(known, row[k].start, row[k + 1].end, known.role)]

    def _may_open(self, row: Row, k: int, name: str) -> bool:
        """Whether a name that opens a sentence is no ordinary word with a capital."""
        if k or " " in name:
            return name.split()[0].lower() not in STOP or " " not in name
        return not self.who.is_word(name) or self._within_sentence(name)

    def _within_sentence(self, name: str) -> bool:
        """Whether the text has a word with its capital elsewhere than after a full stop."""
        if f" {name}" not in self.text:
            return False
        return any(self.text[m.start() - 1].isalnum() or self.text[m.start() - 1] in ",-&(’'\"“"
                   for m in re.finditer(rf" {re.escape(name)}\b", self.text) if m.start())  # fmt: skip

    def _in_headline(self, row: Row, k: int) -> tuple[int, list[Mention]] | None:
        """The known people among the capitalised words of a headline."""
        found = self.who.within(row[k], row)
        out = [_person(known, start, end, known.role) for start, end, known in found]
        return (k + 1, out) if out else None

    def _stranger(self, row: Row, k: int) -> tuple[int, list[Mention]] | None:
        """A name that is nobody we know: marked, so that the parser and the pronouns meet a name."""
        unit = row[k]
        if self.fold or not unit.text[:1].isupper():
            return None
        if k == 0 and " " not in unit.text and not self._within_sentence(unit.text):
            return None  # An ordinary word that begins a sentence.
        return k + 1, [Mention(unit.start, unit.end, "other", None, None, None, None, False)]

    def _apposed(self, row: Row, k: int, gender: str | None) -> tuple[int, list[Mention]] | None:
        """Name, [the] [nationality] office [of Country],: "Bruno Parrilla, the foreign minister of Cuba,"."""
        j = k + 1
        if row.gap(j) not in (", ", " ("):
            return None
        while j + 1 < len(row) and row[j].low in ("the", "a", "an", "who", "is", "was"):
            j += 1
        title = titles.read(row, j)
        if title is None or title.name is not None or title.office.plural or j >= len(row):
            return None
        if not CLOSES.match(self.text, row[title.last - 1].end):
            return None
        name = " ".join(row[k].text.split())
        said = title.owner or (title.of[0] if title.of else None)
        known = self.who.known(name, row)
        if (known and said and known.party not in (None, said)) or (known is None and " " not in name):
            return None
        known = self.who.settle(row, title, name, said, [])
        known = replace(known, gender=gender or known.gender)
        role = role_as_written(row, title, len(row))
        return title.last, [_person(known, row[k].start, row[title.last - 1].end, role)]

    def _plain(self, row: Row, k: int) -> tuple[int, list[Mention]] | None:
        """A country, nationality, capital or organisation by itself."""
        unit = row[k]
        if unit.kind != "N":
            return None
        entry, party = row.entry(unit, row.on), row.party(k)
        if entry is None or party is None or (entry.kind in ("body", "metonym") and _in_longer_name(row, k)):
            return None
        role = None
        if entry.kind in ("body", "metonym"):
            role = re.sub(r"^[Tt]he ", "", unit.text)
        return k + 1, [Mention(unit.start, unit.end, entry.kind, party, role=role)]

    # -- memory ------------------------------------------------------------------------------

    def _introduce(self, m: Mention) -> None:
        if m.name and (m.role or m.party):
            self.memory.learn(Known(m.name, m.party, m.role, m.office, m.acts, m.gender))

    def _backfill(self, out: list[Mention]) -> None:
        """ "President A and Prime Minister B of Poland": the country at the end is the first one's too."""
        if len(out) < 2 or out[-1].party is None or out[-2].party is not None:
            return
        first, last = out[-2], out[-1]
        between = self.text[first.end : last.start]
        if first.kind == "person" and between.strip() in ("and", ",", ", and", "&"):
            out[-2] = replace(first, party=last.party)
            self._introduce(out[-2])


def _person(known: Known, start: int, end: int, role: str | None) -> Mention:
    return Mention(start, end, "person", known.party, known.name, role, known.office, known.acts, known.gender)


def _as_counterpart(known: Known, role: str, before: Sequence[Mention]) -> tuple[Known, str]:
    """ "French President A and his Turkish counterpart B": B holds the office that A holds."""
    offices = (m for m in reversed(before) if m.kind in ("person", "office"))
    last = next((m for m in offices if m.role and m.party != known.party), None)
    if last is None or last.role is None:
        return known, role
    return replace(known, office=last.office), last.role


def _in_longer_name(row: Row, k: int) -> bool:
    """Whether a body's one word ends the name of another: the World Jewish Congress is not that of the US."""
    if not k or row.headline or " " in row[k].text or row.gap(k) != " ":
        return False
    before = row[k - 1]
    return before.kind in "WMP" and before.text[:1].isupper() and before.low not in STOP
