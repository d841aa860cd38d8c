"""Drafts come back as they were kept, to the letter, whatever ends the program."""

import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.errors import FileTroubleError
from planner.personal import drafts
from planner.personal.drafts import Draft, draft_key
from planner.personal.own_draft import OwnDraft

AT = datetime(2020, 4, 6, 1, 0, tzinfo=UTC)
KEY = draft_key("/srv/register.sqlite", "harbour-2020", "ada", "T-001")
DRAFT = Draft(KEY, {"done": "Stones ordered.", "next": ""}, {"report": 7}, AT, AT)

# Also lone surrogates, and pairs of them, which are no characters but can get into a text.
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | ANY_TEXT, lambda part: st.lists(part) | st.dictionaries(ANY_TEXT, part)
)


@pytest.fixture(autouse=True)
def data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def the_file() -> Path:
    """The one draft there is."""
    (file,) = drafts.folder().glob("*.json")
    return file


@given(
    fields=st.dictionaries(ANY_TEXT, ANY_TEXT),
    seen=JSON,
    names=st.tuples(ANY_TEXT, ANY_TEXT, ANY_TEXT),
    begun=st.datetimes(timezones=st.timezones()),
    changed=st.datetimes(timezones=st.just(UTC)),
)
def test_any_text_comes_back_as_it_was_kept(fields, seen, names, begun, changed):
    key = draft_key("/srv/register.sqlite", *names)
    drafts.keep(Draft(key, fields, seen, begun, changed))
    found = drafts.find(key)
    # In UTC: of an hour that a zone has twice, Python calls no two zones' times equal.
    assert found == drafts.FoundDrafts((Draft(key, fields, seen, begun.astimezone(UTC), changed),))
    assert drafts.discard(found.drafts[0])


def test_what_is_kept_again_takes_the_place_of_the_earlier():
    drafts.keep(DRAFT)
    later = replace(DRAFT, fields={"done": "Stones laid."}, changed=AT + timedelta(seconds=3))
    drafts.keep(later)
    assert drafts.find(KEY).drafts == (later,)


def test_each_register_plan_login_and_item_has_its_own():
    others = [
        draft_key(address, plan, login, code)
        for address in ("/srv/register.sqlite", "postgresql://ada@host/register")
        for plan in ("harbour-2020", "harbour-2021")
        for login in ("ada", "brook")
        for code in ("T-001", "T-002")
    ]
    for number, key in enumerate(others):
        drafts.keep(replace(DRAFT, key=key, fields={"done": str(number)}, changed=AT + timedelta(minutes=number)))
    found = [drafts.find(key).drafts[0] for key in others]
    assert [draft and draft.fields["done"] for draft in found] == [str(number) for number in range(len(others))]
    mine = drafts.all_of("/srv/register.sqlite", "ada").drafts
    assert [(draft.key.plan, draft.key.code) for draft in mine] == [
        ("harbour-2021", "T-002"),
        ("harbour-2021", "T-001"),
        ("harbour-2020", "T-002"),
        ("harbour-2020", "T-001"),
    ]


def test_a_draft_that_was_discarded_is_gone_and_the_others_stay():
    other = replace(DRAFT, key=replace(KEY, code="T-002"))
    drafts.keep(DRAFT)
    drafts.keep(other)
    assert drafts.discard(DRAFT)
    assert not drafts.discard(DRAFT)
    assert drafts.find(KEY).drafts == ()
    assert drafts.all_of(KEY.address, "ada").drafts == (other,)


def test_nothing_is_found_before_anything_was_kept(data_folder):
    assert drafts.find(KEY) == drafts.all_of(KEY.address, "ada") == drafts.FoundDrafts(())
    assert not data_folder.exists()


def test_a_register_is_the_same_by_whichever_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path)
    whole = drafts.register_address(str(tmp_path / "register.sqlite"))
    for address in ("register.sqlite", "./register.sqlite", "link/register.sqlite", "sqlite:///register.sqlite"):
        assert drafts.register_address(address) == whole


def test_no_password_gets_into_a_draft():
    key = draft_key("postgresql://ada:hunter2@host/register", "harbour-2020", "ada", "T-001")
    drafts.keep(replace(DRAFT, key=key))
    assert b"hunter2" not in the_file().read_bytes()
    # By the address that people are shown it is found again, as by the one that was given.
    assert drafts.all_of("postgresql+psycopg://ada:***@host/register", "ada").drafts == (replace(DRAFT, key=key),)


def test_drafts_are_for_their_owner_only(data_folder):
    before = os.umask(0)
    try:
        drafts.keep(DRAFT)
        drafts.folder().chmod(0o755)
        drafts.keep(DRAFT)
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(place.stat().st_mode) for place in (drafts.folder(), the_file())]
    assert modes == [0o700, 0o600]


