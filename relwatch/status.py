"""Did it happen? The status of an interaction: actual, planned, hypothetical or negated.

What each governing word does to the interaction below it is in data/governors.csv.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from relwatch import tables
from relwatch.frames import Match
from relwatch.frametable import light_verbs
from relwatch.records import Status
from relwatch.syntax import OBJECT_CONTROL, children, lemmas
from relwatch.tree import Token

ORDER: tuple[Status, ...] = ("negated", "hypothetical", "planned", "actual")
AUX: dict[str, Status] = {
    "will": "planned", "shall": "planned", "'ll": "planned", "wo": "planned", "would": "hypothetical",
    "'d": "hypothetical", "may": "hypothetical", "might": "hypothetical", "could": "hypothetical",
    "can": "hypothetical", "should": "hypothetical", "must": "hypothetical", "ca": "hypothetical",
}  # fmt: skip
NO = frozenset(("no", "not", "n't", "never", "neither", "nor", "without"))
IF = frozenset(("if", "unless", "whether", "should", "until", "once", "provided"))
SUPERLATIVE = frozenset(("first", "last", "only", "second", "third", "latest"))
HAPPEN = frozenset("take be happen occur begin go continue start resume open".split())
# Words on what is told of an act; that nothing is told does not undo it.
TOLD = frozenset("detail account comment information mention report news description transcript elaborate".split())
# Speech acts are done by speaking: "can only condemn", "must thank" do what they say.
PERFORMED = frozenset(("can", "must", "ca", "should"))


@cache
def governors() -> dict[tuple[str, str], str]:
    """(word, pos) -> planned, hypothetical, negated or transparent (data/governors.csv)."""
    return {(row["word"].lower(), row["pos"]): row["kind"] for row in tables.rows("governors.csv")}


def _kind(token: Token, below: Token | None = None) -> str | None:
    pos = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj"}.get(token.pos_, "verb")
    table = governors()
    known = lemmas(token)
    lemma = known[-1]
    for particle in children(token, "prt"):
        found = table.get((f"{lemma} {particle.lower_}", pos))
        if found:
            return found
    if below is not None and below.dep_ == "prep":
        return table.get((f"{lemma} {below.lower_}", pos))
    following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    found = table.get((f"{lemma} {following}", pos))
    if found:
        return found
    for form in known:
        if (form, pos) in table:
            return table[form, pos]
    return table.get((lemma, "adj")) if token.tag_ == "VBN" else None


def _negated(token: Token) -> bool:
    for c in token.children:
        if c.dep_ == "neg" or (c.dep_ == "det" and c.lower_ in ("no", "neither")):
            return True
        if c.dep_ in ("advmod", "preconj", "cc") and c.lower_ in NO and c.i < token.i:
            return True
        if c.dep_ in ("nsubj", "nsubjpass") and any(d.lower_ in ("no", "neither") for d in children(c, "det")):
            return True  # "No Syrian president had visited"
    return False


def _backshifted(verb: Token) -> bool:
    """ "He said Russia would send": the future of a past report, not a condition."""
    for up in verb.ancestors:
        if up.tag_ in ("VBD", "VBN") and up.pos_ == "VERB":
            return not any(c.dep_ == "advcl" and any(m.lower_ == "if" for m in c.children) for c in verb.children)
    return False


def _steps(match: Match) -> Iterator[tuple[Token, Token]]:
    """The chain from the trigger upwards: (token, the token it came from)."""
    below, token = match.token, match.token
    for _ in range(12):
        yield token, below
        if token.head == token:
            return
        below, token = token, token.head


def status_of(match: Match) -> tuple[Status, str]:
    """The status of a match, and the words that decide it."""
    if match.frame.status:
        return match.frame.status, "frame"  # type: ignore[return-value]
    found: list[tuple[Status, str]] = []
    speech = match.frame.speech
    for token, below in _steps(match):
        if token != match.token and _stops(token, below, match):
            if below.dep_ == "prep" and token.pos_ == "VERB" and _negated(token):
                found.append(("hypothetical", "not"))  # "has not decided on a meeting"
            break
        if speech and token != match.token and below.dep_ in ("xcomp", "ccomp") and _polite(token):
            break
        found += _own(token, speech and token in (match.token, match.head), match.frame.type)
        if token != match.token:
            decided = match.frame.type in ("SANCTION", "AID") and token.lemma_ in ("decide", "decision")
            kind = (
                None
                if decided
                else _kind(token, below if below.dep_ == "prep" and token.pos_ in ("VERB", "AUX") else None)
            )
            if speech and below == match.token and token.lemma_ in light_verbs():
                continue  # "offered an apology" is the apology.
            if kind in ("planned", "hypothetical", "negated") and _governs(token, below):
                found.append((kind, token.lower_))  # type: ignore[arg-type]
    found += _purpose(match)
    if match.head.pos_ in ("VERB", "AUX") and _conditional(match.head, match.frame.type):
        found.append(("hypothetical", "if"))
    for status in ORDER:
        for got, word in found:
            if got == status:
                return status, word
    return "actual", ""


def _polite(token: Token) -> bool:
    """ "I would like to thank", "let me welcome": a speech act done in the saying of it."""
    return token.lemma_ in ("like", "wish", "want", "let")


def _conditional(verb: Token, type_: str) -> bool:
    """ "If talks fail he will call": what depends on a condition; a conditional threat is made."""
    if type_ in ("THREATEN", "REJECT", "ACCUSE", "REQUEST"):
        return False
    return any(
        c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ in ("if", "unless") for m in c.children)
        for c in verb.children
    )


def _own(token: Token, speech: bool, type_: str) -> Iterator[tuple[Status, str]]:
    """What a token's own auxiliaries, negation and adjectives say."""
    if _negated(token):
        yield "negated", "not"
    for child in token.children:
        low = child.lower_
        if child.dep_ == "aux" and low in AUX:
            if type_ == "AID" and (low in ("will", "shall", "'ll") or (low in ("would", "'d") and _backshifted(token))):
                continue  # aid that is announced counts, though delivery comes later
            if speech and (low in PERFORMED or (type_ == "SUPPORT" and low in ("will", "shall", "'ll"))):
                continue  # "we will stand with Kenya" is support given by saying it.
            if low in ("would", "'d") and _backshifted(token):
                yield "planned", low
            else:
                yield AUX[low], low
        elif child.dep_ == "mark" and low in IF and not (low in ("until", "once") and token.tag_ == "VBD"):
            yield "hypothetical", low
        elif token.pos_ in ("NOUN", "PROPN") and child.dep_ in ("amod", "compound", "advmod"):
            kind = governors().get((child.lemma_.lower(), "adj")) or governors().get((low, "adj"))
            if kind in ("planned", "hypothetical", "negated"):
                yield kind, low  # type: ignore[misc]


