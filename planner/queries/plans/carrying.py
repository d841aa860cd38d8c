"""What carrying the unfinished items of a plan over into another plan would add there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError
from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.texts import folded
from planner.base.views import value_class
from planner.domain.codes import code_key
from planner.domain.made_codes import MadeCodes
from planner.domain.vocabulary import Basis
from planner.queries.items.indicators import OpenTarget, read_all_indicators, read_open_targets
from planner.queries.items.register import read_register
from planner.queries.items.views import IndicatorView, ItemView, MilestoneView
from planner.queries.plans.carried_bodies import EndedBody, read_ended_bodies
from planner.queries.plans.made_codes import keys_of_made_codes
from planner.queries.plans.split_items import carried_origins
from planner.register.closing import require_open
from planner.register.plan_view import PlanView
from planner.register.reading import Reading
from planner.store.models import Item, Person, Theme
from planner.tables.json_form import NOT_IN_JSON

# The titles of a theme and of the themes around it, the outermost first, in the form in which they are compared.
ThemePath = tuple[str, ...]


class NewDates(StrEnum):
    """Which dates the items get in the next plan: the same, moved by the years between the plans, or the plan's end."""

    KEEP = "keep"
    SHIFT = "shift"
    END = "end"


@value_class
class CarriedMilestone:
    """A milestone that was not met, and its date in the next plan.

    `date_basis` is the basis of this date if it is another than that of the title.
    """

    id: int
    number: int
    title: str
    due: date
    date_basis: Basis | None = field(default=None, metadata=NOT_IN_JSON)


@value_class
class CarriedTarget:
    """A target of an indicator, and its day in the next plan. `due_basis` is the basis of the day if it has one."""

    value: float
    due: date
    due_basis: Basis | None = field(default=None, metadata=NOT_IN_JSON)


@value_class
class CarriedIndicator:
    """An indicator. It begins in the next plan with its last value, and has its open targets by new dates.

    `target` and `due` are those of the first of these targets, or None if there is none.
    """

    id: int
    number: int
    name: str
    baseline: float | None
    target: float | None
    due: date | None
    targets: tuple[CarriedTarget, ...] = ()


@value_class
class CarriedItem:
    """An unfinished item, and its code and dates in the next plan.

    `done` tells whether it is reported at 100 percent, although not as completed.
    """

    id: int
    code: str
    new_code: str
    title: str
    theme: str
    starts: date
    due: date
    milestones: tuple[CarriedMilestone, ...]
    indicators: tuple[CarriedIndicator, ...]
    done: bool = field(default=False, metadata=NOT_IN_JSON)


@value_class
class NotCarried:
    """An item that is not carried over, because its reported ending is not confirmed yet."""

    code: str
    title: str


@value_class
class SplitSince:
    """A new item of a split that is not carried over, because the item that was split goes on in the next plan."""

    code: str
    origin: str
    origin_there: str


@value_class
class LeftOwner:
    """An item whose accountable person has left, so that nobody is accountable for it in the next plan."""

    new_code: str
    login: str


