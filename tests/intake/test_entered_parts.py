"""What people entered of milestones, indicators and targets is in conflict with other values of a first file."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from planner.domain.vocabulary import Direction
from planner.intake.comparing.preview import Preview
from planner.intake.proposed import Field, ProposedRegister
from planner.store.database import Database
from planner.store.models import Indicator, Item, Milestone, Target
from planner.writes.plan_changes.parts import NewIndicator, NewPart, add_indicator, add_milestone
from planner.writes.plan_changes.targets import revise_target
from planner.writes.plan_changes.themes import rename_theme
from planner.writes.undo import undo
from tests.effort import only_in_more
from tests.factories import ACTOR, COLLEAGUE, noon, writing_by
from tests.intake.imports import DAY, import_register, preview_of, verified, write
from tests.intake.proposals import item, part, register

CODE, QUAYS = "T-001", "Quays mended"
JUNE, JULY, DECEMBER = date(2020, 6, 30), date(2020, 7, 31), date(2020, 12, 31)

Enter = Callable[[Database], Any]


def of_milestone(**values: Any) -> ProposedRegister:
    return register(item(1, code=CODE, milestones=[part(2, number=1.0, **values)]))


def of_indicator(**values: Any) -> ProposedRegister:
    return register(item(1, code=CODE, indicators=[part(2, name=QUAYS, **values)]))


def edit(model: Any, **values: Any) -> Enter:
    """A way to edit the first milestone or indicator of the item, as an act of a person does."""

    def enter(database: Database) -> None:
        own = select(model).join(Item, Item.id == model.item_id).where(Item.code == CODE, model.number == 1)
        with database.writing() as session, writing_by(session, COLLEAGUE, noon(DAY), DAY).journal() as journal:
            row = session.execute(own).scalar_one()
            journal.change(row, values, action="edit-part", label=CODE, reason="Agreed")

    return enter


def revise(database: Database) -> None:
    with database.writing() as session:
        revise_target(writing_by(session, COLLEAGUE, noon(DAY), DAY), CODE, 1, "Agreed", value=12.0)


ENTRIES: dict[str, tuple[Enter, ProposedRegister, str]] = {
    "title": (edit(Milestone, title="Walls surveyed"), of_milestone(title="Quays surveyed"), "milestone 1 title"),
    "weight": (edit(Milestone, weight=30.0), of_milestone(weight=50.0), "milestone 1 weight"),
    "test": (edit(Milestone, completion_test="A note"), of_milestone(test="A map"), "milestone 1 test"),
    "unit": (edit(Indicator, unit="walls"), of_indicator(unit="stairs"), "indicator 1 unit"),
    "direction": (
        edit(Indicator, direction=Direction.REACH),
        of_indicator(direction="increase"),
        "indicator 1 direction",
    ),
    "baseline": (edit(Indicator, baseline_value=3.0), of_indicator(baseline=4.0), "indicator 1 baseline"),
    "target": (revise, of_indicator(target=11.0), "indicator 1 target"),
}


# Of texts and of numbers of a part, `make test` tries one each: they are compared in the same way.
CASES = [only_in_more(name) if name in ("test", "unit", "weight", "baseline") else name for name in ENTRIES]


def conflicts(preview: Preview) -> list[tuple[str, bool]]:
    return [(one.subject, one.taken) for _, one in preview.conflicts]


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("name", CASES)
def test_a_first_file_is_in_conflict_with_what_a_person_entered(sqlite_register: Database, name: str) -> None:
    enter, file, subject = ENTRIES[name]
    assert conflicts(preview_of(sqlite_register, file)) == []
    enter(sqlite_register)

    preview = preview_of(sqlite_register, file)

    assert (conflicts(preview), preview.anything) == ([(subject, False)], False)
    taken = preview_of(sqlite_register, file, answers={f"{CODE} {subject}": "file"})
    assert conflicts(taken) == [(subject, True)]
    write(sqlite_register, taken)
    assert not preview_of(sqlite_register, file).anything
    assert verified(sqlite_register) == []


def test_an_answer_is_kept_until_its_import_is_undone(sqlite_register: Database) -> None:
    revise(sqlite_register)
    file = of_indicator(target=11.0)
    said = preview_of(sqlite_register, file, answers={f"{CODE} indicator 1 target": "register"})
    write(sqlite_register, said)

    assert conflicts(preview_of(sqlite_register, file)) == []
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))
    assert conflicts(preview_of(sqlite_register, file)) == [("indicator 1 target", False)]


def test_parts_that_a_person_added_are_entered_as_a_whole(sqlite_register: Database) -> None:
    with sqlite_register.writing() as session:
        add_milestone(writing_by(session, ACTOR, noon(DAY), DAY), CODE, NewPart("Boats moved", JUNE), "Agreed")
    with sqlite_register.writing() as session:
        new = NewIndicator("Boats", "boats", Direction.INCREASE, 0.0, 5.0, JUNE)
        add_indicator(writing_by(session, ACTOR, noon(DAY), DAY), CODE, new, "Agreed")

    file = register(
        item(
            1,
            code=CODE,
            milestones=[part(2, title="Boats moved", date=JULY)],
            indicators=[part(3, name="Boats", unit="ships", target=6.0)],
        )
    )
    assert conflicts(preview_of(sqlite_register, file)) == [
        ("milestone 3 date", False),
        ("indicator 2 unit", False),
        ("indicator 2 target", False),
    ]


def test_what_an_import_wrote_after_a_person_is_the_file_s_again(sqlite_register: Database) -> None:
    revise(sqlite_register)
    import_register(sqlite_register, of_indicator(target=11.0), take_file=True)

    assert conflicts(preview_of(sqlite_register, of_indicator(target=13.0))) == []


def test_the_day_tells_targets_in_conflict_apart(sqlite_register: Database) -> None:
    import_register(sqlite_register, of_indicator(target=5.0, due=JUNE))
    with sqlite_register.writing() as session:
        revise_target(writing_by(session, COLLEAGUE, noon(DAY), DAY), CODE, 1, "Agreed", value=6.0, current_due=JUNE)

    found = conflicts(preview_of(sqlite_register, of_indicator(target=7.0, due=JUNE)))
    assert found == [("indicator 1 target", False)]


def test_a_theme_that_a_person_renamed_keeps_its_title(sqlite_register: Database) -> None:
    with sqlite_register.writing() as session:
        rename_theme(writing_by(session, ACTOR, noon(DAY), DAY), "1", "So decided.", title="Lights")

    preview = preview_of(sqlite_register, register(item(1, code=CODE, theme=("Quays and lights",))))

    assert (preview.themes, preview.renamed_themes, preview.changed[0].changes) == ((), (), ())


def test_the_day_of_an_undone_target_stays_its_own(sqlite_register: Database) -> None:
    import_register(
        sqlite_register,
        register(
            item(
                1,
                code=CODE,
                indicators=[part(2, name=QUAYS, target=10.0, due=DECEMBER), part(3, name=QUAYS, target=5.0, due=JUNE)],
            )
        ),
    )
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))
    with sqlite_register.reading() as session:
        assert session.execute(select(Target.taken_out).where(Target.due == JUNE)).scalar_one()

    moved = preview_of(sqlite_register, of_indicator(target=10.0, due=JUNE))
    assert [problem.field for problem in moved.blockers] == [Field.DUE]
    assert moved.blockers[0].what == "a target for 2020-06-30 came with an import that was undone, and keeps its day"
