"""A register with some history, packs of evidence on its items, and what somebody could do to them."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from planner.bundle.reader import read_bundle
from planner.domain.vocabulary import Coverage, Phase, ReviewDecision
from planner.evidence import verify
from planner.evidence.anchor import Anchoring
from planner.evidence.pack import make_pack
from planner.integrity.checkpoints import KeptCheckpoint
from planner.integrity.keys import PrivateKey, PublicKey
from planner.integrity.notes import sign
from planner.integrity.verifying import make_checkpoint, read_origin
from planner.register.point import Point
from planner.register.reading import Reading
from planner.sources.attach import attach
from planner.sources.cited import read_cited_documents
from planner.sources.files import examine, files_of
from planner.store.database import Database
from planner.writes.link_reviews import LinkVerdict, review_links
from planner.writes.reports.confirmations import return_report
from planner.writes.undo import undo
from tests.factories import (
    ACTOR,
    COLLEAGUE,
    OLD_DUTIES,
    edit_file,
    load_bundle,
    load_small_bundle,
    move,
    noon,
    observed,
    plan_of,
    report,
    small_bundle,
    write_documents,
    writing_by,
)

DAY = date(2020, 5, 4)
REASON = "The archive is a body of its own by now."
REWORDED = "Open all reading rooms again."
DIFFERING = "Runs the reading rooms of the town by itself."
Files = dict[str, bytes]


def no_step(name: str, by: int = 1) -> None:
    """Nobody is told how far it is."""


@dataclass(frozen=True)
class History:
    """A register, its key, and a checkpoint of its log from before the last report."""

    database: Database
    key: PrivateKey
    kept: KeptCheckpoint


def fill(database: Database, folder: Path) -> History:
    """Of P-002: reports, one taken back and one returned, a moved date, values, texts, reviews, and a rewording."""
    load_small_bundle(database)
    _attach(database, write_documents(folder / "texts"), day=date(2020, 1, 4))
    report(database, "P-002", as_of=date(2020, 2, 3), percent=10, done='Cleared "all"; 열람실, قاعة \\ and a tab\t.')
    report(database, "P-002", as_of=date(2020, 2, 10), percent=90)
    with database.writing() as session:
        undo(writing_by(session, ACTOR, noon(date(2020, 2, 10))), reason="Of another item.")
    move(database, "P-002", 2, date(2020, 6, 30), reason="The stove came late.", at=noon(date(2020, 3, 2)))
    observed(database, "P-002", 1, 12.5, as_of=date(2020, 3, 2))
    report(database, "P-002", as_of=date(2020, 3, 9), phase=Phase.COMPLETED, percent=100)
    with database.writing() as session:
        day = date(2020, 3, 10)
        return_report(writing_by(session, COLLEAGUE, noon(day)), "P-002", "The door sticks.")
        verdict = LinkVerdict(ReviewDecision.CHANGED, coverage=Coverage.PARTIAL, reason=REASON)
        review_links(writing_by(session, COLLEAGUE, noon(date(2020, 3, 11))), ["M2.01:old:duty-2"], verdict)
        verdict = LinkVerdict(ReviewDecision.REJECTED, reason="It only helps.")
        review_links(writing_by(session, COLLEAGUE, noon(date(2020, 3, 12))), ["M2.01:new:duty-2"], verdict)
    _reword(database, folder)
    (folder / "other").mkdir()
    other = OLD_DUTIES.replace("Runs the reading rooms of the town together with the archive.", DIFFERING)
    (folder / "other" / "later.txt").write_text(other, encoding="utf-8", newline="")
    _attach(database, folder / "other", day=date(2020, 4, 2))
    with database.reading() as session:
        key = PrivateKey.new(read_origin(session))
        made = make_checkpoint(session, no_step)
        kept = KeptCheckpoint("kept.txt", made, sign(made.text, key))
    report(database, "P-002", as_of=date(2020, 4, 6), percent=40)
    return History(database, key, kept)


def _attach(database: Database, folder: Path, *, day: date) -> None:
    with database.reading() as session:
        examined = examine(files_of([folder]), read_cited_documents(session))
    with database.writing() as session:
        attach(writing_by(session, ACTOR, noon(day)), examined.copies)


def _reword(database: Database, folder: Path) -> None:
    """Load the plan again with another wording of a measure that was reviewed."""
    seeds = small_bundle(folder / "seeds")
    edit_file(seeds, "measures.yaml", lambda content: content["measures"][2].update(restatement=REWORDED))
    load_bundle(database, read_bundle(seeds), at=noon(date(2020, 4, 1)))


def pack(history: History, code: str = "P-002", wanted: Anchoring | None = None, **point: Any) -> bytes:
    """A pack, proven against a checkpoint made and signed with it unless something else is wanted."""
    with history.database.reading() as session:
        chosen = Point(point.get("as_of", DAY), point.get("known_at"))
        return make_pack(
            Reading(session, plan_of(session), chosen), code, wanted or Anchoring(key=history.key), no_step
        )


def files_in(archive: bytes) -> Files:
    """The files of an archive by name, the folder they are in left out."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name.partition("/")[2]: opened.read(name) for name in opened.namelist()}


def unpacked(files: Files, folder: Path) -> Path:
    """The files in a folder."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def redone(files: Files) -> Files:
    """The files as somebody without the key would hand them on: with a manifest that fits, and without a signature."""
    kept = {name: content for name, content in files.items() if name not in (verify.MANIFEST, verify.SIGNATURE)}
    named = {name: hashlib.sha256(content).hexdigest() for name, content in kept.items()}
    return {**kept, verify.MANIFEST: verify.written({"format": verify.FORMAT, "sha256": named})}


def edited(files: Files, name: str, change: Callable[[Any], object]) -> Files:
    """The files with one JSON document changed, and a manifest that goes with it."""
    document = json.loads(files[name])
    change(document)
    return redone({**files, name: verify.written(document)})


def rows_in(files: Files, table: str) -> list[dict[str, Any]]:
    """The rows of a table that the files have."""
    rows = [row for name in verify.ROW_FILES for row in json.loads(files[name])["rows"]]
    return [row for row in rows if row["table"] == table]


def checked(files: Files, folder: Path, key: PublicKey | None = None) -> verify.Pack:
    """The files, checked as their own verifier checks them."""
    found = verify.Pack(unpacked(files, folder), verify.Key(key.text) if key else None)
    found.check()
    return found
