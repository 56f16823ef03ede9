"""The store's schema, as a numbered list of migrations.

``PRAGMA user_version`` holds the number of migrations a file has had, ``PRAGMA application_id``
says that it is ours. A migration is never edited once released: a change of schema is a new one
at the end of ``MIGRATIONS``. The schema is for other tools too (``datasette``, ``sqlite-utils``):

============== ====================================================================================
articles       one row an article; ``digest`` (SHA-256 of the text) keeps a text from coming twice
events         one row an event; dates ISO, NULL when unknown; ``tone`` -2 to 2; ``trace`` a JSON list
event_parties  actors, recipients and the speaker of an event, in order
event_topics   its topics, in order
evidence       its sentences (kind ``sentence``, best first) and tone words (kind ``tone``);
               offsets count characters of ``articles.text``, the end excluded
unresolved     names of an article that are no person of the tables, one row a name: why not (``reason``),
               the office and party that the text gives, the people it could be (``among``, a JSON
               list), the first sentence with it; ``folded`` is the name as names are compared
dyads          one row for each ordered pair of parties an event is between, both ways round:
               ``direction`` says whether ``a`` acts on ``b`` (to), ``b`` on ``a`` (from) or both
               act (mutual). ``day`` is the event's first day, ``last`` its last one; an undated
               event (``dated`` 0) stands at its article's day of publication; '' when unknown
timelines      each event of a pair in one piece (pieces.py), in the order of a timeline, ``a`` before ``b`` in
               the alphabet: made from the tables above, for speed; an event may lack its piece
busy           how many events each party has
corrections    what a person changed in an event: ``value`` is JSON
carriers       who else published the same text; '' where something is unknown
stories        the articles that carry a story which others carry too; a story goes by its first article
sketches       the index by which copies are found (shingles.py)
files          the log of files that were read (filelog.py): a file that is as it was is not read again;
               ``complete`` is 0 while one is being read, or where that was broken off
file_articles  which articles stood in which files; ``relwatch remove`` takes their entries along
file_failures  what could not be read in a file, in order, as the user was told
meta           who made the store and when
articles_fts   full-text index of title and text
============== ====================================================================================
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

APPLICATION_ID = 0x72656C77  # "relw"

_SCHEMA_1 = """
CREATE TABLE articles (
    n INTEGER PRIMARY KEY, -- a lasting rowid, which the full-text index needs
    id TEXT NOT NULL UNIQUE, -- the input's own id, else made from the digest
    digest TEXT NOT NULL UNIQUE, -- SHA-256 of text, hex
    title TEXT,
    outlet TEXT,
    url TEXT,
    published TEXT, -- ISO date; NULL when unknown
    published_basis TEXT NOT NULL, -- given, metadata, dateline, inferred, url, file, unknown
    published_why TEXT, -- why an inferred date is what it is
    place TEXT, -- of the dateline
    added TEXT NOT NULL, -- ISO time, UTC
    headline TEXT, -- JSON [start, end] where the title stands in text
    furniture TEXT NOT NULL DEFAULT '[]', -- JSON [[start, end], ...]: captions, bylines, menus
    text TEXT NOT NULL -- last, so that listings need not read through it
);
CREATE INDEX articles_published ON articles (published);

CREATE TABLE events (
    id TEXT PRIMARY KEY NOT NULL,
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, -- 0, 1, ... within the article
    type TEXT NOT NULL, -- PLOVER type or STATEMENT
    mode TEXT,
    status TEXT NOT NULL CHECK (status IN ('actual', 'planned', 'hypothetical', 'negated')),
    tone INTEGER NOT NULL CHECK (tone BETWEEN -2 AND 2), -- hostile to warm
    date_start TEXT, -- ISO dates, both included; NULL when unknown
    date_end TEXT,
    date_precision TEXT NOT NULL CHECK (date_precision IN ('day', 'month', 'year', 'unknown')),
    place TEXT,
    confidence REAL NOT NULL, -- 0 to 1
    frame TEXT NOT NULL, -- id of the rule that made it
    trace TEXT NOT NULL DEFAULT '[]' -- JSON list: the steps that led to it
) WITHOUT ROWID;
CREATE INDEX events_article ON events (article, position);

