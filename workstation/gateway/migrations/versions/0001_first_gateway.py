"""The first store of a gateway."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _facts()
    _commands()
    _transfers()
    _incidents()
    _incident_revisions()
    _deliveries()
    _remote_messages()
    _users()
    _tokens()
    _account_acts()
    op.execute(
        "CREATE VIRTUAL TABLE incident_words USING fts5("
        "words, tails, content='', contentless_delete=1, tokenize='ascii')"
    )


def _facts() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _commands() -> None:
    op.create_table(
        "commands",
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


def _transfers() -> None:
    op.create_table(
        "transfers",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("unknown_fields", sa.LargeBinary, nullable=False),
    )
    op.create_index("transfers_seq", "transfers", ["seq"], unique=True)
    op.create_index("transfers_state", "transfers", ["state"])


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("authors", sa.Text, nullable=False),
        sa.Column("call_in_phone", sa.Text, nullable=False),
        sa.Column("contact_phone", sa.Text, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("created_at", sa.Integer, nullable=False),
    )
    op.create_index("incidents_call_in_phone", "incidents", ["call_in_phone"])
    op.create_index("incidents_contact_phone", "incidents", ["contact_phone"])
    op.create_index("incidents_created_at", "incidents", ["created_at"])
    op.create_index("incidents_region", "incidents", ["region", "created_at"])


def _incident_revisions() -> None:
    op.create_table(
        "incident_revisions",
        sa.Column("incident", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("uid", sa.Text, nullable=False, unique=True),
        sa.Column("transfer", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("created_at", sa.Integer, nullable=False),
        sa.Column("due_at", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("done_at", sa.Integer),
        sqlite_autoincrement=True,
    )
    op.create_index("deliveries_open", "deliveries", ["done_at", "seq"])
    op.create_index("deliveries_transfer", "deliveries", ["transfer"])


def _remote_messages() -> None:
    op.create_table(
        "remote_messages",
        sa.Column("uid", sa.Text, primary_key=True),
        sa.Column("transfer", sa.Text, nullable=False),
        sa.Column("remote_seq", sa.Integer, nullable=False),
        sa.Column("fate", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("received_at", sa.Integer, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
    )
    op.create_index("remote_messages_transfer", "remote_messages", ["transfer", "fate", "remote_seq"])


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("user", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("admin", sa.Boolean, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("verifier", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.Integer, nullable=False),
    )


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("user", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("seat", sa.Text, nullable=False),
        sa.Column("issued_at", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.Integer, nullable=False),
        sa.Column("ended_at", sa.Integer),
    )
    op.create_index("tokens_user", "tokens", ["user"])


def _account_acts() -> None:
    op.create_table(
        "account_acts",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("user", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
