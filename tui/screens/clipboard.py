"""Copies a screen's content both to the terminal's clipboard and to a file.

The file is needed because some terminals have no clipboard, and a program cannot find out whether one has.
"""

from typing import TYPE_CHECKING

from planner.base.language import tr
from tui.services.copying import Copied, CopyFormat, written

if TYPE_CHECKING:
    from pathlib import Path

    from tui.shell import Shell

# The longest text, in characters, that is sent to the clipboard. Terminals truncate or drop longer texts, and a slow
# connection would block while it sends them. A longer text is only written to the file.
LONGEST_SENT = 100_000


def copy(app: "Shell", copied: Copied | None, form: CopyFormat) -> None:
    """Copy a screen's content in the given format, and show the person where the copy is."""
    if copied is None or not copied.rows:
        app.notify(tr("There is nothing to copy here."), markup=False)
        return
    state, title = app.person_state, copied.title

    def write() -> "tuple[str, Path | None]":
        text = written(copied, form)
        # docs/decisions/0039: a terminal does not report that it has no clipboard.
        return text, state.keep_copy(text, form.value) if state else None

    def done(answer: "tuple[str, Path | None]") -> None:
        text, file = answer
        sent = len(text) <= LONGEST_SENT
        if sent:
            app.copy_to_clipboard(text)
        app.notify(_copy_message(title, sent, file), markup=False)

    app.tasks.run(app, write, done, lambda error: app.notify(error.note, severity="error", markup=False), group="copy")


def _copy_message(title: str, sent: bool, file: "Path | None") -> str:
    """Return the notification about a copy.

    The notification does not claim that the clipboard has the text, because the program cannot find that out.
    """
    if sent and file:
        return tr("{title}: sent to the terminal's clipboard and saved in {file}", title=title, file=file)
    if sent:
        return tr("{title}: sent to the terminal's clipboard", title=title)
    if file:
        return tr("{title}: too long for the terminal's clipboard; saved in {file}", title=title, file=file)
    return tr("{title}: too long to copy", title=title)
