"""Make an evidence pack on one item: collect its files, archive them, and check the archive with its own verifier."""

import hashlib
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from sqlalchemy.orm import Session

from planner.base.errors import BrokenHistoryError
from planner.base.language import tr
from planner.base.progress import OnProgress
from planner.evidence.anchor import Anchor, Anchoring, anchor, check_anchoring
from planner.evidence.changes import changes
from planner.evidence.contents import Evidence
from planner.evidence.criterion import read_criterion
from planner.evidence.data_files import data_files
from planner.evidence.page import pages
from planner.evidence.quotes import read_quotes
from planner.evidence.scope import gather
from planner.evidence.verify import (
    CHECKPOINT,
    FORMAT,
    KEY_FILE,
    MANIFEST,
    SIGNATURE,
    VERIFIER,
    Pack,
    archived,
    statement_to_sign,
    written,
)
from planner.integrity.helpers.helpers import Helpers
from planner.integrity.keys import PrivateKey
from planner.integrity.notes import sign
from planner.queries.items.item import read_item_detail
from planner.queries.items.views import NO_LINEAGE
from planner.queries.plans.item_lineage import read_lineages
from planner.register.reading import Reading


def make_pack(
    reading: Reading, code: str, anchoring: Anchoring, step: OnProgress, helpers: Helpers | None = None
) -> bytes:
    """Return the evidence pack of an item as an archive. Helpers, if there are any, also verify the log.

    The same register state, checkpoint, date and instant always give the same bytes.

    Raises UnknownNameError if there is no such item, BadValueError if the checkpoint or key belongs to another log,
    BrokenHistoryError if the history was changed, and MissingLibraryError if a library is not installed.
    """
    evidence = read_evidence(reading, code, anchoring, step, helpers)
    packed = with_manifest(packed_files(reading.session, evidence))
    if anchoring.key is not None:
        # docs/decisions/0069: no event proves the pages and the statement.
        packed = with_signature(packed, evidence.anchor.checkpoint.origin, anchoring.key)
    archive = archived(f"evidence-{evidence.detail.item.code}", packed)
    # docs/decisions/0070: the program checks a pack as its receiver will.
    _require_sound(archive)
    return archive


def read_evidence(
    reading: Reading, code: str, anchoring: Anchoring, step: OnProgress, helpers: Helpers | None = None
) -> Evidence:
    """Read the contents of an item's pack from the register."""
    detail = read_item_detail(reading, code)
    check_anchoring(reading.session, anchoring)
    rows = gather(reading, detail.item.id)
    quotes = read_quotes(rows)
    return Evidence(
        plan=reading.plan,
        point=reading.point,
        detail=detail,
        lineage=read_lineages(reading).get(detail.item.id, NO_LINEAGE),
        rows=rows,
        quotes=quotes,
        criterion=read_criterion(reading, detail.item.id, rows, quotes),
        anchor=anchor(reading.session, anchoring, (event.seq for event in rows.events), step, helpers),
    )


def packed_files(session: Session, evidence: Evidence) -> dict[str, bytes]:
    """Return the files of the pack by name, without the manifest."""
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
    """Raise BrokenHistoryError if the pack's own verifier finds a fault."""
    with tempfile.TemporaryDirectory(prefix="planner-evidence-") as folder:
        file = Path(folder) / "pack.zip"
        file.write_bytes(archive)
        pack = Pack(file)
        if not pack.check():
            raise BrokenHistoryError(
                tr(
                    "the register's facts contradict each other, so no pack was made: {problem}",
                    problem=pack.problems[0],
                ),
                do=tr("Run 'planner verify', and find out who changed the row"),
            )


def with_manifest(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files and a manifest of their digests."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return {**files, MANIFEST: written({"format": FORMAT, "sha256": digests})}


def with_signature(files: Mapping[str, bytes], origin: str, key: PrivateKey) -> dict[str, bytes]:
    """Return the files and a signature on their manifest. Raises MissingLibraryError if no library can sign."""
    return {**files, SIGNATURE: sign(statement_to_sign(origin, files[MANIFEST]), key).encoded}
