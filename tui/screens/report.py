"""The report form: what an officer says of one item this week. It is saved whole or not at all."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static, TextArea

from planner.errors import BadValueError, PlannerError
from planner.marks import words
from planner.vocabulary import Confidence, MeasuredBy, Phase
from tui import keys
from tui.data.reports import record
from tui.marks import MUTED, STRONG, TROUBLE, mark, one_line, percent
from tui.screens.page import Page
from tui.widgets.options import Choice
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.queries.overview import Overview
    from planner.queries.views import ItemView, StatusView

# The texts of a report: the core's name, and what the form calls it.
TEXTS = {
    "done": "Done",
    "next": "Next",
    "blocker": "Blocker",
    "help_needed": "Help needed",
    "evidence": "Evidence",
}

_PHASES = tuple(Phase)


class ReportScreen(Page):
    """Phase, confidence and percent stand as last reported; the texts are empty, last time's shown in them dimly."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.REPORT, *keys.BACK]
    name_shown = "Report"
    navigates = False

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self._item: ItemView | None = None
        self._confidences: tuple[Confidence | None, ...] = (None, *Confidence)
        self._as_opened: object = None
        self._saving = False
        self._warned = False
        self._phase_chosen = False

    def content(self) -> ComposeResult:
        """Title, message, fields."""
        yield Static(markup=False, id="subject")
        yield Static(markup=False, id="message")
        with VerticalScroll(id="fields", can_focus=False):
            yield from _field("Phase", Choice([mark(phase) for phase in _PHASES], id="phase"))
            yield from _field("Confidence", Choice(id="confidence"))
            yield from _field("Percent", Input(type="integer", compact=True, id="percent"))
            for name, label in TEXTS.items():
                yield from _field(label, TextArea(compact=True, id=name, show_line_numbers=False))

    def on_mount(self) -> None:
        """Fill in the form and set the focus."""
        super().on_mount()
        self.query_one("#phase").focus()

    def show(self, standing: "Overview") -> None:
        """Fill in the form once; what was typed is never overwritten by a later reading."""
        if self._item is None:
            self._item = next((item for item in standing.items if item.code == self.code), None)
            if self._item is not None:
                self._fill_in(self._item, standing)

    def _fill_in(self, item: "ItemView", standing: "Overview") -> None:
        self.query_one("#subject", Static).update(
            Content.assemble(
                (f"{item.code} ", f"{STRONG} $text-primary"),
                (one_line(item.title), STRONG),
                (f"\nReport as of {standing.as_of}, {standing.week}. {_last_time(item.last)}", MUTED),
            )
        )
        self.query_one("#phase", Choice).chosen = _PHASES.index(item.phase)
        # A rating once given stands until another takes its place, so "not rated" is offered only before the first.
        self._confidences = tuple(Confidence) if item.confidence else (None, *Confidence)
        confidence = self.query_one("#confidence", Choice)
        confidence.labels = tuple(mark(rating) for rating in self._confidences)
        confidence.chosen = self._confidences.index(item.confidence)
        self._fill_in_percent(item)
        for name in TEXTS:
            said = getattr(item.last, name) if item.last else None
            if said:
                self.query_one(f"#{name}", TextArea).placeholder = Content(f"Last time: {said}")
        self._as_opened = self._typed()

    def _fill_in_percent(self, item: "ItemView") -> None:
        field = self.query_one("#percent", Input)
        if item.measured_by is MeasuredBy.MILESTONES:
            field.disabled = True
            field.value = ""
            field.placeholder = f"{percent(item.actual)}: follows from the milestones met, so it is not typed"
        elif item.last is not None and item.last.percent is not None:
            field.value = str(item.last.percent)

    def _typed(self) -> object:
        """All that stands in the form, to tell whether anything was changed."""
        return (
            self.query_one("#phase", Choice).chosen,
            self.query_one("#confidence", Choice).chosen,
            self.query_one("#percent", Input).value,
            *(self.query_one(f"#{name}", TextArea).text for name in TEXTS),
        )

    def on_options_chosen(self, event: Choice.Chosen) -> None:
        """A completed item is at 100 percent; going back on it brings the last percent back."""
        self._warned = False
        if event.options.id != "phase" or self._item is None:
            return
        self._phase_chosen = True
        if self._item.measured_by is MeasuredBy.MILESTONES:
            return
        field = self.query_one("#percent", Input)
        if _PHASES[event.index] is Phase.COMPLETED:
            field.value = "100"
        elif field.value == "100":
            last = self._item.last
            field.value = "" if last is None or last.percent is None else str(last.percent)

    def on_input_submitted(self) -> None:
        """Enter in the percent goes on to the next field."""
        self.focus_next()

    def action_save(self) -> None:
        """Record the report in a thread; the form stays as it is until that has worked."""
        if self._saving or self._item is None:
            return
        phase = _PHASES[self.query_one("#phase", Choice).chosen]
        confidence = self._confidences[self.query_one("#confidence", Choice).chosen]
        texts = {name: self.query_one(f"#{name}", TextArea).text for name in TEXTS}
        try:
            reported = _whole_number(self.query_one("#percent", Input).value)
        except BadValueError as error:
            self._refused(error)
            return
        self._saving = True
        self._say(Content.styled("Saving…", MUTED))
        door, code = self.planner.door, self.code
        self.planner.ask(
            self, lambda: record(door, code, phase, confidence, reported, texts), self._saved, self._refused
        )

    def _saved(self, recorded: "StatusView") -> None:
        self.notify(f"Recorded on {self.code}: {words(recorded.phase.value)}, as of {recorded.as_of}", markup=False)
        self.dismiss(True)

    def _refused(self, error: PlannerError) -> None:
        """Say what is wrong, and lead to the field it is about."""
        self._saving = False
        name = error.where.removeprefix("--").replace("-", "_")
        fields = self.query(f"#{name}") if name.isidentifier() else None
        label = {**TEXTS, "percent": "Percent"}.get(name, error.where)
        self._say(
            Content.assemble(
                (f"! {label}: " if label else "! ", f"bold {TROUBLE}"),
                (f"{error.what}. ", TROUBLE),
                sentence(error.do) if error.do else "",
                " Nothing was saved; what you typed is still here.",
            )
        )
        if fields and not fields.first().disabled:
            fields.first().focus()

    def _say(self, message: Content) -> None:
        self.query_one("#message", Static).update(message)
        self.query_one("#message").display = True

    def may_leave(self) -> bool:
        """Whether nothing was typed; else the second time it is asked."""
        if self._saving:
            return False
        if self._warned or self._as_opened is None or self._typed() == self._as_opened:
            return True
        self._warned = True
        self._say(Content.styled("! Not saved yet. ctrl+s saves; once more leaves and drops what you typed.", TROUBLE))
        return False

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Typing on means staying: leaving is asked about again. Work done on an item not started starts it."""
        self._warned = False
        if event.text_area.id == "done" and event.text_area.text.strip():
            self._start()

    def on_input_changed(self, event: Input.Changed) -> None:
        """The same for a percent."""
        self._warned = False
        if event.value.strip("0 "):
            self._start()

    def _start(self) -> None:
        """Show as in progress what has not started, where work is reported and no phase was chosen.

        The core takes it so where no phase is given; here the person sees it before saving.
        """
        phase = self.query_one("#phase", Choice)
        if not self._phase_chosen and _PHASES[phase.chosen] is Phase.NOT_STARTED:
            phase.chosen = _PHASES.index(Phase.IN_PROGRESS)


def _field(label: str, widget: Widget) -> ComposeResult:
    with Horizontal(classes="field"):
        yield Label(label, markup=False)
        yield widget


def _last_time(last: "StatusView | None") -> str:
    return f"Last reported {last.as_of} by {last.actor}." if last else "Nobody has reported on it yet."


def _whole_number(text: str) -> int | None:
    """The percent that was typed; None where nothing was."""
    if not text.strip():
        return None
    try:
        return int(text)
    except ValueError as error:
        raise BadValueError(f"'{text}' is not a whole number", where="percent", do="Give one from 0 to 100") from error
