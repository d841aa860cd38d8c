"""Crosswalk and links as an OSCAL control mapping: valid by NIST's schema, and nothing is lost on the way."""

from dataclasses import replace

import pytest
from hypothesis import given

from planner.base.errors import NothingToMapError
from planner.domain.vocabulary import SetRelation
from planner.exchange.mapped import Mapped
from planner.exchange.oscal import oscal_document
from tests.exchange.generated import clause, mapped, mappings, row, version
from tests.exchange.oscal_reader import OscalFile, schema_errors, unmapped, value
from tests.exchange.told import gaps_of, links_of, rows_of

OLD = version("v1", [clause("v1", "duty-1"), clause("v1", "duty-2"), clause("v1", "duty-3")])
NEW = version("v2", [clause("v2", "duty-1"), clause("v2", "duty-2"), clause("v2", "duty-2.1", "duty-2")], "v1")
ROWS = (
    row(("v1", "duty-1"), ("v2", "duty-1"), SetRelation.SUPERSET_OF),
    row(("v1", "duty-2"), ("v2", None), SetRelation.NO_RELATIONSHIP, "Nobody does it any more."),
    row(("v1", None), ("v2", "duty-2"), SetRelation.NO_RELATIONSHIP, "It is new."),
)


@given(mappings())
def test_every_row_and_link_comes_back(made: Mapped):
    links = {link for link in links_of(made) if link.state != "suggested"}
    holds = links or any(row.from_key and row.to_key for row in made.rows)
    if not holds:
        with pytest.raises(NothingToMapError):
            oscal_document(made)
        return
    document = oscal_document(made)
    assert schema_errors(document) == []
    file = OscalFile(document)
    assert file.rows() == rows_of(made)
    # Nobody has confirmed a suggested link, and OSCAL has no term for one.
    assert file.links() == links
    assert file.unlinked() == gaps_of(made)
    assert file.restatements() == {one.reference: one.restatement for two in made.versions for one in two.clauses}
    assert value(file.collection["metadata"], "simulated") == ("yes" if made.plan.simulated else "no")


def test_what_is_mapped_to_nothing_is_a_gap_and_what_no_row_tells_makes_it_incomplete():
    told = [*ROWS, row(("v1", "duty-3"), ("v2", "duty-2.1"), SetRelation.EQUAL_TO)]
    complete = OscalFile(oscal_document(mapped([OLD, NEW], told))).mappings("crosswalk")[0]
    assert (complete["status"], unmapped(complete, "source"), unmapped(complete, "target")) == (
        "complete",
        ["duty-2"],
        ["duty-2"],
    )
    file = OscalFile(oscal_document(mapped([OLD, NEW], ROWS)))
    crosswalk = file.mappings("crosswalk")[0]
    assert crosswalk["status"] == file.collection["provenance"]["status"] == "not-complete"
    assert unmapped(crosswalk, "source") == ["duty-2", "duty-3"]
    assert unmapped(crosswalk, "target") == ["duty-2", "duty-2.1"]
    without_row = {
        (value(resource, "mandate"), prop["group"])
        for resource in file.resources.values()
        for prop in resource["props"]
        if prop["name"] == "without-row"
    }
    assert without_row == {("v1", "duty-3"), ("v2", "duty-2.1")}


def test_a_crosswalk_that_the_program_proposed_is_not_called_made_by_people_alone():
    by_hand = oscal_document(mapped([OLD, NEW], ROWS))["mapping-collection"]
    drafted = oscal_document(mapped([OLD, replace(NEW, drafted=True)], ROWS))["mapping-collection"]
    assert [one["method"] for one in (by_hand["provenance"], *by_hand["mappings"])] == ["human", "human"]
    assert [one["method"] for one in (drafted["provenance"], *drafted["mappings"])] == ["hybrid", "hybrid"]


def test_the_same_facts_have_the_same_names_and_other_facts_another_document():
    first, again = (oscal_document(mapped([OLD, NEW], ROWS)) for _ in range(2))
    other = oscal_document(mapped([OLD, NEW], (replace(ROWS[0], rationale="For another reason."), *ROWS[1:])))
    demonstration = oscal_document(mapped([OLD, NEW], ROWS, simulated=True))
    assert first == again
    ids = [
        (one["mapping-collection"]["uuid"], one["mapping-collection"]["mappings"][0]["maps"][0]["uuid"])
        for one in (first, other, demonstration)
    ]
    assert ids[0][0] != ids[1][0], "the document is another one"
    assert ids[0][1] == ids[1][1], "the row is the same one"
    assert not set(ids[0]) & set(ids[2]), "a demonstration's are others"


def test_a_demonstration_says_so_where_people_look():
    metadata = oscal_document(mapped([OLD, NEW], ROWS, simulated=True))["mapping-collection"]["metadata"]
    assert metadata["title"].startswith("SIMULATED: ")
    assert metadata["remarks"].startswith("SIMULATED. ")
