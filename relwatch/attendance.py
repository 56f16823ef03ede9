"""Who took part, where a text lists it apart: "Participants in the call included A, B and C"."""

from __future__ import annotations

from collections.abc import Sequence

from relwatch.records import Party
from relwatch.resolve import Discourse
from relwatch.segment import Parsed
from relwatch.syntax import children, objects, preposition

LISTING = frozenset(("participant", "attendee", "other", "guest"))
LISTS = frozenset(("include", "be", "comprise"))
JOINED = frozenset(("join", "attend"))


def attendance(sents: Sequence[Parsed], discourse: Discourse) -> tuple[Party, ...]:
    """The parties to the talk of an article that lists its participants apart; empty for others.

    The host, the subject of the first sentence, comes first.
    """
    listed: list[Party] = []
    for sent in sents:
        discourse.sent = sent
        for token in sent.doc:
            lemma = token.lemma_.lower()
            if lemma in LISTS and any(s.lemma_.lower() in LISTING for s in children(token, "nsubj")):
                heads = objects(token) + children(token, "attr")
            elif lemma in JOINED and any(s.lower_ in ("call", "meeting") for s in children(token, "nsubjpass")):
                heads = preposition(token, "by")
            else:
                continue
            listed += [r.party for h in heads for r in discourse.refs(h) if r.party.name]
    host = _host(sents, discourse) if listed else []
    discourse.sent = None
    return tuple(dict.fromkeys(host + listed))


def _host(sents: Sequence[Parsed], discourse: Discourse) -> list[Party]:
    discourse.sent = sents[0]
    subjects = [t for t in sents[0].doc if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"]
    return [r.party for t in subjects[:1] for r in discourse.refs(t) if r.party.name]
