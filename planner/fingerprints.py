"""Fingerprints: SHA-256 over a canonical encoding of named fields, never over a concatenation of values."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any


def canonical_json(value: Any) -> bytes:
    """The one encoding of a JSON value that digests are taken of.

    Keys sorted, no white space, UTF-8, text as it stands. Dicts with text keys, lists, text, numbers, booleans, None.
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def fingerprint(kind: str, fields: Mapping[str, Any]) -> str:
    """The fingerprint of something of a kind, in lower-case hexadecimal. Text is taken in NFC."""
    return hashlib.sha256(canonical_json({"kind": kind, "fields": _nfc(fields)})).hexdigest()


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {key: _nfc(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_nfc(part) for part in value]
    return value


def text_digest(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes: what a citation says of its quoted span, and of that span's normal form."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def clause_fingerprint(mandate: str, key: str, restatement: str, quoted: Mapping[str, str]) -> str:
    """The fingerprint of a clause: its restatement and, per language, the digest of its text."""
    return fingerprint("clause", {"mandate": mandate, "key": key, "restatement": restatement, "quoted": dict(quoted)})


def measure_fingerprint(code: str, title: str, restatement: str, quoted: str | None) -> str:
    """The fingerprint of a measure: its wording and the digest of the text it restates."""
    return fingerprint("measure", {"code": code, "title": title, "restatement": restatement, "quoted": quoted})


def item_fingerprint(code: str, title: str, measure: str) -> str:
    """The fingerprint of an item's wording and place."""
    return fingerprint("item", {"code": code, "title": title, "measure": measure})
