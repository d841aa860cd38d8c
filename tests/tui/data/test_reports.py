"""Opening and saving a report form through the app's register."""

from dataclasses import replace

from planner.queries.plans.lineage import Lineage, RelatedItem
from tests.factories import ACTOR
from tests.tui.desk import TODAY
from tests.tui.forms import save
from tui.data.reports import open_form
from tui.widgets.form.subject import ReportHeading


def test_the_actor_of_a_save_is_who_is_at_the_desk(door):
    opening = open_form(door, "T-002")
    recorded = save(door, opening, {**opening.values, "done": "Course held."})
    assert (recorded.code, recorded.actor, recorded.as_of) == ("T-002", ACTOR.name, TODAY)


def test_the_form_says_that_another_plan_continues_the_item(door):
    opening = open_form(door, "T-002")
    lineage = Lineage(continued_as=(RelatedItem("next", "T-009", "Lamps"),))
    heading = ReportHeading(replace(opening, detail=replace(opening.detail, lineage=lineage)), None)
    assert str(heading.content).splitlines()[-1] == "Continued as T-009 in next"
