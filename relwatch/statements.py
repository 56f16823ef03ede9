"""Positions that no frame fits: what a party says of another, or of their relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from relwatch import tables, tone
from relwatch.agents import OWN_NOUNS, Ref
from relwatch.assemble import Scene, build, topics_of
from relwatch.attribute import is_reporting, reporting_verbs
from relwatch.frametable import frames
from relwatch.records import Event, Party, Tone
from relwatch.resolve import Discourse
from relwatch.syntax import children, complement, objects, subject
from relwatch.tree import Token
from relwatch.when import date_said

QUALITY = ("amod", "compound")
CONTRAST = frozenset(("while", "whereas", "although", "though"))
TIE_PREPOSITIONS = frozenset(("with", "between", "to", "towards", "toward"))


@cache
def relation_nouns() -> frozenset[str]:
    """Nouns for the tie between two parties: what is said of it is a position on both."""
    return frozenset(row["noun"] for row in tables.rows("relation_nouns.csv"))


@dataclass(frozen=True, slots=True)
class Position:
    """What a party says: who, the head of the clause that says it, and the verb of saying."""

    who: tuple[Party, ...]
    clause: Token
    verb: Token


def statements(scene: Scene, discourse: Discourse, made: Sequence[Event]) -> list[Event]:
    """The positions in a sentence that no frame has coded: STATEMENT on ties, SUPPORT or ACCUSE on deeds.

    None where a frame has already coded what the speaker says of that party in this sentence.
    """
    out: list[Event] = []
    # Beside a bare talk there may still be a position: "met Xi, hailing the ties of the two countries".
    taken = _pairs(e for e in made if e.type != "CONSULT")
    for position in _positions(scene, discourse):
        stated = _tone(scene, position)
        parties = {p.party for p in position.who}
        about, ties = _about(position, scene, discourse, stated)
        about = tuple(p for p in about if p.party not in parties)
        if not about and (len(parties) == 1 or not ties):
            continue
        pairs = {(a.party, r.party) for a in position.who for r in about or position.who if a.party != r.party}
        told = _pairs(e for e in made if _within(e, _range(scene, position.clause)))
        if not pairs & (taken | told):
            taken |= pairs
            out.append(_event(scene, position, about, ties, stated))
    return out


def _pairs(events: Iterable[Event]) -> set[tuple[str | None, str | None]]:
    """The pairs that events are about, those of a joint act in both orders."""
    return {(a.party, r.party) for e in events for a in e.actor for r in e.recipient or e.actor if a != r}


def _within(event: Event, clause: tuple[int, int]) -> bool:
    """Whether an event is what a clause tells: "said that they had met" tells a talk, no position."""
    return event.focus is not None and clause[0] <= event.focus[0] and event.focus[1] <= clause[1]


def _positions(scene: Scene, discourse: Discourse) -> Iterator[Position]:
    """The positions of a sentence: of its verbs of saying, of "according to X", of a quotation."""
    for token in scene.sent.doc:
        if (
            not is_reporting(token)
            or _talks(token)
            or any(c.dep_ == "neg" or (c.dep_ == "aux" and c.tag_ == "MD") for c in token.children)
        ):
            continue
        who_token = subject(token)
        said = complement(token) or (objects(token) if _states(token) else [])
        if who_token is None or not said:
            continue
        who = tuple(dict.fromkeys(r.party for r in discourse.refs(who_token)))
        if who:
            yield Position(who, said[0], token)
    root = next((t for t in scene.sent.doc if t.dep_ == "ROOT"), None)
    if root is None:
        return
    for saying in scene.sayings:
        if saying.adjunct and saying.speaker is not None:
            yield Position((saying.speaker,), root, root)
    start = scene.sent.ranges[root.i][0]
    if scene.quoted is not None and not scene.sayings and scene.quote and scene.quote[0] <= start < scene.quote[1]:
        yield Position((scene.quoted,), root, root)


def _states(verb: Token) -> bool:
    """Whether what a verb takes as its object is what is said ("reaffirm ties", not "hold talks")."""
    return reporting_verbs().get(verb.lemma_.lower()) in ("obj", "both")


def _talks(verb: Token) -> bool:
    """Whether a verb says that something was talked of, not what was said of it ("discuss")."""
    words = frames().get(verb.lemma_.lower(), ())
    return any(f.type == "CONSULT" and f.pos == "verb" and len(f.words) == 1 for f in words)


def _about(position: Position, scene: Scene, discourse: Discourse, stated: Tone) -> tuple[tuple[Party, ...], bool]:
    """The other parties a position is about, and whether it is about the ties with them."""
    who = position.who[0]
    ties: list[Ref] = []
    deeds: list[Ref] = []
    places: list[Ref] = []
    speaks_of_ties = False
    for token in _own(position.clause):
        if token.lemma_.lower() in relation_nouns():
            speaks_of_ties = True
            ties += discourse.refs(token)
            if token.lemma_.lower() in OWN_NOUNS:
                continue  # "the two countries" are the parties, "our country" is the speaker's own
            ties += discourse.owners(token)
            ties += [r for prep in children(token, "prep") if prep.lower_ in TIE_PREPOSITIONS
                     for p in children(prep, "pobj") for r in discourse.refs(p)]  # fmt: skip
            if any(c.lower_ in ("our", "bilateral", "mutual") for c in token.children):
                other = discourse.counterpart(who)
                if other is not None:
                    return (Party(other.party),), True
        elif stated.score and token.head != position.verb:
            if _evaluated(token, position.clause) and not (token.dep_ in QUALITY and discourse.refs(token.head)):
                deeds += [r for r in discourse.refs(token) if r.how == "name" or " of " in r.how]
            elif token.dep_ == "pobj" and (token.head.dep_ == "agent" or _at_clause(token.head, position.clause)):
                places += [r for r in discourse.refs(token) if r.how == "name"]
    for found, tie in ((ties, True), (deeds, False), (places if stated.score < 0 else [], False)):
        once = {(r.party.party, r.party.name): r.party for r in reversed(found) if r.party.party != who.party}
        others = tuple(reversed(once.values()))
        if others:
            return others[:3], tie
    return (), speaks_of_ties


def _at_clause(prep: Token, clause: Token) -> bool:
    """Whether "in Iran" or "by Iran" hangs on the clause itself, not on some noun of it."""
    return prep.lower_ in ("by", "in") and prep.head == clause


def _evaluated(token: Token, clause: Token) -> bool:
    """Whether a token is what the clause speaks of: its subject, or the owner of its subject."""
    if clause.pos_ == "NOUN":  # "the importance of NATO's efforts"
        return token.dep_ == "poss" or (token.dep_ == "pobj" and token.head.lower_ in ("of", "for", "to"))
    owned = token.dep_ == "poss" and token.head.dep_ in ("nsubj", "nsubjpass", "attr", "dobj")
    # "the German proposal would make things worse"
    owned = owned or (token.dep_ in QUALITY and token.head.dep_ in ("nsubj", "nsubjpass"))
    top = token.head if owned else token
    if top.dep_ not in ("nsubj", "nsubjpass") and not owned:
        return False
    return top.head == clause or top.head.dep_ in ("xcomp", "ccomp", "conj", "advcl")


def _tone(scene: Scene, position: Position) -> Tone:
    return tone.stated(scene.article.text, [_range(scene, position.clause)], type="STATEMENT", mode=None)


def _range(scene: Scene, clause: Token) -> tuple[int, int]:
    inside = [t.i for t in _own(clause)]
    return scene.sent.text(min(inside), max(inside))


def _own(clause: Token) -> list[Token]:
    """The words of a clause without what another does meanwhile: "Iran agreed, while Iraq condemned the plan"."""
    apart = [c for c in children(clause, "advcl") if children(c, "nsubj") and c.i > clause.i
             and any(m.lower_ in CONTRAST for m in children(c, "mark"))]  # fmt: skip
    end = min((t.i for c in apart for t in c.subtree), default=None)
    return [t for t in clause.subtree if end is None or t.i < end]


def _kind(about: tuple[Party, ...], ties: bool, stated: Tone) -> tuple[str, str | None]:
    """A position on ties is a STATEMENT; praise of the other's deeds is SUPPORT, blame is ACCUSE."""
    if ties or not about or not stated.score:
        return "STATEMENT", None
    if stated.score > 0:
        return "SUPPORT", None
    return "ACCUSE", "allege" if stated.score == -2 else "disapprove"


def _event(scene: Scene, position: Position, about: tuple[Party, ...], ties: bool, stated: Tone) -> Event:
    span = _range(scene, position.clause)
    single = len({p.party for p in position.who}) == 1
    type_, mode = _kind(about, ties, stated)
    return build(
        scene.article, type_, mode, "actual", position.who, about,
        speaker=position.who[0] if single else None,
        topics_=topics_of(scene, span, type_, mode),
        tone_=stated,
        when=date_said(position.verb, scene.sent, scene.times, scene.reported_day),
        place=None,
        evidence=(scene.sent.span,),
        confidence=0.5,
        frame="statement",
        focus=span,
        trace=(f"rule statement: '{position.verb.text}' reports a position",),
    )  # fmt: skip
