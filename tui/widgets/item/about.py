"""The facts of an item, each with the basis it stands on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from planner.domain.symbols import words
from planner.domain.vocabulary import MeasuredBy
from tui.marks import MUTED, one_line
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView


def about_blocks(item: "ItemView") -> Iterator[Block]:
    """What an auditor asks first: which fact is stated, derived, working, registered or simulated, and why."""
    yield _fact("Title", one_line(item.title), item.basis.value)
    yield _fact("Kind", words(item.kind.value), item.allocation_basis.value)
    yield _fact("Measure", f"{item.measure} {one_line(item.measure_title)}", item.allocation_basis.value)
    yield _fact("Lead", one_line(item.lead.name), item.lead_basis.value)
    for reason in item.lead_reasons:
        yield Block(Content.styled(reason, MUTED), "-detail")
    supporting = "; ".join(one_line(body.name) for body in item.supporting)
    yield _fact("Supporting", supporting or "none", "")
    yield _fact("Starts", item.starts.isoformat(), item.starts_basis.value)
    yield _fact("Due", f"{item.baseline_due} first agreed, {item.current_due} now", item.due_basis.value)
    measured = "milestones met" if item.measured_by is MeasuredBy.MILESTONES else "officers' reports"
    yield _fact("Measured by", measured, "")
    yield _fact("Weight", f"{item.weight:g}", "")


def _fact(label: str, value: str, basis: str) -> Block:
    return Block(Content.assemble((f"{label}: ", MUTED), value, (f"  {basis}" if basis else "", MUTED)))
