"""Small builders of articles and events for tests: everything has a default, tests say what matters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from relwatch.records import Article, DateSpan, Event, Party, Span, Tone
from relwatch.store import Store

_number = count(1)


def make_article(text: str | None = None, **fields: Any) -> Article:
    """An article with a text, an id and an outlet of its own; ``published`` may be an ISO date."""
    n = next(_number)
    if isinstance(fields.get("published"), str):
        fields["published"] = date.fromisoformat(fields["published"])
        fields.setdefault("published_basis", "given")
    values: dict[str, Any] = {
        "id": f"article-{n}",
        "text": f"Article {n}. They spoke. It was useful." if text is None else text,
        "title": f"Title {n}",
        "outlet": "Example News",
    }
    return Article(**(values | fields))


def party(text: str | Party) -> Party:
    """``"RUS"``, ``"Putin/RUS"`` or ``"Putin/RUS/president"`` as a Party."""
    if isinstance(text, Party):
        return text
    parts = text.split("/")
    if len(parts) == 1:
        return Party(text)
    name, id_, *role = parts
    return Party(id_, name or None, *role)


def day_span(text: str | None) -> DateSpan:
    """``"2020-04-30"``, ``"2020-04"``, ``"2020"``, ``"2020-04-01..2020-04-30"`` or None as a DateSpan."""
    if text is None:
        return DateSpan()
    first, _, last = text.partition("..")
    last = last or first
    if len(first) == 4:
        return DateSpan(date(int(first), 1, 1), date(int(last), 12, 31), "year")
    if len(first) == 7:
        year, month = map(int, last.split("-"))
        following = date(year + month // 12, month % 12 + 1, 1)
        end = date.fromordinal(following.toordinal() - 1)
        return DateSpan(date.fromisoformat(f"{first}-01"), end, "month")
    return DateSpan(date.fromisoformat(first), date.fromisoformat(last), "day")


def make_event(
    article: Article,
    actor: Sequence[str | Party] = ("RUS", "USA"),
    recipient: Sequence[str | Party] = (),
    *,
    when: str | None = "2020-04-30",
    tone: int = 0,
    **fields: Any,
) -> Event:
    """An event of ``article``, a phone call of Russia and the USA unless told otherwise.

    Evidence is the article's first 20 characters; a tone other than 0 has its first 7 as the phrase.
    """
    text = article.text
    values: dict[str, Any] = {
        "id": f"{next(_number):08x}",
        "type": "STATEMENT" if recipient else "CONSULT",
        "mode": None if recipient else "phone",
        "status": "actual",
        "speaker": None,
        "topics": (),
        "place": None,
        "evidence": (Span(0, min(20, len(text)), text[:20]),),
        "confidence": 0.5,
    }
    if isinstance(fields.get("speaker"), str):
        fields["speaker"] = party(fields["speaker"])
    return Event(
        article=article.id,
        actor=tuple(map(party, actor)),
        recipient=tuple(map(party, recipient)),
        tone=Tone(tone, (Span(0, 7, text[:7]),) if tone else ()),
        date=day_span(when),
        **(values | fields),
    )


def everything(store: Store) -> list[list[tuple[object, ...]]]:
    """Every row of every table."""
    names = [row[0] for row in store.select("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    return [list(store.select(f"SELECT * FROM [{name}]")) for name in names]
