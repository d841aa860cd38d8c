"""Checks a pack of evidence. Needs Python 3.8 or later and nothing else: no network, no library, no register.

    python3 verify.py [PACK] [--public-key KEY] [--history]

PACK is the archive, or the folder into which it was unpacked. The first line of the output is the verdict. The exit
code is

    0  holds: every byte is proven, computed again from proven data, or covered by a signature of the key you gave
    1  does not hold: something is wrong, and each fault is named
    2  the command was mistyped, or there is no pack
    3  nothing is wrong, but part of the pack is not proven: the output names it

The formats are described in docs/evidence.md and docs/audit-log.md of the program planner. Hashes are SHA-256. Proofs
follow RFC 6962 and RFC 9162. Signatures are Ed25519, RFC 8032.

This program is a single long file, because it must be passed on as a single file.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import stat
import struct
import sys
import unicodedata
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

# The version of the pack's format. It changes whenever the content or the encoding of the files changes.
FORMAT = "planner-evidence/3"

# The tables whose rows each file holds.
TABLES = {
    "item.json": [
        *("assessment", "completion_confirmation", "date_change", "derivation_rule", "extension_answer"),
        *("extension_request", "finding_review", "help_answer"),
        *("indicator", "installation"),
        *(
            "item",
            "item_change",
            "measure",
            "milestone",
            "milestone_report",
            "observation",
            "organisation",
            "plan",
            "redacted_event",
        ),
        *("redaction", "responsibility", "status_update", "target", "target_change", "theme", "withdrawal"),
    ],
    "links.json": ["link", "link_review", "unlinked"],
    "clauses.json": ["clause", "clause_expression", "expression", "finding_side", "mandate", "text_finding"],
    "crosswalk.json": ["crosswalk_row"],
    "citations.json": ["attached_span", "citation", "document"],
}
ROW_FILES = tuple(TABLES)
STATEMENT, CHECKPOINT, VERIFIER = "statement.json", "checkpoint.txt", "verify.py"
PAGES = ("index.html", "not-proven.html")
FILES = (*ROW_FILES, "history.jsonl", "proofs.json", CHECKPOINT, STATEMENT, *PAGES, VERIFIER)
# Every pack has a manifest. A signed pack also has the key and the signature.
MANIFEST, KEY_FILE, SIGNATURE = "manifest.json", "key.pub", "signature.txt"
NAMES = (*FILES, MANIFEST, KEY_FILE, SIGNATURE)
# The largest file or archive that is read, in bytes. Packs are far smaller.
LARGEST_FILE = 200_000_000
# Files that no event proves. A signature on the manifest covers them; without one, anybody could have changed them.
STATED = (STATEMENT, *PAGES, VERIFIER)

# The columns that refer to a row of another table.
REFERENCES = {
    "assessment": {"item_id": "item"},
    "attached_span": {"citation_id": "citation"},
    "citation": {"document_id": "document"},
    "clause": {"mandate_id": "mandate", "parent_id": "clause"},
    "clause_expression": {"clause_id": "clause", "expression_id": "expression", "citation_id": "citation"},
    "completion_confirmation": {"status_update_id": "status_update"},
    "crosswalk_row": {
        "from_mandate_id": "mandate",
        "to_mandate_id": "mandate",
        "from_clause_id": "clause",
        "to_clause_id": "clause",
    },
    "date_change": {"item_id": "item", "milestone_id": "milestone"},
    "derivation_rule": {"organisation_id": "organisation", "clause_id": "clause", "citation_id": "citation"},
    "expression": {"mandate_id": "mandate", "document_id": "document"},
    "extension_answer": {"extension_request_id": "extension_request"},
    "extension_request": {"item_id": "item", "milestone_id": "milestone"},
    "finding_review": {"plan_id": "plan"},
    # A finding can have sides about other items' clauses, which are not in the pack.
    "finding_side": {"finding_id": "text_finding"},
    "help_answer": {"status_update_id": "status_update"},
    "indicator": {"item_id": "item", "rule_id": "derivation_rule", "citation_id": "citation"},
    "item": {
        "plan_id": "plan",
        "theme_id": "theme",
        "measure_id": "measure",
        "lead_id": "organisation",
        "lead_rule_id": "derivation_rule",
        "starts_rule_id": "derivation_rule",
        "due_rule_id": "derivation_rule",
        "rule_id": "derivation_rule",
        "citation_id": "citation",
        "continues_id": "item",
    },
    "item_change": {"item_id": "item"},
    "link": {"measure_id": "measure", "item_id": "item", "clause_id": "clause"},
    "link_review": {"link_id": "link"},
    "mandate": {"body_id": "organisation", "also_body_id": "organisation", "supersedes_id": "mandate"},
    "measure": {"plan_id": "plan", "theme_id": "theme", "rule_id": "derivation_rule", "citation_id": "citation"},
    "milestone": {"item_id": "item", "rule_id": "derivation_rule", "citation_id": "citation"},
    "milestone_report": {"milestone_id": "milestone"},
    "observation": {"indicator_id": "indicator"},
    "organisation": {"same_as_id": "organisation", "citation_id": "citation"},
    "plan": {
        "issuer_id": "organisation",
        "mandate_id": "mandate",
        "rule_id": "derivation_rule",
        "citation_id": "citation",
    },
    "redacted_event": {"redaction_id": "redaction"},
    "responsibility": {
        "item_id": "item",
        "organisation_id": "organisation",
        "supporting_rule_id": "derivation_rule",
    },
    "status_update": {"item_id": "item", "merged_into_id": "item"},
    "target": {"indicator_id": "indicator", "rule_id": "derivation_rule", "citation_id": "citation"},
    "target_change": {"target_id": "target"},
    "theme": {"plan_id": "plan", "parent_id": "theme", "rule_id": "derivation_rule", "citation_id": "citation"},
    "unlinked": {"measure_id": "measure", "mandate_id": "mandate"},
    "withdrawal": {
        "status_update_id": "status_update",
        "milestone_report_id": "milestone_report",
        "date_change_id": "date_change",
        "observation_id": "observation",
        "completion_confirmation_id": "completion_confirmation",
        "help_answer_id": "help_answer",
        "extension_request_id": "extension_request",
        "extension_answer_id": "extension_answer",
        "assessment_id": "assessment",
    },
}
# A row of these tables is in a pack if a row that it refers to in one of these columns is.
PARTS = {
    "assessment": ["item_id"],
    "attached_span": ["citation_id"],
    "clause_expression": ["clause_id"],
    "completion_confirmation": ["status_update_id"],
    "crosswalk_row": ["from_clause_id", "to_clause_id"],
    "date_change": ["item_id"],
    "extension_answer": ["extension_request_id"],
    "extension_request": ["item_id"],
    "help_answer": ["status_update_id"],
    "indicator": ["item_id"],
    "item_change": ["item_id"],
    "link": ["item_id", "measure_id"],
    "link_review": ["link_id"],
    "milestone": ["item_id"],
    "milestone_report": ["milestone_id"],
    "observation": ["indicator_id"],
    "responsibility": ["item_id"],
    "status_update": ["item_id"],
    "target": ["indicator_id"],
    "target_change": ["target_id"],
    "unlinked": ["measure_id"],
    "withdrawal": list(REFERENCES["withdrawal"]),
}
# The same for the sides of text findings. They may also refer to rows that are not in the pack.
SIDES = {"clause_id": "clause", "measure_id": "measure", "theme_id": "theme"}

# Questions that no pack can answer.
NEVER_PROVEN = (
    "Whether what people recorded is true, and whether each person is who they said they were.",
    "Whether the log holds more about this item: a proof shows that an event is in the log, not that none is missing.",
    "Whether this program is the one it claims to be: run a verify.py from a copy of planner that you trust.",
)


# --- Ed25519 (RFC 8032, 5.1), verification only. Plain arithmetic is safe here, because no secret is involved. ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
# A point in extended coordinates is (X, Y, Z, T), with x = X/Z, y = Y/Z, xy = T/Z.
NEUTRAL = (0, 1, 1, 0)


def added(one: Sequence[int], other: Sequence[int]) -> Sequence[int]:
    """Return the sum of two points of the elliptic curve."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Sequence[int]) -> Sequence[int]:
    """Return a point of the elliptic curve multiplied by a number."""
    result: Sequence[int] = NEUTRAL
    while number:
        if number & 1:
            result = added(result, point)
        point, number = added(point, point), number >> 1
    return result


