"""Resolves a conflict between two people who changed the same item. The person chooses one version of each field."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from planner.base.language import later, tr
from planner.reporting.form import ReportForm
from planner.reporting.merging import Resolution, differences, merged
from tui.keys import bindings
from tui.marks import MUTED, STRONG, TROUBLE, one_line
from tui.screens.page import Page
from tui.widgets.form.difference import DifferenceField

if TYPE_CHECKING:
    from planner.queries.items.item import ItemDetail


class ConflictScreen(Page):
    """Shows both versions of a report.

    If the conflict is resolved, the result is True and `resolution` is set. If the person goes back instead, the form
    keeps its input.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.CONFLICT, *bindings.BACK]
    name_shown = later("Two versions")
    help_text = later(
        "Nothing is saved yet. If you and the other person changed the same field, choose the value to keep."
    )
    navigates = False

    def __init__(self, opening: ReportForm, values: Mapping[str, str], theirs: "ItemDetail") -> None:
        super().__init__()
        self._opening = opening
        self._values = values
        self._theirs = theirs
        self.resolution: Resolution | None = None
        self._fields = [DifferenceField(each) for each in differences(opening, values, theirs)]

    def content(self) -> ComposeResult:
        """Yield who made the other report, and the fields in which the two reports differ.

        Fields that both people changed come first.
        """
        yield Static(self._subject_text(), markup=False, id="subject")
        yield Static(markup=False, id="message")
        with VerticalScroll(id="differences", can_focus=False):
            yield from self._fields

    def on_mount(self) -> None:
        """Focus the first difference."""
        super().on_mount()
        if self._fields:
            self._fields[0].focus()

    def _subject_text(self) -> Content:
        item = self._theirs.item
        newest = max(self._theirs.history, key=lambda entry: entry.recorded_at, default=None)
        zone = ZoneInfo(self._opening.plan.time_zone)
        who = (
            tr(
                "{actor} changed this item while you were typing, on {day} at {time}.",
                actor=one_line(newest.actor),
                day=f"{newest.recorded_at.astimezone(zone):%Y-%m-%d}",
                time=f"{newest.recorded_at.astimezone(zone):%H:%M}",
            )
            if newest
            else tr("Somebody changed this item while you were typing.")
        )
        return Content.assemble(
            (f"{item.code} ", f"{STRONG} $text-primary"),
            (one_line(item.title), STRONG),
            (f"\n{who} ", "$text-warning"),
            (tr("Your changes are not saved yet. Choose the values to keep."), MUTED),
        )

    def action_save(self) -> None:
        """If a version is chosen for every field, save the chosen versions."""
        self._end(save=True)

    def action_edit(self) -> None:
        """Put the chosen versions into the form, where the person can still edit them."""
        self._end(save=False)

    def _end(self, *, save: bool) -> None:
        unchosen = [field for field in self._fields if field.chosen is None]
        if unchosen:
            labels = ", ".join(field.difference.label for field in unchosen)
            self.query_one("#message", Static).update(
                Content.styled(tr("! Choose a value first (←→): {labels}", labels=labels), TROUBLE)
            )
            self.query_one("#message").display = True
            unchosen[0].focus()
            return
        chosen = {field.difference.name: field.chosen for field in self._fields if field.chosen is not None}
        self.resolution = Resolution(merged(self._opening, self._values, self._theirs, chosen), save)
        self.dismiss(True)
