"""Loading a plan: twice changes nothing, a changed seed is followed, what a person entered stays."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from planner.base.errors import DatabaseUnusableError, SeedError
from planner.base.fingerprints import item_fingerprint, measure_fingerprint
from planner.bundle.loader import STEPS, load_into
from planner.bundle.reader import read_bundle
from planner.bundle.seeder import Counts
from planner.domain.title_keys import key_of_title
from planner.domain.vocabulary import FindingKind
from planner.integrity.problems import Problems
from planner.integrity.seeds import check_seeded
from planner.queries.findings import read_findings
from planner.store import making
from planner.store.database import Database
from planner.store.journal import Actor, writing
from planner.store.models import (
    AuditEvent,
    Citation,
    Clause,
    CrosswalkRow,
    Indicator,
    Item,
    Link,
    Mandate,
    Measure,
    Milestone,
    MilestoneReport,
    Observation,
    Organisation,
    OrganisationName,
    Plan,
    Responsibility,
    SeededRow,
    all_tables,
    row_values,
)
from tests.factories import (
    ACTOR,
    AT,
    COLLEAGUE,
    ITEM_CODES,
    edit_file,
    load_bundle,
    load_small_bundle,
    meet,
    move,
    observed,
    reading_of,
    report,
)
from tests.linked import give_earlier_fingerprint

LATER = AT + timedelta(days=10)


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with database.reading() as session:
        return {
            name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for name, table in all_tables().tables.items()
        }


def reload(database: Database, folder: Path) -> Counts:
    """Load a plan's files; the loader's notes go with the log afterwards."""
    counts = load_bundle(database, read_bundle(folder), at=LATER)
    problems = Problems()
    with database.reading() as session:
        assert check_seeded(session, problems) > 0
    assert problems.kept == []
    return counts


def item(database: Database, code: str) -> dict[str, Any]:
    with database.reading() as session:
        return row_values(session.execute(select(Item).where(Item.code == code)).scalar_one())


def edit_item(database: Database, code: str, **values: Any) -> None:
    """What a person does in the program: change some fields of an item, and with them its fingerprint."""
    with database.writing() as session, writing(session, COLLEAGUE, AT + timedelta(days=5)) as journal:
        row = session.execute(select(Item).where(Item.code == code)).scalar_one()
        measure = session.execute(select(Measure.code).where(Measure.id == row.measure_id)).scalar_one()
        digest = item_fingerprint(values.get("title", row.title), measure)
        journal.change(row, {**values, "fingerprint": digest}, action="edit", label=code)


def seed_item(folder: Path, code: str, **values: Any) -> None:
    """Change some fields of an item in the data files."""
    for name in ("items/theme-1.yaml", "items/theme-2.yaml"):

        def change(content: Any) -> None:
            for entry in content["items"]:
                if entry["code"] == code:
                    entry.update(values)

        edit_file(folder, name, change)


class TestFirstTime:
    def test_everything_is_there(self, register):
        with register.reading() as session:
            codes = session.execute(select(Item.code).order_by(Item.kind.desc(), Item.code)).scalars().all()

        assert codes == list(ITEM_CODES)

    def test_counts_are_those_of_the_rows(self, empty):
        counts = load_small_bundle(empty)

        rows = {name: len(found) for name, found in contents(empty).items() if found}
        for not_loaded in ("audit_event", "seeded_row", "alembic_version", "installation", "person"):
            rows.pop(not_loaded, None)
        assert counts.added == rows
        assert (counts.changed, counts.kept) == ({}, [])

    def test_each_step_is_told(self, empty, bundle_folder):
        told: list[str] = []
        with empty.writing() as session, writing(session, ACTOR, AT) as journal:
            load_into(journal, read_bundle(bundle_folder), told.append)

        assert told == list(STEPS)

    def test_lead_follows_from_the_rule_of_the_measure(self, register):
        with register.reading() as session:
            rows = session.execute(
                select(Item.code, Organisation.key, Item.lead_basis, Item.lead_rule_id.is_(None), Item.lead_note)
                .join(Organisation, Organisation.id == Item.lead_id)
                .where(Item.code.in_(["T-001", "T-003"]))
                .order_by(Item.code)
            ).all()

        assert [tuple(row) for row in rows] == [
            ("T-001", "harbour-office", "derived", False, None),
            ("T-003", "town-archive", "working", True, "No duty speaks of charts."),
        ]

    def test_supporting_bodies_come_from_the_rule_and_from_the_item(self, register):
        with register.reading() as session:
            rows = session.execute(
                select(Item.code, Organisation.key, Responsibility.supporting_basis)
                .join(Item, Item.id == Responsibility.item_id)
                .join(Organisation, Organisation.id == Responsibility.organisation_id)
                .order_by(Item.code)
            ).all()

        assert [tuple(row) for row in rows] == [
            ("P-001", "town-archive", "derived"),
            ("T-001", "town-archive", "derived"),
            ("T-002", "town-archive", "derived"),
            ("T-003", "harbour-office", "working"),
        ]

    def test_item_without_dates_takes_the_plan_s(self, register):
        loaded = item(register, "T-001")

        assert (loaded["starts"], loaded["starts_basis"]) == (date(2020, 1, 1), "derived")
        assert (loaded["baseline_due"], loaded["due_basis"]) == (date(2020, 12, 31), "derived")
        assert loaded["starts_rule_id"] == loaded["due_rule_id"] is not None

    def test_stated_title_has_the_citation_of_its_measure(self, register):
        loaded = item(register, "T-001")

        with register.reading() as session:
            measure = session.get(Measure, loaded["measure_id"])
            assert measure is not None
            assert loaded["citation_id"] == measure.citation_id is not None

    def test_link_keeps_the_fingerprints_of_both_ends(self, register):
        with register.reading() as session:
            rows = session.execute(
                select(Link.near_fingerprint, Measure.fingerprint, Link.clause_fingerprint, Clause.fingerprint)
                .join(Measure, Measure.id == Link.measure_id)
                .join(Clause, Clause.id == Link.clause_id)
            ).all()

        assert len(rows) == 7
        assert all(near == measure and far == clause for near, measure, far, clause in rows)

    def test_same_place_cited_twice_is_one_citation(self, register):
        with register.reading() as session:
            places = session.execute(select(Citation.document_id, Citation.start_point, Citation.end_point)).all()

        assert len(places) == len(set(places)) > 0


class TestAgain:
    def test_nothing_is_changed(self, register):
        before = contents(register)

        counts = load_small_bundle(register, at=LATER)

        assert not counts.anything
        assert counts.kept == []
        assert contents(register) == before

    def test_nothing_of_what_a_person_changed_is_changed(self, register):
        edit_item(register, "T-001", title="Mend every quay", weight=3.0)
        before = contents(register)

        counts = load_small_bundle(register, at=LATER)

        assert not counts.anything
        assert counts.kept == []
        assert contents(register) == before

    def test_nothing_is_changed_when_the_same_is_loaded_by_somebody_else(self, register):
        before = contents(register)

        load_small_bundle(register, at=LATER, actor=Actor("dora"))

        assert contents(register) == before


class TestChangedSeed:
    def test_what_stands_as_seeded_follows(self, register, bundle_folder):
        seed_item(bundle_folder, "T-003", title="Ask the schools for old maps", start=date(2020, 7, 1))

        counts = reload(register, bundle_folder)

        after = item(register, "T-003")
        assert (after["title"], after["starts"]) == ("Ask the schools for old maps", date(2020, 7, 1))
        assert (counts.added, counts.changed, counts.kept) == ({}, {"item": 1}, [])

    def test_following_leaves_one_event_with_before_and_after(self, register, bundle_folder):
        seed_item(bundle_folder, "T-003", title="Ask the schools for old maps")
        with register.reading() as session:
            last = session.execute(select(func.max(AuditEvent.seq))).scalar_one()

        reload(register, bundle_folder)

        with register.reading() as session:
            (event,) = session.execute(select(AuditEvent).where(AuditEvent.seq > last)).scalars().all()
        assert (event.table_name, event.action, event.recorded_at) == ("item", "seed", LATER)
        assert b"old charts" in event.body
        assert b"old maps" in event.body

    def test_the_rank_of_a_finding_follows_and_a_finding_without_one_is_in_the_middle(self, register, bundle_folder):
        def ranked(rank):
            edit_file(bundle_folder, "text-findings.yaml", lambda file: file["findings"][0].update(rank=rank))
            counts = reload(register, bundle_folder)
            with register.reading() as session:
                kind = FindingKind.PHRASE_IN_ONE_LANGUAGE
                (finding,) = read_findings(reading_of(session, date(2020, 4, 1)), kind)
            return finding.rank, counts.changed

        assert ranked("middle") == ("middle", {})
        assert ranked("low") == ("low", {"text_finding": 1})
        assert ranked("low") == ("low", {})
        assert ranked("middle") == ("middle", {"text_finding": 1})

    def test_what_a_person_changed_stays_and_is_told(self, register, bundle_folder):
        edit_item(register, "T-003", title="Write to the schools")
        seed_item(bundle_folder, "T-003", title="Ask the schools for old maps")

        counts = reload(register, bundle_folder)

        assert item(register, "T-003")["title"] == "Write to the schools"
        assert counts.changed == {}
        assert counts.kept == ["item harbour-2020:T-003: title"]

    def test_other_fields_of_the_same_row_follow(self, register, bundle_folder):
        edit_item(register, "T-003", title="Write to the schools")
        seed_item(bundle_folder, "T-003", title="Ask the schools for old maps", start=date(2020, 7, 1))

        counts = reload(register, bundle_folder)

        after = item(register, "T-003")
        assert (after["title"], after["starts"]) == ("Write to the schools", date(2020, 7, 1))
        assert (counts.changed, counts.kept) == ({"item": 1}, ["item harbour-2020:T-003: title"])

    def test_change_by_a_person_stays_over_several_seeds(self, register, bundle_folder):
        edit_item(register, "T-003", title="Write to the schools")
        for number in range(3):
            seed_item(
                bundle_folder, "T-003", title=f"Ask the schools, version {number}", start=date(2020, 7, 1 + number)
            )
            reload(register, bundle_folder)

        after = item(register, "T-003")
        assert (after["title"], after["starts"]) == ("Write to the schools", date(2020, 7, 3))

    def test_seed_that_comes_to_say_what_a_person_entered_is_no_change(self, register, bundle_folder):
        edit_item(register, "T-003", title="Write to the schools")
        seed_item(bundle_folder, "T-003", title="Write to the schools")

        counts = reload(register, bundle_folder)
        assert (counts.anything, counts.kept) == (False, [])

        seed_item(bundle_folder, "T-003", title="Ask the schools for old maps")
        reload(register, bundle_folder)
        assert item(register, "T-003")["title"] == "Write to the schools"

    def test_seed_taken_back_is_followed_back(self, register, bundle_folder):
        before = item(register, "T-003")
        for title in ("Ask the schools for old maps", before["title"]):
            seed_item(bundle_folder, "T-003", title=title)
            reload(register, bundle_folder)

        assert item(register, "T-003") == before

    def test_fingerprint_follows_the_row_as_it_then_stands(self, register, bundle_folder):
        with register.writing() as session, writing(session, COLLEAGUE, AT + timedelta(days=5)) as journal:
            row = session.execute(select(Measure).where(Measure.code == "M1.01")).scalar_one()
            journal.change(row, {"title": "Mended quays and steps"}, action="edit", label="M1.01")
        edit_file(
            bundle_folder, "measures.yaml", lambda content: content["measures"][0].update(restatement="Mend all.")
        )

        reload(register, bundle_folder)

        with register.reading() as session:
            row = session.execute(select(Measure).where(Measure.code == "M1.01")).scalar_one()
            quoted = session.execute(select(Citation.quoted_sha256).where(Citation.id == row.citation_id)).scalar_one()
            assert (row.title, row.restatement) == ("Mended quays and steps", "Mend all.")
            assert row.fingerprint == measure_fingerprint("M1.01", row.title, row.restatement, quoted)

    def test_fingerprint_of_an_earlier_version_stays_while_its_words_do(self, register, bundle_folder):
        give_earlier_fingerprint(register, "T-001")
        before = item(register, "T-001")["fingerprint"]
        reload(register, bundle_folder)
        assert item(register, "T-001")["fingerprint"] == before

    def test_link_keeps_the_fingerprint_under_which_it_was_drawn(self, register, bundle_folder):
        edit_file(
            bundle_folder, "measures.yaml", lambda content: content["measures"][0].update(restatement="Mend all.")
        )

        reload(register, bundle_folder)

        with register.reading() as session:
            rows = session.execute(
                select(Link.near_fingerprint, Measure.fingerprint)
                .join(Measure, Measure.id == Link.measure_id)
                .where(Measure.code == "M1.01")
            ).all()
        assert len(rows) == 2
        assert all(near != measure for near, measure in rows)

    def test_moved_lead_is_followed(self, register, bundle_folder):
        edit_file(
            bundle_folder,
            "rules.yaml",
            lambda content: content["working_leads"][0].update(organisation="harbour-office"),
        )
        seed_item(bundle_folder, "T-003", supporting=[])

        counts = reload(register, bundle_folder)

        with register.reading() as session:
            office = session.execute(select(Organisation.id).where(Organisation.key == "harbour-office")).scalar_one()
        assert item(register, "T-003")["lead_id"] == office
        assert counts.changed == {"item": 1}

    def test_settings_of_the_plan_that_no_file_gives_stay(self, register, bundle_folder):
        with register.writing() as session, writing(session, COLLEAGUE, AT + timedelta(days=5)) as journal:
            journal.change(
                session.execute(select(Plan)).scalar_one(), {"behind_points": 5}, action="edit", label="plan"
            )
        edit_file(bundle_folder, "plan.yaml", lambda content: content["plan"].update(title="Another title"))

        reload(register, bundle_folder)

        with register.reading() as session:
            plan = session.execute(select(Plan)).scalar_one()
            assert (plan.title, plan.behind_points) == ("Another title", 5)


class TestNewEntries:
    def test_new_item_is_added(self, register, bundle_folder):
        def change(content: Any) -> None:
            content["items"].append({**content["items"][0], "code": "T-004", "title": "Ask the sailors for old charts"})

        edit_file(bundle_folder, "items/theme-2.yaml", change)

        counts = reload(register, bundle_folder)

        assert item(register, "T-004")["title"] == "Ask the sailors for old charts"
        assert counts.added == {"item": 1, "responsibility": 1, "milestone": 2, "indicator": 1}

    def test_measure_put_between_others_moves_them_on(self, register, bundle_folder):
        def change(content: Any) -> None:
            entry = {"code": "M1.03", "title": "New buoys", "restatement": "Lay buoys."}
            content["measures"].insert(1, entry)

        edit_file(bundle_folder, "measures.yaml", change)
        edit_file(bundle_folder, "rules.yaml", lambda content: content["rules"][2]["measures"].append("M1.03"))

        reload(register, bundle_folder)

        with register.reading() as session:
            codes = session.execute(select(Measure.code).order_by(Measure.position)).scalars().all()
        assert codes == ["M1.01", "M1.03", "M1.02", "M2.01", "M2.02", "M0.01"]

    def test_clauses_in_another_order_are_followed(self, register, bundle_folder):
        edit_file(bundle_folder, "mandates/old.yaml", lambda content: content["clauses"].reverse())

        reload(register, bundle_folder)

        with register.reading() as session:
            mine = Clause.mandate_id == select(Mandate.id).where(Mandate.key == "old").scalar_subquery()
            keys = session.execute(select(Clause.key).where(mine).order_by(Clause.position)).scalars().all()
        assert keys == ["duty-3", "duty-2", "duty-1"]

    def test_milestone_that_is_added_comes_last(self, register, bundle_folder):
        def change(content: Any) -> None:
            content["items"][0]["milestones"].append(
                {"title": "Charts copied", "date": date(2020, 12, 15), "weight": 10, "test": "A box of copies"}
            )

        edit_file(bundle_folder, "items/theme-2.yaml", change)

        reload(register, bundle_folder)

        with register.reading() as session:
            own = Milestone.item_id == select(Item.id).where(Item.code == "T-003").scalar_subquery()
            titles = session.execute(select(Milestone.title).where(own).order_by(Milestone.number)).scalars()
            assert list(titles) == ["Schools asked", "Answers listed", "Charts copied"]


def test_names_of_a_register_made_before_they_had_a_basis_get_it(register, bundle_folder):
    """As a register comes out of the upgrade: neither its rows nor the loader's notes know a basis."""
    with register.writing() as session:
        session.execute(update(OrganisationName).values(basis=None))
        for mark in session.execute(select(SeededRow).where(SeededRow.table_name == "organisation_name")).scalars():
            mark.said = {name: value for name, value in mark.said.items() if name not in ("basis", "citation_id")}
        session.commit()

    counts = reload(register, bundle_folder)

    with register.reading() as session:
        assert set(session.execute(select(OrganisationName.basis)).scalars()) == {"working"}
    assert (counts.changed, counts.kept) == ({"organisation_name": 2}, [])


