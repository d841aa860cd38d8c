"""A case of every act that changes the plan: what is typed in its form, and what comes of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from planner.domain.given_plan import GivenPlan
from planner.domain.vocabulary import Role
from planner.store.database import Database
from planner.store.journal import last_event
from planner.writes.people.changing import PersonEdit, change_person
from planner.writes.plan_changes.items import ItemEdit, NewItem, add_item, edit_item
from planner.writes.plan_changes.themes import add_theme
from planner.writes.plans.closing import close_plan
from planner.writes.plans.new_plan import NewPlan, add_plan
from tests.answers import ask
from tests.factories import ACTOR, AT, noon, person, report, writing_by
from tests.tui.desk import TODAY, door_to
from tests.two_plans import FIRST, load_second_plan
from tui.data.door import Door


def position(database: Database) -> int:
    """The number of the last event of the log."""
    with database.reading() as session:
        last = last_event(session)
    assert last is not None
    return last.seq


def found(database: Database, statement: str) -> list[tuple[object, ...]]:
    """What a statement finds."""
    with database.reading() as session:
        return [tuple(row) for row in session.execute(text(statement))]


@dataclass(frozen=True)
class Case:
    """An act, what is typed in its form, what the app says then, and what the register holds."""

    name: str
    code: str | None
    texts: dict[str, str]
    said: str
    statement: str
    rows: list[tuple[object, ...]]
    confirmed: str = ""


ITEM = "SELECT title, kind, weight, theme_id, lead_id FROM item WHERE code = 'T-001'"
WHY = {"reason": "The council decided so."}
CASES = [
    Case(
        "item.add",
        None,
        {
            "code": "T-050",
            "title": "물때표 쓰기",
            "theme": "rooms",
            "lead": "archive",
            "due": "30 November",
            "kind": "task",
            "accountable": "brook",
            "weight": "2.5",
            "supporting": "harbour",
            "source": "Minutes of May",
            "milestone": "31 October = Tables drawn\n15 November = Tables printed",
            **WHY,
        },
        "Recorded: T-050 is in the plan from 2020-09-18 on.",
        "SELECT i.title, t.number, o.key, i.baseline_due, i.weight, i.measured_by, count(m.id), min(m.baseline_date)"
        " FROM item i JOIN theme t ON t.id = i.theme_id JOIN organisation o ON o.id = i.lead_id"
        " LEFT JOIN milestone m ON m.item_id = i.id WHERE i.code = 'T-050' GROUP BY i.id",
        [("물때표 쓰기", 2, "town-archive", "2020-11-30", 2.5, "milestones", 2, "2020-10-31")],
    ),
    Case(
        "item.edit",
        "T-001",
        {"title": "Mend all quays", "accountable": "brook", **WHY},
        "Recorded: T-001 is changed from 2020-09-18 on. title: Mend the quays → Mend all quays; accountable: none →"
        " Brook",
        "SELECT title, weight, login FROM item LEFT JOIN person ON person.id = accountable_id WHERE code = 'T-001'",
        [("Mend all quays", 1.0, "brook")],
    ),
    Case(
        "item.move",
        "T-001",
        {"theme": "2", "measure": "M2.01", "lead": "town-archive", "as_of": "2020-09-17", **WHY},
        "theme: 1 Quays and lights → 2 Rooms and charts; measure: M1.01 → M2.01; lead: Harbour Office → Town Archive",
        "SELECT field, new_value, as_of, reason FROM item_change ORDER BY id",
        [
            (field, value, "2020-09-17", WHY["reason"])
            for field, value in (
                *(("theme", "2"), ("measure", "M2.01"), ("lead", "town-archive")),
                # The new lead supported the item so far.
                ("supporting", None),
            )
        ],
    ),
    Case(
        "item.support",
        "T-001",
        {"no_longer": "archive", **WHY},
        "Recorded: T-001 is changed from 2020-09-18 on. supporting: Town Archive → none",
        "SELECT o.key, r.taken_out FROM responsibility r JOIN organisation o ON o.id = organisation_id"
        " JOIN item i ON i.id = item_id WHERE code = 'T-001'",
        [("town-archive", 1)],
    ),
    Case(
        "item.split",
        "T-001",
        {"part": "T-011 = Mend the east quay\n= Mend the west quay", **WHY},
        "Recorded: T-001 is split into T-011 and nocode-1 from 2020-09-18 on. "
        "The new items start on 2020-09-18, without reports. Only T-001 has 2 milestones and 1 indicator. "
        "Somebody else confirms that T-001 has ended.",
        "SELECT code, title, weight FROM item WHERE code IN ('T-011', 'nocode-1') ORDER BY position",
        [("T-011", "Mend the east quay", 0.5), ("nocode-1", "Mend the west quay", 0.5)],
    ),
    Case(
        "item.remove",
        "T-099",
        {"reason": "A slip."},
        "Recorded: T-099 is removed. Its code can be given to another item.",
        "SELECT taken_out FROM item WHERE title = 'A slip'",
        [(1,)],
    ),
    Case(
        "target.revise",
        "T-001",
        {"current_due": "2020-12-31", "value": "8", "due": "end of November", **WHY},
        "Recorded: the target of indicator 1 of T-001 is 8 by 2020-11-30 instead of 10 by 2020-12-31.",
        "SELECT old_value, new_value, new_due, reason FROM target_change",
        [(10.0, 8.0, "2020-11-30", WHY["reason"])],
    ),
    Case(
        "item.cancel",
        "T-003",
        {"ending_reason": "The schools have no charts."},
        "Recorded: T-003 is reported as cancelled as of 2020-09-18. Somebody else confirms that it has ended.",
        "SELECT phase, ending_reason, actor FROM status_update ORDER BY id DESC LIMIT 1",
        [("cancelled", "The schools have no charts.", "ada")],
    ),
    Case(
        "item.merge",
        "P-002",
        {"merged_into": "charts", "ending_reason": "One room."},
        "Recorded: P-002 is reported as merged as of 2020-09-18.",
        "SELECT phase, code FROM status_update JOIN item ON item.id = merged_into_id",
        [("merged", "T-003")],
    ),
    Case(
        "item.answer",
        "T-001",
        {"answer": "The council pays."},
        "Answered: the request for help on T-001 by ada.",
        "SELECT answer, actor FROM help_answer",
        [("The council pays.", "ada")],
    ),
    Case(
        "item.assess",
        "P-002",
        {"rating": "red", "reason": "The [quay] is bare.", "evidence": "A visit."},
        "Recorded: P-002 is assessed as red as of 2020-09-18.",
        "SELECT rating, reason, evidence, actor FROM assessment",
        [("red", "The [quay] is bare.", "A visit.", "ada")],
    ),
    Case(
        "item.ask_later_date",
        "T-001",
        {"date": "1", "to": "2020-10-30", "reason": "The frost."},
        "Recorded: T-001: 2020-10-30 is asked for instead of 2020-",
        "SELECT new_date, reason, actor FROM extension_request ORDER BY id DESC LIMIT 1",
        [("2020-10-30", "The frost.", "ada")],
    ),
    Case(
        "item.grant_later_date",
        "T-001",
        {"reason": "Agreed."},
        "Granted: T-001: 2020-12-30 instead of ",
        "SELECT outcome, actor FROM extension_answer",
        [("granted", "ada")],
    ),
    Case(
        "item.refuse_later_date",
        "P-002",
        {"reason": "The fair is in June."},
        "Refused: P-002: it stays ",
        "SELECT outcome, reason FROM extension_answer",
        [("refused", "The fair is in June.")],
    ),
    Case(
        "item.add_milestone",
        "T-001",
        {"title": "West quay mended", "due": "Q4", "weight": "20", "test": "A note.", **WHY},
        "Recorded: T-001 has milestone 3, West quay mended, from 2020-09-18 on.",
        "SELECT m.title, baseline_date, m.weight, completion_test FROM milestone m JOIN item i ON i.id = item_id"
        " WHERE code = 'T-001' AND number = 3",
        [("West quay mended", "2020-12-31", 20.0, "A note.")],
    ),
    Case(
        "item.remove_milestone",
        "T-001",
        {"milestone": "1", **WHY},
        "is not a milestone of T-001 any more from 2020-09-18 on.",
        "SELECT count(*) FROM milestone m JOIN item i ON i.id = item_id WHERE code = 'T-001' AND NOT m.taken_out",
        [(1,)],
    ),
    Case(
        "indicator.remove",
        "T-002",
        {"indicator": "1", **WHY},
        "Recorded: Hours without light is not an indicator of T-002 any more from 2020-09-18 on.",
        "SELECT taken_out FROM indicator WHERE name = 'Hours without light'",
        [(1,)],
    ),
    Case(
        "indicator.add",
        "T-001",
        {"name": "Ropes", "unit": "ropes", "baseline": "2", "target": "5", "due": "Q4", **WHY},
        "Recorded: T-001 has indicator 2, Ropes, from 2020-09-18 on.",
        "SELECT unit, direction, baseline_value, value, due FROM indicator i JOIN target t ON t.indicator_id = i.id"
        " WHERE name = 'Ropes'",
        [("ropes", "increase", 2.0, 5.0, "2020-12-31")],
    ),
    Case(
        "target.add",
        "T-003",
        {"target": "12", "due": "30 November", **WHY},
        "Recorded: indicator 1 of T-003 has the target 12 charts from 2020-09-18 on.",
        "SELECT value, t.due FROM target t JOIN indicator i ON i.id = indicator_id WHERE name = 'Charts found'",
        [(12.0, "2020-11-30")],
    ),
    Case(
        "theme.add",
        None,
        {"title": "나루터", "label": "2.1", "inside": "rooms", **WHY},
        "Recorded: theme 3, 나루터, is in the plan from 2020-09-18 on.",
        "SELECT t.title, t.label, p.number FROM theme t JOIN theme p ON p.id = t.parent_id",
        [("나루터", "2.1", 2)],
    ),
    Case(
        "theme.rename",
        None,
        {"theme": "quays", "title": "Quays, lights and ferries", **WHY},
        "Recorded: theme 1 is called Quays, lights and ferries from 2020-09-18 on.",
        "SELECT title FROM theme WHERE number = 1",
        [("Quays, lights and ferries",)],
    ),
    Case(
        "kind.rename",
        None,
        {"kind": "task", "title": "Chore", **WHY},
        "Recorded: the kind of items task is called Chore from 2020-09-18 on.",
        "SELECT key, title FROM item_kind WHERE title = 'Chore'",
        [("task", "Chore")],
    ),
    Case(
        "theme.move",
        None,
        {"theme": "quays", "inside": "2", **WHY},
        "Recorded: theme 1, Quays and lights, is moved from 2020-09-18 on.",
        "SELECT t.number, p.number FROM theme t JOIN theme p ON p.id = t.parent_id",
        [(1, 2)],
    ),
    Case(
        "kind.merge",
        None,
        {"kind": "task", "into": "key_project", **WHY},
        "Recorded: the kind of items task is merged into key project from 2020-09-18 on, with 3 items.",
        "SELECT key FROM item_kind WHERE position = 0",
        [("task",)],
    ),
    Case(
        "theme.merge",
        None,
        {"theme": "quays", "into": "rooms", **WHY},
        "Recorded: theme 1, Quays and lights, is merged into 2, ",
        "SELECT number FROM theme WHERE taken_out",
        [(1,)],
    ),
    Case(
        "theme.remove",
        None,
        {"theme": "spare", **WHY},
        "Recorded: theme 3, Spare, is not in the plan any more from 2020-09-18 on.",
        "SELECT taken_out FROM theme WHERE title = 'Spare'",
        [(1,)],
    ),
    Case(
        "plan.edit",
        None,
        {
            "title": "Harbour works",
            "ends": "2021-03-31",
            "language": "ko",
            "mandate": "new",
            "totals": "items = 6\ntask = 3",
            **WHY,
        },
        "Recorded: harbour-2020 is changed from 2020-09-18 on. title: Harbour Town work plan 2020 → Harbour works",
        "SELECT plan.title, ends, language, mandate.key, name, value FROM plan JOIN plan_total ON value IS NOT NULL"
        " JOIN mandate ON mandate.id = mandate_id",
        [("Harbour works", "2021-03-31", "ko", "new", *total) for total in (("items", 6), ("tasks", 3))],
    ),
    Case(
        "organisation.add",
        None,
        {"key": "tide-board", "name": "조수 위원회", "short_name": "Tides"},
        "Recorded: 조수 위원회 (tide-board) is in the register.",
        "SELECT name, short_name, kind, basis FROM organisation WHERE key = 'tide-board'",
        [("조수 위원회", "Tides", "body", "registered")],
    ),
    Case(
        "organisation.rename",
        None,
        {"organisation": "archive", "name": "Archive of the Town", **WHY},
        "Recorded: Town Archive (town-archive) is called Archive of the Town from 2020-09-18 on.",
        "SELECT old_name, new_name FROM organisation_change",
        [("Town Archive", "Archive of the Town")],
    ),
    Case(
        "organisation.edit",
        None,
        {"organisation": "archive", "language": "ko", **WHY},
        "Recorded: the language of Town Archive (town-archive) is ko.",
        "SELECT language FROM organisation WHERE key = 'town-archive'",
        [("ko",)],
    ),
    Case(
        "organisation.addresses",
        None,
        {"organisation": "archive", "mail_address": "a@archive.example, 档案@例子.公司", **WHY},
        "Recorded: mail for Town Archive (town-archive) goes to a@archive.example, 档案@例子.公司.",
        "SELECT mail_address, language FROM organisation WHERE key = 'town-archive'",
        [("a@archive.example, 档案@例子.公司", None)],
    ),
    Case(
        "organisation.merge",
        None,
        {"organisation": "harbour", "into": "town-archive", **WHY},
        "is merged into Town Archive from 2020-09-18 on. 4 items have a new lead. harbour-office runs the plan ",
        "SELECT o.key FROM item JOIN organisation o ON o.id = lead_id WHERE code = 'T-001'",
        [("town-archive",)],
        confirmed="plan harbour-2020. Name the organisation that runs it from now on.",
    ),
    Case(
        "organisation.dissolve",
        None,
        {"organisation": "archive", "give": "T-003 = harbour-office", **WHY},
        "Recorded: Town Archive (town-archive) is dissolved from 2020-09-18 on. 1 item has a new lead.",
        "SELECT o.key FROM item JOIN organisation o ON o.id = lead_id WHERE code = 'T-003'",
        [("harbour-office",)],
        confirmed="1 item gets a new lead.",
    ),
    Case(
        "people.add",
        None,
        {
            "login": "cleo",
            "name": "Cleo [/]",
            "role": "manager",
            "as_of": "2020-09-01",
            **WHY,
            "mail_address": "cleo@port.example",
        },
        "Recorded: cleo, Cleo [/], manager.",
        "SELECT mail_address, field, as_of, reason FROM person_change JOIN person ON person.id = person_id",
        [("cleo@port.example", "joined", "2020-09-01", WHY["reason"])],
    ),
    Case(
        "people.change",
        None,
        {"login": "brook", "organisation": "archive", "as_of": "2020-09-01", **WHY},
        "Recorded from 2020-09-01 on: brook, Brook, manager, Town Archive.",
        "SELECT person.name, role, organisation.key FROM person JOIN organisation ON organisation.id = organisation_id"
        " WHERE login = 'brook'",
        [("Brook", "manager", "town-archive")],
    ),
    Case(
        "people.edit",
        None,
        {"login": "brook", "mail_address": "brook@port.example", **WHY},
        "Recorded: mail for Brook (brook) goes to brook@port.example.",
        "SELECT mail_address FROM person WHERE login = 'brook'",
        [("brook@port.example",)],
    ),
    Case(
        "people.leave",
        None,
        {"login": "brook", "as_of": "2020-09-01", **WHY},
        "has left. They are still accountable for 1 unfinished item: give it to somebody else.",
        "SELECT active, as_of, reason FROM person JOIN person_change ON person.id = person_id",
        [(0, "2020-09-01", WHY["reason"])],
    ),
    Case(
        "people.come_back",
        None,
        {"login": "lena", **WHY},
        "Recorded from 2020-09-18 on: lena, Lena, manager.",
        "SELECT active FROM person WHERE login = 'lena'",
        [(1,)],
    ),
    Case(
        "people.give_items",
        None,
        {"login": "brook", "to": "ada", **WHY},
        "Recorded: ada is accountable for 1 item from 2020-09-18 on: T-002.",
        "SELECT code, login FROM item JOIN person ON person.id = accountable_id",
        [("T-002", "ada")],
        confirmed="ada becomes accountable for 1 item of brook.",
    ),
    Case(
        "plan.close",
        None,
        WHY,
        "Closed harbour-2020. It can only be read now",
        "SELECT kind, reason FROM plan_act",
        [("closed", WHY["reason"])],
    ),
    Case(
        "plan.reopen",
        None,
        WHY,
        "Opened harbour-2020 again.",
        "SELECT kind, reason FROM plan_act",
        [("closed", "The year is over."), ("reopened", WHY["reason"])],
    ),
    Case(
        "plan.remove",
        None,
        {"plan": "spare-2022", **WHY},
        "Removed the plan spare-2022.",
        "SELECT taken_out FROM plan WHERE title = 'Spare'",
        [(1,)],
    ),
    Case(
        "plan.carry_over",
        None,
        {"plan": "harbour-2021"},
        "Carried 5 items over into harbour-2020.",
        "SELECT count(*) FROM item WHERE continues_id IS NOT NULL",
        [(5,)],
        confirmed="5 items are added.",
    ),
]


def ask_for_later_date(database: Database, name: str) -> None:
    """Ask for the later date that an act grants or refuses."""
    if name == "item.grant_later_date":
        ask(database, date(2020, 12, 30), milestone=1, on=TODAY)
    if name == "item.refuse_later_date":
        ask(database, date(2021, 1, 29), code="P-002", on=TODAY)


def prepare(database: Database, case: Case) -> Door:
    """Record what an act needs, and open the register."""
    ask_for_later_date(database, case.name)
    if case.name in ("people.give_items", "people.leave"):
        with database.writing() as session:
            edit, since = ItemEdit(accountable="brook"), date(2020, 9, 1)
            edit_item(writing_by(session, ACTOR, noon(TODAY)), "T-002", edit, "New staff.", as_of=since)
    elif case.name == "item.answer":
        report(database, "T-001", as_of=TODAY, help_needed="Two pumps.")
    elif case.name == "item.remove":
        with database.writing() as session:
            new = NewItem("T-099", "A slip", "1", "harbour-office", date(2020, 11, 30), "task")
            add_item(writing_by(session, ACTOR, noon(TODAY)), new, "Due.")
    elif case.name == "plan.reopen":
        with database.writing() as session:
            close_plan(writing_by(session, ACTOR, AT), "The year is over.")
    elif case.name == "people.come_back":
        person(database, "lena", Role.MANAGER, None)
        with database.writing() as session:
            change_person(writing_by(session, ACTOR, AT), "lena", PersonEdit(active=False), "She moved.")
    elif case.name == "theme.remove":
        with database.writing() as session:
            add_theme(writing_by(session, ACTOR, noon(TODAY)), "Spare", "For later.")
    elif case.name == "plan.carry_over":
        load_second_plan(database)
    elif case.name == "plan.remove":
        spare = NewPlan("Spare", "spare-2022", date(2022, 1, 1), date(2022, 12, 31), "UTC", "harbour-office")
        with database.writing() as session, writing_by(session, ACTOR, AT).journal(of_plan=False) as journal:
            add_plan(journal, spare)
    door = door_to(database.url)
    door.plan = GivenPlan(FIRST)
    return door
