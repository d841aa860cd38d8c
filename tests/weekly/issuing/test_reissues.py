"""An issued week had again: the same bytes, or exactly why not; and what the register says of its facts by now."""

import hashlib
import tracemalloc
import zlib
from dataclasses import replace
from datetime import date

import pytest

from planner.base.errors import MissingLibraryError
from planner.weekly import contents, formats
from planner.weekly.issuing import reissues, remaking
from planner.weekly.issuing.checking import check_file
from planner.weekly.issuing.issued_bytes import stored_bytes
from planner.weekly.issuing.reissues import FileOrigin
from planner.weekly.sections.items import ITEMS
from tests.factories import move, noon, reading_of, report
from tests.weekly.issued import around, as_sql, have_again, issue_now

LATER = noon(date(2020, 12, 1))


@pytest.fixture
def issued(register):
    """Week 14 issued with a report in it, and changed afterwards: a late report, and a date moved."""
    report(register, as_of=date(2020, 4, 2), percent=20, done="Two quays, 港口 مرفأ.")
    found = issue_now(register)
    report(register, as_of=date(2020, 4, 3), percent=55, at=noon(date(2020, 5, 1)))
    move(register, "P-001", 2, date(2020, 8, 1), as_of=date(2020, 4, 1), at=noon(date(2020, 5, 2)))
    return found


def digests(found):
    return {name: hashlib.sha256(content).hexdigest() for name, content in found.given.items()}


def test_changed_afterwards_it_is_the_same_to_the_byte_and_so_are_the_facts_of_then(register, issued):
    found = have_again(register, now=LATER)
    assert digests(found) == {file.name: file.digest for file in issued.files}
    assert {file.origin for file in found.files} == {FileOrigin.KEPT}
    assert (found.same_facts, found.contradictions, found.versions, found.lost) == (True, (), (), ())
    content = found.given["harbour-2020-2020-W14.csv"].decode()
    assert "Two quays, 港口 مرفأ." in content
    assert issue_now(register, reason="Late.", at=LATER).facts_digest != issued.facts_digest
    assert digests(have_again(register, number=1, now=LATER)) == digests(found)


def test_bytes_that_are_lost_or_damaged_are_made_again_and_that_is_said(register, issued):
    lost, other, junk = issued.files[0], issued.files[1], issued.files[2]
    bomb = as_sql(register, zlib.compress(b"0" * other.size * 1000))
    torn = as_sql(register, b"no such stream")
    around(
        register,
        "issued_content",
        f"DELETE FROM issued_content WHERE digest = '{lost.digest}'",
        f"UPDATE issued_content SET deflated = {bomb} WHERE digest = '{other.digest}'",
        f"UPDATE issued_content SET deflated = {torn} WHERE digest = '{junk.digest}'",
    )
    found = have_again(register, now=LATER)
    said = {file.name: file.why for file in found.files if file.origin is FileOrigin.MADE_AGAIN}
    again = "The file was generated again and is identical to the issued file."
    assert said == {
        lost.name: f"The stored bytes are missing. {again}",
        other.name: f"The stored bytes differ from the issued bytes. {again}",
        junk.name: f"The stored bytes are damaged. {again}",
    }
    assert digests(found) == {one.name: one.digest for one in issued.files}


def test_facts_changed_around_the_program_are_named_with_section_row_and_column(register, issued):
    around(register, "status_update", "UPDATE status_update SET percent = 90 WHERE percent = 20")
    found = have_again(register, now=LATER)
    assert found.lost == ()
    assert not found.same_facts
    assert {"items", "totals"} <= set(found.differing)
    items = [change for change in found.changes if change.section == "items"]
    assert {(change.item, change.column, change.before, change.after) for change in items} >= {
        ("T-001", "percent", 20.0, 90.0)
    }
    assert {change.item for change in items} == {"T-001"}
    around(register, "issued_content", "DELETE FROM issued_content")
    lost = have_again(register, now=LATER)
    why = {one.name: one.why or "" for one in lost.lost}
    assert "harbour-2020-2020-W14.csv" in why
    one = why["harbour-2020-2020-W14.csv"]
    assert one.startswith(
        "The stored bytes are missing. The file was generated again, but differs from the issued file. The facts in "
        "these sections have changed:"
    )
    assert one.endswith(
        "The version numbers of the program and its libraries are the same, so somebody must have changed the register "
        "outside the program."
    )
    # A section that none of it touches comes out the same all the same.
    assert "harbour-2020-2020-W14-milestones.csv" in lost.given


