"""planner opinions, as typed."""

import json
from datetime import date

from planner.domain.vocabulary import Confidence
from tests.answers import assess
from tests.factories import OFFICER, report

DAY = ("--as-of", "2020-03-25")


def test_the_three_opinions_are_listed_where_they_differ(planner, filled):
    report(filled, as_of=date(2020, 3, 11), actor=OFFICER, confidence=Confidence.GREEN, percent=50)
    assess(filled, Confidence.GREEN, on=date(2020, 3, 18))
    assert "T-001" not in planner("opinions", *DAY).out
    agreeing = planner("opinions", "--assessed", *DAY).out
    assert "Assessment: green (egil, 2020-03-18): The [quay] is bare.\n" in agreeing
    assess(filled, Confidence.RED, evidence="A visit.", on=date(2020, 3, 19))
    done = planner("opinions", *DAY)
    assert (done.exit_code, done.err) == (0, "")
    assert done.out.startswith("Opinions differ on ")
    assert "  Officer: green (dora, 2020-03-11)\n" in done.out
    assert "  Assessment: red (egil, 2020-03-19): The [quay] is bare.\n  Evidence seen: A visit.\n" in done.out
    assert "  Opinions differ: officer and assessment" in done.out
    # As of the day before, the first assessment stands.
    assert "red (egil" not in planner("opinions", "--as-of", "2020-03-18").out


def test_programs_read_the_same(planner, filled):
    report(filled, as_of=date(2020, 3, 11), actor=OFFICER, confidence=Confidence.GREEN)
    assess(filled, Confidence.RED, on=date(2020, 3, 18))
    document = json.loads(planner("opinions", *DAY, "--format", "json").out)
    one = next(row for row in document["opinions"]["opinions"] if row["code"] == "T-001")
    assert (one["confidence"], one["assessment"], "officer_assessment" in one["differ"]) == ("green", "red", True)
    table = planner("opinions", *DAY, "--format", "csv").out
    assert table.startswith("differ,code,title,")
