"""Which database is meant: the option, the environment, the default; and what is neither a path nor a URL."""

from pathlib import Path

import pytest

from planner.base.errors import BadValueError, DatabaseUnusableError
from planner.store.location import (
    DEMONSTRATION_FILE_NAME,
    FILE_NAME,
    POSTGRESQL_OPTIONS,
    VARIABLE,
    connect_seconds,
    data_folder,
    file_of,
    parse,
    resolve,
    shown,
)
from tests.command import run_command

# Options that an older libpq may not know.
NEWER_OPTIONS = {"gssdelegation", "load_balance_hosts", "require_auth", "scram_client_key", "scram_server_key"} | {
    "sslcertmode",
    "sslnegotiation",
}


@pytest.fixture(autouse=True)
def own_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.delenv(VARIABLE, raising=False)
    return folder


def test_option_goes_before_environment(monkeypatch):
    monkeypatch.setenv(VARIABLE, "/from/environment.sqlite")

    assert file_of(resolve("/from/option.sqlite")) == Path("/from/option.sqlite")


def test_an_empty_option_does_not_mean_one_s_own_register(monkeypatch):
    monkeypatch.setenv(VARIABLE, "sqlite:////srv/other.sqlite")
    for arguments in (("--db", "", "items"), ("--db", " ", "init")):
        done = run_command(*arguments)
        assert done.exit_code == BadValueError.exit_code
        assert "--db: no database was named" in done.err


def test_environment_goes_before_default(monkeypatch):
    monkeypatch.setenv(VARIABLE, "/from/environment.sqlite")

    assert file_of(resolve(None)) == Path("/from/environment.sqlite")


@pytest.mark.parametrize("value", [None, ""])
def test_default_is_a_file_in_the_data_folder_of_the_user(monkeypatch, own_data_folder, value):
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)

    assert data_folder() == own_data_folder / "planner"
    assert file_of(resolve(None)) == own_data_folder / "planner" / FILE_NAME


def test_demonstration_has_a_file_of_its_own(own_data_folder):
    assert file_of(resolve(None, DEMONSTRATION_FILE_NAME)) == own_data_folder / "planner" / DEMONSTRATION_FILE_NAME
    assert DEMONSTRATION_FILE_NAME != FILE_NAME


@pytest.mark.parametrize(
    "path", ["plan.sqlite", "folder/plan.db", "/a b/50%?#.sqlite", "C:plan", "계획/خطة.sqlite", "sqlite:plan"]
)
def test_plain_path_is_a_sqlite_file_as_it_stands(path):
    url = parse(path, "--db")

    assert url.drivername == "sqlite"
    assert file_of(url) == Path(path)
    assert shown(url) == path


def test_tilde_is_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))

    assert file_of(parse("~/plan.sqlite", "--db")) == tmp_path / "plan.sqlite"


def test_sqlite_url_names_a_file():
    url = parse("sqlite+pysqlite:////srv/plan.sqlite", "--db")

    assert url.drivername == "sqlite"
    assert file_of(url) == Path("/srv/plan.sqlite")


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg", "postgresql+psycopg2"])
def test_postgresql_goes_through_psycopg_3(scheme):
    url = parse(f"{scheme}://ada@db.example/plan", "--db")

    assert url.drivername == "postgresql+psycopg"
    assert (url.host, url.database) == ("db.example", "plan")
    assert file_of(url) is None


def test_password_is_never_shown():
    url = parse("postgresql://ada:secret@db.example/plan", "--db")

    assert "secret" not in shown(url)
    assert "db.example/plan" in shown(url)


