"""The tone a report states: towards the counterpart, or of the exchange, with the words that state it.

The words stand in ``data/tone.csv``; what turns or hides a word ("not", "despite", "but") and what
counts as an exchange in ``data/tone_cues.csv``; how far each type of event may go in
``data/tone_defaults.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from relwatch import phrases, tables
from relwatch.errors import TableError
from relwatch.records import TYPES, Span, Tone

NEGATION_REACH = 4  # words between a negation and what it negates, at most, within a clause
CONCESSION_REACH = 4  # words after "despite" that yield to what the clause says else
UNREAL_REACH = 8  # words after "avoid" or "could" that are not said to be so
EXCHANGE_REACH = 8  # words between a quality and the talks it is a quality of, within a sentence
REMARK = 4  # words; a sentence no longer says of the talk just told what it was: "Quite productive."
SHOWN = 3  # phrases shown for a tone, at most
_BREAKS = ",;:()\n—–"  # these end a clause
_STOPS = ".!?"  # these end a sentence, before a space


class _Entry(NamedTuple):
    """A word of tone (``score``, and whether it must stand near an exchange) or a cue (its ``role``)."""

    score: int
    near: bool
    role: str


_Match = phrases.Match[_Entry]


class _Range(NamedTuple):
    base: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class _Hit:
    score: int
    span: Span
    yielding: bool  # stands in a clause of concession ("despite difficulties")
    turned: bool  # stands after a "but"
    rank: int = 0  # of its span: 0 is the most telling one


def _rank(applies: Sequence[str], type_: str) -> int:
    """How closely a row's scope fits an event type: 2 names it, 1 covers it, 0 does not."""
    if not applies or type_ in applies:
        return 2
    if type_ == "CONSULT":
        return int("talks" in applies or "exchange" in applies)
    return int("positions" in applies)


class _Row(NamedTuple):
    phrase: str
    kind: str
    score: int
    applies: tuple[str, ...]


@cache
def _rows() -> tuple[_Row, ...]:
    scopes = {*TYPES, "talks", "exchange", "positions"}
    out = []
    for row in tables.rows("tone.csv"):
        applies = tables.listed(row["applies"])
        if unknown := set(applies) - scopes:
            raise TableError(f"tone.csv: {row['phrase']}: {min(unknown)} is no type of event or scope")
        out.append(_Row(row["phrase"], row["kind"], int(row["score"]), applies))
    return tuple(out)


@cache
def _book(type_: str) -> phrases.PhraseBook[_Entry]:
    """The words and cues for an event type. A row that names the type beats one that covers it."""
    chosen: dict[str, tuple[int, _Row]] = {}
    for row in _rows():
        rank = _rank(row.applies, type_)
        if rank and (row.phrase not in chosen or rank > chosen[row.phrase][0]):
            chosen[row.phrase] = (rank, row)

    def items() -> Iterator[tuple[str, str, _Entry]]:
        for cue in tables.rows("tone_cues.csv"):
            yield cue["cue"], "phrase", _Entry(0, False, cue["role"])
        for _, row in chosen.values():
            near = type_ == "CONSULT" and "talks" in row.applies and "exchange" not in row.applies
            yield row.phrase, row.kind, _Entry(row.score, near, "")

    return phrases.PhraseBook(items())


@cache
def _ranges() -> dict[tuple[str, str], _Range]:
    return {
        (row["type"], row["mode"]): _Range(int(row["base"]), int(row["lowest"]), int(row["highest"]))
        for row in tables.rows("tone_defaults.csv")
    }


