"""What an administrator has not set up yet, each with the command that does it."""

from collections.abc import Iterator

from sqlalchemy import func, select

from planner.base.command_names import command_with
from planner.base.language import tr, tr_count, tr_later
from planner.base.listing import listed
from planner.domain.vocabulary import NO_MANDATE_MESSAGE, Role
from planner.queries.people.ended import read_ended
from planner.queries.plans.not_set_up_view import NotSetUp
from planner.register.closing import closing_on
from planner.register.reading import Reading
from planner.store.models import Attachment, Document, Item, Organisation, Person

# So many organisations are named, those with the most items first.
_NAMED = 3


def read_not_set_up(reading: Reading) -> tuple[NotSetUp, ...]:
    """Return what is missing in the plan and the register, in the order in which it is set up.

    Nothing is missing in a closed plan, to which nothing could be added. Checkpoints and copies of the register are
    kept outside it, so whether there are any cannot be known here.
    """
    if closing_on(reading) is not None:
        return ()
    return tuple(found for check in (_items, _officers, _manager, _mandate, _documents) for found in check(reading))


def _items(reading: Reading) -> Iterator[NotSetUp]:
    if not reading.session.execute(select(Item.id).where(Item.plan_id == reading.plan.id).limit(1)).first():
        yield NotSetUp(tr("The plan has no items."), command_with("import FILE"))


def _officers(reading: Reading) -> Iterator[NotSetUp]:
    """Yield that organisations lead items and have no officer who could report on them.

    One that was merged or dissolved only leads items that ended before, on which nobody reports.
    """
    with_officer = select(Person.organisation_id).where(
        Person.active, Person.role == Role.OFFICER, Person.organisation_id.is_not(None)
    )
    ended = read_ended(reading.session, reading.today, reading.known_at)
    leads = (
        select(Organisation.key, Organisation.short_name)
        .join(Item, Item.lead_id == Organisation.id)
        .where(
            Item.plan_id == reading.plan.id, Organisation.id.not_in(with_officer), Organisation.id.not_in(list(ended))
        )
        .group_by(Organisation.id, Organisation.key, Organisation.short_name)
        .order_by(func.count().desc(), Organisation.key)
    )
    found = reading.session.execute(leads).all()
    if not found:
        return
    names = listed([name for _, name in found[:_NAMED]])
    what = tr_count(
        "{count} organisation that leads items has no officer: {names}",
        "{count} organisations that lead items have no officer, among them {names}",
        len(found),
        names=names,
    )
    yield NotSetUp(f"{what}.", command_with("people add LOGIN", name="NAME", role="officer", organisation=found[0].key))


def _manager(reading: Reading) -> Iterator[NotSetUp]:
    """Yield that nobody but administrators can confirm an ending or grant a later date."""
    managers = select(Person.id).where(Person.active, Person.role == Role.MANAGER).limit(1)
    if not reading.session.execute(managers).first():
        what = tr("There is no manager, who confirms endings and answers requests.")
        yield NotSetUp(what, command_with("people add LOGIN", name="NAME", role="manager"))


def _mandate(reading: Reading) -> Iterator[NotSetUp]:
    if not reading.plan.has_mandate:
        waiting = reading.plan.waiting
        do = command_with(f"mandate review {waiting}") if waiting else command_with("mandate add FILE", key="KEY")
        yield NotSetUp(tr_later(NO_MANDATE_MESSAGE), do)


def _documents(reading: Reading) -> Iterator[NotSetUp]:
    """Yield that documents are cited of which no copy is attached, so that nobody has checked the citations."""
    attached = select(Attachment.document_id)
    count = reading.session.execute(select(func.count()).where(Document.id.not_in(attached))).scalar_one()
    if count:
        what = tr_count(
            "{count} cited document is not attached, so its citations are not checked.",
            "{count} cited documents are not attached, so their citations are not checked.",
            count,
        )
        yield NotSetUp(what, command_with("sources attach FOLDER"))
