"""Text that was decoded wrongly before it came here (``â€™`` for ``’``), and bytes that could not be decoded."""

from __future__ import annotations

import re

# UTF-8 read as windows-1252 or Latin-1: quotation marks and dashes, letters with accents, Cyrillic.
_GARBLED = re.compile("â€|â\x80|Ã[\x80-\xbf©¨¡­³º¼±¤¶Ÿ]|Â[\xa0-\xbf]|[ÐÑ][\x80-\xbf°±²³µ]")
LOST = "\ufffd"


def mended(text: str) -> tuple[str, str | None]:
    """The text with garbled letters put right, and a remark for the user; None where there is nothing to say."""
    if len(_GARBLED.findall(text)) > 1:
        from ftfy import fix_encoding

        better = fix_encoding(text)
        if better != text and better.count(LOST) <= text.count(LOST):
            return better, "its letters were garbled (UTF-8 taken for windows-1252) and have been put right; check it"
        return text, "its letters look garbled (wrong encoding); save it again as UTF-8"
    lost = text.count(LOST)
    return text, f"{lost} of its letters are lost (wrong encoding); save it again as UTF-8" if lost else None
