"""Words that registers write instead of a date when a task has no end of its own, such as ongoing, monthly or 长期."""

import re

_WORDS = re.compile(
    r"(?:全年|整年|常年|长期|長期|持续|持續|贯穿全年|全年持续|全年推进|长期坚持|长期推进|持续推进|持續推進|"
    r"常态化|常態化|随时|隨時|实时|即时)(?:(?:推进|坚持|开展|进行|实施|工作|任务|开展工作))*|"
    r"(?:연중|상시|수시|계속|지속)(?: ?(?:추진|시행|실시|운영))*|"
    r"(?:通年|随時|常時|継続)(?:(?:実施|的に実施|中))*|"
    r"(?:每|按)(?:日|周|旬|月|双月|季|季度|半年|年)(?:度)?(?:(?:推进|开展|进行|实施|更新|报送))*|"
    r"매(?:일|주|월|분기|년)|(?:월|분기|반기)별|毎(?:日|週|月|年|四半期)|四半期ごと|"
    r"(?:every|each) (?:day|week|month|quarter|year)|daily|weekly|monthly|quarterly|annually|"
    r"on-?going|continu(?:ous|ously|al|ing)|permanent|all year|all year round|year-?round|"
    r"(?:throughout|through|during) the (?:whole )?year|whole year|rolling|open-?ended|long-?term"
)


def is_open_ended(text: str) -> bool:
    """Return whether a folded text says that a task goes on for the whole time of the plan."""
    return _WORDS.fullmatch(text) is not None
