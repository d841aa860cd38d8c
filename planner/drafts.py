"""Drafts: what a person has typed into a report form and not yet saved, kept on disk until it is saved or dropped.

Each draft is a file of its own in the user's data folder, written whole: whatever ends the program, the file holds what
was kept last. Nothing here needs the database, so that a draft can be read while that cannot be reached.
"""

import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
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

# Far more than anybody types into one form.
LARGEST_DRAFT = 16 * 1024 * 1024

# Seconds for which a half-written file may belong to a program that is still writing it.
PART_IN_USE = 3600

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
    """What was typed, by field; the state of the item it was begun on (`seen`, any JSON value); and when, in UTC."""

    key: DraftKey
    fields: Mapping[str, str]
    seen: Any
    begun: datetime
    changed: datetime


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

    @property
    def draft(self) -> Draft | None:
        """The one draft, where one was asked for."""
        return self.drafts[0] if self.drafts else None


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


def keep(draft: Draft) -> None:
    """Keep a draft in place of an earlier one of the same key. Raises FileTroubleError; the earlier one then stays."""
    path = _path(draft.key)
    _make_private(path.parent)
    write_whole(path, [_encoded(draft)], private=True)


def find(key: DraftKey) -> Found:
    """The draft of a key, if there is one. Raises FileTroubleError where its file cannot be read."""
    path = _path(key)
    return _read([path] if path.exists() else [])


def all_of(address: str, login: str) -> Found:
    """All drafts of a login in a register. Raises FileTroubleError where a file cannot be read."""
    _remove_old_parts()
    register = register_address(address)
    found = _read(sorted(folder().glob("*.json")))
    mine = (draft for draft in found.drafts if (draft.key.address, draft.key.login) == (register, login))
    newest_first = sorted(mine, key=lambda draft: (draft.changed, draft.key.code), reverse=True)
    return Found(tuple(newest_first), found.set_aside)


def discard_known(key: DraftKey, changed: datetime | None) -> bool:
    """Drop a draft as it was kept at an instant. One that another window has kept since stays.

    Says whether it was dropped. Raises FileTroubleError.
    """
    draft = find(key).draft
    return draft is not None and draft.changed == changed and discard(key)


def discard(key: DraftKey) -> bool:
    """Drop a draft, saved or not wanted any more. Says whether there was one."""
    try:
        _path(key).unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unreadable(_path(key), error, "removed") from error
    return True


def _path(key: DraftKey) -> Path:
    parts = json.dumps([key.address, key.plan, key.login, key.code])
    return folder() / f"{hashlib.sha256(parts.encode('ascii')).hexdigest()}.json"


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
            if _path(draft.key) != path:
                raise ValueError("it is the draft of something else")
            drafts.append(draft)
        except FileNotFoundError:
            continue  # discarded meanwhile by another window
        except OSError as error:
            raise _unreadable(path, error, "read") from error
        except (ValueError, RecursionError) as error:
            aside.append(_set_aside(path, str(error)))
    return Found(tuple(drafts), tuple(aside))


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
        "format": FORMAT,
        **asdict(draft.key),
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
    return Draft(key, fields, said.get("seen"), _instant(said, "begun"), _instant(said, "changed"))


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