CREATE TABLE event_parties (
    event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('actor', 'recipient', 'speaker')),
    position INTEGER NOT NULL,
    party TEXT, -- ISO 3166-1 alpha-3 or an organisation id; NULL only for a speaker of no party
    name TEXT, -- as the article writes it
    role TEXT,
    PRIMARY KEY (event, side, position)
) WITHOUT ROWID;

CREATE TABLE event_topics (
    event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    topic TEXT NOT NULL,
    PRIMARY KEY (event, position)
) WITHOUT ROWID;

CREATE TABLE evidence (
    event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('sentence', 'tone')),
    position INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (event, kind, position)
) WITHOUT ROWID;

CREATE TABLE dyads ( -- the primary key is the order of a timeline, and the table its own index
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    day TEXT NOT NULL,
    published TEXT NOT NULL,
    event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    last TEXT NOT NULL,
    dated INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('to', 'from', 'mutual')),
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    tone INTEGER NOT NULL,
    PRIMARY KEY (a, b, day, published, event)
) WITHOUT ROWID;
CREATE INDEX dyads_of_one ON dyads (a, day, published, event);
CREATE INDEX dyads_event ON dyads (event);

CREATE TABLE corrections (
    n INTEGER PRIMARY KEY,
    event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL, -- JSON
    note TEXT,
    made TEXT NOT NULL -- ISO time, UTC
);
CREATE INDEX corrections_event ON corrections (event);

CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('created', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'));

CREATE VIRTUAL TABLE articles_fts USING FTS5 (
    title, text, tokenize='unicode61 remove_diacritics 2', content=[articles], content_rowid=n
);
CREATE TRIGGER articles_ai AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts (rowid, title, text) VALUES (new.n, new.title, new.text);
END;
CREATE TRIGGER articles_ad AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, text)
    VALUES ('delete', old.n, old.title, old.text);
END;
CREATE TRIGGER articles_au AFTER UPDATE ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, text)
    VALUES ('delete', old.n, old.title, old.text);
    INSERT INTO articles_fts (rowid, title, text) VALUES (new.n, new.title, new.text);
