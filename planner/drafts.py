"""Drafts: what a person has typed into a report form and not yet saved, kept on disk until it is saved or dropped.

Each draft is a file of its own in the user's data folder, written whole: whatever ends the program, the file holds what
was kept last. Two forms that are open on one item write two drafts, so neither overwrites the other's. Nothing here
needs the database, so that a draft can be read while the database cannot be reached.
"""

import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from planner.db import location
from planner.errors import FileTroubleError
from planner.files import make_private_folder, read_bounded, sync_folder, write_whole

FORMAT = "planner-draft/1"
FOLDER_NAME = "drafts"
ASIDE = ".aside"

# The id of a draft from the time when there was one file per item.
ONLY_ONE = "0"

# Far more than anybody types into one form.
LARGEST_DRAFT = 16 * 1024 * 1024

# Seconds for which a half-written file may belong to a program that is still writing it.
PART_IN_USE = 3600

# What this version reads and writes of a file.
_KNOWN = frozenset({"format", "address", "plan", "login", "code", "id", "begun", "changed", "fields", "seen"})

# Text is kept to the letter, also what is no valid Unicode: a draft never refuses what a terminal let somebody type.
_ERRORS = "surrogatepass"


@dataclass(frozen=True)
class DraftKey:
    """Whose draft on what: the register, the plan's key, the login and the item's code. Made by `draft_key`."""

    address: str
    plan: str
    login: str
    code: str


@dataclass(frozen=True)
class Draft:
    """What was typed, by field; the state of the item it was begun on (`seen`, any JSON value); and when, in UTC.

    `id` tells apart the drafts of several forms on one item. `more` is what the file holds under names that this
    version of the program does not know: it is kept as it is.
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
    """A file that is no draft of ours: where it is now, and what is wrong with it."""

    path: Path
    why: str

    @property
    def message(self) -> str:
        """What a person is told."""
        return f"{self.path}: {self.why}. It was set aside; what can be read of it is still there."


@dataclass(frozen=True)
class Found:
    """Drafts that were found, changed last first, and files that were set aside on the way."""

    drafts: tuple[Draft, ...]
    set_aside: tuple[SetAside, ...] = ()


def draft_key(address: str, plan: str, login: str, code: str) -> DraftKey:
    """The key of a draft; `address` is a database's as people are shown it (`Database.address`, `Door.address`)."""
    return DraftKey(register_address(address), plan, login, code)


def register_address(address: str) -> str:
    """One address per register: a file by its whole path, a server's URL without its password."""
    if "://" not in address:
        return str(Path(address).expanduser().resolve())
    shown = location.shown(location.parse(address, "draft"))
    return shown if "://" in shown else str(Path(shown).resolve())


def folder() -> Path:
    """Where drafts are kept."""
    return location.data_folder() / FOLDER_NAME


def new_id() -> str:
    """An id that no other draft of the item has."""
    return uuid4().hex[:8]


def keep(draft: Draft) -> None:
    """Write a draft in place of the one of the same key and id. Raises FileTroubleError; the earlier one then stays."""
    path = _path(draft.key, draft.id)
    _make_private(path.parent)
    write_whole(path, [_encoded(draft)], private=True)


def find(key: DraftKey) -> Found:
    """All drafts of a key, changed last first. Raises FileTroubleError where a file cannot be read."""
    return _read(sorted(folder().glob(f"{_digest(key)}*.json")))


def all_of(address: str, login: str | None) -> Found:
    """All drafts of a login in a register, without one everybody's. Raises FileTroubleError for an unreadable file."""
    _remove_old_parts()
    register = register_address(address)
    found = _read(sorted(folder().glob("*.json")))
    here = (draft for draft in found.drafts if draft.key.address == register)
    return Found(tuple(draft for draft in here if login in (None, draft.key.login)), found.set_aside)


def exists(key: DraftKey) -> bool:
    """Whether there is a file of a draft of a key. None is read."""
    return any(folder().glob(f"{_digest(key)}*.json"))


def is_kept(draft: Draft) -> bool:
    """Whether the file of a draft is there and still as it was when it was read. Raises FileTroubleError.

    A file that is damaged is not as it was, and stays for whoever looks for drafts: that is where it is set aside.
    """
    path = _path(draft.key, draft.id)
    try:
        return _decoded(read_bounded(path, LARGEST_DRAFT)).changed == draft.changed
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unreadable(path, error, "read") from error
    except (ValueError, RecursionError):
        return False


