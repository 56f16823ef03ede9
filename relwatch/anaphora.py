"""Words that take up a party named before: "he", "the two leaders", "his French counterpart".

Functions of a :class:`relwatch.resolve.Discourse` and a token; each gives the parties meant, none where
the text leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from relwatch import people
from relwatch.agents import OURS, PAIR_NOUNS, PLURAL, SINGULAR, Ref
from relwatch.mention import Mention
from relwatch.records import Party
from relwatch.syntax import children, subject
from relwatch.tree import Token

if TYPE_CHECKING:
    from relwatch.resolve import Discourse

# Verbs whose "it" stands for nobody: "it seems that", "it took years".
IMPERSONAL = frozenset("be seem appear take remain become mean happen depend emerge follow come turn get".split())


# What names a side: "Russian and Ukrainian officials met, but the two sides", not "the Paris talks".
TWO_KINDS = frozenset(("country", "person", "office", "adjective", "combining"))


# Nouns that take up a country, or an organisation of a kind or of that word, named before.
STATES = frozenset("country nation kingdom sultanate emirate".split())
NEAR = 2  # sentences back
GROUPS = {
    "bloc": ("bloc", "igo"), "group": ("nonstate", "bloc"), "movement": ("nonstate",),
    "militia": ("nonstate",),
}  # fmt: skip
BODIES = frozenset("council commission union league agency organisation organization court bank fund".split())
LAND_OFFICES = frozenset(("head_of_state", "head_of_government", "foreign_minister", "defence_minister"))
LAND_BODIES = frozenset(("ministry", "government", "cabinet"))
NUMBERS = {2: {"two", "both"}, 3: {"three"}, 4: {"four"}, 5: {"five"}}


def office_holder(d: Discourse, m: Mention, token: Token) -> list[Ref]:
    """An office without a name: who held it in this text, else the office itd."""
    if not m.acts:
        return []
    known = [p for p in d.offices.get(m.office or "", []) if m.party in (None, p.party)]
    if m.party is None and m.role:
        title = m.role.split()[-1].lower()  # "the Emir" is no president, though both are heads of state
        known = [p for p in known if title in (p.role or "").lower().split()] or known
    if m.party is None and len(known) > 1 and d.home:
        known = [p for p in known if p.party == d.home] or known
    if m.party is None and len(known) > 1 and d.focus in known:
        known = [d.focus] if d.focus else known
    if known:
        if m.party or len({p.party for p in known}) == 1 or known[0].party == d.home:
            return [Ref(known[0], "office named before", token.i, m.start)]
        return [Ref(known[0], "office named first", token.i, m.start)]
    if m.party:
        return [Ref(Party(m.party, None, m.role), "office", token.i, m.start)]
    if d.home and d.on and m.office in ("head_of_state", "head_of_government", "vice_president"):
        held = people.holder(d.home, m.office, d.on)
        if len(held) == 1:
            return [Ref(Party(d.home, None, m.role), "office of the publisher's state", token.i, m.start)]
    if m.role and d.focus and d.focus.role and m.role.split()[-1].lower() in d.focus.role.lower():
        return [Ref(d.focus, "office of the one in focus", token.i, m.start)]
    if d.land and m.office in LAND_OFFICES:
        return [Ref(Party(d.land, None, m.role), "office of the paper's country", token.i, m.start)]
    return []


def _titled(party: Party, m: Mention) -> bool:
    """Whether a person bears the title that a mention names, to its last word."""
    return (
        party.role is not None and m.role is not None and party.role.split()[-1].lower() == m.role.split()[-1].lower()
    )


def pronoun(d: Discourse, token: Token, low: str) -> list[Ref]:
    assert d.sent is not None
    start = d.sent.ranges[token.i][0]
    if low in OURS:
        return ours(d, token)
    if low in ("you", "your") and d.quoting:
        other = d.counterpart(d.quoting)
        return [Ref(other, f"'{low}': the other side of the talk", token.i, start)] if other else []
    if low in SINGULAR and _stranger_above(d, token):
        return []
    if low in SINGULAR:
        who = subject_before(d, token) or d.focus
        if who is not None and not _fits(d, who, low):
            who = _other_person(d, token, low)
        if who and token.dep_ in ("dobj", "dative", "pobj") and _does(d, who, token):
            who = d.counterpart(who)  # "met Kishida and thanked him": not himself
        return [Ref(who, f"'{low}'", token.i, start)] if who else []
    if low in ("it", "its", "itself"):
        return institution(d, token) or state_before(d, token)
    if low == "their":
        doers = doers_above(d, token)
        if doers is not None:
            return doers
    if low in PLURAL or low == "both":
        return many_before(d, token) or ([] if low in PLURAL and _strange(d, token) else everyone(d, token))
    return []


def _does(d: Discourse, who: Party, token: Token) -> bool:
    """Whether a person is the one who does what a verb says, so that its object is somebody else."""
    verb = token.head if token.head.pos_ == "VERB" else token.head.head
    doer = subject(verb) if verb.pos_ == "VERB" else None
    if doer is not None and doer.lower_ in ("he", "she") and (doer.lower_ == "he") != (token.lower_ == "him"):
        return False
    if doer is None or doer == token or doer.is_ancestor(token):
        return False
    return any(r.party.name == who.name for r in d.refs(doer))


def ours(d: Discourse, token: Token) -> list[Ref]:
    assert d.sent is not None
    start = d.sent.ranges[token.i][0]
    if d.quoting:
        return [Ref(d.quoting, f"'{token.lower_}' of the one quoted", token.i, start)]
    if d.joint:
        return [Ref(p, f"'{token.lower_}' of a joint statement", token.i, start) for p in d.joint]
    if d.home:
        return [Ref(Party(d.home), f"'{token.lower_}' of the publisher", token.i, start)]
    return []


def doers_above(d: Discourse, token: Token) -> list[Ref] | None:
    """Those whose clause "their" stands in: "Russian forces began their assault"; None where it has no such subject."""
    verb = next((up for up in token.ancestors if up.pos_ == "VERB"), None)
    doer = subject(verb) if verb is not None else None
    if doer is None or doer.i > token.i or doer.is_ancestor(token) or doer.tag_ != "NNS":
        return None
    if d.sent is None or d.sent.named[doer.i] is not None:
        return None
    return d.refs(doer) or None


def subject_before(d: Discourse, token: Token) -> Party | None:
    """The person who is subject of a clause above a pronoun: "Putin said he would"."""
    head = token.head
    for _ in range(6):
        if head.head == head:
            return None
        head = head.head
        if head.pos_ in ("VERB", "AUX"):
            above = subject(head)
            if above is not None and above.i < token.i and above != token:
                found = list(named_refs(d, above))
                if len(found) == 1:
                    return found[0].party
    return None


def _stranger_above(d: Discourse, token: Token) -> bool:
    """Whether the person who is subject of a clause above a pronoun is no party: "a former premier said he"."""
    assert d.sent is not None
    for up in token.head.ancestors:
        above = subject(up) if up.pos_ in ("VERB", "AUX") else None
        if above is not None and above.i < token.i and above.pos_ != "PRON" and not above.is_ancestor(token):
            m = d.sent.named[above.i]
            if m is not None and m.kind in ("person", "other"):
                return not (m.party and m.acts)
    return False


def _fits(d: Discourse, who: Party, low: str) -> bool:
    """Whether "he" or "she" may be somebody: his gender is the word's, or not known."""
    return d.genders.get(who.name or "") in (None, "f" if low in ("she", "her", "herself") else "m")


