"""The form of the data files: what each entry may hold. Documented for people in docs/seeds.md."""

from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from planner.errors import BadValueError
from planner.texts import clean
from planner.vocabulary import (
    Basis,
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
    """Text as it is stored (NFC, without control characters), as for what people type."""
    try:
        return clean(text, "") or ""
    except BadValueError as error:
        raise ValueError(error.what) from error


def _time_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"'{name}' is not a time zone") from error


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_storable)]
# What fits an integer column on both databases.
Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=64)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", max_length=32)]
# A key of a milestone or an indicator; numbers alone were the keys before entries had any.
EntryKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
ClauseKey = Annotated[str, StringConstraints(pattern=r"^[a-z]+-[0-9]+(\.[0-9]+)*$", max_length=64)]
MeasureCode = Annotated[str, StringConstraints(pattern=r"^M[0-9]+\.[0-9]+$", max_length=32)]
ItemCode = Annotated[str, StringConstraints(pattern=r"^[TP]-[0-9]{3,}$", max_length=32)]
# What data files may say. An office's own entries are `registered`; only a demonstration's are `simulated`.
SeedBasis = Literal[Basis.STATED, Basis.DERIVED, Basis.WORKING, Basis.REGISTERED]


# In columns and charts, where the whole name has no room.
LONGEST_SHORT_NAME = 24
# What the short name of a simulated division begins with.
SIMULATED_SHORT = "Sim. "

# The rule by which an item without dates of its own takes the plan's. Where rules.yaml has no such rule, those dates
# have the default basis.
PLAN_YEAR_RULE = "plan-year"


class Form(BaseModel):
    """An entry: unknown fields are refused, so that a misspelt one is not silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class CitationForm(Form):
    """A span of a document, in code points of its NFC text, and the digests of what stands there."""

    document: Slug
    start: Count
    end: Count
    quoted: Digest
    normal: Digest

    @model_validator(mode="after")
    def _in_order(self) -> "CitationForm":
        if self.end <= self.start:
            raise ValueError("end must be after start")
        return self


class RestatedForm(Form):
    """An entry with a restatement: its title, where none is given."""

    @model_validator(mode="before")
    @classmethod
    def _restated(cls, given: Any) -> Any:
        if isinstance(given, dict) and "restatement" not in given and "title" in given:
            return {**given, "restatement": given["title"]}
        return given


class BasedForm(Form):
    """An entry with its basis: stated facts cite, derived facts name their rule.

    Without a basis it has the one that plan.yaml gives as `default_basis`.
    """

    basis: SeedBasis | None = None
    citation: CitationForm | None = None
    rule: Slug | None = None

    @model_validator(mode="after")
    def _basis_shown(self) -> "BasedForm":
        if self.basis is Basis.STATED and self.citation is None and not self._citation_inherited():
            raise ValueError("a stated fact needs a citation")
        if self.basis is Basis.DERIVED and self.rule is None:
            raise ValueError("a derived fact needs the rule it follows from")
        return self

    def _citation_inherited(self) -> bool:
        return False


class NameForm(BasedForm):
    """A name in another language. A text alone is the name, on the basis that plan.yaml gives as `default_basis`."""

    name: Text

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, given: Any) -> Any:
        return {"name": given} if isinstance(given, str) else given


class OrganisationNameForm(NameForm):
    """An organisation's name in another language; no rule gives one."""

    @model_validator(mode="after")
    def _not_derived(self) -> "OrganisationNameForm":
        if self.basis is Basis.DERIVED or self.rule is not None:
            raise ValueError("the name of an organisation is stated, working or registered, never derived")
        return self


class NamedForm(Form):
    """An entry with names in other languages beside its title."""

    names: dict[Language, NameForm] = {}


class DocumentForm(Form):
    """documents.yaml."""

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


