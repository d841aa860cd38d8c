"""The form of any act on the plan: its fields, the check of each, and saving."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from planner.base.errors import DatabaseUnusableError, NotAllowedError, PlannerError
from planner.base.language import tr, tr_count
from tui.data.acts.act import ActDone, ActField, Affected, Entry, Opening
from tui.data.acts.reading import (
    ChangedMeanwhileError,
    offered,
    read_entry,
    read_field,
    start_of,
    write_act,
)
from tui.data.picks import meant
from tui.dialogs.acts.confirm import ConfirmActDialog
from tui.dialogs.pick import SearchDialog
from tui.dialogs.writing_dialog import WritingDialog
from tui.marks import MUTED, STRONG, TROUBLE, one_line
from tui.widgets.form.act_fields import FieldTrouble, widget_of
from tui.widgets.form.fields import DateField, Field, PickField
from tui.widgets.form.form import field_row
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.register.reading import Reading


class ActDialog(WritingDialog[ActDone]):
    """The form of an act. The result says what was recorded.

    Each field is checked when it is left. An error is shown below its field. If an act changes many items, they are
    listed before it is recorded.
    """

    def __init__(self, heading: str, opening: Opening) -> None:
        super().__init__()
        self.heading = heading
        self._opening = opening
        self._act = opening.act
        self.deed = self._act.permission
        self._widgets: dict[str, Field] = {field.name: widget_of(field, opening) for field in opening.act.fields}
        # The texts for which doubts were shown. Saving the same texts again records them.
        self._doubted: dict[str, str] | None = None
        # What is being recorded, from the first press of the key until it is recorded or refused.
        self._entry: Entry | None = None

    def subject(self) -> Content:
        """Return the item that the act is about, or what the act does."""
        opening = self._opening
        if opening.subject:
            return Content.assemble((f"{one_line(opening.subject)}  ", STRONG), one_line(opening.subject_title))
        return Content.styled(sentence(self._act.description), MUTED)

    def fields(self) -> ComposeResult:
        """Yield the fields."""
        with VerticalScroll(id="act-fields", can_focus=False):
            for field in self._act.fields:
                yield field_row(field.label, self._widgets[field.name], id=f"row-{field.name}")

    def on_mount(self) -> None:
        """Fill the fields, and focus the first one."""
        for field in self._act.fields:
            self._widgets[field.name].entered = self._opening.texts[field.name]
        self._widgets[self._act.fields[0].name].focus()

    @property
    def _texts(self) -> dict[str, str]:
        return {name: widget.entered for name, widget in self._widgets.items()}

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Check the field that was left."""
        field = self._act.field(event.widget.id or "")
        if field is not None and not self._saving and self.is_current:
            self._check(field)

    def _check(self, field: ActField) -> None:
        """Show what is wrong with the text of a field. What only the register knows is asked in a thread."""
        texts, opening = self._texts, self._opening
        try:
            value = read_field(opening, field, texts)
        except PlannerError as error:
            self._show_trouble(field.name, error)
            return
        self._show_trouble(field.name, None)
        widget, check = self._widgets[field.name], field.check
        if isinstance(widget, PickField) and value is not None:
            widget.entered = next(pick.text for pick in opening.picks[field.name] if pick.key == value)
        if check is None or value is None:
            return

        def look(reading: "Reading") -> None:
            check(reading, value)

        def refused(error: PlannerError) -> None:
            if self._widgets[field.name].entered == texts[field.name]:
                self._show_trouble(field.name, error)

        self.planner.tasks.read_to_write(self, look, lambda _: None, refused, group=f"check {field.name}")

    def _show_trouble(self, name: str, error: PlannerError | None) -> None:
        """Show an error below its field, or remove the error that is shown there."""
        row = self.query_one(f"#row-{name}")
        shown = self.query(f"#trouble-{name}").results(FieldTrouble)
        line = next(shown, None)
        if line is None and error is not None:
            line = FieldTrouble(name)
            self.query_one("#act-fields").mount(line, after=row)
        if line is not None:
            line.show_error(error, self._widgets[name].entered)

    def _lead_to(self, name: str) -> None:
        """Move the focus to a field, and show it together with what is wrong with it."""
        self._widgets[name].focus(scroll_visible=False)
        for line in self.query(f"#trouble-{name}"):
            self.call_after_refresh(line.scroll_visible, animate=False)
        self.call_after_refresh(self._widgets[name].scroll_visible, animate=False)

    def _corrected(self) -> None:
        """Remove the errors of texts that have changed, and count relative dates from the day that is typed now."""
        super()._corrected()
        if not self.is_mounted:
            return
        for line in self.query(FieldTrouble):
            if line.display and line.about != self._widgets[line.field].entered:
                line.show_error(None, "")
        for field in self._act.fields:
            widget = self._widgets[field.name] if field.counts_from else None
            if isinstance(widget, DateField):
                widget.count_from(start_of(self._opening, field, self._texts))

    def on_pick_field_listing(self, event: PickField.Listing) -> None:
        """Show the values of a field, narrowed by what is typed in it."""
        name = event.field.id or ""
        field = self._act.field(name)
        if field is None:
            return
        picks, typed = offered(self._opening, field, self._texts), event.field.entered
        known = meant(picks, typed) if typed.strip() else []
        at = known[0].key if len(known) == 1 else ""

        def chosen(key: str | None) -> None:
            if key is not None:
                event.field.entered = next(pick.text for pick in picks if pick.key == key)
                self.app.action_focus_next()

        dialog = SearchDialog(field.label, picks, at=at, search="" if at else typed, shown=lambda pick: pick.text)
        self.app.push_screen(dialog, chosen)

    def action_save(self) -> None:
        """Read all fields, and record the act. An act on many items is shown first."""
        if self._saving:
            return
        texts = self._texts
        entry, errors = read_entry(self._opening, texts)
        for field in self._act.fields:
            self._show_trouble(field.name, errors.get(field.name))
        if errors:
            self._lead_to(next(iter(errors)))
            wrong = tr_count("! {count} field needs another text.", "! {count} fields need another text.", len(errors))
            self._refused_values = self._values()
            self.say(Content.styled(wrong, TROUBLE))
            return
        self._begin(replace(entry, now=self.planner.door.now(), sure=texts == self._doubted))

    def _begin(self, entry: Entry) -> None:
        self._saving = True
        self.say(Content.styled(tr("Saving…"), MUTED))
        affected, tried = self._act.affected, self._act.tried

        def show(found: Affected) -> None:
            self._confirm(entry, found)

        if affected is not None:
            self.planner.tasks.read_to_write(
                self, lambda reading: affected(reading, entry), show, self.refused, group="save"
            )
        elif tried is not None:
            self.planner.tasks.write(
                self, lambda writing: tried(writing, entry), show, partial(self._only_look, entry), group="save"
            )
        else:
            self._write(entry)

    def _only_look(self, entry: Entry, why: PlannerError) -> None:
        """Show what the act would change if nothing can be written. What is wrong with the entry is shown as always."""
        looked, door = self._act.looked, self.planner.door
        if looked is None or not isinstance(why, NotAllowedError | DatabaseUnusableError):
            self.refused(why)
            return

        def show(found: Affected) -> None:
            self._confirm(entry, found)

        def look(reading: "Reading") -> Affected:
            return looked(reading, door.actor, entry, why)

        self.planner.tasks.read(self, look, show, self.refused, group="save")

    def _confirm(self, entry: Entry, affected: Affected) -> None:
        """Show what the act would change, and record it if the person confirms."""
        self._entry = entry

        def answered(wanted: bool | None) -> None:
            if wanted:
                self._write(replace(entry, shown=affected))
            else:
                self._saving = False
                self.query_one("#window-message").display = False

        self.app.push_screen(ConfirmActDialog(self.heading, affected), answered)

    def _write(self, entry: Entry) -> None:
        opening = self._opening
        self.save(lambda writing: write_act(writing, opening, entry))

    def refused(self, error: PlannerError) -> None:
        """Show an error at its field. What was entered stays in the fields."""
        from planner.writes.reports.doubts import DoubtfulError

        if isinstance(error, ChangedMeanwhileError):
            self._changed_meanwhile(error)
            return
        super().refused(error)
        field = self._act.field(error.where)
        if isinstance(error, DoubtfulError):
            self._doubted = self._texts
            again = tr("Press {key} again to save anyway.", key=self.planner.key_for("window.save"))
            self.say(Content.assemble((f"? {sentence(error.what)} ", TROUBLE), again))
        elif field is not None:
            self.query_one("#window-message").display = False
            self._show_trouble(field.name, error)
            self._lead_to(field.name)

    def _changed_meanwhile(self, error: ChangedMeanwhileError) -> None:
        """Show what somebody else changed. Fields in which the person typed keep their text."""
        super().refused(error)
        if error.affected is not None and self._entry is not None:
            self.notify(tr("Somebody changed this meanwhile. This is the list as it is now."), markup=False)
            self._saving = True
            self._confirm(self._entry, error.affected)
            return
        before, now = self._opening.texts, error.texts or {}
        for field in self._act.fields:
            widget = self._widgets[field.name]
            if widget.entered == before[field.name]:
                widget.entered = now[field.name]
        self._opening = replace(self._opening, texts=now)
        changed = ", ".join(
            f"{field.label}: {one_line(now[field.name])}"
            for field in self._act.fields
            if before[field.name] != now[field.name]
        )
        self._refused_values = self._values()
        said = tr("! Somebody changed this while the form was open. It is now: {changed}.", changed=changed)
        again = tr("Press {key} to save what the form shows.", key=self.planner.key_for("window.save"))
        self.say(Content.assemble((f"{said} ", TROUBLE), again))
