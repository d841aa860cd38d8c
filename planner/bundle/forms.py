"""The form of the data files: the fields that each entry may have. docs/seeds.md describes them for users."""

import re
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import clean
from planner.domain.first_kinds import FIRST_KINDS
from planner.domain.vocabulary import (
    NO_MANDATE,
    Basis,
    Cadence,
    Coverage,
    Direction,
    FindingKind,
    FindingRank,
    Lineage,
    LinkType,
    MeasuredBy,
    Numbering,
    OrganisationKind,
    RuleKind,
    SetRelation,
)


def _storable(text: str) -> str:
    """Return the text as it is stored (NFC, without control characters), cleaned like text that people type."""
    try:
        return clean(text, "") or ""
    except BadValueError as error:
        raise ValueError(error.what) from error


def _time_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(tr("'{name}' is not a time zone", name=name)) from error


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_storable)]
# The whole numbers that fit an integer column on both databases.
Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=64)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", max_length=32)]
# A key of a milestone or an indicator. It is not a number, because numbers identified entries before they had keys.
EntryKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
ClauseKey = Annotated[str, StringConstraints(pattern=r"^[a-z]+-[0-9]+(\.[0-9]+)*$", max_length=64)]
# Codes have any form, such as M1.01, 2.1.3, 第39项 or KP-7, on one line.
Code = Annotated[Text, StringConstraints(pattern=r"^[^\n\t]*$", max_length=64)]
MeasureCode = Code
ItemCode = Code
# The code of a measure from which its theme follows. M0.x is a measure of the plan as a whole.
_CODE_WITH_THEME = re.compile(r"M([0-9]+)\.[0-9]+")
# The bases that data files may use. An office's own entries are `registered`; `simulated` is for demonstrations only.
SeedBasis = Literal[Basis.STATED, Basis.DERIVED, Basis.WORKING, Basis.REGISTERED]


# The limit of names in columns and charts, where the full name does not fit.
LONGEST_SHORT_NAME = 24
# The prefix of the short name of a simulated division.
SIMULATED_SHORT = "Sim. "

# The rule by which an item without dates of its own takes those of the plan. If rules.yaml does not have this rule,
# these dates have the default basis.
PLAN_YEAR_RULE = "plan-year"


def _version_key(key: str) -> str:
    if key == NO_MANDATE:
        raise ValueError(tr("'{no_mandate}' is reserved for plans without a mandate", no_mandate=NO_MANDATE))
    return key


VersionKey = Annotated[Slug, AfterValidator(_version_key)]


