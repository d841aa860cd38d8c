"""An indicator with several targets: all of them are exported and come back, each by the day that the author knew."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from planner.exchange.register.forms import RegisterForm
from planner.intake.comparing.differences.parts import ChangedPart
from planner.intake.comparing.preview import Preview
from planner.intake.proposed import Field, ProposedRow, Severity
from planner.store.database import Database
from planner.store.models import Indicator, Item, Target
from planner.writes.plan_changes.parts import add_target
from planner.writes.plan_changes.targets import revise_target
from planner.writes.undo import undo
from tests.factories import ACTOR, ITEM_CODES, noon, writing_by
from tests.intake import imports, test_round_trip
from tests.intake.imports import DAY, import_register, verified, write
from tests.intake.proposals import item, part, register
from tests.intake.test_export_moments import CODE, edit, exported, preview_of

JUNE, JULY, MARCH = date(2020, 6, 30), date(2020, 7, 31), date(2020, 3, 31)
DECEMBER = date(2020, 12, 31)
# The register has the target 10 by December.
QUAYS = "Quays mended"


def add(database: Database, value: float = 5, due: date = JUNE) -> None:
    with database.writing() as session:
        add_target(writing_by(session, ACTOR, noon(DAY), DAY), CODE, 1, value, due, "Agreed")


def targets(database: Database) -> list[tuple[date, float]]:
    """The targets of the quays that count."""
    with database.reading() as session:
        own = select(Target.due, Target.value).join(Indicator, Indicator.id == Target.indicator_id)
        quays = own.join(Item, Item.id == Indicator.item_id).where(
            Item.code == CODE, Indicator.name == QUAYS, ~Target.taken_out
        )
        return [(due, value) for due, value in session.execute(quays.order_by(Target.due))]


def parts(preview: Preview) -> list[ChangedPart]:
    return [one for changed in preview.changed for one in changed.changed_parts]


def changes(preview: Preview) -> list[tuple[Field, Any]]:
    return [(change.field, change.new) for one in parts(preview) for change in one.changes]


def rows(*given: dict[str, Any]) -> list[ProposedRow]:
    return [part(number, name=QUAYS, **values) for number, values in enumerate(given, 2)]


@pytest.mark.parametrize("form", RegisterForm)
def test_every_target_is_exported_and_comes_back(sqlite_register: Database, tmp_path: Path, form: RegisterForm) -> None:
    add(sqlite_register)
    files = test_round_trip.exported(sqlite_register, form, tmp_path)
    preview = test_round_trip.preview_of_files(sqlite_register, *files)
    test_round_trip.assert_nothing_to_import(preview, len(ITEM_CODES))

    with sqlite_register.writing() as session:
        revise_target(writing_by(session, ACTOR, noon(DAY), DAY), CODE, 1, "So decided", value=6, current_due=JUNE)
    files = test_round_trip.exported(sqlite_register, form, tmp_path)
    with sqlite_register.writing() as session:
        revise_target(writing_by(session, ACTOR, noon(DAY), DAY), CODE, 1, "So decided", value=7, current_due=JUNE)
    # The files do not say what their author knew, so what a person entered is in conflict with them.
    ((_, found),) = test_round_trip.preview_of_files(sqlite_register, *files).conflicts
    assert (found.subject, found.change.old, found.change.new) == ("indicator 1 by 2020-06-30 target", 7.0, 6.0)


@pytest.mark.first_cases(2)
@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ({(2, Field.TARGET): 4}, [(JUNE, 4), (DECEMBER, 10)]),
        ({(3, Field.TARGET): 12}, [(JUNE, 5), (DECEMBER, 12)]),
        ({(2, Field.DUE): JULY}, [(JULY, 5), (DECEMBER, 10)]),
        ({(2, Field.DUE): MARCH, (3, Field.DUE): JULY}, [(MARCH, 5), (JULY, 10)]),
    ],
)
def test_an_edited_row_changes_its_own_target(
    sqlite_register: Database, tmp_path: Path, edits: dict[tuple[int, Field], Any], after: list[tuple[date, float]]
) -> None:
    add(sqlite_register)
    file = exported(sqlite_register, tmp_path)
    for (row, field), value in edits.items():
        edit(file, field, value, sheet="indicators", code=None, row=row)

    write(sqlite_register, preview_of(sqlite_register, file))

    assert targets(sqlite_register) == after
    assert not preview_of(sqlite_register, file).anything
    assert verified(sqlite_register) == []


def test_a_name_or_unit_that_one_row_changes_is_changed_once(sqlite_register: Database, tmp_path: Path) -> None:
    add(sqlite_register)
    file = exported(sqlite_register, tmp_path)
    edit(file, Field.NAME, "Quays made new", sheet="indicators", code=None, row=3)
    for row in (2, 3):
        edit(file, Field.UNIT, "metres", sheet="indicators", code=None, row=row)

    assert changes(preview_of(sqlite_register, file)) == [(Field.UNIT, "metres"), (Field.NAME, "Quays made new")]


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("later", ["value", "day", "both", "added"])
def test_an_older_export_takes_no_target_back(sqlite_register: Database, tmp_path: Path, later: str) -> None:
    add(sqlite_register)
    file = exported(sqlite_register, tmp_path)
    with sqlite_register.writing() as session:
        writing = writing_by(session, ACTOR, noon(DAY), DAY)
        if later == "added":
            add_target(writing, CODE, 1, 7.0, JULY, "Agreed")
        else:
            value, due = (None if later == "day" else 6.0), (None if later == "value" else JULY)
            revise_target(writing, CODE, 1, "So decided", value=value, due=due, current_due=JUNE)

    preview = preview_of(sqlite_register, file)

    assert (preview.anything, preview.blockers) == (False, ())


def test_a_target_that_both_changed_is_decided_by_people(sqlite_register: Database, tmp_path: Path) -> None:
    add(sqlite_register)
    file = edit(exported(sqlite_register, tmp_path), Field.TARGET, 4, sheet="indicators", code=None, row=2)
    with sqlite_register.writing() as session:
        writing = writing_by(session, ACTOR, noon(DAY), DAY)
        revise_target(writing, CODE, 1, "So decided", value=6, due=JULY, current_due=JUNE)

    ((_, conflict),) = preview_of(sqlite_register, file).conflicts

    assert (conflict.subject, conflict.taken) == ("indicator 1 by 2020-07-31 target", False)
    write(sqlite_register, preview_of(sqlite_register, file, take_file=True))
    assert targets(sqlite_register) == [(JULY, 4), (DECEMBER, 10)]


def test_a_target_that_was_removed_since_stays_removed(sqlite_register: Database, tmp_path: Path) -> None:
    import_register(
        sqlite_register,
        register(item(2, code=CODE, indicators=rows({"target": 5, "due": JUNE}, {"target": 10, "due": DECEMBER}))),
    )
    file = exported(sqlite_register, tmp_path)
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))

    preview = preview_of(sqlite_register, file)

    assert (preview.anything, preview.blockers, targets(sqlite_register)) == (False, (), [(DECEMBER, 10)])


def test_targets_of_a_new_indicator_and_further_ones_are_added(sqlite_register: Database) -> None:
    file = register(
        item(
            2,
            code=CODE,
            indicators=[
                *rows({"target": 3, "due": MARCH}, {"target": 5, "due": JUNE}, {"target": 10, "due": DECEMBER}),
                part(5, name="Lamps", target=2, due=JUNE),
                part(6, name="lamps", target=4, due=DECEMBER),
            ],
        )
    )
    import_register(sqlite_register, file)

    assert targets(sqlite_register) == [(MARCH, 3), (JUNE, 5), (DECEMBER, 10)]
    assert not imports.preview_of(sqlite_register, file).anything
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))
    assert targets(sqlite_register) == [(DECEMBER, 10)]
    import_register(sqlite_register, file)
    assert targets(sqlite_register) == [(MARCH, 3), (JUNE, 5), (DECEMBER, 10)]
    assert verified(sqlite_register) == []


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (rows({"unit": "a", "target": 5, "due": JUNE}, {"unit": "b", "target": 6, "due": JULY}), "another row"),
        (
            [part(2, name="L", unit="a", target=5, due=JUNE), part(3, name="L", unit="b", target=6, due=JULY)],
            "another row",
        ),
        (rows({"target": 10, "due": DECEMBER}, {"due": JULY}), "has a day, but no target"),
        (
            [part(2, name="L", target=5, due=JUNE), part(3, name="L", due=JULY)],
            "has a day, but no target",
        ),
    ],
)
def test_rows_that_contradict_each_other_are_errors(
    sqlite_register: Database, given: list[ProposedRow], what: str
) -> None:
    (problem,) = imports.preview_of(sqlite_register, register(item(2, code=CODE, indicators=given))).blockers

    assert problem.severity is Severity.ERROR
    assert what in problem.what


def test_a_first_target_without_a_day_gets_that_of_the_item(sqlite_register: Database, tmp_path: Path) -> None:
    import_register(sqlite_register, register(item(2, code=CODE, indicators=[part(2, name="Cranes mended")])))
    file = edit(exported(sqlite_register, tmp_path), Field.TARGET, 4, sheet="indicators", row=3)
    edit(file, Field.DUE, None, sheet="indicators", row=3)

    preview = preview_of(sqlite_register, file)

    assert changes(preview) == [(Field.TARGET, 4), (Field.DUE, DECEMBER)]
    write(sqlite_register, preview)
    again = preview_of(sqlite_register, file)
    assert (again.blockers, again.anything) == ((), False)


def test_a_further_target_without_a_day_is_an_error_if_the_day_of_the_item_is_taken(
    sqlite_register: Database, tmp_path: Path
) -> None:
    proposed = register(item(2, code=CODE, indicators=rows({"target": 10.0, "due": DECEMBER}, {"target": 5.0})))
    (error,) = imports.preview_of(sqlite_register, proposed).blockers
    assert error.severity is Severity.ERROR
