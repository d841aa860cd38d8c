"""New and changed items with their reports, and the names of others."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from planner.base.views import view
from planner.domain.vocabulary import Confidence, Phase
from planner.intake.comparing.differences.changes import Conflict, FieldChange, Stored, written_changes
from planner.intake.comparing.differences.parts import ChangedPart, MissingPart, NewPart
from planner.intake.proposed import Field
from planner.intake.sheets import Place


@view
class NewReport:
    """A report on an item, as the files have it, for the day as of which the files are imported.

    `evidence` and `ending_reason` say that none was given if the report says that the item has ended. `inferred` says,
    by field, how a value follows from the files. `before` has, of each field that it changes in the report that counts,
    the value there; it is empty if there is none. `newer` is the day of the newest report of the item if that is later:
    then this report changes nothing that is shown today. `merged_into` is the code of the item that continues a merged
    one, if another register says so: that item has its id only when the import has written it.
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
    before: Mapping[Field, Stored] = field(default_factory=dict)
    newer: date | None = None
    merged_into: str | None = None


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
        return written_changes(self.changes, self.conflicts)

    @property
    def all_conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts about the item, and those about its milestones and indicators."""
        return self.conflicts + tuple(conflict for part in self.changed_parts for conflict in part.conflicts)

    @property
    def anything(self) -> bool:
        """Whether the import writes anything about the item."""
        changed = any(part.anything for part in self.changed_parts)
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
class SaidNew:
    """An item of which a person said in this import that it is new.

    `name` is by what its row is known again in a later import: its code and its title there. `code` is that which the
    item gets.
    """

    name: str
    code: str
