"""planner people, planner whoami, and what roles mean to the other commands, as typed."""

import json
import os
import pwd
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text

from planner.cli import context
from planner.domain.rules.permissions import Permission
from planner.store import making
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import AuditEvent, Person
from planner.writes.installation import mark_register
from tests.command import CommandResult
from tests.factories import ACTOR, AT, AUDITOR, COLLEAGUE, MYSELF, OFFICER, small_bundle, write_documents
from tests.store.test_revision import migrate

Planner = Callable[..., CommandResult]
As = Callable[[str], None]


@pytest.fixture
def be(monkeypatch: pytest.MonkeyPatch) -> As:
    """Be somebody else to the system."""
    return lambda login: monkeypatch.setattr(context, "login", lambda: login)


def people(planner: Planner) -> dict[str, tuple[str, str | None, bool]]:
    listed = json.loads(planner("people", "list", "--format", "json").out)["people"]
    return {
        one["login"]: (one["role"], one["organisation"] and one["organisation"]["key"], one["active"]) for one in listed
    }


def test_the_login_is_the_system_s_and_not_one_that_anybody_can_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "ada")
    assert context.login() == pwd.getpwuid(os.getuid()).pw_name


def test_a_user_without_a_name_has_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 2_000_000_123)
    assert context.login() == "uid-2000000123"


def test_another_person_of_the_same_name_is_told(planner: Planner, filled: Database) -> None:
    planner("people", "add", "cleo", "--name", "Cleo Marsh", "--role", "manager")
    told = planner("people", "add", "c.marsh", "--name", "cleo  marsh", "--role", "manager").out
    assert "cleo has the name cleo  marsh, too. If both are one person:\n" in told
    assert "'planner people give-items cleo --to c.marsh --reason TEXT'" in told.replace("\n", " ")
    assert "too" not in planner("people", "add", "otto", "--role", "manager").out


def test_who_leaves_is_told_to_have_items_and_an_ended_organisation_takes_nobody(
    planner: Planner, filled: Database
) -> None:
    why = ("--reason", "Agreed.")
    planner("people", "add", "cleo", "--name", "Cleo", "--role", "manager")
    planner("item", "edit", "T-002", "--accountable", "cleo", *why)
    left = planner("people", "leave", "cleo", *why).out
    assert "Still accountable for unfinished items of harbour-2020: T-002\n" in left
    assert "'planner --plan harbour-2020 people give-items cleo --to LOGIN --reason TEXT'" in left
    planner("organisation", "add", "tides", "--name", "Tides")
    planner("people", "add", "otto", "--name", "Otto", "--role", "officer", "--organisation", "tides")
    dissolved = planner("organisation", "dissolve", "tides", *why).out
    assert "  People who still belong to it: otto\n" in dissolved
    for refused in (
        planner("people", "add", "eve", "--name", "Eve", "--role", "officer", "--organisation", "tides"),
        planner("people", "change", "cleo", "--organisation", "tides", *why),
    ):
        assert (refused.exit_code, "--organisation: Tides was dissolved as of" in refused.err) == (5, True)


