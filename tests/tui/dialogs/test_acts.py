"""The acts that change the plan, in the app: each is one form, and its write is that of the command."""

from datetime import date
from pathlib import Path

import pytest

from planner.base.errors import DatabaseUnusableError
from planner.domain.vocabulary import Phase
from planner.store.database import Database
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.plans.closing import close_plan
from tests.answers import ask
from tests.factories import ACTOR, AT, AUDITOR, COLLEAGUE, OFFICER, ended, noon, report, writing_by
from tests.hostile import forged_lines, unseen, write_everywhere
from tests.tui.data.act_cases import CASES, ITEM, WHY, found, position, prepare
from tests.tui.desk import NARROW, TODAY, WIDE, Desk, desk, door_to
from tests.tui.forms import paste
from tests.tui.test_screens import beyond_the_edges
from tui.data.acts.table import ACTS
from tui.data.door import Door
from tui.widgets.table import Table

LOW = (60, 15)
# The acts whose forms have each kind of field, begin empty and with what the register has, ask for a confirmation, and
# are about an item, the plan or nobody. Every act is opened in its form below.
IN_ITS_FORM = (
    "item.add",
    "item.edit",
    "item.split",
    "item.cancel",
    "organisation.merge",
    "people.add",
    "plan.carry_over",
)


async def begin(seat: Desk, name: str, code: str | None = None) -> None:
    """Open the form of an act."""
    act = next(act for act in ACTS if act.name == name)
    seat.app.acts.begin(act, code)
    await seat.until(lambda: seat.app.screen.query_one("#act-fields"))
    await seat.settle()


async def fill(seat: Desk, **texts: str) -> None:
    """Type texts into fields by name, in place of what is in them."""
    for name, typed in texts.items():
        field = seat.app.screen.query_one(f"#{name}")
        field.focus()
        await seat.pilot.pause()
        field.entered = ""  # type: ignore[attr-defined]  # each is a field of a form
        await paste(seat, typed)


@pytest.fixture
def hostile_door(told: Database) -> Door:
    """The way to the small plan with hostile text in all of it."""
    for code in ("P-001", "T-001"):
        report(told, code, as_of=TODAY, help_needed="a tent")
        ask(told, date(2021, 1, 29), code=code, on=TODAY, actor=COLLEAGUE)
    write_everywhere(Path(str(told.url.database)))
    return door_to(told.url)


def end(database: Database, code: str) -> None:
    """Report an item as completed, and have somebody else confirm it."""
    ended(database, code, Phase.COMPLETED, as_of=TODAY, percent=100, evidence="A list.")


# docs/decisions/0131: one form shows every act. tests/tui/data/test_acts.py records each of them without it.
@pytest.mark.first_cases(3)
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case.name, marks=() if case.name in IN_ITS_FORM else pytest.mark.more) for case in CASES],
)
async def test_an_act_is_recorded_shown_and_logged(told, case):
    door = prepare(told, case)
    before = position(told)
    async with desk(door, NARROW) as seat:
        await begin(seat, case.name, case.code)
        await fill(seat, **case.texts)
        assert position(told) == before
        await seat.press("ctrl+s")
        if case.confirmed:
            await seat.until(lambda: case.confirmed in seat.words)
            assert position(told) == before
            await seat.press("enter")
        await seat.until(lambda: case.said in seat.notices)
        assert found(told, case.statement) == case.rows
        assert position(told) > before
        assert seat.app.trouble is None


async def test_an_added_item_is_on_the_screens_and_in_the_log(told):
    async with desk(door_to(told.url), NARROW) as seat:
        await seat.press("i", "C")
        await seat.type("add item")
        await seat.press("enter")
        await fill(seat, **CASES[0].texts)
        await seat.press("ctrl+s")
        await seat.until(lambda: len(seat.table.rows) == 6)
        await seat.dismiss_notices()
        assert "물때표 쓰기" in seat.line("T-050")
        await seat.press("e")
        assert "add-item" in seat.line("T-050 added")


