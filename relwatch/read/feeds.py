"""RSS and Atom files: one article an entry.

lxml, which the reader of web pages needs anyway, reads them: it mends broken XML, and with the settings
below it expands no entities and opens no address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from relwatch.read.draft import Draft, headed
from relwatch.read.fieldnames import author, day
from relwatch.read.html import fragment_text

MOST_BYTES = 50_000_000
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]{0,500}>\s*)?(?:<!--.{0,5000}?-->\s*|<\?[^>]{0,500}\?>\s*|<!DOCTYPE\s+(?!html)[^>]{0,5000}>\s*)*"
    r"(?:<!ENTITY[^>]{0,5000}>\s*|\]>\s*)*<(?:rss|feed|rdf:RDF)\b",
    re.I | re.S,
)
_TEXTS = ("encoded", "content", "description", "summary")  # the whole text first
_DATES = ("pubDate", "published", "issued", "date", "updated", "modified")


def looks_like(head: str) -> bool:
    """Whether a text that begins so is a feed."""
    return _FEED.match(head) is not None


def read(data: bytes) -> Iterator[Draft]:
    """The articles of a feed, in its order."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        yield Draft(problem="is no feed that can be read (broken XML); save it again")
        return
    entries = [e for e in root.iter() if _name(e) in ("item", "entry")]
    if not entries:
        yield Draft(problem="is a feed without entries; there is nothing to read in it")
    channel = next((e for e in root.iter() if _name(e) in ("channel", "feed")), root)
    outlet = _value(channel, ("title",))
    for number, entry in enumerate(entries, 1):
        yield _entry(entry, f"entry {number}", outlet)


def _entry(entry: Any, at: str, outlet: str | None) -> Draft:
    title = _value(entry, ("title",))
    title = " ".join(fragment_text(title).split()) if title else None
    body = fragment_text(_value(entry, _TEXTS) or "")
    if not body and not title:
        return Draft(at, problem="is empty; give the text of an article")
    try:
        on = day(_value(entry, _DATES))
    except (ValueError, OverflowError):
        on = None  # the text may still tell
    source = next((e for e in entry if _name(e) == "source"), None)
    of = source is not None and (_value(source, ("title",)) or (source.text or "").strip())
    return Draft(
        at, headed(title, body), title=title, date=on, outlet=of or outlet, url=_link(entry), author=_author(entry)
    )


def _author(entry: Any) -> str | None:
    who = next((child for child in entry if _name(child) == "author"), None)
    name = _value(who, ("name",)) if who is not None and len(who) else None
    return author(name or _value(entry, ("creator", "author")))


def _name(element: Any) -> str:
    """An element's name without its namespace; '' for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any, names: tuple[str, ...]) -> str | None:
    for name in names:
        for child in element:
            if _name(child) == name and (words := "".join(child.itertext()).strip()):
                return words
    return None


def _link(entry: Any) -> str | None:
    for child in entry:
        if _name(child) == "link":
            address = (child.text or "").strip() or child.get("href")
            if address and child.get("rel", "alternate") == "alternate":
                return str(address)
    return None
