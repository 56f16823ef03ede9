"""Saved e-mail: press lists and newsletters send releases so."""

from __future__ import annotations

import re
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from relwatch.read import html
from relwatch.read.draft import Draft
from relwatch.read.html import fragment_text

MOST_BYTES = 50_000_000  # with its attachments
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):(?: |\t|$)")
_SAVED = re.compile(rb"^(?:from: <saved by|snapshot-content-location:)", re.I | re.M)
_PARTS = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.I | re.M)
_BOUNDARY = re.compile(rb"^--", re.M)
_MOST_NESTED, _MOST_PARTS = 100, 3000  # the parser takes time with the square of both
_SAVED = re.compile(rb"^(?:from: <saved by|snapshot-content-location:)", re.I | re.M)
_SURE = {"mime-version", "message-id", "received", "return-path", "delivered-to", "dkim-signature"}


def looks_like(head: str) -> bool:
    """Whether a text begins with the header of a mail."""
    names = set()
    for line in head.split("\n")[:200]:
        if not line.strip():
            break
        match = _HEADER.match(line)
        if match:
            names.add(match[1].lower())
        elif not names or line[0] not in " \t":
            return False
    return (bool(names & _SURE) and bool(names & {"from", "subject", "date"})) or {"from", "subject", "date"} <= names


def read(data: bytes) -> Draft:
    """The article that a mail carries: its text part, else its HTML part. Attachments are not looked at.

    A browser saves a page with its pictures in this form, too (``.mht``): then it is that page's article.
    """
    if len(_PARTS.findall(data)) > _MOST_NESTED or len(_BOUNDARY.findall(data)) > _MOST_PARTS:
        return Draft(problem="has more parts than a mail; save its text alone")
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        assert isinstance(message, EmailMessage)
        if _SAVED.search(data, 0, 2000):
            return _page(message)
        part = message.get_body(("plain", "html"))
        body = part.get_content() if part is not None else ""
        subject = " ".join(str(message.get("subject", "")).split())
    except Exception:  # the standard library raises many kinds for a malformed mail, and promises none
        return Draft(problem="is a malformed mail; save its text alone")
    if not isinstance(body, str):
        return Draft(problem="is a mail without text; save its text alone")
    if part is not None and part.get_content_subtype() == "html":
        body = fragment_text(body)
    subject = re.sub(r"^(?:(?:re|fwd?|fw)\s*:\s*)+", "", subject, flags=re.I)
    return Draft(text=body.replace("\r\n", "\n"), title=subject or None, date=_day(message), outlet=_list_name(message))


def _page(message: EmailMessage) -> Draft:
    address = message.get("snapshot-content-location")
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    data = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(data, bytes):
        return Draft(problem="is a saved page without its text; save it again")
    return html.read(data, str(address or part.get("content-location") or "").strip() or None)


def _day(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(str(message.get("date", ""))).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _list_name(message: EmailMessage) -> str | None:
    """Who sent it, where that is a list: a person who passes an article on is no outlet."""
    if not (message.get("list-id") or message.get("list-unsubscribe")):
        return None
    name, address = parseaddr(str(message.get("from", "")))
    return name or address.rpartition("@")[2] or None
