"""SQLAlchemy Core statements as plain SQL text: described in one place, run by the driver without Core's cost per row.

The figure is in docs/adr/0020-gateway.md.
"""

from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

_DIALECT = cast("sa.Dialect", sqlite.dialect(paramstyle="named"))


def text_of(statement: sa.sql.ClauseElement) -> str:
    """Return *statement* as SQL with named parameters."""
    return str(statement.compile(dialect=_DIALECT))


def insert(table: sa.Table, *, without: str = "") -> str:
    """Return the insertion of one row whose parameters are named like the columns."""
    columns: dict[str, sa.BindParameter[object]] = {
        column.name: sa.bindparam(column.name) for column in table.columns if column.name != without
    }
    return text_of(sa.insert(table).values(columns))


def upsert(table: sa.Table, key: str) -> str:
    """Return the insertion of one row that replaces the row with the same *key*."""
    return insert(table) + (
        f" ON CONFLICT({key}) DO UPDATE SET "
        + ", ".join(f'"{column.name}" = excluded."{column.name}"' for column in table.columns if column.name != key)
    )
