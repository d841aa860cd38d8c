"""Dividing a cell with several names into the names."""

import re
from collections.abc import Collection

from planner.base.language import tr
from planner.base.texts import same_words
from planner.intake.layout.cells.marks import divided_at_marks, without_marks
from planner.intake.layout.cells.numbering import numbered
from planner.intake.layout.cells.reading import Reading, error, question, remark
from planner.intake.layout.cells.texts import is_undecided, shown

# What stands between names in a cell.
SEPARATORS = frozenset("、；;؛，,،／/\n|｜")
_SURE = frozenset("、；;؛\n")
# The separators of an answer in which a name can have any other.
_ONLY = frozenset("；;؛\n")
_WIDE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]+")
_MIDDLE_DOT = re.compile(r"[·・ㆍ･‧•]")
_OFFICES = frozenset("课課局部室院署会處处科办辦委厅廳과국실부청처원단")
_UNSURE = re.compile(r"[,，،/／|｜:：]")
_OPENING, _CLOSING = "（([［【〔「『〈《", "）)]］】〕」』〉》"
_AND_WORDS = r"and|&|und|et|en|och|og|e|y|ve|dan"
# In Korean and Japanese, 과 and と stand directly behind the name, and 교육과 is a name itself. In Arabic, و stands
# directly before the next one.
_AND = re.compile(
    rf" (?:{_AND_WORDS}|и|та|및) | ?및 ?|(?<=[가-힣])와 |(?<=[국실청원단팀관])과 | و ?(?=\w)|"
    r"及び|および|並びに|ならびに|(?<=[課局部室署所])と|、?以及|和|及|与|與"
)
_NUMBER_STYLES = frozenset(("digits 1", "circled", "digits in brackets"))
_AND_OTHERS = re.compile(
    r"\s*(?:等(?:[\d一二三四五六七八九十]{1,3}[个個家]?)?(?:有关|相关|各)?(?:市级|市直|区级|县级)?"
    r"(?:部门|部門|单位|單位|机关|机构|委办局|责任单位)?(?:(?:分别|共同|按(?:照)?(?:各自)?职责(?:分工)?)负责)?|"
    r",? etc\.?|,? and others|,? et al\.?|,? (?:and|\+|&) (?:\d{1,2}|two|three|four) (?:others?|more)(?: [a-z]+)?|"
    r",? u\. ?a\.|,? usw\.?|,? und (?:andere|weitere|\d{1,2} (?:andere|weitere))|"
    r"\s등(?: ?\d{1,2}개)?(?: ?(?:관련 ?)?(?:부서|기관))?|\s외 ?\d{1,2} ?(?:개 ?)?(?:부서|기관|과|개소|명)?|"
    r"(?:ほか|外|他)\d{1,2}(?:課|部|局|室|部署|機関|者)?|ほか|など|等)\s*$",
    re.I,
)
_BY_DUTIES = re.compile(r"\s*(?:分别|共同|(?:按照?|根据)(?:各自)?职责(?:分工)?)(?:负责|落实)\s*$")
# A name for several organisations, such as 各区政府 or "all departments", which is none of them.
_TOGETHER = re.compile(
    r"(?:全市|市直|市级|区直)?(?:各|有关|相关|有關|相關|其他|其它|全体)(?!自).*|"
    r"(?:전|각|관련|관계|유관|해당) ?(?:부서|기관|과|실과|실·과|읍면동|구청?|시군구?).*|"
    r"(?:各|全|関係|関連)(?:関係)?(?:課|部|局|室|部局|機関|部署|所管).*|"
    r"(?:all|relevant|various|other|several) (?:[a-z]+ )?"
    r"(?:departments?|agencies|services|teams|directorates|offices|units|bodies|districts|ministries|partners)|"
    r"(?:[a-z]+ )?departments concerned|"
    r"(?:جميع|كافة|كل|مختلف) ال.*|(?:الإدارات|الجهات|الدوائر|الأقسام) (?:المعنية|المختصة|ذات العلاقة|الأخرى)|"
    r"tod[ao]s (?:[ao]s|l[ao]s) .*|tou(?:te)?s les .*|"
    r"alle (?:ämter|abteilungen|referate|bereiche|fachbereiche|stellen)",
    re.IGNORECASE,
)
# Names do not take so much room. Looking for them in longer texts would take long.
LONGEST_CELL, LONGEST_NAME = 2_000, 200


