"""The database tables as mapped classes. They are used only inside the core; functions return frozen dataclasses.

A class is mapped when it is first imported from here. Code that needs all tables, such as a replay, calls `all_tables`.
"""

from typing import TYPE_CHECKING, Any

from planner.store.model_loading import all_tables, class_called, load, load_referred, table_called, table_referred_to

if TYPE_CHECKING:
    from planner.store.models.audit import AuditEvent
    from planner.store.models.base import Base, Instant, WordOf, row_values
    from planner.store.models.clauses import Clause, ClauseExpression, CrosswalkRow, Expression
    from planner.store.models.clock import ClockCorrection
    from planner.store.models.documents import AttachedSpan, Attachment, Citation, Document
    from planner.store.models.finding_reviews import FindingReview
    from planner.store.models.findings import FindingSide, TextFinding, Unlinked
    from planner.store.models.installation import Installation
    from planner.store.models.issues import IssuedContent, IssuedFile, WeeklyIssue
    from planner.store.models.items import Indicator, Item, Milestone, Responsibility, Target
    from planner.store.models.links import Link, LinkReview
    from planner.store.models.mandates import Mandate
    from planner.store.models.names import Goal, OrganisationName, TitleName
    from planner.store.models.organisations import DerivationRule, Organisation, Person
    from planner.store.models.plans import Measure, Plan, PlanTotal, Theme
    from planner.store.models.progress.answers import ExtensionAnswer, HelpAnswer
    from planner.store.models.progress.assessments import Assessment
    from planner.store.models.progress.reports import (
        WITHDRAWABLE,
        CompletionConfirmation,
        DateChange,
        MilestoneReport,
        Observation,
        StatusUpdate,
        Withdrawal,
    )
    from planner.store.models.progress.requests import ExtensionRequest
    from planner.store.models.proposals import MandateProposal, ProposalClause, ProposalRow
    from planner.store.models.redactions import (
        CONTENT,
        CONTENT_FIELD,
        REASON,
        REDACTABLE,
        REDACTABLE_IN_EDITABLE,
        REDACTED,
        RedactedEvent,
        Redaction,
        redactable_fields,
    )
    from planner.store.models.register.changes import (
        ItemChange,
        OrganisationChange,
        PersonChange,
        PlanChange,
        TargetChange,
    )
    from planner.store.models.register.imports import ImportBatch, ImportMapping
    from planner.store.models.register.kinds import ItemKind
    from planner.store.models.register.plan_acts import PlanAct
    from planner.store.models.seeds import SeededRow

# Tables whose rows are only ever added. Database triggers refuse every update and delete.
# docs/decisions/0008: a test fails for a table here that has no triggers.
HISTORY_TABLES = (
    "assessment",
    "attached_span",
    "attachment",
    "audit_event",
    "clock_correction",
    "completion_confirmation",
    "date_change",
    "extension_answer",
    "extension_request",
    "finding_review",
    "help_answer",
    "import_batch",
    "issued_content",
    "issued_file",
    "item_change",
    "link_review",
    "milestone_report",
    "observation",
    "organisation_change",
    "person_change",
    "plan_act",
    "plan_change",
    "redacted_event",
    "redaction",
    "status_update",
    "target_change",
    "weekly_issue",
    "withdrawal",
)

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        return load(name)
