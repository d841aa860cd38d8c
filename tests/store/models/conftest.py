"""A register in which every table has a row, made once per module and database; each test leaves it as it was."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

import pytest
from sqlalchemy import Connection, insert, make_url

from planner.domain.vocabulary import Phase
from planner.store import making
from planner.store.database import Database
from planner.store.models import WITHDRAWABLE, all_tables
from tests.conftest import new_postgresql_database
from tests.factories import AT, load_small_bundle, meet, move, observed, report

# What no write of the program makes yet, or only together with a document's file.
OTHER_ROWS: list[tuple[str, dict[str, object]]] = [
    ("person", {"login": "cleo", "name": "Cleo"}),
    (
        "organisation",
        {
            "key": "old-office",
            "name": "Old Office",
            "short_name": "Old",
            "kind": "other-name",
            "same_as_id": 1,
            "basis": "working",
        },
    ),
    *(
        ("title_name", {f"{owner}_id": 1, "language": "ko", "name": "항구", "basis": "working"})
        for owner in ("goal", "theme", "measure")
    ),
    (
        "completion_confirmation",
        {"status_update_id": 2, "reported_by": "ada", "outcome": "confirmed", "actor": "brook", "recorded_at": AT},
    ),
    (
        "help_answer",
        {"status_update_id": 1, "as_of": date(2020, 5, 1), "answer": "Granted.", "actor": "brook", "recorded_at": AT},
    ),
    (
        "extension_request",
        {
            "item_id": 1,
            "as_of": date(2020, 5, 1),
            "old_date": date(2020, 6, 30),
            "new_date": date(2020, 7, 31),
            "reason": "The frost.",
            "actor": "ada",
            "recorded_at": AT,
        },
    ),
    (
        "extension_answer",
        {
            "extension_request_id": 1,
            "asked_by": "ada",
            "as_of": date(2020, 5, 2),
            "outcome": "granted",
            "actor": "brook",
            "recorded_at": AT,
        },
    ),
    (
        "assessment",
        {
            "item_id": 1,
            "as_of": date(2020, 5, 2),
            "rating": "red",
            "reason": "The quay is bare.",
            "evidence": "A visit.",
            "actor": "brook",
            "recorded_at": AT,
        },
    ),
    (
        "link",
        {
            "item_id": 1,
            "clause_id": 1,
            "type": "supports",
            "coverage": "partial",
            "rationale": "It helps.",
            "near_fingerprint": "0" * 64,
            "clause_fingerprint": "f" * 64,
        },
    ),
    (
        "link_review",
        {
            "link_id": 1,
            "decision": "accepted",
            "type": "implements",
            "coverage": "full",
            "rationale": "It does.",
            "near_fingerprint": "0" * 64,
            "clause_fingerprint": "f" * 64,
            "actor": "brook",
            "recorded_at": AT,
        },
    ),
    (
        "attachment",
        {
            "document_id": 1,
            "sha256": "0" * 64,
            "file_name": "duties.txt",
            "text": "1. Keeps the quays.",
            "actor": "ada",
            "recorded_at": AT,
        },
    ),
    *(
        ("withdrawal", {f"{table}_id": 1, "reason": "A slip.", "actor": "ada", "recorded_at": AT})
        for table in WITHDRAWABLE
    ),
    (
        "weekly_issue",
        {
            "plan_id": 1,
            "week": "2020-W14",
            "number": 1,
            "as_of": date(2020, 4, 5),
            "known_at": AT,
            "log_seq": 1,
            "log_leaf": "0" * 64,
            "facts_digest": "f" * 64,
            "sections": [],
            "program_version": "0.1.0",
            "libraries": {},
            "actor": "brook",
            "recorded_at": AT,
        },
    ),
    ("issued_content", {"digest": "a" * 64, "deflated": b"x"}),
    ("issued_file", {"issue_id": 1, "name": "week.csv", "format": "csv", "digest": "a" * 64, "size": 1}),
    *(
        (
            "finding_review",
            {
                "plan_id": 1,
                "kind": "clause_without_measure",
                "subject": "merged:duty-9",
                "substance": "e" * 64,
                "statement": "Nothing is linked to it.",
                "decision": decision,
                "reason": "The duty is another plan's.",
                "until": until,
                "actor": "brook",
                "recorded_at": AT,
            },
        )
        for decision, until in (("accepted", date(2020, 12, 31)), ("reopened", None))
    ),
    (
        "redaction",
        {
            "table_name": "status_update",
            "row_id": 2,
            "fields": "done",
            "reason": "It names a private person.",
            "actor": "brook",
            "recorded_at": AT,
        },
    ),
    ("redacted_event", {"redaction_id": 1, "seq": 1, "digest": "0" * 64}),
    (
        "clock_correction",
        {
            "first_seq": 1,
            "last_seq": 2,
            "false_from": AT,
            "false_until": AT,
            "counts_from": AT,
            "reason": "The clock was a year ahead.",
            "actor": "brook",
            "recorded_at": AT,
        },
    ),
    ("item_kind", {"plan_id": 1, "key": "task", "title": "Task", "position": 1, "basis": "working"}),
    ("import_mapping", {"plan_id": 1, "shape": "0" * 64, "columns": {"0": "code"}}),
    (
        "item_change",
        {
            "item_id": 1,
            "as_of": date(2020, 5, 1),
            "field": "title",
            "old_value": "Mend the quays",
            "new_value": "Mend all quays",
            "reason": "The council decided so.",
            "basis": "registered",
            "actor": "brook",
            "recorded_at": AT,
        },
    ),
    (
        "target_change",
        {
            "target_id": 1,
            "as_of": date(2020, 5, 1),
            "old_value": 5,
            "new_value": 6,
            "old_due": date(2020, 12, 31),
            "new_due": date(2020, 12, 31),
            "reason": "The council decided so.",
            "basis": "registered",
            "actor": "brook",
            "recorded_at": AT,
        },
    ),
    (
        "organisation_change",
        {
            "organisation_id": 1,
            "as_of": date(2020, 5, 1),
            "kind": "renamed",
            "old_name": "Harbour Office",
            "new_name": "Port Office",
            "reason": "A new law.",
            "actor": "brook",
            "recorded_at": AT,
        },
    ),
    (
        "person_change",
        {
            "person_id": 1,
            "as_of": date(2020, 5, 1),
            "field": "name",
            "old_value": "Ada",
            "new_value": "Ada Quay",
            "reason": "She married.",
            "basis": "registered",
            "actor": "brook",
            "recorded_at": AT,
        },
    ),
    (
        "plan_act",
        {
            "plan_id": 1,
            "kind": "closed",
            "as_of": date(2020, 12, 31),
            "reason": "The year is over.",
            "actor": "brook",
            "recorded_at": AT,
        },
    ),
    (
        "plan_change",
        {
            "plan_id": 1,
            "theme_id": 1,
            "as_of": date(2020, 5, 1),
            "field": "title",
            "old_value": "Quays and lights",
            "new_value": "Quays",
            "reason": "The council decided so.",
            "basis": "registered",
            "actor": "brook",
            "recorded_at": AT,
        },
    ),
    ("import_batch", {"plan_id": 1, "files": [], "mapping": {}, "counts": {}, "actor": "brook", "recorded_at": AT}),
    (
        "mandate_draft",
        {
            "key": "next",
            "title": "The next duties",
            "body_id": 1,
            "supersedes_id": 1,
            "document_id": 1,
            "state": "adopted",
            "mandate_id": 1,
        },
    ),
    (
        "mandate_draft",
        {"key": "later", "title": "Later duties", "body_id": 1, "supersedes_id": 1, "document_id": 1, "state": "open"},
    ),
    (
        "mandate_draft",
        {"key": "first", "title": "First duties", "body_id": 1, "document_id": 1, "state": "open", "plan_id": 1},
    ),
    (
        "drafted_clause",
        {
            "draft_id": 1,
            "key": "duty-1",
            "position": 1,
            "printed_number": "1.",
            "citation_id": 1,
            "restatement": "Keeps the quays.",
            "state": "accepted",
        },
    ),
    (
        "drafted_row",
        {
            "draft_id": 1,
            "from_clause_id": 1,
            "to_drafted_id": 1,
            "lineage": "moved-to",
            "relation": "equal-to",
            "rationale": "The same words.",
            "likeness": 0.5,
            "state": "machine-made",
        },
    ),
    ("attached_span", {"attachment_id": 1, "citation_id": 1, "match": "exact", "start_point": 0, "end_point": 5}),
]


def fill(database: Database) -> None:
    load_small_bundle(database)
    report(database, "T-001", percent=40)
    report(database, "T-001", phase=Phase.COMPLETED, as_of=date(2020, 12, 1))
    meet(database, "P-001", 1, date(2020, 3, 31))
    move(database, "P-001", 2, date(2020, 8, 1))
    observed(database, "T-001", 1, 4)
    with database.writing() as session:
        for name, values in OTHER_ROWS:
            session.execute(insert(all_tables().tables[name]), values)
        session.commit()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A register with rows in every table. Only read it, or write through `connection`."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = make_url(f"sqlite:///{tmp_path_factory.mktemp('filled') / 'filled.sqlite'}")
        else:
            url = stack.enter_context(new_postgresql_database(request.getfixturevalue("postgresql_server")))
        database = making.make(url)
        fill(database)
        yield database
        database.close()


@pytest.fixture
def connection(filled: Database) -> Iterator[Connection]:
    """A plain connection whose changes are taken back after the test."""
    with filled.engine.connect() as connection:
        yield connection
        connection.rollback()
