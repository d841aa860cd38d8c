"""The words for days, weekdays, months and units that people type, in English, Chinese and Korean."""

TODAY_WORDS = {
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "今天": 0,
    "今日": 0,
    "昨天": -1,
    "明天": 1,
    "오늘": 0,
    "어제": -1,
    "내일": 1,
}

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTHS = {name: number for number, name in enumerate(_MONTHS, 1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Monday is 0, as in `datetime.date.weekday`.
WEEKDAYS = {name: number for number, name in enumerate(_WEEKDAYS)}
WEEKDAYS |= {name[:3]: number for name, number in WEEKDAYS.items()} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

# The unit of a step, by the letter or word for it.
UNITS = {
    letter: unit for unit in ("days", "weeks", "months", "years") for letter in (unit[0], unit, unit.removesuffix("s"))
}

# Weeks relative to the current one, as a number of weeks. The bare words are understood only where a week is expected.
BARE_WEEK_WORDS = {"last": -1, "this": 0, "next": 1}
WEEK_WORDS = BARE_WEEK_WORDS | {
    "last week": -1,
    "this week": 0,
    "next week": 1,
    "上周": -1,
    "本周": 0,
    "这周": 0,
    "下周": 1,
    "지난주": -1,
    "지난 주": -1,
    "이번주": 0,
    "이번 주": 0,
    "다음주": 1,
    "다음 주": 1,
}

_CHINESE_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def number_of(text: str) -> int:
    """Return the number that a text means. The text has digits, or Chinese characters for 1 to 12."""
    if text.isdigit():
        return int(text)
    if text.startswith("十"):
        return 10 + (_CHINESE_DIGITS[text[1]] if text[1:] else 0)
    return _CHINESE_DIGITS[text]
