"""Comparing a proposed register with the stored one, which gives the preview of an import."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date

from planner.base.language import tr, tr_count
from planner.base.progress import OnProgress
from planner.base.views import value_class
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.decided.conflicts import declined_now, tell_declined
from planner.intake.comparing.decided.newer_entries import NewerEntries
from planner.intake.comparing.decided.removed_titles import KeptBy, nothing_keeps, removable_titles
from planner.intake.comparing.decided.same_items import SameItems
from planner.intake.comparing.differences.changes import Stored
from planner.intake.comparing.differences.items import ChangedItem, ItemName, NewItem
from planner.intake.comparing.exported.for_reading import EditsForReading
from planner.intake.comparing.exported.former_codes import FormerCodes
from planner.intake.comparing.exported.moved_parts import settle_moved_parts
from planner.intake.comparing.exported.since import SinceExport, not_exported
from planner.intake.comparing.headings import Themes
from planner.intake.comparing.item_checks import Settings
from planner.intake.comparing.item_facts import Known
from planner.intake.comparing.items import Items
from planner.intake.comparing.matching import Decisions, Match, Matcher, has_only_parts
from planner.intake.comparing.named.kinds import Kinds
from planner.intake.comparing.named.like_names import names_written
from planner.intake.comparing.named.needed import without_unneeded
from planner.intake.comparing.named.organisations import Organisations
from planner.intake.comparing.named.people import People
from planner.intake.comparing.parts.unclear import leave_out_unclear_parts
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.stored import StoredItem, StoredPlan, StoredRegister
from planner.intake.comparing.telling.missing_parts import tell_missing_parts
from planner.intake.comparing.telling.moved_items import tell_emptied_themes
from planner.intake.comparing.telling.outside_plan import tell_outside_plan
from planner.intake.comparing.telling.reopened import tell_reopened
from planner.intake.comparing.telling.told import Told
from planner.intake.comparing.telling.units import tell_without_unit
from planner.intake.comparing.totals import StatedTotals, total_lines
from planner.intake.file_days import FileDays
from planner.intake.proposed import Field, ProposedItem, ProposedRegister
from planner.intake.sheets import Place

# How often the progress of a large comparison is reported, in items.
STEP = 1_000


@value_class
class Choices:
    """What a person decided about an import.

    `as_of` is the day of the reports that the files carry, and `changed_on` the one from which changed facts hold
    (docs/decisions/0163). `decisions` are about matches. `answers` are given to
    questions by the key of the problem. With `take_file`, the values of the files win over what people entered.
    `may_add_people` is whether the acting person may add people. `since` gives what changed in the register since a
    row was exported from it, which the author of the row did not know. `days` are those of the facts of each file, and
    `newer` has what the register learned of items after the oldest of them. With `remove_working`, items with working
    titles that the files do not have leave the plan, unless `kept_by` says what keeps them.
    """

    as_of: date
    decisions: Decisions = field(default_factory=Decisions)
    answers: Mapping[str, str] = field(default_factory=dict)
    take_file: bool = False
    may_add_people: bool = False
    since: SinceExport = not_exported
    changed_on: date | None = None
    days: FileDays = field(default_factory=FileDays)
    newer: Mapping[int, NewerEntries] = field(default_factory=dict)
    remove_working: bool = False
    kept_by: KeptBy = nothing_keeps


def compare(
    proposed: ProposedRegister,
    stored: StoredRegister,
    choices: Choices,
    files: Sequence[str] = (),
    step: OnProgress = lambda name, by=1: None,
    *,
    use_up: bool = False,
) -> Preview:
    """Return what importing a proposed register would do. Nothing is written.

    With `use_up`, the proposed items are removed as they are compared, so that a large import needs less memory.
    """
    asking = Asking(choices.answers, list(proposed.problems))
    stated = StatedTotals(proposed)
    known = _known(proposed, stored, choices, asking)
    same_items = SameItems(stored.same_items)
    compared = _compare_items(proposed, stored, known, same_items, choices, step, use_up=use_up)
    stated.settle(known.kinds.meant)
    tell_outside_plan(stored.plan, compared.new, compared.changed, asking)
    tell_without_unit(compared.new, compared.changed, asking)
    tell_reopened(compared.changed, asking)
    tell_emptied_themes(stored.themes, stored.items, compared.changed, known.themes, asking)
    missing = [item for item in stored.items if item.id not in compared.found]
    removable = {item.id: item for item in compared.removable(missing, choices, asking)}
    removed = removable if choices.remove_working else {}
    preview = Preview(
        plan=stored.plan.key,
        position=stored.position,
        as_of=choices.as_of,
        added_on=_usual_day(compared.new, _added_on(stored.plan, choices.as_of)),
        changed_on=choices.changed_on,
        files=tuple(files),
        days=choices.days.known,
        organisations=tuple(known.organisations.new),
        changed_organisations=tuple(known.organisations.changed),
        people=tuple(known.people.new),
        kinds=tuple(known.kinds.new),
        themes=tuple(known.themes.new),
        renamed_themes=tuple(known.themes.renamed),
        new=tuple(compared.new),
        changed=tuple(compared.changed),
        unchanged=tuple(compared.unchanged),
        missing=tuple(ItemName(item.code, item.title) for item in missing if item.id not in removed),
        removed=tuple(ItemName(item.code, item.title) for item in removed.values()),
        removable=0 if removed else len(removable),
        same_items=same_items.now,
        same_themes=known.themes.same,
        said_new=same_items.new_among(compared.new),
        declined=tuple(declined_now(compared.changed, choices.days)),
        totals=tuple(total_lines(stated, stored, compared.new, compared.changed, removed)),
        problems=tuple(asking.problems),
        ignored=(*proposed.ignored, *compared.gone),
        layouts=tuple(proposed.layouts),
        names=_names(stored, known),
    )
    return without_unneeded(preview)


def _known(proposed: ProposedRegister, stored: StoredRegister, choices: Choices, asking: Asking) -> Known:
    """Return what items can refer to: what the register has, and what the files add."""
    told = Told()
    known = Known(
        Organisations(stored.organisations, asking, told, choices.since, stored.entered_names),
        People(stored.people, asking, told, choices.since, may_add=choices.may_add_people),
        Themes(stored.themes, asking, names_written(proposed.items, Field.THEME), stored.next_theme, choices.since),
        Kinds(stored, asking, names_written(proposed.items, Field.KIND)),
        stored.measures,
        asking,
        told,
    )
    EditsForReading(stored, choices.since, told).note(proposed.exported.tables)
    known.organisations.take_rows(proposed.organisations, take_file=choices.take_file)
    known.people.take_rows(proposed.people, known.organisations)
    if not known.measures:
        _tell_of_measures(proposed, stored.plan, asking)
    return known


def _tell_of_measures(proposed: ProposedRegister, plan: StoredPlan, asking: Asking) -> None:
    """Say how many items name a measure of another plan, if this plan has no measures."""
    named = [one for item in proposed.items if (one := item.facts.get(Field.MEASURE)) is not None and one.value]
    if named:
        what = tr_count(
            "{count:,} item names a measure, but this plan has no measures, so it is imported without one",
            "{count:,} items name a measure, but this plan has no measures, so they are imported without one",
            len(named),
        )
        # Without a mandate there are no clauses.
        do = tr("Connect the items with clauses of the mandate by 'planner links'") if plan.has_mandate else ""
        asking.remark(named[0], Field.MEASURE, what, do)


def _added_on(plan: StoredPlan, day: date) -> date | None:
    """Return the day from which the plan has the new items of files that are true for a day. None: its beginning.

    A plan is often imported after it has begun, and from several files. What is imported on the day of the first import
    was in the plan all along. docs/decisions/0127-the-plan-as-it-was.md
    """
    later = plan.first_import is not None and day > plan.first_import
    return day if later and day > plan.starts else None


def _usual_day(new: Sequence[NewItem], day: date | None) -> date | None:
    """Return the day from which the plan has the new items: that of all of them, or else that of the import."""
    days = {item.added_on for item in new}
    return days.pop() if len(days) == 1 else day


@value_class
class _Compared:
    """The items of the files by what became of them. `found` has the ids of those that the register has.

    `gone` are the rows of items that were removed from the register since the file was exported, with the reason.
    `lists_items` says whether the files have rows of items, and not only of their parts.
    """

    new: list[NewItem] = field(default_factory=list)
    changed: list[ChangedItem] = field(default_factory=list)
    unchanged: list[ItemName] = field(default_factory=list)
    found: set[int] = field(default_factory=set)
    gone: list[tuple[Place, str]] = field(default_factory=list)
    lists_items: bool = False

    def removable(self, missing: Sequence[StoredItem], choices: Choices, asking: Asking) -> Sequence[StoredItem]:
        """Return the items that can leave the plan because the files do not have them. Files without items say none."""
        if not self.lists_items:
            return ()
        return removable_titles(missing, asking, choices.kept_by, remove=choices.remove_working)

    def add(self, item: ChangedItem, *, is_there: bool) -> None:
        """Add an item that the register has. Of one that does not differ, only the name is kept.

        `is_there` says whether the files have the item itself. One of which they only have parts, which are as in the
        register, is not in the files.
        """
        differs = item.anything or item.all_conflicts or item.missing_parts
        if differs or is_there:
            self.found.add(item.id)
        if differs:
            self.changed.append(item)
        elif is_there:
            self.unchanged.append(ItemName(item.code, item.title))


def _compare_items(
    proposed: ProposedRegister,
    stored: StoredRegister,
    known: Known,
    same_items: SameItems,
    choices: Choices,
    step: OnProgress,
    *,
    use_up: bool,
) -> _Compared:
    # The matcher refers to all items of the files, so it must not outlive the matching.
    known.organisations.note_answers(proposed.items)
    former = FormerCodes(proposed.exported, choices.since)
    matcher = Matcher(
        stored.items, choices.decisions, known.asking, known.organisations, same_items, choices.since, former
    )
    matches = matcher.match(proposed.items)
    del matcher
    known.themes.look_for_renamed(proposed, matches, stored.items)
    known.themes.take_rows(proposed.themes, known.asking, known.told, take_file=choices.take_file)
    unclear = leave_out_unclear_parts(proposed.items, known.asking)
    settle_moved_parts(proposed.items, matches, stored, choices.since, known.asking)
    items = Items(
        stored,
        known,
        Settings(
            choices.as_of,
            choices.take_file,
            choices.since,
            _added_on(stored.plan, choices.as_of),
            proposed.exported,
            unclear,
            choices.days,
            choices.newer,
        ),
    )
    items.reserve(proposed.items, matches)
    whole = any(not has_only_parts(item) for item in proposed.items)
    compared = _Compared(lists_items=whole)
    in_order = _used_up(proposed.items, matches) if use_up else zip(proposed.items, matches, strict=True)
    for number, (item, match) in enumerate(in_order, 1):
        if match.stored is not None:
            if not match.given_away:
                compared.add(items.existing(item, match), is_there=not (whole and has_only_parts(item)))
        elif items.author.is_gone(item):
            reason = tr("the register no longer has the item")
            compared.gone.append((item.place, reason))
        elif (added := items.new(item)) is not None:
            compared.new.append(added)
        if number % STEP == 0:
            step("", STEP)
    items.torn.ask(known.asking)
    items.older.ask()
    items.copied.tell(known.asking)
    tell_missing_parts([one for one in compared.changed if choices.since(one.place) is not None], known.asking)
    known.told.tell(known.asking)
    tell_declined(compared.changed, known.asking)
    known.organisations.tell_taken_over()
    return compared


def _used_up(items: list[ProposedItem], matches: list[Match]) -> Iterator[tuple[ProposedItem, Match]]:
    """Yield the items with their matches, in order, and remove them from the lists."""
    items.reverse()
    matches.reverse()
    while items:
        yield items.pop(), matches.pop()


def _names(stored: StoredRegister, known: Known) -> dict[tuple[Field, Stored], str]:
    """Return what people call the organisations, themes, kinds and people that the preview may refer to."""
    bodies = {body.key: body.names[0] for body in stored.organisations}
    bodies |= {body.key: body.name for body in known.organisations.new}
    names: dict[tuple[Field, Stored], str] = {}
    for fact in (Field.LEAD, Field.SUPPORTING):
        names |= {(fact, key): name for key, name in bodies.items()}
    names |= {(Field.THEME, number): name for number, name in known.themes.names().items()}
    names |= {(Field.KIND, key): title for key, title in stored.kinds.items()}
    names |= {(Field.KIND, kind.key): kind.title for kind in known.kinds.new}
    names |= {(Field.ACCOUNTABLE, person.login): person.name for person in stored.people}
    names |= {(Field.ACCOUNTABLE, person.login): person.name for person in known.people.new}
    return names
