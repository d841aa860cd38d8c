"""Keeping the drafts of a form while it is typed in: off the app's thread, the newest state last."""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.errors import PlannerError
from tui.data.drafts import has_drafts, own_draft
from tui.data.form import Opening, with_plain_dates
from tui.data.reports import as_kept

if TYPE_CHECKING:
    from textual.timer import Timer

    from planner.own_draft import OwnDraft
    from tui.data.door import Door
    from tui.screens.page import Page

# Seconds from a key until the draft with it is kept.
SOON = 0.25


@dataclass(frozen=True)
class Kept:
    """What there is after a draft was to be kept: whether the form has one, and whether the item has any at all."""

    own: bool
    any: bool


class DraftKeeper:
    """Each state that is to be kept takes the place of those before it, also of one that is still being written."""

    def __init__(self, door: "Door") -> None:
        self._door = door
        self._newest = 0
        self._drafts: dict[str, OwnDraft] = {}
        self._writing = threading.Lock()

    def begin(self, opening: Opening) -> None:
        """A form is opened. One that is only started over, or put together anew, goes on with the draft it has."""
        code = opening.item.code
        if opening.draft is not None or code not in self._drafts:
            self._drafts[code] = own_draft(self._door, opening.plan, code, opening.draft, as_kept(opening))

    def keeping(self, opening: Opening, values: Mapping[str, str]) -> Callable[[], Kept]:
        """The work that keeps what stands in a form, for any thread; where nothing was typed, no draft is kept.

        It raises FileTroubleError.
        """
        fields = {**opening.beside, **with_plain_dates(opening, opening.changed(values))}
        return self._work(opening, lambda draft: draft.keep(fields, as_kept(opening), self._door.now()))

    def saved(self, opening: Opening) -> Callable[[], Kept]:
        """The work that drops the draft of a form that is saved, but for what the form has no field for."""
        return self._work(opening, lambda draft: draft.saved(opening.beside, as_kept(opening), self._door.now()))

    def _work(self, opening: Opening, deed: "Callable[[OwnDraft], bool]") -> Callable[[], Kept]:
        self._newest += 1
        turn, draft = self._newest, self._drafts[opening.item.code]

        def work() -> Kept:
            with self._writing:
                own = deed(draft) if turn == self._newest else draft.there
                return Kept(own, own or has_drafts(draft))

        return work


class Drafting:
    """What a form does about its drafts. Where one cannot be kept, that is told once, through `say`."""

    def __init__(self, page: "Page", door: "Door", say: Callable[[str], None]) -> None:
        self._page = page
        self._say = say
        self._keeper = DraftKeeper(door)
        self._known: Mapping[str, str] = {}
        self._later: Timer | None = None
        self._told = False
        self._warned = False

    def begin(self, opening: Opening) -> None:
        """A form was opened: what stands in it now is no news."""
        self.stop()
        self._keeper.begin(opening)
        self._known = opening.values
        self._warned = False

    def changed(self, opening: Opening, values: Mapping[str, str]) -> None:
        """Keep what was typed shortly after the first key that is not kept yet, also while typing goes on."""
        if values != self._known:
            self._known = values
            self._warned = False
            if self._later is None:
                self._later = self._page.set_timer(SOON, lambda: self._keep_known(opening))

    def _keep_known(self, opening: Opening) -> None:
        self._later = None
        self.keep(opening, self._known)

    def stop(self) -> None:
        """What was to be kept later is no longer."""
        if self._later is not None:
            self._later.stop()
            self._later = None

    def keep(self, opening: Opening, values: Mapping[str, str]) -> None:
        """Keep it now, in a thread."""
        app, code = self._page.planner, opening.item.code
        app.ask(
            self._page,
            self._keeper.keeping(opening, values),
            lambda kept: app.mark_draft(code, there=kept.any),
            self._not_kept,
            group="draft",
        )

    def keep_now(self, opening: Opening, values: Mapping[str, str]) -> None:
        """Keep what was typed before the app ends; there is nobody left to tell of trouble."""
        self.stop()
        with suppress(PlannerError):
            self._keeper.keeping(opening, values)()

    def _not_kept(self, error: PlannerError) -> None:
        if not self._told:
            self._told = True
            self._say(f"! No draft is kept: {error.message} Until it is saved, what you type stands here only.")

    def dropping(self, opening: Opening) -> Callable[[], Kept | PlannerError]:
        """The work that drops the draft of what is saved, for any thread; it gives back what hindered it."""
        work = self._keeper.saved(opening)

        def drop() -> Kept | PlannerError:
            try:
                return work()
            except PlannerError as error:
                return error

        return drop

    def left(self, opening: Opening, values: Mapping[str, str]) -> bool:
        """Keep the draft of a form that is about to be left. Says whether it may be left: if not now, the next time."""
        self.stop()
        app, code = self._page.planner, opening.item.code
        try:
            kept = self._keeper.keeping(opening, values)()
        except PlannerError as error:
            if not self._warned:
                self._warned = True
                self._say(f"! No draft can be kept: {error.message} Once more leaves, and drops what you typed.")
                return False
        else:
            app.mark_draft(code, there=kept.any)
            if kept.own:
                app.notify(f"Draft of {code} kept", markup=False)
        return True
