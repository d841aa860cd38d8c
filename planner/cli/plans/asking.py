"""The values of a new plan: what the options give, what is asked, and the usual values that are proposed."""

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.base.errors import BadValueError, PlannerError
from planner.base.language import tr
from planner.base.listing import listed
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.questions import confirm, prompt
from planner.domain.vocabulary import Cadence

if TYPE_CHECKING:
    from planner.cli.typed_dates import TypedDates
    from planner.writes.plans.new_plan import NamesInUse, NewPlan

# The time zone of a plan for which none is given.
TIME_ZONE = "UTC"


class PlanAnswers:
    """The values of a new plan, by name. Each is checked as soon as it is given or typed, and kept from then on.

    `in_use` is what the register has already. `title` and `years` are what the files of the plan say of it.
    """

    def __init__(
        self, context: Context, in_use: "NamesInUse", title: str | None = None, years: Collection[int] = ()
    ) -> None:
        self._context = context
        self._in_use = in_use
        self._title = title
        self._years = years
        self._answers: dict[str, str] = {}
        # The time zone comes before the days, because it says which day is today.
        self._checks: dict[str, Callable[[str], object]] = {
            "title": self._checked_title,
            "key": self._checked_key,
            "time_zone": self._checked_time_zone,
            "starts": self._checked_starts,
            "ends": self._checked_ends,
            "cadence": self._checked_cadence,
            "language": self._checked_language,
            "organisation": self._checked_organisation,
        }

    def take(self, given: dict[str, str | None]) -> None:
        """Take what the options give. Raises the error of the first value that is not possible."""
        for name, check in self._checks.items():
            value = given.get(name)
            if value is not None:
                self._answers[name] = str(check(value))

    def complete(self) -> "NewPlan":
        """Return the plan with the usual values for all that was not given.

        Raises BadValueError if there is no title or no organisation.
        """
        usual = {name: self._usual(name) for name in self._checks}
        for name in ("title", "organisation"):
            if not (self._answers.get(name) or usual[name]):
                raise BadValueError(
                    tr("a new plan needs this"), where=name, do=tr("Give the option, or use a terminal")
                )
        for name, check in self._checks.items():
            if name not in self._answers:
                self._answers[name] = str(check(self._usual(name)))
        return self._plan()

    def ask(self) -> "NewPlan":
        """Ask for all that was not given, and return the plan. An impossible answer is asked again."""
        for name, check in self._checks.items():
            question = _question(name)
            while name not in self._answers:
                usual = self._usual(name)
                answer = prompt(f"{question} [{usual}]" if usual else question, usual)
                try:
                    checked = str(check(answer))
                except PlannerError as error:
                    # The question says what it is about, and nobody typed an option.
                    error.where = ""
                    print_line(error.note, err=True)
                    continue
                if name != "organisation" or self._is_meant(checked):
                    self._answers[name] = checked
        return self._plan()

    def _is_meant(self, named: str) -> bool:
        """Return whether an organisation is meant. Asks if a new one has a name like one of the register."""
        from planner.queries.people.like_organisations import like_organisations
        from planner.writes.plans.new_plan import find_issuer

        known = self._in_use.organisations
        like = [] if find_issuer(known, named) is not None else like_organisations(known, named)
        question = tr("The register has {names}. Add {named} as another organisation?", names=listed(like), named=named)
        return not like or confirm(question, of_plan=False)

    def said_added(self, plan: "NewPlan") -> None:
        """Say that the plan's organisation was added to the register, if it was not there before."""
        from planner.writes.plans.new_plan import find_issuer

        if find_issuer(self._in_use.organisations, plan.organisation) is None:
            print_line(tr("The organisation {name} was added to the register.", name=plan.organisation))

    def _plan(self) -> "NewPlan":
        from planner.writes.plans.new_plan import NewPlan

        values: dict[str, Any] = {
            **self._answers,
            "starts": date.fromisoformat(self._answers["starts"]),
            "ends": date.fromisoformat(self._answers["ends"]),
            "cadence": Cadence(self._answers["cadence"]),
            "language": self._answers["language"] or None,
        }
        return NewPlan(**values)

    def _usual(self, name: str) -> str:
        """Return the value that is proposed, which may follow from earlier answers, or nothing."""
        from planner.domain.title_keys import key_of_title
        from planner.writes.plans.new_plan import usual_dates

        title = self._answers.get("title") or self._title or ""
        if name in ("starts", "ends"):
            starts, ends = usual_dates(title, self._typed().today, self._years)
            return str(starts if name == "starts" else self._after_start(ends))
        usual = {"title": title, "key": key_of_title(title) if title else "", "time_zone": TIME_ZONE}
        return {**usual, "cadence": Cadence.WEEKLY.value}.get(name, "")

    def _after_start(self, ends: date) -> date:
        """Return the last day of the year of the usual last day, or of the first day if that is later."""
        starts = self._answers.get("starts")
        return ends if starts is None else max(ends, date(date.fromisoformat(starts).year, 12, 31))

    def _typed(self) -> "TypedDates":
        """Return the reader of typed dates, in the time zone of the new plan as far as it is known."""
        from planner.cli.typed_dates import TypedDates
        from planner.domain.rules.weeks import local_day

        time_zone = self._answers.get("time_zone", TIME_ZONE)
        return TypedDates(local_day(self._context.now(), time_zone), time_zone)

    def _checked_title(self, answer: str) -> str:
        from planner.domain.titles import checked_title
        from planner.writes.plans.new_plan import same_title_remark

        title = checked_title(answer)
        remark = same_title_remark(title, self._in_use.titles)
        if remark is not None:
            print_line(remark, err=True)
        return title

    def _checked_key(self, answer: str) -> str:
        from planner.writes.plans.new_plan import require_free_key
        from planner.writes.plans.plan_values import checked_key

        key = checked_key(answer)
        require_free_key(key, self._in_use.plans)
        return key

    def _checked_time_zone(self, answer: str) -> str:
        from planner.writes.plans.plan_values import checked_time_zone

        return checked_time_zone(answer)

    def _checked_starts(self, answer: str) -> date:
        return self._typed().day(answer, "--starts")

    def _checked_ends(self, answer: str) -> date:
        from planner.writes.plans.plan_values import require_order

        ends = self._typed().deadline(answer, "--ends")
        require_order(date.fromisoformat(self._answers.get("starts") or self._usual("starts")), ends)
        return ends

    def _checked_cadence(self, answer: str) -> Cadence:
        try:
            return Cadence(answer.strip().lower())
        except ValueError as error:
            words = ", ".join(Cadence)
            raise BadValueError(
                tr("'{answer}' is none of {words}", answer=answer, words=words), where="cadence"
            ) from error

    def _checked_language(self, answer: str) -> str:
        from planner.domain.language_codes import checked_language

        return checked_language(answer) or ""

    def _checked_organisation(self, answer: str) -> str:
        from planner.base.texts import required
        from planner.writes.plans.new_plan import find_issuer

        named = required(answer, "organisation")
        find_issuer(self._in_use.organisations, named)
        return named


def _question(name: str) -> str:
    cadences = ", ".join(Cadence)
    return {
        "title": tr("Title of the plan"),
        "key": tr("Short name in commands"),
        "time_zone": tr("Time zone, such as Asia/Seoul"),
        "starts": tr("First day"),
        "ends": tr("Last day"),
        "cadence": tr("How often officers report ({words})", words=cadences),
        "language": tr("Language of the titles, such as ko, or nothing"),
        "organisation": tr("Organisation that runs the plan"),
    }[name]
