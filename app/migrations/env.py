"""Alembic's door: runs with the connection that app.cli.database hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from app.tables import METADATA
from village_lists.db import Moment


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our instants as plain DateTime, so that a migration imports nothing of ours."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_item=render_item,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
