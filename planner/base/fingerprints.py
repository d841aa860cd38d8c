"""Fingerprints of objects. A fingerprint is the SHA-256 of a canonical encoding of the object's named fields."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any


def canonical_json(value: Any) -> bytes:
    """Return the only JSON encoding that digests are computed from: sorted keys, no white space, UTF-8.

    The value consists of dicts with text keys, lists, text, numbers, booleans and None. Text is not changed.
    """
    return _CANONICAL.encode(value).encode("utf-8")


# Made once, because an import encodes hundreds of thousands of events.
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def fingerprint(kind: str, fields: Mapping[str, Any]) -> str:
    """Return the digest of an object's kind and fields, in lower-case hexadecimal. Text is normalised to NFC."""
    # docs/decisions/0100: joined values could be the same for two things.
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
    """Return the SHA-256 of a text in UTF-8. A citation has one for its quoted text and one for its normal form."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def clause_fingerprint(mandate: str, key: str, restatement: str, quoted: Mapping[str, str]) -> str:
    """Return the fingerprint of a clause, computed from its restatement and the digest of its text in each language."""
    return fingerprint("clause", {"mandate": mandate, "key": key, "restatement": restatement, "quoted": dict(quoted)})


def measure_fingerprint(code: str, title: str, restatement: str, quoted: str | None) -> str:
    """Return the fingerprint of a measure, computed from its wording and the digest of the text that it restates."""
    return fingerprint("measure", {"code": code, "title": title, "restatement": restatement, "quoted": quoted})


def item_fingerprint(title: str, measure: str | None) -> str:
    """Return the fingerprint of an item, computed from its title and its measure if it has one."""
    # docs/decisions/0171: a code that the office gives later is not another wording.
    return fingerprint("item", {"title": title, "measure": measure})


def coded_item_fingerprint(code: str, title: str, measure: str | None) -> str:
    """Return the fingerprint that an item had in earlier versions of the program, which covered its code too."""
    return fingerprint("item", {"code": code, "title": title, "measure": measure})


def renewed_item_fingerprint(earlier: str | None, codes: Iterable[str], title: str, measure: str | None) -> str:
    """Return `earlier`, the fingerprint of an item, if it still covers the item's words, or else the new one.

    It is kept also in the form of earlier versions, with any of these codes of the item.
    """
    kept = earlier and any(earlier == coded_item_fingerprint(code, title, measure) for code in codes)
    return earlier if earlier and kept else item_fingerprint(title, measure)