def discard(draft: Draft) -> bool:
    """Remove a draft, because it is saved or not wanted. One that was changed after it was read stays.

    Says whether it was removed. Raises FileTroubleError.
    """
    if not is_kept(draft):
        return False
    path = _path(draft.key, draft.id)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unreadable(path, error, "removed") from error
    return True


def _digest(key: DraftKey) -> str:
    parts = json.dumps([key.address, key.plan, key.login, key.code])
    return hashlib.sha256(parts.encode("ascii")).hexdigest()


def _path(key: DraftKey, draft_id: str) -> Path:
    ending = "" if draft_id == ONLY_ONE else f"-{draft_id}"
    return folder() / f"{_digest(key)}{ending}.json"


def _make_private(place: Path) -> None:
    try:
        make_private_folder(place)
        place.chmod(0o700)
    except OSError as error:
        raise FileTroubleError(
            f"the folder for drafts cannot be made ({(error.strerror or str(error)).lower()})",
            where=str(place),
            do="Save the report soon: what you type is not kept elsewhere",
        ) from error


def _read(paths: list[Path]) -> Found:
    drafts, aside = [], []
    for path in paths:
        try:
            draft = _decoded(read_bounded(path, LARGEST_DRAFT))
            if _path(draft.key, draft.id) != path:
                raise ValueError("it is the draft of something else")
            drafts.append(draft)
        except FileNotFoundError:
            continue  # discarded meanwhile by another window
        except OSError as error:
            raise _unreadable(path, error, "read") from error
        except (ValueError, RecursionError) as error:
            aside.append(_set_aside(path, str(error)))
    newest_first = sorted(drafts, key=lambda draft: (draft.changed, draft.key.code, draft.id), reverse=True)
    return Found(tuple(newest_first), tuple(aside))


def _remove_old_parts() -> None:
    """Remove what a program that was killed while it wrote a draft has left behind. A newer one may be in use."""
    oldest = time.time() - PART_IN_USE
    for part in folder().glob(".planner-*.part"):
        with suppress(OSError):
            if part.stat().st_mtime < oldest:
                part.unlink()


def _set_aside(path: Path, why: str) -> SetAside:
    """Give a file another name, under which it is found no more. Where even that is refused, it is left as it is."""
    target = path.with_name(f"{path.stem}-{uuid4().hex[:8]}{ASIDE}")
    try:
        path.replace(target)
        sync_folder(target.parent)
    except OSError:
        target = path
    return SetAside(target, f"this is not a draft that can be read ({why})")


def _unreadable(path: Path, error: OSError, done: str) -> FileTroubleError:
    return FileTroubleError(
        f"the draft cannot be {done} ({(error.strerror or str(error)).lower()})",
        where=str(path),
        do="See who owns the file",
    )


def _encoded(draft: Draft) -> bytes:
    content = {
        **draft.more,
        "format": FORMAT,
        **asdict(draft.key),
        "id": draft.id,
        "begun": draft.begun.astimezone(UTC).isoformat(),
        "changed": draft.changed.astimezone(UTC).isoformat(),
        "fields": dict(draft.fields),
        "seen": draft.seen,
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", _ERRORS)


def _decoded(content: bytes) -> Draft:
    """The draft that a file holds. Raises ValueError, saying what is wrong, for anything else."""
    said = json.loads(content.decode("utf-8", _ERRORS))
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError(f"its format is not {FORMAT}")
    fields = said.get("fields")
    if not isinstance(fields, dict) or not all(isinstance(text, str) for text in fields.values()):
        raise ValueError("its fields are not text")
    key = DraftKey(*(_text(said, name) for name in ("address", "plan", "login", "code")))
    more = {name: value for name, value in said.items() if name not in _KNOWN}
    draft_id = _text({"id": ONLY_ONE, **said}, "id")
    begun, changed = _instant(said, "begun"), _instant(said, "changed")
    return Draft(key, fields, said.get("seen"), begun, changed, draft_id, more)


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str):
        raise ValueError(f"its {name} is not text")
    return value


def _instant(said: dict[str, Any], name: str) -> datetime:
    instant = datetime.fromisoformat(_text(said, name))
    if instant.tzinfo is None:
        raise ValueError(f"its instant {name} has no time zone")
    return instant.astimezone(UTC)
