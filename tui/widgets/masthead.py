"""The top lines of every screen: where, who, when, which database; and the banners under them."""

from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from planner.domain.symbols import MADE_UP
from tui.marks import MUTED, STRONG, one_line

if TYPE_CHECKING:
    from datetime import date

    from planner.queries.people.people import PersonView
    from planner.queries.weeks.overview import Overview
    from tui.loaded import LoadedApp

SIMULATED = f" SIMULATED  {MADE_UP}"

# Between the parts of the line.
GAP = "  "


class Masthead(Widget):
    """One line: the program and the screen on the left; the person, the day and the database on the right."""

    screen_name: reactive[str] = reactive("")
    day: reactive[tuple[str, ...]] = reactive(("",))
    who: reactive[tuple[str, ...]] = reactive(("",))
    address: reactive[str] = reactive("")
    reading: reactive[tuple[int, int] | None] = reactive(None)

    def __init__(self, screen_name: str) -> None:
        super().__init__()
        self.set_reactive(Masthead.screen_name, screen_name)

    def fill(self, address: str, day: tuple[str, ...], who: tuple[str, ...]) -> None:
        """Take over what is known of the database, the day and the person."""
        self.address = address
        self.day = day
        self.who = who

    @property
    def day_shown(self) -> tuple[str, ...]:
        """The day; while a large register is read, how far that is."""
        if self.reading is None:
            return self.day
        read, total = self.reading
        return (f"{read:,} of {total:,} items read…", f"{read:,} of {total:,}…", f"{read / total:.0%}…")

    def render(self) -> Content:
        """The line; what has no room is shortened, the database first, then the person and the day."""
        left = Content.assemble((" planner ", "bold $text-primary"), ("│ ", MUTED), (self.screen_name, STRONG))
        room = self.size.width - left.cell_length - len(GAP) - 1
        who, day, address = parts(self.who, self.day_shown, self.address, room)
        shown = [(who, "$text-primary"), (day, ""), (address, MUTED)]
        right = Content(GAP).join([Content.styled(text, style) for text, style in shown if text])
        gap = max(1, self.size.width - left.cell_length - right.cell_length - 1)
        return Content.assemble(left, " " * gap, right, " ")


def days(standing: "Overview | None") -> tuple[str, ...]:
    """The day the app looks from, longest form first."""
    if standing is None:
        return ("reading…",)
    day, week = standing.as_of, standing.week
    return (f"as of {day:%a %Y-%m-%d}, {week}", f"{day:%a %Y-%m-%d}, {week}", f"{day:%Y-%m-%d}, {week}", f"{day}")


def names(login: str, me: "PersonView | None") -> tuple[str, ...]:
    """The person, longest form first: with their role, then without."""
    if me is None:
        return (f"{login}, reads only", login, "")
    return (f"{one_line(me.name)}, {me.role.value}", one_line(me.name), "")


def parts(who: tuple[str, ...], day: tuple[str, ...], address: str, room: int) -> tuple[str, str, str]:
    """The forms of person, day and database that have room together.

    The day gives way before the person's role does, for it is told in full elsewhere too; the name goes last.
    """
    for name in who:
        for form in day:
            rest = room - cell_len(name) - cell_len(form) - (len(GAP) if name else 0)
            if rest >= 0:
                return name, form, shortened(address, rest - len(GAP))
    return "", day[-1], ""


def shortened(address: str, room: int) -> str:
    """The end of an address, which tells more than its beginning; nothing where there is no room for it."""
    if cell_len(address) <= room:
        return address
    return f"…{address[-(room - 1) :]}" if room > 8 else ""


class PastBanner(Static):
    """Says that the app looks at another day than today, and how to come back. Hidden otherwise."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False

    def show_day(self, day: "date | None") -> None:
        """Show the day looked at, or hide."""
        self.display = day is not None
        if day is not None:
            key = cast("LoadedApp", self.app).key_for
            ways = f"{key('as_of.choose')} another day, {key('as_of.today')} back to today"
            self.update(f" AS OF {day}  Nothing can be written. {ways}")


class SimulatedBanner(Static):
    """Says that what is reported in this database is made up. Shown by the screen when it is."""

    def __init__(self) -> None:
        super().__init__(SIMULATED, markup=False)
        self.display = False
