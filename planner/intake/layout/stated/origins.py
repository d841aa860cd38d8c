"""Files that say that they were exported from another plan or another register than the one they are imported into."""

from collections.abc import Iterable, Iterator, Mapping

from planner.base.language import tr
from planner.intake.exported_rows import ExportedRows, ReadingTable
from planner.intake.layout.cells.reading import Doubt
from planner.intake.layout.findings import Findings
from planner.intake.layout.names import Subject, missing_fields
from planner.intake.layout.plan_facts import PlanFacts
from planner.intake.layout.tables import Table
from planner.intake.origin import Origin, origin_in
from planner.intake.proposed import EXPORTED_FROM, Field, Severity, answer_key
from planner.intake.sheets import Place, Value

# The answer that the rows are meant for this plan.
IMPORT = "import"


def ask_about_origin(tables: Iterable[Table], plan: PlanFacts, answers: Mapping[str, str], findings: Findings) -> None:
    """Ask once per other origin whether its rows are meant for the plan. A plan without items is only told.

    The files of one export have the same origin. The first of them is asked about, and an answer about any of them
    counts for all of them.
    """
    if plan.origin is None:
        return
    files: dict[str, dict[str, Place]] = {}
    for table in tables:
        for text, place in _origins(table):
            files.setdefault(text, {}).setdefault(place.file, place)
    for text, places in files.items():
        found = origin_in(text)
        if found is None or found.is_same_plan(plan.origin):
            continue
        said = (answers.get(answer_key(place, None), "") for place in places.values())
        if not any(answer.strip().casefold() == IMPORT for answer in said):
            findings.add(_doubt(found, plan.origin, asks=plan.has_items), next(iter(places.values())), None, text)


def _origins(table: Table) -> Iterator[tuple[str, Place]]:
    """Yield each different text about the origin of rows, with the first place that has it."""
    seen: set[str] = set()
    for index in (one.headed.number - 1 for one in table.columns if one.headed.heading == EXPORTED_FROM):
        for row in table.rows:
            value = row.values[index] if index < len(row.values) else None
            if isinstance(value, str) and value not in seen:
                seen.add(value)
                yield value, table.sheet.place(row.number, index + 1)


def exported_rows(tables: Iterable[Table]) -> ExportedRows:
    """Return the origins that the rows of tables state, and the tables of an exported register."""
    exported = ExportedRows()
    origins: dict[Value, Origin | None] = {}
    for table in tables:
        if table.is_exported:
            columns = {one.headed.heading: one.headed.number - 1 for one in table.columns}
            exported.tables.append(ReadingTable(table.subject.value, table.sheet.place(), columns, table.rows))
        index = next((one.headed.number - 1 for one in table.columns if one.headed.heading == EXPORTED_FROM), -1)
        for row in table.rows if index >= 0 else ():
            value = row.values[index] if index < len(row.values) else None
            if value not in origins:
                origins[value] = origin_in(value) if isinstance(value, str) else None
            exported.add(table.sheet.place(row.number), origins[value])
    return exported


def tell_lacking(tables: Iterable[Table], findings: Findings) -> None:
    """Note an error for each table of an exported register without a column by which its rows are known."""
    for table in tables:
        if EXPORTED_FROM not in {one.headed.heading for one in table.columns}:
            continue
        missing = missing_fields(table.subject, table.fields)
        # Any other table of items can do without codes, and its items then get codes or are found by their titles.
        if table.subject is Subject.ITEMS and Field.CODE not in table.fields:
            missing.add(Field.CODE)
        if missing:
            field = min(missing).value
            what = tr("the column '{field}' is missing from this sheet of an exported register", field=field)
            do = tr("Put the column back, or make the edits in a new export; or remove the whole sheet")
            findings.add(Doubt(Severity.ERROR, what, do), table.place, None, "")


def _doubt(found: Origin, here: Origin, *, asks: bool) -> Doubt:
    if found.register == here.register:
        what = tr("this was exported from the plan {other}, not from {plan}", other=found.plan, plan=here.plan)
    else:
        what = tr("this was exported from the plan {other} of another register", other=found.plan)
    if not asks:
        return Doubt(Severity.REMARK, what, tr("This plan has no items yet, so it is carried over"))
    do = tr("Check which plan you work with. '{answer}' mixes it into the plan {plan}", answer=IMPORT, plan=here.plan)
    return Doubt(Severity.QUESTION, what, do, (IMPORT,))
