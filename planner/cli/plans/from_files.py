"""Making a plan together with the items of its files: the target of the import that `plan new --from` runs."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.imports.options import FilesToImport
from planner.cli.output import print_line, progress
from planner.cli.setup.creating import begun, opened_or_new, opened_or_passing
from planner.domain.rules.permissions import Permission

if TYPE_CHECKING:
    from planner.intake.applying.imported import Imported
    from planner.intake.comparing.preview import Preview
    from planner.intake.new_plan import PlanToMake
    from planner.intake.plan_hints import PlanHints
    from planner.intake.wishes import Wishes
    from planner.register.plan_view import PlanView
    from planner.store.journal import Journal
    from planner.writes.plans.new_plan import NewPlan


class PlanFromFiles(NamedTuple):
    """A plan that is made with the items of its files, in one write."""

    context: Context
    new: "NewPlan"
    files: FilesToImport
    reason: str | None

    def preview(self, wishes: "Wishes") -> "tuple[PlanView, Preview]":
        """Return the plan as it would be, and what importing the files into it would do."""
        from planner.intake.new_plan import preview_with_plan

        with (
            opened_or_passing(self.context) as database,
            progress(tr("Comparing with the register"), 2 * self.files.rows) as step,
            database.writing() as session,
        ):
            return preview_with_plan(session, self._to_make(), self.files.read, wishes, step)

    def write(self, preview: "Preview", wishes: "Wishes") -> "Imported | None":
        """Make the plan with the items that the preview has."""
        from planner.intake.applying.source import import_of
        from planner.intake.new_plan import make_with_items

        source = import_of(self.files.imported, preview, wishes, self.reason)
        with (
            opened_or_new(self.context) as database,
            progress(tr("Importing"), len(preview.new) + 1) as step,
            database.writing() as session,
        ):
            return make_with_items(session, self._to_make(), preview, source, step)

    def not_allowed(self) -> None:
        """Return None: the preview is made by trying the write, so it is refused where the plan is."""

    def question(self) -> str:
        """Return the question whether to make the plan."""
        return tr("Make the plan {key} with these items?", key=self.new.key)

    def refused(self) -> str:
        """Return the sentence for a person who does not want it."""
        return tr("Nothing was written.")

    def _to_make(self) -> "PlanToMake":
        from planner.intake.new_plan import PlanToMake

        return PlanToMake(self.new, self.context.actor, self.context.now(), _begin)


def _begin(journal: "Journal") -> None:
    begun(journal, Permission.KEEP_PLANS)


def say_hints(hints: "PlanHints", *, title_given: bool) -> None:
    """Say which title the files give the plan, if no option gives one."""
    if hints.title is not None and not title_given:
        print_line(
            tr("The title of the plan, from {place}: {title}", place=str(hints.place), title=hints.title), err=True
        )


def say_command(plan: "NewPlan", files: Sequence[Path]) -> None:
    """Say how the answers about a plan that was not made are given again without being typed."""
    given = {
        "title": plan.title,
        "key": plan.key,
        "time-zone": plan.time_zone,
        "starts": str(plan.starts),
        "ends": str(plan.ends),
        "cadence": plan.cadence.value,
        "language": plan.language or "",
        "organisation": plan.organisation,
    }
    options = [("--from", str(file)) for file in files] + [(f"--{name}", value) for name, value in given.items()]
    command = " ".join(f"{name} {shlex.quote(value)}" for name, value in options)
    print_line(tr("To use your answers again, run:"), err=True)
    print_line(f"  planner plan new {command}", err=True)
