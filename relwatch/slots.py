"""The slots of a trigger in a parsed sentence: which tokens stand in them, and which parties those are."""

from __future__ import annotations

from collections.abc import Sequence

from relwatch.agents import Ref
from relwatch.attribute import Saying, speaker_of
from relwatch.frametable import Frame, frames, light_verbs
from relwatch.records import Party
from relwatch.resolve import Discourse
from relwatch.segment import Parsed
from relwatch.syntax import (
    children,
    complement,
    conjuncts,
    is_passive,
    objects,
    predicates,
    preposition,
    subject,
)
from relwatch.tree import Token

ADJUNCTS = frozenset("after during in at following before on over through via ahead amid since by".split())
# Nouns that only count or portion the one after "of".
QUANTITY = frozenset(
    """series round number couple set cycle range string spate flurry pair dozen lot host wave hour day week month
    year million thousand hundred variety amount""".split()
)
# What a state speaks by, and how it does.
PAPERS = frozenset("resolution statement letter cable message communique declaration motion note draft".split())
ISSUE = frozenset("table adopt pass sponsor put push circulate draft approve back support".split())
# Verbs of those who come "for talks with X".
MOVES = frozenset("arrive fly travel go head leave come visit return be meet land sit gather join depart".split())
# Verbs that take a clause in the bare form: "that Israel withdraw".
DEMANDS = frozenset("demand insist request propose recommend urge suggest ask require".split())
# Types whose noun after "in" is the stance of the clause's subject: "in defiance of", "in agreement with".
STANCES = frozenset(("REJECT", "SUPPORT", "ACCUSE", "AGREE"))
DONE_TO_PEOPLE = frozenset(("COERCE", "RETREAT", "ASSAULT"))
REACH = 16  # tokens in which the one helped is named after the help
COPULAS = frozenset(("be", "remain", "become", "stay", "seem"))
# Slots in which a speech act names the deed it is about; the one blamed or thanked is its doer.
DEED_SLOTS = frozenset(("obj", "of", "for", "over", "about", "at"))
TIMES = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday day week month year decade morning evening afternoon night weekend""".split()
)
# What is done to a city is done to its state: of these types all, or these modes.
DONE_TO_PLACES = frozenset(("ASSAULT", "AID", "MOBILIZE", "restrict", "access", "withdraw"))
DOER_SLOTS = frozenset(("poss", "adj", "by", "from"))


class Slots:
    """Finds the slots of triggers in one sentence; ``quoted`` is who speaks where a quotation covers it."""

    def __init__(
        self,
        sent: Parsed,
        discourse: Discourse,
        said: Sequence[Saying] = (),
        quoted: Party | None = None,
        quote: tuple[int, int] | None = None,
    ) -> None:
        self.sent, self.discourse, self.said, self.quoted, self.quote = sent, discourse, said, quoted, quote
        self.forms = frozenset(token.lower_ for token in sent.doc)

    def governor(self, token: Token, frame: Frame) -> tuple[Token, str | None]:
        """The verb a trigger hangs on, and for a noun whose part its light verb's subject plays."""
        if frame.pos == "verb":
            return (token.head if token.dep_ == "aux" else token), None
        if frame.pos == "adj":
            return (token.head if token.head.pos_ in ("AUX", "VERB") and token.dep_ != "ROOT" else token), None
        up = counted(token)
        head = up.head
        if up.dep_ in ("dobj", "nsubjpass", "attr") and head.pos_ in ("VERB", "AUX"):
            return head, light_verbs().get(head.lemma_)
        return (head if up.dep_ == "nsubj" and head.pos_ in ("VERB", "AUX") else token), None

    def heads(self, token: Token, frame: Frame, slot: str) -> list[Token]:
        """The tokens that stand in a slot of a trigger."""
        head, light = self.governor(token, frame)
        if slot == "subj":
            found = self._subject(token, frame, head, light)
            return [found] if found is not None else []
        if slot == "obj":
            return [_counted(o) for o in self._resumed(token, frame) or objects(token)] if frame.pos == "verb" else []
        if slot == "iobj":
            return children(head, "dative")
        if slot == "poss":
            return children(token, "poss") if token.pos_ != "VERB" else []
        if slot == "comp":
            after = [head] if token.dep_ == "aux" else complement(token) + predicates(token)
            return after or [t for n in self._demanded(token) for t in token.doc[n.i + 1 : n.i + 2]]
        if slot == "if":
            return [s for c in children(head, "advcl") if any(m.lower_ in ("if", "unless") for m in children(c, "mark"))
                    for s in children(c, "nsubj", "nsubjpass")]  # fmt: skip
        if slot == "ccomp":
            clauses = [c for c in complement(token) if c.dep_ != "relcl"]  # not "the importance it places on"
            return [c for c in clauses if children(c, "nsubj", "nsubjpass")]
        if slot == "next":
            return self._next(token)
        if slot == "compobj":
            return [o for c in complement(token) for o in [*objects(c), *preposition(c, "in")]]
        if slot == "adj":
            return children(token, "amod", "compound", "nmod")
        if slot == "head":
            return predicates(head) if head.lemma_ in COPULAS else [head] if head != token else []
        return self._after(token, frame, head, slot)

    def _next(self, token: Token) -> list[Token]:
        """The country named next after a trigger and a preposition: "gave money to help farmers in Ghana"."""
        for other in token.doc[token.i + 1 : token.i + REACH]:
            named = self.sent.named[other.i]
            if named is not None and named.kind == "country":
                return [other] if token.doc[other.i - 1].lower_ in ("in", "for", "to", "of", "across") else []
            if other.lower_ in (",", ";", ":"):
                break
        return []

    def _subject(self, token: Token, frame: Frame, head: Token, light: str | None) -> Token | None:
        if frame.pos != "noun":
            return self._author(subject(head))
        if light == "recipient":
            return None  # "Abe received a call": see Slots.receiver
        if light or (head != token and head.lemma_ in ("be", "have")):
            return subject(head)
        stance = frame.type in STANCES and token.head.lower_ == "in"
        above = clause_of_adjunct(counted(token)) if stance or frame.type == "CONSULT" else None
        found = subject(above) if above is not None else None
        return found if found is not None and found.i != token.i else None

    def _joined(self, token: Token) -> list[Ref]:
        """Whom the subject joins in an act: "Egypt joined Saudi Arabia in condemning Iraq"."""
        prep = token.head if token.dep_ == "pcomp" else None
        if prep is None or prep.lower_ != "in" or prep.head.lemma_ != "join":
            return []
        return [r for o in children(prep.head, "dobj") for r in self.discourse.refs(o)]

    def _diarist(self, token: Token, frame: Frame) -> list[Ref]:
        """Who leaves "I" out in an address: "Spoke with Prime Minister Sunak. Thanked him for the tanks." """
        verb = self.governor(token, frame)[0]
        if not self.discourse.diary or verb.i > 1 or verb.tag_ not in ("VBD", "VBN") or verb.dep_ != "ROOT":
            return []
        if self.quoted is None or children(verb, "nsubj", "nsubjpass", "auxpass", "agent"):
            return []
        return [Ref(self.quoted, "the one who gives the address", verb.i, self.sent.ranges[verb.i][0])]

    def _author(self, found: Token | None) -> Token | None:
        """Whose paper it is that does the thing: "Cuba tabled *a resolution* condemning" is Cuba's word."""
        if found is None or found.lemma_ not in PAPERS or self.sent.named[found.i] is not None:
            return found
        owners = children(found, "poss")
        verb = found.head
        issued = verb.lemma_ in ISSUE or light_verbs().get(verb.lemma_) == "actor"
        doer = subject(verb) if not owners and found.dep_ == "dobj" and issued else None
        return owners[0] if owners else doer or found

    def _resumed(self, token: Token, frame: Frame) -> list[Token]:
        """The object a trailing participle speaks of: "restored *ties* with Syria, broken off in 1986"."""
        if token.dep_ != "advcl" or token.tag_ != "VBN" or token.i < token.head.i:
            return []
        listed = frame.listed("obj")
        return [o for o in children(token.head, "dobj", "nsubjpass") if o.lemma_.lower() in listed]

    def receiver(self, token: Token, frame: Frame) -> list[Ref]:
        """Who a noun's act is done to, where that is the subject of its verb: "faced accusations"."""
        head, light = self.governor(token, frame)
        who = subject(head) if light == "recipient" else None
        return self.discourse.refs(who) if who is not None else []

    def _after(self, token: Token, frame: Frame, head: Token, word: str) -> list[Token]:
        """What stands after a preposition of the trigger, of its light verb or of its other objects."""
        if word not in self.forms or (frame.pos == "verb" and word == "by" and is_passive(token)):
            return []
        found = [t for t in preposition(token, word) if not _time(t)]
        if not found and head != token and frame.pos == "noun":
            found = preposition(head, word)
        for obj in self._nouns_below(token) if not found else ():
            found = found or preposition(obj, word)
            for clause in children(obj, "acl"):  # "lift the sanctions imposed on Iraq"
                found = found or (preposition(clause, word) if _done(clause) else [])
        for obj in self._resumed(token, frame) if frame.pos == "verb" else []:
            found = found or preposition(obj, word)
        if not found and frame.pos == "noun":
            # "sanctions and threats against Iran": shared by what is coordinated.
            for last in conjuncts(token):
                found = found or preposition(last, word)
        return found

    def _nouns_below(self, token: Token, depth: int = 3) -> list[Token]:
        """The common nouns a trigger reaches through objects and prepositions, the nearest first."""
        level: list[Token] = [token]
        out: list[Token] = []
        for _ in range(depth):
            below = [n for t in level for n in children(t, "dobj", "nsubjpass", "attr")]
            links = [n for t in level for n in children(t, "prep", "agent", "advmod", "prt")]
            links += [m for n in links for m in children(n, "prep")]
            below += [p for n in links for p in children(n, "pobj")]
            # "interest in expanding trade with X": through the gerund, not "left after waiting for X".
            below += [p for n in links if n.lower_ in ("to", "in", "of") for p in children(n, "pcomp")]
            level = [n for n in below if self.sent.named[n.i] is None]
            out += level
        return out

    def refs(self, token: Token, frame: Frame, slots: Sequence[str], loose: bool) -> list[Ref]:
        """The parties in the first of the slots that holds any; ``loose`` also takes owners of things."""
        for slot in slots:
            found = self._slot_refs(token, frame, slot, loose or bool(frame.listed(slot)))
            if found and slot == "subj" and "poss" in slots and frame.pos == "noun":
                # "noted Lithuania's support": the owner of the act did it, not who speaks of it.
                owner = self._slot_refs(token, frame, "poss", False)
                if owner and not {r.party.party for r in owner} & {r.party.party for r in found}:
                    return owner
            if found:
                return found
        return []

    def _slot_refs(self, token: Token, frame: Frame, slot: str, loose: bool) -> list[Ref]:
        touched = not DONE_TO_PLACES.isdisjoint((frame.type, frame.mode)) or (frame.mode == "seize" and slot == "obj")
        self.discourse.places = touched and slot not in DOER_SLOTS | {"subj", "speaker"}
        found = self._in_slot(token, frame, slot, loose)
        self.discourse.places = False
        return found

    def _in_slot(self, token: Token, frame: Frame, slot: str, loose: bool) -> list[Ref]:
        if slot == "speaker":
            return self._speaker(token)
        if slot == "adj":
            owners = self.discourse.owners(token) if frame.pos == "noun" else []
            owners = [r for r in owners if not self._venue(r, token, frame)]
            after = preposition(token, "of") + preposition(token, "from")
            return [r for r in owners if r.token not in {t.i for p in after for t in conjuncts(p)}]
        if slot == "comp":
            return self._in_complement(token)
        if slot == "subj" and frame.type == "AGREE" and frame.mutual and _impersonal(token):
            at = self.sent.ranges[token.i][0]  # "It was agreed to stay in touch."
            return [Ref(p, "'it was': the parties to the talk", token.i, at) for p in self.discourse.pair]
        out: list[Ref] = []
        deeds = DEED_SLOTS | {"subj"} if frame.pos == "noun" else DEED_SLOTS
        weapon = frame.type == "ASSAULT" and slot in frame.actor and bool(frame.listed(slot))
        if slot == "subj":
            out += self._joined(token) or self._diarist(token, frame)
        for h in self.heads(token, frame, slot):
            if weapon:  # "killed in Russian strikes": whose they are, not where
                by = [r for p in preposition(h, "by") for r in self.discourse.refs(p)]
                out += self.discourse.refs(h) or self.discourse.owners(h) or by
                continue
            doers = self._doers(h) if frame.speech and loose and slot in deeds else None
            out += self.discourse.refs(h, loose) if doers is None else doers
            if slot == "obj" and frame.type in DONE_TO_PEOPLE:
                out += self.discourse.national(h)
        return out

    def _doers(self, noun: Token) -> list[Ref] | None:
        """Who did the deed a noun names: blame for "Russia's attack on X" goes to Russia, never to X."""
        if self.sent.named[noun.i] is not None:
            return None
        for frame in frames().get(noun.lemma_.lower(), ()):
            if frame.pos == "noun" and frame.type in (
                "ASSAULT",
                "COERCE",
                "MOBILIZE",
                "SANCTION",
                "THREATEN",
            ):
                slots = [s for s in frame.actor if s in DOER_SLOTS]
                if not slots:
                    continue  # "any response will be a mistake" names no doer of its own
                return [r for s in slots for r in self._slot_refs(noun, frame, s, False)][:4]
        return None

    def _venue(self, ref: Ref, noun: Token, frame: Frame) -> bool:
        """Whether an owner is only the town of a meeting: "the Abuja talks", not "Moscow-Kiev talks"."""
        m = self.sent.named[ref.token]
        if m is None or m.kind != "capital" or frame.type not in ("CONSULT", "AGREE"):
            return False
        near = [t for t in self.sent.doc[ref.token - 1 if ref.token else 0 : ref.token + 2] if t.i != ref.token]
        joined = any(t.lower_ in ("-", "and") for t in near)
        return not joined and self.sent.doc[ref.token].dep_ in ("compound", "amod", "nmod")

    def _demanded(self, token: Token) -> list[Token]:
        """Whom "demanded that Israel disarm settlers" names, where the parser misses the mood of the verb."""
        following = token.doc[token.i + 1 : token.i + 4]
        if token.lemma_ not in DEMANDS or len(following) < 3 or following[0].lower_ != "that":
            return []
        return [n for n in (following[2 if following[1].lower_ == "the" else 1],) if self.sent.named[n.i] is not None]

    def _speaker(self, token: Token) -> list[Ref]:
        at = self.sent.ranges[token.i][0]
        saying = speaker_of(token, self.said)
        who = saying.speaker if saying is not None else None
        if saying is not None and saying.known and who is None:  # several at once: "the leaders warned that"
            verb = self.sent.doc[saying.token]
            doer = subject(verb) if verb.lemma_ != "agree" else None
            return self.discourse.refs(doer) if doer is not None else []
        if saying is None and self.quote and self.quote[0] <= at < self.quote[1]:
            who = self.quoted
        if who is None and saying is None and not self.quote and token.head.dep_ == "ROOT":
            home = self.discourse.home if token.dep_ == "aux" else None
            who = Party(home) if home else None  # "Russia must end its attacks", says its publisher
        return [Ref(who, "the speaker", token.i, at)] if who is not None else []

    def _in_complement(self, token: Token) -> list[Ref]:
        """The first party named in a complement clause, its subject before its objects, but not the one who says it."""
        doer = subject(token)
        own = {r.party.party for r in self.discourse.refs(doer)} if doer is not None else set()
        for clause in complement(token) + predicates(token):
            for dep in ("nsubj", "nsubjpass", "dobj", "poss"):
                for child in clause.subtree:
                    if child.dep_ == dep:
                        found = self.discourse.refs(child, loose=True)
                        found = [r for r in found if not r.how.startswith("'it")]  # the one who says so
                        if found and not {r.party.party for r in found} <= own:
                            return found
            for child in clause.subtree:
                m = self.sent.named[child.i]
                if m is None or not m.party or not m.acts or (m.party in own and m.kind == "country"):
                    continue
                if m.kind != "place" or self.discourse.places:
                    return self.discourse.refs(child)
        return [r for n in self._demanded(token) for r in self.discourse.refs(n)]


