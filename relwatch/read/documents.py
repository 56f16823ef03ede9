"""PDF files and WARC archives, read by libraries that come with the extras ``pdf`` and ``warc``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relwatch.read import html
from relwatch.read.draft import Draft
from relwatch.read.source import Source
from relwatch.read.text import Unreadable

MOST_BYTES = 100_000_000  # of a PDF
_MOST_PAGES = 300


def pdf(data: bytes) -> Draft:
    """The text of a PDF, its lines joined to paragraphs. Raises Unreadable where the extra is missing."""
    try:
        import pypdfium2
    except ImportError:
        raise Unreadable("is a PDF; to read it: pip install 'relwatch[pdf]'") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return Draft(problem="is a PDF that cannot be opened (damaged, or locked by a password); save its text")
    try:
        if len(document) > _MOST_PAGES:
            return Draft(problem=f"has {len(document)} pages, more than an article; split it")
        pages = [page.get_textpage().get_text_range() for page in document]
        title = document.get_metadata_value("Title").strip()
    finally:
        document.close()
    text = "\n".join(pages)
    if not text.strip():
        return Draft(problem="is a PDF of pictures; run a text recognition (ocrmypdf) over it first")
    return Draft(text=_paragraphs(text), title=title or None)


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
    """The web pages of a WARC archive, one by one. Raises Unreadable where the extra is missing."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise Unreadable("is a WARC archive; to read it: pip install 'relwatch[warc]'") from None
    try:
        for record in ArchiveIterator(source.file()):
            http = record.http_headers
            if record.rec_type != "response" or http is None or "html" not in (http.get_header("Content-Type") or ""):
                continue
            address = record.rec_headers.get_header("WARC-Target-URI")
            page = html.read(record.content_stream().read(html.MOST_BYTES + 1), address)
            yield page.within(address or "a page without address")
    except (ArchiveLoadFailed, ValueError, EOFError, AttributeError) as error:
        raise Unreadable(f"is a damaged WARC archive ({str(error)[:80]}); the rest is left out") from error
