"""Match the frames of data/frames.csv against a parsed sentence.

A frame is one meaning of a trigger word: its event type and mode, and the slots of the tree in
which its actor and recipient stand. The matcher knows grammar; what words mean is in the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from relwatch import gazetteer
from relwatch.agents import Ref
from relwatch.anaphora import two_before
from relwatch.frametable import Frame, Need, frames
from relwatch.partners import PROTAGONIST, of_the_story, teller
from relwatch.records import Party
from relwatch.slots import Slots
from relwatch.syntax import (
    children,
    complement,
    conjuncts,
    lemmas_of,
    objects,
    passive_subject,
    predicates,
    preposition,
    refuses,
)
from relwatch.tree import Token

HARM = frozenset(("ASSAULT", "COERCE", "SANCTION", "ACCUSE", "REJECT", "THREATEN"))
ADDRESSING = frozenset(("REQUEST", "ACCUSE", "AGREE", "THREATEN"))  # what may be answered by a denial or refusal
MODALS = frozenset("will would shall wo 'll 'd may might could".split())
EACH_OTHER = "each the other"
POS = {"verb": ("VERB", "AUX"), "noun": ("NOUN", "PROPN"), "adj": ("ADJ", "VERB", "ADV")}


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found at a token, with the parties in its slots. ``head`` is the verb it hangs on."""

    frame: Frame
    token: Token
    head: Token
    actor: tuple[Ref, ...]
    recipient: tuple[Ref, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """A trigger that made no event, and what was missing; for ``relwatch why``."""

    frame: Frame
    token: Token
    why: str


class Matcher:
    """Matches the frames in one parsed sentence; ``misses`` tells what nearly matched."""

    def __init__(self, slots: Slots) -> None:
        self.slots, self.sent, self.discourse = slots, slots.sent, slots.discourse
        self.misses: list[Miss] = []
        self.addressed: dict[str, Party] = {}  # within this sentence: party -> who has just accused or asked it

    def matches(self) -> Iterator[Match]:
        """The best frame of each trigger in the sentence, in order of the text."""
        for token in self.sent.doc:
            if self.sent.named[token.i] is not None:
                continue
            for frame in _candidates(token.lemma_, token.lower_, token.pos_):
                if not self._particles(token, frame):
                    continue
                match = self._fill(token, frame)
                if isinstance(match, Match):
                    if frame.type in ADDRESSING:
                        self.addressed |= {r.party.party or "": match.actor[0].party for r in match.recipient}
                    yield match
                    if match.note == EACH_OTHER:
                        yield replace(match, actor=match.recipient, recipient=match.actor)
                    break
                self.misses.append(Miss(frame, token, match))

    def _particles(self, token: Token, frame: Frame) -> bool:
        """Whether the other words of a trigger ("call on") hang on its first."""
        rest = frame.words[1:]
        if not rest:
            return True
        following = tuple(t.lower_ for t in token.doc[token.i + 1 : token.i + 1 + len(rest)])
        if following == rest:
            return True
        near = {c.lower_ for c in token.children} | {c.lemma_.lower() for c in token.children}
        return near.issuperset(rest)

    def _fill(self, token: Token, frame: Frame) -> Match | str:
        """The match of a frame at a token, or what is missing for one."""
        for need in frame.needs:
            if not self._met(token, frame, need):
                return f"needs {need}"
        head, _ = self.slots.governor(token, frame)
        actor = self.slots.refs(token, frame, _doers(frame), loose=False)
        demanded = "speaker" in frame.actor  # "Iran must stop": of the one who must, not of what he owns
        recipient = self.slots.refs(token, frame, frame.recipient, loose=not (frame.mutual or demanded))
        received = self.slots.receiver(token, frame)
        if received:
            actor = self.slots.refs(token, frame, ("from", "by", *frame.actor), loose=False)
            recipient = received
        if frame.mutual:
            return self._mutual(token, frame, head, actor, recipient)
        if {r.token for r in recipient} == {r.token for r in actor}:
            # "Danish criticism of Iran": "of" can be either; the other slot decides.
            others = [s for s in frame.actor if s not in frame.recipient]
            actor = self.slots.refs(token, frame, others, loose=False) or actor
        pair = self._each_other(token, frame)
        if pair:
            return Match(frame, token, head, (pair[0],), (pair[1],), EACH_OTHER)
        if not actor:
            return f"no party in {'|'.join(frame.actor)}"
        own = {r.party.party for r in actor}
        kept = [r for r in recipient if r.party.party not in own]
        note = ""
        if not kept and len(own) == 1:
            kept, note = self._addressee(token, frame, actor[0])
        if not kept:
            return f"no other party in {'|'.join(frame.recipient)}"
        return Match(frame, token, head, tuple(actor), tuple(kept), note)

    def _each_other(self, token: Token, frame: Frame) -> list[Ref]:
        """The two who do it to each other: "the two have accused each other", "each blamed the other"."""
        slots = [s for s in frame.recipient if s != "comp"]
        heads = [h for s in slots for h in self.slots.heads(token, frame, s)]
        if not any(h.lower_ in ("other", "another") for h in heads):
            return []
        doers = self.slots.heads(token, frame, "subj")
        refs = [r for d in doers for r in self.discourse.refs(d)] or two_before(self.discourse, token)
        # "Each country has accused the other": the states do, not the persons named before.
        refs = [replace(r, party=Party(r.party.party)) for r in refs]
        first = {r.party.party: r for r in reversed(refs)}
        return list(first.values())[::-1] if len(first) == 2 else []

    def _addressee(self, token: Token, frame: Frame, actor: Ref) -> tuple[list[Ref], str]:
        """The party a sentence leaves out: the other side of the talk, or who had asked before."""
        at = self.sent.ranges[token.i][0]
        # An address goes through many talks: whom it thanks or asks next is no matter of the last one.
        default = frame.default == "counterpart" and not self.discourse.diary
        other = self.discourse.counterpart(actor.party) if default else None
        if other is not None:
            if frame.type not in ("REQUEST", "AGREE"):
                other = Party(other.party)  # praise and blame are for the state, requests for the person
            return [Ref(other, "the other side of the talk", token.i, at)], "addressee: the other side of the talk"
        own = actor.party.party or ""
        answers = frame.type == "REJECT" and not any(need.slot == "refuses" for need in frame.needs)
        asked = self.addressed.get(own) or self.discourse.addressed.get(own) if answers else None
        if asked is not None:
            return [Ref(asked, "who had asked", token.i, at)], "addressee: who had addressed this party before"
        return [], ""

    def _mutual(self, token: Token, frame: Frame, head: Token, actor: list[Ref], recipient: list[Ref]) -> Match | str:
        if _one_with_many(frame, token, actor, recipient):
            return Match(frame, token, head, tuple(actor), tuple(recipient), "one with many")
        if frame.type == "CONSULT" and frame.pos == "verb" and len({r.party.party for r in actor}) > 1:
            recipient = self._beside(token, recipient)
        if not actor and recipient and not frame.default and _partner_only(self, token, frame):
            actor = teller(self.slots, token, frame)
            actor = actor or (of_the_story(self.slots, token, frame) if finite(head) else [])
            if not actor:
                return "the other party is not said"
            if actor[0].how == PROTAGONIST:
                return self._apart(frame, token, head, actor, recipient)
        both = list(actor)
        names = {(r.party.party, r.party.name) for r in both}
        both += [r for r in recipient if (r.party.party, r.party.name) not in names]
        if both and len({r.party.party for r in both}) < 2 and frame.default == "counterpart":
            other = self.discourse.counterpart(both[0].party)
            if other is not None:
                both.append(Ref(other, "the other side of the talk", token.i, self.sent.ranges[token.i][0]))
        if len({r.party.party for r in both}) < 2:
            both = self._members(both) if frame.pos == "verb" or _one_gathering(token, frame) else both
        if len({r.party.party for r in both}) < 2 and both and frame.type == "CONSULT":
            both = self._present(both, head)
        if len({r.party.party for r in both}) < 2:
            return "fewer than two parties"
        return Match(frame, token, head, tuple(both), ())

    def _beside(self, token: Token, recipient: list[Ref]) -> list[Ref]:
        """Who talked with the several that are named: "they discussed the talks with Iran" is no talk with it."""
        direct = {t.i for p in preposition(token, "with") + objects(token) for t in conjuncts(p)}
        return [r for r in recipient if r.token in direct]

    def _apart(self, frame: Frame, token: Token, head: Token, actor: list[Ref], recipient: list[Ref]) -> Match | str:
        """The acts of one with each of several, who need have nothing to do with each other."""
        others = [r for r in recipient if r.party.party != actor[0].party.party]
        if not others:
            return "fewer than two parties"
        if len({r.party.party for r in others}) > 1:
            return Match(frame, token, head, tuple(actor), tuple(others), "one with many")
        return Match(frame, token, head, (*actor, *others), ())

    def _present(self, refs: list[Ref], head: Token) -> list[Ref]:
        """Those whom the text lists as having taken part in the talk that one of them held."""
        if refs[0].party.party not in {p.party for p in self.discourse.present} or not finite(head):
            return refs
        return [Ref(p, "listed as taking part", refs[0].token, refs[0].start) for p in self.discourse.present]

    def _members(self, refs: list[Ref]) -> list[Ref]:
        """The members of a bloc that meets, where the text lists them."""
        if len(refs) != 1 or refs[0].party.name:
            return refs
        listed = self.discourse.members.get(refs[0].party.party or "", ())
        return [Ref(Party(p), f"member of {refs[0].party.party}", refs[0].token, refs[0].start) for p in listed]

    # -- needs -------------------------------------------------------------------------------

    def _met(self, token: Token, frame: Frame, need: Need) -> bool:
        slot = need.slot
        if not need.op:
            return self._has(token, frame, slot)
        heads = [t for h in self.slots.heads(token, frame, slot) for t in conjuncts(h)]
        if need.op == "=":
            return any(self._is(h, need.values) for h in heads)
        if need.op == "!=":
            return not any(self._is(h, need.values) for h in heads)
        kind = need.values[0]
        if kind == "none":
            return not heads
        if kind in ("any", "force"):
            return bool(heads) or (slot == "obj" and passive_subject(token) is not None)
        if kind == "people":
            return any(
                m is not None and m.kind in ("people", "adjective") for m in (self.sent.named[h.i] for h in heads)
            )
        if kind == "party" and any(h.lower_ in ("other", "another") for h in heads):
            return True  # "each other": who that is, is seen when the slots are filled
        loose = kind == "party" and slot in frame.recipient and not (frame.mutual or "speaker" in frame.actor)
        parties = {r.party.party or "" for r in self.slots.refs(token, frame, (slot,), loose)}
        if kind == "org":
            return any(not gazetteer.is_country(p) for p in parties)
        if kind == "many" and len(parties) == 1 and frame.pos == "verb":
            return len(self.discourse.members.get(next(iter(parties)), ())) > 1
        return len(parties) > (kind == "many")

    def _has(self, token: Token, frame: Frame, what: str) -> bool:
        if what == "finite":
            return finite(self.slots.governor(token, frame)[0])
        if what == "future":
            return _future(self.slots.governor(token, frame)[0])
        if what == "infinitive":
            return _promised(self.slots.governor(token, frame)[0])
        if what == "refuses":
            return refuses(self.slots.governor(token, frame)[0])
        if what == "modal":
            verb = self.slots.governor(token, frame)[0]
            return any(c.dep_ == "aux" and c.lower_ in MODALS for c in verb.children)
        if what == "nopred":
            return not predicates(token)
        if what == "noobj":
            return not children(token, "dobj")
        if what == "nocomp":
            return not complement(token)
        if what == "inf":
            return any(a.lower_ == "to" for c in complement(token) for a in children(c, "aux"))
        return bool(self.slots.heads(token, frame, what))

    def _is(self, token: Token, values: tuple[str, ...]) -> bool:
        """Whether a token is one of the given words; a masked official is the last word of the office."""
        mention = self.sent.named[token.i]
        if mention is not None and mention.role:
            return mention.role.split()[-1].lower() in values
        return token.lemma_.lower() in values or token.lower_ in values


def _one_gathering(token: Token, frame: Frame) -> bool:
    """Whether a noun is one certain gathering: "the G7 summit", "the meeting of its ministers"; no "G7 meetings"."""
    definite = any(c.lower_ in ("the", "this", "their") for c in children(token, "det", "poss"))
    return frame.type == "CONSULT" and token.tag_ == "NN" and definite and token.dep_ != "compound"


def _partner_only(matcher: Matcher, token: Token, frame: Frame) -> bool:
    """Whether only partners are named: "talks with Argentina and Brazil" need be no talk of the two."""
    return "with" in frame.recipient and bool(matcher.slots.heads(token, frame, "with"))


def _doers(frame: Frame) -> tuple[str, ...]:
    """The slots of the actor; "the bombing of X" names the victim, so there "of" is no actor's."""
    if frame.pos == "noun" and frame.type in HARM and "of" in frame.recipient:
        return tuple(s for s in frame.actor if s != "of")
    return frame.actor


def finite(verb: Token) -> bool:
    """Whether a verb says that something is so: "has expanded ties", not "ways to expand ties"."""
    if any(c.dep_ in ("aux", "auxpass") and c.lower_ != "to" for c in verb.children):
        return True
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return True
    return verb.dep_ == "conj" and verb.tag_ in ("VB", "VBN") and verb.head != verb and finite(verb.head)


def _future(verb: Token) -> bool:
    """Whether a verb is promised: "will work", "will continue to work"."""
    while verb.dep_ == "xcomp" and verb.head.lemma_ in ("continue", "keep", "go"):
        verb = verb.head
    return any(c.dep_ == "aux" and c.lower_ in ("will", "shall", "'ll") for c in verb.children)


def _promised(verb: Token) -> bool:
    """Whether a verb only says what is meant to be done: "the plan to work with", not "continued to work with"."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "to":
        return True
    if not any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children) or verb.dep_ == "advcl":
        return False
    return verb.head.lemma_ not in ("continue", "begin", "start", "go", "manage", "come", "help", "be", "use", "chance")


@lru_cache(20_000)
def _candidates(lemma: str, form: str, pos: str) -> tuple[Frame, ...]:
    """The frames whose first word a token may be that has this lemma, form and part of speech, in the order to try."""
    known = lemmas_of(lemma.lower(), form, pos)
    found = [frame for word in known for frame in frames().get(word, ()) if pos in POS[frame.pos]]
    if form not in known and pos in POS["adj"]:  # "opposed", "outraged" are tagged as verbs.
        found += [frame for frame in frames().get(form, ()) if frame.pos == "adj"]
    return tuple(found)


def _one_with_many(frame: Frame, token: Token, actor: list[Ref], recipient: list[Ref]) -> bool:
    """ "Iran cooperates with India and China": no pair arises among the many."""
    own, others = {r.party.party for r in actor}, {r.party.party for r in recipient}
    if len(own) != 1 or len(others - own) < 2:
        return False
    meetings = frame.pos == "noun" and token.tag_ == "NNS" and token.lemma_ == "meeting"
    return frame.type in ("COOPERATE", "AGREE") or meetings
