"""What comes back in a status sheet is recorded as it was filled in, once, in one write, on behalf of who sent it."""

import hashlib
import random
import shutil
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url, select

from planner.base import language as language_module
from planner.base.language import in_language
from planner.base.pseudo_language import pseudo
from planner.domain.vocabulary import Confidence, Direction, Phase
from planner.queries.items.register import read_item
from planner.sheets.preview import Outcome
from planner.sheets.preview_text import preview_lines
from planner.sheets.reading.cell_values import text_of_field
from planner.store.database import Database, open_database
from planner.store.models import AuditEvent
from planner.writes.plan_changes.parts import NewIndicator, add_indicator
from planner.writes.reports.confirmations import return_report
from planner.writes.reports.conflicts import ConflictError
from planner.writes.reports.received import record_received
from planner.writes.undo import undo
from tests.effort import EFFORT
from tests.factories import ACTOR, COLLEAGUE, OFFICER, noon, observed, reading_of, report, writing_by
from tests.sheets.made import (
    DAY,
    fill,
    filled,
    line_of,
    opened,
    preview_of,
    saved,
    sheet_of,
    shuffled,
    taken,
)  # fmt: skip


def last_of(database: Database, code: str, day: date = date(2020, 12, 31)) -> Any:
    with database.reading() as session:
        return read_item(reading_of(session, day), code).last


def test_a_sheet_is_recorded_once_in_one_write_that_undo_takes_back(register):
    report(register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20, next="Order.", blocker="Rain.")
    book = opened(
        filled(
            sheet_of(register),
            {
                "T-001": {"Percent": "４０％", "Confidence": "amber", "Done": " Stones ordered ", "Blocker": "-"},
                "P-002": {"Phase": "in progress", "Done": "Started"},
            },
        )
    )
    fill(book["Milestones"], "P-001", {"Met on": date(2020, 3, 30), "Evidence": "Minutes 7"}, 1)
    fill(book["Milestones"], "P-001", {"Forecast": "2020-07-15"}, 2)
    fill(book["Indicators"], "T-001", {"New value": 3}, 1)
    content = saved(book)

    found = taken(register, content)

    digest = hashlib.sha256(content).hexdigest().encode()
    assert {line.code: line.outcome for line in found.lines} == dict.fromkeys(("T-001", "P-001", "P-002"), Outcome.NEW)
    last = last_of(register, "T-001")
    assert (last.as_of, last.phase, last.confidence, last.percent) == (DAY, Phase.IN_PROGRESS, Confidence.AMBER, 40)
    assert (last.done, last.next, last.blocker, last.actor) == ("Stones ordered", "Order.", None, OFFICER.name)
    with register.reading() as session:
        first, second, *_ = read_item(reading_of(session), "P-001").milestones
        events = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(5)).scalars().all()
    assert (first.met_on, first.evidence, second.forecast) == (date(2020, 3, 30), "Minutes 7", date(2020, 7, 15))
    assert len({event.write_id for event in events}) == 1
    assert all(
        b'"on_behalf_of":"harbour-office"' in event.body
        and b'"reason":"from the status sheet sheet-1.xlsx for 2020-W14 (SHA-256 %b)"' % digest in event.body
        for event in events
    )

    again = preview_of(register, content)
    assert [line.outcome for line in again.lines] == [Outcome.UNCHANGED] * 3

    with register.writing() as session:
        assert len(undo(writing_by(session, OFFICER, noon(DAY).replace(hour=15))).records) == 5
    assert last_of(register, "T-001").percent == 20


# What a person may put into a cell, and the value that is meant.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20).filter(
    lambda text: text not in "-–—‐‑‒−－﹣﹘―" and not text.startswith("=")
)


def kept(text: str) -> str:
    """Return a text in the normal form in which the register stores it (docs/import.md)."""
    return unicodedata.normalize("NFC", text)


