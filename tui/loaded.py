"""The app's state that all screens watch: the loaded plan, its as-of date, the person, and the last error."""

from typing import TYPE_CHECKING

from textual.reactive import reactive

from planner.base.visible_text import one_line
from planner.personal.settings import PersonalSettings
from tui.data.door import Door
from tui.data.standing import LoadedFilterIndex
from tui.keys.remapping import called, keys_of
from tui.typeahead import TypeAheadApp

if TYPE_CHECKING:
    from datetime import date

    from planner.base.errors import PlannerError
    from planner.personal.state import StateFolder
    from planner.queries.people.person_view import PersonView
    from planner.queries.plans.not_set_up_view import NotSetUp
    from planner.queries.weeks.overview import Overview
    from planner.register.closing import Closing


class LoadedApp(TypeAheadApp):
    """An app that holds a loaded plan.

    The services change this state, and the screens watch it. `trouble` is the error that all screens show, or None.
    `standing` is the plan as last loaded, or None before the first load. `me` is the person, or None for a user who is
    not in the register and can only read. `looking_from` is the as-of date, or None for today. It is also set if
    the plan is not running and opens on one of its own days, when `door.as_of` is None. While a large register
    is being loaded, `reading` has the number of items loaded so far and the total. `draft_codes` are the codes of items
    with a draft by this person. `person_state` stores what is remembered between runs; with None, nothing is
    remembered.
    """

    trouble: reactive["PlannerError | None"] = reactive(None)
    # A request or its answer changes no item, so the screens read again also if the plan is as before.
    standing: reactive["Overview | None"] = reactive(None, always_update=True)
    looking_from: reactive["date | None"] = reactive(None)
    reading: reactive[tuple[int, int] | None] = reactive(None)
    # Whether the register has other plans, and the act that closed the shown plan, or None if it is open.
    around: reactive["tuple[bool, Closing | None]"] = reactive((False, None))
    draft_codes: reactive[frozenset[str]] = reactive(frozenset())

    def __init__(self, door: Door, settings: PersonalSettings | None, person_state: "StateFolder | None") -> None:
        super().__init__()
        self.door = door
        self.settings = settings or PersonalSettings()
        self.person_state = person_state
        self.me: PersonView | None = None
        # What an administrator had not set up when the plan was first loaded.
        self.missing: tuple[NotSetUp, ...] = ()
        self.filter_index = LoadedFilterIndex()

    @property
    def plan_of_several(self) -> str:
        """The title of the shown plan if the register has several, else an empty text."""
        several, _ = self.around
        return one_line(self.standing.plan.title) if several and self.standing is not None else ""

    def key_for(self, name: str) -> str:
        """Return the first key of a binding in readable form, for sentences that mention the key."""
        return called(keys_of(name, self.settings.keys)[0])

    def offers_key(self, key: str) -> bool:
        """Return whether the bottom line may show a key, by the id of its binding. The services know who may use it."""
        raise NotImplementedError

    def warn(self, error: "PlannerError") -> None:
        """Show an error as a notification. The app continues."""
        self.notify(error.note, severity="warning", markup=False)
