"""A pack of evidence on one item: put together, verified by its own verifier, archived."""

import tempfile
from importlib.resources import files
from pathlib import Path

from sqlalchemy.orm import Session

from planner.errors import BrokenHistoryError
from planner.evidence.anchor import Anchor, Anchoring, anchor, check_wanted
from planner.evidence.changes import changes
from planner.evidence.contents import Evidence
from planner.evidence.criterion import read_criterion
from planner.evidence.data_files import data_files
from planner.evidence.manifest import with_manifest, with_signature
from planner.evidence.page import pages
from planner.evidence.quotes import read_quotes
from planner.evidence.scope import gather
from planner.evidence.verify import CHECKPOINT, KEY_FILE, VERIFIER, Pack, archived
from planner.progress import Step
from planner.queries.item import read_item_detail
from planner.queries.plans import PlanView
from planner.queries.point import Point


def make_pack(session: Session, plan: PlanView, point: Point, code: str, wanted: Anchoring, step: Step) -> bytes:
    """The archive. The same state of the register, checkpoint and point always give the same bytes.

    Raises UnknownNameError for an item that is not there, BadValueError for a checkpoint or key of another log,
    BrokenHistoryError where the history does not stand as it was recorded, MissingLibraryError.
    """
    evidence = read_evidence(session, plan, point, code, wanted, step)
    packed = with_manifest(packed_files(session, evidence))
    if wanted.key is not None:
        packed = with_signature(packed, evidence.anchor.checkpoint.origin, wanted.key)
    archive = archived(f"evidence-{evidence.detail.item.code}", packed)
    _require_sound(archive)
    return archive


def read_evidence(session: Session, plan: PlanView, point: Point, code: str, wanted: Anchoring, step: Step) -> Evidence:
    """All that a pack is made of."""
    detail = read_item_detail(session, plan, point, code)
    check_wanted(session, wanted)
    rows = gather(session, detail.item.id, point.known_at)
    quotes = read_quotes(rows)
    return Evidence(
        plan=plan,
        point=point,
        detail=detail,
        rows=rows,
        quotes=quotes,
        criterion=read_criterion(session, plan, point, detail.item.id, rows, quotes),
        anchor=anchor(session, wanted, (event.seq for event in rows.events), step),
    )


def packed_files(session: Session, evidence: Evidence) -> dict[str, bytes]:
    """The files by name, but for the manifest."""
    history = changes(session, evidence.rows.events, evidence.anchor, evidence.redacted, evidence.plan.time_zone)
    return {
        **data_files(evidence),
        **pages(evidence, history),
        **_checkpoint(evidence.anchor),
        VERIFIER: files("planner.evidence").joinpath(VERIFIER).read_bytes(),
    }


def _checkpoint(proven: Anchor) -> dict[str, bytes]:
    key = {KEY_FILE: f"{proven.key.text}\n".encode()} if proven.key else {}
    return {CHECKPOINT: proven.note.encoded, **key}


def _require_sound(archive: bytes) -> None:
    """Raise BrokenHistoryError for a pack that its own verifier finds a fault with."""
    with tempfile.TemporaryDirectory(prefix="planner-evidence-") as folder:
        file = Path(folder) / "pack.zip"
        file.write_bytes(archive)
        pack = Pack(file)
        if not pack.check():
            raise BrokenHistoryError(
                f"the register's facts contradict each other, so no pack was made: {pack.problems[0]}",
                do="Run 'planner verify', and find out who changed the row",
            )
