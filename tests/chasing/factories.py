"""Rounds of chasing: read from a register, and messages made without one."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from planner.chasing.round import ChasedItem, Message, Occasion, Reason, messages_of
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import InstallationKind
from planner.queries.items.register import read_register_on
from planner.queries.items.views import OrganisationView
from planner.queries.people.people import read_names
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Installation
from tests.factories import ACTOR, noon, plan_of, reading_of
from tests.weekly.factories import ITEM, PLAN, REPORT

HARBOUR = ITEM.lead
NOW = datetime(2020, 6, 25, 3, 30, 15, 250_000, tzinfo=UTC)


def make_a_demonstration(database: Database, today: date) -> None:
    """Turn a register into a demonstration that lives on a day."""
    with database.writing() as session, writing(session, ACTOR, noon(date(2020, 1, 4))) as journal:
        values = {"kind": InstallationKind.DEMONSTRATION.value, "simulated_today": today}
        journal.change(session.get_one(Installation, 1), values, action="edit", label="installation")


def messages(database: Database, week: Week, day: date, known_at: datetime | None = None) -> dict[str, Message]:
    """The messages of a round by the organisation's key: of a week, seen from a day."""
    with database.reading() as session:
        plan = plan_of(session)
        then, now = read_register_on(reading_of(session, known_at=known_at), [min(week.sunday, day), day])
        occasion = Occasion(plan, week, day, known_at or NOW, Week.of(day).sunday)
        return {
            one.organisation.key: one
            for one in messages_of(occasion, then, now, read_names(reading_of(session, known_at=known_at)), {}, {})
        }


def reasons(found: dict[str, Message]) -> dict[str, tuple[str, ...]]:
    """Why which item is named, in the order in which they are told."""
    return {chased.item.code: chased.reasons for message in found.values() for chased in message.items}


def message(
    title: str = "Mend the quays",
    *,
    organisation: OrganisationView = HARBOUR,
    reason: Reason = Reason.OVERDUE,
    simulated: bool = False,
    reporter: str = "Ada Quay",
    to: tuple[str, ...] = (),
    **report: Any,
) -> Message:
    """A message about one item, with texts of one's own."""
    plan = replace(PLAN, simulated_today=date(2020, 6, 25) if simulated else None)
    occasion = Occasion(plan, Week(2020, 26), date(2020, 6, 25), NOW, date(2020, 6, 28))
    item = replace(ITEM, title=title, lead=organisation, last=replace(REPORT, **report))
    return Message(occasion, organisation, (ChasedItem(item, (reason,), (), reporter, None),), to)
