"""The section `traceability`."""

from datetime import date

from sqlalchemy import select

from planner.domain.vocabulary import Basis
from planner.store.journal import writing
from planner.store.models import Clause, Item, Link, Mandate
from planner.weekly.sections.traceability import TRACEABILITY
from tests.factories import ACTOR, ITEM_CODES, noon
from tests.weekly.week import section_rows

APRIL_20 = noon(date(2020, 4, 20))


def rows_of(database, code, **options):
    return [row for row in section_rows(database, TRACEABILITY, **options) if row["code"] == code]


def link_item(database, code, mandate, clause):
    with database.writing() as session, writing(session, ACTOR, APRIL_20) as journal:
        item = session.execute(select(Item).where(Item.code == code)).scalar_one()
        chosen = select(Clause.id).join(Mandate, Mandate.id == Clause.mandate_id)
        far = session.execute(chosen.where(Mandate.key == mandate, Clause.key == clause)).scalar_one()
        digest = "0" * 64
        link = Link(
            item_id=item.id,
            clause_id=far,
            type="supports",
            coverage="partial",
            rationale="Boats are on charts.",
            near_fingerprint=digest,
            clause_fingerprint=digest,
        )
        journal.add(link, action="link", label=code)


def test_each_item_is_led_over_its_measure_to_its_clause_and_across(sqlite_register):
    assert [row["code"] for row in section_rows(sqlite_register, TRACEABILITY)] == list(ITEM_CODES)
    (row,) = rows_of(sqlite_register, "P-002")
    assert (row["measure"], row["measure_title"]) == ("M2.01", "Reading rooms open again")
    assert (row["measure_basis"], row["allocation_basis"]) == (Basis.STATED, Basis.WORKING)
    assert (row["clause"], row["clause_says"]) == ("old:duty-2", "Reading rooms are run jointly.")
    assert (row["link_of"], row["link_type"], row["coverage"]) == ("measure", "implements", "full")
    assert row["rationale"] == "M2.01 is what duty-2 asks for."
    assert row["corresponding_clauses"] == ("new:duty-2",)
    assert row["crosswalk"] == ("old:duty-2 moved-to new:duty-2 (superset-of)",)
    assert (row["other_links"], row["gap"]) == (("new:duty-2",), None)


def test_what_is_missing_is_said_in_words(register):
    (row,) = rows_of(register, "T-003")
    assert (row["clause"], row["link_of"], row["link_type"]) == ("none", "none", None)
    assert row["gap"] == "No clause of old covers 'Old charts'. No duty speaks of it."
    assert row["other_links"] == ("new:duty-3.1",)
    link_item(register, "T-003", "old", "duty-3")
    (row,) = rows_of(register, "T-003")
    assert (row["clause"], row["link_of"], row["corresponding_clauses"]) == ("old:duty-3", "item", ())
    assert row["crosswalk"] == ("old:duty-3 withdrawn (no-relationship)",)
    assert row["gap"] == "Nothing in new corresponds to old:duty-3. Nobody counts boats any more."
    # As known before, the link is not there.
    (row,) = rows_of(register, "T-003", known_at=noon(date(2020, 4, 19)))
    assert row["clause"] == "none"
