"""From a token of a tree to the parties it stands for: names, "Russian forces", "he", "the two leaders".

A :class:`Discourse` reads an article's sentences in order and remembers who has been in focus.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from relwatch import gazetteer, people, tables
from relwatch.chunks import offices
from relwatch.mention import Mention
from relwatch.records import Party
from relwatch.segment import Parsed
from relwatch.syntax import children, conjuncts, subject

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Token

SINGULAR = frozenset(("he", "she", "him", "her", "his", "himself", "herself"))
PLURAL = frozenset(("they", "them", "their", "themselves"))
OURS = frozenset(("we", "us", "our", "i", "me", "my", "ourselves"))
PAIR_NOUNS = frozenset(
    """leader president side party country nation minister counterpart government state premier chief delegation
    capital power neighbour neighbor official negotiator diplomat ally people king head interlocutor pair duo
    secretary adviser advisor chancellor parties""".split()
)
OWN_NOUNS = frozenset(("country", "state", "nation", "side", "government", "people"))
MODIFIERS = ("amod", "compound", "nmod", "poss", "nummod")
PLACES_IN = ("of", "from")
LOOSE_IN = ("of", "from", "by", "to", "in", "against")


@dataclass(frozen=True, slots=True)
class Agent:
    """A noun that stands for its country ("forces"); ``acts`` is False where it only belongs to it."""

    noun: str
    acts: bool


@cache
def agents() -> dict[str, Agent]:
    """Nouns of data/agents.csv, and every plural office, by lemma."""
    out = {row["noun"].lower(): Agent(row["noun"], row["acts"] != "no") for row in tables.rows("agents.csv")}
    for group in offices().values():
        for words, office in group:
            head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
            out.setdefault(head, Agent(head, office.official))
    return out


@dataclass(frozen=True, slots=True)
class Ref:
    """A party that a token stands for, and how that is known."""

    party: Party
    how: str
    token: int
    start: int


@dataclass(slots=True)
class Discourse:
    """Who has been spoken of, up to the present sentence of an article."""

    on: date | None
    home: str | None = None
    focus: Party | None = None
    plural: tuple[Party, ...] = ()
    pair: tuple[Party, ...] = ()
    persons: list[Party] = field(default_factory=list)
    offices: dict[str, list[Party]] = field(default_factory=dict)
    bodies: dict[str, Party] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    addressed: dict[str, Party] = field(default_factory=dict)
    quoting: Party | None = None
    strangers: bool = False
    pair_fixed: bool = False
    sent: Parsed | None = None

    # -- reading on --------------------------------------------------------------------------

    def enter(self, sent: Parsed) -> None:
        """Begin a sentence: its names become known, the focus stays that of the last one."""
        self.sent = sent
        for m in sent.named:
            if m is not None and m.kind == "person" and m.party and m.acts:
                self._know(m)

    def introduce(self, mentions: Iterable[Mention]) -> None:
        """Know the people of a text that is not parsed, such as a title."""
        for m in mentions:
            if m.kind == "person" and m.party and m.acts:
                self._know(m)

    def _know(self, m: Mention) -> None:
        party = Party(m.party, m.name, m.role)
        self.persons = [p for p in self.persons if p.name != party.name] + [party]
        if m.office:
            held = self.offices.setdefault(m.office, [])
            if party not in held:
                held.append(party)

    def leave(self, speaker: Party | None = None) -> None:
        """End a sentence: its speaker, else its subject, is the focus for the pronouns of the next one."""
        assert self.sent is not None
        if speaker is not None and speaker.name:
            self.focus = speaker
            self._pair_up()
            return
        for token in self.sent.doc:
            if token.dep_ not in ("nsubj", "nsubjpass") or token.head.dep_ not in ("ROOT", "conj", "ccomp"):
                continue
            if token.head.dep_ == "ccomp" and any(c.dep_ == "nsubj" for c in token.head.head.children):
                continue
            found = self.refs(token)
            self.strangers = self.strangers and token.pos_ == "PRON"
            named = [r.party for r in found if r.party.name]
            if len(found) > 1:
                self.plural = tuple(r.party for r in found)
            elif named:
                self.focus = named[0]
            elif token.tag_ in ("NNS", "NNPS") and not found:
                self.strangers = True  # Some others are now "they".
            elif token.pos_ == "PROPN" and not found:
                self.focus = None  # Somebody else, whom we do not know, is now "he".
            break
        self._pair_up()

    def _pair_up(self) -> None:
        """Two parties named together in a sentence are "the two sides" of the next ones."""
        assert self.sent is not None
        seen: dict[str, Party] = {}
        for m in self.sent.named:
            if m is not None and m.party and m.kind in ("person", "country", "office"):
                old = seen.get(m.party)
                if old is None or (m.kind == "person" and m.acts and not old.name):
                    seen[m.party] = Party(m.party, m.name if m.acts else None, m.role if m.acts else None)
        if not self.pair and len(seen) == 2 and all(p.name for p in seen.values()):
            self.pair = tuple(seen.values())

    def counterpart(self, of: Party) -> Party | None:
        """The other side of the talk that the article reports, if it has two."""
        others = [p for p in self.pair if p.party != of.party]
        return others[0] if len({p.party for p in self.pair}) == 2 and others else None

    # -- looking up --------------------------------------------------------------------------

    def refs(self, token: Token, loose: bool = False) -> list[Ref]:
        """The parties a token and what is coordinated with it stand for, without repetition.

        ``loose`` also takes the owner of a thing: "Russian oil" and "Russia's invasion" give Russia.
        """
        out: list[Ref] = []
        for t in conjuncts(token):
            out += self._one(t, loose)
        if not out:
            for child in children(token, "appos"):
                for t in conjuncts(child):
                    out += self._one(t, loose)
            out = out or self._listed(token, loose)
        best: dict[str | None, list[Ref]] = {}
        for ref in out:
            held = best.setdefault(ref.party.party, [])
            if all(ref.party.name != h.party.name for h in held):
                held.append(ref)
        return [
            r for held in best.values() for r in held if r.party.name or len(held) == 1 or not _named(held)
        ]

    def _listed(self, token: Token, loose: bool) -> list[Ref]:
        """The members a noun goes on to name: "allies such as Germany", "talks between A and B"."""
        out: list[Ref] = []
        for prep in children(token, "prep"):
            such = prep.lower_ == "as" and any(c.lower_ == "such" for c in prep.children)
            if such or prep.lower_ in ("including", "between", "like"):
                for pobj in children(prep, "pobj"):
                    for t in conjuncts(pobj):
                        out += self._one(t, loose)
        return out

    def _one(self, token: Token, loose: bool) -> list[Ref]:
        assert self.sent is not None
        mention = self.sent.named[token.i]
        if mention is not None:
            return self._of_mention(mention, token)
        low, lemma = token.lower_, token.lemma_.lower()
        if token.pos_ == "PRON" or low in SINGULAR | PLURAL | OURS or low == "your":
            return self._pronoun(token, low)
        agent = agents().get(lemma) or agents().get(low)
        if lemma in ("counterpart", "colleague"):
            return self._counterpart(token)
        group = self._group(token, lemma)
        if group:
            return group
        if agent is not None and agent.acts:
            owners = self.owners(token)
            if owners:
                acting = [self._as(owner, token) for owner in owners]
                if len(acting) == 1:
                    self.bodies[lemma] = acting[0].party
                return acting
            known = self._office_anaphor(token, lemma)
            if known:
                return known
            if lemma in OWN_NOUNS and any(c.lower_ == "our" for c in children(token, "poss")):
                return self._ours(token)
        if loose or (agent is not None and not agent.acts):
            return self.owners(token, loose=True) if loose else []
        if low in ("both", "all") or (token.pos_ == "NUM" and low == "two"):
            return self._all(token)
        return []

    def owners(self, token: Token, loose: bool = False) -> list[Ref]:
        """The parties among a noun's modifiers: "Russia's", "Russian", "of Russia"."""
        assert self.sent is not None
        out: list[Ref] = []
        for child in token.children:
            if child.dep_ in MODIFIERS:
                mention = self.sent.named[child.i]
                if mention is None and child.dep_ == "poss":
                    out += self._one(child, False)
                for t in conjuncts(child):
                    out += self._of_mention(self.sent.named[t.i], t)
                    if self.sent.named[t.i] is None and child.dep_ != "poss":
                        out += [
                            r
                            for c in children(t, *MODIFIERS)
                            for r in self._of_mention(self.sent.named[c.i], c)
                        ]
                out += [
                    r
                    for c in children(child, "compound", "amod")
                    if mention
                    for r in self._of_mention(self.sent.named[c.i], c)
                ]
        if not out:
            for child in children(token, "prep"):
                if child.lower_ in (LOOSE_IN if loose else PLACES_IN):
                    for pobj in children(child, "pobj"):
                        for t in conjuncts(pobj):
                            out += self._of_mention(self.sent.named[t.i], t) or self._owned(t)
                if out:
                    break
        return out

    def _owned(self, token: Token) -> list[Ref]:
        """ "of our state", "of the Turkish army": the owner one noun further."""
        if token.lemma_ in OWN_NOUNS and any(c.lower_ == "our" for c in children(token, "poss")):
            return self._ours(token)
        owners = self.owners(token) if token.lemma_ in agents() else []
        return owners or self._group(token, token.lemma_.lower())

    def _of_mention(self, m: Mention | None, token: Token) -> list[Ref]:
        if m is None:
            return []
        if m.kind == "office":
            return self._office(m, token)
        if not m.party or not m.acts:
            return []
        return [Ref(Party(m.party, m.name, m.role), "name", token.i, m.start)]

    def _office(self, m: Mention, token: Token) -> list[Ref]:
        """An office without a name: who held it in this text, else the office itself."""
        if not m.acts:
            return []
        known = [p for p in self.offices.get(m.office or "", []) if m.party in (None, p.party)]
        if m.party is None and len(known) > 1 and self.home:
            known = [p for p in known if p.party == self.home] or known
        if m.party is None and len(known) > 1 and self.focus in known:
            known = [self.focus] if self.focus else known
        if known:
            if m.party or len({p.party for p in known}) == 1 or known[0].party == self.home:
                return [Ref(known[0], "office named before", token.i, m.start)]
            return [Ref(known[0], "office named first", token.i, m.start)]
        if m.party:
            return [Ref(Party(m.party, None, m.role), "office", token.i, m.start)]
        if self.home and self.on and m.office in ("head_of_state", "head_of_government", "vice_president"):
            held = people.holder(self.home, m.office, self.on)
            if len(held) == 1:
                return [
                    Ref(Party(self.home, None, m.role), "office of the publisher's state", token.i, m.start)
                ]
        if (
            m.role
            and self.focus
            and self.focus.role
            and m.role.split()[-1].lower() in self.focus.role.lower()
        ):
            return [Ref(self.focus, "office of the one in focus", token.i, m.start)]
        return []

    def _as(self, owner: Ref, token: Token) -> Ref:
        """The owner's party, acting through the institution that the token names."""
        assert self.sent is not None
        low = token.lower_
        role = None if token.lemma_.lower() in OWN_NOUNS else low
        return Ref(
            Party(owner.party.party, None, role),
            f"{low} of {owner.party.party}",
            token.i,
            self.sent.ranges[token.i][0],
        )

    def _pronoun(self, token: Token, low: str) -> list[Ref]:
        assert self.sent is not None
        start = self.sent.ranges[token.i][0]
        if low in OURS:
            return self._ours(token)
        if low in ("you", "your") and self.quoting:
            other = self.counterpart(self.quoting)
            return [Ref(other, f"'{low}': the other side of the talk", token.i, start)] if other else []
        if low in SINGULAR:
            earlier = self._subject_before(token)
            who = earlier or self.focus
            return [Ref(who, f"'{low}'", token.i, start)] if who else []
        if low in PLURAL and self.strangers:
            return []
        if low in PLURAL or low == "both":
            return self._all(token)
        return []

    def _ours(self, token: Token) -> list[Ref]:
        assert self.sent is not None
        start = self.sent.ranges[token.i][0]
        if self.quoting:
            return [Ref(self.quoting, f"'{token.lower_}' of the one quoted", token.i, start)]
        if self.home:
            return [Ref(Party(self.home), f"'{token.lower_}' of the publisher", token.i, start)]
        return []

    def _subject_before(self, token: Token) -> Party | None:
        """The person who is subject of a clause above a pronoun: "Putin said he would"."""
        head = token.head
        for _ in range(6):
            if head.head == head:
                return None
            head = head.head
            if head.pos_ in ("VERB", "AUX"):
                above = subject(head)
                if above is not None and above.i < token.i and above != token:
                    found = [r for r in self._named_refs(above)]
                    if len(found) == 1:
                        return found[0].party
        return None

    def _named_refs(self, token: Token) -> list[Ref]:
        assert self.sent is not None
        m = self.sent.named[token.i]
        return [r for r in self._of_mention(m, token) if r.party.name] if m else []

    def _group(self, token: Token, lemma: str) -> list[Ref]:
        """ "the two leaders", "both sides", "the presidents"."""
        if lemma not in PAIR_NOUNS or token.tag_ not in ("NNS", "NN"):
            return []
        words = {c.lower_ for c in token.children}
        plural = token.tag_ == "NNS"
        if not plural or self.owners(token):
            return []
        if not words & {"two", "both", "the", "respective", "three", "four", "five"}:
            return []
        near = self.two_before(token) if words & {"two", "both"} else []
        return near or (self._all(token) if len(self.pair) > 1 else [])

    def two_before(self, token: Token) -> list[Ref]:
        """The two parties that the sentence itself has named before "the two countries"."""
        assert self.sent is not None
        named: dict[str, Ref] = {}
        for i, m in enumerate(self.sent.named[: token.i]):
            if m is not None and m.party and m.acts and m.kind in ("country", "person", "office"):
                named.setdefault(m.party, Ref(Party(m.party, m.name, m.role), "named before", i, m.start))
        return list(named.values()) if len(named) == 2 else []

    def _all(self, token: Token) -> list[Ref]:
        assert self.sent is not None
        who = self.pair if len(self.pair) > 1 else self.plural
        start = self.sent.ranges[token.i][0]
        return [Ref(p, f"'{token.lower_}': the parties to the talk", token.i, start) for p in who]

    def _counterpart(self, token: Token) -> list[Ref]:
        """ "his French counterpart" is French; "his counterpart" is the other one of the talk."""
        owners = [r for r in self.owners(token) if not r.party.name]
        if owners:
            known = [p for p in self.persons if p.party == owners[0].party.party]
            appos = children(token, "appos")
            if not appos and known:
                return [Ref(known[-1], "counterpart", token.i, owners[0].start)]
            return [Ref(r.party, "counterpart", token.i, r.start) for r in owners]
        return []

    def _office_anaphor(self, token: Token, lemma: str) -> list[Ref]:
        """ "the minister", "the delegation": the last one of that word in focus."""
        assert self.sent is not None
        if not any(c.lower_ in ("the", "this") for c in children(token, "det")):
            return []
        if lemma in self.bodies and token.tag_ != "NNS":
            return [
                Ref(self.bodies[lemma], f"the {lemma} named before", token.i, self.sent.ranges[token.i][0])
            ]
        if self.focus and self.focus.role and lemma in self.focus.role.lower():
            return [Ref(self.focus, f"the {lemma} in focus", token.i, self.sent.ranges[token.i][0])]
        return []


def _named(refs: list[Ref]) -> bool:
    return any(r.party.name for r in refs)


def display(party: Party) -> str:
    """A party in words, for traces: "Lavrov (RUS)" or "Russia"."""
    return f"{party.name} ({party.party})" if party.name else gazetteer.party_name(party.party or "?")
