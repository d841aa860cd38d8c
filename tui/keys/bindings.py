"""All key bindings of the app.

Each has an id for remapping, one or more keyboard keys, an action, a label and a tooltip. Labels and tooltips are in
English, and are translated when they are shown.
"""

from textual.binding import Binding, BindingType

# The number of themes that have a digit key. Any further themes can be chosen in the register's strip of themes.
MOST_THEME_KEYS = 9


def _key(name: str, keys: str, action: str, label: str, tooltip: str, *, shown: str | None = None) -> Binding:
    """Return a key binding that the footer shows."""
    return Binding(keys, action, label, key_display=shown, tooltip=tooltip, id=name)


def _hidden(name: str, keys: str, action: str, label: str, tooltip: str, *, shown: str | None = None) -> Binding:
    """Return a key binding that the footer does not show."""
    return Binding(keys, action, label, show=False, key_display=shown, tooltip=tooltip, id=name)


def _save(name: str, tooltip: str, label: str = "Save") -> Binding:
    """Return the key binding for saving, which also works while the focus is in a field."""
    return Binding("ctrl+s", "save", label, tooltip=tooltip, id=name, priority=True)


def _theme(number: int) -> Binding:
    """Return the key binding that shows the items of a theme. The footer has one entry for the keys of all themes."""
    kind, shown = (_key, "1-9") if number == 1 else (_hidden, str(number))
    tooltip = "Show the items of the theme with this number"
    return kind(f"theme.{number}", str(number), f"theme({number})", "Theme", tooltip, shown=shown)


APP: list[BindingType] = [
    _key("app.quit", "q", "leave", "Quit", "Quit the app"),
    _hidden("app.quit_always", "ctrl+q", "quit", "Quit", "Quit the app, even while you type"),
    _hidden("app.interrupt", "ctrl+c", "help_quit", "Quit?", "Show how to quit"),
    _key("app.help", "question_mark,f1", "help", "Help", "Show the keys of this screen"),
    _key("app.palette", "ctrl+p", "palette", "Palette", "Find a command, item, clause or organisation"),
    _hidden("app.jump", "ctrl+o", "jump", "Jump", "Label each part of the screen with a letter to jump to it"),
    _hidden("app.looks", "ctrl+t", "looks", "Colours", "Switch between dark, light and high-contrast colours"),
    _hidden("app.reload", "ctrl+r", "reload", "Reload", "Read the data again"),
    _hidden("app.undo", "u", "undo", "Undo", "Undo my last change"),
    _hidden("app.import", "I", "import", "Import", "Import a file into the register, after a preview"),
    _hidden("app.change", "C", "change", "Change", "Change the plan: its items, targets, organisations"),
    _hidden("as_of.choose", "d", "as_of", "As of", "Show the plan as of another day"),
    _key("as_of.today", "D", "as_of_today", "Today", "Show the plan as of today"),
    _hidden("plan.choose", "P", "plan", "Plan", "Show another plan of the register"),
    _hidden("go.overview", "o", "go('overview')", "Overview", "Show the status of the whole plan"),
    _hidden("go.my_week", "w", "go('my_week')", "My week", "Show what you have to report now"),
    _hidden("go.register", "i", "go('register')", "Register", "List all items"),
    _hidden("go.timeline", "t", "go('timeline')", "Timeline", "Show the deadlines on a timeline"),
    _hidden("go.mandates", "m", "go('mandates')", "Mandates", "Show the mandates and the items linked to them"),
    _hidden("go.weekly", "f", "go('weekly')", "Weekly", "Preview the weekly file"),
    _hidden("go.log", "e", "go('log')", "Log", "Show who changed what, and when"),
    _hidden("theme.all", "0", "theme(0)", "All themes", "List the items of all themes"),
    *map(_theme, range(1, MOST_THEME_KEYS + 1)),
]

COPY: list[BindingType] = [
    _hidden("copy.text", "y", "copy", "Copy", "Copy what is shown as text"),
    _hidden("copy.as", "Y", "copy_as", "Copy as", "Copy what is shown as text, Markdown or CSV"),
]

COPY_AS: list[BindingType] = [
    _key("copy.as_text", "t", "take('txt')", "Text", "Copy as text, with tabs between values"),
    _key("copy.as_markdown", "m", "take('md')", "Markdown", "Copy as a Markdown table"),
    _key("copy.as_csv", "c", "take('csv')", "CSV", "Copy as CSV, for spreadsheets and programs"),
]

