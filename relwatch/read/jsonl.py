"""JSON: one article an object, a line or an item of a list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from relwatch.read.draft import Draft
from relwatch.read.fieldnames import NAMES, draft, plain
from relwatch.read.text import Unreadable

_LISTS = ("articles", "items", "documents", "docs", "results", "entries", "data", "news", "stories", "records", "hits")


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
            yield _line(line, at)


def _line(line: str, at: str) -> Draft:
    try:
        found = json.loads(line)
    except ValueError as error:
        return Draft(at, problem=f"is no JSON ({_first_words(error)}); write one object a line")
    except RecursionError:
        return Draft(at, problem="is nested too deeply; write one flat object a line")
    if not isinstance(found, dict):
        return Draft(at, problem='is no JSON object; write {"text": ...} on a line of its own')
    return draft(found, at)


def from_document(text: str) -> Iterator[Draft]:
    """The articles of one JSON document: an object, a list of them, or an object that holds such a list."""
    try:
        found = json.loads(text)
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