class _Scene:
    """A stretch of text with the words of tone and the cues in it."""

    def __init__(self, text: str, start: int, end: int, type_: str) -> None:
        self.text = text
        self.talks = type_ == "CONSULT"
        self.row = phrases.words(text, start, end)
        self.clauses, self.sentences = _numbered(text, self.row)
        self.matches = list(_book(type_).find(text, self.row))
        self.cues: dict[str, list[_Match]] = {}
        for match in self.matches:
            for entry in match.entries:
                # "failed talks" is a word of tone and names an exchange too
                role = entry.role or ("" if entry.near else "exchange")
                if role:
                    self.cues.setdefault(role, []).append(match)

    def follows(self, role: str, at: int, reach: int | None = None) -> bool:
        """Does word ``at`` follow such a cue within its clause (and ``reach`` words)?"""
        return any(
            cue.last <= at and self.clauses[cue.first] == self.clauses[at] and (reach is None or at - cue.last < reach)
            for cue in self.cues.get(role, ())
        )

    def turned(self, at: int) -> bool:
        """Does word ``at`` follow a "but" within its sentence?"""
        return any(
            cue.last <= at and self.sentences[cue.first] == self.sentences[at] for cue in self.cues.get("contrast", ())
        )

    def of_exchange(self, match: _Match) -> bool:
        """Is there a word for an exchange near ``match``, on either side, in its sentence?"""
        if self.sentences.count(self.sentences[match.first]) <= REMARK:
            return True
        return any(
            self.sentences[cue.first] == self.sentences[match.first]
            and max(match.first - cue.last, cue.first - match.last) < EXCHANGE_REACH
            for cue in self.cues.get("exchange", ())
        )

    def score(self, match: _Match, entry: _Entry) -> int:
        """What a word of tone says where it stands: 0 where it does not hold."""
        if entry.near and not self.of_exchange(match):
            return 0
        if entry.score < 0 and self.follows("irrealis", match.first, UNREAL_REACH):
            return 0  # "avoid provocations" charges nobody
        if self.talks and any(self.follows(r, match.first, UNREAL_REACH) for r in ("irrealis", "wish")):
            return 0  # "hoped the talks would be useful" praises none
        if self.follows("negation", match.first, NEGATION_REACH):
            return -1 if entry.score > 0 else 0  # "not constructive" is critical, "not hostile" says little
        return entry.score

    def hits(self) -> Iterator[_Hit]:
        """The words of tone that hold."""
        for match in self.matches:
            for entry in match.entries:
                score = self.score(match, entry) if entry.score else 0
                if score:
                    span = Span(match.start, match.end, self.text[match.start : match.end])
                    yielding = self.follows("concession", match.first, CONCESSION_REACH)
                    yield _Hit(score, span, yielding, self.turned(match.first))


def _numbered(text: str, row: Sequence[phrases.Word]) -> tuple[list[int], list[int]]:
    """For each word the number of its clause and of its sentence, by the punctuation between words."""
    clause = sentence = 0
    clauses, sentences = ([0], [0]) if row else ([], [])
    for left, right in pairwise(row):
        gap = text[left.end : right.start]
        if gap == " ":
            clauses.append(clause)
            sentences.append(sentence)
            continue
        ends = any(mark in gap for mark in _STOPS) and gap != "."  # "U.S." ends none
        sentence += ends
        clause += ends or any(mark in gap for mark in _BREAKS)
        clauses.append(clause)
        sentences.append(sentence)
    return clauses, sentences


def _found(text: str, spans: Sequence[tuple[int, int]], type_: str, scope: _Range) -> list[_Hit]:
    """The words of tone in ``spans`` whose sign the type allows, each once, the most telling span first."""
    found: dict[Span, _Hit] = {}
    for n, (start, end) in enumerate(spans):
        for hit in _Scene(text, start, end, type_).hits():
            if scope.lowest < 0 > hit.score or scope.highest > 0 < hit.score:
                found.setdefault(hit.span, replace(hit, rank=n))
    return list(found.values())


def _weigh(hits: Sequence[_Hit], type_: str) -> int:
    """One score of many words: what is conceded yields, what follows a "but" wins, then the stronger.

    Where signs differ, the first span that states a tone decides which holds. A frank and useful
    talk is a useful one; elsewhere the first of two equals holds.
    """
    hits = [h for h in hits if not h.yielding] or list(hits)
    first = [h for h in hits if h.rank == min(h.rank for h in hits)]
    if len({h.score > 0 for h in first}) > 1 and any(h.turned for h in first):
        first = [h for h in first if h.turned]
    high, low = max(h.score for h in first), min(h.score for h in first)
    even = high if type_ == "CONSULT" else first[0].score
    lead = even if high == -low else high if high > -low else low
    same = [h.score for h in hits if h.score * lead > 0]
    return max(same) if lead > 0 else min(same)


def stated(
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    type: str,
    mode: str | None,
    base: int | None = None,
    trigger: tuple[int, int] | None = None,
) -> Tone:
    """The tone stated in ``spans`` (character ranges of ``text``, the most telling first), -2 to 2.

    ``base`` is what the word at ``trigger`` says by itself (condemned -2, thanked 1); without it
    the type decides. Words in the spans then move it, as far as the type allows. A tone other than
    0 shows its words: the strongest of that sign, else the trigger, else the first span.
    """
    ranges = _ranges()
    scope = ranges.get((type, mode or ""), ranges[type, ""])
    if not spans or scope.lowest == scope.highest == 0:
        return Tone()
    floor = max(scope.lowest, min(scope.highest, scope.base if base is None else base))
    found = _found(text, spans, type, scope)
    score = floor
    if found:
        score = _weigh(found, type)
        if score * floor > 0 and abs(floor) > abs(score):
            score = floor
        score = max(scope.lowest, min(scope.highest, score))
    if not score:
        return Tone()
    same = [h for h in found if (h.score > 0) == (score > 0)]
    same.sort(key=lambda h: -abs(h.score))
    shown = tuple(h.span for h in same[:SHOWN])
    if not shown:
        a, b = trigger or spans[0]
        shown = (Span(a, b, text[a:b]),)
    return Tone(score, shown)
