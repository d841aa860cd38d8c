"""What the screens say while a plan has no items: how to fill it."""

from typing import TYPE_CHECKING

from planner.base.language import tr
from planner.domain.rules.permissions import Permission, may

if TYPE_CHECKING:
    from tui.loaded import LoadedApp


def how_to_fill(app: "LoadedApp") -> str:
    """Return how this person can fill a plan without items, with the keys for it."""
    if app.me is None or not may(app.me.role, Permission.IMPORT_REGISTER, theirs=False):
        return tr("The plan has no items yet.")
    return tr(
        "The plan has no items yet. {file_key} imports a file, {item_key} adds themes and items.",
        file_key=app.key_for("app.import"),
        item_key=app.key_for("app.change"),
    )