CELLS = st.fixed_dictionaries(
    {"Done": TEXTS.map(lambda text: (text + "!", kept(text + "!")))},
    optional={
        "Phase": st.sampled_from(
            [("in progress", Phase.IN_PROGRESS), ("IN_PROGRESS ", Phase.IN_PROGRESS), ("suspended", Phase.SUSPENDED)]
        ),
        "Confidence": st.sampled_from([("green", Confidence.GREEN), ("Ｒｅｄ", Confidence.RED)]),
        "Percent": st.integers(2, 99).flatmap(
            lambda percent: st.sampled_from(
                [percent, float(percent), percent / 100, f"{percent}%", f" {percent} "]
            ).map(lambda cell: (cell, percent))
        ),
        "Next": TEXTS.map(lambda text: (f"  {text}.", kept(f"{text}."))),
        "Blocker": st.sampled_from([("-", None), ("－", None), ("Rain", "Rain")]),
    },
)
FIELDS = {"Done": "done", "Phase": "phase", "Confidence": "confidence", "Percent": "percent", "Next": "next"}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory, loaded_file: Any) -> Any:
    """A register with a report, and a sheet of it."""
    file = tmp_path_factory.mktemp("sheets") / "register.sqlite"
    shutil.copy(loaded_file, file)
    database = open_database(make_url(f"sqlite:///{file}"))
    report(database, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=1, next="Order.", blocker="Storm.")
    # In a file, because Hypothesis shows the arguments of an example that fails.
    sheet = file.with_name("sheet.xlsx")
    sheet.write_bytes(sheet_of(database))
    database.close()
    return file, sheet


@settings(max_examples=3 * EFFORT)
@given(
    st.dictionaries(st.sampled_from(["T-001", "P-002"]), CELLS, min_size=1),
    # A seed is one draw, however many numbers the shuffle takes.
    st.integers(0, 2**32 - 1).map(random.Random),
)
def test_the_register_has_exactly_what_was_filled_in_in_any_order(
    known: Any, tmp_path_factory: pytest.TempPathFactory, entries: Any, chance: random.Random
) -> None:
    file = tmp_path_factory.mktemp("round") / "register.sqlite"
    shutil.copy(known[0], file)
    database = open_database(make_url(f"sqlite:///{file}"))
    cells = {
        code: {heading: cell for heading, (cell, _) in typed.items() if heading != "Percent" or code == "T-001"}
        for code, typed in entries.items()
    }

    taken(database, filled(known[1].read_bytes(), cells, lambda book: shuffled(book["Reports"], chance)))

    for code, typed in entries.items():
        last = last_of(database, code)
        meant = {FIELDS[heading]: value for heading, (_, value) in typed.items() if heading in FIELDS}
        if code != "T-001":
            meant.pop("percent", None)
        assert {name: getattr(last, name) for name in meant} == meant
        assert last.blocker == typed.get("Blocker", (None, "Storm." if code == "T-001" else None))[1]
    untouched = {"T-001", "P-001", "T-002", "P-002"} - set(entries)
    assert {code: getattr(last_of(database, code), "as_of", None) for code in untouched} == {
        code: date(2020, 3, 25) if code == "T-001" else None for code in untouched
    }
    database.close()


def test_a_sheet_in_a_language_that_is_written_from_the_right_is_laid_out_so(sqlite_register, tmp_path, monkeypatch):
    translated = {"Instructions": "تعليمات", "Reports": "التقارير", "Phase": "المرحلة", "suspended": "معلق"}
    # Another test makes a catalogue in Arabic, and a process reads each catalogue once.
    catalogue = Catalog(locale="fa")
    for message, translation in translated.items():
        catalogue.add(message, translation)
    (tmp_path / "fa" / "LC_MESSAGES").mkdir(parents=True)
    with (tmp_path / "fa" / "LC_MESSAGES" / "planner.mo").open("wb") as stream:
        write_mo(stream, catalogue)
    monkeypatch.setattr(language_module, "CATALOGUES", tmp_path)
    with in_language("fa"):
        book = opened(sheet_of(sqlite_register))
    # A line that is longer than its cell continues into the sheet, not out of it.
    seen = [(page.sheet_view.rightToLeft, page["A1"].alignment.horizontal) for page in book.worksheets[:4]]
    assert seen == [(True, "right")] * 4
    fill(book["التقارير"], "T-001", {"المرحلة": "معلق"})
    change = line_of(preview_of(sqlite_register, saved(book))).changes[0]
    assert (change.label, change.after) == ("Phase", "suspended")