END;
"""

_UNRESOLVED = """
CREATE TABLE unresolved (
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, -- 0, 1, ... in the order of the text
    name TEXT NOT NULL, -- as the article writes it
    folded TEXT NOT NULL, -- without case, diacritics and hyphens
    title TEXT,
    party TEXT,
    reason TEXT NOT NULL, -- untabled, no_country, ambiguous, out_of_office, unknown
    among TEXT NOT NULL DEFAULT '[]', -- JSON list
    mentions INTEGER NOT NULL,
    start_char INTEGER NOT NULL, -- the first mention, in characters of articles.text
    end_char INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence TEXT NOT NULL,
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX unresolved_folded ON unresolved (folded);
"""

_COPIES = """
CREATE TABLE carriers (
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    outlet TEXT NOT NULL,
    url TEXT NOT NULL,
    published TEXT NOT NULL, -- ISO date
    PRIMARY KEY (article, outlet, url, published)
) WITHOUT ROWID;

CREATE TABLE stories (
    article TEXT PRIMARY KEY NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    story TEXT NOT NULL -- the id of its first article
) WITHOUT ROWID;
CREATE INDEX stories_story ON stories (story);

-- No foreign key: it would need an index of its own, half as large again. duplicates.leave deletes the rows.
CREATE TABLE sketches (
    hash INTEGER NOT NULL,
    day INTEGER NOT NULL, -- of publication, as a number of days; 0 when unknown
    article INTEGER NOT NULL, -- articles.n
    PRIMARY KEY (hash, day, article)
) WITHOUT ROWID;
"""

_FILES = """
CREATE TABLE files (
    n INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: another run may still hold it
    path TEXT NOT NULL UNIQUE, -- absolute
    size INTEGER NOT NULL, -- bytes
    mtime_ns INTEGER NOT NULL, -- of its last change, nanoseconds since 1970
    format TEXT, -- the one that was forced; NULL where the content told it
    relwatch TEXT NOT NULL, -- the version that read it
    read TEXT NOT NULL, -- ISO time, UTC
    complete INTEGER NOT NULL DEFAULT 0,
    pieces INTEGER NOT NULL DEFAULT 0, -- how many of its articles and failures are in
    articles INTEGER NOT NULL DEFAULT 0, -- known when it is complete, as is the next
    failed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE file_articles (
    article INTEGER NOT NULL REFERENCES articles (n) ON DELETE CASCADE,
    file INTEGER NOT NULL REFERENCES files (n) ON DELETE CASCADE,
    PRIMARY KEY (article, file)
) WITHOUT ROWID;
CREATE INDEX file_articles_file ON file_articles (file);
CREATE TABLE file_failures (
    file INTEGER NOT NULL REFERENCES files (n) ON DELETE CASCADE,
    piece INTEGER NOT NULL, -- its place in the file, from 0
    note TEXT NOT NULL,
    PRIMARY KEY (file, piece)
) WITHOUT ROWID;
"""

_AUTHOR = "ALTER TABLE articles ADD COLUMN author TEXT;\n"

_TIMELINES = """
CREATE TABLE timelines (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    day TEXT NOT NULL,
    published TEXT NOT NULL,
    event TEXT NOT NULL,
    piece BLOB NOT NULL,
    PRIMARY KEY (a, b, day, published, event)
) WITHOUT ROWID;
-- No foreign key, which would need an index of its own: a piece goes with its row of dyads.
CREATE TRIGGER timelines_dyads AFTER DELETE ON dyads WHEN old.a < old.b BEGIN
    DELETE FROM timelines WHERE a = old.a AND b = old.b AND day = old.day AND published = old.published
        AND event = old.event;
END;
CREATE TRIGGER timelines_dyads_au AFTER UPDATE ON dyads WHEN old.a < old.b BEGIN
    DELETE FROM timelines WHERE a = old.a AND b = old.b AND day = old.day AND published = old.published
        AND event = old.event;
END;
CREATE TRIGGER timelines_events AFTER UPDATE ON events BEGIN
    DELETE FROM timelines WHERE (a, b, day, published, event) IN
        (SELECT a, b, day, published, event FROM dyads WHERE event = old.id);
END;
CREATE INDEX articles_heading ON articles (id, title, outlet, url, published, published_basis);

CREATE TABLE busy (party TEXT PRIMARY KEY NOT NULL, events INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO busy SELECT a, count(*) FROM dyads GROUP BY a;
CREATE TRIGGER busy_ai AFTER INSERT ON dyads BEGIN
    INSERT INTO busy VALUES (new.a, 1) ON CONFLICT (party) DO UPDATE SET events = events + 1;
END;
CREATE TRIGGER busy_ad AFTER DELETE ON dyads BEGIN
    UPDATE busy SET events = events - 1 WHERE party = old.a;
    DELETE FROM busy WHERE party = old.a AND events = 0;
END;
"""

for _part in ("event_parties", "event_topics", "evidence"):
    for _change, _row in (("INSERT", "new"), ("UPDATE", "old"), ("DELETE", "old")):
        _TIMELINES += f"""
CREATE TRIGGER timelines_{_part}_{_change.lower()} AFTER {_change} ON {_part} BEGIN
    DELETE FROM timelines WHERE (a, b, day, published, event) IN
        (SELECT a, b, day, published, event FROM dyads WHERE event = {_row}.event);
END;
"""

MIGRATIONS: list[str] = [_SCHEMA_1, _UNRESOLVED, _COPIES, _FILES, _AUTHOR, _TIMELINES]


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: ``executescript`` would commit between them."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file up to the last migration, all or nothing. The connection is in autocommit mode.

    Raises sqlite3.Error as it comes; a file that needs nothing is not touched.
    """
    if version(connection) >= len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again, now that no one else can write: another process may have done it meanwhile.
        missing = list(enumerate(MIGRATIONS, 1))[version(connection) :]
        for number, script in missing:
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        if any(script == _COPIES for _, script in missing):
            from relwatch import duplicates  # only when it is needed: what reads a store shall not load it

            duplicates.fill(connection)
        if any(script == _TIMELINES for _, script in missing):
            from relwatch import pieces

            pieces.fill(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def version(connection: sqlite3.Connection) -> int:
    """How many migrations the file has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the file is a relwatch store, or empty and so may become one."""
    # Emptiness first: another process may be making the store, schema and id in one transaction.
    if connection.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0]:
        return True
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
