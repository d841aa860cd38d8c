"""What the program proposes of two texts: pairs, splits, merges, what is gone and what is new; and what it leaves."""

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.vocabulary import Lineage, SetRelation
from planner.mandates.crosswalk import LEAST, ComparedClause, ProposedRow, propose_rows

QUAYS = "Keeps the quays and the harbour lights in good order."
ROOMS = "Runs the reading rooms of the town, and lends books to every school there."
OPEN = "Runs the reading rooms of the town."
LENDS = "Lends books to every school."
BOATS = "Counts herring vessels yearly."


def clauses(*texts: str | None) -> list[ComparedClause]:
    return [ComparedClause(f"duty-{number}", None, text) for number, text in enumerate(texts, 1)]


def short(rows: tuple[ProposedRow, ...]) -> list[tuple[str | None, str | None, str, str]]:
    return [(row.from_clause, row.to_clause, row.lineage.value, row.relation.value) for row in rows]


def test_what_is_the_same_moved_what_is_gone_is_withdrawn_and_what_nothing_is_like_is_new():
    rows = propose_rows(clauses(QUAYS, BOATS), clauses("Teaches swimming.", QUAYS.replace(" ", "\xa0")))
    assert short(rows) == [
        ("duty-1", "duty-2", "moved-to", "equal-to"),
        ("duty-2", None, "withdrawn", "no-relationship"),
        (None, "duty-1", "new", "no-relationship"),
    ]
    assert [row.likeness for row in rows] == [1.0, None, None]
    assert all(row.rationale.startswith("Proposed by the program:") for row in rows)
    assert "no earlier clause is alike to 0.20 or more; the nearest, duty-" in rows[2].rationale


def test_one_clause_becomes_two_and_two_become_one():
    split = short(propose_rows(clauses(ROOMS, QUAYS), clauses(OPEN, LENDS, QUAYS)))
    assert split[:2] == [
        ("duty-1", "duty-1", "split-into", "intersects-with"),
        ("duty-1", "duty-2", "split-into", "intersects-with"),
    ]
    merged = short(propose_rows(clauses(OPEN, LENDS, QUAYS), clauses(ROOMS, QUAYS)))
    assert merged[:2] == [
        ("duty-1", "duty-1", "merged-into", "intersects-with"),
        ("duty-2", "duty-1", "merged-into", "intersects-with"),
    ]


def test_a_heading_is_compared_with_what_its_parts_say():
    parts = [
        ComparedClause("duty-1", None, "Of other things"),
        ComparedClause("duty-1.1", "duty-1", OPEN),
        ComparedClause("duty-1.2", "duty-1", LENDS),
    ]
    pairs = {(row.from_clause, row.to_clause) for row in propose_rows(clauses(ROOMS), parts)}
    assert pairs == {("duty-1", "duty-1"), ("duty-1", "duty-1.1"), ("duty-1", "duty-1.2")}


def test_of_clauses_with_the_same_words_each_goes_to_the_one_at_its_place():
    again = "Perform other tasks assigned."
    rows = propose_rows(clauses(again, QUAYS, again), clauses(again, QUAYS, again))
    assert {(row.from_clause, row.to_clause) for row in rows} == {(f"duty-{n}", f"duty-{n}") for n in (1, 2, 3)}


def test_without_texts_nothing_is_proposed_and_without_one_nothing_is_called_new():
    assert propose_rows(clauses(None, None), clauses(QUAYS)) == ()
    rows = propose_rows(clauses(QUAYS, None), clauses(QUAYS, BOATS))
    assert short(rows) == [("duty-1", "duty-1", "moved-to", "equal-to")]


def test_where_no_two_clauses_are_alike_nothing_is_called_withdrawn_or_new():
    assert propose_rows(clauses(QUAYS, BOATS), clauses("Lehrt schwimmen.", "Prüft die Waagen.")) == ()


TEXTS = st.lists(st.text("abcdef ", min_size=1, max_size=30).map(lambda text: f"x{text}"), min_size=1, max_size=8)


@given(TEXTS, TEXTS)
def test_every_clause_of_both_has_a_row_and_the_lineages_go_together(earlier: list[str], later: list[str]):
    rows = propose_rows(clauses(*earlier), clauses(*later))
    assert rows == propose_rows(clauses(*earlier), clauses(*later))
    froms, tos = [row.from_clause for row in rows], [row.to_clause for row in rows]
    if not rows:
        return
    assert any(row.likeness for row in rows)
    assert {key for key in froms if key} == {clause.key for clause in clauses(*earlier)}
    assert {key for key in tos if key} == {clause.key for clause in clauses(*later)}
    for row in rows:
        splits, merges = froms.count(row.from_clause) > 1, tos.count(row.to_clause) > 1
        if row.from_clause and row.to_clause:
            assert row.likeness is not None
            assert row.likeness >= LEAST
            assert row.lineage is (
                Lineage.SPLIT_INTO if splits else Lineage.MERGED_INTO if merges else Lineage.MOVED_TO
            )
        else:
            assert row.relation is SetRelation.NO_RELATIONSHIP
            assert row.likeness is None
