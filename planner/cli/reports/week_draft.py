"""The draft of the item that is asked about: kept answer by answer, and offered when it is asked about again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planner.base.errors import PlannerError
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.reports.week_answers import answers_of, fields_of, stood_in
from planner.cli.reports.week_form import TEXTS, Form, questions_of
from planner.domain.symbols import words
from planner.store import location

if TYPE_CHECKING:
    from planner.personal.drafts import Draft, DraftKey


class ItemDraft:
    """`there` says whether what was typed is kept. That it cannot be kept is said once, and not at every answer."""

    def __init__(self, context: Context, form: Form) -> None:
        from planner.personal.own_draft import OwnDraft

        self._context = context
        self._form = form
        self._beside: dict[str, str] = {}
        self._own = OwnDraft(self._key)
        self._told = False
        self.there = False

    def found(self) -> "Sequence[Draft]":
        """The drafts that there are of the item, the newest first. What cannot be read is told."""
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
        """Show a draft: what was typed, what no question asks for, what stands now."""
        for line in _offer(self._form, draft):
            print_line(line)

    def take_up(self, draft: "Draft") -> dict[str, str]:
        """Go on with a draft: what it answers."""
        from planner.personal.own_draft import OwnDraft

        answers, self._beside = answers_of(self._form, draft.fields)
        self._own = OwnDraft(self._key, draft, _seen(self._form))
        self.there = True
        return answers

    def drop(self, draft: "Draft") -> None:
        """Drop a draft that is not wanted."""
        from planner.personal.drafts import discard

        try:
            dropped = discard(draft)
        except PlannerError as error:
            print_line(error.message)
        else:
            print_line("The draft is dropped." if dropped else "Another window changed it meanwhile; it stays.")

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keep what was answered, in place of what was kept before; where nothing was, there is nothing to keep."""
        fields = {**self._beside, **fields_of(self._form, answers)}
        try:
            self.there = self._own.keep(fields, _seen(self._form), self._context.now())
        except PlannerError as error:
            self.there = False
            if not self._told:
                self._told = True
                print_line(f"No draft is kept: {error.message}")

    def saved(self, fresh: Form) -> None:
        """What was answered is saved. What no question asked for stays in the draft, on the item as it is now."""
        try:
            if self._own.saved(self._beside, _seen(fresh), self._context.now()):
                print_line("What was not asked here stays in the draft.")
        except PlannerError as error:
            print_line(error.message)

    @property
    def _key(self) -> "DraftKey":
        from planner.personal.drafts import draft_key

        address = location.shown(self._context.url)
        return draft_key(address, self._form.plan, self._context.actor.name, self._form.item.code)


def _seen(form: Form) -> dict[str, Any]:
    """The state of the item that the questions were begun on, as a draft keeps it."""
    return {"state": form.seen.as_json(), "stood": stood_in(form)}


def _offer(form: Form, draft: "Draft") -> Iterator[str]:
    """The draft in words, and where somebody wrote since, what stands now."""
    answers, beside = answers_of(form, draft.fields)
    yield f"You began to report on this on {draft.begun:%Y-%m-%d %H:%M}Z and did not save it:"
    asked = {question.name: question for question in questions_of(form)}
    for name, text in answers.items():
        yield f"  {_called(name)}: {(words(text) if name == 'phase' else one_line(text)) or 'cleared'}"
    for name, text in beside.items():
        yield f"  {_called(name)}: {one_line(text)} (not asked here; it stays in the draft)"
    if not _begun_on(draft.seen, form):
        yield "Somebody wrote on the item since. What stands now:"
        for name in answers:
            yield f"  now: {_called(name)}: {one_line(asked[name].standing) or 'nothing'}"


def _called(name: str) -> str:
    """An answer or a field as people call it."""
    return TEXTS.get(name) or name.replace("_", " ").capitalize()


def _begun_on(seen: Any, form: Form) -> bool:
    """Whether a draft was begun on the item as it stands."""
    return isinstance(seen, dict) and seen.get("state") == form.seen.as_json()
