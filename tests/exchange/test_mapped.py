"""The reading behind the exports, of real databases: reviews, suspect links, and what was known before."""

from datetime import date, datetime

from sqlalchemy import func, select

from planner.domain.vocabulary import Basis, Coverage, ReviewDecision
from planner.exchange.annotations import annotations_document
from planner.exchange.cited import read_cited_places
from planner.exchange.json_bytes import json_bytes
from planner.exchange.mapped import Mapped, read_mapped
from planner.exchange.oscal import oscal_document
from planner.exchange.skos import skos_document
from planner.store.database import Database
from planner.store.models import AuditEvent
from tests.chasing.factories import make_a_demonstration
from tests.exchange.graph import PLANNER, SkosFile
from tests.exchange.oscal_reader import OscalFile, schema_errors, unmapped, value
from tests.exchange.told import gaps_of, links_of, rows_of
from tests.factories import reading_of, report
from tests.linked import attach_copy, link_item, on, review, reword


def mapped_of(database: Database, known_at: datetime | None = None) -> Mapped:
    with database.reading() as session:
        return read_mapped(reading_of(session, known_at=known_at).with_known_plan())


def all_bytes(database: Database, known_at: datetime | None = None) -> tuple[bytes, ...]:
    """The three files."""
    made = mapped_of(database, known_at)
    with database.reading() as session:
        cited = read_cited_places(reading_of(session, known_at=known_at).with_known_plan())
    documents = (oscal_document(made), skos_document(made), annotations_document(cited))
    return tuple(b"".join(json_bytes(document)) for document in documents)


def decide(database: Database) -> None:
    """Review some links, then reword a measure and attach a copy that reads otherwise."""
    review(database, "M1.01:old:duty-1", "M1.01:new:duty-1", at=on(2), reason="Read *both*.")
    review(database, "M2.01:new:duty-2", decision=ReviewDecision.REJECTED, at=on(3), reason="It is about libraries.")
    changed = ReviewDecision.CHANGED
    review(database, "M1.02:new:duty-1", decision=changed, coverage=Coverage.FULL, at=on(4), reason="All of it.")
    link_item(database, "T-003", "new:duty-3.1", on(5))
    reword(database, "M1.01", "Quays mended and painted", on(6))
    attach_copy(database, "new:duty-3.1", "ar", "differs", on(7))


def test_both_files_tell_of_every_row_and_every_link_with_its_state(register: Database):
    decide(register)
    made = mapped_of(register)
    assert (len(made.rows), len(made.links), len(made.unlinked)) == (5, 8, 3)
    states = {link.near: link.state for link in links_of(made) if link.clause.startswith("new:")}
    assert states == {
        "M1.01": "suspect",
        "M1.02": "changed",
        "M2.01": "rejected",
        "M2.02": "suspect",
        "T-003": "suspect",
    }
    document = oscal_document(made)
    assert schema_errors(document) == []
    oscal, skos = OscalFile(document), SkosFile(skos_document(made))
    assert oscal.rows() == skos.rows() == rows_of(made)
    assert oscal.links() == skos.links() == links_of(made)
    assert oscal.unlinked() == skos.unlinked() == gaps_of(made)


def test_a_link_that_was_rejected_holds_no_longer_in_either_file(sqlite_register: Database):
    decide(sqlite_register)
    made = mapped_of(sqlite_register)
    links = {one["sources"][0]["id-ref"]: one for one in _links_to_new(made)["maps"]}
    assert links["M2.01"]["relationship"] == "no-relationship"
    assert "ns" not in links["M2.01"]
    assert (links["M1.02"]["relationship"], links["M1.02"]["ns"]) == ("implements", "urn:planner:vocabulary:")
    assert (unmapped(_links_to_new(made), "source"), unmapped(_links_to_new(made), "target")) == (
        ["M2.01", "M0.01"],
        ["duty-2", "duty-3"],
    )
    skos = SkosFile(skos_document(made))
    assert {one for one in skos.said("supports", namespace=PLANNER) if one[0] in ("M2.01", "T-003")} == {
        ("T-003", "supports", "new:duty-3.1")
    }


def test_a_suspect_link_says_which_end_changed(sqlite_register: Database):
    decide(sqlite_register)
    links = {one["sources"][0]["id-ref"]: one for one in _links_to_new(mapped_of(sqlite_register))["maps"]}
    assert value(links["M1.01"]["sources"][0], "changed") == "the measure M1.01 was reworded"
    assert "copy.txt" in value(links["T-003"]["targets"][0], "changed")
    assert _links_to_new(mapped_of(sqlite_register))["status"] == "draft"


def _links_to_new(made: Mapped) -> dict:  # type: ignore[type-arg]
    of_new = [one for one in OscalFile(oscal_document(made)).mappings("links") if len(one["maps"]) > 3]
    assert len(of_new) == 1
    return of_new[0]


def test_the_files_as_known_before_are_the_files_of_then_to_the_byte(register: Database):
    first = all_bytes(register)
    decide(register)
    assert all_bytes(register, on(1)) == first
    oscal, skos, annotations = all_bytes(register, on(5))
    assert (oscal in first, skos in first, annotations in first) == (False, False, True), "reviews cite nothing"
    assert all_bytes(register)[2] != annotations, "the measure was reworded later"


def test_the_edition_is_the_last_event_that_they_could_tell_of(sqlite_register: Database):
    writes = (
        lambda: review(sqlite_register, at=on(2)),
        lambda: reword(sqlite_register, "M1.01", "Quays painted", on(3)),
        lambda: attach_copy(sqlite_register, "new:duty-1", "en", "differs", on(4)),
        lambda: link_item(sqlite_register, "T-003", "new:duty-3.1", on(5)),
    )
    for day, write in enumerate(writes, 2):
        write()
        with sqlite_register.reading() as session:
            last = session.execute(select(func.max(AuditEvent.seq))).scalar_one()
        edition = mapped_of(sqlite_register).edition
        assert (edition.event, edition.recorded_at) == (last, on(day))


def test_clauses_stand_in_the_order_of_their_version_and_items_after_measures(sqlite_register: Database):
    decide(sqlite_register)
    made = mapped_of(sqlite_register)
    assert [one.key for one in made.versions] == ["old", "new"]
    assert [one.reference for one in made.versions[1].clauses] == [
        "new:duty-1",
        "new:duty-2",
        "new:duty-3",
        "new:duty-3.1",
    ]
    assert [one.code for one in made.sources] == ["M1.01", "M1.02", "M2.01", "M2.02", "M0.01", "T-003"]


def test_in_a_demonstration_the_wording_of_an_item_is_simulated(sqlite_register: Database):
    link_item(sqlite_register, "T-001", "old:duty-1", on(2))
    make_a_demonstration(sqlite_register, date(2020, 6, 25))
    assert {one.basis for one in mapped_of(sqlite_register).sources if one.kind == "item"} == {Basis.SIMULATED}
    assert {one.basis for one in mapped_of(sqlite_register).sources if one.kind == "measure"} == {Basis.STATED}


def test_what_the_files_do_not_tell_of_changes_no_byte(sqlite_register: Database):
    first = all_bytes(sqlite_register)
    report(sqlite_register)
    assert all_bytes(sqlite_register) == first


def test_both_databases_give_the_same_bytes(sqlite_register: Database, postgresql_register: Database):
    for database in (sqlite_register, postgresql_register):
        decide(database)
    assert all_bytes(sqlite_register) == all_bytes(postgresql_register)
