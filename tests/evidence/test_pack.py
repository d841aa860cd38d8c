"""A pack: what is in it, that it verifies on a bare Python, that the same always gives the same bytes."""

import base64
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from sqlalchemy import make_url, select, text

from planner.base.errors import BadValueError, BrokenHistoryError, TooSoonError, UnknownNameError
from planner.evidence import verify
from planner.evidence.anchor import Anchoring
from planner.evidence.pack import make_pack
from planner.integrity.checkpoints import Checkpoint, KeptCheckpoint
from planner.integrity.keys import PrivateKey
from planner.integrity.notes import Note, sign
from planner.integrity.verifying import verify as verify_register
from planner.store import making
from planner.store.journal import writing
from planner.store.models import AuditEvent, Clause, Item, Link, StatusUpdate
from planner.writes.people.editing import edit_person
from planner.writes.plan_changes.organisations import edit_organisation
from planner.writes.redactions import redact
from tests.evidence.packs import (
    DAY,
    DIFFERING,
    REASON,
    REWORDED,
    checked,
    edited,
    files_in,
    no_step,
    pack,
    redone,
    rows_in,
    unpacked,
)
from tests.factories import ACTOR, AT, ODD_TITLE, load_small_bundle, noon, reading_of, report, writing_by
from tests.integrity.attacks import give_first_form, guards_lifted

OTHER_LOG = "planner/register/0123456789abcdef"


def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")


def by(rows, *names):
    return {tuple(row["values"][name] for name in names) for row in rows}


