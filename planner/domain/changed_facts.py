"""The facts that an act changed, in words that the command line and the app share."""

from collections.abc import Iterator, Mapping

from planner.base.language import tr, tr_later

# Each fact by its name in the history, with its value before and after. None means that there was, or is, no value.
Changes = Mapping[str, tuple[str | None, str | None]]


def changes_in_words(changes: Changes) -> Iterator[str]:
    """Yield a line for each fact that an act changed, with its value before and after."""
    nothing = tr("none")
    for field, (old, new) in changes.items():
        name = tr_later(field.replace("_", " "))
        yield tr("{field}: {old} → {new}", field=name, old=old or nothing, new=new or nothing)
