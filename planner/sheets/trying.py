"""What the register would refuse of the entries of status sheets: found by permissions, and by trying the write."""

from planner.base.errors import PlannerError
from planner.register.closing import is_closed, read_closing
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.reporting.fields import part_of
from planner.sheets.preview import Outcome, SheetLine, SheetPreview
from planner.store.journal import Actor
from planner.writes.reports.doubts import DoubtfulError
from planner.writes.reports.received import Refused, try_received, without_permission


def note_refusals(writing: Writing, preview: SheetPreview) -> None:
    """Note what this person may not record, and what the register refuses of the rest. Nothing is written.

    Of an entry with an error, what can be read is tried too, so that a file needs to be corrected only once.
    """
    _note_permissions(writing.reading(), writing.actor, preview)
    closing = read_closing(writing.session, writing.plan.id)
    if closing is not None:
        preview.refuse_rest(is_closed(writing.plan.key, closing))
        return
    lines = {code: line for code, line in _to_record(preview).items() if not preview.is_refused(line)}
    entries = [line.received for line in lines.values() if line.received is not None]
    for code, refusals in try_received(writing, entries).items() if entries else ():
        for refused in refusals:
            _note_refused(lines[code], refused)


def note_read_only(reading: Reading, actor: Actor, preview: SheetPreview, why: PlannerError) -> None:
    """Note that nothing can be written. `why` says why, unless the person's role is the reason.

    What only a try of the write finds, such as an item that is completed without evidence, is not noted.
    """
    _note_permissions(reading, actor, preview)
    preview.refuse_rest(why)


def _note_permissions(reading: Reading, actor: Actor, preview: SheetPreview) -> None:
    """Note the entries on items on which this person may not report."""
    lines = _to_record(preview)
    for code, error in without_permission(reading, actor, lines).items():
        preview.refuse(lines[code], error)


def _to_record(preview: SheetPreview) -> dict[str, SheetLine]:
    """Return the lines with something to record, by the present code of their item."""
    lines = [*preview.with_outcome(Outcome.NEW), *preview.with_outcome(Outcome.ERROR)]
    return {line.received.code: line for line in lines if line.received is not None}


def _note_refused(line: SheetLine, refused: Refused) -> None:
    error = refused.error
    if isinstance(error, DoubtfulError):
        line.doubts = tuple(doubt.what for doubt in error.doubts)
        return
    line.outcome = Outcome.ERROR
    # A refused report of no change is about the cell that says so.
    name = (
        "unchanged"
        if "unchanged" in line.cells and line.received and error.where == line.received.code
        else error.where
    )
    line.note(name if name in line.cells or part_of(name) else refused.part or name, error.what, error.do)
