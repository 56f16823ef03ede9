"""What news dumps call the parts of an article, and how they write a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

from relwatch.calendars import month_of
from relwatch.read.draft import Draft

# Written without case, spaces and marks; the first that has a value counts. Summaries and teasers are no text.
NAMES: dict[str, tuple[str, ...]] = {
    "text": tuple(
        "text body content articlebody fulltext maintext bodytext contenttext articletext maincontent articlecontent"
        " articlefulltext plaintext rawtext cleantext cleanedtext newstext storytext article story transcript"
        " paragraphs contenthtml bodyhtml htmlbody htmlcontent".split()
    ),
    "title": tuple(
        "title headline heading webtitle articletitle newstitle storytitle headlinetext titletext head".split()
    ),
    "date": tuple(
        "date publishedat published pubdate publicationdate publishdate datepublished datepublish publisheddate"
        " webpublicationdate publishtime publishedtime publicationtime firstpublicationdate articledate newsdate"
        " releasedate issued datetime timestamp dategmt".split()
    ),
    "outlet": tuple(
        "outlet source publisher publication sourcename newspaper sitename publishername publicationname newsoutlet"
        " newssource agency provider medianame mediaoutlet sourcetitle medium site sourcedomain domain".split()
    ),
    "url": tuple("url link weburl canonicalurl articleurl newsurl permalink href pageurl sourceurl".split()),
    "author": tuple("author authors byline creator writer journalist reporter articleauthor".split()),
    "id": tuple("id articleid guid uuid docid documentid identifier newsid storyid".split()),
}
# Within what else of a record its parts may stand.
_WRAPPERS = ("fields", "meta", "metadata", "document", "article", "attributes", "content", "properties", "data")
_ADDRESS = re.compile(r"https?://\S+")
_BY = re.compile(r"^by:?\s+|\s+(?=,)", re.I)
_MARKS = re.compile(r"[\W_]+")
_FIGURES = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)\b")
_TAGS = re.compile(r"</(?:p|div|a|strong|em|span|b|i|li|h[1-6])>|<(?:p|br)\b[^<>]{0,200}>", re.IGNORECASE)


def plain(name: str) -> str:
    """A field's name without case, spaces and marks: ``publishedAt`` and ``published_at`` are one."""
    return _MARKS.sub("", name).lower()


def draft(record: Mapping[str, Any], at: str | None = None) -> Draft:
    """The draft of a record with any of the names above; its ``problem`` where it is no article."""
    fields = _flat(record)
    key, text = _text(fields)
    if text is None:
        return Draft(at, problem='has no "text" (nor "body" or "content"); give the article\'s text under that name')
    if key != "text" and len(_TAGS.findall(text, 0, 20_000)) > 1:
        from relwatch.read.html import fragment_text

        text = fragment_text(text)
    said = {name: _words(_first(fields, name)) for name in ("id", "title", "outlet", "url")}
    made = Draft(at, text, said["id"], unescape(said["title"] or "") or None, None, said["outlet"], said["url"])
    if said["outlet"] and _ADDRESS.fullmatch(said["outlet"]):  # a clipping's source
        made = made._replace(outlet=None, url=said["url"] or said["outlet"])
    made = made._replace(author=author(_listed(fields)))
    stated = _first(fields, "date")
    try:
        return made._replace(date=day(stated))
    except (ValueError, OverflowError, OSError):
        return made._replace(problem=f"has a date that is none ({str(stated)[:30]!r}); write it as 2020-04-30")


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record by their plain names; those that stand in a wrapper after its own."""
    fields = {plain(str(key)): value for key, value in record.items()}
    for name in _WRAPPERS:
        if isinstance(inner := fields.get(name), dict):
            fields = {plain(str(key)): value for key, value in inner.items()} | fields
    return fields


def _text(fields: Mapping[str, Any]) -> tuple[str, str | None]:
    for name in NAMES["text"]:
        value = fields.get(name)
        if isinstance(value, list) and all(isinstance(piece, str) for piece in value):
            value = "\n\n".join(value)  # a text in paragraphs
        value = _inside(value)
        if isinstance(value, str) and (value or name == "text"):
            return name, value
    return "", None


def _first(fields: Mapping[str, Any], kind: str) -> Any:
    values = (_inside(fields.get(name)) for name in NAMES[kind])
    return next((v for v in values if isinstance(v, str | int | float) and not isinstance(v, bool) and v != ""), None)


def _inside(value: Any) -> Any:
    """The text of ``{"name": ...}`` (a source) or ``{"rendered": ...}`` (a blog's dump), else the value."""
    if isinstance(value, dict):
        inside = {plain(str(k)): v for k, v in value.items()}
        return next((inside[k] for k in ("name", "rendered", "main", "title", "text", "oid") if k in inside), None)
    return value


def _listed(fields: Mapping[str, Any]) -> str | None:
    """The names of the first field of authors that has any, be it one, a list, or objects with a name."""
    for name in NAMES["author"]:
        value = fields.get(name)
        inner = [_inside(one) for one in (value if isinstance(value, list) else [value])]
        if names := [one.strip() for one in inner if isinstance(one, str) and one.strip()]:
            return ", ".join(names)
    return None


def author(text: str | None) -> str | None:
    """Who wrote an article, without the "By" before the names; None for what is no name."""
    names = _BY.sub("", " ".join((text or "").replace(";", ",").split()))
    return names if 2 < len(names) <= 200 and not _ADDRESS.match(names) else None


def _words(value: Any) -> str | None:
    return None if value is None else str(value).strip() or None


def day(value: Any) -> date | None:
    """The day of a date, a time stamp or seconds since 1970; None for null and for a date without its day.

    Raises ValueError for what is none, and for figures that could be two days (``03/05/2019``).
    """
    text = "" if value is None else str(value).strip()
    if not text or (len(text) == 4 and text.isdigit()):
        return None
    if len(text) == 7 and text[4] == "-":
        month_of(int(text[:4]), int(text[5:]))
        return None
    if re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", text):
        seconds = float(text) / (1000 if len(text) > 11 and "." not in text else 1)
        return datetime.fromtimestamp(seconds, UTC).date()
    if re.match(r"\d{4}[-/.]\d\d[-/.]\d\d", text):
        return date.fromisoformat(text[:10].replace("/", "-").replace(".", "-"))
    if re.fullmatch(r"(?:19|20)\d{6}(?:T?\d{4,6}Z?)?", text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    figures = _FIGURES.match(text)
    if figures:
        return _of_figures(int(figures[1]), int(figures[3]), int(figures[4]), figures[2] == ".")
    return _in_words(text)


def _of_figures(one: int, two: int, year: int, day_first: bool) -> date:
    if day_first or one > 12 or one == two:
        return date(year, two, one)
    if two > 12:
        return date(year, one, two)
    raise ValueError("could be two days")


def _in_words(text: str) -> date:
    """``3 May 2019``, ``Fri, 03 May 2019 10:00:00 GMT``: day, month and year must all be there."""
    from dateutil import parser

    if len(text) > 60 or not re.search(r"(?:19|20)\d\d", text) or not re.search(r"[A-Za-z]{3}", text):
        raise ValueError("no date")
    one, two = (parser.parse(text, default=datetime(2000 + 4 * n, 1 + n, 1 + n)) for n in (0, 1))
    if one.date() != two.date():
        raise ValueError("no whole date")
    return one.date()
