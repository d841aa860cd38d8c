"""What somebody without the register's key could do to a pack, and what whoever has the key then reads.

Each attacker is thorough: the manifest fits, and the signature that cannot be made is left out unless a test says so.
"""

import json
import os
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from planner.evidence import verify
from planner.evidence.logged import references
from planner.evidence.verify import DOES_NOT_HOLD, HOLDS, NOT_ALL_PROVEN, written
from planner.integrity.keys import PrivateKey
from planner.integrity.notes import sign
from tests.evidence.packs import Files, History, checked, edited, files_in, pack, redone, unpacked

Change = Callable[[Any], object]


@pytest.fixture(scope="module")
def other(history: History) -> Files:
    """A pack on another item, proven against the same checkpoint."""
    return files_in(pack(history, "T-001"))


def rows_of(document: Any, table: str) -> list[dict[str, Any]]:
    return [row for row in document["rows"] if row["table"] == table]


def outcome(history: History, files: Files, tmp_path: Path) -> tuple[int, list[str], list[str]]:
    """The exit code, the problems and what is not proven, as whoever has the public key sees them."""
    found = checked(files, tmp_path.with_name(tmp_path.name + "-attacked"), history.key.public)
    return found.outcome()[0], found.problems, found.not_checked


def test_untouched_it_holds(history: History, files: Files, tmp_path: Path) -> None:
    code, problems, unproven = outcome(history, files, tmp_path)
    assert (code, problems) == (HOLDS, [])
    assert [line.partition(" of attached")[0] for line in unproven] == ["What 5 events"]


def test_without_its_signature_it_holds_in_part_and_what_is_not_covered_is_named(
    history: History, files: Files, tmp_path: Path
) -> None:
    code, problems, unproven = outcome(history, redone(files), tmp_path)
    assert (code, problems) == (NOT_ALL_PROVEN, [])
    assert any(line.startswith("statement.json") and "anybody could have changed it" in line for line in unproven)


def unknown_field(document: Any) -> None:
    document["note"] = "Approved."


def unknown_row_field(document: Any) -> None:
    document["rows"][0]["approved"] = True


def extra_value(document: Any) -> None:
    document["rows"][0]["values"]["approved"] = True


def extra_row(document: Any) -> None:
    document["rows"].append({"table": "withdrawal", "row": 999, "event": 3, "values": {}})


def rows_swapped(document: Any) -> None:
    document["rows"][0], document["rows"][1] = document["rows"][1], document["rows"][0]


def upper_case(document: Any) -> None:
    one = next(one for one in document["events"] if one["state"] == "withheld")
    one["leaf"] = one["leaf"].upper()


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("item.json", unknown_field, "unknown: note"),
        ("proofs.json", unknown_field, "unknown: note"),
        ("statement.json", unknown_field, "unknown: note"),
        ("links.json", unknown_row_field, "unknown: approved"),
        ("crosswalk.json", extra_value, "is not what its last event says: approved"),
        ("item.json", extra_row, "withdrawal 999 is not what its last event says"),
        ("clauses.json", rows_swapped, "its rows are out of order"),
        ("proofs.json", upper_case, "is not what it should be"),
        ("item.json", lambda document: document.update(item="T-001"), "the code is not the item's"),
        ("statement.json", lambda document: document.update(as_of="4 May"), "statement.json.as_of is not"),
        ("statement.json", lambda document: document.update(as_of=None), "statement.json.as_of is not"),
        ("statement.json", lambda document: document.update(log_events=3), "had fewer events than the pack proves"),
        (
            "statement.json",
            lambda document: document.update(known_at="2020-02-01T00:00:00.000000Z"),
            "after the instant up to which it claims to know",
        ),
        ("statement.json", lambda document: document["copies"].pop(), "does not list the attached copies"),
        ("statement.json", lambda document: document["passages"].pop(), "not one passage for each other place"),
    ],
)
def test_a_json_file_that_says_more_or_something_else(
    history: History, files: Files, tmp_path: Path, name: str, change: Change, said: str
) -> None:
    code, problems, _ = outcome(history, edited(files, name, change), tmp_path)
    assert code == DOES_NOT_HOLD
    assert any(said in problem for problem in problems), problems


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(as_of="2020-12-31"),
        lambda document: document["computed"].update(schedule="on_track", contradiction=False),
        lambda document: document["copies"][0].update(file_name="official.pdf"),
        lambda document: document["passages"][0].update(text="Runs nothing."),
    ],
)
def test_what_no_event_proves_is_covered_by_the_signature_and_never_holds_without_it(
    history: History, files: Files, tmp_path: Path, change: Change
) -> None:
    changed = edited(files, "statement.json", change)
    code, _, unproven = outcome(history, changed, tmp_path)
    assert code != HOLDS
    assert any(line.startswith("statement.json") for line in unproven)
    signed = {**changed, verify.SIGNATURE: files[verify.SIGNATURE]}
    code, problems, _ = outcome(history, signed, tmp_path / "signed")
    assert code == DOES_NOT_HOLD
    assert "signature.txt: it was not made of this pack" in problems


