"""The HTML pages of a pack: criterion, condition and history, and what is not proven. They need no network."""

from collections.abc import Sequence
from typing import Any

from planner.base.formats import plain_number
from planner.domain.definitions import BASES
from planner.evidence.changes import DescribedEvent
from planner.evidence.contents import Evidence
from planner.evidence.limits import limits
from planner.pages.style import edges, sheet, style_variables
from planner.pages.templates import templates_of
from planner.store.journal import encoded


def pages(evidence: Evidence, history: Sequence[DescribedEvent]) -> dict[str, bytes]:
    """Return the pages by file name."""
    environment = templates_of("planner.evidence", number=_number)
    shown = {**_template_variables(evidence), "history": history}
    return {name: environment.get_template(name).render(shown).encode() for name in ("index.html", "not-proven.html")}


def _number(value: float | None) -> str:
    """Format a number with at most 15 digits. None becomes a dash."""
    return "–" if value is None else plain_number(value)


def _template_variables(evidence: Evidence) -> dict[str, Any]:
    anchor, rows = evidence.anchor, evidence.rows
    return {
        "plan": evidence.plan,
        "item": evidence.detail.item,
        "indicators": evidence.detail.indicators,
        "lineage": (
            ("Comes from", evidence.lineage.comes_from),
            ("What became of it", evidence.lineage.became_of(evidence.detail.item)),
        ),
        "last": evidence.detail.item.last,
        "criterion": evidence.criterion,
        "as_of": evidence.point.as_of,
        "known_at": encoded(evidence.point.known_at),
        "anchor": anchor,
        "proven": sum(event.seq <= anchor.size for event in rows.events),
        "events": len(rows.events),
        "rules": {row.id: row.values["statement"] for row in rows.rows("derivation_rule")},
        "values": rows.row("item", evidence.detail.item.id).values,
        "limits": limits(evidence),
        "bases": BASES,
        **_style(evidence),
    }


def _style(evidence: Evidence) -> dict[str, str]:
    """Return the template variables for the style of a pack's pages: the style sheet and the text in print margins."""
    footer = f"{evidence.detail.item.code} · as of {evidence.point.as_of}"
    own = sheet("planner.evidence", "evidence.css")
    return style_variables(own, edges(footer, simulated=evidence.plan.simulated))
