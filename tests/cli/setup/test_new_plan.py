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
    answers = ["", "Bay works 2027", "bay", "Asia/Atlantis", "asia/seoul", "", "2020-01-01", "2027-06-30", "daily", ""]
    answers.insert(5, "31 Juno")
    monkeypatch.setattr(
        "sys.stdin", Keyboard("".join(f"{line}\n" for line in [*answers, "Korean", "KO", "Bay Office"]))
    )
    done = planner("plan", "new")
    assert done.exit_code == 0, done.err
    assert "[2027-01-01]" in done.out
    for wrong in (
        "Text is required",
        "There is no time zone 'Asia/Atlantis'",
        "'daily' is none of weekly",
        "'Korean' is not",
    ):
        assert wrong in done.err
    # Nobody typed an option.
    assert ("31 Juno" in done.err, "--" in done.err) == (True, False)
    assert "The organisation Bay Office was added to the register.\n" in done.out
    (row,) = json.loads(planner("plans", "--format", "json").out)["plans"]
    assert [row[name] for name in ("key", "starts", "ends", "cadence", "language")] == [
        *("bay", "2027-01-01", "2027-06-30", "weekly", "ko"),
    ]


@pytest.mark.usefixtures("filled")
def test_a_taken_key_is_said_when_it_is_typed_and_no_answer_is_lost(planner, monkeypatch):
    answers = ["Harbour 2021", "harbour-2020", "next", "seoul", "asia/seoul", "", "", "", "", "Harbour Office"]
    monkeypatch.setattr("sys.stdin", Keyboard("".join(f"{line}\n" for line in answers)))
    done = planner("plan", "new")
    assert done.exit_code == 0, done.err
    assert "The register already has a plan 'harbour-2020'" in done.err
    assert "was added to the register" not in done.out
    assert "Perhaps you mean Asia/Seoul" in done.err
    assert "Made the plan next: Harbour 2021 (2021-01-01 to 2021-12-31)" in done.out


@pytest.mark.usefixtures("filled")
def test_a_new_organisation_with_a_name_like_another_one_is_asked_about(planner, monkeypatch):
    answers = ["Harbour 2021", "next", "", "", "", "", "", "town", "n", "archive of the town", "y"]
    monkeypatch.setattr("sys.stdin", Keyboard("".join(f"{line}\n" for line in answers)))
    done = planner("plan", "new")
    assert done.exit_code == 0, done.err
    asked = "Town Archive. Add {} as another organisation?"
    assert [asked.format(name) in done.out for name in ("town", "archive of the town")] == [True, True]
    assert "The organisation archive of the town was added to the register.\n" in done.out


@pytest.mark.usefixtures("filled")
def test_a_title_that_another_plan_has_is_remarked(planner):
    same = json.loads(planner("plans", "--format", "json").out)["plans"][0]
    given = ("--key", "next", "--organisation", "Harbour Office")
    made = planner("plan", "new", "--title", same["title"].upper(), *given)
    assert made.exit_code == 0, made.err
    assert f"Another plan has the same title: {same['key']}." in made.err
    edited = ("plan", "edit", "next", "--reason", "So.", "--title")
    assert "same title" not in planner(*edited, "Harbour 2021").out
    assert f"Another plan has the same title: {same['key']}." in planner(*edited, same["title"]).out


@pytest.mark.usefixtures("filled")
def test_an_organisation_that_has_ended_is_asked_again_and_no_answer_is_lost(planner, monkeypatch):
    planner("organisation", "merge", "harbour-office", "--into", "town-archive", "--reason", "Reform.")
    answers = ["Harbour 2021", "next", "", "", "", "", "", "harbour-office", "town-archive"]
    monkeypatch.setattr("sys.stdin", Keyboard("".join(f"{line}\n" for line in answers)))
    done = planner("plan", "new")
    assert done.exit_code == 0, done.err
    assert "was merged into Town Archive" in done.err
    assert "Made the plan next: Harbour 2021 (2021-01-01 to 2021-12-31)" in done.out


@pytest.mark.usefixtures("filled")
def test_who_may_not_make_a_plan_is_told_before_anything_is_asked(planner, monkeypatch):
    planner("people", "add", "zoe", "--name", "Zoe", "--role", "officer", "--organisation", "harbour-office")
    monkeypatch.setattr("planner.cli.context.login", lambda: "zoe")
    monkeypatch.setattr("sys.stdin", Keyboard("Harbour 2021\n"))
    done = planner("plan", "new")
    assert (done.exit_code, "Title" in done.out) == (5, False)


TASKS = """\
Work plan of the bay 2027,,,
No.,Task,Lead,Due
1,Repair the quay,Works Department,end of June
2,Dredge the basin,Bay Office,{due}
"""


