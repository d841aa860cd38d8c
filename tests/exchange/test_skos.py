"""Clauses, crosswalk and links as SKOS: read as triples by a reader that is not ours."""

import pytest
from hypothesis import given, settings

from planner.domain.vocabulary import SetRelation, SpanMatch
from planner.exchange.mapped import Mapped
from planner.exchange.quotes import Quote
from planner.exchange.skos import skos_document
from planner.exchange.versions import PrintedClause
from tests.effort import EFFORT
from tests.exchange.generated import clause, mapped, mappings, row, version
from tests.exchange.graph import DCTERMS, PLANNER, SKOS, Literal, SkosFile
from tests.exchange.told import gaps_of, links_of, rows_of

MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
OLD = version("v1", [clause("v1", "duty-1"), clause("v1", "duty-2")])
NEW = version("v2", [clause("v2", "duty-1"), clause("v2", "duty-1.1", "duty-1")], "v1")


@settings(max_examples=25 * EFFORT)
@given(mappings())
def test_every_row_and_link_comes_back(made: Mapped):
    document = skos_document(made)
    # A reader drops without a word what the context gives no meaning.
    assert {word for thing in document["@graph"] for word in thing} <= set(document["@context"])
    file = SkosFile(document)
    assert file.rows() == rows_of(made)
    assert file.links() == links_of(made)
    assert file.unlinked() == gaps_of(made)
    clauses = [one for version in made.versions for one in version.clauses]
    definitions = {(one.reference, one.restatement) for one in clauses}
    assert {
        (file.reference(one), str(text)) for one, text in file.graph.subject_objects(SKOS.definition)
    } == definitions
    parts = {(f"{one.reference.partition(':')[0]}:{one.parent}", one.reference) for one in clauses if one.parent}
    assert file.said("narrower") == {(whole, "narrower", part) for whole, part in parts}
    assert file.said("broader") == {(part, "broader", whole) for whole, part in parts}
    assert not broken_rules(file)


def broken_rules(file: SkosFile) -> list[tuple[str, str, str]]:
    """What SKOS forbids (S27): that something is related which is also broader, however many steps away."""
    above: dict[str, set[str]] = {}
    for below, _, one in file.said("broader", "broadMatch"):
        above.setdefault(below, set()).add(one)
    for _ in range(10):
        for ones in above.values():
            ones.update(*(above.get(one, ()) for one in list(ones)))
    return [one for one in file.said("relatedMatch") if one[2] in above.get(one[0], ())]


@pytest.mark.parametrize(
    ("relation", "forth", "back"),
    [
        (SetRelation.EQUAL_TO, "exactMatch", "exactMatch"),
        (SetRelation.EQUIVALENT_TO, "closeMatch", "closeMatch"),
        # The earlier clause is part of the later one: seen from it, the later one is broader.
        (SetRelation.SUBSET_OF, "broadMatch", "narrowMatch"),
        (SetRelation.SUPERSET_OF, "narrowMatch", "broadMatch"),
        (SetRelation.INTERSECTS_WITH, "relatedMatch", "relatedMatch"),
        (SetRelation.NO_RELATIONSHIP, None, None),
    ],
)
def test_each_relation_is_said_in_the_right_direction(relation, forth, back):
    file = SkosFile(skos_document(mapped([OLD, NEW], [row(("v1", "duty-1"), ("v2", "duty-1"), relation)])))
    both = {("v1:duty-1", forth, "v2:duty-1"), ("v2:duty-1", back, "v1:duty-1")}
    assert file.said(*MATCHES) == (both if forth else set())
    assert file.said("intersectsWith", namespace=PLANNER) == (
        {(one, "intersectsWith", other) for one, _, other in both} if forth == "relatedMatch" else set()
    )


def test_lineage_says_which_clause_replaces_which_whatever_became_of_the_substance():
    rows = [
        row(("v1", "duty-1"), ("v2", "duty-1"), SetRelation.NO_RELATIONSHIP),
        row(("v1", "duty-2"), ("v2", None), SetRelation.NO_RELATIONSHIP),
        row(("v1", None), ("v2", "duty-1.1"), SetRelation.NO_RELATIONSHIP),
    ]
    file = SkosFile(skos_document(mapped([OLD, NEW], rows)))
    assert file.said("replaces", namespace=DCTERMS) == {
        ("v2", "replaces", "v1"),
        ("v2:duty-1", "replaces", "v1:duty-1"),
    }
    assert file.said("isReplacedBy", namespace=DCTERMS) == {
        ("v1", "isReplacedBy", "v2"),
        ("v1:duty-1", "isReplacedBy", "v2:duty-1"),
    }
    assert not file.said("withoutRowTo", namespace=PLANNER)


def test_a_clause_of_which_no_row_tells_says_so():
    file = SkosFile(skos_document(mapped([OLD, NEW], [row(("v1", "duty-1"), ("v2", "duty-1"), SetRelation.EQUAL_TO)])))
    assert file.said("withoutRowTo", namespace=PLANNER) == {
        ("v1:duty-2", "withoutRowTo", "v2"),
        ("v2:duty-1.1", "withoutRowTo", "v1"),
    }
    without_rows = SkosFile(skos_document(mapped([OLD, NEW])))
    assert len(without_rows.said("withoutRowTo", namespace=PLANNER)) == 4, "one version supersedes the other"


def test_an_overlap_with_a_part_of_what_is_broader_is_no_related_match():
    rows = [
        row(("v1", "duty-1"), ("v2", "duty-1"), SetRelation.SUPERSET_OF),
        row(("v1", "duty-1"), ("v2", "duty-1.1"), SetRelation.INTERSECTS_WITH),
        row(("v1", "duty-2"), ("v2", "duty-1.1"), SetRelation.INTERSECTS_WITH),
    ]
    file = SkosFile(skos_document(mapped([OLD, NEW], rows)))
    assert file.said("relatedMatch") == {
        ("v1:duty-2", "relatedMatch", "v2:duty-1.1"),
        ("v2:duty-1.1", "relatedMatch", "v1:duty-2"),
    }
    assert ("v1:duty-1", "intersectsWith", "v2:duty-1.1") in file.said("intersectsWith", namespace=PLANNER)


def test_the_texts_stand_in_it_only_where_they_are_given():
    told = clause("v1", "duty-1")
    made = mapped([version("v1", [type(told)(**{**vars(told), "printed": (PrintedClause("ar", "(1)", 5),)})])])
    without = SkosFile(skos_document(made)).graph
    assert not list(without.objects(None, PLANNER.wording))
    quotes = {5: Quote(SpanMatch.EXACT, "العناية بالأرصفة", "", "")}
    found = SkosFile(skos_document(made, quotes)).graph
    assert list(found.objects(None, PLANNER.wording)) == [Literal("العناية بالأرصفة", lang="ar")]
    assert list(found.objects(None, PLANNER.printedNumber)) == [Literal("(1)", lang="ar")]


def test_a_demonstration_is_labelled_and_its_things_bear_other_names():
    file, demonstration = (SkosFile(skos_document(mapped([OLD], simulated=made_up))) for made_up in (False, True))
    assert list(demonstration.graph.objects(None, PLANNER.simulated)) == [Literal(True)]
    assert str(next(demonstration.graph.objects(None, PLANNER.notice))).startswith("SIMULATED")
    names = [{str(one) for one in each.graph.subjects()} for each in (file, demonstration)]
    assert not names[0] & names[1]
