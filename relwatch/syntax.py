"""Questions asked of a dependency tree: who is the subject, what stands after which preposition."""

from __future__ import annotations

from collections.abc import Iterator

from relwatch.tree import Token

SUBJECTS = frozenset(("nsubj", "csubj"))
PAPERS = frozenset("statement declaration communique communiqué resolution letter report".split())
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
UNWILLING = frozenset("will would wo 'll 'd shall can ca could".split())
# Verbs whose infinitive is done by their object ("urged Iran to stop"), not by their subject.
OBJECT_CONTROL = frozenset(
    """urge ask tell call request invite encourage press order force compel persuade convince advise allow
    permit help enable require beg implore instruct warn pressure push authorise authorize want expect""".split()
)


# Verbs whose "for doing" is done by their object: "thanked Poland for sending", "accused it of sending".
JUDGING = frozenset(
    """thank praise commend applaud congratulate laud hail salute honor honour credit blame criticise criticize
    condemn accuse denounce rebuke fault punish sanction chide slam blast castigate reprimand suspect""".split()
)


def lemmas(token: Token) -> tuple[str, ...]:
    """The lemma of a token, and what it may be where the lemmatizer drops an e: "hoped" is not "hop"."""
    return lemmas_of(token.lemma_.lower(), token.lower_, token.pos_)


def lemmas_of(lemma: str, form: str, pos: str) -> tuple[str, ...]:
    """The same for a lemma and a form in small letters with a part of speech."""
    if pos not in ("VERB", "AUX", "ADJ"):
        return (lemma,)
    if form.endswith("ed") and form[:-1] != lemma:
        return (form[:-1], lemma)
    if form.endswith("ing") and form[:-3] + "e" != lemma:
        return (form[:-3] + "e", lemma)
    return (lemma,)


def conjuncts(token: Token) -> Iterator[Token]:
    """The token and those coordinated with it below it: "A, B and C" from A."""
    yield token
    for child in token.children:
        listed = child.dep_ == "appos" and any(c.dep_ in ("conj", "appos") for c in child.children)
        if child.dep_ == "conj" or listed:  # "between A, B and C" is often read as an apposition.
            yield from conjuncts(child)


