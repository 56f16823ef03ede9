"""Bytes to text: decoding, and telling what cannot be an article in English."""

from __future__ import annotations

import codecs
import re

MOST_BYTES = 5_000_000  # of one article
_SNIFFED = 65_536  # bytes from which an encoding is guessed, characters from which a language is
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = 0.3  # share of bytes that are no ASCII
_ALPHABETS = (
    [f"cp125{n}" for n in range(9)] + [f"iso8859_{n}" for n in (2, 5, 7, 9)] + ["koi8_r", "koi8_u", "mac_roman"]
)
_MAC = re.compile(rb"(?:^|\s)\xd2[A-Za-z]|[a-z]\xd5(?:s|t|re|ll|ve)\b")  # its quotation mark, its apostrophe
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset(
    ("the", "of", "and", "to", "in", "a", "that", "for", "on", "with", "is", "was", "as", "by", "it", "has",
     "at", "from", "his", "be", "he", "will", "an", "said", "are", "have", "its", "their", "were", "had")
)  # fmt: skip
_LONGEST_MEAN = 30  # letters of a word
# What stands at the end of the few lines that are free, and in no article of whole length.
_STUB = 80  # words; what stands before the wall in longer ones is worth coding
_WALL = re.compile(
    r"(?i)\b(?:subscribe|sign (?:in|up)|log ?in|register|become a (?:member|subscriber)|create an? (?:free )?account)"
    r"\b[^.\n]{0,40}\b(?:to (?:continue|keep|finish) reading|to (?:read|access|view|unlock) (?:the|this) (?:full|whole"
    r"|rest|article|story|entire))|\b(?:to continue reading|to read the (?:full|rest)[^.\n]{0,25}),? (?:please )?"
    r"(?:subscribe|sign|log|register)|\bthis (?:article|story|content) is (?:only )?(?:available |reserved )?(?:to|for)"
    r" (?:paying |registered |our )?(?:subscribers|members)|\balready (?:a subscriber|have a subscription)\?"
    r"|\[\+\d+ chars\]\s*\Z"
)


class Unreadable(ValueError):
    """Why some bytes are no article: ``what; what to try``."""


class LibraryMissing(Unreadable):
    """What could be read if a library were there."""


def decode(data: bytes) -> str:
    """The characters of a file, without a byte order mark. Raises Unreadable for what is no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding)
    if wide := _wide(data):
        return _decoded(data, wide)
    if data.startswith(b"{\\rtf"):
        raise Unreadable("is a document of an office program (RTF); save it as plain text or PDF")
    if _is_binary(data):
        raise Unreadable("is no text (it holds binary data); save the article as plain text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:  # cut off inside the last character
            return data.decode("utf-8", errors="ignore")
    return _decoded(data, _guessed(data))


def encoding_of(data: bytes) -> str:
    """The name of the encoding of a file that begins with ``data``."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    if wide := _wide(data):
        return wide
    try:
        data[:-4].decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start > len(data) - 8 else _guessed(data)
    return "utf-8"


def _decoded(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors="replace").removeprefix("\ufeff")


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark, as English shows it: every other byte is zero, and never two."""
    start = data[:2000]
    pairs = len(start) // 2
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if pairs > 10 and start[first::2].count(0) > 0.8 * pairs and not start[1 - first :: 2].count(0):
            return encoding
    return None


def _is_binary(data: bytes) -> bool:
    """Zero bytes, or many control characters, near the start."""
    start = data[:_SNIFFED]
    control = sum(start.count(bytes([code])) for code in range(32) if code not in (9, 10, 12, 13, 27))
    return b"\0" in start or control > len(start) * 0.05


def _guessed(data: bytes) -> str:
    """The encoding of bytes that are no UTF-8: windows-1252 where its letters make sense, else a guess."""
    from charset_normalizer import from_bytes

    high = [code for code in data[:_SNIFFED] if code >= 0x80]
    if len(high) < 0.08 * len(data[:_SNIFFED]) and not {0x81, 0x8D, 0x8F, 0x90, 0x9D} & set(high):
        return (
            "mac_roman" if _MAC.search(data, 0, _SNIFFED) else "cp1252"
        )  # too few marks to tell by; English text has nothing but quotes and accents
    few = len(high) < _FOREIGN * len(data[:_SNIFFED])  # English with foreign names: no script of thousands of letters
    best = from_bytes(data[:_SNIFFED], cp_isolation=_ALPHABETS if few else None).best()
    return best.encoding if best else "cp1252"


def newlines(text: str) -> str:
    """The text with every line end written as a newline."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def complaint(text: str) -> str | None:
    """Why a text cannot be coded, as ``what; what to try``; None where it can."""
    if not text.strip():
        return "is empty; give the text of an article"
    words = [w.lower() for w in _WORD.findall(text, 0, _SNIFFED)]
    if not words:
        return "holds no words; give the text of an article"
    if sum(map(len, words)) > _LONGEST_MEAN * len(words):
        return "holds no words of a language; give the text of an article"
    share = sum(w in _FUNCTION_WORDS for w in words) / len(words)
    if len(words) >= 20 and share < 0.12:
        return "does not look like English; relwatch reads English only, so translate it first"
    wall = _WALL.search(text)
    if wall and len(_WORD.findall(text, 0, wall.start())) < _STUB:
        return "is cut off by a paywall; save the article while you are signed in"
    return None


def checked(text: str) -> str:
    """The text itself; raises Unreadable where it is too long for an article, or cannot be coded."""
    if len(text) > MOST_BYTES:
        limit = MOST_BYTES // 1_000_000
        raise Unreadable(
            f"is too long for an article ({len(text) / 1e6:.0f} MB, at most {limit}); split it into articles"
        )
    problem = complaint(text)
    if problem:
        raise Unreadable(problem)
    return text