def test_a_sheet_in_another_language_is_read_in_it_and_in_english(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER)
    with in_language("en-XA"):
        content = sheet_of(sqlite_register)
    book = opened(content)
    page = book.worksheets[1]
    fill(page, "T-001", {pseudo("Phase"): pseudo("suspended"), pseudo("Confidence"): "amber"})
    fill(page, "P-002", {pseudo("Phase"): "in progress", pseudo("Done"): "進捗"})
    taken(sqlite_register, saved(book))
    assert (last_of(sqlite_register, "T-001").phase, last_of(sqlite_register, "T-001").confidence) == (
        Phase.SUSPENDED, Confidence.AMBER,
    )  # fmt: skip
    assert last_of(sqlite_register, "P-002").done == "進捗"


@pytest.mark.parametrize(
    "cell",
    [
        43921,
        43921.5,
        "４３９２１",
        "٤٣٩٢١",
        "2020-03-31",
        date(2020, 3, 31),
        datetime.fromisoformat("2020-03-31T08:00"),
    ],
)
def test_days_are_read_in_any_form_that_a_program_leaves(cell):
    assert text_of_field("milestone_1_met", cell, {}, from_1904=False) == "2020-03-31"


@pytest.mark.parametrize("cell", ["٪٥٠", "٥٠٪", "۵۰ ٪", "％５０", "%50", "百分之五十", "五成", "50.0%", 0.5, 50.0])
def test_percents_are_read_in_the_digits_and_with_the_signs_of_any_script(cell):
    assert text_of_field("percent", cell, {}, from_1904=False) == "50"


def test_days_may_count_from_1904_or_be_typed(sqlite_register):
    assert text_of_field("milestone_1_met", 42459, {}, from_1904=True) == "2020-03-31"
    book = opened(sheet_of(sqlite_register))
    fill(book["Milestones"], "P-001", {"Met on": "３月３１日"}, 1)
    change = line_of(preview_of(sqlite_register, saved(book)), "P-001").changes[0]
    assert (change.label, change.before, change.after) == ("Milestone 1, met on", "", "2020-03-31")


def test_no_change_is_reported_once(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20, next="Order.")
    content = filled(sheet_of(sqlite_register), {"T-001": {"No change": "no change"}, "P-002": {"No change": "no"}})
    taken(sqlite_register, content)
    last = last_of(sqlite_register, "T-001")
    assert (last.unchanged, last.percent, last.next, last.as_of) == (True, 20, "Order.", DAY)
    assert line_of(preview_of(sqlite_register, content)).outcome is Outcome.UNCHANGED
    assert last_of(sqlite_register, "P-002") is None


def test_a_value_beside_no_change_is_recorded_and_no_change_is_reported_of_the_rest(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20, next="Order.")
    book = opened(sheet_of(sqlite_register))
    fill(book["Reports"], "T-001", {"No change": "no change"})
    fill(book["Indicators"], "T-001", {"New value": 3}, 1)
    fill(book["Milestones"], "T-001", {"Forecast": date(2020, 12, 30)}, 2)
    recorded = taken(sqlite_register, saved(book))
    assert [change.name for change in line_of(recorded).changes] == ["milestone_2_forecast", "indicator_1"]
    assert preview_of(sqlite_register, saved(book)).lines[0].outcome is Outcome.UNCHANGED
    last = last_of(sqlite_register, "T-001")
    assert (last.unchanged, last.percent, last.next, last.as_of) == (True, 20, "Order.", DAY)


