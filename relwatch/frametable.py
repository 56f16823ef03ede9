"""The rows of data/frames.csv: what a trigger word means and where its parties stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from relwatch import tables

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """A condition on a slot: ``obj=treaty|pact``, ``on:party``, ``comp`` (see data/README.md)."""

    slot: str
    op: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.slot}{self.op}{'|'.join(self.values[:6])}" + ("|..." if len(self.values) > 6 else "")


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of data/frames.csv; the columns are described in data/README.md."""

    id: str
    words: tuple[str, ...]
    pos: str
    type: str
    mode: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    mutual: bool
    needs: tuple[Need, ...]
    status: str | None
    tone: int | None
    speech: bool
    default: str
    confidence: float

    def listed(self, slot: str) -> frozenset[str]:
        """The words that a slot must be one of, empty where any will do."""
        wanted = [n.values for n in self.needs if n.slot == slot and n.op == "="]
        return NOTHING.union(*wanted)


def _needs(cell: str) -> tuple[Need, ...]:
    out = []
    for item in (part.strip() for part in cell.split(";")):
        for op in ("!=", "=", ":"):
            if op in item:
                slot, _, value = item.partition(op)
                out.append(Need(slot.strip(), op, tables.listed(value)))
                break
        else:
            if item:
                out.append(Need(item, "", ()))
    return tuple(out)


def _frame(row: dict[str, str], words: str) -> Frame:
    return Frame(
        id=row["id"],
        words=tuple(words.split()),
        pos=row["pos"],
        type=row["type"],
        mode=row["mode"] or None,
        actor=tables.listed(row["actor"]),
        recipient=tables.listed(row["recipient"]),
        mutual=row["mutual"] == "yes",
        needs=_needs(row["needs"]),
        status=row["status"] or None,
        tone=int(row["tone"]) if row["tone"] else None,
        speech=row["speech"] == "yes",
        default=row["default"],
        confidence=float(row["confidence"] or 0.5),
    )


@cache
def frames() -> dict[str, tuple[Frame, ...]]:
    """The frames by the first word of their triggers; the more a row demands, the sooner it is tried."""
    out: dict[str, list[Frame]] = {}
    for row in tables.rows("frames.csv"):
        for words in tables.listed(row["trigger"]):
            frame = _frame(row, words.lower())
            out.setdefault(frame.words[0], []).append(frame)
    return {
        k: tuple(sorted(v, key=lambda f: (-len(f.words), -len(f.needs), -f.confidence, f.id))) for k, v in out.items()
    }


@cache
def light_verbs() -> dict[str, str]:
    """Light verbs and whether their subject is the actor or the recipient of the noun."""
    return {row["verb"]: row["subject_is"] for row in tables.rows("light_verbs.csv")}
