"""The section `outlook`."""

from datetime import date, timedelta

from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import NoOutlook, Phase, Prospect
from planner.weekly.sections.outlook import OUTLOOK
from tests.factories import ended, move, noon, report
from tests.weekly.week import section_rows

W18 = Week(2020, 18)
LATER = noon(date(2020, 6, 1))


def rows(database, **options):
    return section_rows(database, OUTLOOK, week=W18, now=LATER, **options)


def reported(database, code, *percents):
    """Weekly reports, the last on the Wednesday of week 18."""
    for back, percent in zip(range(len(percents))[::-1], percents, strict=True):
        report(database, code, as_of=date(2020, 4, 29) - timedelta(weeks=back), percent=percent)


def test_every_theme_comes_first_then_the_items_at_risk_those_furthest_beyond_first(register):
    reported(register, "T-001", 20, 22, 28, 30, 36)
    reported(register, "P-002", 1, 2, 3, 4, 5)
    move(register, "T-002", None, date(2020, 5, 1))
    move(register, "T-001", None, date(2020, 9, 1))
    found = rows(register)
    assert [(row["of"], row["code"], row["verdict"]) for row in found] == [
        ("theme", "1", Prospect.LIKELY_LATE),
        ("theme", "2", Prospect.LIKELY_LATE),
        ("item", "P-002", Prospect.LIKELY_LATE),
        ("item", "T-001", Prospect.MAY_BE_LATE),
        ("item", "T-002", Prospect.MISSED),
    ]
    assert {row["basis"] for row in found} == {"estimated"}
    item = found[2]
    assert (item["likely"], item["due"], item["days_beyond"]) == (date(2022, 2, 27), date(2020, 12, 31), 423)
    assert item["early"] < item["likely"] < item["late"]
    assert (item["pace"], item["why"], item["lead"]) == (1.0, None, "Harbour Office")
    missed = found[4]
    assert (missed["likely"], missed["days_beyond"], missed["why"]) == (None, None, NoOutlook.NO_PACE)


def test_a_theme_says_how_many_of_its_items_have_which_verdict(register):
    reported(register, "T-001", 20, 22, 28, 30, 36)
    move(register, "T-002", None, date(2020, 5, 1))
    ended(register, "P-002", Phase.CANCELLED, as_of=date(2020, 4, 29))
    counts = [name for name in (column.name for column in OUTLOOK.columns) if name.startswith("items_")]
    quays, rooms, *items = rows(register)
    assert [quays[name] for name in counts] == [1, 0, 1, 1]
    assert [rooms[name] for name in counts] == [0, 0, 0, 1]
    assert {row[name] for row in items for name in counts} == {None}
    assert (quays["code"], quays["theme"], quays["lead"]) == ("1", "1 Quays and lights", None)


def test_every_column_that_is_estimated_says_so():
    facts = {"code", "title", "theme", "lead", "basis"}
    for column in OUTLOOK.columns:
        assert "estimate" in column.description.lower(), column.name
        assert column.name in facts or column.description.startswith(
            (
                "Estimated",
                "Whether the estimate",
                "The date that the estimate is compared with",
                "The basis of the estimate",
                "Why there is no estimate",
                "The number of the theme's items",
            )
        ), column.name
