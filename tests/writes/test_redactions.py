"""Redacting: the text goes everywhere it stands, the log's tree stays, and nothing else changes."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.base.fingerprints import item_fingerprint
from planner.integrity.verifying import make_checkpoint, verify
from planner.queries.history.redactable import event_of_item
from planner.queries.history.redactions import read_redactions
from planner.store.journal import writing
from planner.store.models import (
    REDACTED,
    AuditEvent,
    Indicator,
    Item,
    ItemChange,
    Measure,
    Milestone,
    Organisation,
    Person,
    SeededRow,
    StatusUpdate,
    Withdrawal,
)
from planner.writes.people.changing import PersonEdit, change_person
from planner.writes.people.editing import edit_person
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.plan_changes.organisations import edit_organisation
from planner.writes.redactions import preview_redaction, redact
from planner.writes.reports.bulk import BulkChange, record_bulk
from planner.writes.undo import undo
from tests.answers import ask, grant
from tests.factories import ACTOR, COLLEAGUE, load_small_bundle, noon, report, writing_by
from tests.queries.reads import detail_at

SECRET = 'Called Mara "M" Vint,\nQuay 4, 0171 555 0199 <home>'
WHY = "It named a private person."
AT = noon(date(2020, 5, 4))


def done(database, seq, *fields, actor=ACTOR, why=WHY, expected=None, instead=None):
    with database.writing() as session:
        return redact(writing_by(session, actor, AT), seq, fields, why, instead=instead, expected=expected)


def last_seq(database, table="status_update"):
    with database.reading() as session:
        wanted = select(AuditEvent.seq).where(AuditEvent.table_name == table).order_by(AuditEvent.seq.desc()).limit(1)
        return session.execute(wanted).scalar_one()


def bodies(database):
    with database.reading() as session:
        return dict(session.execute(select(AuditEvent.seq, AuditEvent.body).order_by(AuditEvent.seq)).all())


def checked(database):
    with database.reading() as session:
        return verify(session, lambda name, by=1: None)


def leaves(database):
    with database.reading() as session:
        return session.execute(select(AuditEvent.seq, AuditEvent.leaf).order_by(AuditEvent.seq)).all()


def test_the_text_goes_and_the_tree_stays(register):
    report(register, "T-001", done=SECRET, next="Paint the lamp.")
    seq, before, old = last_seq(register), leaves(register), bodies(register)
    redacted = done(register, seq, "done")
    new = bodies(register)
    assert leaves(register)[: len(before)] == before
    assert {number for number in old if old[number] != new[number]} == {seq} == {*redacted.what.events}
    was, is_now = json.loads(old[seq]), json.loads(new[seq])
    assert is_now == {**was, "after": {**was["after"], "done": REDACTED}}
    assert not any(b"Vint" in body for body in new.values())
    with register.reading() as session:
        row = session.execute(select(StatusUpdate).order_by(StatusUpdate.id.desc()).limit(1)).scalar_one()
        assert (row.done, row.next) == (REDACTED, "Paint the lamp.")
        (view,) = read_redactions(session)
    assert (view.actor, view.reason, view.fields, view.events) == ("ada", WHY, ("done",), (seq,))


def test_verification_counts_it_apart_and_tells_of_it(register):
    report(register, "T-001", done=SECRET)
    seq = last_seq(register)
    done(register, seq, "done")
    report(register, "T-002", done="Later.")
    found = checked(register)
    assert found.problems == ()
    assert (found.redacted, found.not_verifiable) == (1, 0)
    assert found.chained + found.redacted == found.events
    (made,) = found.redactions
    assert (made.actor, made.reason, made.fields, made.events) == ("ada", WHY, ("done",), (seq,))
    assert "What the redacted texts said" in found.not_checked[1]
    with register.reading() as session:
        assert make_checkpoint(session, lambda name, by=1: None).size == found.events


def test_all_events_of_the_row_lose_it_and_a_second_redaction_leaves_the_first(register):
    """An item's title stands before and after each later edit; its fingerprint follows the words."""
    with register.reading() as session:
        item = session.execute(select(Item).where(Item.code == "T-002")).scalar_one()
        title, seq = item.title, last_of_row(session, "item", item.id)
    with register.writing() as session, writing(session, ACTOR, noon(date(2020, 4, 1))) as journal:
        row = session.get_one(Item, item.id)
        journal.change(row, {"lead_note": SECRET}, action="edit", label=row.code, reason=SECRET)
        journal.close()
        journal.change(row, {"weight": 2.0}, action="edit", label=row.code)
    redacted = done(register, seq, "title")
    seq_of_edit = redacted.what.events[1]
    assert redacted.what.events == (seq, seq_of_edit, seq_of_edit + 1)
    second = done(register, seq_of_edit, "lead_note", "reason")
    assert second.what.events[:2] == (seq_of_edit, seq_of_edit + 1)
    found = checked(register)
    assert found.problems == ()
    assert found.redacted == 3 + 1
    assert not any(title.encode() in body or b"Vint" in body for body in bodies(register).values())
    with register.reading() as session:
        row = session.get_one(Item, item.id)
        measure = session.get_one(Measure, row.measure_id).code
        assert (row.title, row.lead_note, row.weight) == (REDACTED, REDACTED, 2.0)
        assert row.fingerprint == item_fingerprint(REDACTED, measure)
        said = select(SeededRow.said).where(SeededRow.table_name == "item", SeededRow.row_id == item.id)
        assert "title" not in session.execute(said).scalar_one()
    assert load_small_bundle(register).kept == ["item harbour-2020:T-002: title"]