def point_of(encoded: bytes) -> Sequence[int] | None:
    """Decode a point of the elliptic curve from 32 bytes. Return None if the bytes do not encode a point."""
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
    """Whether the 64-byte signature on the message was made with this 32-byte public key."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, random, base = point_of(key), point_of(signature[:32]), point_of(bytes([88] + [102] * 31))
    number = int.from_bytes(signature[32:], "little")
    if public is None or random is None or base is None or number >= ORDER:
        return False
    digest = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    one, other = times(number, base), added(random, times(digest, public))
    return not ((one[0] * other[2] - other[0] * one[2]) % P or (one[1] * other[2] - other[1] * one[2]) % P)


# --- Hashes, proofs, canonical forms ---


def leaf_of(body: bytes) -> bytes:
    """Return the leaf hash of an event's bytes (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + body).digest()


def proven_root(leaf: bytes, index: int, size: int, proof: Iterable[bytes]) -> bytes | None:
    """Return the root to which a proof leads from a leaf at an index of a tree with this size (RFC 9162, 2.1.3.2).

    Return None if the index is not in the tree or the proof has the wrong length.
    """
    place, last, node = index, size - 1, leaf
    if not 0 <= index < size:
        return None
    for sibling in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            node = hashlib.sha256(b"\x01" + sibling + node).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\x01" + node + sibling).digest()
        place, last = place >> 1, last >> 1
    return node if last == 0 else None


def canonical(value: Any) -> bytes:
    """Return the canonical JSON used for events and for fingerprints."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def written(document: Any) -> bytes:
    """Return the canonical bytes of one of the pack's JSON files.

    There is only one valid form, so a duplicate key or extra white space cannot hide in the file.
    """
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()


def fingerprint(kind: str, fields: dict[str, Any]) -> str:
    """Return the fingerprint of a row's named fields. `kind` is the kind of row."""
    return hashlib.sha256(canonical({"kind": kind, "fields": composed(fields)})).hexdigest()


def composed(value: Any) -> Any:
    """Return the value with all text in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    return {name: composed(part) for name, part in value.items()} if isinstance(value, dict) else value


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def normal_form(text: str) -> str:
    """Return the text without white space and layout control characters."""
    kept = (one for one in unicodedata.normalize("NFC", text) if not one.isspace())
    return "".join(one for one in kept if unicodedata.category(one) not in ("Cf", "Cc"))


def shown(text: Any) -> str:
    """Return the text with all characters escaped that could affect a terminal."""
    return "".join(one if one.isprintable() else f"[U+{ord(one):04X}]" for one in str(text))


def counted(number: int, noun: str) -> str:
    """Return a number and a noun, in the plural if necessary."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# --- The shape of each JSON file: it must have exactly these fields, with these types ---


def matching(pattern: str) -> Callable[[Any], bool]:
    """Return a check that a value is a text matching the pattern."""
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def either(*shapes: Any) -> Callable[[Any], bool]:
    """Return a check that a value has at least one of the shapes described at `misfit`."""
    return lambda value: any(not misfit(value, shape, "") for shape in shapes)


def misfit(value: Any, shape: Any, where: str) -> str:
    """Describe what is wrong with a value's shape, or return an empty text.

    A shape is a type, a check, None, a list with the shape of every entry, or a dict with the shape of every field.
    """
    if isinstance(shape, dict) and isinstance(value, dict):
        unknown, missing = sorted(value.keys() - shape.keys()), sorted(shape.keys() - value.keys())
        if unknown or missing:
            names = f"unknown: {', '.join(unknown)}" if unknown else f"missing: {', '.join(missing)}"
            return f"{where} does not have exactly the fields it should have ({names})"
        return next(filter(None, (misfit(value[name], shape[name], f"{where}.{name}") for name in shape)), "")
    if isinstance(shape, list) and isinstance(value, list):
        return next(filter(None, (misfit(one, shape[0], f"{where}[{at}]") for at, one in enumerate(value))), "")
    if isinstance(shape, type):
        fits = type(value) is shape
    else:
        fits = value is None if shape is None else callable(shape) and shape(value)
    return "" if fits else f"{where} is not what it should be"


