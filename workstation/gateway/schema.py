"""The tables of the gateway: whole documents, and beside them the columns that are asked for.

Times are whole microseconds since 1970, so that they sort.
"""

import sqlalchemy as sa

SCHEMA_VERSION = 1

metadata = sa.MetaData()

# The store's own identity; `epoch` is new in every store and after every restore.
facts = sa.Table(
    "facts",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

# Every command ever decided, also the refused ones, so that a repeated id is answered and never applied again.
commands = sa.Table(
    "commands",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("transfer", sa.Text),
    sa.Column("recorded_at", sa.Integer, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("document", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# `seq` is the change feed: the store has one writer, so it grows in commit order and a reader never skips a row.
transfers = sa.Table(
    "transfers",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("document", sa.LargeBinary, nullable=False),
    sa.Column("unknown_fields", sa.LargeBinary, nullable=False),
    sa.Index("transfers_seq", "seq", unique=True),
    sa.Index("transfers_state", "state"),
)

incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("authors", sa.Text, nullable=False),
    sa.Column("call_in_phone", sa.Text, nullable=False),
    sa.Column("contact_phone", sa.Text, nullable=False),
    sa.Column("region", sa.Text, nullable=False),
    sa.Column("created_at", sa.Integer, nullable=False),
    sa.Index("incidents_call_in_phone", "call_in_phone"),
    sa.Index("incidents_contact_phone", "contact_phone"),
    sa.Index("incidents_region", "region", "created_at"),
    sa.Index("incidents_created_at", "created_at"),
)

incident_revisions = sa.Table(
    "incident_revisions",
    metadata,
    sa.Column("incident", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("command", sa.Text, nullable=False),
    sa.Column("document", sa.LargeBinary, nullable=False),
)

INCIDENT_WORDS = (
    "CREATE VIRTUAL TABLE incident_words USING fts5(words, tails, content='', contentless_delete=1, tokenize='ascii')"
)
"""The tokeniser ``ascii`` takes every character beyond ASCII for a letter: the text is cut before it gets here."""

# The way out to the hotline: written with the step that causes it, delivered once under its uid.
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("uid", sa.Text, nullable=False, unique=True),
    sa.Column("transfer", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("created_at", sa.Integer, nullable=False),
    sa.Column("due_at", sa.Integer, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("done_at", sa.Integer),
    sa.Index("deliveries_open", "done_at", "seq"),
    sa.Index("deliveries_transfer", "transfer"),
    sqlite_autoincrement=True,
)

# The way in from the hotline: every remote message once; `held` ones wait for the one they overtook.
remote_messages = sa.Table(
    "remote_messages",
    metadata,
    sa.Column("uid", sa.Text, primary_key=True),
    sa.Column("transfer", sa.Text, nullable=False),
    sa.Column("remote_seq", sa.Integer, nullable=False),
    sa.Column("fate", sa.Text, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("received_at", sa.Integer, nullable=False),
    sa.Column("document", sa.LargeBinary, nullable=False),
    sa.Index("remote_messages_transfer", "transfer", "fate", "remote_seq"),
)

users = sa.Table(
    "users",
    metadata,
    sa.Column("user", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("roles", sa.Text, nullable=False),
    sa.Column("admin", sa.Boolean, nullable=False),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("verifier", sa.Text, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("locked_until", sa.Integer, nullable=False),
)

# A token is kept as its digest; `ended_at` is the desk's clock at sign-out.
tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("seat", sa.Text, nullable=False),
    sa.Column("issued_at", sa.Integer, nullable=False),
    sa.Column("expires_at", sa.Integer, nullable=False),
    sa.Column("ended_at", sa.Integer),
    sa.Index("tokens_user", "user"),
)

account_acts = sa.Table(
    "account_acts",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Integer, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("user", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)