def test_people_are_listed_added_changed_leave_and_come_back(planner: Planner, filled: Database) -> None:
    assert "Dora" in planner("people").out
    added = planner("people", "add", "cleo", "--name", "Cleo [/]", "--organisation", "archive")
    assert (added.exit_code, added.out) == (0, "Recorded: cleo, Cleo [/], officer, Town Archive.\n")
    assert people(planner)["cleo"] == ("officer", "town-archive", True)
    why = ("--reason", "Agreed.", "--as-of", "2020-05-04")
    assert planner("people", "change", "cleo", "--role", "manager", "--no-organisation", *why).exit_code == 0
    assert people(planner)["cleo"] == ("manager", None, True)
    left = planner("people", "leave", "cleo", *why)
    assert left.out == "Recorded from 2020-05-04 on: cleo, Cleo [/], manager, has left.\n"
    assert people(planner)["cleo"] == ("manager", None, False)
    assert "has left" in planner("people").out
    back = json.loads(planner("people", "come-back", "cleo", *why, "--format", "json").out)
    assert (back["kind"], back["person"]["active"]) == ("planner-person", True)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "told"),
    [
        (["add", "cleo"], 3, "--organisation"),
        (["add", "brook", "--role", "manager"], 5, "planner people change brook"),
        (["change", "brook", "--reason", "x"], 2, "Give at least one of --name"),
        (["change", "brook", "--organisation", "archive", "--no-organisation", "--reason", "x"], 2, "not both"),
        (["change", "nemo", "--role", "manager", "--reason", "x"], 4, "no person has the login 'nemo'"),
        (["change", "brook", "--name", "Bo"], 2, "--reason"),
        (["leave", "brook"], 2, "--reason"),
        (["leave", "brook", "--reason", " "], 3, "--reason"),
        (["come-back", "brook", "--reason", "x"], 3, "it is already as you say"),
        (["add", "cleo", "--role", "manager", "--as-of", "2020-05-04"], 3, "--reason"),
    ],
)
def test_what_cannot_be_is_told(
    planner: Planner, filled: Database, arguments: list[str], exit_code: int, told: str
) -> None:
    before = people(planner)
    done = planner("people", *arguments)
    assert done.exit_code == exit_code
    assert told in done.err
    assert people(planner) == before


def test_only_an_administrator_keeps_people(planner: Planner, filled: Database, be: As) -> None:
    be(COLLEAGUE.name)
    done = planner("people", "add", "cleo", "--role", "manager")
    assert done.exit_code == 5
    assert "brook is a manager and may not add or change people" in done.err


def test_whoami_says_who_one_is_and_what_one_may_do(planner: Planner, filled: Database, be: As) -> None:
    found = json.loads(planner("whoami", "--format", "json").out)["whoami"]
    assert (found["login"], found["person"]["role"]) == (MYSELF.name, "administrator")
    assert found["may"] == [deed.value for deed in Permission]
    be(OFFICER.name)
    said = planner("whoami").out
    assert said.splitlines() == [
        "dora, Dora, officer, Harbour Office",
        "You may report on items, move a milestone's date, ask for a later date, undo a write",
        "This applies to the items that Harbour Office leads or supports",
    ]
    be(AUDITOR.name)
    assert "You may assess an item, undo a write" in planner("whoami").out
    be("nemo")
    assert planner("whoami").out == "nemo is not listed as a person in this register and can only read\n"


def test_a_stranger_reads_and_is_told_whom_to_ask_to_write(planner: Planner, filled: Database, be: As) -> None:
    be("nemo")
    assert planner("items").exit_code == 0
    done = planner("update", "T-001", "--done", "x")
    assert done.exit_code == 5
    assert "'planner people add nemo …'" in done.err


AN_AUDITOR_S = (
    ["update", "T-001", "--done", "x"],
    ["milestone", "T-001", "1", "--met", "2020-04-01"],
    ["due", "T-001", "--move", "2020-12-30", "--reason", "x"],
    ["observe", "T-001", "1", "3"],
    ["people", "add", "cleo", "--role", "manager"],
)


def test_an_auditor_writes_nothing_and_reads_all(planner: Planner, filled: Database, be: As, tmp_path: Path) -> None:
    filled.close()
    file = tmp_path / "command.sqlite"
    before = file.read_bytes()
    be(AUDITOR.name)
    texts, seeds = write_documents(tmp_path / "texts"), small_bundle(tmp_path / "seeds")
    for arguments in (*AN_AUDITOR_S, ["sources", "attach", str(texts)], ["init", "--seeds", str(seeds)]):
        done = planner(*arguments)
        assert (done.exit_code, "an auditor can only read" in done.err) == (5, True), done
    for arguments in (["items"], ["show", "T-001"], ["overview"], ["weekly"], ["trace", "T-001"], ["people"]):
        assert planner(*arguments).exit_code == 0
    assert file.read_bytes() == before


# The first administrator


def test_who_makes_a_register_is_its_first_administrator_once(planner: Planner, tmp_path: Path, be: As) -> None:
    seeds = str(small_bundle(tmp_path / "seeds"))
    be("ada")
    planner("init", "--seeds", seeds)
    planner("init", "--seeds", seeds)
    assert people(planner) == {"ada": ("administrator", None, True)}
    be("brook")
    again = planner("init", "--seeds", seeds)
    assert again.exit_code == 5
    assert "'brook' is not a person of this register" in again.err
    assert people(planner) == {"ada": ("administrator", None, True)}


