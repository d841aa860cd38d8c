"""The fields of the form as text: what stands in them, and what entry becomes of them or which field is refused."""

from datetime import date

import pytest

from planner.base.errors import BadValueError, NotAllowedError
from planner.domain.vocabulary import Cadence, Confidence, Phase, Role
from planner.register.item_rows import code_now_of
from planner.reporting.entry import entry_of
from planner.reporting.fields import label_of
from planner.reporting.saving import save_form_unchanged
from planner.store.journal import Actor, writing
from planner.store.models import Item, Plan
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.reports.confirmations import return_report
from planner.writes.reports.entries import Entry, MilestoneEntry, ObservationEntry
from planner.writes.reports.status import Report
from tests.factories import ACTOR, COLLEAGUE, noon, person, report, writing_by
from tests.reporting.factories import TODAY, open_form, save


@pytest.fixture
def opened(reported):
    """The form of T-002: measured by milestones, last reported in August."""
    return open_form(reported, "T-002")


def entry(opening, **typed):
    return entry_of(opening.recordable({**opening.values, **typed}), opening.reader)


def test_what_was_reported_weeks_ago_stands_but_what_was_done_then_is_no_longer_said(reported):
    report(
        reported, "T-003", as_of=date(2020, 9, 2), done="Letters sent.", next="Wait.", blocker="Rain", evidence="List"
    )
    stood = open_form(reported, "T-003").initial
    assert (stood["phase"], stood["next"], stood["blocker"]) == ("in_progress", "Wait.", "Rain")
    assert (stood["done"], stood["evidence"]) == ("", "")


def test_a_report_of_this_week_stands_whole_so_that_it_can_be_amended(reported):
    stood = open_form(reported, "T-001").initial
    assert (stood["percent"], stood["done"], stood["next"]) == ("35", "Stones laid.", "Mortar.")


def test_a_report_of_this_month_stands_whole_if_the_plan_reports_monthly(reported):
    with reported.writing() as session, writing(session, COLLEAGUE, noon(TODAY)) as journal:
        journal.change(session.get_one(Plan, 1), {"cadence": Cadence.MONTHLY}, action="edit", label="plan")
    report(reported, "T-003", as_of=date(2020, 9, 2), done="Letters sent.", at=noon(TODAY))
    assert open_form(reported, "T-003").initial["done"] == "Letters sent."


def test_a_returned_report_stands_whole_to_be_put_right_and_is_owed_anew(reported):
    with reported.writing() as session:
        return_report(writing_by(session, COLLEAGUE, noon(TODAY)), "T-001", "No proof.")
    opening = open_form(reported, "T-001")
    assert opening.initial["done"] == "Stones laid."
    assert entry(opening, next="Put right.").report.done == "Stones laid."


def test_an_empty_form_is_no_report_whether_one_is_owed_or_was_made(reported, opened):
    for opening in (opened, open_form(reported, "T-001")):
        with pytest.raises(BadValueError, match="the report is empty"):
            save(reported, opening, opening.values)


def test_a_report_is_saved_although_the_item_has_another_code_since(reported):
    opening = open_form(reported, "T-003")
    with reported.writing() as session:
        edit_item(writing_by(session, COLLEAGUE, noon(TODAY)), "T-003", ItemEdit(code="K-3"), "Renumbered.")

    save(reported, opening, {**opening.values, "done": "Letters sent."})

    assert open_form(reported, "K-3").initial["done"] == "Letters sent."


def test_that_nothing_changed_is_saved_although_the_item_has_another_code_since(reported):
    opening = open_form(reported, "T-002")
    with reported.writing() as session:
        edit_item(writing_by(session, COLLEAGUE, noon(TODAY)), "T-002", ItemEdit(code="K-2"), "Renumbered.")

    with reported.writing() as session:
        recorded = save_form_unchanged(writing_by(session, ACTOR, noon(TODAY)), opening)

    assert recorded.code == "K-2"


def test_an_item_that_was_removed_since_is_named_by_the_code_that_it_had(reported):
    opening = open_form(reported, "T-003")
    with reported.writing() as session:
        session.get_one(Item, opening.item.id).taken_out = True
        session.flush()

        assert code_now_of(session, opening.item.id, opening.item.code) == "T-003"


