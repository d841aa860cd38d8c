"""Name things in exported files by a URI and a UUID, which are made from the keys that people use.

A thing has the same name in every export. A thing has different names in a demonstration and in a register, so that a
store with both never confuses them.
"""

import base64
from dataclasses import dataclass
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from planner.register.plan_view import PlanView

# The prefixes of our own terms and of the things in a register. `planner` is not a registered URN namespace. It is used
# because the project has no web address that is certain to be permanent (docs/exports.md).
VOCABULARY = "urn:planner:vocabulary:"
# docs/decisions/0084: a store with both must not confuse them.
_OFFICE, _DEMONSTRATION = "urn:planner:register", "urn:planner:simulated"
_UUIDS = uuid5(NAMESPACE_URL, VOCABULARY)


@dataclass(frozen=True)
class Names:
    """The names of the things in a plan's register or in a demonstration."""

    plan_key: str
    simulated: bool

    @classmethod
    def of(cls, plan: PlanView) -> "Names":
        """Return the names of the things in the plan's register."""
        return cls(plan.key, plan.simulated)

    def uri(self, *parts: str) -> str:
        """Return the URI for a path of words and keys that starts at the register."""
        base = _DEMONSTRATION if self.simulated else _OFFICE
        return ":".join((base, *(quote(part, safe="") for part in parts)))

    def uuid(self, *parts: str) -> str:
        """Return the UUID (version 5) for a path of words and keys that starts at the register."""
        return str(uuid5(_UUIDS, self.uri(*parts)))

    def mandate(self, key: str) -> str:
        """Return the URI of a mandate version."""
        return self.uri("mandate", key)

    def clause(self, reference: str) -> str:
        """Return the URI of a clause given as mandate:key, for example merged:duty-5."""
        mandate, _, key = reference.partition(":")
        return self.uri("mandate", mandate, key)

    def plan(self, *parts: str) -> str:
        """Return the URI of the plan, or of a thing in it. `parts` are alternately kinds and codes."""
        return self.uri("plan", self.plan_key, *parts)


def uri_of_bytes(sha256: str) -> str:
    """Return the URI of the bytes with this SHA-256 (RFC 6920). It names a document independently of its address."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"
