"""All keys of the app: an id (by which a key can be remapped), the key or keys, the action, a word and a tooltip."""

from textual.binding import Binding, BindingType

# Themes are chosen by a digit key each; a plan with more themes has them in the register's strip.
MOST_THEME_KEYS = 9


def _key(
    name: str, keys: str, action: str, word: str, tooltip: str, *, footer: bool = True, shown: str = ""
) -> Binding:
    return Binding(keys, action, word, show=footer, key_display=shown or None, tooltip=tooltip, id=name)


APP: list[BindingType] = [
    _key("app.quit", "q", "quit", "Quit", "Leave the app"),
    _key("app.quit_always", "ctrl+q", "quit", "Quit", "Leave the app, also while typing", footer=False),
    _key("app.interrupt", "ctrl+c", "help_quit", "Quit?", "Say how to quit", footer=False),
    _key("app.help", "question_mark,f1", "help", "Help", "The keys of this screen", shown="?"),
    _key("app.reload", "ctrl+r", "reload", "Reload", "Read everything again", footer=False),
    _key("go.overview", "o", "go('overview')", "Overview", "Where the plan stands", footer=False),
    _key("go.my_week", "w", "go('my_week')", "My week", "What is still to be reported this week", footer=False),
    _key("go.register", "i", "go('register')", "Items", "The register of all items", footer=False),
    _key("go.timeline", "t", "go('timeline')", "Timeline", "What falls due when", footer=False),
    _key("go.mandates", "m", "go('mandates')", "Mandates", "The duties and what stands on them", footer=False),
    _key("go.weekly", "f", "go('weekly')", "Weekly file", "The weekly file before it is written", footer=False),
    _key("go.log", "e", "go('log')", "Log", "Every write: who changed what, when", footer=False),
    _key("theme.all", "0", "theme(0)", "All themes", "The register, all themes", footer=False),
    *(
        _key(
            f"theme.{number}",
            str(number),
            f"theme({number})",
            "Theme",
            f"The register, theme {number}",
            footer=number == 1,
            shown="1…" if number == 1 else str(number),
        )
        for number in range(1, MOST_THEME_KEYS + 1)
    ),
]

BACK: list[BindingType] = [_key("screen.back", "escape", "back", "Back", "Back to the screen before")]

TABLE: list[BindingType] = [
    _key("table.open", "enter", "choose", "Open", "Open the line under the cursor"),
    _key("table.down", "down,j", "down", "Down", "One line down", footer=False),
    _key("table.up", "up,k", "up", "Up", "One line up", footer=False),
    _key("table.page_down", "pagedown,ctrl+d", "page_down", "Page down", "One page down", footer=False),
    _key("table.page_up", "pageup,ctrl+u", "page_up", "Page up", "One page up", footer=False),
    _key("table.top", "home,g", "top", "Top", "To the first line", footer=False),
    _key("table.bottom", "end,G", "bottom", "Bottom", "To the last line", footer=False),
]

PANE: list[BindingType] = [
    _key("pane.down", "down,j", "scroll_down", "Down", "One line down", footer=False),
    _key("pane.up", "up,k", "scroll_up", "Up", "One line up", footer=False),
    _key("pane.page_down", "pagedown,ctrl+d,space", "page_down", "Page down", "One page down", footer=False),
    _key("pane.page_up", "pageup,ctrl+u", "page_up", "Page up", "One page up", footer=False),
    _key("pane.top", "home,g", "scroll_home", "Top", "To the top", footer=False),
    _key("pane.bottom", "end,G", "scroll_end", "Bottom", "To the end", footer=False),
]

FOLD: list[BindingType] = [
    _key("panes.next", "right,l", "pane(1)", "Pane", "The next pane", shown="←→"),
    _key("panes.previous", "left,h", "pane(-1)", "Pane", "The pane before", footer=False),
]

OVERVIEW: list[BindingType] = [
    _key("overview.filter", "slash", "filter", "Filter", "Search in the register", shown="/"),
    _key("overview.report", "r", "report", "Report", "Report on the item under the cursor"),
    _key("overview.copy", "y", "copy", "Copy", "Copy the figures as text", footer=False),
]

REGISTER: list[BindingType] = [
    _key("register.filter", "slash", "filter", "Filter", "Search code, title and organisations", shown="/"),
    _key("register.next_theme", "right,l", "step_theme(1)", "Theme", "The next theme", footer=False),
    _key("register.previous_theme", "left,h", "step_theme(-1)", "Theme", "The theme before", footer=False),
    _key("register.sort", "s", "sort", "Sort", "Sort by the next column"),
    _key("register.reverse", "S", "reverse", "Reverse", "Turn the order round", footer=False),
    _key("register.report", "r", "report", "Report", "Report on the item under the cursor"),
    _key("register.copy", "y", "copy", "Copy", "Copy the items shown as text", footer=False),
]

ITEM: list[BindingType] = [
    _key("item.report", "r", "report", "Report", "Report on this item"),
    _key("item.next", "n", "step(1)", "Next", "The next item of the list"),
    _key("item.previous", "p", "step(-1)", "Previous", "The item before in the list", footer=False),
    _key("item.copy", "y", "copy", "Copy", "Copy the item as text"),
]

REPORT: list[BindingType] = [
    Binding("ctrl+s", "save", "Save", tooltip="Record the report", id="report.save", priority=True),
    _key("report.next", "tab", "app.focus_next", "Next field", "To the next field"),
    _key("report.previous", "shift+tab", "app.focus_previous", "Field before", "To the field before", footer=False),
]

CHOICE: list[BindingType] = [
    _key("choice.next", "right,l,space", "step(1)", "Choose", "The next answer", shown="←→"),
    _key("choice.previous", "left,h", "step(-1)", "Choose", "The answer before", footer=False),
    _key("choice.down", "down,j,enter", "app.focus_next", "Next field", "To the next field", footer=False),
    _key("choice.up", "up,k", "app.focus_previous", "Field before", "To the field before", footer=False),
]
