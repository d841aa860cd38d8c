"""All keys of the app. Each has an id for remapping, one or more keys, an action, a label and a tooltip."""

from textual.binding import Binding, BindingType

from planner.base.language import later

# The number of themes that have a digit key. Any further themes can be chosen in the register's strip of themes.
MOST_THEME_KEYS = 9


def _key(
    name: str, keys: str, action: str, word: str, tooltip: str, *, footer: bool = True, shown: str = ""
) -> Binding:
    return Binding(keys, action, word, show=footer, key_display=shown or None, tooltip=tooltip, id=name)


APP: list[BindingType] = [
    _key("app.quit", "q", "leave", later("Quit"), later("Quit the app")),
    _key("app.quit_always", "ctrl+q", "quit", later("Quit"), later("Quit the app, even while you type"), footer=False),
    _key("app.interrupt", "ctrl+c", "help_quit", later("Quit?"), later("Show how to quit"), footer=False),
    _key("app.help", "question_mark,f1", "help", later("Help"), later("Show the keys of this screen"), shown="?"),
    _key("app.palette", "ctrl+p", "palette", later("Palette"), later("Find a command, item, clause or organisation")),
    _key(
        "app.jump",
        "ctrl+o",
        "jump",
        later("Jump"),
        later("Show a letter on each part that can have the focus"),
        footer=False,
    ),
    _key(
        "app.looks",
        "ctrl+t",
        "looks",
        later("Looks"),
        later("Switch between dark, light and high contrast"),
        footer=False,
    ),
    _key("app.reload", "ctrl+r", "reload", later("Reload"), later("Read the data again"), footer=False),
    _key("app.undo", "u", "undo", later("Undo"), later("Undo my last change"), footer=False),
    _key("as_of.choose", "d", "as_of", later("As of"), later("Show the plan as of another day"), footer=False),
    _key("as_of.today", "D", "as_of_today", later("Today"), later("Show the plan as of today")),
    _key(
        "go.overview",
        "o",
        "go('overview')",
        later("Overview"),
        later("Show the status of the whole plan"),
        footer=False,
    ),
    _key(
        "go.my_week",
        "w",
        "go('my_week')",
        later("My week"),
        later("Show what you have to report this week"),
        footer=False,
    ),
    _key("go.register", "i", "go('register')", later("Items"), later("List all items"), footer=False),
    _key(
        "go.timeline", "t", "go('timeline')", later("Timeline"), later("Show the deadlines on a timeline"), footer=False
    ),
    _key(
        "go.mandates",
        "m",
        "go('mandates')",
        later("Mandates"),
        later("Show the mandates and the items linked to them"),
        footer=False,
    ),
    _key("go.weekly", "f", "go('weekly')", later("Weekly file"), later("Preview the weekly file"), footer=False),
    _key("go.log", "e", "go('log')", later("Log"), later("Show who changed what, and when"), footer=False),
    _key("theme.all", "0", "theme(0)", later("All themes"), later("List the items of all themes"), footer=False),
    *(
        _key(
            f"theme.{number}",
            str(number),
            f"theme({number})",
            later("Theme"),
            later("Show the items of the theme with this number"),
            footer=number == 1,
            shown="1…" if number == 1 else str(number),
        )
        for number in range(1, MOST_THEME_KEYS + 1)
    ),
]

COPY: list[BindingType] = [
    _key("copy.text", "y", "copy", later("Copy"), later("Copy what is shown as text"), footer=False),
    _key(
        "copy.as", "Y", "copy_as", later("Copy as"), later("Copy what is shown as text, Markdown or CSV"), footer=False
    ),
]

COPY_AS: list[BindingType] = [
    _key("copy.as_text", "t", "take('txt')", later("Text"), later("Copy as text, with tabs between values")),
    _key("copy.as_markdown", "m", "take('md')", later("Markdown"), later("Copy as a Markdown table")),
    _key("copy.as_csv", "c", "take('csv')", later("CSV"), later("Copy as CSV, for spreadsheets and programs")),
]

DIALOG: list[BindingType] = [
    _key("dialog.leave", "escape", "leave", later("Close"), later("Close the window without changing anything"))
]

PALETTE: list[BindingType] = [
    _key("palette.take", "enter", "take", later("Choose"), later("Run the command, or open the place")),
    _key("palette.down", "down,ctrl+n", "move(1)", later("Down"), later("Move one line down"), footer=False),
    _key("palette.up", "up,ctrl+p", "move(-1)", later("Up"), later("Move one line up"), footer=False),
    _key("palette.page_down", "pagedown", "move(10)", later("Page down"), later("Move ten lines down"), footer=False),
    _key("palette.page_up", "pageup", "move(-10)", later("Page up"), later("Move ten lines up"), footer=False),
]