DIALOG: list[BindingType] = [
    _key("dialog.leave", "escape", "leave", "Close", "Close the window without changing anything"),
    _key("dialog.help", "f1,question_mark", "app.help", "Help", "Show the keys of this window"),
]

TOUR: list[BindingType] = [
    _key("tour.next", "enter,right,space,l", "step(1)", "Next", "Go to the next screen of the tour"),
    _key("tour.back", "left,h", "step(-1)", "Back", "Go to the screen before"),
]

PALETTE: list[BindingType] = [
    _key("palette.take", "enter", "take", "Choose", "Run or open the entry under the cursor"),
    _hidden("palette.down", "down,ctrl+n", "move(1)", "Down", "Move one line down"),
    _hidden("palette.up", "up,ctrl+p", "move(-1)", "Up", "Move one line up"),
    _hidden("palette.page_down", "pagedown", "move(10)", "Page down", "Move ten lines down"),
    _hidden("palette.page_up", "pageup", "move(-10)", "Page up", "Move ten lines up"),
]

BACK: list[BindingType] = [_key("screen.back", "escape", "back", "Back", "Go back to the previous screen")]

TABLE: list[BindingType] = [
    _key("table.open", "enter", "choose", "Open", "Open the line under the cursor"),
    _hidden("table.down", "down,j", "down", "Down", "Move one line down"),
    _hidden("table.up", "up,k", "up", "Up", "Move one line up"),
    _hidden("table.page_down", "pagedown,ctrl+d", "page_down", "Page down", "Move one page down"),
    _hidden("table.page_up", "pageup,ctrl+u", "page_up", "Page up", "Move one page up"),
    _hidden("table.top", "home,g", "top", "Top", "Move to the first line"),
    _hidden("table.bottom", "end,G", "bottom", "Bottom", "Move to the last line"),
]

PANE: list[BindingType] = [
    _hidden("pane.down", "down,j", "scroll_down", "Down", "Move one line down"),
    _hidden("pane.up", "up,k", "scroll_up", "Up", "Move one line up"),
    _hidden("pane.page_down", "pagedown,ctrl+d,space", "page_down", "Page down", "Move one page down"),
    _hidden("pane.page_up", "pageup,ctrl+u", "page_up", "Page up", "Move one page up"),
    _hidden("pane.top", "home,g", "scroll_home", "Top", "Move to the top"),
    _hidden("pane.bottom", "end,G", "scroll_end", "Bottom", "Move to the end"),
]

FOLD: list[BindingType] = [
    _key("panes.next", "right,l", "pane(1)", "Pane", "Go to the next pane", shown="←→"),
    _hidden("panes.previous", "left,h", "pane(-1)", "Pane", "Go to the previous pane"),
]

OVERVIEW: list[BindingType] = [
    _key("overview.view", "v", "view", "View", "Group by theme, organisation, measure or lead rule"),
    _key("overview.next_list", "tab", "pane(1)", "List", "Go to the next list"),
    _hidden("overview.previous_list", "shift+tab", "pane(-1)", "List", "Go to the previous list"),
    _key("overview.filter", "slash", "filter", "Filter", "Search the register", shown="/"),
    _key("overview.report", "r", "report", "Report", "Report on the item under the cursor"),
    _key("overview.numbers", "n", "numbers", "Numbers", "Show all numbers, or only those that call for action"),
    _hidden("overview.requests", "a", "requests", "Requests", "List the requests for help and for later dates"),
]

COUNTS: list[BindingType] = [
    _key("counts.next", "right,l", "count(1)", "Count", "Go to the next count in the row", shown="←→"),
    _hidden("counts.previous", "left,h", "count(-1)", "Count", "Go to the previous count in the row"),
]

