"""The migrations and the models are the same schema, up and down, on both databases."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from webapp.config import Settings
from webapp.errors import DatabaseUnavailable
from webapp.storage.db import migrating, open_engine
from webapp.storage.migrate import HEAD, alembic_config, current_revision, migrate, run_alembic
from webapp.storage.models import METADATA
from webapp.storage.store import Store

_POSTGRES_SCHEMA = """
    SELECT 'column', table_name, column_name, data_type, is_nullable, coalesce(column_default, ''),
           coalesce(character_maximum_length, 0)
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '', 0 FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', 0
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""


@pytest.fixture
def engine(database: Settings) -> Iterator[Engine]:
    opened = open_engine(database)
    yield opened
    opened.dispose()


def _schema(connection: Connection) -> set[tuple[str, ...]]:
    """Describes everything the database itself knows of the schema, but Alembic's own table."""
    if connection.dialect.name == "postgresql":
        rows = [tuple(map(str, row)) for row in connection.execute(text(_POSTGRES_SCHEMA))]
    else:
        listed = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
        rows = [(kind, name, table, _sorted(sql or "")) for kind, name, table, sql in listed]
    return {row for row in rows if "alembic_version" not in row}


def _sorted(sql: str) -> str:
    """Spells a statement without regard to spaces and the order of its clauses: constraints may come in any."""
    head, _, body = " ".join(sql.split()).partition("(")
    return head + "|" + "|".join(sorted(part.strip(" )") for part in body.split(",")))


def test_the_migrations_make_exactly_the_models(engine: Engine) -> None:
    with migrating(engine).begin() as connection:
        run_alembic(connection, "upgrade", "head")
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
        migrated = _schema(connection)
        METADATA.drop_all(connection)
        METADATA.create_all(connection)
        assert migrated == _schema(connection)
        assert {row[1] for row in migrated if row[0] == "table"} in (set(), set(METADATA.tables))


def test_the_way_down_leaves_nothing_and_the_way_up_is_open_again(engine: Engine) -> None:
    with migrating(engine).begin() as connection:
        run_alembic(connection, "upgrade", "head")
        before = _schema(connection)
        run_alembic(connection, "downgrade", "base")
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
        run_alembic(connection, "upgrade", "head")
        assert _schema(connection) == before


def test_a_new_database_is_what_the_migrations_make_with_the_same_revision(engine: Engine, database: Settings) -> None:
    migrate(engine, database.data_dir)
    with migrating(engine).begin() as connection:
        made, version = _schema(connection), inspect(connection).get_columns("alembic_version")
        assert current_revision(connection) == HEAD
        run_alembic(connection, "downgrade", "base")
        connection.execute(text("DROP TABLE alembic_version"))
        run_alembic(connection, "upgrade", "head")
        assert _schema(connection) == made
        assert str(inspect(connection).get_columns("alembic_version")) == str(version)


def test_the_program_knows_the_newest_revision_without_alembic(engine: Engine) -> None:
    with engine.connect() as connection:
        assert ScriptDirectory.from_config(alembic_config(connection)).get_heads() == [HEAD]
        assert current_revision(connection) is None
    code = "import sys, webapp.storage.store; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_database_of_a_newer_quatrain_is_left_alone_with_a_clear_word(engine: Engine, database: Settings) -> None:
    migrate(engine, database.data_dir)
    with migrating(engine).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailable, match="another version of Quatrain"):
        Store.open(database)


def test_a_migration_that_breaks_leaves_the_database_as_it_was(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with migrating(engine).begin() as connection:
        connection.execute(text("CREATE TABLE workers (id INTEGER)"))
        before = _schema(connection)
    with pytest.raises(Exception, match="workers"), migrating(engine).begin() as connection:
        run_alembic(connection, "upgrade", "head")
    with engine.connect() as connection:
        assert _schema(connection) == before


def test_processes_that_start_at_once_do_not_collide(database: Settings, tmp_path: Path) -> None:
    script = tmp_path / "open.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfrom webapp.config import Settings\nfrom webapp.storage.store import Store\n"
        "Store.open(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2] or None)).close()\n"
    )
    command = [sys.executable, str(script), str(database.data_dir), database.database_url or ""]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, cwd=Path.cwd()) for _ in range(3)]
    assert [(process.communicate()[1], process.returncode) for process in started] == [(b"", 0)] * 3


def test_a_sqlite_address_may_name_a_file_elsewhere(settings: Settings, tmp_path: Path) -> None:
    elsewhere = replace(settings, database_url=f"sqlite:///{tmp_path / 'other.db'}")
    Store.open(elsewhere).close()
    assert (tmp_path / "other.db").stat().st_mode & 0o777 == 0o600
    assert not (settings.data_dir / "quatrain.db").exists()
