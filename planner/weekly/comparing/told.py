"""Tell the differences that people made from those that the program computed, such as expected percents."""

from dataclasses import replace

from planner.weekly.comparing.comparisons import ITEMS, TOTALS, Change, Compared

# The columns whose values people report, agree or decide, by section. All others are computed from them and from the
# day, or repeat them. The texts of reports come last.
_TOLD = {
    ITEMS: (
        *(
            "title",
            "kind",
            "theme",
            "lead",
            "supporting",
            "basis",
            "baseline_due",
            "current_due",
            "phase",
            "completion",
        ),
        *("confidence", "percent", "ended", "returned", "mandate_clauses", "comes_from", "became"),
        *("blocker", "help_needed", "done", "next"),
    ),
    "milestones": ("milestone", "baseline", "current", "forecast", "weight", "completion_test", "date_basis"),
    "indicators": (
        *("indicator", "unit", "direction", "baseline", "latest", "date_of_value", "target", "target_due"),
        *("indicator_basis", "target_due_basis"),
    ),
    "traceability": ("measure", "allocation_basis", "link_type", "coverage", "rationale", "link_reviewed_by"),
}
# What a report says anew also if nothing else has changed.
_DONE = (ITEMS, "done")
_NEW_WORDS = {_DONE, (ITEMS, "next"), ("indicators", "date_of_value")}
# The sections whose rows people add and remove. The other sections list what is late, open or due on the day.
_ROWS = frozenset({ITEMS, "indicators", "traceability", "plan_changes"})
# The row of an item without any clause, which only says that it has none.
_NO_CLAUSE = " none none"
# The numbers of the totals that matter most. The others follow in the order of their columns.
_WEIGHTIEST = ("percent", "expected_percent", "overdue", "off_track", "contradictions", "dropped", "completed")
# The rows of the totals that everybody reads. The others are of organisations and kinds of item.
_PLAN, _THEME = "plan ", "theme "


def told_by_people(found: Compared) -> Compared:
    """Return the differences that come from a report, an agreement or a decision of a person."""
    told = (change for change in found.changes if _is_told(change))
    return replace(found, changes=tuple(sorted(told, key=_place)))


def without_new_words(found: Compared) -> Compared:
    """Return the differences without the texts that nearly every report brings. What was done stays if it got worse."""

    def is_kept(change: Change) -> bool:
        cell = (change.section, change.column)
        return cell not in _NEW_WORDS or (cell == _DONE and change.item in found.worse)

    return replace(found, changes=tuple(filter(is_kept, found.changes)))


def main_totals(found: Compared) -> tuple[Change, ...]:
    """Return the differences of the totals of the plan, and the weightiest of its themes, without changes of a change.

    The rows are in their order, and in each the numbers that matter most come first.
    """
    read = [change for change in found.changes if change.section == TOTALS and _is_read(change)]
    rows = {row: place for place, row in enumerate(dict.fromkeys(change.row for change in read))}
    return tuple(sorted(read, key=lambda change: (rows[change.row], _weight(change))))


def _weight(change: Change) -> int:
    return _WEIGHTIEST.index(change.column) if change.column in _WEIGHTIEST else len(_WEIGHTIEST)


def _is_read(change: Change) -> bool:
    if change.row.startswith(_THEME):
        return change.column in (None, *_WEIGHTIEST)
    return change.row.startswith(_PLAN) and "change" not in (change.column or "")


def _is_told(change: Change) -> bool:
    if change.column is None:
        return change.section in _ROWS and not (change.section == "traceability" and change.row.endswith(_NO_CLAUSE))
    return change.section == "plan_changes" or change.column in _TOLD.get(change.section, ())


def _place(change: Change) -> int:
    """Return the place of a difference among those of its row; those of one row and place keep their order."""
    columns = _TOLD.get(change.section, ())
    return columns.index(change.column) if change.column in columns else 0
