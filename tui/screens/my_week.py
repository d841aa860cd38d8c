"""Lists the items that still need the person's report this week, most urgent first.

It also shows the last report on the item under the cursor.
"""

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from planner.base.errors import NotAllowedError
from planner.base.language import later, tr, tr_later
from planner.base.listing import with_semicolons
from planner.domain.symbols import this_period
from planner.domain.vocabulary import Cadence, Completion
from tui.data.my_week import (
    ANSWER,
    GRANT,
    REFUSE,
    WeekPage,
    about_request,
    acts_that_answer,
    read_week,
    why_owed,
)
from tui.keys import bindings
from tui.marks import MUTED, STRONG, bar, mark, one_line
from tui.screens.page import Page
from tui.services.copying import Copied
from tui.widgets.blocks import BlockPane
from tui.widgets.empty_plan import how_to_fill
from tui.widgets.item.last_report import last_report_blocks
from tui.widgets.options import Options
from tui.widgets.table import Column, Table, code_column

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.base.errors import PlannerError
    from planner.queries.items.views import ItemView, StatusView
    from planner.queries.weeks.overview import Overview
    from planner.queries.weeks.requests import RequestRow
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.writes.reports.confirmations import Answered
    from planner.writes.reports.entries import EntryRecorded

_Recorded = TypeVar("_Recorded")

# The keys that need a report on the item under the cursor.
_OF_REPORT = ("my_week.unchanged", "my_week.return")

# The keys that answer a request on the item under the cursor, and the act of each.
_ANSWERS = {"my_week.answer": ANSWER, "my_week.grant": GRANT, "my_week.refuse": REFUSE}

# The lists. "To confirm" is only for people who may confirm endings.
_LISTS = (later("To report"), later("Reported"), later("To confirm"), later("Requests"))
_TO_REPORT, _REPORTED, _TO_CONFIRM, _REQUESTS = range(len(_LISTS))
_EMPTY = (
    later("Done: every report that is due {period} is in."),
    later("Nothing has been reported {period} yet."),
    later("No report waits for confirmation."),
    later("Nobody asks for help or a later date, and nothing was answered this week."),
)


