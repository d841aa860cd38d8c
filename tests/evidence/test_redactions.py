"""Packs on an item of which text was redacted: what the verifier accepts, what it says, and what it refuses."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, select

from planner.base.fingerprints import canonical_json
from planner.evidence import verify
from planner.evidence.anchor import Anchoring
from planner.evidence.verify import DOES_NOT_HOLD, HOLDS
from planner.store import making
from planner.store.database import Database
from planner.store.models import AuditEvent
from planner.writes.redactions import redact
from tests.evidence.packs import Files, History, checked, edited, files_in, fill, pack, redone
from tests.factories import ACTOR, noon, writing_by

AT = noon(date(2020, 4, 20))
WHY = "It named a private person."


def event_with(database: Database, text: str) -> int:
    with database.reading() as session:
        events = session.execute(select(AuditEvent)).scalars()
        return min(event.seq for event in events if text.encode() in event.body)


@pytest.fixture(scope="module")
def redacted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[History, list[int]]]:
    """The history in which a report's text, a moved date's reason and the item's title were redacted."""
    folder = tmp_path_factory.mktemp("redacted")
    database = making.make(make_url(f"sqlite:///{folder / 'register.sqlite'}"))
    history = fill(database, folder)
    seqs: list[int] = []
    for text, field in (("Cleared", "done"), ("The stove came late.", "reason"), ("reading room [/]", "title")):
        with database.writing() as session:
            done = redact(writing_by(session, ACTOR, AT), event_with(database, text), [field], WHY)
        seqs += done.what.events
    yield history, sorted(seqs)
    database.close()


@pytest.fixture(scope="module")
def packed(redacted) -> Files:
    return files_in(pack(redacted[0]))


def test_the_verifier_lists_who_removed_what_and_why(redacted, packed, tmp_path):
    found = checked(packed, tmp_path / "pack", redacted[0].key.public)
    (line,) = [line for line in verify.report(found) if "Redaction 2" in line]
    assert line.startswith("  + Redaction 2 by ada at 2020-04-20T")
    assert "reason of date_change" in line
    assert line.endswith(f"Reason: {WHY}")


def outcome(history: History, files: Files, tmp_path: Path, name: str = "pack") -> tuple[int, list[str], list[str]]:
    found = checked(files, tmp_path / name, history.key.public)
    return found.outcome()[0], found.problems, found.not_checked


def test_it_holds_and_says_what_was_redacted_by_whom_and_why(redacted, packed, tmp_path):
    history, seqs = redacted
    code, problems, unproven = outcome(history, packed, tmp_path)
    assert (code, problems) == (HOLDS, [])
    listed = ", ".join(map(str, seqs))
    assert any(f"said before a redaction ({listed})" in line for line in unproven)
    assert any("was an administrator" in line for line in unproven)
    assert any(line.startswith("The fingerprint of item") for line in unproven)
    whole = b"".join(packed.values())
    assert not any(text in whole for text in (b"Cleared", b"The stove came late", b"reading room [/]"))
    assert WHY.encode() in packed["history.jsonl"]
    assert WHY.encode() in packed["index.html"]
    assert b"text redacted later" in packed["index.html"]
    assert b"before an administrator redacted them" in packed["not-proven.html"]


def test_against_a_checkpoint_from_before_and_as_known_before(redacted, tmp_path):
    history, seqs = redacted
    kept = Anchoring(kept=history.kept, key=history.key)
    code, problems, unproven = outcome(history, files_in(pack(history, wanted=kept)), tmp_path)
    assert (code, problems) == (HOLDS, [])
    late = f"The bytes of {len(seqs)} redacted events ({', '.join(map(str, seqs))}): the redaction came after"
    assert any(line.startswith(late) for line in unproven)
    files = files_in(pack(history, known_at=noon(date(2020, 3, 20))))
    code, problems, unproven = outcome(history, files, tmp_path, "known")
    assert (code, problems) == (HOLDS, [])
    assert any(f"({seqs[0]}, " in line for line in unproven)


def lines_of(files: Files) -> dict[int, bytes]:
    return {json.loads(line)["seq"]: line for line in files["history.jsonl"].splitlines()}


def with_lines(files: Files, lines: dict[int, bytes]) -> Files:
    return redone({**files, "history.jsonl": b"".join(lines[seq] + b"\n" for seq in sorted(lines))})


def set_state(files: Files, seq: int, state: str) -> Files:
    def change(document: Any) -> None:
        next(one for one in document["events"] if one["seq"] == seq)["state"] = state

    return edited(files, "proofs.json", change)


def test_the_bytes_of_a_redacted_event_are_those_of_its_redaction(redacted, packed, tmp_path):
    history, seqs = redacted
    lines = lines_of(packed)
    fields = json.loads(lines[seqs[-1]])
    lines[seqs[-1]] = canonical_json(fields | {"after": fields["after"] | {"weight": 9.0}})
    code, problems, _ = outcome(history, with_lines(packed, lines), tmp_path)
    assert code == DOES_NOT_HOLD
    assert f"event {seqs[-1]}: its bytes are not those that the redaction put in their place" in problems


def test_no_other_event_passes_for_redacted(redacted, packed, tmp_path):
    history, seqs = redacted
    lines = lines_of(packed)
    other = next(seq for seq, line in lines.items() if b'"table":"observation"' in line)
    fields = json.loads(lines[other])
    lines[other] = canonical_json(fields | {"after": fields["after"] | {"value": 99.0, "evidence": verify.MARKER}})
    forged = set_state(with_lines(packed, lines), other, verify.REDACTED)
    code, problems, _ = outcome(history, forged, tmp_path)
    assert code == DOES_NOT_HOLD
    assert f"event {other}: no redaction in the pack replaced its bytes" in problems
    code, problems, _ = outcome(history, set_state(packed, seqs[0], verify.WHOLE), tmp_path, "whole")
    assert f"event {seqs[0]}: its bytes do not have the leaf that proofs.json names" in problems


def test_a_redaction_that_is_left_out(redacted, packed, tmp_path):
    history, seqs = redacted
    lines = lines_of(packed)
    gone = {seq for seq, line in lines.items() if b'"table":"redact' in line}
    left = with_lines(packed, {seq: line for seq, line in lines.items() if seq not in gone})

    def keep(document: Any) -> None:
        document["events"] = [one for one in document["events"] if one["seq"] not in gone]

    def keep_rows(document: Any) -> None:
        document["rows"] = [row for row in document["rows"] if row["event"] not in gone]

    code, problems, _ = outcome(history, edited(edited(left, "proofs.json", keep), "item.json", keep_rows), tmp_path)
    assert code == DOES_NOT_HOLD
    assert f"event {seqs[0]}: no redaction in the pack replaced its bytes" in problems
