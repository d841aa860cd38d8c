"""Reading the whole register of a plan, or what files may change of it."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from planner.domain.vocabulary import MeasuredBy
from planner.intake.cell_facts import CellFacts
from planner.intake.comparing.decided.declined import read_declined
from planner.intake.comparing.decided.same_items import read_same_items
from planner.intake.comparing.entered import read_entered
from planner.intake.comparing.exported.shown_records import shows_records
from planner.intake.comparing.reading.items import read_items
from planner.intake.comparing.reading.merged import read_former_kinds, read_merged_kinds
from planner.intake.comparing.reading.other_reports import read_other_reports
from planner.intake.comparing.reading.parts import (
    read_entered_parts,
    read_indicators,
    read_items_with_milestones,
    read_milestones,
    read_statuses,
)
from planner.intake.comparing.reading.plan_rows import PlanRows
from planner.intake.comparing.reading.recorded import read_recorded
from planner.intake.comparing.reading.referred import (
    leave_out_later,
    read_entered_names,
    read_measures,
    read_organisations,
    read_people,
    read_themes,
)
from planner.intake.comparing.recorded import NOTHING_RECORDED
from planner.intake.comparing.stored import (
    REPORT_FACTS,
    OtherReports,
    Position,
    StoredPlan,
    StoredRegister,
    Wanted,
)
from planner.intake.proposed import Field, ProposedItem, ProposedRegister
from planner.queries.plans.earlier_imports import first_import_day
from planner.queries.plans.item_lineage import read_lineages
from planner.queries.plans.made_codes import keys_of_made_codes
from planner.queries.plans.theme_numbers import next_theme_number
from planner.register.reading import Reading
from planner.store.journal import last_event
from planner.store.models import Organisation, Plan, PlanTotal

# The facts of an item and its report whose texts are long or differ from item to item.
_TEXTS = (Field.CODE, Field.TITLE, Field.NOTE, Field.DONE, Field.NEXT, Field.BLOCKER, Field.HELP_NEEDED)


def read_stored(
    reading: Reading, proposed: ProposedRegister, *, changed_by_files: bool = False, is_past: bool = False
) -> StoredRegister:
    """Return what the register has of everything that the proposed register may change.

    The reports are those that count on the day of the reading. `is_past` says that this is a past day, so that there
    can be newer ones. With `changed_by_files`, what a file changed counts as entered too.
    """
    wanted = _wanted_by(proposed)
    more = replace(wanted, changed_by_files=changed_by_files, other_reports=wanted.reports and is_past)
    return _read(PlanRows(reading, texts=_texts_of(proposed.items)), more)


def _texts_of(items: Iterable[ProposedItem]) -> dict[str, str]:
    """Return the texts of items that are mostly as in the register, so that a large register is not held twice."""
    cells = (item.facts.texts(_TEXTS) for item in items if isinstance(item.facts, CellFacts))
    return {text: text for texts in cells for text in texts}


def read_whole_register(reading: Reading, *, then: bool = False) -> StoredRegister:
    """Return all that the register has of the reading's plan, with the reports that count on the reading's day.

    With `then`, the plan is as it was on that day. Otherwise its facts are those of now, as a comparison reads them.
    """
    rows = PlanRows(reading, then=then)
    register = _read(rows, Wanted(position=False, recorded=True))
    if then:
        leave_out_later(register, rows)
    return register


def _wanted_by(proposed: ProposedRegister) -> Wanted:
    lists = proposed.exported.lists
    return Wanted(
        milestones=lists("milestones") or any(item.milestones is not None for item in proposed.items),
        with_milestones=any(
            (measured := item.facts.get(Field.MEASURED_BY)) is not None and measured.value == MeasuredBy.MILESTONES
            for item in proposed.items
        ),
        indicators=lists("indicators") or any(item.indicators is not None for item in proposed.items),
        lineages=any("became" in table.columns for table in proposed.exported.tables),
        recorded=any(shows_records(table) for table in proposed.exported.tables),
        reports=any(fact in item.facts for item in proposed.items for fact in REPORT_FACTS),
    )


def _read(rows: PlanRows, wanted: Wanted) -> StoredRegister:
    session, plan = rows.session, rows.plan
    by_files = wanted.changed_by_files
    entered = read_entered(session, by_files=by_files)
    items = read_items(rows, entered, by_files=by_files)
    entered_parts = read_entered_parts(session, wanted)
    statuses, reported = read_statuses(rows, by_files=by_files) if wanted.reports else ({}, {})
    head = last_event(session) if wanted.position else None
    return StoredRegister(
        plan=_read_plan(rows),
        position=Position(head.seq, head.leaf.hex()) if head else Position(),
        items=items,
        milestones=read_milestones(rows, entered_parts.milestones, by_files=by_files) if wanted.milestones else {},
        with_milestones=read_items_with_milestones(rows)
        if wanted.with_milestones and not wanted.milestones
        else frozenset(),
        indicators=read_indicators(rows) if wanted.indicators else {},
        statuses=statuses,
        lineages=read_lineages(rows.reading) if wanted.lineages else {},
        recorded=read_recorded(rows) if wanted.recorded else NOTHING_RECORDED,
        reported=reported,
        other_reports=read_other_reports(rows) if wanted.other_reports else OtherReports(),
        organisations=read_organisations(rows),
        people=read_people(rows),
        themes=read_themes(rows),
        next_theme=next_theme_number(session, plan.id),
        kinds={kind.key: kind.title for kind in plan.kinds},
        former_kinds=read_former_kinds(rows),
        merged_kinds=read_merged_kinds(rows),
        measures=read_measures(rows),
        entered=entered,
        entered_parts=entered_parts,
        entered_names=read_entered_names(rows, by_files=by_files),
        wanted=wanted,
        made_codes=keys_of_made_codes(session, plan.id),
        same_items=read_same_items(session, plan.id),
        declined=read_declined(session, plan.id),
    )


def _read_plan(rows: PlanRows) -> StoredPlan:
    plan = rows.plan
    issuer = rows.session.execute(
        select(Organisation.key).join(Plan, Plan.issuer_id == Organisation.id).where(Plan.id == plan.id)
    ).scalar_one()
    totals = select(PlanTotal.name, PlanTotal.value).where(PlanTotal.plan_id == plan.id, PlanTotal.value.is_not(None))
    return StoredPlan(
        plan.id,
        plan.key,
        plan.starts,
        plan.ends,
        issuer,
        {row[0]: row[1] for row in rows.rows(totals)},
        first_import_day(rows.reading),
        plan.has_mandate,
    )
