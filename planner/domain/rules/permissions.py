"""What each role may do. The table in docs/people.md lists the same permissions."""

from collections.abc import Mapping
from enum import StrEnum

from planner.base.language import later, tr_later
from planner.domain.vocabulary import Role


class Deed(StrEnum):
    """An action that needs a permission."""

    REPORT = "report"
    MOVE_MILESTONE = "move_milestone"
    MOVE_DUE_DATE = "move_due_date"
    CONFIRM = "confirm"
    RETURN = "return"
    TAKE_BACK = "take_back"
    ISSUE_WEEK = "issue_week"
    ATTACH_DOCUMENTS = "attach_documents"
    REVIEW_LINKS = "review_links"
    ACCEPT_FINDINGS = "accept_findings"
    DRAFT_MANDATES = "draft_mandates"
    LOAD_DATA_FILES = "load_data_files"
    KEEP_PEOPLE = "keep_people"
    KEEP_CLOCK = "keep_clock"
    REDACT = "redact"

    @property
    def words(self) -> str:
        """The action in words that complete the sentence "You may …"."""
        return tr_later(_WORDS[self])


_WORDS: Mapping[Deed, str] = {
    Deed.REPORT: later("report"),
    Deed.MOVE_MILESTONE: later("move a milestone's date"),
    Deed.MOVE_DUE_DATE: later("move a due date"),
    Deed.CONFIRM: later("confirm that an item has ended"),
    Deed.RETURN: later("return a report"),
    Deed.TAKE_BACK: later("take back a write"),
    Deed.ISSUE_WEEK: later("issue a week"),
    Deed.ATTACH_DOCUMENTS: later("attach documents"),
    Deed.REVIEW_LINKS: later("review links"),
    Deed.ACCEPT_FINDINGS: later("accept findings"),
    Deed.DRAFT_MANDATES: later("propose or adopt a mandate version"),
    Deed.LOAD_DATA_FILES: later("load data files"),
    Deed.KEEP_PEOPLE: later("add or change people"),
    Deed.KEEP_CLOCK: later("accept or correct the clock"),
    Deed.REDACT: later("redact text"),
}

# Actions on single items that a role may do on the items of the person's own organisation only.
_ON_THEIR_ITEMS: Mapping[Role, frozenset[Deed]] = {Role.OFFICER: frozenset({Deed.REPORT, Deed.MOVE_MILESTONE})}

_EVERYWHERE: Mapping[Role, frozenset[Deed]] = {
    Role.OFFICER: frozenset({Deed.TAKE_BACK}),
    Role.MANAGER: frozenset(Deed) - {Deed.LOAD_DATA_FILES, Deed.KEEP_PEOPLE, Deed.KEEP_CLOCK, Deed.REDACT},
    Role.ADMINISTRATOR: frozenset(Deed),
}


def may(role: Role, deed: Deed, *, theirs: bool) -> bool:
    """Return whether a role may do an action.

    `theirs` is true if the person's organisation leads or supports the item.
    """
    allowed = _EVERYWHERE.get(role, frozenset())
    return deed in (allowed | _ON_THEIR_ITEMS.get(role, frozenset()) if theirs else allowed)


def roles_that_may(deed: Deed) -> tuple[Role, ...]:
    """Return the roles that allow an action on every item."""
    return tuple(role for role in Role if may(role, deed, theirs=False))


def deeds_of(role: Role) -> tuple[Deed, ...]:
    """Return the actions that a role allows; for an officer, including those on the items of their own organisation."""
    return tuple(deed for deed in Deed if may(role, deed, theirs=True))
