"""Loads the items of the register with their lead and supporting organisations, milestones and indicators."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import exists, select

from planner.base.errors import SeedError
from planner.base.fingerprints import renewed_item_fingerprint
from planner.base.language import tr
from planner.bundle import forms
from planner.bundle.entries import put_indicators, put_milestones
from planner.bundle.loading import BundleLoad
from planner.bundle.reader import Bundle, place
from planner.domain.codes import code_key
from planner.domain.vocabulary import Basis, MeasuredBy, RuleKind
from planner.queries.history.log_subjects import events_of_item
from planner.store.event_actions import SEED
from planner.store.models import AuditEvent, Item, Responsibility


@dataclass
class _Lead:
    """The organisation that leads the items of a measure, and the reason."""

    organisation: str
    basis: Basis
    rule: str | None = None
    note: str | None = None
    supporting: list[str] = field(default_factory=list)


def _leads(bundle: Bundle) -> dict[str, _Lead]:
    """Return the lead of the items of each measure, by measure code."""
    leads = {
        measure: _Lead(rule.organisation, Basis.DERIVED, rule.key, supporting=rule.supporting)
        for rule in bundle.rules
        if rule.kind is RuleKind.LEAD and rule.organisation
        for measure in rule.measures
    }
    for lead in bundle.working_leads:
        leads[lead.measure] = _Lead(lead.organisation, Basis.WORKING, note=lead.note)
    return leads


def _lead_of(loading: BundleLoad, form: forms.ItemForm, leads: dict[str, _Lead]) -> _Lead:
    """Return the lead of an item. An item without its own lead takes that of its measure's items."""
    return _Lead(form.lead, loading.own_basis(form)) if form.lead else leads[form.measure or ""]


def put_items(loading: BundleLoad) -> None:
    """Load the items, then their supporting organisations, milestones and indicators."""
    by_measure = _leads(loading.bundle)
    leads = {form.code: _lead_of(loading, form, by_measure) for _, form in loading.bundle.items}
    # A plan with kinds of its own keeps the order of its files.
    codes = list(leads) if loading.bundle.plan.kinds else sorted(leads, key=_code_order)
    places = {code: place for place, code in enumerate(codes, 1)}
    items: dict[str, Item] = {}
    for file, form in loading.bundle.items:
        _check_supporting(file, form, leads[form.code])
        _check_same_item(loading, file, form)
        items[form.code] = loading.seeder.put(
            Item,
            f"{loading.plan.key}:{form.code}",
            _item_values(loading, form, leads[form.code]),
            # An office can give its items another order, which later loadings keep.
            once={"position": places[form.code]},
            derived=lambda row, form=form: _fingerprint(row, form),  # type: ignore[misc]
        )
    loading.seeder.flush()
    for file, form in loading.bundle.items:
        _put_parts(loading, file, form, items[form.code], leads[form.code])


def _fingerprint(row: Item, form: forms.ItemForm) -> dict[str, str]:
    codes = (row.code, form.code)
    return {"fingerprint": renewed_item_fingerprint(row.fingerprint, codes, row.title, form.measure)}


def _code_order(code: str) -> tuple[bool, str]:
    """Return the sort key that puts tasks before key projects, and orders each kind by code."""
    return (not code.startswith("T-"), code_key(code))


def _item_values(loading: BundleLoad, form: forms.ItemForm, lead: _Lead) -> dict[str, Any]:
    measure = loading.measures[form.measure] if form.measure else None
    plan = loading.bundle.plan.plan
    by_milestones = MeasuredBy.MILESTONES if form.milestones else MeasuredBy.REPORTS
    return {
        "plan_id": loading.plan.id,
        "theme_id": loading.themes[form.theme].id if form.theme else measure and measure.theme_id,
        "measure_id": measure.id if measure else None,
        "allocation_basis": loading.own_basis(form),
        # docs/decisions/0017: codes come from the data files and are never renumbered.
        "code": form.code,
        "kind": loading.bundle.plan.kind_of(form),
        "title": form.title,
        "lead_id": loading.organisations[lead.organisation].id,
        "lead_basis": lead.basis,
        "lead_rule_id": loading.rules[lead.rule].id if lead.rule else None,
        "lead_note": lead.note,
        "starts": form.start or plan.starts,
        **_date_basis(loading, form, "starts", form.start),
        "baseline_due": form.due or plan.ends,
        **_date_basis(loading, form, "due", form.due),
        "measured_by": form.measured_by or by_milestones,
        **_item_basis(loading, form),
    }


def _date_basis(loading: BundleLoad, form: forms.ItemForm, name: str, own: date | None) -> dict[str, Any]:
    """Return the basis of an item's start or due date, by column. If the item lacks the date, a rule derives it."""
    rule = None if own else loading.rules.get(forms.PLAN_YEAR_RULE)
    basis = Basis.DERIVED if rule else loading.own_basis(form)
    return {f"{name}_basis": basis, f"{name}_rule_id": rule.id if rule else None}


def _item_basis(loading: BundleLoad, form: forms.ItemForm) -> dict[str, Any]:
    """Return the basis columns of an item. If a stated title has no citation, that of its measure applies."""
    values = loading.based(form)
    if form.basis is Basis.STATED and form.citation is None and form.measure:
        values["citation_id"] = loading.measures[form.measure].citation_id
    return values


def _check_supporting(file: str, form: forms.ItemForm, lead: _Lead) -> None:
    if lead.organisation in form.supporting:
        source = tr("its own lead") if form.lead else lead.rule or "working_leads"
        raise SeedError(
            tr(
                "'{organisation}' leads this item ({source}) and cannot also support it",
                organisation=lead.organisation,
                source=source,
            ),
            where=place(file, form.code, "supporting"),
            do=tr("Remove the organisation from the field 'supporting'"),
        )


def _check_same_item(loading: BundleLoad, file: str, form: forms.ItemForm) -> None:
    """Raise SeedError if the data files reuse the code of an item about which something was recorded."""
    item = loading.seeder.find_row(Item, f"{loading.plan.key}:{form.code}")
    measure = loading.measures[form.measure].id if form.measure else None
    another = item is not None and item.title != form.title and item.measure_id != measure
    if item is not None and another and _has_history(loading, item):
        raise SeedError(
            tr(
                "the data files change both the title and the measure of {code}, but the register already has "
                "records of this item",
                code=form.code,
            ),
            where=place(file, form.code),
            do=tr("Give the new item another code, or load these files into a new database"),
        )


def _has_history(loading: BundleLoad, item: Item) -> bool:
    """Return whether anybody recorded anything about an item since it was loaded."""
    by_people = AuditEvent.seq.in_(events_of_item(item.id)), AuditEvent.action != SEED
    return loading.seeder.journal.session.execute(select(exists().where(*by_people))).scalar_one()


def _put_parts(loading: BundleLoad, file: str, form: forms.ItemForm, item: Item, lead: _Lead) -> None:
    by_rule = {name: Basis.DERIVED for name in lead.supporting if name != lead.organisation}
    for name, basis in {**dict.fromkeys(form.supporting, loading.own_basis(form)), **by_rule}.items():
        loading.seeder.put(
            Responsibility,
            f"{loading.plan.key}:{form.code}:{name}",
            {
                "item_id": item.id,
                "organisation_id": loading.organisations[name].id,
                "supporting_basis": basis,
                "supporting_rule_id": loading.rules[lead.rule].id if basis is Basis.DERIVED and lead.rule else None,
            },
        )
    put_milestones(loading, file, form, item)
    put_indicators(loading, file, form, item)
