"""Whose talks "talks with X" are, where the sentence names only the partner."""

from __future__ import annotations

from relwatch.agents import Ref
from relwatch.attribute import own_talk_verbs, speaker_of
from relwatch.frametable import Frame
from relwatch.records import Party
from relwatch.slots import Slots, counted
from relwatch.syntax import children, passive_subject
from relwatch.tree import Token

WITHIN = frozenset(("in", "during", "after", "at", "of"))  # "progress in talks with X"
PROTAGONIST = "the country that the story is about"


def teller(slots: Slots, token: Token, frame: Frame) -> list[Ref]:
    """The side that tells of its talks: "Lavrov said talks with Kiev go on", "the talk with Macron", in an address."""
    within = token.dep_ in ("nsubj", "nsubjpass", "dobj") or token.head.lower_ in WITHIN
    if frame.type != "CONSULT" or frame.pos != "noun" or not within or children(token, "poss"):
        return []
    saying = speaker_of(token, slots.said)
    if token.dep_ == "dobj" and token.head.lemma_ in own_talk_verbs():
        saying = next((s for s in slots.said if s.token == token.head.i), saying)
    if saying is None:
        who = slots.quoted if slots.discourse.diary else None
    else:
        who = None if saying.adjunct else saying.speaker
    return [Ref(who, "the one who tells of it", token.i, slots.sent.ranges[token.i][0])] if who else []


def of_the_story(slots: Slots, token: Token, frame: Frame) -> list[Ref]:
    """The country that a story is about: "talks with X have begun", "an agreement was signed with X"."""
    who = slots.discourse.protagonist
    saying = speaker_of(token, slots.said)
    if who is None or slots.quote or (saying is not None and saying.speaker is not None):
        return []
    talks = frame.type == "CONSULT" and frame.pos == "noun" and counted(token).dep_ in ("nsubj", "nsubjpass")
    signed = frame.type == "AGREE" and frame.pos == "verb" and passive_subject(token) is not None
    if not (talks or signed) or children(token, "poss", "agent"):
        return []
    named = slots.sent.named
    before = [m for t in token.doc[: token.i] if t.dep_ not in ("pobj", "conj") and (m := named[t.i]) is not None]
    if any(m.party != who for m in before if m.party or m.kind == "person"):
        return []  # Another is spoken of who may have held them.
    return [Ref(Party(who), PROTAGONIST, token.i, slots.sent.ranges[token.i][0])]