@pytest.mark.parametrize("typed", ["88%", "８８％"])
def test_a_value_in_percent_may_have_its_sign(sqlite_register, typed):
    with sqlite_register.writing() as session:
        new = NewIndicator("Lamps lit", "%", Direction.INCREASE)
        add_indicator(writing_by(session, ACTOR, noon(DAY), DAY), "T-001", new, "So decided.")
    book = opened(sheet_of(sqlite_register))
    fill(book["Indicators"], "T-001", {"New value": typed}, 2)
    assert line_of(taken(sqlite_register, saved(book))).changes[0].after == "88"
    assert preview_of(sqlite_register, saved(book)).lines[0].outcome is Outcome.UNCHANGED


def test_the_log_names_the_file_also_with_a_reason_of_its_own(sqlite_register: Database) -> None:
    book = opened(sheet_of(sqlite_register))
    fill(book["Milestones"], "P-001", {"New date": date(2020, 8, 1), "Reason": "Strike."}, 2)
    content = saved(book)

    taken(sqlite_register, content)

    digest = hashlib.sha256(content).hexdigest()
    with sqlite_register.reading() as session:
        body = session.execute(select(AuditEvent.body).order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()
    assert f'"reason":"Strike. (from the status sheet sheet-1.xlsx for 2020-W14 (SHA-256 {digest}))"' in body.decode()


def test_cells_that_repeat_the_last_report_write_nothing(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20, done="Dug.", next="Order.")
    observed(sqlite_register, "T-001", 1, 3, as_of=date(2020, 3, 25))
    book = opened(filled(sheet_of(sqlite_register), {"T-001": {"Percent": 20, "Done": "Dug.", "Blocker": "-"}}))
    fill(book["Indicators"], "T-001", {"New value": 3}, 1)
    found = preview_of(sqlite_register, saved(book))
    assert [(line.code, line.outcome) for line in found.lines] == [("T-001", Outcome.UNCHANGED)]


def test_a_sheet_of_an_older_week_counts_for_that_week(sqlite_register):
    content = filled(sheet_of(sqlite_register), {"T-001": {"Done": "Dug."}, "P-002": {"Done": "Begun."}})
    report(sqlite_register, "P-002", as_of=date(2020, 4, 7), actor=OFFICER)
    found = taken(sqlite_register, content, day=date(2020, 4, 8))
    assert [head.as_of for head in found.heads] == [date(2020, 4, 5)]
    assert last_of(sqlite_register, "T-001").as_of == date(2020, 4, 5)
    kept = line_of(found, "P-002")
    assert (kept.outcome, kept.why) == (
        Outcome.TOO_LATE, "there is a report for a later period, as of 2020-04-07, by Dora",
    )  # fmt: skip
    (head,) = [line for line in preview_lines(found) if "because the sheet comes too late" in line]
    assert ("--take-sheet" in head, "--leave-out CODE" in head) == (False, True)


def test_a_report_made_meanwhile_is_kept_beside_the_sheet_s_unless_it_is_taken(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20)
    content = filled(sheet_of(sqlite_register), {"T-001": {"Percent": 40}, "P-002": {"Done": "Begun."}})
    report(sqlite_register, "T-001", as_of=DAY, at=noon(DAY) + timedelta(hours=1), actor=COLLEAGUE, percent=30)
    kept = line_of(preview_of(sqlite_register, content))
    assert (kept.outcome, kept.why) == (
        Outcome.KEPT, "Brook has reported since the sheet was sent out, as of 2020-04-02",
    )  # fmt: skip
    assert [(change.before, change.after, change.shown) for change in kept.changes] == [("30", "40", "20")]
    taken(sqlite_register, content, take=["t-001"])
    assert last_of(sqlite_register, "T-001").percent == 40


def test_nothing_is_recorded_if_somebody_reports_between_the_preview_and_the_write(register):
    content = filled(sheet_of(register), {"T-001": {"Done": "Dug."}, "P-002": {"Done": "Begun."}})
    found = preview_of(register, content)
    report(register, found.received[-1].code, as_of=DAY, at=noon(DAY) + timedelta(hours=1), actor=COLLEAGUE)
    with register.writing() as session, pytest.raises(ConflictError):
        record_received(writing_by(session, OFFICER, noon(DAY).replace(hour=15)), found.received)
    assert last_of(register, found.received[0].code) is None


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("nothing", ["无", "n/a", "لا يوجد"])
def test_a_word_for_none_removes_the_earlier_text_as_a_hyphen_does(register, nothing):
    report(register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20, blocker="Rain.")
    taken(register, filled(sheet_of(register), {"T-001": {"Blocker": nothing, "Help needed": nothing}}))
    last = last_of(register, "T-001")
    assert (last.as_of, last.blocker, last.help_needed) == (DAY, None, None)


@pytest.mark.parametrize("written_after", [False, True])
def test_a_report_that_was_returned_is_not_revived_by_the_fields_left_empty(register, written_after):
    """The sheet builds on the report that counts, also if it was written before the return."""
    report(register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=30, done="Stones ordered")
    before = sheet_of(register)
    day = date(2020, 4, 1)
    report(register, "T-001", as_of=day, actor=OFFICER, phase=Phase.COMPLETED, percent=100, evidence="Photo")
    with register.writing() as session:
        return_report(writing_by(session, COLLEAGUE, noon(date(2020, 4, 1))), "T-001", "Still mud.")
    content = filled(sheet_of(register) if written_after else before, {"T-001": {"Done": "Mud gone", "Percent": 95}})

    (line,) = taken(register, content).lines

    assert [(change.name, change.before, change.after) for change in line.changes] == [
        ("percent", "30", "95"),
        ("done", "Stones ordered", "Mud gone"),
    ]
    last = last_of(register, "T-001")
    assert (last.phase, last.percent, last.done, last.evidence) == (Phase.IN_PROGRESS, 95, "Mud gone", None)


def test_the_first_work_on_an_item_shows_the_phase_that_it_gives(register):
    content = filled(sheet_of(register), {"P-002": {"Percent": 20}, "T-001": {"Percent": 0}})
    lines = {line.code: [(one.name, one.after) for one in line.changes] for line in preview_of(register, content).lines}
    assert lines["P-002"] == [("percent", "20"), ("phase", "in progress")]
    assert lines["T-001"] == [("percent", "0")]


def test_no_change_is_no_answer_to_a_returned_report(register):
    report(register, "T-001", as_of=date(2020, 4, 1), actor=OFFICER, percent=30, done="Stones ordered")
    with register.writing() as session:
        return_report(writing_by(session, COLLEAGUE, noon(date(2020, 4, 1))), "T-001", "Still mud.")
    found = preview_of(register, filled(sheet_of(register), {"T-001": {"No change": "x"}}))
    assert [problem.what for problem in found.errors] == [
        "the last report on this item was returned, so there is something to change"
    ]


def test_after_an_undo_nobody_is_said_to_have_reported_since(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20)
    report(sqlite_register, "T-001", as_of=date(2020, 4, 1), actor=COLLEAGUE, percent=30)
    content = filled(sheet_of(sqlite_register), {"T-001": {"Percent": 40}})
    with sqlite_register.writing() as session:
        undo(writing_by(session, COLLEAGUE, noon(DAY) + timedelta(hours=1), DAY))
    kept = line_of(preview_of(sqlite_register, content))
    assert (kept.outcome, kept.why) == (Outcome.KEPT, "the item has changed since the sheet was sent out")
