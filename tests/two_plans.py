"""A second plan beside the small one, of the year after: the same codes and the same office, but no fact the same."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from planner.bundle.reader import Bundle, read_bundle
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import ComputedFinding, Confidence, Phase, ReviewDecision
from planner.register.plans import read_plan
from planner.register.writing import Writing
from planner.store.database import Database, open_database
from planner.store.journal import Actor
from planner.store.location import parse
from planner.writes.finding_reviews import accept_finding
from planner.writes.issues import issue_week
from planner.writes.link_reviews import LinkVerdict, review_links
from planner.writes.reports.confirmations import confirm_ending
from planner.writes.reports.dates import move_due_date, move_milestone
from planner.writes.reports.entries import Entry, record_entry
from planner.writes.reports.milestones import meet_milestone
from planner.writes.reports.observations import observe
from planner.writes.reports.status import Report
from tests.factories import ACTOR, COLLEAGUE, edit_file, load_bundle, new_issue, small_bundle

FIRST, SECOND = "harbour-2020", "harbour-2021"
# A word that is in every text of the second plan, and in none of the first.
MARK = "Zephyr"

_TEXTS = ("title", "name", "restatement", "test", "unit", "rationale", "why")


def _marked(value: Any) -> Any:
    """A copy of some data in which every text of the plan has the mark."""
    if isinstance(value, list):
        return [_marked(part) for part in value]
    if isinstance(value, dict):
        return {
            key: f"{MARK} {part}" if key in _TEXTS and isinstance(part, str) else _marked(part)
            for key, part in value.items()
        }
    return value


def second_bundle(folder: Path) -> Path:
    """Write the data files of the second plan into a folder."""
    small_bundle(folder)
    names = ("plan.yaml", "measures.yaml", "items/theme-1.yaml", "items/theme-2.yaml", "links.yaml")
    for name in names:
        edit_file(folder, name, _mark_in_place)
    edit_file(folder, "plan.yaml", lambda content: content["plan"].update(key=SECOND, mandate="old"))
    return folder


def _mark_in_place(content: Any) -> None:
    marked = _marked(content)
    for total in marked.get("totals", ()):
        total["name"] = total["name"].removeprefix(f"{MARK} ")
    content.clear()
    content.update(marked)


@cache
def _read_second_bundle() -> Bundle:
    with tempfile.TemporaryDirectory(prefix="planner-seeds-") as folder:
        return read_bundle(second_bundle(Path(folder)))


def load_second_plan(database: Database, *, at: datetime = datetime(2020, 1, 4, 2, 0, tzinfo=UTC)) -> None:
    """Load the second plan into a register that holds the small one."""
    load_bundle(database, _read_second_bundle(), at=at)


def fill(database: Database, plan: str, word: str, day: date) -> None:
    """Record something of every kind about a plan, on a day: reports, endings, dates, values, a review, a decision."""
    at = datetime.combine(day, time(1), UTC)

    def write(change: Callable[[Writing], object], actor: Actor = ACTOR) -> None:
        nonlocal at
        at += timedelta(minutes=5)
        with database.writing() as session:
            change(Writing(session, read_plan(session, plan), actor, day, at))

    def say(code: str, **fields: Any) -> None:
        report = Report(**{"done": f"{word} was done.", **fields})
        write(lambda writing: record_entry(writing, code, Entry(report), as_of=day))

    say("T-001", phase=Phase.IN_PROGRESS, percent=day.day, confidence=Confidence.GREEN)
    say("T-003", blocker=f"{word} blocks.", help_needed=f"{word} helps.", confidence=Confidence.RED)
    say("T-002", phase=Phase.COMPLETED, evidence=f"{word} minutes")
    say("P-002", phase=Phase.MERGED, merged_into="T-001", ending_reason=f"{word} is one.")
    write(lambda writing: confirm_ending(writing, "P-002"), COLLEAGUE)
    write(lambda writing: meet_milestone(writing, "P-001", 1, day))
    write(lambda writing: move_milestone(writing, "P-001", 2, date(2020, 8, 1) + (day - date(2020, 4, 1)), word))
    write(lambda writing: move_due_date(writing, "T-001", date(2021, 1, 1) + (day - date(2020, 4, 1)), word))
    write(lambda writing: observe(writing, "T-001", 1, day.day))
    verdict = LinkVerdict(ReviewDecision.CHANGED, rationale=f"{word} asks for it.", reason=word)
    write(lambda writing: review_links(writing, ["M1.01:old:duty-1"], verdict))
    kind, until = ComputedFinding.ITEM_WITHOUT_CLAUSE, day + timedelta(days=90)
    write(lambda writing: accept_finding(writing, kind, "T-003", until=until, reason=word))
    write(
        lambda writing: issue_week(
            writing, new_issue(writing.session, str(Week.of(day - timedelta(days=7))), known_at=at)
        )
    )


def put_side_by_side(file: Path, target: Path) -> None:
    """Copy a register with the first plan, and load and fill the second one in the copy."""
    shutil.copy(file, target)
    database = open_database(parse(str(target), "test"))
    load_second_plan(database)
    fill(database, SECOND, MARK, date(2020, 4, 8))
    database.close()
