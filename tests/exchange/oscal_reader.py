"""Reads an OSCAL mapping back, as another program would that knows docs/exports.md; and checks it by NIST's schema.

`oscal_mapping_schema.json` is the JSON Schema of the control mapping model, OSCAL 1.2.3, as NIST publishes it; it is in
the public domain.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, FormatChecker

from planner.exchange.names import VOCABULARY
from tests.exchange.told import ToldGap, ToldLink, ToldRow

Json = dict[str, Any]


@cache
def _validator() -> Draft7Validator:
    schema = json.loads((Path(__file__).parent / "oscal_mapping_schema.json").read_text(encoding="utf-8"))
    # Python's expressions know no \p{L}; these are the same letters and numbers.
    token = schema["definitions"]["TokenDatatype"]
    assert token["pattern"] == r"^(\p{L}|_)(\p{L}|\p{N}|[.\-_])*$"
    token["pattern"] = r"^[^\W\d][\w.\-]*$"
    return Draft7Validator(schema, format_checker=FormatChecker())


def schema_errors(document: Json) -> list[str]:
    """What NIST's schema finds wrong with a document."""
    return [f"{error.json_path}: {error.message}" for error in _validator().iter_errors(document)]


def plain(markdown: str) -> str:
    """The text that an escaped one was made from."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


class OscalFile:
    """A document that was read."""

    def __init__(self, document: Json) -> None:
        self.collection = document["mapping-collection"]
        self.resources = {resource["uuid"]: resource for resource in self.collection["back-matter"]["resources"]}

    def rows(self) -> set[ToldRow]:
        """The rows: the maps of crosswalks, and what resources say of clauses that are mapped to nothing."""
        maps = (
            ToldRow(
                self._key(mapping, "source"),
                self._key(mapping, "target"),
                one["sources"][0]["id-ref"],
                one["targets"][0]["id-ref"],
                value(one, "lineage"),
                one["relationship"],
                plain(one["remarks"]),
            )
            for mapping in self.mappings("crosswalk")
            for one in mapping["maps"]
        )
        return {*maps, *self._gaps()}

    def _gaps(self) -> Iterator[ToldRow]:
        for resource in self.resources.values():
            for prop in resource["props"]:
                own, rationale = value_or_none(resource, "mandate"), plain(prop.get("remarks", ""))
                if own and prop["name"] == "withdrawn":
                    yield ToldRow(own, prop["value"], prop["group"], None, "withdrawn", prop["class"], rationale)
                if own and prop["name"] == "new":
                    yield ToldRow(prop["value"], own, None, prop["group"], "new", prop["class"], rationale)

    def links(self) -> set[ToldLink]:
        """The links: the maps of the other mappings."""
        return {
            ToldLink(
                near=one["sources"][0]["id-ref"],
                basis=value(one["sources"][0], "basis"),
                clause=f"{self._key(mapping, 'target')}:{one['targets'][0]['id-ref']}",
                type=value(one, "link-type"),
                coverage=value(one, "coverage"),
                state=value(one, "state"),
                rationale=plain(one["remarks"]),
                pinned=(
                    value(one["sources"][0], "pinned-fingerprint"),
                    value(one["targets"][0], "pinned-fingerprint"),
                ),
                review=(
                    *(value_or_none(one, name) for name in ("decision", "reviewed-by", "reviewed-at")),
                    self._reason(one),
                ),
            )
            for mapping in self.mappings("links")
            for one in mapping["maps"]
        }

    def _reason(self, one: Json) -> str | None:
        found = [prop.get("remarks") for prop in one["props"] if prop["name"] == "decision"]
        return plain(found[0]) if found and found[0] is not None else None

    def unlinked(self) -> set[ToldGap]:
        """The measures without a clause, with the reasons."""
        return {
            ToldGap(prop["group"], prop["value"], plain(prop["remarks"]))
            for resource in self.resources.values()
            for prop in resource["props"]
            if prop["name"] == "without-clause"
        }

    def restatements(self) -> dict[str, str]:
        """What each clause says in our words."""
        return {
            f"{value(resource, 'mandate')}:{prop['value']}": plain(prop["remarks"])
            for resource in self.resources.values()
            for prop in resource["props"]
            if prop["name"] == "clause"
        }

    def mappings(self, kind: str) -> list[Json]:
        """The mappings of a kind."""
        return [mapping for mapping in self.collection["mappings"] if value(mapping, "mapping") == kind]

    def _key(self, mapping: Json, side: str) -> str:
        resource = self.resources[mapping[f"{side}-resource"]["href"].removeprefix("#")]
        return value(resource, mapping[f"{side}-resource"]["type"])


def value(holder: Json, name: str) -> str:
    """The value of the one property of a name of our own."""
    found = [prop["value"] for prop in holder["props"] if (prop["name"], prop["ns"]) == (name, VOCABULARY)]
    assert len(found) == 1, f"{name}: {found}"
    return str(found[0])


def value_or_none(holder: Json, name: str) -> str | None:
    """The same of a property that may be missing."""
    return value(holder, name) if any(prop["name"] == name for prop in holder["props"]) else None


def unmapped(mapping: Json, side: str) -> list[str]:
    """The entries of one side that are mapped to nothing."""
    summary = mapping.get(f"{side}-gap-summary")
    return summary["unmapped-controls"][0]["with-ids"] if summary else []
