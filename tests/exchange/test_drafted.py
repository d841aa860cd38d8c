"""What a drafted mandate version is to the exports: nothing until it is adopted, then a version with its crosswalk."""

from pathlib import Path

from planner.exchange.oscal import oscal_document
from planner.mandates.adopting import adopt_proposal
from planner.store.database import Database
from tests.exchange.oscal_reader import OscalFile, schema_errors
from tests.exchange.test_annotations import bodies, exported
from tests.exchange.test_mapped import mapped_of
from tests.exchange.told import rows_of
from tests.factories import COLLEAGUE, writing_by
from tests.mandates.factories import KEY, LATER, attach_old, decide_all, drafted


def test_a_draft_is_in_no_file_until_it_is_adopted(register: Database, tmp_path: Path):
    before = exported(register)
    attach_old(register, tmp_path)
    drafted(register, tmp_path)
    decide_all(register)
    assert [version.key for version in mapped_of(register).versions] == ["old", "new"]
    assert exported(register)["first"] == before["first"], "what is cited for a draft only is left out"
    with register.writing() as session:
        adopt_proposal(writing_by(session, COLLEAGUE, LATER), KEY, "Decided on Monday.")
    made = mapped_of(register)
    assert [(version.key, version.drafted) for version in made.versions] == [
        ("old", False),
        ("new", False),
        (KEY, True),
    ]
    document = oscal_document(made)
    assert schema_errors(document) == []
    file = OscalFile(document)
    assert file.rows() == rows_of(made)
    assert {mapping["method"] for mapping in file.mappings("crosswalk")} == {"human", "hybrid"}
    assert f"urn:planner:register:mandate:{KEY}:duty-1" in bodies(exported(register))
