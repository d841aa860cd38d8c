"""The acts on themes: add, rename, move, merge and remove one, and on the kinds of items: rename and merge one."""

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.base.language import later
from tui.data.acts.act import Act, ActDone, ActField, Entry
from tui.data.acts.common import KIND, THEME, TITLE, WHY_AND_WHEN

if TYPE_CHECKING:
    from planner.register.writing import Writing


def _add(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.themes import add_theme

    done = add_theme(writing, entry["title"], label=entry["label"], inside=entry["inside"], **entry.about)
    return ActDone(done.sentence())


def _rename(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.themes import rename_theme

    done = rename_theme(writing, entry["theme"], title=entry["title"], label=entry["label"], **entry.about)
    return ActDone(done.sentence())


def _move(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.themes import move_theme

    done = move_theme(writing, entry["theme"], inside=entry["inside"], **entry.about)
    return ActDone(done.sentence())


def _merge(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.themes import merge_theme

    return ActDone(merge_theme(writing, entry["theme"], entry["into"], **entry.about).sentence())


def _remove(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.themes import remove_theme

    done = remove_theme(writing, entry["theme"], **entry.about)
    return ActDone(done.sentence())


def _rename_kind(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.kinds import rename_kind

    done = rename_kind(writing, entry["kind"], title=entry["title"], **entry.about)
    return ActDone(done.sentence())


def _merge_kind(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.kinds import merge_kind

    return ActDone(merge_kind(writing, entry["kind"], entry["into"], **entry.about).sentence())


_THEME = replace(THEME, required=True)
_LABEL = ActField("label", later("Printed number"), hint=later("such as 2.1; may be empty"))
_INSIDE = replace(THEME, name="inside", title=later("Inside"), hint=later("the theme around it; may be empty"))

THEME_ACTS = (
    Act(
        "theme.add",
        later("Add theme"),
        later("Add a theme with the next free number"),
        (replace(TITLE, hint=later("what it is about")), _LABEL, _INSIDE, *WHY_AND_WHEN),
        _add,
    ),
    Act(
        "theme.rename",
        later("Rename theme"),
        later("Give a theme another title or printed number"),
        (
            _THEME,
            ActField("title", later("New title"), hint=later("empty keeps the title")),
            replace(_LABEL, hint=later("empty keeps it")),
            *WHY_AND_WHEN,
        ),
        _rename,
    ),
    Act(
        "theme.move",
        later("Move theme"),
        later("Move a theme with all that is in it into another theme, or out of it"),
        (_THEME, replace(_INSIDE, hint=later("the theme around it; empty is none")), *WHY_AND_WHEN),
        _move,
    ),
    Act(
        "theme.merge",
        later("Merge theme"),
        later("Merge a theme into another one, which takes over all that is in it"),
        (_THEME, replace(_THEME, name="into", title=later("Into")), *WHY_AND_WHEN),
        _merge,
    ),
    Act(
        "theme.remove",
        later("Remove theme"),
        later("Remove a theme without items, measures and other themes"),
        (_THEME, *WHY_AND_WHEN),
        _remove,
    ),
    Act(
        "kind.rename",
        later("Rename kind"),
        later("Give a kind of items another title"),
        (replace(KIND, required=True), ActField("title", later("New title"), required=True), *WHY_AND_WHEN),
        _rename_kind,
    ),
    Act(
        "kind.merge",
        later("Merge kind"),
        later("Merge a kind of items into another one, which all its items get"),
        (
            replace(KIND, required=True),
            replace(KIND, name="into", title=later("Into"), required=True),
            *WHY_AND_WHEN,
        ),
        _merge_kind,
    ),
)
