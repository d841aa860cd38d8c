"""Saved views: named filters, orders and columns of the register, in a file of one person.

A view refers to its filters and columns by name, so reading it needs neither the database nor the queries. The code
that uses a view checks which of these names are still valid.
"""

from collections.abc import Mapping
from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Any

from planner.base.errors import BadValueError, unknown_name
from planner.base.language import later, tr
from planner.base.views import value_class
from planner.personal.person_file import changing, read_json
from planner.store import location

FORMAT = "planner-views/1"
FILE_NAME = "views.json"
LONGEST_NAME = 40


@value_class
class SavedView:
    """A named view of the register: its filters (values by facet), search words, order and columns.

    An empty tuple of columns means the default columns. `plan` is the key of the plan whose themes or measures the view
    names. It is empty for a view of any plan.
    """

    name: str
    # docs/decisions/0037: ids would need the database, and change with it.
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    search: str = ""
    sort: str = "code"
    reverse: bool = False
    columns: tuple[str, ...] = ()
    plan: str = ""

    @property
    def summary(self) -> str:
        """A description of the view's filters and order, on one line."""
        words = [word.replace("_", " ") for values in self.filters.values() for word in values]
        words += [f"“{' '.join(self.search.split())}”"] if self.search.strip() else []
        order = (
            tr("sorted by {column}, reversed", column=self.sort)
            if self.reverse
            else tr("sorted by {column}", column=self.sort)
        )
        return ", ".join([*words, order, *([tr("for the plan {plan}", plan=self.plan)] if self.plan else [])])


def views_file() -> Path:
    """Return the file with the current user's views."""
    return location.data_folder() / FILE_NAME


def read_views(file: Path) -> tuple[SavedView, ...]:
    """Return the views in a file, in order of their names. Empty if there is no file.

    Raises FileTroubleError if the file cannot be read or has invalid content.
    """
    return read_json(file, FORMAT, _decoded) or ()


def find_view(file: Path, name: str) -> SavedView:
    """Return the view with a name. Raises UnknownNameError if there is no such view, and the errors of `read_views`."""
    views = read_views(file)
    for view in views:
        if view.name == name:
            return view
    known = (view.name for view in views)
    none = "You have no views yet; save one in the app's register"
    raise unknown_name(tr("no view is called '{name}'", name=name), later("views"), known, where="view", none=none)


def save_view(file: Path, view: SavedView) -> SavedView:
    """Save a view, replacing one with the same name, and return it with its normalised name.

    Raises BadValueError if the name is invalid, and FileTroubleError if the file cannot be read or written.
    """
    named = replace(view, name=checked_name(view.name))
    # docs/decisions/0036: the only personal file that is changed after it was read.
    with changing(file, FORMAT, _decoded) as data:
        views = {one["name"]: one for one in data.get("views", [])}
        views[named.name] = views.get(named.name, {}) | asdict(named)
        data["views"] = sorted(views.values(), key=lambda one: (one["name"].casefold(), one["name"]))
    return named


def delete_view(file: Path, name: str) -> SavedView:
    """Delete the view with a name and return it.

    Raises UnknownNameError if there is no such view, and FileTroubleError if the file cannot be read or written.
    """
    gone = find_view(file, name)
    with changing(file, FORMAT, _decoded) as data:
        data["views"] = [one for one in data.get("views", []) if one["name"] != name]
    return gone


def checked_name(name: str) -> str:
    """Return a view's name on one line, without spaces at its ends.

    Raises BadValueError if it is empty, too long or unprintable.
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise BadValueError(
            tr("not a valid view name"),
            where="name",
            do=tr("Give one line of 1 to {longest_name} characters", longest_name=LONGEST_NAME),
        )
    return plain


def _decoded(data: dict[str, Any]) -> tuple[SavedView, ...]:
    """Return the views in a file's content. Raises ValueError with the reason if it is invalid."""
    if not isinstance(data.get("views"), list):
        raise ValueError(tr("the file has no list of views"))
    views = [_view(view) for view in data["views"]]
    if len({view.name for view in views}) != len(views):
        raise ValueError(tr("two views have the same name"))
    return tuple(views)


def _view(data: Any) -> SavedView:
    kinds = {"name": str, "filters": dict, "search": str, "sort": str, "reverse": bool, "columns": list}
    if not isinstance(data, dict) or not set(kinds) <= set(data):
        raise ValueError(tr("a view lacks a field. Each view needs: {names}", names=", ".join(kinds)))
    for name, kind in kinds.items():
        if not isinstance(data[name], kind):
            raise ValueError(tr("the field '{name}' of a view has the wrong type", name=name))
    try:
        checked_name(data["name"])
    except BadValueError as error:
        raise ValueError(error.what) from error
    filters = {facet: _words(words) for facet, words in data["filters"].items()}
    plan = data.get("plan", "")
    if not isinstance(plan, str):
        raise ValueError(tr("the field '{name}' of a view has the wrong type", name="plan"))
    fields = {name: data[name] for name in kinds} | {"filters": filters, "columns": _words(data["columns"])}
    return SavedView(**fields, plan=plan)


def _words(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(word, str) for word in values):
        raise ValueError(tr("the values of a view are not text"))
    return tuple(values)
