"""Writing an import: exactly what its preview contains, in one write."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, PlannerError
from planner.base.language import tr
from planner.base.progress import OnProgress
from planner.base.views import value_class
from planner.domain.codes import code_key
from planner.domain.rules.permissions import Permission
from planner.intake.answering.kept_answers import KEPT_ANSWERS, KEPT_CELLS
from planner.intake.applying.changed_items import ChangedItems
from planner.intake.applying.import_days import days_to_keep
from planner.intake.applying.imported import Imported, numbers_of
from planner.intake.applying.mergers import add_mergers
from planner.intake.applying.new_items import Setting, add_items
from planner.intake.applying.reasons import Reasons
from planner.intake.applying.references import References
from planner.intake.applying.removed_items import take_out_items
from planner.intake.comparing.decided.declined import DECLINED, declined_record
from planner.intake.comparing.decided.same_items import NEW_ITEMS, SAME_ITEMS
from planner.intake.comparing.decided.same_themes import SAME_THEMES, same_themes_to_keep
from planner.intake.comparing.differences.items import ChangedItem
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.reading.import_days import IMPORT_DAYS
from planner.intake.files.reading import ImportedFile
from planner.intake.proposed import Field, TableLayout
from planner.register.writing import Writing
from planner.store.event_actions import IMPORT
from planner.store.journal import Journal, last_event
from planner.store.models import ImportBatch, ImportMapping, Item
from planner.writes.permission import require


class OutdatedPreviewError(PlannerError):
    """Something was recorded since the preview was made, so nothing was imported."""

    exit_code = 13


# The number of items that are written before the progress is reported.
STEP = 5_000


@value_class
class Import:
    """What is recorded about an import besides what it writes.

    `mappings` are the meanings of columns that a person chose, by the shape of the table. They are kept for the next
    file of this shape.
    """

    files: Sequence[ImportedFile]
    mappings: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    reason: str | None = None


def apply_import(
    writing: Writing, preview: Preview, source: Import, step: OnProgress = lambda name, by=1: None
) -> Imported | None:
    """Write what a preview contains, or return None if there is nothing to write.

    Raises BadValueError if the preview has errors or open questions, OutdatedPreviewError if anything was recorded
    since it was made, and NotAllowedError if the actor may not import a register.
    """
    with writing.journal() as journal:
        return apply_within(journal, writing, preview, source, step)


def apply_within(
    journal: Journal, writing: Writing, preview: Preview, source: Import, step: OnProgress = lambda name, by=1: None
) -> Imported | None:
    """Write what a preview contains as a part of an open write. It is otherwise like `apply_import`."""
    session = writing.session
    if preview.blockers:
        raise BadValueError(
            tr("the files have errors or open questions, so nothing was imported"),
            do=tr("Look at the preview, and correct the files or answer the questions"),
        )
    require(session, writing.actor, Permission.IMPORT_REGISTER)
    if preview.people:
        require(session, writing.actor, Permission.KEEP_PEOPLE)
    _require_same_position(session, preview)
    if not preview.anything:
        return None
    known = References(journal, writing, Reasons(source.reason))
    take_out_items(journal, writing, preview.removed, known.reasons)
    known.add(preview)
    step("", 1)
    renumbered, others = _renumbered(preview)
    changed = ChangedItems(journal, known, writing.day)
    changed.write(renumbered)
    _add_new(journal, preview, known, writing, step)
    changed.write(others)
    add_mergers(journal, writing, preview, known.reasons)
    step("", len(preview.changed))
    imported = numbers_of(preview)
    _record(journal, writing, preview, source, imported)
    return imported


def _require_same_position(session: Session, preview: Preview) -> None:
    """Raise OutdatedPreviewError if the register has another last event than the preview knows."""
    head = last_event(session)
    if head is not None and (head.seq, head.leaf.hex()) != (preview.position.seq, preview.position.leaf):
        raise OutdatedPreviewError(
            tr("something was recorded since this preview was made, so nothing was imported"),
            do=tr("Look at the new preview, and import again"),
        )


def _renumbered(preview: Preview) -> tuple[Sequence[ChangedItem], Sequence[ChangedItem]]:
    """Return the changed items that get other codes because new ones get theirs, and all others."""
    new = {code_key(item.code) for item in preview.new}
    if not any(code_key(item.code) in new for item in preview.changed):
        return (), preview.changed
    renumbered: list[ChangedItem] = []
    others: list[ChangedItem] = []
    for item in preview.changed:
        (renumbered if any(one.field is Field.CODE for one in item.written) else others).append(item)
    return renumbered, others


def _add_new(journal: Journal, preview: Preview, known: References, writing: Writing, step: OnProgress) -> None:
    items, session, plan_id = preview.new, writing.session, writing.plan.id
    last = session.execute(select(func.max(Item.position)).where(Item.plan_id == plan_id)).scalar() or 0
    for start in range(0, len(items), STEP):
        some = items[start : start + STEP]
        add_items(journal, some, known, Setting(plan_id, last + start + 1))
        step("", len(some))


def _record(journal: Journal, writing: Writing, preview: Preview, source: Import, imported: Imported) -> None:
    """Record the import itself, and keep the meanings of columns that a person chose."""
    plan = writing.plan
    batch = ImportBatch(
        plan_id=plan.id,
        files=[{"name": file.name, "sha256": file.sha256} for file in source.files],
        mapping=_mapping(preview) | _said_new(writing, preview) | _days(writing, preview),
        counts=vars(imported),
        reason=source.reason,
    )
    journal.add(batch, action=IMPORT, label=plan.key, reason=source.reason)
    for shape, columns in source.mappings.items():
        own = ImportMapping.plan_id == plan.id, ImportMapping.shape == shape
        row = journal.session.execute(select(ImportMapping).where(*own)).scalar_one_or_none()
        if row is None:
            row = ImportMapping(plan_id=plan.id, shape=shape, columns=dict(columns))
            journal.add(row, action=IMPORT, label=plan.key)
        else:
            journal.change(row, {"columns": dict(columns)}, action=IMPORT, label=plan.key)


def _mapping(preview: Preview) -> dict[str, Any]:
    """Return which column was what, what people answered, and which items they said are the same."""
    mapping: dict[str, Any] = {layout.shape: columns_of_layout(layout) for layout in preview.layouts}
    if preview.answers:
        mapping[KEPT_ANSWERS] = {digest: dict(answers) for digest, answers in preview.answers.items()}
    if preview.cells:
        mapping[KEPT_CELLS] = {column: dict(answers) for column, answers in preview.cells.items()}
    if preview.same_items:
        mapping[SAME_ITEMS] = {same.title: same.id for same in preview.same_items}
    if preview.same_themes:
        mapping[SAME_THEMES] = same_themes_to_keep(preview.same_themes)
    if preview.declined:
        mapping[DECLINED] = [declined_record(one) for one in preview.declined]
    return mapping


def _said_new(writing: Writing, preview: Preview) -> dict[str, Any]:
    """Return the ids of the new items of which people said so, by what their rows are known by."""
    codes = {code_key(one.code): one.name for one in preview.said_new}
    if not codes:
        return {}
    keys = Item.code_key.in_(list(codes))
    rows = writing.session.execute(select(Item.code_key, Item.id).where(Item.plan_id == writing.plan.id, keys))
    return {NEW_ITEMS: {codes[key]: item_id for key, item_id in rows}}


def _days(writing: Writing, preview: Preview) -> dict[str, Any]:
    """Return the days of the files, if anything says them."""
    days = days_to_keep(writing.session, writing.plan.id, preview)
    return {IMPORT_DAYS: days} if days else {}


def columns_of_layout(layout: TableLayout) -> dict[str, str | None]:
    """Return the field of each column of a table by its heading, as imports record it."""
    return {column.heading: column.field and column.field.value for column in layout.columns}
