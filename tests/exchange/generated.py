"""Mandate versions, crosswalks and links made up by hypothesis: whatever a register could hold of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import pairwise

from hypothesis import strategies as st

from planner.domain.vocabulary import Basis, Coverage, Lineage, LinkOrigin, LinkType, ReviewDecision, SetRelation
from planner.exchange.edition import Edition
from planner.exchange.link_sources import LinkSource, UnlinkedMeasure
from planner.exchange.mapped import Mapped, Row
from planner.exchange.names import Names
from planner.exchange.versions import MappedClause, Version
from planner.queries.links.reviews import LinkReviewView
from planner.queries.links.standing import LinkEnd, LinkStanding
from planner.register.plan_view import PlanView
from tests.weekly.factories import PLAN

# Letters of several scripts, and all that a format could take for markup.
_LETTERS = "ab Ж港口مرفأЯςΩไน้עם1.)-+=#*_[]<>&~^{}|\\`\"'$!\n\t/:@%"
texts = st.text(_LETTERS, min_size=1, max_size=30).filter(lambda text: text.strip() != "")

AT = datetime(2020, 4, 1, 12, 30, 15, 250, tzinfo=UTC)


def plan(simulated: bool = False) -> PlanView:
    """A plan; of a demonstration where that is asked for."""
    return replace(PLAN, mandate="v1", simulated_today=date(2020, 9, 16) if simulated else None)


def mapped(
    versions: Sequence[Version],
    rows: Sequence[Row] = (),
    near: Sequence[LinkSource] = (),
    links: Sequence[LinkStanding] = (),
    unlinked: Sequence[UnlinkedMeasure] = (),
    *,
    simulated: bool = False,
) -> Mapped:
    """What is mapped, from its parts."""
    of = plan(simulated)
    return Mapped(
        of, Names.of(of), Edition(7, AT), tuple(versions), tuple(rows), tuple(near), tuple(links), tuple(unlinked)
    )


def version(key: str, clauses: Sequence[MappedClause], supersedes: str | None = None) -> Version:
    """A mandate version with some clauses."""
    return Version(
        key, f"Duties {key}", "What is to be done.", "Harbour", None, supersedes, None, False, (), tuple(clauses)
    )


def clause(mandate: str, key: str, parent: str | None = None, restatement: str = "Something is done.") -> MappedClause:
    """A clause of a version."""
    return MappedClause(f"{mandate}:{key}", key, parent, restatement, digest(mandate, key), ())


def row(
    before: tuple[str, str | None], after: tuple[str, str | None], relation: SetRelation, rationale: str = "So it is."
) -> Row:
    """A row between two versions, whose lineage goes with the clauses that are there."""
    lineage = Lineage.NEW if before[1] is None else Lineage.WITHDRAWN if after[1] is None else Lineage.MOVED_TO
    return Row(before[0], after[0], before[1], after[1], lineage, relation, rationale)


def digest(*parts: str) -> str:
    """A fingerprint made up from some words."""
    return sha256("|".join(parts).encode()).hexdigest()


@st.composite
def _versions(draw: st.DrawFn) -> list[Version]:
    keys = ["v1", "v2", "v3"][: draw(st.integers(1, 3))]
    made = []
    for number, key in enumerate(keys):
        clauses = []
        for place in range(1, draw(st.integers(1, 4)) + 1):
            top = clause(key, f"duty-{place}", restatement=draw(texts))
            parts = [
                clause(key, f"duty-{place}.{part}", top.key, draw(texts))
                for part in range(1, draw(st.integers(0, 2)) + 1)
            ]
            clauses += [top, *parts]
        made.append(version(key, clauses, keys[number - 1] if number and draw(st.booleans()) else None))
    return made


@st.composite
def _rows(draw: st.DrawFn, versions: Sequence[Version]) -> list[Row]:
    """Any rows between versions that follow one another; two clauses have one row at most, as in the tables."""
    made: dict[tuple[str, ...], Row] = {}
    lineages = st.sampled_from([Lineage.MOVED_TO, Lineage.SPLIT_INTO, Lineage.MERGED_INTO])
    for before, after in pairwise(versions):
        froms = st.sampled_from([None, *(one.key for one in before.clauses)])
        tos = st.sampled_from([None, *(one.key for one in after.clauses)])
        for from_key, to_key in draw(st.lists(st.tuples(froms, tos), max_size=8)):
            if from_key or to_key:
                both = draw(lineages)
                lineage = Lineage.NEW if not from_key else Lineage.WITHDRAWN if not to_key else both
                relation = draw(st.sampled_from(SetRelation))
                one = Row(before.key, after.key, from_key, to_key, lineage, relation, draw(texts))
                made.setdefault(one.place, one)
    return list(made.values())


@st.composite
def _links(draw: st.DrawFn, versions: Sequence[Version], near: Sequence[LinkSource]) -> list[LinkStanding]:
    clauses = [one for version in versions for one in version.clauses]
    chosen = draw(st.lists(st.tuples(st.sampled_from(near), st.sampled_from(clauses)), max_size=8, unique=True))
    return [draw(_link(number, *ends)) for number, ends in enumerate(chosen)]


@st.composite
def _link(draw: st.DrawFn, number: int, near: LinkSource, far: MappedClause) -> LinkStanding:
    def end(kind: str, name: str, fingerprint: str) -> LinkEnd:
        pinned = draw(st.sampled_from([fingerprint, digest("before")]))
        return LinkEnd(kind, number, name, "A title", fingerprint, pinned, ())

    type_, coverage, rationale = draw(st.sampled_from(LinkType)), draw(st.sampled_from(Coverage)), draw(texts)
    review = None
    if draw(st.booleans()):
        decision, reason = draw(st.sampled_from(ReviewDecision)), draw(st.none() | texts)
        prints = (near.fingerprint, far.fingerprint)
        review = LinkReviewView(number, decision, type_, coverage, rationale, reason, *prints, "brook", AT)
    near_end, far_end = end(near.kind, near.code, near.fingerprint), end("clause", far.reference, far.fingerprint)
    origin = draw(st.sampled_from(LinkOrigin))
    return LinkStanding(number, near_end, far_end, near.theme, type_, coverage, rationale, origin, review)


@st.composite
def mappings(draw: st.DrawFn) -> Mapped:
    """All that can be mapped: up to three versions, rows between them, links from measures and an item to them."""
    versions = draw(_versions())
    bases = st.sampled_from(Basis)
    near = [
        LinkSource("measure", f"M{n}.01", draw(texts), draw(texts), n or None, None, draw(bases), digest("M", str(n)))
        for n in range(draw(st.integers(1, 3)))
    ]
    near.append(LinkSource("item", "T-001", draw(texts), None, 1, "M0.01", draw(bases), digest("T")))
    links = draw(_links(versions, near))
    unlinked = [
        UnlinkedMeasure(one.code, draw(st.sampled_from(versions)).key, draw(texts))
        for one in near
        if one.kind == "measure" and draw(st.booleans())
    ]
    return mapped(versions, draw(_rows(versions)), near, links, unlinked, simulated=draw(st.booleans()))
