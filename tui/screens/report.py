"""The report form: an officer's report on one item this week. All fields are saved together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.errors import PlannerError
from planner.base.language import later, tr, tr_later
from planner.domain.vocabulary import Phase
from planner.reporting.fields import label_of
from planner.reporting.form import ReportForm
from tui.data.reports import open_form
from tui.keys import bindings
from tui.marks import MUTED, TROUBLE
from tui.routes import new_screen
from tui.screens.drafting import Drafting, Kept
from tui.screens.page import Page
from tui.services.rounds import Round
from tui.widgets.form.form import Form
from tui.widgets.form.subject import ReportHeading, draft_message, error_message, recorded_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.queries.items.item import ItemDetail
    from planner.register.writing import Writing
    from planner.reporting.merging import Resolution
    from planner.writes.reports.doubts import DoubtfulError
    from planner.writes.reports.entries import EntryRecorded
    from tui.data.door import Door

_STILL_HERE = later("Nothing was saved. What you typed is still here.")
_WAITS = later("Completed needs evidence; cancelled and merged need a reason. A manager then confirms it.")


class ReportScreen(Page):
    """Shows the report form of an item.

    If a queue of items is given, their forms follow one after the other. Input is saved continuously as a draft, so
    leaving the form asks no question. The result is True if any report was recorded.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.REPORT, *bindings.BACK]
    name_shown = later("Report")
    help_text = later(
        "The form starts with the values of the last report: ↺ marks those that you have not changed. The "
        "texts on work done and evidence are empty, because they are about this week. Milestones and "
        "indicator values are saved together with the report. Your input is kept as a draft immediately."
    )
    navigates = False

    def __init__(self, door: "Door", opening: ReportForm, codes: Sequence[str] = ()) -> None:
        super().__init__()
        self._door = door
        self._round = Round(codes)
        self._drafting = Drafting(self, door, lambda message: self._say(message, TROUBLE))
        self._saving = False
        self._take(opening)

    def _take(self, opening: ReportForm) -> None:
        """Start from `opening`, which has the item's data and the initial values of the form."""
        self.opening = opening
        self._sent: Mapping[str, str] = opening.values
        self._before_reset: ReportForm | None = None
        self._ending_explained = False
        self._doubted: Mapping[str, str] | None = None
        # The field that the error message is about, and its text at that time.
        self._wrong: tuple[str, str] | None = None
        # A save key that was pressed before this form was shown was meant for another form.
        self._ready_since = float("inf")
        self._drafting.begin(opening)

    @property
    def recorded(self) -> frozenset[str]:
        """Return the codes of the items that were reported here."""
        return self._round.recorded

    @property
    def _code(self) -> str:
        return self.opening.item.code

    @property
    def form(self) -> Form:
        """Return the widget with the fields."""
        return self.query_one(Form)

    @property
    def _opened_form(self) -> Form | None:
        """Return the form of the opened item, or None while the form before is still shown.

        What is in that form is another item's, or is recorded already.
        """
        return next((form for form in self.query(Form) if form.opening is self.opening), None)

    @property
    def command(self) -> str:
        """The command that gives the same as text."""
        return f"planner update {self._code}"

    def content(self) -> ComposeResult:
        """Yield the item, a line for messages, and the fields."""
        yield ReportHeading(self.opening, self._round.place(self._code))
        yield Static(markup=False, id="message")
        yield Form(self.opening)

    def on_mount(self) -> None:
        """Show the form, and a message about its draft if there is one."""
        super().on_mount()
        self._show_notes()
        self._mark_ready()

    def _mark_ready(self) -> None:
        """Record when the form became ready, so that a key pressed for the previous form can be recognised."""
        self._ready_since = monotonic()

    def _show_notes(self, message: str = "") -> None:
        over, other = (self.planner.key_for(name) for name in ("report.start_over", "report.other_draft"))
        draft = draft_message(self.opening, self._door.now(), over, other)
        self._say(" ".join(part for part in (message, draft) if part))

    async def _load(self, opening: ReportForm, message: str = "") -> None:
        """Replace the form with another form, and show a message about the previous action."""
        self._take(opening)
        with self.app.batch_update():
            await self.form.remove()
            self.query_one(ReportHeading).show_item(opening, self._round.place(self._code))
            await self.mount(Form(opening), after=self.query_one("#message"))
        self._show_notes(message)
        self._mark_ready()

    def on_form_completed(self) -> None:
        """Handle the keys that were held back, because now all fields are there that they may be meant for."""
        self.planner.release_keys()

    def _say(self, message: str | Content, style: str = MUTED) -> None:
        line = self.query_one("#message", Static)
        line.update(Content.styled(message, style) if isinstance(message, str) else message)
        line.display = bool(message)

    def action_save(self) -> None:
        """Record the report.

        The key is ignored if it was pressed before the form was shown, unless the form has input.
        """
        if self.planner.key_arrived >= self._ready_since or self.form.values != self.opening.values:
            self._save()

    def _save(self) -> None:
        """Record the report.

        If the person saves the same values again after a warning about them, the values count as confirmed.
        """
        opening, sent = self.opening, self.form.values
        check_doubts = self._doubted != sent

        def write(writing: "Writing") -> "EntryRecorded":
            from planner.reporting.saving import save

            return save(writing, opening, sent, check_doubts=check_doubts)

        self._record(sent, write)

    def action_unchanged(self) -> None:
        """Ask the person to confirm, and report explicitly that nothing changed."""
        from tui.dialogs.no_change import NoChangeDialog

        opening, values = self.opening, self.form.values
        if self._saving or self.planner.key_arrived < self._ready_since:
            return
        if opening.changed(values):
            self._say(tr("The form has unsaved changes: save them or start over."), TROUBLE)
            return

        def write(writing: "Writing") -> "EntryRecorded":
            from planner.reporting.saving import save_form_unchanged

            return save_form_unchanged(writing, opening)

        def answered(wanted: bool | None) -> None:
            if wanted:
                self._record(values, write)

        self.app.push_screen(NoChangeDialog(opening.item), answered)

    def action_later_date(self) -> None:
        """Ask for a later date of the item. It is recorded apart from the report, which stays as it is."""
        self.planner.acts.ask_extension(self._code)

    def action_end(self) -> None:
        """Move the choice of a phase to the closing phases."""
        self.form.end()

    def on_word_field_guarded(self) -> None:
        """Show a message with the key for ending an item, because the arrow keys cannot choose a closing phase."""
        self._say(tr("{key} ends the item: completed, cancelled or merged.", key=self.planner.key_for("report.end")))

    def _record(self, sent: Mapping[str, str], write: "Callable[[Writing], EntryRecorded]") -> None:
        """Write the report in a thread. The form stays open until this has succeeded."""
        if self._saving:
            return
        self._saving = True
        self._wrong = None
        self._drafting.stop()
        self._say(tr("Saving…"))
        self._sent = sent
        drop = self._drafting.dropping(self.opening)

        def work(writing: "Writing") -> "tuple[EntryRecorded, Kept | PlannerError]":
            return write(writing), drop()

        self.planner.hold_keys()
        self.planner.tasks.write(self, work, self._saved, self._refused, group="save")

    def _saved(self, answer: "tuple[EntryRecorded, Kept | PlannerError]") -> None:
        recorded, draft = answer
        self._saving = False
        self._round.reported(self._code)
        self.planner.reports.mark_draft(self._code, there=isinstance(draft, PlannerError) or draft.any)
        phase = Phase(self._sent["phase"])
        ends = phase if phase.terminal and phase is not self.opening.item.phase else None
        message = recorded_message(recorded, ends)
        if isinstance(draft, PlannerError):
            self.notify(
                tr("The report is saved, but its draft could not be deleted: {message}", message=draft.note),
                severity="warning",
                markup=False,
            )
        since = {name: text for name, text in self.form.values.items() if text != self._sent[name]}
        if since:
            # The person typed more while the report was being saved. This input is put into the form when it opens
            # again.
            self._open(self._code, message, lambda opening: replace(opening, typed=since), drafted=False)
        else:
            self._go_on(message)

    def _refused(self, error: PlannerError) -> None:
        """Show an error and move to its field. If somebody else has written on the item, show both versions."""
        from planner.writes.reports.conflicts import ConflictError
        from planner.writes.reports.doubts import DoubtfulError

        self._saving = False
        self.planner.release_keys()
        self._drafting.keep(self.opening, self.form.values)
        if isinstance(error, DoubtfulError):
            self._show_doubts(error)
            return
        if isinstance(error, ConflictError):
            self._show_both(error.theirs)
            return
        name = error.where.replace(" ", "_")
        self._say(Content.assemble(error_message(error, label_of(name)), f" {tr_later(_STILL_HERE)}"))
        values = self.form.values
        self._wrong = (name, values[name]) if name in values else None
        self.form.lead_to(name)

    def _show_doubts(self, error: "DoubtfulError") -> None:
        """Show an inconsistency, and move to its field. Saving the same values again confirms them."""
        self._doubted = self._sent
        message = "; ".join(doubt.what for doubt in error.doubts)
        again = tr("Press {key} again to save anyway.", key=self.planner.key_for("report.save"))
        self._say(Content.assemble((f"? {message}. ", f"bold {TROUBLE}"), again))
        self.form.lead_to(error.doubts[0].field)

    def _show_both(self, theirs: "ItemDetail") -> None:
        self._say(tr_later(_STILL_HERE))
        conflict = new_screen("conflict", self.opening, self.form.values, theirs)

        async def ended(_resolved: bool | None) -> None:
            if conflict.resolution is not None:
                await self._take_over(conflict.resolution)

        self.app.push_screen(conflict, ended)

    async def _take_over(self, resolution: "Resolution") -> None:
        """Continue with the result of a merge. Save the result if the person chose to save it."""
        await self._load(resolution.form)
        self._drafting.keep(resolution.form, resolution.form.values)
        if resolution.save:
            self._save()

    def _go_on(self, message: str) -> None:
        """Open the next item of the queue. After the last item, close the form."""
        following = self._round.after(self._code)
        if following is None:
            self.notify(message, markup=False)
            self._leave()
        else:
            self._open(following, message)

    def _open(
        self,
        code: str,
        message: str,
        prepared: "Callable[[ReportForm], ReportForm]" = lambda opening: opening,
        *,
        drafted: bool = True,
        draft_id: str | None = None,
    ) -> None:
        """Open the form of an item here. If this is not possible, close the screen."""

        def opened(opening: ReportForm) -> None:
            self.call_later(self._load, prepared(opening), message)

        def not_opened(error: PlannerError) -> None:
            self.notify(error.note, severity="warning", markup=False)
            self._leave()

        def work() -> ReportForm:
            return open_form(self._door, code, drafted=drafted, draft_id=draft_id)

        self.planner.hold_keys()
        self.planner.tasks.run(self, work, opened, not_opened, group="open")

    def _leave(self) -> None:
        self.planner.release_keys()
        self.dismiss(bool(self.recorded))

    def may_leave(self) -> bool:
        """Save the input as a draft, and return whether the form may be closed.

        The form may not be closed while a report is being saved.
        """
        form = self._opened_form
        return not self._saving and (form is None or self._drafting.left(self.opening, form.values))

    def keep_unsaved(self) -> None:
        """Save the input as a draft immediately, because the app is about to end."""
        form = self._opened_form
        if form is not None and not self._saving:
            self._drafting.keep_now(self.opening, form.values)

    def action_back(self) -> None:
        """Close the form, and go back to the previous screen."""
        if self.may_leave():
            self._leave()

    def action_skip(self) -> None:
        """Open the next item of the queue without recording a report."""
        if self._round.after(self._code) is None:
            self.notify(tr("There is no other item in the queue."), markup=False)
        elif self.may_leave():
            self._go_on("")

    def action_last_time(self) -> None:
        """Fill the field that has the focus with its text from the last report."""
        if not self.form.fill_last_time():
            self.notify(tr("The last report has no text in this field."), markup=False)

    def on_form_changed(self) -> None:
        """Save a draft, remove the error of a corrected field, and explain a closing phase if one is chosen."""
        form = self._opened_form
        if form is None:
            return
        values = form.values
        if self._wrong and not self._saving and values.get(self._wrong[0]) != self._wrong[1]:
            self._wrong = None
            self._say("")
        phase = Phase(values["phase"])
        if not self._ending_explained and phase.terminal and phase != self.opening.initial["phase"]:
            self._ending_explained = True
            self._say(tr_later(_WAITS))
        if not self._saving:
            self._drafting.changed(self.opening, values)

    def action_start_over(self) -> None:
        """Reset the form to the last report, without the draft. Pressing the key again restores the input."""
        if self._saving:
            return
        if self._before_reset is not None:
            self.call_later(self._load, self._before_reset)
            return
        before_reset = replace(self.opening, typed=self.opening.changed(self.form.values), draft=None, notes=())

        async def load(opening: ReportForm) -> None:
            await self._load(replace(opening, others=self.opening.others))
            self._before_reset = before_reset
            self._say(
                tr(
                    "The form shows the last report again. {key} restores the draft.",
                    key=self.planner.key_for("report.start_over"),
                )
            )

        def opened(opening: ReportForm) -> None:
            self.call_later(load, opening)

        self.planner.hold_keys()
        code = self._code
        self.planner.tasks.run(
            self, lambda: open_form(self._door, code, drafted=False), opened, self._refused, group="open"
        )

    def action_other_draft(self) -> None:
        """Load the item's next draft into the form. The present input is kept as a separate draft."""
        if self._saving:
            return
        if not self.opening.others:
            self.notify(tr("There is no other draft of this item."), markup=False)
        elif self.may_leave():
            self._open(self._code, "", draft_id=self.opening.others[0].id)
