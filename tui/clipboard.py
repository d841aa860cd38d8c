"""Copying: to the terminal's clipboard, and to a file, because not every terminal has one and none says so."""

from typing import TYPE_CHECKING

from tui.copying import Copied, Form, written

if TYPE_CHECKING:
    from pathlib import Path

    from tui.app import PlannerApp

# A longer text is kept in the file only: terminals drop or cut what is much longer, and a slow line would stand still.
LONGEST_SENT = 100_000


def copy(app: "PlannerApp", copied: Copied | None, form: Form) -> None:
    """Copy a screen's content in a form, and say where it is."""
    if copied is None or not copied.rows:
        app.notify("There is nothing here to copy.", markup=False)
        return
    state, title = app.state, copied.title

    def write() -> "tuple[str, Path | None]":
        text = written(copied, form)
        return text, state.keep_copy(text, form.value) if state else None

    def done(answer: "tuple[str, Path | None]") -> None:
        text, file = answer
        sent = len(text) <= LONGEST_SENT
        if sent:
            app.copy_to_clipboard(text)
        app.notify(_told(title, sent, file), markup=False)

    app.ask(app, write, done, lambda error: app.notify(error.message, severity="error", markup=False), group="copy")


def _told(title: str, sent: bool, file: "Path | None") -> str:
    """Some terminals have no clipboard and say nothing, so nothing is promised of it."""
    if sent and file:
        return f"{title}: sent to the terminal's clipboard, and kept in {file}"
    if sent:
        return f"{title}: sent to the terminal's clipboard"
    return f"{title}: too long for a terminal's clipboard; it is in {file}" if file else f"{title}: too long to copy"