BROKEN = {
    "empty": b"",
    "cut off": b'{"format": "planner-draft/1", "addre',
    "not text": b"\xff\xfe\x00",
    "another program's": b'{"hello": "world"}',
    "a later format": b'{"format": "planner-draft/2"}',
    "a list": b"[]",
    "nested too deeply": b"[" * 100_000,
    "without fields": b'{"format": "planner-draft/1"}',
    "of numbers": b'{"format": "planner-draft/1", "fields": {"percent": 3}}',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told_and_set_aside_and_never_fatal(content):
    good = replace(DRAFT, key=replace(KEY, code="T-002"))
    drafts.keep(DRAFT)
    the_file().write_bytes(content)
    drafts.keep(good)
    found = drafts.all_of(KEY.address, "ada")
    assert found.drafts == (good,)
    (aside,) = found.set_aside
    assert aside.path.read_bytes() == content
    assert aside.message.startswith(f"{aside.path}: this unsaved report cannot be read (")
    assert drafts.find(KEY) == drafts.FoundDrafts(())
    drafts.keep(DRAFT)
    assert drafts.find(KEY) == drafts.FoundDrafts((DRAFT,))


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ('"T-001"', '"T-009"'),
        ('"ada"', "7"),
        ("+00:00", ""),
        ("2020-04-06", "yesterday"),
    ],
)
def test_a_file_that_says_something_else_than_its_name_is_set_aside(written, instead):
    drafts.keep(DRAFT)
    file = the_file()
    file.write_text(file.read_text("utf-8").replace(written, instead), "utf-8")
    found = drafts.find(KEY)
    assert found.drafts == ()
    assert len(found.set_aside) == 1


def test_where_nothing_can_be_kept_it_is_told_and_the_earlier_draft_stays(data_folder):
    drafts.keep(DRAFT)
    kept = the_file().read_bytes()
    (data_folder / "planner" / "drafts").rename(data_folder / "planner" / "moved")
    (data_folder / "planner" / "drafts").write_text("in the way")
    with pytest.raises(FileTroubleError, match="drafts: the folder cannot be created or changed"):
        drafts.keep(replace(DRAFT, fields={"done": "More."}))
    (file,) = (data_folder / "planner" / "moved").iterdir()
    assert file.read_bytes() == kept


# Keeps one draft after the other, each a little longer, and says which was kept last.
TYPIST = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from planner.personal import drafts

at = datetime(2020, 4, 6, tzinfo=UTC)
key = drafts.draft_key("/srv/register.sqlite", "harbour-2020", "ada", "T-001")
number = int(sys.argv[1])
while True:
    number += 1
    text = f"{number} 港口 " * 2000
    drafts.keep(drafts.Draft(key, {"done": text, "next": text}, number, at, at))
    print(number, flush=True)
"""


def kept_until_killed(begin: int, after: int) -> int:
    """Run a typist from a number on, kill it some while after so many drafts; gives the last it said was kept."""
    with subprocess.Popen([sys.executable, "-c", TYPIST, str(begin)], stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout is not None
        for _ in range(after):
            typist.stdout.readline()
        typist.send_signal(signal.SIGKILL)
        said = typist.stdout.read().split("\n")
    return int(said[-2]) if len(said) > 1 else begin + after


def outlives_being_killed(times: int) -> None:
    """Kill a typist again and again; each time what it had said was kept is there, whole."""
    chance = random.Random(5)
    number = 0
    for _ in range(times):
        said = kept_until_killed(number, chance.randint(1, 12))
        found = drafts.find(KEY)
        assert found.set_aside == ()
        (draft,) = found.drafts
        assert draft.seen in (said, said + 1)
        number = draft.seen
        assert draft.fields == {"done": f"{number} 港口 " * 2000, "next": f"{number} 港口 " * 2000}


def test_a_killed_program_leaves_its_last_draft_whole():
    outlives_being_killed(5)


@pytest.mark.soak
def test_a_program_killed_hundreds_of_times_leaves_its_last_draft_whole():
    outlives_being_killed(300)


def test_what_a_killed_program_left_half_written_goes_once_it_is_old():
    drafts.keep(DRAFT)
    old, new = (drafts.folder() / f".planner-{name}.part" for name in ("old", "new"))
    for part in (old, new):
        part.write_text("half a dra")
    two_hours_ago = time.time() - 7200
    os.utime(old, (two_hours_ago, two_hours_ago))
    drafts.all_of(KEY.address, "ada")
    assert [path.name for path in drafts.folder().glob(".planner-*")] == [new.name]


def test_a_draft_that_another_window_kept_meanwhile_is_not_dropped():
    drafts.keep(DRAFT)
    theirs = replace(DRAFT, fields={"done": "Theirs."}, changed=DRAFT.changed + timedelta(seconds=1))
    drafts.keep(theirs)
    assert not drafts.discard(DRAFT)
    assert drafts.find(KEY).drafts == (theirs,)
    assert drafts.discard(theirs)
    assert drafts.find(KEY).drafts == ()


def form(start: Draft | None = None) -> OwnDraft:
    """A form that is opened on the item."""
    return OwnDraft(KEY, start, DRAFT.seen)


def said() -> list[str]:
    """What the item's drafts say, the newest first."""
    return [draft.fields["done"] for draft in drafts.find(KEY).drafts]


