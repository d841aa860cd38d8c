"""Selects named clauses and their parts from the matrices of all mandate versions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.base.errors import UnknownNameError, unknown_name
from planner.base.language import later, tr
from planner.domain.codes import canonical_key
from planner.domain.vocabulary import NO_MANDATE
from planner.queries.mandates.matrix import Matrix, MatrixRow
from planner.queries.mandates.versions import no_mandate
from planner.register.plan_view import PlanView


def only_clauses(
    matrices: Sequence[Matrix], plan: PlanView, names: Sequence[str], mandate: str | None = None
) -> tuple[Matrix, ...]:
    """Return the matrices with only the rows of the named clauses and their parts. Empty matrices are left out.

    A name is a clause key or mandate:clause. A key alone means a clause of the version `mandate`, or of the plan's own
    version if `mandate` is None. Raises UnknownNameError for a clause or version that does not exist.
    """
    if not matrices:
        raise no_mandate("CLAUSE", plan.waiting)
    wanted = {_reference(matrices, name, mandate or plan.mandate, plan.waiting) for name in names}
    chosen = (replace(matrix, rows=tuple(_with_parts(matrix.rows, wanted))) for matrix in matrices)
    return tuple(matrix for matrix in chosen if matrix.rows)


def _reference(matrices: Sequence[Matrix], name: str, version: str, waiting: str | None) -> str:
    """Return the clause that a name means, as mandate:clause."""
    named, _, key = canonical_key(name).rpartition(":")
    if not named and version == NO_MANDATE:
        raise no_mandate("CLAUSE", waiting)
    chosen = [matrix for matrix in matrices if matrix.mandate == (named or canonical_key(version))]
    if not chosen:
        known = (matrix.mandate for matrix in matrices)
        raise unknown_name(
            tr("'{name}' names a mandate version that is not in this matrix", name=name),
            later("versions"),
            known,
            where="CLAUSE",
        )
    reference = f"{chosen[0].mandate}:{key}"
    if reference not in (clauses := [row.name for row in chosen[0].rows if row.is_clause]):
        raise UnknownNameError(
            tr("the mandate version '{mandate}' has no clause '{key}'", mandate=chosen[0].mandate, key=key),
            where="CLAUSE",
            do=tr(
                "This version has the clauses {first} to {last}; name a clause of another version as in merged:duty-5",
                first=_key(clauses[0]),
                last=_key(clauses[-1]),
            )
            if clauses
            else tr("This version has no clauses; name a clause of another version as in merged:duty-5"),
        )
    return reference


def _with_parts(rows: Iterable[MatrixRow], wanted: set[str]) -> Iterable[MatrixRow]:
    """Yield the wanted rows and the rows of their parts. Parts come after the clause they belong to."""
    taken = set(wanted)
    for row in rows:
        if row.is_clause and (row.name in taken or getattr(row.about, "parent", None) in taken):
            taken.add(row.name)
            yield row


def _key(reference: str) -> str:
    return reference.partition(":")[2]