class FileEntry(BaseModel):
    """An entry of a data file. Unknown fields are refused, so that a misspelt field is not silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class CitationForm(FileEntry):
    """The place of a citation in a document, in code points of its NFC text, and the digests of the cited text."""

    document: Slug
    start: Count
    end: Count
    quoted: Digest
    normal: Digest

    @model_validator(mode="after")
    def _in_order(self) -> "CitationForm":
        if self.end <= self.start:
            raise ValueError(tr("end must be after start"))
        return self


class RestatedForm(FileEntry):
    """An entry with a restatement. If none is given, its title is used."""

    @model_validator(mode="before")
    @classmethod
    def _restated(cls, given: Any) -> Any:
        if isinstance(given, dict) and "restatement" not in given and "title" in given:
            return {**given, "restatement": given["title"]}
        return given


class BasedForm(FileEntry):
    """An entry with a basis. A stated fact needs a citation, and a derived fact needs its rule.

    An entry without a basis has the `default_basis` of plan.yaml.
    """

    basis: SeedBasis | None = None
    citation: CitationForm | None = None
    rule: Slug | None = None

    @model_validator(mode="after")
    def _basis_shown(self) -> "BasedForm":
        if self.basis is Basis.STATED and self.citation is None and not self._citation_inherited():
            raise ValueError(tr("a stated fact needs a citation"))
        if self.basis is Basis.DERIVED and self.rule is None:
            raise ValueError(tr("a derived fact must name the rule from which it follows"))
        return self

    def _citation_inherited(self) -> bool:
        return False


class NameForm(BasedForm):
    """A name in another language. If only the text is given, the name has the `default_basis` of plan.yaml."""

    name: Text

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, given: Any) -> Any:
        return {"name": given} if isinstance(given, str) else given


class OrganisationNameForm(NameForm):
    """A name of an organisation in another language. No rule can be the basis of such a name."""

    @model_validator(mode="after")
    def _not_derived(self) -> "OrganisationNameForm":
        if self.basis is Basis.DERIVED or self.rule is not None:
            raise ValueError(
                tr("the basis of an organisation's name must be 'stated', 'working' or 'registered', not 'derived'")
            )
        return self


class NamedForm(FileEntry):
    """An entry with names in other languages, in addition to its title."""

    names: dict[Language, NameForm] = {}


class DocumentForm(FileEntry):
    """An entry of documents.yaml."""

    key: Slug
    sha256: Digest
    language: Language
    title: Text
    publisher: Text
    dated: date | None = None
    published: date | None = None
    address: Text | None = None
    numbering: Numbering
    note: Text | None = None


class OrganisationForm(FileEntry):
    """An entry of organisations.yaml."""

    key: Slug
    name: Text
    names: dict[Language, OrganisationNameForm] = {}
    short: Annotated[Text, StringConstraints(max_length=LONGEST_SHORT_NAME)] | None = None
    kind: OrganisationKind
    same_as: Slug | None = None
    basis: SeedBasis | None = None
    citation: CitationForm | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _consistent(self) -> "OrganisationForm":
        if (self.kind is OrganisationKind.OTHER_NAME) != (self.same_as is not None):
            raise ValueError(tr("`same_as` is needed for the kind 'other-name', and allowed for no other kind"))
        if self.basis is Basis.DERIVED:
            raise ValueError(
                tr("the basis of an organisation must be 'stated', 'working' or 'registered', not 'derived'")
            )
        if self.basis is Basis.STATED and self.citation is None:
            raise ValueError(tr("a stated fact needs a citation"))
        if self.short is None and len(self.name) > LONGEST_SHORT_NAME:
            raise ValueError(
                tr(
                    "a name of more than {longest_short_name} characters needs a short form in `short`",
                    longest_short_name=LONGEST_SHORT_NAME,
                )
            )
        return self


class ExpressionForm(FileEntry):
    """The text of a mandate in one language."""

    language: Language
    document: Slug


class MandateForm(RestatedForm):
    """The fields of a mandate version in a file of mandates/, without its texts and clauses."""

    key: VersionKey
    title: Text
    body: Slug
    also_body: Slug | None = None
    supersedes: Slug | None = None
    in_force_from: date | None = None
    restatement: Text
    expressions: list[ExpressionForm] = []


class ClauseTextForm(FileEntry):
    """The text of a clause in one language."""

    number: Annotated[Text, StringConstraints(max_length=32)]
    citation: CitationForm


class ClauseForm(FileEntry):
    """A clause in a file of mandates/."""

    key: ClauseKey
    parent: ClauseKey | None = None
    restatement: Text
    texts: dict[Language, ClauseTextForm] = {}


class MandateFile(FileEntry):
    """A file in mandates/."""

    mandate: MandateForm
    clauses: list[ClauseForm] = Field(min_length=1)


class CrosswalkRowForm(FileEntry):
    """A row of crosswalk.yaml."""

    from_: ClauseKey | None = Field(alias="from")
    to: ClauseKey | None
    lineage: Lineage
    relation: SetRelation
    rationale: Text

    @model_validator(mode="after")
    def _ends_fit_lineage(self) -> "CrosswalkRowForm":
        if (self.from_ is None) != (self.lineage is Lineage.NEW):
            raise ValueError(tr("`from` must be null for the lineage 'new', and for no other lineage"))
        if (self.to is None) != (self.lineage is Lineage.WITHDRAWN):
            raise ValueError(tr("`to` must be null for the lineage 'withdrawn', and for no other lineage"))
        return self


class CrosswalkForm(FileEntry):
    """The crosswalk in crosswalk.yaml."""

    from_: Slug = Field(alias="from")
    to: Slug
    rows: list[CrosswalkRowForm]


class SideForm(FileEntry):
    """One of the texts that a finding compares: a place in a document, or a whole document."""

    label: Text
    lacks: bool = False
    document: Slug | None = None
    mandate: Slug | None = None
    clause: ClauseKey | None = None
    language: Language | None = None
    theme: Count | None = None
    measure: MeasureCode | None = None
    citation: CitationForm | None = None

    @model_validator(mode="after")
    def _has_place(self) -> "SideForm":
        if self.document is None and self.citation is None:
            raise ValueError(tr("each side of a finding needs a citation or a document"))
        if self.clause is not None and self.mandate is None:
            raise ValueError(tr("a clause needs the key of its mandate"))
        return self


class FindingForm(FileEntry):
    """An entry of text-findings.yaml."""

    key: Slug
    kind: FindingKind
    statement: Text
    rank: FindingRank = FindingRank.MIDDLE
    sides: list[SideForm] = Field(min_length=1)


class PlanForm(RestatedForm, BasedForm):
    """The fields of the plan itself in plan.yaml. `language` is the language of the plan's own texts."""

    key: Slug
    title: Text
    year: int = Field(ge=1, le=9999)
    starts: date
    ends: date
    published: date | None = None
    issuer: Slug
    time_zone: Annotated[str, AfterValidator(_time_zone)]
    mandate: VersionKey | None = None
    cadence: Cadence = Cadence.WEEKLY
    language: Language | None = None
    restatement: Text

    @model_validator(mode="after")
    def _dates_in_order(self) -> "PlanForm":
        if self.ends <= self.starts:
            raise ValueError(tr("`ends` must be after `starts`"))
        return self


