"""Markdown: the words of a document, without its marks; what its front matter says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from relwatch.read.draft import Draft
from relwatch.read.fieldnames import draft

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\n(.{0,20000}?)\n(?:\1|\.\.\.)[ \t]*\n", re.S)
_PAIR = re.compile(r"^([A-Za-z][\w -]{0,40}?)(?::|[ \t]*=)[ \t]*(.+?)[ \t]*$", re.M)
_HEADING = re.compile(r"#{1,2} \S[^\n]{3,120}\n\s*\n")
_LONG_PARAGRAPH = re.compile(r"(?:[^\n]+\n){400}|[^\n]{20000}")  # the parser takes time with its square
_LINK = re.compile(r"\[[^\]\n]{1,200}\]\(https?://[^)\s]{1,500}\)")


def looks_like(head: str) -> bool:
    """Whether a text is Markdown: it has front matter, begins with a heading, or holds several links."""
    start = head.lstrip()
    front = _FRONT.match(start)
    return bool((front and _PAIR.search(front[2])) or _HEADING.match(start) or len(_LINK.findall(head)) > 1)


def read(text: str) -> Draft:
    """The article of a Markdown document."""
    from markdown_it import MarkdownIt

    front = _FRONT.match(text.lstrip())
    said = {k: v.strip("\"'") for k, v in _PAIR.findall(front[2])} if front else {}
    body = text.lstrip()[front.end() :] if front else text
    if _LONG_PARAGRAPH.search(body):
        return draft({**said, "text": body})
    tokens = MarkdownIt("commonmark", {"html": True}).parse(body)
    blocks = list(_blocks(tokens))
    heading = next((words for tag, words in blocks if tag == "h1"), None)
    words = "\n\n".join(words for _, words in blocks)
    made = draft({**said, "text": words})
    return made._replace(title=made.title or heading)


def _blocks(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """The tag and the words of each heading, paragraph and item; code and HTML are left out."""
    for before, token in pairwise(tokens):
        if token.type == "inline" and (words := _words(token.children or []).strip()):
            yield before.tag, words


def _words(tokens: list[Token]) -> str:
    """The words of inline tokens, on one line: breaks inside a paragraph mean nothing. Pictures have none."""
    out = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            out.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            out.append(" ")
    return "".join(out)
