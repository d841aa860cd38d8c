"""The top line of every screen, with the screen, the person, the as-of date and the database.

This module also has the banners below the top line.
"""

from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from planner.base.formats import percent, with_weekday
from planner.base.language import tr, tr_later
from planner.domain.symbols import MADE_UP
from tui.marks import MUTED, STRONG, one_line

if TYPE_CHECKING:
    from datetime import date

    from planner.queries.people.person_view import PersonView
    from planner.queries.weeks.overview import Overview
    from planner.register.closing import Closing
    from planner.register.plan_view import PlanView
    from tui.loaded import LoadedApp


# The space between the parts of the line.
GAP = "  "

# The cells of the address for which the day and the person are shortened.
LEAST_ADDRESS = 20


class Masthead(Widget):
    """The top line: program, screen and plan on the left; person, as-of date and database on the right.

    The title of the plan is left out if the register holds only this plan.
    """

    screen_name: reactive[str] = reactive("")
    day: reactive[tuple[str, ...]] = reactive(("",))
    who: reactive[tuple[str, ...]] = reactive(("",))
    address: reactive[str] = reactive("")
    plan: reactive[str] = reactive("")
    reading: reactive[tuple[int, int] | None] = reactive(None)

    def __init__(self, screen_name: str) -> None:
        super().__init__()
        self.set_reactive(Masthead.screen_name, screen_name)

    def fill(self, address: str, day: tuple[str, ...], who: tuple[str, ...]) -> None:
        """Set the address of the database, and texts for the day and the person, from the longest to the shortest."""
        self.address = database_name(address)
        self.day = day
        self.who = who

    @property
    def day_shown(self) -> tuple[str, ...]:
        """Return texts for the as-of date, longest first.

        While a large register is being loaded, they show the progress.
        """
        if self.reading is None:
            return self.day
        read, total = self.reading
        return (
            tr("{read:,} of {total:,} items loaded…", read=read, total=total),
            tr("{read:,} of {total:,}…", read=read, total=total),
            f"{percent(100 * read / total)}…",
        )

    def render(self) -> Content:
        """Draw the line. If it is too long, the database address is shortened first, then the date and the person."""
        left = Content.assemble((" planner ", "bold $text-primary"), ("│ ", MUTED), (self.screen_name, STRONG))
        if self.plan:
            # The end of a title tells the plans of several years apart.
            left = Content.assemble(left, (" │ ", MUTED), address_end(self.plan, self.size.width // 3))
        room = self.size.width - left.cell_length - len(GAP) - 1
        who, day, address = parts(self.who, self.day_shown, self.address, room)
        shown = [(who, "$text-primary"), (day, ""), (address, MUTED)]
        right = Content(GAP).join([Content.styled(text, style) for text, style in shown if text])
        gap = max(1, self.size.width - left.cell_length - right.cell_length - 1)
        return Content.assemble(left, " " * gap, right, " ")


def plan_shown(overview: "Overview | None", around: "tuple[bool, Closing | None]") -> str:
    """Return the title of the shown plan if the register has several or the plan is closed, else an empty text."""
    several, closing = around
    if overview is None or not (several or closing):
        return ""
    title = one_line(overview.plan.title)
    return tr("{title} (closed)", title=title) if closing else title


def date_forms(overview: "Overview | None") -> tuple[str, ...]:
    """Return texts for the as-of date, from the longest to the shortest."""
    if overview is None:
        return (tr("loading…"),)
    from planner.domain.period_names import period_name

    day = overview.as_of
    week = period_name(overview.plan.settings, day)
    return (
        tr("as of {day}, {week}", day=with_weekday(day), week=week),
        f"{with_weekday(day)}, {week}",
        f"{day:%Y-%m-%d}, {week}",
        f"{day}",
    )


def names(login: str, me: "PersonView | None") -> tuple[str, ...]:
    """Return texts for the person, the longest first: name and role, name only, and an empty text."""
    if me is None:
        return (tr("{login}, read only", login=login), login, "")
    return (f"{one_line(me.name)}, {me.role.value}", one_line(me.name), "")


def parts(who: tuple[str, ...], day: tuple[str, ...], address: str, room: int) -> tuple[str, str, str]:
    """Return the longest texts for the person, the day and the address that fit into the width together.

    The day is shortened first, because the full day is shown elsewhere too. Then the person's role is left out, then
    the address, and last the name.
    """
    named = min(cell_len(address), LEAST_ADDRESS) + len(GAP)
    for needed in (named, 0):
        for name in who:
            for form in day:
                rest = room - cell_len(name) - cell_len(form) - (len(GAP) if name else 0)
                if rest >= needed and (name or not needed):
                    return name, form, address_end(address, rest - len(GAP))
    return "", day[-1], ""


def database_name(address: str) -> str:
    """Return the name by which people call a database: that of its file, or of the database on a server."""
    if "://" not in address:
        return address.replace("\\", "/").rsplit("/", 1)[-1]
    server = urlsplit(address)
    name, host = server.path.strip("/"), server.hostname
    return tr("{name} on {host}", name=name, host=host) if name and host else name or host or ""


def address_end(address: str, room: int) -> str:
    """Return as much of the end of an address as fits, or an empty text if there is no room."""
    if cell_len(address) <= room:
        return address
    return f"…{address[-(room - 1) :]}" if room > 8 else ""


class PastBanner(Static):
    """The banner for an as-of date other than today, with the keys to change the date. It is hidden for today."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False

    def show_day(self, day: "date | None", opened: "PlanView | None" = None, *, is_today: bool = False) -> None:
        """Show the as-of date, or hide the banner if the date is None.

        `opened` is a plan that is not running and opened on this day, or with `is_today`, is shown as of today instead.
        Without it, a person chose the day, and can only read.
        """
        self.display = day is not None
        if day is not None:
            key = cast("LoadedApp", self.app).key_for
            choose, today = key("as_of.choose"), key("as_of.today")
            keys = tr("Press {choose} for another date, {today} for today.", choose=choose, today=today)
            if opened is None:
                said = tr("AS OF {day}  Read only.", day=day)
            elif is_today:
                said = tr("The plan is not running: shown as of today.")
                keys = tr("Press {today} for a day of the plan.", today=today)
            else:
                # Short, because it has one line at 80 columns too.
                said = _opening(opened, day)
                keys = tr("{choose} another date, {today} today.", choose=choose, today=today)
            self.update(f" {said} {keys}")


def _opening(plan: "PlanView", day: "date") -> str:
    """Return the sentence that says as of which day a plan that is not running opened."""
    if day <= plan.starts:
        return tr("The plan begins on {starts}: shown as of {day}.", starts=plan.starts, day=day)
    return tr("The plan ended on {ends}: shown as of {day}.", ends=plan.ends, day=day)


class SimulatedBanner(Static):
    """The banner of a demonstration database, whose reports are simulated. It is hidden at first."""

    def __init__(self) -> None:
        super().__init__(f" {tr('SIMULATED')}  {tr_later(MADE_UP)}", markup=False)
        self.display = False