async def test_the_item_screen_shows_what_was_changed_on_its_item(told):
    async with desk(door_to(told.url), NARROW) as seat:
        await seat.press("i", "enter", "C")
        await seat.type("edit item")
        await seat.press("enter")
        await fill(seat, title="Mend all quays", **WHY)
        await seat.press("ctrl+s")
        await seat.until(lambda: "T-001 is changed" in seat.notices)
        await seat.dismiss_notices()
        await seat.press(*["right"] * 5)
        assert "title: “Mend the quays” → “Mend all quays”" in seat.words
        assert WHY["reason"].rstrip(".") in seat.words
        assert any(line.strip() == "Mend all quays" for line in seat.lines)


async def test_a_field_is_checked_when_it_is_left_and_its_error_goes_when_it_is_corrected(told):
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "item.add")
        await seat.type("t-001")
        await seat.press("tab")
        assert "! The code T-001 is already used in this plan." in seat.words
        await seat.press("tab")
        await seat.type("nowhere")
        await seat.press("tab")
        assert "! Nothing in the list has 'nowhere'." in seat.words
        await seat.press("tab")
        await seat.type("someday")
        await seat.press("tab")
        assert "! 'someday' is not a date." in seat.words
        await fill(seat, code="T-051", theme="rooms", due="Q4")
        await seat.press("tab")
        # The overview behind the form has signs of its own.
        errors = ("is already used", "Nothing in the list", "is not a date")
        assert [error for error in errors if error in seat.words] == []
        assert "2 Rooms and charts" in seat.words
        assert "Thu 2020-12-31" in seat.words


async def test_a_deadline_is_shown_as_the_day_of_the_act_means_it(told):
    async with desk(door_to(told.url), WIDE) as seat:
        await begin(seat, "item.add")
        await fill(seat, starts="1 February", due="1 April")
        assert "Sat 2020-02-01" in seat.text
        assert "Wed 2020-04-01" in seat.text


async def test_nothing_is_written_while_a_field_is_wrong_and_the_first_one_gets_the_focus(told):
    before = position(told)
    async with desk(door_to(told.url), LOW) as seat:
        await begin(seat, "item.add")
        await fill(seat, code="T-051", weight="heavy")
        await seat.press("ctrl+s")
        assert "! 6 fields need another text." in seat.text
        assert seat.focus == "title"
        assert "! This field must not be empty." in seat.text
        assert position(told) == before


async def test_a_value_is_chosen_from_a_list_by_words_in_any_script(told):
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "item.merge", "T-001")
        await seat.press("enter")
        assert "T-001" not in seat.line("Train the lighthouse keepers")
        await seat.type("港口")
        assert "Train the lighthouse keepers" not in seat.text
        await seat.press("enter")
        assert "P-002" in seat.line("Merged into")
        assert seat.focus == "ending_reason"


async def test_the_measures_of_the_chosen_theme_are_listed(told):
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "item.move", "T-001")
        await fill(seat, theme="2", measure="")
        await seat.press("enter")
        assert "M2.01" in seat.text
        assert "M1.01" not in seat.text


async def test_what_somebody_else_changed_is_shown_and_what_was_typed_stays(told):
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "item.edit", "T-001")
        await fill(seat, weight="3", **WHY)
        with told.writing() as session:
            edit_item(writing_by(session, COLLEAGUE, noon(TODAY)), "T-001", ItemEdit(title="Mend more"), "More.")
        before = position(told)
        await seat.press("ctrl+s")
        assert "Somebody changed this while the form was open. It is now: Title: Mend more." in _unframed(seat)
        assert position(told) == before
        assert "Mend more" in seat.line("Title  ")
        await seat.press("ctrl+s")
        await seat.until(lambda: "weight: 1 → 3" in seat.notices)
        assert found(told, ITEM)[0][:3] == ("Mend more", "task", 3.0)