@value_class
class CarryOver:
    """The items that would be added to the next plan, and the titles of the themes that it lacks.

    `awaiting` are items whose reported ending nobody has confirmed. They are not carried over, and neither are ended
    items. `done_before` is the number of items that were carried over earlier. `split_since` are new items of splits of
    such items, so that their work goes on already. `left` are the carried items whose accountable person has left.
    `ended` are the organisations of the carried items that were merged or dissolved, and `lead` names the one that
    leads the items of the dissolved ones.
    """

    from_plan: str
    to_plan: str
    dates: NewDates
    items: tuple[CarriedItem, ...]
    new_themes: tuple[str, ...]
    awaiting: tuple[NotCarried, ...]
    done_before: int
    left: tuple[LeftOwner, ...] = ()
    begins: date | None = field(default=None, metadata=NOT_IN_JSON)
    ended: tuple[EndedBody, ...] = ()
    lead: str | None = None
    split_since: tuple[SplitSince, ...] = field(default=(), metadata=NOT_IN_JSON)

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        return tr_count(
            "Carried {count} item over into {plan}.",
            "Carried {count} items over into {plan}.",
            len(self.items),
            plan=self.to_plan,
        )

    def remarks(self) -> Iterator[str]:
        """Yield what is to be known before the items are carried over, a line each."""
        for theme in self.new_themes:
            yield tr("New theme in {plan}: {theme}", plan=self.to_plan, theme=theme)
        if self.awaiting:
            codes = listed(one.code for one in self.awaiting)
            yield tr("Not carried over, because the ending is not confirmed: {codes}", codes=codes)
        yield from self._split_since()
        yield from self._doubtful()
        for body in self.ended:
            yield from body.remarks()
        for owner in self.left:
            code, login = owner.new_code, owner.login
            yield tr("Nobody is accountable for {code}, because {login} has left", code=code, login=login)
        if self.done_before:
            yield tr_count("Carried over before: {count} item", "Carried over before: {count} items", self.done_before)

    def _split_since(self) -> Iterator[str]:
        """Yield which new items of splits are not carried over, a line for each item that was split."""
        for origin, there in dict.fromkeys((one.origin, one.origin_there) for one in self.split_since):
            yield tr(
                "Not carried over: {codes}. This is work of {origin}, which goes on in {plan} as {there}. "
                "If it goes on in parts there too, split {there} in {plan}.",
                codes=listed(one.code for one in self.split_since if one.origin == origin),
                origin=origin,
                plan=self.to_plan,
                there=there,
            )

    def _doubtful(self) -> Iterator[str]:
        """Yield which items begin in the next plan in a way that may not be meant."""
        early = listed(item.new_code for item in self.items if self.begins is not None and item.due < self.begins)
        if early:
            yield tr("Due before {plan} begins on {day}: {codes}", plan=self.to_plan, day=self.begins, codes=early)
        done = listed(item.new_code for item in self.items if item.done)
        if done:
            yield tr("Reported at 100% but not as completed, so they begin again as not started: {codes}", codes=done)


def read_carry_over(old: Reading, new: Reading, dates: NewDates, lead: str | None = None) -> CarryOver:
    """Return what carrying over the unfinished items of a plan would add to another plan, as of the readings' day.

    `lead` names the organisation that leads the items whose lead was dissolved. Raises NotAllowedError if the other
    plan is closed, and BadValueError if it begins before the plan of the items.
    """
    require_open(new.session, new.plan)
    _require_later(old.plan, new.plan)
    carried = _carried_before(new)
    register = read_register(old)
    unfinished = [item for item in register if not item.has_ended]
    awaiting = tuple(NotCarried(item.code, item.title) for item in unfinished if item.phase.terminal)
    ahead = [item for item in unfinished if not item.phase.terminal and item.id not in carried]
    origins = carried_origins(old.session, old.plan.id, carried)
    left = [item for item in ahead if item.id not in origins]
    codes = {item.id: item.code for item in register}
    items = tuple(_items(old, new, left, dates))
    return CarryOver(
        from_plan=old.plan.key,
        to_plan=new.plan.key,
        dates=dates,
        items=items,
        new_themes=_missing_themes(old.session, old.plan, new.plan, {item.theme for item in left}),
        awaiting=awaiting,
        done_before=sum(item.id in carried for item in unfinished),
        begins=new.plan.starts,
        left=tuple(_left(old.session, old.plan.id, items)),
        ended=read_ended_bodies(old.session, {item.id: item.new_code for item in items}, lead),
        lead=lead,
        split_since=tuple(
            SplitSince(item.code, codes[origins[item.id]], carried[origins[item.id]])
            for item in ahead
            if item.id in origins
        ),
    )


def _require_later(old: PlanView, new: PlanView) -> None:
    """Raise BadValueError if the plans were given in the wrong order."""
    if new.starts < old.starts:
        raise BadValueError(
            tr(
                "{new} begins on {day}, before {old} begins ({starts})",
                new=new.key,
                day=new.starts,
                old=old.key,
                starts=old.starts,
            ),
            where="NEW",
            do=tr("Give the earlier plan first, and then the later one"),
        )


def _left(session: Session, plan_id: int, items: Sequence[CarriedItem]) -> Iterator[LeftOwner]:
    own = select(Item.id, Person.login).join(Person, Person.id == Item.accountable_id)
    rows = session.execute(own.where(Item.plan_id == plan_id, ~Person.active))
    logins = {item_id: login for item_id, login in rows}  # noqa: C416
    for item in items:
        if item.id in logins:
            yield LeftOwner(item.new_code, logins[item.id])


def _carried_before(new: Reading) -> dict[int, str]:
    """Return the codes of the items of the next plan that continue others, by the ids of these others."""
    wanted = select(Item.continues_id, Item.code).where(Item.plan_id == new.plan.id, ~Item.taken_out)
    return {continued: code for continued, code in new.session.execute(wanted) if continued is not None}


