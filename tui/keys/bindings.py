"""All keys of the app. Each has an id for remapping, one or more keys, an action, a label and a tooltip."""

from textual.binding import Binding, BindingType

# The number of themes that have a digit key. Any further themes can be chosen in the register's strip of themes.
MOST_THEME_KEYS = 9


def _key(
    name: str, keys: str, action: str, word: str, tooltip: str, *, footer: bool = True, shown: str = ""
) -> Binding:
    return Binding(keys, action, word, show=footer, key_display=shown or None, tooltip=tooltip, id=name)


APP: list[BindingType] = [
    _key("app.quit", "q", "leave", "Quit", "Leave the app"),
    _key("app.quit_always", "ctrl+q", "quit", "Quit", "Leave the app, also while typing", footer=False),
    _key("app.interrupt", "ctrl+c", "help_quit", "Quit?", "Say how to quit", footer=False),
    _key("app.help", "question_mark,f1", "help", "Help", "The keys of this screen", shown="?"),
    _key("app.palette", "ctrl+p", "palette", "Palette", "Find a command, an item, a clause, an organisation"),
    _key("app.jump", "ctrl+o", "jump", "Jump", "Letters on everything that can have the focus", footer=False),
    _key("app.looks", "ctrl+t", "looks", "Looks", "Dark, light, high-contrast", footer=False),
    _key("app.reload", "ctrl+r", "reload", "Reload", "Read everything again", footer=False),
    _key("app.undo", "u", "undo", "Undo", "Take back my last write", footer=False),
    _key("as_of.choose", "d", "as_of", "As of", "Look at the plan as of another day", footer=False),
    _key("as_of.today", "D", "as_of_today", "Today", "Back to today"),
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

COPY: list[BindingType] = [
    _key("copy.text", "y", "copy", "Copy", "Copy what is shown as text", footer=False),
    _key("copy.as", "Y", "copy_as", "Copy as", "Copy what is shown as text, Markdown or CSV", footer=False),
]

COPY_AS: list[BindingType] = [
    _key("copy.as_text", "t", "take('txt')", "Text", "Text, the values apart by tabs"),
    _key("copy.as_markdown", "m", "take('md')", "Markdown", "A table in Markdown"),
    _key("copy.as_csv", "c", "take('csv')", "CSV", "CSV, for spreadsheets and programs"),
]

DIALOG: list[BindingType] = [_key("dialog.leave", "escape", "leave", "Leave", "Close the window; nothing is done")]

PALETTE: list[BindingType] = [
    _key("palette.take", "enter", "take", "Take", "Do what the line says, or go there"),
    _key("palette.down", "down,ctrl+n", "move(1)", "Down", "One line down", footer=False),
    _key("palette.up", "up,ctrl+p", "move(-1)", "Up", "One line up", footer=False),
    _key("palette.page_down", "pagedown", "move(10)", "Page down", "Ten lines down", footer=False),
    _key("palette.page_up", "pageup", "move(-10)", "Page up", "Ten lines up", footer=False),
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
    _key("overview.view", "v", "view", "View", "By theme, organisation, measure, or rule of lead"),
    _key("overview.next_list", "tab", "pane(1)", "List", "The next list"),
    _key("overview.previous_list", "shift+tab", "pane(-1)", "List", "The list before", footer=False),
    _key("overview.filter", "slash", "filter", "Filter", "Search in the register", shown="/"),
    _key("overview.report", "r", "report", "Report", "Report on the item under the cursor"),
]

COUNTS: list[BindingType] = [
    _key("counts.next", "right,l", "count(1)", "Count", "The next count of the line", shown="←→"),
    _key("counts.previous", "left,h", "count(-1)", "Count", "The count before", footer=False),
]

REGISTER: list[BindingType] = [
    _key("register.filter", "slash", "filter", "Filter", "Search code, title and organisations", shown="/"),
    _key("register.facets", "F", "facets", "Facets", "Narrow by theme, lead, phase and more; back to the list"),
    _key("register.select", "space", "select", "Select", "Select the item under the cursor, or let it go", shown="␣"),
    _key("register.bulk", "b", "bulk", "Bulk", "Report the same on all selected items"),
    _key("register.report", "r", "report", "Report", "Report on the item under the cursor"),
    _key("register.sort", "s", "sort", "Sort", "Sort by the next column"),
    _key("register.reverse", "S", "reverse", "Reverse", "Turn the order round", footer=False),
    _key("register.sort_by", "z", "sort_by", "Sort by", "Choose what to sort by", footer=False),
    _key("register.columns", "c", "columns", "Columns", "Choose the columns", footer=False),
    _key("register.views", "v", "views", "Views", "Choose a saved view"),
    _key("register.save_view", "V", "save_view", "Save view", "Save what is shown as a view", footer=False),
    _key("register.mine", "M", "mine", "Mine", "Items that my organisation leads or supports, or all", footer=False),
    _key("register.drop_chip", "backspace", "drop_chip", "Widen", "Take the last filter away", footer=False),
    _key("register.clear", "X", "clear", "Clear", "Take all filters away", footer=False),
    _key("register.select_all", "a", "select_all", "Select all", "Select all items shown", footer=False),
    _key("register.select_none", "A", "select_none", "Select none", "Let all selected items go", footer=False),
    _key("register.next_theme", "right,l", "step_theme(1)", "Theme", "The next theme", footer=False),
    _key("register.previous_theme", "left,h", "step_theme(-1)", "Theme", "The theme before", footer=False),
]

FACETS: list[BindingType] = [
    _key("facets.choose", "space", "choose", "Choose", "Choose the value, or let it go", shown="␣"),
]

SEVERAL: list[BindingType] = [
    _key("several.tick", "space", "tick", "Tick", "Tick the line under the cursor, or take its tick away"),
]

VIEWS: list[BindingType] = [
    _key("views.delete", "x,delete", "delete", "Delete", "Delete the view under the cursor"),
]

TIMELINE: list[BindingType] = [
    _key("timeline.later", "right,l", "later(1)", "Later", "Later days", shown="←→"),
    _key("timeline.earlier", "left,h", "later(-1)", "Earlier", "Earlier days", footer=False),
    _key("timeline.nearer", "plus,equals_sign", "zoom(-1)", "Zoom", "Nearer: quarter, month, week", shown="+-"),
    _key("timeline.farther", "minus", "zoom(1)", "Zoom", "Farther: week, month, quarter", footer=False),
    _key("timeline.view", "v", "view", "View", "By item, theme, organisation, measure, or rule of lead"),
    _key("timeline.filter", "slash", "filter", "Filter", "Search code, title and organisations", shown="/"),
    _key("timeline.today", "full_stop", "today", "Today", "Bring today's line back", shown="."),
    _key("timeline.report", "r", "report", "Report", "Report on the item under the cursor", footer=False),
]

ITEM: list[BindingType] = [
    _key("item.report", "r", "report", "Report", "Report on this item"),
    _key("item.next", "n", "step(1)", "Next", "The next item of the list"),
    _key("item.previous", "p", "step(-1)", "Previous", "The item before in the list", footer=False),
    _key("item.clause", "v", "clause", "Clause", "The clause it stands on, among the mandates"),
    _key("item.links", "L", "links", "Links", "The links of the item and its measure, and their reviews", footer=False),
]

LOG: list[BindingType] = [
    _key("log.filter", "slash", "filter", "Filter", "The events of an item, of a person, or of both", shown="/"),
    _key("log.reverse", "S", "reverse", "Reverse", "Oldest first, or newest first again"),
    _key("log.verify", "v", "verify", "Verify", "Check that nobody altered the history around the program"),
    _key("log.checkpoint", "c", "checkpoint", "Checkpoint", "Verify against a checkpoint that was kept elsewhere"),
    _key("log.stop", "x", "stop", "Stop", "Give up the verification that is under way"),
]

WEEKLY: list[BindingType] = [
    _key("weekly.export", "x,E", "export", "Export", "Write the file"),
    _key("weekly.previous", "left,h,left_square_bracket", "week(-1)", "Week", "The week before", shown="←→"),
    _key("weekly.next", "right,l,right_square_bracket", "week(1)", "Week", "The week after", footer=False),
    _key("weekly.section", "s", "section(1)", "Section", "The next section of the file"),
    _key("weekly.section_back", "S", "section(-1)", "Section", "The section before", footer=False),
    _key("weekly.sections", "z", "sections", "Sections", "Choose a section from a list", footer=False),
    _key("weekly.columns_on", "greater_than_sign", "columns(1)", "Columns", "The next columns", shown="<>"),
    _key("weekly.columns_back", "less_than_sign", "columns(-1)", "Columns", "The columns before", footer=False),
    _key("weekly.row", "tab", "row", "Row", "The line in full, or the table again", footer=False),
]

MANDATES: list[BindingType] = [
    _key("mandates.filter", "slash", "filter", "Filter", "Search clauses by key and words in any language", shown="/"),
    _key("mandates.matrix", "v", "view", "Matrix", "From the clauses to themes × clauses, and back"),
    _key("mandates.version", "x", "version", "Version", "The other version, at what became of the clause"),
    _key("mandates.findings", "F", "findings", "Findings", "What an auditor should see, and accepting it"),
    _key("mandates.links", "L", "links", "Links", "The links from the plan to the clauses, and their reviews"),
    _key("mandates.report", "r", "report", "Report", "Report on the item under the cursor", footer=False),
]

MATRIX: list[BindingType] = [
    _key("matrix.right", "right,l", "across(1)", "Theme", "The next theme", shown="←→"),
    _key("matrix.left", "left,h", "across(-1)", "Theme", "The theme before", footer=False),
]

MY_WEEK: list[BindingType] = [
    _key("my_week.report", "r", "report", "Report", "Report on the item under the cursor"),
    _key("my_week.unchanged", "n", "unchanged", "No change", "Report on purpose that nothing changed on the item"),
    _key(
        "my_week.confirm",
        "c",
        "confirm",
        "Confirm",
        "Confirm that the item is completed, cancelled or merged, as reported",
    ),
    _key("my_week.return", "x", "give_back", "Return", "Return the last report, with the reason"),
    _key("my_week.next_list", "right,l", "step_list(1)", "List", "Owed, reported, to be confirmed", shown="←→"),
    _key("my_week.previous_list", "left,h", "step_list(-1)", "List", "The list before", footer=False),
    _key("my_week.item", "v", "item", "Item", "All about the item under the cursor"),
]

REPORT: list[BindingType] = [
    Binding("ctrl+s", "save", "Save", tooltip="Record all that the form says", id="report.save", priority=True),
    _key("report.next", "tab", "app.focus_next", "Next field", "To the next field"),
    _key("report.previous", "shift+tab", "app.focus_previous", "Field before", "To the field before", footer=False),
    _key("report.unchanged", "f4", "unchanged", "No change", "Report on purpose that nothing changed"),
    _key("report.end", "f2", "end", "End item", "Choose how the item ended: completed, cancelled or merged"),
    _key("report.last_time", "ctrl+l", "last_time", "Last time's", "Fill the field with what was said last time"),
    _key("report.skip", "ctrl+n", "skip", "Skip", "To the next item of the queue; a draft is kept of this one"),
    _key("report.other_draft", "ctrl+g", "other_draft", "Other draft", "The item's next draft", footer=False),
    _key("report.start_over", "ctrl+r", "start_over", "Start over", "Without the draft; again brings it back"),
]

FIELD: list[BindingType] = [
    _key("field.down", "down", "app.focus_next", "Next field", "To the next field", footer=False),
    _key("field.up", "up", "app.focus_previous", "Field before", "To the field before", footer=False),
]

MILESTONE: list[BindingType] = [
    _key("milestone.tick", "space", "tick", "Met", "It is met today, or not after all", shown="space"),
    _key("milestone.move", "n", "field('date')", "New date", "Move it to another date, with the reason"),
    _key("milestone.forecast", "f", "field('forecast')", "Forecast", "When it is expected by now"),
    _key("milestone.evidence", "e", "field('evidence')", "Evidence", "What shows that it is met", footer=False),
    _key("milestone.fold", "enter", "fold", "Unfold", "Show or hide all that can be said of it", footer=False),
    _key("milestone.down", "down", "app.focus_next", "Next field", "To the next field", footer=False),
    _key("milestone.up", "up", "app.focus_previous", "Field before", "To the field before", footer=False),
]

CONFLICT: list[BindingType] = [
    Binding("ctrl+s", "save", "Save", tooltip="Record what was chosen", id="conflict.save", priority=True),
    _key("conflict.edit", "e,enter", "edit", "Edit", "Take what was chosen into the form, to go on there", shown="e"),
]

DIFFERENCE: list[BindingType] = [
    _key("difference.next", "right,l,space", "step(1)", "Choose", "Mine, theirs, or both", shown="←→"),
    _key("difference.previous", "left,h", "step(-1)", "Choose", "The choice before", footer=False),
    _key("difference.down", "down,j", "app.focus_next", "Next", "To the next difference", footer=False),
    _key("difference.up", "up,k", "app.focus_previous", "Before", "To the difference before", footer=False),
]

LINKS: list[BindingType] = [
    _key("links.accept", "a", "review('accepted')", "Accept", "Accept the link under the cursor as it stands"),
    _key("links.reject", "x", "review('rejected')", "Reject", "Reject it, with the reason: it holds no longer"),
    _key("links.change", "c", "review('changed')", "Change", "Change its type, coverage or rationale, with the reason"),
    _key("links.filter", "slash", "filter", "Filter", "Search in both ends and the rationale", shown="/"),
    _key("links.next_list", "right,l", "step_list(1)", "List", "To review, or all", shown="←→"),
    _key("links.previous_list", "left,h", "step_list(-1)", "List", "To review, or all", footer=False),
    _key("links.near", "v", "near", "Item", "The item, or the items of the measure, that stand on the clause"),
]

FINDINGS: list[BindingType] = [
    _key("findings.accept", "a", "accept", "Accept", "Accept the finding until a day, with the reason"),
    _key("findings.reopen", "x", "reopen", "Open again", "Open an accepted finding again, with the reason"),
    _key("findings.filter", "slash", "filter", "Filter", "Search in kind, subject and statement", shown="/"),
]

WRITING: list[BindingType] = [
    Binding("ctrl+s", "save", "Save", tooltip="Record what the window says", id="window.save", priority=True),
    _key("window.next", "tab", "app.focus_next", "Next field", "To the next field"),
    _key("window.previous", "shift+tab", "app.focus_previous", "Field before", "To the field before", footer=False),
]

NO_CHANGE: list[BindingType] = [
    _key("no_change.report", "enter", "report", "Report", "Report that nothing changed on the item that is shown"),
]

UNDO: list[BindingType] = [
    _key("undo.take_back", "enter,u", "take_back", "Take back", "Take back the write that is shown"),
]

BULK: list[BindingType] = [
    Binding("ctrl+s", "save", "Save", tooltip="Record the change on all items shown", id="bulk.save", priority=True),
    _key("bulk.next", "tab", "app.focus_next", "Next field", "To the next field"),
    _key("bulk.previous", "shift+tab", "app.focus_previous", "Field before", "To the field before", footer=False),
]

CHOICE: list[BindingType] = [
    _key("choice.next", "right", "step(1)", "Choose", "The next answer", shown="←→"),
    _key("choice.previous", "left", "step(-1)", "Choose", "The answer before", footer=False),
    _key("choice.down", "down,enter", "app.focus_next", "Next field", "To the next field", footer=False),
    _key("choice.up", "up", "app.focus_previous", "Field before", "To the field before", footer=False),
]
