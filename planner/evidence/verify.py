"""Checks a pack of evidence. Needs Python 3.8 or later and nothing else: no network, no library, no register.

    python3 verify.py [FOLDER] [--public-key KEY] [--history]

It recomputes every hash from the bytes in the pack, says in words what holds, what does not and what was not checked,
and ends with 0 where nothing is wrong and 1 where anything is. The forms of the files: docs/evidence.md and
docs/audit-log.md of the program planner. Hashes: SHA-256; proofs: RFC 6962 and RFC 9162; signatures: Ed25519, RFC 8032.

It is one file, however long, because it is handed on as one.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FORMAT = "planner-evidence/1"
EVENT_FORMATS = ("planner-event/1", "planner-event/2")
ROW_FILES = ("item.json", "links.json", "clauses.json", "crosswalk.json", "citations.json")
FILES = (*ROW_FILES, "history.jsonl", "proofs.json", "checkpoint.txt", "index.html", "not-proven.html", "verify.py")
MANIFEST, KEY_FILE = "manifest.json", "key.pub"
# Of this table alone the events' bytes may be missing.
WITHHELD_TABLE = "attachment"

# What no pack can prove.
NEVER_PROVEN = (
    "Whether what people recorded is true, and whether who wrote was who they said.",
    "Whether the log holds more about this item: a proof shows that an event is in it, not that none was left out.",
    "How the item stood by the rules ('computed' in item.json), and whether index.html says what the other files say:"
    " --history prints the events themselves.",
    "Whether this program is the one it says it is: take verify.py from a copy of planner that you trust.",
)


# --- Ed25519 (RFC 8032, 5.1), only to verify: plain arithmetic, and nothing in it is secret ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
# A point in extended coordinates is (X, Y, Z, T), with x = X/Z, y = Y/Z, xy = T/Z.
NEUTRAL = (0, 1, 1, 0)


def added(one: Sequence[int], other: Sequence[int]) -> Sequence[int]:
    """The sum of two points."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Sequence[int]) -> Sequence[int]:
    """A point, so many times."""
    result: Sequence[int] = NEUTRAL
    while number:
        if number & 1:
            result = added(result, point)
        point, number = added(point, point), number >> 1
    return result


def point_of(encoded: bytes) -> Sequence[int] | None:
    """The point that 32 bytes stand for; None where they stand for none."""
    number = int.from_bytes(encoded, "little")
    odd, y = number >> 255, number & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


def signature_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature of 64 bytes is that of a public key of 32 bytes on a message."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, random, base = point_of(key), point_of(signature[:32]), point_of(bytes([88] + [102] * 31))
    number = int.from_bytes(signature[32:], "little")
    if public is None or random is None or base is None or number >= ORDER:
        return False
    digest = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    one, other = times(number, base), added(random, times(digest, public))
    return not ((one[0] * other[2] - other[0] * one[2]) % P or (one[1] * other[2] - other[1] * one[2]) % P)


# --- Hashes, proofs, forms ---


def leaf_of(body: bytes) -> bytes:
    """The leaf of an event's bytes (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + body).digest()


def proven_root(leaf: bytes, index: int, size: int, proof: Iterable[bytes]) -> bytes | None:
    """The root that a leaf at an index of a tree of that size leads to by a proof (RFC 9162, 2.1.3.2); else None."""
    place, last, node = index, size - 1, leaf
    if not 0 <= index < size:
        return None
    for beside in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            node = hashlib.sha256(b"\x01" + beside + node).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\x01" + node + beside).digest()
        place, last = place >> 1, last >> 1
    return node if last == 0 else None


def canonical(value: Any) -> bytes:
    """The one form of JSON that events have and fingerprints are taken of."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def written(document: Any) -> bytes:
    """The one form of the pack's own JSON files: no key twice, nothing between the lines."""
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()


def fingerprint(kind: str, fields: dict[str, Any]) -> str:
    """The fingerprint of something of a kind."""
    return hashlib.sha256(canonical({"kind": kind, "fields": composed(fields)})).hexdigest()


