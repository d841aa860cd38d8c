"""What an import would do. People see the preview, and only what it contains is written."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from planner.base.formats import plain_number
from planner.base.views import value_class, view
from planner.domain.vocabulary import Confidence, Phase
from planner.intake.comparing.stored import Position
from planner.intake.proposed import FactValue, Field, Problem, Severity, TableLayout
from planner.intake.sheets import Place
from planner.register.closing import Closing
from planner.tables.json_form import NOT_IN_JSON

# The value of a fact as the register has it. A theme is a number, an organisation a key, and a person a login.
Stored: TypeAlias = FactValue | int


def as_history(value: Stored) -> str | None:
    """Return a stored value as the history of an item keeps it."""
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, float):
        return plain_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


@view
class FieldChange:
    """A field of a row that exists: what the register has and what the files give.

    `basis` is the basis of the old value, if the field has one. `inferred` says how the new value follows from the file
    if the file does not say it directly. `moves` says that the office had agreed the old date, so that the new one is
    recorded as a move of the date.
    """

    field: Field
    old: Stored
    new: Stored
    place: Place
    basis: str | None = None
    inferred: str | None = None
    moves: bool = False


class Declined(StrEnum):
    """When a person declined the value of the files in a conflict: in this import, or in an earlier one."""

    NOW = "now"
    EARLIER = "earlier"


@view
class Conflict:
    """A field that a person changed in the register, and for which the files give another value.

    `taken` says whether the import takes the file's value. Otherwise the register keeps its own. `milestone` or
    `indicator` is the number of the milestone or the indicator whose field it is; both are None for a field of the item
    itself. `target_due` tells the targets of one indicator apart. `declined` is None if nobody declined the value of
    the files.
    """

    change: FieldChange
    taken: bool
    milestone: int | None = None
    declined: Declined | None = None
    indicator: int | None = None
    target_due: date | None = None

    @property
    def subject(self) -> str:
        """What the conflict is about besides the item, as answers name it: `milestone 1`, `indicator 2 date`."""
        fact = self.change.field.value
        if self.milestone is not None:
            return f"milestone {self.milestone} {fact}"
        if self.indicator is None:
            return fact
        by = f" by {self.target_due}" if self.target_due is not None else ""
        return f"indicator {self.indicator}{by} {fact}"


def _written(changes: tuple[FieldChange, ...], conflicts: tuple[Conflict, ...]) -> tuple[FieldChange, ...]:
    """Return the changes that an import writes: also those of conflicts in which the file's value is taken."""
    return changes + tuple(conflict.change for conflict in conflicts if conflict.taken)


@view
class NewTarget:
    """A further target of an indicator to be added."""

    due: date
    target: float
    place: Place


@view
class NewPart:
    """A milestone or an indicator to be added to an item. `number` is the number by which people refer to it.

    The facts have the first target of an indicator, `further_targets` the others.
    """

    field: Field
    number: int
    key: str
    facts: Mapping[Field, Stored]
    place: Place
    inferred: tuple[str, ...] = ()
    further_targets: tuple[NewTarget, ...] = ()


@view
class ChangedPart:
    """A milestone or an indicator that the files change, or with a field in conflict.

    `target_id` is that of the indicator's target that is meant. It is None for a new target. An indicator of which
    several targets change is there once for each.
    """

    field: Field
    id: int
    number: int
    title: str
    changes: tuple[FieldChange, ...]
    target_id: int | None = dataclasses.field(default=None, metadata=NOT_IN_JSON)
    conflicts: tuple[Conflict, ...] = ()

    @property
    def written(self) -> tuple[FieldChange, ...]:
        """The changes of fields that the import writes, with the conflicts in which the file's value is taken."""
        return _written(self.changes, self.conflicts)


@view
class MissingPart:
    """A milestone or an indicator of the register that the files do not have. It stays as it is."""

    field: Field
    number: int
    title: str


