"""Match the frames of data/frames.csv against a parsed sentence.

A frame is one meaning of a trigger word: its event type and mode, and the slots of the tree in
which its actor and recipient stand. The matcher knows grammar; what words mean is in the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from relwatch import tables
from relwatch.resolve import Discourse, Ref
from relwatch.segment import Parsed
from relwatch.syntax import (
    children,
    complement,
    conjuncts,
    is_passive,
    objects,
    passive_subject,
    preposition,
    subject,
    subject_of_noun,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

SLOT_WORDS = frozenset(("subj", "obj", "iobj", "poss", "adj", "comp"))
# Nouns that only count or portion the one after "of".
QUANTITY = frozenset("series round number couple set cycle range string spate flurry pair dozen lot host".split())
POS = {"verb": ("VERB", "AUX"), "noun": ("NOUN", "PROPN"), "adj": ("ADJ", "VERB", "ADV")}


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of data/frames.csv; the columns are described in data/README.md."""

    id: str
    words: tuple[str, ...]
    pos: str
    type: str
    mode: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    mutual: bool
    needs: tuple[tuple[str, str, tuple[str, ...]], ...]
    status: str | None
    tone: int | None
    speech: bool
    default: str
    confidence: float


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


def _needs(cell: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    out = []
    for item in cell.split(";"):
        item = item.strip()
        if not item:
            continue
        for op in ("!=", "=", ":"):
            if op in item:
                slot, _, value = item.partition(op)
                out.append((slot.strip(), op, tables.listed(value)))
                break
        else:
            out.append((item, "", ()))
    return tuple(out)


def _frame(row: dict[str, str], words: str) -> Frame:
    return Frame(
        id=row["id"],
        words=tuple(words.split()),
        pos=row["pos"],
        type=row["type"],
        mode=row["mode"] or None,
        actor=tables.listed(row["actor"]),
        recipient=tables.listed(row["recipient"]),
        mutual=row["mutual"] == "yes",
        needs=_needs(row["needs"]),
        status=row["status"] or None,
        tone=int(row["tone"]) if row["tone"] else None,
        speech=row["speech"] == "yes",
        default=row["default"],
        confidence=float(row["confidence"] or 0.5),
    )


@cache
def frames() -> dict[str, tuple[Frame, ...]]:
    """The frames by the lemma of their first word, longer triggers first."""
    out: dict[str, list[Frame]] = {}
    for row in tables.rows("frames.csv"):
        for words in tables.listed(row["trigger"]):
            frame = _frame(row, words.lower())
            out.setdefault(frame.words[0], []).append(frame)
    return {k: tuple(sorted(v, key=lambda f: (-len(f.words), -len(f.needs), f.id))) for k, v in out.items()}


@cache
def light_verbs() -> dict[str, str]:
    """Light verbs and whether their subject is the actor or the recipient of the noun."""
    return {row["verb"]: row["subject_is"] for row in tables.rows("light_verbs.csv")}


class Matcher:
    """Matches the frames in one parsed sentence, with the discourse to say who is who."""

    def __init__(self, sent: Parsed, discourse: Discourse) -> None:
        self.sent, self.discourse = sent, discourse
        self.misses: list[Miss] = []

    def matches(self) -> Iterator[Match]:
        """The best frame of each trigger in the sentence, in order of the text."""
        for token in self.sent.doc:
            if self.sent.named[token.i] is not None:
                continue
            for frame in frames().get(token.lemma_.lower(), ()):
                if token.pos_ not in POS[frame.pos] or not self._particles(token, frame):
                    continue
                match = self._fill(token, frame)
                if match is not None:
                    yield match
                    break

    # -- the trigger -------------------------------------------------------------------------

    def _particles(self, token: Token, frame: Frame) -> bool:
        """Whether the other words of a trigger ("call on") hang on its first."""
        rest = frame.words[1:]
        if not rest:
            return True
        near = {c.lower_ for c in token.children} | {c.lemma_.lower() for c in token.children}
        following = tuple(t.lower_ for t in token.doc[token.i + 1 : token.i + 1 + len(rest)])
        if following == rest:
            return True
        return all(w in near for w in rest)

    def _miss(self, token: Token, frame: Frame, why: str) -> None:
        self.misses.append(Miss(frame, token, why))

    # -- the slots ---------------------------------------------------------------------------

    def _governor(self, token: Token, frame: Frame) -> tuple[Token, str | None]:
        """The verb a trigger hangs on, and for a noun what its light verb's subject is."""
        if frame.pos == "verb":
            return token, None
        if frame.pos == "adj":
            return (token.head if token.head.pos_ in ("AUX", "VERB") else token), None
        up = token
        while up.dep_ == "conj" and up.head.pos_ in ("NOUN", "PROPN"):
            up = up.head
        if up.dep_ == "pobj" and up.head.lower_ == "of" and up.head.head.lemma_.lower() in QUANTITY:
            up = up.head.head  # "held a series of meetings"
        head = up.head
        if up.dep_ in ("dobj", "nsubjpass", "attr") and head.pos_ in ("VERB", "AUX"):
            return head, light_verbs().get(head.lemma_)
        return (head if up.dep_ == "nsubj" and head.pos_ in ("VERB", "AUX") else token), None

    def heads(self, token: Token, frame: Frame, slot: str) -> list[Token]:
        """The tokens that stand in a slot of a trigger."""
        head, light = self._governor(token, frame)
        if slot == "subj":
            return self._subject(token, frame, head, light)
        if slot == "obj":
            return objects(token) if frame.pos == "verb" else []
        if slot == "iobj":
            return children(head, "dative")
        if slot == "poss":
            return children(token, "poss") if token.pos_ != "VERB" else []
        if slot == "comp":
            return complement(token)
        if slot == "adj":
            return children(token, "amod", "compound", "nmod")
        return self._after(token, frame, head, slot)

    def _subject(self, token: Token, frame: Frame, head: Token, light: str | None) -> list[Token]:
        if frame.pos == "noun":
            if light == "recipient":
                return []
            if light or (head is not token and head.lemma_ in ("be", "have")):
                found = subject(head)
                return [found] if found is not None else []
            owner = subject_of_noun(token)
            return [owner] if owner is not None and light else []
        if frame.pos == "adj":
            found = subject(head) if head is not token else subject(token)
            return [found] if found is not None else []
        found = subject(token)
        return [found] if found is not None else []

    def _after(self, token: Token, frame: Frame, head: Token, word: str) -> list[Token]:
        """What stands after a preposition of the trigger, of its light verb or of its object."""
        found = preposition(token, word)
        if frame.pos == "verb":
            if word == "by" and is_passive(token):
                return []
            inner = children(token, "dobj", "nsubjpass", "attr")
            inner += [p for prep in children(token, "prep") for p in children(prep, "pobj")]
            for obj in inner:
                if not found and self.sent.named[obj.i] is None:
                    found = preposition(obj, word)
        elif not found and head is not token:
            found = preposition(head, word)
        if not found and frame.pos == "noun" and token.dep_ == "conj":
            # "sanctions and threats against Iran": shared by what is coordinated.
            pass
        if not found and frame.pos == "noun":
            for last in conjuncts(token):
                found = found or preposition(last, word)
        return found

    def refs(self, token: Token, frame: Frame, slots: tuple[str, ...], loose: bool) -> list[Ref]:
        """The parties in the first of the slots that holds any."""
        for slot in slots:
            if slot == "adj":
                found = self.discourse.owners(token) if frame.pos == "noun" else []
                found = [r for r in found if not self._in_of(token, r)]
            elif slot == "comp":
                found = self._in_complement(token)
            else:
                found = [r for h in self.heads(token, frame, slot) for r in self.discourse.refs(h, loose)]
            if found:
                return found
        if "subj" in slots and frame.pos == "noun":
            head, light = self._governor(token, frame)
            if light == "recipient":
                return []
        return []

    def _in_of(self, token: Token, ref: Ref) -> bool:
        return any(
            ref.token == t.i
            for p in preposition(token, "of") + preposition(token, "from")
            for t in conjuncts(p)
        )

    def _in_complement(self, token: Token) -> list[Ref]:
        """The first party named in a complement clause, its subject before its objects."""
        for clause in complement(token):
            for dep in ("nsubj", "nsubjpass", "dobj", "poss"):
                for child in clause.subtree:
                    if child.dep_ == dep:
                        found = self.discourse.refs(child, loose=True)
                        if found:
                            return found
            for child in clause.subtree:
                m = self.sent.named[child.i]
                if m is not None and m.party and m.acts:
                    return self.discourse.refs(child)
        return []

    # -- filling -----------------------------------------------------------------------------

    def _fill(self, token: Token, frame: Frame) -> Match | None:
        for slot, op, values in frame.needs:
            if not self._need(token, frame, slot, op, values):
                self._miss(token, frame, f"needs {slot}{op}{'|'.join(values)}")
                return None
        head, _ = self._governor(token, frame)
        actor = self.refs(token, frame, frame.actor, loose=False)
        recipient = self.refs(token, frame, frame.recipient, loose=not frame.mutual)
        if frame.mutual:
            return self._mutual(token, frame, head, actor, recipient)
        if {r.token for r in recipient} == {r.token for r in actor}:
            # "Danish criticism of Iran": "of" can be either; the other slot decides.
            shared = set(frame.actor) & set(frame.recipient)
            other = self.refs(token, frame, tuple(s for s in frame.actor if s not in shared), loose=False)
            actor = other or actor
        if not actor:
            self._miss(token, frame, f"no party in {'|'.join(frame.actor)}")
            return None
        own = {r.party.party for r in actor}
        kept = [r for r in recipient if r.party.party not in own]
        note = ""
        if not kept and frame.default == "counterpart" and len(own) == 1:
            other = self.discourse.counterpart(actor[0].party)
            if other is not None:
                kept = [Ref(other, "the other side of the talk", token.i, self.sent.ranges[token.i][0])]
                note = "addressee: the other side of the talk"
        if not kept:
            self._miss(token, frame, f"no other party in {'|'.join(frame.recipient)}")
            return None
        return Match(frame, token, head, tuple(actor), tuple(kept), note)

    def _mutual(
        self, token: Token, frame: Frame, head: Token, actor: list[Ref], recipient: list[Ref]
    ) -> Match | None:
        if self._one_with_many(frame, token, actor, recipient):
            return Match(frame, token, head, tuple(actor), tuple(recipient), "one with many")
        both = list(actor)
        names = {(r.party.party, r.party.name) for r in both}
        for ref in recipient:
            if (ref.party.party, ref.party.name) not in names:
                both.append(ref)
        if len({r.party.party for r in both}) < 2 and frame.default == "counterpart" and both:
            other = self.discourse.counterpart(both[0].party)
            if other is not None:
                both.append(Ref(other, "the other side of the talk", token.i, self.sent.ranges[token.i][0]))
        if len({r.party.party for r in both}) < 2:
            self._miss(token, frame, "fewer than two parties")
            return None
        return Match(frame, token, head, tuple(both), ())

    def _one_with_many(self, frame: Frame, token: Token, actor: list[Ref], recipient: list[Ref]) -> bool:
        """"Iran cooperates with India and China": no pair arises among the many."""
        own, others = {r.party.party for r in actor}, {r.party.party for r in recipient}
        if len(own) != 1 or len(others - own) < 2:
            return False
        return frame.type in ("COOPERATE", "AGREE") or (frame.pos == "noun" and token.tag_ == "NNS" and token.lemma_ == "meeting")

    def _is(self, token: Token, values: tuple[str, ...]) -> bool:
        """Whether a token is one of the given words; a masked official is the last word of the office."""
        mention = self.sent.named[token.i]
        if mention is not None and mention.role:
            return mention.role.split()[-1].lower() in values
        return token.lemma_.lower() in values or token.lower_ in values

    def _need(self, token: Token, frame: Frame, slot: str, op: str, values: tuple[str, ...]) -> bool:
        if not op:
            found = {"comp": complement(token), "nocomp": complement(token), "noobj": children(token, "dobj")}
            return bool(found.get(slot)) != slot.startswith("no")
        heads = [t for h in self.heads(token, frame, slot) for t in conjuncts(h)]
        if op == "=":
            return any(self._is(h, values) for h in heads)
        if op == "!=":
            return not any(self._is(h, values) for h in heads)
        if values and values[0] in ("party", "person", "many"):
            owner_will_do = values[0] == "party" and slot in frame.recipient and not frame.mutual
            parties = self.refs(token, frame, (slot,), loose=owner_will_do)
            return len({r.party.party for r in parties}) > (values[0] == "many")
        return bool(heads) or (slot == "obj" and passive_subject(token) is not None)
