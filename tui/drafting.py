"""Keeping the drafts of a form while it is typed in: off the app's thread, the newest state last."""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from planner.errors import PlannerError
from tui.data.drafts import discard_draft, keep_draft
from tui.data.form import Opening, with_plain_dates
from tui.data.reports import as_kept

if TYPE_CHECKING:
    from datetime import datetime

    from textual.timer import Timer

    from tui.data.door import Door
    from tui.screens.page import Page

# Seconds from a key until the draft with it is kept.
SOON = 0.25


class DraftKeeper:
    """Each state that is to be kept takes the place of those before it, also of one that is still being written."""

    def __init__(self, door: "Door") -> None:
        self._door = door
        self._newest = 0
        # When the draft of each item was kept that this form wrote or took up: only that one is its to drop.
        self._kept: dict[str, datetime] = {}
        self._writing = threading.Lock()

    def keeping(self, opening: Opening, values: Mapping[str, str]) -> Callable[[], bool]:
        """The work that keeps what stands in a form, for any thread; where nothing was typed, no draft is kept.

        The work says whether there is a draft then. It raises FileTroubleError.
        """
        self._newest += 1
        turn, typed = self._newest, with_plain_dates(opening, opening.changed(values))

        def work() -> bool:
            with self._writing:
                if turn == self._newest:
                    self._write(opening, typed)
                return bool(typed)

        return work

    def _write(self, opening: Opening, typed: Mapping[str, str]) -> None:
        code = opening.item.code
        if typed:
            self._kept[code] = keep_draft(self._door, opening.plan, code, typed, as_kept(opening), opening.begun)
        else:
            discard_draft(self._door, opening.plan, code, self._kept.get(code))

    def took_up(self, opening: Opening) -> None:
        """A draft that was kept before is in the form now. Started over, the form still stands for it."""
        if opening.kept is not None:
            self._kept[opening.item.code] = opening.kept


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
        self._keeper.took_up(opening)
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
            lambda there: app.mark_draft(code, there=there),
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

    def dropping(self, opening: Opening) -> Callable[[], PlannerError | None]:
        """The work that drops the draft of what is saved, for any thread; it says what hindered it."""
        work = self._keeper.keeping(opening, opening.stood)

        def drop() -> PlannerError | None:
            try:
                work()
            except PlannerError as error:
                return error
            return None

        return drop

    def left(self, opening: Opening, values: Mapping[str, str]) -> bool:
        """Keep the draft of a form that is about to be left. Says whether it may be left: if not now, the next time."""
        self.stop()
        app, code = self._page.planner, opening.item.code
        try:
            there = self._keeper.keeping(opening, values)()
        except PlannerError as error:
            if not self._warned:
                self._warned = True
                self._say(f"! No draft can be kept: {error.message} Once more leaves, and drops what you typed.")
                return False
        else:
            app.mark_draft(code, there=there)
            if there:
                app.notify(f"Draft of {code} kept", markup=False)
        return True