def test_a_reader_that_closes_the_output_ends_the_verifier_without_an_error(files, tmp_path):
    folder = unpacked(files, tmp_path / "anywhere")
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-I", "-S", "verify.py", "--history"]
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(command, cwd=folder, stdout=closed, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (verify.NOT_ALL_PROVEN, "")


def test_it_verifies_on_a_bare_python_outside_the_project(history, files, tmp_path):
    folder = unpacked(files, tmp_path / "anywhere")
    bare = [sys.executable, "-I", "-S", "verify.py"]
    own = run([*bare, "--history"], folder)
    assert (own.returncode, own.stderr) == (verify.NOT_ALL_PROVEN, "")
    assert own.stdout.startswith("Not proven: everything was checked with the key that came with the pack")
    assert "Whose key key.pub is" in own.stdout
    assert 'restatement: "Open the reading rooms again." → "Open all reading rooms again."' in own.stdout
    assert f"reason: {REASON}" in own.stdout
    (tmp_path / "pack.zip").write_bytes(pack(history))
    trusted = ["--public-key", history.key.public.text]
    for done in (
        run([*bare, *trusted], folder),
        run([*bare[:-1], str(folder / "verify.py"), "pack.zip", *trusted], tmp_path),
    ):
        assert (done.returncode, done.stderr) == (verify.HOLDS, "")
        assert done.stdout.startswith("Holds: the key you gave signed the pack, and its checkpoint proves the history.")
        assert "Whose key" not in done.stdout
    assert run([*bare, "nowhere"], folder).returncode == 2
    assert run([*bare, "--public-key", "nobody"], folder).returncode == 2
    (folder / "item.json").write_bytes(b"[")
    done = run(bare, folder)
    assert (done.returncode, done.stderr) == (verify.DOES_NOT_HOLD, "")
    assert done.stdout.startswith("Does not hold (1 problem)")
    assert "item.json: it is not the file that the manifest names" in done.stdout


def test_the_addresses_of_organisations_are_in_it_and_those_of_people_are_not(sqlite_register):
    for person, office in (("dora@home.example", "old@harbour.example"), ("dora@port.example", "desk@harbour.example")):
        with sqlite_register.writing() as session:
            edit_person(writing_by(session, ACTOR, AT), "dora", "Agreed.", mail_address=person)
        with sqlite_register.writing() as session:
            edit_organisation(writing_by(session, ACTOR, AT), "harbour-office", "Agreed.", mail_address=office)
    with sqlite_register.reading() as session:
        packed = b"".join(files_in(make_pack(reading_of(session, DAY), "T-001", Anchoring(), no_step)).values())
    assert b"@home.example" not in packed
    assert b"@port.example" not in packed
    # docs/evidence.md says so: the events of a row are in a pack as a whole, so earlier addresses are there too.
    assert b"old@harbour.example" in packed
    assert b"desk@harbour.example" in packed


def test_what_belongs_to_the_item_is_in_it_and_nobody_s_name(files):
    tables = {row["table"]: 0 for name in verify.ROW_FILES for row in json.loads(files[name])["rows"]}
    assert {"item", "milestone", "indicator", "status_update", "date_change", "observation"} <= tables.keys()
    assert {"completion_confirmation", "withdrawal", "measure", "link", "link_review"} <= tables.keys()
    assert {"installation", "plan", "theme", "organisation", "derivation_rule", "crosswalk_row"} <= tables.keys()
    assert "person" not in tables
    assert by(rows_in(files, "item"), "code", "title") == {("P-002", ODD_TITLE)}
    assert by(rows_in(files, "clause"), "key", "restatement") == {
        ("duty-2", "Reading rooms are run jointly."),
        ("duty-2", "Reading rooms are run."),
    }
    assert len(rows_in(files, "clause_expression")) == 3
    assert by(rows_in(files, "measure"), "restatement") == {(REWORDED,)}
    assert by(rows_in(files, "link_review"), "decision", "coverage") == {
        ("changed", "partial"),
        ("rejected", "partial"),
    }
    events = [json.loads(line) for line in files["history.jsonl"].splitlines()]
    assert all(b"Ada" not in line for line in files["history.jsonl"].splitlines())
    assert REASON in {event["reason"] for event in events}
    assert [event["before"]["restatement"] for event in events if event["before"]] == ["Open the reading rooms again."]


def test_the_words_of_documents_are_in_it_only_as_quotes(files):
    matches = {row["row"]: row["values"]["match"] for row in rows_in(files, "attached_span")}
    statement = json.loads(files["statement.json"])
    quotes = [*json.loads(files["citations.json"])["quotes"], *statement["passages"]]
    assert {(matches[quote["span"]], quote["text"]) for quote in quotes} >= {
        ("exact", "Runs the reading rooms of the town together with the archive."),
        ("exact", "إدارة قاعات القراءة والمكتبات في البلدة."),
        ("differs", DIFFERING),
    }
    everything = b"".join(files.values()).decode()
    assert "Counts the herring boats" not in everything
    assert rows_in(files, "attachment") == []
    assert len(statement["copies"]) == 5
    withheld = [one for one in json.loads(files["proofs.json"])["events"] if one["state"] == "withheld"]
    assert {one["seq"] for one in withheld} == {copy["event"] for copy in statement["copies"]}


def test_each_line_of_the_history_is_the_event_s_exact_bytes(history, files):
    leaves = {one["seq"]: one["leaf"] for one in json.loads(files["proofs.json"])["events"]}
    with history.database.reading() as session:
        stored = {row.seq: row for row in session.execute(select(AuditEvent)).scalars()}
    for line in files["history.jsonl"].removesuffix(b"\n").split(b"\n"):
        seq = json.loads(line)["seq"]
        assert line == stored[seq].body
        assert hashlib.sha256(b"\x00" + line).hexdigest() == stored[seq].leaf.hex() == leaves[seq]


def test_the_same_register_gives_the_same_bytes(history, files):
    first, again = pack(history), pack(history)
    assert first == again
    with zipfile.ZipFile(BytesIO(first)) as archive:
        entries = archive.infolist()
    assert [one.filename for one in entries] == sorted(f"evidence-P-002/{name}" for name in files)
    assert {(one.date_time, one.external_attr, one.compress_type) for one in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0o100644 << 16, zipfile.ZIP_STORED)
    }


@pytest.mark.more
def test_both_databases_give_the_same_pack(history, postgresql_history, tmp_path):
    one, other = files_in(pack(history, wanted=Anchoring())), files_in(pack(postgresql_history, wanted=Anchoring()))
    assert {name for name in one if one[name] != other[name]} == set()
    assert checked(other, tmp_path / "pack").problems == []


def test_a_kept_checkpoint_bounds_what_is_proven(history, tmp_path):
    kept = Anchoring(kept=history.kept, public_key=history.key.public)
    files = files_in(pack(history, wanted=kept))
    assert files["checkpoint.txt"] == history.kept.note.encoded
    found = checked(files, tmp_path / "pack", history.key.public)
    assert (found.problems, found.anchored) == ([], len(found.proofs) - 1)
    last = history.kept.checkpoint.size + 1
    assert any(f"recorded after the checkpoint, as they are here ({last})" in one for one in found.not_checked)
    assert "No signature covers 1 event that came after it" in found.verdict()
    page = files["index.html"].decode()
    assert page.count("not anchored</span>") == 1
    assert "That 1 events recorded" not in files["not-proven.html"].decode()
    assert f"The checkpoint commits to the first {last - 1} of {last} events." in files["not-proven.html"].decode()


