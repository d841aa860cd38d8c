"""Saved views: ways to look at the register that one person gave a name, kept in a file of theirs.

The file is locked while a view is saved or deleted, so that two windows do not lose each other's views.

A view holds words only, so that reading it needs neither the database nor the core's queries; whoever uses it says
which of them still mean something. A file that cannot be read is never written over: what is in it may be all there is.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from planner.db import location
from planner.errors import BadValueError, FileTroubleError, unknown_name
from planner.file_lock import locked
from planner.files import LARGEST_SMALL_FILE, read_bounded, write_whole

FORMAT = "planner-views/1"
FILE_NAME = "views.json"
LONGEST_NAME = 40


@dataclass(frozen=True)
class SavedView:
    """What narrows the register (values by facet, words searched for), its order, and its columns (none: the usual)."""

    name: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    search: str = ""
    sort: str = "code"
    reverse: bool = False
    columns: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """What it shows, on one line."""
        words = [word.replace("_", " ") for values in self.filters.values() for word in values]
        words += [f"“{' '.join(self.search.split())}”"] if self.search.strip() else []
        order = f"by {self.sort}{', turned round' if self.reverse else ''}"
        return ", ".join([*words, order])


def views_file() -> Path:
    """Where a person's views are kept."""
    return location.data_folder() / FILE_NAME


def read_views(file: Path) -> tuple[SavedView, ...]:
    """The views of a person in order of their names. Raises FileTroubleError where the file is there and broken."""
    try:
        content = read_bounded(file, LARGEST_SMALL_FILE)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise FileTroubleError(
            f"the saved views cannot be read ({(error.strerror or str(error)).lower()})",
            where=str(file),
            do="See who owns the file",
        ) from error
    try:
        return _decoded(content)
    except (ValueError, RecursionError) as error:
        raise FileTroubleError(
            f"these are no saved views that can be read ({error})", where=str(file), do="Mend the file, or remove it"
        ) from error


def find_view(file: Path, name: str) -> SavedView:
    """The view of a name. Raises UnknownNameError where there is none, FileTroubleError as `read_views` does."""
    views = read_views(file)
    for view in views:
        if view.name == name:
            return view
    known = (view.name for view in views)
    none = "You have no views yet; save one in the app's register"
    raise unknown_name(f"no view is called '{name}'", "views", known, where="view", none=none)


def save_view(file: Path, view: SavedView) -> SavedView:
    """Keep a view, in place of one of the same name; gives it as it was kept.

    Raises BadValueError for a name that is none, FileTroubleError where the file cannot be read or written.
    """
    named = replace(view, name=checked_name(view.name))
    with locked(file):
        others = [other for other in read_views(file) if other.name != named.name]
        _write(file, [*others, named])
    return named


def delete_view(file: Path, name: str) -> SavedView:
    """Forget a view, and give it back. Raises UnknownNameError where there is none, FileTroubleError."""
    find_view(file, name)
    with locked(file):
        gone = find_view(file, name)
        _write(file, [view for view in read_views(file) if view.name != name])
    return gone


def checked_name(name: str) -> str:
    """A name as it is kept: on one line, without outer spaces. Raises BadValueError where nothing is left of it."""
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise BadValueError(
            "this is no name for a view", where="name", do=f"Give one line of 1 to {LONGEST_NAME} characters"
        )
    return plain


def _write(file: Path, views: Iterable[SavedView]) -> None:
    ordered = sorted(views, key=lambda view: (view.name.casefold(), view.name))
    content = {"format": FORMAT, "views": [asdict(view) for view in ordered]}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_whole(file, [text.encode("utf-8", "surrogatepass")], private=True)


def _decoded(content: bytes) -> tuple[SavedView, ...]:
    """The views that a file holds. Raises ValueError, saying what is wrong, for anything else."""
    said = json.loads(content.decode("utf-8", "surrogatepass"))
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError(f"the format is not {FORMAT}")
    if not isinstance(said.get("views"), list):
        raise ValueError("there is no list of views")
    views = [_view(view) for view in said["views"]]
    if len({view.name for view in views}) != len(views):
        raise ValueError("two views have the same name")
    return tuple(views)


def _view(said: Any) -> SavedView:
    kinds = {"name": str, "filters": dict, "search": str, "sort": str, "reverse": bool, "columns": list}
    if not isinstance(said, dict) or set(said) != set(kinds):
        raise ValueError("a view has other fields than " + ", ".join(kinds))
    for name, kind in kinds.items():
        if not isinstance(said[name], kind):
            raise ValueError(f"the {name} of a view is of another kind")
    try:
        checked_name(said["name"])
    except BadValueError as error:
        raise ValueError(error.what) from error
    filters = {facet: _words(words) for facet, words in said["filters"].items()}
    return SavedView(**said | {"filters": filters, "columns": _words(said["columns"])})


def _words(said: Any) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(word, str) for word in said):
        raise ValueError("values of a view are no words")
    return tuple(said)