def _stops(token: Token, below: Token, match: Match) -> bool:
    """Whether the chain has left the interaction: a reporting verb says, it does not decide."""
    if below.dep_ == "acl" and below in (match.token, match.head) and not _infinitive(below):
        return True  # "Pakistan, accused by India, denied it": the accusation was made
    if below.dep_ == "prep" and token.lemma_ in TOLD:
        return True  # "gave no details of the talks"
    if below.dep_ == "nsubj" and match.frame.type == "CONSULT" and token.lemma_ == "fail":
        return True  # talks that failed were held
    if below.dep_ in ("relcl", "conj", "parataxis", "appos"):
        return not (below.dep_ == "conj" and _shares_auxiliary(below, token))
    if below.dep_ in ("advcl",) and not any(c.lower_ == "to" and c.dep_ == "aux" for c in below.children):
        return True
    if below.dep_ == "ccomp" and token.lemma_ in OBJECT_CONTROL and not _infinitive(below):
        return True  # "told reporters Russia would", not "told Russia to"
    if below.dep_ == "ccomp":
        return _kind(token) in (None, "transparent")
    if below.dep_ == "nsubj" and token.pos_ in ("VERB", "AUX"):
        # "A meeting is planned", "talks could take place": what is said of the noun decides;
        # "the threat was not idle", "the lifting helped trade" say something else of it.
        if children(token, "dobj", "attr", "acomp"):
            return _kind(token) is None and not any(_kind(c) for c in children(token, "acomp"))
        return _kind(token) is None and token.lemma_ not in HAPPEN
    if below.dep_ == "prep" and token.pos_ in ("VERB", "AUX") and token != match.head:
        return _kind(token, below) is None  # "called for talks" decides, "met before talks" does not.
    return False


def _infinitive(token: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)


def _shares_auxiliary(below: Token, above: Token) -> bool:
    """ "will visit and sign": the second verb has the auxiliary of the first."""
    if any(c.dep_ in ("aux", "nsubj", "auxpass") for c in below.children):
        return False
    return below.tag_ in ("VB", "VBN", "VBG") and above.tag_ == below.tag_


def _governs(token: Token, below: Token) -> bool:
    if below.dep_ in (
        "xcomp",
        "ccomp",
        "acl",
        "advcl",
        "pcomp",
        "dobj",
        "nsubjpass",
        "nsubj",
        "attr",
        "prep",
        "pobj",
        "csubj",
        "csubjpass",
    ):
        return True
    return below.dep_ == "conj"


def _purpose(match: Match) -> Iterator[tuple[Status, str]]:
    """An infinitive that nothing governs is a purpose or a headline's future: not yet done."""
    verb = match.head if match.head.pos_ in ("VERB", "AUX") else match.token
    while verb.dep_ == "conj" and _infinitive(verb) and _infinitive(verb.head):
        verb = verb.head  # "a pact to stop dumping and to open its market"
    to = [c for c in verb.children if c.dep_ == "aux" and c.lower_ == "to"]
    if not to:
        return
    above = [verb.head] if verb.dep_ in ("relcl", "acl") else children(verb.head, "attr", "dobj")
    if verb.head.lemma_ == "become" or any(c.lemma_ in SUPERLATIVE for up in above for c in up.children):
        return  # "the last prime minister to visit Beijing", "became the first to visit" did visit.
    if verb.dep_ == "ROOT" or verb.head.lemma_ == "be" or children(verb, "nsubj"):
        yield "planned", "to"  # "was to meet", a headline's "Russia to expel diplomats"
    elif (
        verb.dep_ in ("advcl", "xcomp", "acl", "relcl") and _kind(verb.head) is None and not match.frame.speech
    ) and verb.head.lemma_ not in light_verbs():
        yield "planned", "to"