def _items(old: Reading, new: Reading, left: Sequence[ItemView], dates: NewDates) -> Iterator[CarriedItem]:
    move = _mover(old.plan, new.plan, dates)
    indicators, targets = read_all_indicators(old), read_open_targets(old)
    codes = _new_codes(new, [item.code for item in left])
    for item, code in zip(left, codes, strict=True):
        due = move(item.current_due)
        starts = new.plan.starts if dates is NewDates.END else move(item.starts)
        yield CarriedItem(
            id=item.id,
            code=item.code,
            new_code=code,
            title=item.title,
            theme=item.theme_title,
            starts=min(starts, due),
            due=due,
            milestones=tuple(_milestones(item.milestones, move)),
            indicators=tuple(_indicators(indicators.get(item.id, ()), targets, move)),
            done=(item.actual or 0) >= 100,
        )


def _new_codes(new: Reading, codes: Sequence[str]) -> Iterator[str]:
    """Yield the codes of items in the next plan: their own, or one of the program if another item has it there."""
    taken = set(new.session.execute(select(Item.code_key).where(Item.plan_id == new.plan.id)).scalars())
    # docs/decisions/0166: a code such as T-9-2020 could be the office's own.
    made = MadeCodes([*keys_of_made_codes(new.session, new.plan.id), *map(code_key, codes)])
    return (code if code_key(code) not in taken else made.next() for code in codes)


def _mover(old: PlanView, new: PlanView, dates: NewDates) -> Callable[[date], date]:
    years = new.starts.year - old.starts.year

    def move(day: date) -> date:
        if dates is NewDates.KEEP:
            return day
        return new.ends if dates is NewDates.END else _years_later(day, years)

    return move


def _years_later(day: date, years: int) -> date:
    """Return the same day some years later. 29 February becomes 28 February if the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _milestones(milestones: Iterable[MilestoneView], move: Callable[[date], date]) -> Iterator[CarriedMilestone]:
    for one in milestones:
        if one.met_on is None:
            yield CarriedMilestone(one.id, one.number, one.title, move(one.current), one.date_basis)


def _indicators(
    indicators: Iterable[IndicatorView],
    targets: Mapping[int, Iterable[OpenTarget]],
    move: Callable[[date], date],
) -> Iterator[CarriedIndicator]:
    for one in indicators:
        baseline = one.baseline if one.observed is None else one.observed
        # An indicator has one target per day. Of those that would have the same day, the last one stays.
        ahead = [CarriedTarget(to.value, move(to.due), to.due_basis) for to in targets.get(one.id, ())]
        carried = tuple({target.due: target for target in ahead}.values())
        target, due = (carried[0].value, carried[0].due) if carried else (None, None)
        yield CarriedIndicator(one.id, one.number, one.name, baseline, target, due, carried)


def theme_paths(session: Session, plan_id: int) -> dict[int, ThemePath]:
    """Return the path of each theme of a plan, by the theme's id, in the order of the themes' numbers."""
    wanted = select(Theme.id, Theme.parent_id, Theme.title)
    rows = session.execute(wanted.where(Theme.plan_id == plan_id, ~Theme.taken_out).order_by(Theme.number)).all()
    parents = {row.id: row for row in rows}
    return {row.id: _path(row.id, parents) for row in rows}


def _path(theme_id: int, rows: Mapping[int, Any]) -> ThemePath:
    path: list[str] = []
    row = rows.get(theme_id)
    while row is not None:
        path.insert(0, folded(row.title))
        row = rows.get(row.parent_id)
    return tuple(path)


def missing_theme_ids(session: Session, old_id: int, new_id: int, numbers: set[int]) -> list[int]:
    """Return the ids of the themes with these numbers, and of those around them, that another plan does not have.

    Outer themes come before the themes inside them.
    """
    there = set(theme_paths(session, new_id).values())
    paths = theme_paths(session, old_id)
    numbered = select(Theme.id).where(Theme.plan_id == old_id, Theme.number.in_(numbers))
    needed = {paths[theme][:depth] for theme in session.execute(numbered).scalars() for depth in range(1, 9)}
    missing = [theme for theme, path in paths.items() if path in needed and path not in there]
    return sorted(missing, key=lambda theme: len(paths[theme]))


def _missing_themes(session: Session, old: PlanView, new: PlanView, numbers: set[int]) -> tuple[str, ...]:
    titles = {theme.id: theme.title for theme in old.themes}
    return tuple(titles[theme] for theme in missing_theme_ids(session, old.id, new.id, numbers))
