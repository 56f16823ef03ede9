"""Article text is hostile: these functions make it safe to print, and change nothing else."""

from __future__ import annotations

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Control characters (C0 but for newline, DEL, C1) and those that reorder text on screen.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x09:
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def visible(text: str) -> str:
    """``text`` with control and reordering characters shown instead of sent (ESC becomes ␛).

    Newlines stay; a tab becomes a space.
    """
    return _UNSAFE.sub(_shown, text)


def one_line(text: str) -> str:
    """``text`` on one line, runs of white space made one space, control characters shown."""
    if text.isprintable() and "  " not in text:  # no space but " ", nothing to show: most text, and fast
        return text.strip()
    return visible(_SPACE.sub(" ", text).strip())


def escaped_json(text: str) -> str:
    """JSON ``text`` with the characters that a terminal might obey written as ``\\uXXXX``: the same data."""
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}" if ord(m[0]) >= 0x20 else m[0], text)


def defused(cell: str) -> str:
    """``cell`` so that a spreadsheet does not take it for a formula: a leading ``'`` where it would."""
    return "'" + cell if cell.startswith(_FORMULA) else cell
