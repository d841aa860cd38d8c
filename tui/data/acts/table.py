"""All acts on the plan that the app offers, in the order in which it lists them."""

from tui.data.acts.extensions import EXTENSION_ACTS
from tui.data.acts.items import ITEM_ACTS
from tui.data.acts.organisations import ORGANISATION_ACTS
from tui.data.acts.parts import PART_ACTS
from tui.data.acts.people import PEOPLE_ACTS
from tui.data.acts.plans import PLAN_ACTS
from tui.data.acts.themes import THEME_ACTS

ACTS = (*ITEM_ACTS, *EXTENSION_ACTS, *PART_ACTS, *THEME_ACTS, *ORGANISATION_ACTS, *PEOPLE_ACTS, *PLAN_ACTS)
