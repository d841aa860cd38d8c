"""What somebody does to a pack is found and named: with the manifest as it was, and with one that goes with it."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.evidence import verify
from planner.evidence.anchor import Anchoring
from planner.evidence.verify import canonical, leaf_of
from planner.integrity.checkpoints import Checkpoint
from planner.integrity.keys import PrivateKey
from planner.integrity.merkle import inclusion_proofs
from planner.integrity.notes import sign
from tests.evidence.packs import checked, edited, files_in, pack, redone

ALL = (*verify.FILES, verify.KEY_FILE, verify.MANIFEST, verify.SIGNATURE)


def rows_of(document, table):
    return [row for row in document["rows"] if row["table"] == table]


def told(files, tmp_path, name="pack", key=None):
    """The problems that are found."""
    return checked(files, tmp_path / name, key).problems


@pytest.mark.parametrize("name", ALL)
def test_a_byte_of_any_file(files, tmp_path, name):
    content = files[name]
    for at in {len(content) // 3, len(content) - 1}:
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        problems = told({**files, name: changed}, tmp_path, str(at))
        assert any(name in problem or name == verify.MANIFEST for problem in problems), problems


@pytest.mark.parametrize("name", ALL)
def test_a_file_that_is_missing(files, tmp_path, name):
    left = {other: content for other, content in files.items() if other != name}
    if name == verify.SIGNATURE:
        assert not checked(left, tmp_path / "left").sealed
        return
    assert any(name in problem for problem in told(left, tmp_path, "left"))
    if name not in (verify.MANIFEST, verify.KEY_FILE):
        assert f"{name}: it is missing" in told(redone(left), tmp_path, "redone")


def event_with(files, change, action="report"):
    """The files with the last event of a sort changed; its line, and its number."""
    lines = files["history.jsonl"].split(b"\n")
    at = max(at for at, line in enumerate(lines) if f'"action":"{action}"'.encode() in line)
    event = json.loads(lines[at])
    change(event)
    lines[at] = canonical(event)
    return {**files, "history.jsonl": b"\n".join(lines)}, lines[at], event["seq"]


def test_an_event(files, tmp_path):
    changed, line, seq = event_with(files, lambda event: event.update(actor="mallory"))
    assert f"event {seq}: its bytes do not have the leaf that proofs.json names" in told(redone(changed), tmp_path)

    def with_leaf(document):
        next(one for one in document["events"] if one["seq"] == seq)["leaf"] = leaf_of(line).hex()

    hashed = edited(changed, "proofs.json", with_leaf)
    assert f"event {seq}: its proof does not lead to the root of the checkpoint" in told(hashed, tmp_path, "hashed")
    formed = files["history.jsonl"].replace(b'{"action"', b'{ "action"', 1)
    assert any(
        "are not an event" in one for one in told(redone({**files, "history.jsonl": formed}), tmp_path, "formed")
    )


def test_an_event_that_is_left_out(files, tmp_path):
    lines = files["history.jsonl"].split(b"\n")
    at = next(at for at, line in enumerate(lines) if b'"before":{' in line)
    edit = json.loads(lines[at])
    without = {**files, "history.jsonl": b"\n".join([*lines[:at], *lines[at + 1 :]])}
    assert f"event {edit['seq']}: proofs.json names it, and history.jsonl does not have it" in told(
        redone(without), tmp_path, "kept"
    )

    def unlisted(document):
        document["events"] = [one for one in document["events"] if one["seq"] != edit["seq"]]

    problems = told(edited(without, "proofs.json", unlisted), tmp_path, "unlisted")
    assert any(f"measure {edit['row']} is not what its last event says" in one for one in problems)
    first = next(at for at, line in enumerate(lines) if json.loads(line)["table"] == "measure")
    added = json.loads(lines[first])["seq"]
    without = {**files, "history.jsonl": b"\n".join([*lines[:first], *lines[first + 1 :]])}

    def added_unlisted(document):
        document["events"] = [one for one in document["events"] if one["seq"] != added]

    problems = told(edited(without, "proofs.json", added_unlisted), tmp_path, "added")
    assert f"event {edit['seq']}: an earlier event of measure {edit['row']} is not in the pack" in problems


def test_an_event_s_bytes_may_only_be_missing_of_an_attached_copy(files, tmp_path):
    lines = files["history.jsonl"].removesuffix(b"\n").split(b"\n")
    last = json.loads(lines[-1])

    def withheld(document):
        next(one for one in document["events"] if one["seq"] == last["seq"])["state"] = "withheld"

    problems = told(edited(files, "proofs.json", withheld), tmp_path, "both")
    assert f"event {last['seq']}: its bytes do not have the leaf that proofs.json names" in problems
    changed = {**files, "history.jsonl": b"\n".join([*lines[:-1], b""])}
    problems = told(edited(changed, "proofs.json", withheld), tmp_path)
    assert any(f"{last['table']} {last['row']} is not what its last event says" in one for one in problems)
    assert any("only an event of an attached copy may be withheld" in one for one in problems)


def test_what_readers_of_the_same_file_could_read_otherwise(files, tmp_path):
    """A key named twice, a proof listed twice, an event without its line end."""
    twice = files["item.json"].replace(b'\n "item":', b'\n "item": "T-001",\n "item":', 1)
    problems = told(redone({**files, "item.json": twice}), tmp_path, "key")
    assert problems == ["item.json: it is not in the form that the program writes"]
    listed = edited(files, "proofs.json", lambda document: document["events"].append(document["events"][-1]))
    assert told(listed, tmp_path, "proof") == [
        "history.jsonl, proofs.json: they are not in the form that the program writes"
    ]
    cut = redone({**files, "history.jsonl": files["history.jsonl"].removesuffix(b"\n")})
    assert "history.jsonl, proofs.json: they are not in the form that the program writes" in told(cut, tmp_path, "cut")


def test_events_out_of_order(files, tmp_path):
    one, other, *rest = files["history.jsonl"].split(b"\n")
    swapped = redone({**files, "history.jsonl": b"\n".join([other, one, *rest])})
    assert "event 1: it is out of order" in told(swapped, tmp_path)


def test_proofs_that_changed_places(files, tmp_path):
    def swap(document):
        one, other = document["events"][3], document["events"][4]
        one["proof"], other["proof"] = other["proof"], one["proof"]

    problems = told(edited(files, "proofs.json", swap), tmp_path)
    assert len([one for one in problems if "its proof does not lead to the root" in one]) == 2

    def cut(document):
        document["events"][3]["proof"].pop()

    assert any("its proof does not lead" in one for one in told(edited(files, "proofs.json", cut), tmp_path, "cut"))

    def unproven(document):
        document["events"][3]["proof"] = None

    assert any("does not lead" in one for one in told(edited(files, "proofs.json", unproven), tmp_path, "none"))


def test_another_checkpoint(history, files, tmp_path):
    early = redone({**files, "checkpoint.txt": history.kept.note.encoded})
    problems = told(early, tmp_path, "early")
    assert "checkpoint.txt: it is not the checkpoint that the proofs in proofs.json are for" in problems
    reworded = files["checkpoint.txt"].replace(b"\n171\n", b"\n172\n").replace(b"\n170\n", b"\n171\n")
    assert reworded != files["checkpoint.txt"]
    problems = told(redone({**files, "checkpoint.txt": reworded}), tmp_path, "reworded")
    assert any("its signature is not that of the key in this pack" in one for one in problems)
    made = Checkpoint("planner/register/0123456789abcdef", 170, bytes(32))
    foreign = redone({**files, "checkpoint.txt": sign(made.text, history.key).encoded})
    problems = told(foreign, tmp_path, "foreign")
    assert any("it was made of the log planner/register/0123456789abcdef" in one for one in problems)
    assert any("it is signed with a key for" in one for one in problems)


def test_another_key(history, files, tmp_path):
    other = PrivateKey.new(history.key.name)
    swapped = redone({**files, "key.pub": f"{other.public.text}\n".encode()})
    problems = told(swapped, tmp_path)
    assert any("it has no signature of the key in this pack" in one for one in problems)
    proofs = json.loads(files["proofs.json"])
    made = Checkpoint(proofs["origin"], proofs["size"], bytes.fromhex(proofs["root"]))
    signed = redone({**swapped, "checkpoint.txt": sign(made.text, other).encoded})
    assert told(signed, tmp_path, "signed") == []
    problems = told(signed, tmp_path, "given", history.key.public)
    assert "key.pub: it is not the public key you gave" in problems
    assert any("it has no signature of the key you gave" in one for one in problems)
    damaged = redone({**files, "key.pub": b"planner/register/x+00000000+AAAA\n"})
    assert any("key.pub: this cannot be read" in one for one in told(damaged, tmp_path, "damaged"))


@pytest.mark.parametrize(
    ("name", "table", "column", "value"),
    [
        ("item.json", "item", "title", "Close the reading room"),
        ("item.json", "status_update", "percent", 100),
        ("item.json", "item", "weight", True),
        ("item.json", "date_change", "reason", "No reason."),
        ("item.json", "milestone", "baseline_date", "2020-06-30"),
        ("links.json", "link", "coverage", "partial"),
        ("links.json", "link_review", "decision", "accepted"),
        ("clauses.json", "clause", "restatement", "Reading rooms are closed."),
        ("crosswalk.json", "crosswalk_row", "relation", "equal-to"),
        ("citations.json", "citation", "quoted_sha256", "0" * 64),
        ("citations.json", "attached_span", "match", "exact"),
    ],
)
def test_a_fact(files, tmp_path, name, table, column, value):
    def change(document):
        next(row for row in rows_of(document, table) if repr(row["values"][column]) != repr(value))["values"][
            column
        ] = value

    problems = told(edited(files, name, change), tmp_path)
    assert any(f"{name}: {table} " in one and f"not what its last event says: {column}" in one for one in problems)


def test_a_row_that_is_left_out_or_there_twice(files, tmp_path):
    def leave_out(document):
        document["rows"].remove(rows_of(document, "link_review")[0])

    assert any("no file has it" in one for one in told(edited(files, "links.json", leave_out), tmp_path, "out"))

    def repeat(document):
        document["rows"].append(rows_of(document, "link")[0])

    assert any("in the pack twice" in one for one in told(edited(files, "links.json", repeat), tmp_path, "twice"))

    def invent(document):
        document["rows"].append({"table": "link", "row": 999, "event": 3, "values": {}})

    assert any("link 999 is not what" in one for one in told(edited(files, "links.json", invent), tmp_path, "invented"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("item", "T-001"),
        ("plan", "harbour-2021"),
        ("simulated", True),
        ("time_zone", "UTC"),
    ],
)
def test_what_the_pack_says_it_is_of(files, tmp_path, field, value):
    problems = told(edited(files, "item.json", lambda document: document.update({field: value})), tmp_path)
    assert [one for one in problems if one.startswith("item.json")]


def test_a_quote(files, tmp_path):
    def change(document):
        document["quotes"][0]["text"] += " Or not."

    problems = told(edited(files, "citations.json", change), tmp_path)
    assert any("is not the text that was cited" in one for one in problems)

    def leave_out(document):
        document["quotes"].pop()

    problems = told(edited(files, "citations.json", leave_out), tmp_path, "left-out")
    assert any("not one quote for each place" in one for one in problems)
    differing = json.loads(files["statement.json"])["passages"][0]

    def call_exact(document):
        document["quotes"] = sorted([*document["quotes"], differing], key=lambda quote: quote["span"])

    problems = told(edited(files, "citations.json", call_exact), tmp_path, "called")
    assert any("not one quote for each place" in one for one in problems)


def test_a_fingerprint(history, files, tmp_path):
    """Who holds the register's key can sign any log: the words and their fingerprint still have to go together."""
    changed, _, seq = event_with(files, lambda event: event["after"].update(restatement="Shut them."), action="seed")
    lines = changed["history.jsonl"].removesuffix(b"\n").split(b"\n")
    leaves = {json.loads(line)["seq"]: leaf_of(line) for line in lines}
    size = max(leaves)
    root, proofs = inclusion_proofs([leaves.get(at + 1, bytes(32)) for at in range(size)], range(size))

    def resign(document):
        document.update(root=root.hex(), size=size)
        for one in document["events"]:
            one.update(
                proof=[node.hex() for node in proofs[one["seq"] - 1]], leaf=leaves.get(one["seq"], bytes(32)).hex()
            )

    origin = json.loads(files["proofs.json"])["origin"]
    note = sign(Checkpoint(origin, size, root).text, history.key).encoded
    signed = edited({**changed, "checkpoint.txt": note}, "proofs.json", resign)

    def say(document):
        rows_of(document, "measure")[0]["values"]["restatement"] = "Shut them."

    problems = told(edited(signed, "item.json", say), tmp_path)
    assert [one for one in problems if "does not name the event before it" not in one] == [
        f"measure {json.loads(lines[[json.loads(line)['seq'] for line in lines].index(seq)])['row']}:"
        " its fingerprint is not that of its words"
    ]


