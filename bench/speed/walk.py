"""The keys that are measured on each screen. Each walk begins and ends at the overview."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Press:
    """A key to press.

    `name` is the id of its binding, or empty if the press is not measured and only leads to the next screen. `sign` is
    a text that shows the effect, if the first change on the screen is not yet the effect. `then` is a text that shows
    that the screen has its data: the next key waits for it.
    """

    name: str
    keys: str
    sign: str = ""
    then: str = ""


ESCAPE, ENTER, PAGE_DOWN, PAGE_UP, TAB, BACK_TAB = "\x1b", "\r", "\x04", "\x15", "\t", "\x1b[Z"

_LIST = (
    Press("table.down", "j"),
    Press("table.up", "k"),
    Press("table.page_down", PAGE_DOWN),
    Press("table.page_up", PAGE_UP),
    Press("table.bottom", "G"),
    Press("table.top", "g"),
)
_HOME = Press("go.overview", "o", "│ Overview")

WALKS: dict[str, tuple[Press, ...]] = {
    "overview": (
        Press("table.down", "j"),
        Press("table.up", "k"),
        Press("overview.view", "v"),
        Press("overview.next_list", TAB),
        Press("overview.previous_list", BACK_TAB),
        Press("app.help", "?"),
        Press("dialog.leave", ESCAPE),
        Press("app.palette", "\x10"),
        Press("palette: a letter", "q"),
        Press("palette: a letter", "u"),
        Press("palette.down", "\x0e"),
        Press("dialog.leave", ESCAPE),
        Press("as_of.choose", "d"),
        Press("dialog.leave", ESCAPE),
        Press("copy.as", "Y"),
        Press("dialog.leave", ESCAPE),
        Press("app.looks", "\x14"),
    ),
    "register": (
        Press("go.register", "i", "│ Register", " items  by "),
        *_LIST,
        Press("register.next_theme", "l"),
        Press("register.previous_theme", "h"),
        Press("theme.2", "2"),
        Press("theme.all", "0"),
        Press("register.sort", "s", "by title"),
        Press("register.reverse", "S", "reversed"),
        Press("register.sort_by", "z", "Sort by"),
        Press("table.open", "g\r", "by code"),
        Press("register.columns", "c"),
        Press("dialog.leave", ESCAPE),
        Press("register.views", "v"),
        Press("dialog.leave", ESCAPE),
        Press("register.select", " "),
        Press("register.select", " "),
        Press("register.select_all", "a", "selected"),
        Press("register.select_none", "A"),
        Press("register.filter", "/"),
        Press("register.filter: a letter", "l"),
        Press("register.filter: a letter", "a"),
        Press("register.filter: a letter", "b"),
        Press("dialog.leave", ESCAPE),
        Press("register.facets", "F"),
        Press("facets.choose", "g "),
        Press("facets.choose", " "),
        Press("register.facets", "F"),
        _HOME,
    ),
    "item": (
        Press("", "i", "│ Register", " items  by "),
        Press("table.open", ENTER, then="each column is"),
        Press("item.next", "n", then="each column is"),
        Press("item.previous", "p", then="each column is"),
        Press("item.links", "L", then=" links  "),
        Press("screen.back", ESCAPE),
        Press("item.report", "r", then="Report as of"),
        Press("screen.back", ESCAPE),
        Press("screen.back", ESCAPE, "│ Register"),
        _HOME,
    ),
    "my week": (
        Press("go.my_week", "w", "│ My week", " reported  ━"),
        Press("table.down", "j"),
        Press("table.up", "k"),
        Press("my_week.next_list", "l"),
        Press("my_week.previous_list", "h"),
        _HOME,
    ),
    "timeline": (
        Press("go.timeline", "t", "│ Timeline", " items  "),
        *_LIST,
        Press("timeline.later", "l"),
        Press("timeline.earlier", "h"),
        Press("timeline.nearer", "+"),
        Press("timeline.farther", "-"),
        Press("timeline.view", "v"),
        _HOME,
    ),
    "mandates": (
        Press("go.mandates", "m", "│ Mandates", "duty-1  "),
        Press("table.down", "j"),
        Press("table.up", "k"),
        Press("mandates.matrix", "v", then=", % done"),
        Press("matrix.right", "l"),
        Press("matrix.left", "h"),
        Press("mandates.matrix", "v"),
        Press("mandates.findings", "F", then=" open ("),
        Press("table.down", "j"),
        Press("table.up", "k"),
        Press("screen.back", ESCAPE, "│ Mandates"),
        Press("mandates.links", "L", then=" unreviewed"),
        Press("table.down", "j"),
        Press("table.up", "k"),
        Press("links.next_list", "l"),
        Press("links.previous_list", "h"),
        Press("screen.back", ESCAPE, "│ Mandates"),
        _HOME,
    ),
    "weekly file": (
        Press("go.weekly", "f", "│ Weekly", " rows  "),
        Press("weekly.previous", "h"),
        Press("weekly.next", "l"),
        Press("table.down", "j"),
        Press("table.up", "k"),
        Press("weekly.columns_on", ">"),
        Press("weekly.columns_back", "<"),
        Press("weekly.sections", "z"),
        Press("dialog.leave", ESCAPE),
        Press("weekly.section", "s"),
        Press("weekly.section_back", "S"),
        _HOME,
    ),
    "log": (
        Press("go.log", "e", "│ Log", " loaded"),
        *_LIST,
        Press("log.reverse", "S"),
        Press("log.reverse", "S"),
        _HOME,
    ),
}
