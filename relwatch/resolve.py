"""From a token of a tree to the parties it stands for: names, "Russian forces", "he", "the two leaders".

A :class:`Discourse` reads an article's sentences in order and remembers who has been in focus.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from relwatch import anaphora, gazetteer
from relwatch.agents import (
    AMOUNTS,
    BORDERS,
    HOURS,
    LOOSE_IN,
    MODIFIERS,
    ORGANS,
    OURS,
    OWN_NOUNS,
    PLACES_IN,
    PLURAL,
    PRESS,
    PRESS_BODIES,
    SINGULAR,
    Ref,
    agents,
)
from relwatch.mention import Mention
from relwatch.records import Party
from relwatch.segment import Parsed
from relwatch.syntax import children, conjuncts, preposition
from relwatch.tree import Token

if TYPE_CHECKING:
    from datetime import date


@dataclass(slots=True)
class Discourse:
    """Who has been spoken of, up to the present sentence of an article."""

    on: date | None
    home: str | None = None
    land: str | None = None  # the country of the newspaper
    protagonist: str | None = None  # the one country that headline and opening of a news story are about
    focus: Party | None = None
    plural: tuple[Party, ...] = ()
    pair: tuple[Party, ...] = ()
    persons: list[Party] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)
    offices: dict[str, list[Party]] = field(default_factory=dict)
    bodies: dict[str, Party] = field(default_factory=dict)
    present: tuple[Party, ...] = ()
    listed: tuple[Mention, ...] = ()  # who is listed one a line below "Participants:"
    groups: dict[str, Party] = field(default_factory=dict)  # word or kind of organisation -> the last one named
    states: Sequence[frozenset[str]] = ()  # of each sentence of the text, the parties that it names
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    addressed: dict[str, Party] = field(default_factory=dict)
    joint: tuple[Party, ...] = ()
    quoting: Party | None = None
    diary: bool = False  # whether the sentence is of an address, whose speaker may leave "I" out
    places: bool = False  # whether a city stands for its state: it does where it is attacked or relieved
    state: Party | None = None
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
            if m is not None and m.party in gazetteer.org_kinds():
                last = sent.span.text[: m.end - sent.span.start].rstrip(" )").split()[-1].lower()
                self.groups[gazetteer.org_kinds()[m.party]] = self.groups[last] = Party(m.party)

    def introduce(self, mentions: Iterable[Mention]) -> None:
        """Know the people of a text that is not parsed, such as a title."""
        for m in mentions:
            if m.kind == "person" and m.party and m.acts:
                self._know(m)

    def _know(self, m: Mention) -> None:
        party = Party(m.party, m.name, m.role)
        if m.name and m.gender:
            self.genders[m.name] = m.gender
        self.persons = [p for p in self.persons if p.name != party.name] + [party]
        if m.office:
            held = self.offices.setdefault(m.office, [])
            if party not in held:
                held.append(party)

    def leave(self, speaker: Party | None = None) -> None:
        """End a sentence: its speaker, else its subject, is the focus for the pronouns of the next one.

        ``state`` is the nameless party that is its subject: what "it" means at the head of the next one.
        """
        assert self.sent is not None
        self.state = None
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
            if len(found) == 1 and not named:
                self.state = Party(found[0].party.party)
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
        return [r for held in best.values() for r in held if r.party.name or len(held) == 1 or not _named(held)]

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
            return anaphora.pronoun(self, token, low)
        taken_up = anaphora.body(self, token, lemma)
        if taken_up:
            return taken_up
        if lemma in HOURS and token.dep_ == "dobj":  # "telephoned Merkel hours before" reads as a noun of its own
            hidden = [(m, c) for c in children(token, "compound") if (m := self.sent.named[c.i]) and m.kind == "person"]
            return [r for m, c in hidden for r in self._of_mention(m, c)]
        agent = agents().get(lemma) or agents().get(low)
        if agent is not None and any(c.lower_ in PRESS for c in children(token, "compound", "amod")):
            agent = agent if lemma not in PRESS_BODIES else None
        if lemma in ("counterpart", "colleague"):
            return anaphora.counterpart_noun(self, token)
        group = anaphora.group(self, token, lemma)
        if group:
            return group
        if agent is not None and agent.document:
            return self._issuers(token)
        if (agent is not None and agent.acts) or (lemma in ORGANS and self._movement(token)):
            owners = self.owners(token)
            leader = anaphora.leader(self, token, owners)
            if leader:
                return leader
            if owners:
                acting = [self._as(owner, token) for owner in owners]
                if len(acting) == 1:
                    self.bodies[lemma] = acting[0].party
                return acting
            known = anaphora.office_anaphor(self, token, lemma)
            if known:
                return known
            if lemma == "administration" and self.home and not self.quoting:
                return [Ref(Party(self.home, None, low), "the publisher's", token.i, self.sent.ranges[token.i][0])]
            if lemma in OWN_NOUNS and any(c.lower_ == "our" for c in children(token, "poss")):
                return anaphora.ours(self, token)
        if loose or (agent is not None and not agent.acts):
            return self.owners(token, loose=True) if loose else []
        if low in ("both", "all") or (token.pos_ == "NUM" and low == "two"):
            return anaphora.everyone(self, token)
        return []

    def _issuers(self, token: Token) -> list[Ref]:
        """Whose document it is: "a joint statement from A and B", "a UN report"; "reports" are the press's."""
        if token.tag_ == "NNS":
            return []
        by = [p for prep in children(token, "prep", "agent") if prep.lower_ in ("by", "from", "of")
              for p in children(prep, "pobj")]  # fmt: skip
        assert self.sent is not None
        named = self.sent.named
        own = [r for r in self.owners(token) if (m := named[r.token]) is None or m.kind != "capital"]
        out = [r for p in by for r in self.refs(p)] or own  # "the Oslo Declaration" is of many
        return [replace(r, how=f"{token.lower_} of {r.party.party}") for r in out]

    def _movement(self, token: Token) -> bool:
        """Whether a noun's owner is no state: "KLA guerrillas" are the KLA, "Chechen fighters" are nobody."""
        assert self.sent is not None
        if token.dep_ == "pobj" and token.head.lower_ == "of":
            return False
        owner = [self.sent.named[c.i] for c in children(token, *MODIFIERS)]
        return any(m is not None and m.kind == "org" for m in owner)

    def owners(self, token: Token, loose: bool = False) -> list[Ref]:
        """The parties among a noun's modifiers: "Russia's", "Russian", "of Russia"."""
        assert self.sent is not None
        out: list[Ref] = []
        if loose and token.lemma_ in BORDERS:  # "its border with Iran"
            out = [r for p in preposition(token, "with") for r in self._of_mention(self.sent.named[p.i], p)]
        for child in token.children if not out else ():
            if child.dep_ in MODIFIERS:
                mention = self.sent.named[child.i]
                if mention is None and child.dep_ == "poss":
                    out += self._one(child, loose)  # "the Palestinian people's efforts"
                for t in conjuncts(child):
                    out += self._of_mention(self.sent.named[t.i], t)
                    if self.sent.named[t.i] is None and child.dep_ != "poss":
                        out += [r for c in children(t, *MODIFIERS) for r in self._of_mention(self.sent.named[c.i], c)]
                out += [
                    r
                    for c in children(child, "compound", "amod", "nmod")
                    if mention
                    for r in self._of_mention(self.sent.named[c.i], c)
                ]
        if not out:
            places = LOOSE_IN if loose else PLACES_IN
            # "the sale of jets to Taiwan by Washington": who did it comes before whom it went to.
            for child in sorted(children(token, "prep", "agent"), key=lambda c: c.lower_ != "by"):
                if child.lower_ in places:
                    for pobj in children(child, "pobj"):
                        for t in conjuncts(pobj):
                            out += self._of_mention(self.sent.named[t.i], t) or self._owned(t)
                            if not out and loose and child.lower_ == "of" and token.lemma_.lower() in AMOUNTS:
                                # "five mln dlrs of Japanese imports", "the start of talks between A and B"
                                out += self.owners(t) or self._listed(t, loose)
                if out:
                    break
        return out

    def _owned(self, token: Token) -> list[Ref]:
        """ "of our state", "of the Turkish army": the owner one noun further."""
        if token.lemma_ in OWN_NOUNS and any(c.lower_ == "our" for c in children(token, "poss")):
            return anaphora.ours(self, token)
        owners = self.owners(token) if token.lemma_ in agents() else []
        return owners or anaphora.group(self, token, token.lemma_.lower())

    def _of_mention(self, m: Mention | None, token: Token) -> list[Ref]:
        if m is None:
            return []
        if m.kind == "office":
            return anaphora.office_holder(self, m, token)
        if m.kind in ("people", "adjective") and any(c.lower_ == "ethnic" for c in token.children):
            return []  # "ethnic Hungarians" are no Hungary
        if m.party is None and m.kind == "person" and m.role:
            return self._portfolio(m, token)
        if not m.party or not m.acts or (m.kind == "place" and not self.places):
            return []
        return [Ref(Party(m.party, m.name, m.role), "name", token.i, m.start)]

    def _portfolio(self, m: Mention, token: Token) -> list[Ref]:
        """An official with a portfolio that no table lists: "French consumer affairs minister Anne Dupont"."""
        assert self.sent is not None
        held = agents().get((m.role or "").split()[-1].lower())
        if held is None or not held.acts:
            return []
        first = token.i
        while first and token.i - first < 4 and self.sent.named[first - 1] is None:
            word = token.doc[first - 1]
            if not word.text.islower() or word.pos_ not in ("NOUN", "ADJ", "CCONJ"):
                break
            first -= 1
        land = self.sent.named[first - 1] if 0 < first < token.i else None
        if land is None or land.kind not in ("adjective", "country") or not land.acts:
            return []
        if land.kind == "country" and token.doc[first - 1].dep_ not in MODIFIERS:
            return []
        return [Ref(Party(land.party, m.name, m.role), f"{m.role} of {land.party}", token.i, land.start)]

    def national(self, token: Token) -> list[Ref]:
        """The state whose private person a token names: "a German businessman" who is arrested or freed."""
        assert self.sent is not None
        m = self.sent.named[token.i]
        if m is None or m.kind != "office" or not m.party or m.acts:
            return []
        return [Ref(Party(m.party), "a person of that country", token.i, m.start)]

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


def _named(refs: list[Ref]) -> bool:
    return any(r.party.name for r in refs)


def display(party: Party) -> str:
    """A party in words, for traces: "Lavrov (RUS)" or "Russia"."""
    return f"{party.name} ({party.party})" if party.name else gazetteer.party_name(party.party or "?")