REGISTER: list[BindingType] = [
    _key("register.filter", "slash", "filter", "Filter", "Search code, title and organisations", shown="/"),
    _key("register.facets", "F", "facets", "Facets", "Filter by theme, lead, phase and more"),
    _key("register.select", "space", "select", "Select", "Select or deselect the item under the cursor", shown="␣"),
    _key("register.bulk", "b", "bulk", "Update", "Update all selected items together"),
    _key("register.report", "r", "report", "Report", "Report on the item under the cursor"),
    _key("register.sort", "s", "sort", "Sort", "Sort by the next column"),
    _hidden("register.reverse", "S", "reverse", "Reverse", "Reverse the order"),
    _hidden("register.sort_by", "z", "sort_by", "Sort by", "Choose the column to sort by"),
    _hidden("register.columns", "c", "columns", "Columns", "Choose the columns"),
    _key("register.views", "v", "views", "Views", "Choose a saved view"),
    _hidden("register.save_view", "V", "save_view", "Save view", "Save the current filters and columns as a view"),
    _hidden("register.mine", "M", "mine", "My items", "Show only my organisation's items, or all"),
    _hidden("register.drop_chip", "backspace", "drop_chip", "Remove filter", "Remove the last filter"),
    _hidden("register.clear", "X", "clear", "Clear filters", "Remove all filters"),
    _hidden("register.select_all", "a", "select_all", "Select all", "Select all items shown"),
    _hidden("register.select_none", "A", "select_none", "Select none", "Deselect all items"),
    _hidden("register.next_theme", "right,l", "step_theme(1)", "Theme", "Go to the next theme"),
    _hidden("register.previous_theme", "left,h", "step_theme(-1)", "Theme", "Go to the previous theme"),
]

FACETS: list[BindingType] = [
    _key("facets.choose", "space", "choose", "Choose", "Add or remove the value as a filter", shown="␣"),
]

SEVERAL: list[BindingType] = [
    _key("several.tick", "space", "tick", "Tick", "Tick or untick the line under the cursor"),
]

VIEWS: list[BindingType] = [
    _key("views.delete", "x,delete", "delete", "Delete", "Delete the view under the cursor"),
]

TIMELINE: list[BindingType] = [
    _key("timeline.later", "right,l", "later(1)", "Later", "Show later days", shown="←→"),
    _hidden("timeline.earlier", "left,h", "later(-1)", "Earlier", "Show earlier days"),
    _key("timeline.nearer", "plus,equals_sign", "zoom(-1)", "Zoom", "Zoom in: quarter, month, week", shown="+-"),
    _hidden("timeline.farther", "minus", "zoom(1)", "Zoom", "Zoom out: week, month, quarter"),
    _key("timeline.view", "v", "view", "View", "Group by item, theme, organisation, measure or lead rule"),
    _key("timeline.filter", "slash", "filter", "Filter", "Search code, title and organisations", shown="/"),
    _key("timeline.today", "full_stop", "today", "Today", "Scroll back to today", shown="."),
    _hidden("timeline.report", "r", "report", "Report", "Report on the item under the cursor"),
]

ITEM: list[BindingType] = [
    _key("item.report", "r", "report", "Report", "Report on this item"),
    _key("item.next", "n", "step(1)", "Next", "Open the next item of the list"),
    _hidden("item.previous", "p", "step(-1)", "Previous", "Open the previous item of the list"),
    _key("item.clause", "v", "clause", "Clause", "Show the clauses that the item is based on"),
    _hidden("item.later_date", "E", "later_date", "Later date", "Ask for a later date of the item or a milestone"),
    _key("item.links", "L", "links", "Links", "Show the links of the item and its measure"),
]

LOG: list[BindingType] = [
    _key("log.stop", "x", "stop", "Stop", "Stop the running verification"),
    _key("log.filter", "slash", "filter", "Filter", "Search the events of an item or a person", shown="/"),
    _key("log.reverse", "S", "reverse", "Reverse", "Switch between oldest first and newest first"),
    _key("log.verify", "v", "verify", "Verify", "Check that the history was not altered outside the program"),
    _key("log.checkpoint", "c", "checkpoint", "Checkpoint", "Verify against a checkpoint kept elsewhere"),
]

WEEKLY: list[BindingType] = [
    _key("weekly.export", "x,E", "export", "Export", "Write the weekly file"),
    _key("weekly.previous", "left,h,left_square_bracket", "week(-1)", "Week", "Show the previous week", shown="←→"),
    _hidden("weekly.next", "right,l,right_square_bracket", "week(1)", "Week", "Show the next week"),
    _key("weekly.section", "s", "section(1)", "Section", "Show the next section"),
    _hidden("weekly.section_back", "S", "section(-1)", "Section", "Show the previous section"),
    _hidden("weekly.sections", "z", "sections", "Sections", "Choose a section from a list"),
    _key("weekly.columns_on", "greater_than_sign", "columns(1)", "Columns", "Show the next columns", shown="<>"),
    _hidden("weekly.columns_back", "less_than_sign", "columns(-1)", "Columns", "Show the previous columns"),
    _hidden("weekly.row", "tab", "row", "Full row", "Switch between the table and the full row"),
]

