"""Simulated divisions of organisations that lead too many items to be told apart."""

from sqlalchemy import select

from planner.bundle.forms import DivisionForm
from planner.bundle.reader import Bundle
from planner.demo.people import address_of
from planner.domain.vocabulary import Basis, OrganisationKind
from planner.store.journal import Journal
from planner.store.models import DerivationRule, Item, Measure, Organisation


def put_divisions(journal: Journal, bundle: Bundle) -> None:
    """Add the divisions to a newly loaded plan, and make each the lead of its share of its organisation's items.

    A division gets the items of its measures. An item keeps the rule that gave its lead to the organisation, and its
    note names the organisation.
    """
    if not bundle.divisions:
        return
    session = journal.session
    bodies = {body.key: body for body in session.execute(select(Organisation)).scalars()}
    rules = {rule.id: rule.key for rule in session.execute(select(DerivationRule)).scalars()}
    divisions: dict[tuple[int, str], Organisation] = {}
    for form in bundle.divisions:
        body = bodies[form.of]
        division = journal.add(_division(form, body), action="simulate", label=form.organisation_key)
        divisions.update(((body.id, measure), division) for measure in form.measures)
    session.flush()
    names = {body.id: body.name for body in bodies.values()}
    led = select(Item, Measure.code).join(Measure, Measure.id == Item.measure_id).order_by(Item.code)
    for item, measure in session.execute(led).all():
        found = divisions.get((item.lead_id, measure))
        if found is not None:
            note = _note(item, names[item.lead_id], rules)
            # docs/decisions/0090: the item keeps the rule by which it is led.
            values = {"lead_id": found.id, "lead_basis": Basis.SIMULATED, "lead_note": note}
            journal.change(item, values, action="simulate", label=item.code)


def _division(form: DivisionForm, body: Organisation) -> Organisation:
    """Return a division whose names, note and basis show that it is simulated."""
    return Organisation(
        key=form.organisation_key,
        name=form.simulated_name,
        short_name=form.simulated_short,
        kind=OrganisationKind.BODY,
        note=f"Made up for the demonstration. No text names a division of {body.name}.",
        basis=Basis.SIMULATED,
        mail_address=address_of(form.organisation_key),
    )


def _note(item: Item, body: str, rules: dict[int, str]) -> str:
    """Return a note about who leads the item in the data files, and why."""
    rule = f" by the rule {rules[item.lead_rule_id]}" if item.lead_rule_id else ""
    note = f"In the data files {body} leads this item ({item.lead_basis}{rule}); the division is made up."
    return f"{note} {item.lead_note}" if item.lead_note else note
