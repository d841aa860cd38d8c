"""The brief as Markdown, with a table as its picture. What people wrote is escaped, so none of it is markup."""

from collections.abc import Iterator

from planner.domain.symbols import MADE_UP, SYMBOLS, words
from planner.domain.vocabulary import State
from planner.pages.markdown import escaped
from planner.weekly.brief.model import Brief, BriefLine, BriefPart, StateBar
from planner.weekly.brief.text import PLAN_BAR, drawn


def markdown_bytes(brief: Brief) -> Iterator[bytes]:
    """Yield the brief as Markdown."""
    return (f"{line}\n".encode() for line in _lines(brief))


def _lines(brief: Brief) -> Iterator[str]:
    yield from (f"# {escaped(brief.title)}", "")
    if brief.instance.plan.simulated:
        yield from (f"> **SIMULATED.** {MADE_UP}", "")
    yield from (brief.heading, "", "## Where the plan stands", "", escaped(brief.sentence), "")
    yield from (f"`{drawn(brief.plan, PLAN_BAR)}`", "", " · ".join(_legend(brief.plan)), "")
    for part in brief.parts:
        yield from _part(part)
    yield from ("## Themes by state", "", *_table(brief), "")
    if brief.themes_left_out:
        yield from (f"and {brief.themes_left_out:,} more themes with less trouble", "")
    if brief.footnote:
        yield from (escaped(brief.footnote), "")
    yield from ("To make this brief again, use:", "", f"    {brief.command('md')}")


def _legend(bar: StateBar) -> Iterator[str]:
    return (f"{SYMBOLS[share.state][0]} {share.in_words}" for share in bar.shares)


def _part(part: BriefPart) -> Iterator[str]:
    yield from (f"## {part.title}", "")
    for one in part.lists:
        yield from (f"### {one.heading}" if one.total else f"*{one.heading}*", "")
        if one.lines:
            yield from map(_entry, one.lines)
            yield ""
        if one.more:
            yield from (f"and {one.more:,} more", "")


def _entry(line: BriefLine) -> str:
    code = f"**{escaped(line.code)}** " if line.code else ""
    title = escaped(line.title) if line.code else f"**{escaped(line.title)}**"
    text = f"- {SYMBOLS[line.mark][0]} {code}{title}: {escaped(line.fact)}"
    if line.quote:
        return f"{text}. *{escaped(line.lead)}*: {escaped(line.quote)}"
    return f"{text} (*{escaped(line.lead)}*)" if line.lead else text


def _table(brief: Brief) -> Iterator[str]:
    """Yield the lines of the table of themes, with a column for each state that some item has."""
    states = [state for state in State if any(_count(bar, state) for bar in brief.themes)]
    heads = ["Theme", *(f"{SYMBOLS[state][0]} {words(state)}" for state in states), "items"]
    yield f"| {' | '.join(heads)} |"
    yield f"|---|{'---:|' * (len(states) + 1)}"
    for bar in brief.themes:
        counts = [str(_count(bar, state) or "") for state in states]
        yield f"| {' | '.join([escaped(bar.name), *counts, str(bar.total)])} |"


def _count(bar: StateBar, state: State) -> int:
    return sum(share.count for share in bar.shares if share.state is state)
