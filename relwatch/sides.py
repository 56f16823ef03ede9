"""Whose words an event is told in, and in what voice.

Three questions are kept apart. *Whose account* is it (``account_of``): the government's that publishes it, whoever
speaks in it; else the speaker's side, else that of the state that owns the outlet (``data/outlets.csv``). *Whose
words* are they (``voice_of``): the speaker's, else the outlet's owner's. *Whose tone towards the other* is it
(``side_of``): that of the side that acts or speaks, however it is told (``manner_of``): in its own quoted words,
paraphrased, in a release of its own government, by the other side, or in a reporter's words.
"""

from __future__ import annotations

import re
from typing import Literal

from relwatch.outlets import owner_of
from relwatch.query import Row
from relwatch.records import Event

Voice = Literal["a", "b", "others"]
Side = Literal["a", "b", "both", "others"]
Manner = Literal["quoted", "official", "paraphrased", "counterpart", "reporter"]
MANNERS: tuple[Manner, ...] = ("quoted", "official", "paraphrased", "counterpart", "reporter")

QUOTED = re.compile(r"“[^”]*(?:”|$)|^[^“”]*”|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|^[^«»]*»")
WORDS_QUOTED = 4  # words in quotation marks that make a statement without words of tone a quoted one


def account_of(row: Row, a: str, b: str) -> Voice:
    """Whose account an event is told in: what the Kremlin tells of Erdogan's words is the Kremlin's account."""
    publisher = owner_of(row.outlet, row.url, government=True)
    if publisher is None:
        return voice_of(row, a, b)
    return "a" if publisher == a else "b" if publisher == b else "others"


def voice_of(row: Row, a: str, b: str) -> Voice:
    """Whose words an event is told in."""
    speaker = row.event.speaker
    party = speaker.party if speaker and speaker.party in (a, b) else None
    if party is None and not (speaker and speaker.party):
        party = owner_of(row.outlet, row.url)
    return "a" if party == a else "b" if party == b else "others"


def side_of(row: Row, a: str, b: str) -> Side:
    """Whose tone towards the other an event shows.

    That of a directed event is its actor's, that of a mutual one its speaker's, or its government's that
    publishes it; "both" where nobody of either side speaks; "others" where somebody of a third party does.
    """
    event = row.event
    speaker = event.speaker.party if event.speaker else owner_of(row.outlet, row.url, government=True)
    if (event.speaker or speaker) and speaker not in (a, b):
        return "others"
    who = {p.party for p in event.actor} if event.recipient else {speaker}
    if (a in who) == (b in who):
        return "both"
    return "a" if a in who else "b"


def manner_of(row: Row, a: str, b: str) -> Manner:
    """How the tone is told: quoted, official, paraphrased, counterpart (told by the other side) or reporter."""
    event, side = row.event, side_of(row, a, b)
    party = {"a": a, "b": b}.get(side)
    owner = owner_of(row.outlet, row.url, government=True)
    told_by = event.speaker.party if event.speaker else owner
    if party and told_by in (a, b) and told_by != party:
        return "counterpart"
    if event.speaker:
        return "quoted" if _quoted(event) else "paraphrased"
    return "official" if owner and owner == party else "reporter"


def _quoted(event: Event) -> bool:
    """Whether the words of tone stand in quotation marks; without any, whether some of the sentence does."""
    for span in event.evidence:
        marked = [match.span() for match in QUOTED.finditer(span.text)]
        for phrase in event.tone.phrases:
            at = phrase.start - span.start
            if any(first <= at < last for first, last in marked):
                return True
        if not event.tone.phrases and any(len(span.text[i:j].split()) >= WORDS_QUOTED for i, j in marked):
            return True
    return False
