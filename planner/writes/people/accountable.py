"""Giving the items of a person who leaves to somebody else."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError
from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.views import value_class
from planner.queries.people.people import unknown_login
from planner.register.closing import read_closing
from planner.register.plan_view import PlanView
from planner.register.writing import Writing
from planner.store.models import Item, Person, Plan
from planner.writes.open_items import open_items
from planner.writes.plan_changes.facts import act_on_plan, change_facts
from planner.writes.plan_changes.items import accountable_fact
from planner.writes.plan_changes.references import person_named


@value_class
class ItemsGiven:
    """The recorded change of the accountable person of several items."""

    login: str
    to: str
    codes: tuple[str, ...]
    as_of: date
    reason: str

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        return tr_count(
            "Recorded: {login} is accountable for {count:,} item from {day} on: {codes}.",
            "Recorded: {login} is accountable for {count:,} items from {day} on: {codes}.",
            len(self.codes),
            login=self.to,
            day=self.as_of,
            codes=listed(self.codes),
        )


def give_items(writing: Writing, login: str, to: str, reason: str | None, *, as_of: date | None = None) -> ItemsGiven:
    """Make another person accountable for the unfinished items of the plan for which a person is accountable.

    Raises UnknownNameError if nobody has one of the logins, NotAllowedError if the other person has left, and
    BadValueError if there are no such items.
    """
    with act_on_plan(writing, reason, as_of) as act:
        items = items_of_person(writing.session, writing.plan, login)
        person_named(writing, to, "to")
        if not items:
            raise BadValueError(
                tr("{login} is accountable for no unfinished item of this plan", login=login),
                where="LOGIN",
                do=tr("See 'planner people'"),
            )
        for item in items:
            change_facts(act, item, {"accountable": accountable_fact(writing, item, to)})
        return ItemsGiven(login, to, tuple(item.code for item in items), act.day, act.reason)


def items_left(writing: Writing, login: str) -> dict[str, tuple[str, ...]]:
    """Return the codes of the unfinished items for which a person is accountable, by the key of their plan.

    Only plans that are not closed count.
    """
    session = writing.session
    own = select(Item).join(Person, Person.id == Item.accountable_id).where(Person.login == login, ~Item.taken_out)
    keys = {plan.id: plan.key for plan in session.execute(select(Plan).order_by(Plan.key)).scalars()}
    found: dict[str, list[str]] = {}
    for item in open_items(session, session.execute(own.order_by(Item.plan_id, Item.position)).scalars()):
        if read_closing(session, item.plan_id) is None:
            found.setdefault(keys[item.plan_id], []).append(item.code)
    return {key: tuple(codes) for key, codes in found.items()}


def items_of_person(session: Session, plan: PlanView, login: str) -> list[Item]:
    """Return the unfinished items of the plan for which a person is accountable.

    Raises UnknownNameError if nobody has the login.
    """
    person = session.execute(select(Person).where(Person.login == login)).scalar_one_or_none()
    if person is None:
        raise unknown_login(session, login, "LOGIN")
    own = select(Item).where(Item.plan_id == plan.id, Item.accountable_id == person.id, ~Item.taken_out)
    return open_items(session, session.execute(own.order_by(Item.position)).scalars())