def _other_person(d: Discourse, token: Token, low: str) -> Party | None:
    """The last person before a pronoun whose gender is known to be the pronoun's."""
    assert d.sent is not None
    inside = [m.name for m in d.sent.named[: token.i] if m is not None and m.kind == "person" and m.party and m.acts]
    known = {p.name: p for p in d.persons}
    for name in [*reversed(inside), *reversed(list(known))]:
        if name in known and d.genders.get(name or "") and _fits(d, known[name], low):
            return known[name]
    return None


def many_before(d: Discourse, token: Token) -> list[Ref]:
    """The parties that are together subject of a clause above a pronoun: "A and B said both had"."""
    assert d.sent is not None
    head = token.head
    for _ in range(6):
        if head.head == head:
            return []
        head = head.head
        above = subject(head) if head.pos_ in ("VERB", "AUX") else None
        if above is None or above.i >= token.i or above.pos_ == "PRON" or above.is_ancestor(token):
            continue
        found = d.refs(above)
        start = d.sent.ranges[token.i][0]
        people = above.tag_ in ("NNS", "NNPS") and len(found) == 1 and not found[0].party.name
        if people or len({r.party.party for r in found}) > 1:
            return [Ref(r.party, f"'{token.lower_}': the subjects before", token.i, start) for r in found]
        return []
    return []


