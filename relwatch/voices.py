"""Whose voice covers a sentence: quotations, the speeches of a transcript, words before a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from relwatch.attribute import sayings
from relwatch.records import Party, Span
from relwatch.resolve import Discourse
from relwatch.segment import Parsed


@dataclass(frozen=True, slots=True)
class Label:
    """A speech of a transcript: its range and who gives it."""

    start: int
    end: int
    speaker: Party


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
