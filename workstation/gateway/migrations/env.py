"""Alembic's entry: runs the gateway's history on the connection it is handed."""

from alembic import context

from workstation.gateway.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
