"""JSON: one article an object, a line or an item of a list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from relwatch.read.draft import Draft
from relwatch.read.fieldnames import NAMES, draft, plain
from relwatch.read.text import Unreadable

_LISTS = (
    "articles", "items", "documents", "docs", "results", "entries", "data", "news", "stories", "records", "hits",
    "value",
)  # fmt: skip


def is_lines(head: str) -> bool:
    """Whether a text that begins so is JSON lines: its first line is an object by itself, or would be one."""
    first = next((line for line in head.split("\n", 50) if line.strip()), "").strip()
    if not first.startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except RecursionError:
        return True
    except ValueError:
        return '"text"' in first[:2000] or '"id"' in first[:200] or (len(first) > 200 and first[1:].lstrip()[:1] == '"')


def from_lines(lines: Iterable[str | Unreadable]) -> Iterator[Draft]:
    """The articles of JSON lines; a broken line gives a draft with a problem, and the rest goes on."""
    for number, line in enumerate(lines, 1):
        at = f"line {number}"
        if isinstance(line, Unreadable):
            yield Draft(at, problem=str(line))
        elif line.strip():
            yield from _line(line, at)


def _line(line: str, at: str) -> Iterator[Draft]:
    """The article of a line, or the articles where it is a whole answer of a news service."""
    try:
        found = json.loads(line)
    except ValueError as error:
        yield Draft(at, problem=f"is no JSON ({_first_words(error)}); write one object a line")
        return
    except RecursionError:
        yield Draft(at, problem="is nested too deeply; write one flat object a line")
        return
    if not isinstance(found, dict):
        yield Draft(at, problem='is no JSON object; write {"text": ...} on a line of its own')
    elif (records := _records(found)) is None:
        yield draft(found, at)
    else:
        yield from (one.within(at) for one in _of_list(records))


def from_document(text: str) -> Iterator[Draft]:
    """The articles of one JSON document: an object, a list of them, or an object that holds such a list."""
    try:
        found = _loaded(text)
    except ValueError as error:
        yield Draft(problem=f"is no JSON ({_first_words(error)}); save it again")
        return
    except RecursionError:
        yield Draft(problem="is nested too deeply; write one flat object an article")
        return
    records = _records(found)
    if records is None:
        yield draft(found) if isinstance(found, dict) else Draft(problem="holds no articles; give objects with text")
        return
    yield from _of_list(records)


def _loaded(text: str) -> Any:
    """A document; a list of them where several stand one after another."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if not error.msg.startswith("Extra data"):
            raise
    found, at, decoder = [], 0, json.JSONDecoder()
    while rest := text[at : at + 1000].lstrip(" \t\r\n,"):
        at = text.index(rest[0], at)
        one, at = decoder.raw_decode(text, at)
        found.append(one)
    return found


def _of_list(records: Iterable[Any]) -> Iterator[Draft]:
    for number, record in enumerate(records, 1):
        at = f"item {number}"
        yield draft(record, at) if isinstance(record, dict) else Draft(at, problem="is no object; give one an article")


def _records(found: Any, depth: int = 0) -> list[Any] | None:
    """The list of articles in a document; the wrappings of search engines and news services are taken off."""
    if isinstance(found, list):
        return [item.get("_source", item) if isinstance(item, dict) else item for item in found]
    if not isinstance(found, dict) or depth > 3:
        return None
    fields = {plain(str(k)): v for k, v in found.items()}
    if any(isinstance(fields.get(name), str) for name in NAMES["text"][:3]):
        return None
    for name in (*_LISTS, "response"):
        inner = _records(fields[name], depth + 1) if name in fields else None
        if inner is not None:
            return inner
    return None


def _first_words(error: ValueError) -> str:
    return str(error).split(":")[0].lower()
