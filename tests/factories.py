"""The small plan of the tests: a harbour town's, invented here, with two mandate versions in English and Arabic.

Its documents are a few invented lines each, so that its citations are true: `write_documents` puts them in a folder.
"""

import hashlib
import tempfile
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import URL, select
from sqlalchemy.orm import Session

from planner.bundle.loader import load_into
from planner.bundle.reader import Bundle, read_bundle
from planner.bundle.references import check
from planner.bundle.seeder import Counts
from planner.cli.context import login
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import DROPPED_PHASES, Phase, Role
from planner.queries.items.views import StatusView
from planner.queries.people.people import read_person
from planner.queries.people.person_view import PersonView
from planner.queries.weeks.issues import SectionFacts, read_position
from planner.register.plan_view import PlanView
from planner.register.plans import last_recorded, read_plan
from planner.register.point import Point
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store import making
from planner.store.database import Database
from planner.store.journal import Actor, Journal, writing
from planner.store.models import Organisation
from planner.writes.installation import mark_demonstration, mark_register
from planner.writes.issues import NewFile, NewIssue
from planner.writes.people.adding import NewPerson, add_person
from planner.writes.people.person_rows import put_person
from planner.writes.reports.confirmations import confirm_ending
from planner.writes.reports.dates import DateMoved, move_due_date, move_milestone
from planner.writes.reports.entries import Entry, record_entry
from planner.writes.reports.milestones import MilestoneReported, meet_milestone
from planner.writes.reports.observations import Observed, observe
from planner.writes.reports.status import Report

# The people of the small plan: an administrator, a manager, an officer of the Harbour Office, an auditor.
ACTOR = Actor("ada")
COLLEAGUE = Actor("brook")
OFFICER = Actor("dora")
AUDITOR = Actor("egil")
MYSELF = Actor(login())
AT = datetime(2020, 1, 3, 2, 0, tzinfo=UTC)
ITEM_CODES = ("T-001", "T-002", "T-003", "P-001", "P-002")
# A title that would go wrong wherever data is taken for markup, with wide and right-to-left letters in it.
ODD_TITLE = "Open the [old] reading room [/] at the 港口 (مرفأ)"

Files = dict[str, Any]

# libyaml's, where it was built in; both give the same.
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

OLD_DUTIES = """\
Harbour Office

1. Keeps the quays and the harbour lights in good order.
2. Runs the reading rooms of the town together with the archive.
3. Counts the herring boats each spring.
"""

NEW_DUTIES = """\
Harbour Office and Town Archive

I. Keep the quays and the harbour lights in good order.
II. Run the reading rooms of the town.
III. Look after the town's charts:
1. collect old charts and lend them to schools.
"""

NEW_DUTIES_ARABIC = """\
مكتب المرفأ ومحفوظات البلدة

(1) العناية بالأرصفة ومنارات المرفأ.
(2) إدارة قاعات القراءة والمكتبات في البلدة.
(3) العناية بخرائط البلدة:
1. جمع الخرائط القديمة وإعارتها للمدارس.
"""

PLAN_TEXT = """\
항구 마을의 2020년 업무 계획

모두 5개 과제를 추진한다: 일반 과제 3개, 중점 사업 2개.
목표: 누구나 쓰는 항구.
① 항구와 등대: 부두를 수리하고, 등대의 불을 새로 켠다.
② 열람실과 지도: 열람실을 다시 열고, 옛 지도를 모은다.
부서가 서로 협력한다.
"""

DOCUMENTS = {
    "old-duties-en": OLD_DUTIES,
    "new-duties-en": NEW_DUTIES,
    "new-duties-ar": NEW_DUTIES_ARABIC,
    "plan-ko": PLAN_TEXT,
}


def write_documents(folder: Path) -> Path:
    """Put the invented documents into a folder, as a user would have them."""
    folder.mkdir(parents=True, exist_ok=True)
    for key, text in DOCUMENTS.items():
        (folder / f"{key}.txt").write_text(text, encoding="utf-8", newline="")
    return folder


