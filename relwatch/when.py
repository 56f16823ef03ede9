"""When an event happened: the time expression that belongs to it, else the day of the report.

A sentence may hold several: the day of the talk, the year of the treaty it was about, the deadline that was
agreed. The tree tells which one hangs on the event itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from relwatch.attribute import is_reporting
from relwatch.frames import Match
from relwatch.frametable import frames
from relwatch.records import DateSpan, Status, TimeExpr
from relwatch.segment import Parsed
from relwatch.slots import ADJUNCTS
from relwatch.tree import Token

UNKNOWN = DateSpan()
# Adverbs that put an act at no day that could be told.
VAGUE = frozenset("recently previously earlier repeatedly often already lately once long frequently".split())
AHEAD = frozenset(("before", "ahead", "until"))  # "ahead of talks": they are not held yet
ASIDE = frozenset("in with after during following at amid".split())
SEQUENCE = frozenset(("follow", "precede", "mark"))  # "the visit follows the attack on Monday"
SPOKEN = frozenset(("AGREE", "STATEMENT"))  # types whose content has times of its own: "agreed to leave by 2008"
MAIN = ("ROOT", "conj")
BELOW = (*MAIN, "ccomp", "xcomp", "acl", "pcomp", "advcl")


def date_of(match: Match, sent: Parsed, times: Sequence[TimeExpr], reported: DateSpan, status: Status) -> DateSpan:
    """The event's date: an expression in its own clause first, else the report's day for news."""
    done = status in ("actual", "negated")
    own = _own(match, sent, times, done)
    if own is not None:
        return own.date
    return UNKNOWN if not done or _background(match) else reported


def date_said(verb: Token, sent: Parsed, times: Sequence[TimeExpr], reported: DateSpan) -> DateSpan:
    """When something was said: the one time that hangs on the verb of saying, else the report's day."""
    near = [t for t in times if is_reporting(verb) and _verb_of(t, sent) == verb and not _of_noun(t, verb, sent)]
    return near[0].date if len(near) == 1 else reported


def story_day(sent: Parsed, times: Sequence[TimeExpr], published: date | None) -> DateSpan | None:
    """The day a report's main clause gives its news: what follows undated happened on it too."""
    if published is None or len(times) != 1:
        return None
    when = times[0].date
    if when.precision != "day" or when.start is None or when.start != when.end:
        return None
    if not 0 <= (published - when.start).days <= 6:
        return None
    verb = _verb_of(times[0], sent)
    told = verb is not None and verb.dep_ == "ROOT" and verb.tag_ in ("VBD", "VBZ", "VBP", "VBN")
    return when if told and verb is not None and not _of_noun(times[0], verb, sent) else None


def _own(match: Match, sent: Parsed, times: Sequence[TimeExpr], done: bool) -> TimeExpr | None:
    if not times:
        return None
    top = match.token if match.frame.pos == "verb" else match.head
    inside = [sent.ranges[t.i] for t in top.subtree]
    first, last = min(a for a, _ in inside), max(b for _, b in inside)
    near = [t for t in times if first <= t.start < last and _belongs(t, match, top, sent)]
    if not near and len(times) == 1 and (top.dep_ in (BELOW if done else MAIN) or (done and _aside(top))):
        near = [t for t in times if _of_root(t, sent)]
    near = [t for t in near if t.date.start is not None or len(near) == 1]
    at = sent.ranges[match.token.i][0]
    return min(near, key=lambda t: (abs(t.start - at), t.start)) if near else None


def _token_of(time: TimeExpr, sent: Parsed) -> Token | None:
    """The first token of a time expression."""
    return next((t for t, (start, _) in zip(sent.doc, sent.ranges, strict=True) if start >= time.start), None)


def _path(token: Token, top: Token | None = None) -> Iterator[Token]:
    """The tokens above one, up to ``top`` or the root."""
    while token.head != token and token != top:
        token = token.head
        yield token


def _verb_of(time: TimeExpr, sent: Parsed) -> Token | None:
    """The verb that a time expression hangs on, nouns between them passed over; else the root."""
    token = _token_of(time, sent)
    if token is None:
        return None
    if token.pos_ in ("VERB", "AUX"):
        return token
    up = [token, *_path(token)]
    return next((t for t in up if t.pos_ in ("VERB", "AUX")), up[-1])


