"""Writing from any screen: reports on one item or on several, and undoing the last write."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol, cast

from planner.base.errors import NotAllowedError
from planner.base.language import tr, tr_count
from planner.domain.rules.permissions import Permission
from tui.data.my_week import kept_drafts
from tui.data.reports import open_form
from tui.routes import new_screen

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from planner.queries.weeks.overview import Overview
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.reporting.form import ReportForm
    from planner.writes.undo import OwnWrite
    from tui.loaded import LoadedApp
    from tui.services.loading import Loading
    from tui.services.permissions import Permissions
    from tui.services.tasks import Tasks


# The largest number of undone records that a notification lists.
MOST_NAMED = 4


class FormScreen(Protocol):
    """The screen with the report form. `recorded` are the codes of the items that were reported."""

    @property
    def recorded(self) -> Collection[str]:
        """Return the codes of the reported items."""


class Reports:
    """Opens the forms that write, and undoes the last write."""

    def __init__(self, app: "LoadedApp", tasks: "Tasks", loading: "Loading", permissions: "Permissions") -> None:
        self._app = app
        self._tasks = tasks
        self._loading = loading
        self._permissions = permissions

    def open_form(self, code: str, codes: Sequence[str] = ()) -> None:
        """Show the report form of an item, followed by the forms of the items in the queue `codes`.

        When the last form is closed, the reported items are loaded again. If this person may not report on the item, a
        window says so, and no form opens.
        """
        if not self._permissions.may_write():
            return
        app = self._app

        def opened(opening: "ReportForm") -> None:
            screen = new_screen("report", app.door, opening, codes)
            form = cast("FormScreen", screen)
            app.push_screen(screen, lambda recorded: self._loading.read_again(form.recorded) if recorded else None)

        app.hold_keys()
        self._tasks.run(app, lambda: open_form(app.door, code), opened, self._refused, group="open")

    def open_bulk(self, codes: Sequence[str]) -> None:
        """Show the form that makes the same change to several items."""
        if not codes:
            do = tr("Select some with the key {key}", key=self._app.key_for("register.select"))
            self._permissions.refuse(NotAllowedError(tr("no items are selected"), do=do))
        elif self._permissions.may_write():
            form = new_screen("bulk", codes)
            self._app.push_screen(form, lambda recorded: self._loading.read_again(codes) if recorded else None)

    def undo(self) -> None:
        """Show this person's last write, and undo it if the person confirms."""
        app = self._app
        if self._permissions.may_write(Permission.TAKE_BACK):
            app.hold_keys()
            self._tasks.read(app, self._last_write, self._confirm_undo, self._failed, group="undo")

    def _last_write(self, reading: "Reading") -> "tuple[OwnWrite, str]":
        """Return the write that would be undone, and the plan's time zone."""
        from planner.writes.undo import last_own_write

        return last_own_write(reading, self._app.door.actor), reading.plan.time_zone

    def _confirm_undo(self, found: "tuple[OwnWrite, str]") -> None:
        write, time_zone = found
        app = self._app

        def undo(writing: "Writing") -> "OwnWrite":
            from planner.writes.undo import undo

            return undo(writing, expected=write.recorded_at)

        def answered(wanted: bool | None) -> None:
            if wanted:
                self._tasks.write(app, undo, self._undone, self._failed, group="undo", deed=Permission.TAKE_BACK)

        app.push_screen(new_screen("undo", write, time_zone), answered)
        app.release_keys()

    def _undone(self, write: "OwnWrite") -> None:
        shown, more = "; ".join(write.records[:MOST_NAMED]), len(write.records) - MOST_NAMED
        message = tr("Undone: {records}", records=shown)
        if more > 0:
            message = tr_count(
                "Undone: {records}; and {count} more record",
                "Undone: {records}; and {count} more records",
                more,
                records=shown,
            )
        self._app.notify(message, markup=False)
        self._loading.reload()

    def _refused(self, error: "PlannerError") -> None:
        self._permissions.refuse(error)
        self._app.release_keys()

    def _failed(self, error: "PlannerError") -> None:
        self._app.release_keys()
        self._app.warn(error)

    def mark_draft(self, code: str, *, there: bool) -> None:
        """Add an item to the app's `draft_codes` if it has a draft (`there`), otherwise remove it."""
        codes = self._app.draft_codes
        self._app.draft_codes = codes | {code} if there else codes - {code}

    def loaded(self, standing: "Overview") -> None:
        """Find out which items have drafts."""
        app = self._app

        def show(codes: frozenset[str]) -> None:
            app.draft_codes = codes

        key = standing.plan.key
        self._tasks.run(app, lambda: frozenset(kept_drafts(app.door, key)[0]), show, group="drafts")
