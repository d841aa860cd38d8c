"""The dialogs of the import screen: an answer to a question, and the confirmation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.language import later, tr
from tui.dialogs.as_of import AsOfDialog
from tui.dialogs.dialog import Dialog
from tui.dialogs.pick import NameDialog, Pick, PickDialog
from tui.keys import bindings
from tui.marks import MUTED, STRONG, one_line

if TYPE_CHECKING:
    from tui.data.importing import ShownImport


class ChoiceDialog(PickDialog):
    """Asks a question with a list of answers. The question is shown in full above them."""

    def __init__(self, title: str, question: str, picks: Sequence[Pick], *, at: str = "") -> None:
        super().__init__(title, picks, at=at)
        self._question = question

    def content(self) -> ComposeResult:
        """Yield the question and the answers."""
        yield Static(Content(one_line(self._question)))
        yield from super().content()


class AnswerDialog(NameDialog):
    """Asks a question whose answer is typed. The question is shown in full above the field."""

    def __init__(self, question: str, answer: str) -> None:
        super().__init__(tr("Question"), answer, tr("Your answer"))
        self._question = question

    def content(self) -> ComposeResult:
        """Yield the question and the field."""
        yield Static(Content(one_line(self._question)))
        yield from super().content()


class ImportNowDialog(Dialog[bool]):
    """Asks whether to import. The result is True if the person confirms."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.IMPORT_NOW
    title_shown = later("Import this?")

    def __init__(self, files: str, shown: "ShownImport") -> None:
        super().__init__()
        self._files = files
        self._shown = shown

    def content(self) -> ComposeResult:
        """Yield the names of the files, the plan, what the import would do, and the day of the reports."""
        yield Static(Content.styled(one_line(self._files), STRONG))
        yield Static(Content(one_line(tr("Plan: {plan}", plan=self._shown.plan))))
        for line in filter(None, (self._shown.summary, self._shown.reports)):
            yield Static(Content(one_line(line)))
        undo = tr("Afterwards, {key} takes the whole import back.", key=self.planner.key_for("app.undo"))
        yield Static(Content.styled(undo, MUTED))

    def hint(self) -> Content:
        """Return the line that explains the keys."""
        key = self.planner.key_for("import_now.import")
        return Content(tr("Press {key} to import, {leave_key} to go back.", key=key, leave_key=self.leave_key))

    def action_take_in(self) -> None:
        """Close the dialog with the person's confirmation."""
        self.dismiss(True)


class ReportDayDialog(AsOfDialog):
    """Asks for the day of the reports that files carry. The result is the day, which may be today."""

    title_shown = later("Day of the reports in the files")