DIGEST, DAY = matching("[0-9a-f]{64}"), matching(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = matching(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
NUMBER = either(int, float)
HEAD: dict[str, Any] = {"format": matching(FORMAT), "file": str}
ROWS: dict[str, Any] = {**HEAD, "simulated": bool, "rows": [{"table": str, "row": int, "event": int, "values": dict}]}
# The state of an event's bytes: in the pack, left in the register because they hold a document, or without some text.
WHOLE, WITHHELD, REDACTED = "whole", "withheld", "redacted"
STATE = matching(f"{WHOLE}|{WITHHELD}|{REDACTED}")
# The marker that replaces removed text, and the tables that record redactions.
MARKER, REDACTIONS = "[redacted]", ("redacted_event", "redaction")
COMPUTED: dict[str, Any] = {
    "phase": str,
    "confidence": either(str, None),
    "percent": either(NUMBER, None),
    "expected_percent": NUMBER,
    "schedule": str,
    "freshness": str,
    "completion": str,
    "current_due": DAY,
    "days_late": int,
    "days_late_baseline": int,
    "contradiction": bool,
}
SHAPES: dict[str, Any] = {
    **dict.fromkeys(ROW_FILES, ROWS),
    "item.json": {**ROWS, "plan": str, "item": str, "row": int, "time_zone": str},
    "citations.json": {**ROWS, "quotes": [{"span": int, "text": str}]},
    "proofs.json": {
        **HEAD,
        "origin": str,
        "size": int,
        "root": DIGEST,
        "events": [{"seq": int, "leaf": DIGEST, "proof": either([DIGEST], None), "state": STATE}],
    },
    STATEMENT: {
        **HEAD,
        "as_of": DAY,
        "known_at": either(INSTANT, None),
        "log_events": int,
        "program_version": str,
        "computed": COMPUTED,
        "lineage": {"comes_from": [str], "became": [str]},
        "copies": [{"attachment": int, "event": int, "file_name": str}],
        "passages": [{"span": int, "text": str}],
    },
}
EVENT: dict[str, Any] = {
    "format": matching("planner-event/1"),
    "seq": int,
    "recorded_at": INSTANT,
    "actor": str,
    "on_behalf_of": either(str, None),
    "action": str,
    "table": str,
    "row": int,
    "label": str,
    "before": either(dict, None),
    "after": dict,
    "reason": either(str, None),
    "previous": either(DIGEST, None),
}
EVENTS = {
    "planner-event/1": EVENT,
    "planner-event/2": {**EVENT, "format": matching("planner-event/2"), "write": matching("[0-9a-f]{32}")},
}


# --- The archive: uncompressed files, written in exactly one way ---


def archived(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of the files in one folder.

    Files are sorted by name, uncompressed and without times, so the bytes are always the same.
    """
    entries, directory = b"", b""
    for name in sorted(files):
        path, content = f"{folder}/{name}".encode(), files[name]
        # The encoding of the name, no compression, the date 1980-01-01, then checksum and sizes of the content.
        head = struct.pack("<HHHHLLLHH", 0 if path.isascii() else 0x800, 0, 0, 0x21, *sums(content), len(path), 0)
        directory += b"PK\x01\x02" + struct.pack("<BBH", 20, 3, 20) + head
        directory += struct.pack("<HHHLL", 0, 0, 0, 0o100644 << 16, len(entries)) + path
        entries += b"PK\x03\x04" + struct.pack("<H", 20) + head + path + content
    number = len(files)
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, number, number, len(directory), len(entries), 0)
    return entries + directory + end


def sums(content: bytes) -> tuple[int, int, int]:
    """Return the checksum and the two sizes that the archive records for a file."""
    return zlib.crc32(content), len(content), len(content)


def unarchived(content: bytes) -> tuple[str, dict[str, bytes]]:
    """Return the folder of an archive and its files by name.

    Raises ValueError unless the bytes are exactly those that `archived` would write.
    """
    at, folder, files = 0, "", {}
    while content[at : at + 4] == b"PK\x03\x04":
        _, flags, method, _, _, _, size, whole, length, extra = struct.unpack("<HHHHHLLLHH", content[at + 4 : at + 30])
        begin = at + 30 + length + extra
        path = content[at + 30 : at + 30 + length].decode("utf-8")
        folder_of_this, _, name = path.partition("/")
        folder = folder or folder_of_this
        if flags & 1 or method or size != whole:
            raise ValueError(f"{path} is encrypted or compressed, or its header does not give its size")
        if folder_of_this != folder or name not in NAMES:
            raise ValueError(f"it holds {path}, which no pack has")
        if name in files:
            raise ValueError(f"it holds {path} twice")
        files[name] = content[begin : begin + size]
        at = begin + size
    if not files:
        raise ValueError("it does not begin as a ZIP archive of a pack does")
    if archived(folder, files) != content:
        raise ValueError("it is not the archive that the program writes of these files: other bytes are hidden in it")
    return folder, files


def plain_file(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises OSError if it cannot be read, and ValueError if it is a link, pipe or device, or too large.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        raise ValueError("it is not a plain file, and nothing else belongs into a pack")
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise ValueError(f"it is larger than {LARGEST_FILE:,} bytes, which no file of a pack is")
    return content


def files_in(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """Return the files of a folder by name, and the faults of those that cannot be read. Raises OSError.

    A file with a name that no pack has is not read, because it is a fault whatever it contains.
    """
    files, faults = {}, []
    for one in sorted(folder.iterdir()):
        try:
            files[one.name] = plain_file(one) if one.name in NAMES else b""
        except (OSError, ValueError) as error:
            faults.append(f"{one.name}: {error}")
    return files, faults


# --- Keys, signatures, checkpoints: https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint ---


class Key:
    """A public key, parsed from its line `name+id+base64(0x01 and the key's 32 bytes)`.

    Raises ValueError for a line in another form.
    """

    def __init__(self, line: str) -> None:
        self.line = line.strip()
        self.name, number, encoded = self.line.split("+", 2)
        kind_and_key = base64.b64decode(encoded, validate=True)
        self.key, self.id = kind_and_key[1:], bytes.fromhex(number)
        own = hashlib.sha256(self.name.encode() + b"\n" + kind_and_key).digest()[:4]
        if kind_and_key[:1] != b"\x01" or len(self.key) != 32 or self.id != own:
            raise ValueError("its parts do not belong together")
        if self.line != f"{self.name}+{own.hex()}+{base64.b64encode(kind_and_key).decode()}":
            raise ValueError("it is not in the form that the program writes")


class Note:
    """A text and the signatures on it. Raises ValueError unless the bytes have the canonical form of a note."""

    def __init__(self, content: bytes) -> None:
        text, blank, signatures = content.decode("utf-8").rpartition("\n\n")
        self.text = f"{text}\n"
        self.signatures = [self._signature(line) for line in signatures.split("\n")[:-1]]
        lines = (f"\u2014 {name} {base64.b64encode(one).decode()}\n" for name, one in self.signatures)
        if not blank or content != f"{self.text}\n{''.join(lines)}".encode():
            raise ValueError("it is not in the form that the program writes")

    def _signature(self, line: str) -> tuple[str, bytes]:
        _, name, encoded = line.split(" ")
        return name, base64.b64decode(encoded, validate=True)

    def signed_by(self, key: Key) -> bool | None:
        """Whether all signatures with this key are valid, or None if there are none."""
        own = [one[4:] for name, one in self.signatures if self._of(key, name, one)]
        return all(signature_holds(key.key, self.text.encode(), one) for one in own) if own else None

    def others(self, key: Key | None) -> list[str]:
        """Return the names of the signatures that were not made with this key."""
        return [name for name, one in self.signatures if key is None or not self._of(key, name, one)]

    def _of(self, key: Key, name: str, signature: bytes) -> bool:
        return (name, signature[:4]) == (key.name, key.id)


class Checkpoint(Note):
    """The note of a checkpoint: the origin of the log, the number of its events, and their root.

    Raises ValueError unless it has these three lines in their canonical form.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.origin, size, root = self.text.split("\n")[:3]
        self.size, self.root = int(size), base64.b64decode(root, validate=True)
        if not self.text.startswith(f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"):
            raise ValueError("it is not in the form that the program writes")

    @property
    def more(self) -> str:
        """The lines after the third. The program never writes such lines."""
        return "\n".join(self.text.split("\n")[3:-1])


def statement_to_sign(origin: str, manifest: bytes) -> str:
    """Return the text that the maker of a pack signs: format, origin of the log, and digest of the manifest."""
    return f"{FORMAT} manifest\n{origin}\n{hashlib.sha256(manifest).hexdigest()}\n"


# --- The pack ---

HOLDS, DOES_NOT_HOLD, NOT_ALL_PROVEN = 0, 1, 3


class Pack:
    """An archive or folder, and the result of checking it: what holds, what is wrong, and what is not proven."""

    def __init__(self, place: Path, public_key: Key | None = None) -> None:
        self.place, self.given = place, public_key
        self.holds: list[str] = []
        self.problems: list[str] = []
        self.not_checked: list[str] = []
        self.files: dict[str, bytes] = {}
        self.documents: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.digests: dict[int, str] = {}
        self.proofs: dict[int, dict[str, Any]] = {}
        self.rows: dict[tuple[str, int], dict[str, Any]] = {}
        self.key: Key | None = None
        self.anchored_by: Key | None = None
        self.sealed = False
        self.anchored = 0

    def check(self) -> bool:
        """Make all checks in order. Return whether no problem was found."""
        # If files are missing or malformed, the other checks would be meaningless.
        if (
            self.passes("the files", self.read_files)
            and self.passes("the files", self.check_files)
            and self.passes("the JSON files", self.check_documents)
        ):
            for name, check in (
                (KEY_FILE, self.check_key),
                (CHECKPOINT, self.check_checkpoint),
                (SIGNATURE, self.check_signature),
                ("history.jsonl", self.check_events),
                ("redactions", self.check_redactions),
                ("the order of history.jsonl", self.check_order),
                ("proofs.json", self.check_inclusion),
                ("the log's name", self.check_origin),
                ("the rows", self.check_rows),
                ("the edits", self.check_edits),
                ("item.json", self.check_item),
                ("what belongs to the item", self.check_belonging),
                ("withheld events", self.check_withheld),
                ("the fingerprints", self.check_fingerprints),
                ("citations.json", self.check_quotes),
                (STATEMENT, self.check_statement),
                ("the lineage", self.check_lineage),
                (VERIFIER, self.check_verifier),
            ):
                self.passes(name, check)
        return not self.problems

    def passes(self, name: str, check: Callable[[], str | None]) -> bool:
        """Make one check. Return whether it found no problem."""
        before = len(self.problems)
        try:
            line = check()
        except Exception as error:  # any content of a file must be reported, never end in a traceback
            # An error of another type names parts of this program, which help nobody to find the value.
            plain = isinstance(error, (OSError, ValueError))
            why = f": {error}" if plain else ", as something in it is missing or has another form"
            self.wrong(f"{name}: this cannot be read as it should{why}")
            return False
        passed = len(self.problems) == before
        if line and passed:
            self.holds.append(line)
        return passed

    def wrong(self, what: str) -> None:
        """Add a problem."""
        self.problems.append(what)

    def read_files(self) -> None:
        """Read the archive or the folder. The folder in an archive must be named after the item."""
        if self.place.is_dir():
            self.files, faults = files_in(self.place)
            self.problems += faults
            return
        folder, self.files = unarchived(plain_file(self.place.resolve()))
        item = json.loads(self.files["item.json"].decode("utf-8"))["item"]
        if folder != f"evidence-{item}":
            self.wrong(f"the archive: its folder is named {folder}, which is not the item's")

    def check_files(self) -> str:
        """Check that the pack has exactly the files it should have, with the digests in the manifest."""
        if MANIFEST not in self.files:
            self.wrong(f"{MANIFEST}: it is missing")
            return ""
        manifest = json.loads(self.files[MANIFEST].decode("utf-8"))
        named = manifest if isinstance(manifest, dict) else {}
        if type(named.get("format")) is not str or type(named.get("sha256")) is not dict:
            self.wrong(f"{MANIFEST}: it does not name a format and the digests of the files")
            return ""
        if self.files[MANIFEST] != written({"format": FORMAT, "sha256": manifest["sha256"]}):
            if manifest["format"] != FORMAT:
                self.wrong(
                    f"{MANIFEST}: this pack is {manifest['format']}, and this program checks {FORMAT}:"
                    " use the verify.py of the version of planner that made the pack"
                )
            self.wrong(f"{MANIFEST}: it is not in the form that the program writes")
        names = {*FILES, KEY_FILE} if KEY_FILE in self.files else {*FILES}
        for name in sorted(set(manifest["sha256"]).difference(names)):
            self.wrong(f"{MANIFEST}: it names {name}, which this pack does not have or no pack has")
        for name in sorted(set(self.files).difference(names, (MANIFEST, SIGNATURE))):
            self.wrong(f"{name}: it is not a file of the pack, and nothing vouches for it")
        for name in sorted(names):
            if name not in self.files:
                self.wrong(f"{name}: it is missing")
            elif hashlib.sha256(self.files[name]).hexdigest() != manifest["sha256"].get(name):
                self.wrong(f"{name}: it is not the file that the manifest names (its SHA-256 is another)")
        return f"Files: {counted(len(names), 'file')}, each with the digest in the manifest, and no others."

    def check_documents(self) -> None:
        """Check that the JSON files are canonical and have exactly the required fields."""
        for name, shape in SHAPES.items():
            document = self.documents[name] = json.loads(self.files[name].decode("utf-8"))
            fault = misfit(document, shape, name)
            if fault:
                self.wrong(f"{name}: {fault}")
            elif written(document) != self.files[name] or document["file"] != name:
                self.wrong(f"{name}: it is not in the form that the program writes")

    def check_key(self) -> None:
        """Check that the key in the pack is the key that the user gave."""
        own = Key(self.files[KEY_FILE].decode("utf-8")) if KEY_FILE in self.files else None
        if own and self.files[KEY_FILE] != f"{own.line}\n".encode():
            self.wrong(f"{KEY_FILE}: it is not in the form that the program writes")
        if self.given and own and self.given.line != own.line:
            self.wrong(f"{KEY_FILE}: it is not the public key you gave")
        self.key = self.given or own
        if own and not self.given:
            self.not_checked.append(
                f"Whose key {KEY_FILE} is: it came with the pack, and anybody can make a key. Give the one you have"
                " from elsewhere with --public-key."
            )

    def check_checkpoint(self) -> str | None:
        """Check that the checkpoint is readable and signed with the key."""
        checkpoint = Checkpoint(self.files[CHECKPOINT])
        others = checkpoint.others(self.key)
        if others and self.key:
            self.not_checked.append(f"Other signatures on the checkpoint: {', '.join(others)}.")
        if self.key is None:
            why = "there is no public key. Give it with --public-key." if others else "nobody did."
            self.not_checked.append(f"Who signed the checkpoint: {why}")
            self.not_checked.append(f"Whether {CHECKPOINT} is one that was kept elsewhere: compare the bytes.")
            if checkpoint.more:
                self.not_checked.append(f"What the lines after the third of {CHECKPOINT} say.")
            return None
        signed, whose = checkpoint.signed_by(self.key), "you gave" if self.given else "in this pack"
        if not signed:
            fault = "it has no signature of" if signed is None else "its signature is not that of"
            self.wrong(f"{CHECKPOINT}: {fault} the key {whose}: the checkpoint or the key is another")
            return None
        if self.key.name != checkpoint.origin:
            self.wrong(f"{CHECKPOINT}: it is signed with a key for {self.key.name}, which is another log")
        self.anchored_by = self.key
        return f"Checkpoint: it is signed with the key {whose}, {self.key.line}"

    def check_signature(self) -> str | None:
        """Check that the manifest, which covers every file, is signed with the key."""
        if SIGNATURE not in self.files:
            return None
        note = Note(self.files[SIGNATURE])
        text = statement_to_sign(self.documents["proofs.json"]["origin"], self.files[MANIFEST])
        if note.text != text:
            self.wrong(f"{SIGNATURE}: it was not made of this pack")
        elif self.key is None:
            self.not_checked.append(f"Who signed the pack ({SIGNATURE}): there is no public key.")
        elif not note.signed_by(self.key) or note.others(self.key):
            self.wrong(f"{SIGNATURE}: it is not a signature of the key alone that the pack is checked with")
        else:
            self.sealed = True
            return f"Signature: the manifest, and so every file, is signed with the key {self.key.line}"
        return None

    def check_events(self) -> str:
        """Check that each event is canonical and that its bytes have the listed leaf."""
        listed = self.documents["proofs.json"]["events"]
        self.proofs = {one["seq"]: one for one in listed}
        *lines, end = self.files["history.jsonl"].split(b"\n")
        for line in lines:
            event = json.loads(line.decode("utf-8"))
            fault = misfit(event, EVENTS.get(event["format"], EVENT), "it")
            seq = event["seq"]
            if fault or canonical(event) != line:
                self.wrong(f"event {seq}: its bytes are not an event as the program writes one{fault and f': {fault}'}")
            listing, leaf = self.proofs.get(seq, {"leaf": "", "state": ""}), leaf_of(line).hex()
            # The leaf of a redacted event belongs to the bytes before the redaction. See check_redactions.
            if listing["state"] != (WHOLE if listing["leaf"] == leaf else REDACTED):
                self.wrong(f"event {seq}: its bytes do not have the leaf that proofs.json names")
            self.events.append(event)
            self.digests[seq] = hashlib.sha256(line).hexdigest()
        whole = [seq for seq, one in self.proofs.items() if one["state"] != WITHHELD]
        for seq in sorted(set(whole).difference(event["seq"] for event in self.events)):
            self.wrong(f"event {seq}: proofs.json names it, and history.jsonl does not have it")
        if end or [one["seq"] for one in listed] != sorted(self.proofs):
            self.wrong("history.jsonl, proofs.json: they are not in the form that the program writes")
        computed = sum(one["state"] == WHOLE for one in listed)
        return f"Events: the leaves of {counted(computed, 'event')}, computed from their bytes."

    def check_redactions(self) -> str | None:
        """Check each redacted event against the later event that records its new bytes, fields and reason."""
        made = {event["row"]: event for event in self.events if event["table"] == "redaction"}
        last = {event["after"]["seq"]: event for event in self.events if event["table"] == "redacted_event"}
        for event in self.events:
            seq, record = event["seq"], last.get(event["seq"])
            if (record is not None) != (self.proofs[seq]["state"] == REDACTED):
                self.wrong(f"event {seq}: {'a redaction' if record else 'no redaction'} in the pack replaced its bytes")
            elif record is not None:
                fault = self.redaction_fault(event, record, made[record["after"]["redaction_id"]])
                if fault:
                    self.wrong(f"event {seq}: {fault}")
        redacted = sorted(seq for seq, one in self.proofs.items() if one["state"] == REDACTED)
        if not redacted:
            return None
        late = [seq for seq in redacted if last[seq]["seq"] > self.documents["proofs.json"]["size"]]
        self.report_redactions(made.values(), redacted, late)
        return f"Redactions: {counted(len(redacted), 'event')} with the digest that a redaction in the log gives."

    def report_redactions(self, made: Iterable[dict[str, Any]], redacted: list[int], late: list[int]) -> None:
        """List the redactions and what they leave unproven. `late` events were redacted after the checkpoint."""
        for event in made:
            what = f"{event['after']['fields']} of {event['after']['table_name']} {event['after']['row_id']}"
            who = f"{event['actor']} at {event['recorded_at']}"
            self.holds.append(f"Redaction {event['row']} by {who}: {what}. Reason: {event['after']['reason']}")
        numbers = ", ".join(map(str, redacted))
        self.not_checked.append(
            f"What {counted(len(redacted), 'event')} said before a redaction ({numbers}), and that only the fields that"
            " it names were changed: the leaves were computed from the original bytes."
        )
        if late:
            self.not_checked.append(
                f"The bytes of {counted(len(late), 'redacted event')} ({', '.join(map(str, late))}): the redaction came"
                " after the checkpoint."
            )
        self.not_checked.append(
            "Whether the person who redacted was an administrator: people are not in a pack. planner verify checks it."
        )

    def redaction_fault(self, event: dict[str, Any], record: dict[str, Any], redaction: dict[str, Any]) -> str:
        """Describe what is wrong with a redacted event, or return an empty text.

        `record` is the event that names the redacted event and its new digest.
        """
        what, seq = redaction["after"], event["seq"]
        if record["after"]["digest"] != self.digests[seq]:
            return "its bytes are not those that the redaction put in their place"
        if (what["table_name"], what["row_id"]) != (event["table"], event["row"]) or seq >= redaction["seq"]:
            return "its redaction is of another row, or came before it"
        if (redaction["actor"], redaction["write"]) != (record["actor"], record["write"]):
            return "its redaction was recorded by another write"
        images = (event["before"] or {}, event["after"], {"reason": event["reason"]})
        if not any(image.get(name) == MARKER for name in what["fields"].split(",") for image in images):
            return "no field that its redaction names is redacted"
        return ""

    def check_order(self) -> None:
        """Check that events are in the order of the log, and that each names the previous event's leaf.

        The leaf is compared only if the previous event is in the pack.
        """
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
        """Check that each event up to the checkpoint's size is in the log with the checkpoint's root."""
        proofs, checkpoint = self.documents["proofs.json"], Checkpoint(self.files[CHECKPOINT])
        named = (proofs["origin"], proofs["size"], proofs["root"])
        if named != (checkpoint.origin, checkpoint.size, checkpoint.root.hex()):
            self.wrong(f"{CHECKPOINT}: it is not the checkpoint that the proofs in proofs.json are for")
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
        proven = f"{self.anchored:,} of {counted(len(self.proofs), 'event')} are proven to be"
        return f"Inclusion: {proven} in the log of {counted(checkpoint.size, 'event')} that the checkpoint names."

    def check_origin(self) -> None:
        """Check that the checkpoint names this log, by kind of database and leaf of the first event."""
        checkpoint = Checkpoint(self.files[CHECKPOINT])
        kinds = [event["after"]["kind"] for event in self.events if event["table"] == "installation"]
        own = f"planner/{kinds[0] if kinds else 'register'}/{self.proofs[1]['leaf'][:16]}"
        if checkpoint.origin != own:
            self.wrong(f"{CHECKPOINT}: it was made of the log {checkpoint.origin}, and this pack is of {own}")

    def check_rows(self) -> str:
        """Check that each row is in its table's file, matches its last event, and that no row is missing."""
        last = {(event["table"], event["row"]): event for event in self.events}
        for name in ROW_FILES:
            places = [(row["table"], row["row"]) for row in self.documents[name]["rows"]]
            if places != sorted(set(places)):
                self.wrong(f"{name}: its rows are out of order, or one is there twice")
            for row in self.documents[name]["rows"]:
                place = (row["table"], row["row"])
                if row["table"] not in TABLES[name]:
                    self.wrong(f"{name}: rows of {row['table']} do not belong into this file")
                if place in self.rows:
                    self.wrong(f"{name}: {place[0]} {place[1]} is in the pack twice")
                self.rows[place] = row["values"]
                self.compare(name, row, last.get(place, {"seq": None, "after": {}}))
        for table, number in sorted(set(last).difference(self.rows)):
            self.wrong(f"{table} {number}: events are about this row, and no file has it")
        return f"Rows: {counted(len(self.rows), 'row')}, each as its last event left it."

    def compare(self, name: str, row: dict[str, Any], event: dict[str, Any]) -> None:
        """Report a row that does not match its last event."""
        values, after = row["values"], event["after"]
        shared = values.keys() & after.keys()
        same = {one for one in shared if canonical(values[one]) == canonical(after[one])}
        other = sorted({*values, *after}.difference(same))
        if other or row["event"] != event["seq"]:
            what = ", ".join(other) or "the number of the event"
            self.wrong(f"{name}: {row['table']} {row['row']} is not what its last event says: {what}")

    def check_edits(self) -> str:
        """Check that a row's first event has no previous values, and that each edit starts from the last values."""
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

    def item(self) -> tuple[int, dict[str, Any]]:
        """Return the number and values of the pack's item."""
        number = self.documents["item.json"]["row"]
        return number, self.rows["item", number]

    def ever(self, table: str, number: int, name: str) -> set[Any]:
        """Return the values of a column that a row ever had. As of a past day, the pack names an earlier one."""
        mine = [event for event in self.events if (event["table"], event["row"]) == (table, number)]
        return {image.get(name) for event in mine for image in (event["before"], event["after"]) if image}

    def of(self, table: str) -> list[dict[str, Any]]:
        """Return the values of all rows of a table."""
        return [values for (name, _), values in self.rows.items() if name == table]

    def check_item(self) -> None:
        """Check that the pack's item, plan, time zone and kind of data agree with its rows."""
        about = self.documents["item.json"]
        number, item = self.item()
        if about["item"] not in self.ever("item", number, "code"):
            self.wrong("item.json: the code is not the item's")
        if self.rows["plan", item["plan_id"]]["key"] != about["plan"]:
            self.wrong("item.json: the plan is not the item's")
        if about["time_zone"] not in self.ever("plan", item["plan_id"], "time_zone"):
            self.wrong("item.json: the time zone is not the plan's")
        demonstration = self.rows["installation", 1]["kind"] == "demonstration"
        for name in ROW_FILES:
            if self.documents[name]["simulated"] is not demonstration:
                self.wrong(f"{name}: it does not say rightly whether this data is simulated")

    def check_belonging(self) -> None:
        """Check that all referenced rows are in the pack, and that every row belongs to the item."""
        number, item = self.item()
        named: dict[tuple[str, int], set[tuple[str, int]]] = {place: set() for place in self.rows}
        for event in self.events:
            for image in (event["before"] or {}, event["after"]):
                named[event["table"], event["row"]].update(references(event["table"], image))
        for place in sorted(set().union(*named.values()).difference(self.rows)):
            self.wrong(f"{place[0]} {place[1]}: other rows refer to it, and no file has it")
        first = next((event["table"], event["row"]) for event in self.events)
        parts = self.parts()
        reached, waiting = set(), [("item", number), ("installation", 1), first]
        while waiting:
            place = waiting.pop()
            if place not in reached and place in self.rows:
                reached.add(place)
                waiting += named[place]
                # Another item is in a pack only because this item was merged into it, so its parts are not included.
                waiting += parts.get(place, ()) if place[0] != "item" or place[1] == number else ()
        for place in sorted(set(self.rows).difference(reached)):
            if not self.belongs(place, item):
                self.wrong(f"{place[0]} {place[1]}: it does not belong to the item {item['code']}")

    def belongs(self, place: tuple[str, int], item: dict[str, Any]) -> bool:
        """Whether a row belongs to the item by its values: a review of a finding, or a redaction of a row here."""
        values = self.rows[place]
        if place[0] == "finding_review":
            return (values["plan_id"], values["subject"]) == (item["plan_id"], item["code"])
        if place[0] == "redacted_event":
            values = self.rows["redaction", values["redaction_id"]]
        elif place[0] != "redaction":
            return False
        copies = {("attachment", span["attachment_id"]) for span in self.of("attached_span")}
        return (values["table_name"], values["row_id"]) in copies.union(self.rows)

    def parts(self) -> dict[tuple[str, int], list[tuple[str, int]]]:
        """Return, for each row, the rows that are in the pack because this row is."""
        found: dict[tuple[str, int], list[tuple[str, int]]] = {}
        for place, values in self.rows.items():
            columns = {name: REFERENCES[place[0]][name] for name in PARTS.get(place[0], ())}
            for name, table in (SIDES if place[0] == "finding_side" else columns).items():
                if values.get(name) is not None:
                    found.setdefault((table, values[name]), []).append(place)
        return found

    def check_withheld(self) -> None:
        """Check that exactly one event is withheld for each attached copy that proven rows refer to."""
        withheld = sorted(seq for seq, one in self.proofs.items() if one["state"] == WITHHELD)
        copies = {span["attachment_id"] for span in self.of("attached_span")}
        listed = self.documents[STATEMENT]["copies"]
        if len(withheld) != len(copies):
            self.wrong(
                f"proofs.json: {counted(len(withheld), 'event')} are withheld, and the pack refers to"
                f" {len(copies)} attached copies: only an event of an attached copy may be withheld"
            )
        if [one["attachment"] for one in listed] != sorted(copies) or sorted(
            one["event"] for one in listed
        ) != withheld:
            self.wrong(f"{STATEMENT}: it does not list the attached copies that the pack refers to")
        if withheld:
            self.not_checked.append(
                f"What {counted(len(withheld), 'event')} of attached copies say ({', '.join(map(str, withheld))}):"
                " their bytes hold whole documents and stay in the register."
            )

    def check_fingerprints(self) -> str:
        """Check that the fingerprints of items, measures and clauses match their words."""
        worded = [(place, values) for place, values in self.rows.items() if place[0] in ("item", "measure", "clause")]
        redacted = {
            (one["table_name"], one["row_id"]) for one in self.of("redaction") if "title" in one["fields"].split(",")
        }
        for (table, number), values in worded:
            if (table, number) in redacted:
                self.not_checked.append(f"The fingerprint of {table} {number}: its words were redacted.")
            elif values["fingerprint"] not in self.fingerprints_of(table, number, values):
                self.wrong(f"{table} {number}: its fingerprint is not that of its words")
        computed = counted(len([place for place, _ in worded if place not in redacted]), "fingerprint")
        return f"Fingerprints: {computed}, computed from the words."

    def fingerprints_of(self, table: str, number: int, values: dict[str, Any]) -> Iterator[str]:
        """Yield the fingerprints that a row's words can have.

        Earlier versions of the program also put the code of an item in, and the item can have another code since.
        """
        words = self.worded(table, number, values)
        yield fingerprint(table, words)
        if table == "item":
            changes = [one for one in self.of("item_change") if (one["item_id"], one["field"]) == (number, "code")]
            codes = [values["code"], *(one[name] for one in changes for name in ("old_value", "new_value"))]
            for code in codes:
                yield fingerprint(table, {"code": code, **words})

    def worded(self, table: str, number: int, values: dict[str, Any]) -> dict[str, Any]:
        """Return the fields from which a row's fingerprint is computed."""
        if table == "item":
            has_measure = values["measure_id"] is not None
            measure = self.rows["measure", values["measure_id"]]["code"] if has_measure else None
            return {"title": values["title"], "measure": measure}
        if table == "measure":
            quoted = self.digest_of(values["citation_id"]) if values["citation_id"] is not None else None
            return {**{name: values[name] for name in ("code", "title", "restatement")}, "quoted": quoted}
        texts = [one for one in self.of("clause_expression") if one["clause_id"] == number]
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
        """Return the digest of the text that a citation quotes."""
        digest: str = self.rows["citation", citation]["quoted_sha256"]
        return digest

    def check_quotes(self) -> str:
        """Check that verbatim texts have the cited digests, one for each passage found in a copy."""
        found = {
            row: span
            for (table, row), span in self.rows.items()
            if table == "attached_span" and span["start_point"] is not None
        }
        exact = sorted(row for row, span in found.items() if span["match"] == "exact")
        quotes, passages = self.documents["citations.json"]["quotes"], self.documents[STATEMENT]["passages"]
        if [quote["span"] for quote in quotes] != exact:
            self.wrong("citations.json: there is not one quote for each place that has exactly the cited text")
        if [passage["span"] for passage in passages] != sorted(set(found).difference(exact)):
            self.wrong(f"{STATEMENT}: there is not one passage for each other place found in an attached copy")
        for quote in quotes:
            if text_digest(quote["text"]) != self.digest_of(found[quote["span"]]["citation_id"]):
                self.wrong(f"citations.json: the quote of span {quote['span']} is not the text that was cited")
        loose = [passage for passage in passages if found[passage["span"]]["match"] == "normal"]
        for passage in loose:
            cited = self.rows["citation", found[passage["span"]]["citation_id"]]
            if text_digest(normal_form(passage["text"])) != cited["normal_sha256"]:
                self.wrong(f"{STATEMENT}: the passage of span {passage['span']} is not the text that was cited")
        if loose and not self.sealed:
            self.not_checked.append(
                f"The spaces and invisible characters in {counted(len(loose), 'passage')} of copies."
            )
        if len(passages) > len(loose) and not self.sealed:
            differing = counted(len(passages) - len(loose), "passage")
            self.not_checked.append(
                f"The words of {differing} of attached copies that differ from what was cited: no digest is theirs."
            )
        return f"Quotes: {counted(len(quotes), 'verbatim text')} with the digests of what was cited."

    def check_statement(self) -> None:
        """Check that the statement does not contradict the events, and report it if it is not signed."""
        statement = self.documents[STATEMENT]
        # Later redactions are in the pack too, because their text is missing from past states as well.
        facts = [event for event in self.events if event["table"] not in REDACTIONS]
        if statement["known_at"] and any(event["recorded_at"] > statement["known_at"] for event in facts):
            self.wrong(f"{STATEMENT}: events were recorded after the instant up to which it claims to know")
        if statement["log_events"] < max(self.documents["proofs.json"]["size"], *self.proofs):
            self.wrong(f"{STATEMENT}: it says that the log had fewer events than the pack proves")
        if not self.sealed:
            self.not_checked.append(
                f"{STATEMENT} (the dates that the pack is as of and as known at, how the item stood by the rules, the"
                " names of attached files): no signature covers it, and anybody could have changed it."
            )
            self.not_checked.append(
                f"{' and '.join(PAGES)}: no signature covers them, and anybody could have changed them. Read the"
                " events instead: --history."
            )

    def check_lineage(self) -> str | None:
        """Check where the item comes from and what became of it against the rows, as far as rows say it."""
        number, item = self.item()
        said = self.documents[STATEMENT]["lineage"]
        comes_from, became = self.acts_on_lineage(number)
        origins = self.named_as("continues {} of " + self.plan_of(item["continues_id"]), [item["continues_id"]])
        first = said["comes_from"][:1] if item["continues_id"] is not None else []
        if not origins.issuperset(first) or said["comes_from"] != first + comes_from:
            self.wrong(f"{STATEMENT}: where the item comes from is not what the rows say")
        into = [one["merged_into_id"] for one in self.of("status_update") if one["item_id"] == number]
        others = said["became"][len(became) :]
        elsewhere = [one for one in others if one.startswith("continued as ")]
        merged = self.named_as("merged into {}", into)
        if said["became"][: len(became)] != became or not merged.issuperset(set(others).difference(elsewhere)):
            self.wrong(f"{STATEMENT}: what became of the item is not what the rows say")
        if elsewhere and not self.sealed:
            self.not_checked.append(f"What became of the item in other plans: {', '.join(elsewhere)}.")
        proven = len(said["comes_from"]) + len(said["became"]) - len(elsewhere)
        return f"Lineage: {counted(proven, 'relation')} to other items and codes, as the rows say." if proven else None

    def acts_on_lineage(self, number: int) -> tuple[list[str], list[str]]:
        """Return the texts that the acts on the item give, by the day of the statement: its origins and successors."""
        until = self.documents[STATEMENT]["as_of"]
        rows = [(row, values) for (table, row), values in self.rows.items() if table == "item_change"]
        undone = self.undone_changes(number)
        mine = [
            (values["as_of"], row, values) for row, values in rows if values["item_id"] == number and row not in undone
        ]
        comes_from, became = [], []
        for day, _, values in sorted(mine, key=lambda one: one[:2]):
            if day > until:
                continue
            if values["field"] == "split_from":
                comes_from.append(f"split from {values['new_value']}")
            elif values["field"] == "split_into" and values["new_value"]:
                became.append(f"split into {values['new_value']}")
            elif values["field"] == "split_into":
                taken_back = f"split into {values['old_value']}"
                became = [one for one in became if one != taken_back]
            elif values["field"] == "code":
                comes_from.append(f"had the code {values['old_value']} before {day}")
        return comes_from, became

    def undone_changes(self, number: int) -> set[int]:
        """Return the rows of an item's history that imports added that were undone, and those that the undo added.

        The undo of an import adds a row for each, with the values exchanged. Neither counts on any day.
        """
        undone: set[int] = set()
        imported: dict[tuple[Any, ...], list[int]] = {}
        for event in self.events:
            row = event["after"]
            if event["table"] != "item_change" or row["item_id"] != number:
                continue
            if event["action"] == "import":
                imported.setdefault((row["field"], row["old_value"], row["new_value"]), []).append(event["row"])
            elif event["action"] == "undo-import":
                earlier = imported.get((row["field"], row["new_value"], row["old_value"]))
                undone |= {event["row"], *([earlier.pop()] if earlier else [])}
        return undone

    def plan_of(self, number: int | None) -> str:
        """Return the key of the plan of an item, or an empty text for no item."""
        return "" if number is None else str(self.rows["plan", self.rows["item", number]["plan_id"]]["key"])

    def named_as(self, text: str, items: Iterable[int | None]) -> set[str]:
        """Return a text with each code that one of the items ever had."""
        named = (number for number in items if number is not None)
        return {text.format(code) for number in named for code in self.ever("item", number, "code")}

    def check_verifier(self) -> None:
        """Check that the verifier in the pack is this program, or is covered by a signature."""
        if self.files[VERIFIER] != Path(__file__).read_bytes() and not self.sealed:
            self.not_checked.append(
                f"{VERIFIER} in the pack: it is not the program that you are running, and no signature covers it."
                " Do not run it."
            )

    def outcome(self) -> tuple[int, str]:
        """Return the exit code and the verdict.

        The verdict is "holds" only if the key that the user gave covers everything.
        """
        if self.problems:
            count = counted(len(self.problems), "problem")
            return (
                DOES_NOT_HOLD,
                f"Does not hold ({count}): the pack was altered, or it never was what it claims to be.",
            )
        if not self.anchored_by:
            signed = Checkpoint(self.files[CHECKPOINT]).signatures
            why = "the signature on the root was not checked" if signed else "nobody signed the root"
            made_up = "The files agree with each other, but anybody could have made them up."
            return NOT_ALL_PROVEN, f"Not proven: {why}. {made_up}"
        if not self.given:
            return NOT_ALL_PROVEN, (
                f"Not proven: everything was checked with the key that came with the pack, {self.anchored_by.line}."
                " Anybody can make a pack with a key of their own: compare the key, or give yours with --public-key."
            )
        if self.sealed:
            return HOLDS, "Holds: the key you gave signed the pack, and its checkpoint proves the history."
        after = len(self.proofs) - self.anchored
        more = f" No signature covers {counted(after, 'event')} that came after it." if after else ""
        return NOT_ALL_PROVEN, (
            "Holds in part: the facts and the history go with the checkpoint that the key you gave signed."
            f"{more} Nobody signed the pack itself, so {', '.join(STATED[:-1])} could have been changed by anybody."
        )

    def verdict(self) -> str:
        """Return the verdict in words."""
        return self.outcome()[1]


def references(table: str, values: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the rows that a row refers to."""
    for name, target in REFERENCES.get(table, {}).items():
        if values.get(name) is not None:
            yield target, values[name]


def history(events: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the events of a pack as lines: who changed what, when, from which value to which, and why."""
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
    """Yield the result line by line, beginning with the verdict."""
    yield pack.verdict()
    about, statement = pack.documents.get("item.json"), pack.documents.get(STATEMENT)
    if isinstance(about, dict):
        as_of = f", as of {statement.get('as_of')}" if isinstance(statement, dict) else ""
        yield f"Evidence on {about.get('item')} of {about.get('plan')}{as_of}."
    if isinstance(about, dict) and about.get("simulated"):
        yield "SIMULATED DATA: reports, dates and values are made up for a demonstration."
    yield from (f"  ! {line}" for line in pack.problems)
    yield from (f"  + {line}" for line in pack.holds)
    yield "Not proven:"
    yield from (f"  - {line}" for line in (*pack.not_checked, *NEVER_PROVEN))


def key_given(text: str) -> Key:
    """Return the public key that the user gave, either as its line or as the name of a file with that line."""
    try:
        return Key(plain_file(Path(text).resolve()).decode("utf-8") if Path(text).is_file() else text)
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no public key: {error}") from error


def pack_given(text: str) -> Path:
    """Return the path of the archive or folder that the user gave."""
    try:
        if Path(text).is_dir() or Path(text).is_file():
            return Path(text)
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{text!r} cannot be opened: {error.strerror}") from error
    raise argparse.ArgumentTypeError(f"{text!r} is neither a pack nor a folder")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a pack and print the result. Return the exit code."""
    parser = argparse.ArgumentParser(
        description="Checks a pack of evidence.",
        epilog="Exit codes: 0 holds, 1 does not hold, 2 mistyped, 3 nothing is wrong but not all of it is proven.",
    )
    parser.add_argument(
        "pack",
        nargs="?",
        type=pack_given,
        default=Path(__file__).resolve().parent,
        help="the archive, or the folder it was unpacked to; else the folder of this program",
    )
    parser.add_argument(
        "--public-key", type=key_given, metavar="KEY", help="the key you trust, or a file that holds it"
    )
    parser.add_argument("--history", action="store_true", help="print the events too, unless something is wrong")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    pack = Pack(options.pack, options.public_key)
    holds = pack.check()
    print_lines((*report(pack), *(history(pack.events) if options.history and holds else ())))
    return pack.outcome()[0]


def print_lines(lines: Iterable[str]) -> None:
    """Print lines. If the reader closes the output, as `head` does, the rest goes nowhere."""
    try:
        for line in lines:
            print(shown(line), flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
