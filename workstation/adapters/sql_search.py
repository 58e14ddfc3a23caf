"""The search over a console's cache: one full-text index of pairs of characters, newest first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from workstation.adapters.sql_schema import search_rows
from workstation.domain.bigrams import Term, cut, terms

RESULTS: Final = 50
_ROWS_PER_SECOND: Final = 1024

_INSERT = sa.text("INSERT INTO search_index(rowid, words, tails) VALUES (:row, :words, :tails)")
_DELETE = sa.text("DELETE FROM search_index WHERE rowid = :row")
# The index alone is walked, from its newest row down, and stops at the limit; only then are the hits named.
_SEARCH = sa.text(
    "SELECT kind, id FROM search_rows WHERE row IN ("
    "SELECT rowid FROM search_index WHERE search_index MATCH :wanted ORDER BY rowid DESC LIMIT :most"
    ") ORDER BY row DESC"
)


def index(connection: sa.Connection, kind: str, id: str, at: datetime, fields: Iterable[str]) -> None:
    """Put the document *id* of *kind*, begun at *at*, into the index or replace what the index says of it."""
    words, tails = cut(fields)
    row = connection.scalar(sa.select(search_rows.c.row).where(search_rows.c.id == id))
    if row is None:
        row = _free_row(connection, at)
        connection.execute(sa.insert(search_rows).values(row=row, kind=kind, id=id))
    else:
        connection.execute(_DELETE, {"row": row})
    connection.execute(_INSERT, {"row": row, "words": words, "tails": tails})


def forget(connection: sa.Connection, id: str) -> None:
    """Take the document *id* out of the index."""
    row = connection.scalar(sa.select(search_rows.c.row).where(search_rows.c.id == id))
    if row is not None:
        connection.execute(_DELETE, {"row": row})
        connection.execute(sa.delete(search_rows).where(search_rows.c.row == row))


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
    while (latest := connection.scalar(_latest(row))) is not None:
        row = latest + 1
        if row % _ROWS_PER_SECOND:
            break
    return row


def _latest(row: int) -> sa.Select[int]:
    within = search_rows.c.row.between(row, row + _ROWS_PER_SECOND - 1)
    return sa.select(sa.func.max(search_rows.c.row)).where(within).having(sa.func.count() > 0)
