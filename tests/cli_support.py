"""A coder without spaCy for the tests of the command line: a few verbs, two countries."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date

from relwatch.records import Article, DateSpan, Event, Party, Span, Tone

PUTIN = Party("RUS", "Vladimir Putin", "president")
BIDEN = Party("USA", "Joe Biden", "president")
SENTENCE = re.compile(r"[^.\n]+\.")
TEXT = (
    "Putin and Biden speak by phone\n\n"
    "MOSCOW, December 30, 2021. /Sample Wire/. Putin and Biden spoke by phone about arms control.\n\n"
    "Putin warned Biden of a complete rupture [sic].\n\n"
    "Biden praised the frank and useful talks with Russia.\n\n"
    "Putin and Biden will meet in Geneva.\n"
)


def article(text: str = TEXT, id_: str = "a1", outlet: str | None = "Sample Wire") -> Article:
    """An article of the last days of 2021."""
    return Article(
        id=id_,
        text=text,
        title=text.split("\n", 1)[0],
        outlet=outlet,
        published=date(2021, 12, 31),
        published_basis="dateline",
    )


def events(text: str, article_id: str = "a1") -> tuple[Event, ...]:
    """One event for each sentence with a verb that is known here."""
    return tuple(_events(text, article_id))


def _events(text: str, article_id: str) -> Iterator[Event]:
    for match in SENTENCE.finditer(text):
        said = match[0]
        start = match.start() + len(said) - len(said.lstrip())
        evidence = (Span(start, match.end(), text[start : match.end()]),)
        day = DateSpan(date(2021, 12, 30), date(2021, 12, 30), "day")
        common = {"article": article_id, "place": None, "evidence": evidence, "confidence": 0.9}
        key = hashlib.sha256((article_id + said).encode()).hexdigest()[:12]
        if "spoke by phone" in said:
            yield _event(key, "CONSULT", "phone", (PUTIN, BIDEN), (), 0, text, day, common, ("arms_control",))
        elif "warned" in said:
            yield _event(key, "THREATEN", None, (PUTIN,), (BIDEN,), -2, text, day, common, ("relations",))
        elif "praised" in said:
            yield _event(key, "SUPPORT", None, (BIDEN,), (PUTIN,), 2, text, day, common, ())
        elif "will meet" in said:
            later = DateSpan(date(2022, 1, 1), date(2022, 1, 31), "month")
            yield _event(key, "CONSULT", "meet", (PUTIN, BIDEN), (), 0, text, later, common, ())


def _event(
    key: str,
    type_: str,
    mode: str | None,
    actor: tuple[Party, ...],
    recipient: tuple[Party, ...],
    tone: int,
    text: str,
    day: DateSpan,
    common: dict[str, object],
    topics: tuple[str, ...],
) -> Event:
    words = {2: "frank and useful", -2: "complete rupture"}.get(tone)
    at = text.find(words) if words else -1
    phrases = (Span(at, at + len(words), words),) if words and at >= 0 else ()
    return Event(
        id=key,
        type=type_,
        mode=mode,
        status="planned" if "will" in str(common["evidence"]) else "actual",
        actor=actor,
        recipient=recipient,
        speaker=None,
        topics=topics,
        tone=Tone(tone, phrases),
        date=day,
        **common,  # type: ignore[arg-type]
    )
