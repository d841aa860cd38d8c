"""The dialogs for accepting a finding until a day, and for reopening an accepted finding."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import later, tr
from tui.dialogs.writing_dialog import WritingDialog
from tui.widgets.form.fields import DateField, TextField
from tui.widgets.form.form import field_row
from tui.widgets.mandates.finding import finding_summary

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from planner.queries.findings import FindingView
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.writes.finding_reviews import SeenFinding


class _DecidingDialog(WritingDialog["FindingView"]):
    """Decides about a finding.

    The finding is read before the write locks the database, because reading can take a second.
    """

    def __init__(self, finding: "FindingView") -> None:
        super().__init__()
        self._finding = finding
        self._seen: SeenFinding | None = None

    def save(self, write: "Callable[[Writing], FindingView]") -> None:
        """Read the finding, and then run the write."""

        def see(reading: "Reading") -> "SeenFinding | None":
            from planner.writes.finding_reviews import see_finding

            return see_finding(reading, self._finding.kind, self._finding.subject)

        def seen(found: "SeenFinding | None") -> None:
            self._seen = found
            super(_DecidingDialog, self).save(write)

        self.planner.tasks.read_to_write(self, see, seen, self.refused, group="save")


class AcceptDialog(_DecidingDialog):
    """Accepts a finding. The result is the accepted finding.

    If the finding has changed meanwhile, nothing is written. The dialog keeps the input and shows the new statement,
    which the person can then accept.
    """

    title_shown = later("Accept a finding")

    def __init__(self, finding: "FindingView", today: date) -> None:
        super().__init__(finding)
        self._until = DateField("until", today, hint=tr("last day, such as 2020-12-31 or +8w"), start=today)

    def subject(self) -> Content:
        """Return the text of the finding."""
        return finding_summary(self._finding)

    def fields(self) -> ComposeResult:
        """Yield the fields for the day and the reason."""
        yield field_row(tr("Until"), self._until)
        yield field_row(tr("Reason"), TextField("reason", hint=tr("why the finding is acceptable until then")))

    def on_mount(self) -> None:
        """Focus the day."""
        self._until.focus()

    def writing(self) -> "Callable[[Writing], FindingView]":
        """Return the function that records the acceptance."""
        until, reason = self._until.entered.strip(), self.query_one(TextField).entered
        if not until:
            raise BadValueError(tr("a finding can only be accepted until a date"), do=tr("Enter the last day"))
        day = self._until.read(until)
        finding = self._finding

        def accept(writing: "Writing") -> "FindingView":
            from planner.writes.finding_reviews import accept_finding

            kind, subject, shown = finding.kind, finding.subject, finding.substance
            return accept_finding(writing, kind, subject, until=day, reason=reason, expected=shown, seen=self._seen)

        return accept

    def refused(self, error: "PlannerError") -> None:
        """Show an error, and the present state of the finding."""
        super().refused(error)
        if isinstance(error, NotAllowedError):
            self.planner.tasks.read_to_write(self, self._read_again, self._show_again, super().refused, group="again")

    def _read_again(self, reading: "Reading") -> "FindingView":
        from planner.queries.findings import read_finding

        return read_finding(reading, self._finding.kind, self._finding.subject)

    def _show_again(self, finding: "FindingView") -> None:
        self._finding = finding
        self.tell_subject()


class ReopenDialog(_DecidingDialog):
    """Reopens a finding. The result is the reopened finding."""

    title_shown = later("Reopen a finding")

    def subject(self) -> Content:
        """Return the text of the finding."""
        return finding_summary(self._finding)

    def fields(self) -> ComposeResult:
        """Yield the field for the reason."""
        yield field_row(tr("Reason"), TextField("reason", hint=tr("why the finding is no longer acceptable")))

    def on_mount(self) -> None:
        """Focus the reason."""
        self.query_one(TextField).focus()

    def writing(self) -> "Callable[[Writing], FindingView]":
        """Return the function that records that the finding is open again."""
        finding, reason = self._finding, self.query_one(TextField).entered

        def reopen(writing: "Writing") -> "FindingView":
            from planner.writes.finding_reviews import reopen_finding

            return reopen_finding(writing, finding.kind, finding.subject, reason=reason, seen=self._seen)

        return reopen
