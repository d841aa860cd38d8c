"""A person's week: the items that still need a report, the reported items, and completions to be confirmed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.base.errors import PlannerError
from planner.base.language import tr, tr_count
from planner.base.listing import with_semicolons
from planner.domain.symbols import asked_words

if TYPE_CHECKING:
    from datetime import datetime

    from planner.queries.items.views import ItemView, OrganisationView
    from planner.queries.opinions.assessments import AssessmentView
    from planner.queries.people.person_view import PersonView
    from planner.queries.weeks.my_week import MyWeek
    from planner.queries.weeks.overview import Overview
    from planner.queries.weeks.requests import RequestRow
    from tui.data.door import Door

# The acts that answer requests, by their names.
ANSWER, GRANT, REFUSE = "item.answer", "item.grant_later_date", "item.refuse_later_date"


@dataclass(frozen=True)
class WeekPage:
    """The data of the My week screen. `whose` is the person's organisation, or None for a person who sees all items.

    `confirms` is true if the person may confirm endings, and `answers` if the person answers requests.
    `drafts` has the time at which the newest draft of each item was saved, by the item's code. `notes` are messages
    about the drafts.
    `assessments` has the last assessment of each item that was assessed, by its id.
    """

    week: "MyWeek"
    whose: "OrganisationView | None"
    confirms: bool
    answers: bool
    drafts: "Mapping[str, datetime]" = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    assessments: "Mapping[int, AssessmentView]" = field(default_factory=dict)

    def assessed(self, item: "ItemView") -> tuple[str, ...]:
        """Return what the last assessment of an item says, in sentences."""
        if item.id not in self.assessments:
            return ()
        from planner.queries.opinions.opinions import Opinions

        return Opinions(item, self.assessments[item.id]).assessed_in_words


def read_week(door: "Door", standing: "Overview", me: "PersonView | None") -> WeekPage:
    """Return the week of a person, from the loaded plan and the folder of drafts."""
    from planner.domain.rules.permissions import Permission, may
    from planner.queries.opinions.assessments import read_assessments
    from planner.queries.people.organisations import keys_of_body
    from planner.queries.people.people_then import person_then
    from planner.queries.plans.lineage import read_continued
    from planner.queries.weeks.my_week import my_week, requests_in_week
    from planner.register.closing import closing_on

    with door.reading() as reading:
        if me is not None and door.as_of is not None:
            me = person_then(reading, me.login)
        left = me is not None and not me.active
        whose = me.organisation if me else None
        confirms = me is not None and me.active and may(me.role, Permission.CONFIRM, theirs=False)
        answers = me is not None and me.active and may(me.role, Permission.ANSWER, theirs=False)
        # An organisation has several keys if it has alternative names. A person without one sees all items.
        bodies = None if whose is None else keys_of_body(reading.session, whose.id)
        bodies = frozenset() if left else bodies
        requests = requests_in_week(reading, standing.items, bodies, answers=answers)
        continued = read_continued(reading)
        closing = closing_on(reading)
        assessments = read_assessments(reading)
    week = my_week(
        standing.items,
        bodies,
        confirms=confirms,
        can_report=door.today(standing.plan) >= standing.plan.starts and closing is None,
        requests=requests,
        continued=continued,
    )
    drafts, notes = kept_drafts(door, standing.plan.key)
    if left and me is not None:
        notes = (tr("{name} had left by that day, so no item waited for a report.", name=me.name), *notes)
    return WeekPage(week, whose, confirms, answers, drafts, notes, assessments)


def acts_that_answer(rows: "Iterable[RequestRow]") -> tuple[str, ...]:
    """Return the names of the acts that answer the open requests among some: for help, and for a later date."""
    of_dates = {row.extension is not None for row in rows if row.answer is None}
    return (*((ANSWER,) if False in of_dates else ()), *((GRANT, REFUSE) if True in of_dates else ()))


def about_request(row: "RequestRow") -> str:
    """Return a text that says what help or which later date is asked, of whom and by when, or how it was answered."""
    if row.answer is not None and row.extension is None:
        return tr("answered by {person}: {answer}", person=row.answer.actor, answer=row.answer.answer)
    from planner.queries.weeks.request_words import answer_in_words, wanted_date

    wanted = wanted_date(row)
    if row.answer is not None:
        return with_semicolons((answer_in_words(row), wanted))
    parts = [
        wanted,
        asked_words(row.extension.asked) if row.extension else "",
        tr("asked of {whom}", whom=row.asked_of) if row.asked_of else "",
        tr("answer needed by {day}", day=row.answer_by) if row.answer_by and not wanted else "",
        tr_count("{count} day overdue", "{count} days overdue", row.days_overdue) if row.days_overdue else "",
    ]
    return with_semicolons(filter(None, (*parts, row.request.words)))


def kept_drafts(door: "Door", plan: str) -> "tuple[Mapping[str, datetime], tuple[str, ...]]":
    """Return when this person's newest draft of each item in a plan was saved, and messages about unreadable drafts.

    `plan` is the key of the plan.
    """
    from planner.personal.drafts import all_of

    try:
        found = all_of(door.address, door.login)
    except PlannerError as error:
        return {}, (error.note,)
    notes = tuple(aside.message for aside in found.set_aside)
    # If an item has several drafts, the newest one counts. It comes first in the list, so the list is reversed to enter
    # it last.
    return {draft.key.code: draft.changed for draft in reversed(found.drafts) if draft.key.plan == plan}, notes


def why_owed(item: "ItemView") -> str:
    """Return a text that says why an item is at its place in the queue."""
    from planner.queries.weeks.my_week import why_in_words

    return why_in_words(item)