@view
class NewReport:
    """A report on an item, as the files have it, for the day as of which the files are imported.

    `evidence` and `ending_reason` say that none was given if the report says that the item has ended. `inferred` says,
    by field, how a value follows from the files.
    """

    as_of: date
    phase: Phase
    percent: int | None
    confidence: Confidence | None
    done: str | None
    next: str | None
    blocker: str | None
    help_needed: str | None
    evidence: str | None
    completed_on: date | None
    ended_on: date | None
    ending_reason: str | None
    merged_into_id: int | None
    place: Place
    inferred: Mapping[Field, str] = field(default_factory=dict)


@view
class NewItem:
    """An item to be added. `facts` has every fact with a value, in the form in which the register stores it.

    `assumed` are the fields that the files do not give, whose values are therefore provisional. `inferred` says, by
    field, how a value follows from the files. `added_on` is the day from which the plan has the item, or None if it has
    it from its beginning.
    """

    code: str
    title: str
    facts: Mapping[Field, Stored]
    assumed: tuple[Field, ...]
    inferred: Mapping[Field, str]
    place: Place
    milestones: tuple[NewPart, ...] = ()
    indicators: tuple[NewPart, ...] = ()
    report: NewReport | None = None
    added_on: date | None = None


@view
class ChangedItem:
    """An item of the register that the files change.

    `code` and `title` are those of the register. `matched` is empty if the code of the file is that of the register;
    otherwise it says why the two are the same item. `confirmed` are fields with the same value in both, whose basis
    becomes the office's register.
    """

    id: int
    code: str
    title: str
    place: Place
    matched: str
    changes: tuple[FieldChange, ...]
    confirmed: tuple[Field, ...]
    conflicts: tuple[Conflict, ...]
    new_parts: tuple[NewPart, ...]
    changed_parts: tuple[ChangedPart, ...]
    missing_parts: tuple[MissingPart, ...]
    report: NewReport | None

    @property
    def written(self) -> tuple[FieldChange, ...]:
        """The changes of fields that the import writes, with the conflicts in which the file's value is taken."""
        return _written(self.changes, self.conflicts)

    @property
    def all_conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts about the item, and those about its milestones and indicators."""
        return self.conflicts + tuple(conflict for part in self.changed_parts for conflict in part.conflicts)

    @property
    def anything(self) -> bool:
        """Whether the import writes anything about the item."""
        changed = any(part.written for part in self.changed_parts)
        return bool(self.written or self.confirmed or self.new_parts or changed or self.report)


@view
class ItemName:
    """The code and title of an item of the register."""

    code: str
    title: str


@view
class SameItem:
    """What a person said in this import: which item of the register the item with this title of the files is.

    `title` has the form in which titles are compared.
    """

    title: str
    id: int
    code: str


@view
class DeclinedValue:
    """What a person said in this import: the register keeps its value of a field, and not this one of the files.

    `subject` is what it is about besides the item, as answers name it. `value` is the value of the files as the history
    of an item keeps it. `milestone` and `indicator` are as in a conflict.
    """

    id: int
    code: str
    field: Field
    value: str | None
    subject: str
    milestone: int | None = None
    indicator: int | None = None


@view
class NewOrganisation:
    """An organisation to be added."""

    key: str
    name: str
    short_name: str
    place: Place
    language: str | None = None


@view
class ChangedOrganisation:
    """An organisation whose name, short name or language the files change."""

    key: str
    changes: tuple[FieldChange, ...]


@view
class NewTheme:
    """A theme to be added. `parent` is the number of the theme that it is part of."""

    number: int
    title: str
    label: str | None
    parent: int | None
    place: Place


@view
class RenamedTheme:
    """A theme of the register that the author of an exported file gave another title."""

    number: int
    before: str
    title: str
    place: Place


@view
class NewKind:
    """A kind of items to be added to the plan."""

    key: str
    title: str
    place: Place


@view
class NewPerson:
    """A person to be added, as an officer of an organisation unless the files say otherwise."""

    login: str
    name: str
    role: str
    organisation: str | None
    place: Place


@view
class TotalLine:
    """A number of items: after the import, and as stated by the files and the plan. `name` is "items" or a kind.

    With a `sheet`, it is the number of the items of this sheet, and as this sheet states it.
    """

    name: str
    counted: int
    in_files: int | None
    in_plan: int | None
    sheet: str = ""

    @property
    def differs(self) -> bool:
        """Whether a stated number differs from the counted one."""
        return any(stated is not None and stated != self.counted for stated in (self.in_files, self.in_plan))


@value_class
class Preview:
    """What an import would do to a plan, in the order in which it is written.

    `position` is the last event of the audit log that the preview knows. `added_on` is the day from which the plan has
    the new items, or None if it has them from its beginning. `unchanged` and `missing` are items of the
    register: those that the files repeat, and those that they do not contain. `names` has what people call an
    organisation, a theme or a person, by the field and the stored value. `answers` are those to be kept for the same
    files, by the digest of the file. `kept` are those of earlier imports of the same files that count, by question.
    `cells` are those about the text of cells, as they are kept for later files of the same form. `closed` is the act
    that closed the plan, into which nothing can be imported then.
    """

    plan: str
    position: Position
    as_of: date
    files: tuple[str, ...]
    organisations: tuple[NewOrganisation, ...] = ()
    changed_organisations: tuple[ChangedOrganisation, ...] = ()
    people: tuple[NewPerson, ...] = ()
    kinds: tuple[NewKind, ...] = ()
    themes: tuple[NewTheme, ...] = ()
    renamed_themes: tuple[RenamedTheme, ...] = ()
    new: tuple[NewItem, ...] = ()
    changed: tuple[ChangedItem, ...] = ()
    unchanged: tuple[ItemName, ...] = ()
    missing: tuple[ItemName, ...] = ()
    same_items: tuple[SameItem, ...] = ()
    declined: tuple[DeclinedValue, ...] = ()
    totals: tuple[TotalLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[tuple[Place, str], ...] = ()
    layouts: tuple[TableLayout, ...] = ()
    added_on: date | None = None
    closed: Closing | None = None
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict, metadata=NOT_IN_JSON)
    kept: Mapping[str, str] = field(default_factory=dict, metadata=NOT_IN_JSON)
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict, metadata=NOT_IN_JSON)
    names: Mapping[tuple[Field, Stored], str] = field(
        default_factory=dict, repr=False, compare=False, metadata=NOT_IN_JSON
    )

    @property
    def all_conflicts(self) -> Iterator[tuple[ChangedItem, Conflict]]:
        """The conflicts of all items, each with its item, also those that were decided in an earlier import."""
        return ((item, conflict) for item in self.changed for conflict in item.all_conflicts)

    @property
    def conflicts(self) -> Iterator[tuple[ChangedItem, Conflict]]:
        """The conflicts of all items that were not decided in an earlier import, each with its item."""
        return (pair for pair in self.all_conflicts if pair[1].declined is not Declined.EARLIER)

    @property
    def blockers(self) -> tuple[Problem, ...]:
        """The problems that prevent the import: errors, and questions without an answer."""
        return tuple(problem for problem in self.problems if problem.severity is not Severity.REMARK)

    @property
    def anything(self) -> bool:
        """Whether the import would write anything."""
        rows = (
            self.organisations,
            self.changed_organisations,
            self.people,
            self.kinds,
            self.themes,
            self.renamed_themes,
            self.new,
            self.same_items,
            self.declined,
        )
        return any(rows) or any(item.anything for item in self.changed)

    def shown(self, fact: Field, value: Stored) -> str:
        """Return a stored value as people know it: the name of an organisation, or the title of a theme."""
        if value is None:
            return ""
        if isinstance(value, tuple):
            return "; ".join(self.shown(fact, part) for part in value)
        named = self.names.get((fact, value))
        if named is not None:
            return named
        return plain_number(value) if isinstance(value, float) else str(value)
