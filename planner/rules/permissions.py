"""What each role may do. The table in docs/people.md says the same."""

from collections.abc import Mapping
from enum import StrEnum

from planner.vocabulary import Role


class Deed(StrEnum):
    """What somebody can do to the register."""

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
        """The deed as it stands in a sentence: may …, may not …."""
        return _WORDS[self]


_WORDS: Mapping[Deed, str] = {
    Deed.REPORT: "report",
    Deed.MOVE_MILESTONE: "move a milestone's date",
    Deed.MOVE_DUE_DATE: "move a due date",
    Deed.CONFIRM: "confirm that an item has ended",
    Deed.RETURN: "return a report",
    Deed.TAKE_BACK: "take back a write",
    Deed.ISSUE_WEEK: "issue a week",
    Deed.ATTACH_DOCUMENTS: "attach documents",
    Deed.REVIEW_LINKS: "review links",
    Deed.ACCEPT_FINDINGS: "accept findings",
    Deed.DRAFT_MANDATES: "draft and adopt a mandate version",
    Deed.LOAD_DATA_FILES: "load data files",
    Deed.KEEP_PEOPLE: "say who the people are",
    Deed.KEEP_CLOCK: "accept or correct a clock",
    Deed.REDACT: "redact text",
}

# What is done on an item, and so depends for an officer on whose item it is.
ON_ITEMS = frozenset({Deed.REPORT, Deed.MOVE_MILESTONE, Deed.MOVE_DUE_DATE, Deed.CONFIRM, Deed.RETURN})

_ON_THEIR_ITEMS: Mapping[Role, frozenset[Deed]] = {Role.OFFICER: frozenset({Deed.REPORT, Deed.MOVE_MILESTONE})}

_EVERYWHERE: Mapping[Role, frozenset[Deed]] = {
    Role.OFFICER: frozenset({Deed.TAKE_BACK}),
    Role.MANAGER: frozenset(Deed) - {Deed.LOAD_DATA_FILES, Deed.KEEP_PEOPLE, Deed.KEEP_CLOCK, Deed.REDACT},
    Role.ADMINISTRATOR: frozenset(Deed),
}


def may(role: Role, deed: Deed, *, theirs: bool) -> bool:
    """Whether a role allows a deed; `theirs` says whether it is on an item that the person's organisation shares in."""
    allowed = _EVERYWHERE.get(role, frozenset())
    return deed in (allowed | _ON_THEIR_ITEMS.get(role, frozenset()) if theirs else allowed)


def roles_that_may(deed: Deed) -> tuple[Role, ...]:
    """The roles that allow a deed on whatever item."""
    return tuple(role for role in Role if may(role, deed, theirs=False))


def deeds_of(role: Role) -> tuple[Deed, ...]:
    """What a role may do, an officer on their own items."""
    return tuple(deed for deed in Deed if may(role, deed, theirs=True))