def _strange(d: Discourse, token: Token) -> bool:
    """Whether "they" are some others: the people that the last sentence, or the clause above, is about."""
    verb = token.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    for up in verb.ancestors:
        above = subject(up) if up.pos_ in ("VERB", "AUX") else None
        if above is not None and above.i < token.i and above.tag_ == "NNS":
            return not d.refs(above)
    return d.strangers


def institution(d: Discourse, token: Token) -> list[Ref]:
    """The state or body that is subject of a clause above "it" or "its": "Iran said it would"."""
    assert d.sent is not None
    below, head, aside = token, token.head, False
    for _ in range(6):
        aside = aside or below.dep_ in ("advcl", "prep", "relcl", "acl", "pcomp")
        if head.head == head and head.pos_ not in ("VERB", "AUX"):
            return []
        if head.pos_ in ("VERB", "AUX"):
            above = subject(head)
            if above is not None and above.i < token.i and above.pos_ != "PRON" and not above.is_ancestor(token):
                found = d.refs(above)
                if len(found) == 1 and not found[0].party.name:
                    who = found[0].party
                    between = {m.party for m in d.sent.named[above.i : token.i] if m is not None and m.party}
                    if aside and between - {who.party}:
                        return []  # "imposed sanctions on Iraq after it invaded Kuwait"
                    return [Ref(Party(who.party), f"'{token.lower_}'", token.i, d.sent.ranges[token.i][0])]
                if above.pos_ in ("NOUN", "PROPN") and not found:
                    return []
        if head.head == head:
            return []
        below, head = head, head.head
    return []


def state_before(d: Discourse, token: Token) -> list[Ref]:
    """The state that the last sentence was about, for "it" and "its" at the head of the next: "It said ..." """
    assert d.sent is not None
    if d.state is None or token.i > 2 or token.dep_ not in ("nsubj", "poss"):
        return []
    if token.dep_ == "nsubj" and token.head.lemma_ in IMPERSONAL:
        return []
    return [Ref(d.state, f"'{token.lower_}': the state spoken of before", token.i, d.sent.ranges[token.i][0])]


def named_refs(d: Discourse, token: Token) -> list[Ref]:
    assert d.sent is not None
    m = d.sent.named[token.i]
    return [r for r in d._of_mention(m, token) if r.party.name] if m else []


def group(d: Discourse, token: Token, lemma: str) -> list[Ref]:
    """ "the two leaders", "both sides", "the presidents"."""
    if lemma not in PAIR_NOUNS or token.tag_ not in ("NNS", "NN"):
        return []
    words = {c.lower_ for c in token.children}
    plural = token.tag_ == "NNS"
    if not plural or d.owners(token):
        return []
    if not words & {"two", "both", "the", "respective", "three", "four", "five"}:
        return []
    near = two_before(d, token) if words & {"two", "both"} else []
    counted = next((n for n, said in NUMBERS.items() if words & said), 0)
    if not near and counted and counted == len({p.party for p in d.plural}) != len({p.party for p in d.pair}):
        start = d.sent.ranges[token.i][0] if d.sent else 0
        return [Ref(p, f"the {counted} named together before", token.i, start) for p in d.plural]
    return near or (everyone(d, token) if len(d.pair) > 1 else [])


def two_before(d: Discourse, token: Token) -> list[Ref]:
    """The two parties that the sentence itself has named before "the two countries"."""
    assert d.sent is not None
    named: dict[str, Ref] = {}
    for i, m in enumerate(d.sent.named[: token.i]):
        if m is not None and m.party and m.acts and m.kind in TWO_KINDS:
            named.setdefault(m.party, Ref(Party(m.party, m.name, m.role), "named before", i, m.start))
    if len(named) == 2:
        return list(named.values())
    doers = [t for t in token.doc[: token.i] if t.dep_ in ("nsubj", "nsubjpass") and d.sent.named[t.i] is None]
    found = d.refs(doers[-1]) if len(named) > 2 and doers else []  # "US and Iranian envoys met in Oman and the two"
    return found if len({r.party.party for r in found}) == 2 else []


def everyone(d: Discourse, token: Token) -> list[Ref]:
    assert d.sent is not None
    who = d.pair if len(d.pair) > 1 else d.plural
    start = d.sent.ranges[token.i][0]
    return [Ref(p, f"'{token.lower_}': the parties to the talk", token.i, start) for p in who]


def states(mentions: Iterable[Mention]) -> frozenset[str]:
    """The parties that mentions name, cities left out."""
    return frozenset(m.party for m in mentions if m.party and m.kind != "place")


