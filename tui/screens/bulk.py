"""Sets the same phase, confidence or note on several items. A preview shows the changes; one write saves them all."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.errors import BadValueError, PlannerError
from planner.base.language import later, tr, tr_count
from planner.domain.vocabulary import OPEN_PHASES, Confidence, Phase
from tui.keys import bindings
from tui.marks import MUTED, STRONG, TROUBLE, mark, one_line
from tui.screens.page import Page
from tui.widgets.form.fields import TextField, WordField
from tui.widgets.form.form import field_row
from tui.widgets.table import Column, Table, code_column
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from textual.timer import Timer

    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.writes.reports.bulk import BulkChange, BulkLine

# Seconds after the last key press until the preview is computed.
SOON = 0.2


def _phase(line: "BulkLine") -> Content:
    before, after = line.phase
    if line.refused or before is after:
        return mark(before)
    return Content.assemble(mark(before), " → ", mark(after))


def _confidence(line: "BulkLine") -> Content:
    before, after = line.confidence
    if line.refused or before is after:
        return mark(before, "–")
    return Content.assemble(mark(before, "–"), " → ", mark(after))


def _title(line: "BulkLine") -> Content:
    if line.refused:
        return Content.styled(f"! {line.refused}", TROUBLE)
    return Content(one_line(line.title))


COLUMNS: "list[Column[BulkLine]]" = [
    code_column(lambda line: line.code, later("Code")),
    Column("phase", later("Phase"), lambda line, _: _phase(line), 31, narrow=29),
    Column("confidence", later("Rating"), lambda line, _: _confidence(line), 17),
    Column("title", later("Item, or reason for refusal"), lambda line, _: _title(line), 20, comfort=30),
]


class BulkScreen(Page):
    """The form for several items. The result is True if anything was recorded.

    Items for which the change is not possible are left out, and the preview shows the reason for each.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.BULK, *bindings.BACK]
    name_shown = later("Several items")
    help_text = later(
        "Set the same phase, confidence or note on several items. Fields left unchanged keep the values "
        "of the last report."
    )
    navigates = False

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__()
        self._codes = list(codes)
        self._lines: tuple[BulkLine, ...] = ()
        self._previewed: BulkChange | None = None
        self._doubted: BulkChange | None = None
        self._later: Timer | None = None
        self._saving = False

    def content(self) -> ComposeResult:
        """Yield the fields and the preview of the changes."""
        yield Static(
            Content.styled(tr_count("Change {count} item", "Change {count} items together", len(self._codes)), STRONG),
            markup=False,
            id="subject",
        )
        yield Static(markup=False, id="message")
        leave = Content.styled(f"· {tr('unchanged')}", MUTED)
        yield field_row(
            tr("Phase"), WordField("phase", ("", *OPEN_PHASES), [leave, *(mark(phase) for phase in OPEN_PHASES)])
        )
        yield field_row(
            tr("Confidence"),
            WordField("confidence", ("", *Confidence), [leave, *(mark(rating) for rating in Confidence)]),
        )
        yield field_row(tr("Note"), TextField("note", hint=tr("what was done; the note is the same for all items")))
        yield field_row(
            tr("No change"), WordField("unchanged", ("", "yes"), [leave, Content(tr("nothing changed on any item"))])
        )
        yield Table(COLUMNS, lambda line: line.code, empty=tr("Set a field to preview the changes here."))
        yield Static(markup=False, id="bulk-line")

    def on_mount(self) -> None:
        """Focus the phase."""
        super().on_mount()
        self.query_one("#phase").focus()

    @property
    def _change(self) -> "BulkChange":
        """Return the values that the person has entered."""
        from planner.writes.reports.bulk import BulkChange

        phase, confidence = (
            self.query_one("#phase", WordField).entered,
            self.query_one("#confidence", WordField).entered,
        )
        return BulkChange(
            Phase(phase) if phase else None,
            Confidence(confidence) if confidence else None,
            self.query_one("#note", TextField).entered.strip() or None,
            bool(self.query_one("#unchanged", WordField).entered),
        )

    def on_options_chosen(self) -> None:
        """Update the preview."""
        self._preview_soon()

    def on_text_area_changed(self) -> None:
        """Update the preview."""
        self._preview_soon()

    def _preview_soon(self) -> None:
        self._previewed = None
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(SOON, self._preview)

    def _preview(self) -> None:
        actor, codes, change = self.planner.door.actor, self._codes, self._change
        if change.empty or self._saving:
            return

        def preview(reading: "Reading") -> "tuple[BulkLine, ...]":
            from planner.writes.reports.bulk import preview_bulk

            return preview_bulk(reading, actor, codes, change)

        def arrived(lines: "tuple[BulkLine, ...]") -> None:
            self._lines, self._previewed = lines, change
            # Rejected items come first, because the person has to know about them.
            self.query_one(Table).show(sorted(lines, key=lambda line: line.refused is None))
            refused = sum(line.refused is not None for line in lines)
            key = self.planner.key_for("bulk.save")
            self._say(
                Content.styled(
                    tr(
                        "Items changed: {changed} of {total}, refused: {refused}. {key} saves.",
                        changed=len(lines) - refused,
                        total=len(lines),
                        refused=refused,
                        key=key,
                    ),
                    MUTED,
                )
            )

        self.planner.tasks.read_to_write(self, preview, arrived, self._refused, group="preview")

    def on_table_pointed(self, event: Table.Pointed) -> None:
        """Show the full text of the row under the cursor."""
        self.query_one("#bulk-line", Static).update(Content.assemble((f"{event.row.code} ", STRONG), _title(event.row)))

    def action_save(self) -> None:
        """Record the change on all items that allow it. If the preview is not ready yet, show an error instead."""
        change, lines = self._change, self._lines
        if self._saving:
            return
        if self._previewed != change:
            self._refused(
                BadValueError(
                    tr("the preview of the changes is not ready yet"), do=tr("Set a field and check the preview")
                )
            )
            self._preview()
            return
        if all(line.refused for line in lines):
            self._refused(
                BadValueError(
                    tr("the change is not possible on any of the items"), do=tr("Read the reasons in the table")
                )
            )
            return
        self._saving = True
        self._say(Content.styled(tr("Saving…"), MUTED))
        expected, check_doubts = {line.code: line.last for line in lines if not line.refused}, self._doubted != change

        def record(writing: "Writing") -> tuple[str, ...]:
            from planner.writes.reports.bulk import record_bulk

            return record_bulk(writing, list(expected), change, expected=expected, check_doubts=check_doubts)

        self.planner.tasks.write(self, record, self._saved, self._refused, group="save")

    def _saved(self, codes: tuple[str, ...]) -> None:
        key = self.planner.key_for("app.undo")
        self.notify(
            tr_count(
                "Saved for {count} item. {key} undoes it.",
                "Saved for {count} items. {key} undoes it.",
                len(codes),
                key=key,
            ),
            markup=False,
        )
        self.dismiss(True)

    def _refused(self, error: PlannerError) -> None:
        """Show an error. If somebody else has reported meanwhile, update the preview."""
        from planner.writes.reports.conflicts import ConflictError
        from planner.writes.reports.doubts import DoubtfulError

        self._saving = False
        if isinstance(error, DoubtfulError):
            self._doubted = self._previewed
            again = tr("Press {key} again to save anyway.", key=self.planner.key_for("bulk.save"))
            self._say(Content.assemble((f"? {error.where}: {error.what}. ", f"bold {TROUBLE}"), again))
            return
        message = f"{error.where}: {error.what}" if error.where else error.what
        self._say(Content.assemble((f"! {sentence(message)} ", TROUBLE), sentence(error.do) if error.do else ""))
        if isinstance(error, ConflictError):
            # The new preview will soon replace the message, so the error is also a notification.
            self.notify(error.note, severity="warning", markup=False)
            self._lines, self._previewed = (), None
            self._preview()

    def _say(self, message: Content) -> None:
        line = self.query_one("#message", Static)
        line.update(message)
        line.display = True

    def may_leave(self) -> bool:
        """Return False while the change is being saved."""
        return not self._saving
