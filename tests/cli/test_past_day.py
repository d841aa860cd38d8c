"""Asked for as of a day before the plan changed, every command says what it said then."""

import json
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from itertools import zip_longest
from pathlib import Path

import pytest

from planner.cli.context import Context
from planner.domain.vocabulary import Direction
from planner.store.database import Database, open_database
from planner.store.location import parse
from planner.weekly.page import vega_lite
from planner.writes.plan_changes.facts import Fact, act_on_plan, change_facts, item_of
from planner.writes.plan_changes.items import ItemEdit, NewItem, add_item, edit_item, move_item
from planner.writes.plan_changes.kinds import rename_kind
from planner.writes.plan_changes.organisations import merge_organisation, rename_organisation
from planner.writes.plan_changes.parts import NewIndicator, NewPart, add_indicator, add_milestone
from planner.writes.plan_changes.split import Part, split_item
from planner.writes.plan_changes.targets import revise_target
from planner.writes.plan_changes.themes import add_theme, move_theme, rename_theme
from planner.writes.plans.edit_plan import PlanEdit, edit_plan
from tests.command import CommandResult, run_command
from tests.effort import only_in_more
from tests.factories import ACTOR, noon, writing_by
from tests.linked import link_item
from tests.two_plans import FIRST, fill
from tests.weekly.test_in_english import undrawn
from tests.writes.plan_changes.acts import MAY, WHY, act

NOW = datetime(2020, 5, 12, 2, 0, tzinfo=UTC)
BEFORE = MAY - timedelta(days=1)

READS = """\
show T-001 --as-of {day} --format json
show P-001 --as-of {day}
show T-002 --as-of {day} --course
items --as-of {day} --format csv
overview --as-of {day} --by organisation
trace T-001 --as-of {day}
trace T-002 --as-of {day}
trace old:duty-1 --as-of {day}
matrix --as-of {day}
theme list --as-of {day}
plans --as-of {day}
findings --as-of {day} --format csv
timeline --as-of {day}
calendar --as-of {day}
weekly --week {week} --section totals
export register --format json --as-of {day}
weekly --week {week}
links list T-002 --as-of {day}
organisation list --as-of {day}
people list --as-of {day}
find quays --as-of {day}
my-week --as-of {day} --format json
chase --as-of {day} --format json
"""

MORE_READS = """\
items --search harbour --as-of {day}
items --search T-002 --as-of {day}
items --lead harbour-office --as-of {day} --format json
overview --as-of {day} --format json
outlook --as-of {day}
calendar T-001 --as-of {day}
clauses old:duty-1 --as-of {day}
matrix --as-of {day} --by organisation
findings --as-of {day} --format html -o -
clauses --as-of {day}
links show T-002:old:duty-1 --as-of {day}
organisation list --search harbour --as-of {day}
find harbour --as-of {day} --format json
chase --week {week} --as-of {day}
weekly --week {week} --format html
weekly --week {week} --format json --section all
weekly --week {week} --section movements
weekly --week {week} --section traceability
weekly --week {week} --section indicators
show T-003 --as-of {day}
items --search breeze --as-of {day}
timeline --as-of {day} --format csv
plans --as-of {day} --format json
"""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, loaded_file: Path) -> Path:
    """The small plan with something recorded of every kind, before any act on the plan."""
    file = tmp_path_factory.mktemp("before") / "register.sqlite"
    shutil.copy(loaded_file, file)
    database = open_database(parse(str(file), "test"))
    fill(database, FIRST, "Breeze", date(2020, 4, 7))
    link_item(database, "T-002", "old:duty-1", noon(date(2020, 4, 8)))
    database.close()
    return file


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same register after the acts of one day."""
    file = tmp_path_factory.mktemp("after") / "register.sqlite"
    shutil.copy(before, file)
    database = open_database(parse(str(file), "test"))
    change_everything(database)
    database.close()
    return file


def change_everything(database: Database) -> None:
    """Make every act on the plan, as of a day in May."""
    act(database, edit_item, "T-001", ItemEdit(title="Mend some quays", weight=3, accountable="brook"), WHY)
    act(database, move_item, "T-001", WHY, theme="2", measure="M2.02", lead="town-archive")
    act(database, revise_target, "T-001", 1, WHY, value=8, due=date(2021, 1, 31))
    act(database, split_item, "T-003", [Part("A-1", "Ask"), Part("A-2", "List")], WHY)
    new = NewItem("N-1", "New", "1", "harbour-office", date(2020, 12, 1), "task", "M1.01")
    act(database, add_item, new, WHY)
    act(database, rename_theme, "1", WHY, title="Quays")
    act(database, rename_kind, "task", WHY, title="Chore")
    act(database, move_theme, "2", WHY, inside="1")
    act(database, add_theme, "Ice", WHY)
    act(database, edit_plan, PlanEdit(title="Harbour plan", ends=date(2021, 1, 31)), WHY)
    act(database, add_milestone, "T-001", NewPart("Rooms painted", date(2020, 11, 1)), WHY)
    act(database, add_indicator, "T-001", NewIndicator("Lamps", "lamps", Direction.INCREASE), WHY)
    recode(database, "T-002", "K-2")
    recode(database, "P-001", "T-002")
    act(database, rename_organisation, "harbour-office", "Port Office", WHY, short_name="Port")
    act(database, merge_organisation, "town-archive", "harbour-office", WHY)


def recode(database: Database, code: str, new: str) -> None:
    """Give an item another code, as an import does."""
    with database.writing() as session, act_on_plan(writing_by(session, ACTOR, noon(MAY)), WHY, MAY) as done:
        change_facts(done, item_of(done, code), {"code": Fact(code, new, {"code": new})})


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day after all that was recorded."""
    monkeypatch.setattr(Context, "now", lambda self: NOW)
    monkeypatch.setattr(vega_lite, "rendered", undrawn)