def test_what_nobody_signed_is_never_called_in_order(history, tmp_path):
    files = files_in(pack(history, wanted=Anchoring()))
    assert "key.pub" not in files
    found = checked(files, tmp_path / "unsigned")
    assert found.problems == []
    assert found.verdict().startswith("Not proven: nobody signed the root.")
    assert "The root of this log is not signed" in files["index.html"].decode()
    assert "The root in checkpoint.txt is not signed" in files["not-proven.html"].decode()
    assert "Whether checkpoint.txt is one that was kept elsewhere: compare the bytes." in found.not_checked
    unsigned = replace(history.kept, note=Note(history.kept.note.text, ()))
    kept = files_in(pack(history, wanted=Anchoring(kept=unsigned)))
    assert kept["checkpoint.txt"] == unsigned.note.encoded
    found = checked(kept, tmp_path / "kept unsigned")
    assert (found.problems, found.anchored) == ([], len(found.proofs) - 1)
    assert found.verdict().startswith("Not proven: nobody signed the root.")
    without_key = files_in(pack(history, wanted=Anchoring(kept=history.kept)))
    found = checked(without_key, tmp_path / "unknown")
    assert "Not proven: the signature on the root was not checked" in found.verdict()
    assert any("there is no public key" in one for one in found.not_checked)
    assert checked(without_key, tmp_path / "given", history.key.public).verdict().startswith("Holds")


def test_it_can_be_made_as_known_at_a_past_instant(history, tmp_path):
    early = files_in(pack(history, known_at=noon(AT.date())))
    found = checked(early, tmp_path / "pack")
    assert (found.problems, found.anchored) == ([], len(found.proofs))
    assert rows_in(early, "status_update") == rows_in(early, "link_review") == rows_in(early, "attachment") == []
    assert by(rows_in(early, "measure"), "restatement") == {("Open the reading rooms again.",)}
    assert json.loads(early["statement.json"])["computed"]["phase"] == "not_started"
    with pytest.raises(TooSoonError):
        pack(history, known_at=AT.replace(year=2019))


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("code", ["T-001", "T-003", "P-001"])
def test_other_items_have_packs_too(history, code, tmp_path):
    files = files_in(pack(history, code))
    assert checked(files, tmp_path / "pack").problems == []
    assert by(rows_in(files, "item"), "code") == {(code,)}


def test_a_part_of_a_clause_brings_the_clause_it_is_a_part_of(history):
    files = files_in(pack(history, "T-003"))
    assert by(rows_in(files, "clause"), "key") >= {("duty-3.1",), ("duty-3",)}
    assert by(rows_in(files, "unlinked"), "reason") == {("No duty speaks of it.",)}
    assert "Part of new:duty-3" in files["index.html"].decode()


def test_a_link_of_the_item_itself_is_part_of_its_criterion(tmp_path):
    database = making.make(make_url(f"sqlite:///{tmp_path / 'register.sqlite'}"))
    load_small_bundle(database)
    with database.writing() as session, writing(session, ACTOR, noon(DAY)) as journal:
        item = session.execute(select(Item).where(Item.code == "T-003")).scalar_one()
        duty = session.execute(select(Clause).where(Clause.restatement == "Boats are counted yearly.")).scalar_one()
        prints = {"near_fingerprint": item.fingerprint, "clause_fingerprint": duty.fingerprint}
        words = {"type": "supports", "coverage": "partial", "rationale": "Fishermen have charts."}
        journal.add(Link(item_id=item.id, clause_id=duty.id, **prints, **words), action="link", label="T-003")
    with database.reading() as session:
        files = files_in(make_pack(reading_of(session, DAY), "T-003", Anchoring(), no_step))
    database.close()
    assert checked(files, tmp_path / "pack").problems == []
    assert (
        'T-003 supports it, coverage partial: <bdi lang="">Fishermen have charts.</bdi>' in files["index.html"].decode()
    )
    assert by(rows_in(files, "crosswalk_row"), "rationale") >= {("Nobody counts boats any more.",)}


