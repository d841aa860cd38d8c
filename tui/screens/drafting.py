"""Saves the draft of a report form while the person types.

A thread writes the file, and newer input replaces older input.
"""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.base.errors import PlannerError
from planner.base.language import tr
from planner.personal.drafts import draft_key, exists
from planner.personal.own_draft import OwnDraft
from planner.reporting.form import ReportForm

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.data.door import Door
    from tui.screens.page import Page

# Seconds from a key press until the draft is saved.
SOON = 0.25


@dataclass(frozen=True)
class Kept:
    """Whether drafts exist after a save. `own` is about the form's own draft, `any` about any draft of the item."""

    own: bool
    any: bool


class DraftKeeper:
    """Saves and removes the drafts of forms.

    Newer values of a form replace its older values, even if the older values are still waiting to be written.
    """

    def __init__(self, door: "Door") -> None:
        self._door = door
        self._newest = 0
        self._drafts: dict[str, OwnDraft] = {}
        self._writing = threading.Lock()

    def begin(self, opening: ReportForm) -> None:
        """Prepare the draft of a form that was opened.

        A form that is only reset, or rebuilt after a merge, continues with the draft it already has.
        """
        code = opening.item.code
        if opening.draft is not None or code not in self._drafts:
            key = draft_key(self._door.address, opening.plan.key, self._door.login, code)
            self._drafts[code] = OwnDraft(key, opening.draft, opening.basis)

    def keeping(self, opening: ReportForm, values: Mapping[str, str]) -> Callable[[], Kept]:
        """Return a function that saves the values of a form as a draft.

        The function can run in any thread. It saves no draft if nothing was typed, and raises FileTroubleError if the
        file cannot be written.
        """
        fields = {**opening.other_fields, **opening.with_plain_dates(opening.changed(values))}
        return self._work(opening, lambda draft: draft.keep(fields, opening.basis, self._door.now()))

    def saved(self, opening: ReportForm) -> Callable[[], Kept]:
        """Return a function that removes the draft after its form was saved.

        If the draft has fields that the form cannot show, a draft with only those fields remains.
        """
        return self._work(opening, lambda draft: draft.saved(opening.other_fields, opening.basis, self._door.now()))

    def _work(self, opening: ReportForm, deed: Callable[[OwnDraft], bool]) -> Callable[[], Kept]:
        self._newest += 1
        turn, draft = self._newest, self._drafts[opening.item.code]

        def work() -> Kept:
            with self._writing:
                own = deed(draft) if turn == self._newest else draft.there
                return Kept(own, own or exists(draft.key))

        return work


class Drafting:
    """Manages the draft of one form. If the draft cannot be saved, `say` is called once to show the error."""

    def __init__(self, page: "Page", door: "Door", say: Callable[[str], None]) -> None:
        self._page = page
        self._say = say
        self._keeper = DraftKeeper(door)
        self._known: Mapping[str, str] = {}
        self._later: Timer | None = None
        self._failure_shown = False
        self._warned = False

    def begin(self, opening: ReportForm) -> None:
        """Start with a form that was just opened. Its present values count as saved."""
        self.stop()
        self._keeper.begin(opening)
        self._known = opening.values
        self._warned = False

    def changed(self, opening: ReportForm, values: Mapping[str, str]) -> None:
        """Schedule a save of the values if they changed. Typing does not postpone a save that is already scheduled."""
        if values != self._known:
            self._known = values
            self._warned = False
            if self._later is None:
                self._later = self._page.set_timer(SOON, lambda: self._keep_known(opening))

    def _keep_known(self, opening: ReportForm) -> None:
        self._later = None
        self.keep(opening, self._known)

    def stop(self) -> None:
        """Cancel the scheduled save, if there is one."""
        if self._later is not None:
            self._later.stop()
            self._later = None

    def keep(self, opening: ReportForm, values: Mapping[str, str]) -> None:
        """Save the draft now, in a thread."""
        app, code = self._page.planner, opening.item.code
        app.tasks.run(
            self._page,
            self._keeper.keeping(opening, values),
            lambda kept: app.reports.mark_draft(code, there=kept.any),
            self._not_kept,
            group="draft",
        )

    def keep_now(self, opening: ReportForm, values: Mapping[str, str]) -> None:
        """Save the draft before the app ends. Errors are ignored, because nobody could read them any more."""
        self.stop()
        with suppress(PlannerError):
            self._keeper.keeping(opening, values)()

    def _not_kept(self, error: PlannerError) -> None:
        if not self._failure_shown:
            self._failure_shown = True
            self._say(
                tr(
                    "! The draft cannot be saved: {message} Your input is only in this form until you save the report.",
                    message=error.note,
                )
            )

    def dropping(self, opening: ReportForm) -> Callable[[], Kept | PlannerError]:
        """Return a function that removes the draft of a saved form. It can run in any thread.

        The function returns an error instead of raising it.
        """
        work = self._keeper.saved(opening)

        def drop() -> Kept | PlannerError:
            try:
                return work()
            except PlannerError as error:
                return error

        return drop

    def left(self, opening: ReportForm, values: Mapping[str, str]) -> bool:
        """Save the draft of a form that is about to be closed, and return whether the form may be closed.

        If the draft cannot be saved, the first call shows a warning and returns False. Later calls return True.
        """
        self.stop()
        app, code = self._page.planner, opening.item.code
        try:
            kept = self._keeper.keeping(opening, values)()
        except PlannerError as error:
            if not self._warned:
                self._warned = True
                self._say(
                    tr(
                        "! The draft cannot be saved: {message} Press the key again to leave and lose your input.",
                        message=error.note,
                    )
                )
                return False
        else:
            app.reports.mark_draft(code, there=kept.any)
            if kept.own:
                app.notify(tr("Draft of {code} saved", code=code), markup=False)
        return True
