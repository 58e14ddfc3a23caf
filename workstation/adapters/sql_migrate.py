"""The way from an older cache to today's schema; the only module that imports Alembic, and only when needed."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

HISTORY = Path(__file__).parent / "migrations"


def upgrade(connection: sa.Connection, history: Path = HISTORY) -> None:
    """Take the cache behind *connection* to the newest schema, inside the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", str(history))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
