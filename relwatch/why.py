"""Why an article gives the events it gives: the frames, words and rules of each, or what was missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from relwatch import coder, dates, tablecheck, topics
from relwatch.attribute import Saying
from relwatch.coder import Seen
from relwatch.frames import Match, Miss
from relwatch.records import Article, Event, Party, Span
from relwatch.resolve import display
from relwatch.sentences import split
from relwatch.trace import words

MOST_MISSES = 4  # shown of a sentence
SLOTS = {
    "subj": "as its subject", "obj": "as its object", "iobj": "as the one told", "poss": "as its owner",
    "adj": "as an adjective before it", "comp": "in the clause that follows", "speaker": "as the speaker",
    "next": "next after it", "compobj": "as the object of the clause that follows",
    "if": "as the subject of the condition",
}  # fmt: skip
NEEDED = {
    "comp": "a clause must follow", "ccomp": "a clause with a subject of its own must follow",
    "nocomp": "no clause may follow", "noobj": "it may have no object",
    "nopred": "nothing may be said of its object", "inf": "an infinitive must follow",
    "refuses": "it must be said that somebody will not do it",
    "infinitive": "it must be meant, not done", "future": "it must be said that it will be so",
    "finite": "it must be said to be so, not a purpose or a way",
    "modal": "it must be said that it will or would be so",
}  # fmt: skip
KINDS = {
    "party": "a party", "person": "a government or official", "many": "two parties or more",
    "org": "an organisation", "people": "people of a country", "none": "nothing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step to an event: its ``kind`` (frame, actor, status, ...) and what it was."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Explained:
    """An event with the steps that led to it."""

    event: Event
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A frame that a word might have been, and what was missing."""

    word: str
    frame: str
    meaning: str
    row: str
    missing: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the parties it names, and the frames it nearly filled; ``note`` tells why there are none."""

    span: Span
    parties: tuple[str, ...]
    misses: tuple[NearMiss, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Report:
    """An article explained."""

    article: Article
    events: tuple[Explained, ...]
    sentences: tuple[Sentence, ...]


def explain(article: Article) -> Report:
    """Code an article and tell why each event came about, and of each sentence what nearly did."""
    seen: list[Seen] = []
    events = coder.code(article, watch=seen.append)
    return Report(
        article,
        tuple(Explained(e, tuple(_steps(e, article, seen))) for e in events),
        tuple(_sentences(article, seen)),
    )


def sentences_of(report: Report, spans: Iterable[Span]) -> tuple[Sentence, ...]:
    """The report's sentences in which any of the spans stands."""
    found = list(spans)
    return tuple(s for s in report.sentences if any(s.span.start < f.end and f.start < s.span.end for f in found))


# -- events --------------------------------------------------------------------------------------


def _steps(event: Event, article: Article, seen: Sequence[Seen]) -> Iterator[Step]:
    """The trace of an event with the rows of its frames; then what its other fields rest on."""
    for line in event.trace:
        kind, _, text = line.partition(" ")
        yield Step(kind, text)
        source = _frame_sources().get(text.partition(":")[0]) if kind == "frame" else None
        if source is not None:
            yield Step("row", _row(source))
    if len(event.evidence) > 1:
        yield Step("joined", f"{len(event.evidence)} sentences tell of it")
    yield Step("speaker", _speaker(event, seen))
    yield Step("date", _date(event, article))
    if event.place:
        yield Step("place", f"'{event.place}'")
    yield Step("topics", _topics(event, article))
    quoted = ", ".join(f"'{p.text}'" for p in event.tone.phrases)
    yield Step("tone", f"{event.tone.label} ({event.tone.score})" + (f": {quoted}" if quoted else ""))


def _row(source: tablecheck.Source) -> str:
    """A row of frames.csv: where it stands, and its cells that say something."""
    hidden = ("id", "type", "mode", "confidence", "note")
    cells = [f"{k}={v}" for k, v in source.row.items() if v and v != "no" and k not in hidden]
    return f"{_where(source)} {', '.join(cells)}"


def _where(source: tablecheck.Source | None) -> str:
    return f"{source.path.name}:{source.line}" if source is not None else ""


@cache
def _frame_sources() -> dict[str, tablecheck.Source]:
    """The rows of frames.csv in force, by id."""
    return {source.row["id"]: source for source in tablecheck.sources("frames.csv")}


def _speaker(event: Event, seen: Sequence[Seen]) -> str:
    who = event.speaker
    if who is None:
        return "nobody: the article itself tells it"
    for item in seen:
        if item.scene.sent.span in event.evidence:
            word = _verb_of(who, item.scene.sayings)
            if word is not None:
                return f"{display(who)}: {words(item.scene.sent, item.scene.sent.doc[word])}"
            if item.scene.quoted == who:
                return f"{display(who)}: the sentence is quoted from them"
    return f"{display(who)}: the act is done by saying it"


def _verb_of(who: Party, said: Sequence[Saying]) -> int | None:
    return next((s.token for s in said if s.speaker and s.speaker.party == who.party), None)


