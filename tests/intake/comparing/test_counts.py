"""The counts of a preview: each item of the files, and each of the register, is in exactly one of them."""

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Basis, Phase
from planner.intake.comparing.compare import Choices, compare
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.stored import BY_OFFICERS, StoredMilestone, StoredRegister, StoredStatus
from planner.intake.preview_text import preview_lines, preview_summary
from planner.intake.proposed import HEADINGS, HEADINGS_AGAIN, Field, ProposedItem
from planner.intake.sheets import Place
from tests.effort import EFFORT
from tests.intake.comparing.test_compare import DAY, stored, stored_item
from tests.intake.proposals import item, part, register

# What a row says of an item: what the register has, another title than a person gave it, another percent than an
# officer's, one milestone less, only a milestone that is known or new, or a new item.
SAYS = st.sampled_from(["same", "title", "percent", "fewer", "known part", "new part", "new"])
ROWS = st.dictionaries(st.integers(1, 6), st.tuples(SAYS, st.sampled_from(["file", "register"])))
MILESTONES = ("Sown", "Mown")


def the_register() -> StoredRegister:
    """Six items with a title that a person gave, a report of an officer, and two milestones each."""
    items = [
        stored_item(number, f"X-{number}", f"Meadow {number} of the hills", bases=(Basis.REGISTERED,) * 6)
        for number in range(1, 7)
    ]
    milestones = {
        one.id: [
            StoredMilestone(10 * one.id + number, number, f"m{number}", title, day, day, 1.0, "", True)
            for number, title in enumerate(MILESTONES, 1)
            for day in [date(2027, 6, number)]
        ]
        for one in items
    }
    status = StoredStatus(Phase.IN_PROGRESS, 40, None, None, None, None, None)
    return stored(
        *items,
        entered={one.id: {Field.TITLE} for one in items},
        milestones=milestones,
        statuses={one.id: status for one in items},
        reported={one.id: BY_OFFICERS for one in items},
    )


def row_of(number: int, says: str) -> ProposedItem:
    code, title = f"X-{number}", f"Meadow {number} of the hills"
    match says:
        case "title":
            return item(number, code=code, title=f"Meadow {number} of the valleys")
        case "percent":
            return item(number, code=code, title=title, percent=60)
        case "fewer":
            return item(number, code=code, title=title, milestones=[part(number, title="Sown")])
        case "known part":
            return item(number, code=code, milestones=[part(number, title=one) for one in MILESTONES])
        case "new part":
            return item(number, code=code, milestones=[part(number, title="Raked", date=date(2027, 9, 1))])
        case "new":
            return item(number, code=f"Y-{number}", title=f"Harbour light {number}")
    return item(number, code=code, title=title)


def counted(preview: Preview) -> dict[str, int]:
    """The numbers of items in the summary."""
    words = {
        "new": r"new items?",
        "changed": "changed",
        "alone": "different but left alone",
        "unchanged": "unchanged",
        "missing": "not in the files",
    }
    summary = preview_summary(preview)
    found = {name: re.search(rf"(\d+) {words[name]}", summary) for name in words}
    return {name: int(match[1]) if match else 0 for name, match in found.items()}


@settings(max_examples=15 * EFFORT)
@given(ROWS)
def test_each_item_is_in_one_count(rows: dict[int, tuple[str, str]]) -> None:
    answers = {f"X-{number} {says}": answer for number, (says, answer) in rows.items() if says in ("title", "percent")}
    proposed = register(*(row_of(number, says) for number, (says, _) in rows.items()))
    everything = the_register()

    preview = compare(proposed, everything, Choices(DAY, answers=answers))

    assert preview.blockers == ()
    counts = counted(preview)
    lists = (preview.new, preview.written, preview.left_alone, preview.unchanged, preview.missing)
    assert list(counts.values()) == [len(items) for items in lists]
    known = [one.code for items in lists[1:] for one in items]
    assert sorted(known) == sorted(one.code for one in everything.items)
    if any(row_of(number, says).facts.get(Field.TITLE) for number, (says, _) in rows.items()):
        # Parts of an item that say nothing new are no row of the item.
        told = sum(says != "known part" for says, _ in rows.values())
        assert sum(counts.values()) - counts["missing"] == told


def test_rows_that_are_not_imported_are_counted_in_their_heading() -> None:
    proposed = register(row_of(1, "same"))
    headings = [(Place("plan.csv", "", 1), HEADINGS), (Place("plan.csv", "", 7), HEADINGS_AGAIN)]
    proposed.ignored += headings
    # The headings are no rows that anybody could miss.
    assert not any(
        line.startswith("Not imported")
        for line in preview_lines(compare(proposed, the_register(), Choices(DAY)), "Hills", Settings())
    )
    proposed = register(row_of(1, "same"))
    proposed.ignored += [*headings, (Place("plan.csv", "", 9), "a note"), (Place("plan.csv", "", 10), "a note")]

    lines = list(preview_lines(compare(proposed, the_register(), Choices(DAY)), "Hills", Settings()))

    assert lines[1] == "0 new items, 0 changed, 1 unchanged, 5 not in the files"
    assert lines[-2:] == ["Not imported (2 rows):", "  a note: plan.csv!9 and plan.csv!10"]
