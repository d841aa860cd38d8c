"""The history of people: one row for each fact of a person that an act changed.

A person's row has the current values. The history says from which day each holds, so that a read as of an earlier day
finds the earlier ones (`planner.queries.people.people_then`).
"""

from planner.domain.vocabulary import Basis
from planner.store.models import Person, PersonChange
from planner.writes.plan_changes.facts import Act


def add_person_history(act: Act, row: Person, field: str, old: str | None, new: str | None, *, action: str) -> None:
    """Add the row of history for one fact of a person."""
    change = PersonChange(
        person_id=row.id,
        as_of=act.day,
        field=field,
        old_value=old,
        new_value=new,
        reason=act.reason,
        basis=Basis.REGISTERED,
    )
    act.journal.add(change, action=action, label=f"{row.login} {field}", reason=act.reason)
