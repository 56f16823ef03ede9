"""An act named inside another act is its content, not an event of its own.

"Accused Russia of shelling the town" is one ACCUSE and no ASSAULT; "agreed to expand trade" is one
AGREE and no COOPERATE. A meeting that was agreed, asked for or invited to stays: it is planned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relwatch.agents import Ref
from relwatch.attribute import is_reporting
from relwatch.frames import ADDRESSING, Match
from relwatch.frametable import light_verbs
from relwatch.status import status_of
from relwatch.syntax import children
from relwatch.tree import Token

CONTENT = frozenset(
    (
        "xcomp",
        "ccomp",
        "dobj",
        "prep",
        "pobj",
        "pcomp",
        "conj",
        "acl",
        "attr",
        "nsubj",
        "nsubjpass",
        "poss",
        "compound",
        "dative",
        "acomp",
        "amod",
    )
)
# Acts whose content is what somebody wants, alleges or promises.
HOLDERS = frozenset(("AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "STATEMENT", "CONSULT"))
DEEDS = frozenset(("AID", "RETREAT", "SANCTION", "CONSULT", "MOBILIZE"))
ONGOING = frozenset("dialogue dialog contact communication interaction exchange engagement channel".split())
MEETINGS = frozenset(("visit", "meet", "phone", "multilateral"))


def distinct(found: Sequence[Match]) -> list[Match]:
    """The matches of a sentence without those that are only the content of another."""
    return [
        _with_names(m, found)
        for m in found
        if not _bare_noun(m) and not _mere_dialogue(m) and not any(_holds(o, m) for o in found if o is not m)
    ]


def _with_names(match: Match, found: Sequence[Match]) -> Match:
    """A talk with the persons whom the talk inside it names: "flew to Bonn for talks with Kohl"."""
    if match.frame.type != "CONSULT":
        return match
    inner = [m for m in found if m is not match and m.frame.type == "CONSULT" and _holds(match, m)]
    known = [r for m in inner for r in m.actor + m.recipient if r.party.name]

    def fuller(refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
        out: list[Ref] = []
        for ref in refs:
            same = [k for k in known if k.party.party == ref.party.party]
            out += same if same and not ref.party.name else [ref]
        return tuple(out)

    return replace(match, actor=fuller(match.actor), recipient=fuller(match.recipient)) if known else match


def _holds(outer: Match, inner: Match) -> bool:
    if outer.frame.type in ("RETREAT", "CONCEDE") and inner.frame.type == "SANCTION" and inner.frame.pos == "noun":
        return _inside(outer.token, inner.token)  # "lifted sanctions"
    if outer.frame.type == "SANCTION" and inner.frame.pos == "noun" and inner.token.head == outer.token:
        return True  # "broke off the talks": what is cut off is no act beside it
    if outer.token.dep_ == "aux" and outer.token.head == inner.token and outer.frame.type == "REQUEST":
        return True  # "India must cut tariffs": what is demanded
    if outer.frame.type not in HOLDERS:
        return False
    if outer.frame.type == "THREATEN" and _condition(outer, inner):
        return True
    if inner.frame.speech and _topic(outer, inner):
        return True
    if not _inside(outer.token, inner.token):
        return False
    if outer.frame.type == "SUPPORT" and _deed(outer, inner):
        # "thanked Poland for sheltering Ukrainians": it is said that it did; for supporting them: words.
        return inner.frame.type not in DEEDS
    if inner.frame.type in ("SUPPORT", "AID") and _third(outer, inner):
        return False  # "agreed to keep supporting Ukraine": what the two do for a third
    if outer.frame.type == "REJECT" and inner.frame.type in ADDRESSING and _answered(outer, inner):
        return False
    talk = inner.frame.type == "CONSULT"
    if outer.frame.type == "CONSULT" and inner.frame.pos == "verb" and not talk and _told(outer.token, inner.token):
        return False
    if outer.frame.type == "CONSULT":
        # "met to discuss": one talk; "discussed the attack on X": a topic; "met to thank" thanks.
        return talk or inner.frame.pos == "noun" or not (inner.frame.speech and _infinitive(inner.token))
    if talk and inner.frame.mode in MEETINGS and inner.frame.pos == "verb":
        return False
    if outer.frame.type in ("ACCUSE", "REQUEST", "THREATEN", "REJECT"):
        return True
    if inner.frame.type in ("COOPERATE", "AGREE", "STATEMENT"):
        return True
    return inner.frame.pos == "noun" or status_of(inner)[0] != "actual"


def _told(outer: Token, inner: Token) -> bool:
    """ "Called him to underscore that it will never recognise X": what was said in the talk is a position."""
    for up in inner.ancestors:
        if up == outer:
            return False
        if is_reporting(up) and _infinitive(up):
            return True
    return False


def _condition(outer: Match, inner: Match) -> bool:
    """ "Any incursion would be a mistake": the incursion is what is warned of."""
    if outer.frame.pos != "noun":
        return False
    return any(c == inner.token or c.is_ancestor(inner.token) for c in children(outer.head, "nsubj"))


def _topic(outer: Match, inner: Match) -> bool:
    """ "Discussed efforts to hold Russia accountable": what was talked of, however deep, was not said."""
    if outer.frame.type != "CONSULT" or outer.frame.pos != "verb" or not _infinitive(inner.token):
        return False
    return any(c.dep_ == "dobj" and c.is_ancestor(inner.token) for c in outer.token.children)


def _answered(outer: Match, inner: Match) -> bool:
    """Whether a refusal answers what a clause before it says: "India blamed Pakistan, Islamabad denied it"."""
    asking, answering = {r.party.party for r in inner.actor}, {r.party.party for r in outer.recipient}
    return inner.frame.pos == "verb" and inner.token.i < outer.token.i and asking == answering


def _mere_dialogue(match: Match) -> bool:
    """ "Capable of maintaining a dialogue": a word on the ties, not a talk that is held or planned."""
    if match.frame.type != "CONSULT" or match.frame.pos != "noun" or match.token.lemma_ not in ONGOING:
        return False
    return status_of(match)[0] == "hypothetical"


def _third(outer: Match, inner: Match) -> bool:
    """Whether the inner act is done to somebody who has no part in the outer one."""
    parties = {r.party.party for r in outer.actor + outer.recipient}
    return outer.frame.type == "AGREE" and not parties & {r.party.party for r in inner.recipient}


def _deed(outer: Match, inner: Match) -> bool:
    """Whether the inner act is what those praised in the outer one have done."""
    doers = {r.party.party for r in inner.actor}
    return inner.frame.pos == "verb" and doers <= {r.party.party for r in outer.recipient}


def _inside(outer: Token, inner: Token) -> bool:
    """Whether ``inner`` hangs below ``outer`` as its content, not as an aside."""
    token = inner
    for _ in range(10):
        if token.head == token:
            return False
        if token.dep_ not in CONTENT:
            return token.dep_ == "advcl" and token.head == outer and _infinitive(token)
        if token.dep_ == "acl" and token.head.dep_ in ("nsubj", "nsubjpass") and not _infinitive(token):
            return False  # "Pakistan, accused by India, denied it"
        if token.dep_ == "conj" and token.head.i <= outer.i and outer.is_ancestor(token) is False:
            return False
        if token.head == outer:
            return token.dep_ != "conj"
        token = token.head
    return False


def _infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _bare_noun(match: Match) -> bool:
    """ "Cooperation" that nobody is said to have held or begun is a word, not an act."""
    if match.frame.pos != "noun" or match.frame.type not in ("COOPERATE", "STATEMENT", "AID"):
        return False
    if any(n.slot == "head" for n in match.frame.needs):
        return False  # What is said of the ties is the statement.
    head = match.head
    if head == match.token:
        return match.token.dep_ != "ROOT"
    return head.lemma_ not in light_verbs() and match.token.dep_ != "nsubj" and match.token.dep_ != "nsubjpass"
