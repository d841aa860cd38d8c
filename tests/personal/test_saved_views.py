"""Saved views: read as they were saved, and a file that is broken is told and never written over."""

import errno
import json
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.base.errors import BadValueError, FileTroubleError, UnknownNameError
from planner.domain.vocabulary import Phase
from planner.personal import person_file
from planner.personal.person_file import read_json
from planner.personal.saved_views import FORMAT, SavedView, delete_view, find_view, read_views, save_view
from planner.queries.items.filters import Facet, Filters
from planner.queries.items.saved_views import view_filters, view_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "views.json"


# Texts as a terminal may give them, also what is no valid Unicode.
texts = st.text(st.characters(exclude_categories=()), max_size=12)
names = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=20)
views = st.builds(
    SavedView,
    name=names,
    filters=st.dictionaries(texts, st.lists(texts, max_size=3).map(tuple), max_size=3),
    search=texts,
    sort=texts,
    reverse=st.booleans(),
    columns=st.lists(texts, max_size=3).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(views, max_size=4, unique_by=lambda view: view.name))
def test_views_are_read_as_they_were_saved(file: Path, some: list[SavedView]):
    file.unlink(missing_ok=True)
    for view in some:
        save_view(file, view)
    assert sorted(read_views(file), key=lambda view: view.name) == sorted(some, key=lambda view: view.name)


def test_a_view_takes_the_place_of_the_one_of_its_name_and_can_be_deleted(file: Path):
    save_view(file, SavedView("Late", sort="due"))
    save_view(file, SavedView("  Late ", sort="late", reverse=True))
    save_view(file, SavedView("all mine"))
    assert [(view.name, view.sort) for view in read_views(file)] == [("all mine", "code"), ("Late", "late")]
    assert delete_view(file, "Late").reverse
    assert [view.name for view in read_views(file)] == ["all mine"]
    with pytest.raises(UnknownNameError, match="no view is called 'Late'"):
        find_view(file, "Late")


@pytest.mark.parametrize("name", ["", "  \n", "x" * 41, "a\0b", "\ud800"])
def test_what_is_no_name_is_refused(file: Path, name: str):
    with pytest.raises(BadValueError):
        save_view(file, SavedView(name))
    assert not file.exists()


GOOD: dict[str, Any] = {"name": "a", "filters": {}, "search": "", "sort": "code", "reverse": False, "columns": []}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Expecting value"),
        (b"\xff", "utf-8"),
        (b"[]", "field 'format' is not"),
        (json.dumps({"format": "planner-views/9", "views": []}).encode(), "field 'format' is not"),
        (json.dumps({"format": FORMAT}).encode(), "no list of views"),
        (json.dumps({"format": FORMAT, "views": [{"name": "a"}]}).encode(), "a view lacks a field"),
        (json.dumps({"format": FORMAT, "views": [GOOD | {"reverse": "no"}]}).encode(), "reverse"),
        (json.dumps({"format": FORMAT, "views": [GOOD | {"filters": {"theme": [1]}}]}).encode(), "are not text"),
        (json.dumps({"format": FORMAT, "views": [GOOD | {"name": ""}]}).encode(), "not a valid view name"),
        (json.dumps({"format": FORMAT, "views": [GOOD, GOOD]}).encode(), "same name"),
        (b"[" * 100_000, "recursion"),
    ],
)
def test_a_broken_file_is_told_and_stays_as_it_is(file: Path, content: bytes, why: str):
    file.parent.mkdir()
    file.write_bytes(content)
    for attempt in (lambda: read_views(file), lambda: save_view(file, SavedView("b")), lambda: delete_view(file, "a")):
        with pytest.raises(FileTroubleError, match=why) as told:
            attempt()
        assert str(file) in told.value.message
    assert file.read_bytes() == content


def test_what_a_later_version_wrote_into_the_file_is_kept(file: Path):
    file.parent.mkdir()
    views = [GOOD | {"pinned": True}, GOOD | {"name": "b", "colour": "red"}, GOOD | {"name": "c"}]
    file.write_text(json.dumps({"format": FORMAT, "views": views, "shared": ["a"]}), "utf-8")
    save_view(file, SavedView("a", sort="due"))
    delete_view(file, "c")
    kept = json.loads(file.read_text("utf-8"))
    changed = GOOD | {"sort": "due", "pinned": True, "plan": ""}
    assert kept == {"format": FORMAT, "views": [changed, views[1]], "shared": ["a"]}


def test_mine_is_kept_as_whoever_uses_the_view(file: Path):
    filters = Filters(mine="archive", phase=Phase.COMPLETED, search="quay")
    view = view_of("Ours", filters, "due", False, ("code",), own="archive", plan="bay")
    assert view.filters == {"mine": ("me",), "phase": ("completed",)}
    assert view_filters(view, own="archive", plan="bay") == filters
    assert view_filters(view, own="office", plan="other").chosen(Facet.MINE) == {"office"}
    with pytest.raises(BadValueError, match="you have no organisation in this register"):
        view_filters(view, own=None, plan="bay")


def test_what_a_view_says_must_still_mean_something():
    with pytest.raises(BadValueError, match="'asleep' is not a value of 'phase'"):
        view_filters(SavedView("a", {"phase": ("asleep",)}), None, "bay")
    with pytest.raises(UnknownNameError, match="items cannot be sorted by 'colour'"):
        view_filters(SavedView("a", sort="colour"), None, "bay")


def test_a_view_that_another_process_saves_meanwhile_is_not_lost(file: Path, monkeypatch: pytest.MonkeyPatch):
    """The other process comes between the reading and the writing: it has to wait."""
    started: list[threading.Thread] = []

    def read_while_another_saves(path: Path, *arguments: Any) -> Any:
        data = read_json(path, *arguments)
        if not started:
            started.append(threading.Thread(target=save_view, args=(file, SavedView("Theirs"))))
            started[0].start()
            started[0].join(0.05)
        return data

    monkeypatch.setattr(person_file, "read_json", read_while_another_saves)
    save_view(file, SavedView("Mine"))
    started[0].join()
    assert [view.name for view in read_views(file)] == ["Mine", "Theirs"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (errno.ENOLCK, "file system of its folder does not support file locks"),
        (errno.EAGAIN, "another process is changing this file"),
    ],
)
def test_where_the_file_cannot_be_locked_nothing_is_written_and_the_reason_is_given(
    file: Path, monkeypatch: pytest.MonkeyPatch, error: int, told: str
):
    def refuse(_descriptor: int, _how: int) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr("fcntl.flock", refuse)
    monkeypatch.setattr("planner.personal.person_file.LONGEST_WAIT", 0.0)
    with pytest.raises(FileTroubleError, match=told):
        save_view(file, SavedView("Mine"))
    assert read_views(file) == ()


def test_the_file_is_for_its_owner_only(tmp_path):
    file = tmp_path / "data" / "views.json"
    save_view(file, SavedView("Mine"))
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]


def test_where_the_home_is_no_folder_there_are_no_views(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.touch()
    assert read_views(home / "planner" / "views.json") == ()


def test_a_view_that_names_themes_is_of_their_plan_only():
    """Theme 1 is another theme in another plan."""
    view = view_of("Quays", Filters(theme=1), "code", False, (), own=None, plan="bay")
    assert view.summary.endswith("for the plan bay")
    assert view_filters(view, None, "bay") == Filters(theme=1)
    with pytest.raises(BadValueError, match="view: the view 'Quays' names themes or measures of the plan bay"):
        view_filters(view, None, "other")
