"""The facts of an item, each with its basis."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.formats import plain_number
from planner.base.language import tr
from planner.dates.assumed import with_word
from planner.domain.made_codes import code_in_words
from planner.domain.vocabulary import MeasuredBy
from tui.marks import MUTED, one_line
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.plans.lineage import Lineage
    from planner.queries.plans.office_facts import OfficeFacts


def about_blocks(item: "ItemView", lineage: "Lineage", office: "OfficeFacts") -> Iterator[Block]:
    """Yield each fact of an item with its basis (stated, derived, working, registered or simulated).

    A sentence about a code that the program made, and items of other plans that this item continues, or
    that continue it, come first. The lead is followed by the reasons why this organisation leads.
    """
    for sentence in (*code_in_words(item.code), *lineage.sentences):
        yield Block(Content(one_line(sentence)))
    yield _fact(tr("Title"), one_line(item.title), item.basis.value)
    yield _fact(tr("Kind"), one_line(item.kind_title), item.allocation_basis.value)
    measure = f"{item.measure} {one_line(item.measure_title or '')}" if item.measure else tr("none")
    yield _fact(tr("Measure"), measure, item.allocation_basis.value)
    yield _fact(tr("Lead"), one_line(item.lead.name), item.lead_basis.value)
    for reason in item.lead_reasons:
        yield Block(Content.styled(reason, MUTED), "-detail")
    supporting = "; ".join(one_line(body.name) for body in item.supporting)
    yield _fact(tr("Supporting"), supporting or tr("none"), "")
    for label, value in office.labelled:
        yield _fact(label, one_line(value), "")
    yield _fact(tr("Starts"), item.starts.isoformat(), item.starts_basis.value)
    due = tr(
        "{baseline} (baseline), {current} (current)",
        baseline=item.baseline_due,
        current=with_word(item.current_due, assumed=item.due_assumed),
    )
    yield _fact(tr("Due"), due, item.due_basis.value)
    by_milestones = item.measured_by is MeasuredBy.MILESTONES
    yield _fact(tr("Measured by"), tr("milestones met") if by_milestones else tr("officers' reports"), "")
    yield _fact(tr("Weight"), plain_number(item.weight), "")


def _fact(label: str, value: str, basis: str) -> Block:
    return Block(Content.assemble((f"{label}: ", MUTED), value, (f"  {basis}" if basis else "", MUTED)))
