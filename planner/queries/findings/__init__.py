"""Findings for auditors: stored ones about the official texts, and computed ones, which are never stored."""

from planner.queries.findings.decisions import decided as decided
from planner.queries.findings.reading import read_clause_findings as read_clause_findings
from planner.queries.findings.reading import read_finding as read_finding
from planner.queries.findings.reading import read_finding_groups as read_finding_groups
from planner.queries.findings.reading import read_findings as read_findings
from planner.queries.findings.views import About as About
from planner.queries.findings.views import FindingView as FindingView
from planner.queries.findings.views import Kind as Kind
from planner.queries.findings.views import Lapse as Lapse
from planner.queries.findings.views import PastDecision as PastDecision
from planner.queries.findings.views import SideView as SideView