@pytest.mark.parametrize(
    ("table", "source", "target"),
    [("link_review", "links.json", "item.json"), ("item", "item.json", "clauses.json")],
)
def test_a_row_that_is_moved_to_another_file(
    history: History, files: Files, tmp_path: Path, table: str, source: str, target: str
) -> None:
    moved = rows_of(json.loads(files[source]), table)
    without = edited(files, source, lambda document: [document["rows"].remove(row) for row in moved])

    def put(document: Any) -> None:
        document["rows"] = sorted([*document["rows"], *moved], key=lambda row: (row["table"], row["row"]))

    code, problems, _ = outcome(history, edited(without, target, put), tmp_path)
    assert (code, problems) == (
        DOES_NOT_HOLD,
        [f"{target}: rows of {table} do not belong into this file"] * len(moved),
    )


def without_event(files: Files, table: str, *, state: str | None) -> tuple[Files, int]:
    """The files without a row and its event's bytes; its proof says another state, or is taken out too."""
    lines = files["history.jsonl"].splitlines(keepends=True)
    event = next(one for one in map(json.loads, reversed(lines)) if one["table"] == table)
    kept = b"".join(line for line in lines if json.loads(line)["seq"] != event["seq"])
    name = next(name for name, tables in verify.TABLES.items() if table in tables)

    def hide_row(document: Any) -> None:
        document["rows"] = [row for row in document["rows"] if row["event"] != event["seq"]]

    def hide_event(document: Any) -> None:
        if state is None:
            document["events"] = [one for one in document["events"] if one["seq"] != event["seq"]]
        else:
            next(one for one in document["events"] if one["seq"] == event["seq"])["state"] = state

    hidden = edited({**files, "history.jsonl": kept}, name, hide_row)
    return edited(hidden, "proofs.json", hide_event), event["seq"]


def test_an_event_that_is_marked_withheld_to_hide_it(history: History, files: Files, tmp_path: Path) -> None:
    hidden, _ = without_event(files, "status_update", state="withheld")
    code, problems, _ = outcome(history, hidden, tmp_path)
    assert code == DOES_NOT_HOLD
    assert any("only an event of an attached copy may be withheld" in problem for problem in problems)


def test_a_state_that_no_event_has(history: History, files: Files, tmp_path: Path) -> None:
    hidden, _ = without_event(files, "status_update", state="lost")
    code, problems, _ = outcome(history, hidden, tmp_path)
    assert code == DOES_NOT_HOLD
    assert any(problem.endswith("is not what it should be") for problem in problems)


@pytest.mark.parametrize("table", ["measure", "organisation", "citation", "indicator"])
def test_a_fact_that_others_refer_to_is_missing(history: History, files: Files, tmp_path: Path, table: str) -> None:
    missing = {row["row"] for row in rows_of(json.loads(files[_file_of(table)]), table)}
    seqs = {event["seq"] for event in map(json.loads, files["history.jsonl"].splitlines()) if event["table"] == table}
    lines = files["history.jsonl"].splitlines(keepends=True)
    left = {**files, "history.jsonl": b"".join(line for line in lines if json.loads(line)["table"] != table)}
    left = edited(left, _file_of(table), lambda document: _keep(document, "rows", lambda row: row["table"] != table))
    left = edited(left, "proofs.json", lambda document: _keep(document, "events", lambda one: one["seq"] not in seqs))
    code, problems, _ = outcome(history, left, tmp_path)
    assert code == DOES_NOT_HOLD
    assert {f"{table} {row}: other rows refer to it, and no file has it" for row in missing} & set(problems)