MANDATES: list[BindingType] = [
    _key("mandates.filter", "slash", "filter", "Filter", "Search clauses by key or text, in any language", shown="/"),
    _key("mandates.matrix", "v", "view", "Matrix", "Switch between the clauses and the matrix of themes"),
    _key("mandates.version", "x", "version", "Version", "Show the matching clause of the other version"),
    _key("mandates.findings", "F", "findings", "Findings", "List the findings, and accept them"),
    _key("mandates.links", "L", "links", "Links", "List the links from the plan to the clauses"),
    _hidden("mandates.report", "r", "report", "Report", "Report on the item under the cursor"),
]

MATRIX: list[BindingType] = [
    _key("matrix.right", "right,l", "across(1)", "Theme", "Go to the next theme", shown="←→"),
    _hidden("matrix.left", "left,h", "across(-1)", "Theme", "Go to the previous theme"),
]

MY_WEEK: list[BindingType] = [
    _key("my_week.answer", "a", "answer", "Answer", "Answer the help that is asked for"),
    _key("my_week.grant", "plus", "grant", "Grant", "Grant the later date that is asked for", shown="+"),
    _key("my_week.refuse", "minus", "refuse", "Refuse", "Refuse the later date that is asked for", shown="-"),
    _key("my_week.report", "r", "report", "Report", "Report on the item under the cursor"),
    _key("my_week.unchanged", "n", "unchanged", "No change", "Report that nothing changed on the item"),
    _key("my_week.confirm", "c", "confirm", "Confirm", "Sign off that the item is completed, cancelled or merged"),
    _key("my_week.return", "x", "give_back", "Return", "Return the last report and give a reason"),
    _hidden("my_week.later_date", "E", "later_date", "Later date", "Ask for a later date of the item or a milestone"),
    _key(
        "my_week.next_list",
        "right,l",
        "step_list(1)",
        "List",
        "Go to the next list: to report, reported, to confirm or requests",
        shown="←→",
    ),
    _hidden("my_week.previous_list", "left,h", "step_list(-1)", "List", "Go to the previous list"),
    _key("my_week.item", "v", "item", "Item", "Show the item under the cursor in full"),
]

REPORT: list[BindingType] = [
    _save("report.save", "Save the report"),
    _key("report.next", "tab", "app.focus_next", "Next field", "Go to the next field"),
    _hidden("report.previous", "shift+tab", "app.focus_previous", "Previous field", "Go to the previous field"),
    _key("report.unchanged", "f4", "unchanged", "No change", "Report that nothing changed"),
    _key("report.end", "f2", "end", "End item", "End the item: completed, cancelled or merged"),
    _hidden("report.later_date", "f3", "later_date", "Later date", "Ask for a later date of the item or a milestone"),
    _key("report.last_time", "ctrl+l", "last_time", "Last report", "Fill the field with the text of the last report"),
    _key("report.skip", "ctrl+n", "skip", "Skip", "Keep a draft and go to the next item"),
    _hidden("report.other_draft", "ctrl+g", "other_draft", "Other draft", "Show the next draft of the item"),
    _key("report.start_over", "ctrl+r", "start_over", "Start over", "Discard the draft; press again to restore it"),
]

FIELD: list[BindingType] = [
    _hidden("field.down", "down", "app.focus_next", "Next field", "Go to the next field"),
    _hidden("field.up", "up", "app.focus_previous", "Previous field", "Go to the previous field"),
]

PICK: list[BindingType] = [
    _key("field.list", "enter", "submit", "List", "Choose from the list of values"),
]

CONFIRM_ACT: list[BindingType] = [
    _key("confirm_act.save", "enter", "confirm", "Save", "Record the change that is shown"),
    _hidden("confirm_act.which", "ctrl+s", "say_keys", "Which key?", "Show which key records the change"),
    _hidden("confirm_act.down", "down,j", "move(1)", "Down", "Move one line down"),
    _hidden("confirm_act.up", "up,k", "move(-1)", "Up", "Move one line up"),
    _hidden("confirm_act.page_down", "pagedown,ctrl+d", "move(10)", "Page down", "Move ten lines down"),
    _hidden("confirm_act.page_up", "pageup,ctrl+u", "move(-10)", "Page up", "Move ten lines up"),
    _hidden("confirm_act.note_down", "ctrl+pagedown", "scroll_note(1)", "Note down", "Scroll the note down"),
    _hidden("confirm_act.note_up", "ctrl+pageup", "scroll_note(-1)", "Note up", "Scroll the note up"),
]

