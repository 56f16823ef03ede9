"""Run the examples of the tables: what ``relwatch check`` and the tests call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from relwatch import tables, tone, topics
from relwatch.coder import code
from relwatch.records import STATUSES, Article, Event
from relwatch.schema import Problem
from relwatch.tablecheck import sources

EXPECT = re.compile(
    r"(?P<type>[A-Z]+)(?:-(?P<mode>[a-z-]+))? (?P<actor>[A-Z0-9_+]+)(?:>(?P<recipient>[A-Z0-9_+]+))?"
    r"(?: (?P<status>" + "|".join(STATUSES) + r"))?$"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """An event as an example writes it: ``ACCUSE FRA>RUS``, ``CONSULT-phone USA+FRA planned``."""

    type: str
    mode: str | None
    actor: frozenset[str]
    recipient: frozenset[str]
    status: str

    def fits(self, event: Event) -> bool:
        """Whether an event is the one expected; an example without a mode takes any."""
        return (
            event.type == self.type
            and (self.mode is None or event.mode == self.mode)
            and {p.party for p in event.actor} == self.actor
            and {p.party for p in event.recipient} == self.recipient
            and event.status == self.status
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one example: ``problem`` is None when all is as the table says."""

    frame: str
    sentence: str
    expect: str
    got: str
    problem: str | None


def expected(cell: str) -> list[Expected]:
    """The events an example's cell lists, separated by ``;``. Raises ValueError on one it cannot read."""
    out: list[Expected] = []
    for item in (part.replace("[", "").replace("]", "").strip() for part in cell.split(";")):
        if not item:
            continue
        m = EXPECT.fullmatch(item)
        if m is None:
            raise ValueError(f"cannot read {item!r}; write TYPE[-mode] A+B>C [status]")
        out.append(
            Expected(
                m["type"],
                m["mode"],
                frozenset(m["actor"].split("+")),
                frozenset((m["recipient"] or "").split("+")) - {""},
                m["status"] or "actual",
            )
        )
    return out


def notation(event: Event) -> str:
    """An event in the notation of the examples."""
    text = event.type + (f"-{event.mode}" if event.mode else "") + " "
    text += "+".join(sorted({str(p.party) for p in event.actor}))
    if event.recipient:
        text += ">" + "+".join(sorted({str(p.party) for p in event.recipient}))
    return text if event.status == "actual" else f"{text} {event.status}"


def example_article(sentence: str, day: str) -> Article:
    """A one-sentence article of a given day, as an example stands for."""
    return Article(
        id="example",
        text=sentence,
        published=date.fromisoformat(day) if day else None,
        published_basis="given" if day else "unknown",
    )


def run_example(row: dict[str, str]) -> Outcome:
    """Code one row of frame_examples.csv and compare it with what the row expects."""
    events = code(example_article(row["sentence"], row.get("date") or ""))
    got = " ; ".join(notation(e) for e in events)
    wanted = expected(row["expect"])
    missing = [w for w in wanted if not any(w.fits(e) for e in events)]
    problem = None
    if missing:
        problem = "missing"
    elif row["kind"] == "no" and (not wanted and events):
        problem = "should give no event"
    return Outcome(row["frame"], row["sentence"], row["expect"], got, problem)


def outcomes(rows: Iterable[dict[str, str]] | None = None) -> Iterator[Outcome]:
    """The outcome of every row of frame_examples.csv, or of the given ones."""
    for row in rows if rows is not None else tables.rows("frame_examples.csv"):
        yield run_example(row)


# -- the examples of all tables, as problems of their lines ---------------------------------------


def example_problems() -> Iterator[Problem]:
    """The examples, ours and the user's, that do not come out as their tables say; these must be sound."""
    for name, run in (
        ("eras.csv", _era_problem),
        ("tone_examples.csv", _tone_problem),
        ("topic_examples.csv", _topic_problem),
        ("frame_examples.csv", _frame_problem),
    ):
        for source in sources(name):
            found = run(source.row)
            if found:
                yield Problem(source.path, source.line, *found)


def example_count() -> int:
    """How many examples there are."""
    names = ("eras.csv", "tone_examples.csv", "topic_examples.csv", "frame_examples.csv")
    return sum(1 for name in names for _ in sources(name))


Finding = tuple[str, str]


def _frame_problem(row: dict[str, str]) -> Finding | None:
    try:
        outcome = run_example(row)
    except ValueError as error:
        what, _, hint = str(error).partition("; ")
        return what, hint
    if outcome.problem is None:
        return None
    wanted = outcome.expect or "no event"
    return (
        f"{outcome.frame}: gives {outcome.got or 'no event'}, not {wanted}: {outcome.sentence}",
        "mend the frame or the example; `relwatch why --text` shows the words",
    )


def _tone_problem(row: dict[str, str]) -> Finding | None:
    text, base = row["sentence"], int(row["base"]) if row["base"] else None
    found = tone.stated(text, [(0, len(text))], type=row["type"], mode=row["mode"] or None, base=base)
    if found.score == int(row["score"]):
        return None
    words = ", ".join(p.text for p in found.phrases) or "no word"
    return f"gives tone {found.score} ({words}), not {row['score']}: {text}", "mend tone.csv or the example"


def _topic_problem(row: dict[str, str]) -> Finding | None:
    text, wanted = row["sentence"], set(tables.listed(row["topics"]))
    found = topics.label(text, [(0, len(text))], type=row["type"], mode=row["mode"] or None)
    if {topic for topic, _ in found} == wanted:
        return None
    got = ", ".join(f"{topic} ({span.text})" for topic, span in found) or "no topic"
    return f"gives {got}, not {'|'.join(sorted(wanted)) or 'none'}: {text}", "mend topics.csv or the example"


def _era_problem(row: dict[str, str]) -> Finding | None:
    pattern = re.compile(row["pattern"])
    if row["example"] and not pattern.search(row["example"]):
        return f"the pattern does not find its example: {row['example']}", "mend one of them"
    if row["counterexample"] and pattern.search(row["counterexample"]):
        return f"the pattern finds its counterexample: {row['counterexample']}", "mend one of them"
    return None