def name_key(name: str) -> str:
    """Return the form in which names of organisations are compared, as all names are."""
    return same_words(name)


def names_in(text: str, known: Collection[str], *, separators: Collection[str] = SEPARATORS) -> list[str]:
    """Return the names in a text. Separators within brackets divide nothing, and neither do those of a known name.

    `known` are the keys of known names (`name_key`).
    """
    if name_key(text) in known:
        return [text.strip()]
    pieces = _pieces(text, separators)
    names: list[str] = []
    at = 0
    while at < len(pieces):
        until = _longest_known(text, pieces, at, known)
        name = text[pieces[at][0] : pieces[until][1]].strip()
        names += [one for one in _parted(_without_number(name), known) if one]
        at = until + 1
    return list(dict.fromkeys(names))


def spaced_names(text: str) -> list[str]:
    """Return the parts of a text of several names with only blanks, middle dots or "and" between them, or nothing.

    Around "and", both end as offices do or begin with the same word: Obras e Viação is one. Between blanks, each name
    has three Chinese or Japanese characters or more, or two that end as an office does: 教 育 局 has blanks only to
    fill its line. Between middle dots, each ends as an office does: 문화·체육과 is one.
    """
    if has_separator(text) or "(" in text or "（" in text:
        return []
    joined = _joined(text)
    if joined:
        return joined
    parts = text.split()
    if len(parts) > 1 and all(_WIDE.fullmatch(part) and (len(part) >= 3 or is_office(part)) for part in parts):
        return parts
    parts = [part.strip() for part in _MIDDLE_DOT.split(text)]
    return parts if len(parts) > 1 and all(map(is_office, parts)) else []


def _joined(text: str) -> list[str]:
    """Return the two offices that "and" joins: 건설과 및 교통과, or Divisão de Educação e Divisão Financeira."""
    for joint in _AND.finditer(text[:LONGEST_NAME]):
        both = [text[: joint.start()].strip(), text[joint.end() :].strip()]
        first, second = (one.split()[:1] for one in both)
        if all(map(is_office, both)) or (first and first == second and len(first[0]) > 1):
            return both
    return []


# Signs in texts of Latin letters, which are the letters up to ɏ.
_SIGNS = "‐‑‒–—‘’“”„…"
# A Western list such as "Roads, Parks and Water", which may be one name or three.
_LIST = re.compile(
    rf"[A-Za-zÀ-ɏ][^;；\n]*,[^;；\n]*(?:\b(?:{_AND_WORDS.replace('|&', '')})\b|&) [^;；\n]*[A-Za-zÀ-ɏ.)]"
)


def is_unclear(text: str, known: Collection[str]) -> bool:
    """Return whether a text in Latin letters can be the name of one organisation or a list."""
    if len(text) > LONGEST_NAME or name_key(text) in known or any(one > "ɏ" and one not in _SIGNS for one in text):
        return False
    if not _LIST.fullmatch(text):
        return False
    return not all(name_key(name) in known for name in names_in(text, known))


def answered_separators(text: str) -> Collection[str]:
    """Return the separators of names in an answer: those of a cell, but only the sure ones if it has one of these.

    A text of which it would be asked whether it is one name (`is_unclear`) is one, because the answer says so.
    """
    return _ONLY if not _ONLY.isdisjoint(text) or is_unclear(text, ()) else SEPARATORS


def names_apart(names: Collection[str], known: Collection[str]) -> list[str]:
    """Return names with those divided that can be several with only blanks or middle dots between them."""
    return [one for name in names for one in ((name_key(name) not in known and spaced_names(name)) or [name])]


