"""The base of all screens.

It has the masthead, banners, error messages and footer, shows loaded data, and can copy it.
"""

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from planner.base.errors import NotAllowedError
from planner.base.language import tr, tr_later
from tui.keys import bindings
from tui.layout_once import lay_out_once, prepare_notifications, set_size_classes
from tui.painting import SeenCompositor
from tui.widgets.foot import Foot
from tui.widgets.masthead import Masthead, PastBanner, SimulatedBanner, date_forms, names, plan_shown
from tui.widgets.table import Table
from tui.widgets.trouble import ErrorPanel

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from planner.base.errors import PlannerError
    from planner.domain.rules.permissions import Permission
    from planner.queries.weeks.overview import Overview
    from planner.register.closing import Closing
    from tui.services.copying import Copied, CopyFormat
    from tui.shell import Shell
    from tui.widgets.fold import Fold
    from tui.widgets.search import SearchField


class Page(Screen[bool]):
    """A screen of the app. Subclasses define `content`, `show` and `to_copy`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.COPY

    # Whether keys can open other screens. A form disables this, because the person is typing.
    navigates = True

    # Whether the help key works on this screen.
    has_help = True

    # Whether the bottom line shows the key that lists the acts on the plan, to those who may make them.
    offers_acts = False

    # The keys that need something under the cursor, by the ids of their bindings.
    keys_at_cursor: ClassVar[tuple[str, ...]] = ()

    # Those of them that can do something at present, as the bottom line was last drawn.
    _working: tuple[str, ...] = ()

    # The name of the screen in the masthead, in English and marked with `later`.
    name_shown = ""

    # The purpose of the screen in one or two sentences, for its help. Also marked with `later`.
    help_text = ""

    # Whether data was loaded while another screen was in front, so that it is not shown yet.
    _behind = False

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SeenCompositor()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the screen out only if its size has changed."""
        lay_out_once(self, event)

    @property
    def planner(self) -> "Shell":
        """Return the app with the type `Shell` instead of Textual's `App`."""
        return cast("Shell", self.app)

    def compose(self) -> ComposeResult:
        """Yield the frame and the content."""
        set_size_classes(self)
        yield Masthead(tr_later(self.name_shown))
        yield PastBanner()
        yield SimulatedBanner()
        yield ErrorPanel()
        yield from self.content()
        yield Foot(self._offered_keys, self.works, alone=not self.navigates)

    def _offered_keys(self) -> tuple[str, ...]:
        me = self.planner.me
        if me is None or not self.offers_acts:
            return ()
        from planner.domain.rules.permissions import Permission, may

        return ("app.change",) if may(me.role, Permission.CHANGE_PLAN, theirs=False) else ()

    def content(self) -> ComposeResult:
        """Yield the screen's own widgets."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show the loaded data now, and again after each load."""
        prepare_notifications(self)
        self.watch(self.app, "standing", self._standing_changed)
        self.watch(self.app, "trouble", self._trouble_changed)
        self.watch(self.app, "around", self._around_changed, init=False)
        self.watch(self.app, "looking_from", self._looking_changed)
        self.watch(self.app, "reading", self._reading_changed)

    def _standing_changed(self, standing: "Overview | None") -> None:
        door, me = self.planner.door, self.planner.me
        who = ("",) if standing is None else names(door.login, me)
        self.query_one(Masthead).fill(door.address, date_forms(standing), who)
        self._around_changed(self.planner.around)
        self.query_one(SimulatedBanner).display = standing is not None and standing.plan.simulated
        if not self.is_current:
            self._behind = True
        elif standing is not None:
            self._behind = False
            self.show(standing)

    def _around_changed(self, around: "tuple[bool, Closing | None]") -> None:
        self.query_one(Masthead).plan = plan_shown(self.planner.standing, around)

    def _trouble_changed(self, trouble: "PlannerError | None") -> None:
        self.query_one(ErrorPanel).show_error(trouble)
        if trouble is not None:
            for table in self.query(Table):
                table.stop_waiting()
            if self.planner.standing is None:
                self.query_one(Masthead).day = ("",)
            if self.is_current:
                self.planner.awaited.failed(trouble)

    def _reading_changed(self, reading: tuple[int, int] | None) -> None:
        self.query_one(Masthead).reading = reading

    def _looking_changed(self, day: "date | None") -> None:
        standing, door = self.planner.standing, self.planner.door
        opened = None if day is None or standing is None or door.as_of is not None else standing.plan
        self.query_one(PastBanner).show_day(day, opened, is_today=door.opens_today)

    def on_screen_resume(self) -> None:
        """Show data that was loaded while another screen was in front, and look whether it is still the newest.

        A form stays as it was opened: saving it shows what others recorded meanwhile.
        """
        if self._behind and self.planner.standing is not None:
            self._behind = False
            self.show(self.planner.standing)
        if self.navigates:
            self.planner.look_for_changes()

    def show(self, standing: "Overview") -> None:
        """Show the loaded plan."""

    @property
    def command(self) -> str:
        """The command that gives the same as text, for people who cannot see the screen. Empty if there is none."""
        return ""

    @property
    def pointed_item(self) -> str | None:
        """The code of the item that the screen is about, or that is under its cursor. None if there is no such item."""
        return None

    def works(self, key: str) -> bool:
        """Return whether a key can do something at present. `key` is the id of the binding.

        The bottom line does not show a key that cannot. The key itself still works, and says why.
        """
        return key not in self.keys_at_cursor or self.pointed_item is not None

    def _on_table_pointed(self) -> None:
        """Show the keys that work with the row under the cursor."""
        self.keys_changed()

    def keys_changed(self) -> None:
        """Draw the bottom line again if other keys work now. A move of the cursor changes nothing in most cases."""
        working = tuple(filter(self.works, self.keys_at_cursor))
        if working != self._working:
            self._working = working
            self.query_one(Foot).refresh()

    def refuse_without_item(self, do: str) -> None:
        """Say in a window that a form needs an item under the cursor. `do` says how to get one there."""
        self.planner.permissions.refuse(NotAllowedError(tr("no item is selected"), do=do))

    def take_theme(self, theme: int | None) -> bool:
        """Show only data of a theme, or of all themes if `theme` is None.

        Return False if the screen has no theme filter.
        """
        return False

    def may_leave(self) -> bool:
        """Return True if the screen can be left without losing input. Otherwise show a message and return False."""
        return True

    def keep_unsaved(self) -> None:
        """Save unsaved input as a draft, because the app is about to end."""

    def may_write(self, deed: "Permission | None" = None) -> bool:
        """Return whether this person may write, or may perform the action `deed`. If not, show the reason."""
        return self.planner.permissions.may_write(deed)

    def action_back(self) -> None:
        """Go back to the previous screen."""
        if self.may_leave():
            self.dismiss()

    def leave_for(self, then: "Callable[[], object]") -> None:
        """Close the screen as the key for going back does. If that closes it, go elsewhere."""
        self.action_back()
        if self not in self.app.screen_stack:
            then()

    def action_filter(self) -> None:
        """Open the search field, on screens that have one."""
        cast("SearchField", self.query_one("SearchField")).open()

    def action_pane(self, by: int) -> None:
        """Move to the next pane or to the previous one, on screens that have panes."""
        fold = cast("Fold", self.query_one("Fold"))
        fold.turn_to(fold.shown + by)

    def to_copy(self) -> "Copied | None":
        """Return the data that can be copied, or None if there is none at the moment."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable copying only on screens that have something to copy."""
        if action in ("copy", "copy_as"):
            return type(self).to_copy is not Page.to_copy
        return True

    def action_copy(self) -> None:
        """Copy the screen's data as text."""
        from tui.services.copying import CopyFormat

        self._copy_in(CopyFormat.TEXT)

    def action_copy_as(self) -> None:
        """Choose a format, and copy the screen's data in it."""
        from tui.dialogs.copy_as import CopyAsDialog

        self.app.push_screen(CopyAsDialog(), self._copy_in)

    def _copy_in(self, form: "CopyFormat | None") -> None:
        from tui.screens.clipboard import copy

        if form is not None:
            copy(self.planner, self.to_copy(), form)
