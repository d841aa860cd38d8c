"""Marks behind or before the name of an organisation, such as （牵头）, which say whether it leads or supports."""

import re

from planner.base.views import view
from planner.intake.proposed import Field

_BODY = (
    r"(?:单位|部门|机关|科室|方|부서|기관|과|課|部署|部局|局| ?(?:agency|body|department|office|organi[sz]ation|unit))?"
)
_LEADS = (
    rf"(?:总体?|第一|联合|共同)?(?:牵头|主责|主办|主管|主抓|承办|负责)(?:并负责|抓总)?{_BODY}|lead(?:s|ing)?{_BODY}"
)
_LEADS_ELSEWHERE = rf"(?:주관|총괄|주무|책임|主担当|統括|主管|所管|幹事){_BODY}"
_SUPPORTS = (
    rf"(?:配合|协办|协助|协同|协作|参与|参加|협조|협력|협업|지원|協力|連携|関係){_BODY}|support(?:s|ing)?{_BODY}"
)
_MARK = re.compile(
    rf"[（(\[［【〔「『〈《{{｛]\s*(?:(?P<lead>{_LEADS}|{_LEADS_ELSEWHERE})|{_SUPPORTS})\s*[）)\]］】〕」』〉》}}｝]\s*",
    re.I,
)


@view
class Marked:
    """A name without its marks, and what they say of it: `Field.LEAD`, `Field.SUPPORTING` or nothing."""

    name: str
    role: Field | None


def without_marks(text: str) -> Marked:
    """Return a name without the marks at its beginning and its end."""
    role: Field | None = None
    name = text.strip()
    while found := _MARK.match(name) or _last(name):
        role = Field.LEAD if found["lead"] or role is Field.LEAD else Field.SUPPORTING
        name = (name[: found.start()] + name[found.end() :]).strip()
    return Marked(name, role)


def divided_at_marks(text: str) -> str:
    """Return a text with a semicolon after each mark that follows a name, or before each mark if it begins with one.

    So 甲局（牵头）乙局 is two names.
    """
    marks = list(_MARK.finditer(text))
    if not marks:
        return text
    before = marks[0].start() == 0
    return _MARK.sub(lambda found: f"；{found[0].strip()}" if before else f"{found[0].strip()}；", text)


def _last(name: str) -> re.Match[str] | None:
    """Return the mark at the end of a name."""
    marks = list(_MARK.finditer(name))
    return marks[-1] if marks and marks[-1].end() == len(name) else None
