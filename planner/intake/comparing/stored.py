"""What the register has now of every field that an import can set, as plain values that a file can be compared with."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from planner.base.views import value_class, view
from planner.domain.vocabulary import Basis, Confidence, Phase
from planner.intake.comparing.recorded import NOTHING_RECORDED, Recorded
from planner.intake.proposed import FactValue, Field
from planner.queries.items.views import ItemLineage
from planner.queries.people.ended import Ended


@view
class StoredItem:
    """An item of the register. The facts have the names of their fields.

    `theme` is the number of the theme, `lead` and `supporting` are keys of organisations, and `accountable` is a login.
    `due` is the current due date; `agreed_due` says whether it is a date that the office has agreed, so that another
    one moves it. `bases` has the basis of each fact that has one. `added_on` is the day from which the plan has the
    item, or None if it has it from its beginning.
    """

    id: int
    code: str
    code_key: str
    title: str
    kind: str
    theme: int
    measure: str | None
    lead: str
    supporting: tuple[str, ...]
    accountable: str | None
    start: date
    due: date
    weight: float
    measured_by: str
    source: str | None
    note: str | None
    baseline_due: date
    agreed_due: bool
    bases: tuple[str, str, str, str, str, str]
    added_on: date | None = None

    def basis_of(self, fact: Field) -> str | None:
        """Return the basis of a fact, or None if the fact has no basis of its own."""
        place = BASED.get(fact)
        return None if place is None else self.bases[place]


# The place of each fact's basis in `StoredItem.bases`.
BASED: Mapping[Field, int] = {
    Field.TITLE: 0,
    Field.THEME: 1,
    Field.LEAD: 2,
    Field.START: 3,
    Field.DUE: 4,
    Field.SUPPORTING: 5,
}


@view
class StoredMilestone:
    """A milestone of an item. `date` is its current date; `agreed_date` is like `StoredItem.agreed_due`.

    `first_date` is the date that was agreed first. `basis` is that of the title and the other facts.
    """

    id: int
    number: int
    key: str
    title: str
    first_date: date
    date: date
    weight: float
    test: str
    agreed_date: bool
    date_basis: Basis = Basis.REGISTERED
    basis: Basis = Basis.REGISTERED


@view
class StoredTarget:
    """A target of an indicator, and the day by which it is due."""

    id: int
    due: date
    target: float
    due_basis: Basis = Basis.REGISTERED
    basis: Basis = Basis.REGISTERED


@view
class StoredIndicator:
    """An indicator of an item, with one of its targets if it has any: the last one, unless another one is meant.

    `targets` are all of them, the last one at the end. `undone` are the days of targets that came with an import that
    was undone: such a target keeps its day.
    """

    id: int
    number: int
    key: str
    name: str
    unit: str
    direction: str
    baseline: float | None
    target: float | None
    due: date | None
    target_id: int | None
    targets: tuple[StoredTarget, ...] = ()
    undone: tuple[date, ...] = ()
    basis: Basis = Basis.REGISTERED

    def with_target(self, target: StoredTarget | None) -> "StoredIndicator":
        """Return the indicator with this target of it, or without any."""
        if target is None:
            return replace(self, target=None, due=None, target_id=None)
        return replace(self, target=target.target, due=target.due, target_id=target.id)

    def with_each_target(self) -> "Sequence[StoredIndicator]":
        """Return the indicator once for each of its targets, or itself if it has none."""
        return [self.with_target(target) for target in self.targets] or [self]


@view
class StoredStatus:
    """The report on an item that counts on the day as of which a file gives its reports."""

    phase: Phase
    percent: int | None
    confidence: Confidence | None
    done: str | None
    next: str | None
    blocker: str | None
    help_needed: str | None
    completed_on: date | None = None
    ended_on: date | None = None
    ending_reason: str | None = None
    merged_into_id: int | None = None


# What counts of an item without a report.
NO_STATUS = StoredStatus(Phase.NOT_STARTED, None, None, None, None, None, None)

# The fields of a report that files can give, and their values.
REPORT_FACTS = (
    Field.PHASE,
    Field.PERCENT,
    Field.CONFIDENCE,
    Field.DONE,
    Field.NEXT,
    Field.BLOCKER,
    Field.HELP_NEEDED,
)
ReportValue: TypeAlias = FactValue | int


@view
class Reported:
    """Which fields of the report that counts on an item an officer wrote, and what the files said of them before.

    `said` has the last value that an import wrote, and the one in the last report of an import. If the files repeat one
    of these, they say nothing new.
    """

    entered: frozenset[Field]
    said: Mapping[Field, tuple[ReportValue, ...]]


# The fields that people entered, by the id of the item or another row.
Entered: TypeAlias = dict[int, set[Field]]


@value_class
class EnteredParts:
    """The fields of milestones, indicators and targets that people entered, by the id of each."""

    milestones: Entered = field(default_factory=dict)
    indicators: Entered = field(default_factory=dict)
    targets: Entered = field(default_factory=dict)


BY_OFFICERS = Reported(frozenset(REPORT_FACTS), {})
# Of an item that an import added without a report: its file said no more than that nothing was done yet.
AFTER_SILENT_FILE = Reported(frozenset(REPORT_FACTS), {Field.PHASE: (Phase.NOT_STARTED,), Field.PERCENT: (0,)})
BY_FILES = Reported(frozenset(), {})


@view
class StoredOrganisation:
    """An organisation with its names, the full name first.

    `former` has full names that it had before. `ended` says what became of it if it was merged or dissolved.
    """

    key: str
    names: tuple[str, ...]
    other_name: bool
    former: tuple[str, ...] = ()
    ended: Ended | None = None
    language: str | None = None
    mail_address: str | None = None

    @property
    def name(self) -> str:
        """The full name."""
        return self.names[0]

    @property
    def short_name(self) -> str:
        """The short name."""
        return self.names[1]


@view
class StoredTheme:
    """A theme with its titles, the plan's own first, and the number of the theme that it is part of.

    `former` has titles that it had before, in their order, and `renamed` the event that ended each of them.
    `undone` are those that only imports gave that were undone. `said` are titles of files that mean the theme:
    because people said so, or because they are those of a theme that was merged into it.
    `added_on` is the day from which the plan has the theme, or None if it has it from its beginning.
    """

    number: int
    titles: tuple[str, ...]
    parent: int | None
    label: str | None
    former: tuple[str, ...] = ()
    renamed: tuple[int, ...] = ()
    added_on: date | None = None
    undone: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()

    @property
    def known_by(self) -> tuple[str, ...]:
        """The other titles by which files can name it. What an undone import gave does not count."""
        return (*(title for title in self.former if title not in self.undone), *self.said)

    def title_at(self, event: int) -> str:
        """Return the title that the theme had after an event of the log."""
        later = (title for title, renamed in zip(self.former, self.renamed, strict=True) if renamed > event)
        return next(later, self.titles[0])


def theme_paths(stored: Iterable[StoredTheme]) -> Mapping[int, tuple[str, ...]]:
    """Return the titles of each theme and of the themes that contain it, the outermost first, by its number."""
    themes = {theme.number: theme for theme in stored}
    paths: dict[int, tuple[str, ...]] = {}

    def path(number: int) -> tuple[str, ...]:
        if number not in paths:
            theme = themes[number]
            above = path(theme.parent) if theme.parent is not None else ()
            paths[number] = (*above, theme.titles[0])
        return paths[number]

    for known in themes:
        path(known)
    return paths


@view
class StoredPerson:
    """A person of the register. `organisation` is the key of their organisation. `left_on` is the day they left."""

    login: str
    name: str
    active: bool
    organisation: str | None
    role: str
    mail_address: str | None = None
    left_on: date | None = None


@value_class
class StoredPlan:
    """The facts of a plan that complete what a file leaves out. `issuer` is the key of the plan's organisation.

    `first_import` is the day of the first import into the plan, or None if there was none or it was undone.
    """

    id: int
    key: str
    starts: date
    ends: date
    issuer: str
    totals: Mapping[str, int]
    first_import: date | None = None
    has_mandate: bool = False


@value_class
class Wanted:
    """Which parts of the register are read beside the items, because a comparison or an export needs them.

    Only a comparison needs the position in the log, which cannot be read if the log is damaged. `with_milestones` asks
    only which items have milestones. `lineages` are where items come from and what became of them, and `recorded` is
    what people reported and no import takes. With
    `changed_by_files`, what a file changed since it was added counts as entered, because a file of an unknown time can
    be older. `other_reports` are those that a report for a past day meets (`OtherReports`).
    """

    milestones: bool = True
    with_milestones: bool = False
    indicators: bool = True
    reports: bool = True
    position: bool = True
    lineages: bool = False
    recorded: bool = False
    changed_by_files: bool = False
    other_reports: bool = False


@value_class
class OtherReports:
    """The reports that a report for a past day meets.

    `newest` has the day of the newest report of each item that has one for a later day, by the id of the item.
    `same_day` are the ids of the items for which an import gave a report for the same day.
    """

    newest: Mapping[int, date] = field(default_factory=dict)
    same_day: frozenset[int] = frozenset()


@value_class
class SaidEarlier:
    """What people said in earlier imports about items that files do not name by a code of their own.

    `same` has the ids of items by the titles that files give them. `new` has the ids of items that an import added
    because people said that they are new, by their codes and titles in the files.
    """

    same: dict[str, int] = field(default_factory=dict)
    new: dict[str, int] = field(default_factory=dict)


@value_class
class Position:
    """The last event of the audit log when the register was read, so that a later change is noticed."""

    seq: int = 0
    leaf: str = ""


@dataclass
class StoredRegister:
    """The register as it is compared with a proposed one.

    Milestones, indicators and statuses are by the id of their item. `entered` has the fields of items that a person
    changed since the last import; `entered_parts` has those of milestones, indicators and targets, and `entered_names`
    those of organisations, by key.
    `with_milestones` has the ids of items with milestones if these themselves are not read.
    For milestones, indicators and statuses, only what the comparison asks for (`wanted`) is read. `kinds` has the title
    of each kind by its key, `former_kinds` the titles that it had before, and `merged_kinds` what each merged kind is
    now, both by key. `measures` has the number of each measure's theme by the measure's code. `same_items` is what
    people said in earlier imports about items without codes of their own. `reported` says of the items on which an
    officer reported which fields of the report that counts are the officer's. `other_reports` are only read for a past
    day. `declined` has the values of files that people declined in conflicts of earlier imports, by item and field.
    `made_codes` has the keys of the codes that the program gave items, also of those that have another code now.
    `next_theme` is the number of the next new theme, or None if it is the one after the highest.
    """

    plan: StoredPlan
    position: Position
    items: list[StoredItem] = field(default_factory=list)
    milestones: dict[int, list[StoredMilestone]] = field(default_factory=dict)
    indicators: dict[int, list[StoredIndicator]] = field(default_factory=dict)
    with_milestones: frozenset[int] = frozenset()
    statuses: dict[int, StoredStatus] = field(default_factory=dict)
    lineages: Mapping[int, ItemLineage] = field(default_factory=dict)
    recorded: Recorded = NOTHING_RECORDED
    reported: dict[int, Reported] = field(default_factory=dict)
    other_reports: OtherReports = field(default_factory=OtherReports)
    organisations: list[StoredOrganisation] = field(default_factory=list)
    people: list[StoredPerson] = field(default_factory=list)
    themes: list[StoredTheme] = field(default_factory=list)
    next_theme: int | None = None
    kinds: dict[str, str] = field(default_factory=dict)
    former_kinds: dict[str, list[str]] = field(default_factory=dict)
    merged_kinds: dict[str, str] = field(default_factory=dict)
    measures: dict[str, int | None] = field(default_factory=dict)
    entered: Entered = field(default_factory=dict)
    entered_parts: EnteredParts = field(default_factory=EnteredParts)
    entered_names: Mapping[str, Collection[Field]] = field(default_factory=dict)
    made_codes: Sequence[str] = ()
    same_items: SaidEarlier = field(default_factory=SaidEarlier)
    declined: Mapping[int, Mapping[str, Mapping[str | None, date]]] = field(default_factory=dict)
    wanted: Wanted = field(default_factory=Wanted)
