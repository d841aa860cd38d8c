"""Every write × every role × one's own items and others': allowed, or refused with nothing written."""

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url, select
from sqlalchemy.orm import Session

import planner.bundle
import planner.mandates
import planner.sources
import planner.writes
from planner.base.errors import NotAllowedError
from planner.bundle.reader import read_bundle
from planner.domain.rules.permissions import Permission, may
from planner.domain.vocabulary import (
    Basis,
    ComputedFinding,
    Confidence,
    Coverage,
    Direction,
    FindingDecision,
    Lineage,
    LinkType,
    OrganisationKind,
    Phase,
    PlanEvent,
    ReviewDecision,
    Role,
    SetRelation,
)
from planner.mandates.adopting import adopt_proposal, drop_proposal
from planner.mandates.proposing import ProposedMandate, Request, propose
from planner.mandates.recording import add_proposal, record_proposal
from planner.mandates.reviewing import reject_clause, restate_as_printed, restate_clause
from planner.mandates.row_review import NewRow, RowChange, accept_row, add_row, change_row, reject_row
from planner.queries.findings import read_finding
from planner.queries.plans.carrying import NewDates, read_carry_over
from planner.register.plan_view import PlanView
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.sources.attach import attach
from planner.sources.cited import read_cited_documents
from planner.sources.files import examine, files_of
from planner.store.database import Database, open_database
from planner.store.journal import Actor, Journal, writing
from planner.store.models import (
    AuditEvent,
    Item,
    ItemChange,
    MandateProposal,
    Organisation,
    Person,
    PlanAct,
    Theme,
    row_values,
)
from planner.writes.clock import accept_clock, correct_clock
from planner.writes.finding_reviews import accept_finding, add_decision, reopen_finding
from planner.writes.issues import issue_week
from planner.writes.items import item_row
from planner.writes.link_reviews import LinkVerdict, review_links
from planner.writes.new_links import NewLink, add_links
from planner.writes.people.accountable import give_items
from planner.writes.people.adding import NewPerson, add_person
from planner.writes.people.changing import PersonEdit, change_person
from planner.writes.people.editing import edit_person
from planner.writes.permission import require
from planner.writes.plan_changes.items import ItemEdit, NewItem, add_item, edit_item, move_item
from planner.writes.plan_changes.kinds import merge_kind, rename_kind
from planner.writes.plan_changes.organisations import (
    add_organisation,
    dissolve_organisation,
    edit_organisation,
    merge_organisation,
    rename_organisation,
)
from planner.writes.plan_changes.parts import NewIndicator, NewPart, add_indicator, add_milestone, add_target
from planner.writes.plan_changes.removed_items import remove_item
from planner.writes.plan_changes.removed_parts import remove_indicator, remove_milestone
from planner.writes.plan_changes.split import Part, split_item
from planner.writes.plan_changes.support import change_support
from planner.writes.plan_changes.targets import revise_target
from planner.writes.plan_changes.themes import add_theme, merge_theme, move_theme, remove_theme, rename_theme
from planner.writes.plans.carry_over import carry_over
from planner.writes.plans.closing import close_plan, reopen_plan
from planner.writes.plans.edit_plan import PlanEdit, edit_plan
from planner.writes.plans.new_plan import NewPlan as PlanToMake
from planner.writes.plans.new_plan import add_plan
from planner.writes.plans.removing import remove_plan
from planner.writes.redactions import redact
from planner.writes.reports.assessments import assess_item
from planner.writes.reports.bulk import BulkChange, record_bulk
from planner.writes.reports.confirmations import confirm_ending, return_report
from planner.writes.reports.dates import move_due_date, move_milestone
from planner.writes.reports.entries import Entry, MilestoneEntry, record_entry
from planner.writes.reports.extensions import (
    add_extension_request,
    ask_extension,
    grant_extension,
    refuse_extension,
)
from planner.writes.reports.help_answers import answer_help
from planner.writes.reports.milestones import (
    add_milestone_report,
    forecast_milestone,
    meet_milestone,
    milestone_row,
    take_back_milestone,
)
from planner.writes.reports.observations import observe
from planner.writes.reports.status import Report, add_status
from planner.writes.undo import undo
from tests.conftest import opened_copy
from tests.effort import only_in_more
from tests.factories import (
    ACTOR,
    AUDITOR,
    COLLEAGUE,
    OFFICER,
    edit_file,
    load_bundle,
    new_issue,
    noon,
    person,
    plan_of,
    reading_of,
    write_documents,
    writing_by,
)
from tests.mandates.factories import NEXT_DUTIES, put_decided, source_of
from tests.writes.refusals import counts, gained

