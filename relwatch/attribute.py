"""Who says it: reported speech, "according to", and quotations that run over several sentences."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from relwatch import tables
from relwatch.records import Party
from relwatch.resolve import Discourse
from relwatch.segment import Parsed
from relwatch.syntax import children, objects, subject
from relwatch.tree import Token

QUOTE = re.compile(r"[“\"](?:[^”\"“]{2,1500}?)(?:[”\"]|\n\s*\n|\Z)", re.S)
MARKS = frozenset('"“”')
OPINION = frozenset("word opinion view assessment".split())  # "in his words"
ACCORDING = frozenset(("according", "per"))
QUOTING = frozenset(("quote", "cite"))  # "the agency quoted Li as saying": Li says so
# An official of no named country speaks for the state that the sentence is about.
OFFICES = frozenset("ministry government army military palace cabinet presidency".split())
SPOKESMEN = frozenset("ministry government minister spokesman spokeswoman spokesperson".split())


@cache
def own_talk_verbs() -> frozenset[str]:
    """Verbs with which one who took part in a talk speaks of it: "hailed the talks with Modi" (data/reporting.csv)."""
    return frozenset(row["verb"] for row in tables.rows("reporting.csv") if row["own_talk"])


@cache
def reporting_verbs() -> dict[str, str]:
    """Verbs of saying by lemma, with what they take (data/reporting.csv)."""
    return {row["verb"]: row["takes"] for row in tables.rows("reporting.csv")}


@dataclass(frozen=True, slots=True)
class Saying:
    """A reporting verb in a sentence and who speaks; None is somebody unknown.

    ``adjunct``: not a verb but "according to X" or "in his words", which covers the whole sentence.
    ``official``: an official whose country is left to the reader ("a foreign ministry official"), of no party.
    """

    token: int
    speaker: Party | None
    known: bool
    adjunct: bool = False
    official: Party | None = None


def quotations(text: str) -> list[tuple[int, int]]:
    """The ranges of the quotations in a text, of at least two characters, marks included."""
    return [m.span() for m in QUOTE.finditer(text) if len(m.group()) > 12]


def is_reporting(token: Token) -> bool:
    """Whether a token is a verb of saying."""
    if token.pos_ != "VERB":
        return False
    lemma = token.lemma_.lower()
    verbs = reporting_verbs()
    if lemma in verbs:
        return True
    return any(f"{lemma} {p.lower_}" in verbs for p in children(token, "prt", "prep", "advmod"))


def sayings(sent: Parsed, discourse: Discourse) -> list[Saying]:
    """The acts of saying in a sentence, with the speaker of each."""
    out: list[Saying] = []
    for token in sent.doc:
        if token.lower_ == "citing" and token.dep_ in ("advcl", "acl", "prep"):
            cited = [_saying(token.i, w, sent, discourse) for w in children(token, "dobj", "pobj")]
            out += [replace(s, adjunct=True) for s in cited if s.known]
        elif is_reporting(token) and _says(token):
            who = _teller(token)
            if who is not None and who.lower_ not in ("i", "we", "you"):  # words within the quotation
                out.append(_saying(token.i, who, sent, discourse))
        elif token.lower_ in ACCORDING and token.dep_ in ("prep", "advmod", "ROOT"):
            for to in children(token, "prep", "pcomp"):
                for pobj in children(to, "pobj"):
                    out.append(replace(_saying(token.i, pobj, sent, discourse), adjunct=True))
        elif token.lower_ == "in" and token.dep_ == "prep":
            for pobj in children(token, "pobj"):
                if pobj.lemma_ in OPINION:
                    out += [replace(_saying(token.i, w, sent, discourse), adjunct=True) for w in children(pobj, "poss")]
    return out


def _teller(verb: Token) -> Token | None:
    """Who says what a verb of saying reports: its subject, or whom another quotes as saying so."""
    above = verb.head.head
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and above.lemma_ in QUOTING:
        quoted = objects(above)
        return quoted[0] if quoted else None
    before = verb.doc[verb.i - 1] if verb.i else verb
    if verb.tag_ in ("VBD", "VBZ") and before.pos_ in ("NOUN", "PROPN") and not children(verb, "nsubj", "auxpass"):
        return before  # "..., a Turkish source said", where the tree hangs the source elsewhere
    return subject(verb)


def _says(verb: Token) -> bool:
    """Whether a verb says something: "maintains that", not "maintains ties"; '"..., he began', not "began to"."""
    takes = reporting_verbs().get(verb.lemma_.lower())
    if takes == "quote":
        return bool(children(verb, "ccomp")) or any(t.text in MARKS for t in verb.doc)
    return takes != "that" or not children(verb, "dobj") or bool(children(verb, "ccomp"))


def _saying(at: int, who: Token, sent: Parsed, discourse: Discourse) -> Saying:
    refs = discourse.refs(who)
    if not refs:
        # "an official of the Australian embassy": the institution that the noun belongs to.
        refs = [r for prep in children(who, "prep") if prep.lower_ in ("of", "for", "at")
                for pobj in children(prep, "pobj") for r in discourse.refs(pobj, loose=True)]  # fmt: skip
    if len({r.party.party for r in refs}) != 1:
        return Saying(at, None, bool(refs), official=None if refs else _official(who, sent))
    return Saying(at, refs[0].party, True)


def _of_its_own(verb: Token) -> bool:
    """Whether a verb coordinated with one of saying is no part of what is said: "said so, and Li agreed"."""
    later = any(c.dep_ == "aux" and c.lower_ in ("would", "had") for c in verb.children)
    return bool(children(verb, "nsubj", "nsubjpass")) and not later


def _official(who: Token, sent: Parsed) -> Party | None:
    """One who speaks for a government that is not named, None for anybody else and for "the official"."""
    mention = sent.named[who.i]
    if any(c.lower_ in ("the", "that", "this") for c in children(who, "det")):
        return None
    if mention is not None and mention.role is not None:
        words = mention.role.split()
    else:
        before = [c.lower_ for c in who.subtree if c.i < who.i and c.dep_ in ("compound", "amod", "nmod")]
        words = [*before, who.lower_]
    known = words[-1].lower() in SPOKESMEN or {w.lower() for w in words[:-1]} & OFFICES
    return Party(None, mention.name if mention else None, " ".join(words)) if known else None


def speaker_of(token: Token, said: Sequence[Saying]) -> Saying | None:
    """The innermost act of saying whose complement holds a token."""
    by_token = {s.token: s for s in said}
    chain = [token, *token.ancestors]
    for below, above in itertools.pairwise(chain):
        saying = by_token.get(above.i)
        if saying is not None and below.dep_ in (
            "ccomp",
            "xcomp",
            "parataxis",
            "advcl",
            "conj",
            "dep",
        ):
            if below.dep_ in ("advcl",) and not any(c.dep_ == "nsubj" for c in below.children):
                continue
            if below.dep_ == "conj" and _of_its_own(below):
                continue
            return saying
        for child in above.children:
            told = child.dep_ in ("parataxis", "ccomp", "advcl") and child.tag_ in ("VBD", "VBZ", "VBP", "VBN")
            if child.i in by_token and told and child != below:
                return by_token[child.i]
    for above in chain:
        for child in above.children:
            if child.i in by_token and by_token[child.i].adjunct:
                return by_token[child.i]
            if child.lower_ in ("to", "in") and child.dep_ == "prep":
                for deeper in child.children:
                    if deeper.i in by_token:
                        return by_token[deeper.i]
    return None