def test_only_an_administrator_loads_data_files_again(
    planner: Planner, filled: Database, be: As, tmp_path: Path
) -> None:
    seeds = small_bundle(tmp_path / "seeds")
    be(COLLEAGUE.name)
    done = planner("init", "--seeds", str(seeds))
    assert done.exit_code == 5
    assert "brook is a manager and may not load data files" in done.err
    be(ACTOR.name)
    assert planner("init", "--seeds", str(seeds)).exit_code == 0


def test_upgrade_makes_the_maker_of_a_register_without_people_its_administrator(
    planner: Planner, filled: Database, be: As
) -> None:
    with filled.writing() as session:
        session.execute(delete(Person))
        session.commit()
    be("nemo")
    assert "Run 'planner upgrade'" in planner("update", "T-001", "--done", "x").err
    assert "its creator ada is now its administrator" in planner("upgrade").out
    assert people(planner) == {"ada": ("administrator", None, True)}
    with filled.reading() as session:
        newest = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()
    assert (newest.action, newest.label, newest.actor) == ("add-person", "ada", "nemo")
    assert "administrator" not in planner("upgrade").out


def test_upgrade_of_a_database_from_before_there_were_people(planner: Planner, tmp_path: Path) -> None:
    """One of the first revision, which had no roles, becomes one with an administrator in one go."""
    file = tmp_path / "command.sqlite"
    database = making.make(context.Context(str(file)).url)
    with database.writing() as session, writing(session, ACTOR, AT) as journal:
        mark_register(journal)
    migrate(database, "0001")
    database.close()
    assert planner("items").exit_code == 7
    done = planner("upgrade")
    assert done.exit_code == 0
    assert "to revision" in done.out
    assert "its creator ada is now its administrator" in done.out


def test_as_is_refused_in_a_register_and_by_what_is_done_as_oneself(
    planner: Planner, filled: Database, tmp_path: Path
) -> None:
    for arguments in (["items"], ["update", "T-001", "--done", "x"], ["whoami"]):
        done = planner("--as", "ada", *arguments)
        assert done.exit_code == 5
        assert "--as: in a register you can act only under your own login" in done.err
    new = tmp_path / "new.sqlite"
    assert planner("--db", str(new), "--as", "ada", "init").exit_code == 5
    assert not new.exists()
    with filled.reading() as session:
        assert session.execute(text("SELECT count(*) FROM status_update")).scalar_one() == 0


def test_the_log_has_the_reason_why_somebody_left_or_came_back(planner, filled):
    planner("people", "add", "cleo", "--name", "Cleo", "--role", "manager")
    assert planner("people", "leave", "cleo", "--reason", "She retires.").exit_code == 0
    assert planner("people", "come-back", "cleo", "--reason", "She is missed.").exit_code == 0
    told = planner("log", "--action", "change-person").out
    assert "reason: She retires." in told
    assert "reason: She is missed." in told


def test_as_of_an_earlier_day_who_left_is_there_and_who_joined_later_is_not(planner: Planner, filled: Database) -> None:
    def then(day: str) -> dict[str, bool]:
        found = json.loads(planner("people", "list", "--as-of", day, "--format", "json").out)["people"]
        return {one["login"]: one["active"] for one in found}

    planner("people", "add", "cleo", "--role", "manager", "--as-of", "2020-06-01", "--reason", "A new post.")
    planner("people", "leave", "brook", "--as-of", "2020-06-15", "--reason", "He retires.")
    assert "cleo" not in then("2020-05-31")
    assert then("2020-06-01")["cleo"]
    assert [then(day)["brook"] for day in ("2020-06-14", "2020-06-15")] == [True, False]
    refused = planner("people", "come-back", "brook", "--as-of", "2020-06-14", "--reason", "A slip.")
    assert (refused.exit_code, "brook was changed as of 2020-06-15 already" in refused.err) == (5, True)