async def test_a_list_that_has_changed_is_confirmed_again(told):
    case = next(case for case in CASES if case.name == "organisation.merge")
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, case.name)
        await fill(seat, **case.texts)
        await seat.press("ctrl+s")
        assert "Ask the schools for old charts" in seat.text
        end(told, "T-003")
        before = position(told)
        await seat.press("enter")
        assert "Somebody changed this meanwhile." in seat.notices
        assert position(told) == before
        assert "Ask the schools for old charts" not in _unframed(seat)
        assert "new lead: " in _unframed(seat)
        await seat.press("escape")
        assert case.texts["organisation"] in seat.line("Organisation  ")
        assert position(told) == before


async def test_an_organisation_does_not_support_the_items_that_it_leads(told):
    async with desk(door_to(told.url), LOW) as seat:
        await begin(seat, "organisation.merge")
        await fill(seat, organisation="archive", into="harbour-office", **WHY)
        await seat.press("ctrl+s")
        assert "harbour-office supports 0 items in its place." in _unframed(seat)
        assert "no longer supported" in seat.line("Mend the quays")
        await seat.press("j", "enter")
        await seat.until(lambda: "is merged" in seat.notices)
    assert found(told, "SELECT count(*) FROM responsibility WHERE NOT taken_out") == [(0,)]


async def test_an_error_of_the_register_keeps_what_was_typed(told, monkeypatch):
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "item.edit", "T-001")
        await fill(seat, title="Mend all quays", **WHY)

        def lost(*_):
            raise DatabaseUnusableError("the connection is lost", do="Try again")

        with monkeypatch.context() as cut:
            cut.setattr(Door, "writing", lost)
            await seat.press("ctrl+s")
            assert "! The connection is lost." in seat.text
        assert "Mend all quays" in seat.text
        await seat.press("ctrl+s")
        await seat.until(lambda: "T-001 is changed" in seat.notices)


async def test_an_error_of_the_core_is_shown_at_its_field(told):
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "organisation.rename")
        await fill(seat, organisation="archive", name="Harbour Office", **WHY)
        await seat.press("ctrl+s")
        assert "is already called 'Harbour Office'" in _unframed(seat)
        assert seat.focus == "name"


async def test_typed_text_is_dropped_only_after_a_warning(told):
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "item.edit", "T-001")
        await seat.press("escape")
        assert not seat.app.screen.query("#act-fields")
        await begin(seat, "item.edit", "T-001")
        await fill(seat, **WHY)
        await seat.press("escape")
        assert "What you entered is not saved." in seat.text
        await seat.type("!")
        await seat.press("escape")
        assert "council" in seat.text
        await seat.press("escape")
        assert not seat.app.screen.query("#act-fields")


async def test_an_inconsistency_is_confirmed_by_saving_again(told):
    report(told, "P-002", as_of=TODAY, phase=Phase.MERGED, ending_reason="One room.", merged_into="T-003")
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "item.cancel", "T-003")
        await fill(seat, ending_reason="No charts.")
        await seat.press("ctrl+s")
        assert "? " in seat.text
        assert "Press ctrl+s again to save anyway." in _unframed(seat)
        await seat.press("ctrl+s")
        await seat.until(lambda: "T-003 is reported as cancelled" in seat.notices)


@pytest.mark.parametrize(
    ("actor", "offered", "missing"),
    [
        (ACTOR, ("Edit item T-001…", "Close plan…"), ("Reopen plan…", "Carry over")),
        (COLLEAGUE, ("Edit item T-001…", "Dissolve organisation…"), ("Close plan…",)),
    ],
)
async def test_the_palette_offers_the_acts_that_a_person_may_make(told, actor, offered, missing):
    async with desk(door_to(told.url, login=actor.name), NARROW) as seat:
        await seat.press("i", "ctrl+p")
        for words in offered:
            await seat.press("ctrl+u")
            await seat.type(words)
            assert words in seat.text
        for words in missing:
            await seat.press("ctrl+u")
            await seat.type(words)
            assert "Nothing matches." in seat.text


async def test_the_bottom_line_of_the_items_offers_the_acts_to_those_who_may_make_them(told):
    async with desk(door_to(told.url), NARROW) as seat:
        assert "C Change" not in seat.foot
        await seat.press("i")
        assert "C Change" in seat.foot
        await seat.press("enter")
        assert "C Change" in seat.foot
    async with desk(door_to(told.url, login=OFFICER.name), NARROW) as seat:
        await seat.press("i")
        assert "C Change" not in seat.foot


