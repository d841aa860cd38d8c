"""A draft that nobody has looked at is a finding until somebody did."""

from pathlib import Path

from planner.domain.vocabulary import ComputedFinding
from planner.queries.findings import read_findings
from planner.store.database import Database
from tests.factories import reading_of
from tests.mandates.factories import KEY, decide_all, drafted
from tests.queries.reads import APRIL


def statements(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        found = read_findings(reading_of(session, APRIL), ComputedFinding.DRAFT_UNREVIEWED)
    return [(finding.subject, finding.statement) for finding in found]


def test_it_tells_what_is_machine_made_until_people_decided(register: Database, tmp_path: Path) -> None:
    assert statements(register) == []
    drafted(register, tmp_path)
    ((subject, statement),) = statements(register)
    assert subject == KEY
    assert "clauses and" in statement
    assert "are machine-made: no person has decided about them yet." in statement
    assert " 0 clauses" not in statement
    decide_all(register)
    assert statements(register) == []
