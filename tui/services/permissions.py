"""Whether this person may write, so that a form opens only if it can be saved."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.listing import listed
from planner.domain.rules.permissions import Permission, may, roles_that_may
from tui.data.door import looking_back

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from tui.loaded import LoadedApp
    from tui.services.awaited import Awaited


# What the keys that write need, by the ids of their bindings. None: the permission to report on some item, since it
# depends on the item whether somebody may report on it.
_NEEDED: Mapping[str, Permission | None] = {
    "overview.report": None,
    "register.report": None,
    "register.bulk": None,
    "timeline.report": None,
    "mandates.report": None,
    "item.report": None,
    "my_week.report": None,
    "my_week.unchanged": None,
    "my_week.answer": Permission.ANSWER,
    "my_week.grant": Permission.DECIDE_EXTENSION,
    "my_week.refuse": Permission.DECIDE_EXTENSION,
    "links.accept": Permission.REVIEW_LINKS,
    "links.reject": Permission.REVIEW_LINKS,
    "links.change": Permission.REVIEW_LINKS,
    "findings.accept": Permission.ACCEPT_FINDINGS,
    "findings.reopen": Permission.ACCEPT_FINDINGS,
}


class Permissions:
    """Knows what the person who uses the app may do."""

    def __init__(self, app: "LoadedApp", awaited: "Awaited") -> None:
        self._app = app
        self._awaited = awaited

    def offers(self, key: str) -> bool:
        """Return whether the bottom line may show a key. It shows none that this person may not use at all.

        `key` is the id of the binding. The key itself still works, and says why the person may not use it.
        """
        if key not in _NEEDED or self._app.standing is None:
            return True
        return self.why_not(_NEEDED[key], closed_too=False) is None

    def may_write(self, deed: Permission | None = None, *, closed_too: bool = False) -> bool:
        """Return whether this person may write, or perform the given action. If not, show the reason.

        `closed_too` is true for what is also possible in a closed plan. This is called before a form opens. Permissions
        that depend on the owner of an item are checked by the core.
        """
        error = self.why_not(deed, closed_too=closed_too)
        if error is not None:
            self.refuse(error)
        return error is None

    def may_look(self) -> bool:
        """Return whether it makes sense to look at what a write would record, whoever may make it. If not, say why.

        It makes none on a past day and in a closed plan.
        """
        error = self._at_a_wrong_time(closed_too=False)
        if error is not None:
            self.refuse(error)
        return error is None

    def refuse(self, error: "PlannerError") -> None:
        """Say why a form does not open, in a window that takes the keys which are meant for the form."""
        self._awaited.refuse(error)

    def why_not(self, deed: Permission | None, *, closed_too: bool) -> "PlannerError | None":
        """Return the error with which the core would reject every write by this person, or None.

        The arguments are those of `may_write`.
        """
        app = self._app
        untimely = self._at_a_wrong_time(closed_too=closed_too)
        if untimely is not None or app.standing is None:
            return untimely
        me = app.me
        if me is None:
            what = tr("'{login}' is not a person of this register and can only read", login=app.door.login)
            return NotAllowedError(what, do=tr("Run 'planner whoami' to see the reason"))
        if not any(may(me.role, one, theirs=True) for one in (deed, Permission.REPORT) if one is not None):
            return NotAllowedError(
                tr("'{login}' has the role {role} and can only read and assess", login=me.login, role=me.role.value)
            )
        if deed is not None and not may(me.role, deed, theirs=False):
            roles = listed(role.value for role in roles_that_may(deed))
            what = tr(
                "'{login}' has the role {role} and may not {action}",
                login=me.login,
                role=me.role.value,
                action=deed.words,
            )
            return NotAllowedError(what, do=tr("Ask somebody with one of these roles: {roles}", roles=roles))
        return None

    def _at_a_wrong_time(self, *, closed_too: bool) -> "PlannerError | None":
        """Return the error for a past day or a closed plan, or None."""
        app = self._app
        if app.door.as_of is not None:
            return looking_back(app.door.as_of)
        _, closing = app.around
        if app.standing is None or closing is None or closed_too:
            return None
        from planner.register.closing import is_closed

        return is_closed(app.standing.plan.key, closing)