TODAY = date(2020, 4, 1)
AT = noon(TODAY)

ARCHIVIST, LEFT, STRANGER = Actor("otto"), Actor("lena"), Actor("nemo")
# An officer of the archive supports the mending of the quays; the reading room is the harbour office's alone.
THEIRS, OTHERS = "T-001", "P-002"
ROLES = {ACTOR: Role.ADMINISTRATOR, COLLEAGUE: Role.MANAGER, ARCHIVIST: Role.OFFICER, AUDITOR: Role.AUDITOR}


@dataclass(frozen=True)
class Try:
    """Somebody's try to write, on one item."""

    session: Session
    actor: Actor
    plan: PlanView
    code: str
    folder: Path

    @property
    def write(self) -> Writing:
        return Writing(self.session, self.plan, self.actor, TODAY, AT)


Before = Callable[[Journal, Try], object]


@dataclass(frozen=True)
class Case:
    """A write: what deed it is, how it is done, what stands before, and if only the lead's officers do it."""

    deed: Permission
    do: Callable[[Try], object]
    before: Before | None = None
    of_lead: bool = False


def _reported_by_another(journal: Journal, a_try: Try) -> object:
    report = Report(phase=Phase.COMPLETED, evidence="Minutes of the handover")
    return add_status(
        _of(journal, Actor("zoe")), item_row(journal.session, a_try.plan, a_try.code), report, TODAY, Basis.REGISTERED
    )


def _asked_for_help(journal: Journal, a_try: Try) -> object:
    report = Report(help_needed="A pump.", help_from="The mayor", help_by=date(2020, 6, 1))
    item = item_row(journal.session, a_try.plan, a_try.code)
    return add_status(_of(journal, Actor("zoe")), item, report, TODAY, Basis.REGISTERED)


def _asked_for_later(journal: Journal, a_try: Try) -> object:
    item = item_row(journal.session, a_try.plan, a_try.code)
    return add_extension_request(_of(journal, Actor("zoe")), item, None, date(2021, 1, 31), "The frost.", TODAY, TODAY)


def _reported_by_them(journal: Journal, a_try: Try) -> object:
    item = item_row(journal.session, a_try.plan, a_try.code)
    return add_status(_of(journal, a_try.actor), item, Report(done="Begun."), TODAY, Basis.REGISTERED)


def _met(journal: Journal, a_try: Try) -> object:
    item = item_row(journal.session, a_try.plan, a_try.code)
    milestone = milestone_row(journal.session, item, 1)
    return add_milestone_report(journal, item, milestone, TODAY, Basis.REGISTERED, met_on=TODAY)


def _of(journal: Journal, actor: Actor) -> Journal:
    """The same write as somebody's."""
    journal.actor = actor
    return journal


def _record_entry(a_try: Try) -> object:
    step = MilestoneEntry(2, moved_to=date(2020, 12, 30), reason="The frost.")
    return record_entry(a_try.write, a_try.code, Entry(Report(done="Begun."), (step,)))


def _attach(a_try: Try) -> object:
    found = examine(files_of([write_documents(a_try.folder)]), read_cited_documents(a_try.session))
    # Another document each time: the same one again would change nothing.
    copy = found.copies[0 if a_try.code == THEIRS else 1]
    return attach(writing_by(a_try.session, a_try.actor, AT), [copy])


def _issue_week(a_try: Try) -> object:
    # Another week each time: the same one again would need a reason.
    new = new_issue(a_try.session, "2020-W12" if a_try.code == THEIRS else "2020-W13")
    return issue_week(writing_by(a_try.session, a_try.actor, AT), new)


def _review_links(a_try: Try) -> object:
    verdict = LinkVerdict(ReviewDecision.REJECTED, reason="It is another's.")
    return review_links(writing_by(a_try.session, a_try.actor, AT), ["M1.01:duty-1"], verdict)


def _add_person(a_try: Try) -> object:
    return add_person(writing_by(a_try.session, a_try.actor, AT), NewPerson(f"new-{a_try.code}", "New", Role.MANAGER))


