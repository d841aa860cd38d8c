"""Which organisations lead and support carried items, where those of the earlier plan were merged or dissolved."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.listing import listed
from planner.base.views import value_class
from planner.queries.people.ended import Ended, read_ended
from planner.queries.people.organisations import find_organisation
from planner.store.models import Item, Organisation, Responsibility


@value_class
class EndedBody:
    """An organisation that has ended, and the carried items that it led or supported, by their new codes.

    `what` says what became of it. `successor` is the key of the organisation that it was merged into, or None: then
    nobody supports the items instead. `new_lead` is the key of the one that leads the items, or None if it has to be
    named.
    """

    key: str
    what: str
    successor: str | None
    new_lead: str | None
    leads: tuple[str, ...]
    supports: tuple[str, ...]

    def remarks(self) -> Iterator[str]:
        """Yield what is to be known before the items are carried over."""
        if self.leads and self.new_lead:
            yield tr("{what}. {key} leads {codes}.", what=self.what, key=self.new_lead, codes=listed(self.leads))
        elif self.leads:
            yield tr("{what}. Name another lead for {codes}.", what=self.what, codes=listed(self.leads))
        if self.supports and self.successor:
            codes = listed(self.supports)
            yield tr("{what}. {key} supports {codes}.", what=self.what, key=self.successor, codes=codes)
        elif self.supports:
            yield tr("{what}. It no longer supports {codes}.", what=self.what, codes=listed(self.supports))


def read_ended_bodies(session: Session, codes: Mapping[int, str], lead: str | None) -> tuple[EndedBody, ...]:
    """Return the organisations that led or supported carried items and have ended.

    `codes` has the new codes of the items by id. `lead` names the organisation that leads the items of dissolved ones.
    Raises UnknownNameError if there is none of this name, and NotAllowedError if it has ended itself.
    """
    ended = read_ended(session)
    instead = _existing(session, ended, lead) if lead else None
    if not ended:
        return ()
    led = select(Item.lead_id, Item.id).where(Item.lead_id.in_(ended)).order_by(Item.position)
    share = Responsibility
    supported = select(share.organisation_id, share.item_id).where(share.organisation_id.in_(ended), ~share.taken_out)
    leads = _codes(session, led, codes)
    supports = _codes(session, supported.order_by(share.id), codes)
    rows = session.execute(select(Organisation).where(Organisation.id.in_(ended)).order_by(Organisation.key)).scalars()
    return tuple(
        _body(row, ended[row.id], leads.get(row.id, ()), supports.get(row.id, ()), instead)
        for row in rows
        if row.id in leads or row.id in supports
    )


def _body(
    row: Organisation, ended: Ended, leads: Sequence[str], supports: Sequence[str], instead: str | None
) -> EndedBody:
    return EndedBody(
        row.key, ended.what(row.name), ended.successor, ended.successor or instead, tuple(leads), tuple(supports)
    )


def _codes(session: Session, statement: Select[int, int], codes: Mapping[int, str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for organisation_id, item_id in session.execute(statement):
        if item_id in codes:
            found[organisation_id].append(codes[item_id])
    return dict(found)


def _existing(session: Session, ended: Mapping[int, Ended], wanted: str) -> str:
    found = find_organisation(session, wanted, "lead")
    if found.id in ended:
        end = ended[found.id]
        raise NotAllowedError(end.what(found.name), where="lead", do=end.do())
    return found.key


def require_leads(bodies: Sequence[EndedBody]) -> None:
    """Raise BadValueError if a carried item would have no lead."""
    for body in bodies:
        if body.leads and body.new_lead is None:
            raise BadValueError(
                tr("{what}, and these items need another lead: {codes}", what=body.what, codes=listed(body.leads)),
                where="lead",
                do=tr("Name the organisation that takes them over"),
            )
