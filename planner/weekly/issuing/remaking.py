"""Make an issued week again from the register as known at the issue, and compare facts and software versions."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from planner.base.errors import PlannerError
from planner.base.language import tr
from planner.queries.weeks.issues import IssueView, SectionFacts
from planner.register.reading import Reading
from planner.store.models import REDACTED
from planner.tables.json_form import json_value
from planner.tables.table import Filled
from planner.weekly.contents import WeeklyFile, fill_all
from planner.weekly.issuing.digests import PICTURES, facts_digest, picture_facts, section_facts
from planner.weekly.issuing.versions import library_versions, program_version
from planner.weekly.reading import open_week


@dataclass(frozen=True)
class Remade:
    """An issued week made again.

    If the week could not be made again, `found` is None and `trouble` explains why. `differing` names the sections
    whose facts have changed. `redacted` names the differing sections with redacted text. `unknown` describes the
    sections and columns that this program no longer has. `facts_digest` is the digest over the sections and columns
    that were originally issued, with their present values.
    """

    found: WeeklyFile | None
    facts_digest: str | None
    differing: tuple[str, ...]
    redacted: tuple[str, ...]
    unknown: tuple[str, ...]
    trouble: str | None = None

    def same_facts(self, issue: IssueView) -> bool:
        """Whether the register still gives the facts that were issued."""
        return self.facts_digest == issue.facts_digest


@dataclass(frozen=True)
class VersionChange:
    """A program or library that makes the files, with its versions at the issue and now."""

    name: str
    then: str
    now: str

    def __str__(self) -> str:
        return tr("{name} {then} at the issue, {now} now", name=self.name, then=self.then, now=self.now)


def remake(reading: Reading, issue: IssueView, *, now: datetime) -> Remade:
    """Read an issued week again, as known at the instant of the issue, and compare the facts with the issued ones.

    Only the columns of the original issue are compared, so that columns added to the program later are not differences.
    """
    try:
        opened = open_week(reading.at(issue.as_of, issue.known_at), now=now, week=issue.week)
        found = fill_all(opened, pictures=any(section.name == PICTURES for section in issue.sections))
    except PlannerError as error:
        return Remade(None, None, (), (), (), error.message)
    unknown = tuple(words for section in issue.sections for words in _unknown(found, section))
    issued = {section.name: section for section in issue.sections}
    again = [facts for section in issue.sections if (facts := _again(found, section)) is not None]
    differing = tuple(facts.name for facts in again if facts.digest != issued[facts.name].digest)
    digest = None if unknown else facts_digest(found.instance, again)
    redacted = tuple(name for name in differing if _shows_redacted(found, name))
    return Remade(found, digest, differing, redacted, unknown)


def version_changes(issue: IssueView) -> tuple[VersionChange, ...]:
    """Return the programs and libraries that make the files and whose version has changed since the issue."""
    then = {"planner": issue.program_version, **issue.libraries}
    now = {"planner": program_version(), **library_versions()}
    return tuple(
        VersionChange(name, version, now.get(name, "none"))
        for name, version in then.items()
        if version != now.get(name)
    )


def _unknown(found: WeeklyFile, section: SectionFacts) -> list[str]:
    if section.name == PICTURES:
        facts = None if found.pictures is None else picture_facts(found.pictures)
        return [] if facts and facts.columns == section.columns else [tr("the issued charts")]
    filled = _filled(found, section.name)
    if filled is None:
        return [tr("section {name}", name=section.name)]
    columns = {column.name for column in filled.columns}
    return [
        tr("column {name} of section {section}", name=name, section=section.name)
        for name in section.columns
        if name not in columns
    ]


def _again(found: WeeklyFile, section: SectionFacts) -> SectionFacts | None:
    """Return a section's digest over the columns that were issued, or None if the program no longer has all of them."""
    if _unknown(found, section):
        return None
    if section.name == PICTURES:
        return picture_facts(found.pictures) if found.pictures else None
    filled = _filled(found, section.name)
    # docs/decisions/0072: columns that came later are not differences.
    return section_facts(filled, section.columns) if filled else None


def _shows_redacted(found: WeeklyFile, name: str) -> bool:
    """Whether a section, or the data of the charts, contains the marker of redacted text."""
    if name == PICTURES:
        return REDACTED in json.dumps(json_value(found.pictures), default=str)
    filled = _filled(found, name)
    return filled is not None and any(REDACTED in str(value) for row in filled.lines() for value in row)


def _filled(found: WeeklyFile, name: str) -> Filled[Any] | None:
    return next((filled for filled in found.sections if filled.table.name == name), None)
