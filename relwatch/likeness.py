"""How well two reports fit one and the same encounter: a score, or None where they cannot be one.

What tells encounters apart before anything else: the parties, the type, whether it took place. Two events of
one article are two: the coder has already made one of what the article says twice. Persons who differ on one
side, channels that differ (a call, a visit) and days further apart than one are never the same either. What
is left must earn ENOUGH points by the day, the persons, the channel, the topics and the words it shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from relwatch.query import Row, name_words, named
from relwatch.records import Event, Party

ENOUGH = 3.5
SAME_DAY, DAYS_OVERLAP, NEXT_DAY, VAGUE = 3.0, 2.5, 0.5, 1.5
PERSON, CHANNEL, TOPIC, OTHER_TOPICS, PLACE = 1.0, 0.5, 0.5, -1.0, 0.5
WORDING = 4.0  # times the share of words in common: 0 to 1
BEFORE_REPORT = 3  # days before its publication that an undated event may have been
ACTS = {"AGREE", "COOPERATE", "AID", "RETREAT", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}

_WORD = re.compile(r"[^\W_]{3,}")
_EMPTY = frozenset(
    "the and that with for from his her its their said says was were has had have will would been are not but"
    " who which also after before over into about during than other this these those told while between"
    " president minister foreign prime secretary leader leaders state".split()
)
_OFFICES = {
    "foreign": re.compile(r"foreign|secretary of state|diplomats?\b|ambassador|envoy|spokes", re.I),
    "defence": re.compile(r"defen[cs]e|army|military|generals?\b|chief of staff", re.I),
    "leader": re.compile(
        r"^(?!.*(vice|deputy)).*(president|prime minister|chancellor|premier|king|emperor|leader)", re.I
    ),
}
_JOTS = re.compile(r"[ijy]+")
_FORMER = re.compile(r"\b(former|ex)\b", re.I)


class Report:
    """A row with what comparing it needs: days as ordinals, persons and words ready.

    ``low`` and ``high`` bound the days it may have happened on; ``exact`` says that they are the days it
    did, to the day.
    """

    __slots__ = ("_words", "event", "exact", "high", "low", "parties", "persons", "row", "span")

    def __init__(self, row: Row) -> None:
        self.row = row
        event = self.event = row.event
        start, end = event.date.start or event.date.end, event.date.end or event.date.start
        self.exact = start is not None and event.date.precision == "day"
        if start is None or end is None:
            last = row.published.toordinal() if row.published else 0
            self.low, self.high = last - BEFORE_REPORT if last else 0, last
        else:
            self.low, self.high = start.toordinal(), end.toordinal()
        self.span = event.date
        self.persons = _persons((*event.actor, *event.recipient))
        self.parties = frozenset(p.party for p in (*event.actor, *event.recipient))
        self._words: frozenset[str] | None = None

    @property
    def words(self) -> frozenset[str]:
        """The telling words of the evidence, beginnings only, so that "talked" and "talks" are one."""
        if self._words is None:
            names = {word for _, name in self.persons.items() for n in name[0] for word in name_words(n)}
            text = " ".join(span.text for span in self.event.evidence[:3]).lower()
            self._words = frozenset(w[:5] for w in _WORD.findall(text) if w not in _EMPTY and w not in names)
        return self._words


def _persons(parties: Iterable[Party]) -> dict[str, tuple[tuple[str, ...], frozenset[str]]]:
    """party -> the names of its persons, and the offices of those without a name."""
    out: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {}
    for p in parties:
        if p.party and (p.name or p.role):
            names, offices = out.get(p.party, ((), frozenset()))
            if p.name:
                names += (p.name,)
            offices |= _offices(p.role)
            out[p.party] = (names, offices)
    return out


def _offices(role: str | None) -> frozenset[str]:
    if not role or _FORMER.search(role):
        return frozenset()
    return frozenset([office for office, word in _OFFICES.items() if word.search(role)][:1])


@cache
def spelt(name: str) -> str:
    """A name as all its spellings from another script may be read: Zelensky, Zelenskyy, Zelenskiy are one."""
    return _JOTS.sub("y", name.casefold())


def persons_fit(a: Report, b: Report) -> float | None:
    """Points for the persons in common, None when those of one side are others."""
    points = 0.0
    for party, (names, offices) in a.persons.items():
        if party not in b.persons:
            continue
        other_names, other_offices = b.persons[party]
        if names and other_names:
            if not any(named(spelt(x), spelt(y)) for x in names for y in other_names):
                return None
            points += PERSON
        elif offices and other_offices:
            if not offices & other_offices:
                return None
            points += PERSON / 2
    return points


def modes_fit(a: str | None, b: str | None) -> float | None:
    """Points for the channel in common, None when one report rules out the other's."""
    if a == b:
        return CHANNEL if a else 0.0
    if a is None or b is None or {a, b} <= {"meet", "visit", "multilateral"}:
        return 0.0
    return None


def parties_fit(a: Report, b: Report) -> bool:
    """Whether the parties may be those of one encounter: the same, or half of them where many met."""
    if a.parties == b.parties:
        return True
    if min(len(a.parties), len(b.parties)) < 3:
        return False
    return 2 * len(a.parties & b.parties) >= len(a.parties | b.parties)


def days_fit(a: Report, b: Report) -> float | None:
    """Points for the days, None when they cannot be the same."""
    if not a.low or not b.low:
        return None
    if a.exact and b.exact:
        if a.span == b.span:
            return SAME_DAY
        if a.low <= b.high and b.low <= a.high:
            return DAYS_OVERLAP
        return NEXT_DAY if max(a.low, b.low) - min(a.high, b.high) == 1 else None
    if "year" in (a.span.precision, b.span.precision):
        return VAGUE if a.span == b.span else None  # a year holds too many talks to tell which
    if a.low > b.high or b.low > a.high:
        return None
    news = a.span.precision == b.span.precision == "unknown"  # both told as the news of these days
    return VAGUE if news or a.exact or b.exact else NEXT_DAY


def topics_fit(a: Event, b: Event) -> float:
    """Points for topics in common, fewer than none for different ones."""
    if not a.topics or not b.topics:
        return 0.0
    return TOPIC if set(a.topics) & set(b.topics) else OTHER_TOPICS


def wording(a: Report, b: Report) -> float:
    """The share of telling words in common, 0 to 1: of the shorter report's, one or two being no share."""
    fewer = min(len(a.words), len(b.words))
    return len(a.words & b.words) / max(fewer, 4)


def score(a: Report, b: Report) -> float | None:
    """How well two reports fit one encounter; None when they cannot be one, ENOUGH when they are."""
    if a.event.article == b.event.article or not parties_fit(a, b):
        return None
    days, modes = days_fit(a, b), modes_fit(a.event.mode, b.event.mode)
    if days is None or modes is None:
        return None
    persons = persons_fit(a, b)
    if persons is None:
        return None
    points = days + modes + persons + topics_fit(a.event, b.event) + WORDING * wording(a, b)
    if a.event.place and a.event.place == b.event.place:
        points += PLACE
    # Talks and acts are few; words are many, and said every day.
    return points if a.event.type == "CONSULT" or a.event.type in ACTS else points - PERSON
