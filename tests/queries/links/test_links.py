"""What holds of links: by the latest review, and whether an end changed since it was pinned."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

from planner.base.errors import UnknownNameError
from planner.bundle.reader import read_bundle
from planner.domain.vocabulary import Coverage, LinkState, LinkType, ReviewDecision, SpanMatch
from planner.queries.items.register import read_item
from planner.queries.links.changes import LinkDetail, read_link_detail
from planner.queries.links.names import LinkFilters, ends_named, select_links
from planner.queries.links.standing import LinkStanding, read_links, read_suspects
from planner.queries.links.suspects import ids_of_suspects
from planner.queries.mandates.basis import read_mandate_bases
from planner.queries.mandates.clauses import read_outlines
from planner.queries.mandates.matrix import read_matrices
from planner.queries.mandates.trace import trace_clause, trace_item
from planner.register.point import Point
from planner.register.reading import Reading
from planner.sources.attach import attach
from planner.sources.cited import read_cited_documents
from planner.sources.files import examine, files_of
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Attachment
from tests.factories import ACTOR, cite, edit_file, load_bundle, plan_of, reading_of, write_documents, writing_by
from tests.linked import (
    LINK,
    LINKS,
    attach_copy,
    citation_of,
    link,
    link_item,
    links,
    note_place,
    on,
    review,
    reword,
)
from tests.queries.reads import APRIL


def suspects(database: Database, known_at: datetime | None = None) -> dict[str, tuple[str, ...]]:
    """The suspect links by name, with the ends that changed."""
    with database.reading() as session:
        found = read_suspects(reading_of(session, known_at=known_at))
    return {one.name: tuple(end.name for end in one.suspect) for one in found}


def detail(database: Database, name: str = LINK, known_at: datetime | None = None) -> LinkDetail:
    with database.reading() as session:
        return read_link_detail(reading_of(session, known_at=known_at), name)


def test_a_link_that_nobody_reviewed_stands_as_it_was_drawn(register: Database):
    found = links(register)
    assert tuple(found) == LINKS
    first = found[LINK]
    assert (first.type, first.coverage, first.review) == (LinkType.IMPLEMENTS, Coverage.FULL, None)
    assert (first.near.kind, first.near.title, first.theme, first.mandate) == ("measure", "Mended quays", 1, "old")
    assert (first.clause.name, first.clause.title) == ("old:duty-1", "Quays and lights are maintained.")
    assert all(one.holds and one.wants_review and one.state is LinkState.UNREVIEWED for one in found.values())
    assert suspects(register) == {}


def test_the_latest_review_known_by_then_says_what_holds(register: Database):
    review(register, at=on(1))
    review(
        register,
        decision=ReviewDecision.CHANGED,
        coverage=Coverage.PARTIAL,
        type=LinkType.SUPPORTS,
        rationale="It helps.",
        reason="Lights are no quays.",
        at=on(2),
    )
    review(register, decision=ReviewDecision.REJECTED, reason="It is another's.", at=on(3))

    before, accepted, changed, rejected = (link(register, known_at=on(day, hour=23)) for day in (1, 1, 2, 3))
    assert link(register, known_at=on(1, hour=1)).review is None
    assert before == accepted
    assert accepted.review is not None
    assert (accepted.state, accepted.review.actor, accepted.review.reason) == (LinkState.ACCEPTED, "brook", "It is so.")
    assert accepted.coverage is Coverage.FULL
    assert (changed.type, changed.coverage, changed.rationale) == (LinkType.SUPPORTS, Coverage.PARTIAL, "It helps.")
    assert (changed.state, changed.holds, changed.wants_review) == (LinkState.CHANGED, True, False)
    assert (rejected.state, rejected.holds, rejected.wants_review) == (LinkState.REJECTED, False, False)
    # What was rejected keeps what was said of it.
    assert (rejected.type, rejected.rationale) == (LinkType.SUPPORTS, "It helps.")
    assert [one.decision.value for one in detail(register).reviews] == ["accepted", "changed", "rejected"]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("M1.01", {"M1.01:old:duty-1": ("M1.01",), "M1.01:new:duty-1": ("M1.01",)}),
        ("old:duty-1", {"M1.01:old:duty-1": ("old:duty-1",), "M1.02:old:duty-1": ("old:duty-1",)}),
        ("T-003", {"T-003:old:duty-3": ("T-003",)}),
    ],
)
def test_a_reworded_end_makes_its_links_suspect_until_they_are_reviewed(
    register: Database, end: str, expected: dict[str, tuple[str, ...]]
):
    link_item(register, "T-003", "old:duty-3", on(1))
    review(register, next(iter(expected)), at=on(2))
    reword(register, end, "Said in other words", on(3))

    assert suspects(register) == expected
    assert suspects(register, on(3, hour=1)) == {}
    assert {name for name, one in links(register).items() if one.state is LinkState.SUSPECT} == set(expected)

    for name in expected:
        review(register, name, reason="Only the words are others.", at=on(4))
    assert suspects(register) == {}
    assert suspects(register, on(3, hour=23)) == expected


def test_a_wording_that_came_back_is_as_it_was_reviewed(register: Database):
    review(register, at=on(1))
    reword(register, "M1.01", "Mended piers", on(2))
    reword(register, "M1.01", "Mended quays", on(3))
    assert suspects(register) == {}
    assert "M1.01:old:duty-1" in suspects(register, on(2, hour=23))


def test_a_link_is_compared_with_its_latest_review_only(register: Database):
    review(register, at=on(1))
    reword(register, "M1.01", "Mended piers", on(2))
    review(register, reason="Only the words are others.", at=on(3))
    assert LINK not in suspects(register)
    reword(register, "M1.01", "Mended quays", on(4))
    assert suspects(register)[LINK] == ("M1.01",)


def explained(database: Database, how: str) -> list[str]:
    """The steps in which the database finds the suspect links."""
    with database.reading() as session:
        connection = session.connection()
        sent: list[tuple[str, Any]] = []
        event.listen(connection, "before_cursor_execute", lambda *told: sent.append(told[2:4]))
        ids_of_suspects(reading_of(session))
        statement, values = sent[-1]
        return [row[-1] for row in connection.exec_driver_sql(f"{how} {statement}", values)]


def test_the_latest_reviews_are_looked_for_only_if_a_fingerprint_differs(sqlite_register: Database):
    """A review per link is looked up in an index; reading all fingerprints is faster (docs/performance.md)."""
    steps = explained(sqlite_register, "EXPLAIN QUERY PLAN")
    assert steps[2] == "SEARCH link USING INTEGER PRIMARY KEY (rowid=?)"
    narrowing = steps[3 : steps.index("UNION USING TEMP B-TREE") + 3]
    assert [step for step in narrowing if "SCALAR SUBQUERY" in step] == []
    reviews = "SCAN link_review_2 USING INDEX ix_link_review_reworded"
    assert {step for step in narrowing if "SCAN" in step} == {"SCAN link", reviews}


def test_postgresql_expects_that_few_fingerprints_differ(postgresql_register: Database):
    """Otherwise it compares them in one process, and looks up a review of every link (docs/performance.md)."""
    review(postgresql_register, at=on(1))
    with postgresql_register.engine.begin() as connection:
        connection.execute(text("ANALYZE link_review"))
    steps = explained(postgresql_register, "EXPLAIN")
    (narrowed,) = (step for step in steps[1:] if "Unique" in step or "HashAggregate" in step)
    rows = int(narrowed.partition("rows=")[2].partition(" ")[0])
    assert rows < 10, "\n".join(steps)


def test_both_ends_can_change(register: Database):
    reword(register, "M1.01", "Mended piers", on(2))
    reword(register, "old:duty-1", "Piers are kept.", on(3))
    assert suspects(register)["M1.01:old:duty-1"] == ("M1.01", "old:duty-1")


def test_a_rejected_link_is_not_suspect(register: Database):
    review(register, decision=ReviewDecision.REJECTED, at=on(1))
    reword(register, "M1.01", "Mended piers", on(2))
    assert list(suspects(register)) == ["M1.01:new:duty-1"]


def test_a_copy_that_reads_otherwise_makes_links_suspect_and_names_language_and_copy(register: Database):
    review(register, "M2.01:new:duty-2", at=on(1))
    attach_copy(register, "new:duty-2", "ar", "differs", on(2), "new.txt")
    attach_copy(register, "M2.01", "ko", "missing", on(3), "plan.txt")
    attach_copy(register, "new:duty-1", "en", "normal", on(3), "saved.txt")

    assert suspects(register) == {"M2.01:old:duty-2": ("M2.01",), "M2.01:new:duty-2": ("M2.01", "new:duty-2")}
    found = link(register, "M2.01:new:duty-2")
    assert [(copy.language, copy.match, copy.file_name) for copy in found.clause.copies] == [
        ("ar", SpanMatch.DIFFERS, "new.txt")
    ]
    assert found.clause.why == (
        "clause new:duty-2: the attached copy 'new.txt' of new-duties-ar (ar) differs from the cited text"
    )
    assert "plan.txt' of plan-ko (ko) lacks the cited text" in found.near.why
    assert suspects(register, on(2, hour=23)) == {"M2.01:new:duty-2": ("new:duty-2",)}

    review(register, "M2.01:new:duty-2", "M2.01:old:duty-2", reason="The copy is a bad one.", at=on(4))
    assert suspects(register) == {}
    attach_copy(register, "new:duty-2", "en", "differs", on(5), "another.txt")
    assert suspects(register) == {"M2.01:new:duty-2": ("new:duty-2",)}


def test_a_place_checked_later_in_a_copy_attached_before_counts_from_then(register: Database):
    """The copy is older than the review; that it reads otherwise was recorded after it."""
    attach_copy(register, "old:duty-1", "en", "exact", on(1))
    review(register, at=on(2))
    with register.writing() as session, writing(session, ACTOR, on(3)) as journal:
        copy = session.execute(select(Attachment)).scalar_one()
        note_place(journal, copy, citation_of(session, "M1.01", "ko"), "missing")
    assert suspects(register)[LINK] == ("M1.01",)
    assert link(register).near.copies[0].recorded_at == on(3)


def test_before_and_after_come_from_the_log(register: Database):
    review(register, at=on(1))
    reword(register, "old:duty-1", "Quays are kept dry.", on(2))
    reword(register, "old:duty-1", "Quays are kept clean.", on(3))

    (change,) = detail(register).changes
    assert (change.end.name, change.actor, change.recorded_at, change.why_unknown) == ("old:duty-1", "ada", on(2), None)
    assert [(field.word, field.before, field.after) for field in change.fields] == [
        ("restatement", "Quays and lights are maintained.", "Quays are kept clean.")
    ]
    (earlier,) = detail(register, known_at=on(2, hour=23)).changes
    assert earlier.fields[0].after == "Quays are kept dry."
    assert detail(register, known_at=on(1, hour=23)).changes == ()


def test_a_wording_that_the_log_has_not_is_said_to_be_missing(sqlite_register: Database):
    with sqlite_register.engine.begin() as connection:
        connection.execute(text(f"UPDATE link SET near_fingerprint = '{'0' * 64}' WHERE id = 1"))
        connection.execute(text(f"UPDATE clause SET fingerprint = '{'1' * 64}' WHERE key = 'duty-1'"))
    near, clause = detail(sqlite_register).changes
    assert near.why_unknown == "the audit log has no event with the wording at the time of the review"
    assert clause.why_unknown == "the audit log has no event for the change of wording"
    assert near.fields == clause.fields == ()


def test_another_text_of_a_clause_is_another_wording(register: Database, bundle_folder: Path):
    """The data files cite another place for the clause in one language; its restatement stays."""

    def recite(content):
        content["clauses"][1]["texts"]["en"]["citation"] = cite("new-duties-en", "Run the reading rooms")

    edit_file(bundle_folder, "mandates/new.yaml", recite)
    load_bundle(register, read_bundle(bundle_folder), at=on(2))

    assert suspects(register) == {"M2.01:new:duty-2": ("new:duty-2",)}
    (change,) = detail(register, "M2.01:new:duty-2").changes
    (field,) = change.fields
    assert field.word == "text in en"
    assert field.before is not None
    assert field.before.startswith("new-duties-en, code points ")
    assert field.before != field.after


def test_copies_are_shown_beside_what_is_cited(register: Database, tmp_path: Path):

    folder = write_documents(tmp_path / "documents")
    file = folder / "old-duties-en.txt"
    true = file.read_text(encoding="utf-8")
    (folder / "other.txt").write_text(true.replace("quays", "piers"), encoding="utf-8")
    with register.writing() as session:
        found = examine(files_of([folder]), read_cited_documents(session))
        attach(writing_by(session, ACTOR, on(2)), found.copies)

    (change,) = detail(register).changes
    (copy,) = change.copies
    assert copy.cited == "Keeps the quays and the harbour lights in good order."
    assert copy.found == "Keeps the piers and the harbour lights in good order."
    assert copy.copy.file_name == "other.txt"


# What is called how


@pytest.mark.parametrize("name", [LINK, "m1.01:old:duty-1", "M1.01>old:duty-1", "M1.01:duty-1", " M1.01 old:duty-1 "])
def test_a_link_is_named_by_its_two_ends(sqlite_register: Database, name: str):
    assert link(sqlite_register, name).name == LINK


@pytest.mark.parametrize("name", ["", "M1.01", "M1.01:", ":duty-1", "M1.01:old:duty-9", "M9.01:duty-1", "\0>\udcff:x"])
def test_what_names_no_link_is_told(sqlite_register: Database, name: str):
    with pytest.raises(UnknownNameError):
        link(sqlite_register, name)


def test_links_are_meant_by_name_or_by_an_end(sqlite_register: Database):
    with sqlite_register.reading() as session:
        every = read_links(reading_of(session))

        def meant(*words: str) -> list[str]:
            return [one.name for one in select_links(reading_of(session), every, words)]

        assert meant("M1.01:duty-1") == [LINK]
        assert meant("M1.01") == ["M1.01:old:duty-1", "M1.01:new:duty-1"]
        assert meant("t1") == meant("M1.01")
        assert meant("duty-1", LINK) == ["M1.01:old:duty-1", "M1.02:old:duty-1"]
        assert ends_named(reading_of(session), "t1") == {"T-001", "M1.01"}
        with pytest.raises(UnknownNameError):
            meant("nothing")


def test_links_are_narrowed(sqlite_register: Database):
    review(sqlite_register, "M1.01:old:duty-1", at=on(1))
    every = tuple(links(sqlite_register).values())

    def names(**wanted: object) -> list[str]:
        return [one.name for one in LinkFilters(**wanted).chosen(every)]  # type: ignore[arg-type]

    assert names(states=frozenset({LinkState.ACCEPTED})) == [LINK]
    assert names(themes=frozenset({2}), mandate="new") == ["M2.01:new:duty-2", "M2.02:new:duty-3.1"]
    assert len(names(wants_review=True)) == 6
    assert names(ends=frozenset({"old:duty-2"})) == ["M2.01:old:duty-2"]


# Reviewed links hold everywhere


def everywhere(database: Database) -> dict[str, object]:
    """What the reads that lead over links say of T-001 and of its clause."""
    with database.reading() as session:
        plan, point = plan_of(session), Point(APRIL)
        item = read_item(Reading(session, plan, point), "T-001")
        (outline,) = read_outlines(reading_of(session), "old")
        (matrix,) = read_matrices(Reading(session, plan, point), "old")
        trace = trace_item(Reading(session, plan, point), "T-001", "old").mandates[0]
        behind = trace_clause(Reading(session, plan, point), "duty-1").links
        return {
            "trace": [(one.type, one.coverage, one.rationale, one.state, one.suspect) for one in trace.links],
            "without": trace.without,
            "clause": [(one.measure.code, one.type, one.state) for one in behind],
            "outline": outline.clauses[0].measures,
            "uncovered": [(one.code, one.reason) for one in outline.uncovered],
            "matrix": (matrix.rows[0].measures, len(matrix.rows[0].items)),
            "states": [one.state for one in matrix.rows[0].links],
            "standing": [
                (one.reference, one.type, one.state, one.reviewed_by)
                for standing in read_mandate_bases(reading_of(session), [item])
                for one in standing.clauses
            ],
            "gaps": [gap for standing in read_mandate_bases(reading_of(session), [item]) for gap in standing.gaps],
        }


def test_a_changed_link_is_shown_as_changed_everywhere(register: Database):
    review(
        register,
        decision=ReviewDecision.CHANGED,
        type=LinkType.SUPPORTS,
        coverage=Coverage.PARTIAL,
        rationale="It helps.",
        at=on(1),
    )
    said = everywhere(register)
    assert said["trace"] == [(LinkType.SUPPORTS, Coverage.PARTIAL, "It helps.", LinkState.CHANGED, ())]
    assert said["clause"] == [
        ("M1.01", LinkType.SUPPORTS, LinkState.CHANGED),
        ("M1.02", LinkType.IMPLEMENTS, LinkState.UNREVIEWED),
    ]
    assert said["standing"] == [("old:duty-1", LinkType.SUPPORTS, LinkState.CHANGED, "brook")]
    assert said["states"] == [LinkState.CHANGED, LinkState.UNREVIEWED]


def test_a_rejected_link_holds_nowhere(register: Database):
    before = everywhere(register)
    assert (before["outline"], before["matrix"]) == (("M1.01", "M1.02"), (("M1.01", "M1.02"), 3))
    review(register, decision=ReviewDecision.REJECTED, reason="It is another's", at=on(1))
    said = everywhere(register)
    why = "The link to old:duty-1 was rejected by brook: It is another's."
    assert (said["trace"], said["standing"], said["without"]) == ([], [], why)
    assert said["clause"] == [("M1.02", LinkType.IMPLEMENTS, LinkState.UNREVIEWED)]
    assert (said["outline"], said["matrix"]) == (("M1.02",), (("M1.02",), 2))
    assert ("M1.01", why) in said["uncovered"]  # type: ignore[operator]
    assert said["gaps"] == [f"No clause of old covers 'Mended quays'. {why}"]


def test_a_suspect_link_is_shown_as_suspect_everywhere(register: Database):
    reword(register, "old:duty-1", "Quays are kept dry.", on(2))
    said = everywhere(register)
    assert [one[3:] for one in said["trace"]] == [(LinkState.SUSPECT, ("the clause old:duty-1 was reworded",))]  # type: ignore[attr-defined]
    assert said["states"] == [LinkState.SUSPECT, LinkState.SUSPECT]
    assert said["standing"] == [("old:duty-1", LinkType.IMPLEMENTS, LinkState.SUSPECT, None)]


def test_links_of_another_plan_are_not_shown(sqlite_register: Database):
    with sqlite_register.reading() as session:
        here = reading_of(session)
        other = replace(here, plan=replace(here.plan, id=99))
        assert read_links(other) == ()
        reworded: tuple[LinkStanding, ...] = read_suspects(other)
        assert reworded == ()
