"""Switches the app to another plan of the register, and knows whether the shown plan is closed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.base.language import tr
from planner.domain.given_plan import GivenPlan, SeveralPlansError
from tui.routes import new_screen

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from planner.queries.plans.standings import PlanStanding
    from planner.queries.plans.summaries import PlanSummary
    from tui.loaded import LoadedApp
    from tui.services.loading import Loading
    from tui.services.navigator import Navigator
    from tui.services.tasks import Tasks

# The most items of all plans together for which the list of plans counts those that need attention. Reading more would
# slow down the keys meanwhile; 'planner plans' counts any number.
MOST_COUNTED = 5_000


class Plans:
    """The plans of the register. One of them is shown at a time."""

    def __init__(self, app: "LoadedApp", tasks: "Tasks", loading: "Loading", navigator: "Navigator") -> None:
        self._app = app
        self._tasks = tasks
        self._loading = loading
        self._navigator = navigator

    def choose(self, then: Callable[[], None] = lambda: None) -> None:
        """Ask which plan to show. If another one is chosen, `then` is called after it is shown."""
        self._app.hold_keys()
        self._tasks.run(self._app, self._read, lambda found: self._ask(found, then), self._refused, group="plans")

    def _refused(self, error: "PlannerError") -> None:
        self._app.release_keys()
        self._app.warn(error)

    def _read(self) -> "list[PlanSummary]":
        from planner.queries.plans.summaries import read_plan_summaries

        with self._app.door.open().reading() as session:
            return read_plan_summaries(session)

    def _ask(self, found: "list[PlanSummary]", then: Callable[[], None]) -> None:
        app, standing = self._app, self._app.standing
        shown = standing.plan.key if standing is not None else ""
        if len(found) == 1 and shown:
            app.notify(tr("The register has no other plan. 'planner plan new' makes one."), markup=False)
        else:
            few = sum(one.items for one in found) <= MOST_COUNTED
            read = self._read_standings if few else None
            app.push_screen(new_screen("plans", found, shown, read), lambda key: self._switch(key, then))
        app.release_keys()

    def _read_standings(self) -> "list[PlanStanding]":
        from planner.queries.plans.standings import read_plan_standings

        door = self._app.door
        with door.open().reading() as session:
            return read_plan_standings(session, lambda plan: door.point_of(session, plan))

    def _switch(self, key: str | None, then: Callable[[], None]) -> None:
        """Show another plan, on the overview. The screens of the plan before are closed."""
        app, standing = self._app, self._app.standing
        if key is None or (standing is not None and key == standing.plan.key):
            return
        app.door.plan = GivenPlan(key)
        app.door.opens_today = False
        app.door.as_of = app.looking_from = app.trouble = app.standing = None
        self._navigator.start_over()
        self._loading.reload()
        self._tasks.run(app, lambda: self._keep(key), lambda _: None, app.warn, group="keep_plan")
        then()

    def _keep(self, key: str) -> None:
        """Remember the choice for the next start, as `planner plan use` does."""
        from planner.personal.chosen_plans import choose_plan

        choose_plan(self._app.door.address, key)

    def failed(self, error: "PlannerError") -> None:
        """Ask which plan to show if the plan could not be loaded because nobody has said which one."""
        if isinstance(error, SeveralPlansError):
            self.choose()
