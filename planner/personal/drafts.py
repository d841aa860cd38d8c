"""Drafts: unsaved reports, kept on disk until they are saved or discarded.

Each draft is a file of its own in the user's data folder and is always written as a whole. However the program ends,
the file contains the last draft that was written. Two forms that are open on one item write two drafts, so neither
overwrites the other. This module does not need the database, so drafts can be read without it.
"""

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from planner.base.files import sync_folder
from planner.base.language import tr
from planner.personal.person_file import DamagedFileError, delete_file, read_json, save_json
from planner.store import location

FORMAT = "planner-draft/1"
FOLDER_NAME = "drafts"
ASIDE = ".aside"

# The id of a draft from versions of the program that kept one file per item.
ONLY_ONE = "0"

# In bytes, far more than anybody types into one form.
LARGEST_DRAFT = 16 * 1024 * 1024

# For this many seconds, an incomplete file may belong to a program that is still writing it.
PART_IN_USE = 3600

# The field names of a draft's file that this version of the program knows.
_KNOWN_NAMES = frozenset({"format", "address", "plan", "login", "code", "id", "begun", "changed", "fields", "seen"})


@dataclass(frozen=True)
class DraftKey:
    """What a draft belongs to: the address of the register, the plan's key, the login and the item's code.

    See `draft_key`.
    """

    address: str
    plan: str
    login: str
    code: str


@dataclass(frozen=True)
class Draft:
    """An unsaved report: the text typed in each field, and when it was begun and last changed, in UTC.

    `seen` is the state of the item when the report was begun, as any JSON value. `id` distinguishes the drafts of
    several forms on one item. `more` holds fields of the file that this version of the program does not know, so that
    they are kept.
    """

    key: DraftKey
    fields: Mapping[str, str]
    seen: Any
    begun: datetime
    changed: datetime
    id: str = ONLY_ONE
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SetAside:
    """An unreadable draft file that was renamed: its new path, and what is wrong with it."""

    path: Path
    why: str

    @property
    def message(self) -> str:
        """The message that tells the user about the unreadable draft file."""
        return tr(
            "{file}: this unsaved report cannot be read ({reason}) and was kept.", file=self.path, reason=self.why
        )


@dataclass(frozen=True)
class FoundDrafts:
    """The drafts that were found, the last changed first, and the unreadable files that were renamed."""

    drafts: tuple[Draft, ...]
    set_aside: tuple[SetAside, ...] = ()


def draft_key(address: str, plan: str, login: str, code: str) -> DraftKey:
    """Return the key of a draft. `address` is the database's address as it is shown to people (`Database.address`)."""
    return DraftKey(register_address(address), plan, login, code)


def register_address(address: str) -> str:
    """Return the standard form of a register's address: a file's absolute path, or a URL without its password."""
    if "://" not in address:
        return str(Path(address).expanduser().resolve())
    shown = location.shown(location.parse(address, "draft"))
    return shown if "://" in shown else str(Path(shown).resolve())


def folder() -> Path:
    """Return the folder for drafts."""
    return location.data_folder() / FOLDER_NAME


def new_id() -> str:
    """Return an id that no other draft of the item has."""
    return uuid4().hex[:8]


def keep(draft: Draft) -> None:
    """Write a draft, replacing the one with the same key and id.

    Raises FileTroubleError if this fails; the earlier draft is then unchanged.
    """
    save_json(_path(draft.key, draft.id), FORMAT, _encoded(draft))
    with suppress(OSError):
        folder().chmod(0o700)


def find(key: DraftKey) -> FoundDrafts:
    """Return all drafts with a key, the last changed first. Raises FileTroubleError if a file cannot be read."""
    return _read_all(sorted(folder().glob(f"{_digest(key)}*.json")))


def all_of(address: str, login: str | None) -> FoundDrafts:
    """Return all drafts of a login in a register, or the drafts of all logins if `login` is None.

    Raises FileTroubleError if a file cannot be read.
    """
    _remove_old_parts()
    register = register_address(address)
    found = _read_all(sorted(folder().glob("*.json")))
    here = (draft for draft in found.drafts if draft.key.address == register)
    return FoundDrafts(tuple(draft for draft in here if login in (None, draft.key.login)), found.set_aside)


