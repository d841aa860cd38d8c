"""Saying that an import moves all items of a theme into a new one: perhaps the theme only has another title."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from planner.base.language import tr
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.items import ChangedItem
from planner.intake.comparing.headings import Themes
from planner.intake.comparing.stored import StoredItem, StoredTheme
from planner.intake.proposed import Field, Given


def tell_emptied_themes(
    themes: Iterable[StoredTheme],
    items: Sequence[StoredItem],
    changed: Iterable[ChangedItem],
    files: Themes,
    asking: Asking,
) -> None:
    """Remark each theme of which all items go into one new theme at the same place, unless a person was asked."""
    said_new = files.said_new()
    added = {theme.number: theme for theme in files.new if theme.number not in said_new}
    moved: dict[tuple[int, int], set[int]] = defaultdict(set)
    for item in changed if added else ():
        for change in item.written:
            if change.field is Field.THEME and change.new in added:
                moved[change.old, change.new].add(item.id)  # type: ignore[index]
    own: dict[int, set[int]] = defaultdict(set)
    for stored in items if moved else ():
        own[stored.theme].add(stored.id)
    known = {theme.number: theme for theme in themes}
    for (old, number), ids in moved.items():
        theme = known.get(old)
        if theme is not None and own[old] == ids and theme.parent == added[number].parent:
            what = tr(
                "all items of the theme '{old}' move into the new theme '{new}'",
                old=theme.titles[0],
                new=added[number].title,
            )
            do = tr("If only the title of the theme changed, rename the theme in the program before the import")
            asking.remark(Given(added[number].title, added[number].place), Field.THEME, what, do)
