"""Any sequence of imports and entries by people, compared with what the rules say."""

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from planner.intake.comparing.match_questions import NEW
from planner.intake.comparing.matching import Decisions
from planner.intake.comparing.reading.register import read_stored
from planner.intake.proposed import ProposedRegister
from planner.store.database import Database, open_database
from tests.effort import EFFORT
from tests.factories import ITEM_CODES, move, reading_of
from tests.intake.imports import DAY, import_register, preview_of, verified
from tests.intake.proposals import item, part, register

CODES = ("T-001", "P-002", "9", "第3项")
DAYS = st.sampled_from([date(2020, month, 28) for month in range(4, 13)])

ROWS = st.fixed_dictionaries(
    {"title": st.sampled_from(["Mend", "Mend all", "수리", "Öffnen"])},
    optional={
        "lead": st.sampled_from(["Harbour Office", "Parks", "公园"]),
        "due": DAYS,
        "note": st.sampled_from(["In spring", "x" * 300]) | st.none(),
        "supporting": st.sampled_from([(), ("Town Archive",), ("Wardens", "Town Archive")]),
        "theme": st.sampled_from([("Quays and lights",), ("Parks", "Trees")]),
        "percent": st.sampled_from([10, 60]),
    },
)
FILES = st.dictionaries(st.sampled_from(CODES), ROWS, min_size=1)
MOVES = st.tuples(st.sampled_from(("T-001", "P-002")), DAYS)
STEPS = st.lists(FILES | MOVES, min_size=2, max_size=5)


def proposed(rows: dict[str, dict[str, Any]], *, parts: bool = True) -> ProposedRegister:
    """The file with these rows. Each new item has a milestone."""
    steps = [part(1, title="Begun", date=date(2020, 4, 1))] if parts else None
    return register(*(item(n, code=code, milestones=steps, **row) for n, (code, row) in enumerate(rows.items(), 1)))


@dataclass
class Model:
    """What the register should have: the files' values, and dates that a person moved since."""

    values: dict[tuple[str, str], Any] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)

    def take(self, rows: dict[str, dict[str, Any]]) -> None:
        """Take what a file says, except for dates that a person moved."""
        for code, row in rows.items():
            for name, value in row.items():
                if name != "percent" and not (name == "due" and code in self.moved):
                    self.values[code, name] = value

    def all_by_code(self, rows: dict[str, dict[str, Any]]) -> Decisions:
        """Say that codes are those of their items, and new ones those of new items, whatever their titles are."""
        known = {*ITEM_CODES, *(code for code, _ in self.values)}
        return Decisions({code: code if code in known else NEW for code in rows})

    def move(self, code: str, day: date) -> None:
        """Take the date that a person gave."""
        self.values[code, "due"] = day
        self.moved.add(code)


def stored_values(database: Database) -> dict[tuple[str, str], Any]:
    """What the register has, in the words of the files."""
    with database.reading() as session:
        found = read_stored(reading_of(session), register())
    names = {body.key: body.names[0] for body in found.organisations}
    themes = {theme.number: theme for theme in found.themes}
    values: dict[tuple[str, str], Any] = {}
    for row in found.items:
        theme = themes[row.theme]
        path: tuple[str, ...] = ()
        while True:
            path = (theme.titles[0], *path)
            if theme.parent is None:
                break
            theme = themes[theme.parent]
        facts = {"title": row.title, "lead": names[row.lead], "due": row.due, "note": row.note, "theme": path}
        # The lead does not support itself, and an order has no meaning.
        facts["supporting"] = frozenset(names[key] for key in row.supporting)
        values |= {(row.code, name): value for name, value in facts.items()}
    return values


@settings(max_examples=6 * EFFORT)
@given(steps=STEPS)
def test_register_has_what_files_and_people_said_last(loaded_file: Path, steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = shutil.copy(loaded_file, Path(folder) / "register.sqlite")
        database = open_database(make_url(f"sqlite:///{file}"))
        try:
            check(database, steps)
        finally:
            database.close()


def check(database: Database, steps: list[Any]) -> None:
    model = Model()
    for step in steps:
        if isinstance(step, dict):
            import_register(database, proposed(step), decisions=model.all_by_code(step))
            model.take(step)
            # The same file again changes nothing.
            assert not preview_of(database, proposed(step)).anything
        elif model.values.get((step[0], "due"), date(2020, 12, 31)) != step[1]:
            move(database, step[0], None, step[1], as_of=DAY)
            model.move(*step)
    found = stored_values(database)
    for (code, name), value in model.values.items():
        expected = frozenset(value) if name == "supporting" else value
        assert found[code, name] == expected, (code, name)
    assert verified(database) == []
