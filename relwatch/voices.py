"""Who tells an event; whose voice covers a sentence: quotations, speeches of a transcript, words before a quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from relwatch.attribute import QUOTE, Saying, sayings, speaker_of
from relwatch.frames import Match
from relwatch.mention import Finder
from relwatch.records import Article, Party, Span, Status
from relwatch.resolve import Discourse
from relwatch.segment import Parsed

# Types whose actor says so himself where he is named: "Biden backed the plan", "Putin pledged to help".
VOICED = frozenset(("SUPPORT", "REJECT", "AGREE"))
FIRST_PERSON = re.compile(r"\bI\b(?!\.)")
ADDRESS = re.compile(r"(?:\w+ )?(?:address|speech|remarks|message|statement) (?:by|of)\b", re.I)
DEEDS = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST"))


@dataclass(frozen=True, slots=True)
class Label:
    """A speech of a transcript: its range and who gives it. ``whole``: the text is one, and is told by it."""

    start: int
    end: int
    speaker: Party
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks in a sentence: its acts of saying, and who is quoted over which range of the article."""

    sayings: Sequence[Saying]
    quoted: Party | None
    quote: tuple[int, int] | None


def speaker_for(match: Match, at: int, voices: Voices, actor: Sequence[Party], status: Status) -> Party | None:
    """Who told an event whose trigger stands ``at`` an offset; None where the outlet does."""
    frame = match.frame
    saying = speaker_of(match.token, voices.sayings)
    if saying is None or not saying.known:
        saying = next((s for s in voices.sayings if s.adjunct and s.known), saying)
    if saying is not None and saying.known:
        return saying.speaker
    inside = voices.quote is not None and voices.quote[0] <= at < voices.quote[1]
    if saying is None and inside and voices.quoted is not None:
        return voices.quoted
    if len({p.party for p in actor}) != 1:
        return None
    who = actor[0]
    if saying is not None and saying.official and frame.type not in DEEDS:
        return Party(who.party, saying.official.name, saying.official.role)
    by_letter = frame.pos == "noun" and match.head.lemma_ == "send"  # greetings by letter are not quoted
    if by_letter or status in ("negated", "hypothetical"):
        return None  # What was not said has no speaker.
    if frame.speech:
        return who if who.name or who.role else None
    return who if frame.type in VOICED and who.name else None


def labels(sents: Sequence[Parsed], text: str) -> list[Label]:
    """The speeches of a transcript: "Vladimir Putin: Mr President, ..." up to the next such label."""
    starts = []
    for sent in sents:
        first = next((m for m in sent.named if m is not None), None)
        if first is None or first.kind != "person" or not first.acts or first.start != sent.span.start:
            continue
        if text[first.end : first.end + 2] == ": " and first.party:
            starts.append((first.end + 1, Party(first.party, first.name, first.role)))
    if not starts:
        return []
    ends = [s for s, _ in starts[1:]] + [len(text)]
    return [Label(s, e, who) for (s, who), e in zip(starts, ends, strict=True)]


def address(article: Article, home: str | None) -> list[Label]:
    """The one speech that a text is: its publisher's leader, whom the title names, says "I" throughout."""
    told = QUOTE.sub(" ", article.text)
    if home is None or not article.title or len(FIRST_PERSON.findall(told)) < 2:
        return []
    finder = Finder(article.title, article.published, home)
    rows = finder.find([Span(0, len(article.title), article.title)])
    named = [k for k in finder.memory.everybody() if k.party == home and k.acts]
    who = Party(home, named[0].name, named[0].role) if len(named) == 1 else None
    if not named and ADDRESS.match(article.title):
        office = next((m for m in rows[0] if m.kind == "office" and m.party in (home, None)), None)
        who = Party(home, None, office.role) if office else None
    return [Label(0, len(article.text), who, whole=True)] if who else []


def quote_over(span: Span, quotes: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The quotation that covers at least a part of a sentence."""
    for a, b in quotes:
        if a < span.end - 1 and span.start + 1 < b:
            return a, b
    return None


def opener(sent: Parsed, discourse: Discourse) -> Party | None:
    """The subject of the words before a quotation: "Lula opposed the plan: '...'"."""
    for token in sent.doc:
        if token.dep_ == "nsubj" and token.head.dep_ == "ROOT":
            refs = discourse.refs(token)
            return refs[0].party if len(refs) == 1 and refs[0].party.name else None
    return None


def speaker_ahead(sents: Sequence[Parsed], n: int, quote: tuple[int, int], discourse: Discourse) -> Party | None:
    """The speaker named where a quotation that has begun ends, some sentences on."""
    here = discourse.sent
    try:
        for later in sents[n + 1 : n + 6]:
            if later.span.start >= quote[1]:
                return None
            discourse.sent = later
            for s in sayings(later, discourse):
                if s.speaker:
                    return s.speaker
    finally:
        discourse.sent = here
    return None