def _accept_clock(a_try: Try) -> object:
    at = AT + timedelta(days=50_000 * int(a_try.code[-3:]))
    return accept_clock(writing_by(a_try.session, a_try.actor, at), "It is right.")


def _correct_clock(a_try: Try) -> object:
    at = AT - timedelta(days=int(a_try.code[-3:]))
    return correct_clock(writing_by(a_try.session, a_try.actor, at), "It was ahead.")


def _redact(a_try: Try) -> object:
    wanted = select(AuditEvent.seq).where(AuditEvent.table_name == "milestone", AuditEvent.label.contains(a_try.code))
    seq = a_try.session.execute(wanted.order_by(AuditEvent.seq).limit(1)).scalar_one()
    return redact(writing_by(a_try.session, a_try.actor, AT), seq, ["title"], "It names somebody.")


def _change_person(a_try: Try) -> object:
    return change_person(
        writing_by(a_try.session, a_try.actor, AT), OFFICER.name, PersonEdit(name=f"Dora of {a_try.code}"), "Agreed."
    )


WORKING = ComputedFinding.FACTS_WORKING


def _accept_finding(a_try: Try) -> object:
    writing = writing_by(a_try.session, a_try.actor, AT, TODAY)
    return accept_finding(writing, WORKING, a_try.code, until=TODAY, reason="So far.")


def _reopen_finding(a_try: Try) -> object:
    return reopen_finding(writing_by(a_try.session, a_try.actor, AT, TODAY), WORKING, a_try.code, reason="Not now.")


def _accepted(journal: Journal, a_try: Try) -> object:
    finding = read_finding(reading_of(journal.session, TODAY), WORKING, a_try.code)
    return add_decision(journal, a_try.plan, finding, FindingDecision.ACCEPTED, "So far.", TODAY)


def _proposed(a_try: Try) -> ProposedMandate:
    # Another text each time, under a key of its own.
    source = source_of(a_try.folder, f"{NEXT_DUTIES}5. Draws charts for {a_try.code}.\n")
    return propose(reading_of(a_try.session), source, Request(_draft_key(a_try)))


def _draft_key(a_try: Try) -> str:
    return f"next-{a_try.code.lower()}"


def _drafted(journal: Journal, a_try: Try) -> MandateProposal:
    return add_proposal(journal, _proposed(a_try))


def _decided(journal: Journal, a_try: Try) -> None:
    put_decided(journal, _drafted(journal, a_try))


def _on_draft(write: Callable[..., object], *said: object) -> Callable[[Try], object]:
    """A write on the draft of a try."""
    return lambda a_try: write(writing_by(a_try.session, a_try.actor, AT), _draft_key(a_try), *said)


def _next_plan(journal: Journal, a_try: Try) -> None:
    add_plan(journal, PlanToMake("Next", "next", date(2021, 1, 1), date(2021, 12, 31), "UTC", "harbour-office"))


def _carry_over(a_try: Try) -> None:
    session, old = a_try.session, a_try.plan
    write = Writing(session, read_plan(session, "next"), a_try.actor, TODAY, AT)
    earlier = Reading(session, old, Point(old.today(AT)))
    carry_over(write, old, read_carry_over(earlier, write.reading(), NewDates.SHIFT))


def _remove_plan(a_try: Try) -> None:
    write = Writing(a_try.session, read_plan(a_try.session, "next"), a_try.actor, TODAY, AT)
    remove_plan(write, "A mistake.")


def _third_theme(journal: Journal, a_try: Try) -> None:
    row = Theme(plan_id=a_try.plan.id, number=3, title="Ferries", restatement="Ferries", basis=Basis.REGISTERED)
    journal.add(row, action="add-theme", label="3")


def _closed(journal: Journal, a_try: Try) -> None:
    act = PlanAct(plan_id=a_try.plan.id, kind=PlanEvent.CLOSED, as_of=TODAY, reason="The year is over.")
    journal.add(act, action="close-plan", label=a_try.plan.key)


_NEW_ITEM = NewItem("A-1", "Tides", "1", "town-archive", date(2020, 12, 1), "task", "M1.01")
_NEW_LINK = NewLink("M1.02", "duty-3", LinkType.SUPPORTS, Coverage.PARTIAL, "So decided.")


def _owned(journal: Journal, a_try: Try) -> None:
    item = a_try.session.execute(select(Item).where(Item.code == "T-001")).scalar_one()
    ada = a_try.session.execute(select(Person.id).where(Person.login == "ada")).scalar_one()
    journal.change(item, {"accountable_id": ada}, action="edit", label="T-001")


