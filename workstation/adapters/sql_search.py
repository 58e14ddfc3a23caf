"""The search over a console's cache: one full-text index of pairs of characters, newest first."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from workstation.adapters.sql_schema import search_rows
from workstation.domain.bigrams import Term, cut, terms

RESULTS: Final = 50
_ROWS_PER_SECOND: Final = 1024

_KNOWN = sa.select(search_rows.c.row, search_rows.c.digest).where(search_rows.c.id == sa.bindparam("wanted"))
_LATEST = (
    sa.select(sa.func.max(search_rows.c.row))
    .where(search_rows.c.row.between(sa.bindparam("first"), sa.bindparam("last")))
    .having(sa.func.count() > 0)
)
_NAME = sa.insert(search_rows)
_INSERT = sa.text("INSERT INTO search_index(rowid, words, tails) VALUES (:row, :words, :tails)")
_DELETE = sa.text("DELETE FROM search_index WHERE rowid = :row")
# The index alone is walked, from its newest row down, and stops at the limit; only then are the hits named.
_SEARCH = sa.text(
    "SELECT kind, id FROM search_rows WHERE row IN ("
    "SELECT rowid FROM search_index WHERE search_index MATCH :wanted ORDER BY rowid DESC LIMIT :most"
    ") ORDER BY row DESC"
)


def index(connection: sa.Connection, kind: str, id: str, at: datetime, fields: Sequence[str]) -> None:
    """Put the document *id* of *kind*, begun at *at*, into the index or replace what the index says of it."""
    digest = hashlib.blake2b("\0".join(fields).encode(errors="replace"), digest_size=16).digest()
    known = connection.execute(_KNOWN, {"wanted": id}).first()
    if known is not None and known.digest == digest:
        return  # most news about an order is a new state, not a new word
    if known is None:
        row = _free_row(connection, at)
        connection.execute(_NAME, {"row": row, "kind": kind, "id": id, "digest": digest})
    else:
        row = known.row
        connection.execute(_DELETE, {"row": row})
        connection.execute(sa.update(search_rows).where(search_rows.c.row == row).values(digest=digest))
    words, tails = cut(fields)
    connection.execute(_INSERT, {"row": row, "words": words, "tails": tails})


def find(connection: sa.Connection, query: str, most: int = RESULTS) -> list[tuple[str, str]]:
    """Return kind and id of the newest documents that hold every term of *query*."""
    wanted = terms(query)
    if not wanted:
        return []
    expression = " AND ".join(_match(term) for term in wanted)
    rows = connection.execute(_SEARCH, {"wanted": expression, "most": most})
    return [(row.kind, row.id) for row in rows]


def _match(term: Term) -> str:
    star = "*" if term.open_end else ""
    phrase = f'words : "{" ".join(term.pieces)}" {star}'
    return f'({phrase} OR tails : "{term.tail}" *)' if term.tail else f"({phrase})"


def _free_row(connection: sa.Connection, at: datetime) -> int:
    """Return a row id that sorts by time; seconds instead of milliseconds keep the index's gaps small."""
    row = int(at.timestamp()) * _ROWS_PER_SECOND
    while (latest := connection.scalar(_LATEST, {"first": row, "last": row + _ROWS_PER_SECOND - 1})) is not None:
        row = latest + 1
        if row % _ROWS_PER_SECOND:
            break
    return row
