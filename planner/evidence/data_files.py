"""The files of a pack that programs read: rows as their last events left them, the events' bytes, the proofs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner import __version__
from planner.evidence.anchor import Anchor
from planner.evidence.contents import Evidence, is_withheld
from planner.evidence.logged import LoggedEvent, LoggedRow, LoggedRows
from planner.evidence.quotes import WITHHELD_COLUMN, WITHHELD_TABLE
from planner.evidence.verify import FORMAT, written
from planner.journal import encoded
from planner.json_form import plain

# Which tables' rows stand in which file; all others stand in the first.
FILES: Mapping[str, Sequence[str]] = {
    "item.json": (),
    "links.json": ("link", "link_review", "unlinked"),
    "clauses.json": ("mandate", "clause", "expression", "clause_expression", "text_finding", "finding_side"),
    "crosswalk.json": ("crosswalk_row",),
    "citations.json": ("document", "citation", "attachment", "attached_span"),
}
_ELSEWHERE = frozenset(table for tables in FILES.values() for table in tables)


def data_files(evidence: Evidence) -> dict[str, bytes]:
    """The files by name."""
    return {
        **{name: written(content) for name, content in _documents(evidence)},
        "history.jsonl": b"".join(event.body + b"\n" for event in evidence.told),
        "proofs.json": written(_proofs(evidence)),
    }


def _documents(evidence: Evidence) -> Iterator[tuple[str, Any]]:
    for name in FILES:
        head: dict[str, Any] = {"format": FORMAT, "file": name, "simulated": evidence.plan.simulated}
        if name == "item.json":
            head |= _about(evidence)
        if name == "citations.json":
            head["quotes"] = plain(evidence.quotes)
        yield name, {**head, "rows": [_row(row) for row in _rows_of(evidence.rows, name)]}


def _rows_of(rows: LoggedRows, name: str) -> Iterator[LoggedRow]:
    for table in rows.tables:
        if table in FILES[name] or (not FILES[name] and table not in _ELSEWHERE):
            yield from rows.rows(table)


def _row(row: LoggedRow) -> dict[str, Any]:
    found: dict[str, Any] = {"table": row.table, "row": row.id, "event": row.event, "values": dict(row.values)}
    if row.table == WITHHELD_TABLE:
        del found["values"][WITHHELD_COLUMN]
        found["withheld"] = [WITHHELD_COLUMN]
    return found


def _about(evidence: Evidence) -> dict[str, Any]:
    """What the pack is of and made from, and how the item stood by the rules, which the log does not say."""
    point, item = evidence.point, evidence.detail.item
    return {
        "plan": evidence.plan.key,
        "item": item.code,
        "as_of": point.as_of.isoformat(),
        "known_at": encoded(point.known_at),
        "program_version": __version__,
        "time_zone": evidence.plan.time_zone,
        "computed": {
            "phase": item.phase.value,
            "confidence": item.confidence.value if item.confidence else None,
            "percent": item.actual,
            "expected_percent": item.expected,
            "schedule": item.schedule.value,
            "freshness": item.freshness.value,
            "completion": item.completion.value,
            "current_due": item.current_due.isoformat(),
            "days_late": item.days_late,
            "days_late_baseline": item.days_late_baseline,
            "contradiction": item.contradiction,
        },
    }


def _proofs(evidence: Evidence) -> dict[str, Any]:
    anchor = evidence.anchor
    return {
        "format": FORMAT,
        "file": "proofs.json",
        "origin": anchor.checkpoint.origin,
        "size": anchor.size,
        "root": anchor.checkpoint.root.hex(),
        "log_events": anchor.events,
        "events": [_proof(event, anchor) for event in evidence.rows.events],
    }


def _proof(event: LoggedEvent, anchor: Anchor) -> dict[str, Any]:
    proof = anchor.proofs.get(event.seq)
    return {
        "seq": event.seq,
        "leaf": event.leaf.hex(),
        "proof": None if proof is None else [node.hex() for node in proof],
        "withheld": is_withheld(event),
    }
