"""PDF files and WARC archives, read by libraries that come with the extras ``pdf`` and ``warc``."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr
from typing import Any

from relwatch.read import html
from relwatch.read.draft import Draft
from relwatch.read.source import Source
from relwatch.read.text import LibraryMissing, Unreadable

_MOST_PAGES = 300
_STREAM = re.compile(rb"<<(?P<dictionary>(?:(?!endobj).){0,2000}?)>>\s*stream\r?\n", re.S)
_FREE, _RATIO = 2_000_000, 300  # bytes that a stream of a page may hold, beyond them so many for one packed
_PIECE = 65_536


def pdf(data: bytes) -> Draft:
    """The text of a PDF, its lines joined to paragraphs. Raises Unreadable where the extra is missing."""
    try:
        import pypdfium2
    except ImportError:
        raise LibraryMissing("is a PDF; to read it: pip install 'relwatch[pdf]'") from None
    if _is_bomb(data):
        return Draft(problem="unpacks to far more than it holds (a bomb?); save its text")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return Draft(problem="is a PDF that cannot be opened (damaged, or locked by a password); save its text")
    try:
        if len(document) > _MOST_PAGES:
            return Draft(problem=f"has {len(document)} pages, more than an article; split it")
        pages = [page.get_textpage().get_text_range() for page in document]
        title = document.get_metadata_value("Title").strip()
    except pypdfium2.PdfiumError:
        return Draft(problem="is a PDF with a page that cannot be read (damaged?); save its text")
    finally:
        document.close()
    text = "\n".join(pages)
    if not text.strip():
        return Draft(problem="is a PDF of pictures; run a text recognition (ocrmypdf) over it first")
    return Draft(text=_paragraphs(text), title=title or None)


def _is_bomb(data: bytes) -> bool:
    """Whether a stream other than a picture, which is not unpacked for its text, unpacks past all measure."""
    for match in _STREAM.finditer(data):
        if b"/Image" in match["dictionary"]:
            continue
        start = match.end()
        end = data.find(b"endstream", start)
        unpacker, size, taken = zlib.decompressobj(), 0, 0
        try:
            for at in range(start, end if end > 0 else len(data), _PIECE):
                piece = data[at : min(at + _PIECE, end)] if end > 0 else data[at : at + _PIECE]
                size += len(unpacker.decompress(piece, 10 * _FREE))
                taken += len(piece)
                if unpacker.unconsumed_tail or size > max(_FREE, _RATIO * taken):
                    return True
        except zlib.error:
            continue  # packed in another way, or not at all
    return False


def _paragraphs(text: str) -> str:
    """Lines joined where a page broke them: a line that nearly fills the column goes on in the next."""
    text = re.sub(r"[\ufffe\x02]\s*", "", text.replace("\r\n", "\n"))  # pdfium's mark of a hyphen at a line's end
    lines = [line.strip() for line in text.split("\n")]
    widths = sorted(len(line) for line in lines if line)
    full = widths[len(widths) * 3 // 4] * 0.8 if widths else 0
    out: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and line:
            out[-1] += " " + line
        elif line:
            out.append(line)
        goes_on = bool(line) and len(line) >= full and not (line.endswith((".", "”", '"')) and len(line) < full / 0.85)
    return "\n\n".join(out)


def warc(source: Source) -> Iterator[Draft]:
    """The web pages of a WARC archive, one by one, still to be read. Raises Unreadable where the extra is missing."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise LibraryMissing("is a WARC archive; to read it: pip install 'relwatch[warc]'") from None
    found = False
    try:
        for record in _quietly(ArchiveIterator(source.file())):
            http = record.http_headers
            if record.rec_type != "response" or http is None or "html" not in (http.get_header("Content-Type") or ""):
                continue
            address = record.rec_headers.get_header("WARC-Target-URI")
            page = record.content_stream().read(html.MOST_BYTES + 1)
            yield Draft(at=address or "a page without address", url=address, raw=page, kind="html")
            found = True
    except (ArchiveLoadFailed, ValueError, EOFError, AttributeError) as error:
        what = " ".join(str(error).split())[:80]
        raise Unreadable(f"is a damaged WARC archive ({what}); the rest is left out") from error
    if not found:
        raise Unreadable("is a WARC archive without a web page; there is nothing to read in it")


def _quietly(records: Iterable[Any]) -> Iterator[Any]:
    """The records; what warcio writes of damaged ones to the user's terminal stays off it."""
    left = iter(records)
    while True:
        with redirect_stderr(io.StringIO()):
            record = next(left, None)
        if record is None:
            return
        yield record
