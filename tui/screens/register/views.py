"""Choosing, saving and deleting the register's saved views."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content

from planner.base.errors import PlannerError
from planner.base.language import tr
from planner.personal import saved_views
from planner.personal.saved_views import SavedView
from planner.queries.items.filters import Facet
from planner.queries.items.saved_views import view_filters, view_of
from planner.register.plans import require_themes
from tui.dialogs.pick import NameDialog, Pick, PickDialog
from tui.keys import bindings
from tui.widgets.item.columns import TITLES

if TYPE_CHECKING:
    from planner.register.plan_view import PlanView
    from planner.register.reading import Reading
    from tui.screens.register.filtered import FilteredPage


class ViewsDialog(PickDialog):
    """Lists the saved views. The result is the name of the chosen view. Views can be deleted here."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.VIEWS

    def __init__(self) -> None:
        super().__init__(tr("Saved views"), _picks(), empty=tr("No views are saved yet."))

    def hint(self) -> Content:
        """Return the line that explains the keys."""
        key = self.planner.key_for
        return Content(
            tr(
                "Press enter to choose, {key} to delete, {leave_key} to close.",
                key=key("views.delete"),
                leave_key=self.leave_key,
            )
        )

    def action_delete(self) -> None:
        """Delete the view under the cursor."""
        pick = self.table.row
        if pick is None:
            return
        try:
            saved_views.delete_view(saved_views.views_file(), pick.key)
            self.table.show(_picks())
        except PlannerError as error:
            self.notify(error.note, severity="error", markup=False)


def open_views(register: "FilteredPage") -> None:
    """Ask for a saved view and apply it."""

    def take(name: str | None) -> None:
        if name is not None:
            _run_or_show_error(register, lambda: _show(register, saved_views.find_view(saved_views.views_file(), name)))

    _run_or_show_error(register, lambda: register.app.push_screen(ViewsDialog(), take))


def save_view(register: "FilteredPage") -> None:
    """Ask for a name, and save the present filters, order and columns under it."""

    def take(name: str | None) -> None:
        if name is not None:
            _run_or_show_error(register, lambda: _save(register, name))

    register.app.push_screen(NameDialog(tr("Save this view"), register.view_name, tr("a name")), take)


def _show(register: "FilteredPage", view: SavedView) -> None:
    """Apply a view, after checking that the themes and organisations in it still exist."""
    app = register.planner
    plan = _plan(register)
    filters = view_filters(view, register.own, plan.key if plan else view.plan)
    if plan is not None:
        require_themes(plan, sorted(filters.chosen(Facet.THEME)), "view")
    named = filters.chosen(Facet.LEAD) | filters.chosen(Facet.MINE)

    def take(_checked: None) -> None:
        register.view_name = view.name
        register.columns = tuple(key for key in view.columns if key in TITLES)
        register.order = (view.sort, view.reverse)
        register.filters = filters

    def check(reading: "Reading") -> None:
        from planner.queries.people.organisations import require_organisations

        require_organisations(reading.session, named, tr("the view '{name}'", name=view.name))

    if named:
        app.tasks.read(register, check, take, lambda error: _show_error(register, error), group="view")
    else:
        take(None)


def _plan(register: "FilteredPage") -> "PlanView | None":
    """Return the plan that the app shows, or None until it is loaded."""
    standing = register.planner.standing
    return standing.plan if standing is not None else None


def _show_error(register: "FilteredPage", error: PlannerError) -> None:
    register.notify(error.note, severity="error", markup=False)


def _save(register: "FilteredPage", name: str) -> None:
    column, reverse = register.order
    plan = _plan(register)
    key = plan.key if plan else ""
    view = view_of(name, register.filters, column, reverse, register.columns, register.own, key)
    register.view_name = saved_views.save_view(saved_views.views_file(), view).name
    register.notify(tr("Saved as '{view_name}'.", view_name=register.view_name), markup=False)


def _run_or_show_error(register: "FilteredPage", deed: Callable[[], object]) -> None:
    """Run an action on the person's file of views. If it fails, show the error and leave the register as it is."""
    try:
        deed()
    except PlannerError as error:
        _show_error(register, error)


def _picks() -> list[Pick]:
    return [Pick(view.name, view.name, view.summary) for view in saved_views.read_views(saved_views.views_file())]
