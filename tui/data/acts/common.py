"""The fields and checks that several acts have."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.base.language import later
from planner.base.listing import with_semicolons
from planner.domain.changed_facts import Changes, changes_in_words
from tui.data.acts import choices
from tui.data.acts.act import ActField, Entry, Kind
from tui.data.picks import Pick

if TYPE_CHECKING:
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.writes.plan_changes.previews import AffectedItem


def changed_facts(changes: Changes) -> str:
    """Return the facts that an act changed in one sentence, with their values before and after."""
    return f"{with_semicolons(changes_in_words(changes))}."


def _possible_day(reading: "Reading", day: date) -> None:
    from planner.writes.items import checked_act_day

    checked_act_day(reading.plan, day, reading.today)


def _possible_shared_day(reading: "Reading", day: date) -> None:
    from planner.writes.items import checked_shared_day

    checked_shared_day(reading.session, day, reading.today)


def free_code(reading: "Reading", code: str) -> None:
    """Raise an error if a code cannot be that of a new item."""
    from planner.writes.plan_changes.codes import checked_code

    checked_code(reading.session, reading.plan, code)


AS_OF = ActField(
    "as_of", later("As of"), Kind.DAY, hint=later("empty is today, or the end of a past plan"), check=_possible_day
)
REASON = ActField("reason", later("Reason"), Kind.TEXT, hint=later("why the plan changes"), required=True)

# Acts on what all plans share do not wait for the plan in use.
WHY_AND_WHEN_SHARED = (
    REASON,
    replace(AS_OF, hint=later("empty is today"), check=_possible_shared_day),
)

NAME = ActField("name", later("Name"), required=True)

# Every dated act ends with these two.
WHY_AND_WHEN = (REASON, AS_OF)

TITLE = ActField("title", later("Title"), Kind.LINE, hint=later("what has to be done"), required=True)
KIND = ActField("kind", later("Kind"), Kind.PICK, picks=choices.kinds, hint=later("enter lists the kinds"))
WEIGHT = ActField("weight", later("Weight"), Kind.NUMBER, hint=later("in roll-ups; empty is 1"))
ACCOUNTABLE = ActField(
    "accountable", later("Accountable"), Kind.PICK, picks=choices.people, hint=later("enter lists the people")
)
THEME = ActField("theme", later("Theme"), Kind.PICK, picks=choices.themes, hint=later("enter lists the themes"))
MEASURE = ActField(
    "measure",
    later("Measure"),
    Kind.PICK,
    picks=choices.measures,
    within="theme",
    hint=later("enter lists the measures of the theme"),
)
LEAD = ActField(
    "lead", later("Lead"), Kind.PICK, picks=choices.organisations, hint=later("enter lists the organisations")
)


def item_picks(items: "Sequence[AffectedItem]", note: str) -> tuple[Pick, ...]:
    """Return the lines about items that an act changes, each with the same note."""
    return tuple(Pick(one.code, f"{one.code}  {one.title}", note) for one in items)


def ask_outside_plan(writing: "Writing", entry: Entry, code: str, *days: date | None) -> None:
    """Raise DoubtfulError for a date outside the plan, unless the person has confirmed that it is intended."""
    from planner.writes.plan_changes.dates_in_plan import require_in_plan

    if not entry.sure:
        require_in_plan(writing.plan, code, *days)
