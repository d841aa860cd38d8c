"""What rows have that the office registers."""

from collections.abc import Mapping
from typing import Any

from planner.domain.vocabulary import Basis

# The values of a row that a person or a file changes: its basis, and nothing that belongs only to another basis.
REGISTERED_VALUES: Mapping[str, Any] = {"basis": Basis.REGISTERED, "citation_id": None, "rule_id": None}
