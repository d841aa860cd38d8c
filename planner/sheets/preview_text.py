"""The preview of planner sheets in, as lines of text: errors first, then what is kept, then what is new."""

from collections.abc import Iterator, Sequence

from planner.base.command_names import command_with
from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.visible_text import shortened
from planner.intake.proposed import Problem
from planner.sheets.preview import FieldChange, Outcome, SheetLine, SheetPreview

_LONGEST, _LONGEST_VALUE = 200, 60


def preview_lines(preview: SheetPreview) -> Iterator[str]:
    """Yield the lines of a preview."""
    for head in preview.heads:
        yield tr(
            "{file}: {organisation}, {period}, counts as of {as_of}",
            file=head.file,
            organisation=head.name,
            period=head.period,
            as_of=head.as_of,
        )
    if preview.errors:
        yield tr_count("{count:,} error:", "{count:,} errors:", len(preview.errors))
        yield from (f"  {problem_text(problem, code)}" for problem, code in preview.errors_by_item)
    yield from _refusals(preview)
    if preview.remarks:
        yield tr_count("{count:,} note:", "{count:,} notes:", len(preview.remarks))
        yield from (f"  {problem_text(problem)}" for problem in preview.remarks)
    kept = preview.with_outcome(Outcome.KEPT)
    if kept:
        yield tr_count(
            "{count:,} item keeps its report; '{command}' records the entry of the sheet instead:",
            "{count:,} items keep their reports; '{command}' records the entry of a sheet instead:",
            len(kept),
            command=command_with("sheets in", take_sheet="CODE"),
        )
        yield from _kept_lines(kept)
    late = preview.with_outcome(Outcome.TOO_LATE)
    if late:
        yield tr_count(
            "{count:,} item keeps what the register has, because the sheet comes too late. Its entries cannot be "
            "taken; '{command}' leaves them out. If they are still true, report on the item in the program:",
            "{count:,} items keep what the register has, because the sheets come too late. Their entries cannot be "
            "taken; '{command}' leaves them out. If they are still true, report on the items in the program:",
            len(late),
            command=command_with("sheets in", leave_out="CODE"),
        )
        yield from _kept_lines(late)
    new = preview.with_outcome(Outcome.NEW)
    if new:
        yield tr_count("{count:,} item with new entries:", "{count:,} items with new entries:", len(new))
        yield from _new_lines(new)
    yield from _counts(preview)


def _refusals(preview: SheetPreview) -> Iterator[str]:
    """Yield what this person may not record, and why."""
    for refusal in preview.refusals:
        yield tr_count(
            "You can look at the entries on {count:,} item, but not record them: {codes}",
            "You can look at the entries on {count:,} items, but not record them: {codes}",
            len(refusal.codes),
            codes=listed(refusal.codes),
        )
        yield f"  {refusal.why}"
    if preview.untried and preview.refusals:
        yield "  " + tr(
            "The checks of the register itself were left out, such as that a completed item needs evidence."
        )


def problem_text(problem: Problem, code: str = "") -> str:
    """Return a problem on one line: where it is, the item, the value, what is wrong, and what to do."""
    item = f" ({code})" if code else ""
    return f"{problem.place}{item}: {problem_words(problem)}"


def problem_words(problem: Problem) -> str:
    """Return a problem on one line without its place. Most sentences name the value themselves."""
    named = not problem.value or f"'{problem.value}'" in problem.what
    value = "" if named else f"“{shortened(problem.value, _LONGEST_VALUE)}”: "
    do = f" {problem.do}." if problem.do else ""
    return f"{value}{problem.what}.{do}"


def _new_lines(lines: Sequence[SheetLine]) -> Iterator[str]:
    for line in lines:
        yield f"  {line.shown_code}  {shortened(line.title, 80)}"
        if not line.changes:
            yield f"      {tr('no change')}"
        for change in line.changes:
            yield f"      {change_text(change)}"
        for doubt in line.doubts:
            yield "      " + tr("Please check: {doubt}", doubt=doubt)


def _kept_lines(lines: Sequence[SheetLine]) -> Iterator[str]:
    for line in lines:
        yield f"  {line.shown_code}  {shortened(line.title, 80)}: {line.why}"
        yield from (f"      {change_text(change)}" for change in line.changes)


def change_text(change: FieldChange, longest: int = _LONGEST) -> str:
    """Return what a sheet would change in a field. Of an item that keeps its report, the values are side by side.

    `longest` is the most characters of a value.
    """
    if change.shown is None:
        return f"{change.label}: {_text(change.before, longest)} → {_text(change.after, longest)}"
    return tr(
        "{label}: register {before} | sheet {after} | when sent out {shown}",
        label=change.label,
        before=_text(change.before, longest),
        after=_text(change.after, longest),
        shown=_text(change.shown, longest),
    )


def _counts(preview: SheetPreview) -> Iterator[str]:
    unchanged = preview.with_outcome(Outcome.UNCHANGED)
    if unchanged:
        yield tr_count(
            "{count:,} item says what the register says already: {codes}",
            "{count:,} items say what the register says already: {codes}",
            len(unchanged),
            codes=_codes(unchanged),
        )
    left_out = preview.with_outcome(Outcome.LEFT_OUT)
    if left_out or preview.rows_left_out:
        codes = [*(line.shown_code for line in left_out), *preview.rows_left_out]
        yield tr("Left out: {codes}", codes=listed(codes))
    empty = preview.asked - len(preview.lines)
    if empty > 0:
        yield tr_count("{count:,} item without entries.", "{count:,} items without entries.", empty)


def _codes(lines: Sequence[SheetLine]) -> str:
    return listed([line.shown_code for line in lines])


def _text(value: str, longest: int) -> str:
    return f"“{shortened(value, longest)}”" if value else tr("(empty)")