class TotalForm(BasedForm):
    """The number of items that the plan states: of all items, or of a kind.

    `name` is `items`, the key of a kind, or `tasks` or `key_projects` in a plan without kinds of its own.
    """

    name: Code
    value: Count


class KindForm(BasedForm):
    """A kind of items. The items whose codes begin with `prefix` are of this kind if they name no other."""

    key: Code
    title: Text
    prefix: Text | None = None


class NumberedForm(RestatedForm, BasedForm, NamedForm):
    """An entry for a goal or a theme in plan.yaml."""

    number: Annotated[Count, Field(gt=0)]
    title: Text
    restatement: Text


class ThemeForm(NumberedForm):
    """A theme in plan.yaml. `label` is its number as the plan prints it, and `parent` the number of an outer theme."""

    label: Annotated[Text, StringConstraints(max_length=64)] | None = None
    parent: Annotated[Count, Field(gt=0)] | None = None


class PlanFile(FileEntry):
    """The file plan.yaml."""

    default_basis: Literal[Basis.WORKING, Basis.REGISTERED] = Basis.WORKING
    plan: PlanForm
    totals: list[TotalForm] = []
    kinds: list[KindForm] = []
    goals: list[NumberedForm] = []
    themes: list[ThemeForm] = Field(min_length=1)

    def kind_of(self, item: "ItemForm") -> str | None:
        """Return the key of an item's kind: the one that it names, that of its code's prefix, or the only one.

        Return None if the files do not say it.
        """
        if item.kind is not None:
            return item.kind
        kinds = self.kinds or FIRST_KINDS
        by_prefix = (kind.key for kind in kinds if kind.prefix and item.code.startswith(kind.prefix))
        return next(by_prefix, kinds[0].key if len(kinds) == 1 else None)


class MeasureForm(RestatedForm, BasedForm, NamedForm):
    """An entry of measures.yaml. Without `theme`, a code such as M1.01 says the theme.

    M0.x is a measure of the plan as a whole, and so is a code of another form without a theme.
    """

    code: MeasureCode
    title: Text
    restatement: Text
    theme: Annotated[Count, Field(gt=0)] | None = None

    @property
    def of_theme(self) -> int | None:
        """The number of the measure's theme, or None for a measure of the plan as a whole."""
        found = _CODE_WITH_THEME.fullmatch(self.code)
        return self.theme or (int(found[1]) if found else 0) or None


class RuleForm(FileEntry):
    """An entry of rules.yaml."""

    key: Slug
    kind: RuleKind
    statement: Text
    organisation: Slug | None = None
    supporting: list[Slug] = []
    mandate: Slug | None = None
    clause: ClauseKey | None = None
    citation: CitationForm | None = None
    measures: list[MeasureCode] = []

    @model_validator(mode="after")
    def _lead_complete(self) -> "RuleForm":
        if self.kind is RuleKind.LEAD and (self.organisation is None or self.clause is None or not self.measures):
            raise ValueError(tr("a lead rule needs an organisation, a clause and measures"))
        if (self.clause is None) != (self.mandate is None):
            raise ValueError(tr("give both a clause and its mandate, or neither"))
        return self


