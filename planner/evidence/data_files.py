"""The machine-readable files of a pack: rows, events, proofs, and the statement of facts that no event proves."""

from collections.abc import Collection, Iterator
from typing import Any

from planner import __version__
from planner.domain.vocabulary import SpanMatch
from planner.evidence.anchor import Anchor
from planner.evidence.contents import Evidence, is_withheld
from planner.evidence.logged import LoggedEvent, LoggedRow
from planner.evidence.quotes import WITHHELD_TABLE, CopiedPassage
from planner.evidence.verify import FORMAT, REDACTED, STATEMENT, TABLES, WHOLE, WITHHELD, written
from planner.store.journal import encoded


def data_files(evidence: Evidence) -> dict[str, bytes]:
    """Return the content of the machine-readable files by name."""
    return {
        **{name: written(content) for name, content in _documents(evidence)},
        "history.jsonl": b"".join(event.body + b"\n" for event in evidence.included),
        "proofs.json": written(_proofs(evidence)),
        STATEMENT: written(_statement(evidence)),
    }


def _documents(evidence: Evidence) -> Iterator[tuple[str, Any]]:
    for name, tables in TABLES.items():
        head: dict[str, Any] = {"format": FORMAT, "file": name, "simulated": evidence.plan.simulated}
        if name == "item.json":
            head |= _item_head(evidence)
        if name == "citations.json":
            head["quotes"] = [_quoted_text(quote) for quote in evidence.quotes if _is_exact(quote)]
        yield name, {**head, "rows": [_row(row) for table in sorted(tables) for row in evidence.rows.rows(table)]}


def _row(row: LoggedRow) -> dict[str, Any]:
    return {"table": row.table, "row": row.id, "event": row.event, "values": dict(row.values)}


def _is_exact(quote: CopiedPassage) -> bool:
    """Whether the log contains the digest of exactly the quoted text."""
    return quote.match == SpanMatch.EXACT


def _quoted_text(quote: CopiedPassage) -> dict[str, Any]:
    return {"span": quote.span, "text": quote.text}


def _item_head(evidence: Evidence) -> dict[str, Any]:
    return {
        "plan": evidence.plan.key,
        "item": evidence.detail.item.code,
        "row": evidence.detail.item.id,
        "time_zone": evidence.plan.time_zone,
    }


def _statement(evidence: Evidence) -> dict[str, Any]:
    """Return the facts that no event proves, such as the dates of the pack and the computed status."""
    point, item = evidence.point, evidence.detail.item
    return {
        "format": FORMAT,
        "file": STATEMENT,
        "as_of": point.as_of.isoformat(),
        "known_at": encoded(point.known_at),
        "log_events": evidence.anchor.events,
        "program_version": __version__,
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
        "lineage": {
            "comes_from": list(evidence.lineage.comes_from),
            "became": list(evidence.lineage.became_of(item)),
        },
        "copies": [
            {"attachment": row.id, "event": row.event, "file_name": row.values["file_name"]}
            for row in evidence.rows.rows(WITHHELD_TABLE)
        ],
        "passages": [_quoted_text(quote) for quote in evidence.quotes if not _is_exact(quote)],
    }


def _proofs(evidence: Evidence) -> dict[str, Any]:
    anchor = evidence.anchor
    return {
        "format": FORMAT,
        "file": "proofs.json",
        "origin": anchor.checkpoint.origin,
        "size": anchor.size,
        "root": anchor.checkpoint.root.hex(),
        "events": [_proof(event, anchor, evidence.redacted) for event in evidence.rows.events],
    }


def _proof(event: LoggedEvent, anchor: Anchor, redacted: Collection[int]) -> dict[str, Any]:
    state = REDACTED if event.seq in redacted else WHOLE
    proof = anchor.proofs.get(event.seq)
    return {
        "seq": event.seq,
        "leaf": event.leaf.hex(),
        "proof": None if proof is None else [node.hex() for node in proof],
        "state": WITHHELD if is_withheld(event) else state,
    }