class OrganisationForm(Form):
    """organisations.yaml."""

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
    def _as_the_register_holds_it(self) -> "OrganisationForm":
        if (self.kind is OrganisationKind.OTHER_NAME) != (self.same_as is not None):
            raise ValueError("`same_as` is given just where the kind is other-name")
        if self.basis is Basis.DERIVED:
            raise ValueError("an organisation is stated, working or registered, never derived")
        if self.basis is Basis.STATED and self.citation is None:
            raise ValueError("a stated fact needs a citation")
        if self.short is None and len(self.name) > LONGEST_SHORT_NAME:
            raise ValueError(f"a name of more than {LONGEST_SHORT_NAME} characters needs a `short` one beside it")
        return self


class ExpressionForm(Form):
    """A mandate's text in one language."""

    language: Language
    document: Slug


class MandateForm(RestatedForm):
    """The head of a file in mandates/."""

    key: Slug
    title: Text
    body: Slug
    also_body: Slug | None = None
    supersedes: Slug | None = None
    in_force_from: date | None = None
    restatement: Text
    expressions: list[ExpressionForm] = []


class ClauseTextForm(Form):
    """A clause in one language."""

    number: Annotated[Text, StringConstraints(max_length=32)]
    citation: CitationForm


class ClauseForm(Form):
    """A clause of a file in mandates/."""

    key: ClauseKey
    parent: ClauseKey | None = None
    restatement: Text
    texts: dict[Language, ClauseTextForm] = {}


class MandateFile(Form):
    """A file in mandates/."""

    mandate: MandateForm
    clauses: list[ClauseForm] = Field(min_length=1)


class CrosswalkRowForm(Form):
    """A row of crosswalk.yaml."""

    from_: ClauseKey | None = Field(alias="from")
    to: ClauseKey | None
    lineage: Lineage
    relation: SetRelation
    rationale: Text

    @model_validator(mode="after")
    def _ends_fit_lineage(self) -> "CrosswalkRowForm":
        if (self.from_ is None) != (self.lineage is Lineage.NEW):
            raise ValueError("`from` is null just where the lineage is new")
        if (self.to is None) != (self.lineage is Lineage.WITHDRAWN):
            raise ValueError("`to` is null just where the lineage is withdrawn")
        return self


class CrosswalkForm(Form):
    """crosswalk.yaml."""

    from_: Slug = Field(alias="from")
    to: Slug
    rows: list[CrosswalkRowForm]


class SideForm(Form):
    """One side of a finding: a place in a text, or a document as a whole."""

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
    def _somewhere(self) -> "SideForm":
        if self.document is None and self.citation is None:
            raise ValueError("a side needs a citation or a document")
        if self.clause is not None and self.mandate is None:
            raise ValueError("a clause needs its mandate")
        return self


class FindingForm(Form):
    """text-findings.yaml."""

    key: Slug
    kind: FindingKind
    statement: Text
    rank: FindingRank = FindingRank.MIDDLE
    sides: list[SideForm] = Field(min_length=1)


class PlanForm(RestatedForm, BasedForm):
    """The head of plan.yaml."""

    key: Slug
    title: Text
    year: int = Field(ge=1, le=9999)
    starts: date
    ends: date
    published: date | None = None
    issuer: Slug
    time_zone: Annotated[str, AfterValidator(_time_zone)]
    mandate: Slug
    restatement: Text

    @model_validator(mode="after")
    def _dates_in_order(self) -> "PlanForm":
        if self.ends <= self.starts:
            raise ValueError("`ends` must be after `starts`")
        return self


class TotalForm(BasedForm):
    """How many items the plan says it has."""

    name: Literal["items", "tasks", "key_projects"]
    value: Count


class NumberedForm(RestatedForm, BasedForm, NamedForm):
    """A goal or a theme."""

    number: Annotated[Count, Field(gt=0)]
    title: Text
    restatement: Text


