"""Headings with unknown names: those in two rows, those that two columns share, and tables that have none."""

import pytest

from planner.intake.proposed import Field, Severity
from planner.intake.sheets import Merged
from tests.intake.layout.written import proposed, sheet_of, values

TWO_ROWS = """
Titel der Maßnahme | Zuständigkeit |           | Frist
                   | federführend  | beteiligt |
Kai erneuern       | Hafenamt      | Gartenamt | 30.6.2027
Wiese säen         | Gartenamt     | Hafenamt  | 30.9.2027
"""
ABOVE = Merged(1, 2, 1, 3)
DOWN = (Merged(1, 1, 2, 1), Merged(1, 4, 2, 4))
GIVEN = (Field.TITLE, Field.LEAD, Field.SUPPORTING)
ROWS = [("Kai erneuern", "Hafenamt", ("Gartenamt",)), ("Wiese säen", "Gartenamt", ("Hafenamt",))]


@pytest.mark.parametrize("merged", [(ABOVE, *DOWN), (ABOVE,), ()])
def test_a_heading_above_two_others_is_a_part_of_the_names_of_both(merged: tuple[Merged, ...]) -> None:
    mapping = {
        "Titel der Maßnahme": Field.TITLE,
        "Zuständigkeit / federführend": Field.LEAD,
        "Zuständigkeit / beteiligt": Field.SUPPORTING,
        "Frist": Field.DUE,
    }
    register = proposed(sheet_of(TWO_ROWS, merged=merged), mapping=mapping)
    assert values(register, *GIVEN) == ROWS
    assert [one for one in register.problems if one.severity is not Severity.REMARK] == []


def test_two_columns_with_one_heading_have_names_of_their_own() -> None:
    text = "\n".join(line for line in TWO_ROWS.splitlines() if "beteiligt" not in line)
    sheet = sheet_of(text, merged=(ABOVE,))
    mapping = {"Titel der Maßnahme": Field.TITLE, "Zuständigkeit": Field.LEAD, "Zuständigkeit #2": Field.SUPPORTING}
    register = proposed(sheet, mapping=mapping)
    assert values(register, *GIVEN) == ROWS
    headings = [column.heading for column in register.layouts[0].columns]
    assert headings == ["Titel der Maßnahme", "Zuständigkeit", "Zuständigkeit #2", "Frist"]
    # A mapping without the number is about both columns.
    both = proposed(sheet, mapping={"Titel der Maßnahme": Field.TITLE, "Zuständigkeit": Field.SUPPORTING})
    assert values(both, Field.SUPPORTING)[0] == (("Hafenamt", "Gartenamt"),)


def test_headings_of_sheets_that_are_left_out_are_known_to_the_mapping() -> None:
    pages = sheet_of("Home | Kontakt | Suche\neins | zwei | drei", "pages")
    mapping = {"Home": None, "Kontakt": None, "Aufgabe": Field.TITLE, "Nirgends": None}
    register = proposed(pages, sheet_of("Aufgabe | Amt\nKai erneuern | Hafenamt", "plan"), mapping=mapping)
    said = [one.value for one in register.problems if "which no table has" in one.what]
    assert said == ["Nirgends"]


LIST = "Kai erneuern | Hafenamt\nWiese säen | Gartenamt\nBänke streichen | Parkamt"


def test_a_mapping_of_lettered_columns_says_that_there_are_no_headings() -> None:
    assert proposed(LIST).items == []
    register = proposed(LIST, mapping={"column A": Field.TITLE, "column B": Field.LEAD})
    assert values(register, Field.TITLE, Field.LEAD) == [
        ("Kai erneuern", "Hafenamt"),
        ("Wiese säen", "Gartenamt"),
        ("Bänke streichen", "Parkamt"),
    ]


def test_columns_of_which_none_is_the_title_are_a_question() -> None:
    register = proposed("Foo | Bar | Baz\n1 | Parkamt | a\n3 | Hafenamt | b", mapping={"Bar": Field.LEAD})
    asked = {one.key: one.choices for one in register.problems if one.severity is Severity.QUESTION}
    assert asked == {"plan.csv!1 title": ("Foo", "Bar", "Baz")}