BACK: list[BindingType] = [
    _key("screen.back", "escape", "back", later("Back"), later("Go back to the previous screen"))
]

TABLE: list[BindingType] = [
    _key("table.open", "enter", "choose", later("Open"), later("Open the line under the cursor")),
    _key("table.down", "down,j", "down", later("Down"), later("Move one line down"), footer=False),
    _key("table.up", "up,k", "up", later("Up"), later("Move one line up"), footer=False),
    _key(
        "table.page_down", "pagedown,ctrl+d", "page_down", later("Page down"), later("Move one page down"), footer=False
    ),
    _key("table.page_up", "pageup,ctrl+u", "page_up", later("Page up"), later("Move one page up"), footer=False),
    _key("table.top", "home,g", "top", later("Top"), later("Move to the first line"), footer=False),
    _key("table.bottom", "end,G", "bottom", later("Bottom"), later("Move to the last line"), footer=False),
]

PANE: list[BindingType] = [
    _key("pane.down", "down,j", "scroll_down", later("Down"), later("Move one line down"), footer=False),
    _key("pane.up", "up,k", "scroll_up", later("Up"), later("Move one line up"), footer=False),
    _key(
        "pane.page_down",
        "pagedown,ctrl+d,space",
        "page_down",
        later("Page down"),
        later("Move one page down"),
        footer=False,
    ),
    _key("pane.page_up", "pageup,ctrl+u", "page_up", later("Page up"), later("Move one page up"), footer=False),
    _key("pane.top", "home,g", "scroll_home", later("Top"), later("Move to the top"), footer=False),
    _key("pane.bottom", "end,G", "scroll_end", later("Bottom"), later("Move to the end"), footer=False),
]

FOLD: list[BindingType] = [
    _key("panes.next", "right,l", "pane(1)", later("Pane"), later("Go to the next pane"), shown="←→"),
    _key("panes.previous", "left,h", "pane(-1)", later("Pane"), later("Go to the previous pane"), footer=False),
]

OVERVIEW: list[BindingType] = [
    _key("overview.view", "v", "view", later("View"), later("Group by theme, organisation, measure or lead rule")),
    _key("overview.next_list", "tab", "pane(1)", later("List"), later("Go to the next list")),
    _key(
        "overview.previous_list", "shift+tab", "pane(-1)", later("List"), later("Go to the previous list"), footer=False
    ),
    _key("overview.filter", "slash", "filter", later("Filter"), later("Search the register"), shown="/"),
    _key("overview.report", "r", "report", later("Report"), later("Report on the item under the cursor")),
]

COUNTS: list[BindingType] = [
    _key("counts.next", "right,l", "count(1)", later("Count"), later("Go to the next count in the row"), shown="←→"),
    _key(
        "counts.previous",
        "left,h",
        "count(-1)",
        later("Count"),
        later("Go to the previous count in the row"),
        footer=False,
    ),
]

REGISTER: list[BindingType] = [
    _key(
        "register.filter", "slash", "filter", later("Filter"), later("Search code, title and organisations"), shown="/"
    ),
    _key("register.facets", "F", "facets", later("Facets"), later("Filter by theme, lead, phase and more")),
    _key(
        "register.select",
        "space",
        "select",
        later("Select"),
        later("Select or deselect the item under the cursor"),
        shown="␣",
    ),
    _key("register.bulk", "b", "bulk", later("Bulk"), later("Update all selected items together")),
    _key("register.report", "r", "report", later("Report"), later("Report on the item under the cursor")),
    _key("register.sort", "s", "sort", later("Sort"), later("Sort by the next column")),
    _key("register.reverse", "S", "reverse", later("Reverse"), later("Reverse the order"), footer=False),
    _key("register.sort_by", "z", "sort_by", later("Sort by"), later("Choose the column to sort by"), footer=False),
    _key("register.columns", "c", "columns", later("Columns"), later("Choose the columns"), footer=False),
    _key("register.views", "v", "views", later("Views"), later("Choose a saved view")),
    _key(
        "register.save_view",
        "V",
        "save_view",
        later("Save view"),
        later("Save the current filters and columns as a view"),
        footer=False,
    ),
    _key("register.mine", "M", "mine", later("Mine"), later("Show only my organisation's items, or all"), footer=False),
    _key(
        "register.drop_chip",
        "backspace",
        "drop_chip",
        later("Remove filter"),
        later("Remove the last filter"),
        footer=False,
    ),
    _key("register.clear", "X", "clear", later("Clear"), later("Remove all filters"), footer=False),
    _key("register.select_all", "a", "select_all", later("Select all"), later("Select all items shown"), footer=False),
    _key("register.select_none", "A", "select_none", later("Select none"), later("Deselect all items"), footer=False),
    _key(
        "register.next_theme", "right,l", "step_theme(1)", later("Theme"), later("Go to the next theme"), footer=False
    ),
    _key(
        "register.previous_theme",
        "left,h",
        "step_theme(-1)",
        later("Theme"),
        later("Go to the previous theme"),
        footer=False,
    ),
]