def last_of_row(session, table, row):
    wanted = select(AuditEvent.seq).where(AuditEvent.table_name == table, AuditEvent.row_id == row)
    return session.execute(wanted.order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()


def test_a_reason_given_once_for_several_rows_goes_from_all_of_them(register):
    with register.writing() as session:
        change = BulkChange(note="Seen.")
        record_bulk(writing_by(session, ACTOR, AT, date(2020, 3, 4)), ["T-001", "P-002"], change)
    with register.writing() as session:
        undo(writing_by(session, ACTOR, AT), reason=SECRET)
    what = done(register, last_seq(register, "withdrawal"), "reason").what
    assert [(row.table, row.texts) for row in what.rows] == [("withdrawal", {"reason": SECRET})] * 2
    assert len(what.events) == 2
    assert checked(register).problems == ()
    assert not any(b"Vint" in body for body in bodies(register).values())
    with register.reading() as session:
        assert set(session.execute(select(Withdrawal.reason)).scalars()) == {REDACTED}


def test_a_title_goes_from_one_row_alone(sqlite_register):
    """The data files load many rows in one write; two of them have this title, one as a name."""
    with sqlite_register.reading() as session:
        milestone = session.execute(select(Milestone).where(Milestone.title == "Quays mended")).scalar_one()
        seq = last_of_row(session, "milestone", milestone.id)
    what = done(sqlite_register, seq, "title").what
    assert (len(what.rows), what.events) == (1, (seq,))
    with sqlite_register.reading() as session:
        indicator = session.execute(select(Indicator).where(Indicator.name == "Quays mended")).scalar_one()
        assert last_of_row(session, "indicator", indicator.id) in what.elsewhere


def test_the_source_and_the_note_of_an_item_go(register):
    with register.writing() as session:
        edits = ItemEdit(source=SECRET, note="As the minutes say.")
        edit_item(writing_by(session, ACTOR, noon(date(2020, 3, 4))), "T-001", edits, "The office said so.")
    with register.reading() as session:
        item = session.execute(select(Item).where(Item.code == "T-001")).scalar_one()
        seq = last_of_row(session, "item", item.id)
    done(register, seq, "source")
    with register.reading() as session:
        row = session.get_one(Item, item.id)
        assert (row.source, row.note) == (REDACTED, "As the minutes say.")
        assert SECRET not in session.get_one(AuditEvent, seq).body.decode()
    assert checked(register).problems == ()


def test_a_text_in_other_rows_is_named_and_stays(register):
    report(register, "T-001", done=SECRET)
    seq = last_seq(register)
    report(register, "T-002", next=f"As on T-001: {SECRET}")
    assert done(register, seq, "done").what.elsewhere == (seq + 1,)
    assert checked(register).problems == ()


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"actor": COLLEAGUE}, NotAllowedError, "may not redact text"),
        ({"why": f"It said called  mara “m”{SECRET[15:]}"}, BadValueError, "repeats the text"),
        ({"fields": ["percent"]}, BadValueError, "no text in 'percent'"),
        ({"fields": ["done", "blocker"]}, BadValueError, "no text in 'blocker'"),
        ({"seq": 100_000}, UnknownNameError, "no event 100000"),
    ],
)
def test_what_cannot_be_redacted_is_refused_and_nothing_changes(sqlite_register, change, error, words):
    report(sqlite_register, "T-001", done=SECRET)
    before = bodies(sqlite_register)
    asked = {"seq": last_seq(sqlite_register), "fields": ["done"], "actor": ACTOR, "why": WHY} | change
    with pytest.raises(error, match=words):
        done(sqlite_register, asked["seq"], *asked["fields"], actor=asked["actor"], why=asked["why"])
    assert bodies(sqlite_register) == before