def test_what_is_not_of_this_register_is_refused(history):
    with pytest.raises(UnknownNameError):
        pack(history, "T-999")
    stranger = PrivateKey.new(OTHER_LOG)
    with pytest.raises(BadValueError, match=r"key: this key belongs to planner/register/0123"):
        pack(history, wanted=Anchoring(key=stranger))
    made = Checkpoint(OTHER_LOG, 3, bytes(32))
    foreign = KeptCheckpoint("foreign.txt", made, sign(made.text, stranger))
    with pytest.raises(BadValueError, match=r"foreign.txt: this checkpoint belongs to the log planner/register/0123"):
        pack(history, wanted=Anchoring(kept=foreign))
    with pytest.raises(BadValueError, match="did not sign this checkpoint"):
        pack(history, wanted=Anchoring(kept=history.kept, public_key=PrivateKey.new(history.key.name).public))
    for size, root in ((3, bytes(32)), (10**6, history.kept.checkpoint.root)):
        made = replace(history.kept.checkpoint, size=size, root=root)
        other = KeptCheckpoint("other.txt", made, sign(made.text, history.key))
        with pytest.raises(BrokenHistoryError, match=r"other.txt: the history differs"):
            pack(history, wanted=Anchoring(kept=other))


def test_no_evidence_is_made_of_a_register_that_was_altered(history):
    with history.database.engine.connect() as connection:
        connection.execute(text("UPDATE item SET title = 'Paint the door' WHERE code = 'P-002'"))
        connection.commit()
        try:
            with pytest.raises(BrokenHistoryError, match='title is "Paint the door"'):
                pack(history)
        finally:
            connection.execute(text("UPDATE item SET title = :title WHERE code = 'P-002'"), {"title": ODD_TITLE})
            connection.commit()


def test_the_root_is_that_of_the_checkpoint(history, files):
    proofs = json.loads(files["proofs.json"])
    origin, size, root = files["checkpoint.txt"].decode().split("\n")[:3]
    assert (origin, int(size), base64.b64decode(root).hex()) == (proofs["origin"], proofs["size"], proofs["root"])
    assert json.loads(files["statement.json"])["log_events"] == proofs["size"] == history.kept.checkpoint.size + 1


def test_an_item_that_was_merged_brings_the_other_item_and_none_of_its_parts(tmp_path):
    database = making.make(make_url(f"sqlite:///{tmp_path / 'register.sqlite'}"))
    load_small_bundle(database)
    with database.writing() as session, writing(session, ACTOR, noon(DAY)) as journal:
        items = {item.code: item.id for item in session.execute(select(Item)).scalars()}
        ended = {"ended_on": DAY, "ending_reason": "One project now.", "merged_into_id": items["P-002"]}
        journal.add(
            StatusUpdate(
                item_id=items["T-001"],
                as_of=DAY,
                phase="merged",
                basis="registered",
                actor=ACTOR.name,
                recorded_at=noon(DAY),
                **ended,
            ),
            action="report",
            label="T-001",
        )
    with database.reading() as session:
        files = files_in(make_pack(reading_of(session, DAY), "T-001", Anchoring(), no_step))
    database.close()
    assert by(rows_in(files, "item"), "code") == {("T-001",), ("P-002",)}
    assert {row["values"]["item_id"] for row in rows_in(files, "milestone")} <= {items["T-001"]}
    assert checked(files, tmp_path / "pack").problems == []
    other = edited(files, "item.json", lambda document: document.update(item="P-002", row=items["P-002"]))
    assert "status_update 1: it does not belong to the item P-002" in checked(other, tmp_path / "other").problems


def test_events_of_a_register_made_before_writes_had_ids_are_verified_and_packed(tmp_path):
    database = making.make(make_url(f"sqlite:///{tmp_path / 'register.sqlite'}"))
    load_small_bundle(database)
    with database.engine.begin() as connection, guards_lifted(connection):
        give_first_form(connection)
    report(database, "T-001", percent=40)
    with database.writing() as session:
        first = select(AuditEvent.seq).where(AuditEvent.table_name == "milestone").order_by(AuditEvent.seq).limit(1)
        redact(writing_by(session, ACTOR, noon(DAY)), session.execute(first).scalar_one(), ["title"], "Private.")
    with database.reading() as session:
        found = verify_register(session, no_step)
        files = files_in(make_pack(reading_of(session, DAY), "T-001", Anchoring(), no_step))
    database.close()
    assert found.problems == ()
    forms = [json.loads(line)["format"] for line in files["history.jsonl"].splitlines()]
    written_now = forms.index("planner-event/2")
    assert set(forms[:written_now]) == {"planner-event/1"}
    assert set(forms[written_now:]) == {"planner-event/2"}
    assert checked(files, tmp_path / "pack").problems == []
    mixed = files["history.jsonl"].replace(b"planner-event/1", b"planner-event/2", 1)
    problems = checked(redone({**files, "history.jsonl": mixed}), tmp_path / "mixed").problems
    assert any("(missing: write)" in problem for problem in problems)
