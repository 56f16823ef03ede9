"""A series as a row of small bars."""

from __future__ import annotations

from collections.abc import Iterable

BARS = "▁▂▃▄▅▆▇█"
GAP = "·"


def sparkline(values: Iterable[float | None], low: float, high: float) -> str:
    """One character a value, the lowest bar for ``low`` and the highest for ``high``; a dot for None."""
    top = len(BARS) - 1

    def bar(value: float) -> str:
        share = (min(max(value, low), high) - low) / (high - low)
        return BARS[round(share * top)]

    return "".join(GAP if value is None else bar(value) for value in values)


def gauge(count: int, most: int, width: int) -> str:
    """A bar of up to ``width`` blocks for ``count`` of at most ``most``; at least one block if any."""
    return "█" * max(round(count / most * width), 1) if count and most else ""