def children(token: Token, *deps: str) -> list[Token]:
    """The children of a token in any of the given relations."""
    return [c for c in token.children if c.dep_ in deps]


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive voice, reduced relatives ("sanctions imposed by") included."""
    for child in verb.children:
        if child.dep_ in ("nsubjpass", "auxpass", "csubjpass"):
            return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and verb.head.pos_ in ("NOUN", "PROPN"):
        # "American envoys conferred with ...": a past tense read as a participle.
        return any(c.dep_ == "agent" for c in verb.children)
    bare = not any(c.dep_ in ("aux", "nsubj") for c in verb.children)
    return verb.dep_ == "acl" or (verb.dep_ == "advcl" and bare)


def preposition(token: Token, word: str) -> list[Token]:
    """The objects of a preposition that hangs on a token: "with" of "met with X" gives X."""
    out: list[Token] = []
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative", "prt", "advmod") and child.lower_ == word:
            out += children(child, "pobj", "pcomp")
            # "together with X", "in cooperation with X" hang one deeper.
        elif (
            child.dep_ in ("prep", "advmod")
            and child.lower_
            in (
                "together",
                "along",
                "jointly",
                "up",
                "out",
            )
        ) or child.dep_ == "advmod":
            out += preposition(child, word)
        elif child.dep_ == "prep" and child.lower_ in ("via", "through", "over"):
            for how in children(child, "pcomp", "pobj"):  # "met via videoconferencing with X"
                out += preposition(how, word)
    return out


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The one who does what a verb says, also where the tree hangs the subject on another verb."""
    if depth > 6:
        return None
    if is_passive(verb):
        agents = [p for a in verb.children if a.dep_ == "agent" for p in children(a, "pobj")]
        return agents[0] if agents else None
    own = children(verb, "nsubj") or [n for a in children(verb, "aux") for n in children(a, "nsubj")]
    if own:
        return _antecedent(own[0], verb)
    late = [p for prep in children(verb, "prep") for p in children(prep, "pobj") if p.i < verb.i and _after_weekday(p)]
    if late:
        return late[0]  # "on Sunday President X signed"
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return subject_of_conjunct(verb, head, depth)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and head.dep_ == "pcomp" and verb.doc[verb.i - 1].lower_ == ",":
        above = head.head.head  # "thanked him for coming, highlighting their ties": not he who came
        return subject(above if above.pos_ == "VERB" else above.head, depth + 1)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG":
        papers = [t for t in verb.doc[head.i + 1 : verb.i] if t.lemma_ in PAPERS and t.dep_ in ("dobj", "pobj")]
        if papers:
            return papers[-1]  # "coincided with a statement by Britain and France, condemning"
    if verb.dep_ in ("xcomp", "advcl", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ"):
        if verb.dep_ in ("xcomp", "ccomp") and head.lemma_ in OBJECT_CONTROL:
            objects = children(head, "dobj", "dative")
            if objects:
                return objects[0]
        return passive_subject(head) or subject(head, depth + 1)
    if verb.dep_ == "relcl":
        if head.dep_ == "attr" and any(c.lower_ == "to" for c in children(verb, "aux")):
            return subject(head.head, depth + 1) or head  # "X is the first leader to visit Y"
        return head
    if verb.dep_ == "acomp" and head.pos_ in ("VERB", "AUX"):
        return subject(head, depth + 1)  # "is due to visit"
    if verb.dep_ == "acl":
        if verb.tag_ in ("VBG", "VBD") or (verb.tag_ == "VBN" and head.dep_ == "ROOT"):
            return head
        named = [c for c in children(head, "compound", "amod", "nmod") if c.text[:1].isupper() and c.i < head.i]
        return named[0] if named and not children(head, "poss") else subject_of_noun(head, depth)  # "U.S. plans to"
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        above = head.head
        if head.lower_ in ("for", "of", "over", "in") and (judged := _judged(above)) is not None:
            return judged  # "thanked Poland for sheltering refugees"
        done_to = children(above, "dobj") if above.pos_ == "VERB" and head.lower_ in ("of", "from", "into") else []
        if done_to:  # "kept Iraq from building": the object does it; "accused of building" is said, not done
            return done_to[0] if head.lower_ != "of" else None
        if above.pos_ == "ADJ" and above.head.pos_ in ("VERB", "AUX"):
            above = above.head  # "was forceful in blaming Iran"
        return subject(above, depth + 1) if above.pos_ in ("VERB", "AUX") else subject_of_noun(above, depth)
    return None


def subject_of_conjunct(verb: Token, head: Token, depth: int) -> Token | None:
    """The subject of a verb coordinated with another."""
    if is_passive(head):
        return passive_subject(head)
    return subject(head, depth + 1)


def subject_of_noun(noun: Token, depth: int = 0) -> Token | None:
    """Who acts in a noun's infinitive ("Iran's decision to leave", "Iran has a plan to leave")."""
    owners = children(noun, "poss")
    if owners:
        return owners[0]
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ == "for" and (judged := _judged(head.head)) is not None:
        return judged  # "thanked Russia for the efforts to evacuate students"
    if noun.dep_ in ("dobj", "attr") and head.pos_ in ("VERB", "AUX"):
        return subject(head, depth + 1)
    return None


def _judged(verb: Token) -> Token | None:
    """Whom a verb of praise or blame is about: "praised Poland", "praised Poland's leadership"."""
    if verb.lemma_ not in JUDGING:
        return None
    whom = children(verb, "dobj")
    return (children(whom[0], "poss") or whom)[0] if whom else None


def passive_subject(verb: Token) -> Token | None:
    """What a passive verb is done to: "diplomats were expelled" gives diplomats."""
    own = children(verb, "nsubjpass")
    if own:
        return _antecedent(own[0], verb)
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return verb.head
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and not children(verb, "mark", "nsubj"):
        return subject(verb.head, 3)  # "Accused by Kiev of shelling, Moscow kept silent"
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and is_passive(verb.head) and not children(verb, "nsubj"):
        return passive_subject(verb.head)
    return None


def _antecedent(subject_: Token, verb: Token) -> Token:
    if subject_.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
        return verb.head
    return subject_


def objects(verb: Token) -> list[Token]:
    """The direct objects of a verb, the passive subject, and the antecedent of "that X did"."""
    if is_passive(verb):
        done_to = passive_subject(verb)
        return [done_to] if done_to is not None else []
    found = children(verb, "dobj", "dative")
    found = [f for f in found if f.dep_ == "dobj" or f.pos_ != "ADP"]
    found = [verb.head if f.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else f for f in found]
    if not found and verb.dep_ == "relcl" and children(verb, "nsubj") and not _has_relative_subject(verb):
        return [verb.head]
    if not found:
        found = [
            p for prep in children(verb, "prep") for p in children(prep, "pobj") if p.i > verb.i and _after_weekday(p)
        ]
    if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not children(verb, "prep", "ccomp", "xcomp"):
        # "criticised and condemned Iran": the object hangs on the last verb.
        return []
    return found


def _after_weekday(token: Token) -> bool:
    """Whether a parser took an object for a part of the day before it: "received on Sunday President X"."""
    return any(c.lower_ in WEEKDAYS for c in children(token, "compound")) and token.pos_ == "PROPN"


def refuses(verb: Token) -> bool:
    """Whether a verb says what its subject is unwilling to do: "will not talk", "would never accept"."""
    no = any(c.dep_ == "neg" or (c.lower_ == "longer" and c.dep_ == "advmod") for c in verb.children)
    return no and any(c.lower_ in UNWILLING for c in children(verb, "aux"))


def predicates(verb: Token) -> list[Token]:
    """What a verb says its subject or object to be: "called him a friend", "ties are close"."""
    found = children(verb, "oprd", "attr", "acomp")
    for clause in children(verb, "ccomp"):
        if clause.pos_ not in ("VERB", "AUX"):
            found.append(clause)
    for obj in children(verb, "dobj"):  # 'called the response "hasty and unfounded"'
        late = [c for c in children(obj, "amod") if c.i > obj.i]
        found += [t for c in late for t in conjuncts(c)]
    for passive in children(verb, "prep"):
        if passive.lower_ == "as":
            found += children(passive, "pobj", "amod")
    return found


def _has_relative_subject(verb: Token) -> bool:
    return any(c.tag_ in ("WDT", "WP") for c in children(verb, "nsubj"))


def complement(token: Token) -> list[Token]:
    """The heads of the clauses a token takes as complement: "said that X did" gives did."""
    if token.pos_ in ("NOUN", "ADJ"):
        found = children(token, "ccomp", "xcomp", "acl", "advcl", "relcl")
        if not found:  # "the commitment to working with Japan"
            found = [c for p in children(token, "prep") if p.lower_ == "to" for c in children(p, "pcomp")]
        if not found and token.dep_ == "dobj":
            # "reaffirmed their intention to strengthen ties" is often read as a purpose of reaffirming.
            found = [c for c in children(token.head, "advcl", "xcomp")
                     if c.i > token.i and any(a.lower_ == "to" for a in children(c, "aux"))]  # fmt: skip
        return found
    found = children(token, "ccomp", "xcomp")
    if not found and children(token, "dobj"):
        # "press Venezuela to free the prisoners" is often read as a purpose.
        found = [c for c in children(token, "advcl") if any(a.lower_ == "to" for a in children(c, "aux"))]
    if not found:  # "give money to rebuild Gaza" is read as money that rebuilds it
        found = [c for o in children(token, "dobj") for c in children(o, "relcl", "acl")
                 if any(a.lower_ == "to" for a in children(c, "aux"))]  # fmt: skip
    return found
