"""The HTML pages of a pack: criterion, condition and history, and what is not proven. They open without a network."""

from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from planner.domain.definitions import BASES
from planner.domain.symbols import SYMBOLS, TONES
from planner.evidence.changes import Change
from planner.evidence.contents import Evidence
from planner.evidence.limits import limits
from planner.store.journal import encoded
from planner.weekly.page.style import SHEET, edges, policy
from planner.weekly.page.templates import templates_of

if TYPE_CHECKING:
    from jinja2 import Environment


def pages(evidence: Evidence, history: Sequence[Change]) -> dict[str, bytes]:
    """Return the pages by file name. Raises MissingLibraryError if Jinja2 is not installed."""
    environment = _environment()
    shown = {**_template_variables(evidence), "history": history}
    return {name: environment.get_template(name).render(shown).encode() for name in ("index.html", "not-proven.html")}


def _environment() -> "Environment":
    environment = templates_of("planner.evidence", "the page of a pack", "evidence")
    environment.filters["number"] = _number
    return environment


def _number(value: float | None) -> str:
    """Format a number with at most 15 digits. None becomes a dash."""
    return "–" if value is None else f"{value:.15g}"


def _template_variables(evidence: Evidence) -> dict[str, Any]:
    # Jinja2 installs markupsafe, so it is imported only after Jinja2 was found.
    from markupsafe import Markup

    style = _style(evidence)
    anchor, rows = evidence.anchor, evidence.rows
    return {
        "plan": evidence.plan,
        "item": evidence.detail.item,
        "indicators": evidence.detail.indicators,
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
        "symbols": {word: symbol for word, (symbol, _) in SYMBOLS.items()},
        "tones": {word: TONES.get(style, "") for word, (_, style) in SYMBOLS.items()},
        "policy": policy(style),
        # Safe to insert: the project's own style sheets, whose texts are escaped and cannot end the <style> element.
        "style": Markup(style),
    }


def _style(evidence: Evidence) -> str:
    """Return the weekly page's style sheet, the rules for a pack's pages, and the text in the print margins."""
    look = files("planner.weekly.page").joinpath(SHEET).read_text(encoding="utf-8")
    own = files("planner.evidence").joinpath("evidence.css").read_text(encoding="utf-8")
    footer = f"{evidence.detail.item.code} · as of {evidence.point.as_of}"
    return f"{look}\n{own}\n{edges(footer, simulated=evidence.plan.simulated)}"