@pytest.mark.more
def test_where_only_the_rendering_differs_the_versions_are_named(sqlite_register, monkeypatch):
    issued = issue_now(sqlite_register)
    around(sqlite_register, "issued_content", "DELETE FROM issued_content")
    real = formats.files_of

    def other_line_ends(found, form, style):
        for file in real(found, form, style):
            yield type(file)(file.name, [b"".join(file.content).replace(b"\r\n", b"\n").rstrip()])

    monkeypatch.setattr(reissues, "files_of", other_line_ends)
    found = have_again(sqlite_register, now=LATER)
    assert len(found.lost) == len(issued.files)
    assert found.same_facts
    assert {file.why for file in found.lost} == {
        "The stored bytes are missing. The file was generated again, but differs from the issued file. The facts "
        "are the same, and so are the version numbers of the program and its libraries. Somebody must have changed the "
        "code without changing the version number."
    }
    monkeypatch.setattr(remaking, "program_version", lambda: "9.0.0")
    found = have_again(sqlite_register, now=LATER)
    assert [str(change) for change in found.versions] == [f"planner {issued.program_version} at the issue, 9.0.0 now"]
    assert found.lost[0].why is not None
    assert (
        "versions of the software that writes the file have changed: "
        f"planner {issued.program_version} at the issue, 9.0.0 now."
    ) in found.lost[0].why

    def no_library(_found, _form, _style):
        raise MissingLibraryError("it needs paper", do="Install it")

    monkeypatch.setattr(reissues, "files_of", no_library)
    found = have_again(sqlite_register, now=LATER)
    assert (
        found.lost[0].why
        == "The stored bytes are missing. The file cannot be generated again: it needs paper. Install it."
    )


def test_what_a_program_no_longer_has_is_told_and_what_it_has_learned_is_no_difference(sqlite_register, monkeypatch):
    issue_now(sqlite_register)
    real = contents.fill_all

    def fewer(reading, **more):
        """What a program makes that knows no milestones, and no last column of the items."""
        found = real(reading, **more)
        items = found.section("items")
        short = replace(items, table=replace(items.table, columns=items.table.columns[:-1]))
        others = [filled for filled in found.sections if filled.table.name not in ("milestones", "items")]
        return replace(found, sections=(*others, short))

    monkeypatch.setattr(remaking, "fill_all", fewer)
    found = have_again(sqlite_register, now=LATER)
    last = ITEMS.columns[-1].name
    assert set(found.unknown) == {"section milestones", f"column {last} of section items"}
    assert (found.same_facts, found.differing) == (False, ())
    assert len(found.given) == len(found.files)

    monkeypatch.setattr("planner.weekly.issuing.preparing.fill_all", fewer)
    issue_now(sqlite_register, reason="Again.")
    monkeypatch.setattr(remaking, "fill_all", real)
    found = have_again(sqlite_register, now=LATER)
    assert (found.issue.number, found.same_facts, found.unknown) == (2, True, ())


def test_bytes_that_inflate_to_more_than_was_issued_are_not_inflated(sqlite_register):
    issued = issue_now(sqlite_register)
    bomb = as_sql(sqlite_register, zlib.compress(bytes(64 << 20)))
    around(sqlite_register, "issued_content", f"UPDATE issued_content SET deflated = {bomb} WHERE id = 1")
    with sqlite_register.reading() as session:
        tracemalloc.start()
        stored = stored_bytes(session, issued.files[0])
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert stored.content is None
    assert peak < 8 << 20


@pytest.mark.first_cases(2)
@pytest.mark.parametrize(
    ("table", "statement", "told"),
    [
        ("weekly_issue", "SET actor = 'nemo'", "row 1 of weekly_issue says actor nemo, and the audit log brook"),
        ("issued_file", "SET size = 7 WHERE id = 2", "row 2 of issued_file says size 7, and the audit log "),
        (
            "audit_event",
            "SET body = leaf WHERE seq = {seq}",
            "event {seq} of the audit log, the last one that the files",
        ),
        ("audit_event", "SET body = leaf WHERE seq = {seq} + 1", "does not have its own leaf"),
    ],
)
def test_what_does_not_go_with_the_audit_log_is_told(sqlite_register, table, statement, told):
    issued = issue_now(sqlite_register)
    seq = issued.position.seq
    around(sqlite_register, table, f"UPDATE {table} {statement.format(seq=seq)}")
    found = have_again(sqlite_register, now=LATER)
    assert any(told.format(seq=seq) in words for words in found.contradictions), found.contradictions
    assert [file.name for file in found.files] == [file.name for file in issued.files]
    assert found.lost == ()


def test_a_file_that_is_gone_from_the_table_is_given_as_the_audit_log_names_it(sqlite_register):
    issued = issue_now(sqlite_register)
    around(sqlite_register, "issued_file", "DELETE FROM issued_file WHERE id = 1")
    found = have_again(sqlite_register, now=LATER)
    assert found.contradictions == ("row 1 of issued_file is in the audit log and no longer in the table",)
    assert digests(found) == {file.name: file.digest for file in issued.files}


def test_a_forged_file_does_not_pass_for_the_one_that_was_issued(register, tmp_path):
    """Its bytes and its digest changed together: the audit log still has the digest that was issued."""
    issued = issue_now(register)
    file = issued.files[0]
    forged = b"everything is green"
    digest = hashlib.sha256(forged).hexdigest()
    raw = zlib.compress(forged)
    around(
        register,
        "issued_content",
        f"INSERT INTO issued_content (id, digest, deflated) VALUES (999, '{digest}', {as_sql(register, raw)})",
    )
    around(register, "issued_file", f"UPDATE issued_file SET digest = '{digest}', size = {len(forged)} WHERE id = 1")
    found = have_again(register, now=LATER)
    assert digests(found)[file.name] == file.digest
    assert len(found.contradictions) == 2
    (tmp_path / "held.csv").write_bytes(forged)
    (tmp_path / file.name).write_bytes(found.given[file.name])
    with register.reading() as session:
        assert check_file(reading_of(session), tmp_path / "held.csv").issued == ()
