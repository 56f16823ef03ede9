"""Lists of who took part in a talk, found in plain text: "Joining the President on the call were A, B and C".

A parser is lost in such sentences, upside down and a dozen names long; their wording is plain enough without one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from relwatch.agents import agents
from relwatch.mention import Mention
from relwatch.records import Span

_TALK = (
    r"(?:meetings?|calls?|talks|summit|conference|videoconference|teleconference|session|gathering|forum|dialogue"
    r"|discussions?|roundtable|negotiations|consultations|conversation)"
)
TALK = re.compile(rf"\b{_TALK}\b", re.I)
REMOTE = re.compile(r"\b(?:calls?|phone|telephone|video\w*|teleconference|virtual\w*|online)\b", re.I)
_BE = r"(?:was|were|is|are|will be|included?|includes)"
_HERE = r"(?:joining|attending|participating|taking part|present|in attendance|on the (?:call|line))"
PARTICIPANTS = re.compile(
    rf"\b(?:participants|attendees|those (?:present|attending|participating|taking part)|other (?:guests|leaders)"
    rf"|leaders (?:participating|attending|present))\b[^.;:]{{0,80}}?(?:\b(?:{_BE}|comprised)\b|:)",
    re.I,
)
JOINED = re.compile(r"\b(?:joined|attended)(?: \w+){0,6}? by\b", re.I)
# What a list follows. "with": the words of the cue may name the host, "Joining President A on the call were".
CUES = (
    re.compile(
        rf"^\W*(?:(?:also|those|others?|the|all|and|leaders) )*{_HERE}\b(?P<with>[^.;:]{{0,160}}?)\b{_BE}\b", re.I
    ),
    PARTICIPANTS,
    re.compile(
        rf"\b(?:the|a|this|these) (?:[\w’'-]+ ){{0,4}}?{_TALK}\b[^.;:,]{{0,60}}?\b(?:included|includes?|involved?"
        r"|involves|brought together|brings together|will bring together|gathered)\b",
        re.I,
    ),
    JOINED,
)
# What ends a list that comes first: "Ministers from A, B and C took part in the forum".
TOOK_PART = re.compile(
    r",?\s+(?:(?:also|all|both|then|yesterday|today|will|are|were|is|was|have|has|had|virtually|remotely)\s+){0,3}"
    r"(?:(?:participat\w+|took part|take part|taking part|taken part|present)\s+(?:in|at)"
    r"|join(?:ed|ing)?|attend(?:ed|ing)?"
    r"|(?:gathered|gather|convened|assembled)\s+(?:for|at))\s+"
    rf"(?:the|a|an|this|that|these|today’s|today's)\s+(?:[\w’'-]+\s+){{0,5}}?{_TALK}\b",
    re.I,
)
# What may stand between the last name of such a list and its verb: "as well as officials of provinces of A".
AND_OTHERS = re.compile(r"[\s,]*(?:as well as|along with|together with|and)\b[^.;:]{0,160}")
CLAUSE = re.compile(r"\b(?:that|who|said|says|by|with|after|when|were|was|is|are)\b")
HEADING = re.compile(r":\s*$")
BULLET = re.compile(r"\s*(?:(?<!\w)[-*•–]|(?<!\S)\d{1,2}[.)])\s+")
QUICK = re.compile(
    r"\b(?:join|attend|particip|(?:tak\w+|took) part|present|conven|assembl|bring|brought|gather|includ|involv)", re.I
)
PLANNED = re.compile(r"\b(?:will|expected|due|scheduled|set|invited)\b")
DENIED = re.compile(r"\b(?:not|never|n[’']t|without)\b")
BETWEEN = re.compile(r"[\s,;:•*-]*(?:(?:and|plus|&|as well as|along with|together with|also|both|but also)\b)?", re.I)
SMALL = frozenset(
    """the of from a an his her its their other also both and as well following world all respective counterparts
    counterpart high-level senior top then by representative representatives two three four five six seven eight nine
    ten mr ms mrs dr for new virtually remotely""".split()
)  # fmt: skip
KINDS = ("person", "office", "country", "org", "body")


@dataclass(frozen=True, slots=True)
class Listing:
    """Who a sentence lists as taking part in a talk, and the ``hosts`` it names with them."""

    hosts: tuple[Mention, ...]
    listed: tuple[Mention, ...]
    remote: bool
    planned: bool


def may_list(text: str) -> bool:
    """Whether a sentence has words that could open a list; a cheap test."""
    return QUICK.search(text) is not None


def listing(text: str, start: int, end: int, row: Sequence[Mention], official: bool) -> Listing | None:
    """The list of participants in ``text[start:end]``, whose mentions are ``row``; None where it has none.

    ``official``: in a government's release a talk may go without saying.
    """
    sentence = text[start:end]
    if not may_list(sentence):
        return None
    outer = _outer(row)
    for cue in CUES:
        found = cue.search(sentence)
        if found is None:
            continue
        first, last = start + found.start(), start + found.end()
        listed = run_of(text, last, [m for m in outer if m.start >= last])
        person = any(m.kind in ("person", "office") for m in listed)
        if not listed or DENIED.search(text, first, last):
            continue
        person = person or _officials(text[last : listed[0].start])
        inside = [m for m in outer if first <= m.start < last and m.kind in ("person", "office")]
        hosts = inside + _subject(text, first, outer)
        sure = cue is PARTICIPANTS or (official and "attend" not in found.group().lower())
        if (person and sure) or (TALK.search(sentence) and (person or hosts or cue is not JOINED)):
            planned = PLANNED.search(text, max(start, first - 20), last) is not None
            remote = REMOTE.search(sentence) is not None
            own = (h for h in hosts if _party(h) or (official and h.kind == "office" and h.acts))
            return Listing(tuple(own), listed, remote, planned)
    return _ahead(text, start, sentence, outer)


def _ahead(text: str, start: int, sentence: str, outer: Sequence[Mention]) -> Listing | None:
    """The list that a sentence begins with, of three or more: "Ministers from A, B and C took part in the forum"."""
    found = TOOK_PART.search(sentence)
    if found is None or DENIED.search(sentence):
        return None
    last = start + found.start()
    row = [m for m in outer if m.end <= last and m.kind != "other"]
    while row and not _party(row[0]):
        row = row[1:]
    if not row or not _plain(text[start : row[0].start]):
        return None
    listed = run_of(text, row[0].start, row)
    if len({m.party for m in listed}) < 3:
        return None
    rest = text[listed[-1].end : last]
    apart = AND_OTHERS.fullmatch(rest)
    if rest.strip(" ,") and apart is None and not all(_belongs(w) for w in re.findall(r"[\w’'-]+", rest)):
        return None
    officials = _officials(text[start : row[0].start]) or any(m.kind in ("person", "office") for m in listed)
    if not officials:
        return None
    planned = PLANNED.search(found.group()) is not None
    return Listing((), listed, REMOTE.search(sentence) is not None, planned)


def _plain(words: str) -> bool:
    """Whether what stands before a list only says what those listed are: "Leaders from Asian countries, including"."""
    return (
        len(words) < 120 and re.search(r"\b(?:that|who|said|says|by|with|after|when|were|was|is|are)\b", words) is None
    )


def block(text: str, sentences: Sequence[Span], rows: Sequence[Sequence[Mention]]) -> tuple[Mention, ...]:
    """Those listed one a line below a heading of its own, "Participants included:"; empty where there is none."""
    for n, span in enumerate(sentences):
        if not HEADING.search(span.text) or not PARTICIPANTS.search(span.text):
            continue
        out: list[Mention] = []
        items = 0
        for below, row in zip(sentences[n + 1 :], rows[n + 1 :], strict=True):
            if not BULLET.match(text, max(below.start - 2, 0)) and not BULLET.match(below.text):
                break
            starts = [below.start, *(below.start + m.end() for m in BULLET.finditer(below.text)), below.end]
            for a, b in pairwise(starts):
                items += b - a > 2
                out += _item([m for m in _outer(row) if _party(m) and a <= m.start < b])
        if 2 * len(out) > items:
            return tuple(out)
    return ()


def _item(row: Sequence[Mention]) -> list[Mention]:
    """The participant that a line names with a country or body: its person, where the two go together."""
    lands = [m for m in row if m.kind in ("country", "org", "body")]
    people = [m for m in row if m.kind == "person" and lands and m.party == lands[-1].party]
    return people[:1] or lands[-1:]


def _outer(row: Sequence[Mention]) -> list[Mention]:
    """The mentions of a sentence without those that stand inside others."""
    out: list[Mention] = []
    for m in row:
        if not out or m.start >= out[-1].end:
            out.append(m)
    return out


def _party(m: Mention) -> bool:
    return m.kind in KINDS and m.acts and m.party is not None


def run_of(text: str, at: int, row: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions of a list that begins at ``at``, as far as nothing but its own joints stands between them."""
    out: list[Mention] = []
    for m in row:
        between = text[at : m.start]
        joint = BETWEEN.match(between)
        rest = between[joint.end() :] if joint else between
        if len(between) > 160 or not all(_belongs(w) for w in re.findall(r"[\w’'-]+", rest)):
            break
        if out and not (joint and joint.group().strip()) and not re.search(r",|\band\b", between):
            break
        if out and out[-1].kind in ("person", "office") and m.kind == "country" and not _officials(between):
            break  # "the ambassador to Fiji, Tonga and Samoa"
        if _party(m):
            out.append(m)
        elif m.kind in ("adjective", "people", "capital", "metonym"):
            break
        at = m.end
    return tuple(out)


def _belongs(word: str) -> bool:
    low = word.lower()
    return low in SMALL or word[0].isupper() or low in _titles()


@cache
def _titles() -> frozenset[str]:
    """The words for those who act for a state, in both numbers, and what stands before them."""
    single = {noun for noun, agent in agents().items() if agent.acts}
    few = "foreign prime defence defense finance trade interior deputy vice heads head state states government"
    return frozenset(single | {f"{noun}s" for noun in single} | set(few.split()))


def _officials(words: str) -> bool:
    return any(w.lower() in _titles() for w in re.findall(r"\w+", words))


def _subject(text: str, at: int, row: Sequence[Mention]) -> list[Mention]:
    """The one who "was joined by" those listed, just before these words."""
    before = [m for m in row if m.end <= at]
    if before and re.fullmatch(
        r",?(?: (?:was|were|is|are|will be|has been|also|then))*,? ?", text[before[-1].end : at]
    ):
        return before[-1:]
    return []
