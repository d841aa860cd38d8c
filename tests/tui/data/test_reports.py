"""Opening and saving a report form through the app's register."""

from tests.factories import ACTOR
from tests.tui.desk import TODAY
from tests.tui.forms import save
from tui.data.reports import open_form


def test_the_actor_of_a_save_is_who_is_at_the_desk(door):
    opening = open_form(door, "T-002")
    recorded = save(door, opening, {**opening.values, "done": "Course held."})
    assert (recorded.code, recorded.actor, recorded.as_of) == ("T-002", ACTOR.name, TODAY)
