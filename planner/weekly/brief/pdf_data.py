"""The brief as the data of the PDF's template: texts with their direction of writing, symbols and colours."""

from typing import Any

from planner.domain.symbols import MADE_UP, SYMBOLS
from planner.weekly.brief.colours import fill_of, ink_on
from planner.weekly.brief.model import Brief, BriefLine, BriefList, Share, StateBar
from planner.weekly.typesetting import said

Data = dict[str, Any]

# The colours of the symbols, by the style that a terminal gives them.
_COLOURS = {
    "green": "#1d6b35",
    "yellow": "#805400",
    "red": "#b3261e",
    "bold red": "#8f1109",
    "cyan": "#115e76",
    "magenta": "#6b3fa0",
    "dim": "#5b6675",
}

# A piece of a bar has its number if it takes at least this share of the bar.
_LEGIBLE = 0.05


def pdf_data(brief: Brief) -> Data:
    """Return the data of the template."""
    instance = brief.instance
    day = instance.as_of
    return {
        "title": brief.title,
        "title-text": said(brief.title),
        "week": str(instance.week),
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "heading": brief.heading,
        "simulated": instance.plan.simulated,
        "made-up": f"SIMULATED. {MADE_UP}",
        "sentence": brief.sentence,
        "plan": _bar(brief.plan),
        "parts": [{"title": part.title, "lists": [_list(one) for one in part.lists]} for part in brief.parts],
        "themes": [_bar(theme) for theme in brief.themes],
        "themes-left-out": brief.themes_left_out,
        "footnote": brief.footnote,
        "command": brief.command("pdf"),
    }


def _bar(bar: StateBar) -> Data:
    return {
        "name": said(bar.name),
        "total": bar.total,
        "in-words": bar.in_words,
        "shares": [_share(share, bar.total) for share in bar.shares],
    }


def _share(share: Share, total: int) -> Data:
    return {
        "count": share.count,
        "symbol": SYMBOLS[share.state][0],
        "in-words": share.in_words,
        "fill": fill_of(share.state),
        "ink": ink_on(share.state),
        "legible": share.count >= _LEGIBLE * total,
    }


def _list(one: BriefList) -> Data:
    lines = [_line(line) for line in one.lines]
    return {"heading": one.heading, "total": one.total, "more": one.more, "lines": lines}


def _line(line: BriefLine) -> Data:
    symbol, style = SYMBOLS[line.mark]
    return {
        "symbol": symbol,
        "colour": _COLOURS[style],
        "code": line.code,
        "title": said(line.title),
        "fact": line.fact,
        "lead": said(line.lead),
        "quote": said(line.quote),
    }
