"""The tables of an exported register: what an import can set, under the headings that it knows.

A cell with several texts has one per line, because no name or title contains a line end.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from planner.base.language import later, tr
from planner.base.texts import same_words
from planner.base.views import value_class, view
from planner.domain.vocabulary import Basis
from planner.intake.comparing.recorded import (
    NO_INDICATOR_RECORD,
    NO_ITEM_RECORD,
    NO_MILESTONE_RECORD,
    ItemRecord,
)
from planner.intake.comparing.stored import (
    StoredIndicator,
    StoredItem,
    StoredMilestone,
    StoredOrganisation,
    StoredRegister,
    StoredStatus,
    theme_paths,
)
from planner.intake.origin import Origin
from planner.intake.proposed import DATA_BASIS, EXPORTED_FROM, Field
from planner.queries.items.views import NO_LINEAGE, ItemLineage
from planner.tables.columns import Column, Value, day, number, text, whole_number, word

# Separates the texts of one cell.
LINE_END = "\n"


@value_class
class RegisterTable:
    """A table of the register. `name` is the name of its sheet or file, by which an import knows it.

    `what` is a message that says what its rows are.
    """

    name: str
    columns: Sequence[Column[Any]]
    rows: Sequence[Any]
    what: str = ""


@view
class _ItemRow:
    item: StoredItem
    status: StoredStatus | None
    names: "_Names"
    became: Sequence[str]
    record: ItemRecord
    lineage: ItemLineage = NO_LINEAGE


@view
class _PartRow:
    """A milestone or an indicator, with the code of its item and what was reported about it."""

    code: str
    part: Any
    record: Any


class _Names:
    """What people call the organisations, themes and kinds, so that no two have the same name."""

    def __init__(self, register: StoredRegister) -> None:
        named = {body.key: body.names[0] for body in register.organisations}
        # Every name under which an import would find an organisation.
        words = Counter(
            word for body in register.organisations for word in {same_words(name) for name in (body.key, *body.names)}
        )
        self.organisations = {
            key: name if words[same_words(name)] == 1 and LINE_END not in name else key for key, name in named.items()
        }
        self.themes = theme_paths(register.themes)
        self.kinds = register.kinds


def register_tables(
    register: StoredRegister, lineages: Mapping[int, ItemLineage] | None = None, origin: Origin | None = None
) -> list[RegisterTable]:
    """Return the tables of a register, the items first. A table without rows is left out, except that of the items.

    `lineages` says, by item id, where items come from and what became of them. With `origin`, every row says which plan
    and register it is from, and whether these are a demonstration.
    """
    names, known = _Names(register), lineages or {}
    codes = {item.id: item.code for item in register.items}
    items = [_item_row(item, register, names, known, codes) for item in register.items]
    tables = [
        RegisterTable("items", _item_columns(), items, later("items, with their latest reports")),
        RegisterTable(
            "milestones",
            _milestone_columns(),
            _milestones(register),
            later("milestones"),
        ),
        RegisterTable("indicators", _indicator_columns(), _indicators(register), later("targets of indicators")),
        RegisterTable("themes", _theme_columns(names.themes), register.themes, later("themes of the plan")),
        RegisterTable(
            "organisations", _organisation_columns(names.organisations), register.organisations, later("organisations")
        ),
        RegisterTable("people", _person_columns(names.organisations), register.people, later("people")),
    ]
    of_file = _file_columns(origin) if origin else []
    return [
        replace(table, columns=[*table.columns, *of_file]) for table in tables if table.rows or table.name == "items"
    ]


def _file_columns(origin: Origin) -> list[Column[Any]]:
    """Return the columns whose values are the same in every row, so that rows say it wherever they are copied."""
    data, exported_from = "simulated" if origin.simulated else "register", str(origin)
    return [
        word(
            DATA_BASIS,
            lambda row: data,
            tr("`register`, or `simulated` for the made-up data of a demonstration, which no office's register takes."),
            one_of=("register", "simulated"),
        ),
        text(
            EXPORTED_FROM,
            lambda row: exported_from,
            tr(
                "The plan and the register that the row is from, and the last event of its log at that time: an import "
                "knows by it which entries the author of the file knew."
            ),
        ),
    ]


def _item_row(
    item: StoredItem,
    register: StoredRegister,
    names: "_Names",
    lineages: Mapping[int, ItemLineage],
    codes: Mapping[int, str],
) -> _ItemRow:
    lineage, status = lineages.get(item.id, NO_LINEAGE), register.statuses.get(item.id)
    into = status.merged_into_id if status else None
    became = lineage.became_with(None if into is None else codes.get(into))
    return _ItemRow(item, status, names, became, register.recorded.items.get(item.id, NO_ITEM_RECORD), lineage)


def _milestones(register: StoredRegister) -> list[_PartRow]:
    records = register.recorded.milestones
    return [
        _PartRow(item.code, part, records.get(part.id, NO_MILESTONE_RECORD))
        for item in register.items
        for part in register.milestones.get(item.id, ())
    ]


def _indicators(register: StoredRegister) -> list[_PartRow]:
    """Return a row for each target of an indicator, and one for an indicator without targets."""
    records = register.recorded.indicators
    return [
        _PartRow(item.code, each, records.get(part.id, NO_INDICATOR_RECORD))
        for item in register.items
        for part in register.indicators.get(item.id, ())
        for each in part.with_each_target()
    ]


def _of_item(name: Field) -> Callable[[_ItemRow], Any]:
    return attrgetter(f"item.{name}")


def _of_part(name: Field) -> Callable[[_PartRow], Any]:
    return attrgetter(f"part.{name}")


def _of_status(name: Field) -> Callable[[_ItemRow], Value]:
    def read(row: _ItemRow) -> Value:
        return None if row.status is None else getattr(row.status, name)

    return read


def _basis(place: int) -> Callable[[_ItemRow], Value]:
    def read(row: _ItemRow) -> Value:
        return Basis(row.item.bases[place]).value

    return read


def _supporting(row: _ItemRow) -> Value:
    return LINE_END.join(row.names.organisations[key] for key in row.item.supporting) or None


def _item_columns() -> list[Column[_ItemRow]]:
    return [
        text(Field.CODE, _of_item(Field.CODE), tr("The item's code, as the office writes it.")),
        text(Field.TITLE, _of_item(Field.TITLE), tr("What is to be done.")),
        text(Field.KIND, lambda row: row.names.kinds.get(row.item.kind, row.item.kind), tr("The kind of item.")),
        text(
            Field.THEME,
            lambda row: LINE_END.join(row.names.themes[row.item.theme]),
            tr("The title of the item's theme. A theme within another one is on a line of its own below it."),
        ),
        text(Field.MEASURE, _of_item(Field.MEASURE), tr("The code of the measure that the item carries out.")),
        text(Field.LEAD, lambda row: row.names.organisations[row.item.lead], tr("The organisation that leads.")),
        text(Field.SUPPORTING, _supporting, tr("The organisations that support it, one per line.")),
        text(Field.ACCOUNTABLE, _of_item(Field.ACCOUNTABLE), tr("The login of the accountable person.")),
        day(Field.START, _of_item(Field.START), tr("The day on which the work starts.")),
        day(Field.DUE, _of_item(Field.DUE), tr("The due date that is agreed now.")),
        day(
            "added_on",
            attrgetter("item.added_on"),
            tr(
                "The day from which the plan has the item. Empty if it has it from its beginning. "
                "Imported for items of another register only."
            ),
        ),
        day("baseline_due", attrgetter("item.baseline_due"), tr("The due date that was first agreed. Not imported.")),
        number(Field.WEIGHT, _of_item(Field.WEIGHT), tr("The weight of the item among all items.")),
        word(Field.MEASURED_BY, _of_item(Field.MEASURED_BY), tr("What the item's percent is calculated from.")),
        text(Field.SOURCE, _of_item(Field.SOURCE), tr("Where the office took the item from.")),
        text(Field.NOTE, _of_item(Field.NOTE), tr("A note of the office.")),
        word(Field.BASIS, _basis(0), tr("The basis of the title.")),
        word("theme_basis", _basis(1), tr("The basis of the theme and the measure. Not imported.")),
        word("lead_basis", _basis(2), tr("The basis of the lead organisation. Not imported.")),
        word("start_basis", _basis(3), tr("The basis of the start. Not imported.")),
        word("due_basis", _basis(4), tr("The basis of the due date. Not imported.")),
        *_lineage_columns(),
        word(Field.PHASE, _of_status(Field.PHASE), tr("The phase, from the latest report.")),
        whole_number(Field.PERCENT, _of_status(Field.PERCENT), tr("The percent, from the latest report.")),
        word(Field.CONFIDENCE, _of_status(Field.CONFIDENCE), tr("The officer's rating, from the latest report.")),
        text(Field.DONE, _of_status(Field.DONE), tr("What was done, from the latest report.")),
        text(Field.NEXT, _of_status(Field.NEXT), tr("What is next, from the latest report.")),
        text(Field.BLOCKER, _of_status(Field.BLOCKER), tr("What blocks the work, from the latest report.")),
        text(Field.HELP_NEEDED, _of_status(Field.HELP_NEEDED), tr("The help that is needed, from the latest report.")),
        *_report_columns(),
    ]


def _report_columns() -> list[Column[_ItemRow]]:
    return [
        day("reported_on", attrgetter("record.reported_on"), tr("The day of the latest report. Not imported.")),
        text("reported_by", attrgetter("record.reported_by"), tr("Who made the latest report. Not imported.")),
        text("report_evidence", attrgetter("record.report_evidence"), tr("The evidence of this report. Not imported.")),
        day("ended_on", attrgetter("record.ended_on"), tr("The day on which the item ended. Not imported.")),
        text("ending_reason", attrgetter("record.ending_reason"), tr("Why it was cancelled or merged. Not imported.")),
    ]


def _lineage_columns() -> list[Column[_ItemRow]]:
    return [
        text(
            "comes_from",
            lambda row: LINE_END.join(row.lineage.comes_from) or None,
            tr("Where the item comes from: another plan, another item or another code. Not imported."),
        ),
        text(
            "became",
            lambda row: LINE_END.join(row.became) or None,
            tr("What became of the item: the items that it was split into or that continue it. Not imported."),
        ),
    ]


def _code_of_part() -> Column[_PartRow]:
    return text(Field.CODE, attrgetter("code"), tr("The code of the item."))


def _milestone_columns() -> list[Column[_PartRow]]:
    def part(row: _PartRow) -> StoredMilestone:
        milestone: StoredMilestone = row.part
        return milestone

    return [
        _code_of_part(),
        whole_number(Field.NUMBER, lambda row: part(row).number, tr("The position of the milestone in its item.")),
        text(Field.KEY, lambda row: part(row).key, tr("The permanent name of the milestone in its item.")),
        text(Field.TITLE, lambda row: part(row).title, tr("What is reached.")),
        day(Field.DATE, lambda row: part(row).date, tr("The date that is agreed now.")),
        word("date_basis", lambda row: part(row).date_basis.value, tr("The basis of the date. Not imported.")),
        number(Field.WEIGHT, lambda row: part(row).weight, tr("The weight among the item's milestones.")),
        text(Field.TEST, lambda row: part(row).test or None, tr("What shows that the milestone is met.")),
        day("first_date", lambda row: part(row).first_date, tr("The date that was first agreed. Not imported.")),
        day("met_on", attrgetter("record.met_on"), tr("The day on which the milestone was met. Not imported.")),
        day(
            "forecast_date",
            attrgetter("record.forecast_date"),
            tr("The day on which its officer expects it. Not imported."),
        ),
        day("reported_on", attrgetter("record.reported_on"), tr("The day of the report that says so. Not imported.")),
        *_author_and_evidence(),
    ]


def _author_and_evidence() -> list[Column[_PartRow]]:
    """Return the columns about the latest report on a milestone, or about the latest value of an indicator."""
    return [
        text("reported_by", attrgetter("record.reported_by"), tr("Who reported it. Not imported.")),
        text("report_evidence", attrgetter("record.report_evidence"), tr("The evidence for it. Not imported.")),
    ]


def _due_basis(indicator: StoredIndicator) -> Value:
    """Return the basis of the day of the target that a row is about, or None without a target."""
    found = (one for one in indicator.targets if one.id == indicator.target_id)
    return next((one.due_basis.value for one in found), None)


def _indicator_columns() -> list[Column[_PartRow]]:
    def part(row: _PartRow) -> StoredIndicator:
        indicator: StoredIndicator = row.part
        return indicator

    return [
        _code_of_part(),
        whole_number(Field.NUMBER, lambda row: part(row).number, tr("The position of the indicator in its item.")),
        text(Field.KEY, lambda row: part(row).key, tr("The permanent name of the indicator in its item.")),
        text(Field.NAME, lambda row: part(row).name, tr("What is measured.")),
        text(Field.UNIT, lambda row: part(row).unit or None, tr("The unit of the values.")),
        word(
            Field.DIRECTION, lambda row: part(row).direction, tr("Whether the value should rise, fall or be reached.")
        ),
        number(Field.BASELINE, lambda row: part(row).baseline, tr("The value at the beginning.")),
        number(
            Field.TARGET,
            lambda row: part(row).target,
            tr("The value that should be reached. A further target is a further row."),
        ),
        day(Field.DUE, lambda row: part(row).due, tr("The day by which it should be reached.")),
        word("due_basis", lambda row: _due_basis(part(row)), tr("The basis of this day. Not imported.")),
        number("observed", attrgetter("record.observed"), tr("The latest value of the indicator. Not imported.")),
        day("observed_on", attrgetter("record.observed_on"), tr("The day of this value. Not imported.")),
        *_author_and_evidence(),
    ]


def _theme_columns(paths: Mapping[int, tuple[str, ...]]) -> list[Column[Any]]:
    return [
        whole_number(Field.NUMBER, lambda theme: theme.number, tr("The position of the theme in the plan.")),
        text(Field.LABEL, lambda theme: theme.label, tr("The number of the theme, as the office writes it.")),
        text(Field.TITLE, lambda theme: theme.titles[0], tr("The title of the theme.")),
        text(
            Field.PARENT,
            lambda theme: LINE_END.join(paths[theme.number][:-1]) or None,
            tr("The titles of the themes that contain it, the outermost first, one per line."),
        ),
    ]


def _organisation_columns(organisations: Mapping[str, str]) -> list[Column[Any]]:
    def became(body: StoredOrganisation) -> Value:
        if body.ended is None:
            return None
        into = f"merged into {organisations[body.ended.into]}" if body.ended.into else "dissolved"
        return f"{into} as of {body.ended.as_of}"

    return [
        text(Field.KEY, lambda body: body.key, tr("The permanent key of the organisation.")),
        text(Field.NAME, lambda body: body.names[0], tr("The full name.")),
        text(Field.SHORT_NAME, lambda body: body.names[1], tr("The short name, for narrow columns.")),
        text(Field.LANGUAGE, lambda body: body.language, tr("The language of its status sheets, such as ko.")),
        text(Field.MAIL_ADDRESS, lambda body: body.mail_address, tr("Its mail addresses, with commas between them.")),
        text("became", became, tr("What became of the organisation, if it was merged or dissolved. Not imported.")),
    ]


def _person_columns(organisations: Mapping[str, str]) -> list[Column[Any]]:
    def body(person: Any) -> Value:
        return organisations[person.organisation] if person.organisation else None

    def left(person: Any) -> Value:
        return None if person.active else "left"

    return [
        text(Field.LOGIN, lambda person: person.login, tr("The login on the operating system.")),
        text(Field.NAME, lambda person: person.name, tr("The person's name.")),
        text(Field.ORGANISATION, body, tr("The person's organisation.")),
        word(Field.ROLE, lambda person: person.role, tr("What the person may do.")),
        text(Field.MAIL_ADDRESS, lambda person: person.mail_address, tr("The person's mail address.")),
        text("became", left, tr("`left` if the person had left. Not imported.")),
    ]