def test_two_forms_on_one_item_keep_a_draft_each_and_drop_only_their_own():
    mine, theirs = form(), form()
    mine.keep({"done": "Mine."}, 1, AT)
    theirs.keep({"done": "Theirs."}, 1, AT + timedelta(seconds=1))
    mine.keep({"done": "Mine, and more."}, 1, AT + timedelta(seconds=2))
    assert said() == ["Mine, and more.", "Theirs."]
    assert [draft.begun for draft in drafts.find(KEY).drafts] == [AT, AT + timedelta(seconds=1)]
    assert drafts.all_of(KEY.address, "ada") == drafts.find(KEY)
    mine.saved({}, 1, AT)
    assert said() == ["Theirs."]


def test_a_draft_that_is_taken_up_is_replaced_once_something_is_typed():
    drafts.keep(DRAFT)
    taken = form(DRAFT)
    assert taken.keep(DRAFT.fields, DRAFT.seen, AT + timedelta(seconds=1))
    assert drafts.find(KEY).drafts == (DRAFT,)
    assert taken.keep({"done": "Stones laid."}, DRAFT.seen, AT + timedelta(seconds=2))
    (draft,) = drafts.find(KEY).drafts
    assert (draft.fields, draft.begun) == ({"done": "Stones laid."}, AT)
    taken.drop()
    assert drafts.find(KEY).drafts == ()


def test_a_draft_that_its_own_form_changed_after_it_was_taken_up_stays():
    drafts.keep(DRAFT)
    taken = form(DRAFT)
    drafts.keep(replace(DRAFT, fields={"done": "Typed on."}, changed=AT + timedelta(seconds=1)))
    taken.keep({"done": "Taken up."}, 7, AT + timedelta(seconds=2))
    assert said() == ["Taken up.", "Typed on."]
    taken.saved({}, 7, AT)
    assert said() == ["Typed on."]


def test_a_file_of_the_time_when_there_was_one_per_item_is_read_and_replaced():
    drafts.keep(DRAFT)
    file = the_file()
    content = json.loads(file.read_text("utf-8"))
    del content["id"]
    file.write_text(json.dumps(content), "utf-8")
    assert "-" not in file.name
    assert drafts.find(KEY).drafts == (DRAFT,)
    form(DRAFT).keep({"done": "More."}, 7, AT)
    assert not file.exists()


def test_what_a_later_version_wrote_into_a_draft_is_kept():
    later = {"attached": ["photo.jpg"], "mood": {"x": 1}}
    drafts.keep(replace(DRAFT, seen={"state": 1, "field": "done"}))
    file = the_file()
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **later}), "utf-8")
    (found,) = drafts.find(KEY).drafts
    assert found.more == later
    taken = form(found)
    taken.keep({"done": "More."}, {"state": 2}, AT)
    (kept,) = drafts.find(KEY).drafts
    assert (kept.more, kept.seen) == (later, {"state": 2, "field": "done"})
    assert taken.saved({}, {"state": 3}, AT)
    (left,) = drafts.find(KEY).drafts
    assert (left.fields, left.more, left.seen) == ({}, later, {"state": 3, "field": "done"})


def test_what_a_later_version_wrote_outlives_a_form_that_is_emptied():
    start = replace(DRAFT, more={"attachments": ["photo.jpg"]})
    drafts.keep(start)
    own = OwnDraft(KEY, start, start.seen)
    assert own.keep({}, start.seen, AT + timedelta(hours=1))
    (kept,) = drafts.find(KEY).drafts
    assert (dict(kept.fields), kept.more) == ({}, {"attachments": ["photo.jpg"]})


def test_a_damaged_draft_of_another_window_does_not_hinder_one_s_own():
    drafts.keep(DRAFT)
    (file,) = drafts.folder().glob("*.json")
    file.write_text("no draft", "utf-8")
    assert drafts.exists(KEY)
    assert not drafts.discard(DRAFT)
    assert file.read_text("utf-8") == "no draft"
