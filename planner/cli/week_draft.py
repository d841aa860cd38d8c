"""The draft of the item that is asked about: kept answer by answer, and offered when it is asked about again."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.week_answers import answers_of, fields_of, stood_in
from planner.cli.week_form import TEXTS, Form, questions_of
from planner.db import location
from planner.errors import PlannerError
from planner.marks import words
from planner.visible_text import one_line

if TYPE_CHECKING:
    from planner.drafts import Draft, DraftKey


class ItemDraft:
    """`there` says whether what was typed is kept. What hinders keeping it is told once."""

    def __init__(self, context: Context, form: Form) -> None:
        self._context = context
        self._form = form
        self._beside: dict[str, str] = {}
        self._draft: Draft | None = None
        self._told = False
        self.there = False

    def offer(self) -> bool:
        """Tell of the draft that there is, if any: what was typed, what no question asks for, what stands now."""
        self._draft = self._found()
        for line in _offer(self._form, self._draft) if self._draft else ():
            print_line(line)
        return self._draft is not None

    def answers(self) -> dict[str, str]:
        """Take up the draft: what it answers."""
        if self._draft is None:
            return {}
        answers, self._beside = answers_of(self._form, self._draft.fields)
        self.there = True
        return answers

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keep what was answered, in place of what was kept before; where nothing was, there is nothing to keep."""
        fields = {**self._beside, **fields_of(self._form, answers)}
        try:
            if fields:
                self._write(self._form, fields)
            elif self.there:
                self._discard()
        except PlannerError as error:
            self._tell(f"No draft is kept: {error.message}")
        else:
            self.there = bool(fields)

    def saved(self, fresh: Form) -> None:
        """What was answered is saved. What no question asked for stays in the draft, on the item as it is now."""
        try:
            if self._beside:
                self._write(fresh, self._beside)
                print_line("What was not asked here stays in the draft.")
            else:
                self._discard()
        except PlannerError as error:
            self._tell(error.message)

    def _found(self) -> "Draft | None":
        from planner.drafts import find

        try:
            found = find(self._key)
        except PlannerError as error:
            self._tell(error.message)
            return None
        for aside in found.set_aside:
            print_line(aside.message)
        return found.draft

    @property
    def _key(self) -> "DraftKey":
        from planner.drafts import draft_key

        address = location.shown(self._context.url)
        return draft_key(address, self._form.plan, self._context.actor.name, self._form.item.code)

    def _write(self, form: Form, fields: Mapping[str, str]) -> None:
        from planner.drafts import Draft, keep

        now = self._context.now()
        seen = {"state": form.seen.as_json(), "stood": stood_in(form)}
        self._draft = Draft(self._key, fields, seen, self._draft.begun if self._draft else now, now)
        keep(self._draft)

    def _discard(self) -> None:
        from planner.drafts import discard

        discard(self._key)

    def _tell(self, message: str) -> None:
        if not self._told:
            self._told = True
            print_line(message)


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