FACETS: list[BindingType] = [
    _key("facets.choose", "space", "choose", later("Choose"), later("Add or remove the value as a filter"), shown="␣"),
]

SEVERAL: list[BindingType] = [
    _key("several.tick", "space", "tick", later("Tick"), later("Tick or untick the line under the cursor")),
]

VIEWS: list[BindingType] = [
    _key("views.delete", "x,delete", "delete", later("Delete"), later("Delete the view under the cursor")),
]

TIMELINE: list[BindingType] = [
    _key("timeline.later", "right,l", "later(1)", later("Later"), later("Show later days"), shown="←→"),
    _key("timeline.earlier", "left,h", "later(-1)", later("Earlier"), later("Show earlier days"), footer=False),
    _key(
        "timeline.nearer",
        "plus,equals_sign",
        "zoom(-1)",
        later("Zoom"),
        later("Zoom in: quarter, month, week"),
        shown="+-",
    ),
    _key("timeline.farther", "minus", "zoom(1)", later("Zoom"), later("Zoom out: week, month, quarter"), footer=False),
    _key(
        "timeline.view", "v", "view", later("View"), later("Group by item, theme, organisation, measure or lead rule")
    ),
    _key(
        "timeline.filter", "slash", "filter", later("Filter"), later("Search code, title and organisations"), shown="/"
    ),
    _key("timeline.today", "full_stop", "today", later("Today"), later("Scroll back to today"), shown="."),
    _key("timeline.report", "r", "report", later("Report"), later("Report on the item under the cursor"), footer=False),
]

ITEM: list[BindingType] = [
    _key("item.report", "r", "report", later("Report"), later("Report on this item")),
    _key("item.next", "n", "step(1)", later("Next"), later("Open the next item of the list")),
    _key(
        "item.previous", "p", "step(-1)", later("Previous"), later("Open the previous item of the list"), footer=False
    ),
    _key("item.clause", "v", "clause", later("Clause"), later("Show the clause that the item is based on")),
    _key("item.links", "L", "links", later("Links"), later("Show the links of the item and its measure"), footer=False),
]

LOG: list[BindingType] = [
    _key(
        "log.filter", "slash", "filter", later("Filter"), later("Search the events of an item or a person"), shown="/"
    ),
    _key("log.reverse", "S", "reverse", later("Reverse"), later("Switch between oldest first and newest first")),
    _key(
        "log.verify",
        "v",
        "verify",
        later("Verify"),
        later("Check that the history was not altered outside the program"),
    ),
    _key("log.checkpoint", "c", "checkpoint", later("Checkpoint"), later("Verify against a checkpoint kept elsewhere")),
    _key("log.stop", "x", "stop", later("Stop"), later("Stop the running verification")),
]

WEEKLY: list[BindingType] = [
    _key("weekly.export", "x,E", "export", later("Export"), later("Write the weekly file")),
    _key(
        "weekly.previous",
        "left,h,left_square_bracket",
        "week(-1)",
        later("Week"),
        later("Show the previous week"),
        shown="←→",
    ),
    _key(
        "weekly.next",
        "right,l,right_square_bracket",
        "week(1)",
        later("Week"),
        later("Show the next week"),
        footer=False,
    ),
    _key("weekly.section", "s", "section(1)", later("Section"), later("Show the next section")),
    _key("weekly.section_back", "S", "section(-1)", later("Section"), later("Show the previous section"), footer=False),
    _key("weekly.sections", "z", "sections", later("Sections"), later("Choose a section from a list"), footer=False),
    _key(
        "weekly.columns_on",
        "greater_than_sign",
        "columns(1)",
        later("Columns"),
        later("Show the next columns"),
        shown="<>",
    ),
    _key(
        "weekly.columns_back",
        "less_than_sign",
        "columns(-1)",
        later("Columns"),
        later("Show the previous columns"),
        footer=False,
    ),
    _key("weekly.row", "tab", "row", later("Row"), later("Switch between the full line and the table"), footer=False),
]

