"""Lines for a pipe, and the small texts that a pipe and a terminal share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from relwatch.records import Article
from relwatch.render.fields import TIMELINE_FIELDS, timeline_flat
from relwatch.render.formats import cell

if TYPE_CHECKING:
    from relwatch.contacts import Silence
    from relwatch.holdings import Copy
    from relwatch.query import Row
    from relwatch.shifts import Shift
    from relwatch.timeline import TimelineRow


def count(number: int, noun: str) -> str:
    """``1 event``, ``2 events``, ``no events``."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def told(reports: int, sources: int) -> str:
    """``3 reports of 2 sources``; nothing for a single report."""
    if reports < 2:
        return ""
    return count(reports, "report") + (f" of {count(sources, 'source')}" if sources != reports else "")


def also_carried(copies: Sequence[Copy]) -> str:
    """``a story of Reuters, The Paper and 2 more too``; nothing where nobody else carries it."""
    names = list(dict.fromkeys(copy.outlet or copy.url or short_id(copy.article) for copy in copies))
    if not names:
        return ""
    shown, more = (names, 0) if len(names) <= 3 else (names[:2], len(names) - 2)
    last = f"{more} more" if more else shown.pop()
    return f"a story of {', '.join(shown)}{' and ' if shown else ''}{last} too"


def silence_text(silence: Silence) -> str:
    """``45 days to 2022-02-12, unusually long (median 7, nine of ten up to 30); no contact in 3 articles ...``."""
    known = {
        "usual": "as usual",
        "unusual": "unusually long",
        "no rhythm": "too few contacts to tell whether that is long",
    }
    rhythm = f" (median {silence.usual}, nine of ten up to {silence.long})" if silence.usual is not None else ""
    if silence.articles:
        read = f"no contact reported in {count(silence.articles, 'article')} of that time"
        read += f", {silence.on_pair or 'none'} on the pair"
    else:
        read = "the store holds no articles of that time"
    if silence.verdict == "few articles":
        read += f", too few to judge (about {silence.expected} to be expected)"
    judged = f", {known[silence.verdict]}" if silence.verdict in known else ""
    return f"{count(silence.days, 'day')} to {silence.until}{judged}{rhythm}; {read}"


def change_text(shift: Shift) -> str:
    """``-0.2 to -1.1 (delta -0.51)``, ``10 to 50 a period``, ``8% to 31% of encounters``: what a shift was."""
    if shift.what.startswith("tone"):
        return f"{signed(shift.before)} to {signed(shift.after)} (delta {shift.size:+.2f})"
    if shift.what == "frequency":
        return f"{shift.before:g} to {shift.after:g} encounters a period"
    return f"{shift.before:.0%} to {shift.after:.0%} of encounters"


def signed(mean: float | None) -> str:
    """A mean tone with its sign: ``+0.5``, ``0.0``; nothing for None."""
    return "" if mean is None else f"{mean:+.1f}".replace("+0.0", "0.0").replace("-0.0", "0.0")


def side_name(side: str, a: str, b: str) -> str:
    """Whose tone: ``RUS > USA``, ``USA > RUS``, ``both`` or ``others``."""
    return {"a": f"{a} > {b}", "b": f"{b} > {a}"}.get(side, side)


def manners_text(manners: Mapping[str, int]) -> str:
    """``3 quoted, 1 official``: how statements are told."""
    named = {"counterpart": "told by the other side", "reporter": "in the reporter's words"}
    return ", ".join(f"{n} {named.get(manner, manner)}" for manner, n in manners.items() if n)


def report_line(row: Row) -> str:
    """A report in one line: id, day of publication, outlet, sentence, separated by tabs."""
    sentence = row.event.evidence[0].text if row.event.evidence else ""
    published = row.published.isoformat() if row.published else "undated"
    return "\t".join(cell(part) for part in (row.event.id, published, row.outlet, sentence))


def short_id(id_: str) -> str:
    """An id as it is shown: the beginning of a long digest is enough for ``relwatch show``."""
    return id_ if len(id_) <= 24 else id_[:12]


def published(article: Article) -> str:
    """The day of publication with how it is known: ``2020-04-30 (inferred: why)``, or ``undated``."""
    if article.published is None:
        return "undated"
    why = f": {article.published_why}" if article.published_why else ""
    return f"{article.published.isoformat()} ({article.published_basis}{why})"


def found_plain(article: Article, outcome: str, rows: Sequence[TimelineRow]) -> str:
    """An article and its events as lines: the article's fields, then each event's after a tab."""
    head = (outcome, short_id(article.id), published(article), article.outlet, article.title)
    lines = ["\t".join(cell(part) for part in head)]
    lines += ["\t" + "\t".join(cell(timeline_flat(row)[name]) for name in TIMELINE_FIELDS) for row in rows]
    return "\n".join(lines) + "\n"