def body(d: Discourse, token: Token, lemma: str) -> list[Ref]:
    """ "The bloc", "the group", "the Council", "the country": the organisation or the one country named before."""
    if token.tag_ == "NNS" or not any(c.lower_ in ("the", "this") for c in children(token, "det")):
        return []
    assert d.sent is not None
    start = d.sent.ranges[token.i][0]
    if lemma in STATES:
        here = states(m for m in d.sent.named[: token.i] if m is not None)
        last = next((s for s in reversed(d.states[max(0, d.sent.index - NEAR) : d.sent.index]) if s), here)
        who = next(iter(here or last)) if len(here or last) == 1 else None
        owned = d.quoting is not None or any(c.dep_ not in ("det", "case") for c in token.children)
        owned = owned or not (token.dep_ == "poss" or (token.dep_ == "nsubj" and token.head.dep_ in ("ROOT", "conj")))
        return [Ref(Party(who), f"the {lemma}: the one named before", token.i, start)] if who and not owned else []
    if lemma == "alliance":  # in a readout it is that of the two
        told = token.dep_ in ("nsubj", "nsubjpass") and not d.home
        return [Ref(Party("NATO"), "the alliance named before", token.i, start)] if told and "nato" in d.groups else []
    if d.home or any(c.dep_ in ("compound", "prep", "nummod") for c in token.children):
        return []
    known = next((d.groups[kind] for kind in GROUPS.get(lemma, ()) if kind in d.groups), None)
    if known is None and lemma in BODIES:
        known = d.groups.get(lemma)
    return [Ref(known, f"the {lemma} named before", token.i, start)] if known else []


def counterpart_noun(d: Discourse, token: Token) -> list[Ref]:
    """ "his French counterpart" is French; "his counterpart" is the other one of the talk."""
    owners = [r for r in d.owners(token) if not r.party.name]
    if not owners:  # "his counterparts from France and Spain"
        after = [p for prep in children(token, "prep") if prep.lower_ in ("from", "of") for p in children(prep, "pobj")]
        owners = [r for p in after for r in d.refs(p) if not r.party.name]
    if owners:
        known = [p for p in d.persons if p.party == owners[0].party.party]
        appos = children(token, "appos")
        if not appos and known:
            return [Ref(known[-1], "counterpart", token.i, owners[0].start)]
        return [Ref(r.party, "counterpart", token.i, r.start) for r in owners]
    return []


def leader(d: Discourse, token: Token, owners: list[Ref]) -> list[Ref]:
    """The person who leads a group: "a Ugandan delegation led by X" is X, for Uganda where no table knows X."""
    assert d.sent is not None
    for clause in children(token, "acl"):
        if clause.lower_ not in ("led", "headed"):
            continue
        for token_ in (p for a in children(clause, "agent", "prep") if a.lower_ == "by" for p in children(a, "pobj")):
            m = d.sent.named[token_.i]
            known = named_refs(d, token_) if m is not None and m.kind == "person" else []
            if known and (not owners or owners[0].party.party == known[0].party.party):
                return known
            if m is not None and m.kind == "person" and not m.party and m.name and len(owners) == 1:
                return [Ref(Party(owners[0].party.party, m.name, m.role), "leads the group", token.i, m.start)]
            if m is not None and m.kind == "other" and len(owners) == 1:
                name = d.sent.span.text[m.start - d.sent.span.start : m.end - d.sent.span.start]
                if " " in name:
                    return [Ref(Party(owners[0].party.party, name), "leads the group", token.i, m.start)]
    return []


def office_anaphor(d: Discourse, token: Token, lemma: str) -> list[Ref]:
    """ "the minister", "the delegation": the last one of that word in focus."""
    assert d.sent is not None
    if not any(c.lower_ in ("the", "this") for c in children(token, "det")):
        return []
    if lemma in d.bodies and token.tag_ != "NNS":
        return [Ref(d.bodies[lemma], f"the {lemma} named before", token.i, d.sent.ranges[token.i][0])]
    if d.focus and d.focus.role and lemma in d.focus.role.lower():
        return [Ref(d.focus, f"the {lemma} in focus", token.i, d.sent.ranges[token.i][0])]
    if d.land and lemma in LAND_BODIES and not any(c.dep_ in ("amod", "prep") for c in token.children):
        return [Ref(Party(d.land, None, lemma), "of the paper's country", token.i, d.sent.ranges[token.i][0])]
    return []