def _tides(journal: Journal, _: Try) -> None:
    kind = OrganisationKind.BODY
    row = Organisation(key="tides", name="Tides", short_name="Tides", kind=kind, basis=Basis.REGISTERED)
    journal.add(row, action="add-organisation", label="tides")


def _added_item(journal: Journal, t: Try) -> None:
    """An item that an act added, with nothing recorded on it."""
    values = row_values(item_row(t.session, t.plan, "T-001")) | {"code": "N-1", "title": "Tides", "position": 90}
    del values["id"]
    item = Item(**values)
    journal.add(item, action="add-item", label="N-1")
    t.session.flush()
    act = {"as_of": TODAY, "reason": "So decided.", "new_value": "N-1", "basis": Basis.REGISTERED}
    journal.add(ItemChange(item_id=item.id, field="added", **act), action="add-item", label="N-1")


CASES: dict[str, Case] = {
    "remove_item": Case(Permission.CHANGE_PLAN, lambda t: remove_item(t.write, "N-1", "So decided."), _added_item),
    "record_entry": Case(Permission.REPORT, _record_entry),
    "record_bulk": Case(
        Permission.REPORT,
        lambda t: record_bulk(t.write, [THEIRS, t.code], BulkChange(note=f"Begun on {t.code}.")),
    ),
    "meet_milestone": Case(Permission.REPORT, lambda t: meet_milestone(t.write, t.code, 1, TODAY)),
    "forecast_milestone": Case(Permission.REPORT, lambda t: forecast_milestone(t.write, t.code, 2, date(2020, 12, 1))),
    "take_back_milestone": Case(
        Permission.REPORT, lambda t: take_back_milestone(t.write, t.code, 1, "It is not."), _met
    ),
    "observe": Case(Permission.REPORT, lambda t: observe(t.write, t.code, 1, 3.0)),
    "move_milestone": Case(
        Permission.MOVE_MILESTONE, lambda t: move_milestone(t.write, t.code, 2, date(2020, 12, 30), "The frost.")
    ),
    "move_due_date": Case(
        Permission.MOVE_DUE_DATE, lambda t: move_due_date(t.write, t.code, date(2020, 12, 30), "The frost.")
    ),
    "confirm_ending": Case(Permission.CONFIRM, lambda t: confirm_ending(t.write, t.code), _reported_by_another),
    "return_report": Case(
        Permission.RETURN, lambda t: return_report(t.write, t.code, "Say which."), _reported_by_another
    ),
    "answer_help": Case(Permission.ANSWER, lambda t: answer_help(t.write, t.code, "Granted."), _asked_for_help),
    "ask_extension": Case(
        Permission.ASK_EXTENSION,
        lambda t: ask_extension(t.write, t.code, date(2021, 1, 31), "The frost."),
        of_lead=True,
    ),
    "grant_extension": Case(Permission.DECIDE_EXTENSION, lambda t: grant_extension(t.write, t.code), _asked_for_later),
    "refuse_extension": Case(
        Permission.DECIDE_EXTENSION, lambda t: refuse_extension(t.write, t.code, "No."), _asked_for_later
    ),
    "assess_item": Case(
        Permission.ASSESS, lambda t: assess_item(t.write, t.code, Confidence.RED, "The quay is bare."), _asked_for_help
    ),
    "undo": Case(Permission.TAKE_BACK, lambda t: undo(t.write), _reported_by_them),
    "issue_week": Case(Permission.ISSUE_WEEK, _issue_week),
    "accept_finding": Case(Permission.ACCEPT_FINDINGS, _accept_finding),
    "reopen_finding": Case(Permission.ACCEPT_FINDINGS, _reopen_finding, _accepted),
    "attach": Case(Permission.ATTACH_DOCUMENTS, _attach),
    "record_proposal": Case(
        Permission.PROPOSE_MANDATES, lambda t: record_proposal(writing_by(t.session, t.actor, AT), _proposed(t))
    ),
    "restate_clause": Case(Permission.PROPOSE_MANDATES, _on_draft(restate_clause, "duty-1", "Own words."), _drafted),
    "restate_as_printed": Case(Permission.PROPOSE_MANDATES, _on_draft(restate_as_printed), _drafted),
    "reject_clause": Case(Permission.PROPOSE_MANDATES, _on_draft(reject_clause, "duty-1", "A menu."), _drafted),
    "accept_row": Case(Permission.PROPOSE_MANDATES, _on_draft(accept_row, 1, "It is so."), _decided),
    "change_row": Case(Permission.PROPOSE_MANDATES, _on_draft(change_row, 1, RowChange("It is so.")), _decided),
    "reject_row": Case(Permission.PROPOSE_MANDATES, _on_draft(reject_row, 1, "It is not."), _decided),
    "add_row": Case(
        Permission.PROPOSE_MANDATES,
        _on_draft(add_row, NewRow("duty-1", "duty-1", Lineage.MOVED_TO, SetRelation.EQUAL_TO, "It is so.")),
        _drafted,
    ),
    "adopt_proposal": Case(Permission.PROPOSE_MANDATES, _on_draft(adopt_proposal, "Decided."), _decided),
    "drop_proposal": Case(Permission.PROPOSE_MANDATES, _on_draft(drop_proposal, "A mistake."), _drafted),
    "add_links": Case(Permission.REVIEW_LINKS, lambda t: add_links(t.write, [_NEW_LINK])),
    "review_links": Case(Permission.REVIEW_LINKS, _review_links),
    "carry_over": Case(Permission.KEEP_PLANS, _carry_over, _next_plan),
    "close_plan": Case(Permission.KEEP_PLANS, lambda t: close_plan(t.write, "The year is over.")),
    "edit_plan": Case(Permission.KEEP_PLANS, lambda t: edit_plan(t.write, PlanEdit("New"), "So decided.")),
    "remove_plan": Case(Permission.KEEP_PLANS, _remove_plan, _next_plan),
    "reopen_plan": Case(Permission.KEEP_PLANS, lambda t: reopen_plan(t.write, "Too early."), _closed),
    "add_person": Case(Permission.KEEP_PEOPLE, _add_person),
    "change_person": Case(Permission.KEEP_PEOPLE, _change_person),
    "add_item": Case(Permission.CHANGE_PLAN, lambda t: add_item(t.write, _NEW_ITEM, "So decided.")),
    "edit_item": Case(Permission.CHANGE_PLAN, lambda t: edit_item(t.write, t.code, ItemEdit("New"), "So decided.")),
    "move_item": Case(
        Permission.CHANGE_PLAN, lambda t: move_item(t.write, t.code, "So decided.", lead="tides"), _tides
    ),
    "give_items": Case(Permission.CHANGE_PLAN, lambda t: give_items(t.write, "ada", "brook", "So decided."), _owned),
    "split_item": Case(
        Permission.CHANGE_PLAN,
        lambda t: split_item(t.write, t.code, [Part("A-1", "One"), Part("A-2", "Other")], "So decided."),
    ),
    "change_support": Case(
        Permission.CHANGE_PLAN, lambda t: change_support(t.write, "T-001", "So decided.", add=["tides"]), _tides
    ),
    "add_milestone": Case(
        Permission.CHANGE_PLAN,
        lambda t: add_milestone(t.write, "T-001", NewPart("Seen", date(2020, 12, 1)), "So decided."),
    ),
    "remove_milestone": Case(Permission.CHANGE_PLAN, lambda t: remove_milestone(t.write, "T-002", 2, "So decided.")),
    "remove_indicator": Case(Permission.CHANGE_PLAN, lambda t: remove_indicator(t.write, "T-001", 1, "So decided.")),
    "add_indicator": Case(
        Permission.CHANGE_PLAN,
        lambda t: add_indicator(t.write, "T-001", NewIndicator("Lamps", "lamps", Direction.REACH), "So decided."),
    ),
    "add_target": Case(
        Permission.CHANGE_PLAN, lambda t: add_target(t.write, "T-001", 1, 9, date(2020, 11, 30), "So decided.")
    ),
    "add_theme": Case(Permission.CHANGE_PLAN, lambda t: add_theme(t.write, "Ferries", "So decided.")),
    "merge_kind": Case(Permission.CHANGE_PLAN, lambda t: merge_kind(t.write, "task", "key_project", "So decided.")),
    "merge_theme": Case(Permission.CHANGE_PLAN, lambda t: merge_theme(t.write, "1", "2", "So decided.")),
    "rename_kind": Case(Permission.CHANGE_PLAN, lambda t: rename_kind(t.write, "task", "So decided.", title="Chore")),
    "rename_theme": Case(Permission.CHANGE_PLAN, lambda t: rename_theme(t.write, "1", "So decided.", title="Piers")),
    "move_theme": Case(Permission.CHANGE_PLAN, lambda t: move_theme(t.write, "2", "So decided.", inside="1")),
    "remove_theme": Case(Permission.CHANGE_PLAN, lambda t: remove_theme(t.write, "3", "So decided."), _third_theme),
    "revise_target": Case(Permission.CHANGE_PLAN, lambda t: revise_target(t.write, "T-001", 1, "So.", value=9)),
    "add_organisation": Case(Permission.CHANGE_PLAN, lambda t: add_organisation(t.write, "tides", "Tides")),
    "rename_organisation": Case(
        Permission.CHANGE_PLAN, lambda t: rename_organisation(t.write, "harbour-office", "Tides", "So decided.")
    ),
    "edit_person": Case(
        Permission.KEEP_PEOPLE, lambda t: edit_person(t.write, "ada", "So decided.", mail_address="a@port.example")
    ),
    "edit_organisation": Case(
        Permission.CHANGE_PLAN, lambda t: edit_organisation(t.write, "harbour-office", "So decided.", language="ko")
    ),
    "merge_organisation": Case(
        Permission.CHANGE_PLAN, lambda t: merge_organisation(t.write, "tides", "town-archive", "So decided."), _tides
    ),
    "dissolve_organisation": Case(
        Permission.CHANGE_PLAN, lambda t: dissolve_organisation(t.write, "tides", "So decided."), _tides
    ),
    "accept_clock": Case(Permission.KEEP_CLOCK, _accept_clock),
    "redact": Case(Permission.REDACT, _redact),
    "correct_clock": Case(Permission.KEEP_CLOCK, _correct_clock),
}

