"""Loading only the mapped classes that a command needs. Mapping all classes takes a third of a short command's time."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Column, MetaData, Table

    from planner.store.models.base import Base

# For each module of `planner.store.models`, the names that the package offers.
_NAMES = {
    "audit": ("AuditEvent",),
    "base": ("Base", "Instant", "WordOf", "row_values"),
    "clauses": ("Clause", "ClauseExpression", "CrosswalkRow", "Expression"),
    "clock": ("ClockCorrection",),
    "documents": ("AttachedSpan", "Attachment", "Citation", "Document"),
    "finding_reviews": ("FindingReview",),
    "findings": ("FindingSide", "TextFinding", "Unlinked"),
    "installation": ("Installation",),
    "issues": ("IssuedContent", "IssuedFile", "WeeklyIssue"),
    "items": ("Indicator", "Item", "Milestone", "Responsibility", "Target"),
    "links": ("Link", "LinkReview"),
    "mandates": ("Mandate",),
    "names": ("Goal", "OrganisationName", "TitleName"),
    "organisations": ("DerivationRule", "Organisation", "Person"),
    "plans": ("Measure", "Plan", "PlanTotal", "Theme"),
    "progress.answers": ("ExtensionAnswer", "HelpAnswer"),
    "progress.assessments": ("Assessment",),
    "progress.reports": (
        "WITHDRAWABLE",
        "CompletionConfirmation",
        "DateChange",
        "MilestoneReport",
        "Observation",
        "StatusUpdate",
        "Withdrawal",
    ),
    "progress.requests": ("ExtensionRequest",),
    "proposals": ("MandateProposal", "ProposalClause", "ProposalRow"),
    "redactions": (
        "CONTENT",
        "CONTENT_FIELD",
        "REASON",
        "REDACTABLE",
        "REDACTABLE_IN_EDITABLE",
        "REDACTED",
        "RedactedEvent",
        "Redaction",
        "redactable_fields",
    ),
    "register.changes": ("ItemChange", "OrganisationChange", "PersonChange", "PlanChange", "TargetChange"),
    "register.imports": ("ImportBatch", "ImportMapping"),
    "register.kinds": ("ItemKind",),
    "register.plan_acts": ("PlanAct",),
    "seeds": ("SeededRow",),
}
# The classes that are not called like their table. The tables have the names of revision 0004.
_CLASSES = {"drafted_clause": "ProposalClause", "drafted_row": "ProposalRow", "mandate_draft": "MandateProposal"}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}


def load(name: str) -> Any:
    """Import the module of the models that defines a name, and return the object with that name.

    Raises AttributeError if the models have no such name.
    """
    if name not in _MODULES:
        raise AttributeError(f"module 'planner.store.models' has no attribute {name!r}")
    return getattr(_module(_MODULES[name]), name)


def _module(name: str) -> Any:
    return import_module(f"planner.store.models.{name}")


def all_tables() -> "MetaData":
    """Load all mapped classes, and return the metadata with their tables."""
    for name in _NAMES:
        _module(name)
    _module("mapping_on_use").make_tables()
    metadata: MetaData = load("Base").metadata
    return metadata


def class_called(name: str) -> "type[Base] | None":
    """Load and return the mapped class of a table. Return None if no table has this name."""
    class_name = _CLASSES.get(name) or "".join(part.capitalize() for part in name.split("_"))
    model: Any = load(class_name) if class_name in _MODULES else None
    return model if getattr(model, "__tablename__", None) == name else None


def table_called(name: str) -> "Table | None":
    """Load the mapped class of a table, and return the table. Return None if no table has this name."""
    model: Any = class_called(name)
    return None if model is None else model.__table__


@cache
def load_referred(model: "type[Base]") -> None:
    """Load the tables that the rows of a mapped class refer to. SQLAlchemy needs them to write such a row."""
    for key in model.__table__.foreign_keys:
        table_called(key.target_fullname.partition(".")[0])


def table_referred_to(column: "Column[Any]") -> str:
    """Return the name of the table that a column refers to by id, or an empty text if it refers to none."""
    targets = (key.target_fullname.rpartition(".") for key in column.foreign_keys)
    return next((table for table, _, name in targets if name == "id"), "")