class TestFromFiles:
    @pytest.fixture
    def tasks(self, tmp_path):
        def written(due="Q3"):
            file = tmp_path / "tasks.csv"
            file.write_text(TASKS.format(due=due), encoding="utf-8")
            return str(file)

        return written

    def new(self, planner, file, *more):
        return planner("plan", "new", "--from", file, "--organisation", "Bay Office", *more)

    def test_the_plan_and_its_items_are_made_in_one_write(self, planner, tasks):
        done = self.new(planner, tasks(), "--yes")
        assert done.exit_code == 0, done.err
        assert "The title of the plan, from tasks.csv!A1: Work plan of the bay 2027" in done.err
        assert (
            "Made the plan work-plan-of-the-bay-2027: Work plan of the bay 2027 (2027-01-01 to 2027-12-31)" in done.out
        )
        items = json.loads(planner("items", "--format", "json").out)["items"]
        assert [(item["code"], item["current_due"]) for item in items] == [("1", "2027-06-30"), ("2", "2027-09-30")]
        events = json.loads(planner("log", "--format", "json").out)["log"]
        assert len({event["recorded_at"] for event in events}) == 1
        assert planner("verify").exit_code == 0

    def test_undo_takes_the_items_back_but_not_the_plan_or_its_administrator(self, planner, tasks):
        self.new(planner, tasks(), "--yes")
        stay = "the organisations that it added stay: Works Department"
        assert planner("undo", "--yes").out == f"Undone: the import of tasks.csv; {stay}.\n"
        assert "administrator" in planner("whoami").out
        assert json.loads(planner("items", "--format", "json").out)["items"] == []
        assert planner("import", tasks(), "--yes").exit_code == 0

    @pytest.mark.parametrize("more", [("--preview",), ()])
    def test_without_a_yes_there_is_no_plan_and_no_register(self, planner, tasks, tmp_path, more):
        done = self.new(planner, tasks(), *more)
        assert "2 new items" in done.out
        assert done.exit_code == (0 if more else 2)
        assert planner("plans").exit_code == 6
        assert self.new(planner, tasks(), "--yes").exit_code == 0

    def test_a_no_in_the_terminal_leaves_nothing_and_a_yes_makes_the_plan(self, planner, tasks, monkeypatch):
        for answer, told in (("n", "Nothing was written."), ("y", "")):
            lines = ["", "bay", "", "", "", "", "", answer]
            monkeypatch.setattr("sys.stdin", Keyboard("".join(f"{line}\n" for line in lines)))
            done = self.new(planner, tasks())
            assert "Title of the plan [Work plan of the bay 2027]" in done.out
            assert "Make the plan bay with these items?" in done.err
            assert told in done.err
            assert ("--key bay --time-zone UTC --starts 2027-01-01" in done.err) is (answer == "n")
            assert planner("plans").exit_code == (6 if answer == "n" else 0)

    @pytest.mark.usefixtures("filled")
    def test_a_file_with_errors_makes_no_plan_beside_another(self, planner, tasks):
        before = planner("log").out
        done = self.new(planner, tasks("31 June"), "--yes")
        assert (done.exit_code, "prevents the import" in done.err) == (3, True)
        assert planner("log").out == before
        assert self.new(planner, tasks(), "--yes", "--key", "bay").exit_code == 0
        assert "*  bay" in planner("plans").out

    def test_the_year_of_a_plan_without_a_year_is_that_of_its_dates(self, planner, tmp_path):
        file = tmp_path / "bare.csv"
        file.write_text("Task,Lead,Due\nRepair the quay,Works,2031-05-04\n", encoding="utf-8")
        done = self.new(planner, str(file), "--title", "Quays", "--yes", "--as-of", "2026-01-01")
        assert (done.exit_code, "the plan begins on 2031-01-01" in done.err) == (3, True)
        assert "(2031-01-01 to 2031-12-31)" in self.new(planner, str(file), "--title", "Quays", "--yes").out

    def test_a_program_gets_one_document(self, planner, tasks):
        done = self.new(planner, tasks(), "--yes", "--format", "json")
        assert json.loads(done.out)["import"]["imported"]["new"] == 2
        made = json.loads(planner("plan", "new", *GIVEN, "--format", "json").out)["plan-act"]
        assert (made["act"], made["key"]) == ("made", "bay-works-2027")

    def test_options_about_files_need_files(self, planner):
        done = planner("plan", "new", *GIVEN, "--preview")
        assert (done.exit_code, "Give --from FILE too" in done.err) == (2, True)


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


def test_a_plan_that_is_not_over_is_closed_after_a_question(planner, monkeypatch):
    planner("plan", "new", "--title", "Bay 2098", "--key", "bay", "--organisation", "Bay Office")
    planner("plan", "new", "--title", "Sea", "--starts", "2000-01-01", "--ends", "2098-12-31", "--organisation", "bay")
    for key, told in (("bay", "bay begins on 2098-01-01 only"), ("sea", "The last day of sea is 2098-12-31")):
        monkeypatch.setattr("sys.stdin", Keyboard("n\n"))
        done = planner("plan", "close", key, "--reason", "A slip.")
        assert f"{told}, and nobody can report in a closed plan." in done.err
        assert done.out == ""


@pytest.mark.parametrize(("answer", "closes"), [("n", False), ("y", True)])
def test_a_plan_with_open_work_is_closed_after_a_question(planner, filled, monkeypatch, answer, closes):
    monkeypatch.setattr("sys.stdin", Keyboard(f"{answer}\n"))
    done = planner("plan", "close", "harbour-2020", "--reason", "It is over.")
    assert "5 unfinished items of harbour-2020 were not carried over into another plan." in done.err
    assert done.out.startswith("Closed harbour-2020.") is closes