class WorkingLeadForm(FileEntry):
    """The lead of a measure's items where no duty determines the lead."""

    measure: MeasureCode
    organisation: Slug
    note: Text


class MilestoneForm(BasedForm):
    """A milestone of an item. It is identified by its key, or by its title if it has none (see bundle/keys.py)."""

    key: EntryKey | None = None
    title: Text
    date: date
    weight: float = Field(gt=0, default=1)
    test: Text | None = None


class IndicatorForm(BasedForm):
    """An indicator of an item. It is identified by its key, or by its name if it has none.

    Its target and the target's date are either both given or both missing.
    """

    key: EntryKey | None = None
    name: Text
    unit: Text
    direction: Direction
    baseline: float | None = None
    target: float | None = None
    by: date | None = None

    @model_validator(mode="after")
    def _target_dated(self) -> "IndicatorForm":
        if (self.target is None) != (self.by is None):
            raise ValueError(tr("give both a target and its due date, or neither"))
        return self


class ItemForm(BasedForm):
    """An item in a file of items/. If a stated title has no citation, that of the item's measure applies.

    An item without a measure names its theme. `kind` is the key of a kind in plan.yaml.

    The item's own lead, start and deadline take precedence over those that rules give. Without `measured_by`, an
    item is measured by its milestones if it has any, or else by reports.
    """

    code: ItemCode
    measure: MeasureCode | None = None
    theme: Annotated[Count, Field(gt=0)] | None = None
    kind: Code | None = None
    title: Text
    lead: Slug | None = None
    start: date | None = None
    due: date | None = None
    measured_by: MeasuredBy | None = None
    supporting: list[Slug] = []
    milestones: list[MilestoneForm] = []
    indicators: list[IndicatorForm] = []

    @model_validator(mode="after")
    def _measurable(self) -> "ItemForm":
        if self.measured_by is MeasuredBy.MILESTONES and not self.milestones:
            raise ValueError(tr("an item that is measured by its milestones needs milestones"))
        return self

    def _citation_inherited(self) -> bool:
        return True


class LinkForm(FileEntry):
    """An entry of links.yaml."""

    measure: MeasureCode
    mandate: Slug
    clause: ClauseKey
    type: LinkType
    coverage: Coverage
    rationale: Text


class WithoutClauseForm(FileEntry):
    """A measure that no clause of a mandate version covers."""

    measure: MeasureCode
    mandate: Slug
    why: Text


class DocumentsFile(FileEntry):
    """The file documents.yaml."""

    documents: list[DocumentForm] = []


class OrganisationsFile(FileEntry):
    """The file organisations.yaml."""

    organisations: list[OrganisationForm]


class CrosswalkFile(FileEntry):
    """The file crosswalk.yaml."""

    crosswalk: CrosswalkForm | None = None


class FindingsFile(FileEntry):
    """The file text-findings.yaml."""

    findings: list[FindingForm] = []


class DivisionForm(FileEntry):
    """A division that exists only in a demonstration. Its names are always marked as simulated."""

    key: Annotated[Slug, StringConstraints(max_length=54)]
    of: Slug
    name: Text
    short: Annotated[Text, StringConstraints(max_length=LONGEST_SHORT_NAME - len(SIMULATED_SHORT))]
    measures: list[MeasureCode] = Field(min_length=1)

    @property
    def organisation_key(self) -> str:
        """The key of the division as an organisation."""
        return f"simulated-{self.key}"

    @property
    def simulated_name(self) -> str:
        """The marked name of the division."""
        return f"Simulated {self.name}"

    @property
    def simulated_short(self) -> str:
        """The division's short name, marked as simulated, for narrow columns."""
        return f"{SIMULATED_SHORT}{self.short}"


class DemonstrationFile(FileEntry):
    """The file demonstration.yaml."""

    divisions: list[DivisionForm] = []


class MeasuresFile(FileEntry):
    """The file measures.yaml."""

    measures: list[MeasureForm]


class RulesFile(FileEntry):
    """The file rules.yaml."""

    rules: list[RuleForm] = []
    working_leads: list[WorkingLeadForm] = []


class ItemsFile(FileEntry):
    """A file in items/."""

    items: list[ItemForm]


class LinksFile(FileEntry):
    """The file links.yaml."""

    links: list[LinkForm] = []
    without_clause: list[WithoutClauseForm] = []