def _date(event: Event, article: Article) -> str:
    when = event.date
    if when.start is None:
        return "unknown: the text does not say"
    shown = when.start.isoformat() + (f" to {when.end}" if when.end and when.end != when.start else "")
    for span in event.evidence:
        for time in dates.find(article.text, span.start, span.end, article.published):
            if time.date == when:
                return f"{shown}: '{time.text}'"
    return f"{shown}: the day of the report" if when.start == article.published else f"{shown}: the day of the news"


def _topics(event: Event, article: Article) -> str:
    if not event.topics:
        return "none"
    spans = [(s.start, s.end) for s in event.evidence]
    found = dict(topics.label(article.text, spans, type=event.type, mode=event.mode))
    return ", ".join(
        f"{topic}: '{found[topic].text}'" if topic in found else f"{topic} (from the sentences around)"
        for topic in event.topics
    )


# -- sentences -----------------------------------------------------------------------------------


def _sentences(article: Article, seen: Sequence[Seen]) -> Iterator[Sentence]:
    """Every sentence of the article, in order."""
    spans = split(article.text, article.furniture)
    read = {item.scene.sent.span.start: item for item in seen}
    finder = coder.finder_of(article)
    for span, mentions in zip(spans, finder.find(spans), strict=True):
        parties = tuple(dict.fromkeys(m.party for m in mentions if m.party and m.acts))
        item = read.get(span.start)
        misses = tuple(_misses(item)) if item else ()
        yield Sentence(span, parties, misses, _note(item, parties, misses, bool(seen)))


def _note(item: Seen | None, parties: Sequence[str], misses: Sequence[NearMiss], read: bool) -> str:
    """Why there is nothing more to say of a sentence; "" where there is."""
    if item is not None and (item.events or misses):
        return ""
    if item is None and not read:
        return "the article names fewer than two parties, so it was not read any further"
    if item is None:
        return "no event can be in it: it lacks a party, or a word of the tables"
    if not parties:
        return "no word of frames.csv in it, and no party is named"
    return "no word of frames.csv in it"


def _misses(item: Seen) -> Iterator[NearMiss]:
    """The nearest misses of a sentence: one a word and type, and acts that are but the content of others."""
    sent = item.scene.sent
    for match in item.matched:
        if match not in item.kept:
            missing = "it is only the content of another act in the sentence"
            yield _near(match, words(sent, match.token), missing)
    made = {m.token.i for m in item.matched}
    taken: set[tuple[int, str]] = set()
    for miss in sorted((m for m in item.missed if m.token.i not in made), key=_distance):
        key = miss.token.i, miss.frame.type
        if key not in taken and len(taken) < MOST_MISSES:
            taken.add(key)
            yield _near(miss, words(sent, miss.token), _in_words(miss))


def _near(found: Match | Miss, word: str, missing: str) -> NearMiss:
    frame = found.frame
    meaning = frame.type + (f" {frame.mode}" if frame.mode else "")
    return NearMiss(word, frame.id, meaning, _where(_frame_sources().get(frame.id)), missing)


def _distance(miss: Miss) -> tuple[int, float, int]:
    """How far a frame was from an event: one lacking a party is nearer than one lacking its own words."""
    what = miss.why
    far = 0 if what.startswith(("no other party", "fewer")) else 1 if what.startswith("no party") else 3
    if what.startswith("needs") and ":" in what:
        far = 2
    return far, -miss.frame.confidence, miss.token.i


def _in_words(miss: Miss) -> str:
    """What was missing, for somebody who does not know the table."""
    what, frame = miss.why, miss.frame
    if what.startswith("needs "):
        return f"it means this only if {_need_in_words(what.removeprefix('needs '))}"
    if what.startswith("no other party"):
        return f"no other party {_slots_in_words(frame.recipient)}"
    if what.startswith("no party"):
        return f"no party {_slots_in_words(frame.actor)}"
    return f"fewer than two parties {_slots_in_words(frame.actor + frame.recipient)}"


def _slots_in_words(slots: Sequence[str]) -> str:
    named = [SLOTS[s] for s in slots if s in SLOTS]
    after = [f"'{s}'" for s in slots if s not in SLOTS]
    return ", ".join(named + ([f"after {' or '.join(after)}"] if after else []))


def _need_in_words(need: str) -> str:
    for op, verb in (("!=", "is none of"), ("=", "is one of"), (":", "names")):
        slot, found, values = need.partition(op)
        if found:
            items = values.replace("|...", ", ...").replace("|", ", ")
            what = SLOTS.get(slot, f"after '{slot}'").removeprefix("as ")
            return f"{what} is {KINDS.get(values, 'something')}" if op == ":" else f"{what} {verb} {items}"
    return NEEDED.get(need, f"there is something {SLOTS.get(need, need)}")


# -- for programs --------------------------------------------------------------------------------


def to_json(sentence: Sentence) -> dict[str, Any]:
    """A sentence as a plain object."""
    span = {"start": sentence.span.start, "end": sentence.span.end, "text": sentence.span.text}
    misses = [{name: getattr(m, name) for name in m.__slots__} for m in sentence.misses]
    return {**span, "parties": list(sentence.parties), "note": sentence.note, "misses": misses}
