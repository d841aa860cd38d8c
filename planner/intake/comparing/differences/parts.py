"""New, changed and missing milestones, indicators and targets of an item."""

import dataclasses
from collections.abc import Mapping
from datetime import date

from planner.base.views import view
from planner.intake.comparing.differences.changes import Conflict, FieldChange, Stored, written_changes
from planner.intake.proposed import Field
from planner.intake.sheets import Place
from planner.tables.json_form import NOT_IN_JSON


@view
class NewTarget:
    """A further target of an indicator to be added."""

    due: date
    target: float
    place: Place


@view
class PartReport:
    """What another register shows of a milestone or an indicator and is not reported here, true as of a day.

    A milestone was met on a day, or is expected on one. An indicator had a value.
    """

    as_of: date
    met_on: date | None = None
    forecast: date | None = None
    value: float | None = None
    evidence: str | None = None


@view
class NewPart:
    """A milestone or an indicator to be added to an item. `number` is the number by which people refer to it.

    The facts have the first target of an indicator, `further_targets` the others. `assumed` are the fields that the
    files do not give and that a person should know about. `inferred` says so too. `report` is what was reported of it
    in the register that its row is from.
    """

    field: Field
    number: int
    key: str
    facts: Mapping[Field, Stored]
    place: Place
    inferred: tuple[str, ...] = ()
    further_targets: tuple[NewTarget, ...] = ()
    report: PartReport | None = None
    assumed: tuple[Field, ...] = dataclasses.field(default=(), metadata=NOT_IN_JSON)


@view
class ChangedPart:
    """A milestone or an indicator that the files change, or with a field in conflict.

    `target_id` is that of the indicator's target that is meant. It is None for a new target. An indicator of which
    several targets change is there once for each. `confirmed` is the day if the register only assumed it and the files
    give the same: it becomes the office's. `assumed` are the changed fields that the files do not give.
    `report` is what was reported later of it in the register that its row is from.
    """

    field: Field
    id: int
    number: int
    title: str
    changes: tuple[FieldChange, ...]
    target_id: int | None = dataclasses.field(default=None, metadata=NOT_IN_JSON)
    conflicts: tuple[Conflict, ...] = ()
    confirmed: tuple[Field, ...] = ()
    assumed: tuple[Field, ...] = dataclasses.field(default=(), metadata=NOT_IN_JSON)
    report: PartReport | None = None

    @property
    def written(self) -> tuple[FieldChange, ...]:
        """The changes of fields that the import writes, with the conflicts in which the file's value is taken."""
        return written_changes(self.changes, self.conflicts)

    @property
    def anything(self) -> bool:
        """Whether the import writes anything about the part."""
        return bool(self.written or self.confirmed or self.report)


@view
class MissingPart:
    """A milestone or an indicator of the register that the files do not have. It stays as it is."""

    field: Field
    number: int
    title: str