def met_by_title(database: Database) -> dict[str, date | None]:
    """The milestones of T-003 by their titles, and when each was reported as met."""
    with database.reading() as session:
        own = Milestone.item_id == select(Item.id).where(Item.code == "T-003").scalar_subquery()
        met = select(Milestone.title, MilestoneReport.met_on).outerjoin(MilestoneReport).where(own)
        return {row[0]: row[1] for row in session.execute(met)}


def values_by_name(database: Database) -> dict[str, list[float]]:
    """The indicators of T-003 by their names, with the values observed."""
    with database.reading() as session:
        own = Indicator.item_id == select(Item.id).where(Item.code == "T-003").scalar_subquery()
        values = defaultdict(list)
        for name, value in session.execute(select(Indicator.name, Observation.value).outerjoin(Observation).where(own)):
            values[name].extend([] if value is None else [value])
        return dict(values)


def edit_entries(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the entry of T-003 in its data file."""
    edit_file(folder, "items/theme-2.yaml", lambda content: change(content["items"][0]))


def swap_milestones(entry: dict[str, Any]) -> None:
    """Put the two milestones of T-003 the other way round, each on the other's day."""
    first, second = entry["milestones"]
    first["date"], second["date"] = second["date"], first["date"]
    entry["milestones"].reverse()


class TestEntriesKeepTheirOwners:
    """What was reported of a milestone or an indicator stays with it, however its file is put in another order."""

    @pytest.fixture
    def reported(self, register, bundle_folder):
        """The small plan with two indicators of T-003; its second milestone is met, each indicator has a value."""

        def second(entry: dict[str, Any]) -> None:
            entry["indicators"].append({"name": "Complaints", "unit": "letters", "direction": "decrease"})

        edit_entries(bundle_folder, second)
        reload(register, bundle_folder)
        meet(register, "T-003", 2, date(2020, 3, 2))
        observed(register, "T-003", 1, 80)
        observed(register, "T-003", 2, 7)
        return register

    def test_another_order_moves_nothing(self, reported, bundle_folder):
        milestones, values = met_by_title(reported), values_by_name(reported)
        assert sum(day is not None for day in milestones.values()) == 1
        assert sorted(len(each) for each in values.values()) == [1, 1]

        edit_entries(bundle_folder, swap_milestones)
        edit_entries(bundle_folder, lambda entry: entry["indicators"].reverse())
        counts = reload(reported, bundle_folder)

        assert (met_by_title(reported), values_by_name(reported)) == (milestones, values)
        assert (counts.added, counts.changed, counts.taken_out) == ({}, {"milestone": 2}, [])

    def test_an_entry_taken_out_stays_and_is_told(self, reported, bundle_folder):
        milestones, values = met_by_title(reported), values_by_name(reported)

        def take_out(entry: dict[str, Any]) -> None:
            entry["milestones"].append(
                {"title": "Charts copied", "date": date(2020, 12, 15), "weight": 10, "test": "A box of copies"}
            )
            del entry["milestones"][0], entry["indicators"][0]

        edit_entries(bundle_folder, take_out)
        counts = reload(reported, bundle_folder)

        assert met_by_title(reported) == {**milestones, "Charts copied": None}
        assert values_by_name(reported) == values
        gone = [entry.rpartition(":")[0] for entry in counts.taken_out]
        assert gone == ["indicator harbour-2020:T-003", "milestone harbour-2020:T-003"]

    def test_a_key_lets_a_title_be_reworded(self, reported, bundle_folder):
        titles = list(met_by_title(reported))

        def reword(entry: dict[str, Any]) -> None:
            entry["milestones"][1] |= {"key": key_of_title(titles[1]), "title": "Every answer listed"}

        edit_entries(bundle_folder, reword)
        counts = reload(reported, bundle_folder)

        assert counts.taken_out == []
        assert met_by_title(reported) == {titles[0]: None, "Every answer listed": date(2020, 3, 2)}

    def test_entries_with_the_same_key_are_refused(self, register, bundle_folder):
        edit_entries(bundle_folder, lambda entry: entry["milestones"].append({**entry["milestones"][1]}))

        with pytest.raises(SeedError, match=r"T-003, field milestones: entries 2 and 3 have the same key"):
            reload(register, bundle_folder)

    def test_rows_loaded_before_entries_had_keys_are_found_by_their_titles(self, reported, bundle_folder):
        milestones, values = met_by_title(reported), values_by_name(reported)
        with reported.connecting() as connection, connection.begin():
            for table in ("milestone", "indicator"):
                connection.execute(text(f"UPDATE {table} SET key = CAST(number AS VARCHAR(64))"))
                older = f"(SELECT number FROM {table} WHERE {table}.id = seeded_row.row_id)"
                connection.execute(
                    text(
                        f"UPDATE seeded_row SET seed_key = 'harbour-2020:' || (SELECT code FROM item JOIN {table}"
                        f" ON item.id = {table}.item_id WHERE {table}.id = seeded_row.row_id) || ':' || {older}"
                        f" WHERE table_name = '{table}'"
                    )
                )
        edit_entries(bundle_folder, swap_milestones)

        counts = reload(reported, bundle_folder)

        assert (met_by_title(reported), values_by_name(reported)) == (milestones, values)
        assert (counts.added, counts.kept, counts.taken_out) == ({}, [], [])
        with reported.reading() as session:
            keys = session.execute(select(Milestone.key, Milestone.title)).all()
        assert all(key == key_of_title(title) for key, title in keys)


def met(database: Database) -> None:
    meet(database, "T-002", 1, date(2020, 3, 4))


def moved(database: Database) -> None:
    move(database, "T-002", None, date(2020, 11, 1))


def counted(database: Database) -> None:
    observed(database, "T-002", 1, 3)


def reported(database: Database) -> None:
    report(database, "T-002")


@pytest.mark.parametrize("record", [met, moved, counted, reported])
def test_an_item_about_which_something_was_recorded_is_not_made_another(sqlite_register, bundle_folder, record):
    record(sqlite_register)
    edit_file(bundle_folder, "items/theme-1.yaml", lambda file: file["items"][1].update(title="Dredge"))
    load_bundle(sqlite_register, read_bundle(bundle_folder))
    edit_file(bundle_folder, "items/theme-1.yaml", lambda file: file["items"][1].update(title="Mend", measure="M1.01"))
    with pytest.raises(SeedError, match="change both the title and the measure of T-002"):
        load_bundle(sqlite_register, read_bundle(bundle_folder))


def test_an_item_about_which_nothing_was_recorded_follows_the_files(sqlite_register, bundle_folder):
    edit_file(bundle_folder, "items/theme-1.yaml", lambda file: file["items"][1].update(title="Mend", measure="M1.01"))
    load_bundle(sqlite_register, read_bundle(bundle_folder))
    with sqlite_register.reading() as session:
        assert session.execute(select(Item.title).where(Item.code == "T-002")).scalar_one() == "Mend"


class TestAllOrNothing:
    def test_bundle_that_does_not_fit_together_writes_nothing(self, register, bundle_folder):
        before = contents(register)
        seed_item(bundle_folder, "T-001", title="Mend every quay")
        seed_item(bundle_folder, "T-003", supporting=["town-archive"])

        with pytest.raises(SeedError, match="leads this item"):
            reload(register, bundle_folder)

        assert contents(register) == before

    def test_bundle_that_the_database_refuses_writes_nothing(self, register, bundle_folder, monkeypatch):
        before = contents(register)
        seed_item(bundle_folder, "T-001", title="Mend every quay")
        monkeypatch.setitem(STEPS, "findings", lambda loading: loading.seeder.put(Measure, "x", {"code": "M9.01"}))

        with pytest.raises(DatabaseUnusableError):
            reload(register, bundle_folder)

        assert contents(register) == before

    def test_broken_first_loading_leaves_the_database_empty(self, empty, bundle_folder):
        seed_item(bundle_folder, "T-003", supporting=["town-archive"])

        with pytest.raises(SeedError):
            reload(empty, bundle_folder)

        assert {name: rows for name, rows in contents(empty).items() if rows} == {}


def test_two_plans_stand_side_by_side(sqlite_register, bundle_folder):
    """Another year's plan of the same office, with the same codes: several plans in one database come next."""

    def next_year(content: Any) -> None:
        content["plan"].update(key="harbour-2021", title="Harbour Town work plan 2021", year=2021)

    edit_file(bundle_folder, "plan.yaml", next_year)
    before = contents(sqlite_register)

    counts = reload(sqlite_register, bundle_folder)

    after = contents(sqlite_register)
    assert counts.changed == {}
    for table in ("plan", "theme", "measure", "item", "milestone", "indicator", "target", "responsibility", "link"):
        assert len(after[table]) == 2 * len(before[table]), table
        assert after[table][: len(before[table])] == before[table], table


def test_marks_of_the_loader_name_rows_that_are_there(register):
    with register.reading() as session:
        for name, table in all_tables().tables.items():
            marked = set(session.execute(select(SeededRow.row_id).where(SeededRow.table_name == name)).scalars())
            if marked:
                assert marked == set(session.execute(select(table.c.id)).scalars()), name


def test_crosswalk_accounts_for_clauses_of_both_versions(register):
    with register.reading() as session:
        rows = session.execute(select(CrosswalkRow.from_clause_id, CrosswalkRow.to_clause_id)).all()
        clauses = set(session.execute(select(Clause.id)).scalars())

    assert {clause for row in rows for clause in row if clause is not None} == clauses


def test_loading_into_an_upgraded_database_goes_on_from_its_marks(sqlite_register):
    sqlite_register.close()
    again = making.make(sqlite_register.url)
    try:
        assert not load_small_bundle(again, at=LATER).anything
    finally:
        again.close()
