"""A plan made by a command, with a register for it where there is none yet."""

import io
import json
from datetime import UTC, datetime

import pytest

from planner.base.errors import NOTHING_TO_REPORT
from planner.cli.context import Context

GIVEN = ("--title", "Bay works 2027", "--organisation", "Bay Office", "--time-zone", "Asia/Seoul")
READS = "my-week items overview timeline outlook weekly chase calendar clauses matrix findings log verify"


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_from_nothing_to_a_plan(planner):
    done = planner("plan", "new", *GIVEN, "--cadence", "monthly", "--language", "ko")
    assert done.exit_code == 0, done.err
    (row,) = json.loads(planner("plans", "--format", "json").out)["plans"]
    assert {name: row[name] for name in ("key", "starts", "ends", "cadence", "language", "in_use", "closed")} == {
        "key": "bay-works-2027",
        "starts": "2027-01-01",
        "ends": "2027-12-31",
        "cadence": "monthly",
        "language": "ko",
        "in_use": True,
        "closed": None,
    }
    assert "administrator" in planner("whoami").out


def test_every_read_of_an_empty_plan_works(planner, monkeypatch):
    planner("plan", "new", *GIVEN)
    monkeypatch.setattr(Context, "now", lambda self: datetime(2027, 2, 1, tzinfo=UTC))
    for line in READS.split():
        done = planner(line)
        assert (done.exit_code, done.err.count("planner:")) in ((0, 0), (NOTHING_TO_REPORT, 0)), (line, done.err)


def test_without_a_terminal_the_options_must_say_enough(planner):
    done = planner("plan", "new", "--organisation", "Bay Office")
    assert done.exit_code == 3
    assert "--title: a new plan needs this" in done.err
    assert planner("plans").exit_code == 6


@pytest.mark.usefixtures("filled")
def test_a_plan_beside_another_becomes_the_one_in_use(planner):
    assert planner("plan", "new", *GIVEN).exit_code == 0
    assert "*  bay-works-2027" in planner("plans").out
    done = planner("plan", "new", *GIVEN)
    assert (done.exit_code, "--key: the register already has a plan" in done.err) == (5, True)


def test_a_closed_plan_is_read_only_and_comes_last(planner):
    planner("plan", "new", *GIVEN)
    planner("plan", "new", "--title", "Bay works 2028", "--organisation", "Bay Office")
    done = planner("plan", "close", "bay-works-2027", "--reason", "It is over.")
    assert done.out.startswith("Closed bay-works-2027.")
    rows = json.loads(planner("plans", "--format", "json").out)["plans"]
    assert [row["key"] for row in rows] == ["bay-works-2028", "bay-works-2027"]
    assert rows[1]["closed"] is not None
    again = planner("plan", "close", "bay-works-2027", "--reason", "Again.")
    assert (again.exit_code, "planner plan reopen bay-works-2027" in again.err) == (5, True)
    assert planner("plan", "reopen", "bay-works-2027", "--reason", "Too early.").exit_code == 0
    assert "close-plan" in planner("log").out


class Keyboard(io.StringIO):
    """The input of a terminal."""

    def isatty(self) -> bool:
        return True


def test_in_a_terminal_what_is_missing_is_asked_and_a_wrong_answer_is_asked_again(planner, monkeypatch):
    answers = ["", "Bay works 2027", "bay", "", "2020-01-01", "2027-06-30", "Asia/Atlantis", "Asia/Seoul", "daily", ""]
    monkeypatch.setattr("sys.stdin", Keyboard("".join(f"{line}\n" for line in [*answers, "ko", "Bay Office"])))
    done = planner("plan", "new")
    assert done.exit_code == 0, done.err
    assert "[2027-01-01]" in done.out
    for wrong in ("text is required", "there is no time zone 'Asia/Atlantis'", "'daily' is none of weekly"):
        assert wrong in done.err
    (row,) = json.loads(planner("plans", "--format", "json").out)["plans"]
    assert [row[name] for name in ("key", "starts", "ends", "cadence", "language")] == [
        *("bay", "2027-01-01", "2027-06-30", "weekly", "ko"),
    ]


class TestCarryOver:
    @pytest.fixture(autouse=True)
    def _next_year(self, planner, filled, monkeypatch):
        monkeypatch.setattr(Context, "now", lambda self: datetime(2020, 12, 28, tzinfo=UTC))
        planner("plan", "new", "--title", "Harbour 2021", "--key", "next", "--organisation", "Harbour Office")

    def carry(self, planner, *more):
        return planner("plan", "carry-over", "harbour-2020", "next", "--dates", "shift", *more)

    def test_it_shows_what_it_would_add_before_it_asks(self, planner):
        shown = self.carry(planner, "--preview").out
        assert "Mend the quays" in shown
        assert "New theme in next: Quays and lights" in shown
        refused = self.carry(planner)
        assert (refused.exit_code, "Give --yes" in refused.err) == (3, True)
        assert json.loads(planner("items", "--format", "json").out)["items"] == []

    def test_with_yes_it_is_written_once(self, planner):
        assert "Carried 5 items over into next." in self.carry(planner, "--yes").out
        assert "Continues T-001 of harbour-2020" in planner("show", "T-001").out
        assert "Continued as T-001 in next" in planner("--plan", "harbour-2020", "show", "T-001").out
        again = self.carry(planner, "--yes")
        assert (again.exit_code, "There is nothing to carry over." in again.out) == (0, True)

    def test_evidence_on_either_item_of_the_same_code(self, planner, tmp_path):
        self.carry(planner, "--yes")
        for plan in ("harbour-2020", "next"):
            done = planner("--plan", plan, "evidence", "T-001", "-o", str(tmp_path / f"{plan}.zip"))
            assert done.exit_code == 0, done.err

    def test_from_a_closed_plan_but_not_into_one(self, planner):
        planner("plan", "close", "harbour-2020", "--reason", "It is over.")
        planner("plan", "close", "next", "--reason", "Too early.")
        assert self.carry(planner, "--yes").exit_code == 5
        planner("plan", "reopen", "next", "--reason", "A mistake.")
        document = json.loads(self.carry(planner, "--yes", "--format", "json").out)
        assert [one["new_code"] for one in document["carryover"]["items"]][:2] == ["T-001", "T-002"]
