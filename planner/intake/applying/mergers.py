"""The reports on items that were merged in the register that they come from.

Such a report names the item that continues the work, which the same import can add. So these reports are written last.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from planner.domain.codes import code_key
from planner.intake.applying.new_items import report_row
from planner.intake.applying.reasons import Reasons
from planner.intake.comparing.preview import Preview
from planner.register.item_rows import is_item_of
from planner.register.writing import Writing
from planner.store.event_actions import IMPORT
from planner.store.journal import Journal
from planner.store.many_rows import in_portions
from planner.store.models import Item, StatusUpdate
from planner.writes.reports.endings import require_no_circle


def add_mergers(journal: Journal, writing: Writing, preview: Preview, reasons: Reasons) -> None:
    """Add the reports of a preview that say which item continues a merged one.

    Raises NotAllowedError if items would be merged in a circle.
    """
    merged = [
        (item.code, item.report)
        for items in (preview.new, preview.changed)
        for item in items
        if item.report is not None and item.report.merged_into is not None
    ]
    ids = _ids(writing, {code for code, _ in merged} | {str(report.merged_into) for _, report in merged})
    rows = [
        report_row(_id(ids, code), code, report, reasons, _id(ids, str(report.merged_into))) for code, report in merged
    ]
    journal.add_many(StatusUpdate, rows, action=IMPORT)
    for code, _ in merged:
        require_no_circle(writing.session, _id(ids, code))


def _ids(writing: Writing, codes: Collection[str]) -> Mapping[str, int]:
    """Return the ids of items of the plan by the keys of their codes."""
    own = is_item_of(writing.plan.id)
    found: dict[str, int] = {}
    for keys in in_portions(sorted({code_key(code) for code in codes})):
        rows = writing.session.execute(select(Item.code_key, Item.id).where(own, Item.code_key.in_(keys)))
        found |= dict(rows.all())
    return found


def _id(ids: Mapping[str, int], code: str) -> int:
    return ids[code_key(code)]
