"""Saying which items that have ended an import opens again: an old file often does so by mistake."""

from collections import defaultdict
from collections.abc import Iterable

from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.domain.vocabulary import Phase
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.items import ChangedItem, NewReport
from planner.intake.proposed import Field, Given


def tell_reopened(items: Iterable[ChangedItem], asking: Asking) -> None:
    """Remark once of each way to end an item which items that ended so are open again by the files' reports."""
    reopened: dict[Phase, list[ChangedItem]] = defaultdict(list)
    for item in items:
        if item.report is not None and (ended := _ended_before(item.report)):
            reopened[ended].append(item)
    for phase, these in reopened.items():
        what = _what(phase, len(these), listed([item.code for item in these]))
        do = tr("Check that the files are newer than what the register has of these items")
        asking.remark(Given(these[0].code, these[0].place), Field.PHASE, what, do)


def _ended_before(report: NewReport) -> Phase | None:
    """Return how an item had ended that a report opens again, or None. An older report changes nothing of today."""
    before = report.before.get(Field.PHASE)
    if report.newer is not None or report.phase.terminal or not isinstance(before, Phase) or not before.terminal:
        return None
    return before


def _what(phase: Phase, number: int, codes: str) -> str:
    if phase is Phase.MERGED:
        return tr_count(
            "{count:,} item that was merged into another one would be open again beside it: {codes}",
            "{count:,} items that were merged into other ones would be open again beside them: {codes}",
            number,
            codes=codes,
        )
    if phase is Phase.CANCELLED:
        return tr_count(
            "{count:,} cancelled item would be open again: {codes}",
            "{count:,} cancelled items would be open again: {codes}",
            number,
            codes=codes,
        )
    return tr_count(
        "{count:,} completed item would be open again: {codes}",
        "{count:,} completed items would be open again: {codes}",
        number,
        codes=codes,
    )
