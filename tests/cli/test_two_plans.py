"""Every command of one plan says and does the same, whether or not another plan has the same codes."""

import csv
import io
import json
import os
import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.cli.context import Context, login
from planner.domain.symbols import SYMBOLS
from planner.personal import drafts
from planner.personal.drafts import Draft, draft_key
from planner.store.database import open_database
from planner.store.location import parse
from planner.weekly.page import vega_lite
from tests.cli.test_plan_days import LONG_AFTER
from tests.command import run_command
from tests.effort import only_in_more
from tests.two_plans import FIRST, MARK, SECOND, fill, put_side_by_side
from tests.weekly.test_in_english import undrawn

NOW = datetime(2020, 4, 9, 2, 0, tzinfo=UTC)

# Commands that read a plan. What the exports say of the log as a whole tells of both plans, so they are not here.
READS = """\
my-week
find quays
show T-001 --format json
overview --format json
weekly issues
chase
trace old:duty-1
matrix
links list
findings --format csv
log T-001
"""

MORE_READS = """\
items --search quays
items --theme 1 --measure M1.01 --format csv
show P-001 --course
overview --by organisation
timeline
outlook
weekly --format html
weekly --section movements
weekly --section corrections
calendar
trace T-001
clauses old:duty-1
links show M1.01:old:duty-1
"""


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory, loaded_file: Path) -> tuple[Path, Path]:
    """A register with the first plan alone, and one with both plans; something of every kind was recorded in each."""
    folder = tmp_path_factory.mktemp("plans")
    alone, both = folder / "alone.sqlite", folder / "both.sqlite"
    shutil.copy(loaded_file, alone)
    database = open_database(parse(str(alone), "test"))
    fill(database, FIRST, "Breeze", date(2020, 4, 7))
    database.close()
    put_side_by_side(alone, both)
    return alone, both


@pytest.mark.parametrize("lines", [READS, only_in_more(MORE_READS)], ids=["some", "more"])
def test_what_a_command_says_of_a_plan_is_not_changed_by_another(registers, monkeypatch, lines):
    monkeypatch.setattr(Context, "now", lambda self: NOW)
    monkeypatch.setattr(vega_lite, "rendered", undrawn)
    alone, both = registers
    for line in lines.splitlines():
        one = run_command("--db", str(alone), *line.split())
        two = run_command("--db", str(both), *line.split(), "--plan", FIRST)
        assert one.out, line
        assert (two.exit_code, two.out, two.err) == (one.exit_code, one.out, one.err), line


@pytest.mark.parametrize("line", ["overview", "findings", "log T-001", "clauses", "export oscal"])
def test_the_other_plan_has_its_own_facts(registers, line):
    shown = run_command("--db", str(registers[1]), "--plan", SECOND, *line.split()).out
    assert MARK in shown
    assert "Breeze" not in shown