MANDATES: list[BindingType] = [
    _key(
        "mandates.filter",
        "slash",
        "filter",
        later("Filter"),
        later("Search clauses by key or text, in any language"),
        shown="/",
    ),
    _key("mandates.matrix", "v", "view", later("Matrix"), later("Switch between clauses and the theme matrix")),
    _key("mandates.version", "x", "version", later("Version"), later("Show the matching clause of the other version")),
    _key("mandates.findings", "F", "findings", later("Findings"), later("List the findings, and accept them")),
    _key("mandates.links", "L", "links", later("Links"), later("List the links from the plan to the clauses")),
    _key("mandates.report", "r", "report", later("Report"), later("Report on the item under the cursor"), footer=False),
]

MATRIX: list[BindingType] = [
    _key("matrix.right", "right,l", "across(1)", later("Theme"), later("Go to the next theme"), shown="←→"),
    _key("matrix.left", "left,h", "across(-1)", later("Theme"), later("Go to the previous theme"), footer=False),
]

MY_WEEK: list[BindingType] = [
    _key("my_week.report", "r", "report", later("Report"), later("Report on the item under the cursor")),
    _key("my_week.unchanged", "n", "unchanged", later("No change"), later("Report that nothing changed on the item")),
    _key(
        "my_week.confirm",
        "c",
        "confirm",
        later("Confirm"),
        later("Sign off that the item is completed, cancelled or merged"),
    ),
    _key("my_week.return", "x", "give_back", later("Return"), later("Return the last report and give a reason")),
    _key(
        "my_week.next_list",
        "right,l",
        "step_list(1)",
        later("List"),
        later("Switch between to report, reported and to confirm"),
        shown="←→",
    ),
    _key(
        "my_week.previous_list",
        "left,h",
        "step_list(-1)",
        later("List"),
        later("Go to the previous list"),
        footer=False,
    ),
    _key("my_week.item", "v", "item", later("Item"), later("Show the item under the cursor in full")),
]

REPORT: list[BindingType] = [
    Binding("ctrl+s", "save", later("Save"), tooltip=later("Save the report"), id="report.save", priority=True),
    _key("report.next", "tab", "app.focus_next", later("Next field"), later("Go to the next field")),
    _key(
        "report.previous",
        "shift+tab",
        "app.focus_previous",
        later("Previous field"),
        later("Go to the previous field"),
        footer=False,
    ),
    _key("report.unchanged", "f4", "unchanged", later("No change"), later("Report that nothing changed")),
    _key("report.end", "f2", "end", later("End item"), later("End the item: completed, cancelled or merged")),
    _key(
        "report.last_time",
        "ctrl+l",
        "last_time",
        later("Last report"),
        later("Fill the field with the text of the last report"),
    ),
    _key("report.skip", "ctrl+n", "skip", later("Skip"), later("Keep a draft and go to the next item")),
    _key(
        "report.other_draft",
        "ctrl+g",
        "other_draft",
        later("Other draft"),
        later("Show the next draft of the item"),
        footer=False,
    ),
    _key(
        "report.start_over",
        "ctrl+r",
        "start_over",
        later("Start over"),
        later("Drop the draft; press again to restore it"),
    ),
]

FIELD: list[BindingType] = [
    _key("field.down", "down", "app.focus_next", later("Next field"), later("Go to the next field"), footer=False),
    _key(
        "field.up", "up", "app.focus_previous", later("Previous field"), later("Go to the previous field"), footer=False
    ),
]

MILESTONE: list[BindingType] = [
    _key(
        "milestone.tick",
        "space",
        "tick",
        later("Met"),
        later("Mark the milestone as met today, or not met"),
        shown="space",
    ),
    _key("milestone.move", "n", "field('date')", later("New date"), later("Move the milestone to a new date")),
    _key("milestone.forecast", "f", "field('forecast')", later("Forecast"), later("Enter the date you now expect")),
    _key(
        "milestone.evidence",
        "e",
        "field('evidence')",
        later("Evidence"),
        later("Enter the evidence that it is met"),
        footer=False,
    ),
    _key(
        "milestone.fold",
        "enter",
        "fold",
        later("Unfold"),
        later("Show or hide the fields of the milestone"),
        footer=False,
    ),
    _key("milestone.down", "down", "app.focus_next", later("Next field"), later("Go to the next field"), footer=False),
    _key(
        "milestone.up",
        "up",
        "app.focus_previous",
        later("Previous field"),
        later("Go to the previous field"),
        footer=False,
    ),
]