class MyWeekScreen(Page):
    """The screen of a person's week. `shown` is the place of the visible list among those that the person has."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.MY_WEEK, *bindings.BACK]
    keys_at_cursor = ("my_week.report", "my_week.confirm", "my_week.item", "my_week.later_date", *_OF_REPORT, *_ANSWERS)
    name_shown = later("My week")
    help_text = later(
        "The items of your organisation that need a report now. Items that a manager returned come "
        "first, then items rated green although they are late, overdue items, and items without a recent "
        "report. After you save a report, the next item opens. The last list has the requests for help and for later "
        "dates; a manager opens one to answer, grant or refuse it."
    )

    shown: reactive[int] = reactive(0, init=False)

    def __init__(self) -> None:
        super().__init__()
        self._page: WeekPage | None = None
        # The list to show when the week is read. Which lists there are is known only then.
        self._wanted: int | None = None
        # Whether keys are held until the lists show what was recorded here.
        self._recorded = False

    @property
    def command(self) -> str:
        """The command that gives the same as text."""
        return "planner my-week"

    def content(self) -> ComposeResult:
        """Yield the progress, the names of the lists, the list, and the last report on the item under the cursor."""
        yield Static(Content.styled(f" {tr('Reading the week…')}", MUTED), markup=False, id="week-progress")
        yield Options([Content(tr_later(_LISTS[each])) for each in self._own_lists], id="week-lists")
        with Container(id="my-week"):
            yield Table(self._columns(), lambda item: item.id, empty=tr("Reading the week…"), id="queue")
            yield BlockPane(id="said")

    def on_mount(self) -> None:
        """Show the loaded data, and update it whenever a draft is saved."""
        super().on_mount()
        self.watch(self.app, "draft_codes", self._drafts_changed, init=False)
        self.query_one(Table).focus()

    def _columns(self) -> "list[Column[ItemView]]":
        return [
            code_column(lambda item: item.code, later("Code")),
            Column("title", later("Title"), lambda item, _: Content(one_line(item.title)), 58, comfort=58, narrow=26),
            Column("why", later("Reason"), lambda item, _: self._why(item), 36, narrow=25),
            Column("schedule", later("Schedule"), lambda item, _: mark(item.schedule), 11, rank=5),
            Column("confidence", later("Rating"), lambda item, _: mark(item.confidence, "–"), 7, rank=1),
            Column("last", later("Reported"), lambda item, _: _last(item), 10, rank=2),
        ]

    def _why(self, item: "ItemView") -> Content:
        if self._list == _REQUESTS and self._page is not None:
            return Content(one_line(with_semicolons(self._asked(item))))
        reason = _awaiting_text(item) if item.completion is Completion.AWAITING else Content(why_owed(item))
        if item.code in self.planner.draft_codes:
            return Content.assemble((tr("▪ draft"), "$text-accent"), "; " if reason.plain else "", reason)
        return reason

    def _asked(self, item: "ItemView") -> tuple[str, ...]:
        """Return what became of the requests for help on an item: of whom and by when, or the answer."""
        return tuple(map(about_request, self._requests_on(item)))

    def _requests_on(self, item: "ItemView") -> "list[RequestRow]":
        rows = self._page.week.requests if self._page is not None else ()
        return [row for row in rows if row.item.id == item.id]

    @property
    def _answers(self) -> bool:
        """Whether the person may answer the requests of the visible list."""
        return self._page is not None and self._page.answers and self._list == _REQUESTS

    def _answering(self, item: "ItemView | None") -> tuple[str, ...]:
        """Return the acts that answer the open requests on an item, if the person may answer them here."""
        return acts_that_answer(self._requests_on(item)) if item is not None and self._answers else ()

    def show(self, standing: "Overview") -> None:
        """Compute the lists in a thread, because this takes noticeable time for a large register."""
        door, me = self.planner.door, self.planner.me
        self.planner.tasks.run(self, lambda: read_week(door, standing, me), self._arrived, group="week")

    def _arrived(self, page: WeekPage) -> None:
        self._page = page
        for note in page.notes:
            self.notify(note, severity="warning", markup=False)
        self._draw()
        if self._wanted is not None:
            self._go_to(self._wanted)
        if self._recorded:
            self._recorded = False
            self.planner.release_keys()
        self.planner.awaited.arrived(self)

    def go_to_requests(self) -> None:
        """Show the list of requests: now, or when the week is read."""
        self._go_to(_REQUESTS)

    def go_to_confirmations(self) -> None:
        """Show the list of what waits for confirmation, to people who have it: now, or when the week is read."""
        self._go_to(_TO_CONFIRM)

    def _go_to(self, wanted: int) -> None:
        self._wanted = wanted if self._page is None else None
        if self._page is not None and wanted in self._own_lists:
            self.shown = self._own_lists.index(wanted)

    def watch_shown(self) -> None:
        """Show another list, starting at its first row."""
        self.query_one(Table).action_top()
        self._draw()

    @property
    def _own_lists(self) -> tuple[int, ...]:
        """The lists that the person has."""
        confirms = self._page is not None and self._page.confirms
        return tuple(each for each in range(len(_LISTS)) if confirms or each != _TO_CONFIRM)

    @property
    def _list(self) -> int:
        """The visible list."""
        return self._own_lists[self.shown]

    def _items_of(self, each: int) -> "tuple[ItemView, ...]":
        """Return the items of a list. An item with several requests is in the list of requests once."""
        if self._page is None:
            return ()
        week = self._page.week
        asking = tuple({row.item.id: row.item for row in week.requests}.values())
        return (week.owed, week.reported, week.awaiting, asking)[each]

    def _draw(self) -> None:
        page = self._page
        if page is None:
            return
        strip = self.query_one("#week-lists", Options)
        counted = ((self._name_of(each), self._number(each)) for each in self._own_lists)
        strip.labels = tuple(Content(f"{name} {count}") for name, count in counted)
        strip.chosen = self.shown
        self.query_one("#week-progress", Static).update(self._progress(page))
        standing = self.planner.standing
        filled = standing is None or standing.total
        period = this_period(standing.plan.cadence if standing else Cadence.WEEKLY)
        nothing = tr_later(_EMPTY[self._list]).format(period=period)
        self.query_one(Table).show(self._items_of(self._list), empty=nothing if filled else how_to_fill(self.planner))
        self._show_said(self.query_one(Table).row)
        self.refresh_bindings()

    def _name_of(self, each: int) -> str:
        """Return the name of a list. Who may not report has nothing to report."""
        from planner.domain.rules.permissions import Permission, deeds_of

        me = self.planner.me
        if each == _TO_REPORT and (me is None or Permission.REPORT not in deeds_of(me.role)):
            return tr("Not reported yet")
        return tr_later(_LISTS[each])

    def _number(self, each: int) -> int:
        """Return the number beside the name of a list. Of the requests, it counts those that are open."""
        if each == _REQUESTS and self._page is not None:
            return sum(row.answer is None for row in self._page.week.requests)
        return len(self._items_of(each))

    def _progress(self, page: WeekPage) -> Content:
        done, owed = len(page.week.reported), len(page.week.owed)
        whose = one_line(page.whose.short_name) if page.whose else tr("all organisations")
        progress = Content.styled(f" {tr('{done} of {total} reported', done=done, total=done + owed)}  ", STRONG)
        share = 100.0 if not owed else 100.0 * done / (done + owed)
        style = "$text-accent" if owed else "$text-success"
        return Content.assemble(progress, bar(share, None, 24, style), (f"  {whose}", MUTED))

    def _show_said(self, item: "ItemView | None") -> None:
        page, standing, pane = self._page, self.planner.standing, self.query_one(BlockPane)
        if item is None or page is None or standing is None:
            pane.fill([])
            return
        kept = page.drafts.get(item.code) if item.code in self.planner.draft_codes else None
        pane.fill(
            last_report_blocks(
                item,
                standing.as_of,
                standing.plan.time_zone,
                kept,
                page.week.doubts(item),
                (*page.week.continued.get(item.id, ()), *self._asked(item)),
                page.assessed(item),
            )
        )
        pane.scroll_home(animate=False)

    def _drafts_changed(self) -> None:
        if not self.is_current:
            # A form in front keeps its draft before it closes: the week is read again with the drafts.
            self._behind = True
        elif self._page is not None:
            self._draw()

    def on_table_pointed(self, event: Table.Pointed) -> None:
        """Show the last report on the item under the cursor."""
        self._show_said(event.row)

    def on_table_opened(self, event: Table.Opened) -> None:
        """Open the report form of the item. If the visible list has the unreported items, they are the queue.

        Who answers requests opens the answer of an open one, and the item of one that is answered.
        """
        if not self._answers:
            self._report(event.row)
        elif answering := self._answering(event.row):
            self.planner.acts.answer(event.row.code, answering)
        else:
            self.action_item()

    def on_table_opened_early(self, event: Table.OpenedEarly) -> None:
        """Open the first item when the week is read."""
        self._when_read(event.table.action_choose)

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """Show the list whose name was clicked."""
        self.shown = event.index

    def action_step_list(self, by: int) -> None:
        """Switch to the next or the previous list: unreported, reported, waiting for confirmation, or requests."""
        self.shown = (self.shown + by) % len(self.query_one("#week-lists", Options).labels)

    def action_report(self) -> None:
        """Open the report form of the item under the cursor."""
        self._when_read(lambda: self._report(self._item))

    def _when_read(self, opening: "Callable[[], None]") -> None:
        """Open a form about the item under the cursor: now, or when the week is read."""
        if self._page is None and self.planner.trouble is None:
            self.planner.awaited.ask(self, opening)
        else:
            opening()

    @property
    def pointed_item(self) -> str | None:
        """The code of the item under the cursor."""
        return self._item.code if self._item is not None else None

    @property
    def _item(self) -> "ItemView | None":
        row: ItemView | None = self.query_one(Table).row
        return row

    def works(self, key: str) -> bool:
        """Return whether a key can do something at present. Some need a report on the item under the cursor."""
        reported = self._item is not None and self._item.last is not None
        answering = key not in _ANSWERS or _ANSWERS[key] in self._answering(self._item)
        return super().works(key) and answering and (key not in _OF_REPORT or reported)

    def _refuse_without_item(self) -> None:
        self.refuse_without_item(tr("Go to another list with {key}", key="→"))

    def _report(self, item: "ItemView | None") -> None:
        if item is None:
            self._refuse_without_item()
        else:
            queue = [other.code for other in self._items_of(_TO_REPORT)] if self._list == _TO_REPORT else []
            self.planner.reports.open_form(item.code, queue)

    def action_later_date(self) -> None:
        """Ask for a later date of the item under the cursor."""
        if self._item is None:
            self._refuse_without_item()
        else:
            self.planner.acts.ask_extension(self._item.code)

    def action_answer(self) -> None:
        """Answer the help that is asked for on the item under the cursor."""
        self._answer_with(ANSWER)

    def action_grant(self) -> None:
        """Grant the later date that is asked for on the item under the cursor."""
        self._answer_with(GRANT)

    def action_refuse(self) -> None:
        """Refuse the later date that is asked for on the item under the cursor."""
        self._answer_with(REFUSE)

    def _answer_with(self, act: str) -> None:
        if self._item is None:
            self._refuse_without_item()
        else:
            self.planner.acts.answer(self._item.code, (act,))

    def action_item(self) -> None:
        """Open the item under the cursor."""
        if self._item is not None:
            self.planner.navigator.open_item(self._item.code, [item.code for item in self.query_one(Table).rows])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable "no change" only in the list of unreported items.

        Only a person who may confirm reports can confirm one, in its list, or return one, in all lists but the first.
        Requests are answered in their list, by a person who may.
        """
        if action in ("answer", "grant", "refuse"):
            return self._answers
        if action == "unchanged":
            return self._list == _TO_REPORT
        if action in ("confirm", "give_back"):
            listed = self._list == _TO_CONFIRM if action == "confirm" else self._list != _TO_REPORT
            return self._page is not None and self._page.confirms and listed
        return super().check_action(action, parameters)

    def action_confirm(self) -> None:
        """Ask the person to confirm, and confirm that the item under the cursor has ended as reported."""
        found = self._reported_item(tr("There is nothing to confirm"))
        if found is not None and self._page is not None and self.may_write():
            self._ask_ending(*found, self._page.week.doubts(found[0]))

    def _ask_ending(self, item: "ItemView", report: "StatusView", doubts: tuple[str, ...]) -> None:
        """Ask whether to confirm an ending. `doubts` are shown, and no other inconsistency is confirmed with it."""
        from tui.dialogs.confirm_ending import ConfirmEndingDialog

        def answered(wanted: bool | None) -> None:
            if wanted:
                self._confirm(item, report, doubts, check_doubts=True)

        self.app.push_screen(ConfirmEndingDialog(item, report, doubts), answered)

    def _confirm(self, item: "ItemView", report: "StatusView", doubts: tuple[str, ...], *, check_doubts: bool) -> None:
        def confirm(writing: "Writing") -> "Answered":
            from planner.queries.history.expected_state import ExpectedReport
            from planner.writes.reports.confirmations import confirm_ending

            return confirm_ending(writing, item.code, expected=ExpectedReport(report.id), check_doubts=check_doubts)

        def refused(error: "PlannerError") -> None:
            from planner.writes.reports.doubts import DoubtfulError

            self.planner.release_keys()
            if not isinstance(error, DoubtfulError):
                self._refused(error)
            elif set(found := tuple(doubt.what for doubt in error.doubts)) <= set(doubts):
                self._confirm(item, report, doubts, check_doubts=False)
            else:
                self._ask_ending(item, report, found)

        self._write(confirm, self._answered, refused)

    def _write(
        self,
        write: "Callable[[Writing], _Recorded]",
        recorded: "Callable[[_Recorded], None]",
        refused: "Callable[[PlannerError], None]",
    ) -> None:
        """Record something about the item under the cursor.

        Keys are held until the lists show it, because a form that they open would have the facts of before.
        """

        def done(record: _Recorded) -> None:
            self._recorded = True
            recorded(record)

        self.planner.hold_keys()
        self.planner.tasks.write(self, write, done, refused, group="answer")

    def _reported_item(self, do: str) -> "tuple[ItemView, StatusView] | None":
        """Return the item under the cursor with its last report. If there is none, say so in a window."""
        item = self._item
        if item is None:
            self._refuse_without_item()
        elif item.last is None:
            self.planner.permissions.refuse(NotAllowedError(tr("{code} has no report yet", code=item.code), do=do))
        return None if item is None or item.last is None else (item, item.last)

    def action_unchanged(self) -> None:
        """Ask the person to confirm, and report explicitly that nothing changed on the item under the cursor."""
        self._when_read(self._report_unchanged)

    def _report_unchanged(self) -> None:
        from tui.dialogs.no_change import NoChangeDialog

        found = self._reported_item(tr("Report on it first"))
        if found is None or not self.may_write():
            return
        item, _ = found

        def recorded(recorded: "EntryRecorded") -> None:
            self.notify(tr("Reported that nothing changed on {code}.", code=recorded.code), markup=False)
            self.planner.loading.read_again([recorded.code])

        def write(writing: "Writing") -> "EntryRecorded":
            from planner.reporting.saving import save_unchanged

            return save_unchanged(writing, item.code)

        def answered(wanted: bool | None) -> None:
            if wanted:
                self._write(write, recorded, self._refused)

        self.app.push_screen(NoChangeDialog(item), answered)

    def action_give_back(self) -> None:
        """Ask for a reason, and send the last report on the item under the cursor back to its author."""
        from tui.dialogs.return_report import ReturnDialog

        found = self._reported_item(tr("There is nothing to return"))
        if found is None or not self.may_write():
            return
        item, last = found
        code, seen, reporter = item.code, last.id, last.actor

        def read_falling(reading: "Reading") -> tuple[str, ...]:
            from planner.writes.reports.confirmations import what_falls_back

            return what_falls_back(reading, code)

        def returned(answer: "Answered | None") -> None:
            if answer is not None:
                self._answered(answer)

        def ask_reason(falling: tuple[str, ...]) -> None:
            self.app.push_screen(ReturnDialog(code, seen, reporter, falling), returned)
            self.planner.release_keys()

        self.planner.hold_keys()
        self.planner.tasks.read_to_write(self, read_falling, ask_reason, self._refused, group="answer")

    def _answered(self, answer: "Answered") -> None:
        key = self.planner.key_for("app.undo")
        code, outcome, records = answer.code, answer.outcome.value, "; ".join(answer.fell_back)
        text = tr("{code}: {outcome}. {key} undoes it.", code=code, outcome=outcome, key=key)
        if records:
            text = tr(
                "{code}: {outcome}. Also withdrawn: {records}. {key} undoes it.",
                code=code,
                outcome=outcome,
                records=records,
                key=key,
            )
        self.notify(text, markup=False)
        self.planner.loading.reload()

    def _refused(self, error: "PlannerError") -> None:
        self.planner.release_keys()
        self.notify(error.note, severity="warning", markup=False)

    def to_copy(self) -> Copied:
        """Return the items of the visible list."""
        columns = (
            later("Code"),
            later("Title"),
            later("Reason"),
            later("Schedule"),
            later("Confidence"),
            later("Last report"),
        )
        rows = tuple(
            (
                item.code,
                item.title,
                self._why(item).plain,
                item.schedule,
                item.confidence,
                item.last and item.last.as_of,
            )
            for item in self._items_of(self._list)
        )
        return Copied(tr("My week: {list}", list=tr_later(_LISTS[self._list]).lower()), columns, rows)


def _awaiting_text(item: "ItemView") -> Content:
    """Return a text with the closing phase that was reported and is not confirmed yet."""
    return Content.assemble(mark(Completion.AWAITING), ": ", mark(item.phase))


def _last(item: "ItemView") -> Content:
    return Content(item.last.as_of.isoformat()) if item.last else Content.styled(tr("never"), "$text-error")
