"""The steps that led to an event, in words: which frame, which words in which slot, what they stand for."""

from __future__ import annotations

from relwatch.agents import Ref
from relwatch.frames import Match
from relwatch.resolve import display
from relwatch.segment import Parsed
from relwatch.tree import Token

PLACES = {
    "nsubj": "subject of", "nsubjpass": "what is done to, of", "dobj": "object of", "dative": "to whom, of",
    "poss": "owner of", "amod": "before", "compound": "before", "nmod": "before", "attr": "said to be, of",
    "appos": "explains", "agent": "doer of",
}  # fmt: skip


def steps(match: Match, sent: Parsed, status: str, why: str) -> tuple[str, ...]:
    """What made an event of a match, each step ``KIND TEXT``; the first one is the frame."""
    frame = match.frame
    meaning = frame.type + (f" {frame.mode}" if frame.mode else "")
    out = [f"frame {frame.id}: {words(sent, match.token)} means {meaning} (sentence {sent.index + 1})"]
    out += [f"actor {_party(ref, sent)}" for ref in match.actor]
    out += [f"recipient {_party(ref, sent)}" for ref in match.recipient]
    if match.note:
        out.append(f"note {match.note}")
    reason = f": '{why}'" if why and why != "frame" else ": the frame says so" if why else ""
    return *out, f"status {status}{reason}"


def _party(ref: Ref, sent: Parsed) -> str:
    """Whom a reference means, by which words, where they stand, and how that is known."""
    token = sent.doc[ref.token]
    known = ref.how if ref.how != "name" else ""
    role = ref.party.role if not ref.party.name else None
    who = f"{role} ({ref.party.party})" if role else display(ref.party)
    return f"{who}: {words(sent, token)}, {place(sent, token)}" + (f"; {known}" if known else "")


def words(sent: Parsed, token: Token) -> str:
    """A token's words as the article has them, in quotation marks."""
    start, end = sent.ranges[token.i]
    at = sent.span.start
    return "'" + " ".join(sent.span.text[start - at : end - at].split()) + "'"


def place(sent: Parsed, token: Token) -> str:
    """Where a token stands in the sentence: "subject of 'met'", "after 'with'"."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    head = words(sent, token.head)
    if token.dep_ == "pobj":
        return f"after {head}"
    if token.dep_ == "ROOT":
        return "the sentence's main word"
    return f"{PLACES.get(token.dep_, 'below')} {head}"
