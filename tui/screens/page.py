"""What every screen shares: masthead, banners, a place for trouble, footer; drawing what is loaded; copying."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from tui import keys
from tui.clipboard import copy
from tui.copying import Copied, Form
from tui.widgets.foot import Foot
from tui.widgets.masthead import Masthead, PastBanner, SimulatedBanner, days, names
from tui.widgets.trouble import Trouble

if TYPE_CHECKING:
    from datetime import date

    from planner.errors import PlannerError
    from planner.queries.overview import Overview
    from planner.rules.permissions import Deed
    from tui.app import PlannerApp


class Page(Screen[bool]):
    """A screen of the app. Subclasses give their content in `content`, draw in `show`, and say what to copy."""

    BINDINGS: ClassVar[list[BindingType]] = keys.COPY

    # Whether keys lead away from here to other screens; a form keeps the person where they type.
    navigates = True

    # Whether ? lists the keys of this screen.
    has_help = True

    # What the masthead calls the screen.
    name_shown = ""

    # What the screen answers, in a sentence or two, for its help.
    help_text = ""

    # Whether something was loaded that is not drawn yet, because another screen was in front.
    _behind = False

    @property
    def planner(self) -> "PlannerApp":
        """The app, as what it is."""
        return cast("PlannerApp", self.app)

    def compose(self) -> ComposeResult:
        """The frame around the content."""
        yield Masthead(self.name_shown)
        yield PastBanner()
        yield SimulatedBanner()
        yield Trouble()
        yield from self.content()
        yield Foot()

    def content(self) -> ComposeResult:
        """The screen's own widgets."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Draw what is loaded, now and whenever it is loaded again."""
        self.watch(self.app, "standing", self._standing_changed)
        self.watch(self.app, "trouble", self._trouble_changed)
        self.watch(self.app, "looking_from", self._looking_changed)
        self.watch(self.app, "reading", self._reading_changed)

    def _standing_changed(self, standing: "Overview | None") -> None:
        door, me = self.planner.door, self.planner.me
        who = ("",) if standing is None else names(door.actor_name, me)
        self.query_one(Masthead).tell(door.address, days(standing), who)
        self.query_one(SimulatedBanner).display = standing is not None and standing.plan.simulated
        if not self.is_current:
            self._behind = True
        elif standing is not None:
            self._behind = False
            self.show(standing)

    def _trouble_changed(self, trouble: "PlannerError | None") -> None:
        self.query_one(Trouble).tell(trouble)

    def _reading_changed(self, reading: tuple[int, int] | None) -> None:
        self.query_one(Masthead).reading = reading

    def _looking_changed(self, day: "date | None") -> None:
        self.query_one(PastBanner).tell(day)

    def on_screen_resume(self) -> None:
        """Draw what was loaded while another screen was in front."""
        if self._behind and self.planner.standing is not None:
            self._behind = False
            self.show(self.planner.standing)

    def show(self, standing: "Overview") -> None:
        """Draw the plan as it was read."""

    def take_theme(self, theme: int | None) -> bool:
        """Narrow what is shown to a theme, None for all; False where this screen cannot."""
        return False

    def may_leave(self) -> bool:
        """Whether nothing would be lost by leaving; where something would, the screen says so."""
        return True

    def keep_unsaved(self) -> None:
        """Keep what was typed here and not saved: the app is about to end, whatever the screen says."""

    def may_write(self, deed: "Deed | None" = None) -> bool:
        """Whether this person may write now, a deed if one is named; where not, it says why."""
        return self.planner.may_write(deed)

    def action_back(self) -> None:
        """Back to the screen before."""
        if self.may_leave():
            self.dismiss()

    def to_copy(self) -> Copied | None:
        """What copying copies here; None where there is nothing at the moment."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Copying is offered by screens that have something to copy."""
        if action in ("copy", "copy_as"):
            return type(self).to_copy is not Page.to_copy
        return True

    def action_copy(self) -> None:
        """Copy what is shown as text."""
        copy(self.planner, self.to_copy(), Form.TEXT)

    def action_copy_as(self) -> None:
        """Copy what is shown in the form that is chosen."""
        from tui.screens.copy_as import CopyAsDialog

        self.app.push_screen(CopyAsDialog(), self._copy_in)

    def _copy_in(self, form: Form | None) -> None:
        if form is not None:
            copy(self.planner, self.to_copy(), form)
