"""What Alembic runs before a migration: always on the connection `storage.migrate` gives it."""

from alembic import context

from webapp.storage.review_models import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
