"""What a message says, read as the one who gets it."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planner.chasing.round import Message, Reason
from planner.chasing.wording import FEW_WORDS, LAST_WORDS, SIMULATED, body, subject
from planner.domain.symbols import WORKING
from planner.domain.vocabulary import Basis, Phase, Schedule
from planner.queries.items.views import MilestoneView, OrganisationView, ReturnedView
from tests.chasing.factories import message
from tests.weekly.factories import REPORT

CHARTS = MilestoneView(
    id=1,
    number=2,
    title="Charts 古地图 listed",
    baseline=date(2020, 5, 1),
    current=date(2020, 6, 1),
    forecast=None,
    met_on=None,
    weight=1,
    completion_test="A list",
    evidence=None,
    basis=Basis.STATED,
)


def with_item(made: Message, *, late: tuple[MilestoneView, ...] = (), returner: str | None = None, **values) -> Message:
    """The message with its item changed."""
    chased = made.items[0]
    changed = replace(chased, item=replace(chased.item, **values), late_milestones=late, returner=returner)
    return replace(made, items=(changed,))


def test_an_overdue_item_with_all_that_is_known_of_it():
    made = with_item(
        message(done="Two quays\nmended.", next="The third.", blocker="Rain.", help_needed="A dry week."),
        late=(CHARTS,),
        schedule=Schedule.OVERDUE,
        current_due=date(2020, 6, 20),
        baseline_due=date(2020, 5, 31),
        days_late=5,
        contradiction=True,
    )
    assert subject(made) == "Week 2020-W26: 1 item overdue (Harbour)"
    assert body(made) == (
        "To: Harbour Office\n"
        "About: Harbour Town work plan 2020\n"
        "Reporting week 2020-W26 (2020-06-22 to 2020-06-28), as of 2020-06-25\n"
        "\n"
        "Dear colleagues,\n"
        "\n"
        "One item that you lead needs your answer. Please answer by Sunday, 2020-06-28:\n"
        "report in the register (planner my-week --report asks about each item), fill in the status sheet\n"
        "if the office sends you one, or write your answer under each item in this message.\n"
        "\n"
        "OVERDUE, 1 item. If it is completed, please report that, with evidence. If not, please say when it will be "
        "completed and what blocks it, so that the date can be moved.\n"
        "\n"
        "T-001 [stated]  Mend the quays\n"
        "  Due 2020-06-20 (first agreed: 2020-05-31), 5 days overdue; 40% done, 25% expected; "
        "rated green, but late by its dates\n"
        "  Milestone 2, due 2020-06-01, not met: Charts 古地图 listed\n"
        "  Last report, 2020-04-02 by Ada Quay:\n"
        "    Done: Two quays mended.\n"
        "    Next: The third.\n"
        "    Blocker: Rain.\n"
        "    Help needed: A dry week.\n"
        "\n"
        "If you reported after 2020-06-25 12:30+0900, this message does not include your report yet. Thank you.\n"
    )


def test_what_is_merely_due_is_told_shortly_but_not_what_is_in_the_way():
    told = body(message(reason=Reason.DUE, done="d" * 500, next="The third.", blocker="b" * 500))
    assert f"by Ada Quay: {'d' * (FEW_WORDS - 1)}…\n    Blocker: {'b' * (LAST_WORDS - 1)}…\n" in told
    assert "The third." not in told
    assert "DUE FOR 2020-W26, 1 item." in told


def test_a_long_silence_is_counted_and_none_at_all_is_said():
    silent = message(reason=Reason.SILENT)
    assert "no report for 12 weeks\n" in body(silent)
    assert subject(silent) == "Week 2020-W26: 1 report due (Harbour)"
    assert "There is no report on it yet.\n" in body(with_item(silent, last=None, actual=None))
    assert "nothing reported as done, 25% expected\n" in body(with_item(silent, last=None, actual=None))


def test_the_ten_most_urgent_items_are_shown_in_full_and_the_others_have_a_line_each():
    made = message()
    items = tuple(
        replace(made.items[0], item=replace(made.items[0].item, code=f"T-{number:03}")) for number in range(1, 14)
    )
    lines = body(replace(made, items=items)).splitlines()
    heads = [line for line in lines if line.startswith("T-0")]
    assert len(heads) == 13
    assert "13 items" in next(line for line in lines if line.startswith("OVERDUE"))
    assert [lines[lines.index(head) + 1].startswith("  Due ") for head in heads] == [True] * 10 + [False] * 3
    assert heads[-1] == "T-013 [stated]  Mend the quays (Due 2020-12-31)"


def test_a_suspended_item_is_not_called_late():
    told = body(with_item(message(reason=Reason.SILENT), phase=Phase.SUSPENDED, schedule=Schedule.NONE, days_late=9))
    assert "suspended; no report for 12 weeks" in told
    assert "overdue" not in told


def test_a_returned_report_says_why_and_by_whom():
    back = ReturnedView(REPORT, "Which\nquays?", "brook", REPORT.recorded_at)
    told = body(with_item(message(reason=Reason.RETURNED), returned=back, returner="Brook Hale"))
    assert "RETURNED, 1 item: " in told
    assert "\n  Report of 2020-04-02 returned by Brook Hale: Which quays?\n" in told


def test_simulated_and_working_are_said():
    made = with_item(message(simulated=True), basis=Basis.WORKING)
    assert subject(made).startswith("[SIMULATED] ")
    assert body(made).startswith(SIMULATED + "\n")
    assert WORKING in body(made)
    assert (SIMULATED in body(message()), WORKING in body(message())) == (False, False)


@given(title=st.text(), name=st.text(), said=st.text(max_size=400))
def test_no_text_makes_a_line_of_its_own(title: str, name: str, said: str):
    """Whatever stands in the register, nothing in it can pass for a line of the message."""
    plain = message(done="x", reporter="x")
    body_of = OrganisationView(1, "harbour-office", name, name)
    odd = message(title, organisation=body_of, done=f"x{said}", reporter=name)
    assert len(subject(odd).splitlines()) == 1
    assert len(body(odd).splitlines()) == len(body(plain).splitlines())
    assert "\u202e" not in body(odd) + subject(odd)


def test_an_assumed_date_is_called_so():
    assumed = with_item(message(), late=(replace(CHARTS, assumed=True),), due_assumed=True)
    said = body(assumed)
    assert "Milestone 2, due 2020-06-01 (assumed), not met" in said
    assert f"Due {assumed.items[0].item.current_due} (assumed)" in said