def test_what_an_administrator_was_shown_is_what_goes(sqlite_register):
    report(sqlite_register, "T-001", done=SECRET)
    seq = last_seq(sqlite_register)
    with sqlite_register.reading() as session:
        shown = preview_redaction(session, ACTOR, seq, ["done"])
        with pytest.raises(NotAllowedError, match="may not redact text"):
            preview_redaction(session, COLLEAGUE, seq, ["done"])
    report(sqlite_register, "T-002", done=SECRET)
    with pytest.raises(NotAllowedError, match="recorded in the meantime"):
        done(sqlite_register, seq, "done", expected=shown)


def test_a_row_that_can_be_edited_says_something_else_instead(sqlite_register):
    with sqlite_register.reading() as session:
        item = session.execute(select(Item).where(Item.code == "T-002")).scalar_one()
        seq = last_of_row(session, "item", item.id)
    done(sqlite_register, seq, "title", instead="Teach the keepers")
    with sqlite_register.reading() as session:
        row = session.get_one(Item, item.id)
        measure = session.get_one(Measure, row.measure_id).code
        assert (row.title, row.fingerprint) == ("Teach the keepers", item_fingerprint(row.title, measure))
        body = json.loads(session.get_one(AuditEvent, last_of_row(session, "item", item.id)).body)
    assert (body["action"], body["before"]["title"], body["after"]["title"]) == ("redact", REDACTED, row.title)
    assert checked(sqlite_register).problems == ()
    assert load_small_bundle(sqlite_register).kept == ["item harbour-2020:T-002: title"]


def test_the_history_of_an_item_calls_a_redaction_so_and_only_from_its_day_on(sqlite_register):
    with sqlite_register.reading() as session:
        item = session.execute(select(Item).where(Item.code == "T-002")).scalar_one()
        seq = last_of_row(session, "item", item.id)
    done(sqlite_register, seq, "title", instead="Teach the keepers")
    (entry,) = detail_at(sqlite_register, "T-002", AT.date()).history
    assert (entry.what, entry.as_of, entry.reason) == ("text was redacted (the item edited)", AT.date(), WHY)
    assert detail_at(sqlite_register, "T-002", date(2020, 5, 3)).history == ()


@pytest.mark.parametrize(
    ("table", "fields", "instead", "words"),
    [
        ("status_update", ["done"], "Something else.", "the text of a field of status_update cannot be replaced"),
        ("milestone", ["title", "completion_test"], "Something else.", "only the text of a single field"),
        ("milestone", ["title"], " ", "text is required"),
        ("person", ["name"], "Not Dora  Orr.", "the replacement text repeats the text"),
        ("person", ["mail_address"], "none", "'none' is not a mail address"),
    ],
)
def test_what_cannot_stand_instead_is_refused(sqlite_register, table, fields, instead, words):
    report(sqlite_register, "T-001", done=SECRET)
    with sqlite_register.writing() as session:
        change_person(writing_by(session, ACTOR, AT), "dora", PersonEdit(name="Dora Orr"), "Agreed.")
    with sqlite_register.writing() as session:
        edit_person(writing_by(session, ACTOR, AT), "dora", "Agreed.", mail_address="dora@orr.example")
    before = bodies(sqlite_register)
    with pytest.raises(BadValueError, match=words):
        done(sqlite_register, last_seq(sqlite_register, table), *fields, instead=instead)
    assert bodies(sqlite_register) == before


def test_neither_twice_nor_a_redaction_itself(sqlite_register):
    report(sqlite_register, "T-001", done=SECRET)
    seq = last_seq(sqlite_register)
    done(sqlite_register, seq, "done")
    for number, field in ((seq, "done"), (last_seq(sqlite_register, "redaction"), "reason")):
        with pytest.raises(BadValueError, match="no text in"):
            done(sqlite_register, number, field)


