"""Acts on themes: the row, its history, and the themes as they were before."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.domain.vocabulary import Basis
from planner.intake.comparing.decided.same_themes import SAME_THEMES
from planner.intake.comparing.reading.plan_rows import PlanRows
from planner.intake.comparing.reading.referred import read_themes
from planner.integrity.verifying import verify
from planner.queries.history.plan_acts import ActKind, ActOn, read_acts_on_plan
from planner.register.plan_view import PlanView
from planner.store.database import Database
from planner.store.event_actions import IMPORT
from planner.store.journal import writing
from planner.store.models import ImportBatch, Measure, PlanChange, Theme, TitleName
from planner.writes.plan_changes.items import NewItem, add_item, move_item
from planner.writes.plan_changes.themes import add_theme, merge_theme, move_theme, remove_theme, rename_theme
from tests.factories import ACTOR, noon, reading_of
from tests.integrity.conftest import no_step
from tests.queries.reads import item_at
from tests.writes.plan_changes.acts import MAY, WHY, act
from tests.writes.refusals import refused

BEFORE = MAY - timedelta(days=1)


def plan_on(database: Database, day: date) -> PlanView:
    with database.reading() as session:
        return reading_of(session, MAY).at(day).with_known_plan().plan


def titles(database: Database, day: date) -> list[str]:
    return [theme.title for theme in plan_on(database, day).themes]


def test_an_added_theme_is_in_the_plan_from_its_day_on(register: Database) -> None:
    before = titles(register, BEFORE)
    added = act(register, add_theme, "Ferries", WHY, label="3.1", inside="2")
    assert (added.kind, added.number, added.title) == ("added", len(before) + 1, "Ferries")
    assert (titles(register, BEFORE), titles(register, MAY)) == (before, [*before, "Ferries"])
    theme = plan_on(register, MAY).themes[-1]
    assert (theme.label, theme.depth, theme.basis) == ("3.1", 1, "registered")
    act(register, move_item, "T-001", WHY, theme="Ferries")
    assert (item_at(register, "T-001", BEFORE).theme, item_at(register, "T-001", MAY).theme) == (1, theme.number)
    with register.reading() as session:
        assert verify(session, no_step).problems == ()


def test_a_renamed_theme_has_its_earlier_title_on_earlier_days_and_as_known_before(register: Database) -> None:
    before = titles(register, BEFORE)
    done = act(register, rename_theme, "1", WHY, title="Quays of the town", label="I")
    assert done.changes == {"title": (before[0], "Quays of the town"), "label": (None, "I")}
    assert titles(register, BEFORE) == before
    assert titles(register, MAY)[0] == "Quays of the town"
    assert item_at(register, "T-001", BEFORE).theme_title == before[0]
    assert item_at(register, "T-001", MAY).theme_title == "Quays of the town"
    with register.reading() as session:
        known = reading_of(session, MAY).at(MAY, noon(BEFORE)).with_known_plan()
        assert [theme.title for theme in known.plan.themes] == before
        (fact, other) = session.execute(select(PlanChange)).scalars()
        assert (fact.old_value, fact.new_value, other.field) == (before[0], "Quays of the town", "label")


def test_a_theme_moves_into_another_and_out_again(sqlite_register: Database) -> None:
    act(sqlite_register, move_theme, "2", WHY, inside="1")
    assert [theme.depth for theme in plan_on(sqlite_register, MAY).themes][:2] == [0, 1]
    assert [theme.depth for theme in plan_on(sqlite_register, BEFORE).themes][:2] == [0, 0]
    with refused(sqlite_register, NotAllowedError, "would become a part of itself", "inside"):
        act(sqlite_register, move_theme, "1", WHY, inside="2")
    act(sqlite_register, move_theme, "2", WHY, inside=None)
    assert plan_on(sqlite_register, MAY).themes[1].parent is None


def test_a_merged_theme_gives_the_other_one_all_that_is_in_it(register: Database) -> None:
    act(register, add_theme, "Small quays", WHY, inside="1", day=BEFORE)
    was, into = titles(register, BEFORE)[:2]
    done = act(register, merge_theme, "1", "2", WHY)
    assert (done.number, done.into, done.themes, "T-001" in done.items) == (1, 2, (3,), True)
    assert done.sentence() == (
        f"Recorded: theme 1, {was}, is merged into 2, {into}, from {MAY} on, with {len(done.items)} items."
    )
    assert (titles(register, BEFORE), titles(register, MAY)) == ([was, into, "Small quays"], [into, "Small quays"])
    parents = [[theme.parent for theme in plan_on(register, day).themes][-1] for day in (BEFORE, MAY)]
    assert parents == [plan_on(register, BEFORE).themes[0].id, plan_on(register, BEFORE).themes[1].id]
    before, after = item_at(register, "T-001", BEFORE), item_at(register, "T-001", MAY)
    assert ((before.theme, after.theme), before.measure) == ((1, 2), after.measure)
    assert before.measure is not None
    with register.reading() as session:
        told = read_acts_on_plan(reading_of(session, MAY), BEFORE, (noon(BEFORE), noon(MAY)))
        merged = next(one for one in told if one.kind is ActKind.MERGED)
        assert (merged.on, merged.key, merged.name, merged.now) == (ActOn.THEME, "1", was, into)
        measures = [reading_of(session, MAY).at(day).known_rows(Measure) for day in (BEFORE, MAY)]
        themes = [{row.code: row.theme_id for row in rows}[before.measure] for rows in measures]
        assert themes == parents
        # Files that were written before still name it.
        stored = read_themes(PlanRows(reading_of(session, MAY).with_known_plan()))
        assert was in next(theme for theme in stored if theme.number == 2).known_by
        assert verify(session, no_step).problems == ()


def test_a_theme_is_known_by_all_titles_of_those_that_were_merged_into_it(sqlite_register: Database) -> None:
    first, second = titles(sqlite_register, BEFORE)
    act(sqlite_register, rename_theme, "1", WHY, title="Health research")
    with sqlite_register.writing() as session, writing(session, ACTOR, noon(MAY)) as journal:
        theme = session.execute(select(Theme).where(Theme.number == 1)).scalar_one()
        journal.add(
            TitleName(theme_id=theme.id, language="ko", name="건강 연구", basis=Basis.REGISTERED),
            action="test",
            label="1",
        )
        batch = ImportBatch(plan_id=theme.plan_id, files=[], counts={}, mapping={SAME_THEMES: {"1": ["Healthy"]}})
        journal.add(batch, action=IMPORT, label="plan.csv")
    act(sqlite_register, add_theme, "Ferries", WHY)
    act(sqlite_register, merge_theme, "1", "2", WHY)
    act(sqlite_register, merge_theme, "2", "3", WHY)
    with sqlite_register.reading() as session:
        (left,) = read_themes(PlanRows(reading_of(session, MAY).with_known_plan()))
    assert left.titles == ("Ferries",)
    assert set(left.known_by) >= {first, second, "Health research", "건강 연구", "Healthy"}


def test_a_theme_is_not_merged_into_itself_or_into_a_part_of_itself(sqlite_register: Database) -> None:
    act(sqlite_register, add_theme, "Ferries", WHY, inside="1")
    act(sqlite_register, add_theme, "Ferries", WHY, inside="2")
    with refused(sqlite_register, BadValueError, "cannot be merged into itself", "into"):
        act(sqlite_register, merge_theme, "1", "1", WHY)
    with refused(sqlite_register, NotAllowedError, "would become a part of itself", "into"):
        act(sqlite_register, merge_theme, "1", "3", WHY)
    # Themes with one title do not come into one theme, in a merger and in a move.
    same = "theme 3 and theme 4 are both called Ferries"
    with refused(sqlite_register, NotAllowedError, same, "theme"):
        act(sqlite_register, merge_theme, "1", "2", WHY)
    with refused(sqlite_register, NotAllowedError, same, "theme"):
        act(sqlite_register, move_theme, "3", WHY, inside="2")
    act(sqlite_register, move_item, "T-001", WHY, theme="2", measure="M2.01")
    with refused(sqlite_register, NotAllowedError, f"was not empty until {MAY}: T-001 was in it", "as_of"):
        act(sqlite_register, merge_theme, "1", "2", WHY, day=BEFORE, at=noon(MAY))


def test_whoever_names_a_theme_that_is_gone_learns_what_became_of_it(sqlite_register: Database) -> None:
    act(sqlite_register, add_theme, "Ferries", WHY)
    act(sqlite_register, add_theme, "Boats", WHY)
    act(sqlite_register, merge_theme, "1", "2", WHY)
    act(sqlite_register, merge_theme, "2", "Ferries", WHY)
    act(sqlite_register, remove_theme, "Boats", WHY)
    with pytest.raises(NotAllowedError, match=f"theme 1 was merged into theme 2 as of {MAY}") as caught:
        act(sqlite_register, move_item, "T-001", WHY, theme="1")
    assert caught.value.do == "Name theme 3 or another one"
    with refused(sqlite_register, NotAllowedError, f"theme 4 was removed as of {MAY}", "inside"):
        act(sqlite_register, add_theme, "Quays", WHY, inside="boats")


def test_only_an_empty_theme_is_removed_and_its_number_is_not_given_again(sqlite_register: Database) -> None:
    with refused(sqlite_register, NotAllowedError, "theme 1 is not empty: T-001", "THEME"):
        act(sqlite_register, remove_theme, "1", WHY)
    number = act(sqlite_register, add_theme, "Ferries", WHY, day=BEFORE).number
    assert act(sqlite_register, remove_theme, "Ferries", WHY).kind == "removed"
    assert ("Ferries" in titles(sqlite_register, BEFORE), "Ferries" in titles(sqlite_register, MAY)) == (True, False)
    assert act(sqlite_register, add_theme, "Ferries", WHY).number == number + 1


def test_a_theme_is_not_removed_as_of_a_day_on_which_something_was_in_it(sqlite_register: Database) -> None:
    start, end = MAY - timedelta(days=20), MAY - timedelta(days=5)
    act(sqlite_register, add_theme, "Ferries", WHY, day=start)
    act(sqlite_register, add_theme, "Small ferries", WHY, inside="Ferries", day=start)
    act(sqlite_register, move_item, "T-001", WHY, theme="Small ferries", day=start)
    act(sqlite_register, move_item, "T-001", WHY, theme="1", day=end)
    between, at = end - timedelta(days=1), noon(MAY)
    for day in (start, between):
        with refused(sqlite_register, NotAllowedError, f"was not empty until {end}: T-001 was in it", "as_of"):
            act(sqlite_register, remove_theme, "Small ferries", WHY, day=day, at=at)
    act(sqlite_register, remove_theme, "Small ferries", WHY, day=end, at=at)
    with refused(sqlite_register, NotAllowedError, f"was not empty until {end}: Small ferries was in it", "as_of"):
        act(sqlite_register, remove_theme, "Ferries", WHY, day=between, at=at)
    assert "Ferries" in titles(sqlite_register, between)
    act(sqlite_register, remove_theme, "Ferries", WHY, day=end, at=at)


def test_a_theme_is_not_removed_as_of_a_day_on_which_another_theme_was_in_it(sqlite_register: Database) -> None:
    act(sqlite_register, add_theme, "Ferries", WHY, day=BEFORE)
    act(sqlite_register, move_theme, "1", WHY, inside="Ferries", day=BEFORE)
    act(sqlite_register, move_theme, "1", WHY, inside=None)
    with refused(sqlite_register, NotAllowedError, f"was not empty until {MAY}", "as_of"):
        act(sqlite_register, remove_theme, "Ferries", WHY, day=BEFORE, at=noon(MAY))


def test_a_theme_is_not_used_as_of_a_day_before_it_was_added(sqlite_register: Database) -> None:
    act(sqlite_register, add_theme, "Ferries", WHY)
    told = "was added to the plan as of 2020-05-11"
    new = NewItem("N-1", "Paint the ferry", "Ferries", "town-archive", MAY + timedelta(days=99), "task")
    with refused(sqlite_register, NotAllowedError, told, "as_of"):
        act(sqlite_register, add_item, new, WHY, day=BEFORE, at=noon(MAY))
    with refused(sqlite_register, NotAllowedError, told, "as_of"):
        act(sqlite_register, move_item, "T-001", WHY, theme="Ferries", day=BEFORE, at=noon(MAY))
    with refused(sqlite_register, NotAllowedError, told, "as_of"):
        act(sqlite_register, move_theme, "2", WHY, inside="Ferries", day=BEFORE, at=noon(MAY))
    with refused(sqlite_register, NotAllowedError, told, "as_of"):
        act(sqlite_register, remove_theme, "Ferries", WHY, day=BEFORE, at=noon(MAY))


def test_what_cannot_be_is_refused(sqlite_register: Database) -> None:
    first = titles(sqlite_register, MAY)[0]
    with refused(sqlite_register, BadValueError, "text is required", "title"):
        act(sqlite_register, add_theme, " ", WHY)
    with refused(sqlite_register, NotAllowedError, "theme 1 has this title", "title"):
        act(sqlite_register, add_theme, first, WHY)
    with refused(sqlite_register, UnknownNameError, "no theme is called 'bakers'", "inside"):
        act(sqlite_register, add_theme, "Ferries", WHY, inside="bakers")
    with refused(sqlite_register, BadValueError, "it is already as you say", "1"):
        act(sqlite_register, rename_theme, "1", WHY, title=first)
    act(sqlite_register, rename_theme, "1", WHY, title="Later", day=MAY)
    with refused(sqlite_register, NotAllowedError, "was changed as of 2020-05-11 already", "as_of"):
        act(sqlite_register, rename_theme, "1", WHY, title="Earlier", day=BEFORE, at=noon(MAY))