def sure_names(text: str) -> list[str]:
    """Return the names in a text that surely each are one name: those without commas and without "and" in them.

    They are without marks such as （牵头） and without words for further organisations such as 等部门.
    """
    divided = divided_at_marks(without_others(text))
    names = [without_marks(name).name for name in names_in(divided, (), separators=_SURE)]
    return [name for name in names if name and not _is_unsure(name)]


def _is_unsure(name: str) -> bool:
    return (
        bool(_UNSURE.search(name) or _AND.search(name) or spaced_names(name))
        or names_several(name)
        or is_undecided(name)
    )


def without_others(text: str) -> str:
    """Return a text of names without the words at its end that mean further ones, or how these share the work."""
    return _AND_OTHERS.sub("", _BY_DUTIES.sub("", text)) if len(text) <= LONGEST_CELL else text


def names_several(name: str) -> bool:
    """Return whether a name means organisations together without naming them, such as 各区政府 or 有关部门."""
    return len(name) <= LONGEST_NAME and _TOGETHER.fullmatch(name) is not None


def is_office(name: str) -> bool:
    """Return whether a Chinese, Japanese or Korean name ends as those of offices do, such as 市财政局."""
    return len(name) > 1 and name[-1] in _OFFICES


def has_separator(text: str) -> bool:
    """Return whether a text may contain several names."""
    return not SEPARATORS.isdisjoint(text)


def _pieces(text: str, separators: Collection[str]) -> list[tuple[int, int]]:
    """Return the beginning and the end of each piece between separators outside brackets."""
    depth, begin, pieces = 0, 0, []
    for at, character in enumerate(text):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and character in separators:
            pieces.append((begin, at))
            begin = at + 1
    return [*pieces, (begin, len(text))]


def _longest_known(text: str, pieces: list[tuple[int, int]], at: int, known: Collection[str]) -> int:
    """Return the last of the pieces that form a known name together with the piece `at`, or `at` if none do.

    Known names on lines of their own stay apart, even if they are another known name together.
    """
    if not known:
        return at
    is_known = name_key(text[slice(*pieces[at])]) in known
    for until in range(min(len(pieces), at + 6) - 1, at, -1):
        together = text[pieces[at][0] : pieces[until][1]]
        if name_key(together) in known and not (is_known and "\n" in together):
            return until
    return at


def _without_number(name: str) -> str:
    """Return a name without the number of its line, such as 1. or ①."""
    found = numbered(name) if name[:1].isdigit() or name[:1] in "①②③④⑤⑥⑦⑧⑨⑩(（" else None
    return found.rest if found and found.rest and found.style in _NUMBER_STYLES else name


def _parted(name: str, known: Collection[str]) -> list[str]:
    """Return the two names that "and" joins if both are known, else the name."""
    if known and name_key(name) not in known:
        for joint in _AND.finditer(name):
            both = [name[: joint.start()].strip(), name[joint.end() :].strip()]
            if all(name_key(one) in known for one in both):
                return both
    return [name]


def one_of_several(names: list[str], text: str) -> Reading:
    """Return the first of several names, with a remark."""
    return remark(
        names[0],
        tr("the first name in '{value}'", value=shown(text)),
        tr("'{value}' has several names; only the first one is imported", value=shown(text)),
        tr("Leave one name in the cell if this is wrong"),
    )


def one_or_several(text: str, one: str, several: str) -> Reading:
    """Return the question whether a text is one name or several. `one` and `several` are the two answers."""
    return question(
        tr("'{value}' can be one name or several", value=shown(text)),
        tr("Choose one, or write the names with semicolons between them"),
        (one, several),
    )


def too_long(text: str) -> Reading:
    """Return the error of a cell that is too long for names."""
    return error(
        tr("the cell has {number:,} characters, which are not names", number=len(text)),
        tr("Write only the names, or leave the column out with a mapping"),
    )


def undecided(text: str) -> Reading:
    """Return the reading of a text such as TBC, which names nobody yet."""
    return remark(
        None,
        tr("'{value}' means that nobody is named yet", value=shown(text)),
        tr("'{value}' names nobody, so the field is left empty", value=shown(text)),
        tr("Give the name when it is known"),
    )
