"""What things are called in exchanged files: a URI and a UUID each, made of the keys that people know them by.

The same thing has the same name in every export. What a demonstration says is named apart, so that a store which holds
both never takes one for the other.
"""

import base64
from dataclasses import dataclass
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from planner.queries.plans import PlanView

# Our own words, and the names of what a register holds. `planner` is no registered namespace of URNs: the project has
# no address on the web that could be promised to stay (docs/exports.md).
VOCABULARY = "urn:planner:vocabulary:"
_OFFICE, _DEMONSTRATION = "urn:planner:register", "urn:planner:simulated"
_UUIDS = uuid5(NAMESPACE_URL, VOCABULARY)


@dataclass(frozen=True)
class Names:
    """The names of the things of one plan's register, or of a demonstration."""

    plan_key: str
    simulated: bool

    @classmethod
    def of(cls, plan: PlanView) -> "Names":
        """The names of a plan's things."""
        return cls(plan.key, plan.simulated)

    def uri(self, *parts: str) -> str:
        """The URI of what some words and keys lead to, from the register down."""
        base = _DEMONSTRATION if self.simulated else _OFFICE
        return ":".join((base, *(quote(part, safe="") for part in parts)))

    def uuid(self, *parts: str) -> str:
        """The UUID (version 5) of the same."""
        return str(uuid5(_UUIDS, self.uri(*parts)))

    def mandate(self, key: str) -> str:
        """The URI of a mandate version."""
        return self.uri("mandate", key)

    def clause(self, reference: str) -> str:
        """The URI of a clause, named as in merged:duty-5."""
        mandate, _, key = reference.partition(":")
        return self.uri("mandate", mandate, key)

    def plan(self, *parts: str) -> str:
        """The URI of the plan, or of something in it: kinds and codes in turn."""
        return self.uri("plan", self.plan_key, *parts)


def uri_of_bytes(sha256: str) -> str:
    """The URI of the bytes that have a SHA-256 (RFC 6920): what names a document wherever it can be had."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"