CONFLICT: list[BindingType] = [
    Binding(
        "ctrl+s", "save", later("Save"), tooltip=later("Save the chosen values"), id="conflict.save", priority=True
    ),
    _key(
        "conflict.edit",
        "e,enter",
        "edit",
        later("Edit"),
        later("Continue in the form with the chosen values"),
        shown="e",
    ),
]

DIFFERENCE: list[BindingType] = [
    _key(
        "difference.next",
        "right,l,space",
        "step(1)",
        later("Choose"),
        later("Choose your value, theirs, or both"),
        shown="←→",
    ),
    _key(
        "difference.previous", "left,h", "step(-1)", later("Choose"), later("Go to the previous choice"), footer=False
    ),
    _key(
        "difference.down", "down,j", "app.focus_next", later("Next"), later("Go to the next difference"), footer=False
    ),
    _key(
        "difference.up",
        "up,k",
        "app.focus_previous",
        later("Previous"),
        later("Go to the previous difference"),
        footer=False,
    ),
]

LINKS: list[BindingType] = [
    _key("links.accept", "a", "review('accepted')", later("Accept"), later("Accept the link under the cursor")),
    _key("links.reject", "x", "review('rejected')", later("Reject"), later("Reject the link and give a reason")),
    _key(
        "links.change",
        "c",
        "review('changed')",
        later("Change"),
        later("Change the type, coverage or rationale of the link"),
    ),
    _key("links.filter", "slash", "filter", later("Filter"), later("Search the links"), shown="/"),
    _key(
        "links.next_list",
        "right,l",
        "step_list(1)",
        later("List"),
        later("Switch between links to review and all links"),
        shown="←→",
    ),
    _key(
        "links.previous_list",
        "left,h",
        "step_list(-1)",
        later("List"),
        later("Switch between links to review and all links"),
        footer=False,
    ),
    _key("links.near", "v", "near", later("Item"), later("Show the item, or the items of the measure")),
]

FINDINGS: list[BindingType] = [
    _key("findings.accept", "a", "accept", later("Accept"), later("Accept the finding until a date")),
    _key("findings.reopen", "x", "reopen", later("Reopen"), later("Reopen an accepted finding")),
    _key("findings.filter", "slash", "filter", later("Filter"), later("Search the findings"), shown="/"),
]

WRITING: list[BindingType] = [
    Binding("ctrl+s", "save", later("Save"), tooltip=later("Save what you entered"), id="window.save", priority=True),
    _key("window.next", "tab", "app.focus_next", later("Next field"), later("Go to the next field")),
    _key(
        "window.previous",
        "shift+tab",
        "app.focus_previous",
        later("Previous field"),
        later("Go to the previous field"),
        footer=False,
    ),
]

NO_CHANGE: list[BindingType] = [
    _key("no_change.report", "enter", "report", later("Report"), later("Report that nothing changed on this item")),
]

UNDO: list[BindingType] = [
    _key("undo.take_back", "enter,u", "take_back", later("Undo"), later("Undo the change that is shown")),
]

BULK: list[BindingType] = [
    Binding(
        "ctrl+s",
        "save",
        later("Save"),
        tooltip=later("Save the change on all items shown"),
        id="bulk.save",
        priority=True,
    ),
    _key("bulk.next", "tab", "app.focus_next", later("Next field"), later("Go to the next field")),
    _key(
        "bulk.previous",
        "shift+tab",
        "app.focus_previous",
        later("Previous field"),
        later("Go to the previous field"),
        footer=False,
    ),
]

CHOICE: list[BindingType] = [
    _key("choice.next", "right", "step(1)", later("Choose"), later("Go to the next answer"), shown="←→"),
    _key("choice.previous", "left", "step(-1)", later("Choose"), later("Go to the previous answer"), footer=False),
    _key(
        "choice.down", "down,enter", "app.focus_next", later("Next field"), later("Go to the next field"), footer=False
    ),
    _key(
        "choice.up",
        "up",
        "app.focus_previous",
        later("Previous field"),
        later("Go to the previous field"),
        footer=False,
    ),
]