MILESTONE: list[BindingType] = [
    _key("milestone.tick", "space", "tick", "Met", "Mark the milestone as met today, or not met", shown="space"),
    _key("milestone.move", "n", "field('date')", "New date", "Move the milestone to a new date"),
    _key("milestone.forecast", "f", "field('forecast')", "Forecast", "Enter the date you now expect"),
    _hidden("milestone.evidence", "e", "field('evidence')", "Evidence", "Enter the evidence that the milestone is met"),
    _hidden("milestone.fold", "enter", "fold", "Unfold", "Show or hide the fields of the milestone"),
    _hidden("milestone.down", "down", "app.focus_next", "Next field", "Go to the next field"),
    _hidden("milestone.up", "up", "app.focus_previous", "Previous field", "Go to the previous field"),
]

CONFLICT: list[BindingType] = [
    _save("conflict.save", "Save the chosen values"),
    _key("conflict.edit", "e,enter", "edit", "Edit", "Continue in the form with the chosen values", shown="e"),
]

DIFFERENCE: list[BindingType] = [
    _key("difference.next", "right,l,space", "step(1)", "Choose", "Choose your value, theirs, or both", shown="←→"),
    _hidden("difference.previous", "left,h", "step(-1)", "Choose", "Go to the previous choice"),
    _hidden("difference.down", "down,j", "app.focus_next", "Next", "Go to the next difference"),
    _hidden("difference.up", "up,k", "app.focus_previous", "Previous", "Go to the previous difference"),
]

LINKS: list[BindingType] = [
    _key("links.accept", "a", "review('accepted')", "Accept", "Accept the link under the cursor"),
    _key("links.reject", "x", "review('rejected')", "Reject", "Reject the link and give a reason"),
    _key("links.change", "c", "review('changed')", "Change", "Change the type, coverage or rationale of the link"),
    _key("links.filter", "slash", "filter", "Filter", "Search the links", shown="/"),
    _key(
        "links.next_list", "right,l", "step_list(1)", "List", "Switch between links to review and all links", shown="←→"
    ),
    _hidden("links.previous_list", "left,h", "step_list(-1)", "List", "Switch between links to review and all links"),
    _key("links.near", "v", "near", "Item", "Show the linked item, or the items of the linked measure"),
]

FINDINGS: list[BindingType] = [
    _key("findings.accept", "a", "accept", "Accept", "Accept the finding until a date"),
    _key("findings.reopen", "x", "reopen", "Reopen", "Reopen an accepted finding"),
    _key("findings.filter", "slash", "filter", "Filter", "Search the findings", shown="/"),
]

WRITING: list[BindingType] = [
    _save("window.save", "Save what you entered"),
    _key("window.next", "tab", "app.focus_next", "Next field", "Go to the next field"),
    _hidden("window.previous", "shift+tab", "app.focus_previous", "Previous field", "Go to the previous field"),
]

NO_CHANGE: list[BindingType] = [
    _key("no_change.report", "enter", "report", "Report", "Report that nothing changed on this item"),
]

CONFIRM_ENDING: list[BindingType] = [
    _key("confirm_ending.confirm", "enter", "confirm", "Confirm", "Confirm that the item has ended"),
]

UNDO: list[BindingType] = [
    _key("undo.take_back", "enter", "take_back", "Undo", "Undo the change that is shown"),
]

REFUSED: list[BindingType] = [
    _key("refused.close", "enter", "leave", "Close", "Close the window"),
]

BULK: list[BindingType] = [
    _save("bulk.save", "Save the change to all items shown"),
    _key("bulk.next", "tab", "app.focus_next", "Next field", "Go to the next field"),
    _hidden("bulk.previous", "shift+tab", "app.focus_previous", "Previous field", "Go to the previous field"),
]

IMPORT: list[BindingType] = [
    _save("import.save", "Import what the preview shows", "Import"),
]

PATH: list[BindingType] = [
    _key("path.complete", "tab", "complete", "Complete", "Complete the path, or list how it can go on"),
]

IMPORT_NOW: list[BindingType] = [
    _key("import_now.import", "enter", "take_in", "Import", "Import what the preview shows"),
]

CHOICE: list[BindingType] = [
    _key("choice.next", "right", "step(1)", "Choose", "Go to the next answer", shown="←→"),
    _hidden("choice.previous", "left", "step(-1)", "Choose", "Go to the previous answer"),
    _hidden("choice.down", "down,enter", "app.focus_next", "Next field", "Go to the next field"),
    _hidden("choice.up", "up", "app.focus_previous", "Previous field", "Go to the previous field"),
]
