"""Briefs made without a database: a full one with the longest texts, and texts that would go wrong as markup."""

from dataclasses import replace
from datetime import date

from planner.domain.vocabulary import State
from planner.weekly.brief.model import Brief, BriefLine, BriefList, BriefPart
from planner.weekly.brief.shortening import short_name, short_quote, short_title
from planner.weekly.brief.standing import state_bar
from planner.weekly.reading import Instance
from tests.weekly.factories import PLAN
from tests.weekly.week import LATER, W14

INSTANCE = Instance(PLAN, W14, date(2020, 4, 5), LATER)
SIMULATED = replace(INSTANCE, plan=replace(PLAN, simulated_today=date(2020, 4, 5)))

# What a person may write. Each format has its own characters that are no text.
HOSTILE = '<b>|*x*_ #eval("1") $y$ [z](u) `c` \\ @ref </script>\n- =1+1 \x07\u202e'
CHINESE, KOREAN, ARABIC = "修复码头并点亮灯塔", "부두를 수리한다", "إصلاح الأرصفة"
MANY = dict.fromkeys(State, 0) | {State.COMPLETED: 3, State.ON_TRACK: 100, State.OFF_TRACK: 20, State.OVERDUE: 100}


def line(title: str, quote: str = "", lead: str = "Harbour Office", code: str = "T-001") -> BriefLine:
    """A line about an item, with texts as the brief shortens them."""
    return BriefLine(
        title=short_title(title),
        fact="on track → overdue; rated amber → red",
        mark="overdue",
        code=short_name(code),
        lead=short_name(lead),
        quote=short_quote(quote),
    )


def brief_with(*lines: BriefLine, total: int | None = None, instance: Instance = INSTANCE) -> Brief:
    """A brief whose first list has these lines, and whose second list has none."""
    first = BriefList("Items that got worse", lines, len(lines) if total is None else total, "Nothing got worse.")
    second = BriefList("Help needed", (), 0, "Nobody asks for help.")
    return Brief(
        instance=instance,
        title=short_title(instance.plan.title),
        sentence="100 of 223 items are overdue and 20 off track, 3 more than a week before.",
        plan=state_bar("The plan", MANY),
        parts=(
            BriefPart("worse", "What got worse, and why", (first,)),
            BriefPart("decide", "What needs a decision", (second,)),
        ),
        themes=(
            state_bar("1 Quays", MANY),
            state_bar(f"2 {CHINESE}", MANY),
            state_bar("3 Nothing yet", {}.fromkeys(State, 0)),
        ),
        themes_total=3,
    )


def fullest(words: str) -> Brief:
    """A brief of 223 items in which every list is full and every text is as long as it can be."""
    long = " ".join([words] * 60)
    lines = tuple(line(long, long, long, code=f"T-{number:03}") for number in range(5))
    listed = BriefList("What got worse", lines, 223, "")
    parts = [
        BriefPart(name, f"Part {name}", (listed,) * count) for name, count in zip("abcd", (1, 3, 2, 1), strict=True)
    ]
    bars = tuple(state_bar(short_name(f"{number} {long}"), MANY) for number in range(12))
    sentence = "100 of 223 items are overdue and 20 off track, 3 more than a week before; " * 2
    return replace(
        brief_with(), title=short_title(long), sentence=sentence, parts=tuple(parts), themes=bars, themes_total=20
    )