@pytest.mark.parametrize(
    "given",
    [
        "postgresql://ada@127.0.0.1:1/plan?password=secret",
        "postgresql://127.0.0.1:1/plan?user=ada&password=secret&password=secret2",
        "postgresql://ada:secret@127.0.0.1:1/plan?sslpassword=secret&sslmode=require",
        "postgresql://ada@/plan?host=127.0.0.1&port=1&scram_client_key=secret",
        "postgres:/ada:secret@127.0.0.1/plan",
        "postgresql://ada:se@secret@127.0.0.1:1/plan",
        "postgresql:ada:secret@127.0.0.1/plan",
        "host=127.0.0.1 port=1 dbname=plan password=secret",
        "postgresql://ada:secret@127.0.0.1:1/plan?connect_timeout=soon",
        "postgresql://ada:secret@127.0.0.1:1/plan?client_encoding=none",
    ],
)
def test_no_message_has_a_password(monkeypatch, given):
    monkeypatch.setenv(VARIABLE, given)

    # A demonstration takes no address from the variable.
    for arguments in (["items"], ["init"], ["update", "T-001", "--done", "x"], ["--db", given, "demo"]):
        done = run_command(*arguments)
        assert "secret" not in done.out + done.err
        assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("sqlite:////srv/plan.sqlite?timeout=5", "no option 'timeout'. Known options: mode."),
        ("sqlite:////srv/plan.sqlite?mode=rwc", "mode must be one of ro, rw"),
        ("sqlite:////srv/plan.sqlite?mode=ro&mode=rw", "mode must be one of ro, rw"),
        ("postgresql://db.example/plan?mode=ro", "no option 'mode'. Known options: application_name, "),
        ("postgresql://db.example/plan?a=1&b=2", "no option 'a', 'b'."),
        ("sqlite:////srv/plan%00.sqlite", "control characters"),
        ("postgresql://ada:s%00@db.example/plan", "control characters"),
        ("postgresql://db.example/plan?application_name=%0A", "control characters"),
        ("postgres:/db.example/plan", "this is not a database URL"),
    ],
)
def test_what_cannot_be_taken_of_an_address_is_told(given, said):
    done = run_command("--db", given, "items")

    assert (done.exit_code, done.out) == (BadValueError.exit_code, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_a_server_has_ten_seconds_to_answer_unless_somebody_says_otherwise(monkeypatch):
    assert connect_seconds(parse("postgresql://h/plan", "--db")) == "10"
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "30")
    assert connect_seconds(parse("postgresql://h/plan", "--db")) == "30"
    assert connect_seconds(parse("postgresql://h/plan?connect_timeout=5", "--db")) == "5"


def test_an_option_is_known_by_the_server_s_own_library():
    """A wrong value of a known option is the library's to refuse, in one message."""
    from psycopg.pq import Conninfo

    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    assert {name for name in POSTGRESQL_OPTIONS if name not in known} <= NEWER_OPTIONS
    for option in ("connect_timeout=soon", "client_encoding=none", "port=x", "sslmode=perhaps"):
        done = run_command("--db", f"postgresql://127.0.0.1:1/plan?{option}", "items")
        assert done.exit_code in (BadValueError.exit_code, DatabaseUnusableError.exit_code)
        assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "given",
    [
        "://",
        "nothing://",
        "mysql://host/plan",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://host:port/plan",
        "http://planner.example/",
    ],
)
@pytest.mark.parametrize("where", ["--db", VARIABLE])
def test_what_is_no_database_is_told_with_where_it_came_from(given, where):
    with pytest.raises(BadValueError) as raised:
        parse(given, where)

    assert raised.value.where == where
    assert "sqlite:///FILE or postgresql://HOST/NAME" in raised.value.do


def test_bad_url_ends_a_command_with_its_exit_code(monkeypatch):
    monkeypatch.setenv(VARIABLE, "mysql://host/plan")

    result = run_command("items")

    assert result.exit_code == BadValueError.exit_code
    assert result.out == ""
    assert result.err == (
        "planner: PLANNER_DB: databases of the kind 'mysql' are not supported here. "
        "Give a file path, sqlite:///FILE or postgresql://HOST/NAME.\n"
    )
