"""The draft of the report on one item. It is written after each answer and offered when the questions start again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planner.base.errors import PlannerError
from planner.base.language import tr
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.reports.field_labels import field_label
from planner.cli.reports.week_answers import answers_of, current_fields, fields_of
from planner.cli.reports.week_form import Form, questions_of
from planner.domain.symbols import words
from planner.store import location

if TYPE_CHECKING:
    from planner.personal.drafts import Draft, DraftKey


class ItemDraft:
    """The draft of the report on one item. `is_kept` tells whether the answers are in the draft's file.

    If the draft cannot be written, the person is warned once, not after every answer.
    """

    def __init__(self, context: Context, form: Form) -> None:
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
        """Continue with a draft, and return its answers."""
        from planner.personal.own_draft import OwnDraft

        answers, self._other_fields = answers_of(self._form, draft.fields)
        self._own = OwnDraft(self._key, draft, _item_state(self._form))
        self.is_kept = True
        return answers

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

    def keep(self, answers: Mapping[str, str]) -> None:
        """Write the answers to the draft, in place of the earlier ones. Without answers, there is no draft."""
        fields = {**self._other_fields, **fields_of(self._form, answers)}
        try:
            self.is_kept = self._own.keep(fields, _item_state(self._form), self._context.now())
        except PlannerError as error:
            self.is_kept = False
            if not self._warned:
                self._warned = True
                print_line(tr("Your answers cannot be kept as a draft: {reason}", reason=error.message))

    def saved(self, fresh: Form) -> None:
        """Remove the answers from the draft after the report was saved.

        Fields that no question asks for stay in the draft. `fresh` is the item as it is after the save.
        """
        try:
            if self._own.saved(self._other_fields, _item_state(fresh), self._context.now()):
                print_line(tr("The fields that were not asked here stay in the draft."))
        except PlannerError as error:
            print_line(error.message)

    @property
    def _key(self) -> "DraftKey":
        from planner.personal.drafts import draft_key

        address = location.shown(self._context.url)
        return draft_key(address, self._form.plan, self._context.actor.name, self._form.item.code)


def _item_state(form: Form) -> dict[str, Any]:
    """Return the state of the item when the questions began, in the form that a draft's file holds."""
    return {"state": form.expected.as_json(), "stood": current_fields(form)}


def _draft_lines(form: Form, draft: "Draft") -> Iterator[str]:
    """Yield the fields of a draft, and the current values if the item has changed since the draft was begun."""
    answers, other_fields = answers_of(form, draft.fields)
    begun = f"{draft.begun:%Y-%m-%d %H:%M}Z"
    yield tr("You began a report on this item on {instant} and did not save it:", instant=begun)
    questions = {question.name: question for question in questions_of(form)}
    for name, text in answers.items():
        yield f"  {field_label(name)}: {(words(text) if name == 'phase' else one_line(text)) or tr('cleared')}"
    for name, text in other_fields.items():
        yield "  " + tr(
            "{field}: {text} (not asked here; it stays in the draft)", field=field_label(name), text=one_line(text)
        )
    if not _same_state(draft.seen, form):
        yield tr("The item was changed since then. The current values are:")
        for name in answers:
            current = one_line(questions[name].current) or tr("nothing")
            yield "  " + tr("now: {field}: {text}", field=field_label(name), text=current)


def _same_state(state: Any, form: Form) -> bool:
    """Return whether the item's state in a draft's file is still the current one."""
    return isinstance(state, dict) and state.get("state") == form.expected.as_json()
