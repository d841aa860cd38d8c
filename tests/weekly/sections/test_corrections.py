"""The section `corrections`: what came late, and by which write."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import event

from planner.queries.history.writes_since import Span, read_writes
from planner.store import making
from planner.tables.csv_form import value_text
from planner.weekly.sections.corrections import CORRECTIONS
from planner.weekly.sections.items import ITEMS
from tests.answers import take_back
from tests.factories import ACTOR, COLLEAGUE, OFFICER, load_small_bundle, meet, noon, report
from tests.queries.reads import retitle
from tests.weekly.week import LATER, W14, add_item, section_rows

# The end of Sunday, April 5, in Seoul.
ENDED = datetime(2020, 4, 5, 15, 0, tzinfo=UTC) - timedelta(microseconds=1)


def corrections(database, **options):
    return {(row["code"], row["field"]): row for row in section_rows(database, CORRECTIONS, **options)}


def items(database, **options):
    return {row["code"]: row for row in section_rows(database, ITEMS, **options)}


def test_a_late_write_is_told_with_what_it_changed_when_and_by_whom(register):
    report(register, "T-001", as_of=date(2020, 4, 1), percent=10, done="Two quays.", at=noon(date(2020, 4, 2)))
    meet(register, "P-001", 1, date(2020, 4, 3), at=noon(date(2020, 4, 6)), actor=COLLEAGUE)
    report(register, "T-001", as_of=date(2020, 4, 3), percent=30, done="=1+1", at=noon(date(2020, 4, 7)), actor=OFFICER)
    report(register, "T-001", as_of=date(2020, 4, 8), percent=90, done="A week later.", at=noon(date(2020, 4, 8)))
    retitle(register, "T-001", "Mend all quays", noon(date(2020, 4, 10)))
    found = corrections(register)
    told = {
        cell: tuple(row[name] for name in ("said", "says", "recorded_at", "recorded_by")) for cell, row in found.items()
    }
    late = ("2020-04-07T21:00:00+09:00", OFFICER.name)
    assert told["T-001", "percent"] == ("10.0", "30.0", *late)
    assert told["T-001", "done"] == ("Two quays.", "=1+1", *late)
    assert told["T-001", "last_update"] == ("2020-04-01", "2020-04-03", *late)
    edited = ("2020-04-10T21:00:00+09:00", ACTOR.name)
    assert told["T-001", "title"] == ("Mend the quays", "Mend all quays", *edited)
    met = ("2020-04-06T21:00:00+09:00", COLLEAGUE.name)
    assert told["P-001", "next_milestone"] == ("Ground plan approved", "Tower stands", *met)
    # All that the two files of the week say differently, and nothing else.
    before, after = items(register, known_at=ENDED), items(register)
    assert {(cell, row["said"], row["says"]) for cell, row in found.items()} == {
        ((code, field), value_text(row[field]), value_text(after[code][field]))
        for code, row in before.items()
        for field in row
        if row[field] != after[code][field]
    }


def test_what_was_recorded_by_the_last_instant_of_sunday_was_in_time(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 4, 5), percent=10, at=ENDED)
    assert corrections(sqlite_register) == {}
    report(sqlite_register, "T-002", as_of=date(2020, 4, 5), done="Late.", at=ENDED + timedelta(microseconds=1))
    assert {code for code, _ in corrections(sqlite_register)} == {"T-002"}


def test_what_was_taken_back_is_no_correction_and_of_several_writes_the_last_change_counts(sqlite_register):
    kept = report(
        sqlite_register, "T-001", as_of=date(2020, 4, 2), percent=20, at=noon(date(2020, 4, 7)), actor=OFFICER
    )
    report(sqlite_register, "T-001", as_of=date(2020, 4, 3), percent=60, at=noon(date(2020, 4, 8)))
    take_back(sqlite_register, at=noon(date(2020, 4, 9)), actor=ACTOR)
    report(sqlite_register, "T-002", as_of=date(2020, 4, 3), done="Wrong.", at=noon(date(2020, 4, 10)))
    take_back(sqlite_register, at=noon(date(2020, 4, 11)), actor=ACTOR)
    found = corrections(sqlite_register)
    assert {code for code, _ in found} == {"T-001"}
    percent, fresh = found["T-001", "percent"], found["T-001", "freshness"]
    assert (percent["said"], percent["says"], percent["recorded_by"]) == (None, f"{kept.percent}.0", ACTOR.name)
    assert percent["recorded_at"] == "2020-04-09T21:00:00+09:00"
    # The first report made it one of this week, and nothing after it changed that.
    assert (fresh["says"], fresh["recorded_by"]) == ("reported", OFFICER.name)


def test_writes_are_looked_up_in_the_tables_that_were_written_to(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 4, 3), percent=30, at=noon(date(2020, 4, 7)), actor=OFFICER)
    statements: list[str] = []
    with sqlite_register.reading() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *told: statements.append(told[2]))
        found = read_writes(session, [1, 2], Span(ENDED, noon(LATER.date()), date(2020, 4, 5)))
    assert [[write.actor for write in writes] for writes in found.values()] == [[OFFICER.name], []]
    # The tables that items refer to, the names of the tables that were written to, and the one table of reports.
    assert len(statements) == 3


def test_an_item_that_was_added_late_is_one_row(sqlite_register):
    add_item(sqlite_register, "T-009", "Paint the quays", noon(date(2020, 4, 14)))
    ((cell, row),) = corrections(sqlite_register).items()
    assert cell == ("T-009", "code")
    assert (row["said"], row["says"], row["recorded_by"]) == (None, "T-009", ACTOR.name)


def test_there_are_none_while_the_week_is_not_over(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 4, 3), percent=10, at=noon(date(2020, 4, 4)))
    assert corrections(sqlite_register, now=noon(date(2020, 4, 4))) == {}


def test_there_are_none_of_a_week_that_was_over_before_the_register_was_begun(sqlite_url):
    database = making.make(sqlite_url)
    load_small_bundle(database, at=noon(date(2020, 5, 1)))
    assert corrections(database, week=W14, now=LATER) == {}
    database.close()
