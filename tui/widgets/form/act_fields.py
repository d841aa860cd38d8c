"""The widgets of the fields of an act, and the line below a field that says what is wrong with it."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from planner.base.language import tr_later
from tui.data.acts.act import ActField, Kind, Opening
from tui.data.acts.reading import day_lean
from tui.marks import TROUBLE, one_line
from tui.widgets.form.fields import DateField, Field, LineField, PickField, TextField, WordField
from tui.widgets.form.path_suggester import PathSuggester
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.base.errors import PlannerError


def widget_of(field: ActField, opening: Opening) -> Field:
    """Return the widget for a field of an act."""
    hint = tr_later(field.hint)
    if field.kind in (Kind.DAY, Kind.PLAN_DAY, Kind.DEADLINE):
        start = opening.today if field.kind is Kind.DEADLINE else None
        return DateField(
            field.name, opening.today, hint=hint, start=start, span=opening.span, lean=day_lean(field.kind)
        )
    if field.kind is Kind.PICK:
        return PickField(field.name, hint=hint)
    if field.kind is Kind.WORD:
        picks = opening.picks[field.name]
        return WordField(field.name, [pick.key for pick in picks], [Content(pick.label) for pick in picks])
    if field.kind in (Kind.TEXT, Kind.PAIRS, Kind.CODED, Kind.DATED):
        return TextField(field.name, hint=hint)
    if field.kind is Kind.PATHS:
        return LineField(field.name, hint=hint, suggester=PathSuggester())
    return LineField(field.name, hint=hint)


class FieldTrouble(Static):
    """What is wrong with the text `about` in the field with the name `field`."""

    def __init__(self, field: str) -> None:
        super().__init__(markup=False, classes="field-trouble", id=f"trouble-{field}")
        self.field = field
        self.about = ""

    def show_error(self, error: "PlannerError | None", about: str) -> None:
        """Show an error about a text, or nothing."""
        self.about = about
        self.display = error is not None
        if error is not None:
            message = f"! {sentence(error.what)} {sentence(error.do) if error.do else ''}"
            self.update(Content.styled(one_line(message), TROUBLE))
