"""Events against a gold file: precision, recall and the like, what was confused, what is missing.

A gold file has one document a line: ``{id, title, date, outlet, text, sentences, events}``. Its events have
the fields of an event's JSON; ``evidence`` is a list of numbers of sentences, ``tone`` a bare score.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from relwatch.errors import ReadError
from relwatch.eventjson import event_from_json
from relwatch.records import TYPES, Event, Party, dyads

Pair = tuple[str, str]
Figures = dict[str, Any]
NONE = "none"  # the column of what was missed, and the row of what is extra
SUFFIXES = re.compile(r"\b(jr|sr|ii|iii)\b")


@dataclass(frozen=True, slots=True)
class Gold:
    """A document with the events that it is held to report."""

    id: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A pair and type that is in the gold alone (``missed``) or in the program's events alone (``extra``)."""

    kind: str
    article: str
    pair: Pair
    type: str
    event: Event


@dataclass(slots=True)
class Tally:
    """True positives, false positives and false negatives."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def count(self, gold: set[Any], found: set[Any]) -> None:
        """Compare two sets."""
        self.right += len(gold & found)
        self.extra += len(found - gold)
        self.missed += len(gold - found)

    def figures(self) -> Figures:
        """Precision, recall, F1 and the number of those in the gold."""
        p = self.right / (self.right + self.extra) if self.right + self.extra else 0.0
        r = self.right / (self.right + self.missed) if self.right + self.missed else 0.0
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        return {"p": round(p, 3), "r": round(r, 3), "f1": round(f1, 3), "n": self.right + self.missed}


@dataclass(slots=True)
class Result:
    """How the program's events compare with a gold file's."""

    documents: int = 0
    gold_events: int = 0
    found_events: int = 0
    sets: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in VIEWS})
    people: Tally = field(default_factory=Tally)
    topics: Tally = field(default_factory=Tally)
    tones: list[tuple[int, int]] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    speakers: list[bool] = field(default_factory=list)
    evidence: list[bool] = field(default_factory=list)
    quiet: list[bool] = field(default_factory=list)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def figures(self) -> Figures:
        """The figures by name, rounded to three places; None where there is nothing to count."""
        out: Figures = {name: tally.figures() for name, tally in self.sets.items()}
        out["people"], out["topics"] = self.people.figures(), self.topics.figures()
        out["tone"] = _tone_figures(self.tones)
        out["date"] = {"exact": _share(self.dates), "n": len(self.dates)}
        out["speaker"] = {"right": _share(self.speakers), "n": len(self.speakers)}
        out["evidence"] = {"overlap": _share(self.evidence), "n": len(self.evidence)}
        out["quiet"] = {"share": _share(self.quiet), "n": len(self.quiet)}
        out["docs"], out["gold_events"], out["pred_events"] = (
            self.documents, self.gold_events, self.found_events,
        )  # fmt: skip
        return out

    def confusions(self) -> dict[str, dict[str, int]]:
        """How often an event of a type (outer key) was found as one of a type (inner key)."""
        order = (*TYPES, NONE)
        table: dict[str, dict[str, int]] = {}
        for gold, found in sorted(self.confusion, key=lambda c: (order.index(c[0]), order.index(c[1]))):
            table.setdefault(gold, {})[found] = self.confusion[gold, found]
        return table


# -- reading -------------------------------------------------------------------------------------


def read_gold(path: Path) -> list[Gold]:
    """The documents of a gold file. Raises ReadError on a line that is none, naming what to try."""
    out: list[Gold] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not in UTF-8"
        raise ReadError(f"{path}: cannot be read ({reason.lower()}); give a gold file") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            out.append(_gold(line, f"{path}, line {number}"))
    if len({g.id for g in out}) < len(out):
        raise ReadError(f"{path}: two documents have the same id; give each its own")
    if not out:
        raise ReadError(f"{path}: is empty; give a gold file, one document a line")
    return out


def _gold(line: str, where: str) -> Gold:
    try:
        doc = json.loads(line)
        return Gold(str(doc["id"]), tuple(_gold_event(e, doc) for e in doc["events"]))
    except KeyError as error:
        raise ReadError(f"{where}: lacks {error.args[0]!r}; data/README.md shows the fields") from None
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        raise ReadError(f"{where}: is no gold document ({error}); data/README.md shows one") from None


def _gold_event(event: Mapping[str, Any], doc: Mapping[str, Any]) -> Event:
    spans = [tuple(doc["sentences"][n]) for n in event["evidence"]]
    tone = event["tone"]
    return event_from_json(
        {
            "id": "", "place": None, "confidence": 1.0, "speaker": None, "topics": [], "mode": None, **event,
            "article": {"id": str(doc["id"])},
            "tone": tone if isinstance(tone, dict) else {"score": tone or 0, "phrases": []},
            "evidence": [{"start": a, "end": b, "text": doc["text"][a:b]} for a, b in spans],
        }
    )  # fmt: skip


# -- comparing -----------------------------------------------------------------------------------


def pairs(event: Event) -> set[Pair]:
    """The unordered pairs of parties an event is about."""
    return {(min(pair), max(pair)) for pair in dyads(event)}


def _keys(events: Iterable[Event], *more: Callable[[Event], Any]) -> set[Any]:
    return {(pair, *(of(e) for of in more)) for e in events for pair in pairs(e)}


def _type(event: Event) -> str:
    return event.type


def _status(event: Event) -> str:
    return event.status


def _mode(event: Event) -> str | None:
    return event.mode


VIEWS: dict[str, Callable[[Sequence[Event]], set[Any]]] = {
    "dyad": _keys,
    "directed": lambda events: {pair for e in events for pair in dyads(e)},
    "dyad+type": lambda events: _keys(events, _type),
    "dyad+status": lambda events: _keys(events, _type, _status),
    "consult": lambda events: _keys([e for e in events if e.type == "CONSULT"], _mode),
}


def compare(gold: Sequence[Gold], found: Mapping[str, Sequence[Event]]) -> Result:
    """The documents' events against those found, by document id."""
    result = Result(documents=len(gold))
    for doc in gold:
        events = found.get(doc.id, ())
        result.gold_events += len(doc.events)
        result.found_events += len(events)
        if not doc.events:
            result.quiet.append(not events)
        for name, view in VIEWS.items():
            result.sets[name].count(view(doc.events), view(events))
        result.differences += _differences(doc, events)
        for i, j in _matched(doc.events, events):
            _compare_events(doc.events[i], events[j], result)
        result.confusion.update(_confused(doc.events, events))
    return result


