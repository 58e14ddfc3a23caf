"""The tables of a console's cache: whole documents, and beside them the columns that are asked for.

Times are whole microseconds since 1970, so that they sort; ``salvage`` marks what a rescue carries over and
``read_at_start`` the column that is read to its end before a cache counts as sound.
"""

import sqlalchemy as sa

SCHEMA_VERSION = 1
HEAD = "0001"

metadata = sa.MetaData()

incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("created_at", sa.Integer, nullable=False),
    sa.Column("document", sa.LargeBinary, nullable=False),
    sa.Index("incidents_created_at", "created_at"),
    sa.Index("incidents_number", "number"),
    sa.Index("incidents_stage", "stage", "created_at"),
    info={"salvage": True},
)

transfers = sa.Table(
    "transfers",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("hotline_number", sa.Text, nullable=False),
    sa.Column("incident", sa.Text),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("authors", sa.Text, nullable=False),
    sa.Column("flags", sa.Text, nullable=False),
    sa.Column("created_at", sa.Integer, nullable=False),
    sa.Column("document", sa.LargeBinary, nullable=False),
    sa.Index("transfers_created_at", "created_at"),
    sa.Index("transfers_state", "state", "created_at"),
    sa.Index("transfers_number", "number"),
    sa.Index("transfers_incident", "incident"),
    info={"salvage": True},
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("command", sa.Text, nullable=False, unique=True),
    sa.Column("transfer", sa.Text),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("credential", sa.Text, nullable=False),
    sa.Column("delivery", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("created_at", sa.Integer, nullable=False),
    sa.Column("document", sa.LargeBinary, nullable=False),
    sa.Index("outbox_transfer", "transfer", "delivery"),
    sa.Index("outbox_delivery", "delivery", "seq"),
    sqlite_autoincrement=True,  # a number is never used twice, so "behind everything queued before" stays true
    info={"salvage": True, "read_at_start": "document"},
)

calls = sa.Table(
    "calls",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("queued_at", sa.Integer, nullable=False),
    sa.Column("document", sa.LargeBinary, nullable=False),
    sa.Index("calls_queued_at", "queued_at"),
    info={"salvage": True},
)

counters = sa.Table(
    "counters",
    metadata,
    sa.Column("day", sa.Text, primary_key=True),
    sa.Column("seat", sa.Text, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    info={"salvage": True, "read_at_start": "count"},
)

settings = sa.Table(
    "settings",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    info={"salvage": True, "read_at_start": "value"},
)

search_rows = sa.Table(
    "search_rows",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("digest", sa.LargeBinary, nullable=False),
)

# The history's own table; its name and shape are Alembic's, so that a fresh cache is stamped without importing it.
alembic_version = sa.Table(
    "alembic_version",
    metadata,
    sa.Column("version_num", sa.String(32), nullable=False, primary_key=True),
)

SEARCH_INDEX = (
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "words, tails, content='', contentless_delete=1, tokenize='ascii', prefix='1')"
)
"""The tokeniser ``ascii`` takes every character beyond ASCII for a letter: the text is cut before it gets here."""


@sa.event.listens_for(metadata, "after_create")
def _create_search_index(_: sa.MetaData, connection: sa.Connection, **_options: object) -> None:
    connection.exec_driver_sql(SEARCH_INDEX)
