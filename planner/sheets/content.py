"""What a status sheet shows: the open items of an organisation in a week, as known at one instant."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import NamedTuple

from planner.base.language import in_language, language, nearest_language
from planner.base.output_files import name_part
from planner.base.views import value_class
from planner.domain.period_names import period_key
from planner.queries.history.expected_state import expected_state_of
from planner.queries.history.positions import read_position_at, read_register_id
from planner.queries.items.indicators import read_all_indicators
from planner.queries.items.views import IndicatorView, ItemView, OrganisationView
from planner.queries.people.people import read_names
from planner.queries.people.recipients import read_recipients
from planner.queries.plans.lineage import read_continuing
from planner.queries.weeks.my_week import urgency
from planner.register.plan_view import PlanView
from planner.sheets.areas import AREAS
from planner.sheets.identity import Identity, SheetRow, mark_of_title
from planner.sheets.words import offered_words
from planner.store.models import Organisation
from planner.weekly.reading import Instance, WeekReading
from planner.weekly.workbook.texts import cell_text


@value_class
class StatusSheet:
    """A status sheet to be written: the week, the organisation and its items, the most urgent first.

    `indicators` are those of each item by its id. `names` are the names of people by login. `to` are the mail addresses
    to which it is sent, which the sheet does not show. `continued` has the codes and plans of the items of other plans
    that continue an item, by its id.
    """

    instance: Instance
    organisation: OrganisationView
    items: tuple[ItemView, ...]
    indicators: Mapping[int, tuple[IndicatorView, ...]]
    names: Mapping[str, str]
    identity: Identity
    to: tuple[str, ...] = ()
    continued: Mapping[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)


class _Language(NamedTuple):
    """The language of an organisation, and the organisation of which it is another name."""

    id: int
    same_as_id: int | None
    language: str | None


def _languages(reading: WeekReading) -> dict[int, str]:
    """Return the languages of the organisations that have one, by id, as known at the reading's instant.

    An organisation under another name has the language of the same body.
    """
    rows = reading.known_records(Organisation, _Language)
    own = {row.id: row.language for row in rows}
    found = {row.id: row.language or own.get(row.same_as_id or row.id) for row in rows}
    return {organisation: language for organisation, language in found.items() if language}


def language_of(plan: PlanView, given: str | None = None, own: str | None = None) -> str:
    """Return the language of a sheet: the given one, else the organisation's own, the plan's, or the person's.

    An organisation and a plan may have a language in which the program has no messages.
    """
    return given or nearest_language(own or "") or nearest_language(plan.language or "") or language()


def read_status_sheets(
    reading: WeekReading, leads: Container[str] | None = None, sheet_language: str | None = None
) -> list[StatusSheet]:
    """Return a sheet for each lead organisation that has items to report on, in order of their names.

    `leads` are the keys of the organisations, or None for all. Without a language, each sheet is in that of its
    organisation or of the plan.
    """
    led: dict[OrganisationView, list[ItemView]] = defaultdict(list)
    for item in reading.items:
        if not item.phase.terminal and (leads is None or item.lead.key in leads):
            led[item.lead].append(item)
    indicators, names = read_all_indicators(reading), read_names(reading)
    # A report belongs where the item is when the sheet is written. Items are often carried over after their plan's end.
    instance = reading.instance
    continued = read_continuing(reading.at(instance.plan.day_at(instance.known_at), instance.known_at))
    languages, recipients, sheets = _languages(reading), read_recipients(reading), []
    for organisation in sorted(led, key=lambda organisation: (organisation.name, organisation.key)):
        items = tuple(sorted(led[organisation], key=_urgency))
        with in_language(language_of(reading.plan, sheet_language, languages.get(organisation.id))):
            identity = _identity(reading, organisation, items, indicators)
        to = tuple(recipients.get(organisation.id, ()))
        sheets.append(StatusSheet(reading.instance, organisation, items, indicators, names, identity, to, continued))
    return sheets


def _urgency(item: ItemView) -> tuple[object, ...]:
    """Return the sort key of an item in its sheet: equally urgent ones by the next date that is not met."""
    *urgent, code = urgency(item)
    open_dates = (step.current for step in item.milestones if step.met_on is None)
    return (*urgent, min(item.current_due, *open_dates, date.max), code)


def file_name(sheet: StatusSheet) -> str:
    """Return the name of the file: the plan, the period and the organisation. For simulated data it says so."""
    plan = sheet.instance.plan
    simulated = "simulated-" if plan.simulated else ""
    period = period_key(plan.settings, sheet.instance.as_of)
    return f"{simulated}{plan.key}-{period}-status-{name_part(sheet.organisation.key)}.xlsx"


def _identity(
    reading: WeekReading,
    organisation: OrganisationView,
    items: Sequence[ItemView],
    indicators: Mapping[int, tuple[IndicatorView, ...]],
) -> Identity:
    instance = reading.instance
    return Identity(
        register=read_register_id(reading.session),
        plan=instance.plan.key,
        organisation=organisation.key,
        week=instance.week,
        day=instance.as_of,
        known_at=instance.known_at,
        language=language(),
        position=read_position_at(reading.session, instance.known_at),
        words=offered_words(),
        headings={area.key: {column.name: column.heading for column in area.columns} for area in AREAS},
        items=tuple(_row(item, indicators.get(item.id, ())) for item in sorted(items, key=lambda item: item.id)),
    )


def _row(item: ItemView, indicators: tuple[IndicatorView, ...]) -> SheetRow:
    # The cell has the text in a visible form, and so has the mark.
    return SheetRow(item.id, item.code, expected_state_of(item, indicators), mark_of_title(cell_text(item.title)))
