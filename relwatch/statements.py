"""Positions that no frame fits: what a party says of another, or of their relations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from relwatch import tables, tone
from relwatch.assemble import Scene, build, topics_of
from relwatch.attribute import is_reporting
from relwatch.records import DateSpan, Event, Party, Tone
from relwatch.frametable import light_verbs
from relwatch.resolve import Discourse, Ref
from relwatch.syntax import children, complement, objects, subject

if TYPE_CHECKING:
    from spacy.tokens import Token


@cache
def relation_nouns() -> frozenset[str]:
    """Nouns for the tie between two parties: what is said of it is a position on both."""
    return frozenset(row["noun"] for row in tables.rows("relation_nouns.csv"))


def statements(scene: Scene, discourse: Discourse, made: Sequence[Event]) -> list[Event]:
    """STATEMENT events of a sentence whose reporting verbs hold a position on another party.

    None where a frame has already coded what the speaker says of that party in this sentence.
    """
    out: list[Event] = []
    taken = {(a.party, r.party) for e in made for a in e.actor for r in e.recipient or e.actor}
    for who, clause, verb in _positions(scene, discourse):
        parties = {p.party for p in who}
        about = [] if len(parties) > 1 else _about(clause, verb, scene, discourse, who[0])
        if len(parties) == 1 and not about:
            continue
        pairs = {(a.party, r.party) for a in who for r in about or who if a.party != r.party}
        if pairs & taken:
            continue
        event = _statement(scene, clause, verb, who, tuple(about))
        if event is not None:
            taken |= pairs
            out.append(event)
    return out


def _positions(scene: Scene, discourse: Discourse) -> Iterator[tuple[tuple[Party, ...], Token, Token]]:
    """(speakers, the head of what they say, the verb) of each saying of the sentence."""
    for token in scene.sent.doc:
        if not is_reporting(token) or any(c.dep_ == "neg" for c in token.children):
            continue
        who_token = subject(token)
        said = complement(token) or ([] if token.lemma_ in light_verbs() else objects(token))
        if who_token is None or not said:
            continue
        who = tuple(dict.fromkeys(r.party for r in discourse.refs(who_token)))
        if who:
            yield who, said[0], token
    if scene.quoted is not None and not scene.sayings:
        root = next((t for t in scene.sent.doc if t.dep_ == "ROOT"), None)
        if (
            root is not None
            and scene.quote
            and scene.quote[0] <= scene.sent.ranges[root.i][0] < scene.quote[1]
        ):
            yield (scene.quoted,), root, root


def _about(clause: Token, verb: Token, scene: Scene, discourse: Discourse, who: Party) -> list[Party]:
    """The other parties that a clause takes a position on."""
    found: list[Ref] = []
    evaluated = _tone(scene, clause, verb).score != 0
    for token in clause.subtree:
        lemma = token.lemma_.lower()
        if lemma in relation_nouns():
            found += discourse.owners(token)
            found += [r for prep in children(token, "prep") if prep.lower_ in ("with", "between", "to", "towards", "toward")
                      for p in children(prep, "pobj") for r in discourse.refs(p)]  # fmt: skip
            if any(c.lower_ in ("our", "bilateral", "mutual", "inter") for c in token.children):
                other = discourse.counterpart(who)
                if other is not None:
                    return [other]
        elif evaluated and token.dep_ in ("nsubj", "nsubjpass", "dobj", "poss") and token.head is not verb:
            found += [r for r in discourse.refs(token) if r.how == "name"]
    seen = dict.fromkeys(r.party for r in found if r.party.party != who.party)
    return list(seen)[:3]


def _tone(scene: Scene, clause: Token, verb: Token) -> Tone:
    return tone.stated(scene.article.text, [_range(scene, clause)], type="STATEMENT", mode=None)


def _range(scene: Scene, clause: Token) -> tuple[int, int]:
    inside = [t.i for t in clause.subtree]
    return scene.sent.text(min(inside), max(inside))


def _statement(
    scene: Scene, clause: Token, verb: Token, who: tuple[Party, ...], about: tuple[Party, ...]
) -> Event | None:
    span = _range(scene, clause)
    single = len({p.party for p in who}) == 1
    when = scene.times[0].date if len(scene.times) == 1 else scene.reported_day
    return build(
        scene.article, "STATEMENT", None, "actual", who, about,
        speaker=who[0] if single else None,
        topics_=topics_of(scene, span, "STATEMENT", None),
        tone_=_tone(scene, clause, verb),
        when=when or DateSpan(),
        place=None,
        evidence=(scene.sent.span,),
        confidence=0.5,
        frame="statement",
        focus=span,
        trace=(f"rule statement: '{verb.text}' reports a position",),
    )  # fmt: skip