def said(result: CommandResult) -> list[str]:
    """The lines of an answer.

    A calendar tells programs when its entries were written, and how often. An exported register names its last event,
    and its digest covers that name.
    """
    lines = re.sub(r", event \d+ [0-9a-f]+", "", result.out).splitlines()
    return [line for line in lines if not line.startswith(("DTSTAMP:", "LAST-MODIFIED:", "SEQUENCE:", ' "sha256": '))]


@pytest.mark.more
@pytest.mark.parametrize("lines", [READS, only_in_more(MORE_READS)], ids=["some", "more"])
def test_what_a_command_says_of_a_past_day_is_not_changed_by_later_acts(before: Path, after: Path, lines: str) -> None:
    changed = []
    for line in lines.splitlines():
        call = line.format(day=BEFORE, week="2020-W18").split()
        then, now = (run_command("--db", str(file), *call) for file in (before, after))
        assert then.out, (line, then.err)
        differing = [pair for pair in zip_longest(said(then), said(now)) if pair[0] != pair[1]]
        if differing:
            changed.append((line, *differing[0], now.err))
    assert not changed, "\n".join(map(str, changed))


def test_a_code_means_the_item_that_had_it_on_that_day_or_the_one_that_has_it_now(after: Path) -> None:
    def title(code: str, *day: str) -> str:
        return run_command("--db", str(after), "show", code, *day).out.splitlines()[0]

    then = ("--as-of", str(BEFORE))
    assert title("T-002").startswith("T-002  Build the light on the north pier")
    assert title("t2", *then) == title("K-2", *then) == "T-002  Train the lighthouse keepers"
    assert title("P-001", *then).startswith("P-001  Build the light on the north pier")


def test_an_item_that_the_plan_did_not_have_yet_is_refused_with_its_day(after: Path) -> None:
    for command in ("show", "trace"):
        refused = run_command("--db", str(after), command, "n1", "--as-of", str(BEFORE))
        assert refused.exit_code == 4
        assert refused.err == (
            "planner: CODE: the plan does not have N-1 on 2020-05-10: it was added on 2020-05-11. "
            "Ask for 2020-05-11 or a later day.\n"
        )


def test_the_issuer_has_the_name_of_the_day(after: Path) -> None:
    def page(*day: str) -> str:
        return run_command("--db", str(after), "clauses", "--format", "html", *day).out

    assert "Port Office" in page()
    assert "Port Office" not in page("--as-of", str(BEFORE))


def test_the_register_of_a_past_day_is_imported_into_a_new_plan(after: Path, tmp_path: Path) -> None:
    file = tmp_path / "then.json"
    made = run_command("--db", str(after), "export", "register", "--as-of", str(BEFORE), "-o", str(file))
    assert made.err == f"Wrote 5 items, as of {BEFORE} to {file}.\n"
    # A plan without a mandate has no measures.
    document = json.loads(file.read_text())
    for row in document["items"]:
        row.pop("measure", None)
    file.write_text(json.dumps(document))
    new = ("--title", "Harbour 2020", "--organisation", "harbour-office", "--from", str(file), "--yes")
    taken = run_command("--db", str(tmp_path / "new.sqlite"), "plan", "new", *new)
    assert taken.exit_code == 0, taken.out

    again = run_command("--db", str(tmp_path / "new.sqlite"), "export", "register", "--format", "json").out
    wanted = ("code", "title", "lead", "supporting", "due", "weight", "theme")
    then, now = (
        [[row.get(name) for name in wanted] for row in json.loads(text)["items"]] for text in (file.read_text(), again)
    )
    assert then == now
