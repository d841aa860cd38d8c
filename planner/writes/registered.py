"""The rows that the office registers in several ways: by commands, with an import, and when a plan is carried over."""

from collections.abc import Mapping
from typing import Any

from planner.domain.vocabulary import Basis, OrganisationKind
from planner.store.models import ItemKind, Organisation, Theme

# The columns of an item that say on what a fact of it is based.
ITEM_BASES = ("basis", "allocation_basis", "lead_basis", "starts_basis", "due_basis")
# The values of a row that a person or a file changes: its basis, and nothing that belongs only to another basis.
REGISTERED_VALUES: Mapping[str, Any] = {"basis": Basis.REGISTERED, "citation_id": None, "rule_id": None}


def basis_taken_over(before: Basis) -> Basis:
    """Return the basis of a fact that a new row takes over. What nobody has confirmed must not look like the office's.

    What was stated or derived for the earlier row is not so for the new one, for which the office has decided it.
    """
    return before if before in (Basis.WORKING, Basis.SIMULATED) else Basis.REGISTERED


def new_body(
    key: str, name: str, short_name: str, language: str | None = None, mail_address: str | None = None
) -> Organisation:
    """Return the row of an organisation. `language` is that of the files that are written for it.

    They are sent to `mail_address`.
    """
    return Organisation(
        key=key,
        name=name,
        short_name=short_name,
        kind=OrganisationKind.BODY,
        basis=Basis.REGISTERED,
        language=language,
        mail_address=mail_address,
    )


def new_theme(
    plan_id: int,
    number: int,
    title: str,
    *,
    label: str | None,
    parent_id: int | None,
    restatement: str | None = None,
    basis: Basis = Basis.REGISTERED,
) -> Theme:
    """Return the row of a theme. Its restatement is its title unless it is given."""
    return Theme(
        plan_id=plan_id,
        number=number,
        title=title,
        restatement=title if restatement is None else restatement,
        parent_id=parent_id,
        label=label,
        basis=basis,
        taken_out=False,
    )


def new_kind(plan_id: int, key: str, title: str, position: int) -> ItemKind:
    """Return the row of a kind of items."""
    return ItemKind(plan_id=plan_id, key=key, title=title, position=position, basis=Basis.REGISTERED)


def support_values(item_id: int, organisation_id: int, basis: Basis = Basis.REGISTERED) -> dict[str, Any]:
    """Return the values of a row for an organisation that supports the lead of an item."""
    return {
        "item_id": item_id,
        "organisation_id": organisation_id,
        "supporting_basis": basis,
        "taken_out": False,
    }