def _file_of(table: str) -> str:
    return next(name for name, tables in verify.TABLES.items() if table in tables)


def _keep(document: Any, field: str, wanted: Callable[[Any], bool]) -> None:
    document[field] = [one for one in document[field] if wanted(one)]


def mixed(files: Files, other: Files, tables: set[str]) -> Files:
    """The files and, from another pack on the same log, the rows of some tables with their events and proofs."""
    made = dict(files)
    extra = [line for line in other["history.jsonl"].splitlines() if json.loads(line)["table"] in tables]
    lines = {json.loads(line)["seq"]: line for line in [*files["history.jsonl"].splitlines(), *extra]}
    made["history.jsonl"] = b"".join(lines[seq] + b"\n" for seq in sorted(lines))
    for name in verify.ROW_FILES:
        document, more = json.loads(files[name]), json.loads(other[name])
        rows = {(row["table"], row["row"]): row for row in document["rows"]}
        rows |= {(row["table"], row["row"]): row for row in more["rows"] if row["table"] in tables}
        made[name] = written({**document, "rows": [rows[place] for place in sorted(rows)]})
    proofs = json.loads(files["proofs.json"])
    listed = {one["seq"]: one for one in [*json.loads(other["proofs.json"])["events"], *proofs["events"]]}
    kept = set(lines) | {one["seq"] for one in proofs["events"]}
    made["proofs.json"] = written({**proofs, "events": [listed[seq] for seq in sorted(kept)]})
    return redone(made)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"milestone"}, "other rows refer to it, and no file has it"),
        ({"milestone", "item", "indicator", "responsibility"}, "it does not belong to the item P-002"),
        ({"measure"}, "it does not belong to the item P-002"),
    ],
)
def test_facts_of_another_item_though_proven_to_be_in_the_same_log(
    history: History, files: Files, other: Files, tmp_path: Path, tables: set[str], said: str
) -> None:
    code, problems, _ = outcome(history, mixed(files, other, tables), tmp_path)
    assert code == DOES_NOT_HOLD
    assert any(said in problem for problem in problems), problems


def test_a_pack_on_one_item_with_pages_and_statement_of_another(
    history: History, files: Files, other: Files, tmp_path: Path
) -> None:
    swapped = redone({**files, verify.STATEMENT: other[verify.STATEMENT]})
    assert outcome(history, swapped, tmp_path)[0] == DOES_NOT_HOLD
    signed = {**files, verify.SIGNATURE: other[verify.SIGNATURE]}
    code, problems, _ = outcome(history, signed, tmp_path / "signed")
    assert (code, problems) == (DOES_NOT_HOLD, ["signature.txt: it was not made of this pack"])


def test_a_signature_with_another_key_or_with_one_more(history: History, files: Files, tmp_path: Path) -> None:
    stranger = PrivateKey.new(history.key.name)
    plain = redone(files)
    text = verify.statement_to_sign(history.key.name, plain[verify.MANIFEST])
    forged = {**plain, verify.SIGNATURE: sign(text, stranger).encoded}
    fault = "signature.txt: it is not a signature of the key alone that the pack is checked with"
    assert outcome(history, forged, tmp_path)[1] == [fault]
    text = verify.statement_to_sign(history.key.name, files[verify.MANIFEST])
    line = sign(text, stranger).encoded.rpartition(b"\n\n")[2]
    twice = {**files, verify.SIGNATURE: files[verify.SIGNATURE] + line}
    assert outcome(history, twice, tmp_path / "twice")[1] == [fault]


