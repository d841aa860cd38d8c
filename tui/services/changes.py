"""Notices what is recorded outside this app: in another window, by a command, or by another person."""

from typing import TYPE_CHECKING

from planner.base.language import tr
from planner.base.views import value_class
from tui.data.standing import is_large

if TYPE_CHECKING:
    from datetime import date

    from planner.register.reading import Reading
    from tui.loaded import LoadedApp
    from tui.services.loading import Loading
    from tui.services.tasks import Tasks

# The most events of which a large register looks up the items.
MOST_EVENTS = 1_000


@value_class
class Newest:
    """The newest state of the register: the number of the log's last event, and the day on which the plan is shown.

    `items` are the codes of the items that the newer events are about. It is None if the whole plan must be read again.
    """

    event: int
    as_of: "date"
    items: frozenset[str] | None = None


class Changes:
    """Looks whether something was recorded since the plan was loaded, and loads it again."""

    def __init__(self, app: "LoadedApp", tasks: "Tasks", loading: "Loading") -> None:
        self._app = app
        self._tasks = tasks
        self._loading = loading
        # The last event and the day about which a message was shown.
        self._told: tuple[int, date] | None = None

    def look(self) -> None:
        """Look in a thread. It costs one statement if nothing was recorded.

        An error is not shown: the screen that needs the register next says what is wrong with it.
        """
        known, standing = self._loading.recorded, self._app.standing
        if known is None or standing is None:
            return
        large = is_large(standing)

        def read(reading: "Reading") -> Newest:
            from planner.queries.history.recorded_since import items_recorded_since, last_event_number

            newest = last_event_number(reading.session)
            items = items_recorded_since(reading, known, MOST_EVENTS) if large and newest != known else None
            return Newest(newest, reading.as_of, items)

        def found(newest: Newest) -> None:
            # A load that began meanwhile reads everything.
            if self._loading.recorded == known and (newest.event, newest.as_of) != (known, standing.as_of):
                self._load(newest, large=large)

        self._tasks.read(self._app, read, found, lambda _error: None, group="changes")

    def _load(self, newest: Newest, *, large: bool) -> None:
        """Load what has changed. A large register takes long to load, so the person decides when it is loaded whole."""
        standing, told = self._app.standing, (newest.event, newest.as_of)
        another_day = standing is not None and newest.as_of != standing.as_of
        if not large:
            self._loading.reload()
        elif newest.items is not None and not another_day:
            self._loading.read_again(newest.items)
        elif self._told != told:
            self._told = told
            key = self._app.key_for("app.reload")
            if another_day:
                self._app.notify(tr("It is another day now. Press {key} to show {day}.", key=key, day=newest.as_of))
            else:
                self._app.notify(
                    tr("The register has changed since it was read. Press {key} to read it again.", key=key)
                )
