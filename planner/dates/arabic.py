"""Bringing dates as Arabic documents write them into the form that the readers expect: with English words for months.

There are three sets of names: of Egypt and the Gulf (يناير), of the Levant and Iraq (كانون الثاني), and of Algeria and
Tunisia (جانفي).
"""

import re
from functools import cache

from planner.dates.words import MONTHS

# By the number of the month, in the letters that `_plain` leaves.
_NAMES = (
    ("يناير", "كانون الثاني", "جانفي"),
    ("فبراير", "شباط", "فيفري"),
    ("مارس", "اذار"),
    ("ابريل", "نيسان", "افريل"),
    ("مايو", "ايار", "ماي"),
    ("يونيو", "يونيه", "حزيران", "جوان"),
    ("يوليو", "يوليه", "تموز", "جويليه"),
    ("اغسطس", "اب", "اوت"),
    ("سبتمبر", "ايلول"),
    ("اكتوبر", "تشرين الاول"),
    ("نوفمبر", "تشرين الثاني"),
    ("ديسمبر", "كانون الاول"),
)
_OF = r"(?: من)?(?: (?:عام|سنه))?"
_WORDS = (
    (re.compile(r"\bشهر "), ""),
    (re.compile(r"(?<=\d) ?م\b"), ""),
    (re.compile(rf"\bالربع الاول{_OF}"), "q1"),
    (re.compile(rf"\bالربع الثاني{_OF}"), "q2"),
    (re.compile(rf"\bالربع الثالث{_OF}"), "q3"),
    (re.compile(rf"\bالربع الرابع{_OF}"), "q4"),
    (re.compile(rf"\bالنصف الاول{_OF}"), "first half"),
    (re.compile(rf"\bالنصف الثاني{_OF}"), "second half"),
    (re.compile(r"\b(?:في |ب)?(?:نهايه|اخر)(?: (?:عام|سنه))?\b"), "end of"),
    (re.compile(r"\b(?:في |ب)?(?:منتصف|وسط)\b(?: شهر\b)?"), "mid"),
    (re.compile(r"\b(?:في |ب)?(?:اوائل|مطلع|بدايه|اول)(?: شهر)? (?=\D{3})"), "beginning of "),
    (re.compile(r"\b(?:في |ب)?اواخر\b(?: شهر\b)?"), "late"),
    (re.compile(r"\bقبل\b"), "before"),
    (re.compile(r"\bبحلول\b"), "by"),
    (re.compile(r"\bحتي\b"), "until"),
    (re.compile(r"\bمن\b"), "from"),
    (re.compile(r"\bالي\b"), "to"),
)
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "،": ",", "ـ": None}
    | {chr(code): None for code in range(0x64B, 0x653)}
)
_ARABIC = re.compile(r"[\u0620-\u064a]")


def in_english(text: str) -> str:
    """Return a date with English words for Arabic ones. A text without Arabic letters is returned as it is."""
    if text.isascii() or not _ARABIC.search(text):
        return text
    plain = text.translate(_LETTERS)
    for words, english in _WORDS:
        plain = words.sub(english, plain)
    return _months().sub(lambda found: _english()[found[0]], plain)


@cache
def _english() -> dict[str, str]:
    """Return the English names of months by the Arabic ones."""
    english = {number: name for name, number in reversed(MONTHS.items()) if len(name) > 3 or number == MONTHS["may"]}
    return {name: english[number] for number, names in enumerate(_NAMES, 1) for name in names}


@cache
def _months() -> re.Pattern[str]:
    """Return the pattern of the names of months, the longest first."""
    return re.compile(rf"\b(?:{'|'.join(sorted(_english(), key=len, reverse=True))})\b")
