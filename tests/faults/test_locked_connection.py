"""The app's own connection can read one file and nothing else (reliability, fact 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from clearlink.warehouse import connection
from clearlink.warehouse.scope import Scope, everything
from etl.build import warehouse_file

SECRET = "canary-7731"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a served build and, beside it, a secret in every form that the engine could open."""
    part = tmp_path / "clearlink.1.part"
    with duckdb.connect(str(part)) as con:
        con.execute("create table build as select 'b' as build_id")
    warehouse_file.publish(part, tmp_path / "clearlink.duckdb")
    (tmp_path / "secret.csv").write_text(f"a\n{SECRET}\n", encoding="utf-8")
    (tmp_path / "secret.json").write_text(
        f'[{{"a": "{SECRET}"}}]', encoding="utf-8"
    )
    with duckdb.connect() as con:
        con.execute(
            f"copy (select '{SECRET}' as a) to '{tmp_path}/secret.parquet' (format parquet)"
        )
    with duckdb.connect(str(tmp_path / "secret.duckdb")) as con:
        con.execute(f"create table t as select '{SECRET}' as a")
    return tmp_path


@pytest.fixture(params=[Scope(), everything()], ids=["everybody", "everything"])
def scope(request: pytest.FixtureRequest) -> Scope:
    found: Scope = request.param
    return found


@pytest.fixture
def cursor(folder: Path, scope: Scope) -> Iterator[duckdb.DuckDBPyConnection]:
    file = folder / "clearlink.duckdb"
    yield connection.warehouse(file).cursor(scope)
    connection._open.pop(file, None)


STATEMENTS = (
    "insert into w.build values ('x')",
    "update w.build set build_id = 'x'",
    "delete from w.build",
    "drop table w.build",
    "create table w.t (a integer)",
    "create view w.v as select 1",
    "alter table w.build add column b integer",
    "from read_csv('{}/secret.csv')",
    "from read_csv_auto('{}/secret.csv')",
    "from read_text('{}/secret.csv')",
    "from read_blob('{}/secret.csv')",
    "from read_json('{}/secret.json')",
    "from read_json_auto('{}/secret.json')",
    "from read_ndjson('{}/secret.json')",
    "from read_parquet('{}/secret.parquet')",
    "from parquet_metadata('{}/secret.parquet')",
    "from parquet_schema('{}/secret.parquet')",
    "from sniff_csv('{}/secret.csv')",
    "from glob('{}/*')",
    "from '{}/secret.csv'",
    "from '{}/secret.parquet'",
    "from '{}/secret.json'",
    "copy w.build to '{}/out.csv'",
    "copy w.build to '{}/out.parquet' (format parquet)",
    "copy w.build from '{}/secret.csv'",
    "attach '{}/secret.duckdb' as s",
    "attach '{}/new.duckdb' as n",
    "attach '{}/secret.duckdb' as s (read_only)",
    "export database '{}/out'",
    "import database '{}/out'",
    "install httpfs",
    "install spatial from community",
    "load httpfs",
    "load '{}/secret.csv'",
    "force install sqlite",
    "from 'https://example.invalid/x.csv'",
    "from read_text('https://example.invalid/x')",
    "from read_parquet('s3://bucket/x.parquet')",
    "attach 'https://example.invalid/x.duckdb' as h",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "set memory_limit = '64GB'",
    "set threads = 64",
    "set temp_directory = '{}'",
    "set autoinstall_known_extensions = true",
    "set allow_unsigned_extensions = true",
    "set allowed_directories = ['{}']",
    "set global custom_user_agent = 'x'",
    "reset enable_external_access",
    "pragma enable_profiling = 'json'",
    "set profiling_output = '{}/profile.json'",
    "pragma profiling_output = '{}/profile.json'",
    "create secret (type s3)",
    "select getenv('HOME')",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_statement_is_refused(
    statement: str, folder: Path, cursor: duckdb.DuckDBPyConnection
) -> None:
    before = sorted(p.name for p in folder.iterdir())
    with pytest.raises(duckdb.Error):
        cursor.execute(statement.format(folder)).fetchall()
    assert sorted(p.name for p in folder.iterdir()) == before


def test_every_table_function_of_the_engine_that_takes_a_text_gives_no_file(
    folder: Path, cursor: duckdb.DuckDBPyConnection
) -> None:
    names = [
        name
        for (name,) in cursor.execute(
            "select distinct function_name from duckdb_functions() where function_type in ('table', "
            "'table_macro') and list_contains(list_transform(parameter_types, lambda t: coalesce(t, "
            "'VARCHAR')), 'VARCHAR') order by 1"
        ).fetchall()
    ]
    files = (
        "secret.csv",
        "secret.json",
        "secret.parquet",
        "secret.duckdb",
        "*",
    )
    answered: dict[str, str] = {}
    tried = 0
    for name in names:
        assert re.fullmatch(r"[a-z_0-9]+", name)
        for file in files:
            tried += 1
            try:
                rows = cursor.execute(
                    f"from {name}('{folder}/{file}')"
                ).fetchmany(5)
            except duckdb.Error:
                continue
            if SECRET in str(rows) or "secret" in str(rows).replace(
                f"{folder}/{file}", ""
            ):
                answered[name] = str(rows)[:100]
    assert {
        "read_csv",
        "read_parquet",
        "read_text",
        "glob",
        "sniff_csv",
    } <= set(names)
    assert tried >= 50
    assert answered == {}


def test_limits_are_set_before_the_lock(
    cursor: duckdb.DuckDBPyConnection,
) -> None:
    held = dict(
        cursor.execute(
            "select name, value from duckdb_settings() where name in ('threads', 'memory_limit', "
            "'enable_external_access', 'lock_configuration', 'autoload_known_extensions', "
            "'autoinstall_known_extensions')"
        ).fetchall()
    )
    assert held == {
        "threads": "2",
        "memory_limit": held["memory_limit"],
        "enable_external_access": "false",
        "lock_configuration": "true",
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
    }
    assert held["memory_limit"] in ("1.0 GB", "953.6 MiB")


def test_reading_goes_on_and_two_visitors_share_no_result(
    folder: Path, cursor: duckdb.DuckDBPyConnection
) -> None:
    other = connection.warehouse(folder / "clearlink.duckdb").cursor(Scope())
    cursor.execute("select 1")
    other.execute("select 2")
    assert (cursor.fetchone(), other.fetchone()) == ((1,), (2,))
    assert cursor.execute("select build_id from build").fetchall() == [("b",)]
