"""The facts that an act changed, in words that the command line and the app share."""

from collections.abc import Iterator, Mapping

from planner.base.language import tr, tr_later

# Each fact by its name in the history, with its value before and after. None means that there was, or is, no value.
Changes = Mapping[str, tuple[str | None, str | None]]

# Facts that people know by another word than the history, which keeps its first one.
_OTHER_WORDS = {"parent": "inside"}


def fact_word(field: str) -> str:
    """Return the word, in English, by which people know a fact of the history: the theme inside which another is."""
    return _OTHER_WORDS.get(field, field)


def changes_in_words(changes: Changes) -> Iterator[str]:
    """Yield a line for each fact that an act changed, with its value before and after."""
    nothing = tr("none")
    for field, (old, new) in changes.items():
        name = tr_later(fact_word(field).replace("_", " "))
        yield tr("{field}: {old} → {new}", field=name, old=old or nothing, new=new or nothing)
