"""An exported register keeps the rules of acts. A first register may lack a reason, and that is said."""

from dataclasses import replace
from typing import Any

import pytest

from planner.domain.vocabulary import Phase
from planner.intake.comparing.differences.items import NewReport
from planner.intake.comparing.exported.since import Since
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.stored import StoredStatus
from planner.intake.exported_rows import Moment
from planner.intake.proposed import Field, Problem, Severity
from planner.intake.sheets import Place
from tests.intake.comparing.test_compare import DISSOLVED, QUAY, SIGNS, preview, stored, words
from tests.intake.proposals import given, item, part, register

BEGUN = StoredStatus(Phase.IN_PROGRESS, 40, None, "Begun", None, None, None)
DONE = replace(BEGUN, phase=Phase.COMPLETED, percent=100)


def of_row(status: StoredStatus, *, exported: bool = True, **values: Any) -> Preview:
    row = item(1, code="T-001", **values)
    known = stored(QUAY, statuses={1: status})
    return preview(register(row), known, **({"since": lambda _: Since(Moment(7))} if exported else {}))


def report_of(found: Preview) -> NewReport:
    (changed,) = found.changed
    assert changed.report is not None
    return changed.report


@pytest.mark.parametrize(
    ("status", "values", "key", "what"),
    [
        (BEGUN, {"phase": "completed"}, "phase", "a completed item needs evidence"),
        (BEGUN, {"phase": "cancelled"}, "phase", "a cancelled item needs a reason"),
        (DONE, {"percent": 40.0}, "percent", "the percentage of a completed item is 100, not 40"),
        (BEGUN, {"measured_by": "milestones"}, "measured_by", "the item has no milestones"),
    ],
)
def test_an_exported_row_keeps_the_rules_of_acts(
    status: StoredStatus, values: dict[str, Any], key: str, what: str
) -> None:
    (told,) = of_row(status, **values).problems
    assert (told.severity, told.key, told.what) == (Severity.ERROR, f"plan.csv!B1 {key}", what)


def test_an_ending_that_the_register_has_already_is_no_error() -> None:
    assert of_row(DONE, phase="completed", percent=100.0).problems == ()
    cancelled = replace(BEGUN, phase=Phase.CANCELLED, ending_reason="Floods")
    found = of_row(cancelled, phase="cancelled", next="Tell the town")
    assert (found.problems, report_of(found).ending_reason) == ((), "Floods")


@pytest.mark.parametrize(
    ("phase", "what"),
    [
        ("completed", "1 item is completed on {day}, the day of the report, without evidence, as its report says"),
        ("cancelled", "1 item is cancelled on {day}, the day of the report, without a reason, as its report says"),
    ],
)
def test_a_first_register_ends_items_with_a_remark_and_no_invented_reason(phase: str, what: str) -> None:
    found = of_row(BEGUN, exported=False, phase=phase)

    assert words(found) == [(Severity.REMARK, what.format(day=report_of(found).as_of))]
    report = report_of(found)
    assert (report.evidence or report.ending_reason) in (
        "no evidence given (imported from plan.csv!1)",
        "no reason given (imported from plan.csv!1)",
    )


def test_words_that_cancel_an_item_are_the_reason() -> None:
    told = given("cancelled", 1, 2, "'Cancelled by the board' says so")
    found = of_row(BEGUN, exported=False, phase=told)

    assert found.problems == ()
    assert report_of(found).ending_reason == "'Cancelled by the board' says so (imported from plan.csv!1)"


def test_another_percent_of_a_completed_item_is_remarked_and_makes_no_report() -> None:
    found = of_row(DONE, exported=False, percent=40.0)
    assert words(found) == [(Severity.REMARK, "the percentage of a completed item is 100, not 40")]
    assert not found.anything


def test_a_percent_that_is_computed_is_told_once_with_its_places() -> None:
    quay = replace(QUAY, measured_by="milestones")
    signs = replace(SIGNS, measured_by="milestones")
    rows = register(item(1, code="T-001", percent=30.0), item(2, code="T-002", percent=60.0))

    found = preview(rows, stored(quay, signs, statuses={2: BEGUN}))

    assert [what for _, what in words(found)][-1:] == [
        "2 percents are not imported: they are computed from the milestones of their items "
        "(plan.csv!B1 and plan.csv!B2)"
    ]
    assert not found.anything


@pytest.mark.parametrize("percent", [130.0, None])
def test_a_computed_percent_is_never_an_error(percent: float | None) -> None:
    quay = replace(QUAY, measured_by="milestones")
    cell = Place("plan.csv", "", 1, 2)
    error = Problem(Severity.ERROR, cell, Field.PERCENT, "130", "'130' is not between 0 and 100%", "Correct it")
    row = item(1, code="T-001", **({} if percent is None else {"percent": percent}))
    files = register(row, problems=[error] if percent is None else [])

    (told,) = preview(files, stored(quay, statuses={1: BEGUN})).problems

    assert (told.severity, told.place, told.value) == (Severity.REMARK, cell, "130")
    assert told.what == "1 percent is not imported: it is computed from the milestones of its item"


def test_the_milestones_of_the_files_can_measure_an_item() -> None:
    row = item(1, code="T-001", measured_by="milestones", milestones=[part(2, title="Dig")])
    assert preview(register(row), stored(QUAY)).problems == ()


def test_an_item_is_not_opened_again_whose_lead_has_ended() -> None:
    known = stored(QUAY, statuses={1: DONE})
    bodies = [replace(body, ended=DISSOLVED) if body.key == "office" else body for body in known.organisations]
    row = item(1, code="T-001", phase="in_progress")

    found = preview(register(row), replace(known, organisations=bodies))

    assert [problem.key for problem in found.blockers] == ["plan.csv!B1 phase"]
