"""An exported register reads back exactly: every value of every table, as the stored register has it."""

from collections.abc import Sequence
from datetime import date

from planner.exchange.register.tables import register_tables
from planner.intake.comparing.reading.register import read_whole_register
from planner.intake.layout.plan_facts import PlanFacts
from planner.intake.layout.proposing import propose
from planner.intake.proposed import Field, ProposedRow
from planner.intake.sheets import Row, Sheet, Value
from tests.factories import reading_of
from tests.intake.layout.written import problems, proposed, sheet_of_rows, values

TEXTS_IN_LINES = {Field.SUPPORTING, Field.THEME, Field.PARENT}


def in_cell(value: Value | tuple[str, ...]) -> Value:
    """Return a value as a cell of the file has it."""
    return "\n".join(value) if isinstance(value, tuple) else value


def test_every_value_of_every_table_reads_back(sqlite_register):
    with sqlite_register.reading() as session:
        stored = read_whole_register(reading_of(session))
    tables = register_tables(stored)
    sheets = [
        Sheet(
            "register.xlsx",
            table.name,
            [
                Row(1, tuple(str(column.name) for column in table.columns)),
                *(
                    Row(number, tuple(in_cell(column.read(row)) for column in table.columns))
                    for number, row in enumerate(table.rows, 2)
                ),
            ],
        )
        for table in tables
    ]
    names = frozenset(name for body in stored.organisations for name in body.names)
    kinds = {title: key for key, title in stored.kinds.items()}
    register = propose(sheets, PlanFacts(date(2020, 1, 1), date(2020, 12, 31), names, kinds))
    assert register.problems == []
    rows: dict[str, Sequence[ProposedRow]] = {
        "items": register.items,
        "milestones": [row for item in register.items for row in item.milestones or []],
        "indicators": [row for item in register.items for row in item.indicators or []],
        "themes": register.themes,
        "organisations": register.organisations,
        "people": register.people,
    }
    for sheet in sheets:
        headings = sheet.rows[0].values
        assert len(rows[sheet.name]) == len(sheet.rows) - 1
        for row, found in zip(sheet.rows[1:], rows[sheet.name], strict=True):
            for heading, written in zip(headings, row.values, strict=True):
                if heading in set(Field) and (heading != "code" or sheet.name == "items"):
                    field = Field(str(heading))
                    texts = tuple(str(written).split("\n")) if written is not None else None
                    expected = texts if field in TEXTS_IN_LINES else kinds.get(str(written), written)
                    assert found.facts[field].value == expected, (sheet.name, row.number, heading)
                    assert found.facts[field].inferred is None


BASES = ("basis", "theme_basis", "lead_basis", "start_basis", "due_basis")
EXPORTED = ("code", "title", "kind", "theme", "lead", *BASES)


def test_words_of_an_exported_register_are_those_of_their_headings():
    """In a file of an office, a column of what was done with only ratings would be that of the ratings."""
    row = ("K-1", "Sow", "Task", "A", "B", *["registered"] * 5, "green")
    register = propose(
        [Sheet("plan.xlsx", "items", [Row(1, (*EXPORTED, "done")), Row(2, row)])],
        PlanFacts(date(2020, 1, 1), date(2020, 12, 31), frozenset(), {}),
    )

    (item,) = register.items
    assert (item.facts[Field.DONE].value, Field.CONFIDENCE in item.facts, register.problems) == ("green", False, [])


def test_titles_of_an_exported_register_may_be_numbers():
    """In a file of an office, such a column would count tasks."""
    rows = [Row(1, EXPORTED), *(Row(at, (f"K-{at}", at, "Task", "A", "B", *["registered"] * 5)) for at in range(2, 9))]
    register = propose(
        [Sheet("plan.xlsx", "items", rows)], PlanFacts(date(2020, 1, 1), date(2020, 12, 31), frozenset(), {})
    )
    assert [item.facts[Field.TITLE].value for item in register.items] == [str(at) for at in range(2, 9)]


def test_names_of_the_files_own_organisations_are_not_divided():
    names = ("Housing, Land and Planning", "Parks; Roads", "Brown, John", "各部门", "甲局 乙局", "Others etc.")
    rows = [(f"A{row}", f"Task {row}", name, names[row - 1]) for row, name in enumerate(names)]
    listed = sheet_of_rows([("key", "name"), *((f"k{row}", name) for row, name in enumerate(names))], "organisations")
    register = proposed(sheet_of_rows([("Code", "Task", "Lead", "Support"), *rows], "Tasks"), listed)
    assert values(register, Field.LEAD, Field.SUPPORTING) == [(row[2], (row[3],)) for row in rows]
    assert problems(register) == []