def _done(clause: Token) -> bool:
    """Whether a participle says what was done ("imposed on Iraq"), not what a thing is about ("related to")."""
    return clause.tag_ == "VBN" and clause.lemma_ not in ("relate", "aim", "link", "base", "call", "connect")


def _counted(noun: Token) -> Token:
    """What a noun counts: "millions of refugees" are refugees."""
    if noun.lemma_.lower() in QUANTITY:
        for of in children(noun, "prep"):
            if of.lower_ == "of" and children(of, "pobj"):
                return children(of, "pobj")[0]
    return noun


def _time(token: Token) -> bool:
    """Whether a word is a time, which fills no slot: "in January", "on Monday"."""
    return token.pos_ == "NUM" or token.lemma_.lower() in TIMES


def _impersonal(verb: Token) -> bool:
    """Whether a verb is "it was agreed", done by nobody who is named."""
    return is_passive(verb) and any(c.lower_ == "it" for c in children(verb, "nsubjpass", "nsubj"))


def counted(noun: Token) -> Token:
    """The noun that stands for a trigger in its clause: "a series of meetings", "two days of talks"."""
    up = noun
    while up.dep_ == "conj" and up.head.pos_ in ("NOUN", "PROPN"):
        up = up.head
    if up.dep_ == "pobj" and up.head.lower_ == "of" and up.head.head.lemma_.lower() in QUANTITY:
        up = up.head.head
    return up


def clause_of_adjunct(noun: Token) -> Token | None:
    """The verb of the clause that "after a call with X" and "during their talks" belong to."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.dep_ != "prep":
        return None
    verb = prep.head
    if prep.lower_ not in ADJUNCTS and not (prep.lower_ == "for" and verb.lemma_ in MOVES):
        return None
    return verb if verb.pos_ in ("VERB", "AUX") else None