# Functions that take an actor or a writing and are no writes of a person's.
WITHOUT_CASE = {
    "act_on_plan": "asks, for the acts on the plan",
    "measure_code": "reads",
    "theme_named": "reads",
    "kind_named": "reads",
    "measure_named": "reads",
    "organisation_named": "reads",
    "organisation_of": "reads",
    "require_existing": "reads",
    "person_named": "reads",
    "accountable_fact": "reads",
    "mandate_fact": "reads",
    "mandate_named": "reads",
    "require_no_mandate": "reads",
    "lead_fact": "reads",
    "items_left": "reads",
    "what_stands_on": "reads",
    "unit_of_indicator": "reads",
    "require": "is the question itself",
    "not_permitted": "is the question itself",
    "without_permission": "is the question itself",
    "read_checked": "reads",
    "check_moved": "reads",
    "read_open_request": "reads",
    "continued_elsewhere": "reads",
    "add_entry": "is part of a write that asks",
    "undo_import": "is part of `undo`, which asks",
    "try_received": "is undone at once, and asks for each entry: tests/sheets/test_refusals.py",
    "record_received": "asks for each entry: tests/sheets/test_refusals.py",
    "open_proposal": "asks, for the writes on a draft",
    "last_own_write": "reads",
    "preview_bulk": "reads",
    "writing_on_item": "asks, for the writes on an item",
    "as_of_day": "reads",
    "day_of_change": "reads",
    "require_unchanged": "reads",
    "checking_consistency": "reads",
    "preview_redaction": "reads: tests/writes/test_redactions.py",
    "make_creator_administrator": "writes only where nobody is a person yet: tests/writes/test_people.py",
}


