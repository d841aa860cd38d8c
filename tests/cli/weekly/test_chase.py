"""planner chase, as typed."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from planner.base.errors import NOTHING_TO_REPORT, FileTroubleError, NotAllowedError
from planner.cli.context import Context
from tests.chasing.factories import make_a_demonstration
from tests.factories import ITEM_CODES, OFFICER, move, report

NOW = datetime(2020, 6, 25, 3, 30, 15, 250_000, tzinfo=UTC)
FILES = [
    f"harbour-2020-2020-W26-chase-{key}.{ending}"
    for key in ("harbour-office", "town-archive")
    for ending in ("eml", "txt")
]


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(Context, "now", lambda _context: NOW)


def names_in(folder):
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "out"
    made.mkdir()
    return made


def test_one_message_per_organisation_is_printed(planner, filled):
    report(filled, "T-001", as_of=date(2020, 6, 17), done="Two quays mended.", actor=OFFICER)
    done = planner("chase", "--week", "2020-W26")
    assert done.exit_code == 0
    harbour, archive = done.out.split("─" * 72)
    assert harbour.startswith("Subject: Week 2020-W26: 4 reports due (Harbour)\nTo: Harbour Office\n")
    assert "T-001 [stated]  Mend the quays\n" in harbour
    assert "Last report, 2020-06-17 by Dora: Two quays mended.\n" in harbour
    assert "Please answer by Sunday, 2020-06-28:\n" in harbour
    assert archive.strip().startswith("Subject: Week 2020-W26: 1 report due (Archive)\n")
    assert done.err == (
        "Wrote 2 messages to standard output: week 2020-W26 as of 2020-06-25. Nothing was sent.\n"
        "2 organisations have no mail address: harbour-office and town-archive.\n"
        "To add one, use 'planner organisation edit ORG --address TEXT --reason TEXT'.\n"
        "To write the same output again, use: --week 2020-W26 --known-at 2020-06-25T12:30:15+09:00\n"
    )


def test_in_a_folder_each_is_a_text_and_a_draft_the_same_whenever_made(planner, filled, folder, tmp_path, monkeypatch):
    first = planner("chase", "-o", str(folder))
    assert (first.exit_code, first.out, names_in(folder)) == (0, "", FILES)
    draft = message_from_bytes((folder / FILES[0]).read_bytes(), policy=default)
    assert draft["Subject"] == "Week 2020-W26: 4 reports due (Harbour)"
    content = {name: (folder / name).read_bytes() for name in FILES}
    report(filled, "T-001", as_of=date(2020, 6, 25), at=NOW.replace(hour=5))
    monkeypatch.setattr(Context, "now", lambda _context: NOW.replace(month=9))
    options = first.err.strip().rpartition("To write the same output again, use: ")[2].split()
    assert planner("chase", *options, "-o", str(folder)).exit_code == 0
    assert {name: (folder / name).read_bytes() for name in names_in(folder)} == content


def test_drafts_go_to_the_addresses_of_then_and_who_has_none_is_told(planner, filled, folder, monkeypatch):
    def drafts():
        return [message_from_bytes((folder / name).read_bytes(), policy=default)["To"] for name in FILES[::2]]

    why = ("--reason", "Asked.")
    planner("organisation", "edit", "harbour-office", "--address", "a@port.example, b@port.example", *why)
    first = planner("chase", "-o", str(folder))
    assert (first.exit_code, drafts()) == (0, ["a@port.example, b@port.example", None])
    assert "\n1 organisation has no mail address: town-archive.\nTo add one, use" in first.err
    content = {name: (folder / name).read_bytes() for name in FILES}

    monkeypatch.setattr(Context, "now", lambda _context: NOW.replace(month=9))
    planner("organisation", "edit", "town-archive", "--address", "c@archive.example", *why)
    planner("organisation", "edit", "harbour-office", "--address", "", *why)
    found = json.loads(planner("chase", "--week", "2020-W26", "--format", "json").out)["chase"]
    assert [message["to"] for message in found["messages"]] == [[], ["c@archive.example"]]
    options = first.err.strip().rpartition("To write the same output again, use: ")[2].split()
    assert planner("chase", *options, "-o", str(folder), "--replace").exit_code == 0
    assert {name: (folder / name).read_bytes() for name in names_in(folder)} == content


def test_where_nobody_owes_anything_the_exit_code_says_so_and_what_is_left_is_told(planner, filled, folder):
    planner("chase", "-o", str(folder))
    for code in ITEM_CODES:
        report(filled, code, as_of=date(2020, 6, 24), at=NOW.replace(hour=1))
    done = planner("chase", "-o", str(folder))
    assert done.exit_code == NOTHING_TO_REPORT
    first, *left = done.err.splitlines()
    assert first.startswith("No reminder is due: week 2020-W26 as of 2020-06-25.")
    assert sorted(line.rpartition("/")[2] for line in left) == FILES
    assert names_in(folder) == FILES
    empty = planner("chase", "--format", "json")
    assert (empty.exit_code, json.loads(empty.out)["chase"]["messages"]) == (NOTHING_TO_REPORT, [])
    assert planner("chase", "--format", "eml").out == ""


def test_a_past_week_is_asked_for_as_it_was_less_what_came_since(planner, filled):
    report(filled, "T-001", as_of=date(2020, 6, 17))
    report(filled, "T-002", as_of=date(2020, 6, 24), at=NOW.replace(hour=1))
    found = json.loads(planner("chase", "--week", "2020-W25", "--format", "json").out)["chase"]
    assert (found["week"], found["day"], found["answer_by"]) == ("2020-W25", "2020-06-25", "2020-06-28")
    codes = {item["code"] for message in found["messages"] for item in message["items"]}
    assert codes == {"P-001", "P-002", "T-003"}


def test_a_folder_that_is_missing_is_made(planner, filled, tmp_path):
    assert planner("chase", "-o", str(tmp_path / "messages")).exit_code == 0
    assert list((tmp_path / "messages").glob("*.txt")) != []


def test_json_says_the_same(planner, filled, folder):
    move(filled, "P-002", None, date(2020, 6, 20))
    document = json.loads(planner("chase", "--by", "+1w", "--format", "json").out)
    assert (document["kind"], document["simulated"]) == ("planner-chase", False)
    found = document["chase"]
    assert (found["week"], found["day"], found["answer_by"]) == ("2020-W26", "2020-06-25", "2020-07-02")
    first, second = found["messages"]
    assert (first["organisation"], second["organisation"]) == ("harbour-office", "town-archive")
    item = first["items"][0]
    assert (item["code"], item["reasons"], item["late_milestones"]) == ("P-002", ["overdue", "silent"], [1, 2])
    assert f"Subject: {second['subject']}\n{second['text']}" in planner("chase", "--by", "+1w").out
    planner("chase", "--by", "+1w", "--format", "json", "-o", str(folder))
    written = json.loads((folder / "harbour-2020-2020-W26-chase.json").read_bytes())
    assert written == document


def test_one_draft_can_be_printed_several_cannot(planner, filled):
    several = planner("chase", "--format", "eml")
    assert (several.exit_code, several.out) == (3, "")
    assert (
        "2 messages cannot be written to one output. Give a folder with -o, or one organisation with --lead."
        in several.err
    )
    one = planner("chase", "--format", "eml", "--lead", "محفوظات")
    assert one.exit_code == 0
    assert message_from_bytes(one.out_bytes, policy=default)["Subject"].endswith("(Archive)")
    assert one.err.strip().endswith("--lead town-archive --format eml")


def test_only_the_form_asked_for_is_written(planner, filled, folder):
    planner("chase", "--format", "text", "-o", str(folder), "--by", "2020-06-26")
    assert names_in(folder) == [name for name in FILES if name.endswith("txt")]
    assert "by Friday, 2020-06-26" in (folder / FILES[1]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--by", "2020-06-24"), 3, "2020-06-24 is before 2020-06-25"),
        (("--by", "soon"), 3, "'soon' is not a date"),
        (("-o", f"{__file__}/folder"), FileTroubleError.exit_code, "cannot be made, because a file"),
        (("--lead", "nobody"), 4, "no organisation is called 'nobody'"),
        (("--week", "2020-W27"), 12, "2020-W27 begins on"),
        (("--known-at", "2019-12-31"), 12, "nothing was recorded yet"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_printed(planner, filled, arguments, code, told):
    done = planner("chase", *arguments)
    assert (done.exit_code, done.out) == (code, "")
    assert told in done.err


def test_a_demonstration_s_messages_say_so_in_name_subject_and_text(planner, filled, folder):
    make_a_demonstration(filled, date(2020, 6, 24))
    done = planner("chase", "-o", str(folder))
    assert "simulated data, week 2020-W26 as of 2020-06-24." in done.err
    assert names_in(folder) == [f"simulated-{name}" for name in FILES]
    for file in folder.glob("*.eml"):
        draft = message_from_bytes(file.read_bytes(), policy=default)
        assert draft["Subject"].startswith("[SIMULATED] ")
        assert draft.get_content().startswith("SIMULATED: ")


def test_reminders_of_days_before_the_plan_was_closed_can_be_written_again(planner, filled, monkeypatch):
    first = planner("chase", "--week", "2020-W26")
    options = first.err.strip().rpartition("To write the same output again, use: ")[2].split()
    monkeypatch.setattr(Context, "now", lambda _context: NOW + timedelta(days=7))
    assert planner("plan", "close", "harbour-2020", "--reason", "Over.", "--yes").exit_code == 0
    refused = planner("chase")
    assert refused.exit_code == NotAllowedError.exit_code
    assert "closed this plan on 2020-07-02 (Over.), so it can only be read" in refused.err
    assert planner("chase", "--as-of", "2020-07-02").exit_code == NotAllowedError.exit_code
    assert planner("chase", "--as-of", "2020-07-01").exit_code == 0
    assert planner("chase", *options).out_bytes == first.out_bytes


@pytest.mark.more
def test_two_runs_at_the_same_time_do_no_harm(filled, folder):
    command = [
        sys.executable,
        "-m",
        "planner",
        "chase",
        "--week",
        "2020-W26",
        "--known-at",
        "2020-06-25",
        "-o",
        str(folder),
    ]
    runs = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    assert names_in(folder) == FILES
    assert all((folder / name).read_bytes() for name in FILES)


def test_the_format_is_named_again(planner, filled):
    first = planner("chase", "--week", "2020-W26", "--format", "json")
    options = first.err.strip().rpartition("To write the same output again, use: ")[2].split()
    assert options[-2:] == ["--format", "json"]
    assert planner("chase", *options).out_bytes == first.out_bytes