def _differences(doc: Gold, events: Sequence[Event]) -> Iterator[Difference]:
    wanted, have = _by_key(doc.events), _by_key(events)
    for pair, type_ in sorted(wanted.keys() - have.keys()):
        yield Difference("missed", doc.id, pair, type_, wanted[pair, type_])
    for pair, type_ in sorted(have.keys() - wanted.keys()):
        yield Difference("extra", doc.id, pair, type_, have[pair, type_])


def _by_key(events: Sequence[Event]) -> dict[tuple[Pair, str], Event]:
    """The first event of each pair and type."""
    return {(pair, e.type): e for e in reversed(events) for pair in pairs(e)}


def overlap(a: Event, b: Event) -> bool:
    """Whether two events share a stretch of evidence."""
    return any(s.start < t.end and t.start < s.end for s in a.evidence for t in b.evidence)


def _matched(gold: Sequence[Event], found: Sequence[Event], same_type: bool = True) -> list[tuple[int, int]]:
    """Events of both sides with a common pair (and type), one to one, the likeliest first."""
    candidates = [
        (overlap(g, p), g.status == p.status, -abs(i - j), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(found)
        if (g.type == p.type or not same_type) and pairs(g) & pairs(p)
    ]
    left, right, out = set(range(len(gold))), set(range(len(found))), []
    for *_, i, j in sorted(candidates, reverse=True):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            out.append((i, j))
    return out


def _compare_events(gold: Event, found: Event, result: Result) -> None:
    result.people.count(last_names(gold), last_names(found))
    result.topics.count(set(gold.topics), set(found.topics))
    result.tones.append((gold.tone.score, found.tone.score))
    if gold.date.precision == "day" and gold.date.start:
        result.dates.append(found.date.start == gold.date.start)
    result.speakers.append(_party(gold.speaker) == _party(found.speaker))
    result.evidence.append(overlap(gold, found))


def _party(speaker: Party | None) -> str | None:
    return speaker.party if speaker else None


def last_names(event: Event) -> set[tuple[str | None, str]]:
    """The persons of an event: party and last name in plain lower-case letters."""
    out = set()
    for person in (*event.actor, *event.recipient):
        plain = unicodedata.normalize("NFKD", person.name or "").encode("ascii", "ignore").decode().lower()
        words = re.findall(r"[a-z]+", SUFFIXES.sub("", plain))
        if words:
            out.add((person.party, words[-1]))
    return out


def _confused(gold: Sequence[Event], found: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """(type in the gold, type found) of the events that are about the same pair; ``none`` for the others."""
    alike = _matched(gold, found)
    rest = [i for i in range(len(gold)) if i not in {i for i, _ in alike}]
    more = [j for j in range(len(found)) if j not in {j for _, j in alike}]
    other = [(rest[i], more[j]) for i, j in _matched([gold[i] for i in rest], [found[j] for j in more], False)]
    for i, j in alike + other:
        yield gold[i].type, found[j].type
    for i in rest:
        if i not in {i for i, _ in other}:
            yield gold[i].type, NONE
    for j in more:
        if j not in {j for _, j in other}:
            yield NONE, found[j].type


# -- figures -------------------------------------------------------------------------------------


def _share(found: Sequence[bool]) -> float | None:
    return round(sum(found) / len(found), 3) if found else None


def _sign(score: int) -> int:
    return (score > 0) - (score < 0)


def _tone_figures(tones: Sequence[tuple[int, int]]) -> Figures:
    """Of the sign of the tone: the share right and macro-F1; of the score: the mean error."""
    scores = []
    for sign in (-1, 0, 1):
        tally = Tally()
        for gold, found in tones:
            tally.count({sign} & {_sign(gold)}, {sign} & {_sign(found)})
        scores.append(tally.figures()["f1"])
    error = round(sum(abs(a - b) for a, b in tones) / len(tones), 3) if tones else None
    return {
        "sign": _share([_sign(a) == _sign(b) for a, b in tones]),
        "macro_f1": round(sum(scores) / 3, 3),
        "mae": error,
        "n": len(tones),
    }
