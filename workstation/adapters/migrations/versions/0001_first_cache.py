"""The first cache of a console."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("created_at", sa.Integer, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
    )
    op.create_index("incidents_created_at", "incidents", ["created_at"])
    op.create_index("incidents_number", "incidents", ["number"])
    op.create_index("incidents_stage", "incidents", ["stage", "created_at"])
    op.create_table(
        "transfers",
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
    )
    op.create_index("transfers_created_at", "transfers", ["created_at"])
    op.create_index("transfers_state", "transfers", ["state", "created_at"])
    op.create_index("transfers_number", "transfers", ["number"])
    op.create_index("transfers_incident", "transfers", ["incident"])
    op.create_table(
        "outbox",
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
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_transfer", "outbox", ["transfer", "delivery"])
    op.create_index("outbox_delivery", "outbox", ["delivery", "seq"])
    op.create_table(
        "calls",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("queued_at", sa.Integer, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
    )
    op.create_index("calls_queued_at", "calls", ["queued_at"])
    op.create_table(
        "counters",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("seat", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "search_rows",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("digest", sa.LargeBinary, nullable=False),
    )
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5("
        "words, tails, content='', contentless_delete=1, tokenize='ascii', prefix='1')"
    )
