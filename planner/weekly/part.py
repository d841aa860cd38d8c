"""The part of the plan that a weekly file is about: all its items, or those of some themes or lead organisations."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from planner.base.views import value_class
from planner.queries.items.filters import Filters, filtered
from planner.queries.items.grouping import theme_group
from planner.queries.items.views import ItemView
from planner.register.plan_view import PlanView


@value_class
class PlanPart:
    """The items of some themes, or of some lead organisations, or both. The default is all items of the plan.

    `themes` are numbers of themes, each with the themes inside it. `leads` are the organisations' keys, and
    `lead_names` their names. Each is named once, in a fixed order, so that the same part has one title and one file.
    """

    themes: tuple[int, ...] = ()
    leads: tuple[str, ...] = ()
    lead_names: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the part has all items of the plan."""
        return not self.themes and not self.leads

    @property
    def subject(self) -> str:
        """What a file about the part is about, for a sentence."""
        return "the plan" if self.is_whole else "this part of the plan"

    def of(self, items: Iterable[ItemView]) -> list[ItemView]:
        """Return the items that belong to the part, in their order."""
        if self.is_whole:
            return list(items)
        return filtered(items, Filters(theme=self.themes or None, lead=self.leads or None))

    def named(self, names: Mapping[str, str]) -> "PlanPart":
        """Return the part with other names of its organisations, such as those of a past day, by their keys."""
        of_leads = zip(self.leads, self.lead_names, strict=True)
        return replace(self, lead_names=tuple(names.get(key, name) for key, name in of_leads))

    def title(self, plan: PlanView) -> str:
        """Return the title of a file about the part: what it has, and the title of the plan."""
        if self.is_whole:
            return plan.title
        titles = {theme.number: theme_group(theme.number, theme.printed_title).name for theme in plan.themes}
        themes = " or ".join(f"theme {titles[number]}" for number in self.themes)
        leads = f"led by {' or '.join(self.lead_names)}" if self.lead_names else ""
        return f"Only {', and '.join(filter(None, (themes, leads)))} · {plan.title}"

    @property
    def suffix(self) -> str:
        """The end of the name of a file about the part."""
        return "".join([*(f"-theme-{number}" for number in self.themes), *(f"-{key}" for key in self.leads)])


WHOLE_PLAN = PlanPart()