class PlanFile(Form):
    """plan.yaml."""

    default_basis: Literal[Basis.WORKING, Basis.REGISTERED] = Basis.WORKING
    plan: PlanForm
    totals: list[TotalForm] = []
    goals: list[NumberedForm] = []
    themes: list[NumberedForm] = Field(min_length=1)


class MeasureForm(RestatedForm, BasedForm, NamedForm):
    """measures.yaml; the theme is in the code, M0.x being the plan's as a whole."""

    code: MeasureCode
    title: Text
    restatement: Text

    @property
    def theme(self) -> int | None:
        """The number of its theme, if it has one."""
        return int(self.code[1:].split(".")[0]) or None


class RuleForm(Form):
    """rules.yaml."""

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
            raise ValueError("a lead rule needs organisation, clause and measures")
        if (self.clause is None) != (self.mandate is None):
            raise ValueError("a clause and its mandate go together")
        return self


class WorkingLeadForm(Form):
    """A measure of which no duty says who leads."""

    measure: MeasureCode
    organisation: Slug
    note: Text


class MilestoneForm(BasedForm):
    """A milestone of an item. Its key names it for good; without one, its title does (see bundle/keys.py)."""

    key: EntryKey | None = None
    title: Text
    date: date
    weight: float = Field(gt=0, default=1)
    test: Text | None = None


class IndicatorForm(BasedForm):
    """An indicator of an item; target and its date go together. Its key is as a milestone's."""

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
            raise ValueError("a target and the date it is due by go together")
        return self


class ItemForm(BasedForm):
    """A file in items/. A stated title has its measure's citation unless it gives its own.

    Its lead, start and deadline go before those that rules give. Without `measured_by`, its milestones measure it where
    it has any, and else its officers' reports.
    """

    code: ItemCode
    measure: MeasureCode
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
            raise ValueError("an item that milestones measure needs milestones")
        return self

    def _citation_inherited(self) -> bool:
        return True


class LinkForm(Form):
    """links.yaml."""

    measure: MeasureCode
    mandate: Slug
    clause: ClauseKey
    type: LinkType
    coverage: Coverage
    rationale: Text


class WithoutClauseForm(Form):
    """A measure that no clause of a mandate version covers."""

    measure: MeasureCode
    mandate: Slug
    why: Text


class DocumentsFile(Form):
    """documents.yaml."""

    documents: list[DocumentForm] = []


class OrganisationsFile(Form):
    """organisations.yaml."""

    organisations: list[OrganisationForm]


class CrosswalkFile(Form):
    """crosswalk.yaml."""

    crosswalk: CrosswalkForm | None = None


class FindingsFile(Form):
    """text-findings.yaml."""

    findings: list[FindingForm] = []


class DivisionForm(Form):
    """A division that only a demonstration has. Whatever the file calls it, it is marked as simulated."""

    key: Annotated[Slug, StringConstraints(max_length=54)]
    of: Slug
    name: Text
    short: Annotated[Text, StringConstraints(max_length=LONGEST_SHORT_NAME - len(SIMULATED_SHORT))]
    measures: list[MeasureCode] = Field(min_length=1)

    @property
    def organisation_key(self) -> str:
        """Its key as an organisation."""
        return f"simulated-{self.key}"

    @property
    def simulated_name(self) -> str:
        """Its name."""
        return f"Simulated {self.name}"

    @property
    def simulated_short(self) -> str:
        """Its name in columns."""
        return f"{SIMULATED_SHORT}{self.short}"


class DemonstrationFile(Form):
    """demonstration.yaml."""

    divisions: list[DivisionForm] = []


class MeasuresFile(Form):
    """measures.yaml."""

    measures: list[MeasureForm]


class RulesFile(Form):
    """rules.yaml."""

    rules: list[RuleForm] = []
    working_leads: list[WorkingLeadForm] = []


class ItemsFile(Form):
    """A file in items/."""

    items: list[ItemForm]


class LinksFile(Form):
    """links.yaml."""

    links: list[LinkForm] = []
    without_clause: list[WithoutClauseForm] = []
