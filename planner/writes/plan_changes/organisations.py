"""Acts on organisations: adding, renaming, editing, merging and dissolving one.

A merged or dissolved organisation stays in the register, because items that ended before keep it as their lead. All
plans share the organisations, so these acts are also possible in a closed plan, whose own items they do not change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date

from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import later, tr, tr_count, tr_later
from planner.base.listing import listed
from planner.base.views import value_class
from planner.domain.codes import code_key
from planner.domain.language_codes import checked_language
from planner.domain.mail_addresses import checked_addresses
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Basis, OrganisationEvent
from planner.register.closing import require_open
from planner.register.later_acts import counts
from planner.register.writing import Writing
from planner.store.models import Item, Organisation, OrganisationChange
from planner.tables.json_form import NOT_IN_JSON
from planner.writes.permission import require
from planner.writes.plan_changes.facts import Act, act_on_plan
from planner.writes.plan_changes.held import require_same_work_since
from planner.writes.plan_changes.names import checked_key, free_name, free_short_name
from planner.writes.plan_changes.references import organisation_named, require_existing
from planner.writes.plan_changes.taking_over import (
    give,
    led_by,
    move_people,
    name_of,
    people_of,
    plans_run_by,
    replace_support,
)
from planner.writes.registered import new_body

_SENTENCES = {
    "added": later("Recorded: {name} ({key}) is in the register."),
    "renamed": later("Recorded: {was} ({key}) is called {name} from {day} on."),
    "merged": later("Recorded: {name} ({key}) is merged into {into} from {day} on."),
    "dissolved": later("Recorded: {name} ({key}) is dissolved from {day} on."),
}


@value_class
class OrganisationChanged:
    """A recorded act on an organisation.

    `items` has the codes of the items that have a new lead, each with the new lead's key, and `leads` has the names of
    these leads by the same codes. `people` are the logins of
    the people who now belong to another organisation or, if it was dissolved, of those who still belong to it.
    `language` is that of the files that are written for it, and `mail_address` has the addresses to which they are
    sent; `edited` says which of the two an edit changed. `runs` are the keys of the plans that an ended organisation
    still runs: nobody says who runs them now. `was` is the earlier name of a renamed one, and `into` is the name of the
    one that a merged one is merged into. `supported` has the codes of
    the unfinished items that an ended one supported.
    """

    key: str
    name: str
    kind: str
    as_of: date
    reason: str | None
    items: dict[str, str]
    people: tuple[str, ...]
    language: str | None = None
    mail_address: str | None = None
    runs: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    leads: dict[str, str] = field(default_factory=dict, metadata=NOT_IN_JSON)
    was: str = field(default="", metadata=NOT_IN_JSON)
    into: str = field(default="", metadata=NOT_IN_JSON)
    supported: tuple[str, ...] = field(default=(), metadata=NOT_IN_JSON)

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        if self.kind == "edited":
            return " ".join(self._edits())
        words = {"name": self.name, "key": self.key, "day": self.as_of, "was": self.was, "into": self.into}
        return tr_later(_SENTENCES[self.kind]).format(**words)

    def _edits(self) -> Iterator[str]:
        """Yield a sentence for each fact that an edit changed."""
        name, key, language, address = self.name, self.key, self.language, self.mail_address
        if "language" in self.edited and language:
            yield tr("Recorded: the language of {name} ({key}) is {language}.", name=name, key=key, language=language)
        elif "language" in self.edited:
            yield tr("Recorded: {name} ({key}) has no language of its own.", name=name, key=key)
        if "mail_address" in self.edited and address:
            yield tr("Recorded: mail for {name} ({key}) goes to {address}.", name=name, key=key, address=address)
        elif "mail_address" in self.edited:
            yield tr("Recorded: {name} ({key}) has no mail address.", name=name, key=key)

    def still_runs(self) -> str:
        """Return the sentence about the plans that the ended organisation still runs, or nothing if there are none."""
        return runs_plans(self.key, self.runs)


def runs_plans(key: str, plans: Sequence[str]) -> str:
    """Return the warning that an organisation that ends runs plans, or nothing if it runs none."""
    if not plans:
        return ""
    return tr_count(
        "{key} runs the plan {plans}. Name the organisation that runs it from now on.",
        "{key} runs the plans {plans}. Name the organisation that runs each from now on.",
        len(plans),
        key=key,
        plans=listed(plans),
    )


def add_organisation(
    writing: Writing,
    key: str,
    name: str,
    short_name: str | None = None,
    *,
    language: str | None = None,
    mail_address: str | None = None,
) -> OrganisationChanged:
    """Add an organisation to the register. `language` is that of the files that are written for it, such as `ko`.

    `mail_address` has the addresses to which they are sent, with commas between them.

    Raises NotAllowedError if the key or the name is taken, and BadValueError if one of the values is invalid.
    """
    session = writing.session
    with writing.journal(of_plan=False) as journal:
        require(session, writing.actor, Permission.CHANGE_PLAN)
        checked = checked_key(writing.session, key)
        full = free_name(writing.session, name, None)
        short = free_short_name(writing.session, short_name, full)
        row = new_body(checked, full, short, checked_language(language), checked_addresses(mail_address))
        journal.add(row, action="add-organisation", label=checked)
        journal.close()
        return OrganisationChanged(
            *(checked, full, "added", writing.today, None, {}, ()), language=row.language, mail_address=row.mail_address
        )


def rename_organisation(
    writing: Writing,
    wanted: str,
    name: str,
    reason: str | None,
    *,
    short_name: str | None = None,
    as_of: date | None = None,
) -> OrganisationChanged:
    """Give an organisation another name from a day on. Before that day, it is shown with the earlier name.

    Without a short name, it keeps its own, unless that is the beginning of the earlier name. Raises NotAllowedError if
    another organisation has one of the names, or this one was renamed as of a later day.
    """
    with act_on_plan(writing, reason, as_of, of_plan=False) as act:
        row = organisation_named(writing, wanted, "ORGANISATION")
        _require_latest(act, row)
        full = free_name(writing.session, name, row)
        short = free_short_name(writing.session, short_name, full, row)
        if (full, short) == (row.name, row.short_name):
            raise BadValueError(tr("the organisation already has this name"), where="name", do=tr("Give another name"))
        was = row.name
        _add_change(act, row, OrganisationEvent.RENAMED, old_name=was, new_name=full)
        values = {"name": full, "short_name": short, "basis": Basis.REGISTERED, "citation_id": None}
        act.journal.change(row, values, action="rename-organisation", label=row.key, reason=act.reason)
        kind = OrganisationEvent.RENAMED.value
        return OrganisationChanged(row.key, full, kind, act.day, act.reason, {}, (), was=was)


def edit_organisation(
    writing: Writing,
    wanted: str,
    reason: str | None,
    *,
    language: str | None = None,
    mail_address: str | None = None,
) -> OrganisationChanged:
    """Change the language of the files that are written for an organisation, or the addresses to which they are sent.

    None keeps a value, and an empty text removes it. Both are no facts of the plan: they have no day from which they
    hold, and the audit log keeps the earlier ones (docs/decisions/0159).

    Raises BadValueError if the organisation has the given values already, or if one of them is invalid.
    """
    with act_on_plan(writing, reason, None, of_plan=False) as act:
        row = organisation_named(writing, wanted, "ORGANISATION")
        values = _edited(row, language, mail_address)
        act.journal.change(row, values, action="edit-organisation", label=row.key, reason=act.reason)
        return OrganisationChanged(
            *(row.key, row.name, "edited", act.day, act.reason, {}, ()),
            language=row.language,
            mail_address=row.mail_address,
            edited=tuple(values),
        )


def _edited(row: Organisation, language: str | None, mail_address: str | None) -> dict[str, str | None]:
    """Return the values that an edit changes, by column. Raises BadValueError if it changes nothing."""
    given: dict[str, str | None] = {}
    if language is not None:
        given["language"] = checked_language(language)
    if mail_address is not None:
        given["mail_address"] = checked_addresses(mail_address)
    changed = {name: value for name, value in given.items() if value != getattr(row, name)}
    if not changed and "language" in given:
        raise BadValueError(
            tr("the organisation already has this language"), where="language", do=tr("Give another language")
        )
    if not changed:
        raise BadValueError(
            tr("the organisation already has these addresses"), where="mail_address", do=tr("Give other addresses")
        )
    return changed


def merge_organisation(
    writing: Writing, wanted: str, into: str, reason: str | None, *, as_of: date | None = None
) -> OrganisationChanged:
    """Merge an organisation into another one, which takes over its unfinished items and its people.

    Raises NotAllowedError if one of the two was merged or dissolved already, or if what the organisation leads or
    supports changed as of a later day.
    """
    with act_on_plan(writing, reason, as_of, of_plan=False) as act:
        row = organisation_named(writing, wanted, "ORGANISATION")
        other = organisation_named(writing, into, "into")
        if other.id == row.id:
            raise BadValueError(
                tr("an organisation cannot be merged into itself"), where="into", do=tr("Name another organisation")
            )
        _require_latest(act, row)
        require_same_work_since(act, row)
        led = led_by(writing.session, row, act.day)
        items = give(act, led, {item.id: other for item in led})
        supported = replace_support(act, row, other)
        people = move_people(act, row, other)
        _add_change(act, row, OrganisationEvent.MERGED, into_id=other.id)
        return OrganisationChanged(
            *(row.key, row.name, OrganisationEvent.MERGED.value, act.day, act.reason, _keys(items), people),
            runs=plans_run_by(writing.session, row),
            leads=_names(items),
            into=other.name,
            supported=supported,
        )


def dissolve_organisation(
    writing: Writing,
    wanted: str,
    reason: str | None,
    *,
    lead: str | None = None,
    leads: Mapping[str, str] | None = None,
    as_of: date | None = None,
) -> OrganisationChanged:
    """Dissolve an organisation. Each of its unfinished items gets a new lead in the same act.

    `leads` has the new leads of single items by code, and `lead` is that of all others. Raises BadValueError if an item
    would be left without a lead, and NotAllowedError if what it leads or supports changed as of a later day, or if
    `leads` names items of a closed plan.
    """
    with act_on_plan(writing, reason, as_of, of_plan=False) as act:
        if leads:
            require_open(writing.session, writing.plan)
        row = organisation_named(writing, wanted, "ORGANISATION")
        _require_latest(act, row)
        require_same_work_since(act, row)
        led = led_by(writing.session, row, act.day)
        items = give(act, led, _new_leads(act, row, led, lead, leads or {}))
        supported = replace_support(act, row, None)
        _add_change(act, row, OrganisationEvent.DISSOLVED)
        kind = OrganisationEvent.DISSOLVED.value
        left = tuple(person.login for person in people_of(writing.session, row) if person.active)
        runs = plans_run_by(writing.session, row)
        return OrganisationChanged(
            *(row.key, row.name, kind, act.day, act.reason, _keys(items), left),
            runs=runs,
            leads=_names(items),
            supported=supported,
        )


def _keys(leads: Mapping[str, Organisation]) -> dict[str, str]:
    return {code: lead.key for code, lead in leads.items()}


def _names(leads: Mapping[str, Organisation]) -> dict[str, str]:
    return {code: lead.name for code, lead in leads.items()}


def _add_change(
    act: Act,
    row: Organisation,
    kind: OrganisationEvent,
    *,
    old_name: str | None = None,
    new_name: str | None = None,
    into_id: int | None = None,
) -> None:
    change = OrganisationChange(
        organisation_id=row.id,
        as_of=act.day,
        kind=kind,
        old_name=old_name,
        new_name=new_name,
        into_id=into_id,
        reason=act.reason,
    )
    act.journal.add(change, action=_ACTIONS[kind], label=row.key, reason=act.reason)


_ACTIONS = {
    OrganisationEvent.RENAMED: "rename-organisation",
    OrganisationEvent.MERGED: "merge-organisation",
    OrganisationEvent.DISSOLVED: "dissolve-organisation",
}


def _require_latest(act: Act, row: Organisation) -> None:
    """Raise NotAllowedError if the organisation was changed as of a later day."""
    require_existing(act.writing, row, "ORGANISATION")
    later = act.writing.session.execute(
        select(OrganisationChange.as_of)
        .where(OrganisationChange.organisation_id == row.id, OrganisationChange.as_of > act.day)
        .where(counts(OrganisationChange.recorded_at))
        .order_by(OrganisationChange.as_of.desc())
    ).scalar()
    if later is not None:
        raise NotAllowedError(
            tr("{key} was changed as of {day} already", key=row.key, day=later),
            where="as_of",
            do=tr("Give that day or a later one"),
        )


def _new_leads(
    act: Act, row: Organisation, items: Sequence[Item], lead: str | None, leads: Mapping[str, str]
) -> dict[int, Organisation]:
    """Return the new lead of each item, by item id. Single leads are given for items of the plan that is open."""
    named = {code_key(code): organisation for code, organisation in leads.items()}
    own = {item.code_key: item.id for item in items if item.plan_id == act.writing.plan.id}
    unknown = [code for code in leads if code_key(code) not in own]
    if unknown:
        raise BadValueError(
            tr("{key} leads no unfinished item {codes}", key=row.key, codes=listed(unknown)),
            where="give",
            do=tr("Give the codes of items that it leads"),
        )
    single = {own[code]: organisation for code, organisation in named.items()}
    wanted = {item.id: single.get(item.id, lead) for item in items}
    without = [name_of(act.writing.session, act.writing.plan, item) for item in items if wanted[item.id] is None]
    if without:
        raise BadValueError(
            tr("these items need a new lead: {codes}", codes=listed(without)),
            where="lead",
            do=tr("Name the organisation that takes them over"),
        )
    found = {name: organisation_named(act.writing, name) for name in wanted.values() if name is not None}
    if any(organisation.id == row.id for organisation in found.values()):
        raise BadValueError(
            tr("{key} is dissolved in this act", key=row.key), where="lead", do=tr("Name another organisation")
        )
    return {item_id: found[name] for item_id, name in wanted.items() if name is not None}