def test_an_item_s_code_will_do_where_one_row_has_such_a_text(sqlite_register):
    report(sqlite_register, "T-001", done="First.")
    report(sqlite_register, "T-001", as_of=date(2020, 3, 11), blocker=SECRET)
    with sqlite_register.reading() as session:
        item = session.execute(select(Item).where(Item.code == "T-001")).scalar_one()
        assert event_of_item(session, item.id, "T-001", ["blocker"]) == last_seq(sqlite_register)
        with pytest.raises(UnknownNameError, match="no text in help_needed"):
            event_of_item(session, item.id, "T-001", ["help_needed"])
    report(sqlite_register, "T-001", as_of=date(2020, 3, 12), blocker="The frost.")
    with sqlite_register.reading() as session, pytest.raises(BadValueError, match="2 records of T-001 have text"):
        event_of_item(session, item.id, "T-001", ["blocker"])


def test_no_change_carries_no_mark_of_a_redaction_on(sqlite_register):
    report(sqlite_register, as_of=date(2020, 3, 4), percent=10, blocker=SECRET, next="Stones.")
    done(sqlite_register, last_seq(sqlite_register), "blocker")
    report(sqlite_register, as_of=date(2020, 3, 11), unchanged=True)
    with sqlite_register.reading() as session:
        last = session.execute(select(StatusUpdate).order_by(StatusUpdate.id.desc()).limit(1)).scalar_one()
    assert (last.blocker, last.next) == (None, "Stones.")


def test_a_report_that_repeats_all_but_the_redacted_text_is_no_news(sqlite_register):
    report(sqlite_register, as_of=date(2020, 3, 4), percent=10, blocker=SECRET, next="Stones.")
    done(sqlite_register, last_seq(sqlite_register), "blocker")
    with pytest.raises(BadValueError, match="this repeats the report"):
        report(sqlite_register, as_of=date(2020, 3, 11), percent=10, next="Stones.")


def test_both_values_of_one_change_go(register):
    """A text that was only corrected stands in the value before and in the one after."""
    with register.writing() as session:
        edit_item(writing_by(session, ACTOR, AT), "T-001", ItemEdit(note="Ask Ann 0172"), "Agreed.")
    with register.writing() as session:
        edit_item(writing_by(session, ACTOR, AT), "T-001", ItemEdit(note="Ask Ann 0173"), "Agreed.")
    done(register, last_seq(register, "item_change"), "old_value", "new_value")
    with register.reading() as session:
        change = session.execute(select(ItemChange).order_by(ItemChange.id.desc()).limit(1)).scalar_one()
        assert (change.old_value, change.new_value) == (REDACTED, REDACTED)


def test_no_copy_of_why_a_later_date_was_asked_for_and_granted_stays(sqlite_register):
    ask(sqlite_register, date(2021, 1, 31), reason="Her mother is ill.")
    grant(sqlite_register, reason="Her mother is [very] ill.")
    for table in ("extension_request", "extension_answer"):
        done(sqlite_register, last_seq(sqlite_register, table), "reason")
    history = detail_at(sqlite_register, "T-001").history
    assert {"extension", "date"} <= {one.kind for one in history}
    assert not [one for one in history if "mother" in f"{one.what} {one.reason}"]
    assert not [body for body in bodies(sqlite_register).values() if b"mother" in body]


def test_mail_addresses_are_removed_and_can_be_given_again(register):
    with register.writing() as session:
        edit_person(writing_by(session, ACTOR, AT), "dora", "Agreed.", mail_address="dora@home.example")
    with register.writing() as session:
        edit_organisation(writing_by(session, ACTOR, AT), "town-archive", "Agreed.", mail_address="mara@home.example")
    with register.writing() as session:
        change_person(writing_by(session, ACTOR, AT), "dora", PersonEdit(name="Dora Orr"), "Agreed.")
    done(register, last_seq(register, "person"), "mail_address", instead="dora@port.example, ")
    done(register, last_seq(register, "organisation"), "mail_address")
    assert not any(b"home.example" in body for body in bodies(register).values())
    with register.reading() as session:
        addresses = select(Person.mail_address).where(Person.login == "dora")
        assert session.execute(addresses).scalar_one() == "dora@port.example"
        addresses = select(Organisation.mail_address).where(Organisation.key == "town-archive")
        assert session.execute(addresses).scalar_one() == REDACTED
    with register.writing() as session:
        edit_organisation(writing_by(session, ACTOR, AT), "town-archive", "Agreed.", mail_address="")
    assert checked(register).problems == ()