def test_a_milestone_alone_is_said_in_a_report_where_one_is_owed(opened):
    assert entry(opened, milestone_2_met="-3d").report == Report(phase=Phase.IN_PROGRESS, confidence=Confidence.AMBER)


def test_after_this_weeks_report_a_value_is_recorded_without_another_report(reported):
    assert entry(open_form(reported, "T-001"), indicator_1="7") == Entry(observations=(ObservationEntry(1, 7.0),))


def test_all_that_is_said_of_milestones_and_indicators_is_in_the_entry(opened):
    said = entry(
        opened,
        milestone_2_met="-3d",
        milestone_2_evidence="Minutes",
        milestone_3_date="+2w",
        milestone_3_reason=" Rain ",
        milestone_3_forecast="2020-12-01",
        indicator_1="12.5",
    )
    assert said.milestones == (
        MilestoneEntry(2, met_on=date(2020, 9, 15), evidence="Minutes"),
        # It was agreed for 2020-11-27, and a step counts from there.
        MilestoneEntry(3, moved_to=date(2020, 12, 11), reason="Rain", forecast=date(2020, 12, 1)),
    )
    assert said.observations == (ObservationEntry(1, 12.5),)


def test_a_step_from_a_date_that_has_passed_counts_from_today(opened):
    said = entry(opened, milestone_2_date="+1w", milestone_2_reason="Rain")
    assert said.milestones == (MilestoneEntry(2, moved_to=date(2020, 9, 25), reason="Rain"),)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"milestone_3_date": "+2w"}, "milestone_3_reason"),
        ({"milestone_3_reason": "Rain"}, "milestone_3_date"),
        ({"milestone_3_date": "2020-11-27", "milestone_3_reason": "Rain"}, "milestone_3_date"),
        ({"milestone_3_date": "2019-11-27", "milestone_3_reason": "Rain"}, "milestone_3_date"),
        ({"milestone_3_date": "soon", "milestone_3_reason": "Rain"}, "milestone_3_date"),
        ({"milestone_2_met": "+1d"}, "milestone_2_met"),
        ({"milestone_2_met": "2019-12-31"}, "milestone_2_met"),
        ({"milestone_2_evidence": "Minutes"}, "milestone_2_evidence"),
        ({"milestone_2_forecast": "x"}, "milestone_2_forecast"),
        ({"indicator_1": "many"}, "indicator_1"),
        ({"indicator_1": "nan"}, "indicator_1"),
        ({"blocker": "a\0b"}, "blocker"),
    ],
)
def test_what_cannot_be_so_is_refused_at_its_field(reported, opened, typed, field):
    with pytest.raises(BadValueError) as refused:
        save(reported, opened, {**opened.values, **typed})
    assert refused.value.where == field
    assert label_of(field)


def test_completing_without_evidence_is_refused_at_the_evidence(reported):
    opening = open_form(reported, "T-001")
    with pytest.raises(BadValueError) as refused:
        save(reported, opening, {**opening.values, "phase": "completed", "percent": "100"})
    assert refused.value.where == "evidence"


@pytest.mark.parametrize(
    ("login", "role", "words"),
    [
        ("olive", Role.OFFICER, "which neither leads nor supports this item"),
        ("audrey", Role.AUDITOR, "is an auditor and may not report"),
        ("nobody", None, "is not a person of this register"),
    ],
)
def test_who_may_not_report_on_an_item_gets_no_form_and_is_told_why(reported, login, role, words):
    if role is not None:
        person(reported, login, role, "town-archive" if role is Role.OFFICER else None)
    with pytest.raises(NotAllowedError, match=words):
        open_form(reported, "P-002", Actor(login))


@pytest.mark.parametrize("nothing", ["-", "－", "无", "无。", "暂无", "n/a", "N/A.", "없음", "なし", "لا يوجد", "None"])
def test_a_word_for_none_removes_what_stood_in_a_text(opened, nothing):
    said = entry(opened, done="Dug.", next=nothing, blocker=nothing, help_needed=nothing, evidence=nothing).report
    assert (said.done, said.next, said.blocker, said.help_needed, said.evidence) == ("Dug.", None, None, None, None)


def test_a_sentence_that_only_begins_with_a_word_for_none_is_kept(opened):
    assert entry(opened, blocker="None of the pumps works.").report.blocker == "None of the pumps works."
