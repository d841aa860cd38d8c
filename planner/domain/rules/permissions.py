"""What each role may do. The table in docs/people.md lists the same permissions."""

from collections.abc import Mapping
from enum import StrEnum

from planner.base.language import later, tr_later
from planner.domain.vocabulary import Role


class Permission(StrEnum):
    """An action that needs a permission."""

    REPORT = "report"
    MOVE_MILESTONE = "move_milestone"
    MOVE_DUE_DATE = "move_due_date"
    CONFIRM = "confirm"
    RETURN = "return"
    ANSWER = "answer"
    ASK_EXTENSION = "ask_extension"
    DECIDE_EXTENSION = "decide_extension"
    ASSESS = "assess"
    TAKE_BACK = "take_back"
    ISSUE_WEEK = "issue_week"
    ATTACH_DOCUMENTS = "attach_documents"
    REVIEW_LINKS = "review_links"
    ACCEPT_FINDINGS = "accept_findings"
    PROPOSE_MANDATES = "draft_mandates"
    IMPORT_REGISTER = "import_register"
    CHANGE_PLAN = "change_plan"
    LOAD_DATA_FILES = "load_data_files"
    KEEP_PLANS = "keep_plans"
    KEEP_PEOPLE = "keep_people"
    KEEP_CLOCK = "keep_clock"
    REDACT = "redact"

    @property
    def words(self) -> str:
        """The action in words that complete the sentence "You may …"."""
        return tr_later(_WORDS[self])


_WORDS: Mapping[Permission, str] = {
    Permission.REPORT: later("report on items"),
    Permission.MOVE_MILESTONE: later("move a milestone's date"),
    Permission.MOVE_DUE_DATE: later("move a due date"),
    Permission.CONFIRM: later("confirm that an item has ended"),
    Permission.RETURN: later("return a report"),
    Permission.ANSWER: later("answer a request for help"),
    Permission.ASK_EXTENSION: later("ask for a later date"),
    Permission.DECIDE_EXTENSION: later("grant or refuse a later date"),
    Permission.ASSESS: later("assess an item"),
    Permission.TAKE_BACK: later("undo a write"),
    Permission.ISSUE_WEEK: later("issue a weekly file"),
    Permission.ATTACH_DOCUMENTS: later("attach documents"),
    Permission.REVIEW_LINKS: later("add or review links"),
    Permission.ACCEPT_FINDINGS: later("accept findings"),
    Permission.PROPOSE_MANDATES: later("propose or adopt a mandate version"),
    Permission.IMPORT_REGISTER: later("import a register"),
    Permission.CHANGE_PLAN: later("change the plan, its targets or its organisations"),
    Permission.LOAD_DATA_FILES: later("load data files"),
    Permission.KEEP_PLANS: later("make, carry over, close or reopen plans"),
    Permission.KEEP_PEOPLE: later("add or change people"),
    Permission.KEEP_CLOCK: later("correct wrong times or confirm that the clock is right"),
    Permission.REDACT: later("redact text"),
}

# Actions on single items that a role may do on the items of the person's own organisation only.
_ON_THEIR_ITEMS: Mapping[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset({Permission.REPORT, Permission.MOVE_MILESTONE, Permission.ASK_EXTENSION})
}

_EVERYWHERE: Mapping[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset({Permission.TAKE_BACK}),
    Role.MANAGER: frozenset(Permission)
    - {
        Permission.LOAD_DATA_FILES,
        Permission.KEEP_PLANS,
        Permission.KEEP_PEOPLE,
        Permission.KEEP_CLOCK,
        Permission.REDACT,
    },
    # docs/decisions/0157: an auditor reads, and writes no more than an assessment.
    Role.AUDITOR: frozenset({Permission.ASSESS, Permission.TAKE_BACK}),
    Role.ADMINISTRATOR: frozenset(Permission),
}


def may(role: Role, deed: Permission, *, theirs: bool) -> bool:
    """Return whether a role may do an action.

    `theirs` is true if the organisation of the person with this role leads or supports the item.
    """
    allowed = _EVERYWHERE.get(role, frozenset())
    return deed in (allowed | _ON_THEIR_ITEMS.get(role, frozenset()) if theirs else allowed)


def roles_that_may(deed: Permission) -> tuple[Role, ...]:
    """Return the roles that allow an action on every item."""
    return tuple(role for role in Role if may(role, deed, theirs=False))


def deeds_of(role: Role) -> tuple[Permission, ...]:
    """Return the actions that a role allows; for an officer, including those on the items of their own organisation."""
    return tuple(deed for deed in Permission if may(role, deed, theirs=True))