def test_a_pack_made_up_with_a_key_of_one_s_own_is_not_called_proven(
    history: History, files: Files, tmp_path: Path
) -> None:
    """Who does not give the key they trust learns that anybody could have made the pack."""
    stranger = PrivateKey.new(history.key.name)
    made = verify.Checkpoint(files[verify.CHECKPOINT])
    own = redone(
        {
            **files,
            verify.KEY_FILE: f"{stranger.public.text}\n".encode(),
            "checkpoint.txt": sign(made.text, stranger).encoded,
        }
    )
    own[verify.SIGNATURE] = sign(verify.statement_to_sign(made.origin, own[verify.MANIFEST]), stranger).encoded
    found = checked(own, tmp_path / "own")
    assert (found.problems, found.outcome()[0]) == ([], NOT_ALL_PROVEN)
    assert "Anybody can make a pack with a key of their own" in found.verdict()
    assert outcome(history, own, tmp_path)[0] == DOES_NOT_HOLD


def test_another_verifier_is_reported_and_covered_by_the_signature(
    history: History, files: Files, tmp_path: Path
) -> None:
    changed = redone({**files, verify.VERIFIER: b"print('Holds')\n"})
    code, _, unproven = outcome(history, changed, tmp_path)
    assert code == NOT_ALL_PROVEN
    assert any(line.startswith("verify.py in the pack: it is not the program") for line in unproven)
    signed = {**changed, verify.SIGNATURE: files[verify.SIGNATURE]}
    assert outcome(history, signed, tmp_path / "signed")[0] == DOES_NOT_HOLD


def test_files_that_are_not_the_pack_s(history: History, files: Files, tmp_path: Path) -> None:
    for name in ("notes.txt", "Item.json", "item.json "):
        code, problems, _ = outcome(history, {**files, name: b"More."}, tmp_path / name.strip())
        assert (code, problems) == (
            DOES_NOT_HOLD,
            [f"{name}: it is not a file of the pack, and nothing vouches for it"],
        )
        assert any(f"{name}" in one for one in outcome(history, redone({**files, name: b""}), tmp_path / f"{name}2")[1])


