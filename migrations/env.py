"""How Alembic runs the migrations: on the connection the program passes in, or on alembic.ini's URL for developers."""

from alembic import context
from sqlalchemy import Connection, make_url

from planner.base.files import write_new
from planner.store.database import engine_of
from planner.store.location import file_of
from planner.store.models import all_tables


def run(connection: Connection) -> None:
    """Run the migrations asked for on a connection. SQLite's DDL is transactional as this program opens it."""
    context.configure(
        connection=connection,
        target_metadata=all_tables(),
        compare_type=True,
        compare_server_default=True,
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


passed_in = context.config.attributes.get("connection")
if passed_in is not None:
    run(passed_in)
else:
    url = make_url(context.config.get_main_option("sqlalchemy.url") or "")
    file = file_of(url)
    if file is not None and not file.exists():
        write_new(file, b"", private=True)
    engine = engine_of(url)
    with engine.connect() as own:
        run(own)
        own.commit()