def exists(key: DraftKey) -> bool:
    """Return whether there is a draft with a key. No file is read."""
    return any(folder().glob(f"{_digest(key)}*.json"))


def is_kept(draft: Draft) -> bool:
    """Return whether a draft's file still exists and is unchanged since it was read.

    A damaged file counts as changed. It is renamed only when drafts are listed. Raises FileTroubleError if the file
    cannot be read.
    """
    try:
        kept = _read(_path(draft.key, draft.id))
    except DamagedFileError:
        return False
    return kept is not None and kept.changed == draft.changed


def discard(draft: Draft) -> bool:
    """Delete a draft that was saved or is not wanted, unless its file has changed since it was read.

    Return whether it was deleted. Raises FileTroubleError if the file cannot be read or deleted.
    """
    return is_kept(draft) and delete_file(_path(draft.key, draft.id))


def _digest(key: DraftKey) -> str:
    parts = json.dumps([key.address, key.plan, key.login, key.code])
    return hashlib.sha256(parts.encode("ascii")).hexdigest()


def _path(key: DraftKey, draft_id: str) -> Path:
    ending = "" if draft_id == ONLY_ONE else f"-{draft_id}"
    return folder() / f"{_digest(key)}{ending}.json"


def _read(path: Path) -> Draft | None:
    """Return the draft in a file, or None if another window has discarded it meanwhile."""
    return read_json(path, FORMAT, lambda data: _decoded(path, data), LARGEST_DRAFT)


def _read_all(paths: Iterable[Path]) -> FoundDrafts:
    drafts, aside = [], []
    for path in paths:
        try:
            draft = _read(path)
        except DamagedFileError as error:
            aside.append(_set_aside(path, error.reason))
        else:
            drafts += [draft] if draft else []
    newest_first = sorted(drafts, key=lambda draft: (draft.changed, draft.key.code, draft.id), reverse=True)
    return FoundDrafts(tuple(newest_first), tuple(aside))


def _remove_old_parts() -> None:
    """Delete old incomplete files, left when a program was killed while writing. Recent ones may still be in use."""
    oldest = time.time() - PART_IN_USE
    for part in folder().glob(".planner-*.part"):
        with suppress(OSError):
            if part.stat().st_mtime < oldest:
                part.unlink()


def _set_aside(path: Path, why: str) -> SetAside:
    """Rename a file so that it is no longer found as a draft. If this fails, the file keeps its name."""
    target = path.with_name(f"{path.stem}-{uuid4().hex[:8]}{ASIDE}")
    try:
        path.replace(target)
        sync_folder(target.parent)
    except OSError:
        target = path
    return SetAside(target, why)


def _encoded(draft: Draft) -> dict[str, Any]:
    return {
        **draft.more,
        **asdict(draft.key),
        "id": draft.id,
        "begun": draft.begun.astimezone(UTC).isoformat(),
        "changed": draft.changed.astimezone(UTC).isoformat(),
        "fields": dict(draft.fields),
        "seen": draft.seen,
    }


def _decoded(path: Path, data: dict[str, Any]) -> Draft:
    """Return the draft in the content of a file. Raises ValueError with the reason if it is not a valid draft."""
    fields = data.get("fields")
    if not isinstance(fields, dict) or not all(isinstance(text, str) for text in fields.values()):
        raise ValueError(tr("the fields of the report are not text"))
    key = DraftKey(*(_text(data, name) for name in ("address", "plan", "login", "code")))
    more = {name: value for name, value in data.items() if name not in _KNOWN_NAMES}
    draft_id = _text({"id": ONLY_ONE, **data}, "id")
    if _path(key, draft_id) != path:
        raise ValueError(tr("the report belongs to another item or register"))
    return Draft(key, fields, data.get("seen"), _instant(data, "begun"), _instant(data, "changed"), draft_id, more)


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str):
        raise ValueError(tr("the {name} of the report is not text", name=name))
    return value


def _instant(data: dict[str, Any], name: str) -> datetime:
    instant = datetime.fromisoformat(_text(data, name))
    if instant.tzinfo is None:
        raise ValueError(tr("the time '{name}' of the report has no time zone", name=name))
    return instant.astimezone(UTC)