@pytest.fixture
def both(registers: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The register with both plans, where `planner` looks for it."""
    file = tmp_path / "both.sqlite"
    shutil.copy(registers[1], file)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANNER_DB", str(file))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(Context, "now", lambda self: NOW)


class Typing(io.StringIO):
    """A terminal at which a person sits."""

    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("both")
class TestWhichPlan:
    def test_several_plans_and_none_named(self):
        done = run_command("show", "T-001")
        assert done.exit_code == 4
        assert f"--plan: this register holds several plans: {FIRST} and {SECOND}" in done.err
        assert "planner plan use KEY" in done.err

    def test_the_option_goes_before_the_variable(self, monkeypatch):
        monkeypatch.setenv("PLANNER_PLAN", FIRST)
        assert MARK not in run_command("show", "T-001").out
        assert MARK in run_command("--plan", SECOND, "show", "T-001").out
        assert MARK in run_command("show", "T-001", "--plan", SECOND).out

    def test_the_variable_goes_before_the_chosen_plan(self, monkeypatch):
        assert run_command("plan", "use", SECOND).exit_code == 0
        assert MARK in run_command("show", "T-001").out
        monkeypatch.setenv("PLANNER_PLAN", FIRST)
        assert MARK not in run_command("show", "T-001").out

    @pytest.mark.parametrize(("where", "arguments"), [("--plan", ("--plan", "bay")), ("PLANNER_PLAN", ())])
    def test_a_plan_that_is_not_there(self, monkeypatch, where, arguments):
        monkeypatch.setenv("PLANNER_PLAN", "bay")
        done = run_command("items", *arguments)
        assert done.exit_code == 4
        assert f"{where}: no plan is called 'bay'. The plans are {FIRST} and {SECOND}." in done.err

    def test_an_empty_option_is_refused(self):
        done = run_command("--plan", "", "items")
        assert done.exit_code == 3
        assert "--plan: no plan was named" in done.err

    def test_a_plan_that_is_chosen_while_a_command_waits_is_for_the_next_command(self, monkeypatch):
        assert run_command("plan", "use", FIRST).exit_code == 0
        assert run_command("update", "T-001", "--done", "Dredged.").exit_code == 0

        def choose_and_confirm(*_: object, **__: object) -> bool:
            return run_command("plan", "use", SECOND).exit_code == 0

        other = run_command("show", "T-001", "--plan", SECOND).out
        monkeypatch.setattr("planner.cli.imports.run.confirm", choose_and_confirm)
        monkeypatch.setattr("sys.stdin", Typing())
        Path("new.csv").write_text("Code,Title,Lead organisation\nQ-1,Sow a meadow,Parks Office\n", encoding="utf-8")
        assert run_command("import", "new.csv").exit_code == 0
        assert run_command("show", "Q-1", "--plan", FIRST).exit_code == 0
        assert run_command("show", "Q-1", "--plan", SECOND).exit_code == 4
        assert run_command("show", "T-001", "--plan", SECOND).out == other
        assert MARK in run_command("show", "T-001").out

    def test_a_write_goes_to_the_named_plan(self):
        before = run_command("show", "T-001", "--plan", FIRST).out
        assert run_command("update", "T-001", "--done", "Dredged.", "--plan", SECOND).exit_code == 0
        assert "Dredged." in run_command("show", "T-001", "--plan", SECOND).out
        assert run_command("show", "T-001", "--plan", FIRST).out == before


@pytest.mark.usefixtures("both")
class TestWhereItWasRecorded:
    @pytest.mark.parametrize(
        "line",
        [
            "update T-001 --done Dredged.",
            "theme rename 1 --title Piers --reason So.",
            "due T-003 --move 2021-06-30 --reason Later. --yes",
            "bulk T-001 T-003 --note Dredged. --yes",
        ],
    )
    def test_a_write_says_in_which_plan(self, line):
        done = run_command(*line.split(), "--plan", SECOND)
        assert done.exit_code == 0, done.err
        assert done.out.splitlines()[-1].startswith(f"Recorded in {SECOND}, {MARK} Harbour Town")
        as_json = run_command("undo", "--yes", "--plan", SECOND, "--format", "json") if "update" in line else None
        assert as_json is None or json.loads(as_json.out)["plan"] == SECOND

    def test_a_read_and_a_preview_say_nothing_of_a_record(self):
        for line in ("show T-001", "items", "bulk T-001 --note Dredged. --preview"):
            assert "Recorded in" not in run_command(*line.split(), "--plan", SECOND).out

    def test_a_preview_and_a_question_say_which_plan(self, monkeypatch):
        plan = f"Plan: {SECOND}, {MARK} Harbour Town"
        line = ("bulk", "T-001", "--note", "Dredged.", "--plan", SECOND)
        assert run_command(*line, "--preview").out.startswith(plan)
        monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
        asked = run_command(*line)
        assert f"\n{plan}" in asked.err
        assert "Recorded in" not in asked.out

    def test_what_all_plans_share_is_recorded_in_none(self):
        line = ("organisation", "rename", "town-archive", "--name", "Archive of the Town", "--reason", "So.")
        done = run_command(*line, "--plan", SECOND)
        assert done.exit_code == 0, done.err
        assert SECOND not in done.out

    def test_an_act_whose_argument_is_the_plan_names_it_already(self):
        done = run_command("plan", "edit", SECOND, "--title", "Bay", "--reason", "So.")
        assert done.exit_code == 0, done.err
        assert "Recorded in" not in done.out


def test_with_one_plan_nothing_is_said_of_it(registers, tmp_path, monkeypatch):
    monkeypatch.setattr(Context, "now", lambda self: NOW)
    file = tmp_path / "alone.sqlite"
    shutil.copy(registers[0], file)
    done = run_command("--db", str(file), "update", "T-001", "--done", "Dredged.")
    assert done.exit_code == 0, done.err
    assert "Recorded in" not in done.out


@pytest.mark.usefixtures("both")
class TestPlans:
    def test_each_plan_is_a_row_with_its_own_counts(self):
        run_command("plan", "use", FIRST)
        rows = json.loads(run_command("plans", "--format", "json").out)["plans"]
        assert {row["key"]: row["in_use"] for row in rows} == {FIRST: True, SECOND: False}
        for row in rows:
            alone = json.loads(run_command("overview", "--format", "json", "--plan", row["key"]).out)["overview"]
            assert (row["now"], row["last_period"]) == (alone["now"], alone["last_period"]), row["key"]
            listed = csv.DictReader(io.StringIO(run_command("findings", "--format", "csv", "--plan", row["key"]).out))
            assert row["findings"] == sum(one["state"] == "open" for one in listed), row["key"]
            assert row["contradictions"] == len(alone["contradictions"])
            assert row["awaiting"] == len(alone["awaiting"])

    def test_each_plan_is_a_line_with_a_bar_and_a_row_of_csv(self):
        lines = run_command("plans").out.splitlines()
        assert "By state" in lines[0]
        overview = run_command("overview", "--plan", FIRST).out
        rows = {row["plan"]: row for row in csv.DictReader(io.StringIO(run_command("plans", "--format", "csv").out))}
        shown = json.loads(run_command("plans", "--format", "json").out)["plans"]
        assert list(rows) == [row["key"] for row in shown]
        for row in shown:
            line = next(line for line in lines if row["key"] in line)
            assert any(symbol in line for symbol, _ in SYMBOLS.values()), line
            assert int(rows[row["key"]]["overdue"]) == row["overdue"]
            assert int(rows[row["key"]]["open_findings"]) == row["findings"]
            assert int(rows[row["key"]]["to_confirm"]) == row["awaiting"]
        assert rows[FIRST]["points_since_last_period"].lstrip("-") in overview

    def test_known_at_leaves_out_what_was_recorded_later(self):
        known = ("--known-at", "2020-01-03T12:00:00Z", "--format", "json", "--as-of", "2020-04-08")
        before = run_command("plans", *known)
        assert before.exit_code == 0, before.err
        assert [row["key"] for row in json.loads(before.out)["plans"]] == [FIRST]
        run_command("update", "T-001", "--done", "Dredged.", "--plan", FIRST)
        run_command("plan", "close", FIRST, "--reason", "It is over.")
        assert run_command("plans", *known).out == before.out

    def test_those_with_most_overdue_items_come_first(self, monkeypatch):
        done = run_command("due", "T-003", "--move", "2021-06-30", "--reason", "Later.", "--yes", "--plan", FIRST)
        assert done.exit_code == 0, done.err
        monkeypatch.setattr(Context, "now", lambda self: datetime(2021, 2, 1, tzinfo=UTC))
        rows = json.loads(run_command("plans", "--format", "json").out)["plans"]
        assert [(row["key"], row["overdue"]) for row in rows] == [(SECOND, 3), (FIRST, 2)]

    def test_as_of_a_past_day_each_plan_is_as_it_was_then(self, monkeypatch):
        monkeypatch.setattr(Context, "now", lambda self: datetime(2021, 2, 1, tzinfo=UTC))
        then = ("plans", "--as-of", "2021-01-20", "--format", "json")
        before = json.loads(run_command(*then).out)["plans"]
        for row in before:
            alone = run_command("overview", "--format", "json", "--plan", row["key"], "--as-of", "2021-01-20").out
            assert row["now"] == json.loads(alone)["overview"]["now"], row["key"]
        assert not run_command("plan", "close", FIRST, "--reason", "It is over.").exit_code
        edited = ("plan", "edit", SECOND, "--title", "Another title", "--reason", "Wrong.")
        assert not run_command(*edited, "--as-of", "2021-01-21").exit_code
        assert json.loads(run_command(*then).out)["plans"] == before
        rows = json.loads(run_command("plans", "--format", "json").out)["plans"]
        assert {row["key"]: (row["closed"], row["title"]) for row in rows} == {
            SECOND: (None, "Another title"),
            FIRST: ("2021-02-01", next(row["title"] for row in before if row["key"] == FIRST)),
        }

    def test_a_typed_day_is_the_same_one_for_all_plans(self, monkeypatch):
        monkeypatch.setattr(Context, "now", lambda self: datetime(2026, 2, 1, tzinfo=UTC))
        done = run_command("plans", "--as-of", "20 January")
        assert done.err == "--as-of: '20 January' means Tuesday 2026-01-20.\n"

    def test_the_open_plans_are_added_up(self):
        rows = json.loads(run_command("plans", "--format", "json").out)["plans"]
        items = sum(row["now"]["items"] for row in rows)
        assert f"Open plans: 2. Items: {items}, overdue: " in run_command("plans").out
        run_command("plan", "close", FIRST, "--reason", "It is over.")
        assert "Open plans" not in run_command("plans").out

    def test_the_plan_in_use_is_marked(self):
        assert "planner plan use KEY" in run_command("plans").out
        run_command("plan", "use", SECOND)
        shown = run_command("plans").out
        assert f"*  {SECOND}" in shown
        assert "planner plan use KEY" not in shown

    def test_a_plan_that_is_not_there_is_not_chosen(self):
        done = run_command("plan", "use", "bay")
        assert done.exit_code == 4
        assert "KEY: no plan is called 'bay'" in done.err
        assert run_command("items").exit_code == 4


@pytest.mark.usefixtures("both")
def test_the_export_of_a_plan_does_not_replace_that_of_another(tmp_path):
    export = ("export", "register", "-o", str(tmp_path / "register.json"))
    assert run_command(*export, "--plan", FIRST).exit_code == 0
    before = (tmp_path / "register.json").read_bytes()
    refused = run_command(*export, "--plan", SECOND)
    assert refused.exit_code == 11
    assert f"an export of the plan '{FIRST}', and you export '{SECOND}'" in refused.err
    assert (tmp_path / "register.json").read_bytes() == before
    assert run_command(*export, "--plan", SECOND, "--replace").exit_code == 0


@pytest.mark.usefixtures("both")
def test_what_is_carried_into_a_plan_that_is_over_is_there_when_it_opens(monkeypatch):
    monkeypatch.setattr(Context, "now", lambda self: datetime(2026, 2, 1, tzinfo=UTC))
    made = run_command("plan", "new", "--title", "Harbour 2022", "--key", "late", "--organisation", "harbour-office")
    assert made.exit_code == 0, made.err
    assert run_command("plan", "carry-over", FIRST, "late", "--dates", "end", "--yes").exit_code == 0
    shown = json.loads(run_command("items", "--plan", "late", "--format", "json").out)["items"]
    assert "T-001" in [one["code"] for one in shown]


# A few days after the plan, and years after it, when it is shown as of its end.
@pytest.mark.parametrize("today", [date(2021, 1, 12), only_in_more(LONG_AFTER)])
@pytest.mark.usefixtures("both")
def test_who_reports_on_an_item_that_another_plan_continues_is_told(monkeypatch, tmp_path, today):
    monkeypatch.setattr(Context, "now", lambda self: datetime.combine(today, time(12), UTC))
    run_command("plan", "new", "--title", "Harbour 2022", "--key", "next", "--organisation", "harbour-office")
    assert run_command("plan", "carry-over", FIRST, "next", "--dates", "end", "--yes").exit_code == 0
    assert "of these items continue items of other open plans" in run_command("plans").out
    said = "Continued as T-003 in next"
    assert said in run_command("my-week", "--plan", FIRST).out
    assert said in run_command("chase", "--plan", FIRST).out
    assert run_command("sheets", "out", "--all", "--plan", FIRST, "-o", str(tmp_path)).exit_code == 0
    cells = [cell.value for file in tmp_path.glob("*.xlsx") for row in load_workbook(file)["Reports"] for cell in row]
    assert len([cell for cell in cells if str(cell).startswith(f"{said}\n")]) == 1
    assert said in run_command("update", "T-003", "--done", "Asked.", "--plan", FIRST).out
    assert said in run_command("show", "T-003", "--plan", FIRST).out
    assert said not in run_command("show", "T-003", "--plan", FIRST, "--as-of", "2021-01-11").out
    assert "Continued as" not in run_command("update", "T-003", "--done", "Asked.", "--plan", "next").out

    assert run_command("plan", "close", FIRST, "--reason", "Over.", "--yes").exit_code == 0
    refused = run_command("update", "T-003", "--done", "Asked.", "--plan", FIRST).err
    assert f"so it can only be read. {said}. An administrator can open it again" in refused
    week = run_command("my-week", "--plan", FIRST).out
    assert f"This plan was closed on {today} (Over.). Nothing can be reported on it." in week
    assert "need a report" not in week
    assert "Confirm or return" not in week
    assert "so it can only be read" in run_command("my-week", "--plan", FIRST, "--report").err
    assert "need a report" in run_command("my-week", "--plan", FIRST, "--as-of", "2021-01-11").out


@pytest.mark.usefixtures("both")
class TestWhatIsOfOnePlan:
    def test_the_log_names_the_plan_of_an_event(self):
        run_command("update", "T-001", "--done", "Dredged.", "--plan", SECOND)
        assert f"T-001 ({SECOND})" in run_command("log", "--limit", "1", "--plan", FIRST).out
        assert f"T-001 ({SECOND})" not in run_command("log", "--limit", "1", "--plan", SECOND).out
        event = json.loads(run_command("log", "--limit", "1", "--plan", FIRST, "--format", "json").out)["log"][0]
        assert (event["plan"], event["item"]) == (SECOND, "T-001")

    def test_the_log_names_a_theme_with_its_plan(self):
        run_command("theme", "rename", "1", "--title", "Quays of the bay", "--reason", "So.", "--plan", SECOND)
        own = run_command("log", "--limit", "2", "--plan", SECOND).out
        assert "theme 1 title" in own
        assert "rename-theme  theme 1  " in own or "change-theme  theme 1  " in own
        assert f"theme 1 ({SECOND})" in run_command("log", "--limit", "2", "--plan", FIRST).out

    def test_every_event_that_belongs_to_a_plan_says_so(self):
        events = json.loads(run_command("log", "--limit", "1000", "--plan", FIRST, "--format", "json").out)["log"]
        plans: dict[str, set[str | None]] = {}
        for event in events:
            plans.setdefault(event["table"], set()).add(event["plan"])
        both = {table for table, keys in plans.items() if keys == {FIRST, SECOND}}
        assert {"plan", "theme", "measure", "item", "link", "link_review", "weekly_issue", "issued_file"} <= both
        assert {table for table, keys in plans.items() if keys & {FIRST, SECOND} and None in keys} == set()
        assert plans["person"] == plans["clause"] == {None}

    def test_undo_passes_over_what_was_written_to_another_plan(self, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.StringIO("n\nn\n"))
        run_command("update", "T-001", "--done", "Dredged.", "--plan", FIRST)
        run_command("update", "T-001", "--done", "Dried.", "--plan", SECOND)
        asked = run_command("undo", "--plan", FIRST).err
        assert f"Your last write in {FIRST}, of 20" in asked
        assert f"You have written something later in {SECOND}. It is not undone." in asked
        assert "later in" not in run_command("undo", "--plan", SECOND).err
        assert run_command("undo", "--yes", "--plan", FIRST).exit_code == 0
        shown = {plan: run_command("show", "T-001", "--plan", plan, "--format", "json").out for plan in (FIRST, SECOND)}
        last = {plan: json.loads(text)["item"]["item"]["last"] for plan, text in shown.items()}
        assert last[SECOND]["done"] == "Dried."
        assert last[FIRST]["done"] != "Dredged."

    def test_drafts_on_the_same_code_are_kept_apart(self, monkeypatch):
        address = os.environ["PLANNER_DB"]
        for plan in (FIRST, SECOND):
            key = draft_key(address, plan, login(), "T-001")
            drafts.keep(Draft(key, {"done": f"Typed into {plan}."}, {}, NOW, NOW, id=plan[-4:]))
        both = run_command("drafts").out
        assert f"T-001 ({FIRST})" in both
        assert f"T-001 ({SECOND})" in both
        run_command("plan", "use", FIRST)
        assert SECOND not in run_command("drafts", "show", "T-001").out
        assert run_command("drafts").err == f"You also have drafts in other plans: {SECOND}.\n"
        assert run_command("drafts", "discard", "T-001").exit_code == 0
        assert SECOND in run_command("drafts", "--plan", SECOND).out
