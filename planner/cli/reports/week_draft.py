"""The draft of the report on one item. It is written after each answer and offered when the questions start again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from planner.base.errors import PlannerError
from planner.base.language import tr
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.reports.questions import drafted_texts
from planner.domain.symbols import words
from planner.reporting.fields import label_of
from planner.reporting.form import ReportForm
from planner.store import location

if TYPE_CHECKING:
    from planner.personal.drafts import Draft, DraftKey


class ItemDraft:
    """The draft of the report on one item. `is_kept` tells whether the typed texts are in the draft's file.

    If the draft cannot be written, the person is warned once, not after every answer.
    """

    def __init__(self, context: Context, form: ReportForm) -> None:
        from planner.personal.own_draft import OwnDraft

        self._context = context
        self._form = form
        self._other_fields: dict[str, str] = {}
        self._own = OwnDraft(self._key)
        self._warned = False
        self.is_kept = False

    def found(self) -> "Sequence[Draft]":
        """Return the drafts on the item, newest first. Print a message about each that cannot be read."""
        from planner.personal.drafts import find

        try:
            found = find(self._key)
        except PlannerError as error:
            print_line(error.message)
            return ()
        for aside in found.set_aside:
            print_line(aside.message)
        return found.drafts

    def show(self, draft: "Draft") -> None:
        """Print the fields of a draft, and the current values if the item has changed since."""
        for line in _draft_lines(self._form, draft):
            print_line(line)

    def resume(self, draft: "Draft") -> dict[str, str]:
        """Continue with a draft. Return its texts for the fields that have a question."""
        from planner.personal.own_draft import OwnDraft

        texts = drafted_texts(self._form, draft.fields)
        self._other_fields = _fields_not_asked(draft, texts)
        self._own = OwnDraft(self._key, draft, self._form.basis)
        self.is_kept = True
        return texts

    def delete(self, draft: "Draft") -> None:
        """Delete a draft that the person does not want to continue."""
        from planner.personal.drafts import discard

        try:
            deleted = discard(draft)
        except PlannerError as error:
            print_line(error.message)
        else:
            print_line(
                tr("The draft was deleted.")
                if deleted
                else tr("The draft was changed in another window, so it was not deleted.")
            )

    def keep(self, texts: Mapping[str, str]) -> None:
        """Write the typed texts to the draft, in place of the earlier ones. If there are none, the draft is removed."""
        try:
            self.is_kept = self._own.keep({**self._other_fields, **texts}, self._form.basis, self._context.now())
        except PlannerError as error:
            self.is_kept = False
            if not self._warned:
                self._warned = True
                print_line(tr("Your answers cannot be kept as a draft: {reason}", reason=error.message))

    def saved(self, fresh: ReportForm) -> None:
        """Remove the answers from the draft after the report was saved.

        Fields that no question asks for stay in the draft. `fresh` is the form of the item after the report was saved.
        """
        try:
            if self._own.saved(self._other_fields, fresh.basis, self._context.now()):
                print_line(tr("Fields without a question stay in the draft."))
        except PlannerError as error:
            print_line(error.message)

    @property
    def _key(self) -> "DraftKey":
        from planner.personal.drafts import draft_key

        address = location.shown(self._context.url)
        return draft_key(address, self._form.plan.key, self._context.actor.name, self._form.item.code)


def _fields_not_asked(draft: "Draft", texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in draft.fields.items() if text and name not in texts}


def _draft_lines(form: ReportForm, draft: "Draft") -> Iterator[str]:
    """Yield the fields of a draft, and the current texts if the item has changed since the draft was begun."""
    from planner.reporting.saving import drafted_basis

    texts = drafted_texts(form, draft.fields)
    begun = form.plan.time_at(draft.begun)
    yield tr("You began a report on this item on {instant} and did not save it:", instant=begun)
    for name, text in texts.items():
        yield f"  {label_of(name)}: {(words(text) if name == 'phase' else one_line(text)) or tr('cleared')}"
    for name, text in _fields_not_asked(draft, texts).items():
        label, shown = label_of(name) or name, one_line(text)
        yield "  " + tr("{field}: {text} (no question asks for this; it stays in the draft)", field=label, text=shown)
    expected, _ = drafted_basis(draft)
    if expected != form.expected:
        yield tr("The item has changed since you began the draft. The current values are:")
        for name in texts:
            current = one_line(form.initial[name]) or tr("nothing")
            yield "  " + tr("current value of {field}: {text}", field=label_of(name), text=current)
