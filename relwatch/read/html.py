"""Saved web pages: title, outlet, day, address and body, without what stands around the article.

trafilatura finds the body and htmldate the day; both are imported when a page is read and not before.
"""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

from relwatch.read.draft import Draft, headed
from relwatch.read.fieldnames import author, day

MOST_BYTES = 20_000_000  # of one page
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,5000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|meta)\b",
    re.I | re.S,
)
_BLOCKS = frozenset("p div br li ul ol tr h1 h2 h3 h4 h5 h6 blockquote section article figure figcaption table".split())
_SILENT = frozenset("script style noscript template svg figure figcaption iframe".split())
# A headline of its own and a few lines: below that it is a teaser or a comment.
_SEVERAL, _OWN_WORDS, _SHARE = 3, 60, 0.5
_LINKED_HEADINGS = 15
# What no page of an article has; the libraries take time with its square.
_MOST_ELEMENTS, _MOST_ATTRIBUTES, _LONG_FRAGMENT = 40_000, 1_000, 5_000_000
_JOINTS = (" | ", " - ", " – ", " — ", " : ", " :: ", " · ", " » ")
_SITE = 8  # words of a site's name
# The note that browsers and SingleFile leave.
_SAVED = re.compile(r"<!--[^>]{0,300}?(?:saved from url=\(\d+\)|\burl: ?)\s*(https?://[^\s<>]+)")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{10000,}")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")


def looks_like(head: str) -> bool:
    """Whether a text that begins so is a web page."""
    return _PAGE.match(head) is not None


def read(data: bytes | str, url: str | None = None) -> Draft:
    """The article of a web page; its ``problem`` where the page has none, or several."""
    import logging

    import lxml.html
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    for library in ("trafilatura", "htmldate"):  # what they log would reach the user's terminal
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
    if len(data) > MOST_BYTES:
        return Draft(problem=f"is too large for a web page (at most {MOST_BYTES // 1_000_000} MB); save the text alone")
    if _overloaded(data):
        return Draft(problem="is no page that a browser would have saved (endless tags); save the text alone")
    tree = load_html(data)
    if not isinstance(tree, lxml.html.HtmlElement):
        return Draft(problem="holds no article that could be found; save the text alone")
    problem = _problem(tree)
    if problem:
        return Draft(problem=problem)
    found = bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        # What the page says of its day, not any date that stands in it: a wrong day is worse than none.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    body = getattr(found, "text", None)
    if found is None or isinstance(found, dict) or not body or not body.strip():
        return Draft(problem="holds no article that could be found; save the text alone")
    title, site = _title(tree, found.title)
    return Draft(
        text=headed(title, re.sub(r"\n+", "\n\n", body)),
        title=title,
        date=_day(found.date),
        outlet=found.sitename or site or found.hostname,
        url=url or found.url or _address(tree, data),
        author=author(found.author),
    )


def _title(tree: Any, found: str | None) -> tuple[str | None, str | None]:
    """The headline, and the site's name where the page's title joins the two: ``Headline - The Paper``."""
    whole = " ".join("".join(tree.xpath("//head/title[1]//text()")).split())
    headings = [" ".join(h.text_content().split()) for h in tree.iter("h1", "h2")][:10]
    for joint in _JOINTS:
        parts = whole.rsplit(joint, 1)
        for headline, site in (parts, parts[::-1]) if len(parts) == 2 else ():
            if headline in headings and len(site.split()) <= _SITE:
                return headline, site
        parts = whole.split(joint, 1)
        if len(parts) == 2 and parts[1] in headings and len(parts[0].split()) <= _SITE:
            return parts[1], parts[0]
    return found, None


def _address(tree: Any, data: bytes | str) -> str | None:
    """The page's own address where no link says it: in microdata, or in the note of the browser that saved it."""
    for address in tree.xpath("//link[@itemprop='mainEntityOfPage' or @itemprop='url']/@href"):
        if address.startswith(("http://", "https://")):
            return str(address)
    start = data[:3000]
    note = _SAVED.search(start.decode("latin-1") if isinstance(start, bytes) else start)
    return note[1] if note else None


def _day(text: str | None) -> date | None:
    try:
        return day(text)
    except ValueError:
        return None


def _problem(tree: Any) -> str | None:
    """Why the page has no one article: it is a list of headlines, or carries several whole articles."""
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return f"is too large for a web page (over {_MOST_ELEMENTS} elements); save the text alone"
    tops = [piece for piece in tree.iter("article") if next(piece.iterancestors("article"), None) is None]
    leaves = [piece for piece in tree.iter("article") if next(piece.iterdescendants("article"), None) is None]
    whole = [
        size
        for piece in leaves
        if (size := _size(piece)) >= _OWN_WORDS and next(piece.iter("h1", "h2", "h3"), None) is not None
    ]
    if len(whole) >= _SEVERAL and max(whole) < _SHARE * sum(whole) > _SHARE**2 * sum(map(_size, tops)):
        return f"is a page with several articles ({len(whole)}); save each from its own page"
    kinds = tree.xpath("//meta[@property='og:type']/@content")
    linked = sum(next(h.iter("a"), None) is not None for h in tree.iter("h2", "h3"))
    if "website" in kinds and linked >= _LINKED_HEADINGS:
        return f"is a page of headlines ({linked} links), no article; save each article from its own page"
    return None


def _overloaded(data: bytes | str) -> bool:
    """Whether a tag has attributes without end. A picture inside a tag is long, but one value."""
    page = data.decode("latin-1") if isinstance(data, bytes) else data
    return any(
        len(_QUOTED.sub("", match[0]).split(None, _MOST_ATTRIBUTES)) > _MOST_ATTRIBUTES
        for match in _LONG_TAG.finditer(page)
    )


def _size(element: Any) -> int:
    """How many words an element holds."""
    return len(element.text_content().split())


class _Words(HTMLParser):
    """Collects the words of a fragment; blocks are parted by empty lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        if tag in _BLOCKS:
            self.out.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self.silent:
            self.silent -= 1
        if tag in _BLOCKS:
            self.out.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(re.sub(r"\s+", " ", data))


def fragment_text(fragment: str) -> str:
    """The words of a piece of HTML, as feeds, mails and dumps have it; all of it is taken for the article."""
    if len(fragment) > _LONG_FRAGMENT:
        return fragment  # too long for an article either way
    words = _Words()
    words.feed(fragment)
    words.close()
    return re.sub(r" ?\n[ \n]*", "\n\n", "".join(words.out)).strip()