def cite(document: str, quoted: str) -> dict[str, Any]:
    """The citation of the one place in an invented document where some words stand."""
    text = DOCUMENTS[document]
    assert text.count(quoted) == 1, f"{quoted!r} stands {text.count(quoted)} times in {document}"
    start = text.index(quoted)
    return {
        "document": document,
        "start": start,
        "end": start + len(quoted),
        "quoted": _digest(quoted),
        "normal": _digest(_normal(quoted)),
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _normal(text: str) -> str:
    """Text without white space and invisible characters."""
    return "".join(character for character in text if unicodedata.category(character)[0] not in "ZC")


def _document(key: str, language: str, numbering: str) -> dict[str, Any]:
    return {
        "key": key,
        "sha256": _digest(DOCUMENTS[key]),
        "language": language,
        "title": f"Invented document {key}",
        "publisher": "Harbour Town",
        "dated": date(2020, 1, 2) if key == "plan-ko" else None,
        "numbering": numbering,
    }


def _body(key: str, name: str, arabic: str, short: str) -> dict[str, Any]:
    return {"key": key, "name": name, "names": {"ar": arabic}, "short": short, "kind": "body"}


def _clause(key: str, restatement: str, /, parent: str | None = None, **texts: tuple[str, str, str]) -> dict[str, Any]:
    """A clause; each text is the printed number, the document and the words that stand there."""
    return {
        "key": key,
        "parent": parent,
        "restatement": restatement,
        "texts": {
            language: {"number": number, "citation": cite(document, words)}
            for language, (number, document, words) in texts.items()
        },
    }


def _mandates() -> Files:
    old, new, arabic = "old-duties-en", "new-duties-en", "new-duties-ar"
    return {
        "mandates/old.yaml": {
            "mandate": {
                "key": "old",
                "title": "Duties of the Harbour Office",
                "body": "harbour-office",
                "in_force_from": date(2015, 5, 1),
                "restatement": "The office looks after harbour and reading rooms.",
                "expressions": [{"language": "en", "document": old}],
            },
            "clauses": [
                _clause(
                    "duty-1",
                    "Quays and lights are maintained.",
                    en=("1.", old, "Keeps the quays and the harbour lights in good order."),
                ),
                _clause(
                    "duty-2",
                    "Reading rooms are run jointly.",
                    en=("2.", old, "Runs the reading rooms of the town together with the archive."),
                ),
                _clause("duty-3", "Boats are counted yearly.", en=("3.", old, "Counts the herring boats each spring.")),
            ],
        },
        "mandates/new.yaml": {
            "mandate": {
                "key": "new",
                "title": "Duties of the Harbour Office and the Town Archive",
                "body": "harbour-office",
                "also_body": "town-archive",
                "supersedes": "old",
                "in_force_from": None,
                "restatement": "Two bodies look after harbour, reading rooms and charts.",
                "expressions": [{"language": "en", "document": new}, {"language": "ar", "document": arabic}],
            },
            "clauses": [
                _clause(
                    "duty-1",
                    "Quays and lights are maintained.",
                    en=("I.", new, "Keep the quays and the harbour lights in good order."),
                    ar=("(1)", arabic, "العناية بالأرصفة ومنارات المرفأ."),
                ),
                _clause(
                    "duty-2",
                    "Reading rooms are run.",
                    en=("II.", new, "Run the reading rooms of the town."),
                    ar=("(2)", arabic, "إدارة قاعات القراءة والمكتبات في البلدة."),
                ),
                _clause(
                    "duty-3",
                    "Charts are looked after.",
                    en=("III.", new, "Look after the town's charts:"),
                    ar=("(3)", arabic, "العناية بخرائط البلدة:"),
                ),
                _clause(
                    "duty-3.1",
                    "Old charts are gathered and lent out.",
                    parent="duty-3",
                    en=("1.", new, "collect old charts and lend them to schools."),
                    ar=("1.", arabic, "جمع الخرائط القديمة وإعارتها للمدارس."),
                ),
            ],
        },
    }


def _crosswalk() -> dict[str, Any]:
    rows = [
        ("duty-1", "duty-1", "moved-to", "equal-to", "Kept as it was."),
        ("duty-2", "duty-2", "moved-to", "superset-of", "The archive's part was dropped."),
        ("duty-3", None, "withdrawn", "no-relationship", "Nobody counts boats any more."),
        (None, "duty-3", "new", "no-relationship", "Charts are new."),
        (None, "duty-3.1", "new", "no-relationship", "So is the lending of them."),
    ]
    fields = ("from", "to", "lineage", "relation", "rationale")
    return {"from": "old", "to": "new", "rows": [dict(zip(fields, row, strict=True)) for row in rows]}


def _stated(words: str) -> dict[str, Any]:
    return {"basis": "stated", "citation": cite("plan-ko", words)}


def _plan() -> dict[str, Any]:
    return {
        "plan": {
            "key": "harbour-2020",
            "title": "Harbour Town work plan 2020",
            "year": 2020,
            "starts": date(2020, 1, 1),
            "ends": date(2020, 12, 31),
            "published": date(2020, 1, 2),
            "issuer": "harbour-office",
            "time_zone": "Asia/Seoul",
            "mandate": "old",
            "restatement": "What the harbour office means to do in 2020.",
            **_stated("항구 마을의 2020년 업무 계획"),
        },
        "totals": [
            {"name": "items", "value": 5, **_stated("모두 5개 과제")},
            {"name": "tasks", "value": 3, **_stated("일반 과제 3개")},
            {"name": "key_projects", "value": 2, **_stated("중점 사업 2개")},
        ],
        "goals": [
            {
                "number": 1,
                "title": "A harbour for all",
                "restatement": "Anybody can use it.",
                **_stated("누구나 쓰는 항구"),
            }
        ],
        "themes": [
            {"number": 1, "title": "Quays and lights", "restatement": "Mend and light.", **_stated("항구와 등대")},
            {"number": 2, "title": "Rooms and charts", "restatement": "Open and collect.", **_stated("열람실과 지도")},
        ],
    }


def _measures() -> list[dict[str, Any]]:
    rows = [
        ("M1.01", "Mended quays", "Mend the quays.", "부두를 수리하고"),
        ("M1.02", "New lights", "Light the harbour anew.", "등대의 불을 새로 켠다"),
        ("M2.01", "Reading rooms open again", "Open the reading rooms again.", "열람실을 다시 열고"),
        ("M2.02", "Old charts", "Collect old charts.", "옛 지도를 모은다"),
        ("M0.01", "Working together", "Departments work together.", "부서가 서로 협력한다"),
    ]
    return [
        {"code": code, "title": title, "restatement": restatement, **_stated(words)}
        for code, title, restatement, words in rows
    ]


def _rules() -> Files:
    return {
        "rules": [
            {
                "key": "plan-year",
                "kind": "date",
                "statement": "The plan is for 2020, so its items start and end with that year.",
                "citation": cite("plan-ko", "2020년"),
            },
            {
                "key": "deliverable",
                "kind": "indicator",
                "statement": "What a measure commits to is there or it is not: from 0 to 1.",
            },
            {
                "key": "lead-harbour",
                "kind": "lead",
                "statement": "The office keeps quays and lights, so it leads what concerns them.",
                "organisation": "harbour-office",
                "supporting": ["town-archive"],
                "mandate": "old",
                "clause": "duty-1",
                "measures": ["M1.01", "M1.02"],
            },
            {
                "key": "lead-rooms",
                "kind": "lead",
                "statement": "The office runs the reading rooms.",
                "organisation": "harbour-office",
                "mandate": "old",
                "clause": "duty-2",
                "measures": ["M2.01"],
            },
        ],
        "working_leads": [{"measure": "M2.02", "organisation": "town-archive", "note": "No duty speaks of charts."}],
    }


def _milestone(title: str, month: int, day: int, weight: float, **more: Any) -> dict[str, Any]:
    return {
        "title": title,
        "date": date(2020, month, day),
        "weight": weight,
        "test": f"A note that says: {title.lower()}",
        **more,
    }


def _items_of_theme_1() -> list[dict[str, Any]]:
    return [
        {
            "code": "T-001",
            "measure": "M1.01",
            "title": "Mend the quays",
            "basis": "stated",
            "measured_by": "reports",
            "milestones": [
                _milestone("Damage surveyed", 3, 31, 40),
                _milestone("Quays mended", 12, 31, 60, basis="derived", rule="plan-year"),
            ],
            "indicators": [
                {
                    "name": "Quays mended",
                    "unit": "quays",
                    "direction": "increase",
                    "baseline": 2,
                    "target": 10,
                    "by": date(2020, 12, 31),
                }
            ],
        },
        {
            "code": "T-002",
            "measure": "M1.02",
            "title": "Train the lighthouse keepers",
            "start": date(2020, 3, 2),
            "measured_by": "milestones",
            "milestones": [
                _milestone("Courses agreed", 4, 30, 25),
                _milestone("Half of the keepers trained", 7, 31, 25),
                _milestone("All keepers trained", 10, 30, 50),
            ],
            "indicators": [
                {
                    "name": "Hours without light",
                    "unit": "hours a month",
                    "direction": "decrease",
                    "baseline": 40,
                    "target": 4,
                    "by": date(2020, 12, 31),
                }
            ],
        },
        {
            "code": "P-001",
            "measure": "M1.02",
            "title": "Build the light on the north pier",
            "start": date(2020, 2, 3),
            "measured_by": "milestones",
            "milestones": [
                _milestone("Ground plan approved", 3, 31, 25),
                _milestone("Tower stands", 6, 30, 25),
                _milestone("Lamp fitted", 9, 30, 25),
                _milestone("Light burns", 12, 15, 25),
            ],
            "indicators": [
                {
                    "name": "Light in service",
                    "unit": "lights",
                    "direction": "reach",
                    "baseline": 0,
                    "target": 1,
                    "by": date(2020, 12, 31),
                    "basis": "derived",
                    "rule": "deliverable",
                }
            ],
        },
    ]


def _items_of_theme_2() -> list[dict[str, Any]]:
    return [
        {
            "code": "T-003",
            "measure": "M2.02",
            "title": "Ask the schools for old charts",
            "start": date(2020, 6, 1),
            "measured_by": "reports",
            "supporting": ["harbour-office"],
            "milestones": [_milestone("Schools asked", 7, 31, 50), _milestone("Answers listed", 11, 30, 50)],
            "indicators": [{"name": "Charts found", "unit": "charts", "direction": "increase", "baseline": 0}],
        },
        {
            "code": "P-002",
            "measure": "M2.01",
            "title": ODD_TITLE,
            "measured_by": "reports",
            "milestones": [_milestone("Room cleared", 2, 28, 30), _milestone("Room open", 5, 29, 70)],
            "indicators": [{"name": "Readers", "unit": "readers a week", "direction": "increase"}],
        },
    ]


def _links() -> Files:
    rows = [
        ("M1.01", "old", "duty-1", "implements", "full"),
        ("M1.01", "new", "duty-1", "implements", "full"),
        ("M1.02", "old", "duty-1", "implements", "full"),
        ("M1.02", "new", "duty-1", "implements", "partial"),
        ("M2.01", "old", "duty-2", "implements", "full"),
        ("M2.01", "new", "duty-2", "supports", "partial"),
        ("M2.02", "new", "duty-3.1", "derived-from", "full"),
    ]
    fields = ("measure", "mandate", "clause", "type", "coverage")
    links = [
        {**dict(zip(fields, row, strict=True)), "rationale": f"{row[0]} is what {row[2]} asks for."} for row in rows
    ]
    without = [("M2.02", "old"), ("M0.01", "old"), ("M0.01", "new")]
    return {
        "links": links,
        "without_clause": [
            {"measure": measure, "mandate": mandate, "why": "No duty speaks of it."} for measure, mandate in without
        ],
    }


def _findings() -> list[dict[str, Any]]:
    return [
        {
            "key": "libraries-only-in-arabic",
            "kind": "phrase-in-one-language",
            "statement": "The Arabic names libraries beside the reading rooms; the English does not.",
            "sides": [
                {
                    "label": "Arabic",
                    "mandate": "new",
                    "clause": "duty-2",
                    "language": "ar",
                    "citation": cite("new-duties-ar", "والمكتبات"),
                },
                {
                    "label": "English",
                    "lacks": True,
                    "mandate": "new",
                    "clause": "duty-2",
                    "language": "en",
                    "citation": cite("new-duties-en", "Run the reading rooms of the town."),
                },
            ],
        }
    ]


def small_files() -> Files:
    """The small plan's data files by name, as plain values that a test may change before it writes them."""
    return {
        "documents.yaml": {
            "documents": [
                _document("old-duties-en", "en", "arabic-dot"),
                _document("new-duties-en", "en", "roman-dot"),
                _document("new-duties-ar", "ar", "paren-dot"),
                _document("plan-ko", "ko", "circled-themes"),
            ]
        },
        "organisations.yaml": {
            "organisations": [
                _body("harbour-office", "Harbour Office", "مكتب المرفأ", "Harbour"),
                _body("town-archive", "Town Archive", "محفوظات البلدة", "Archive"),
            ]
        },
        **_mandates(),
        "crosswalk.yaml": {"crosswalk": _crosswalk()},
        "rules.yaml": _rules(),
        "plan.yaml": _plan(),
        "measures.yaml": {"measures": _measures()},
        "items/theme-1.yaml": {"items": _items_of_theme_1()},
        "items/theme-2.yaml": {"items": _items_of_theme_2()},
        "links.yaml": _links(),
        "text-findings.yaml": {"findings": _findings()},
    }


def write_files(folder: Path, files: Files) -> Path:
    """Write data files into a folder."""
    return _write_texts(folder, {name: _as_yaml(content) for name, content in files.items()})


def small_bundle(folder: Path) -> Path:
    """Write the small plan's data files into a folder."""
    return _write_texts(folder, _small_texts())


@cache
def _small_texts() -> dict[str, str]:
    return {name: _as_yaml(content) for name, content in small_files().items()}


def _as_yaml(content: Any) -> str:
    return yaml.dump(content, Dumper=_DUMPER, allow_unicode=True, sort_keys=False)


def _write_texts(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def edit_file(folder: Path, name: str, change: Callable[[Any], object]) -> None:
    """Change one data file of a folder: `change` gets its content and alters it in place."""
    content = yaml.load((folder / name).read_text(encoding="utf-8"), Loader=_LOADER)
    change(content)
    write_files(folder, {name: content})


def make_small_demonstration(address: URL, seeds: Path, day: date) -> None:
    """The small plan as a demonstration that lives on a day, with the people of the tests; the report is empty yet."""
    database = making.make(address)
    with database.writing() as session, writing(session, ACTOR, AT) as journal:
        mark_demonstration(journal, day)
        load_into(journal, read_bundle(small_bundle(seeds)))
        put_people(journal)
    database.close()


def load_bundle(database: Database, bundle: Bundle, *, at: datetime = AT, actor: Actor = ACTOR) -> Counts:
    """Load a bundle into a database that is marked as an office's register."""
    check(bundle)
    with database.writing() as session, writing(session, actor, at) as journal:
        mark_register(journal)
        counts = load_into(journal, bundle)
        put_people(journal)
        return counts


def load_names(database: Database, folder: Path) -> None:
    """Load the small plan with names in other languages of a goal, a theme and the first measure."""
    edit_file(folder, "plan.yaml", lambda plan: plan["goals"][0].update(names={"zh-Hans": "港口人才"}))
    edit_file(folder, "plan.yaml", lambda plan: plan["themes"][1].update(names={"ko": "중관춘 독서실"}))
    edit_file(folder, "measures.yaml", lambda file: file["measures"][0].update(names={"zh-Hans": "北京灯塔"}))
    load_bundle(database, read_bundle(folder))


def put_people(journal: Journal) -> None:
    """Add the small plan's people, where they are not there yet, to a write that is already open.

    Who runs the tests is an administrator too: the commands that tests run act as them.
    """
    session = journal.session
    harbour = select(Organisation.id).where(Organisation.key == "harbour-office")
    office = session.execute(harbour).scalar_one_or_none()
    people = {ACTOR: Role.ADMINISTRATOR, COLLEAGUE: Role.MANAGER, AUDITOR: Role.AUDITOR, MYSELF: Role.ADMINISTRATOR}
    # Another plan than the small one has no Harbour Office, and so no officer of it.
    for actor, role in (people | ({OFFICER: Role.OFFICER} if office else {})).items():
        if read_person(session, actor.name) is None:
            put_person(journal, actor.name, actor.name.title(), role, office if role is Role.OFFICER else None)


def person(
    database: Database,
    name: str,
    role: Role = Role.OFFICER,
    organisation: str | None = "harbour-office",
    *,
    at: datetime = AT,
) -> PersonView:
    """Add a person to the small plan's; their login is the name in small letters."""
    with database.writing() as session:
        return add_person(writing_by(session, ACTOR, at), NewPerson(name, name.title(), role, organisation))


def load_small_bundle(database: Database, *, at: datetime = AT, actor: Actor = ACTOR) -> Counts:
    """Load the small plan into a database that is marked as an office's register."""
    return load_bundle(database, _read_small_bundle(), at=at, actor=actor)


@cache
def _read_small_bundle() -> Bundle:
    with tempfile.TemporaryDirectory(prefix="planner-seeds-") as folder:
        return read_bundle(small_bundle(Path(folder)))


def writing_by(session: Session, actor: Actor, at: datetime, today: date | None = None) -> Writing:
    """A write of somebody at an instant, on that day unless another is given."""
    return Writing(session, read_plan(session), actor, today or at.date(), at)


def plan_of(session: Session) -> PlanView:
    """The plan of the register."""
    return read_plan(session)


def reading_of(session: Session, as_of: date = date(2020, 12, 31), known_at: datetime | None = None) -> Reading:
    """A reading of the register in an open session."""
    return Reading(session, plan_of(session), Point(as_of, known_at))


def noon(day: date) -> datetime:
    """Noon of a day in UTC: an instant that is on that day in most time zones."""
    return datetime.combine(day, time(12), UTC)


def report(
    database: Database,
    code: str = "T-001",
    *,
    as_of: date = date(2020, 3, 4),
    at: datetime | None = None,
    actor: Actor = ACTOR,
    **fields: Any,
) -> StatusView:
    """Record a status report, at noon of the day it is as of unless told otherwise; fields are those of Report.

    An ending has what justifies it unless that is given; `ended` records and confirms one.
    """
    if fields.get("phase") is Phase.COMPLETED:
        fields.setdefault("evidence", "Minutes of the handover")
    if fields.get("phase") in DROPPED_PHASES:
        fields.setdefault("ending_reason", "No longer needed.")
    if fields.get("phase") is Phase.MERGED:
        fields.setdefault("merged_into", "T-002" if code != "T-002" else "T-001")
    given = Report(**(fields or {"done": "Some work was done."}))
    with database.writing() as session:
        instant = at or noon(as_of)
        return record_report(session, actor, plan_of(session), code, given, as_of=as_of, today=as_of, at=instant)


def record_report(
    session: Session, actor: Actor, plan: PlanView, code: str, given: Report, *, as_of: date, today: date, at: datetime
) -> StatusView:
    """Record a report and nothing else, and give it as it was recorded."""
    recorded = record_entry(Writing(session, plan, actor, today, at), code, Entry(given), as_of=as_of).report
    assert recorded is not None
    return recorded


def ended(
    database: Database, code: str, phase: Phase, *, as_of: date = date(2020, 3, 4), by: Actor = ACTOR, **fields: Any
) -> StatusView:
    """Record that an item ended, and have somebody else confirm it on the same day."""
    said = report(database, code, phase=phase, as_of=as_of, actor=by, **fields)
    with database.writing() as session:
        at = noon(as_of) + timedelta(hours=1)
        confirm_ending(writing_by(session, COLLEAGUE if by != COLLEAGUE else ACTOR, at), code)
    return said


def meet(
    database: Database, code: str, number: int, met_on: date, *, at: datetime | None = None, actor: Actor = ACTOR
) -> MilestoneReported:
    """Record a milestone as met."""
    with database.writing() as session:
        return meet_milestone(writing_by(session, actor, at or noon(met_on), met_on), code, number, met_on)


def move(
    database: Database,
    code: str,
    number: int | None,
    new: date,
    *,
    as_of: date = date(2020, 3, 4),
    reason: str = "The ground is too wet.",
    at: datetime | None = None,
    actor: Actor = ACTOR,
) -> DateMoved:
    """Move a milestone's current date, or the item's due date where no number is given."""
    with database.writing() as session:
        write = writing_by(session, actor, at or noon(as_of), as_of)
        if number is None:
            return move_due_date(write, code, new, reason)
        return move_milestone(write, code, number, new, reason)


def observed(
    database: Database,
    code: str,
    number: int,
    value: float,
    *,
    as_of: date = date(2020, 3, 4),
    at: datetime | None = None,
    actor: Actor = ACTOR,
) -> Observed:
    """Record a value of an indicator."""
    with database.writing() as session:
        return observe(writing_by(session, actor, at or noon(as_of), as_of), code, number, value)


def new_issue(session: Session, week: str = "2020-W14", *files: NewFile, known_at: datetime | None = None) -> NewIssue:
    """A week to be issued with files of one's own, from the register as this session sees it."""
    chosen = Week.parse(week)
    return NewIssue(
        week=chosen,
        as_of=chosen.sunday,
        known_at=known_at or last_recorded(session) or AT,
        position=read_position(session),
        facts_digest="f" * 64,
        sections=(SectionFacts("items", ("code",), ("code", "title"), 0, "e" * 64),),
        program_version="0.1.0",
        libraries={"Python": "3.11.0"},
        files=files or (NewFile(f"{week}.csv", "csv", f"a week: {week}".encode()),),
    )
