"""planner drafts, as typed."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import make_url

from planner.cli.context import Context, login
from planner.personal import drafts
from planner.personal.drafts import Draft, draft_key
from tests.factories import OFFICER, make_small_demonstration

AT = datetime(2020, 4, 6, 1, 0, tzinfo=UTC)
LATER = AT.replace(hour=2)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    """Three weeks after the drafts were changed, on a computer in Seoul."""
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    monkeypatch.setattr(Context, "now", lambda _context: AT + timedelta(weeks=3))
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Two drafts in the register that the command means, and one in another."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    key = draft_key(str(tmp_path / "command.sqlite"), "harbour-2020", login(), "T-001")
    first = Draft(key, {"done": "Stones [/] ordered\nin 港口, " * 5, "help_needed": "A crane."}, {"report": 7}, AT, AT)
    second = replace(first, key=replace(key, code="P-002"), fields={"done": "", "next": "Mortar."}, changed=LATER)
    for draft in (first, second, replace(first, key=replace(key, address="/elsewhere"))):
        drafts.keep(draft)
    return key


def test_lists_mine_changed_last_first_without_a_database(planner, kept, tmp_path):
    assert not (tmp_path / "command.sqlite").exists()
    assert planner("drafts").out.splitlines() == [
        "P-002  0  2020-04-06 11:00+0900, 3 weeks ago  Mortar.",
        "T-001  0  2020-04-06 10:00+0900, 3 weeks ago  Stones [/] ordered in 港口, Stones [/] ordered in…",
    ]
    assert planner("drafts", "list").out == planner("drafts").out


def test_shows_all_that_was_typed(planner, kept):
    lines = planner("drafts", "show", "t1").out.splitlines()
    assert lines[0] == "T-001  0  begun 2020-04-06 10:00+0900, last changed 2020-04-06 10:00+0900"
    assert lines[1] == "  Done: Stones [/] ordered"
    assert lines[-1] == "  Help needed: A crane."


def test_json_holds_all_of_it(planner, kept):
    document = json.loads(planner("drafts", "show", "p2", "--format", "json").out)
    assert (document["kind"], document["version"]) == ("planner-drafts", 1)
    (draft,) = document["drafts"]
    assert (draft["key"]["code"], draft["fields"]["next"], draft["seen"]) == ("P-002", "Mortar.", {"report": 7})
    assert draft["changed"] == "2020-04-06T02:00:00Z"
    assert len(json.loads(planner("drafts", "list", "--format", "json").out)["drafts"]) == 2


def test_discards_the_one_that_is_named(planner, kept):
    assert planner("drafts", "discard", "T-1").out == "Discarded the draft on T-001 of 2020-04-06 10:00+0900.\n"
    assert planner("drafts").out == "P-002  0  2020-04-06 11:00+0900, 3 weeks ago  Mortar.\n"
    done = planner("drafts", "discard", "T-1")
    assert (done.exit_code, done.out) == (4, "")
    assert "you have no draft on 'T-1' in this register" in done.err


def test_of_several_drafts_on_an_item_each_is_listed_shown_and_discarded(planner, kept):
    later = {"photo": "jpg"}
    other = Draft(kept, {"done": "Typed in another window."}, {}, LATER, LATER, id="3f2a91bc", more=later)
    drafts.keep(other)
    listed = planner("drafts").out.splitlines()
    assert [line.split()[:2] for line in listed] == [["T-001", "3f2a91bc"], ["P-002", "0"], ["T-001", "0"]]
    assert planner("drafts", "show", "T-1", "--id", "3f2a91bc").out.splitlines()[1:] == [
        "  Done: Typed in another window.",
        "  The draft also has fields that this version of planner does not know: photo",
    ]
    vague = planner("drafts", "discard", "T-1")
    assert (vague.exit_code, vague.out) == (3, "")
    assert "--id: there are 2 drafts on T-001: 3f2a91bc, 0. Give the id of one draft, or --all." in vague.err
    assert planner("drafts", "discard", "T-1", "--id", "0").exit_code == 0
    assert drafts.find(kept).drafts == (other,)
    unknown = planner("drafts", "discard", "T-1", "--id", "0")
    assert (unknown.exit_code, unknown.out) == (4, "")
    drafts.keep(replace(other, id="0"))
    assert planner("drafts", "discard", "T-1", "--all").out.count("Discarded") == 2


def test_a_broken_file_is_told_and_the_others_are_listed(planner, kept):
    for file in drafts.folder().glob("*.json"):
        if b"P-002" in file.read_bytes():
            file.write_bytes(b"{")
    done = planner("drafts")
    assert (done.exit_code, done.out[:5]) == (0, "T-001")
    assert ") and was kept." in done.err
    assert planner("drafts").err == ""


@pytest.mark.usefixtures("filled")
def test_the_times_are_in_the_time_zone_of_the_plan_as_in_the_app(planner, kept, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    assert planner("drafts").out.splitlines()[1].startswith("T-001  0  2020-04-06 10:00+0900, 3 weeks ago  ")
    assert "begun 2020-04-06 10:00+0900" in planner("drafts", "show", "t1").out


def test_says_where_there_are_none(planner, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert planner("drafts").out == "You have no drafts.\n"


def test_in_a_demonstration_those_of_whom_one_acts_as(planner, kept, tmp_path):
    make_small_demonstration(make_url(f"sqlite:///{kept.address}"), tmp_path / "seeds", AT.date())
    drafts.keep(Draft(replace(kept, login=OFFICER.name), {"done": "Sails mended."}, {}, AT, AT))
    assert planner("--as", "officer", "drafts").out == "T-001  0  2020-04-06 10:00+0900, 3 weeks ago  Sails mended.\n"
    assert "Sails" not in planner("drafts").out


def test_in_a_demonstration_that_is_gone_all_drafts_on_it_are_listed(planner, kept):
    officer = replace(kept, login="simulated-officer-3")
    drafts.keep(Draft(officer, {"done": "Theirs."}, None, AT, LATER))
    for arguments in ((), ("--as", "officer")):
        done = planner(*arguments, "drafts")
        assert done.exit_code == 0, done.err
        assert "Theirs." in done.out