def test_without_a_signature_everything_can_be_made_up_and_that_is_said(history, tmp_path):
    files = files_in(pack(history, wanted=Anchoring()))
    made_up = base64.b64encode(bytes(32))
    other = b"\n".join([*files["checkpoint.txt"].split(b"\n")[:2], made_up, b"", b""])
    assert told(redone({**files, "checkpoint.txt": other}), tmp_path, "root")
    assert "could have made them up" in checked(files, tmp_path / "pack").verdict()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from([*verify.ROW_FILES, "proofs.json", "manifest.json", "history.jsonl"]), JSON, st.integers(0, 20))
def test_whatever_stands_in_a_file_it_is_told_and_ends_in_no_traceback(
    packed_folder, tmp_path_factory, name, content, place
):
    files = {file.name: file.read_bytes() for file in packed_folder.iterdir()}
    if name == "history.jsonl":
        odd = {**files, name: canonical(content) + b"\n"}
    elif place == 0:
        odd = {**files, name: verify.written(content)}
    else:
        document = json.loads(files[name])
        document[sorted(document)[place % len(document)]] = content
        odd = {**files, name: verify.written(document)}
    changed = redone(odd) if name != "manifest.json" else odd
    pack = verify.Pack(tmp_path_factory.mktemp("odd"))
    for file, stored in changed.items():
        (pack.place / file).write_bytes(stored)
    pack.check()
    assert next(verify.report(pack)) == pack.verdict()
    assert pack.problems or changed == redone(files) or name == "statement.json"


@pytest.mark.parametrize("content", [b"[]", b"{}", b"3", b'{"format":[],"sha256":{}}', b'{"format":"x","sha256":[]}'])
def test_a_manifest_of_another_form_is_said_in_plain_words(files, tmp_path, content):
    problems = told({**files, verify.MANIFEST: content + b"\n"}, tmp_path)
    assert "manifest.json: it does not name a format and the digests of the files" in problems


@pytest.mark.parametrize("name", ["item.json", "proofs.json", "history.jsonl", "statement.json"])
def test_no_file_of_another_form_names_an_error_of_the_program(files, tmp_path, name):
    problems = told(redone({**files, name: b"[]\n"}), tmp_path)
    other_form = "as something in it is missing or has another form"
    assert any(name in problem or other_form in problem for problem in problems)
    assert [problem for problem in problems if "Error" in problem] == []