def public_functions_that_write() -> Iterator[str]:
    for package in (planner.writes, planner.sources, planner.mandates, planner.bundle):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for name, function in inspect.getmembers(module, inspect.isfunction):
                own = function.__module__ == module.__name__ and not name.startswith("_")
                if own and not {"actor", "writing"}.isdisjoint(inspect.signature(function).parameters):
                    yield name


def test_every_public_write_has_a_case() -> None:
    assert sorted(public_functions_that_write()) == sorted([*CASES, *WITHOUT_CASE])


@pytest.fixture(scope="module")
def peopled_file(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan with an officer of the archive too, and somebody who has left."""
    file = Path(shutil.copy(loaded_file, tmp_path_factory.mktemp("peopled") / "register.sqlite"))
    database = open_database(make_url(f"sqlite:///{file}"))
    person(database, ARCHIVIST.name, Role.OFFICER, "town-archive")
    person(database, LEFT.name, Role.ADMINISTRATOR, None)
    with database.writing() as session:
        change_person(writing_by(session, ACTOR, AT), LEFT.name, PersonEdit(active=False), "Agreed.")
    database.close()
    return file


@pytest.fixture
def peopled(peopled_file: Path, sqlite_url: URL) -> Iterator[Database]:
    """A copy of it."""
    shutil.copy(peopled_file, str(sqlite_url.database))
    database = opened_copy(sqlite_url)
    yield database
    database.close()


def depends_on_the_item(deed: Permission) -> bool:
    """Whether somebody may do it on their own items only."""
    return any(may(role, deed, theirs=True) != may(role, deed, theirs=False) for role in Role)


# docs/decisions/0099: what an administrator may do, the tests of each write do, and one who may do nothing is enough.
ACTORS = [COLLEAGUE, ARCHIVIST, STRANGER, *(only_in_more(actor) for actor in (ACTOR, AUDITOR, LEFT))]


@pytest.mark.first_cases(70)
@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
@pytest.mark.parametrize("name", CASES)
def test_a_write_is_allowed_or_refused_with_nothing_written(
    peopled: Database, name: str, actor: Actor, tmp_path: Path
) -> None:
    case = CASES[name]
    for code in (THEIRS, OTHERS) if depends_on_the_item(case.deed) else (THEIRS,):
        with peopled.writing() as session:
            a_try = Try(session, actor, plan_of(session), code, tmp_path / code)
            if case.before is not None:
                with writing(session, ACTOR, AT) as journal:
                    case.before(journal, a_try)
            before = counts(peopled)
            # The archivist's organisation supports the item and does not lead it.
            theirs = code == THEIRS and not case.of_lead
            if actor in ROLES and may(ROLES[actor], case.deed, theirs=theirs):
                case.do(a_try)
                assert gained(peopled, before)["audit_event"] >= 1, code
            else:
                with pytest.raises(NotAllowedError):
                    case.do(a_try)
                assert gained(peopled, before) == {}, code


# What a refusal says


def told(database: Database, actor: Actor, deed: Permission, code: str | None = None) -> str:
    """What somebody is told who may not do something."""
    with database.reading() as session, pytest.raises(NotAllowedError) as caught:
        require(session, actor, deed, item_row(session, plan_of(session), code) if code else None)
    return caught.value.message


@pytest.mark.parametrize(
    ("actor", "deed", "code", "words"),
    [
        (
            ARCHIVIST,
            Permission.REPORT,
            OTHERS,
            ["P-002: otto is an officer of Town Archive", "Ask an officer of Harbour"],
        ),
        (
            ARCHIVIST,
            Permission.MOVE_DUE_DATE,
            THEIRS,
            ["T-001: otto is an officer and may not move a due date", "(ada, b"],
        ),
        (COLLEAGUE, Permission.KEEP_PEOPLE, None, ["brook is a manager and may not", "Ask an administrator (ada"]),
        (
            AUDITOR,
            Permission.REPORT,
            THEIRS,
            ["egil is an auditor and may not report", "Ask a manager or an administrator"],
        ),
        (LEFT, Permission.REPORT, THEIRS, ["'lena' has left", "planner people come-back lena"]),
        (STRANGER, Permission.REPORT, THEIRS, ["'nemo' is not a person of this register", "planner people add nemo"]),
    ],
)
def test_a_refusal_says_who_one_is_and_whom_to_ask(
    peopled: Database, actor: Actor, deed: Permission, code: str | None, words: list[str]
) -> None:
    said = told(peopled, actor, deed, code)
    assert [part for part in words if part not in said] == [], said


def test_a_body_s_second_name_counts_as_the_body(bundle_folder: Path, empty: Database) -> None:
    second = {"key": "chart-room", "name": "Chart Room", "short": "Charts", "kind": "other-name"}
    edit_file(
        bundle_folder,
        "organisations.yaml",
        lambda content: content["organisations"].append({**second, "same_as": "town-archive"}),
    )
    load_bundle(empty, read_bundle(bundle_folder))
    person(empty, "otto", Role.OFFICER, "chart-room")
    with empty.reading() as session:
        assert (
            require(session, ARCHIVIST, Permission.REPORT, item_row(session, plan_of(session), "T-003")).login == "otto"
        )
    assert "which neither leads nor supports" in told(empty, ARCHIVIST, Permission.REPORT, OTHERS)
