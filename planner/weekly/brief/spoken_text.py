"""The brief as lines for a screen reader: no bars, no symbols, and no line that is broken at a width."""

from collections.abc import Iterator

from planner.domain.symbols import MADE_UP
from planner.weekly.brief.model import Brief, BriefLine, BriefPart, StateBar


def spoken_lines(brief: Brief) -> Iterator[str]:
    """Yield the lines of the brief. They say all that the other formats show."""
    if brief.instance.plan.simulated:
        yield f"SIMULATED. {MADE_UP}"
    yield from (brief.title, brief.heading, "", "Where the plan stands", brief.sentence, _bar(brief.plan))
    for part in brief.parts:
        yield from _part(part)
    yield from ("", "Themes by state")
    yield from map(_bar, brief.themes)
    if brief.themes_left_out:
        yield f"and {brief.themes_left_out:,} more themes with less trouble"
    if brief.footnote:
        yield from ("", brief.footnote)
    yield from ("", "To make this brief again, use:", brief.command())


def _bar(bar: StateBar) -> str:
    return f"{bar.name}: {bar.in_words}; items: {bar.total:,}"


def _part(part: BriefPart) -> Iterator[str]:
    yield from ("", part.title)
    for one in part.lists:
        yield one.heading
        yield from map(_entry, one.lines)
        if one.more:
            yield f"and {one.more:,} more"


def _entry(line: BriefLine) -> str:
    """Return a line of a list: about what, the fact, and by whom, with what they wrote."""
    written = f"{line.lead}: {line.quote}" if line.quote else line.lead
    return "; ".join(text for text in (f"{line.code} {line.title}".strip(), line.fact, written) if text)
