"""Temporal expressions of a text, and the days they stand for, seen from the article's own date.

``find`` runs the rules of ``timerules`` over a stretch of text, keeps the longest of those
that overlap and resolves each. Bare weekdays and months follow the convention of news: the
nearest one that the tense of the sentence allows. What cannot be resolved has precision
``unknown``; nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import date

from relwatch.records import TimeExpr
from relwatch.timeresolve import Seen
from relwatch.timerules import Rule, rules

_TENSE = re.compile(
    r"(?P<future>\b(?:(?:will|would|shall|should|could|may|might|must"
    r"|to)(?:\s\w+)?\sbe(?:\s\w+ly)?\s(?:\w+ed|held|made|sent|paid|led|brought)|will|shall|would|won['’]t"
    r"|due|scheduled|slated|expected"
    r"|invited|intends?|planned|plans?"
    r"|planning|going to|to be \w+ed|to be held|takes? (?:place|effect)|comes? into force|about to|set to"
    r"|set for|hopes? to"
    r"|aims? to|wants? to|(?:is|are|was|were) to (?:be \w+|\w+)|(?:to|can|could|may|might|should|must)"
    r" (?:meet|visit|host|hold|travel|sign|arrive|attend|begin|start))\b|['’]ll\b)"
    r"|(?P<plan>\b(?:upcoming|forthcoming|ahead of|agreed to|later|until|deadline|postponed|delayed)\b)"
    r"|(?P<past>\b(?:said|told|met|held|made|took|spoke|saw|came|went|left|gave|began|begun|won|sent|paid"
    r"|led|brought|lost|rose|fell|drew|flew|ran|stood|wrote|did|kept|struck|fought|fled|broke|threw|chose"
    r"|was|were|had|has|have|been|since|ago|after|following|buil(?:ds?|t|ding) (?:up)?on"
    r"|(?<!to be )(?:[a-z]{2,}[^e\W]|agre)ed)\b)"
)


def find(text: str, start: int, end: int, published: date | None, *, future: bool | None = None) -> list[TimeExpr]:
    """The temporal expressions in ``text[start:end]``, in order and not overlapping.

    Offsets are into the whole ``text``. ``published`` is the article's own day: without it only
    expressions that name a year resolve. ``future`` says whether bare weekdays, days and months
    lie ahead (True) or behind (False); None leaves it to the words around each.
    """
    out: list[TimeExpr] = []
    anchor: date | None = None
    for match, rule in _longest(text, start, end):
        ahead = _ahead(text, start, end, match) if future is None else future
        span = rule.resolve(Seen(match, published, ahead, anchor, future is not None))
        if span is None:
            continue
        if span.precision == "day" and span.start == span.end:
            anchor = span.start
        out.append(TimeExpr(match.start(), match.end(), match.group(), span))
    return out


def _longest(text: str, start: int, end: int) -> list[tuple[re.Match[str], Rule]]:
    """The matches of all rules, where they overlap only the earliest and longest."""
    found: list[tuple[re.Match[str], Rule]] = []
    for hint, group in rules():
        if hint.search(text, start, end):  # most sentences hold nothing of the kind
            found.extend((m, rule) for rule in group for m in rule.pattern.finditer(text, start, end))
    found.sort(key=lambda item: (item[0].start(), -item[0].end()))
    out: list[tuple[re.Match[str], Rule]] = []
    at = start
    for match, rule in found:
        if match.start() >= at:
            out.append((match, rule))
            at = match.end()
    return out


def _ahead(text: str, start: int, end: int, match: re.Match[str]) -> bool | None:
    """Whether the words around an expression put it in the future; None when they do not say.

    The last verb before it decides ("will meet on Friday, he said on Monday"); an expression that
    opens its sentence takes the first one after it.
    """
    verdict: bool | None = None
    for cue in _TENSE.finditer(text, max(start, match.start() - 160), match.start()):
        verdict = cue["past"] is None
    if verdict is None:
        first = _TENSE.search(text, match.end(), min(end, match.end() + 160))
        verdict = first["future"] is not None if first else None
    return verdict