def _of_root(time: TimeExpr, sent: Parsed) -> bool:
    verb = _verb_of(time, sent)
    return verb is not None and verb.dep_ == "ROOT" and not _of_noun(time, verb, sent)


def _belongs(time: TimeExpr, match: Match, top: Token, sent: Parsed) -> bool:
    """Whether a time is that of the act itself; what a speech act is about has times of its own."""
    talk = match.frame.type == "CONSULT" and match.frame.mode is None and match.frame.pos == "verb"
    if match.frame.speech or talk or match.frame.type in SPOKEN:
        verb = _verb_of(time, sent)
        if verb is not None and verb not in (match.token, match.head):
            return False
    return not _of_noun(time, top, sent, match.token)


def _of_noun(time: TimeExpr, top: Token, sent: Parsed, trigger: Token | None = None) -> bool:
    """Whether a time is that of some other thing: "the treaty of 1965", "after the killings on Monday".

    A day may be read into a noun where it is the verb's ("met officials on Monday"); a month or a year is the
    noun's own, and so is what stands after "of".
    """
    token = _token_of(time, sent)
    if token is None or top.lemma_ in SEQUENCE:
        return token is not None
    coarse = time.date.precision in ("month", "year")
    strict = coarse or (trigger is not None and trigger.pos_ == "NOUN")
    below = token
    for up in _path(token, top):
        if up in (top, trigger):
            break
        if up.pos_ in ("NOUN", "PROPN") and sent.ranges[up.i][0] < time.start:
            if sent.named[up.i] is not None and up.lemma_.lower() not in frames():
                below = up
                continue  # "met Li in May": a person has no day, an "EU summit" has one
            direct = up.dep_ in ("dobj", "nsubjpass") and up.head == top
            return below.lower_ == "of" or (strict and not direct)
        if strict and up.pos_ == "VERB" and up.dep_ in ("dobj", "pobj", "pcomp", "nsubj"):
            return True  # "follows the killing of two on Monday", with a verb read into the noun
        below = up
    before = top.doc[token.i - 1] if token.i else token  # "welcomed the outcome of the talks in June", read wrongly
    nested = before.pos_ in ("NOUN", "PROPN") and before.dep_ in ("pobj", "conj") and before != trigger
    return coarse and nested and before.lemma_.lower() in frames()


def _aside(top: Token) -> bool:
    """Whether an act is told beside the main verb: "left in defiance of", "after talks with"."""
    return top.dep_ == "pobj" and top.head.lower_ in ASIDE


def _background(match: Match) -> bool:
    """Whether grammar puts the act before the news: "had met", "has long", "last met"."""
    verb: Token = match.head if match.head.pos_ in ("VERB", "AUX") else match.token
    if verb.pos_ not in ("VERB", "AUX"):
        return not match.frame.speech and not _of_the_day(match)
    if any(c.dep_ == "aux" and c.lower_ in ("had", "'d") for c in verb.children):
        # "said that they had agreed" may be what was agreed just now.
        spoken = match.frame.speech or match.frame.type in SPOKEN
        return not (spoken and verb.dep_ == "ccomp" and is_reporting(verb.head))
    if any(c.dep_ == "advmod" and c.lower_ in VAGUE for c in verb.children):
        return True
    return verb.dep_ in ("relcl", "acl") and not match.frame.speech


def _of_the_day(match: Match) -> bool:
    """Whether a talk is where the news was told: "said after talks with", "told him during a visit"."""
    noun = match.token
    if match.frame.type != "CONSULT" or noun.pos_ != "NOUN":
        return False
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in ADJUNCTS or prep.lower_ in AHEAD:
        return False
    verb = next((t for t in _path(prep) if _finite(t)), None)
    return verb is not None and verb.dep_ in (*MAIN, "ccomp", "parataxis")


def _finite(verb: Token) -> bool:
    """Whether a verb tells in the past or the present that something is so."""
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    perfect = any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.children)
    return verb.tag_ in ("VBD", "VBZ", "VBP") or perfect
