"""The flat fields of a listing: what stands in each column of ``--csv``, ``--tsv`` and a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relwatch.records import Article

if TYPE_CHECKING:
    from relwatch.timeline import TimelineRow

EVENT_FIELDS = (
    "date", "date_end", "precision", "actor", "recipient", "type", "mode", "status", "topics", "tone",
    "tone_words", "speaker", "place", "evidence", "outlet", "published", "published_basis", "title", "url",
    "article", "id", "confidence", "plover", "cameo", "goldstein",
)  # fmt: skip
TIMELINE_FIELDS = (
    "date", "who", "what", "status", "topics", "tone", "tone_words", "speaker", "outlet", "id", "sentence",
)  # fmt: skip
ENCOUNTER_FIELDS = (*EVENT_FIELDS, "reports", "sources", "life", "disagreements")
ENCOUNTER_LINE_FIELDS = (*TIMELINE_FIELDS, "reports", "sources", "life", "disagreements")
PLANNED_FIELDS = ("date", "who", "mode", "life", "articles_after", "outlet", "id", "sentence")
READOUT_FIELDS = ("section", "point", "side", "value", "sentence", "speaker", "outlet", "event")
SEARCH_FIELDS = ("kind", "date", "who", "what", "outlet", "title", "article", "id", "sentence")
MATRIX_FIELDS = (
    "a", "b", "days", "reports", "events", "tone", "tone_a", "n_a", "tone_b", "n_b", "last", "event",
)  # fmt: skip
SHIFT_FIELDS = (
    "period", "what", "before", "after", "size", "n_before", "n_after", "articles", "events", "sentences",
)  # fmt: skip
FORMULA_FIELDS = (
    "formula", "side", "sentences", "articles", "first", "last", "state", "event", "sentence",
)  # fmt: skip
UNKNOWN_FIELDS = (
    "name", "title", "party", "reason", "among", "articles", "mentions", "first", "last", "article", "published",
    "outlet", "start", "end", "sentence",
)  # fmt: skip
UNKNOWN_LINE_FIELDS = (
    "name", "title", "party", "reason", "articles", "mentions", "published", "article", "sentence",
)  # fmt: skip
TAUGHT_FIELDS = ("kind", "name", "means", "detail", "start", "end", "path", "line")
RECODE_FIELDS = ("change", "article", "id", "date", "who", "what", "status", "fields", "sentence")
ARTICLE_FIELDS = ("id", "published", "published_basis", "outlet", "title", "url", "events", "story", "carriers")
TONE_FIELDS = (
    "period", "side", "n", "mean", "hostile", "critical", "neutral", "constructive", "warm", "quoted", "official",
    "paraphrased", "counterpart", "reporter", "articles", "events", "sentence",
)  # fmt: skip
SUMMARY_FIELDS = ("section", "name", "value", "detail", "event")

JsonObject = dict[str, Any]


def party_text(party: JsonObject) -> str:
    """A party as ``RUS: Vladimir Putin, President``, as short as what is known."""
    person = ", ".join(part for part in (party["name"], party["role"]) if part)
    return ": ".join(part for part in (party["party"], person) if part)


def event_flat(event: JsonObject) -> JsonObject:
    """An event (event.schema.json) as the fields of EVENT_FIELDS; ``evidence`` is the best sentence."""
    article, date, tone = event["article"], event["date"], event["tone"]
    return (
        event
        | {
            "date": date["start"],
            "date_end": date["end"],
            "precision": date["precision"],
            "actor": [party_text(p) for p in event["actor"]],
            "recipient": [party_text(p) for p in event["recipient"]],
            "tone": tone["score"],
            "tone_words": [span["text"] for span in tone["phrases"]],
            "speaker": party_text(event["speaker"]) if event["speaker"] else None,
            "evidence": event["evidence"][0]["text"],
            "article": article["id"],
        }
        | {name: article[name] for name in ("outlet", "published", "published_basis", "title", "url")}
    )


def encounter_flat(encounter: JsonObject) -> JsonObject:
    """An encounter as the fields of ENCOUNTER_FIELDS: its best report, and how many there are."""
    of = encounter["encounter"]
    life = [f"{stage['stage']} {stage['said'] or ''}".strip() for stage in encounter.get("life", ())]
    differ = [
        f"{kind}: {', '.join(f'{value} ({len(ids)})' for value, ids in values.items())}"
        for kind, values in of["disagreements"].items()
    ]
    counts = {"reports": len(of["reports"]), "sources": of["sources"]}
    return event_flat(encounter) | counts | {"life": life, "disagreements": differ}


def encounter_line(row: TimelineRow) -> JsonObject:
    """A timeline's row as the fields of ENCOUNTER_LINE_FIELDS."""
    return {name: getattr(row, name) for name in ENCOUNTER_LINE_FIELDS}


def timeline_flat(row: TimelineRow) -> JsonObject:
    """A timeline's row as the fields of TIMELINE_FIELDS."""
    return {name: getattr(row, name) for name in TIMELINE_FIELDS}


def article_flat(article: JsonObject) -> JsonObject:
    """An article as the fields of ARTICLE_FIELDS: of its other carriers the outlets, or the addresses."""
    copies = article["carriers"]
    return article | {"carriers": [copy["outlet"] or copy["url"] or copy["article"] for copy in copies]}


def article_heading(article: Article) -> JsonObject:
    """An article without its text, with why its date is what it is."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "published_basis": article.published_basis,
        "published_why": article.published_why,
    }