def composed(value: Any) -> Any:
    """All text in a value in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    return {name: composed(part) for name, part in value.items()} if isinstance(value, dict) else value


def text_digest(text: str) -> str:
    """The digest of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def normal_form(text: str) -> str:
    """A text without white space and what only steers layout."""
    kept = (one for one in unicodedata.normalize("NFC", text) if not one.isspace())
    return "".join(one for one in kept if unicodedata.category(one) not in ("Cf", "Cc"))


def shown(text: Any) -> str:
    """Text that cannot do anything to a terminal."""
    return "".join(one if one.isprintable() else f"[U+{ord(one):04X}]" for one in str(text))


def counted(number: int, noun: str) -> str:
    """A number of things in words."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# --- Keys and checkpoints: https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint ---


class Key:
    """A public key as one line: name+id+base64(0x01 and the key's 32 bytes). Raises ValueError."""

    def __init__(self, line: str) -> None:
        self.line = line.strip()
        self.name, number, encoded = self.line.split("+", 2)
        kind_and_key = base64.b64decode(encoded, validate=True)
        self.key, self.id = kind_and_key[1:], bytes.fromhex(number)
        own = hashlib.sha256(self.name.encode() + b"\n" + kind_and_key).digest()[:4]
        if kind_and_key[:1] != b"\x01" or len(self.key) != 32 or self.id != own:
            raise ValueError("its parts do not belong together")


class Checkpoint:
    """Whose log it is, how many events it has, the root over them, and the signatures on that. Raises ValueError."""

    def __init__(self, content: bytes) -> None:
        text, _, signatures = content.decode("utf-8").rpartition("\n\n")
        self.text = f"{text}\n".encode()
        self.origin, size, root = text.split("\n")[:3]
        self.size, self.root = int(size), base64.b64decode(root, validate=True)
        self.signatures = [self._signature(line) for line in signatures.splitlines()]

    def _signature(self, line: str) -> tuple[str, bytes]:
        dash, name, encoded = line.split(" ")
        if dash != "\u2014":
            raise ValueError("a signature line cannot be read")
        return name, base64.b64decode(encoded, validate=True)

    def signed_by(self, key: Key) -> bool | None:
        """Whether the key's signature holds; None where there is none of it."""
        own = [one[4:] for name, one in self.signatures if (name, one[:4]) == (key.name, key.id)]
        return all(signature_holds(key.key, self.text, one) for one in own) if own else None


# --- The pack ---


class Pack:
    """What is in a folder, and what checking it comes to: what holds, what is wrong, what was not checked."""

    def __init__(self, folder: Path, public_key: Key | None = None) -> None:
        self.folder, self.given = folder, public_key
        self.holds: list[str] = []
        self.problems: list[str] = []
        self.not_checked: list[str] = []
        self.files: dict[str, bytes] = {}
        self.documents: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.proofs: dict[int, dict[str, Any]] = {}
        self.rows: dict[tuple[str, int], dict[str, Any]] = {}
        self.signer: str | None = None
        self.anchored = 0

    def check(self) -> bool:
        """Check all there is to check, one thing after the other. Whether nothing is wrong."""
        for name, check in (
            ("the files", self.check_files),
            ("the JSON files", self.check_documents),
            ("checkpoint.txt", self.check_checkpoint),
            ("history.jsonl", self.check_events),
            ("the order of history.jsonl", self.check_order),
            ("proofs.json", self.check_inclusion),
            ("whose log it is", self.check_origin),
            ("the rows", self.check_rows),
            ("the edits", self.check_edits),
            ("item.json", self.check_item),
            ("the fingerprints", self.check_fingerprints),
            ("citations.json", self.check_quotes),
        ):
            before = len(self.problems)
            try:
                line = check()
            except Exception as error:  # whatever stands in a file, it is told as such and never ends in a traceback
                self.wrong(f"{name}: this cannot be read as it should ({type(error).__name__}: {error})")
                line = None
            if line and len(self.problems) == before:
                self.holds.append(line)
            if not self.files:
                break
        return not self.problems

    def wrong(self, what: str) -> None:
        """Note something that does not hold."""
        self.problems.append(what)

    def check_files(self) -> str:
        """The files are those of the manifest, each with its digest, and none is missing."""
        manifest = json.loads((self.folder / MANIFEST).read_bytes().decode("utf-8"))
        if (self.folder / MANIFEST).read_bytes() != written({"format": FORMAT, "sha256": manifest["sha256"]}):
            self.wrong(f"{MANIFEST}: it is not in the form that the program writes")
        names = [*FILES, KEY_FILE] if KEY_FILE in manifest["sha256"] else FILES
        for name in sorted({*manifest["sha256"]}.difference(names)):
            self.wrong(f"{MANIFEST}: it names {name}, which no pack has")
        for name in names:
            if not (self.folder / name).is_file():
                self.wrong(f"{name}: it is missing")
                continue
            self.files[name] = (self.folder / name).read_bytes()
            if hashlib.sha256(self.files[name]).hexdigest() != manifest["sha256"].get(name):
                self.wrong(f"{name}: it is not the file that the manifest names (its SHA-256 is another)")
        others = sorted(one.name for one in self.folder.iterdir() if one.name not in (*names, MANIFEST))
        if others:
            self.not_checked.append(f"Files that are not the pack's: {', '.join(others)}.")
        return f"Files: {counted(len(names), 'file')}, each with the digest in the manifest."

    def check_documents(self) -> None:
        """The JSON files are in their one form."""
        for name in (*ROW_FILES, "proofs.json"):
            self.documents[name] = json.loads(self.files[name].decode("utf-8"))
            one = self.documents[name]
            if written(one) != self.files[name] or (one["format"], one["file"]) != (FORMAT, name):
                self.wrong(f"{name}: it is not in the form that the program writes")

    def check_checkpoint(self) -> str | None:
        """The checkpoint can be read, and is signed with the key."""
        checkpoint = Checkpoint(self.files["checkpoint.txt"])
        own = Key(self.files[KEY_FILE].decode("utf-8")) if KEY_FILE in self.files else None
        if self.given and own and self.given.line != own.line:
            self.wrong(f"{KEY_FILE}: it is not the public key you gave")
        key, whose = (self.given, "you gave") if self.given else (own, "in this pack")
        if key is None:
            why = "there is no public key. Give it with --public-key." if checkpoint.signatures else "nobody did."
            self.not_checked.append(f"Who signed the checkpoint: {why}")
            self.not_checked.append("Whether checkpoint.txt is one that was kept out of reach: compare the bytes.")
            return None
        signed = checkpoint.signed_by(key)
        if not signed:
            fault = "it bears no signature of" if signed is None else "its signature is not that of"
            self.wrong(f"checkpoint.txt: {fault} the key {whose}: the checkpoint or the key is another")
            return None
        if key.name != checkpoint.origin:
            self.wrong(f"checkpoint.txt: it is signed with a key for {key.name}, which is another log")
        if not self.given:
            self.not_checked.append(f"Whose key {KEY_FILE} is: compare it with the one you had from elsewhere.")
        self.signer = whose
        return f"Signature: the checkpoint is signed with the key {whose}, {key.line}"

    def check_events(self) -> str:
        """Each event is in its one form, and its leaf is that of its bytes."""
        listed = self.documents["proofs.json"]["events"]
        self.proofs = {one["seq"]: one for one in listed}
        *lines, end = self.files["history.jsonl"].split(b"\n")
        self.events = [json.loads(line.decode("utf-8")) for line in lines]
        for line, event in ((line, self.events[at]) for at, line in enumerate(lines)):
            seq, listing = event["seq"], self.proofs.get(event["seq"])
            if canonical(event) != line or event["format"] not in EVENT_FORMATS:
                self.wrong(f"event {seq}: its bytes are not an event as the program writes one")
            if listing is None or listing["leaf"] != leaf_of(line).hex() or listing["withheld"]:
                self.wrong(f"event {seq}: its bytes do not have the leaf that proofs.json names")
        withheld = [seq for seq, one in self.proofs.items() if one["withheld"]]
        for seq in sorted(set(self.proofs).difference(withheld, (event["seq"] for event in self.events))):
            self.wrong(f"event {seq}: proofs.json names it, and history.jsonl does not have it")
        if end or len(listed) != len(self.proofs):
            self.wrong("history.jsonl, proofs.json: they are not in the form that the program writes")
        if withheld:
            self.not_checked.append(
                f"What {counted(len(withheld), 'event')} of attached copies say ({', '.join(map(str, withheld))}):"
                " their bytes hold whole documents and stay in the register."
            )
        return f"Events: the leaves of {counted(len(lines), 'event')}, computed from their bytes."

    def check_order(self) -> None:
        """Events stand in the order of the log, and name the event before where that is in the pack."""
        number, instant = 0, ""
        for event in self.events:
            seq, previous = event["seq"], event["previous"]
            before = self.proofs.get(seq - 1, {"leaf": previous})
            if before["leaf"] != previous or (seq == 1) != (previous is None):
                self.wrong(f"event {seq}: it does not name the event before it")
            if seq <= number or event["recorded_at"] < instant:
                self.wrong(f"event {seq}: it is out of order")
            number, instant = seq, event["recorded_at"]

    def check_inclusion(self) -> str:
        """Each event up to the checkpoint's size is in the log whose root the checkpoint names."""
        proofs, checkpoint = self.documents["proofs.json"], Checkpoint(self.files["checkpoint.txt"])
        named = (proofs["origin"], proofs["size"], proofs["root"])
        if named != (checkpoint.origin, checkpoint.size, checkpoint.root.hex()):
            self.wrong("checkpoint.txt: it is not the checkpoint that the proofs in proofs.json are for")
        after = [seq for seq, one in self.proofs.items() if seq > checkpoint.size and one["proof"] is None]
        for seq in set(self.proofs).difference(after):
            leaf, proof = bytes.fromhex(self.proofs[seq]["leaf"]), map(bytes.fromhex, self.proofs[seq]["proof"] or ())
            if proven_root(leaf, seq - 1, checkpoint.size, proof) == checkpoint.root:
                self.anchored += 1
            else:
                self.wrong(f"event {seq}: its proof does not lead to the root of the checkpoint")
        if after:
            self.not_checked.append(
                f"Whether the log holds {counted(len(after), 'event')} recorded after the checkpoint, as they are here"
                f" ({', '.join(map(str, sorted(after)))}): not anchored."
            )
        said = f"{self.anchored:,} of {counted(len(self.proofs), 'event')} are proven to be"
        return f"Inclusion: {said} in the log of {counted(checkpoint.size, 'event')} that the checkpoint names."

    def check_origin(self) -> None:
        """The checkpoint names the log by the leaf of its first event, and says whether it is a demonstration's."""
        checkpoint = Checkpoint(self.files["checkpoint.txt"])
        kinds = [event["after"]["kind"] for event in self.events if event["table"] == "installation"]
        own = f"planner/{kinds[0] if kinds else 'register'}/{self.proofs[1]['leaf'][:16]}"
        if checkpoint.origin != own:
            self.wrong(f"checkpoint.txt: it was made of the log {checkpoint.origin}, and this pack is of {own}")

    def check_rows(self) -> str:
        """What the files say of each row is what its last event says, and no row is missing."""
        last = {(event["table"], event["row"]): event for event in self.events}
        compared = 0
        for name in ROW_FILES:
            for row in self.documents[name]["rows"]:
                place = (row["table"], row["row"])
                if place in self.rows:
                    self.wrong(f"{name}: {place[0]} {place[1]} is in the pack twice")
                self.rows[place] = row["values"]
                if place[0] == WITHHELD_TABLE and self.proofs[row["event"]]["withheld"]:
                    continue
                compared += 1
                self.compare(name, row, last.get(place, {"seq": None, "after": {}}))
        for table, number in sorted(set(last).difference(self.rows)):
            self.wrong(f"{table} {number}: events tell of this row, and no file has it")
        return f"Rows: {counted(compared, 'row')}, each as its last event left it."

    def compare(self, name: str, row: dict[str, Any], event: dict[str, Any]) -> None:
        """Note where a row is not as an event left it."""
        values, after = row["values"], event["after"]
        shared = values.keys() & after.keys()
        same = {one for one in shared if canonical(values[one]) == canonical(after[one])}
        other = sorted({*values, *after}.difference(same))
        if other or row["event"] != event["seq"]:
            what = ", ".join(other) or "the number of the event"
            self.wrong(f"{name}: {row['table']} {row['row']} is not what its last event says: {what}")

    def check_edits(self) -> str:
        """Each row begins with nothing before it, and each edit where the event before it ended."""
        rows: dict[tuple[str, int], dict[str, Any]] = {}
        for event in self.events:
            place, begins = (event["table"], event["row"]), event["before"]
            had = rows.get(place)
            if (had is None) != (begins is None):
                self.wrong(f"event {event['seq']}: an earlier event of {place[0]} {place[1]} is not in the pack")
            elif had is not None and any(had[name] != begins[name] for name in had.keys() & begins.keys()):
                self.wrong(f"event {event['seq']}: the edit does not begin where the event before it ended")
            rows[place] = event["after"]
        edits = sum(event["before"] is not None for event in self.events)
        return f"Edits: {counted(edits, 'edit')}, each beginning where the event before it ended."

    def check_item(self) -> None:
        """The pack is of the item, the plan and the kind of data that it says."""
        about = self.documents["item.json"]
        items = [values for (table, _), values in self.rows.items() if table == "item"]
        plan = self.rows["plan", items[0]["plan_id"]]
        if [one["code"] for one in items] != [about["item"]] or plan["key"] != about["plan"]:
            self.wrong("item.json: its rows are not those of the item that it names")
        if plan["time_zone"] != about["time_zone"]:
            self.wrong("item.json: the time zone is not the plan's")
        demonstration = self.rows.get(("installation", 1), {}).get("kind") == "demonstration"
        for name in ROW_FILES:
            if self.documents[name]["simulated"] is not demonstration:
                self.wrong(f"{name}: it does not say rightly whether this data is simulated")
        if about["known_at"] and any(event["recorded_at"] > about["known_at"] for event in self.events):
            self.wrong("item.json: events were recorded after the instant up to which it is said to know")

    def check_fingerprints(self) -> str:
        """The fingerprints of items, measures and clauses are those of their words."""
        worded = [(place, values) for place, values in self.rows.items() if place[0] in ("item", "measure", "clause")]
        for (table, number), values in worded:
            if fingerprint(table, self.worded(table, number, values)) != values["fingerprint"]:
                self.wrong(f"{table} {number}: its fingerprint is not that of its words")
        return f"Fingerprints: {counted(len(worded), 'fingerprint')}, computed from the words."

    def worded(self, table: str, number: int, values: dict[str, Any]) -> dict[str, Any]:
        """What the fingerprint of a row is taken of."""
        if table == "item":
            measure = self.rows["measure", values["measure_id"]]["code"]
            return {"code": values["code"], "title": values["title"], "measure": measure}
        if table == "measure":
            quoted = self.digest_of(values["citation_id"]) if values["citation_id"] is not None else None
            return {**{name: values[name] for name in ("code", "title", "restatement")}, "quoted": quoted}
        texts = [
            one for (name, _), one in self.rows.items() if name == "clause_expression" and one["clause_id"] == number
        ]
        languages = {
            self.rows["expression", one["expression_id"]]["language"]: self.digest_of(one["citation_id"])
            for one in texts
        }
        mandate = self.rows["mandate", values["mandate_id"]]["key"]
        return {
            "mandate": mandate,
            "key": values["key"],
            "restatement": values["restatement"],
            "quoted": languages,
        }

    def digest_of(self, citation: int) -> str:
        """The digest of the text that a citation quotes."""
        digest: str = self.rows["citation", citation]["quoted_sha256"]
        return digest

    def check_quotes(self) -> str:
        """Verbatim texts have the digests of what was cited, where the copy is said to agree."""
        quotes = self.documents["citations.json"]["quotes"]
        agreeing = [quote for quote in quotes if quote["match"] in ("exact", "normal")]
        found = [
            row
            for (table, row), span in self.rows.items()
            if table == "attached_span" and span["start_point"] is not None
        ]
        if sorted(quote["span"] for quote in quotes) != sorted(found):
            self.wrong("citations.json: there is not one quote for each place that was found in an attached copy")
        for quote in quotes:
            span, cited = self.rows["attached_span", quote["span"]], self.rows["citation", quote["citation"]]
            said = (quote["citation"], quote["attachment"], quote["match"])
            if said != (span["citation_id"], span["attachment_id"], span["match"]):
                self.wrong(f"citations.json: the quote of span {quote['span']} is not of that span")
            if quote["match"] == "exact" and text_digest(quote["text"]) != cited["quoted_sha256"]:
                self.wrong(f"citations.json: the quote of span {quote['span']} is not the text that was cited")
            if quote["match"] == "normal" and text_digest(normal_form(quote["text"])) != cited["normal_sha256"]:
                self.wrong(f"citations.json: the quote of span {quote['span']} is not the text that was cited")
        if len(agreeing) < len(quotes):
            differing = counted(len(quotes) - len(agreeing), "passage")
            self.not_checked.append(
                f"The words of {differing} of attached copies that differ from what was cited: no digest is theirs."
            )
        return f"Quotes: {counted(len(agreeing), 'verbatim text')} with the digests of what was cited."

    def verdict(self) -> str:
        """What it comes to, in a sentence. Nothing is called in order that no signed checkpoint anchors."""
        if self.problems:
            told = counted(len(self.problems), "problem")
            return f"Does not hold ({told}): the pack was altered, or never was what it says."
        if self.signer and self.anchored:
            after = len(self.proofs) - self.anchored
            more = f" No signature vouches for {counted(after, 'event')} that came after it." if after else ""
            return f"Holds: what was checked goes with the checkpoint that is signed with the key {self.signer}.{more}"
        signed = Checkpoint(self.files["checkpoint.txt"]).signatures
        why = "the signature on the root was not checked" if signed else "nobody signed the root"
        return f"Consistent in itself, and not anchored: {why}. Whoever made the pack could have made it up."


def history(events: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Who changed what, when, from what to what, why: the events of a pack that holds, as lines."""
    for event in events:
        behalf = f" on behalf of {event['on_behalf_of']}" if event["on_behalf_of"] else ""
        who, what = f"{event['actor']}{behalf}", f"{event['action']} {event['table']} {event['label']}"
        yield f"{event['seq']}  {event['recorded_at']}  {who}  {what}"
        before, after = event["before"] or {}, event["after"]
        for name in sorted(after):
            if before.get(name) != after[name]:
                values = [canonical(image.get(name)).decode() for image in (before, after)]
                yield f"    {name}: {values[0]} \u2192 {values[1]}"
        if event["reason"]:
            yield f"    reason: {event['reason']}"


def report(pack: Pack) -> Iterator[str]:
    """What is told, line by line."""
    about = pack.documents.get("item.json")
    if isinstance(about, dict):
        yield f"Evidence on {about.get('item')} of {about.get('plan')}, as of {about.get('as_of')}."
    if isinstance(about, dict) and about.get("simulated"):
        yield "SIMULATED DATA: reports, dates and values are made up for a demonstration."
    yield from (f"  + {line}" for line in pack.holds)
    yield from (f"  ! {line}" for line in pack.problems)
    yield "Not checked, and not proven:"
    yield from (f"  - {line}" for line in (*pack.not_checked, *NEVER_PROVEN))
    yield pack.verdict()


def key_given(text: str) -> Key:
    """The public key that somebody names: the line itself, or a file that holds it."""
    try:
        return Key(Path(text).read_text("utf-8") if Path(text).is_file() else text)
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no public key: {error}") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the pack in a folder and say what it comes to."""
    parser = argparse.ArgumentParser(description="Checks a pack of evidence. Ends with 0 where it holds, else with 1.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument(
        "--public-key", type=key_given, metavar="KEY", help="the key you trust, or a file that holds it"
    )
    parser.add_argument("--history", action="store_true", help="where it holds, print the events too")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    pack = Pack(options.folder, options.public_key)
    holds = pack.check()
    for line in (*report(pack), *(history(pack.events) if options.history and holds else ())):
        print(shown(line))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
