"""The preview of an import: what is new, changed, in conflict, unchanged and missing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from planner.domain.codes import code_key
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Basis, Phase
from planner.intake.comparing.compare import Choices, compare
from planner.intake.comparing.matching import Decisions
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.stored import (
    BY_OFFICERS,
    Position,
    StoredIndicator,
    StoredItem,
    StoredMilestone,
    StoredOrganisation,
    StoredPerson,
    StoredPlan,
    StoredRegister,
    StoredStatus,
    StoredTarget,
    StoredTheme,
)
from planner.intake.preview_text import preview_lines
from planner.intake.proposed import Field, ProposedItem, ProposedRegister, Severity
from planner.intake.sheets import Place
from planner.queries.people.ended import Ended
from tests.effort import EFFORT
from tests.intake.files.makers import read
from tests.intake.layout.written import proposed, sheet_of
from tests.intake.proposals import given, item, part, register

DAY = date(2027, 5, 3)
SHEET = Place("plan.csv")
PLAN = StoredPlan(1, "hills-2027", date(2027, 1, 1), date(2027, 12, 31), "office", {"items": 2})


def stored_item(item_id: int, code: str, title: str, **values: Any) -> StoredItem:
    """An item of the register whose facts are working, unless others are given."""
    usual: dict[str, Any] = {
        "kind": "task",
        "theme": 1,
        "measure": None,
        "lead": "office",
        "supporting": (),
        "accountable": None,
        "start": PLAN.starts,
        "due": PLAN.ends,
        "weight": 1.0,
        "measured_by": "reports",
        "source": None,
        "note": None,
        "baseline_due": PLAN.ends,
        "agreed_due": False,
        "bases": (Basis.WORKING,) * 6,
    }
    return StoredItem(id=item_id, code=code, code_key=code_key(code), title=title, **{**usual, **values})


def stored(*items: StoredItem, **more: Any) -> StoredRegister:
    """A register with a few organisations, a theme, a kind and a person."""
    usual: dict[str, Any] = {
        "organisations": [
            StoredOrganisation("office", ("Hills Office", "Office", "丘陵办公室"), False),
            StoredOrganisation("roads", ("Roads Department", "Roads"), False),
        ],
        "themes": [StoredTheme(1, ("Roads", "道路"), None, "1"), StoredTheme(2, ("Schools",), None, "2")],
        "kinds": {"task": "Task"},
        "people": [StoredPerson("li", "Li Hua", True, None, "officer")],
        "measures": {"M1": 1},
    }
    return StoredRegister(PLAN, Position(7, "aa"), list(items), **{**usual, **more})


QUAY = stored_item(1, "T-001", "Mend the old quay")
MERGED = Ended("merged", date(2027, 2, 1), "roads", "Roads Department", "roads")
MERGED_THEN_DISSOLVED = Ended("merged", date(2027, 2, 1), "lamps", "Lamp Board", None)
DISSOLVED = Ended("dissolved", date(2027, 2, 1), None, None)
SIGNS = stored_item(2, "T-002", "Put up signs")


def preview(proposed: ProposedRegister, register: StoredRegister, **choices: Any) -> Preview:
    return compare(proposed, register, Choices(as_of=DAY, **choices))


def words(preview: Preview) -> list[tuple[Severity, str]]:
    return [(problem.severity, problem.what) for problem in preview.problems]


def changes(preview: Preview) -> dict[str, dict[Field, tuple[Any, Any]]]:
    return {item.code: {one.field: (one.old, one.new) for one in item.changes} for item in preview.changed}


class TestItems:
    def test_item_of_an_unknown_code_is_new_and_says_what_is_assumed(self):
        found = preview(register(item(3, code="R-9", title="Paint the bridge", lead="Roads")), stored(QUAY))

        (new,) = found.new
        assert (new.code, new.title, new.facts[Field.LEAD]) == ("R-9", "Paint the bridge", "roads")
        assert {Field.DUE, Field.START, Field.THEME, Field.KIND} <= set(new.assumed)
        assert {Field.CODE, Field.TITLE, Field.LEAD}.isdisjoint(new.assumed)
        assert new.facts[Field.DUE] == PLAN.ends
        assert [missing.code for missing in found.missing] == ["T-001"]

    @pytest.mark.parametrize("code", ["T-001", "t1", "Ｔ－１"])
    def test_item_is_found_by_its_code_however_it_is_written(self, code):
        found = preview(register(item(1, title="Mend the old quay", code=code)), stored(QUAY))

        assert (found.new, found.missing) == ((), ())

    def test_changes_are_told_field_by_field(self):
        row = item(1, code="T-001", title="Mend both quays", lead="ROADS", due=date(2027, 6, 30), theme=("道路",))

        found = preview(register(row), stored(QUAY))

        assert changes(found)["T-001"] == {
            Field.TITLE: ("Mend the old quay", "Mend both quays"),
            Field.LEAD: ("office", "roads"),
            Field.DUE: (PLAN.ends, date(2027, 6, 30)),
        }
        assert found.shown(Field.LEAD, "roads") == "Roads Department"
        # The theme is the same, and becomes the office's.
        assert found.changed[0].confirmed == (Field.THEME,)

    def test_repeating_what_the_office_entered_changes_nothing(self):
        mine = replace_basis(QUAY, Basis.REGISTERED)

        found = preview(register(item(1, code="T-001", title=mine.title, lead="Office")), stored(mine))

        assert not found.anything
        assert [same.code for same in found.unchanged] == ["T-001"]

    @pytest.mark.parametrize(
        ("before", "column", "confirmed"),
        [
            ("working", "working", False),
            ("working", "registered", True),
            ("registered", "registered", False),
            ("registered", None, True),
        ],
    )
    def test_working_values_stay_working_if_the_file_repeats_their_basis(self, before, column, confirmed):
        working = Basis.WORKING.value
        mine = replace(QUAY, bases=(before, working, working, working, working, working))
        more = {} if column is None else {"basis": column}

        found = preview(register(item(1, code="T-001", title=QUAY.title, lead="Office", **more)), stored(mine))

        assert found.anything == confirmed

    def test_what_a_file_does_not_have_is_not_touched_and_an_empty_cell_removes_only_what_may_be_missing(self):
        mine = stored_item(1, "T-001", "Mend the old quay", note="In spring", supporting=("roads",), accountable="li")

        found = preview(register(item(1, code="T-001", note=None, lead=None, title=None)), stored(mine))

        assert changes(found)["T-001"] == {Field.NOTE: ("In spring", None)}

    def test_supporting_organisations_are_compared_without_their_order(self):
        mine = stored_item(1, "T-001", "Mend", supporting=("roads", "office"), lead="x", bases=(Basis.REGISTERED,) * 6)
        row = item(1, code="T-001", supporting=("Office", "Roads Department"))

        assert not preview(register(row), stored(mine)).anything

    def test_conflict_keeps_what_a_person_entered_unless_the_file_is_taken(self):
        row = register(item(4, code="T-001", title="Mend both quays", due=date(2027, 6, 30)))
        mine = stored(QUAY, entered={1: {Field.TITLE: 5}})

        kept, taken = preview(row, mine), preview(row, mine, take_file=True)

        ((item_, conflict),) = kept.conflicts
        assert (conflict.change.new, conflict.taken) == ("Mend both quays", False)
        assert [change.field for change in item_.written] == [Field.DUE]
        answered = preview(row, mine, answers={"T-001 title": "file"})
        for one in (taken, answered):
            assert {change.field for change in one.changed[0].written} == {Field.TITLE, Field.DUE}

    def test_items_come_without_their_measures_into_a_plan_without_measures(self):
        rows = (item(1, code="9", title="A", measure="M7"), item(2, code="10", title="B", measure="M8"))
        found = preview(register(*rows), stored(measures={}))
        assert [new.code for new in found.new] == ["9", "10"]
        assert not any(Field.MEASURE in new.facts for new in found.new)
        assert words(found) == [
            (
                Severity.REMARK,
                "2 items name a measure, but this plan has no measures, so they are imported without one",
            )
        ]

    def test_clauses_are_named_only_in_a_plan_with_a_mandate(self):
        file = register(item(1, code="9", title="A", measure="M7"))
        with_mandate = stored(measures={})
        with_mandate.plan = replace(PLAN, has_mandate=True)
        assert [one.do for one in preview(file, stored(measures={})).problems] == [""]
        assert "mandate" in preview(file, with_mandate).problems[0].do

    def test_numbers_are_shown_as_people_type_them(self):
        found = preview(register(item(1, code="T-001", weight="2", title="X")), stored(QUAY))
        shown = [line.strip() for line in preview_lines(found, "Plan", Settings())]
        assert "weight: 1 → 2" in shown

    def test_item_that_leaves_the_theme_of_its_measure_loses_the_measure(self):
        mine = stored_item(1, "T-001", "Mend", measure="M1")

        found = preview(register(item(1, code="T-001", theme=("Schools",))), stored(mine))

        assert changes(found)["T-001"] == {Field.THEME: (1, 2), Field.MEASURE: ("M1", None)}

    def test_items_without_codes_are_found_by_equal_titles_and_new_ones_are_numbered(self):
        rows = [item(1, title="mend the OLD quay"), item(2, title="A new park"), item(3, title="Pond", code="41")]

        found = preview(register(*rows), stored(replace_basis(QUAY, Basis.REGISTERED)))

        assert changes(found) == {"T-001": {Field.TITLE: ("Mend the old quay", "mend the OLD quay")}}
        assert {new.title: new.code for new in found.new} == {"A new park": "nocode-1", "Pond": "41"}

    @pytest.mark.parametrize(
        ("rows", "what"),
        [
            ([item(1, code="9")], "the item has no title"),
            ([item(1, code="9", title="A", due=date(2027, 1, 1), start=date(2027, 2, 1))], "is due on 2027-01-01"),
            ([item(1, code="9", title="A", measure="M7")], "the plan has no measure 'M7'"),
            ([item(1, code="9", title="A", weight=0)], "this is not a weight"),
            ([item(1, code="9", title="A", milestones=[part(1, title="B", weight="inf")])], "this is not a weight"),
            ([item(1, code="9", title="A", milestones=[part(1, title="B", date="soon")])], "this is not a date"),
            ([item(1, code="9", title="A", indicators=[part(1, name="B", target="nan")])], "this is not a number"),
            ([item(1, code="9", title="A", percent="nan")], "this is not a number"),
            ([item(1, code="9", title="A\x00")], "character 2"),
            ([item(1, code="9", title="\u200b\u3164")], "only characters that nobody sees"),
            ([item(1, code="9", title="A", milestones=[part(1, title="\u2800")])], "only characters that nobody sees"),
            ([item(1, code="9", title="A"), item(2, code="９", title="B")], "another item has the code 9"),
            ([item(1, code="t1", title="A"), item(2, code="T-1", title="B")], "and so is plan.csv!1"),
            ([item(1, code="9", title="A", phase="doing")], "this is not a phase"),
            ([item(1, code="9" * 65, title="A")], "65 characters"),
        ],
    )
    def test_what_cannot_be_stored_is_an_error_with_its_place(self, rows, what):
        found = preview(register(*rows), stored(QUAY))

        assert any(what in problem.what and problem.severity is Severity.ERROR for problem in found.problems)
        assert found.blockers


def replace_basis(stored_item: StoredItem, basis: Basis) -> StoredItem:
    return replace(stored_item, bases=(basis,) * 6)


class TestLikeness:
    ROW = item(5, code="KP-7", title="Mend the old quays")

    def test_like_title_is_a_question_and_nothing_is_written_without_an_answer(self):
        found = preview(register(self.ROW), stored(QUAY, SIGNS))

        (problem,) = found.problems
        assert (problem.severity, problem.choices) == (Severity.QUESTION, ("T-001", "new"))
        assert found.blockers

    @pytest.mark.parametrize(
        "choices",
        [
            {"answers": {"plan.csv!A5": "T-001"}},
            {"decisions": Decisions({"kp7": "t-1"})},
            {"decisions": Decisions(likely=True)},
        ],
        ids=["answer", "match", "likely"],
    )
    def test_accepted_match_gives_the_item_the_code_of_the_office(self, choices):
        found = preview(register(self.ROW), stored(QUAY, SIGNS), **choices)

        assert changes(found)["T-001"][Field.CODE] == ("T-001", "KP-7")
        assert (found.new, found.problems) == ((), ())
        assert found.changed[0].matched

    @pytest.mark.parametrize(
        "choices", [{"answers": {"plan.csv!A5": "new"}}, {"decisions": Decisions({"KP-7": "new"})}]
    )
    def test_declined_match_makes_a_new_item(self, choices):
        found = preview(register(self.ROW), stored(QUAY, SIGNS), **choices)

        assert [new.code for new in found.new] == ["KP-7"]
        assert not found.blockers

    def test_items_that_the_office_registered_are_only_proposed_if_their_titles_are_nearly_equal(self):
        mine = replace_basis(QUAY, Basis.REGISTERED)

        unlike = preview(register(item(1, code="9", title="Mend the old bridge")), stored(mine))
        like = preview(register(self.ROW), stored(mine))

        assert not unlike.problems
        assert [problem.choices for problem in like.problems] == [("T-001", "new")]

    def test_two_rows_never_become_one_item(self):
        rows = [item(1, code="8", title="Mend the old quay"), item(2, code="9", title="Mend the old quay")]

        found = preview(register(*rows), stored(QUAY), decisions=Decisions(likely=True))

        assert ([new.code for new in found.new], len(found.changed)) == (["9"], 1)


def numbered(*titles: str, **more: Any) -> ProposedRegister:
    """A file whose rows have running numbers, which serve as their codes."""
    numbers = [given(str(row), row, inferred="the number serves as the code") for row in range(1, len(titles) + 1)]
    rows = enumerate(zip(numbers, titles, strict=True), 1)
    return register(*(item(row, code=one, number=one, title=title, **more) for row, (one, title) in rows))


class TestRunningNumbers:
    KNOWN = (
        stored_item(1, "1", "Mend the old quay", bases=(Basis.REGISTERED,) * 6),
        stored_item(2, "2", "Put up signs", bases=(Basis.REGISTERED,) * 6),
        stored_item(3, "3", "Plant forty trees", bases=(Basis.REGISTERED,) * 6),
    )
    TITLES = tuple(one.title for one in KNOWN)

    def test_inserted_row_is_the_only_new_item_and_no_item_becomes_another(self):
        found = preview(numbered("Open a library", *self.TITLES), stored(*self.KNOWN))

        assert [(new.code, new.title) for new in found.new] == [("nocode-1", "Open a library")]
        assert (found.changed, [one.code for one in found.unchanged]) == ((), ["1", "2", "3"])
        # One remark says it for all items.
        assert {severity for severity, _ in words(found)} == {Severity.REMARK}
        (moved, added) = (what for _, what in words(found))
        assert "3 items have other running numbers" in moved
        assert added == "1 new item has a running number that is the code of another item; its code is nocode-1"

    @settings(max_examples=5 * EFFORT)
    @hypothesis_given(
        titles=st.lists(
            st.sampled_from(["Mend", "Mend all", "수리", "Öffnen", "Mend all signs"]), min_size=1, max_size=6
        ),
        place=st.integers(0, 6),
    )
    def test_row_inserted_anywhere_is_the_only_new_item(self, titles, place):
        known = [stored_item(n, str(n), title, bases=(Basis.REGISTERED,) * 6) for n, title in enumerate(titles, 1)]
        rows = [*titles[:place], "Open a library", *titles[place:]]

        found = preview(numbered(*rows), stored(*known))

        # The last number is free.
        code = "nocode-1" if place < len(titles) else str(len(rows))
        assert [(new.code, new.title) for new in found.new] == [(code, "Open a library")]
        assert (found.changed, found.missing, found.blockers) == ((), (), ())
        assert [one.title for one in found.unchanged] == titles
        again = preview(numbered(*titles), stored(*known))
        assert (again.new, again.changed, again.problems) == ((), (), ())

    def test_numbers_of_a_sheet_are_no_codes_of_its_items(self):
        file = proposed("序号|任务名称\n1|Open a library\n2|Mend the old quay\n3|Put up signs\n4|Plant forty trees")

        found = preview(file, stored(*self.KNOWN))

        assert ([new.code for new in found.new], found.changed) == (["nocode-1"], ())

    @pytest.mark.parametrize(
        "text", ["1. Paint the shed\n2. Mend the old quay", "(1) Paint the shed\n(2) Mend the old quay"]
    )
    def test_numbers_of_a_pasted_list_are_no_codes_of_its_items(self, text, tmp_path):
        (tmp_path / "list.txt").write_text(text)
        file = proposed(*read(tmp_path / "list.txt").sheets)

        found = preview(file, stored(*self.KNOWN))

        # The number of the shed is the code of the quay, which the second row names, so it is new.
        assert ([new.title for new in found.new], found.changed) == (["Paint the shed"], ())
        assert [one.code for one in found.unchanged] == ["1"]

    @pytest.mark.parametrize("code", ["1", "第1项"])
    def test_a_bare_number_with_quite_another_title_is_asked_about(self, code):
        known = stored(replace(self.KNOWN[0], code=code, code_key=code_key(code)), *self.KNOWN[1:])
        file = register(item(1, code=code, title="Open a library"))

        found = preview(file, known)

        (asked,) = found.blockers
        assert asked.choices == (code, "new")
        assert preview(file, known, answers={asked.key: code}).changed[0].matched == "as you said"

    def test_a_bare_number_with_the_title_of_another_item_is_asked_about(self):
        found = preview(register(item(1, code="1", title="Put up signs")), stored(*self.KNOWN))

        assert [one.choices for one in found.blockers] == [("1", "2")]

    def test_same_file_changes_nothing(self):
        found = preview(numbered(*self.TITLES), stored(*self.KNOWN))

        assert (found.new, found.changed, found.problems) == ((), (), ())

    def test_rows_in_another_order_with_one_title_keep_their_order(self):
        twins = [replace(one, title="Hold a meeting") for one in self.KNOWN[:2]]

        found = preview(numbered("Open a library", "Hold a meeting", "Hold a meeting", note="x"), stored(*twins))

        assert [(one.code, one.place.row) for one in found.changed] == [("1", 2), ("2", 3)]
        assert [new.title for new in found.new] == ["Open a library"]

    def test_title_that_was_corrected_is_found_by_its_number(self):
        found = preview(numbered("Mend the old quays", *self.TITLES[1:]), stored(*self.KNOWN))

        assert changes(found) == {"1": {Field.TITLE: ("Mend the old quay", "Mend the old quays")}}
        assert not found.problems

    @pytest.mark.parametrize(
        "choices",
        [{}, {"decisions": Decisions(likely=True)}],
        ids=["nothing", "likely"],
    )
    def test_list_of_another_office_that_begins_at_1_is_asked_about(self, choices):
        found = preview(numbered("Buy two buses", "Train the staff"), stored(*self.KNOWN), **choices)

        assert found.changed == ()
        assert [(one.severity, one.choices, one.key) for one in found.problems] == [
            (Severity.QUESTION, ("1", "new"), "plan.csv!A1"),
            (Severity.QUESTION, ("2", "new"), "plan.csv!A2"),
        ]

    @pytest.mark.parametrize(
        "choices",
        [
            {"answers": {"plan.csv!A1": "new", "plan.csv!A2": "2"}},
            {"decisions": Decisions({"1": "new", "2": "2"})},
        ],
        ids=["answers", "match"],
    )
    def test_answer_gives_a_free_code_or_the_item_of_the_number(self, choices):
        found = preview(numbered("Buy two buses", "Train the staff"), stored(*self.KNOWN), **choices)

        assert [(new.code, new.title) for new in found.new] == [("nocode-1", "Buy two buses")]
        assert changes(found) == {"2": {Field.TITLE: ("Put up signs", "Train the staff")}}
        assert [what for _, what in words(found)] == [
            "1 new item has a running number that is the code of another item; its code is nocode-1"
        ]


class TestReferences:
    def test_unknown_names_become_new_entries_once(self):
        rows = [
            item(1, code="8", title="A", lead="Parks Office", theme=("Green", "Trees"), kind="Project"),
            item(2, code="9", title="B", lead="parks office", theme=("Green", "Trees"), supporting=("Parks Office",)),
        ]

        found = preview(register(*rows), stored())

        assert [(body.key, body.name) for body in found.organisations] == [("parks-office", "Parks Office")]
        assert [(theme.number, theme.title, theme.parent) for theme in found.themes] == [
            (3, "Green", None),
            (4, "Trees", 3),
        ]
        assert [kind.key for kind in found.kinds] == ["project"]
        # The lead does not support itself.
        assert Field.SUPPORTING not in found.new[1].facts

    def test_ambiguous_name_is_asked(self):
        twins = [StoredOrganisation(key, ("Water Office", "Water"), False) for key in ("east", "west")]
        row = register(item(6, code="8", title="A", lead="Water Office"))

        asked = preview(row, stored(organisations=[*stored().organisations, *twins]))
        (problem,) = asked.problems
        assert problem.choices == ("east", "west")
        answered = preview(row, stored(organisations=[*stored().organisations, *twins]), answers={problem.key: "west"})
        assert answered.new[0].facts[Field.LEAD] == "west"

    def test_an_organisation_that_was_merged_is_told_and_replaced_where_the_register_does_not_name_it(self):
        bodies = [
            *stored().organisations,
            StoredOrganisation("tides", ("Tide Board", "Tides"), False, ended=MERGED),
        ]
        past = stored_item(3, "T-003", "Count the boats", lead="tides")
        moved = stored_item(4, "T-004", "Sound the bay", lead="roads", bases=(Basis.REGISTERED,) * 6)
        rows = [
            item(1, code="T-003", lead="Tides"),
            item(2, code="T-004", lead="Tide Board"),
            item(3, code="T-001", lead="Office", supporting=("Tides", "Roads")),
            item(4, code="8", title="A", lead="Roads", supporting=("Tides",)),
        ]
        people = [part(5, name="Wu", organisation="Tides")]

        found = preview(
            register(*rows, people=people),
            stored(QUAY, past, moved, organisations=bodies, entered={4: {Field.LEAD: 5}}),
            may_add_people=True,
        )

        assert not found.blockers
        assert list(found.conflicts) == []
        assert {code: change for code, change in changes(found).items() if change} == {
            "T-001": {Field.SUPPORTING: ((), ("roads",))}
        }
        assert Field.SUPPORTING not in found.new[0].facts
        assert [one.organisation for one in found.people] == ["roads"]
        told = (
            "Tide Board was merged into Roads Department as of 2027-02-01; 4 values that name it get Roads Department"
        )
        assert words(found) == [(Severity.REMARK, told)]

    def test_only_new_mentions_of_organisations_that_have_ended_are_errors(self):
        bodies = [
            *stored().organisations,
            StoredOrganisation("tides", ("Tide Board", "Tides"), False, ended=MERGED_THEN_DISSOLVED),
            StoredOrganisation("lamps", ("Lamp Board", "Lamps"), False, ended=DISSOLVED),
        ]
        past = stored_item(3, "T-003", "Count the boats", lead="tides", supporting=("lamps",))
        rows = [
            item(1, code="T-003", lead="Tides", supporting=("Lamps",)),
            item(2, code="T-001", lead="Tide Board"),
            item(3, code="8", title="A", lead="Roads", supporting=("Lamps", "Office")),
        ]

        found = preview(register(*rows), stored(QUAY, past, organisations=bodies))

        assert [(problem.severity, problem.place.row, problem.what, problem.do) for problem in found.problems] == [
            (
                Severity.ERROR,
                2,
                "Tide Board was merged into Lamp Board as of 2027-02-01",
                "Name another organisation",
            ),
            (Severity.ERROR, 3, "Lamp Board was dissolved as of 2027-02-01", "Name another organisation"),
        ]

    def test_a_former_name_is_known_unless_another_organisation_has_it_now(self):
        bodies = [
            *stored().organisations,
            StoredOrganisation("tides", ("Board of Tides", "Tides"), False, former=("Tide Board", "Roads")),
        ]
        rows = [item(1, code="8", title="A", lead="Tide Board"), item(2, code="9", title="B", lead="Roads")]
        listed = [part(1, name="Tide Board")]

        found = preview(register(*rows, organisations=listed), stored(organisations=bodies))

        assert [one.facts[Field.LEAD] for one in found.new] == ["tides", "roads"]
        assert (found.organisations, found.changed_organisations) == ((), ())

    def test_a_former_title_of_a_theme_is_known_unless_another_theme_has_it_now(self):
        themes = [
            StoredTheme(1, ("Roads",), None, None),
            StoredTheme(2, ("Lessons",), None, None, former=("Schools", "Roads", "Parks")),
            StoredTheme(3, ("Gardens",), None, None, former=("Parks",)),
        ]
        given_titles = ("Schools", "Roads", ("Schools", "Rooms"), "Parks")
        rows = [item(n, code=str(n), title=f"Task {n}", theme=title) for n, title in enumerate(given_titles, 1)]

        found = preview(register(*rows), stored(themes=themes), answers={"plan.csv!C4": "Gardens"})

        assert [one.facts[Field.THEME] for one in found.new] == [2, 1, 4, 3]
        assert [(one.title, one.parent) for one in found.themes] == [("Rooms", 2)]
        (asked,) = preview(register(*rows), stored(themes=themes)).blockers
        assert (asked.what, asked.choices) == ("2 themes were called 'Parks'", ("Lessons", "Gardens", "new"))

    @pytest.mark.parametrize(
        "values",
        [
            {"key": "roads", "name": "Hills Office"},
            {"key": "roads", "name": "Roads Department", "short_name": "office"},
            {"name": "Parks", "short_name": "Roads"},
        ],
    )
    def test_rows_of_organisations_cannot_give_the_name_of_another_one(self, values):
        found = preview(register(organisations=[part(1, **values)]), stored())

        assert [severity for severity, _ in words(found)] == [Severity.ERROR]
        assert (found.organisations, found.changed_organisations) == ((), ())

    @pytest.mark.parametrize("may_add", [True, False])
    def test_unknown_people_are_added_only_by_somebody_who_may(self, may_add):
        row = register(item(1, code="8", title="A", lead="Roads", accountable="Wang Fang"))

        found = preview(row, stored(), may_add_people=may_add)

        assert [(person.login, person.organisation) for person in found.people] == [("wang-fang", "roads")] * may_add
        assert found.new[0].facts.get(Field.ACCOUNTABLE) == ("wang-fang" if may_add else None)
        assert [severity for severity, _ in words(found)] == [Severity.REMARK] * (not may_add)

    def test_rows_of_organisations_rename_known_ones_by_key(self):
        rows = [part(1, key="roads", name="Roads and Bridges", short_name="Roads"), part(2, name="Parks")]

        found = preview(register(item(3, code="8", title="A", lead="Roads and Bridges"), organisations=rows), stored())

        assert [(one.key, one.changes[0].new) for one in found.changed_organisations] == [
            ("roads", "Roads and Bridges")
        ]
        assert [body.name for body in found.organisations] == ["Parks"]
        assert found.new[0].facts[Field.LEAD] == "roads"


def trees_by(target: float) -> StoredIndicator:
    """An indicator of the register with one target."""
    own = StoredTarget(3, date(2027, 6, 30), target)
    return StoredIndicator(5, 1, "trees", "Trees", "trees", "increase", 5.0, target, own.due, own.id, (own,))


class TestParts:
    STEP = StoredMilestone(5, 1, "survey", "Survey", date(2027, 3, 31), date(2027, 3, 31), 40.0, "", True)

    def test_milestones_are_new_changed_or_missing(self):
        other = StoredMilestone(6, 2, "works", "Works", date(2027, 9, 30), date(2027, 9, 30), 60.0, "", True)
        rows = [part(1, title="survey", date=date(2027, 4, 30)), part(1, title="Opening", date=date(2027, 12, 1))]

        found = preview(
            register(item(1, code="T-001", milestones=rows)), stored(QUAY, milestones={1: [self.STEP, other]})
        )

        (changed,) = found.changed
        (moved,) = changed.changed_parts
        assert {one.field: one.new for one in moved.changes} == {Field.TITLE: "survey", Field.DATE: date(2027, 4, 30)}
        assert [(new.number, new.key, new.facts[Field.WEIGHT]) for new in changed.new_parts] == [(3, "opening", 50.0)]
        assert [missing.title for missing in changed.missing_parts] == ["Works"]

    def test_new_milestones_share_the_weight_and_measure_the_item(self):
        rows = [part(1, title="Draft"), part(1, title="Draft"), part(1, title="Law", weight=50)]

        (new,) = preview(register(item(1, code="8", title="A", milestones=rows)), stored()).new

        assert [step.facts[Field.WEIGHT] for step in new.milestones] == [33.33, 33.33, 50.0]
        assert [step.key for step in new.milestones] == ["draft", "draft-2", "law"]
        assert new.facts[Field.MEASURED_BY] == "milestones"

    def test_indicator_with_its_target(self):
        rows = [part(1, name="Trees", unit="trees", target="120", due=date(2027, 6, 30))]

        (new,) = preview(register(item(1, code="8", title="A", indicators=rows)), stored()).new

        assert (new.indicators[0].facts[Field.TARGET], new.indicators[0].facts[Field.DIRECTION]) == (120.0, "increase")

    def test_a_target_below_the_beginning_is_that_of_an_indicator_that_decreases(self):
        rows = [part(1, name="Leaks", baseline=9, target=3, unit="leaks")]

        found = preview(register(item(1, code="8", title="A", indicators=rows)), stored())

        assert (found.problems, found.new[0].indicators[0].facts[Field.DIRECTION]) == ((), "decrease")

    @pytest.mark.parametrize(
        ("rows", "place"),
        [
            ([part(1, name="Leaks", direction="increase", baseline=9, target=3)], "plan.csv!D1 target"),
            ([part(1, name="Trees", target=4)], "plan.csv!B1 target"),
            ([part(1, name="Trees", direction="decrease")], "plan.csv!B1 direction"),
            ([part(1, name="Trees", baseline=12)], "plan.csv!B1 baseline"),
        ],
    )
    def test_a_target_against_the_direction_is_an_error_as_in_the_program(self, rows: Any, place: str):
        trees = trees_by(10.0)

        found = preview(register(item(1, code="T-001", indicators=rows)), stored(QUAY, indicators={1: [trees]}))

        (problem,) = found.blockers
        assert (problem.severity, problem.key) == (Severity.ERROR, place)
        assert "contradicts the direction" in problem.what

    def test_what_the_register_has_already_is_no_error_of_a_file(self):
        wrong = trees_by(1.0)
        again = replace(wrong, id=6, number=2, key="trees-2")
        rows = [part(1, key="trees", name="Trees", target=1, unit="T"), part(2, key="trees-2", name="Trees")]

        found = preview(register(item(1, code="T-001", indicators=rows)), stored(QUAY, indicators={1: [wrong, again]}))

        assert (found.problems, len(found.changed)) == ((), 1)

    def test_a_second_indicator_of_one_name_is_an_error_and_the_same_row_again_a_remark(self):
        trees = trees_by(10.0)
        rows = [part(1, name="Trees"), part(2, name="TREES"), part(3, name="Lamps", target=4, unit="lamps")]
        rows += [part(4, name="Lamps", target=4, unit="lamps"), part(5, name="Lamps", target=6, unit="lamps")]

        found = preview(register(item(1, code="T-001", indicators=rows)), stored(QUAY, indicators={1: [trees]}))

        assert [(one.severity.value, one.key) for one in found.problems] == [
            ("remark", "plan.csv!A2 name"),
            ("remark", "plan.csv!A4 name"),
            ("error", "plan.csv!A5 name"),
        ]
        assert [new.place.row for new in found.changed[0].new_parts] == [3, 5]

    def test_a_new_name_that_another_indicator_has_is_an_error(self):
        trees = trees_by(10.0)
        lamps = replace(trees, id=6, number=2, key="lamps", name="Lamps")
        rows = [part(1, key="trees", name="Trees"), part(2, key="lamps", name="Trees")]

        found = preview(register(item(1, code="T-001", indicators=rows)), stored(QUAY, indicators={1: [trees, lamps]}))

        assert [one.key for one in found.blockers] == ["plan.csv!B2 name"]


class TestReports:
    LAST = StoredStatus(Phase.IN_PROGRESS, 40, None, "Begun", "Dig", None, None)

    def report(self, row: ProposedItem, **more: Any) -> Any:
        (found,) = preview(register(row), stored(QUAY, statuses={1: self.LAST}, **more)).changed
        return found

    def test_other_state_becomes_a_report_that_keeps_what_the_file_does_not_have(self):
        report = self.report(item(1, code="T-001", percent=60.0)).report

        assert (report.phase, report.percent, report.next, report.as_of) == (Phase.IN_PROGRESS, 60, "Dig", DAY)

    @pytest.mark.parametrize(
        ("facts", "phase", "is_told"),
        [
            ({"confidence": "amber"}, Phase.NOT_STARTED, True),
            ({"confidence": "amber", "phase": given(None)}, Phase.NOT_STARTED, True),
            ({"confidence": "amber", "phase": "not_started"}, Phase.NOT_STARTED, False),
            ({"confidence": "amber", "percent": 0}, Phase.NOT_STARTED, False),
            ({"confidence": "amber", "phase": given(None), "done": "Begun"}, Phase.IN_PROGRESS, True),
        ],
    )
    def test_a_phase_that_no_file_gives_is_told(self, facts: dict[str, Any], phase: Phase, *, is_told: bool) -> None:
        (found,) = preview(register(item(1, code="T-001", **facts)), stored(QUAY)).changed

        assert found.report is not None
        assert (found.report.phase, Field.PHASE in found.report.inferred) == (phase, is_told)

    def test_same_state_is_no_report(self):
        row = item(1, code="T-001", percent=40, phase="in_progress", done="Begun")

        found = preview(register(row), stored(QUAY, statuses={1: self.LAST}))

        assert not found.anything

    def test_completion_says_that_no_evidence_was_given(self):
        report = self.report(item(1, code="T-001", phase="completed")).report

        assert (report.percent, report.evidence) == (100, "no evidence given (imported from plan.csv!1)")

    def test_what_an_officer_reported_is_kept(self):
        found = self.report(item(1, code="T-001", percent=60), reported={1: BY_OFFICERS})

        assert found.report is None
        assert [conflict.change.new for conflict in found.conflicts] == [60]

    def test_an_item_that_is_merged_already_needs_no_remark(self):
        known = StoredStatus(Phase.MERGED, 40, None, None, None, None, None)
        found = preview(register(item(1, code="T-001", phase="merged")), stored(QUAY, statuses={1: known}))
        assert (found.problems, found.changed, len(found.unchanged)) == ((), (), 1)

    def test_merged_is_remarked_and_left_to_the_program(self):
        found = preview(register(item(1, code="T-001", phase="merged")), stored(QUAY))

        assert [severity for severity, _ in words(found)] == [Severity.REMARK]
        assert not found.anything


def test_totals_of_the_files_and_the_plan_are_compared_with_the_count():
    proposed = register(item(1, code="8", title="A"), totals={(SHEET, "items"): given(3), (SHEET, "Task"): given(2)})

    lines = [
        (line.name, line.sheet, line.counted, line.in_files, line.in_plan, line.differs)
        for line in preview(proposed, stored(QUAY)).totals
    ]

    assert lines == [
        ("items", "", 2, 3, 2, True),
        ("task", "", 2, 2, None, False),
        # The rows of the only sheet are counted too.
        ("items", str(SHEET), 1, 3, None, True),
        ("task", str(SHEET), 0, 2, None, True),
    ]


def test_a_total_of_one_of_several_sheets_is_that_of_its_own_items():
    sheets = [
        sheet_of("共2项\nCode|Task|Lead\n1|Sow|Roads\n2|Mow|Roads", "甲"),
        sheet_of("Code|Task|Lead\n3|Dig|Roads\n共2项", "乙"),
        sheet_of("Code|Task|Lead\n4|Fix|Roads\n总计4项", "丙"),
    ]

    found = preview(proposed(*sheets), stored())

    assert [(line.sheet, line.counted, line.in_files, line.in_plan, line.differs) for line in found.totals] == [
        ("", 4, 4, 2, True),
        ("plan.csv: 甲", 2, 2, None, False),
        ("plan.csv: 乙", 1, 2, None, True),
    ]
    shown = [line.strip() for line in preview_lines(found, "Hills", Settings())]
    assert "plan.csv: 甲: items: 2, as stated there" in shown
    assert "plan.csv: 乙: items: 1, but 2 are stated there" in shown


def test_a_total_of_a_kind_counts_its_items_whatever_name_of_it_they_give():
    # Work was called Task before, and a person said what the slip means.
    given_kinds = (("甲", "Work"), ("甲", "Task"), ("甲", "Wrok"), ("乙", "Work"))
    rows = [
        replace(item(n, code=f"X-{n}", title=f"Sow {n}", kind=kind), place=Place("plan.csv", sheet, n))
        for n, (sheet, kind) in enumerate(given_kinds, 1)
    ]
    totals = {(Place("plan.csv", "甲"), "Task"): given(3)}
    kinds = {"kinds": {"task": "Work"}, "former_kinds": {"task": ["Task"]}}

    found = preview(register(*rows, totals=totals), stored(**kinds), answers={"plan.csv!C3": "Work"})

    assert not found.blockers
    assert [(line.name, line.counted, line.in_files) for line in found.totals if line.sheet] == [("task", 3, 3)]


class TestEqualTitlesOfSeveralOffices:
    OURS = stored_item(3, "3", "Hold a meeting", lead="office", bases=(Basis.REGISTERED,) * 6)
    THEIRS = stored_item(7, "7", "Hold a meeting", lead="roads", bases=(Basis.REGISTERED,) * 6)

    def test_lead_tells_them_apart_whatever_their_numbers_are(self):
        rows = [item(1, code=given("1", 1), number=given("1", 1), title="Hold a meeting", lead="Roads", note="a")]
        rows += [item(2, code=given("2", 2), number=given("2", 2), title="Hold a meeting", lead="Office", note="b")]

        found = preview(register(*rows), stored(self.OURS, self.THEIRS))

        assert changes(found) == {"7": {Field.NOTE: (None, "a")}, "3": {Field.NOTE: (None, "b")}}
        assert not found.blockers

    @pytest.mark.parametrize("number", [None, "1"])
    def test_another_lead_is_asked_about(self, number):
        numbers = {"code": given(number, 1), "number": given(number, 1)} if number else {}
        row = register(item(1, **numbers, title="Hold a meeting", lead="Roads"))
        mine = stored(self.OURS)

        (question,) = preview(row, mine).blockers

        assert question.what == "this item may be 3 of the register: the titles are equal, but Hills Office leads there"
        answered = preview(row, mine, answers={question.key: "3"})
        assert changes(answered) == {"3": {Field.LEAD: ("office", "roads")}}
        assert [new.title for new in preview(row, mine, answers={question.key: "new"}).new] == ["Hold a meeting"]

    @pytest.mark.parametrize("lead_there", ["roads", "tides"])
    def test_lead_that_was_merged_counts_as_the_one_that_has_its_work_now(self, lead_there):
        bodies = [
            *stored().organisations,
            StoredOrganisation("tides", ("Tide Board", "Tides"), False, ended=MERGED),
        ]
        theirs = replace(self.THEIRS, lead=lead_there)

        found = preview(
            register(item(1, title="Hold a meeting", lead="Tide Board")), stored(theirs, organisations=bodies)
        )

        assert (found.new, found.blockers) == ((), ())

    def test_another_lead_with_the_same_number_is_a_change_of_the_lead(self):
        row = register(item(1, code=given("3", 1), number=given("3", 1), title="Hold a meeting", lead="Roads"))

        assert changes(preview(row, stored(self.OURS))) == {"3": {Field.LEAD: ("office", "roads")}}

    def test_lead_that_the_program_assumed_says_nothing(self):
        row = register(item(1, title="Hold a meeting", lead="Roads"))
        mine = stored(replace_basis(self.OURS, Basis.WORKING))

        assert changes(preview(row, mine))["3"][Field.LEAD] == ("office", "roads")

    def test_items_without_codes_are_told_apart_by_their_leads(self):
        rows = [item(1, title="Hold a meeting", lead="Roads"), item(2, title="Hold a meeting", lead="Office")]

        found = preview(register(*rows), stored(self.OURS, self.THEIRS))

        assert (found.changed, found.new, found.blockers) == ((), (), ())

    def test_rows_of_organisations_give_languages_and_an_empty_cell_keeps_one(self):
        bodies = [
            StoredOrganisation("roads", ("Roads Department", "Roads"), False, language="ko"),
            StoredOrganisation("tides", ("Tide Board", "Tides"), False, language="ko"),
        ]
        rows = [
            part(1, key="roads", name="Roads Department", language="zh_hant"),
            part(2, key="tides", name="Tide Board", language=None),
            part(3, key="parks", name="Parks", language="AR"),
        ]

        found = preview(register(organisations=rows), stored(organisations=bodies))

        assert [(body.key, body.language) for body in found.organisations] == [("parks", "ar")]
        assert [(one.key, [(c.field, c.old, c.new) for c in one.changes]) for one in found.changed_organisations] == [
            ("roads", [(Field.LANGUAGE, "ko", "zh-Hant")])
        ]
        assert found.problems == ()

    def test_rows_of_organisations_give_mail_addresses_also_by_name_and_an_empty_cell_keeps_one(self):
        bodies = [
            StoredOrganisation("roads", ("Roads Department", "Roads"), False, mail_address="r@roads.example"),
            StoredOrganisation("tides", ("Tide Board", "Tides"), False, mail_address="t@tides.example"),
            StoredOrganisation("parks", ("Parks", "Parks"), False),
        ]
        rows = [
            part(1, key="roads", name="Roads Department", mail_address="a@roads.example; b@roads.example"),
            part(2, key="tides", name="Tide Board", mail_address=None),
            part(3, name="Parks", mail_address="公园@例子.公司"),
        ]

        found = preview(register(organisations=rows), stored(organisations=bodies))

        assert [(one.key, [(c.field, c.old, c.new) for c in one.changes]) for one in found.changed_organisations] == [
            ("roads", [(Field.MAIL_ADDRESS, "r@roads.example", "a@roads.example, b@roads.example")]),
            ("parks", [(Field.MAIL_ADDRESS, None, "公园@例子.公司")]),
        ]
        assert found.problems == ()

    def test_what_is_no_mail_address_is_left_out_and_told(self):
        bodies = [part(1, name="Parks", mail_address="555 0199")]
        people = [part(2, login="zoe", name="Zoe", mail_address="zoe@a.example, zoe@b.example")]

        found = preview(register(organisations=bodies, people=people), stored(), may_add_people=True)

        assert [(body.name, body.mail_address) for body in found.organisations] == [("Parks", None)]
        assert [(person.name, person.mail_address) for person in found.people] == [("Zoe", None)]
        assert [(problem.severity, problem.field, problem.what) for problem in found.problems] == [
            (Severity.REMARK, Field.MAIL_ADDRESS, "'555 0199' is not a mail address: it has a blank; it is left out"),
            (
                *(Severity.REMARK, Field.MAIL_ADDRESS),
                "'zoe@a.example, zoe@b.example' has more than one mail address; it is left out",
            ),
        ]

    def test_another_mail_address_of_a_known_person_is_told(self):
        known = [StoredPerson("li", "Li Hua", True, None, "officer", "li@office.example")]
        for address, told in (("LI@office.example", 0), ("li@home.example", 1)):
            rows = [part(1, login="li", name="Li Hua", mail_address=address)]
            found = preview(register(people=rows), stored(people=known))
            assert (len(found.problems), found.people) == (told, ())

    def test_a_language_that_is_no_code_is_an_error_at_its_cell(self):
        found = preview(
            register(organisations=[part(1, key="roads", name="Roads Department", language="中文")]), stored()
        )

        assert [(problem.severity, problem.field, problem.what) for problem in found.problems] == [
            (Severity.ERROR, Field.LANGUAGE, "'中文' is not the code of a language")
        ]


def test_a_milestone_of_an_unknown_item_is_an_error_about_its_code() -> None:
    found = proposed(
        "code|title\nX-1|Sow a meadow", sheet_of("code|title|date\nX-9|Order seeds|2027-05-31", "milestones")
    )
    preview = compare(found, stored(), Choices(DAY))
    assert [(str(one.place), one.field, one.what) for one in preview.blockers] == [
        ("plan.csv: milestones!A2", Field.CODE, "no item of these files or of the register has the code 'X-9'")
    ]


def test_new_indicators_with_numbers_but_no_unit_are_told_once() -> None:
    parts = [part(2, name="Trees", target="40"), part(3, name="Benches", target="4", unit="benches")]
    rows = [item(2, code="9", title="A", indicators=parts), item(4, code="8", title="B", indicators=parts[:1])]
    found = preview(register(*rows), stored())
    said = [(str(one.place), one.what) for one in found.problems if one.field is Field.UNIT]
    assert said == [("plan.csv!2", "2 new indicators have numbers without a unit")]
    assert not found.blockers