def test_what_is_no_plain_file(history: History, files: Files, tmp_path: Path) -> None:
    folder = unpacked(files, tmp_path / "pack")
    (folder / "more").mkdir()
    (folder / "item.json").rename(tmp_path / "item.json")
    (folder / "item.json").symlink_to(tmp_path / "item.json")
    (folder / "links.json").unlink()
    os.mkfifo(folder / "links.json")
    (folder / "clauses.json").unlink()
    (folder / "clauses.json").symlink_to("/dev/zero")
    os.truncate(folder / "history.jsonl", verify.LARGEST_FILE + 1)
    (folder / "big.bin").touch()
    os.truncate(folder / "big.bin", 10**12)
    found = verify.Pack(folder)
    found.check()
    odd = "it is not a plain file, and nothing else belongs into a pack"
    assert found.problems == [
        f"clauses.json: {odd}",
        "history.jsonl: it is larger than 200,000,000 bytes, which no file of a pack is",
        f"item.json: {odd}",
        f"links.json: {odd}",
    ]
    for name in ("clauses.json", "history.jsonl", "item.json", "links.json"):
        (folder / name).unlink()
        (folder / name).write_bytes(files[name])
    again = verify.Pack(folder)
    again.check()
    extra = "it is not a file of the pack, and nothing vouches for it"
    assert again.problems == [f"big.bin: {extra}", f"more: {extra}"]


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        (["/dev/zero"], "'/dev/zero' is neither a pack nor a folder"),
        (["x" * 5_000], "x' cannot be opened: File name too long"),
        (["pipe"], "'pipe' is neither a pack nor a folder"),
        ([".", "--public-key", "large.pub"], "'large.pub' is no public key: it is larger than 200,000,000 bytes"),
        (["large.pub"], "Does not hold"),
    ],
)
def test_a_name_of_something_endless_or_odd(
    arguments: list[str],
    refused: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    Path("large.pub").touch()
    os.truncate("large.pub", verify.LARGEST_FILE + 1)
    try:
        code = verify.main(arguments)
    except SystemExit as error:
        code = int(error.code or 0)
    printed = capsys.readouterr()
    assert refused in printed.out + printed.err
    assert code == (DOES_NOT_HOLD if "Does not hold" in refused else 2)


# --- The archive ---


def rebuilt(content: bytes, change: Callable[[zipfile.ZipFile], object]) -> bytes:
    """An archive that somebody opened to add to it."""
    buffer = BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        change(archive)
    return buffer.getvalue()


def compressed(content: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as archive, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in archive.infolist():
            made.writestr(entry.filename, archive.read(entry))
    return buffer.getvalue()


def patched(content: bytes, at: int, form: str, value: int) -> bytes:
    return content[:at] + struct.pack(form, value) + content[at + struct.calcsize(form) :]


def comment(archive: zipfile.ZipFile) -> None:
    archive.comment = b"Approved."


def twin(content: bytes) -> bytes:
    """Two entries of one name, which no library for archives writes."""
    made = rebuilt(content, lambda one: one.writestr("evidence-P-002/item-json", "{}"))
    return made.replace(b"item-json", b"item.json")


ARCHIVES: dict[str, Callable[[bytes], bytes]] = {
    "a name twice": twin,
    "a path outside": lambda content: rebuilt(content, lambda one: one.writestr("evidence-P-002/../x", "x")),
    "an absolute path": lambda content: rebuilt(content, lambda one: one.writestr("/etc/x", "x")),
    "another folder": lambda content: rebuilt(content, lambda one: one.writestr("evidence-T-001/item.json", "x")),
    "another case": lambda content: rebuilt(content, lambda one: one.writestr("evidence-P-002/ITEM.json", "x")),
    "a directory": lambda content: rebuilt(content, lambda one: one.writestr("evidence-P-002/", "")),
    "a comment": lambda content: rebuilt(content, comment),
    "bytes after it": lambda content: content + b"more",
    "bytes before it": lambda content: b"#!/bin/sh\n" + content,
    "compressed": compressed,
    "encrypted": lambda content: patched(content, 6, "<H", 1),
    "another time": lambda content: patched(content, 10, "<H", 1),
    "two names of one entry": lambda content: b"P-002/evil.json".join(content.rsplit(b"P-002/item.json", 1)),
    "bytes between entries": lambda content: content.replace(b"PK\x01\x02", b"gap!PK\x01\x02", 1),
    "cut off": lambda content: content[:-1],
    "empty": lambda content: b"",
}


@pytest.mark.parametrize("attack", ARCHIVES)
def test_an_archive_that_different_programs_could_unpack_differently(
    history: History, files: Files, tmp_path: Path, attack: str
) -> None:
    content = verify.archived("evidence-P-002", files)
    file = tmp_path / "pack.zip"
    file.write_bytes(content)
    found = verify.Pack(file, verify.Key(history.key.public.text))
    assert (found.check(), found.outcome()[0]) == (True, HOLDS)
    file.write_bytes(ARCHIVES[attack](content))
    found = verify.Pack(file, verify.Key(history.key.public.text))
    assert (found.check(), found.outcome()[0], len(found.problems)) == (False, DOES_NOT_HOLD, 1)
    assert found.problems[0].startswith("the files: this cannot be read as it should")


def test_an_archive_in_a_folder_of_another_name(history: History, files: Files, tmp_path: Path) -> None:
    file = tmp_path / "pack.zip"
    file.write_bytes(verify.archived("evidence-T-001", files))
    found = verify.Pack(file)
    found.check()
    assert found.problems == ["the archive: its folder is named evidence-T-001, which is not the item's"]


def test_a_pack_of_another_version_names_the_program_to_use(history: History, files: Files, tmp_path: Path) -> None:
    manifest = json.loads(files[verify.MANIFEST])
    earlier = {**files, verify.MANIFEST: written({**manifest, "format": "planner-evidence/1"})}
    code, problems, _ = outcome(history, earlier, tmp_path)
    assert code == DOES_NOT_HOLD
    assert "this pack is planner-evidence/1, and this program checks planner-evidence/3" in problems[0]


def test_the_verifier_knows_the_tables_as_the_models_have_them() -> None:
    assert set(verify.REFERENCES) <= {table for tables in verify.TABLES.values() for table in tables}
    for table in (table for tables in verify.TABLES.values() for table in tables):
        known = {name: target for name, target in references(table).items() if target != "attachment"}
        if table == "finding_side":
            known = {"finding_id": "text_finding"}
        assert verify.REFERENCES.get(table, {}) == known