async def test_the_form_of_an_item_begins_with_its_accountable_person_source_and_note(told):
    edit = ItemEdit(accountable="brook", source="Minutes", note="First.")
    with told.writing() as session:
        edit_item(writing_by(session, ACTOR, noon(TODAY)), "T-002", edit, "Agreed.")
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "item.edit", "T-002")
        fields = {name: seat.app.screen.query_one(f"#{name}") for name in ("accountable", "source", "note")}
        shown = [field.entered for field in fields.values()]  # type: ignore[attr-defined]  # each is a field of a form
        assert shown[0] == "brook Brook"
        assert shown[1:] == ["Minutes", "First."]


async def test_an_officer_asks_for_a_later_date_and_is_offered_no_other_act(told):
    async with desk(door_to(told.url, login=OFFICER.name), NARROW) as seat:
        await seat.press("i", "C")
        [offered] = seat.app.screen.query_one("#picks", Table).rows
        assert offered.label.startswith("Ask for later date")


async def test_an_auditor_is_offered_only_an_assessment_and_records_it(told):
    async with desk(door_to(told.url, login=AUDITOR.name), NARROW) as seat:
        await seat.press("i", "C")
        [offered] = seat.app.screen.query_one("#picks", Table).rows
        assert offered.label.startswith("Assess item")
        await seat.press("enter")
        await fill(seat, rating="red", reason="The [quay] is bare.")
        await seat.press("ctrl+s")
        assert found(told, "SELECT rating, actor FROM assessment") == [("red", "egil")]
        await seat.press("escape", "ctrl+p")
        await seat.type("edit item")
        assert "Nothing matches." in seat.text


async def test_a_closed_plan_can_only_be_reopened(told):
    with told.writing() as session:
        close_plan(writing_by(session, ACTOR, AT), "The year is over.")
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "organisation.add")
        await seat.press("escape", "i", "C")
        assert "The plan is closed since 2020-" in seat.text
        titles = {pick.label for pick in seat.app.screen.query_one("#picks", Table).rows}
        assert "Reopen plan…" in titles
        assert {title.split()[-1] for title in titles} == {"plan…", "organisation…", "person…", "left…", "back…"}
        await seat.press("escape")
        await seat.press("r")
        assert "so it can only be read" in seat.refusal
        await seat.press("escape")
        await begin(seat, "organisation.add")
        await seat.press("escape", "C")
        await seat.type("reopen")
        await seat.press("enter")
        await fill(seat, **WHY)
        await seat.press("ctrl+s")
        await seat.until(lambda: "Opened harbour-2020 again." in seat.notices)
        assert "(closed)" not in seat.lines[0]


async def test_on_a_past_day_nothing_is_changed(told):
    door = door_to(told.url)
    async with desk(door, NARROW) as seat:
        await seat.press("d")
        await seat.type("2020-05-01")
        await seat.press("enter", "i", "C")
        assert "you can only write as of today" in seat.refusal
        assert "Change the plan" not in seat.text


@pytest.mark.more
@pytest.mark.parametrize("size", [LOW, WIDE], ids=["low", "wide"])
async def test_every_form_fits_and_shows_no_text_that_acts_on_the_terminal(hostile_door, size):
    async with desk(hostile_door, size) as seat:
        code = seat.app.standing.items[0].code if seat.app.standing else ""
        for act in ACTS:
            await begin(seat, act.name, code)
            await seat.press("enter")
            assert (act.name, unseen(seat.text)) == (act.name, [])
            assert (act.name, forged_lines(seat.text)) == (act.name, [])
            assert (act.name, beyond_the_edges(seat)) == (act.name, [])
            while len(seat.app.screen_stack) > 1:
                await seat.press("escape")


def _unframed(seat: Desk) -> str:
    """The text in windows as running text, without their frames and the screen behind."""
    within = (line.split("│")[1] for line in seat.lines if line.count("│") > 1)
    return " ".join(" ".join(within).split())
