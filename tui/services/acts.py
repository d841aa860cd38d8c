"""The acts that change the plan: which of them are offered, opening their form, and showing what was recorded."""

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from planner.base.language import tr, tr_later
from planner.domain.rules.permissions import Permission, may
from tui.routes import new_screen
from tui.services.commands import PaletteEntry

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from planner.register.reading import Reading
    from tui.data.acts.act import Act, ActDone, Opening
    from tui.loaded import LoadedApp
    from tui.services.loading import Loading
    from tui.services.permissions import Permissions
    from tui.services.tasks import Tasks


class ItemScreen(Protocol):
    """A screen that may have an item under its cursor."""

    @property
    def pointed_item(self) -> str | None:
        """Return the code of that item, or None."""


class Acts:
    """Offers the acts that the person may make, and opens their form."""

    def __init__(self, app: "LoadedApp", tasks: "Tasks", loading: "Loading", permissions: "Permissions") -> None:
        self._app = app
        self._tasks = tasks
        self._loading = loading
        self._permissions = permissions

    def _offered(self, acts: "Iterable[Act]") -> "Iterable[Act]":
        """Return the acts that the person's role allows and that the screen has an item for."""
        me, code = self._app.me, self._pointed
        several, closing = self._app.around
        for act in acts:
            # Whether an item is the person's own is found when its form opens.
            allowed = act.looked is not None or (me is not None and may(me.role, act.permission, theirs=act.of_item))
            possible = (code or not act.of_item) and (several or not act.between_plans)
            # Of a closed plan, only what is possible is offered.
            in_time = act.reopens or act.of_all_plans if closing else not act.reopens
            if allowed and possible and in_time:
                yield act

    @property
    def _pointed(self) -> str | None:
        """The code of the item under the cursor of the screen."""
        return cast("ItemScreen", self._app.screen).pointed_item

    def commands(self) -> list[PaletteEntry]:
        """Return the entries of the palette for the acts."""
        from tui.data.acts.sheets import SHEET_ACTS
        from tui.data.acts.table import ACTS

        code = self._pointed
        entries = []
        for act in self._offered((*ACTS, *SHEET_ACTS)):
            verb, title = act.name.partition(".")[0], _title(act, code)
            told = f"{title}…  {act.description}"
            entries.append(PaletteEntry(verb, told, "", partial(self.begin, act, code), title))
        return entries

    def ask_extension(self, code: str) -> None:
        """Open the form that asks for a later date of an item."""
        from tui.data.acts.extensions import ASK

        self._loading.when_loaded(lambda: self.begin(ASK, code))

    def answer(self, code: str, names: "Collection[str]") -> None:
        """Open the form of the act that answers a request about an item. If `names` has several acts, list them."""
        from tui.data.acts.table import ACTS

        fitting = {act.name: act for act in ACTS if act.name in names}
        if len(fitting) == 1:
            self.begin(next(iter(fitting.values())), code)
        else:
            self._choose_one(tr("Answer the requests on {code}", code=code), fitting, code)

    def choose(self) -> None:
        """List the acts, to choose one."""
        self._loading.when_loaded(self._choose)

    def _choose(self) -> None:
        from tui.data.acts.table import ACTS

        code, offered = self._pointed, {act.name: act for act in self._offered(ACTS)}
        # Auditors do no more than assess, and officers what they may do on their own items.
        allowed = Permission.ASSESS if "item.assess" in offered else None
        if not self._permissions.may_write(allowed if offered else Permission.CHANGE_PLAN, closed_too=True):
            return
        _, closing = self._app.around
        heading = tr("Change the plan")
        if closing is not None:
            heading = tr("The plan is closed since {day}. This is still possible", day=closing.as_of)
        self._choose_one(heading, offered, code)

    def _choose_one(self, heading: str, acts: "Mapping[str, Act]", code: str | None) -> None:
        """List acts by their names, and open the form of the one that the person chooses."""
        from tui.data.picks import Pick

        picks = [Pick(act.name, f"{_title(act, code)}…", act.description) for act in acts.values()]

        def chosen(name: str | None) -> None:
            if name is not None:
                self.begin(acts[name], code)

        self._app.push_screen(new_screen("search", heading, picks), chosen)

    def begin(self, act: "Act", code: str | None) -> None:
        """Open the form of an act. `code` is the item under the cursor, if there is one."""
        app, standing = self._app, self._app.standing
        if standing is None or not self._may_begin(act):
            return
        subject = code if code and act.of_item else ""

        def read(reading: "Reading") -> "Opening":
            from tui.data.acts.act import Scope
            from tui.data.acts.reading import open_act

            if act.allowed is not None:
                act.allowed(reading, app.door.login, subject)
            title = next((item.title for item in standing.items if item.code == subject), "")
            return open_act(reading, act, Scope(subject, title, standing.items))

        def opened(opening: "Opening") -> None:
            app.push_screen(new_screen("act", _title(act, subject), opening), self._recorded)
            app.release_keys()

        def failed(error: "PlannerError") -> None:
            self._permissions.refuse(error)
            app.release_keys()

        app.hold_keys()
        self._tasks.read_to_write(app, read, opened, failed, group="open")

    def _may_begin(self, act: "Act") -> bool:
        """Return whether the person may open the form of an act. If not, show the reason."""
        if act.looked is not None:
            return self._permissions.may_look()
        # Where this depends on the item, it is found when the form opens.
        deed = None if act.allowed else act.permission
        return self._permissions.may_write(deed, closed_too=act.reopens or act.of_all_plans)

    def _recorded(self, done: "ActDone | None") -> None:
        """Say what was recorded, and show it on all screens."""
        if done is None:
            return
        self._app.notify(done.said, markup=False)
        if done.codes is None:
            self._loading.reload()
        else:
            self._loading.read_again(done.codes)


def _title(act: "Act", code: str | None) -> str:
    title = tr_later(act.title)
    return tr("{act} {code}", act=title, code=code) if act.of_item and code else title
